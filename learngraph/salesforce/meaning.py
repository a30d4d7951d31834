"""What a requirement means, so that a wanted one and one that the org holds can be compared.

A meaning is a hashable value. A need of a learning, alone or in an any-of, is told by the learning's
record; a need of an achievement by the achievement's. An item of the org may have several meanings: the
achievement itself, and the learnings that grant it.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from learngraph.logic.implication import Clause
from learngraph.model.requirement import Need
from learngraph.model.salesforce_id import canonical
from learngraph.salesforce.bodies import is_nothing
from learngraph.salesforce.snapshot import FoundationItem, Snapshot


class Meanings:
    """Reads the items of one snapshot.

    `all_of` says that groups mean all of their contributors in this org, whatever their type. `granted`
    says which achievements learnings are to grant, by the ids of both: what an item means must
    hold after the PATCH, too.
    """

    def __init__(self, snapshot: Snapshot, granted: Mapping[str, Sequence[str]], *, all_of: bool) -> None:
        self._all_of = all_of
        # the guide's example names fulfillers by the ids of their courses alone
        records = snapshot.records()
        self._record = {
            canonical(own): records[one.key]
            for one in snapshot.graph
            for own in (one.salesforce.course_id, one.salesforce.program_id)
            if own and one.key in records
        }
        self._owner: dict[str, str] = {}
        #: who grants an achievement, and the grade that it takes
        self._granting: dict[str, dict[str, int | float | None]] = {}
        required = {canonical(item.achievement) for item in snapshot.all_items() if item.achievement}
        for key, outcomes in snapshot.outcomes.items():
            learning = records.get(key) or canonical(key)
            for outcome in outcomes:
                achievement = canonical(outcome.achievement)
                if achievement not in required:
                    continue
                self._granting.setdefault(achievement, {}).setdefault(learning, outcome.minimum_grade)
                if outcome.primary:
                    self._owner[achievement] = learning
        for achievement, learnings in granted.items():
            there = self._granting.setdefault(achievement, {})
            for one in learnings:
                there.setdefault(one, None)

    def parts_of(self, item: FoundationItem) -> tuple[Hashable, ...]:
        """Give the meanings of an all-of group's members, each of which must be met; none for any other item."""
        if not (item.is_all_of or (self._all_of and item.is_group)):
            return ()
        nothing = (None, None)
        return tuple(
            _learnings({one: _first(grade, item.minimum_grade)}, nothing) for one, grade in self._grades(item).items()
        )

    def _grades(self, item: FoundationItem) -> dict[str, int | float | None]:
        """Give who grants what an item asks for, and the grade that it takes."""
        grades = {
            self._record.get(canonical(one.learning), canonical(one.learning)): one.minimum_grade
            for one in item.grantors
        }
        granting = self._granting.get(canonical(item.achievement), {}) if item.achievement else {}
        return {**granting, **grades}

    def of_item(self, item: FoundationItem) -> Iterator[Hashable]:
        """Give each meaning that an item of the org has."""
        extent = (_nothing_to_none(item.duration), _nothing_to_none(item.duration_unit))
        grades = self._grades(item)
        owner = None
        if item.achievement:
            achievement = canonical(item.achievement)
            yield _achievement(achievement, item.minimum_grade, extent)
            owner = self._owner.get(achievement)
        if owner is not None:
            yield _learnings({owner: item.minimum_grade}, extent)
        alone = len(grades) == 1 and owner is None
        if alone or (len(grades) > 1 and not self.parts_of(item)):
            # the grade that a group asks of its contributor is the nearer one, of a single that of the item
            own = item.minimum_grade if alone and not item.is_group else None
            found = {one: _first(own, _first(grade, item.minimum_grade)) for one, grade in grades.items()}
            yield _learnings(found, extent)


def of_clause(clause: Clause, record: Callable[[str], str | None], is_achievement: Callable[[str], bool]) -> Hashable:
    """Give what a wanted clause means; None where it needs what has no record yet."""
    records = [record(need.key) for need in clause]
    if None in records:
        return None
    if len(clause) == 1 and is_achievement(clause[0].key):
        return _achievement(str(records[0]), clause[0].minimum_grade, _extent(clause[0]))
    extent = _extent(clause[0]) if len(clause) == 1 else (None, None)
    return _learnings({str(one): need.minimum_grade for one, need in zip(records, clause, strict=True)}, extent)


def _extent(need: Need) -> tuple[object, object]:
    return _nothing_to_none(need.duration), _nothing_to_none(need.duration_unit)


def _achievement(record: str, grade: object, extent: tuple[object, object]) -> Hashable:
    return "achievement", record, grade, extent


def _learnings(grades: dict[str, int | float | None], extent: tuple[object, object]) -> Hashable:
    return "learnings", frozenset(grades.items()), extent


def _nothing_to_none(value: object) -> object:
    return None if is_nothing(value) else value


def _first(one: float | None, other: float | None) -> int | float | None:
    return other if one is None else one
