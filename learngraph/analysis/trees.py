"""Requirements as trees of the keys that meet them, for analyses that choose among alternatives."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.compiled import Reading
from learngraph.logic.pruning import prune
from learngraph.model.learning import Learning
from learngraph.model.relation import Relation, Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement

#: the keys any of which meets a leaf; None for what is unknown
Meeting: TypeAlias = Callable[[Need | Condition], tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Any of the keys, taken before, or at the same time where `before` does not forbid it."""

    keys: tuple[str, ...]
    before: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """At least so many of the parts; 0 of none is always met, 1 of none never."""

    count: int
    parts: "tuple[Node, ...]"


Node: TypeAlias = Leaf | Branch
ALWAYS, NEVER = Branch(0, ()), Branch(1, ())


def learnings_that_meet(graph: LearningGraph) -> Meeting:
    """Give the rule by which a need is met by the learning, by its equivalents, or by who grants it."""
    index = graph.index

    @cache
    def meeting(written: str) -> tuple[str, ...] | None:
        key = index.resolve(written)
        if key in graph:
            return tuple(dict.fromkeys((key, *map(index.resolve, graph[key].equivalents))))
        return index.grantors.get(key)

    return lambda leaf: None if isinstance(leaf, Condition) else meeting(leaf.key)


def tree_of(
    graph: LearningGraph,
    learning: Learning,
    *relations: Relation,
    meeting: Meeting,
    unknown: Reading = "neutral",
) -> Node:
    """Give what all requirements of some relations ask for, with one reading of the unknown.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=[AnyOf("A", "X")])])
    >>> tree_of(graph, graph["B"], Relation.PREREQUISITE, meeting=learnings_that_meet(graph))
    Leaf(keys=('A',), before=True)
    """
    parts: list[Node] = []
    for relation in relations:
        usual = graph.options.timing_of(relation)
        for requirement in learning.requirements(relation):
            rest: Requirement | None = requirement
            if unknown == "neutral":
                rest, _ = prune(requirement, lambda leaf: meeting(leaf) is None)
            if rest is not None:
                parts.append(_node(rest, usual, meeting, NEVER if unknown == "unmet" else ALWAYS))
    return parts[0] if len(parts) == 1 else Branch(len(parts), tuple(parts))


def _node(requirement: Requirement, usual: Timing, meeting: Meeting, unknown: Node) -> Node:
    if isinstance(requirement, Need | Condition):
        keys = meeting(requirement)
        if keys is None:
            return unknown
        timing = (requirement.timing if isinstance(requirement, Need) else None) or usual
        return Leaf(keys, timing is Timing.BEFORE)
    parts = tuple(_node(part, usual, meeting, unknown) for part in requirement.of)
    match requirement:
        case AllOf():
            return Branch(len(parts), parts)
        case AtLeast():
            return Branch(requirement.count, parts)
        case AnyOf():
            return Branch(1, parts)


def leaves(node: Node) -> Iterator[Leaf]:
    """Give the leaves of a tree, from left to right."""
    if isinstance(node, Leaf):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


def settled(node: Node, *, done: Collection[str], possible: Collection[str] | None = None) -> Node:
    """Give what a tree still asks for when some keys are done and no others than some are possible.

    Examples
    --------
    >>> tree = Branch(2, (Leaf(("A",), True), Leaf(("B",), True), Leaf(("C", "D"), True)))
    >>> settled(tree, done={"A"}, possible={"C"})
    Leaf(keys=('C',), before=True)
    """
    if isinstance(node, Leaf):
        if any(key in done for key in node.keys):
            return ALWAYS
        keys = node.keys if possible is None else tuple(key for key in node.keys if key in possible)
        return Leaf(keys, node.before) if keys else NEVER
    parts = [settled(part, done=done, possible=possible) for part in node.parts]
    count = node.count - sum(part == ALWAYS for part in parts)
    left = tuple(part for part in parts if part not in {ALWAYS, NEVER})
    if count <= 0:
        return ALWAYS
    if count > len(left):
        return NEVER
    return left[0] if len(left) == 1 else Branch(count, left)
