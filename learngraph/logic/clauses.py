"""A requirement tree as AND-of-ORs: all of the clauses, one alternative of each.

Distribution can grow exponentially, so what is implied falls away at each step, and the count is
watched on the way: a tree that is too large is refused quickly.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import permutations
from typing import TypeAlias

from learngraph.errors import LearnGraphError
from learngraph.logic.implication import Clause, Clauses, halves, need_implies
from learngraph.logic.pruning import prune
from learngraph.model.relation import Timing
from learngraph.model.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Need,
    Requirement,
    as_requirement,
    needs,
)

#: how many clauses a relation of a learning may have
CLAUSE_LIMIT = 100
_ROOM_ON_THE_WAY = 4  # times the limit: a step may need more clauses than the result


class TooManyClausesError(LearnGraphError, ValueError):
    """A requirement that would need more clauses than the limit.

    Attributes
    ----------
    limit
        How many would have been taken.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"the requirement needs more than {self.limit} any-of groups when it is written as AND-of-ORs"


def clauses(
    requirement: Requirement | str | Iterable[Requirement | str],
    *,
    limit: int = CLAUSE_LIMIT,
    usual: Timing = Timing.BEFORE,
) -> Clauses:
    """Write a requirement as AND-of-ORs: each inner tuple is an any-of, and all of them must be met.

    Conditions are taken out first (see `prune`). No clause is implied by another, no alternative by
    another of its clause. Alternatives stand in the order in which they were written first, and equal trees
    give equal clauses in equal order.

    Parameters
    ----------
    requirement
        A requirement, or several that must all be met.
    limit
        How many clauses may come out.
    usual
        What a need means that states no timing.

    Raises
    ------
    TooManyClausesError
        where there would be more clauses than the limit, or more than four times as many on the way.

    Examples
    --------
    >>> clauses(AnyOf("A", AllOf("B", "C")))
    ((Need('A'), Need('B')), (Need('A'), Need('C')))
    >>> clauses(AllOf("A", AnyOf("A", "B")))
    ((Need('A'),),)
    """
    if isinstance(requirement, (str, Need, AnyOf, AllOf, AtLeast, Condition)):
        requirement = (requirement,)
    pruned = (prune(as_requirement(tree), lambda leaf: isinstance(leaf, Condition))[0] for tree in requirement)
    return distribute([tree for tree in pruned if tree is not None], limit=limit, usual=usual)


def distribute(trees: Sequence[Requirement], *, limit: int, usual: Timing) -> Clauses:
    """Write trees that hold no conditions as AND-of-ORs; see `clauses`."""
    written = _plain_clauses(trees)
    if written is not None and _all_differ(written):
        if len(written) > limit:
            raise TooManyClausesError(limit)
        return tuple(written)
    alphabet = _Alphabet(needs(trees), usual)
    found: _Masks = []
    for tree in trees:
        found = _both(found, _distributed(tree, alphabet, limit), alphabet, limit)
    if len(found) > limit:
        raise TooManyClausesError(limit)
    return tuple(map(alphabet.clause, found))


def _plain_clauses(trees: Sequence[Requirement]) -> list[Clause] | None:
    """Give the clauses that trees already are: needs, any-ofs of needs, and all-ofs of both; the usual case."""
    found: list[Clause] = []
    for tree in trees:
        if isinstance(tree, AllOf):
            inside = _plain_clauses(tree.of)
            if inside is None:
                return None
            found.extend(inside)
        elif clause := _plain_any_of(tree):
            found.append(clause)
        else:
            return None
    return found


def _all_differ(clauses_: Iterable[Clause]) -> bool:
    """Whether no learning is named twice, so that no clause can imply another."""
    keys = [need.key for clause in clauses_ for need in clause]
    return len(set(keys)) == len(keys)


def _plain_any_of(tree: Requirement) -> Clause | None:
    """Give the clause that a tree already is: a need, or any-ofs of needs."""
    if isinstance(tree, Need):
        return (tree,)
    if not isinstance(tree, AnyOf):
        return None
    found: list[Need] = []
    for part in tree.of:
        inner = _plain_any_of(part)
        if inner is None:
            return None
        found.extend(inner)
    return tuple(found)


# a clause while it is worked on: a bit for each of its needs, so that "implies" is one machine operation
_Masks: TypeAlias = list[int]


class _Alphabet:
    """The distinct needs of a requirement as bits, in the order in which they were written first."""

    def __init__(self, written: Iterable[Need], usual: Timing) -> None:
        self._bits: dict[Need, int] = {}
        self._needs: list[Need] = []
        same_key: dict[str, list[Need]] = {}
        for need in written:
            if need in self._bits:
                continue
            rivals = same_key.setdefault(need.key, [])
            twin = next((rival for rival in rivals if _twins(need, rival, usual)), None)
            self._bits[need] = self._bits[twin] if twin else 1 << len(self._needs)
            if twin is None:
                rivals.append(need)
                self._needs.append(need)
        #: for each bit, the bits of the needs that imply it, and of those that it implies; itself in neither
        self._stronger = dict.fromkeys(self._bits.values(), 0)
        self._weaker = dict.fromkeys(self._bits.values(), 0)
        for rivals in same_key.values():
            for strong, weak in permutations(rivals, 2):
                if need_implies(strong, weak, usual=usual):
                    self._stronger[self._bits[weak]] |= self._bits[strong]
                    self._weaker[self._bits[strong]] |= self._bits[weak]
        #: for each need "before or with", its bit and the bits that its half before and its half with imply
        self._halved = [
            (self._bits[need], *(self._implied(half, rivals, usual) for half in halves(need)))
            for rivals in same_key.values()
            for need in rivals
            if len(rivals) > 1 and (need.timing or usual) is Timing.BEFORE_OR_WITH
        ]

    def _implied(self, need: Need, rivals: Iterable[Need], usual: Timing) -> int:
        return sum(self._bits[rival] for rival in rivals if need_implies(need, rival, usual=usual))

    def bit(self, need: Need) -> int:
        return self._bits[need]

    def clause(self, mask: int) -> Clause:
        return tuple(self._needs[bit.bit_length() - 1] for bit in _each_bit(mask))

    def without_stronger(self, mask: int) -> int:
        """Drop what implies another alternative: of "A with B or A", "A" says it all."""
        return sum(bit for bit in _each_bit(mask) if not self._weaker[bit] & mask)

    def implying(self, mask: int) -> int:
        """Give all needs that imply one of a clause: who implies the clause has no others."""
        result = mask
        for bit in _each_bit(mask):
            result |= self._stronger[bit]
        for bit, before, at_the_same_time in self._halved:
            if mask & before and mask & at_the_same_time:
                result |= bit
        return result


def _twins(one: Need, other: Need, usual: Timing) -> bool:
    return need_implies(one, other, usual=usual) and need_implies(other, one, usual=usual)


def _each_bit(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _distributed(requirement: Requirement, alphabet: _Alphabet, limit: int) -> _Masks:
    if isinstance(requirement, Need):
        return [alphabet.bit(requirement)]
    if isinstance(requirement, Condition):
        raise AssertionError("conditions are pruned before a tree is distributed")  # noqa: TRY004 - a bug of ours
    branches = [_distributed(part, alphabet, limit) for part in requirement.of]
    if isinstance(requirement, AllOf):
        return _minimal((mask for branch in branches for mask in branch), alphabet, limit)
    if isinstance(requirement, AnyOf):
        return reduce(lambda one, other: _either(one, other, alphabet, limit), branches)
    return _at_least(requirement.count, branches, alphabet, limit)


def _at_least(count: int, branches: list[_Masks], alphabet: _Alphabet, limit: int) -> _Masks:
    # met[k]: at least k of the branches seen so far; [] is always met, None never
    met: list[_Masks | None] = [[], *[None] * count]
    for left, branch in zip(range(len(branches) - 1, -1, -1), branches, strict=True):
        for k in range(count, max(count - left, 1) - 1, -1):
            fewer, same = met[k - 1], met[k]
            if fewer is not None:
                one_more = branch if same is None else _either(same, branch, alphabet, limit)
                met[k] = _both(one_more, fewer, alphabet, limit)
    return met[count] or []


def _both(one: _Masks, other: _Masks, alphabet: _Alphabet, limit: int) -> _Masks:
    return _minimal((*one, *other), alphabet, limit) if one and other else one or other


def _either(one: _Masks, other: _Masks, alphabet: _Alphabet, limit: int) -> _Masks:
    return _minimal((alphabet.without_stronger(left | right) for left in one for right in other), alphabet, limit)


def _minimal(found: Iterable[int], alphabet: _Alphabet, limit: int) -> _Masks:
    """Keep what is implied by nothing else; refuse as soon as too much is kept."""
    kept: dict[int, int] = {}
    for mask in found:
        implying = alphabet.implying(mask)
        if any(not other & ~implying for other in kept):
            continue
        for other in [other for other, reach in kept.items() if not mask & ~reach]:
            del kept[other]
        kept[mask] = implying
        if len(kept) > limit * _ROOM_ON_THE_WAY:
            raise TooManyClausesError(limit)
    return list(kept)
