"""When one requirement says all that another says.

A clause is an any-of: a tuple of needs, one of which must be met. A conjunction is a tuple of clauses,
all of which must be met. Needs here always state their timing: `settled` puts in the usual one.
"""

from collections.abc import Iterable
from typing import TypeAlias

from learngraph.model.relation import Timing
from learngraph.model.requirement import Need

Clause: TypeAlias = tuple[Need, ...]
Clauses: TypeAlias = tuple[Clause, ...]


def need_implies(strong: Need, weak: Need, *, usual: Timing = Timing.BEFORE) -> bool:
    """Whether who meets `strong` meets `weak`: same learning, grade as high, timing and duration as strict.

    `usual` is what a need means that states no timing. A need without a grade is implied by any grade
    and implies none.

    Examples
    --------
    >>> need_implies(Need("A", 3), Need("A", 2)), need_implies(Need("A"), Need("A", 2))
    (True, False)
    """
    if strong.key != weak.key:
        return False
    if weak.minimum_grade is not None and (strong.minimum_grade is None or strong.minimum_grade < weak.minimum_grade):
        return False
    if weak.duration is not None and (
        strong.duration is None or strong.duration < weak.duration or strong.duration_unit != weak.duration_unit
    ):
        return False
    return (strong.timing or usual).implies(weak.timing or usual)


def clause_implies(strong: Clause, weak: Clause, *, usual: Timing = Timing.BEFORE) -> bool:
    """Whether each alternative of `strong` meets one of `weak`."""
    return all(_meets_one(one, weak, usual) for one in strong)


def _meets_one(need: Need, clause: Clause, usual: Timing) -> bool:
    """Whether a need implies a clause: one of its alternatives, or before one and at the same time another."""
    if any(need_implies(need, other, usual=usual) for other in clause):
        return True
    return (need.timing or usual) is Timing.BEFORE_OR_WITH and all(
        any(need_implies(half, other, usual=usual) for other in clause) for half in halves(need)
    )


def halves(need: Need) -> tuple[Need, Need]:
    """Give the two needs, one of which whoever meets a need "before or with" meets."""
    return need.replaced(timing=Timing.BEFORE), need.replaced(timing=Timing.WITH)


def clauses_imply(strong: Iterable[Clause], weak: Iterable[Clause], *, usual: Timing = Timing.BEFORE) -> bool:
    """Whether who meets all of `strong` meets all of `weak`.

    Exact for clauses of needs that are only ever asked for and never forbidden, as requirements are.
    """
    given = tuple(strong)
    return all(any(clause_implies(one, clause, usual=usual) for one in given) for clause in weak)
