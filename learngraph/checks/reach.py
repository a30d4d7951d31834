"""Reach: what nobody can ever take, and circles."""

from collections.abc import Iterator

from learngraph.checks.case import Case
from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.graph.query import circles, needs_order
from learngraph.logic.attainability import out_of_reach
from learngraph.model.relation import BINDING
from learngraph.model.requirement import needs
from learngraph.model.wording import listed

_SHOWN = 4


def unattainable(case: Case) -> Iterator[Finding]:
    """LG203 and LG204: every learning can be reached; a circle that an alternative leaves is an info."""
    never = frozenset(out_of_reach(case.graph))
    around = list(circles(case.graph, *BINDING))
    stuck = [tuple(key for key in circle if key in never) for circle in around]
    stuck_with = {key: keys for keys in stuck for key in keys}
    for learning in case.graph:
        if learning.key in never:
            why = _why(case, learning.key, never, stuck_with.get(learning.key, ()))
            yield Finding(
                Code.UNATTAINABLE,
                f"can never be reached: {why}",
                keys=(learning.key,),
                hint="offer an alternative, or let one be taken at the same time",
            )
    for circle in around:
        if never.isdisjoint(circle) and needs_order(case.graph, circle):
            yield Finding(
                Code.CYCLE_WITH_WAY_OUT,
                f"{listed(circle, most=_SHOWN)} require one another, and an alternative leads out",
                keys=circle,
                hint="nothing needs to be done; tell advisers the way out",
            )


def _why(case: Case, key: str, never: frozenset[str], stuck: tuple[str, ...]) -> str:
    if len(stuck) > 1:
        others = [other for other in stuck[: _SHOWN + 1] if other != key]  # of very many only the first are told
        left = len(stuck) - 1 - len(others[:_SHOWN])
        return f"it and {', '.join(others[:_SHOWN])}{f' and {left:,} more' if left else ''} wait for one another"
    learning = case.graph[key]
    asked = needs((*learning.prerequisites, *learning.corequisites))
    keys = (case.graph.index.resolve(need.key) for need in asked)
    waiting = tuple(dict.fromkeys(other for other in keys if other in never and other != key))
    if waiting:
        return f"it needs {listed(waiting, most=_SHOWN)}, which is out of reach, too"
    return "it requires itself, and nothing else in the catalogue can stand in for it"
