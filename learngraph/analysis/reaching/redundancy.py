"""Requirements that say nothing new: whoever meets all others has met them.

A requirement is put to the test by looking for a learner who meets all others and not it. Before the term in
which the learning is taken, that learner takes whatever can be taken without what the requirement asks for;
in that term, what may be taken at the same time comes along. Where the learning is still out of reach, there
is no such learner. All requirements of a learning are tested at once, a bit each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.clauses import TooManyClausesError, clauses
from learngraph.logic.compiled import Branch, Compiler, Leaf, Node, leaves
from learngraph.logic.conditions import conditions_as_needs
from learngraph.logic.holding import conjuncts
from learngraph.logic.implication import need_implies
from learngraph.logic.scenarios import Parts, Scenarios, attained, needed_by, taken_together
from learngraph.markup import Brief, Table, Tabular
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, Relation, Timing
from learngraph.model.requirement import AllOf, Need, Requirement
from learngraph.model.wording import in_words


@dataclass(frozen=True, slots=True, repr=False)
class RedundantRequirement(Brief):
    """A requirement of a learning that its other requirements say already, or what those need in turn."""

    learning: str
    relation: Relation
    requirement: Requirement

    def __str__(self) -> str:
        return f"{self.learning}: its {self.relation.value} {in_words(self.requirement)} says nothing new"


@dataclass(frozen=True, slots=True, repr=False)
class RedundantRequirements(Tabular, Sequence[RedundantRequirement]):
    """Requirements each of which could be taken out by itself, in graph order."""

    found: tuple[RedundantRequirement, ...]

    @property
    def table(self) -> Table:
        """A row a requirement, in words."""
        rows = [(one.learning, one.relation.value, in_words(one.requirement)) for one in self.found]
        return Table(("learning", "relation", "requirement"), rows)

    @overload
    def __getitem__(self, index: int) -> RedundantRequirement: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[RedundantRequirement, ...]: ...
    def __getitem__(self, index: int | slice) -> RedundantRequirement | tuple[RedundantRequirement, ...]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __repr__(self) -> str:
        return f"<RedundantRequirements: {len(self.found)} of {len({one.learning for one in self.found})} learnings>"


def redundant_requirements(graph: LearningGraph) -> RedundantRequirements:
    """Find the requirements that say nothing new, with alternatives, grades and timings taken by their meaning.

    A requirement is what must hold by itself: a need, or an any-of or at-least as a whole; the parts of an
    all-of are requirements of their own. It is redundant where everybody who meets all other requirements of
    the catalogue has met it in the term in which the learning is first taken. Of two that say the same, both are
    named: each could go, but not both. Prerequisites and corequisites are looked at.

    A condition, or a reference to what is not in the graph, is met or not met as it is: it implies only its
    like. A requirement too large to be written as AND-of-ORs is not judged, and so is no requirement of a
    learning that can never be reached. A learning may be taken once more to keep a "with".

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", corequisites=["A"]),
    ...                        Course(key="C", prerequisites=["A", "B"])])
    >>> print(*redundant_requirements(graph))
    C: its prerequisite A says nothing new
    """
    world = _World(graph)
    return RedundantRequirements(
        tuple(
            RedundantRequirement(learning.key, *world.written[learning.key][place])
            for learning in graph
            for place in world.redundant(learning.key)
        )
    )


def irreducible(graph: LearningGraph) -> LearningGraph:
    """Give an equivalent curriculum without redundant requirements, as a new graph.

    Learnings are gone through in graph order, and of each the first redundant requirement is taken out until
    none is left, so what stays is what comes last: the nearest step of a chain and not a shortcut past it.
    Every schedule of first attempts that fits the one curriculum fits the other. See `redundant_requirements`.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]),
    ...                        Course(key="C", prerequisites=["A", "B"])])
    >>> irreducible(graph)["C"].prerequisites
    (Need('B'),)
    """
    world = _World(graph)
    reduced = graph.copy()
    for learning in graph:
        gone: list[tuple[Relation, Requirement]] = []
        while redundant := world.redundant(learning.key):
            gone.append(world.drop(learning.key, redundant[0]))
        if gone:
            reduced.replace(_without(learning, gone))
    return reduced


def _without(learning: Learning, gone: Iterable[tuple[Relation, Requirement]]) -> Learning:
    left: dict[Relation, list[Requirement]] = {relation: list(learning.requirements(relation)) for relation in BINDING}
    for relation, requirement in gone:
        place, parts = next(
            (place, parts)
            for place, whole in enumerate(left[relation])
            if requirement in (parts := list(conjuncts(whole)))
        )
        parts.remove(requirement)
        left[relation][place : place + 1] = [AllOf(parts)] if len(parts) > 1 else parts
    return learning.replaced(**{relation.field: tuple(kept) for relation, kept in left.items()})


class _World:
    """A catalogue as one set of trees, from which requirements can be taken out one after the other.

    A need that asks for a grade or a size is a learning of its own, which is completed with the one that it
    names, so that a scenario can have the one without the other.
    """

    def __init__(self, graph: LearningGraph) -> None:
        self._compiler = Compiler(graph, "itself")
        self._mark = _mark(graph)
        self._options = graph.options
        self._graded: dict[str, dict[str, Need]] = {}
        self.written = {learning.key: list(_written(learning)) for learning in graph}
        self._parts: dict[str, list[Node]] = {
            key: [self._tree(requirement, relation) for relation, requirement in written]
            for key, written in self.written.items()
        }
        for key, graded in self._graded.items():
            for name in graded:
                self._parts[name] = [Leaf((key,), Timing.WITH)]

    def drop(self, key: str, place: int) -> tuple[Relation, Requirement]:
        """Take a requirement out for good."""
        del self._parts[key][place]
        return self.written[key].pop(place)

    def redundant(self, key: str) -> list[int]:
        """Give the places of the requirements of a learning that could go, each by itself."""
        bits: dict[int, int] = {}
        scenarios: list[tuple[int, tuple[Need, ...]]] = []
        for place in self._suspects(key):
            for clause in self._clauses(*self.written[key][place]):
                bits[place] = bits.get(place, 0) | 1 << len(scenarios)
                scenarios.append((place, clause))
        if not bits:
            return []
        met = self._refuted(key, scenarios)
        if not met >> len(scenarios):
            return []  # it can never be taken, whatever is required
        return [place for place, mask in bits.items() if not met & mask]

    def _suspects(self, key: str) -> Iterator[int]:
        """Give the places of requirements that name the learning itself, or something that others lead to."""
        named = [{self._named(other) for leaf in leaves(tree) for other in leaf.keys} for tree in self._parts[key]]
        led = (
            [set(map(self._named, needed_by(self._parts, sorted(names)))) for names in named] if len(named) > 1 else []
        )
        for place, names in enumerate(named):
            others = (reach for rank, reach in enumerate(led) if rank != place)
            if key in names or any(not names.isdisjoint(reach) for reach in others):
                yield place

    def _clauses(self, relation: Relation, requirement: Requirement) -> Iterator[tuple[Need, ...]]:
        usual = self._options.timing_of(relation)
        try:
            found = clauses(conditions_as_needs(requirement), usual=usual)
        except TooManyClausesError:
            return
        for clause in found:
            yield tuple(need.replaced(timing=need.timing or usual) for need in clause)

    def _refuted(self, key: str, scenarios: Sequence[tuple[int, tuple[Need, ...]]]) -> int:
        """Give the scenarios in which the learning can be taken while a clause is not met; the last has no clause."""
        earlier: dict[str, int] = {}
        now: dict[str, int] = {}
        waived: dict[tuple[str, int], int] = {}
        for number, (place, clause) in enumerate(scenarios):
            bit = 1 << number
            waived[key, place] = waived.get((key, place), 0) | bit
            for need in clause:
                for other in self._completing(need):
                    if need.timing is not Timing.WITH:
                        earlier[other] = earlier.get(other, 0) | bit
                    if need.timing is not Timing.BEFORE:
                        now[other] = now.get(other, 0) | bit
        count = len(scenarios) + 1
        relevant: Parts = {other: self._parts.get(other, ()) for other in needed_by(self._parts, [key])}
        before = {other: trees for other, trees in relevant.items() if other != key}
        done = attained(before, Scenarios(count, closed=earlier))
        return taken_together(relevant, Scenarios(count, given=done, closed=now, waived=waived, strict=True))[key]

    def _completing(self, need: Need) -> Iterator[str]:
        """Give what must not be completed where a need is not to be met."""
        for key in self._compiler.keys(need):
            if need.minimum_grade is None and need.duration is None:
                yield key
            else:
                for name, graded in self._graded.get(key, {}).items():
                    if need_implies(graded, need.replaced(key=graded.key, timing=None)):
                        yield name

    def _tree(self, requirement: Requirement, relation: Relation) -> Node:
        tree = self._compiler.node(conditions_as_needs(requirement), self._options.timing_of(relation))
        return self._with_grades(tree)

    def _with_grades(self, node: Node) -> Node:
        if isinstance(node, Branch):
            return Branch(node.count, tuple(map(self._with_grades, node.parts)))
        (need,) = node.needs
        if need.minimum_grade is None and need.duration is None:
            return node
        return Leaf(tuple(self._name(key, need) for key in node.keys), node.timing, node.needs)

    def _named(self, key: str) -> str:
        return key.partition(self._mark)[0]

    def _name(self, key: str, need: Need) -> str:
        name = self._mark.join((key, str(need.minimum_grade), str(need.duration), str(need.duration_unit)))
        self._graded.setdefault(key, {})[name] = need.replaced(timing=None)
        return name


def _mark(graph: LearningGraph) -> str:
    """Give what no key holds: it parts a key from the grade that is asked of it."""
    keys = {*graph.index.known, *graph.index.to, *(key for learning in graph for key in learning.equivalents)}
    mark = "\0graded\0"
    while any(mark in key for key in keys):
        mark += "\0"
    return mark


def _written(learning: Learning) -> Iterator[tuple[Relation, Requirement]]:
    for relation in BINDING:
        for requirement in learning.requirements(relation):
            for part in conjuncts(requirement):
                yield relation, part
