"""A degree plan beside the graph: which plan is meant, and the term of each learning in it."""

from learngraph.errors import LearnGraphError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.value import short


class UnknownPlanError(LearnGraphError, KeyError):
    """A key that stands for no degree plan of the graph.

    Attributes
    ----------
    key
        What was asked for.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"there is no degree plan with the key {short(self.key)} in this graph"


def degree_plan_of(graph: LearningGraph, plan: str | DegreePlan) -> DegreePlan:
    """Give the degree plan that a key stands for, the first of several; a plan stands for itself.

    Raises
    ------
    UnknownPlanError
        where the graph has none with that key.

    Examples
    --------
    >>> degree_plan_of(LearningGraph(degree_plans=[DegreePlan(key="two-terms")]), "two-terms").terms
    ()
    """
    if isinstance(plan, DegreePlan):
        return plan
    for known in graph.degree_plans:
        if known.key == plan:
            return known
    raise UnknownPlanError(plan)


def terms_of(graph: LearningGraph, plan: str | DegreePlan) -> dict[str, int]:
    """Give the term of each learning of the graph that stands in a plan, or in that of a key, from 1.

    What stands in several terms counts where it stands last: only then it surely is completed.

    Raises
    ------
    UnknownPlanError
        where the graph has none with that key.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B")])
    >>> terms_of(graph, DegreePlan(key="plan", terms=[["A", "B"], ["A", "X"]]))
    {'A': 2, 'B': 1}
    """
    found: dict[str, int] = {}
    for number, term in enumerate(degree_plan_of(graph, plan).terms, start=1):
        for key in map(graph.index.resolve, term):
            if key in graph:
                found[key] = number
    return found
