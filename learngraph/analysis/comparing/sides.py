"""Two networks beside each other: courses by places that both share, and the edges that one alone has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from learngraph.analysis.measuring.network import CourseNetwork, Steps


class Edge(NamedTuple):
    """An edge that the other side has not, between steps; no other edge of both sides has its number."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Side:
    """The steps of one network, the step of each of its courses, and what the other network has not.

    `step_of` goes by places, which are shared by both sides.
    """

    steps: Steps
    step_of: Mapping[int, int]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, network: CourseNetwork, places: Mapping[str, int], own: Mapping[tuple[str, str], int]) -> "Side":
        """Put a network beside another one; `own` has the number of each of its own edges, by keys."""
        keys, members = network.keys, network.steps.members
        step_of = {places[keys[course]]: step for step, inside in enumerate(members) for course in inside}
        edges = tuple(
            Edge(step_of[places[start]], step_of[places[end]], number) for (start, end), number in own.items()
        )
        return cls(network.steps, step_of, edges)

    @property
    def turned(self) -> "Side":
        """The same with every edge the other way round."""
        steps = self.steps
        turned = replace(steps, before=steps.after, after=steps.before, order=steps.order[::-1])
        return replace(self, steps=turned, edges=tuple(Edge(end, start, number) for start, end, number in self.edges))

    @property
    def inside(self) -> list[int]:
        """For each step the edges that lie inside it, as bits."""
        found = [0] * len(self.steps.members)
        for start, end, number in self.edges:
            if start == end:
                found[start] |= 1 << number
        return found

    @property
    def between(self) -> dict[tuple[int, int], int]:
        """For pairs of steps the edges that join them, as bits."""
        found: dict[tuple[int, int], int] = {}
        for start, end, number in self.edges:
            if start != end:
                found[start, end] = found.get((start, end), 0) | 1 << number
        return found

    def reached(self, first: int, width: int) -> list[int]:
        """Give for each step the places from `first` on, `width` of them, that it reaches, itself included, as bits."""
        found = [0] * len(self.steps.members)
        for place, step in self.step_of.items():
            if first <= place < first + width:
                found[step] |= 1 << (place - first)
        return self.spread(found)

    def spread(self, own: Iterable[int]) -> list[int]:
        """Join to the bits of each step those of all steps that it leads to."""
        found = list(own)
        after = self.steps.after
        for step in reversed(self.steps.order):
            for other in after[step]:
                found[step] |= found[other]
        return found


def each_bit(mask: int) -> Iterator[int]:
    """Give the numbers of the bits that are set, the lowest first.

    Examples
    --------
    >>> list(each_bit(0b1010))
    [1, 3]
    """
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
