"""Digests of what an org holds of learnings, so that a plan can tell whether they changed since it was made."""

from collections.abc import Iterable
from typing import Any

from learngraph.model.learning import Learning
from learngraph.model.salesforce_id import canonical
from learngraph.model.value import FrozenMap
from learngraph.publish.publish_plan import digest_of
from learngraph.salesforce.bodies import is_nothing
from learngraph.salesforce.names import FIELDS
from learngraph.salesforce.references import achievement_id, provider_id
from learngraph.salesforce.snapshot import FoundationItem, OutcomeItem, Snapshot


def fingerprints(snapshot: Snapshot, records: Iterable[str]) -> FrozenMap:
    """Give for each record that the snapshot holds a digest of its fields, requirements and outcomes.

    It is the same in a snapshot of the whole org and in one of a few learnings: keys do not count, and neither
    does what stands with other learnings: who grants a required achievement, and what groups lay on one.

    Examples
    --------
    >>> from learngraph.graph.learning_graph import LearningGraph
    >>> from learngraph.model.learning import Course
    >>> one, other = Course(key="A", name="Logic", salesforce={"learning_id": "0tyLT00000009LOYAY"}), Course(key="B")
    >>> whole, part = Snapshot(LearningGraph([one, other])), Snapshot(LearningGraph([one.replaced(key="x")]))
    >>> fingerprints(whole, ["0tyLT00000009LO"]) == fingerprints(part, ["0tyLT00000009LOYAY"])
    True
    """
    by_id = {record: snapshot.graph[key] for key, record in snapshot.records().items()}
    wanted = dict.fromkeys(map(canonical, records))
    groups = snapshot.group_achievements()
    return FrozenMap(
        {record: digest_of(_told(by_id[record], snapshot, groups)) for record in wanted if record in by_id}
    )


def _told(learning: Learning, snapshot: Snapshot, groups: frozenset[str]) -> dict[str, Any]:
    fields = {name: getattr(learning, field, None) for name, field in FIELDS}
    provider = provider_id(learning, snapshot.graph)
    fields["provider"] = canonical(provider) if isinstance(provider, str) else learning.provider
    outcomes = [
        _outcome(one)
        for one in snapshot.outcomes.get(learning.key, ())
        if one.primary or (canonical(one.achievement) not in groups and _is_own(one, learning, snapshot))
    ]
    told = {
        "type": learning.type,
        "fields": {name: _plain(value) for name, value in fields.items() if not is_nothing(value)},
        "custom": {name: _plain(value) for name, value in learning.custom_fields.thawed().items()},
        "external_id": learning.external_id,
        "requirements": _sorted(map(_item, snapshot.requirements.get(learning.key, ()))),
        "outcomes": _sorted(outcomes),
    }
    return {name: value for name, value in told.items() if value}


def _is_own(outcome: OutcomeItem, learning: Learning, snapshot: Snapshot) -> bool:
    """Whether an outcome is the learning's: who read the org knows groups that a part of it does not show."""
    stated = (achievement_id(one.achievement, snapshot.graph) or one.achievement for one in learning.outcomes)
    return canonical(outcome.achievement) in map(canonical, stated)


def _item(item: FoundationItem) -> dict[str, Any]:
    return {
        "id": canonical(item.id),
        "relation": item.relation.value,
        "achievement": canonical(item.achievement or ""),
        "extent": _extent(item),
    }


def _outcome(item: OutcomeItem) -> dict[str, Any]:
    return {
        "id": canonical(item.id),
        "achievement": canonical(item.achievement),
        "primary": item.primary,
        "extent": _extent(item),
    }


def _extent(item: FoundationItem | OutcomeItem) -> list[Any]:
    return [_plain(item.minimum_grade), _plain(item.duration), item.duration_unit or ""]


def _sorted(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(records, key=digest_of)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON, and days
    """Give a value as JSON writes it, a whole number always in one way."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, bool | int | float | dict | list) else str(value)
