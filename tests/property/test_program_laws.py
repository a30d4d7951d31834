"""What a curriculum asks for, against every set of courses that could be taken."""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

import learngraph as lg
from learngraph import AllOf, AtLeast, LearningGraph, Need
from learngraph.analysis.programs.inside import Inside
from tests.property.strategies import requirements

_INSIDE, _OUTSIDE = "ABC", "XYZ"
trees = requirements(
    st.sampled_from((*_INSIDE, *_OUTSIDE)), durations=False, with_grades=False, with_timings=False, max_leaves=6
)


def subsets(keys: Any) -> Iterator[frozenset[str]]:
    return map(frozenset, chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1)))


def met(tree: Any, taken: frozenset[str], same: dict[str, str], *, conditions: bool) -> bool:
    if isinstance(tree, Need):
        return tree.key in taken or same.get(tree.key) in taken
    if isinstance(tree, lg.Condition):
        return conditions
    count = len(tree.of) if isinstance(tree, AllOf) else tree.count if isinstance(tree, AtLeast) else 1
    return sum(met(part, taken, same, conditions=conditions) for part in tree.of) >= count


@given(
    trees, st.dictionaries(st.sampled_from(_OUTSIDE), st.sampled_from((*_INSIDE, *_OUTSIDE)), max_size=2), st.booleans()
)
def test_a_trimmed_requirement_asks_for_what_can_be_had_inside(
    tree: lg.Requirement,
    same: dict[str, str],
    conditions: bool,  # noqa: FBT001 - drawn
) -> None:
    learnings = [lg.Course(key=key, equivalents=[same[key]] if key in same else []) for key in (*_INSIDE, *_OUTSIDE)]

    found = Inside(LearningGraph(learnings), _INSIDE).trimmed(tree)

    event(f"inside: {found.inside}")
    assert bool(found.hidden) is (found.inside is False)
    for taken in subsets((*_INSIDE, *_OUTSIDE)):
        written = met(tree, taken, same, conditions=conditions)
        trimmed = all(met(part, taken, same, conditions=conditions) for part in found.trees)
        assert written or not trimmed
        if not found.hidden and taken <= set(_INSIDE) and not (conditions and taken):
            assert written == trimmed
    if found.inside:
        assert met(tree, frozenset(_INSIDE), same, conditions=True)


@st.composite
def programs(draw: st.DrawFn) -> LearningGraph:
    courses = [
        lg.Course(
            key=key,
            duration=draw(st.integers(1, 4)),
            prerequisites=draw(st.lists(trees, max_size=2)),
            corequisites=draw(st.lists(trees, max_size=1)),
        )
        for key in (*_INSIDE, *_OUTSIDE)
    ]
    plan = lg.ProgramPlan(key="plan", program="BS", requirements=[{"needs": key} for key in _INSIDE])
    return LearningGraph([*courses, lg.Program(key="BS")], program_plans=[plan])


def neutral(tree: Any, taken: frozenset[str]) -> bool | None:
    """Whether courses meet a tree in which conditions are neutral; None for nothing but conditions."""
    if isinstance(tree, Need):
        return tree.key in taken
    if isinstance(tree, lg.Condition):
        return None
    known = [found for part in tree.of if (found := neutral(part, taken)) is not None]
    count = len(tree.of) if isinstance(tree, AllOf) else tree.count if isinstance(tree, AtLeast) else 1
    return sum(known) >= min(count, len(known)) if known else None


def is_whole(graph: LearningGraph, taken: frozenset[str]) -> bool:
    return all(
        neutral(tree, taken) is not False
        for key in taken
        for tree in (*graph[key].prerequisites, *graph[key].corequisites)
    )


@given(programs())
def test_with_its_hidden_prerequisites_a_curriculum_is_whole(graph: LearningGraph) -> None:
    hidden = lg.hidden_prerequisites(graph, program="BS")
    whole = [set(taken) for taken in subsets(_OUTSIDE) if is_whole(graph, taken | set(_INSIDE))]
    fewest = min(sum(graph[key].duration or 0 for key in taken) for taken in whole)

    event(f"{len(hidden.courses)} hidden")
    assert set(hidden.courses) in whole
    assert hidden.total_credits == sum(graph[key].duration or 0 for key in hidden.courses)
    assert (hidden.total_credits or 0) >= fewest
    assert bool(hidden.courses) is (fewest > 0)
    pulled = lg.curriculum(graph, program="BS", with_hidden=True)
    assert {learning.key for learning in pulled} == {*_INSIDE, *hidden.courses}
    assert is_whole(pulled, frozenset(learning.key for learning in pulled))
    again = lg.hidden_prerequisites(
        LearningGraph([*pulled, lg.Program(key="BS")], program_plans=[every(pulled)]), program="BS"
    )
    assert again.requirements == ()


def every(graph: LearningGraph) -> lg.ProgramPlan:
    return lg.ProgramPlan(key="plan", program="BS", requirements=[{"needs": learning.key} for learning in graph])
