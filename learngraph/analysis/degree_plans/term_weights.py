"""The numbers of courses, each times its term: what stands late in a degree plan weighs more.

The definition is that of the R package CurricularComplexity, after DeRocchis and others (2021).
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from learngraph.analysis.degree_plans.terms import terms_of
from learngraph.analysis.measuring.classic import Metrics, Number, metrics_of
from learngraph.analysis.measuring.network import Cycles, course_network
from learngraph.analysis.measuring.weights import Exact, exact, plain
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated, Table, Tabular
from learngraph.model.degree_plan import DegreePlan


@dataclass(frozen=True, slots=True)
class TermWeights(Stated):
    """The numbers of one course, each times its term, or their sums."""

    blocking: Number
    delay: Number
    complexity: Number


@dataclass(frozen=True, slots=True, repr=False)
class TermWeighted(Tabular):
    """Numbers times terms, for each course of a degree plan in graph order, and their totals."""

    courses: Mapping[str, TermWeights]
    totals: TermWeights

    @property
    def table(self) -> Table:
        """A row a course."""
        rows = [(key, *astuple(numbers)) for key, numbers in self.courses.items()]
        return Table(("key", "blocking", "delay", "complexity"), rows)

    def __repr__(self) -> str:
        return f"<TermWeighted: {len(self.courses)} courses, complexity {self.totals.complexity}>"


def term_weighted(
    graph: LearningGraph,
    *,
    plan: str | DegreePlan,
    include_corequisites: bool = True,
    cycles: Cycles = "condense",
) -> TermWeighted:
    """Weigh blocking, delay and complexity of each course in a degree plan with its term, from 1.

    See `metrics` for the numbers, for circles, and for references to what is not there.

    Parameters
    ----------
    plan
        A degree plan, or the key of one of the graph's.
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
    >>> term_weighted(graph, plan=DegreePlan(key="plan", terms=[["A"], ["B"]])).totals
    TermWeights(blocking=1, delay=6, complexity=7)
    """
    network = course_network(graph, include_corequisites=include_corequisites, cycles=cycles)
    terms = terms_of(graph, plan)
    return weighted_by_terms(metrics_of(network, system=graph.options.system_type), terms)


def weighted_by_terms(found: Metrics, terms: Mapping[str, int]) -> TermWeighted:
    """Weigh metrics that were found before with terms; courses without a term are left out."""
    rows: dict[str, tuple[Exact, ...]] = {
        key: tuple(exact(number) * terms[key] for number in (numbers.blocking, numbers.delay, numbers.complexity))
        for key, numbers in found.courses.items()
        if key in terms
    }
    sums = [sum(column) for column in zip(*rows.values(), strict=True)] or [0, 0, 0]
    return TermWeighted(
        {key: TermWeights(*map(plain, row)) for key, row in rows.items()}, TermWeights(*map(plain, sums))
    )
