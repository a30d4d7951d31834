"""Degree plans: term by term, what is required must be there in time."""

from collections.abc import Iterator

from learngraph.analysis.degree_plans.order import misplaced
from learngraph.checks.case import Case
from learngraph.codes import Severity
from learngraph.findings import Finding


def degree_plans(case: Case) -> Iterator[Finding]:
    """LG219 and LG220: a degree plan keeps the order that its learnings ask for, and lists each once.

    They are warnings here: an org holds no degree plans, so a wrong one need not keep a catalogue back.
    """
    for plan in case.graph.degree_plans:
        for found in misplaced(case.graph, plan):
            yield Finding(
                found.code,
                found.message,
                keys=found.keys,
                hint=found.hint,
                cause=found.cause,
                severity=Severity.WARNING,
            )
