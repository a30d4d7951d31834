"""Many what-ifs asked at once: bit n of an integer says what holds in scenario n.

To ask for each of a hundred learnings what could be reached without it costs little more than to ask once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from learngraph.logic.compiled import Leaf, Node, leaves
from learngraph.model.relation import Timing

#: for each learning, a tree for each thing that must hold by itself
Parts: TypeAlias = Mapping[str, Sequence[Node]]
Masks: TypeAlias = Mapping[str, int]


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
    mentions, together = neighbours(parts)
    done = dict(scenarios.given)
    touched: Iterable[str] = parts
    while True:
        hopeful = {
            key: mask
            for key in _joined(touched, together)
            if (mask := scenarios.all & ~done.get(key, 0) & ~scenarios.closed.get(key, 0))
        }
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
    _shrink(hopeful, parts, neighbours(parts)[1], scenarios.given, scenarios)
    return hopeful


def neighbours(parts: Parts) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Give who mentions each learning, and what may have to be taken together with it."""
    mentions: dict[str, set[str]] = {key: set() for key in parts}
    together: dict[str, set[str]] = {key: set() for key in parts}
    for key, trees in parts.items():
        for leaf in (leaf for tree in trees for leaf in leaves(tree)):
            for other in leaf.keys:
                if other not in mentions:
                    continue
                mentions[other].add(key)
                if leaf.timing is not Timing.BEFORE:
                    together[other].add(key)
                    together[key].add(other)
    return mentions, together


def _joined(touched: Iterable[str], together: Mapping[str, set[str]]) -> list[str]:
    found = dict.fromkeys(touched)
    queue = list(found)
    for key in queue:  # grows on the way
        new = [other for other in together[key] if other not in found]
        found.update(dict.fromkeys(new))
        queue.extend(new)
    return queue


def _shrink(
    hopeful: dict[str, int], parts: Parts, together: Mapping[str, set[str]], done: Masks, scenarios: Scenarios
) -> None:
    """Drop scenarios until all that is left is met by what is done and by one another."""
    queue = list(hopeful)
    while queue:
        key = queue.pop()
        mask = hopeful.get(key, 0)
        for place, tree in enumerate(parts[key]):
            if mask:
                mask &= _holds(tree, done, hopeful, scenarios) | scenarios.waived.get((key, place), 0)
        if mask != hopeful.get(key, 0):
            hopeful[key] = mask
            queue.extend(together[key])


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
