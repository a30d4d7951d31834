"""Which plan a program has, and what the plan names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from learngraph.errors import LearnGraphError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.meeting import keys_meeting
from learngraph.model.learning import Program
from learngraph.model.program_plan import ProgramPlan
from learngraph.model.value import short
from learngraph.model.wording import listed

_NAMED = 10  # plans in a message


class NoProgramPlanError(LearnGraphError, LookupError):
    """A learning that has no program plan, or none of the name that was asked for.

    Attributes
    ----------
    key
        The learning.
    fault
        Why there is no plan, in words.
    plans
        The keys of the plans that there are: of the program, or of all programs where it has none.
    """

    def __init__(self, key: str, fault: str, plans: tuple[str, ...]) -> None:
        super().__init__(key, fault, plans)
        self.key = key
        self.fault = fault
        self.plans = plans

    def __str__(self) -> str:
        there = f"the plans that there are: {listed(map(short, self.plans), most=_NAMED)}"
        return f"{short(self.key)} {self.fault} ({there if self.plans else 'there are no plans'})"


def program_plan_of(graph: LearningGraph, program: str, plan: str | None = None) -> ProgramPlan:
    """Give the plan of a program that has a key, or that of the highest version.

    Of several of one version the one with the latest `active_from` is taken, then the one that is written
    last. A plan that states no version, or no day, comes before all that do.

    Raises
    ------
    UnknownKeyError
        where there is no such learning.
    NoProgramPlanError
        where it is a course, has no plan, or has none with the key.

    Examples
    --------
    >>> graph = LearningGraph([Program(key="BS")], program_plans=[
    ...     ProgramPlan(key="new", program="BS", version=2), ProgramPlan(key="old", program="BS", version=1)])
    >>> program_plan_of(graph, "BS").key, program_plan_of(graph, "BS", "old").key
    ('new', 'old')
    """
    if not isinstance(graph[program], Program):
        raise NoProgramPlanError(program, "is a course and no program", _keys(graph.program_plans))
    own = [one for one in graph.program_plans if graph.index.resolve(one.program) == program]
    if not own:
        raise NoProgramPlanError(program, "has no program plan", _keys(graph.program_plans))
    named = [one for one in own if plan in {None, one.key}]
    if not named:
        raise NoProgramPlanError(program, f"has no plan {short(plan)}", _keys(own))
    return max(reversed(named), key=_age)


def _keys(plans: Iterable[ProgramPlan]) -> tuple[str, ...]:
    return tuple(plan.key for plan in plans)


def _age(plan: ProgramPlan) -> tuple[float, date]:
    return (float("-inf") if plan.version is None else plan.version, plan.active_from or date.min)


def planned_programs(graph: LearningGraph) -> Iterator[str]:
    """Give the keys of the programs that have a plan, in graph order."""
    planned = {graph.index.resolve(plan.program) for plan in graph.program_plans}
    yield from (learning.key for learning in graph if isinstance(learning, Program) and learning.key in planned)


@dataclass(frozen=True, slots=True)
class Named:
    """What a plan names: courses, and the programs whose plans were followed, the first itself."""

    courses: frozenset[str]
    programs: frozenset[str]


def named_in(graph: LearningGraph, plan: ProgramPlan) -> Named:
    """Find all courses that a plan names, however deep, and those of the programs that it names.

    An achievement stands for the learnings that grant it. A program without a plan names nothing.
    """
    courses: set[str] = set()
    programs = {graph.index.resolve(plan.program)}
    queue = [plan]
    while queue:
        for key in _learnings_of(graph, queue.pop()):
            if not isinstance(graph[key], Program):
                courses.add(key)
            elif key not in programs:
                programs.add(key)
                queue.extend(_plans_of(graph, key))
    return Named(frozenset(courses), frozenset(programs))


def _learnings_of(graph: LearningGraph, plan: ProgramPlan) -> Iterator[str]:
    for line in plan.requirements:
        for written in line.keys:
            key = graph.index.resolve(written)
            yield from (key,) if key in graph else keys_meeting(graph, key)


def _plans_of(graph: LearningGraph, program: str) -> Iterator[ProgramPlan]:
    try:
        yield program_plan_of(graph, program)
    except NoProgramPlanError:
        return


def find_plan(graph: LearningGraph, key: str) -> ProgramPlan:
    """Give the plan that has a key, or else the plan of the program that has it.

    Raises
    ------
    NoProgramPlanError
        where there is neither.
    """
    named = [one for one in graph.program_plans if one.key == key]
    if named:
        return max(reversed(named), key=_age)
    if key in graph:
        return program_plan_of(graph, key)
    raise NoProgramPlanError(key, "is neither a program nor a program plan", _keys(graph.program_plans))
