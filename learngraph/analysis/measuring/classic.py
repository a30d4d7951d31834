"""The published metrics of curricula, in closed form: exact, and in time proportional to courses and edges.

Blocking, delay, centrality and complexity are those of Heileman, Abdallah, Slim and Hickman, "Curricular
Analytics: A Framework for Quantifying the Impact of Curricular Reforms and Pedagogical Innovations"
(2018, arXiv:1811.09676); reachability is the number of courses that a course needs, sooner or later.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, fields
from fractions import Fraction
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from learngraph.analysis.measuring.closure import sums_reached
from learngraph.analysis.measuring.network import CourseNetwork, Cycles, Steps, course_network
from learngraph.analysis.measuring.weights import Exact, Weight, plain, weights_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated, Table, Tabular, in_short

Number: TypeAlias = int | float
System: TypeAlias = Literal["semester", "quarter"]
Scaling: TypeAlias = Callable[[Exact], Exact]


@dataclass(frozen=True, slots=True)
class CourseMetrics(Stated):
    """The numbers of one course; see `metrics` for what each is."""

    blocking: Number
    delay: Number
    centrality: Number
    complexity: Number
    reachability: Number


class TotalMetrics(CourseMetrics):
    """The same numbers summed over all courses; of complexity, those of the courses as they are shown."""

    __slots__ = ()


NAMES = tuple(field.name for field in fields(CourseMetrics))
_NOTHING = TotalMetrics(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True, repr=False)
class Metrics(Tabular):
    """The metrics of each course, in graph order, and their totals.

    `circles` are the courses that were read as one step, and `dangling` counts the pairs of a course and
    something it requires that is no course of the graph, which were left aside.
    """

    courses: Mapping[str, CourseMetrics]
    totals: TotalMetrics
    circles: tuple[tuple[str, ...], ...] = ()
    dangling: int = 0

    def highest(self, name: str) -> tuple[str, ...]:
        """Give the keys of the courses with the highest value of one metric, in graph order; none of none.

        Examples
        --------
        >>> import learngraph as lg
        >>> lg.metrics(lg.examples.university()).highest("blocking")
        ('MATH 105',)
        """
        value = attrgetter(name)
        most = max(map(value, self.courses.values()), default=None)
        return tuple(key for key, numbers in self.courses.items() if value(numbers) == most)

    def to_json(self) -> dict[str, Any]:
        """Give what `--format json` writes: the format's name, the totals, the courses, and what was read how."""
        return {
            "format": "learngraph-metrics/1",
            "totals": asdict(self.totals),
            "courses": [{"key": key, **asdict(numbers)} for key, numbers in self.courses.items()],
            "circles": [list(circle) for circle in self.circles],
            "dangling": self.dangling,
        }

    @property
    def table(self) -> Table:
        """A row a course."""
        return Table(("key", *NAMES), [(key, *astuple(numbers)) for key, numbers in self.courses.items()])

    def _notes(self) -> Iterator[str]:
        yield "in all: " + ", ".join(f"{name} {in_short(number)}" for name, number in asdict(self.totals).items())

    def __repr__(self) -> str:
        circles = f", {len(self.circles)} circles read as one step each" if self.circles else ""
        return f"<Metrics: {len(self.courses)} courses, complexity {self.totals.complexity}{circles}>"


def metrics(
    graph: LearningGraph,
    *,
    include_corequisites: bool = True,
    weight: Weight | None = None,
    cycles: Cycles = "condense",
) -> Metrics:
    """Measure each course of a curriculum, and the whole, on the graph in which every alternative is an edge.

    **Blocking** is the number of other courses that need a course, sooner or later. **Delay** is the number
    of courses on the longest path through it. **Centrality** is the sum of the lengths, in courses, of all
    paths from a course that needs none to one that none needs on which it lies inside. **Complexity** is
    blocking plus delay; where `options.system_type` is "quarter" it is two thirds of that, rounded to tenths
    for each course. **Reachability** is the number of other courses that it needs, sooner or later.

    Programs, achievements, skills and recommendations never count, nor do references to what is no course of
    the graph. Courses of a circle are read as one step: they share the paths, and each blocks the others.

    Parameters
    ----------
    include_corequisites
        Whether what stands in `corequisites` joins courses, too.
    weight
        "credits" counts each course with its duration (0 where none is stated) instead of 1; a circle then
        counts on a path as its heaviest course.
    cycles
        "raise" refuses circles in which one course must come before another.

    Raises
    ------
    CycleError
        as `cycles` says.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> found = metrics(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])]))
    >>> found.courses["A"]
    CourseMetrics(blocking=1, delay=2, centrality=0, complexity=3, reachability=0)
    >>> found.totals.complexity
    5
    """
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    return metrics_of(network, system=graph.options.system_type, weight=weight)


def metrics_of(network: CourseNetwork, *, system: System = "semester", weight: Weight | None = None) -> Metrics:
    """Measure a network that was made before; see `metrics`."""
    steps, keys = network.steps, network.keys
    weights = weights_of(network.courses, weight)
    heaviest = [max([weights[course] for course in members]) for members in steps.members]
    sums = [sum([weights[course] for course in members]) for members in steps.members]
    onward, backward = sums_reached(steps.order, steps.after, sums), sums_reached(steps.order[::-1], steps.before, sums)
    delays, centralities = delays_of(steps, heaviest), centralities_of(steps, heaviest)
    scaled = scaling_of(system)
    found: list[tuple[Exact, ...]] = [()] * len(keys)
    for step, members in enumerate(steps.members):
        for course in members:
            blocking, reachability = onward[step] - weights[course], backward[step] - weights[course]
            complexity = scaled(blocking + delays[step])
            found[course] = (blocking, delays[step], centralities[step], complexity, reachability)
    courses = {key: CourseMetrics(*map(plain, row)) for key, row in zip(keys, found, strict=True)}
    totals = TotalMetrics(*(plain(sum(column)) for column in zip(*found, strict=True))) if found else _NOTHING
    circles = tuple(tuple(keys[course] for course in circle) for circle in network.circles)
    return Metrics(courses, totals, circles, network.dangling)


def scaling_of(system: System) -> Scaling:
    """Give how the complexity of one course is shown in a system of terms."""
    return _tenths_of_quarters if system == "quarter" else _as_it_is


def _as_it_is(complexity: Exact) -> Exact:
    return complexity


def _tenths_of_quarters(complexity: Exact) -> Exact:
    return Fraction(round(Fraction(complexity) * 20 / 3), 10)


def delays_of(steps: Steps, weights: list[Exact]) -> list[Exact]:
    """Give for each step the weight of the heaviest path through it."""
    to, onward = heaviest_to(steps, weights), heaviest_from(steps, weights)
    return [before + after - own for before, after, own in zip(to, onward, weights, strict=True)]


def heaviest_to(steps: Steps, weights: list[Exact]) -> list[Exact]:
    """Give for each step the weight of the heaviest path that ends with it."""
    return _heaviest(steps.order, steps.before, weights)


def heaviest_from(steps: Steps, weights: list[Exact]) -> list[Exact]:
    """Give for each step the weight of the heaviest path that begins with it."""
    return _heaviest(steps.order[::-1], steps.after, weights)


def _heaviest(order: tuple[int, ...], before: tuple[tuple[int, ...], ...], weights: list[Exact]) -> list[Exact]:
    found = list(weights)
    for step in order:
        if before[step]:
            found[step] += max([found[other] for other in before[step]])
    return found


def centralities_of(steps: Steps, weights: list[Exact]) -> list[Exact]:
    """Sum the weights of all paths from end to end on which each step lies inside.

    With the number of ways to a step and from it, and the sums of the weights of those ways, each path
    through the step is a way to it, itself, and a way from it.
    """
    ways_to, sums_to = _ways(steps.order, steps.before, weights)
    ways_from, sums_from = _ways(steps.order[::-1], steps.after, weights)
    return [
        sums_to[step] * ways_from[step]
        + sums_from[step] * ways_to[step]
        + weights[step] * ways_to[step] * ways_from[step]
        if steps.before[step] and steps.after[step]
        else 0
        for step in range(len(weights))
    ]


def _ways(
    order: tuple[int, ...], before: tuple[tuple[int, ...], ...], weights: list[Exact]
) -> tuple[list[int], list[Exact]]:
    """Count for each step the paths from an end to it, and sum the weights of what lies before it on them."""
    ways: list[int] = [1] * len(weights)
    sums: list[Exact] = [0] * len(weights)
    for step in order:
        if before[step]:
            ways[step] = sum([ways[other] for other in before[step]])
            sums[step] = sum([sums[other] + weights[other] * ways[other] for other in before[step]])
    return ways, sums
