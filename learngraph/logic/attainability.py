"""What can ever be reached, and in which term at the earliest.

Term by term: in each term everything is taken that can be. That is the largest set whose prerequisites
were met in earlier terms and whose corequisites are met earlier or inside the set itself, so that two
learnings that ask for one another at the same time are no obstacle.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from learngraph.graph.learning_graph import LearningGraph, UnknownKeyError
from learngraph.logic.compiled import Leaf, Node, Reading, all_of, leaves, requirement_parts
from learngraph.logic.reasons import Why, why_never, why_then
from learngraph.logic.scenarios import Parts
from learngraph.markup import Table, Tabular
from learngraph.model.relation import Timing

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class Attainability(Tabular):
    """The earliest term of each learning, from 1; None for what can never be reached."""

    terms: Mapping[str, int | None]
    parts: Mapping[str, tuple[Node, ...]] = field(default_factory=dict, compare=False)  #: what `why` looks at

    @property
    def unattainable(self) -> tuple[str, ...]:
        """The keys of what can never be reached, in graph order."""
        return tuple(key for key, term in self.terms.items() if term is None)

    def why(self, key: str) -> Why:
        """Say what holds a learning back: why it can be taken no earlier, or never.

        Raises
        ------
        UnknownKeyError
            where there is no such learning.

        Examples
        --------
        >>> import learngraph as lg
        >>> graph = lg.LearningGraph([lg.Course(key="A", prerequisites=["B"]), lg.Course(key="B", corequisites=["A"])])
        >>> print(lg.attainability(graph).why("A"))
        A can never be taken: A needs B before it; B needs A before it or at the same time, so they wait for one another
        """
        if key not in self.terms:
            raise UnknownKeyError(key)
        term = self.terms[key]
        if term is None:
            return Why(key, None, why_never(key, self.parts, self.terms))
        return Why(key, term, why_then(key, self.parts[key], self.terms))

    @property
    def table(self) -> Table:
        """A row a learning, with its earliest term."""
        return Table(("key", "term"), list(self.terms.items()))

    def __repr__(self) -> str:
        latest = max((term for term in self.terms.values() if term), default=0)
        return f"<Attainability: {len(self.terms)} learnings in {latest} terms, {len(self.unattainable)} out of reach>"


def attainability(graph: LearningGraph, *, unknown: Reading = "neutral") -> Attainability:
    """Find the earliest term of each learning when nothing but its requirements holds it back.

    Prerequisites and corequisites count, recommendations do not. Grades can always be reached. A
    corequisite that must be taken "with" may be put off, so it is read as "before or with". What
    `equivalents` name counts as the learning. An achievement is there once a learning that grants it was
    completed.

    Parameters
    ----------
    unknown
        How conditions, references to what is not in the graph, and achievements that nothing in it
        grants are read. "neutral": they vanish from an any-of or at-least that has another branch, and
        count as met elsewhere. "met" and "unmet" say so everywhere.

    Raises
    ------
    InvalidValueError
        where `unknown` is none of the three.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="B", prerequisites=["A"], corequisites=["L"]), Course(key="A"),
    ...                        Course(key="L", corequisites=["B"]), Course(key="X", prerequisites=["X"])])
    >>> dict(attainability(graph).terms)
    {'B': 2, 'A': 1, 'L': 2, 'X': None}
    """
    parts = requirement_parts(graph, unknown)
    return Attainability(earliest_terms(parts), parts)


def earliest_terms(parts: Parts) -> dict[str, int | None]:
    """Give the earliest term of each learning, from 1; None for what can never be reached.

    Learnings without requirements are taken in the first term and asked nothing; then all others are asked
    once more, and later on those that mention what is new.

    Examples
    --------
    >>> earliest_terms({"A": (), "B": (Leaf(("A",), Timing.BEFORE),), "C": (Leaf((), Timing.WITH),)})
    {'A': 1, 'B': 2, 'C': None}
    """
    trees = {key: all_of(tuple(found)) for key, found in parts.items() if found}
    mentions, together = _neighbours(trees)
    terms = {key: None if found else 1 for key, found in parts.items()}
    done = {key for key, found in parts.items() if not found}
    taken = _largest_set(list(trees), trees, together, _Taken(frozenset(), done))
    queue = [key for key in trees if key not in taken]
    term = 1
    while taken or term == 1:
        done.update(taken)
        terms.update(dict.fromkeys(taken, term))
        if term > 1:
            touched = dict.fromkeys(key for new in taken for key in mentions.get(new, ()) if key not in done)
            queue = _joined(touched, together, done)
        taken = _largest_set(queue, trees, together, _Taken(done, done))
        term += 1
    return terms


def _neighbours(trees: Mapping[str, Node]) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """Give for learnings with requirements who mentions them, and what may have to be taken together with them."""
    mentions: dict[str, list[str]] = {}
    together: dict[str, set[str]] = {}
    for key, tree in trees.items():
        for leaf in leaves(tree):
            for other in leaf.keys:
                if other in trees:
                    mentions.setdefault(other, []).append(key)
                    if not leaf.before:
                        together.setdefault(other, set()).add(key)
                        together.setdefault(key, set()).add(other)
    return mentions, together


def _joined(touched: Iterable[str], together: Mapping[str, set[str]], done: set[str]) -> list[str]:
    """Give what was touched and all that corequisites join with it and is not done."""
    queue = list(touched)
    found = set(queue)
    for key in queue:  # grows on the way
        new = together.get(key, _NONE) - found - done
        found |= new
        queue.extend(new)
    return queue


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken before a term, and what is taken by the end of it in any case."""

    earlier: AbstractSet[str]
    by_then: AbstractSet[str]


def _largest_set(
    queue: list[str], trees: Mapping[str, Node], together: Mapping[str, set[str]], taken: _Taken
) -> dict[str, None]:
    """Drop what is not met until all that is left is met by what is taken anyway and by one another."""
    hopeful = dict.fromkeys(queue)
    while queue:
        key = queue.pop()
        if key in hopeful and not _holds(trees[key], taken, hopeful):
            del hopeful[key]
            queue.extend(together.get(key, ()))
    return hopeful


def _holds(node: Node, taken: _Taken, now: dict[str, None]) -> bool:
    if isinstance(node, Leaf):
        if node.timing is Timing.BEFORE:
            return not taken.earlier.isdisjoint(node.keys)
        return not (taken.by_then.isdisjoint(node.keys) and now.keys().isdisjoint(node.keys))
    missing = node.count
    for part in node.parts:
        if missing <= 0:
            break
        missing -= _holds(part, taken, now)
    return missing <= 0
