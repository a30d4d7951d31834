"""Reading all records of a catalogue: what the user may see, page by page, and whether it held still."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.findings import Finding, Place
from learngraph.publish.org_objects import READINGS, Reading
from learngraph.publish.org_rows import OrgRows, Row, id_in
from learngraph.publish.questions import describe, query, texts_of_soql
from learngraph.publish.refusals import OrgError
from learngraph.salesforce.records import ACCOUNT, ACHIEVEMENT, LEARNING
from learngraph.salesforce.wire import Transport

_STAMP = "SystemModstamp"
_RECORD_TYPE = "RecordType.DeveloperName"
_REFUSED = (400, 403, 404)
_IDS_A_QUERY = 100  # a WHERE has at most 4,000 characters
_NAMES_A_QUERY = 7  # as above: a name has at most 255, and each may need two


def read_rows(
    transport: Transport,
    *,
    api_version: str,
    custom: Mapping[str, Sequence[str]] | None = None,
    accounts: Iterable[str] = (),
) -> OrgRows:
    """Read the records of every object that holds a part of the catalogue.

    Only fields are asked for that `describe` lists. Queries are no snapshot: what was read is compared with
    counts and last changes at the end, and read once more where it differs.

    Parameters
    ----------
    custom
        Further fields to read, by the names of their objects.
    accounts
        Names of accounts to read beside those that learnings name as their providers.

    Raises
    ------
    OrgError
        where the user sees no learnings, or the org refuses for another reason than permissions.
    """
    reader = _Reader(transport, api_version)
    asked = custom or {}
    for reading in READINGS:
        reader.look_at(reading, asked.get(reading.name, ()))
    reader.findings.extend(_hidden_custom(asked, reader.fields))
    reader.read()
    moved = reader.moved()
    if moved:
        reader.read()
        moved = reader.moved()
    reader.findings.extend(_moved(name) for name in moved)
    providers = [*reader.accounts(), *reader.accounts_named(accounts)]
    return OrgRows({**reader.rows, ACCOUNT: providers}, tuple(reader.findings))


@dataclass(slots=True)
class _Reader:
    transport: Transport
    api_version: str
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    watching: bool = True

    def look_at(self, reading: Reading, further: Iterable[str]) -> None:
        """Find out which fields of an object the user sees."""
        told = seen(self.transport, reading.name, self.api_version)
        visible = visible_fields(told)
        if "Id" not in visible or (told or {}).get("queryable") is False:
            self._hidden_object(reading)
            return
        self.findings.extend(_hidden(reading.name, name) for name in reading.fields if name not in visible)
        chosen = [*reading.fields, *(written(name, visible) for name in further), _STAMP]
        kept = [name for name in dict.fromkeys(chosen) if name in visible]
        if reading.name == ACHIEVEMENT and "RecordTypeId" in kept:
            kept.append(_RECORD_TYPE)
        self.fields[reading.name] = tuple(kept)

    def _hidden_object(self, reading: Reading) -> None:
        if reading.name == LEARNING:
            raise OrgError(404, "", "this user sees no learnings: give its permission set read access to Learning")
        if not reading.later:
            grave = Severity.ERROR if reading.needed else None
            self.findings.append(_hidden(reading.name, "", grave))

    def read(self) -> None:
        """Read the records of every object that is seen."""
        for reading in READINGS:
            if reading.name in self.fields:
                soql = _query(self.fields[reading.name], reading.name, self._where(reading))
                self.rows[reading.name] = list(self._found(reading.name, soql))

    def _where(self, reading: Reading) -> str:
        return reading.where if "Type" in self.fields[reading.name] else ""

    def _found(self, name: str, soql: str) -> Iterator[Row]:
        try:
            yield from query(self.transport, soql, self.api_version)
        except OrgError as error:
            if name == LEARNING or error.status not in _REFUSED:
                raise
            self.findings.append(_refused(name, error))

    def accounts(self) -> list[Row]:
        """Read the accounts that learnings name as their providers."""
        ids = sorted({id_in(row, "ProviderId") for row in self.rows.get(LEARNING, ())} - {""})
        return self._accounts("Id", ids, _IDS_A_QUERY)

    def accounts_named(self, names: Iterable[str]) -> list[Row]:
        """Read the accounts of these names."""
        return self._accounts("Name", list(dict.fromkeys(names)), _NAMES_A_QUERY)

    def _accounts(self, field_: str, values: Sequence[str], most: int) -> list[Row]:
        found: list[Row] = []
        for start in range(0, len(values), most):
            where = f"{field_} IN ({texts_of_soql(values[start : start + most])})"
            found.extend(self._found(ACCOUNT, _query(("Id", "Name"), ACCOUNT, where)))
        return found

    def moved(self) -> list[str]:
        """Give the objects whose records are no longer those that were read."""
        return [
            reading.name
            for reading in READINGS
            if self.watching and _STAMP in self.fields.get(reading.name, ()) and self._has_moved(reading)
        ]

    def _has_moved(self, reading: Reading) -> bool:
        soql = _query(("COUNT(Id)", f"MAX({_STAMP})"), reading.name, self._where(reading))
        try:
            row = next(query(self.transport, soql, self.api_version), {})
        except OrgError as error:
            if error.status not in _REFUSED:
                raise
            self.watching = False
            self.findings.append(_unwatched(error))
            return False
        rows = self.rows[reading.name]
        latest = max([stamp for one in rows if isinstance(stamp := one.get(_STAMP), str)], default="")
        return _counted(row) != (len(rows), latest)


def _query(fields: Sequence[str], name: str, where: str) -> str:
    """Write a query; names in it come from our own table or from what the org described, and values are quoted."""
    return " ".join(["SELECT", ", ".join(fields), "FROM", name, *(["WHERE", where] if where else [])])


def _counted(row: Row) -> tuple[int, str]:
    """Give number and last change of an aggregated answer, whose columns have no names of their own."""
    values: list[Any] = [value for name, value in row.items() if name != "attributes"]
    count = next((value for value in values if isinstance(value, int)), 0)
    return count, next((value for value in values if isinstance(value, str)), "")


def seen(transport: Transport, name: str, version: str) -> Mapping[str, Any] | None:
    """Give what `describe` tells of an object; None where this user sees no such object."""
    try:
        return describe(transport, name, version)
    except OrgError as error:
        if error.status in _REFUSED:
            return None
        raise


def written(name: str, visible: Iterable[str]) -> str:
    """Give the name that a custom field has in the org: the guide's examples leave out its ending.

    Examples
    --------
    >>> written("Code", ["Id", "Code__c"]), written("Code__c", ["Id"])
    ('Code__c', 'Code__c')
    """
    return f"{name}__c" if name not in visible and f"{name}__c" in visible else name


def _hidden_custom(asked: Mapping[str, Sequence[str]], fields: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Tell of custom fields that none of the objects has for which they were asked."""
    homes: dict[str, list[str]] = {}
    for home, names in asked.items():
        for name in names:
            homes.setdefault(name, []).append(home)
    for name, objects in homes.items():
        if not any(written(name, fields.get(home, ())) in fields.get(home, ()) for home in objects):
            yield _hidden(objects[0], name)


def visible_fields(told: Mapping[str, Any] | None) -> dict[str, Mapping[str, Any]]:
    """Give the fields that `describe` lists, by their names.

    Examples
    --------
    >>> visible_fields({"fields": [{"name": "Id"}, {"name": None}]})
    {'Id': {'name': 'Id'}}
    """
    fields = (told or {}).get("fields")
    each = fields if isinstance(fields, list) else []
    return {one["name"]: one for one in each if isinstance(one, Mapping) and isinstance(one.get("name"), str)}


def _hidden(name: str, field_: str, severity: Severity | None = None) -> Finding:
    what = f"{name}.{field_}" if field_ else name
    return Finding(
        Code.NOT_VISIBLE,
        f"{what} is not visible to this user, or not there: what it holds was not read",
        hint="give the user's permission set read access to it (Setup > Permission Sets > Object Settings)",
        cause=what,
        place=Place(name, field=field_),
        severity=severity,
    )


def _refused(name: str, error: OrgError) -> Finding:
    hint = "give the user's permission set read access to it (Setup > Permission Sets > Object Settings)"
    severity = Severity.ERROR if any(one.needed for one in READINGS if one.name == name) else None
    return Finding(Code.NOT_VISIBLE, f"{name} was not read: {error}", hint=hint, cause=name, severity=severity)


def _moved(name: str) -> Finding:
    return Finding(
        Code.CHANGED_MEANWHILE,
        f"records of {name} changed while they were read, twice: some may be missing or old",
        hint="pull again when nobody works on the catalogue",
        cause=name,
        place=Place(name),
    )


def _unwatched(error: OrgError) -> Finding:
    message = f"whether anything changed while it was read could not be found out: {error}"
    return Finding(Code.CHANGED_MEANWHILE, message, severity=Severity.INFO)
