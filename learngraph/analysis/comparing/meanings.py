"""Which requirements came and went, by what they mean and not by how they are written."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from learngraph.logic.clauses import TooManyClausesError, clauses
from learngraph.logic.conditions import conditions_as_needs
from learngraph.logic.holding import conjuncts
from learngraph.logic.implication import Clause, Clauses, clause_implies
from learngraph.model.relation import Timing
from learngraph.model.requirement import Need, Requirement

Trees: TypeAlias = tuple[Requirement, ...]

_MOST_CLAUSES = 200  # larger requirements are compared as they are written


def gone_and_come(before: Trees, after: Trees, *, usual: tuple[Timing, Timing]) -> tuple[Trees, Trees]:
    """Give the parts of all-ofs that are asked for no longer, and those that are asked for now.

    Order, nesting and what is implied by another part do not count. `usual` is what a need means that states
    no timing, before and after; a part that is written the same in both never counts. Requirements of more than
    200 clauses are compared as trees.

    Examples
    --------
    >>> from learngraph.model.requirement import AllOf
    >>> gone_and_come((AllOf("A", "B"),), (Need("B"), Need("A"), Need("C")), usual=(Timing.BEFORE, Timing.BEFORE))
    ((), (Need('C'),))
    """
    if before == after:
        return (), ()
    old, new = (tuple(dict.fromkeys(part for tree in trees for part in conjuncts(tree))) for trees in (before, after))
    went, came = (tuple(part for part in one if part not in other) for one, other in ((old, new), (new, old)))
    try:
        meant, means = _meaning(old, usual[0]), _meaning(new, usual[1])
        lost, gained = _unmatched(meant, means), _unmatched(means, meant)
        return _saying(went, lost, usual[0]), _saying(came, gained, usual[1])
    except TooManyClausesError:
        return went, came


def _meaning(trees: Iterable[Requirement], usual: Timing) -> Clauses:
    found = clauses(map(conditions_as_needs, trees), limit=_MOST_CLAUSES, usual=usual)
    return tuple(tuple(_settled(need, usual) for need in clause) for clause in found)


def _settled(need: Need, usual: Timing) -> Need:
    return need if need.timing else need.replaced(timing=usual)


def _unmatched(some: Clauses, others: Clauses) -> Clauses:
    known = set(map(frozenset, others))
    return tuple(clause for clause in some if frozenset(clause) not in known and not _is_among(clause, others))


def _is_among(clause: Clause, others: Sequence[Clause]) -> bool:
    return any(clause_implies(clause, other) and clause_implies(other, clause) for other in others)


def _saying(parts: Trees, wanted: Clauses, usual: Timing) -> Trees:
    """Keep the parts that say one of the wanted clauses."""
    return tuple(part for part in parts if any(_is_among(clause, wanted) for clause in _meaning((part,), usual)))
