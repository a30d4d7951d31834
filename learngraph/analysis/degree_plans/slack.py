"""How late a course can be taken without putting off what hangs on it."""

from collections.abc import Mapping, Sequence

from learngraph.analysis.degree_plans.terms import degree_plan_of, terms_of
from learngraph.analysis.measuring.classic import delays_of
from learngraph.analysis.measuring.network import CourseNetwork, Cycles, Neighbours, course_network
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.degree_plan import DegreePlan


def deferment(
    graph: LearningGraph,
    *,
    plan: str | DegreePlan,
    last_term: int | None = None,
    outbound_only: bool = True,
    cycles: Cycles = "condense",
) -> dict[str, float]:
    """Give for each course of a degree plan how little it can be put off: 1 for not at all, 1/2 for a term, and so on.

    It is 1/(1 + k), as in the R package CurricularComplexity. By default, k is the number of terms, from
    that of the course to the last one, in which neither the course stands nor any that it needs or that
    needs it, sooner or later; corequisites do not count. Otherwise, k is the last term less the delay of
    the course, and corequisites count; where the delay is longer than that, k is 0. Courses come in graph
    order, and those outside the plan are left out.

    Courses of a circle need one another, and share one delay. References to what is no course of the graph
    are left aside.

    Parameters
    ----------
    plan
        A degree plan, or the key of one of the graph's.
    last_term
        The last term that is hoped for, from 1; by default the last of the plan.
    outbound_only
        Whether what has been planned counts, or only the delay.
    cycles
        "raise" refuses circles in which one course must come before another.

    Raises
    ------
    UnknownPlanError
        where the graph has no such plan.
    CycleError
        as `cycles` says.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]), Course(key="C")])
    >>> deferment(graph, plan=DegreePlan(key="plan", terms=[["A", "C"], ["B"]]))
    {'A': 1.0, 'B': 1.0, 'C': 0.5}
    """
    chosen = degree_plan_of(graph, plan)
    terms = terms_of(graph, chosen)
    last = len(chosen.terms) if last_term is None else last_term
    network = course_network(graph, include_corequisites=not outbound_only, cycles=cycles)
    steps = network.steps
    if outbound_only:
        taken = zip(network.keys, steps.spread(_terms_around(network, terms)), strict=True)
        free = [_free_terms(bits, terms.get(key, 0), last) for key, bits in taken]
    else:
        delays = delays_of(steps, [1] * len(steps.members))
        free = [last - int(delay) for delay in steps.spread(delays)]
    slack = zip(network.keys, free, strict=True)
    return {key: 1 / (1 + max(terms_free, 0)) for key, terms_free in slack if key in terms}


def _free_terms(taken: int, first: int, last: int) -> int:
    """Count the terms from first to last whose bits are not set."""
    span = max(last - first + 1, 0)
    return span - (taken >> first & (1 << span) - 1).bit_count()


def _terms_around(network: CourseNetwork, terms: Mapping[str, int]) -> list[int]:
    """Give for each step a bit for each term in which it stands, or what it needs, or what needs it."""
    steps = network.steps
    own = [0] * len(steps.members)
    for step, members in enumerate(steps.members):
        for course in members:
            if term := terms.get(network.courses[course].key):
                own[step] |= 1 << term
    earlier, later = _gathered(steps.order, steps.before, own), _gathered(steps.order[::-1], steps.after, own)
    return [before | after for before, after in zip(earlier, later, strict=True)]


def _gathered(order: Sequence[int], before: Neighbours, own: Sequence[int]) -> list[int]:
    found = list(own)
    for step in order:
        for other in before[step]:
            found[step] |= found[other]
    return found
