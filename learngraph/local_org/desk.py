"""What every part of the org works with: its records, its objects, and what it is like."""

from dataclasses import dataclass, field
from typing import Any

from learngraph.local_org.fields import Field, SObject
from learngraph.local_org.refusals import RecordRefusedError
from learngraph.local_org.settings import OrgSettings
from learngraph.local_org.store import Row, Store
from learngraph.local_org.values import identity, kept
from learngraph.model.salesforce_id import PREFIXES
from learngraph.model.value import short
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.records import ACHIEVEMENT, CONFIG, LEARNING, OUTCOME_ITEM


@dataclass(frozen=True, slots=True)
class Desk:
    """The records, the objects and the settings of an org; in `hidden`, records that references do not find."""

    store: Store
    objects: dict[str, SObject]
    settings: OrgSettings
    dialect: Dialect
    hidden: set[str] = field(default_factory=set)

    # --- records ---------------------------------------------------------------------------------

    def insert(self, name: str, values: dict[str, Any]) -> str:
        """Make a record of values that are kept as they are.

        Raises
        ------
        RecordRefusedError
            where another record has the same unique value.
        """
        self._unlike_others(name, values, but="")
        return self.store.insert(self.objects[name], values)

    def update(self, name: str, record: str, values: dict[str, Any]) -> None:
        """Change a record; as `insert`."""
        self._unlike_others(name, values, but=record)
        self.store.update(name, record, values)

    def _unlike_others(self, name: str, values: dict[str, Any], *, but: str) -> None:
        for one in self.objects[name].fields:
            if not one.unique or values.get(one.name) is None:
                continue
            for row in self.store.where(name, **{one.name: values[one.name]}):
                if row["Id"] != but:
                    message = f"duplicate value found: {one.name} duplicates value on record with id: {row['Id']}"
                    raise RecordRefusedError(one.name, "DUPLICATE_VALUE", message)

    def checked(self, one: Field, value: object) -> object:
        """Give what a field keeps of a value; a reference must point to a record that is there."""
        found = kept(one, value)
        if isinstance(found, str) and one.refers_to:
            self.record(one.refers_to, found, one.name)
        return found

    def record(self, name: str, value: object, where: str) -> Row:
        """Give the record of an object with an id.

        Raises
        ------
        RecordRefusedError
            where the id is none, is of another kind of record, or of none that is there.
        """
        found = identity(value, where)
        if not found.startswith(self.objects[name].prefix):
            kind = PREFIXES.get(found[:3], "another object")
            raise RecordRefusedError(
                where, "INVALID_CROSS_REFERENCE_KEY", f"{where}: {found} is an id of {kind}, not of {name}"
            )
        row = None if found in self.hidden else self.store.get(name, found)
        if row is None:
            raise RecordRefusedError(where, "INVALID_CROSS_REFERENCE_KEY", f"{where}: there is no {name} {found}")
        return row

    # --- learnings -------------------------------------------------------------------------------

    def custom_field(self, name: str, written: object, where: str) -> Field:
        """Give the custom field of an object that a request names."""
        text = written if isinstance(written, str) else ""
        found = self.objects[name].field(text)
        if found is None and self.settings.custom_suffix == "optional":
            found = self.objects[name].field(f"{text}__c")
        if found is None or not found.custom:
            message = f"No such column {short(written)} on entity '{name}'"
            raise RecordRefusedError(where, "INVALID_FIELD", message)
        return found

    def by_external_id(self, name: str, field_name: object, value: object, where: str) -> str:
        """Give the id of the learning whose course or program has an external id."""
        found = self.custom_field(name, field_name, where)
        if not found.external_id:
            raise RecordRefusedError(where, "INVALID_FIELD", f"{found.name} of {name} is no external id")
        text = value if isinstance(value, str) else ""
        rows = [row for row in self.store.where(name, **{found.name: text}) if row["LearningId"] not in self.hidden]
        if len(rows) != 1:
            code = "DUPLICATE_EXTERNAL_ID" if rows else "INVALID_CROSS_REFERENCE_KEY"
            count = f"{len(rows)} records have" if rows else "there is no record with"
            raise RecordRefusedError(where, code, f"{count} {found.name} {short(text)} on {name}")
        return str(rows[0]["LearningId"])

    def own_achievement(self, learning: str, where: str) -> str:
        """Give the achievement that a learning grants first of all."""
        found = self.store.where(OUTCOME_ITEM, LearningId=learning, IsPrimary=1)
        if not found:
            message = f"the learning {learning} has no primary achievement"
            raise RecordRefusedError(where, "INVALID_CROSS_REFERENCE_KEY", message)
        return str(found[0]["LearningAchievementId"])

    def new_achievement(self, kind: str, values: dict[str, Any], where: str) -> str:
        """Make an achievement of a type, which the org must be configured for."""
        configs = self.store.where(CONFIG, LearningAchievementType=kind)
        if not configs:
            message = f"there is no LearningAchievementConfig for {kind}"
            raise RecordRefusedError(where, "FUNCTIONALITY_NOT_ENABLED", message)
        name = str(values["Name"])[: self.length(ACHIEVEMENT, "Name")]
        return self.insert(
            ACHIEVEMENT, {**values, "Name": name, "RecordTypeId": configs[0]["LearningAchvRecordTypeId"]}
        )

    def kind_of(self, achievement: str) -> str:
        """Give the type of an achievement, by its record type."""
        row = self.store.get(ACHIEVEMENT, achievement) or {}
        found = self.store.where(CONFIG, LearningAchvRecordTypeId=row.get("RecordTypeId"))
        return str(found[0]["LearningAchievementType"]) if found else "Custom"

    def length(self, name: str, field_name: str) -> int:
        """Give the most characters of a field."""
        found = self.objects[name].field(field_name)
        return found.length if found else 0

    def learning(self, value: object, where: str) -> str:
        """Give the id of a learning that a request refers to by its id."""
        return str(self.record(LEARNING, value, where)["Id"])
