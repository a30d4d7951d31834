"""Courses joined by what they require: the graph on which the published metrics are defined.

Every alternative is an edge, a corequisite is an edge like any other, and nothing but courses counts. A
circle is one step, since nothing else keeps its courses in an order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from learngraph.errors import LearnGraphError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.graph.query import components, needs_order
from learngraph.model.learning import Course
from learngraph.model.relation import BINDING, Relation
from learngraph.model.value import short
from learngraph.model.wording import listed

Cycles: TypeAlias = Literal["condense", "raise"]
Neighbours: TypeAlias = tuple[tuple[int, ...], ...]

_SHOWN = 6
_Found = TypeVar("_Found")


class CycleError(LearnGraphError, ValueError):
    """Courses that require one another in a circle, where a question has no answer for circles.

    Attributes
    ----------
    circle
        The keys of the courses, in graph order.
    """

    def __init__(self, circle: tuple[str, ...]) -> None:
        super().__init__(circle)
        self.circle = circle

    def __str__(self) -> str:
        named = listed(map(short, self.circle), most=_SHOWN)
        if len(self.circle) == 1:
            return f"{named} requires itself: take it out of its own requirements"
        return f"{named} require one another in a circle: break it, or ask metrics, which can read it as one step"


@dataclass(frozen=True, slots=True)
class Steps:
    """What no circle holds together any more: numbers from 0, joined in the order of study, without circles.

    A step is a course, or all courses of a circle. `order` has each step after all that come before it.
    """

    members: Neighbours
    before: Neighbours
    after: Neighbours
    order: tuple[int, ...]

    def spread(self, found: Sequence[_Found]) -> list[_Found]:
        """Give for each course, by number, what was found for its step."""
        step_of = {course: step for step, members in enumerate(self.members) for course in members}
        return [found[step_of[course]] for course in range(len(step_of))]


@dataclass(frozen=True, slots=True)
class CourseNetwork:
    """Courses by number, in graph order, with the distinct pairs of a course and one that requires it.

    `circles` are sets of courses that require one another, and single courses that require themselves;
    those that need no order, such as a lecture and a lab taken together, are in it, too. `dangling` counts
    distinct pairs of a course and something that it requires and that is no course of the graph; in a part
    of a network it is 0.
    """

    courses: tuple[Course, ...]
    edges: tuple[tuple[int, int], ...]
    steps: Steps
    circles: tuple[tuple[int, ...], ...]
    dangling: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the courses, by number."""
        return tuple(course.key for course in self.courses)


def course_network(
    graph: LearningGraph, *, include_corequisites: bool = True, cycles: Cycles = "condense"
) -> CourseNetwork:
    """Give the courses of a graph and what joins them.

    Raises
    ------
    CycleError
        where `cycles` is "raise" and courses require one another, one of them before another.
    """
    wanted = relations_of(include_corequisites=include_corequisites)
    courses = tuple(learning for learning in graph if isinstance(learning, Course))
    number = {course.key: place for place, course in enumerate(courses)}
    pairs = dict.fromkeys(
        (one.needed, one.learning)
        for one in graph.index.references
        if one.relation in wanted and one.learning in number
    )
    edges, selves = [], []
    for needed, learning in pairs:
        if needed == learning:
            selves.append((number[needed],))
        elif needed in number:
            edges.append((number[needed], number[learning]))
    steps = steps_of(len(courses), edges)
    circles = tuple(sorted((*selves, *(inside for inside in steps.members if len(inside) > 1))))
    if cycles == "raise":
        _refuse_circles(graph, courses, circles)
    return CourseNetwork(courses, tuple(edges), steps, circles, len(pairs) - len(edges) - len(selves))


def relations_of(*, include_corequisites: bool) -> tuple[Relation, ...]:
    """Give the relations that join courses."""
    return BINDING if include_corequisites else (Relation.PREREQUISITE,)


def _refuse_circles(graph: LearningGraph, courses: Sequence[Course], circles: Iterable[tuple[int, ...]]) -> None:
    named = (tuple(courses[number].key for number in circle) for circle in circles)
    for circle in sorted(named, key=len):
        if needs_order(graph, circle):
            raise CycleError(circle)


def steps_of(count: int, edges: Sequence[tuple[int, int]]) -> Steps:
    """Read the numbers below `count` and what joins them as steps, each circle as one."""
    order = topological_order(count, edges)
    if len(order) == count:
        return Steps(tuple((course,) for course in range(count)), *_neighbours(count, edges), order)
    loose = set(range(count)).difference(order)
    onward: dict[int, list[int]] = {course: [] for course in sorted(loose)}
    for start, end in edges:
        if start in loose and end in loose:
            onward[start].append(end)
    circles = [tuple(sorted(circle)) for circle in components(onward)]
    inside = {course for circle in circles for course in circle}
    members = sorted((*circles, *((course,) for course in range(count) if course not in inside)))
    step_of = {course: step for step, group in enumerate(members) for course in group}
    joined = dict.fromkeys((step_of[start], step_of[end]) for start, end in edges)
    between = [(start, end) for start, end in joined if start != end]
    return Steps(tuple(members), *_neighbours(len(members), between), topological_order(len(members), between))


def _neighbours(count: int, edges: Iterable[tuple[int, int]]) -> tuple[Neighbours, Neighbours]:
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for start, end in edges:
        before[end].append(start)
        after[start].append(end)
    return tuple(map(tuple, before)), tuple(map(tuple, after))


def topological_order(count: int, edges: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Give the numbers below `count`, each after all from which an edge comes; what a circle holds back is left out.

    Examples
    --------
    >>> topological_order(4, [(2, 0), (0, 1), (3, 3)])
    (2, 0, 1)
    """
    waiting = [0] * count
    after: list[list[int]] = [[] for _ in range(count)]
    for start, end in edges:
        after[start].append(end)
        waiting[end] += 1
    order = [node for node in range(count) if not waiting[node]]
    for node in order:  # grows on the way
        for other in after[node]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    return tuple(order)
