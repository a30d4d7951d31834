"""Whether a program grants what it promises, and grants it before it asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from learngraph.analysis.programs.courses import curriculum
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.logic.holding import holds
from learngraph.logic.meeting import keys_meeting
from learngraph.logic.pruning import prune
from learngraph.markup import Brief, Table, Tabular
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, Timing
from learngraph.model.requirement import Condition, Need, Requirement, needs


@dataclass(frozen=True, slots=True, repr=False)
class OutOfOrder(Brief):
    """An achievement that a course requires and that is not there in time.

    `term` is the one in which the course is taken, None where it never is. `granted_by` is the course of
    the curriculum that grants it first, None where none does, and `granted_in` its term.
    """

    achievement: str
    required_by: str
    term: int | None
    granted_by: str | None
    granted_in: int | None


@dataclass(frozen=True, slots=True, repr=False)
class OutcomesOutOfOrder(Tabular):
    """The achievements of a program that are required before they are granted, in graph order of the courses."""

    program: str
    out_of_order: tuple[OutOfOrder, ...]

    @property
    def table(self) -> Table:
        """A row for each achievement and course that requires it."""
        rows = [
            (one.achievement, one.required_by, one.term, one.granted_by, one.granted_in) for one in self.out_of_order
        ]
        return Table(("achievement", "required by", "in term", "granted by", "granted in"), rows)

    def __repr__(self) -> str:
        achievements = len({one.achievement for one in self.out_of_order})
        return f"<OutcomesOutOfOrder: {achievements} achievements, {len(self.out_of_order)} times>"


def ungranted_outcomes(graph: LearningGraph, *, program: str, plan: str | None = None) -> tuple[str, ...]:
    """Find the outcomes of a program that no course of its curriculum grants, in the order written.

    `program` and `plan` are those of `curriculum`, and so are the errors.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> from learngraph.model.learning import Program
    >>> from learngraph.model.program_plan import ProgramPlan
    >>> graph = LearningGraph([Course(key="A", outcomes=["badge"]), Program(key="BS", outcomes=["badge", "medal"])],
    ...                       program_plans=[ProgramPlan(key="bs", program="BS", requirements=[{"needs": "A"}])])
    >>> ungranted_outcomes(graph, program="BS")
    ('medal',)
    """
    inside = curriculum(graph, program=program, plan=plan)
    promised = dict.fromkeys(graph.index.resolve(outcome.achievement) for outcome in graph[program].outcomes)
    return tuple(key for key in promised if not any(one in inside for one in graph.index.grantors[key]))


def outcomes_out_of_order(graph: LearningGraph, *, program: str, plan: str | None = None) -> OutcomesOutOfOrder:
    """Find the achievements that a course of a curriculum requires before any course of it grants them.

    The terms are those of the first degree plan of the program; without one, the earliest terms that
    `attainability` finds for the curriculum. An achievement that must be there before is too late in the
    same term. One that stands in an any-of beside something that is there in time is not required, and what a
    degree plan does not place requires only that some course of the curriculum grants it.
    `program` and `plan` are those of `curriculum`, and so are the errors.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> from learngraph.model.learning import Program
    >>> from learngraph.model.program_plan import ProgramPlan
    >>> graph = LearningGraph([Course(key="A", prerequisites=["badge"]), Course(key="B", prerequisites=["A"],
    ...     outcomes=["badge"]), Program(key="BS")], program_plans=[
    ...     ProgramPlan(key="bs", program="BS", requirements=[{"needs": {"all": ["A", "B"]}}])])
    >>> outcomes_out_of_order(graph, program="BS").table.rows
    [('badge', 'A', None, 'B', None)]
    """
    inside = curriculum(graph, program=program, plan=plan)
    timetable = _Timetable(graph, inside)
    found = [one for learning in inside for one in timetable.too_late(learning)]
    return OutcomesOutOfOrder(program, tuple(dict.fromkeys(found)))


class _Timetable:
    """When the courses of a curriculum are taken, and what is there by then."""

    def __init__(self, graph: LearningGraph, inside: LearningGraph) -> None:
        self._graph = graph
        self._inside = inside
        self._planned = bool(inside.degree_plans)
        self._terms: Mapping[str, int | None] = _placed(graph, inside) if self._planned else attainability(inside).terms

    def too_late(self, learning: Learning) -> Iterator[OutOfOrder]:
        """Give the achievements that a course requires and that are not there in time."""
        term = self._terms.get(learning.key)
        for relation in BINDING:
            usual = self._graph.options.timing_of(relation)
            for requirement in learning.requirements(relation):
                tree, _ = prune(requirement, lambda leaf: isinstance(leaf, Condition))
                if tree is None or self._holds(tree, term, usual):
                    continue
                for need in needs((tree,)):
                    if self._is_achievement(need) and not self._holds(need, term, usual):
                        first = self._first(need)
                        granted_in = None if first is None else self._terms.get(first)
                        key = self._graph.index.resolve(need.key)
                        yield OutOfOrder(key, learning.key, term, first, granted_in)

    def _is_achievement(self, need: Need) -> bool:
        key = self._graph.index.resolve(need.key)
        return key not in self._graph and (key in self._graph.achievements or key in self._graph.index.grantors)

    def _holds(self, tree: Requirement, term: int | None, usual: Timing) -> bool:
        def met(leaf: Need | Condition) -> bool:
            before = isinstance(leaf, Need) and (leaf.timing or usual) is Timing.BEFORE
            return isinstance(leaf, Condition) or self._in_time(leaf, term, before=before)

        return holds(tree, met)

    def _in_time(self, need: Need, term: int | None, *, before: bool) -> bool:
        taken = [key for key in keys_meeting(self._graph, need.key) if key in self._inside]
        if term is None and self._planned:
            return bool(taken)
        terms = [found for key in taken if (found := self._terms.get(key)) is not None]
        if term is None:
            return bool(terms)
        return any(found < term if before else found <= term for found in terms)

    def _first(self, need: Need) -> str | None:
        granting = [key for key in keys_meeting(self._graph, need.key) if key in self._inside]
        return min(granting, key=lambda key: self._terms.get(key) or float("inf"), default=None)


def _placed(graph: LearningGraph, inside: LearningGraph) -> dict[str, int | None]:
    terms: dict[str, int | None] = {}
    for number, keys in enumerate(inside.degree_plans[0].terms, start=1):
        for key in keys:
            terms.setdefault(graph.index.resolve(key), number)
    return terms
