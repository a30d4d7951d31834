"""Requirements seen from inside a choice of learnings: what of them is in it, and what is hidden.

A need is inside when the learning is, or what counts as it, or what grants it. An all-of is inside when
each of its parts is, an any-of when one is, an at-least when as many are as it asks for. Conditions are
neither inside nor outside and decide nothing; they stay, but where they would help only together with
something outside.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.meeting import keys_meeting
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, REQUIREMENT_RELATIONS, Relation
from learngraph.model.requirement import MAX_DEPTH, AllOf, AnyOf, AtLeast, Condition, Need, Requirement, needed_of


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What a requirement asks for inside: trees that must all be met, and those of them that are hidden.

    `inside` is None for what holds nothing but conditions.
    """

    trees: tuple[Requirement, ...]
    inside: bool | None
    hidden: tuple[Requirement, ...] = ()


class Inside:
    """A choice of learnings of a graph, and what the requirements of the graph are for it."""

    def __init__(self, graph: LearningGraph, keys: Collection[str]) -> None:
        self._graph = graph
        self._keys = frozenset(keys)

    def learning(self, learning: Learning) -> Learning:
        """Give a learning whose requirements name what is inside where they can be met inside."""
        changed = {}
        for relation in REQUIREMENT_RELATIONS:
            written = learning.requirements(relation)
            trees = tuple(chain.from_iterable(self.trimmed(tree).trees for tree in written))
            if trees != written:
                changed[relation.field] = trees
        return learning.replaced(**changed) if changed else learning

    def hidden(self, learning: Learning) -> Iterator[tuple[Relation, Requirement]]:
        """Give what a learning requires and cannot be met inside, each part of an all-of by itself."""
        for relation in BINDING:
            for tree in learning.requirements(relation):
                for part in self.trimmed(tree).hidden:
                    yield relation, part

    def trimmed(self, requirement: Requirement) -> Trimmed:
        """Drop the alternatives outside wherever there are enough of them inside.

        Where there are not, an any-of stays as it is written, and of an at-least those inside are asked
        for and as many of the others as are lacking. A need for what is outside that an equivalent
        inside meets becomes a need for the equivalent.
        """
        return self._trimmed(requirement, roomy=requirement.depth < MAX_DEPTH)

    def _trimmed(self, requirement: Requirement, *, roomy: bool) -> Trimmed:
        match requirement:
            case Need():
                return self._need(requirement, roomy=roomy)
            case Condition():
                return Trimmed((requirement,), inside=None)
        parts = [self._trimmed(part, roomy=roomy) for part in requirement.of]
        if isinstance(requirement, AllOf):
            return _all_of(requirement, parts)
        return _at_least(requirement, parts)

    def _need(self, need: Need, *, roomy: bool) -> Trimmed:
        meeting = [key for key in keys_meeting(self._graph, need.key) if key in self._keys]
        if not meeting:
            return Trimmed((need,), inside=False, hidden=(need,))
        target = self._graph.index.resolve(need.key)
        if target in self._keys or target not in self._graph:
            return Trimmed((need,), inside=True)
        needs = [need.replaced(key=key) for key in meeting]
        return Trimmed((AnyOf(needs) if roomy and len(needs) > 1 else needs[0],), inside=True)


def _all_of(requirement: AllOf, parts: list[Trimmed]) -> Trimmed:
    trees = tuple(chain.from_iterable(part.trees for part in parts))
    states = {part.inside for part in parts}
    inside = None if states == {None} else False not in states
    hidden = tuple(chain.from_iterable(part.hidden for part in parts))
    return Trimmed((requirement if trees == requirement.of else AllOf(trees),), inside, hidden)


def _at_least(requirement: AnyOf | AtLeast, parts: list[Trimmed]) -> Trimmed:
    """Trim an at-least; an any-of is one that asks for one."""
    count = needed_of(requirement)
    inside = [part for part in parts if part.inside]
    outside = sum(part.inside is False for part in parts)
    if not inside and not outside:
        return Trimmed((requirement,), inside=None)
    if len(inside) >= min(count, len(inside) + outside):
        seen = (
            conditions_alone(written) if part.inside is False else part.trees[0]
            for written, part in zip(requirement.of, parts, strict=True)
        )
        kept = tuple(tree for tree in seen if tree is not None)
        return Trimmed((requirement if kept == requirement.of else _of(requirement, count, kept),), inside=True)
    if not inside:
        return Trimmed((requirement,), inside=False, hidden=(requirement,))
    others = tuple(written for written, part in zip(requirement.of, parts, strict=True) if not part.inside)
    rest = _of(requirement, count - len(inside), others)
    return Trimmed((*(part.trees[0] for part in inside), rest), inside=False, hidden=(rest,))


def conditions_alone(requirement: Requirement) -> Requirement | None:
    """Give what conditions alone can meet a requirement; None where they cannot.

    Examples
    --------
    >>> conditions_alone(AnyOf("X", Condition("consent"))), conditions_alone(AllOf("X", Condition("consent")))
    (Condition('consent'), None)
    """
    if isinstance(requirement, Need | Condition):
        return requirement if isinstance(requirement, Condition) else None
    parts = tuple(part for part in map(conditions_alone, requirement.of) if part is not None)
    if isinstance(requirement, AllOf):
        return AllOf(parts) if len(parts) == len(requirement.of) else None
    count = needed_of(requirement)
    return _of(requirement, count, parts) if len(parts) >= count else None


def _of(requirement: AnyOf | AtLeast, count: int, parts: tuple[Requirement, ...]) -> Requirement:
    if len(parts) == 1:
        return parts[0]
    return AtLeast(count, parts) if isinstance(requirement, AtLeast) else AnyOf(parts)
