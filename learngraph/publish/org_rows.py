"""Records of an org as they were read, by object, and how a value is taken out of one: never by trust."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, TypeAlias

from learngraph.codes import Code
from learngraph.findings import Finding, Place
from learngraph.model.salesforce_id import canonical

Row: TypeAlias = Mapping[str, Any]

_LONG = 18  # characters of an id with its checksum


@dataclass(frozen=True, slots=True, repr=False)
class OrgRows:
    """The records of an org by the names of their objects, and what was found while they were read.

    Examples
    --------
    >>> OrgRows({"Learning": [{"Id": "0ty000000000001AAA"}]})
    <OrgRows: 1 records of 1 objects>
    """

    rows: Mapping[str, list[Row]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    _in_order: Mapping[str, Mapping[str, Row]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_in_order", {name: _by_id(rows) for name, rows in self.rows.items()})

    def of(self, name: str) -> Mapping[str, Row]:
        """Give the records of an object by their ids, in the order in which they were made."""
        return self._in_order.get(name, {})

    def without_id(self) -> Iterator[Finding]:
        """Tell of records that have no id, which nothing can be said about."""
        for name, rows in self.rows.items():
            count = sum(1 for row in rows if not id_in(row, "Id")) if len(rows) > len(self.of(name)) else 0
            if count:
                message = f"{count} records without an id were left out"
                yield Finding(Code.ORPHAN_RECORD, message, cause=name, place=Place(name))

    def __repr__(self) -> str:
        count = sum(map(len, self.rows.values()))
        return f"<OrgRows: {count} records of {len(self.rows)} objects>"


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if identity := id_in(row, "Id"):
            found.setdefault(identity, row)
    in_order = sorted(found)
    return found if in_order == list(found) else {identity: found[identity] for identity in in_order}


def id_in(row: Row, name: str) -> str:
    """Give the id in a field, in its form of 18 characters; empty where there is none."""
    value = row.get(name)
    if not isinstance(value, str):
        return ""
    return value if len(value) == _LONG else canonical(value)


def text_in(row: Row, name: str) -> str | None:
    """Give the text in a field, None where there is none; a number is written out."""
    value = row.get(name)
    if isinstance(value, str):
        return value or None
    if value is None:
        return None
    written = number(value)
    return None if written is None else str(written)


def number_in(row: Row, name: str) -> int | float | None:
    """Give the number in a field: the org answers whole ones as 4.0, which people write as 4."""
    value = row.get(name)
    return None if value is None else number(value)


def number(value: object) -> int | float | None:
    """Give a number as people write it, None for anything else.

    Examples
    --------
    >>> number(4.0), number(2.7), number("4")
    (4, 2.7, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return int(value) if value == int(value) else value


def whole_in(row: Row, name: str) -> int | None:
    """Give the whole number in a field, which may be written as text."""
    value = row.get(name)
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 10:  # noqa: PLR2004 - a version
        return int(value)
    found = number(value)
    return found if isinstance(found, int) else None


def flag_in(row: Row, name: str) -> bool | None:
    """Give the flag in a field."""
    value = row.get(name)
    return value if isinstance(value, bool) else None
