"""What the items of an org say, as requirements and outcomes of a learning."""

from collections.abc import Iterable, Mapping

from learngraph.model.outcome import Outcome
from learngraph.model.requirement import AllOf, AnyOf, Need, Requirement
from learngraph.model.salesforce_id import canonical
from learngraph.model.value import FrozenMap
from learngraph.salesforce.snapshot import FoundationItem, OutcomeItem

_NO_KEYS: Mapping[str, str] = FrozenMap()


def requirement_of(item: FoundationItem, keys: Mapping[str, str] = _NO_KEYS) -> Requirement:
    """Give the requirement that an item of the org stands for.

    A group is an any-of of the learnings that grant it, or an all-of by its type; the own achievement of a
    single learning is a need of that learning; anything else (a badge, or what nothing grants) is a need of
    the achievement. What `keys` has a key for, by the id of its record, is called by it.
    """
    if item.grantors and item.is_group:
        needs = [
            Need(_called(one.learning, keys), item.minimum_grade if one.minimum_grade is None else one.minimum_grade)
            for one in item.grantors
        ]
        if len(needs) == 1:
            return needs[0]
        return AllOf(needs) if item.is_all_of else AnyOf(needs)
    own = len(item.grantors) == 1 and (item.kind or "").replace(" ", "").casefold().startswith("learning")
    key, grade = item.achievement or item.id, item.minimum_grade
    if own or (item.grantors and not item.achievement):
        grantor = item.grantors[0]
        key, grade = grantor.learning, grantor.minimum_grade if grade is None else grade
    return Need(_called(key, keys), grade, duration=item.duration, duration_unit=item.duration_unit)


def _called(record: str, keys: Mapping[str, str]) -> str:
    return keys.get(canonical(record), record) if keys else record


def outcomes_of(items: Iterable[OutcomeItem], groups: frozenset[str]) -> tuple[Outcome, ...]:
    """Give the outcomes that a learning has besides its own achievement and what groups laid on it."""
    return tuple(
        Outcome(
            achievement=item.achievement,
            minimum_grade=item.minimum_grade,
            duration=item.duration,
            duration_unit=item.duration_unit,
        )
        for item in items
        if not item.primary and canonical(item.achievement) not in groups
    )
