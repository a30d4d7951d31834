"""What one learning needs and what it unlocks, as far as a map shows it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from learngraph.model.relation import Relation
from learngraph.plotting.map_values import CurriculumMap, MapEdge


class Light(StrEnum):
    """Whether something is the learning itself, in its past, in its future, or neither; PLAIN where none is lit."""

    PLAIN = "plain"
    ITSELF = "itself"
    PAST = "past"
    FUTURE = "future"
    DIM = "dim"


@dataclass(frozen=True, slots=True)
class Lighting:
    """The node that is lit up, and the nodes before and after it."""

    itself: str | None = None
    past: frozenset[str] = frozenset()
    future: frozenset[str] = frozenset()

    @classmethod
    def of(cls, drawn: CurriculumMap, key: str) -> "Lighting":
        """Follow what binds, and what grants, from a learning of a map to both sides; recommendations bind nobody."""
        start = drawn.by_key[key].id
        binding = [edge for edge in drawn.edges if edge.relation is not Relation.RECOMMENDED]
        back: dict[str, list[str]] = {}
        onward: dict[str, list[str]] = {}
        for edge in binding:
            back.setdefault(edge.target, []).append(edge.source)
            onward.setdefault(edge.source, []).append(edge.target)
        return cls(start, reached(back, (start,)) - {start}, reached(onward, (start,)) - {start})

    def of_node(self, id_: str) -> Light:
        """Say how a node is lit; what lies on both sides, in a circle, counts as past."""
        if self.itself is None:
            return Light.PLAIN
        if id_ == self.itself:
            return Light.ITSELF
        if id_ in self.past:
            return Light.PAST
        return Light.FUTURE if id_ in self.future else Light.DIM

    def of_edge(self, edge: MapEdge) -> Light:
        """Say how a line is lit."""
        if self.itself is None:
            return Light.PLAIN
        if edge.relation is Relation.RECOMMENDED:
            return Light.DIM
        if edge.target == self.itself or edge.target in self.past:
            return Light.PAST
        return Light.FUTURE if edge.source == self.itself or edge.source in self.future else Light.DIM


def reached(onward: Mapping[str, Iterable[str]], start: Collection[str], *, steps: int | None = None) -> frozenset[str]:
    """Give all to which ways lead from some nodes, these included, in at most so many steps."""
    found = set(start)
    edge = list(start)
    while edge and (steps is None or steps > 0):
        edge = list(dict.fromkeys(other for node in edge for other in onward.get(node, ()) if other not in found))
        found.update(edge)
        steps = None if steps is None else steps - 1
    return frozenset(found)
