"""Every choice of alternatives, measured one by one, where there are few.

Courses that nothing joins have nothing to do with one another's numbers, so each connected part of the graph
is gone through by itself, and totals are sums over the parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TypeAlias

from learngraph.analysis.measuring.alternatives import Alternatives
from learngraph.analysis.measuring.classic import Scaling, centralities_of, delays_of
from learngraph.analysis.measuring.closure import sums_reached
from learngraph.analysis.measuring.network import Steps
from learngraph.analysis.measuring.weights import Exact

#: the lowest and the highest
Ends: TypeAlias = tuple[Exact, Exact]


@dataclass(frozen=True, slots=True)
class Enumerated:
    """The lowest and the highest centrality of each course of a part, and of the totals of its measures.

    The totals are those of blocking, delay, centrality and complexity.
    """

    centrality: tuple[Ends, ...]
    totals: tuple[Ends, ...]


def parts_of(alternatives: Alternatives) -> list[tuple[int, ...]]:
    """Give the connected parts of the graph with all alternatives, the courses of each in topological order."""
    steps = alternatives.steps
    part: dict[int, list[int]] = {}
    for start in steps.order:
        if start in part:
            continue
        members: list[int] = []
        queue = [start]
        part[start] = members
        while queue:
            course = queue.pop()
            members.append(course)
            for other in (*steps.before[course], *steps.after[course]):
                if other not in part:
                    part[other] = members
                    queue.append(other)
    place = {course: number for number, course in enumerate(steps.order)}
    distinct = {id(members): members for members in part.values()}
    return [tuple(sorted(members, key=place.__getitem__)) for members in distinct.values()]


def enumerated(alternatives: Alternatives, part: Sequence[int], *, up_to: int, scaled: Scaling) -> Enumerated | None:
    """Measure every choice of a part; None where there are more than `up_to` of them."""
    if prod(alternatives.ways(course) for course in part) > up_to:
        return None
    rows = [_measured(steps, scaled) for steps in _choices(alternatives, part)]
    centrality = zip(*(row for row, _ in rows), strict=True)
    totals = zip(*(row for _, row in rows), strict=True)
    return Enumerated(
        tuple((min(numbers), max(numbers)) for numbers in centrality),
        tuple((min(numbers), max(numbers)) for numbers in totals),
    )


def _choices(alternatives: Alternatives, part: Sequence[int]) -> Iterator[Steps]:
    """Give the graph of each choice, the courses numbered as they stand in the part."""
    place = {course: number for number, course in enumerate(part)}
    order = tuple(range(len(part)))
    for chosen in product(*(alternatives.choices(course) for course in part)):
        before = tuple(tuple(sorted(place[course] for course in needed)) for needed in chosen)
        yield Steps((), before, _turned(before), order)


def _turned(before: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    after: list[list[int]] = [[] for _ in before]
    for course, needed in enumerate(before):
        for other in needed:
            after[other].append(course)
    return tuple(map(tuple, after))


def _measured(steps: Steps, scaled: Scaling) -> tuple[list[Exact], tuple[Exact, ...]]:
    """Give the centralities, and the totals of all measures."""
    ones: list[Exact] = [1] * len(steps.order)
    blocking = [reached - 1 for reached in sums_reached(steps.order, steps.after, ones)]
    delays = delays_of(steps, ones)
    centralities = centralities_of(steps, ones)
    complexity = [scaled(one + other) for one, other in zip(blocking, delays, strict=True)]
    return centralities, (sum(blocking), sum(delays), sum(centralities), sum(complexity))
