"""The part of a document that holds what an org keeps behind its learnings: items and their ids."""

from collections.abc import Mapping
from typing import Any

from learngraph.files.errors import ReadError
from learngraph.findings import Place
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.relation import Relation
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem, Snapshot

_SHARED = ("minimum_grade", "duration", "duration_unit")


def write_section(snapshot: Snapshot) -> dict[str, Any]:
    """Give the section, empty where there are no items."""
    requirements = {key: [_item(item) for item in items] for key, items in snapshot.requirements.items() if items}
    outcomes = {key: [_outcome(item) for item in items] for key, items in snapshot.outcomes.items() if items}
    sections = {"requirements": requirements, "outcomes": outcomes}
    return {name: section for name, section in sections.items() if section}


def read_section(raw: Mapping[str, Any] | None, graph: LearningGraph, file: str) -> Snapshot:
    """Read the section into a snapshot of the graph.

    Raises
    ------
    ReadError
        where it is not what `write_section` writes: people do not write it.
    """
    section = raw or {}
    try:
        return Snapshot(
            graph,
            {key: tuple(map(_read_item, items)) for key, items in section.get("requirements", {}).items()},
            {key: tuple(map(_read_outcome, items)) for key, items in section.get("outcomes", {}).items()},
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        raise ReadError(Place(file, field="snapshot"), "is not what a pull writes", "pull it again") from None


def _item(item: FoundationItem) -> dict[str, Any]:
    grantors = [_stated(one, ("learning", "minimum_grade")) for one in item.grantors]
    stated = _stated(item, ("id", "relation", "achievement", "kind", *_SHARED))
    return {**stated, "relation": item.relation.value, **({"grantors": grantors} if grantors else {})}


def _outcome(item: OutcomeItem) -> dict[str, Any]:
    return _stated(item, ("id", "achievement", "primary", *_SHARED))


def _stated(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names if getattr(value, name) not in (None, False)}


def _read_item(raw: dict[str, Any]) -> FoundationItem:
    grantors = tuple(Grantor(**one) for one in raw.get("grantors", ()))
    return FoundationItem(**{**raw, "relation": Relation(raw["relation"]), "grantors": grantors})


def _read_outcome(raw: dict[str, Any]) -> OutcomeItem:
    return OutcomeItem(**raw)
