"""Small catalogues, and what learners can take of them, by trying every set: an oracle of its own."""

from collections.abc import Collection
from itertools import combinations
from typing import Any, TypeAlias

from hypothesis import strategies as st

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Course,
    LearningGraph,
    Need,
    Options,
    Requirement,
    Timing,
)
from learngraph.logic.compiled import Reading

Leaf: TypeAlias = Need | Condition

KEYS = ("A", "B", "C", "D", "E")
TIMINGS = st.sampled_from((None, *Timing))
CONDITIONS = st.sampled_from(("consent", "standing", "audition")).map(Condition)
usual_timings = st.sampled_from(tuple(Timing))


def trees_of(leaves: st.SearchStrategy[Any], *, max_leaves: int = 7) -> st.SearchStrategy[Requirement]:
    """Requirements of some leaves, nested in all ways."""

    def branches(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        parts = st.lists(inner, min_size=1, max_size=4)
        counted = parts.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: AtLeast(count, of)))
        return parts.map(AnyOf) | parts.map(AllOf) | counted

    return st.recursive(leaves, branches, max_leaves=max_leaves)


_ASKED = st.sampled_from((*KEYS, "badge", "nowhere"))
_PLANS = trees_of(st.builds(Need, _ASKED, timing=TIMINGS) | CONDITIONS, max_leaves=4)


@st.composite
def small_graphs(draw: st.DrawFn, /) -> LearningGraph:
    """A few courses with prerequisites and corequisites of all timings, equivalents and a badge."""
    several = st.lists(_PLANS, max_size=2)
    present = KEYS[: draw(st.integers(1, len(KEYS)))]
    return LearningGraph(
        [
            Course(
                key=key,
                prerequisites=draw(several),
                corequisites=draw(several),
                recommended=draw(st.lists(_PLANS, max_size=1)),
                equivalents=draw(st.lists(st.sampled_from(KEYS), max_size=1)),
                outcomes=draw(st.sampled_from(((), (), ("badge",)))),
            )
            for key in present
        ],
        options=Options(corequisite_timing=draw(usual_timings)),
        achievements=[Achievement(key="badge")] if draw(st.booleans()) else [],
    )


def earliest_terms(
    learnings: LearningGraph,
    unknown: Reading = "neutral",
    *,
    given: Collection[str] = (),
    closed: Collection[str] = (),
) -> dict[str, int | None]:
    """The earliest terms: term by term the largest set that works, found by trying all.

    What is given is done in term 0, what is closed is never taken.
    """
    terms: dict[str, int | None] = {one.key: 0 if one.key in given else None for one in learnings}
    term = 0
    while True:
        term += 1
        done = {key for key, earlier in terms.items() if earlier is not None}
        left = [key for key in terms if key not in done and key not in closed]
        works = [
            chosen
            for size in range(len(left), 0, -1)
            for chosen in combinations(left, size)
            if all(can_be_taken(key, learnings, done, {*done, *chosen}, unknown) for key in chosen)
        ]
        if not works:
            return terms
        terms.update(dict.fromkeys(works[0], term))


def can_be_taken(key: str, learnings: LearningGraph, done: set[str], now: set[str], unknown: Reading) -> bool:
    """Whether who has done some learnings, and takes others now, can take one."""
    one = learnings[key]
    asked = [(tree, Timing.BEFORE) for tree in one.prerequisites]
    asked += [(tree, learnings.options.corequisite_timing) for tree in one.corequisites]
    return all(_reached(tree, timing, learnings, done, now, unknown) is not False for tree, timing in asked)


def _reached(
    tree: Requirement, usual: Timing, learnings: LearningGraph, done: set[str], now: set[str], unknown: Reading
) -> bool | None:
    if isinstance(tree, Need | Condition):
        meeting = _meeting(tree, learnings)
        if meeting is None:
            return {"neutral": None, "met": True, "unmet": False}[unknown]
        timing = (isinstance(tree, Need) and tree.timing) or usual
        return bool(meeting & (done if timing == "before" else now))
    answers = [_reached(part, usual, learnings, done, now, unknown) for part in tree.of]
    left = [answer for answer in answers if answer is not None]
    if not left:
        return None
    if isinstance(tree, AllOf):
        return all(left)
    return sum(left) >= min(tree.count if isinstance(tree, AtLeast) else 1, len(left))


def _meeting(leaf: Leaf, learnings: LearningGraph) -> set[str] | None:
    if isinstance(leaf, Condition):
        return None
    if leaf.key in learnings:
        return {leaf.key, *learnings[leaf.key].equivalents}
    granting = {one.key for one in learnings if any(got.achievement == leaf.key for got in one.outcomes)}
    return granting or None
