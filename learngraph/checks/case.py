"""What rules look at: a graph, the dialect of the org, and what several rules would compute again."""

from collections.abc import Iterator
from functools import cached_property

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.clauses import TooManyClausesError, clauses
from learngraph.logic.conditions import conditions_as_needs
from learngraph.logic.implication import Clause
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, Relation
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Need, Requirement
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.lower import Lowerings


class Case:
    """One catalogue under check; nothing of it changes while rules look at it."""

    def __init__(self, graph: LearningGraph, dialect: Dialect) -> None:
        self.graph = graph
        self.dialect = dialect
        self.lowerings = Lowerings(graph, dialect)
        self._clauses: dict[str, tuple[Clause, ...]] = {}

    @cached_property
    def texts(self) -> list[tuple[Learning, str, str]]:
        """The names and descriptions that are stated, each with its learning and its field."""
        fields = ("name", "description")
        return [
            (learning, field, text) for learning in self.graph for field in fields if (text := getattr(learning, field))
        ]

    @cached_property
    def durations(self) -> list[tuple[Learning, str, float | None, str | None]]:
        """The durations that are stated, each with its learning, its field and its unit."""
        own = [
            (one, field, each.duration, each.duration_unit)
            for one in self.graph
            for field, each in (("duration", one), *(("outcomes", outcome) for outcome in one.outcomes))
        ]
        needed = [
            (self.graph[one.learning], one.relation.field, one.need.duration, one.need.duration_unit)
            for one in self.graph.index.references
        ]
        return [each for each in (*own, *needed) if each[2] is not None or each[3]]

    @cached_property
    def grades(self) -> list[tuple[Learning, str, float]]:
        """The minimum grades that are stated, each with its learning and its field."""
        needed = [
            (self.graph[one.learning], one.relation.field, grade)
            for one in self.graph.index.references
            if (grade := one.need.minimum_grade) is not None
        ]
        granted = [
            (one, "outcomes", grade)
            for one in self.graph
            for each in one.outcomes
            if (grade := each.minimum_grade) is not None
        ]
        return [*needed, *granted]

    def required(self, learning: Learning) -> tuple[Clause, ...]:
        """Give the clauses of prerequisites and corequisites; none where they are too many.

        Needs name keys of the graph and state their timing. Conditions are needs of their own, of keys
        that stand for nothing.
        """
        if learning.key not in self._clauses:
            self._clauses[learning.key] = tuple(
                clause
                for relation in BINDING
                if (trees := learning.requirements(relation))
                for clause in self._settled(trees, relation)
            )
        return self._clauses[learning.key]

    def parts(self, learning: Learning) -> list[tuple[Relation, Requirement]]:
        """Give each requirement that must hold by itself: what stands beside one another in an all-of."""
        return [
            (relation, part)
            for relation in BINDING
            for requirement in learning.requirements(relation)
            for part in _beside(requirement)
        ]

    def clauses_of(self, requirement: Requirement, relation: Relation) -> tuple[Clause, ...]:
        """Give the clauses of one requirement as `required` has them."""
        return tuple(self._settled((requirement,), relation))

    def _settled(self, trees: tuple[Requirement, ...], relation: Relation) -> list[Clause]:
        usual = self.graph.options.timing_of(relation)
        resolve = self.graph.index.resolve
        try:
            found = clauses(map(conditions_as_needs, trees), usual=usual)
        except TooManyClausesError:  # a rule of its own tells
            return []
        return [
            tuple(
                need
                if need.timing and resolve(need.key) == need.key
                else need.replaced(key=resolve(need.key), timing=need.timing or usual)
                for need in clause
            )
            for clause in found
        ]


def _beside(requirement: Requirement) -> Iterator[Requirement]:
    """Give the parts of an all-of; what asks for all of several in another way stays one, and so can be implied."""
    if isinstance(requirement, AllOf) or (isinstance(requirement, AnyOf | AtLeast) and len(requirement.of) == 1):
        for part in requirement.of:
            yield from _beside(part)
    else:
        yield requirement


def single_needs(clauses_: tuple[Clause, ...]) -> list[Need]:
    """Give the needs that nothing else can stand in for."""
    return [clause[0] for clause in clauses_ if len(clause) == 1]
