"""A program plan against what a learner has passed, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from learngraph.analysis.learners.progress_notes import Notes, unmet_parts
from learngraph.analysis.learners.standing import Standing
from learngraph.analysis.measuring.weights import total
from learngraph.analysis.programs.program_plans import NoProgramPlanError, named_in, program_plan_of
from learngraph.markup import Brief
from learngraph.model.learning import Program
from learngraph.model.program_plan import Credits, PlanRequirement, ProgramPlan
from learngraph.model.requirement import Need, Requirement, needs
from learngraph.model.value import short
from learngraph.model.wording import in_words

_MOST_CHOICES = 256


@dataclass(frozen=True, slots=True, repr=False)
class PlanLine(Brief):
    """A line of a plan: what of it is done, and what is missing.

    `done` are the keys that count for it, and `credits_done` their credits together, where 0 stands for what
    states none. `credits_asked` is None for a line that asks for learnings. `missing` are pairs of what is missing
    in words, and what was done towards it.
    """

    name: str
    group: str | None
    met: bool
    done: tuple[str, ...]
    credits_done: int | float
    credits_asked: int | float | None
    missing: tuple[tuple[str, tuple[str, ...]], ...]


def audit(standing: Standing, plan: ProgramPlan) -> tuple[tuple[PlanLine, ...], tuple[str, ...]]:
    """Read the lines of a plan with the best choice among what excludes one another, and say what does not count."""
    pairs = list(_exclusions(standing, plan))
    best: tuple[PlanLine, ...] | None = None
    dropped: frozenset[str] = frozenset()
    for choice in islice(_choices(pairs, frozenset()), _MOST_CHOICES):
        lines = tuple(_Audit(standing, choice).lines(plan))
        if best is None or _worth(lines) > _worth(best):
            best, dropped = lines, choice
    return best or (), tuple(key for key in standing.completed if key in dropped)


def _worth(lines: Sequence[PlanLine]) -> tuple[int, float]:
    return (sum(line.met for line in lines), sum(line.credits_done for line in lines))


def _exclusions(standing: Standing, plan: ProgramPlan) -> Iterator[tuple[str, str]]:
    """Give the pairs that exclude one another, of what was passed and could count for the plan."""
    graph = standing.graph
    named = {*named_in(graph, plan).courses, *(key for line in plan.requirements for key in line.keys)}
    counting = {way.key for key in named for way in standing.ways(key)}
    passed = [key for key in standing.completed if key in counting]
    excluded = {
        key: {graph.index.resolve(other) for other in graph[key].exclusions} if key in graph else set()
        for key in passed
    }
    for one, other in combinations(passed, 2):
        if other in excluded[one] or one in excluded[other]:
            yield one, other


def _choices(pairs: Sequence[tuple[str, str]], dropped: frozenset[str]) -> Iterator[frozenset[str]]:
    """Give sets without which no pair is left whole: first those that keep what was taken first."""
    pair = next((pair for pair in pairs if dropped.isdisjoint(pair)), None)
    if pair is None:
        yield dropped
    else:
        for key in reversed(pair):
            yield from _choices(pairs, dropped | {key})


class _Audit:
    """A plan read with one choice among what excludes one another."""

    def __init__(self, standing: Standing, without: frozenset[str]) -> None:
        self._standing = standing
        self._without = without
        self._notes = Notes(standing, self._met, same_term="is being taken")
        self._open: set[str] = set()  # programs whose plans are being read: a circle is never met

    def lines(self, plan: ProgramPlan) -> Iterator[PlanLine]:
        for number, line in enumerate(plan.requirements, start=1):
            yield self._line(line, line.name or f"line {number}")

    def _line(self, line: PlanRequirement, name: str) -> PlanLine:
        standing = self._standing
        if isinstance(line.needs, Credits):
            return self._credits(line.needs, line, name)
        parts = list(unmet_parts(standing, line.needs, self._met))
        told = tuple((in_words(part), self._notes.towards(tree)) for part, tree in parts)
        done = tuple(dict.fromkeys(self._counting(line.needs)))
        return PlanLine(name, line.group, not parts, done, self._sum(done), None, told)

    def _credits(self, wanted: Credits, line: PlanRequirement, name: str) -> PlanLine:
        standing = self._standing
        parts = [part for part in wanted.of if standing.holds(part, self._met)]
        done = tuple(dict.fromkeys(key for part in parts for key in self._counting(part)))
        count = self._sum(done)
        asked, met = total([wanted.credits]), count >= wanted.credits
        words = f"{short(asked)} credits of {', '.join(map(in_words, wanted.of))}"
        told = () if met else ((words, (f"{short(count)} of {short(asked)} credits are done",)),)
        return PlanLine(name, line.group, met, done, count, wanted.credits, told)

    def _met(self, need: Need) -> bool:
        if any(self._standing.meeting(need, before=True, without=self._without)):
            return True
        key = self._standing.graph.index.resolve(need.key)
        return key in self._standing.graph and self._is_met_by_plan(key)

    def _is_met_by_plan(self, key: str) -> bool:
        graph = self._standing.graph
        if not isinstance(graph[key], Program) or key in self._open:
            return False
        try:
            plan = program_plan_of(graph, key)
        except NoProgramPlanError:
            return False
        self._open.add(key)
        met = all(line.met for line in self.lines(plan))
        self._open.discard(key)
        return met

    def _counting(self, requirement: Requirement) -> Iterator[str]:
        """Give the learnings that meet the needs of a requirement."""
        for need in needs((requirement,)):
            yield from self._standing.meeting(need, before=True, without=self._without)

    def _sum(self, keys: Sequence[str]) -> int | float:
        return total(map(self._standing.credits, keys))
