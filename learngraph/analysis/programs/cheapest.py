"""The way to meet requirements with the fewest credits, when what is inside is there already.

Credits in all: those of an alternative and of all that it needs in turn, each learning once. Learnings
are settled in the order of their credits in all, as in Dijkstra's algorithm, so that whatever a learning
needs is settled before it. A set of learnings is a whole number while it is worked on, a bit for each.
"""

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.meeting import keys_meeting
from learngraph.model.learning import Program
from learngraph.model.relation import BINDING
from learngraph.model.requirement import Condition, Need, Requirement, needed_of, needs

#: how many are not in the graph, how many have no credits stated, and the credits of the others
_Cost: TypeAlias = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The keys that an alternative names itself, and the bits of all that it asks for in the end."""

    keys: tuple[str, ...] = ()
    bits: int = 0


class Cheapest:
    """For requirements of a graph, the alternatives with the fewest credits in all; the first of a tie.

    Alternatives that name what is not in the graph, or what states no credits, come after all others.
    What programs need is not followed.
    """

    def __init__(self, graph: LearningGraph, inside: Collection[str], asked: Collection[Requirement]) -> None:
        self._graph = graph
        self._inside = frozenset(inside)
        self._costs: dict[int, _Cost] = {0: (0, 0, 0)}
        self._settled: dict[str, int] = {}
        self._trees: dict[str, tuple[Requirement, ...]] = {}
        queue = list(self._keys(asked))
        for key in queue:  # grows while it is walked
            if key not in self._trees:
                self._trees[key] = self._required(key)
                queue.extend(self._keys(self._trees[key]))
        self._bits = {key: 1 << place for place, key in enumerate(self._trees)}
        self._weights = [self._weight(key) for key in self._trees]
        self._settle()

    def choice(self, requirement: Requirement, *, have: int = 0) -> Choice:
        """Choose what to take for a requirement, when what has the bits `have` is taken anyhow."""
        return self._chosen(requirement, have, guess=True) or Choice()

    def bits(self, key: str) -> int:
        """Give the bits of a learning and of all that it needs in the end."""
        return self._settled[key]

    def _required(self, key: str) -> tuple[Requirement, ...]:
        if key not in self._graph or isinstance(self._graph[key], Program):
            return ()
        return tuple(tree for relation in BINDING for tree in self._graph[key].requirements(relation))

    def _keys(self, trees: Collection[Requirement]) -> Iterator[str]:
        for need in needs(trees):
            yield from (key for key in self._meeting(need) if key not in self._inside)

    def _meeting(self, need: Need) -> tuple[str, ...]:
        """Give what meets a need: what is in the graph, or the key of what is not."""
        known = tuple(key for key in keys_meeting(self._graph, need.key) if key in self._graph)
        return known or (self._graph.index.resolve(need.key),)

    def _weight(self, key: str) -> _Cost:
        if key not in self._graph:
            return (1, 0, 0)
        duration = self._graph[key].duration
        return (0, 1, 0) if duration is None else (0, 0, duration)

    def _settle(self) -> None:
        mentions: dict[str, list[str]] = {key: [] for key in self._trees}
        for key, trees in self._trees.items():
            for other in dict.fromkeys(self._keys(trees)):
                mentions[other].append(key)
        heap: list[tuple[_Cost, int, str, int]] = []
        self._push(heap, self._trees, guess=False)
        circles: list[tuple[_Cost, int, str, int]] | None = None
        while len(self._settled) < len(self._trees):
            if not heap:  # what is left needs one another: the cheapest of it is settled with a guess
                if circles is None:
                    circles = []
                    self._push(circles, (key for key in self._trees if key not in self._settled), guess=True)
                self._push(heap, (self._next_open(circles),), guess=True)
            _, _, key, bits = heapq.heappop(heap)
            if key not in self._settled:
                self._settled[key] = bits
                self._push(heap, (other for other in mentions[key] if other not in self._settled), guess=False)

    def _next_open(self, circles: list[tuple[_Cost, int, str, int]]) -> str:
        while True:
            key = heapq.heappop(circles)[2]
            if key not in self._settled:
                return key

    def _push(
        self, heap: list[tuple[_Cost, int, str, int]], keys: Collection[str] | Iterator[str], *, guess: bool
    ) -> None:
        for key in keys:
            total = self._bits[key]
            for tree in self._trees[key]:
                found = self._chosen(tree, 0, guess=guess)
                if found is None:
                    break
                total = self._joined(total, found.bits)
            else:
                heapq.heappush(heap, (self._cost(total), self._bits[key].bit_length(), key, total))

    def _chosen(self, requirement: Requirement, have: int, *, guess: bool) -> Choice | None:
        """Choose among what is settled; None where that is not enough. A guess takes the others as they are."""
        match requirement:
            case Need():
                return self._chosen_of_need(requirement, have, guess=guess)
            case Condition():
                return Choice()
        # conditions are neutral: they are no alternative where there is another one
        parts = [part for part in requirement.of if any(isinstance(leaf, Need) for leaf in part.leaves)]
        count = min(needed_of(requirement), len(parts))
        found = [choice for part in parts if (choice := self._chosen(part, have, guess=guess)) is not None]
        if len(found) < count:
            return None
        if count < len(found):
            found = sorted(found, key=lambda choice: self._cost(choice.bits & ~have))[:count]
        total = 0
        for choice in found:
            total = self._joined(total, choice.bits)
        return Choice(tuple(dict.fromkeys(key for choice in found for key in choice.keys)), total)

    def _chosen_of_need(self, need: Need, have: int, *, guess: bool) -> Choice | None:
        meeting = self._meeting(need)
        if not self._inside.isdisjoint(keys_meeting(self._graph, need.key)):
            return Choice()
        found = [
            Choice((key,), self._settled.get(key, self._bits[key])) for key in meeting if guess or key in self._settled
        ]
        return min(found, key=lambda choice: self._cost(choice.bits & ~have), default=None)

    def _joined(self, one: int, other: int) -> int:
        """Unite two sets and note what the union costs, by what the smaller one adds."""
        large, small = (one, other) if one.bit_count() >= other.bit_count() else (other, one)
        union = large | small
        if union not in self._costs:
            self._costs[union] = _sum(self._cost(large), self._counted(small & ~large))
        return union

    def _cost(self, bits: int) -> _Cost:
        if bits not in self._costs:
            self._costs[bits] = self._counted(bits)
        return self._costs[bits]

    def _counted(self, bits: int) -> _Cost:
        total: _Cost = (0, 0, 0)
        while bits:
            lowest = bits & -bits
            total = _sum(total, self._weights[lowest.bit_length() - 1])
            bits ^= lowest
        return total


def _sum(one: _Cost, other: _Cost) -> _Cost:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2])
