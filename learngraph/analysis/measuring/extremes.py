"""The lowest and highest blocking and delay of each course over all choices, in closed form.

All alternatives together make a graph without circles, and a choice leaves out some of its edges.

**Highest.** A longest path, and a tree over all descendants that contains its end, enter each course by one
edge at most, and some choice of that course has this edge. Choices of different courses do not hinder one
another, so one choice has the whole path and reaches all descendants: both ends are those of the full graph.

**Lowest.** How far a course lies from where paths begin, and how far each later course lies from a given
one, are functions of the same numbers of what it requires, and never fall when one of those rises. So each
course does best with its own best choice, whatever the others do, and all are lowest together. The way to a
course depends on the choices of itself and its ancestors, the ways from it on those of its descendants;
these are different courses, so delay and blocking are lowest in one choice, and complexity is their sum.
"""

from dataclasses import dataclass
from heapq import heappop, heappush

from learngraph.analysis.measuring.alternatives import Alternatives
from learngraph.analysis.measuring.classic import delays_of
from learngraph.analysis.measuring.closure import sums_reached


@dataclass(frozen=True, slots=True)
class Extremes:
    """By the number of the course, the lowest and the highest that some choice reaches."""

    blocking: tuple[tuple[int, int], ...]
    delay: tuple[tuple[int, int], ...]


def extremes_of(alternatives: Alternatives) -> Extremes:
    """Find the extremes; it takes as many operations as the courses that no choice frees have edges below them."""
    steps = alternatives.steps
    ones = [1] * len(steps.order)
    reached = [int(number) for number in sums_reached(steps.order, steps.after, ones)]
    longest = [int(number) for number in delays_of(steps, list(ones))]
    to = _lowest_to(alternatives)
    place = {course: number for number, course in enumerate(steps.order)}
    blocking, delay = [], []
    for course in range(len(ones)):
        held = _held_back(alternatives, course, place)
        blocking.append((len(held) - 1, reached[course] - 1))
        delay.append((to[course] + max(held.values()) - 1, longest[course]))
    return Extremes(tuple(blocking), tuple(delay))


def _lowest_to(alternatives: Alternatives) -> list[int]:
    """Give for each course the lowest length, in courses, of the longest path that ends with it."""
    found = [0] * len(alternatives.trees)
    for course in alternatives.steps.order:
        found[course] = 1 + alternatives.value(course, found.__getitem__)
    return found


def _held_back(alternatives: Alternatives, course: int, place: dict[int, int]) -> dict[int, int]:
    """Give the courses that need one whatever is chosen, and the lowest length of the longest path from it to each."""
    found = {course: 1}
    after = alternatives.steps.after
    queue: list[tuple[int, int]] = []
    seen: set[int] = set()

    def ask(new: int) -> None:
        for other in after[new]:
            if other not in seen:
                seen.add(other)
                heappush(queue, (place[other], other))

    ask(course)
    while queue:  # each after all that come before it
        _, other = heappop(queue)
        length = alternatives.value(other, lambda needed: found.get(needed, 0))
        if length:
            found[other] = length + 1
            ask(other)
    return found
