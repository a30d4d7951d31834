"""What is wrong with a degree plan: the order of its terms, what stands in them twice, and what is not there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from learngraph.analysis.degree_plans.terms import degree_plan_of, terms_of
from learngraph.codes import Code, Severity
from learngraph.findings import Finding, Findings
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.holding import conjuncts, holds
from learngraph.logic.meeting import keys_meeting
from learngraph.logic.pruning import prune
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.learning import Course, Learning, Program
from learngraph.model.relation import Relation, Timing
from learngraph.model.requirement import Condition, Need, Requirement
from learngraph.model.wording import listed

_SHOWN = 4
_WHEN = {Timing.BEFORE: "before it", Timing.BEFORE_OR_WITH: "before it or with it", Timing.WITH: "with it"}


def plan_faults(graph: LearningGraph, *, plan: str | DegreePlan, complete: bool = False) -> Findings:
    """Say what is wrong with a degree plan.

    A learning that stands in a term must find its prerequisites and corequisites in time, each need by its
    own timing (LG219); any alternative that is in time meets an any-of, and equivalents count. What is
    required and stands in no term at all, with all that could stand in for it, is a warning of the same
    code: learners may bring it along. Conditions, references to what is not in the graph and achievements
    that nothing grants are neutral, as in `attainability`, and so are programs. Recommendations and grades
    do not count. What stands in several terms is a fault (LG220), and counts where it stands last. A key in
    a term that the graph does not have is one, too (LG218).

    Courses of a circle that can be taken together must be; any other circle cannot be in order.

    Parameters
    ----------
    plan
        A degree plan, or the key of one of the graph's.
    complete
        Whether each course of the graph must stand in some term (LG221).

    Raises
    ------
    UnknownPlanError
        where the graph has no such plan.

    Examples
    --------
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])])
    >>> for finding in plan_faults(graph, plan=DegreePlan(key="plan", terms=[["A", "B"]])):
    ...     print(finding.message)
    B in term 1 requires A before it (in term 1)
    """
    chosen = degree_plan_of(graph, plan)
    missing = _absent(graph, chosen) if complete else ()
    return Findings((*_unknown(graph, chosen), *misplaced(graph, chosen), *missing))


def misplaced(graph: LearningGraph, plan: DegreePlan) -> Iterator[Finding]:
    """Give what stands in a plan twice, and what is required and not in time; see `plan_faults`."""
    places: dict[str, list[int]] = {}
    for number, term in enumerate(plan.terms, start=1):
        for key in map(graph.index.resolve, term):
            places.setdefault(key, []).append(number)
    for key, numbers in places.items():
        if len(numbers) > 1 and key in graph:
            terms = " and ".join(map(str, dict.fromkeys(numbers)))
            message = f"lists {key} {len(numbers)} times (in term {terms})"
            hint = "keep it in one term"
            yield Finding(Code.TWICE_IN_PLAN, message, keys=(plan.key, key), cause=key, hint=hint)
    yield from _Timetable(graph, plan).faults()


def _unknown(graph: LearningGraph, plan: DegreePlan) -> Iterator[Finding]:
    for key in dict.fromkeys(key for term in plan.terms for key in term):
        if graph.index.is_missing(key):
            message = f"its course {key} is not in the catalogue"
            hint = "mend the key, or take it out"
            yield Finding(Code.UNKNOWN_ELSEWHERE, message, keys=(plan.key, key), cause=key, hint=hint)


def _absent(graph: LearningGraph, plan: DegreePlan) -> Iterator[Finding]:
    terms = terms_of(graph, plan)
    for learning in graph:
        if isinstance(learning, Course) and learning.key not in terms:
            keys, hint = (plan.key, learning.key), "put it into a term"
            yield Finding(Code.NOT_IN_PLAN, f"has {learning.key} in no term", keys=keys, cause=learning.key, hint=hint)


@dataclass(frozen=True, slots=True)
class _Missed:
    """A requirement that is not met in time: whose, the needs in it, and whether any stands in a term."""

    learning: str
    alternatives: bool
    needs: Sequence[Need]
    usual: Timing


class _Timetable:
    """The terms of a plan, asked for what meets a need in time."""

    def __init__(self, graph: LearningGraph, plan: DegreePlan) -> None:
        self._graph = graph
        self._plan = plan
        self._terms = terms_of(graph, plan)
        self._when = cache(self._terms_of_need)

    def faults(self) -> Iterator[Finding]:
        for key in self._terms:
            for missed in self._missed(self._graph[key]):
                yield self._finding(missed)

    def _missed(self, learning: Learning) -> Iterator[_Missed]:
        for relation in (Relation.PREREQUISITE, Relation.COREQUISITE):
            usual = self._graph.options.timing_of(relation)
            for requirement in learning.requirements(relation):
                rest, _ = prune(requirement, self._is_neutral)
                for part in conjuncts(rest) if rest else ():
                    if not self._is_met(part, usual, self._terms[learning.key]):
                        asked = [leaf for leaf in part.leaves if isinstance(leaf, Need)]
                        yield _Missed(learning.key, not isinstance(part, Need), asked, usual)

    def _is_neutral(self, leaf: Need | Condition) -> bool:
        return isinstance(leaf, Condition) or self._when(leaf.key) is None

    def _terms_of_need(self, key: str) -> frozenset[int] | None:
        """Give the terms in which a need of a key is met; None where it is neutral."""
        keys = keys_meeting(self._graph, key)
        if not keys:
            return None
        found = frozenset(self._terms[each] for each in keys if each in self._terms)
        known = self._graph.index.resolve(key)
        is_program = known in self._graph and isinstance(self._graph[known], Program)
        return None if is_program and not found else found

    def _is_met(self, requirement: Requirement, usual: Timing, term: int) -> bool:
        def in_time(leaf: Need | Condition) -> bool:
            need = leaf if isinstance(leaf, Need) else None
            return need is None or any(_suits(need.timing or usual, when, term) for when in self._when(need.key) or ())

        return holds(requirement, in_time)

    def _finding(self, missed: _Missed) -> Finding:
        told = listed((self._told(need, missed.usual) for need in missed.needs), most=_SHOWN)
        what = "finds too few alternatives in time: " if missed.alternatives else "requires "
        needed = dict.fromkeys(self._graph.index.resolve(need.key) for need in missed.needs)
        planned = any(self._when(need.key) for need in missed.needs)
        return Finding(
            Code.PLAN_OUT_OF_ORDER,
            f"{missed.learning} in term {self._terms[missed.learning]} {what}{told}",
            keys=tuple(dict.fromkeys((self._plan.key, missed.learning, *needed))),
            hint="move one of them to another term"
            if planned
            else "put it into a term, unless learners bring it along",
            severity=None if planned else Severity.WARNING,
        )

    def _told(self, need: Need, usual: Timing) -> str:
        terms = sorted(self._when(need.key) or ())
        place = f"in term {' and '.join(map(str, terms))}" if terms else "in no term"
        return f"{need.key} {_WHEN[need.timing or usual]} ({place})"


def _suits(timing: Timing, when: int, term: int) -> bool:
    if timing is Timing.BEFORE:
        return when < term
    return when == term or (timing is Timing.BEFORE_OR_WITH and when < term)
