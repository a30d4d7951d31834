"""Objects and their fields, as `describe` tells of them; tables are made of the same."""

from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

#: how SQLite keeps each type; numbers stay as they were sent, 4 as 4 and 6.5 as 6.5
_COLUMNS = {"boolean": "INTEGER", "int": "INTEGER", "double": "NUMERIC"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object: `type` in the words of `describe`, `refers_to` the object of a reference."""

    name: str
    type: str = "string"
    length: int = 0
    nillable: bool = True
    createable: bool = True
    updateable: bool = True
    unique: bool = False
    external_id: bool = False
    values: tuple[str, ...] = ()
    restricted: bool = False
    refers_to: str = ""

    @property
    def custom(self) -> bool:
        """Whether the org's own people made it."""
        return self.name.endswith("__c")

    @property
    def relationship(self) -> str | None:
        """The name by which a query reaches the record that a reference points to."""
        if not self.refers_to:
            return None
        return self.name.removesuffix("__c") + "__r" if self.custom else self.name.removesuffix("Id")

    @property
    def column(self) -> str:
        """The definition of the column that keeps it."""
        return f'"{self.name}" {_COLUMNS.get(self.type, "TEXT")}'

    def described(self) -> Json:
        """Give the field as `describe` has it."""
        return {
            "name": self.name,
            "label": self.name.removesuffix("__c").replace("_", " "),
            "type": self.type,
            "length": self.length,
            "nillable": self.nillable,
            "createable": self.createable,
            "updateable": self.updateable,
            "unique": self.unique,
            "externalId": self.external_id,
            "custom": self.custom,
            "caseSensitive": self.unique,
            "restrictedPicklist": self.restricted,
            "picklistValues": [
                {"active": True, "defaultValue": False, "label": value, "value": value} for value in self.values
            ],
            "referenceTo": [self.refers_to] if self.refers_to else [],
            "relationshipName": self.relationship,
        }


@dataclass(frozen=True, slots=True)
class SObject:
    """An object: its name, the first three characters of its records' ids, and its fields in order."""

    name: str
    prefix: str
    fields: tuple[Field, ...]
    createable: bool = False

    def field(self, name: str) -> Field | None:
        """Give a field by its name in any case, None where there is none."""
        wanted = name.casefold()
        return next((field for field in self.fields if field.name.casefold() == wanted), None)

    def parent(self, relationship: str) -> Field | None:
        """Give the reference that a query follows under this name."""
        wanted = relationship.casefold()
        return next((one for one in self.fields if (one.relationship or "").casefold() == wanted), None)

    def described(self, base: str) -> Json:
        """Give the object as `describe` has it; `base` is the path of the version."""
        return {
            "name": self.name,
            "label": self.name,
            "keyPrefix": self.prefix,
            "custom": False,
            "createable": self.createable,
            "updateable": False,
            "deletable": False,
            "queryable": True,
            "fields": [field.described() for field in self.fields],
            "urls": {
                "sobject": f"{base}/sobjects/{self.name}",
                "describe": f"{base}/sobjects/{self.name}/describe",
            },
        }
