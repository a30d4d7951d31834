"""Degree plans: term by term, what is required must be there in time."""

from collections.abc import Iterator

from learngraph.analysis.plan_order import misplaced
from learngraph.checks.case import Case
from learngraph.findings import Finding


def degree_plans(case: Case) -> Iterator[Finding]:
    """LG219 and LG220: a degree plan keeps the order that its learnings ask for, and lists each once."""
    for plan in case.graph.degree_plans:
        yield from misplaced(case.graph, plan)
