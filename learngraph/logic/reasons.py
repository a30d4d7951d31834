"""Why a learning can be taken when it can, or never: what holds it back, no more and no less."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from learngraph.logic.compiled import Leaf, Node, leaves
from learngraph.logic.scenarios import needed_by
from learngraph.markup import Brief, Table, Tabular
from learngraph.model.relation import Timing
from learngraph.model.value import short
from learngraph.model.wording import listed

_SHOWN = 8
_WHEN = {
    Timing.BEFORE: "before it",
    Timing.BEFORE_OR_WITH: "before it or at the same time",
    Timing.WITH: "at the same time",
}


@dataclass(frozen=True, slots=True, repr=False)
class Wait(Brief):
    """A learning and what it waits for: one of several leaves, each of which is one of several learnings.

    Where it `goes_along`, it asks for nothing itself: what it waits for must be taken at the same time as it.
    """

    key: str
    leaves: tuple[Leaf, ...]
    goes_along: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The learnings any of which would help, as they were written first."""
        return tuple(dict.fromkeys(key for leaf in self.leaves for key in leaf.keys))

    def __str__(self) -> str:
        if not self.leaves:
            return f"{self.key} asks for what nothing in the catalogue gives"
        if self.goes_along:
            return f"{' or '.join(self.keys)} needs {self.key} at the same time"
        named: dict[Timing, dict[str, None]] = {}
        for leaf in self.leaves:
            named.setdefault(leaf.timing, {}).update(dict.fromkeys(leaf.keys))
        needed = ", or ".join(f"{' or '.join(keys)} {_WHEN[timing]}" for timing, keys in named.items())
        return f"{self.key} needs {needed}"


@dataclass(frozen=True, slots=True, repr=False)
class Why(Tabular):
    """Why a learning can be taken in `term` at the earliest, or never, where `term` is None.

    Of what can never be reached, `waits` is an irreducible part that blocks it: were any one of these
    requirements met, the learning could be reached as far as the others go. Of what can be reached, `waits`
    are the requirements that can be met no earlier. Its text says so in words.
    """

    key: str
    term: int | None
    waits: tuple[Wait, ...]

    @property
    def table(self) -> Table:
        """A row a requirement: who needs what, any of several."""
        return Table(("key", "waits for"), [(wait.key, " or ".join(wait.keys)) for wait in self.waits])

    def _notes(self) -> Iterator[str]:
        yield str(self)

    def __repr__(self) -> str:
        when = "never" if self.term is None else f"term {self.term}"
        return f"<Why {short(self.key)}: {when}, {len(self.waits)} requirements>"

    def __str__(self) -> str:
        told = listed(self.waits, most=_SHOWN, between="; ")
        if self.term is not None:
            start = f"{self.key} can be taken in term {self.term} at the earliest"
            return f"{start}: {told}" if told else start
        waiting = len(self.waits) > 1 and all(wait.leaves for wait in self.waits)
        return f"{self.key} can never be taken: {told}{', so they wait for one another' if waiting else ''}"


def why_never(key: str, parts: Mapping[str, Sequence[Node]], terms: Mapping[str, int | None]) -> tuple[Wait, ...]:
    """Give what blocks a learning that can never be reached: for each that is blocked, one any-of, all of it blocked.

    Each learning of it is led to from the first by requirements that ask for nothing but what is blocked, so
    meeting any one of them frees all that lead to it.
    """
    blocked = _blocked(key, parts, terms)
    waits: dict[str, Wait | None] = {key: None}
    for waiting in (queue := [key]):  # grows on the way
        rank = blocked[waiting]

        def met(leaf: Leaf, rank: int = rank) -> bool:
            return _reachable(leaf, terms) or (
                leaf.timing is not Timing.BEFORE and any(blocked.get(other, 0) >= rank for other in leaf.keys)
            )

        failing = (found for tree in parts[waiting] if (found := _failing(tree, met)) is not None)
        waits[waiting] = wait = Wait(waiting, min(failing, key=_size))
        new = [other for other in wait.keys if other in parts and other not in waits]
        waits.update(dict.fromkeys(new))
        queue.extend(new)
    return tuple(wait for wait in waits.values() if wait)


def _reachable(leaf: Leaf, terms: Mapping[str, int | None]) -> bool:
    return any(terms.get(key) for key in leaf.keys)


def _blocked(key: str, parts: Mapping[str, Sequence[Node]], terms: Mapping[str, int | None]) -> dict[str, int]:
    """Rank what can never be reached and may be the reason: nothing is blocked at the same time by a later one.

    What asks for something earlier that is blocked comes first; what asks to be taken together with others
    comes after one of those is known to be blocked. So no circle of reasons is one of mere company.
    """
    left = [other for other in needed_by(parts, [key]) if other in parts and terms[other] is None]
    ranks: dict[str, int] = {}
    hopeful, company = set(left), _company(left, parts)
    while left:

        def met(leaf: Leaf) -> bool:
            together = leaf.timing is not Timing.BEFORE and not hopeful.isdisjoint(leaf.keys)
            return together or _reachable(leaf, terms)

        gone = [other for other in left if any(_failing(tree, met) is not None for tree in parts[other])]
        ranks.update(dict.fromkeys(gone, len(ranks) + 1))
        hopeful.difference_update(gone)
        left = list(dict.fromkeys(other for one in gone for other in company.get(one, ()) if other in hopeful))
    return ranks


def _company(keys: Sequence[str], parts: Mapping[str, Sequence[Node]]) -> dict[str, list[str]]:
    """Give for each learning those that may ask to be taken together with it."""
    found: dict[str, list[str]] = {}
    for key in keys:
        for leaf in (leaf for tree in parts[key] for leaf in leaves(tree)):
            if leaf.timing is not Timing.BEFORE:
                for other in leaf.keys:
                    found.setdefault(other, []).append(key)
    return found


def _size(leaves: Sequence[Leaf]) -> int:
    return sum(len(leaf.keys) for leaf in leaves)


def _failing(node: Node, met: Callable[[Leaf], bool]) -> tuple[Leaf, ...] | None:
    """Give a smallest any-of that a tree implies and that nothing meets; None where the tree can be met."""
    if isinstance(node, Leaf):
        return None if met(node) else (node,)
    failing = [found for part in node.parts if (found := _failing(part, met)) is not None]
    needed = len(node.parts) - node.count + 1  # so many that cannot be met leave too few
    if len(failing) < needed:
        return None
    smallest = sorted(failing, key=_size)[: max(needed, 0)]
    return tuple(leaf for found in smallest for leaf in found)


def why_then(key: str, parts: Sequence[Node], terms: Mapping[str, int | None]) -> tuple[Wait, ...]:
    """Give the requirements of a learning that can be met no earlier than in the term in which it is taken."""
    term = terms[key]
    late = ((tree, found) for tree in parts if (found := earliest(tree, terms)) is not None)
    binding = [tree for tree, (when, _) in late if when == term and when > 1]
    return tuple(Wait(key, tuple(_last(tree, terms))) for tree in binding)


def _last(node: Node, terms: Mapping[str, int | None]) -> Iterator[Leaf]:
    """Give the leaves of the earliest way to meet a tree that are met last."""
    found = earliest(node, terms)
    if found is not None:
        when, way = found
        for leaf in way:
            if (alone := earliest(leaf, terms)) is not None and alone[0] == when:
                yield leaf


def earliest(node: Node, terms: Mapping[str, int | None]) -> tuple[int, tuple[Leaf, ...]] | None:
    """Give the first term in which a tree can be met, and the leaves that do; None where it never can.

    Of branches that can be met in one term, the first written are taken.
    """
    if isinstance(node, Leaf):
        when = min((term for key in node.keys if (term := terms.get(key))), default=None)
        return None if when is None else (when + (node.timing is Timing.BEFORE), (node,))
    met = sorted(
        (found for part in node.parts if (found := earliest(part, terms)) is not None), key=lambda found: found[0]
    )
    if len(met) < node.count:
        return None
    chosen = met[: node.count]
    return max((when for when, _ in chosen), default=1), tuple(leaf for _, way in chosen for leaf in way)


def way_to(key: str, parts: Mapping[str, Sequence[Node]], terms: Mapping[str, int | None]) -> dict[str, int]:
    """Give learnings that lead to one that can be reached, itself included, each with the earliest term for it.

    Of alternatives, those are taken that can be met first, and of these the first written; so this is one of
    the quickest ways, and not always the one with the fewest learnings.
    """
    found = {key: terms[key] or 0}
    for learning in (queue := [key]):  # grows on the way
        for tree in parts[learning]:
            way = earliest(tree, terms)
            for leaf in way[1] if way else ():
                first = min((other for other in leaf.keys if terms.get(other)), key=lambda other: terms[other] or 0)
                if first not in found:
                    found[first] = terms[first] or 0
                    queue.append(first)
    return found
