"""Requirements as trees of what meets them: quick to ask again and again.

A leaf holds the learnings any of which meets a need, its equivalents and what grants an achievement among
them; a branch asks for a number of its parts.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias, get_args

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.conditions import conditions_as_needs
from learngraph.logic.holding import conjuncts
from learngraph.logic.meeting import keys_meeting
from learngraph.logic.pruning import prune
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, Relation, Timing
from learngraph.model.requirement import AnyOf, Condition, Need, Requirement, needed_of
from learngraph.model.value import InvalidValueError, short

Reading: TypeAlias = Literal["neutral", "met", "unmet"]

#: the keys any of which meets a need for a key; none for what is unknown
Meeting: TypeAlias = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Learnings any of which meets a need, and when; `needs` are the needs as written, several where joined.

    Of the keys those that are named come first, as they are written, and then what counts as one or grants it.
    """

    keys: tuple[str, ...]
    timing: Timing
    needs: tuple[Need, ...] = ()

    @property
    def before(self) -> bool:
        """Whether it must be met in an earlier term."""
        return self.timing is Timing.BEFORE


@dataclass(frozen=True, slots=True)
class Branch:
    """So many of the parts."""

    count: int
    parts: tuple["Node", ...]


Node: TypeAlias = Leaf | Branch
ALWAYS, NEVER = Branch(0, ()), Branch(1, ())


def leaves(node: Node) -> Iterator[Leaf]:
    """Give the leaves of a tree, from left to right."""
    if isinstance(node, Leaf):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


def all_of(parts: tuple[Node, ...]) -> Node:
    """Give one tree that asks for all of several."""
    return parts[0] if len(parts) == 1 else Branch(len(parts), parts)


def settled(node: Node, *, done: Collection[str], possible: Collection[str] | None = None) -> Node:
    """Give what a tree still asks for when some keys are done and no others than some are possible.

    Examples
    --------
    >>> tree = Branch(2, (Leaf(("A",), Timing.BEFORE), Leaf(("B", "C"), Timing.WITH), Leaf(("D",), Timing.WITH)))
    >>> settled(tree, done={"A"}, possible={"C"}).keys
    ('C',)
    """
    if isinstance(node, Leaf):
        if any(key in done for key in node.keys):
            return ALWAYS
        keys = node.keys if possible is None else tuple(key for key in node.keys if key in possible)
        return Leaf(keys, node.timing) if keys else NEVER
    parts = [settled(part, done=done, possible=possible) for part in node.parts]
    count = node.count - sum(part == ALWAYS for part in parts)
    left = tuple(part for part in parts if part not in {ALWAYS, NEVER})
    if count <= 0:
        return ALWAYS
    if count > len(left):
        return NEVER
    return left[0] if len(left) == 1 else Branch(count, left)


class Compiler:
    """Turns requirements into trees of keys, with one reading of what is unknown.

    Unknown are conditions, references to what is not in the graph, and achievements that nothing grants.
    "itself" takes each for a learning of its own that can always be taken.

    Parameters
    ----------
    meeting
        What meets a need; by default what `keys_meeting` says, equivalents and grantors among it.
    """

    def __init__(
        self, graph: LearningGraph, unknown: Reading | Literal["itself"], *, meeting: Meeting | None = None
    ) -> None:
        self._graph = graph
        self._unknown = unknown
        self._rule = meeting or partial(keys_meeting, graph)
        self._known: dict[str, tuple[str, ...] | None] = {}

    def parts(self, learning: Learning, *, relations: tuple[Relation, ...] = BINDING) -> tuple[Node, ...]:
        """Give a tree for each thing that must hold by itself, in the order of documents."""
        if not (learning.prerequisites or learning.corequisites):
            return ()
        return tuple(
            self.node(part, usual)
            for relation in relations
            for usual in (self._graph.options.timing_of(relation),)
            for requirement in learning.requirements(relation)
            if (rest := self._pruned(requirement)) is not None
            for part in conjuncts(rest)
        )

    def _pruned(self, requirement: Requirement) -> Requirement | None:
        """Give what the reading leaves of a requirement."""
        if self._unknown == "itself":
            return conditions_as_needs(requirement)
        if self._unknown == "neutral" and None in map(self._meeting, requirement.leaves):
            return prune(requirement, lambda leaf: self._meeting(leaf) is None)[0]
        return requirement

    def node(self, requirement: Requirement, usual: Timing) -> Node:
        """Give the tree of a requirement; `usual` is what a need means that states no timing."""
        if isinstance(requirement, Need | Condition):
            keys = self._meeting(requirement)
            if keys is None:
                return ALWAYS if self._unknown == "met" else NEVER
            if isinstance(requirement, Condition):
                raise AssertionError("conditions are met by no learning")  # noqa: TRY004 - a bug of ours
            return Leaf(keys, requirement.timing or usual, (requirement,))
        if isinstance(requirement, AnyOf) and self._unknown != "itself":
            return self._plain_any_of(requirement, usual) or _any_of(
                tuple(self.node(part, usual) for part in requirement.of)
            )
        parts = tuple(self.node(part, usual) for part in requirement.of)
        return Branch(needed_of(requirement), parts)

    def _plain_any_of(self, requirement: AnyOf, usual: Timing) -> Leaf | None:
        """Give the leaf that needs of one timing are, each met by nothing but what it names: the usual any-of."""
        needs = tuple(need for need in requirement.of if isinstance(need, Need))
        keys = tuple(found[0] for need in needs if (found := self._meeting(need)) and len(found) == 1)
        timings = {need.timing for need in needs}
        if len(keys) < len(requirement.of) or len(timings) > 1:
            return None
        return Leaf(tuple(dict.fromkeys(keys)), needs[0].timing or usual, needs)

    def keys(self, need: Need) -> tuple[str, ...]:
        """Give the learnings any of which meets a need; none for what is unknown."""
        return self._meeting(need) or ()

    def _meeting(self, leaf: Need | Condition) -> tuple[str, ...] | None:
        """Give the learnings any of which meets a leaf; None for what is unknown."""
        if isinstance(leaf, Condition):
            return None
        if leaf.key not in self._known:
            alone = (leaf.key,) if self._unknown == "itself" else ()
            self._known[leaf.key] = self._rule(leaf.key) or alone or None
        return self._known[leaf.key]


def refuse_other_readings(unknown: Reading) -> None:
    """Refuse what is no reading of the unknown.

    Raises
    ------
    InvalidValueError
        where it is none of the three.
    """
    if unknown not in get_args(Reading):
        fault = f"{short(unknown)} is none of {', '.join(get_args(Reading))}"
        raise InvalidValueError("reading", (("unknown", fault),))


def requirement_parts(graph: LearningGraph, unknown: Reading) -> dict[str, tuple[Node, ...]]:
    """Give for each learning, in graph order, a tree for each thing that must hold by itself.

    Raises
    ------
    InvalidValueError
        where `unknown` is none of the three readings.
    """
    refuse_other_readings(unknown)
    compiler = Compiler(graph, unknown)
    return {learning.key: compiler.parts(learning) for learning in graph}


def _any_of(parts: tuple[Node, ...]) -> Node:
    """Join alternatives of one timing into one leaf: most any-ofs are that, and a leaf is quick to test."""
    found = [part for part in parts if isinstance(part, Leaf)]
    if len(found) == len(parts) and len({leaf.timing for leaf in found}) == 1:
        needs = tuple([need for leaf in found for need in leaf.needs])
        keys = [key for leaf in found for key in leaf.keys]
        if len(keys) > len(needs):  # what is not named comes after all that is
            keys = [*(key for leaf in found for key in leaf.keys[: len(leaf.needs)]), *keys]
        return Leaf(tuple(dict.fromkeys(keys)), found[0].timing, needs)
    return Branch(1, parts)
