"""An order in which learnings can be sent so that what they refer to is there."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeAlias

#: for each key the groups of keys that it refers to, a group a clause
Needs: TypeAlias = Mapping[str, Sequence[tuple[str, ...]]]


def cut_circles(needs: Needs) -> dict[str, frozenset[int]]:
    """Choose the clauses to leave out, by number, so that nothing refers back to itself.

    Learnings are followed in graph order, each to the end; a clause that reaches back to a learning
    which is still being followed is left out whole. That is one clause a circle where circles are apart;
    finding the fewest of all would take exponential time.

    Examples
    --------
    >>> cut_circles({"A": [("B",)], "B": [("C",)], "C": [("A",)]})
    {'A': frozenset(), 'B': frozenset(), 'C': frozenset({0})}
    """
    cut: dict[str, set[int]] = {key: set() for key in needs}
    being_followed: set[str] = set()
    seen: set[str] = set()

    def onward(key: str) -> Iterator[str]:
        for number, clause in enumerate(needs[key]):
            if being_followed.isdisjoint(clause):
                yield from clause
            else:
                cut[key].add(number)

    for start in needs:
        trail: list[tuple[str, Iterator[str]]] = []
        following: str | None = start
        while following is not None or trail:
            if following is not None and following not in seen:
                seen.add(following)
                being_followed.add(following)
                trail.append((following, onward(following)))
            if not trail:
                break
            key, rest = trail[-1]
            following = next(rest, None)
            if following is None:
                trail.pop()
                being_followed.remove(key)
    return {key: frozenset(numbers) for key, numbers in cut.items()}


def batches(needs: Mapping[str, frozenset[str]], *, size: int) -> list[list[str]]:
    """Put keys into lists of at most `size`, each after all lists that hold what it refers to.

    A key goes into the first list with room; ties in the order of the mapping, in which there must be
    no circles.

    Examples
    --------
    >>> batches({"A": frozenset("B"), "B": frozenset(), "C": frozenset()}, size=2)
    [['B', 'C'], ['A']]
    """
    rank = {key: place for place, key in enumerate(needs)}
    keys = list(needs)
    waiting = {key: len(others) for key, others in needs.items()}
    needed_by: dict[str, list[str]] = {key: [] for key in needs}
    for key, others in needs.items():
        for other in others:
            needed_by[other].append(key)
    ready = [rank[key] for key, count in waiting.items() if not count]
    heapify(ready)
    lists: list[list[str]] = []
    earliest = dict.fromkeys(needs, 0)
    room = _Room()
    while ready:
        key = keys[heappop(ready)]
        place = room.first_from(earliest[key])
        lists.extend([] for _ in range(place + 1 - len(lists)))
        lists[place].append(key)
        if len(lists[place]) == size:
            room.fill(place)
        for other in needed_by[key]:
            earliest[other] = max(earliest[other], place + 1)
            waiting[other] -= 1
            if not waiting[other]:
                heappush(ready, rank[other])
    return lists


class _Room:
    """Which lists have room: full ones point onward, and pointers are shortened as they are followed."""

    def __init__(self) -> None:
        self._onward: dict[int, int] = {}

    def fill(self, place: int) -> None:
        self._onward[place] = place + 1

    def first_from(self, place: int) -> int:
        passed = []
        while place in self._onward:
            passed.append(place)
            place = self._onward[place]
        self._onward.update(dict.fromkeys(passed, place))
        return place
