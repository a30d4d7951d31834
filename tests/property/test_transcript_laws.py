"""What a learner can take and lacks, against oracles that try every set of learnings."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

import learngraph as lg
from learngraph import AllOf, AnyOf, AtLeast, LearningGraph, Need, Timing, Transcript
from learngraph.logic.compiled import Reading
from tests.property.strategies import requirements

_KEYS = "ABCDE"
_HOPE = 99  # of what is taken now, any grade can still be reached
_SCALE: dict[str, float | None] = {"A": 4, "B": 3, "C": 2, "F": 0, "P": None}


@st.composite
def catalogues(draw: st.DrawFn) -> LearningGraph:
    relations = st.lists(
        requirements(st.sampled_from([*_KEYS, "badge", "nowhere"]), durations=False, max_leaves=4), max_size=2
    )
    few = st.lists(st.sampled_from(_KEYS), max_size=1)
    outcomes = st.lists(st.builds(lg.Outcome, achievement=st.just("badge"), minimum_grade=st.none() | st.just(3)))
    learnings = [
        lg.Course(
            key=key,
            duration=draw(st.sampled_from((None, 1, 2, 3))),
            prerequisites=draw(relations),
            corequisites=draw(relations),
            equivalents=draw(few),
            exclusions=draw(few),
            outcomes=draw(outcomes.map(lambda found: found[:1])) if key in "AB" else (),
        )
        for key in _KEYS
    ]
    parts = st.lists(
        requirements(st.sampled_from([*_KEYS, "badge"]), durations=False, max_leaves=3), min_size=1, max_size=3
    )
    lines = st.one_of(parts.map(AllOf), parts.map(AnyOf), parts.map(lambda of: lg.Credits(credits=3, of=of)))
    plan = lg.ProgramPlan(
        key="plan", program="BS", requirements=[{"needs": needs} for needs in draw(st.lists(lines, max_size=3))]
    )
    timing = draw(st.sampled_from(("before", "before_or_with")))
    options = lg.Options(grades=_SCALE, corequisite_timing=timing)
    return LearningGraph([*learnings, lg.Program(key="BS")], options=options, program_plans=[plan])


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    record = st.builds(
        lg.Taken,
        key=st.sampled_from(_KEYS),
        grade=st.none() | st.sampled_from((*_SCALE, 2.5, 0)),
        term=st.none() | st.integers(1, 3),
        passed=st.sampled_from((None, None, True, False)),
        in_progress=st.sampled_from((False, False, False, True)),
    )
    return Transcript(draw(st.lists(record, max_size=5)), term=draw(st.sampled_from((None, 1, 2, 3))))


# ---- the oracle: a world is what was passed, with grades, and what is taken now, with grades or a hope


@dataclass(frozen=True)
class World:
    graph: LearningGraph
    unknown: str
    passed: tuple[tuple[str, float | None], ...]
    now: tuple[tuple[str, float | None], ...]

    def leaf(self, need: Any, timing: Timing) -> bool | None:
        """None for what vanishes."""
        if not isinstance(need, Need) or need.key == "nowhere":
            return self.reading
        wanted: list[tuple[str, float | None]] = []
        if need.key == "badge":
            for one in self.graph:
                wanted += [(one.key, outcome.minimum_grade) for outcome in one.outcomes]
            if not wanted:
                return self.reading
        else:
            wanted = [(key, None) for key in (need.key, *self.graph[need.key].equivalents)]
        everything = [*self.passed, *(() if timing is Timing.BEFORE else self.now)]
        return any(
            key == other
            and all(low is None or (-1 if grade is None else grade) >= low for low in (minimum, need.minimum_grade))
            for key, minimum in wanted
            for other, grade in everything
        )

    @property
    def reading(self) -> bool | None:
        return {"met": True, "unmet": False, "neutral": None}[self.unknown]

    def met(self, tree: Any, usual: Timing) -> bool | None:
        if isinstance(tree, Need | lg.Condition):
            return self.leaf(tree, getattr(tree, "timing", None) or usual)
        known = [found for part in tree.of if (found := self.met(part, usual)) is not None]
        if not known:
            return None
        count = len(tree.of) if isinstance(tree, AllOf) else tree.count if isinstance(tree, AtLeast) else 1
        return sum(known) >= min(count, len(known))

    def meets_all(self, learning: lg.Learning) -> bool:
        usual = self.graph.options.corequisite_timing
        return all(self.met(tree, Timing.BEFORE) is not False for tree in learning.prerequisites) and all(
            self.met(tree, usual) is not False for tree in learning.corequisites
        )


def world(graph: LearningGraph, transcript: Transcript, unknown: str) -> World:
    terms = [record.term or 0 for record in transcript.records]
    now = transcript.term or max(terms, default=0) + 1
    passed: list[tuple[str, float | None]] = []
    taking: list[tuple[str, float | None]] = []
    for record, term in zip(transcript.records, terms, strict=True):
        points = _SCALE[record.grade] if isinstance(record.grade, str) else record.grade
        good = record.passed if record.passed is not None else points != 0
        if term < now and good and not record.in_progress:
            passed.append((record.key, points))
        if term == now and (good or record.in_progress):
            taking.append((record.key, _HOPE if record.grade is None else points))
    return World(graph, unknown, tuple(passed), tuple(taking))


def subsets(keys: Any) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1))


def exclude(graph: LearningGraph, one: str, other: str) -> bool:
    return other in graph[one].exclusions or one in graph[other].exclusions


readings = st.sampled_from(("neutral", "met", "unmet"))


@given(catalogues(), transcripts(), readings)
def test_what_can_be_taken_is_the_union_of_all_sets_that_can(
    graph: LearningGraph, transcript: Transcript, unknown: Reading
) -> None:
    start = world(graph, transcript, unknown)
    done = {key for key, _ in start.passed}
    busy = {
        record.key
        for record in transcript.records
        if record.term == transcript.now or (record.in_progress and (record.term or 0) < transcript.now)
    }
    completed = {one.key for one in graph if one.key in done or done & set(one.equivalents)}
    barred = {one.key for one in graph if any(exclude(graph, one.key, key) for key in done)} - completed
    free = [one.key for one in graph if one.key not in completed | barred | busy]
    expected: set[str] = set()
    for taken in subsets(free):
        then = World(graph, unknown, start.passed, (*start.now, *((key, _HOPE) for key in taken)))
        if all(then.meets_all(graph[key]) for key in taken):
            expected |= set(taken)

    found = lg.can_take(graph, transcript=transcript, unknown=unknown)

    event(f"{len(expected)} offered")
    assert found.keys == tuple(one.key for one in graph if one.key in expected)
    assert set(found.excluded) == barred
    for opening in found.openings:
        assert set(opening.together) <= expected - {opening.key}


@given(catalogues(), transcripts(), readings, st.sampled_from(_KEYS))
def test_nothing_is_missing_where_the_transcript_meets_all(
    graph: LearningGraph, transcript: Transcript, unknown: Reading, key: str
) -> None:
    start = world(graph, transcript, unknown)
    done = {passed for passed, _ in start.passed}
    expected = bool(done & {key, *graph[key].equivalents}) or start.meets_all(graph[key])

    found = lg.missing(graph, transcript=transcript, key=key, unknown=unknown)

    event(f"met: {expected}")
    assert found.met is expected
    asked = {one.learning for one in found.requirements}
    for one in asked:
        path = found.path(one)
        assert (path[0], path[-1]) == (key, one)
        assert not start.meets_all(graph[one])


@given(catalogues(), transcripts(), readings)
def test_a_plan_is_met_where_some_choice_of_what_was_passed_meets_it(
    graph: LearningGraph, transcript: Transcript, unknown: Reading
) -> None:
    start = world(graph, transcript, unknown)
    (plan,) = graph.program_plans

    def line_met(line: lg.PlanRequirement, now: World) -> bool:
        if not isinstance(line.needs, lg.Credits):
            return now.met(before(line.needs), Timing.BEFORE) is not False
        keys: set[str] = set()
        for part in map(before, line.needs.of):
            if now.met(part, Timing.BEFORE):
                for leaf in part.leaves:
                    keys |= {
                        key
                        for key, grade in now.passed
                        if World(graph, "unmet", ((key, grade),), ()).leaf(leaf, Timing.BEFORE)
                    }
        return sum(graph[key].duration or 0 for key in keys) >= line.needs.credits

    expected = False
    for kept in subsets(sorted({key for key, _ in start.passed})):
        if not any(exclude(graph, *pair) for pair in combinations(kept, 2)):
            now = World(graph, unknown, tuple(pair for pair in start.passed if pair[0] in kept), ())
            expected |= all(line_met(line, now) for line in plan.requirements)

    found = lg.missing(graph, transcript=transcript, plan="BS", unknown=unknown)

    event(f"met: {expected}")
    assert found.met is expected
    assert found.met is not any(line.missing for line in found.lines)


def before(tree: Any) -> Any:
    """In a plan, only what was passed counts, whatever a need says."""
    if isinstance(tree, Need):
        return tree.replaced(timing=Timing.BEFORE)
    if isinstance(tree, lg.Condition):
        return tree
    parts = [before(part) for part in tree.of]
    return AtLeast(tree.count, parts) if isinstance(tree, AtLeast) else type(tree)(parts)
