"""The complexity of what is around single courses."""

from learngraph.analysis.measuring.classic import metrics_of
from learngraph.analysis.measuring.course_numbers import CourseNumbers
from learngraph.analysis.measuring.network import Cycles, course_network
from learngraph.analysis.measuring.parts import Parts
from learngraph.analysis.measuring.weights import exact
from learngraph.graph.learning_graph import LearningGraph, UnknownKeyError


def subcomplexity(
    graph: LearningGraph, *, key: str, include_corequisites: bool = True, cycles: Cycles = "condense"
) -> CourseNumbers:
    """Measure the complexity of a course with all that it needs and all that need it, sooner or later.

    The complexity of each of these courses is counted as if there were no others; see `metrics` for
    what it is, for circles, and for references to what is not there.

    Raises
    ------
    UnknownKeyError
        where the key stands for no course of the graph.
    CycleError
        as `cycles` says, also for a circle that lies elsewhere in the graph.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]),
    ...                        Course(key="C", prerequisites=["A"])])
    >>> subcomplexity(graph, key="B").courses
    {'A': 3, 'B': 2}
    """
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    number = {known: place for place, known in enumerate(network.keys)}.get(graph.index.resolve(key))
    if number is None:
        raise UnknownKeyError(key)
    parts = Parts(network)
    found = metrics_of(parts.induced(parts.around([number])), system=graph.options.system_type)
    return CourseNumbers.of(
        "complexity", ((each, exact(numbers.complexity)) for each, numbers in found.courses.items())
    )


def subcomplexities(
    graph: LearningGraph, *, include_corequisites: bool = True, cycles: Cycles = "condense"
) -> CourseNumbers:
    """Give for each course the total of its `subcomplexity`.

    Parts that are around several courses are measured once. Circles and references to what is not there
    are read as in `metrics`.

    Raises
    ------
    CycleError
        as `cycles` says.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]),
    ...                        Course(key="C", prerequisites=["A"])])
    >>> subcomplexities(graph).courses
    {'A': 8, 'B': 5, 'C': 5}
    """
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    parts, system = Parts(network), graph.options.system_type
    totals: dict[int, int | float] = {}
    for inside, centres in parts.each_around():
        total = metrics_of(parts.induced(inside), system=system).totals.complexity
        totals.update(dict.fromkeys(centres, total))
    return CourseNumbers.of("subcomplexity", ((key, exact(totals[number])) for number, key in enumerate(network.keys)))
