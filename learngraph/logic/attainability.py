"""What can ever be reached, and in which term at the earliest.

Term by term: in each term everything is taken that can be. That is the largest set whose prerequisites
were met in earlier terms and whose corequisites are met earlier or inside the set itself, so that two
learnings that ask for one another at the same time are no obstacle.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.meeting import learnings_meeting
from learngraph.logic.pruning import prune
from learngraph.model.learning import Learning
from learngraph.model.relation import Relation, Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement
from learngraph.model.value import InvalidValueError, short

Reading: TypeAlias = Literal["neutral", "met", "unmet"]


@dataclass(frozen=True, slots=True)
class Attainability:
    """The earliest term of each learning, from 1; None for what can never be reached."""

    terms: Mapping[str, int | None]

    @property
    def unattainable(self) -> tuple[str, ...]:
        """The keys of what can never be reached, in graph order."""
        return tuple(key for key, term in self.terms.items() if term is None)

    def __repr__(self) -> str:
        latest = max((term for term in self.terms.values() if term), default=0)
        return f"<Attainability: {len(self.terms)} learnings in {latest} terms, {len(self.unattainable)} out of reach>"


@dataclass(frozen=True, slots=True)
class _Leaf:
    keys: frozenset[str]  # any of them meets the need
    before: bool


@dataclass(frozen=True, slots=True)
class _Branch:
    count: int
    parts: tuple["_Node", ...]


_Node: TypeAlias = _Leaf | _Branch
_ALWAYS, _NEVER = _Branch(0, ()), _Branch(1, ())


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
    if unknown not in get_args(Reading):
        raise InvalidValueError("attainability", (("unknown", f"{short(unknown)} is no reading of the unknown"),))
    compiler = _Compiler(graph, unknown)
    trees = {learning.key: compiler.learning(learning) for learning in graph}
    mentions: dict[str, set[str]] = {key: set() for key in trees}
    together: dict[str, set[str]] = {key: set() for key in trees}
    for key, tree in trees.items():
        for leaf in _leaves(tree):
            for other in leaf.keys:
                if other not in mentions:
                    continue
                mentions[other].add(key)
                if not leaf.before:
                    together[other].add(key)
                    together[key].add(other)
    terms: dict[str, int | None] = dict.fromkeys(trees)
    done: set[str] = set()
    touched: Iterable[str] = trees
    term = 0
    while True:
        term += 1
        taken = _largest_set(_joined(touched, together, done), trees, together, done)
        if not taken:
            return Attainability(terms)
        done |= taken
        terms.update(dict.fromkeys(taken, term))
        touched = {key for new in taken for key in mentions[new] if key not in done}


def _joined(touched: Iterable[str], together: Mapping[str, set[str]], done: set[str]) -> set[str]:
    """Give what was touched and all that corequisites join with it and is not done."""
    found = {key for key in touched if key not in done}
    queue = list(found)
    while queue:
        new = together[queue.pop()] - found - done
        found |= new
        queue.extend(new)
    return found


def _largest_set(
    hopeful: set[str], trees: Mapping[str, _Node], together: Mapping[str, set[str]], done: set[str]
) -> set[str]:
    """Drop what is not met until all that is left is met by what is done and by one another."""
    queue = list(hopeful)
    while queue:
        key = queue.pop()
        if key in hopeful and not _holds(trees[key], done, hopeful):
            hopeful.remove(key)
            queue.extend(together[key] & hopeful)
    return hopeful


def _holds(node: _Node, done: set[str], now: set[str]) -> bool:
    if isinstance(node, _Leaf):
        return not node.keys.isdisjoint(done) or (not node.before and not node.keys.isdisjoint(now))
    missing = node.count
    for part in node.parts:
        if missing <= 0:
            break
        missing -= _holds(part, done, now)
    return missing <= 0


def _leaves(node: _Node) -> Iterable[_Leaf]:
    if isinstance(node, _Leaf):
        yield node
    else:
        for part in node.parts:
            yield from _leaves(part)


class _Compiler:
    """Turns the requirements of learnings into trees of keys, with one reading of the unknown."""

    def __init__(self, graph: LearningGraph, unknown: Reading) -> None:
        self._graph = graph
        self._unknown = unknown
        self._known: dict[str, frozenset[str] | None] = {}

    def learning(self, learning: Learning) -> _Node:
        if not (learning.prerequisites or learning.corequisites):
            return _ALWAYS
        options = self._graph.options
        parts: list[_Node] = []
        for relation in (Relation.PREREQUISITE, Relation.COREQUISITE):
            usual = options.timing_of(relation)
            parts.extend(
                node
                for requirement in learning.requirements(relation)
                if (node := self._requirement(requirement, usual)) is not None
            )
        return parts[0] if len(parts) == 1 else _Branch(len(parts), tuple(parts))

    def _requirement(self, requirement: Requirement, usual: Timing) -> _Node | None:
        """Give the node of a requirement; None where the reading leaves nothing of it."""
        rest: Requirement | None = requirement
        if self._unknown == "neutral" and None in map(self._meeting, requirement.leaves):
            rest, _ = prune(requirement, lambda leaf: self._meeting(leaf) is None)
        return None if rest is None else self._node(rest, usual)

    def _node(self, requirement: Requirement, usual: Timing) -> _Node:
        match requirement:
            case Need() | Condition():
                keys = self._meeting(requirement)
                if keys is None:
                    return _ALWAYS if self._unknown == "met" else _NEVER
                timing = (requirement.timing if isinstance(requirement, Need) else None) or usual
                return _Leaf(keys, timing is Timing.BEFORE)
            case AllOf():
                count = len(requirement.of)
            case AtLeast():
                count = requirement.count
            case AnyOf():
                return _any_of([self._node(part, usual) for part in requirement.of])
        return _Branch(count, tuple(self._node(part, usual) for part in requirement.of))

    def _meeting(self, leaf: Need | Condition) -> frozenset[str] | None:
        """Give the learnings any of which meets a leaf; None for what is unknown."""
        if isinstance(leaf, Condition):
            return None
        if leaf.key not in self._known:
            self._known[leaf.key] = learnings_meeting(self._graph, leaf.key)
        return self._known[leaf.key]


def _any_of(parts: list[_Node]) -> _Node:
    """Join alternatives of one timing into one leaf: most any-ofs are that, and a leaf is quick to test."""
    leaves = [part for part in parts if isinstance(part, _Leaf)]
    if len(leaves) == len(parts) and len({leaf.before for leaf in leaves}) == 1:
        return _Leaf(frozenset().union(*(leaf.keys for leaf in leaves)), leaves[0].before)
    return _Branch(1, tuple(parts))
