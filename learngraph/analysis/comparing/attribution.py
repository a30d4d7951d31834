"""Which edges moved which number, read off the structure of both networks instead of measuring again for each one.

`here` is the side whose own edges are asked about, `there` is the other one. What is gained is asked from
after to before, what is lost from before to after. Sets of edges are bits, by the numbers of the edges.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from learngraph.analysis.comparing.sides import Side, each_bit
from learngraph.analysis.measuring.classic import heaviest_from, heaviest_to

_WIDTH = 8192  # places looked at in one pass, so that memory stays small


def of_reach(here: Side, there: Side) -> dict[int, int]:
    """Give for the places of both sides the edges over which they reach here what they do not reach there.

    An edge counts where it can be reached from the course and leads to something that the course reaches here
    alone. The courses of a circle reach one another.
    """
    met, familiar = _edges_met(here), _ends_known(here, there)
    steps = {place: (step, there.step_of[place]) for place, step in here.step_of.items() if place in there.step_of}
    found = {place: met[step] & ~familiar[other] for place, (step, other) in steps.items() if met[step]}
    asked = [place for place in found if met[steps[place][0]] != found[place]]
    if asked:
        leading = _Leading.of(here)
        for first in range(0, max(here.step_of) + 1, _WIDTH):
            reached, known = here.reached(first, _WIDTH), there.reached(first, _WIDTH)
            for place in asked:
                step, other = steps[place]
                if gained := reached[step] & ~known[other]:
                    found[place] |= leading.to(gained, first, among=met[step] & ~found[place], reached=reached)
    return found


@dataclass(frozen=True, slots=True)
class _Leading:
    """Which of a side's own edges lead where: asked edge by edge or place by place, whichever are fewer."""

    ends: Mapping[int, int]
    step_of: Mapping[int, int]
    over: Sequence[int]

    @classmethod
    def of(cls, side: Side) -> "_Leading":
        return cls({edge.number: edge.end for edge in side.edges}, side.step_of, _edges_met(side.turned))

    def to(self, wanted: int, first: int, *, among: int, reached: Sequence[int]) -> int:
        """Give the edges that lead to one of the wanted places, which are counted from the first one."""
        if wanted.bit_count() < among.bit_count():
            return among & reduce(or_, (self.over[self.step_of[first + bit]] for bit in each_bit(wanted)))
        return sum(1 << number for number in each_bit(among) if reached[self.ends[number]] & wanted)


def _edges_met(side: Side) -> list[int]:
    """Give for each step the side's own edges that begin at it or at what it reaches."""
    own = [0] * len(side.steps.members)
    for start, _, number in side.edges:
        own[start] |= 1 << number
    return side.spread(own)


def _ends_known(here: Side, there: Side) -> list[int]:
    """Give for each step there the edges from here that may lead to nothing but what it reaches there, too."""
    own = [0] * len(there.steps.members)
    ending = [0] * len(here.steps.members)
    for _, end, number in here.edges:
        ending[end] |= 1 << number
    for place, step in here.step_of.items():
        if place in there.step_of:
            own[there.step_of[place]] |= ending[step]
    return there.spread(own)


def of_longest(here: Side, there: Side) -> dict[int, int]:
    """Give for each place the edges that lie on a longest path through it.

    These are own edges between the steps of such a path and inside its circles, and those that held together a
    circle of the other side whose courses stand on it.
    """
    ones: list[int] = [1] * len(here.steps.members)
    to, onward = heaviest_to(here.steps, [*ones]), heaviest_from(here.steps, [*ones])
    inside = [one | other for one, other in zip(here.inside, _broken(here, there), strict=True)]
    up = _along(here, inside, lambda start, end: to[start] + 1 == to[end])
    down = _along(here.turned, inside, lambda start, end: onward[start] + 1 == onward[end])
    return {place: up[step] | down[step] for place, step in here.step_of.items()}


def _along(side: Side, inside: Sequence[int], counts: Callable[[int, int], bool]) -> list[int]:
    """Give for each step the own edges on the ways to it, over the joints that count."""
    between, before = side.between, side.steps.before
    found = list(inside)
    for step in side.steps.order:
        for other in before[step]:
            if counts(other, step):
                found[step] |= found[other] | between.get((other, step), 0)
    return found


def _broken(here: Side, there: Side) -> list[int]:
    """Give for each step the edges that held together a circle of the other side of which it is a part."""
    found = [0] * len(here.steps.members)
    held = there.inside
    standing: dict[int, set[int]] = {}
    for place, step in there.step_of.items():
        if held[step] and place in here.step_of:
            standing.setdefault(step, set()).add(here.step_of[place])
    for circle, parts in standing.items():
        for part in parts if len(parts) > 1 else ():
            found[part] |= held[circle]
    return found


def of_passage(side: Side) -> dict[int, int]:
    """Give for each place that lies inside a path from end to end the own edges before it and after it.

    Every edge that leads to a course, and every edge that it leads to, is on such a path or decides where it ends.
    """
    inside, turned = side.inside, side.turned
    up = _along(side, inside, lambda _start, _end: True)
    down = _along(turned, inside, lambda _start, _end: True)
    steps = side.steps
    return {
        place: up[step] | down[step]
        for place, step in side.step_of.items()
        if len(steps.members[step]) > 1 or (steps.before[step] and steps.after[step])
    }
