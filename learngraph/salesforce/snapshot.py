"""What an org holds: a graph of its learnings, and the ids of the records behind their relations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated, Table, Tabular
from learngraph.model.relation import Relation
from learngraph.model.salesforce_id import canonical


@dataclass(frozen=True, slots=True)
class Grantor(Stated):
    """A learning that grants an achievement, by its id or key, and the grade that it takes."""

    learning: str
    minimum_grade: int | float | None = None


@dataclass(frozen=True, slots=True)
class FoundationItem(Stated):
    """One requirement of a learning as the org keeps it: an achievement, and who grants it.

    `kind` is the achievement's type as the org names it ("LearningCourse", "AchievementGroup", ...).
    """

    id: str
    relation: Relation
    achievement: str | None = None
    kind: str | None = None
    grantors: tuple[Grantor, ...] = ()
    minimum_grade: int | float | None = None
    duration: int | float | None = None
    duration_unit: str | None = None

    @property
    def is_group(self) -> bool:
        """Whether its achievement is a group, by the type's name as the org or the guide spells it."""
        return "group" in (self.kind or "").casefold()

    @property
    def is_all_of(self) -> bool:
        """Whether its achievement is the group of which all must be met (AchievementGroupAll)."""
        return (self.kind or "").replace(" ", "").casefold().endswith("groupall")


@dataclass(frozen=True, slots=True)
class OutcomeItem(Stated):
    """One achievement that a learning grants, as the org keeps it."""

    id: str
    achievement: str
    primary: bool = False
    minimum_grade: int | float | None = None
    duration: int | float | None = None
    duration_unit: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Snapshot(Tabular):
    """What an org holds: `graph`, and by the keys of its learnings the items behind it, in the org's order.

    Examples
    --------
    >>> Snapshot(LearningGraph())
    <Snapshot: 0 learnings, 0 requirements, 0 outcomes>
    """

    graph: LearningGraph
    requirements: Mapping[str, tuple[FoundationItem, ...]] = field(default_factory=dict)
    outcomes: Mapping[str, tuple[OutcomeItem, ...]] = field(default_factory=dict)

    def records(self) -> dict[str, str]:
        """Give the ids of the learnings' own records by their keys, in the form of 18 characters."""
        known = ((learning.key, learning.record_id) for learning in self.graph)
        return {key: canonical(record_id) for key, record_id in known if record_id}

    def items(self, key: str, relation: Relation) -> tuple[FoundationItem, ...]:
        """Give the requirements of one relation of a learning, in the org's order."""
        return tuple(item for item in self.requirements.get(key, ()) if item.relation is relation)

    def all_items(self) -> Iterator[FoundationItem]:
        """Give all requirements of all learnings."""
        for items in self.requirements.values():
            yield from items

    def group_achievements(self) -> frozenset[str]:
        """Give the achievements that are groups: what they lay on their contributors is no outcome of theirs."""
        return frozenset(canonical(item.achievement) for item in self.all_items() if item.is_group and item.achievement)

    @property
    def table(self) -> Table:
        """A row for each learning of the org, with the id of its record."""
        rows = [
            (one.key, one.type, one.name, len(self.requirements.get(one.key, ())),
             len(self.outcomes.get(one.key, ())), one.record_id)
            for one in self.graph
        ]  # fmt: skip
        return Table(("key", "type", "name", "requirements", "outcomes", "record"), rows)

    def __repr__(self) -> str:
        counts = (_count(self.requirements.values()), _count(self.outcomes.values()))
        return f"<Snapshot: {len(self.graph)} learnings, {counts[0]} requirements, {counts[1]} outcomes>"


def _count(groups: Iterable[tuple[object, ...]]) -> int:
    return sum(map(len, groups))
