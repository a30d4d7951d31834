"""Whether what was sent and not answered is in the org: looked up before anything is sent again."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeAlias

from learngraph.model.salesforce_id import canonical
from learngraph.publish.publish_plan import Item, StepKind
from learngraph.publish.questions import texts_of_soql
from learngraph.salesforce.bodies import is_nothing
from learngraph.salesforce.names import CUSTOM_FIELDS

#: gives the records that a SOQL query finds
Query: TypeAlias = Callable[[str], Iterable[Mapping[str, Any]]]

_CHUNK = 200  # values in a list of SOQL: an address has at most 16,384 bytes
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A learning that was sent at `since` or later, by the org's clock, and whose fate nobody knows.

    `item` has ids in the place of its placeholders.
    """

    item: Item
    since: datetime


@dataclass(frozen=True, slots=True)
class Fate:
    """What a look at the org says: it is there (with its ids), it is not, or, where `there` is None, why not known."""

    there: bool | None
    ids: Mapping[str, str] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True)
class Searching:
    """How to look: the org's queries, its external-id fields by type of learning, and the records that are taken."""

    query: Query
    external_id_fields: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


def look_up(doubts: Sequence[Doubt], kind: StepKind, searching: Searching) -> list[Fate]:
    """Look up what was to be made, in as few queries as can be.

    A learning is known by its external id; where it has none, by subject and number among what was made
    since, else by its name among that. What belongs to other learnings of the plan is left out. Two
    candidates, or two learnings for one, cannot be told apart.

    Examples
    --------
    >>> from learngraph.model.value import FrozenMap
    >>> item = Item("CS 101", FrozenMap({"learning": {"type": "Learning Course", "name": "Programming"}}))
    >>> look_up([Doubt(item, datetime(2026, 8, 1, tzinfo=UTC))], StepKind.CREATE, Searching(lambda soql: []))
    [Fate(there=False, ids={}, message='')]
    """
    if kind is StepKind.ACHIEVE:
        keys = [_text(doubt.item.body.get("Name")) for doubt in doubts]
        rows = [
            (_text(row.get("Name")), {"achievement_id": _id(row["Id"])}) for row in _achievements(doubts, searching)
        ]
        return _matched(keys, rows, searching.taken)
    known = [_external_id(doubt.item, searching) for doubt in doubts]
    by_external_id = [key for key in known if key is not None]
    others = [doubt for doubt, key in zip(doubts, known, strict=True) if key is None]
    found = iter(_matched(by_external_id, _with_external_ids(by_external_id, searching), searching.taken))
    made = iter(_made_since(others, searching))
    return [next(made) if key is None else next(found) for key in known]


Key: TypeAlias = tuple[str, ...]


def _matched(
    keys: Sequence[Key | str], rows: Iterable[tuple[Key | str, dict[str, str]]], taken: frozenset[str]
) -> list[Fate]:
    """Give what became of each key, by the records that have it."""
    records: defaultdict[Key | str, list[dict[str, str]]] = defaultdict(list)
    for key, ids in rows:
        if taken.isdisjoint(ids.values()):
            records[key].append(ids)
    return [_fate(records[key], sharers=keys.count(key)) for key in keys]


def _fate(records: list[dict[str, str]], *, sharers: int) -> Fate:
    if not records:
        return Fate(there=False)
    if len(records) == sharers == 1:
        return Fate(there=True, ids=records[0])
    ids = ", ".join(next(iter(record.values())) for record in records)
    if sharers > 1:
        return Fate(there=None, message=f"{sharers} learnings of the plan look alike, and the org has {ids}")
    return Fate(there=None, message=f"the org has {len(records)} records that could be it: {ids}")


def _type(item: Item) -> str:
    return "program" if "program" in str(item.body["learning"].get("type")).casefold() else "course"


def _external_id(item: Item, searching: Searching) -> Key | None:
    """Give type, field and value of an external id that the org keeps; None where there is none."""
    type_ = _type(item)
    name = searching.external_id_fields.get(type_, "")
    value = item.body["learning"].get(CUSTOM_FIELDS[type_], {}).get(name)
    return (type_, name, _text(value)) if _NAME.fullmatch(name) and not is_nothing(value) else None


def _with_external_ids(keys: Sequence[Key], searching: Searching) -> Iterator[tuple[Key, dict[str, str]]]:
    for type_, name in dict.fromkeys((type_, name) for type_, name, _ in keys):
        home = "LearningProgram" if type_ == "program" else "LearningCourse"
        values = [value for *kind, value in keys if kind == [type_, name]]
        for chunk in _chunks(values):
            for row in searching.query(_select(f"Id, LearningId, {name}", home, f"{name} IN ({texts_of_soql(chunk)})")):
                yield (type_, name, _text(row.get(name))), _ids(row, type_)


def _made_since(doubts: Sequence[Doubt], searching: Searching) -> list[Fate]:
    """Look among what was made since the first of them was sent."""
    if not doubts:
        return []
    since = _moment(min(doubt.since for doubt in doubts))
    rows = searching.query(_select("Id, Name, Type, CreatedDate", "Learning", f"CreatedDate >= {since}"))
    learnings = {_id(row["Id"]): row for row in rows}
    keys = [_identity(doubt.item) for doubt in doubts]
    found: list[tuple[Key | str, dict[str, str]]] = []
    for type_, home, more in (
        ("course", "LearningCourse", ", SubjectAbbreviation, CourseNumber"),
        ("program", "LearningProgram", ""),
    ):
        of_type = [one for one, row in learnings.items() if _is_program(row) is (type_ == "program")]
        for chunk in _chunks(of_type):
            for row in searching.query(
                _select(f"Id, LearningId{more}", home, f"LearningId IN ({texts_of_soql(chunk)})")
            ):
                ids = _ids(row, type_)
                name = _text(learnings[ids["learning_id"]].get("Name"))
                number = (type_, _text(row.get("SubjectAbbreviation")), _text(row.get("CourseNumber")))
                found += [((type_, name), ids), (number, ids)]
    return _matched(keys, found, searching.taken)


def _identity(item: Item) -> Key:
    """Give subject and number of a course that has both, else the name."""
    learning, type_ = item.body["learning"], _type(item)
    subject, number = learning.get("subjectAbbreviation"), learning.get("courseNumber")
    if type_ == "course" and not is_nothing(subject) and not is_nothing(number):
        return type_, _text(subject), _text(number)
    return type_, _text(learning.get("name"))


def _achievements(doubts: Sequence[Doubt], searching: Searching) -> Iterable[Mapping[str, Any]]:
    since = _moment(min(doubt.since for doubt in doubts))
    return searching.query(_select("Id, Name, CreatedDate", "LearningAchievement", f"CreatedDate >= {since}"))


def _is_program(row: Mapping[str, Any]) -> bool:
    return "program" in str(row.get("Type")).casefold()


def _ids(row: Mapping[str, Any], type_: str) -> dict[str, str]:
    return {"learning_id": _id(row["LearningId"]), f"{type_}_id": _id(row["Id"])}


def _id(value: object) -> str:
    return canonical(str(value))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _select(fields: str, home: str, where: str) -> str:
    return f"SELECT {fields} FROM {home} WHERE {where}"  # noqa: S608 - names are checked, values are quoted


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(dict.fromkeys(values))
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
