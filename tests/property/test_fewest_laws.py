"""The smallest sets by brute force: all subsets, and all ways to spread each over terms."""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Fewest,
    LearningGraph,
    Need,
    Options,
    Outcome,
    Requirement,
    fewest,
)
from tests.builders import course
from tests.property.strategies import requirements

_KEYS = ("A", "B", "C", "D", "E")
_BADGE = "badge"


def _weak_orders(keys: frozenset[str]) -> Iterator[dict[str, int]]:
    """All ways to spread keys over terms, without empty terms."""
    if not keys:
        yield {}
    for size in range(1, len(keys) + 1):
        for first in combinations(sorted(keys), size):
            for rest in _weak_orders(keys.difference(first)):
                yield {**dict.fromkeys(first, 0), **{key: term + 1 for key, term in rest.items()}}


def _holds(tree: Requirement, term: int, terms: Mapping[str, int], graph: LearningGraph, usual: str) -> bool | None:
    """Whether a tree holds in a term; None where nothing in it says anything."""
    if isinstance(tree, Condition):
        return None
    if isinstance(tree, Need):
        meeting = (
            [one.key for one in graph if any(outcome.achievement == _BADGE for outcome in one.outcomes)]
            if tree.key == _BADGE
            else [tree.key, *graph[tree.key].equivalents]
            if tree.key in _KEYS
            else []
        )
        if not meeting:
            return None
        before = (tree.timing or usual) == "before"
        return any(terms[key] + before <= term for key in meeting if key in terms)
    values = [value for part in tree.of if (value := _holds(part, term, terms, graph, usual)) is not None]
    if not values:
        return None
    if isinstance(tree, AnyOf):
        return any(values)
    return all(values) if isinstance(tree, AllOf) else sum(values) >= min(tree.count, len(values))


def _carries(order: Mapping[str, int], done: Collection[str], graph: LearningGraph) -> bool:
    terms = {**dict.fromkeys(done, -1), **order}
    return all(
        _holds(tree, order[key], terms, graph, usual) is not False
        for key in order
        for trees, usual in ((graph[key].prerequisites, "before"), (graph[key].corequisites, "before_or_with"))
        for tree in trees
    )


def _credits(graph: LearningGraph, keys: Collection[str]) -> Fraction:
    return sum((Fraction(str(graph[key].duration or 0)) for key in keys), Fraction(0))


def _all_sets(graph: LearningGraph, key: str, done: Collection[str]) -> list[tuple[str, ...]]:
    others = [one for one in _KEYS if one != key and one not in done]
    chosen = [(key, *rest) for size in range(len(others) + 1) for rest in combinations(others, size)]
    return [keys for keys in chosen if any(_carries(order, done, graph) for order in _weak_orders(frozenset(keys)))]


@st.composite
def _graphs(draw: st.DrawFn) -> LearningGraph:
    """Five courses that need anything of one another: circles, corequisites, equivalents, a badge."""
    references = st.sampled_from((*_KEYS, *_KEYS, _BADGE, "X"))
    some = st.lists(references, min_size=3, max_size=4).map(lambda keys: AtLeast(2, keys))
    trees = st.lists(some | requirements(references, durations=False, with_grades=False, max_leaves=5), max_size=2)
    seldom = st.lists(requirements(references, durations=False, with_grades=False, max_leaves=3), max_size=1)
    durations = st.none() | st.sampled_from((0, 1, 2, 3, 4, 0.1, 0.2, 0.3, 1.5, 2.25))
    equivalents = st.just(()) | st.lists(st.sampled_from(_KEYS), max_size=1)
    outcomes = st.sampled_from(((), (), (Outcome(achievement=_BADGE),)))
    made: list[Any] = [
        course(
            key,
            *draw(trees),
            corequisites=draw(seldom),
            duration=draw(durations),
            equivalents=draw(equivalents),
            outcomes=draw(outcomes),
        )
        for key in draw(st.permutations(_KEYS))
    ]
    return LearningGraph(made, achievements=[Achievement(key=_BADGE)], options=Options())


@settings(max_examples=150, deadline=None)
@given(graph=_graphs(), done=st.sets(st.sampled_from(_KEYS[1:]), max_size=1))
@pytest.mark.parametrize("of", ["learnings", "credits"])
def test_no_set_is_smaller_and_the_one_that_is_given_stands_first(
    graph: LearningGraph, done: set[str], of: Any
) -> None:
    place = {learning.key: number for number, learning in enumerate(graph)}
    sets = _all_sets(graph, "A", done)

    found = fewest(graph, key="A", of=of, done=done)

    def size(chosen: Collection[str]) -> tuple[Any, ...]:
        sizes = (_credits(graph, chosen), len(chosen)) if of == "credits" else (len(chosen), _credits(graph, chosen))
        return *sizes, sorted((place[key] for key in chosen), reverse=True)

    assert found.reachable == bool(sets)
    assert found.optimal
    if sets:
        best = min(sets, key=size)
        assert sorted(found.keys) == sorted(best)
        assert Fraction(str(found.bound)) == size(best)[0]
        assert Fraction(str(found.credits)) == _credits(graph, best)
        assert _carries({key: term for term, keys in enumerate(found.terms) for key in keys}, done, graph)
    else:
        assert found.terms == ()


@settings(max_examples=25, deadline=None)
@given(graph=_graphs())
def test_equal_graphs_give_equal_answers(graph: LearningGraph) -> None:
    first, again = fewest(graph, key="A"), fewest(graph.copy(), key="A")

    assert isinstance(first, Fewest)
    assert again == first
