"""The longest paths of a curriculum: from courses that need none to courses that none needs.

A path is longest by its number of courses, as the delay factor counts (Heileman, Abdallah, Slim and
Hickman 2018, arXiv:1811.09676), or by their credits. How many there are is counted without walking them.
"""

from collections.abc import Iterator, Sequence

from learngraph.analysis.measuring.classic import heaviest_from
from learngraph.analysis.measuring.network import CourseNetwork, Cycles, course_network
from learngraph.analysis.measuring.weights import Weight, weights_of
from learngraph.graph.learning_graph import LearningGraph


def longest_path(
    graph: LearningGraph,
    *,
    include_corequisites: bool = True,
    weight: Weight | None = None,
    cycles: Cycles = "condense",
) -> tuple[str, ...]:
    """Give the keys of a longest path, in the order of study: the first of `longest_paths`.

    It is empty where nothing joins two courses. Circles and references to what is not there are read as
    in `longest_paths`.

    Raises
    ------
    CycleError
        as `cycles` says.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]),
    ...                        Course(key="C", prerequisites=["A", "B"])])
    >>> longest_path(graph)
    ('A', 'B', 'C')
    """
    found = longest_paths(graph, include_corequisites=include_corequisites, weight=weight, cycles=cycles)
    return next(found, ())


def longest_paths(
    graph: LearningGraph,
    *,
    include_corequisites: bool = True,
    weight: Weight | None = None,
    cycles: Cycles = "condense",
) -> Iterator[tuple[str, ...]]:
    """Give all longest paths from a course that needs none to one that none needs, one by one.

    They come in graph order: by their first course, then by their second, and so on. There may be more of
    them than anybody can look at (see `longest_path_count`), so each is found when it is asked for. There
    is none where nothing joins two courses.

    A circle is one step of a path and is shown by its first course in graph order; a circle that nothing
    else joins is no path. References to what is no course of the graph are left aside.

    Parameters
    ----------
    include_corequisites
        Whether what stands in `corequisites` joins courses, too.
    weight
        "credits" takes the paths with the most credits, as `metrics` counts them.
    cycles
        "raise" refuses circles in which one course must come before another.

    Raises
    ------
    CycleError
        as `cycles` says, at the call.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]),
    ...                        Course(key="C", prerequisites=["A"])])
    >>> list(longest_paths(graph))
    [('A', 'B'), ('A', 'C')]
    """
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    return _walked(network, *_tight(network, weight))


def longest_path_count(
    graph: LearningGraph,
    *,
    include_corequisites: bool = True,
    weight: Weight | None = None,
    cycles: Cycles = "condense",
) -> int:
    """Count the longest paths, exactly and without walking them; see `longest_paths` for what counts.

    Raises
    ------
    CycleError
        as `cycles` says.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> diamond = [Course(key="A"), Course(key="B", prerequisites=["A"]), Course(key="C", prerequisites=["A"]),
    ...            Course(key="D", prerequisites=["B", "C"])]
    >>> longest_path_count(LearningGraph(diamond))
    2
    """
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    starts, onward = _tight(network, weight)
    ways = [1] * len(onward)
    for step in reversed(network.steps.order):
        if onward[step]:
            ways[step] = sum([ways[other] for other in onward[step]])
    return sum(ways[step] for step in starts)


def _tight(network: CourseNetwork, weight: Weight | None) -> tuple[list[int], list[list[int]]]:
    """Give the steps at which longest paths begin, and for each step those with which the longest rest goes on."""
    steps, weights = network.steps, weights_of(network.courses, weight)
    own = [max([weights[course] for course in members]) for members in steps.members]
    rest = heaviest_from(steps, own)
    starts = [step for step, after in enumerate(steps.after) if after and not steps.before[step]]
    most = max([rest[step] for step in starts], default=0)
    onward = [
        sorted(other for other in after if own[step] + rest[other] == rest[step])
        for step, after in enumerate(steps.after)
    ]
    return [step for step in starts if rest[step] == most], onward


def _walked(
    network: CourseNetwork, starts: Sequence[int], onward: Sequence[Sequence[int]]
) -> Iterator[tuple[str, ...]]:
    shown = [network.courses[members[0]].key for members in network.steps.members]
    path: list[str] = []
    trail = [iter(starts)]
    while trail:
        step = next(trail[-1], None)
        if step is None:
            trail.pop()
            if path:
                path.pop()
        elif onward[step]:
            path.append(shown[step])
            trail.append(iter(onward[step]))
        else:
            yield (*path, shown[step])
