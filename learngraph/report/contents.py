"""What a report says, as values: numbers, findings by cause, what is out of reach, and what a plan would send."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from learngraph.analysis.measuring.classic import Metrics
from learngraph.analysis.touched import impact
from learngraph.codes import Severity
from learngraph.findings import Finding, Findings, Place, RolledUp
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import Attainability
from learngraph.model.learning import Course
from learngraph.model.wording import listed
from learngraph.publish.publish_plan import PublishPlan
from learngraph.publish.review_lines import Line, as_lines
from learngraph.report.texts import shown

_CAUSES = 200  # of one code
_EXPLAINED = 200  # learnings out of reach: to explain one takes a while
_LINES = 2_000  # of a plan
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of the overview and what it counts; `grave` where it should be looked at."""

    value: str
    words: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One cause: where it was seen first, whom it is about, what is wrong, what would mend it, and how often."""

    place: str
    subject: str
    message: str
    hint: str
    count: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one code: the first causes, and how many there are beside them."""

    severity: str
    code: str
    summary: str
    rows: tuple[CauseRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """A learning that can never be taken, and why in words, where it was looked into."""

    key: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What a plan would send, to which org, and what that touches."""

    org: str
    production: bool
    counts: str
    touches: str
    lines: tuple[Line, ...]
    more: int


def facts_of(graph: LearningGraph, findings: Findings, measured: Metrics, reach: Attainability) -> Iterator[Fact]:
    """Give the headline numbers.

    Examples
    --------
    >>> import learngraph as lg
    >>> graph = lg.LearningGraph([lg.Course(key="A")])
    >>> [fact.words for fact in facts_of(graph, lg.Findings(), lg.metrics(graph), lg.attainability(graph))][:3]
    ['course', 'requirements', 'errors']
    """
    courses = sum(isinstance(learning, Course) for learning in graph)
    yield _counted(courses, "course")
    if courses < len(graph):
        yield _counted(len(graph) - courses, "program")
    yield _counted(len(graph.index.references), "requirement")
    yield _counted(len(findings.errors), "error", grave=True)
    yield _counted(len(findings.warnings), "warning")
    yield _counted(len(findings.infos), "info")
    lost = len(graph.findings)
    yield Fact(f"{lost:,}", "found while reading")
    yield _counted(len(reach.unattainable), "learning", " out of reach", grave=True)
    yield _counted(max((term for term in reach.terms.values() if term), default=0), "term", " at the least")
    yield Fact(_short(measured.totals.complexity), "complexity in all")


def _counted(count: int, noun: str, rest: str = "", *, grave: bool = False) -> Fact:
    return Fact(f"{count:,}", f"{noun}{'' if count == 1 else 's'}{rest}", grave=grave and count > 0)


def _short(value: float) -> str:
    return f"{value:,}" if abs(value) < 1e15 else f"{float(min(value, 1e308)):.3g}"  # noqa: PLR2004 - what fits a tile


def finding_groups(findings: Findings) -> tuple[FindingGroup, ...]:
    """Give findings by code and cause."""
    return tuple(map(_group, findings.rolled_up()))


def _group(rolled: RolledUp) -> FindingGroup:
    rows = tuple(_cause(cause.first, cause.times) for cause in rolled.causes[:_CAUSES])
    return FindingGroup(
        rolled.severity.value, rolled.code.value, rolled.summary, rows, max(0, len(rolled.causes) - _CAUSES)
    )


def _cause(first: Finding, times: int) -> CauseRow:
    return CauseRow(
        shown(str(_without_folders(first.place))),
        shown(first.subject),
        shown(first.message, 1_000),
        shown(first.hint, 1_000),
        f"{times:,}",
    )


def _without_folders(place: Place) -> Place:
    """Give a place without the folders of its file: a report leaves the machine on which it was written."""
    return replace(place, file=PurePath(place.file).name)


def worst(findings: Findings, *, chosen: bool = False) -> str:
    """Say in a sentence how grave what was found is; of chosen findings, that they are that.

    Examples
    --------
    >>> worst(Findings()), worst(Findings(), chosen=True)
    ('Nothing is wrong.', 'Nothing is wrong among the findings chosen for this report.')
    """
    grave = {one.severity for one in findings}
    if Severity.ERROR in grave:
        return "There are errors: nothing should be published before they are mended."
    found = "There are no errors" if grave else "Nothing is wrong"
    return f"{found} among the findings chosen for this report." if chosen else f"{found}."


def out_of_reach(graph: LearningGraph, reach: Attainability) -> tuple[OutOfReach, ...]:
    """Give what can never be taken; the first of them with the reason."""
    return tuple(
        OutOfReach(
            shown(key), shown(graph[key].name or ""), shown(str(reach.why(key)), 2_000) if place < _EXPLAINED else ""
        )
        for place, key in enumerate(reach.unattainable)
    )


def plan_part(plan: PublishPlan, graph: LearningGraph) -> PlanPart:
    """Give what a plan would send, in the words of its review, and what it touches."""
    every = sum(len(step.items) for step in plan.steps)
    lines = tuple(as_lines(plan, most_new=every))[1:-1]  # the org and the numbers stand by themselves
    return PlanPart(
        shown(f"{plan.org.name} ({plan.org.id})"),
        not plan.org.sandbox,
        plan.counts,
        _touches(plan, graph),
        lines[:_LINES],
        max(0, len(lines) - _LINES),
    )


def _touches(plan: PublishPlan, graph: LearningGraph) -> str:
    found = impact(graph, keys=[item.key for _, item in plan.items if item.key in graph])
    if not found.touches and not found.downstream:
        return ""
    programs = _counted(len(found.programs), "program")
    courses = _counted(len(found.downstream), "course", " downstream")
    named = f": {listed(map(shown, found.programs), most=_NAMED)}" if found.programs else ""
    return f"Touches {programs.value} {programs.words}, {courses.value} {courses.words}{named}."
