"""Requirements by number: what is asked again and again lies close together, and no text is looked up twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from learngraph.logic.compiled import Leaf, Node
from learngraph.logic.scenarios import Parts
from learngraph.model.relation import Timing

#: whether it must come before, whether something without requirements meets it, and the numbers that do
_Any: TypeAlias = tuple[bool, bool, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Several:
    count: int
    asks: tuple["_Ask", ...]


_Ask: TypeAlias = _Any | _Several


@dataclass(frozen=True, slots=True)
class Numbered:
    """The learnings that have requirements, by number in graph order.

    `mentions` gives for each those that name it among their alternatives, as often as they do; `together`
    gives what may have to be taken along.
    """

    keys: tuple[str, ...]
    asks: tuple[tuple[_Ask, ...], ...]
    mentions: tuple[list[int], ...]
    together: Mapping[int, set[int]]

    @classmethod
    def of(cls, parts: Parts) -> "Numbered":
        """Give numbers to what has requirements, and find on the way who names what."""
        keys = tuple(key for key, found in parts.items() if found)
        number = {key: place for place, key in enumerate(keys)}
        mentions: tuple[list[int], ...] = tuple([] for _ in keys)
        together: dict[int, set[int]] = {}

        def ask(node: Node, asking: int) -> _Ask:
            if not isinstance(node, Leaf):
                return _Several(node.count, tuple(ask(part, asking) for part in node.parts))
            before, free, found = node.timing is Timing.BEFORE, False, []
            for key in node.keys:
                other = number.get(key)
                if other is None:
                    free = free or key in parts
                    continue
                found.append(other)
                mentions[other].append(asking)
                if not before:
                    together.setdefault(other, set()).add(asking)
                    together.setdefault(asking, set()).add(other)
            return before, free, tuple(found)

        asks = tuple(tuple(ask(tree, place) for tree in parts[key]) for place, key in enumerate(keys))
        return cls(keys, asks, mentions, together)

    def terms(self) -> list[int]:
        """Give the earliest term of each, from 1; 0 for what can never be reached."""
        terms = [0] * len(self.keys)
        taken, now = bytearray(len(terms)), bytearray(len(terms))
        queue: Sequence[int] = range(len(terms))
        term = 0
        while queue or term < 2:  # noqa: PLR2004 - what needs no requirement is there from the second term on
            term += 1
            if term == 2:  # noqa: PLR2004 - as above: then all others are asked once more
                queue = [number for number in range(len(terms)) if not taken[number]]
            new = self._largest_set(queue, taken, now, first=term == 1)
            for number in new:
                taken[number], terms[number] = 1, term
            touched = dict.fromkeys(asking for number in new for asking in self.mentions[number] if not taken[asking])
            queue = self._joined(touched, taken)
        return terms

    def _joined(self, touched: Iterable[int], taken: bytearray) -> list[int]:
        """Give what was touched and all that corequisites join with it and is not taken."""
        queue = list(touched)
        found = set(queue)
        for number in queue:  # grows on the way
            new = [other for other in self.together.get(number, ()) if other not in found and not taken[other]]
            found.update(new)
            queue.extend(new)
        return queue

    def _largest_set(self, queue: Sequence[int], taken: bytearray, now: bytearray, *, first: bool) -> list[int]:
        """Drop what is not met until all that is left is met by what is taken and by one another."""
        for number in queue:
            now[number] = 1
        left = list(queue)
        while left:
            number = left.pop()
            if now[number] and not all(_met(ask, taken, now, first=first) for ask in self.asks[number]):
                now[number] = 0
                left.extend(self.together.get(number, ()))
        found = [number for number in queue if now[number]]
        for number in queue:
            now[number] = 0
        return found


def _met(ask: _Ask, taken: bytearray, now: bytearray, *, first: bool) -> bool:
    if isinstance(ask, tuple):
        before, free, numbers = ask
        if free and not (before and first):
            return True
        if before:
            return any(map(taken.__getitem__, numbers))
        return any(taken[number] or now[number] for number in numbers)
    missing = ask.count
    for part in ask.asks:
        if missing <= 0:
            break
        missing -= _met(part, taken, now, first=first)
    return missing <= 0


def earliest_terms(parts: Parts) -> dict[str, int | None]:
    """Give the earliest term of each learning, from 1; None for what can never be reached.

    Learnings without requirements are taken in the first term and asked nothing; then all others are asked
    once more, and later on those that mention what is new.

    Examples
    --------
    >>> earliest_terms({"A": (), "B": (Leaf(("A",), Timing.BEFORE),), "C": (Leaf((), Timing.WITH),)})
    {'A': 1, 'B': 2, 'C': None}
    """
    return terms_by_key(parts, Numbered.of(parts))


def terms_by_key(parts: Parts, numbered: Numbered) -> dict[str, int | None]:
    """Give the terms of numbered learnings by their keys, with those of the learnings without requirements."""
    terms: dict[str, int | None] = dict.fromkeys(parts, 1)
    for key, term in zip(numbered.keys, numbered.terms(), strict=True):
        terms[key] = term or None
    return terms
