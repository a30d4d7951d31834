"""Whether a curriculum can be completed at all, and each circle of it: the contradiction, or the way out.

Everything of a curriculum is taken once. So what must be taken at the same time is one thing, and the rest
are inequalities between terms: they contradict one another where a circle of them needs an order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from learngraph.graph.learning_graph import LearningGraph
from learngraph.graph.query import components
from learngraph.logic.compiled import Branch, Leaf, Node, Reading, leaves, requirement_parts
from learngraph.logic.numbered import Numbered, terms_by_key
from learngraph.logic.reasons import Wait, earliest
from learngraph.logic.scenarios import Parts
from learngraph.markup import Brief, Table, Tabular
from learngraph.model.relation import Timing
from learngraph.model.wording import listed

_PATIENCE = 3_000_000  # steps of the search for a shortest circle; beyond, the shortest one found so far stands
_SHOWN = 6


@dataclass(frozen=True, slots=True, repr=False)
class Circle(Brief):
    """A shortest circle of learnings each of which needs the next one.

    `waits` says who needs what, and `members` are all learnings that need one another, sooner or later. Where
    it is `blocked` the circle contradicts itself: none of it can ever be taken as the others require.
    Otherwise `entry` is the member that can be taken first, and `way_in` what can come before it from outside;
    where no order is asked for, all can be taken together and there is no entry.
    """

    keys: tuple[str, ...]
    members: tuple[str, ...]
    waits: tuple[Wait, ...]
    blocked: bool
    entry: str | None = None
    way_in: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = listed(self.waits, most=_SHOWN, between="; ")
        if self.blocked:
            return f"{told}: that is a contradiction"
        if not self.entry:
            alone = len(self.keys) == 1
            return f"{told}: {'it meets that by itself' if alone else 'they can be taken in the same term'}"
        after = f"after {' and '.join(self.way_in)}" if self.way_in else "without any of them"
        return f"{told}: the way out is to take {self.entry} {after}"


@dataclass(frozen=True, slots=True, repr=False)
class Soundness(Tabular):
    """Every circle of a curriculum, and what can never be taken because of one, both in graph order."""

    circles: tuple[Circle, ...]
    blocked: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether everything can be taken, in some order."""
        return not self.blocked

    @property
    def contradictions(self) -> tuple[Circle, ...]:
        """The circles that nothing leads out of."""
        return tuple(circle for circle in self.circles if circle.blocked)

    @property
    def table(self) -> Table:
        """A row a circle."""
        rows = [(", ".join(circle.keys), len(circle.members), circle.blocked, str(circle)) for circle in self.circles]
        return Table(("circle", "learnings", "contradiction", "why"), rows)

    def _notes(self) -> Iterator[str]:
        if self.blocked:
            yield f"can never be taken: {listed(self.blocked, most=_SHOWN)}"

    def __repr__(self) -> str:
        verdict = "sound" if self.sound else f"{len(self.blocked)} learnings can never be taken"
        return f"<Soundness: {verdict}, {len(self.contradictions)} of {len(self.circles)} circles are contradictions>"


def soundness(graph: LearningGraph, *, unknown: Reading = "neutral") -> Soundness:
    """Say whether all of a curriculum can be taken, and explain every circle.

    The shortest circle of inequalities, one of them strict, is the witness that a curriculum contradicts
    itself. There is none where an alternative leads out, where learnings only ask to be taken together, or
    where they must be: mutual corequisites are sound, and so are three learnings each of which must be taken
    with the two others. A "with" that is one of several alternatives is read as "before or with".

    Time grows with the number of requirements. Of circles in a component so large that the search would take
    millions of steps, the shortest found by then is given.

    Parameters
    ----------
    unknown
        How conditions and references to what is not in the graph are read, as in `attainability`.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> from learngraph.model.requirement import Need
    >>> found = soundness(LearningGraph([Course(key="A", corequisites=["B"]), Course(key="C", prerequisites=["A"]),
    ...                                  Course(key="B", corequisites=[Need("C", timing="with")])]))
    >>> found.sound, found.circles[0].keys
    (False, ('A', 'B', 'C'))
    """
    parts = requirement_parts(graph, unknown)
    first_of = _taken_as_one(parts)
    numbered = Numbered.of(_merged(parts, first_of))
    when = terms_by_key(parts, numbered)
    if first_of:
        when = {key: when[first_of.get(key, key)] for key in parts}
    around = _groups(parts, first_of, parts) if first_of else _numbered_groups(numbered)
    circles = tuple(_circles(parts, first_of, when, around))
    return Soundness(circles, tuple(key for key, term in when.items() if term is None))


def _taken_as_one(parts: Parts) -> dict[str, str]:
    """Give for each learning that must be taken with another the first one of those that are taken as one."""
    first_of: dict[str, str] = {}

    def first(key: str) -> str:
        while (other := first_of.get(key, key)) != key:
            key = first_of[key] = first_of.get(other, other)  # shortens the way for the next
        return key

    for key, trees in parts.items():
        for tree in trees:
            other = _must_go_with(tree)
            if other in parts and other != key:
                one, two = first(key), first(other)
                first_of[two] = first_of[one] = one
    return {key: first(key) for key in first_of}


def _must_go_with(tree: Node) -> str:
    if isinstance(tree, Leaf) and tree.timing is Timing.WITH and len(tree.keys) == 1:
        return tree.keys[0]
    return ""


def _merged(parts: Parts, first_of: Mapping[str, str]) -> Parts:
    if not first_of:
        return parts
    merged: dict[str, list[Node]] = {}
    for key, trees in parts.items():
        merged.setdefault(first_of.get(key, key), []).extend(_renamed(tree, first_of) for tree in trees)
    return merged


def _renamed(node: Node, first_of: Mapping[str, str]) -> Node:
    if isinstance(node, Leaf):
        return Leaf(tuple(dict.fromkeys(first_of.get(key, key) for key in node.keys)), node.timing)
    return Branch(node.count, tuple(_renamed(part, first_of) for part in node.parts))


def _circles(
    parts: Parts, first_of: Mapping[str, str], when: Mapping[str, int | None], around: Iterable[tuple[str, ...]]
) -> Iterator[Circle]:
    for members in around:
        stuck = [key for key in members if when[key] is None]
        found = (_shortest(parts, group, ordered=True) for group in _groups(parts, first_of, stuck))
        contradictions = [Circle(_keys(waits), members, waits, blocked=True) for waits in found if waits]
        yield from contradictions
        if not contradictions:  # what is only taken as one is no circle
            yield from (_open(parts, circle, when) for circle in _groups(parts, {}, members))


def _numbered_groups(numbered: Numbered) -> list[tuple[str, ...]]:
    """Give the circles, and what asks for itself and is in none, in graph order."""
    found = [sorted(component) for component in components(dict(enumerate(numbered.mentions)))]
    inside = {number for component in found for number in component}
    alone = ([number] for number, asking in enumerate(numbered.mentions) if number in asking and number not in inside)
    return [tuple(numbered.keys[number] for number in members) for members in sorted((*found, *alone))]


def _groups(parts: Parts, first_of: Mapping[str, str], keys: Iterable[str]) -> list[tuple[str, ...]]:
    """Give the same among some learnings, which come in graph order; what is taken as one leads both ways."""
    onward, selves = _onward(parts, first_of, keys)
    rank = {key: place for place, key in enumerate(onward)}
    found = [tuple(sorted(component, key=rank.__getitem__)) for component in components(onward)]
    inside = {key for component in found for key in component}
    alone = ((key,) for key in selves if key not in inside)
    return sorted((*found, *alone), key=lambda members: rank[members[0]])


def _keys(waits: Iterable[Wait]) -> tuple[str, ...]:
    return tuple(wait.key for wait in waits)


def _onward(parts: Parts, first_of: Mapping[str, str], keys: Iterable[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Give what each learning leads to, and those that lead to themselves; what is taken as one leads both ways.

    Learnings that lead nowhere are left out.
    """
    onward: dict[str, list[str]] = {key: [] for key in keys if parts[key] or key in first_of}
    selves: dict[str, None] = {}
    for key, others in onward.items():
        for leaf in (leaf for tree in parts[key] for leaf in leaves(tree)):
            others += [other for other in leaf.keys if other in onward]
            if key in leaf.keys:
                selves[key] = None
        if (first := first_of.get(key, key)) != key and first in onward:
            others.append(first)
            onward[first].append(key)
    return onward, list(selves)


def _open(parts: Parts, members: tuple[str, ...], when: Mapping[str, int | None]) -> Circle:
    ordered = _shortest(parts, members, ordered=True)
    waits = ordered or _shortest(parts, members, ordered=False)
    keys = _keys(waits)
    reached = [key for key in members if when[key] is not None]
    if not ordered or not reached:
        return Circle(keys, members, waits, blocked=False)
    entry = min(reached, key=lambda key: when[key] or 0)
    named = (other for tree in parts[entry] for leaf in leaves(tree) for other in leaf.keys)
    outside = {other: when.get(other) for other in named if other not in members}
    ways = (earliest(tree, outside) for tree in parts[entry])
    leaves_in = (leaf for way in ways if way for leaf in way[1])
    firsts = (min(filter(outside.get, leaf.keys), key=lambda key: outside[key] or 0) for leaf in leaves_in)
    return Circle(keys, members, waits, blocked=False, entry=entry, way_in=tuple(dict.fromkeys(firsts)))


def _shortest(parts: Parts, members: Sequence[str], *, ordered: bool) -> tuple[Wait, ...]:
    """Give a shortest circle inside some learnings; one with something that must come earlier where it is ordered."""
    asked = _asked(parts, members)
    best: list[str] = []
    patience = _PATIENCE
    for key, other in _asking(asked, ordered=ordered):
        path, steps = _path(asked, other, key, limit=len(best) or len(members) + 1)
        patience -= steps
        if path and (not best or len(path) < len(best)):
            best = [key, *path[:-1]]
        if patience < 0 or len(best) == 1:
            break
    inside = set(best)
    start = next((best.index(key) for key in asked if key in inside), 0)
    around = [*best[start:], *best[:start]]
    return tuple(_wait(parts, one, other, asked[one][other]) for one, other in pairwise((*around, *around[:1])))


def _asking(asked: Mapping[str, Mapping[str, Timing]], *, ordered: bool) -> Iterator[tuple[str, str]]:
    for key, needs in asked.items():
        for other, timing in needs.items():
            if timing is Timing.BEFORE or not ordered:
                yield key, other


def _asked(parts: Parts, members: Sequence[str]) -> dict[str, dict[str, Timing]]:
    """Give for each learning what it asks for inside the circle, the strictest timing of each."""
    asked: dict[str, dict[str, Timing]] = {key: {} for key in members}
    for key in members:
        for leaf in (leaf for tree in parts[key] for leaf in leaves(tree)):
            for other in leaf.keys:
                if other in asked and asked[key].get(other) is not Timing.BEFORE:
                    asked[key][other] = leaf.timing
        for tree in parts[key]:
            other = _must_go_with(tree)
            if other in asked and other != key:
                asked[other].setdefault(key, Timing.WITH)
    return asked


def _path(asked: Mapping[str, Mapping[str, Timing]], start: str, end: str, *, limit: int) -> tuple[list[str], int]:
    """Give a shortest way from one learning to another by what each asks for, and how many steps were looked at."""
    came: dict[str, str | None] = {start: None}
    queue, steps, length = [start], 0, 1
    while queue and end not in came and length < limit:
        length += 1
        following = []
        for key in queue:
            for other in asked[key]:
                steps += 1
                if other not in came:
                    came[other] = key
                    following.append(other)
        queue = following
    if end not in came:
        return [], steps
    path = []
    at: str | None = end
    while at is not None:
        path.append(at)
        at = came[at]
    return path[::-1], steps


def _wait(parts: Parts, key: str, other: str, timing: Timing) -> Wait:
    return Wait(key, (Leaf((other,), timing),), goes_along=not _asks(parts, key, other))


def _asks(parts: Parts, key: str, other: str) -> bool:
    """Whether a learning names another among its alternatives."""
    return any(other in leaf.keys for tree in parts[key] for leaf in leaves(tree))
