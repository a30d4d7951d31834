"""The best and the worst case of the classic metrics over all choices of alternatives.

The published metrics count every alternative as an edge. Who studies takes one: here each choice makes a
graph of its own, and what is given is the lowest and the highest that any of them has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log10, prod

from learngraph.analysis.measuring.alternatives import Alternatives, alternatives_of
from learngraph.analysis.measuring.classic import Number, Scaling, centralities_of, scaling_of
from learngraph.analysis.measuring.enumeration import Ends, enumerated, parts_of
from learngraph.analysis.measuring.extremes import Extremes, extremes_of
from learngraph.analysis.measuring.network import CycleError, course_network
from learngraph.analysis.measuring.weights import plain
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated, Table, Tabular
from learngraph.model.value import InvalidValueError, short

_NAMES = ("blocking", "delay", "centrality", "complexity")
_READABLE = 10**9


@dataclass(frozen=True, slots=True)
class Range(Stated):
    """The lowest and the highest over all choices; no choice lies outside, and both are reached where `exact`."""

    best: Number
    worst: Number
    exact: bool

    def __str__(self) -> str:
        if self.best == self.worst:
            return str(self.best)
        return f"from {self.best} to {self.worst}" if self.exact else f"between {self.best} and {self.worst}"


@dataclass(frozen=True, slots=True)
class CourseRanges(Stated):
    """The ranges of one course; see `metric_ranges`."""

    blocking: Range
    delay: Range
    centrality: Range
    complexity: Range


@dataclass(frozen=True, slots=True, repr=False)
class MetricRanges(Tabular):
    """The ranges of each course, in graph order, and of the totals, and how many choices there are.

    Equal choices count as often as they are written.
    """

    courses: Mapping[str, CourseRanges]
    totals: CourseRanges
    choices: int

    @property
    def table(self) -> Table:
        """A row a course and metric."""
        rows = [
            (key, name, found.best, found.worst, found.exact)
            for key, ranges in self.courses.items()
            for name in _NAMES
            for found in (getattr(ranges, name),)
        ]
        return Table(("key", "metric", "best", "worst", "exact"), rows)

    def __repr__(self) -> str:
        found = self.totals.complexity
        many = f"{self.choices:,}" if self.choices <= _READABLE else f"about 10^{log10(self.choices):.0f}"
        between = "from {} to {}" if found.exact else "between {} and {}"
        courses = f"{len(self.courses)} courses, {many} choices"
        return f"<MetricRanges: {courses}, complexity {between.format(found.best, found.worst)}>"


def metric_ranges(
    graph: LearningGraph, *, include_corequisites: bool = True, enumerate_up_to: int = 4096
) -> MetricRanges:
    """Give the lowest and the highest blocking, delay, centrality and complexity over all choices.

    A choice takes one branch of each any-of and `count` branches of each at-least, for every course. What it
    takes are the edges of a graph, on which the numbers are those of `metrics`. What is no course of the
    graph vanishes where another branch is left, and counts as met elsewhere. Programs, achievements,
    equivalents and recommendations never count.

    Blocking, delay and complexity of a course are always exact. Centrality and the totals are exact in each
    connected part of the graph that has at most `enumerate_up_to` choices, by going through them. In larger
    ones they are bounds: a course has no more centrality than with all alternatives, and a total lies between
    the sums of what the courses have at best and at worst.

    Parameters
    ----------
    include_corequisites
        Whether what stands in `corequisites` joins courses, too.
    enumerate_up_to
        How many choices are gone through; each costs as much as measuring its part of the graph once. The
        exact numbers cost a search below each course.

    Raises
    ------
    CycleError
        where courses require one another in a circle when all alternatives count, also where they may be
        taken together.
    InvalidValueError
        where `enumerate_up_to` is below 0.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> from learngraph.model.requirement import AnyOf
    >>> found = metric_ranges(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]),
    ...     Course(key="C"), Course(key="D", prerequisites=[AnyOf("B", "C")])]))
    >>> found.courses["D"].delay
    Range(best=2, worst=3, exact=True)
    >>> found
    <MetricRanges: 4 courses, 2 choices, complexity from 10 to 13>
    """
    if enumerate_up_to < 0:
        fault = f"{short(enumerate_up_to)} is no number of choices"
        raise InvalidValueError("metric_ranges", (("enumerate_up_to", fault),))
    network = course_network(graph, include_corequisites=include_corequisites)
    if network.circles:
        circle = min(network.circles, key=len)
        raise CycleError(tuple(network.keys[course] for course in circle))
    alternatives = alternatives_of(graph, network, include_corequisites=include_corequisites)
    return _found(alternatives, scaling_of(graph.options.system_type), enumerate_up_to)


def _found(alternatives: Alternatives, scaled: Scaling, up_to: int) -> MetricRanges:
    columns = _closed_form(alternatives, scaled)
    gone_through: set[int] = set()
    sums: list[Sequence[Ends]] = [[(0, 0)] * len(_NAMES)]
    for part in parts_of(alternatives):
        found = enumerated(alternatives, part, up_to=up_to, scaled=scaled)
        if found is None:
            sums.append([_sum(columns[name][course] for course in part) for name in _NAMES])
            continue
        sums.append(found.totals)
        gone_through.update(part)
        for course, ends in zip(part, found.centrality, strict=True):
            columns["centrality"][course] = ends
    keys = alternatives.network.keys
    courses = {
        key: CourseRanges(
            *(_range(columns[name][course], exact=name != "centrality" or course in gone_through) for name in _NAMES)
        )
        for course, key in enumerate(keys)
    }
    exact = len(gone_through) == len(keys)
    totals = CourseRanges(*(_range(_sum(column), exact=exact) for column in zip(*sums, strict=True)))
    return MetricRanges(courses, totals, prod(map(alternatives.ways, range(len(keys)))))


def _range(ends: Ends, *, exact: bool) -> Range:
    best, worst = ends
    return Range(plain(best), plain(worst), exact or best == worst)


def _sum(column: Iterable[Ends]) -> Ends:
    best, worst = zip(*column, strict=True)
    return sum(best), sum(worst)


def _closed_form(alternatives: Alternatives, scaled: Scaling) -> dict[str, list[Ends]]:
    """Give by the number of the course what holds however many choices there are."""
    extremes = extremes_of(alternatives)
    both = zip(extremes.blocking, extremes.delay, strict=True)
    return {
        "blocking": list(extremes.blocking),
        "delay": list(extremes.delay),
        "centrality": _centralities(alternatives, extremes),
        "complexity": [
            (scaled(least + shortest), scaled(most + longest)) for (least, most), (shortest, longest) in both
        ],
    }


def _centralities(alternatives: Alternatives, extremes: Extremes) -> list[Ends]:
    """Give bounds.

    A choice leaves out edges, but what requires anything still does, so paths begin where they began. Where
    one ends too early, it is continued by the first edge onward, and again, to an end of the full graph: no
    path gets shorter, and it can be told from what it became, since it ended with the first course on it
    that nothing requires in that choice. So no course has more than with all alternatives. And where a course
    requires something and others need it whatever is chosen, its longest path counts.
    """
    steps = alternatives.steps
    highest = centralities_of(steps, [1] * len(steps.order))
    return [
        (extremes.delay[course][0] if steps.before[course] and extremes.blocking[course][0] else 0, highest[course])
        for course in range(len(highest))
    ]
