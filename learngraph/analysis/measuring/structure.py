"""How a curriculum hangs together: where it ends, where it is narrow, how dense it is, and of what parts it is.

Rigidity and bottlenecks follow the R package CurricularComplexity (bottlenecks after Wigdahl 2013), dead
ends the toolbox CurricularAnalytics. Coreness is that of graph theory: the largest k such that the course
lies in a part in which each course is joined to k others.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from learngraph.analysis.measuring.network import CourseNetwork, Cycles, course_network
from learngraph.graph.learning_graph import LearningGraph

if TYPE_CHECKING:
    import networkx as nx

    Undirected: TypeAlias = nx.Graph[str]


def dead_ends(
    graph: LearningGraph,
    *,
    subjects: Iterable[str],
    include_corequisites: bool = True,
    cycles: Cycles = "condense",
) -> tuple[str, ...]:
    """Give the courses of other subjects at which paths end, in graph order.

    A path ends at a course that no course needs and that needs some. Its subject must be stated and not be
    among `subjects`, those of the program itself. Each course of a circle at which paths end counts.
    References to what is no course of the graph are left aside.

    Parameters
    ----------
    subjects
        Subject abbreviations; a single text is one of them.
    include_corequisites
        Whether what stands in `corequisites` joins courses, too.
    cycles
        "raise" refuses circles in which one course must come before another.

    Raises
    ------
    CycleError
        as `cycles` says.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="CS 1"), Course(key="ART 2", subject_abbreviation="ART",
    ...                                                   prerequisites=["CS 1"])])
    >>> dead_ends(graph, subjects=["CS"])
    ('ART 2',)
    """
    own = {subjects} if isinstance(subjects, str) else set(subjects)
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    steps = network.steps
    ends = sorted(
        course
        for before, after, members in zip(steps.before, steps.after, steps.members, strict=True)
        if before and not after
        for course in members
    )
    return tuple(
        network.courses[course].key
        for course in ends
        if (subject := network.courses[course].subject_abbreviation) and subject not in own
    )


def rigidity(graph: LearningGraph, *, include_corequisites: bool = True) -> float:
    """Give the number of edges for each course (the beta index); 0.0 where there is no course.

    An edge is a distinct pair of a course and one that it requires, in a circle, too. That a course
    requires itself, or what is no course of the graph, is no edge.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> rigidity(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A", "X"])]))
    0.5
    """
    network = course_network(graph, include_corequisites=include_corequisites)
    return len(network.edges) / len(network.courses) if network.courses else 0.0


def bottlenecks(
    graph: LearningGraph,
    *,
    min_before: int = 3,
    min_after: int = 3,
    min_connections: int = 5,
    include_corequisites: bool = True,
) -> tuple[str, ...]:
    """Give the courses at which many requirements meet, in graph order.

    Those that require at least `min_before` courses, are required by at least `min_after`, or both
    together at least `min_connections`, which is never read as less than `min_before + min_after - 2`.
    Only what a course names itself counts, in a circle, too; requiring itself does not, nor do
    references to what is no course of the graph.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="D", prerequisites=["A", "B", "C"]),
    ...                        Course(key="B"), Course(key="C")])
    >>> bottlenecks(graph)
    ('D',)
    """
    network = course_network(graph, include_corequisites=include_corequisites)
    before, after = [0] * len(network.courses), [0] * len(network.courses)
    for start, end in network.edges:
        after[start] += 1
        before[end] += 1
    least = max(min_connections, min_before + min_after - 2)
    return tuple(
        key
        for key, needs, needed in zip(network.keys, before, after, strict=True)
        if needs >= min_before or needed >= min_after or needs + needed >= least
    )


def coreness(graph: LearningGraph, *, include_corequisites: bool = True) -> dict[str, int]:
    """Give for each course the largest k of a k-core in which it lies, whatever the direction of edges.

    A k-core is a part in which each course is joined to at least k others of it (Seidman 1983). Two
    courses that require one another are joined once. That a course requires itself, or what is no course
    of the graph, does not count. Courses come in graph order.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> coreness(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]), Course(key="C")]))
    {'A': 1, 'B': 1, 'C': 0}
    """
    import networkx as nx  # noqa: PLC0415 - heavy, imported when first used

    network = course_network(graph, include_corequisites=include_corequisites)
    keys = network.keys
    joined: Undirected = nx.Graph()
    joined.add_nodes_from(keys)
    joined.add_edges_from((keys[start], keys[end]) for start, end in network.edges)
    found = nx.core_number(joined)
    return {key: found[key] for key in keys}


def connected_parts(graph: LearningGraph, *, include_corequisites: bool = True) -> tuple[tuple[str, ...], ...]:
    """Give the parts between which nothing runs: those with earlier courses of the graph first.

    Inside a part each course stands after all that it needs; the courses of a circle stand together.
    References to what is no course of the graph join nothing.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="B", prerequisites=["A"]), Course(key="C"), Course(key="A")])
    >>> connected_parts(graph)
    (('A', 'B'), ('C',))
    """
    network = course_network(graph, include_corequisites=include_corequisites)
    part_of = _parts(network)
    parts: dict[int, list[str]] = {part: [] for part in sorted(set(part_of))}
    for step in network.steps.order:
        parts[part_of[step]].extend(network.courses[course].key for course in network.steps.members[step])
    return tuple(map(tuple, parts.values()))


def _parts(network: CourseNetwork) -> list[int]:
    """Give for each step the first step of its part."""
    steps = network.steps
    part_of = [-1] * len(steps.members)
    for first in range(len(part_of)):
        if part_of[first] >= 0:
            continue
        part_of[first] = first
        queue = [first]
        while queue:
            step = queue.pop()
            for other in (*steps.before[step], *steps.after[step]):
                if part_of[other] < 0:
                    part_of[other] = first
                    queue.append(other)
    return part_of
