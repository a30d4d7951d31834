"""Many what-ifs asked at once: bit n of an integer says what holds in scenario n.

To ask for each of a hundred learnings what could be reached without it costs little more than to ask once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TypeAlias

from learngraph.logic.compiled import Leaf, Node, leaves
from learngraph.model.relation import Timing

#: for each learning, a tree for each thing that must hold by itself
Parts: TypeAlias = Mapping[str, Sequence[Node]]
Masks: TypeAlias = Mapping[str, int]
#: for each learning, those that may have to be taken together with it, and in which scenarios
_Company: TypeAlias = Mapping[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Scenarios:
    """How each of several scenarios departs from the catalogue.

    `given` is completed from the start, `closed` can never be taken, and `waived` are requirements that hold
    nobody back, by learning and the place of the requirement among the parts of its learning. Where it is
    `strict`, what must be taken at the same time cannot have been taken before.
    """

    count: int
    given: Masks = field(default_factory=dict)
    closed: Masks = field(default_factory=dict)
    waived: Mapping[tuple[str, int], int] = field(default_factory=dict)
    strict: bool = False

    @property
    def all(self) -> int:
        """The mask of all scenarios."""
        return (1 << self.count) - 1


def needed_by(parts: Parts, keys: Iterable[str]) -> list[str]:
    """Give all that the requirements of some learnings can lead back to, themselves included."""
    found = dict.fromkeys(keys)
    queue = list(found)
    for key in queue:  # grows on the way
        for tree in parts.get(key, ()):
            for leaf in leaves(tree):
                new = [other for other in leaf.keys if other not in found]
                found.update(dict.fromkeys(new))
                queue.extend(new)
    return queue


def terms(parts: Parts, scenarios: Scenarios) -> Iterator[dict[str, int]]:
    """Give for each term, from the first, the learnings that are taken in it, with the scenarios in which they are.

    In each term everything is taken that can be, as `attainability` has it.

    Examples
    --------
    >>> parts = {"A": (), "B": (Leaf(("A",), Timing.BEFORE),)}
    >>> list(terms(parts, Scenarios(2, closed={"A": 0b10})))
    [{'A': 1}, {'B': 1}]
    """
    mentions, together = _neighbours(parts, scenarios)
    done = dict(scenarios.given)
    touched: Iterable[str] = parts
    while True:
        hopeful = _hopeful(touched, together, done, scenarios)
        _shrink(hopeful, parts, together, done, scenarios)
        new = {key: mask for key, mask in hopeful.items() if mask}
        if not new:
            return
        for key, mask in new.items():
            done[key] = done.get(key, 0) | mask
        yield new
        touched = {other for key in new for other in mentions[key]}


def attained(parts: Parts, scenarios: Scenarios) -> dict[str, int]:
    """Give for each learning the scenarios in which it is given or can be reached, sooner or later."""
    found = dict(scenarios.given)
    for new in terms(parts, scenarios):
        for key, mask in new.items():
            found[key] = found.get(key, 0) | mask
    return found


def taken_together(parts: Parts, scenarios: Scenarios) -> dict[str, int]:
    """Give the largest sets that can be taken in one term after what is given; what is given may be taken again."""
    hopeful = {key: scenarios.all & ~scenarios.closed.get(key, 0) for key in parts}
    _shrink(hopeful, parts, _neighbours(parts, scenarios)[1], scenarios.given, scenarios)
    return hopeful


def _neighbours(parts: Parts, scenarios: Scenarios) -> tuple[dict[str, set[str]], _Company]:
    """Give who mentions each learning, and what may have to be taken together with it."""
    mentions: dict[str, set[str]] = {key: set() for key in parts}
    together: _Company = {key: {} for key in parts}
    for key, trees in parts.items():
        for leaf, where in (found for tree in trees for found in _leaves(tree, scenarios.all, parts, scenarios.given)):
            for other in leaf.keys:
                if other not in mentions:
                    continue
                mentions[other].add(key)
                if leaf.timing is not Timing.BEFORE:
                    together[other][key] = together[other].get(key, 0) | where
                    together[key][other] = together[key].get(other, 0) | where
    return mentions, together


def _leaves(node: Node, where: int, parts: Parts, given: Masks) -> Iterator[tuple[Leaf, int]]:
    """Give the leaves of a tree, each with the scenarios in which it can matter.

    What asks, with the leaf, for something that can never be taken matters only where that is given.
    """
    if isinstance(node, Leaf):
        yield node, where
        return
    if node.count == len(node.parts):
        for part in node.parts:
            if isinstance(part, Leaf) and not any(key in parts for key in part.keys):
                where &= reduce(or_, (given.get(key, 0) for key in part.keys), 0)
    for part in node.parts:
        yield from _leaves(part, where, parts, given)


def _hopeful(touched: Iterable[str], together: _Company, done: Masks, scenarios: Scenarios) -> dict[str, int]:
    """Give what was touched, and all that may have to be taken together with it, as far as it can be taken yet."""

    def left(key: str) -> int:
        return scenarios.all & ~done.get(key, 0) & ~scenarios.closed.get(key, 0)

    found = {key: mask for key in touched if (mask := left(key))}
    queue = list(found.items())
    for key, mask in queue:  # grows on the way
        for other, where in together[key].items():
            if (reached := mask & where & ~found.get(other, 0)) and (new := reached & left(other)):
                found[other] = found.get(other, 0) | new
                queue.append((other, new))
    return found


def _shrink(hopeful: dict[str, int], parts: Parts, together: _Company, done: Masks, scenarios: Scenarios) -> None:
    """Drop scenarios until all that is left is met by what is done and by one another."""
    queue = list(hopeful)
    while queue:
        key = queue.pop()
        mask = before = hopeful[key]
        for place, tree in enumerate(parts[key]):
            if mask:
                mask &= _holds(tree, done, hopeful, scenarios) | scenarios.waived.get((key, place), 0)
        if lost := before & ~mask:
            hopeful[key] = mask
            queue.extend(other for other, where in together[key].items() if lost & where & hopeful.get(other, 0))


def _holds(node: Node, done: Masks, now: Masks, scenarios: Scenarios) -> int:
    """Give the scenarios in which a tree is met by what is done and by what is taken now."""
    if isinstance(node, Leaf):
        mask = 0
        for key in node.keys:
            if not (scenarios.strict and node.timing is Timing.WITH):
                mask |= done.get(key, 0)
            if node.timing is not Timing.BEFORE:
                mask |= now.get(key, 0)
        return mask
    return at_least(node.count, [_holds(part, done, now, scenarios) for part in node.parts])


def at_least(count: int, masks: Sequence[int]) -> int:
    """Give the bits that are set in so many of the masks; all bits for none.

    Examples
    --------
    >>> bin(at_least(2, [0b110, 0b011, 0b010]))
    '0b10'
    """
    reached = [-1, *([0] * count)]  # reached[k]: in at least k of the masks seen so far; -1 has every bit
    for mask in masks:
        for k in range(count, 0, -1):
            reached[k] |= reached[k - 1] & mask
    return reached[count]
