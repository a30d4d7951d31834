"""The part of a document that holds what an org keeps behind its learnings: items and their ids."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from learngraph.files.errors import ReadError
from learngraph.findings import Place
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.relation import Relation
from learngraph.model.value import read_number, short
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem, Snapshot

_T = TypeVar("_T")
_SHARED = ("minimum_grade", "duration", "duration_unit")


def write_section(snapshot: Snapshot) -> dict[str, Any]:
    """Give the section, empty where there are no items; the items of a learning stand together, in order."""
    requirements = [{"learning": key, **_item(item)} for key, items in snapshot.requirements.items() for item in items]
    outcomes = [{"learning": key, **_outcome(item)} for key, items in snapshot.outcomes.items() for item in items]
    sections = {"requirements": requirements, "outcomes": outcomes}
    return {name: section for name, section in sections.items() if section}


def read_section(section: Mapping[str, Any], graph: LearningGraph, file: str) -> Snapshot:
    """Read the section into a snapshot of the graph.

    Raises
    ------
    ReadError
        where it is not what `write_section` writes: people do not write it.
    """
    try:
        return Snapshot(
            graph,
            _by_learning(section.get("requirements"), _read_item),
            _by_learning(section.get("outcomes"), _read_outcome),
        )
    except (TypeError, KeyError, ValueError) as error:
        place = Place(file, field="snapshot")
        raise ReadError(place, f"is not what a pull writes: {short(str(error))}", "pull it again") from None


def _by_learning(raw: object, read: Callable[[dict[str, Any]], _T]) -> dict[str, tuple[_T, ...]]:
    found: dict[str, list[_T]] = {}
    for fields in _objects(raw):
        found.setdefault(fields.pop("learning"), []).append(read(fields))
    return {key: tuple(items) for key, items in found.items()}


def _objects(raw: object) -> Iterator[dict[str, Any]]:
    """Give the objects of a list, with texts and numbers where they belong."""
    if not isinstance(raw, list | None):
        raise TypeError(f"{short(raw)} is no list")
    for each in raw or ():
        fields = dict(each)
        for name, value in fields.items():
            if name in _SHARED[:2]:
                read_number(value)
            elif name not in ("grantors", "primary") and not isinstance(value, str):
                raise TypeError(f"{name} is no text: {short(value)}")
        yield fields


def _item(item: FoundationItem) -> dict[str, Any]:
    grantors = [_stated(one, ("learning", "minimum_grade")) for one in item.grantors]
    stated = _stated(item, ("id", "relation", "achievement", "kind", *_SHARED))
    return {**stated, "relation": item.relation.value, **({"grantors": grantors} if grantors else {})}


def _outcome(item: OutcomeItem) -> dict[str, Any]:
    return _stated(item, ("id", "achievement", "primary", *_SHARED))


def _stated(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    stated = {name: getattr(value, name) for name in names}
    return {name: one for name, one in stated.items() if one is not None and one is not False}


def _read_item(raw: dict[str, Any]) -> FoundationItem:
    grantors = tuple(Grantor(**one) for one in _objects(raw.get("grantors")))
    return FoundationItem(**{**raw, "relation": Relation(raw["relation"]), "grantors": grantors})


def _read_outcome(raw: dict[str, Any]) -> OutcomeItem:
    return OutcomeItem(**{**raw, "primary": raw.get("primary") is True})
