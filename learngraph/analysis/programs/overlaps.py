"""What programs have in common, and what only one of them needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from learngraph.analysis.programs.hidden import hidden_from
from learngraph.analysis.programs.program_plans import named_in, planned_programs, program_plan_of
from learngraph.graph.learning_graph import LearningGraph, UnknownKeyError
from learngraph.markup import Table, Tabular
from learngraph.model.learning import Program


@dataclass(frozen=True, slots=True, repr=False)
class ProgramOverlap(Tabular):
    """The courses that the plan of each program names, in graph order, by the key of the program."""

    courses: Mapping[str, tuple[str, ...]]

    def shared(self, one: str, other: str) -> tuple[str, ...]:
        """Give the courses that the plans of two programs both name, in graph order.

        Raises
        ------
        UnknownKeyError
            where one of them is no program with a plan.
        """
        for key in (one, other):
            if key not in self.courses:
                raise UnknownKeyError(key)
        others = set(self.courses[other])
        return tuple(key for key in self.courses[one] if key in others)

    @property
    def pairs(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The shared courses of every two programs, none included."""
        return {pair: self.shared(*pair) for pair in combinations(self.courses, 2)}

    @property
    def table(self) -> Table:
        """A row for every two programs."""
        rows = [(one, other, len(keys), ", ".join(keys)) for (one, other), keys in self.pairs.items()]
        return Table(("program", "other", "shared", "courses"), rows)

    def __repr__(self) -> str:
        times: dict[str, int] = {}
        for keys in self.courses.values():
            for key in keys:
                times[key] = times.get(key, 0) + 1
        shared = sum(count > 1 for count in times.values())
        return f"<ProgramOverlap: {len(self.courses)} programs, {shared} shared courses>"


def program_overlap(graph: LearningGraph) -> ProgramOverlap:
    """Find the courses that programs share: those that the plans of both name.

    Each program counts that has a plan, with the plan that `curriculum` takes by default. Hidden
    prerequisites do not count.

    Examples
    --------
    >>> import learngraph as lg
    >>> overlap = program_overlap(lg.examples.university())
    >>> overlap.shared("BA ECON", "MS DATA")
    ('ECON 310',)
    """
    return ProgramOverlap({program: _courses(graph, program, hidden=False) for program in planned_programs(graph)})


def only_needed_by(graph: LearningGraph) -> dict[str, tuple[str, ...]]:
    """Find, for each program with a plan, the courses that no other program needs, in graph order.

    A program needs what its plan names, and its hidden prerequisites as `hidden_prerequisites` takes them.

    Examples
    --------
    >>> import learngraph as lg
    >>> only_needed_by(lg.examples.university())["MS DATA"][:3]
    ('DATA 501', 'DATA 510', 'DATA 520')
    """
    needed = {program: _courses(graph, program, hidden=True) for program in planned_programs(graph)}
    times: dict[str, int] = {}
    for keys in needed.values():
        for key in keys:
            times[key] = times.get(key, 0) + 1
    return {program: tuple(key for key in keys if times[key] == 1) for program, keys in needed.items()}


def _courses(graph: LearningGraph, program: str, *, hidden: bool) -> tuple[str, ...]:
    plan = program_plan_of(graph, program)
    named = named_in(graph, plan)
    more = hidden_from(graph, program, plan.key, named).courses if hidden else ()
    needed = named.courses.union(more)
    return tuple(one.key for one in graph if one.key in needed and not isinstance(one, Program))
