"""Numbers of a degree plan: how far apart requirements stand, and how the credits are spread.

The definitions are those of the toolbox CurricularAnalytics. Only courses of the graph count, and each
stands in the term in which it stands last, but for credits, which count as often as a course is listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from statistics import pstdev

from learngraph.analysis.degree_plans.terms import degree_plan_of, terms_of
from learngraph.analysis.measuring.classic import Number
from learngraph.analysis.measuring.course_numbers import CourseNumbers
from learngraph.analysis.measuring.network import course_network
from learngraph.analysis.measuring.weights import Exact, exact, plain
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated, Table, Tabular
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.learning import Course
from learngraph.model.value import InvalidValueError


@dataclass(frozen=True, slots=True)
class CreditBalance(Stated):
    """How far the credits of terms lie apart, in both readings; 0 where all terms have as many."""

    all_pairs: Number
    adjacent: Number


@dataclass(frozen=True, slots=True, repr=False)
class TermStatistics(Tabular):
    """The credits of each term, and what they amount to; terms are counted from 1, and None without terms."""

    credits: tuple[Number, ...]
    total: Number
    mean: Number
    standard_deviation: float
    min_term: int | None
    max_term: int | None

    @property
    def table(self) -> Table:
        """A row a term."""
        return Table(("term", "credits"), list(enumerate(self.credits, start=1)))

    def __repr__(self) -> str:
        return f"<TermStatistics: {len(self.credits)} terms, {self.total} credits>"


def requisite_distance(
    graph: LearningGraph, *, plan: str | DegreePlan, include_corequisites: bool = True
) -> CourseNumbers:
    """Add up for each course in a degree plan how many terms before it stand the courses that it requires.

    What stands in a later term counts less than nothing. Each alternative counts. Courses outside the plan
    are left out, on either side, and so are references to what is no course of the graph. In a circle each
    requirement counts, one of a course by itself does not.

    Raises
    ------
    UnknownPlanError
        where the graph has no such plan.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B"), Course(key="C", prerequisites=["A", "B"])])
    >>> requisite_distance(graph, plan=DegreePlan(key="plan", terms=[["A"], ["B"], ["C"]])).courses
    {'A': 0, 'B': 0, 'C': 3}
    """
    terms = terms_of(graph, plan)
    network = course_network(graph, include_corequisites=include_corequisites)
    distances: dict[str, Exact] = {key: 0 for key in network.keys if key in terms}
    for start, end in _planned(network.keys, network.edges, terms):
        distances[end] += terms[end] - terms[start]
    return CourseNumbers.of("requisite distance", distances.items())


def knowledge_transfer(graph: LearningGraph, *, plan: str | DegreePlan, include_corequisites: bool = True) -> list[int]:
    """Count for each end of a term but the last the requirements that reach over it, from earlier to later terms.

    The first number is for the end of the first term. What is required later than it should be does not
    count. Courses outside the plan, references and circles are read as in `requisite_distance`.

    Raises
    ------
    UnknownPlanError
        where the graph has no such plan.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]),
    ...                        Course(key="C", prerequisites=["B"])])
    >>> knowledge_transfer(graph, plan=DegreePlan(key="plan", terms=[["A"], ["B"], ["C"]]))
    [1, 1]
    """
    chosen = degree_plan_of(graph, plan)
    terms = terms_of(graph, chosen)
    network = course_network(graph, include_corequisites=include_corequisites)
    changes = [0] * (len(chosen.terms) + 1)
    for start, end in _planned(network.keys, network.edges, terms):
        if terms[start] < terms[end]:
            changes[terms[start]] += 1
            changes[terms[end]] -= 1
    return list(accumulate(changes))[1:-1]


def _planned(keys: tuple[str, ...], edges: tuple[tuple[int, int], ...], terms: dict[str, int]) -> list[tuple[str, str]]:
    named = ((keys[start], keys[end]) for start, end in edges)
    return [(start, end) for start, end in named if start in terms and end in terms]


def credit_balance(graph: LearningGraph, *, plan: str | DegreePlan) -> CreditBalance:
    """Add up the differences of the credits of terms: of all pairs of terms, and of terms that follow one another.

    Two readings go by this name: the toolbox CurricularAnalytics computes the first, and its words
    describe the second. A course without a duration has no credits.

    Raises
    ------
    UnknownPlanError
        where the graph has no such plan.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key=key, duration=credits) for key, credits in [("A", 4), ("B", 3), ("C", 5)]])
    >>> credit_balance(graph, plan=DegreePlan(key="plan", terms=[["A"], ["B"], ["C"]]))
    CreditBalance(all_pairs=4, adjacent=3)
    """
    found = _credits(graph, degree_plan_of(graph, plan))
    more = 1 - len(found)  # in order, a term is the larger one of a pair as often as terms stand before it
    all_pairs: Exact = sum(number * (more + 2 * place) for place, number in enumerate(sorted(found)))
    adjacent: Exact = sum(max(pair) - min(pair) for pair in pairwise(found))
    return CreditBalance(plain(all_pairs), plain(adjacent))


def term_statistics(graph: LearningGraph, *, plan: str | DegreePlan) -> TermStatistics:
    """Give the credits of each term of a degree plan, their total, mean and spread, and the extreme terms.

    The standard deviation is that of a population. Of terms with as many credits the earliest is named. A
    course without a duration has no credits. A plan without terms has nothing of anything.

    Raises
    ------
    UnknownPlanError
        where the graph has no such plan.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key=key, duration=credits) for key, credits in [("A", 4), ("B", 3), ("C", 5)]])
    >>> found = term_statistics(graph, plan=DegreePlan(key="plan", terms=[["A"], ["B"], ["C"]]))
    >>> found.total, found.mean, round(found.standard_deviation, 6), found.min_term, found.max_term
    (12, 4, 0.816497, 2, 3)
    """
    found = _credits(graph, degree_plan_of(graph, plan))
    if not found:
        return TermStatistics((), 0, 0, 0.0, None, None)
    total = sum(found)
    mean, deviation = plain(Fraction(total) / len(found)), _deviation(found)
    least, most = found.index(min(found)) + 1, found.index(max(found)) + 1
    return TermStatistics(tuple(map(plain, found)), plain(total), mean, deviation, least, most)


def _deviation(numbers: Sequence[Exact]) -> float:
    try:
        return float(pstdev(map(Fraction, numbers)))
    except OverflowError:
        raise InvalidValueError("number", (("durations", "are too large for a standard deviation"),)) from None


def _credits(graph: LearningGraph, plan: DegreePlan) -> list[Exact]:
    """Give the credits of each term, exactly."""
    found: list[Exact] = []
    for term in plan.terms:
        listed = (graph[key] for key in map(graph.index.resolve, term) if key in graph)
        found.append(sum(exact(one.duration or 0) for one in listed if isinstance(one, Course)))
    return found
