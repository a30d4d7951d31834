"""What a degree plan says of courses in excess: those in a term after the one that was hoped for.

The definitions are those of the R package CurricularComplexity. Numbers are those of the whole graph, so a
catalogue is narrowed to a curriculum first; a course stands in the term in which it stands last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from learngraph.analysis.degree_plans.term_weights import weighted_by_terms
from learngraph.analysis.degree_plans.terms import terms_of
from learngraph.analysis.measuring.classic import Number, delays_of, metrics_of
from learngraph.analysis.measuring.network import CourseNetwork, Cycles, course_network
from learngraph.analysis.measuring.parts import Parts
from learngraph.analysis.measuring.weights import exact
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated
from learngraph.model.degree_plan import DegreePlan


@dataclass(frozen=True, slots=True)
class ExplainedComplexity(Stated):
    """The complexity of the whole, of what is around courses in excess, and the part that is of the whole."""

    whole: Number
    excess: Number
    percent: float


def average_sequencing(
    graph: LearningGraph, *, plan: str | DegreePlan, after_term: int | None = None, cycles: Cycles = "condense"
) -> float:
    """Give the mean delay of the courses in a degree plan; 0.0 where there is none.

    Corequisites do not count. Circles and references to what is not there are read as in `metrics`.

    Parameters
    ----------
    plan
        A degree plan, or the key of one of the graph's.
    after_term
        Take only courses in terms after this one, and only what they need and what needs them.
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
    >>> average_sequencing(graph, plan=DegreePlan(key="plan", terms=[["A", "C"], ["B"]]))
    1.6666666666666667
    """
    network = course_network(graph, include_corequisites=False, cycles=cycles)
    terms = terms_of(graph, plan)
    if after_term is None:
        after_term = 0
    else:
        network = _excess(network, terms, after_term)
    delays = _delays(network)
    late = [delay for key, delay in delays.items() if terms.get(key, 0) > after_term]
    return float(Fraction(sum(late)) / len(late)) if late else 0.0


def transfer_delay(
    graph: LearningGraph,
    *,
    plan: str | DegreePlan,
    after_term: int,
    include_corequisites: bool = True,
    cycles: Cycles = "condense",
) -> int:
    """Add up the delays of the courses in excess, as if there were only they, what they need and what needs them.

    It is 0 where no course stands after `after_term`. Corequisites count unless they are left out. Circles
    and references to what is not there are read as in `metrics`.

    Parameters
    ----------
    plan
        A degree plan, or the key of one of the graph's.
    after_term
        The last term that was hoped for, from 1.
    include_corequisites
        Whether what stands in `corequisites` joins courses, too.
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
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])])
    >>> transfer_delay(graph, plan=DegreePlan(key="plan", terms=[["A"], ["B"]]), after_term=1)
    2
    """
    whole = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    terms = terms_of(graph, plan)
    delays = _delays(_excess(whole, terms, after_term))
    return sum(delay for key, delay in delays.items() if terms.get(key, 0) > after_term)


def explained_complexity(
    graph: LearningGraph,
    *,
    plan: str | DegreePlan,
    after_term: int,
    weighted: bool = False,
    include_corequisites: bool = True,
    cycles: Cycles = "condense",
) -> ExplainedComplexity:
    """Compare the complexity of a curriculum with that of what is around its courses in excess.

    The latter is that of the courses after `after_term`, what they need and what needs them, as if there
    were no others. Corequisites count unless they are left out. The percentage is rounded to tenths, and is
    0.0 where the whole has none. Circles and references to what is not there are read as in `metrics`.

    Parameters
    ----------
    plan
        A degree plan, or the key of one of the graph's.
    after_term
        The last term that was hoped for, from 1.
    weighted
        Take each course times its term, as `term_weighted` does; then courses outside the plan count nothing.
    include_corequisites
        Whether what stands in `corequisites` joins courses, too.
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
    >>> explained_complexity(graph, plan=DegreePlan(key="plan", terms=[["A", "C"], ["B"]]), after_term=1)
    ExplainedComplexity(whole=6, excess=5, percent=83.3)
    """
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    terms = terms_of(graph, plan)

    def complexity(part: CourseNetwork) -> Number:
        found = metrics_of(part, system=graph.options.system_type)
        return weighted_by_terms(found, terms).totals.complexity if weighted else found.totals.complexity

    whole, excess = complexity(network), complexity(_excess(network, terms, after_term))
    percent = round(Fraction(exact(excess)) * 100 / exact(whole), 1) if whole else Fraction(0)
    return ExplainedComplexity(whole, excess, float(percent))


def _excess(network: CourseNetwork, terms: Mapping[str, int], after_term: int) -> CourseNetwork:
    """Give what is around the courses in terms after one."""
    parts = Parts(network)
    late = (number for number, key in enumerate(network.keys) if terms.get(key, 0) > after_term)
    return parts.induced(parts.around(late))


def _delays(network: CourseNetwork) -> dict[str, int]:
    """Give the delay of each course, in courses."""
    delays = delays_of(network.steps, [1] * len(network.steps.members))
    return dict(zip(network.keys, map(int, network.steps.spread(delays)), strict=True))
