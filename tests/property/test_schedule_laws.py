"""Soundness and redundancy, against an oracle that goes through every schedule of a few courses."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations, product
from typing import NamedTuple, TypeAlias

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learngraph import AllOf, AtLeast, Condition, Course, LearningGraph, Need, Requirement, Timing
from learngraph.analysis.reaching.redundancy import irreducible, redundant_requirements
from learngraph.analysis.reaching.soundness import soundness
from learngraph.logic.holding import conjuncts
from learngraph.model.relation import Relation
from tests.property.taking import trees_of

_KEYS = ("A", "B", "C", "D")
_NOT_WITH = st.sampled_from((None, Timing.BEFORE, Timing.BEFORE_OR_WITH))


class Attempt(NamedTuple):
    """In which term, and with which grade."""

    term: int
    grade: int


#: for each learning that was taken, once or twice, its attempts
Schedule: TypeAlias = Mapping[str, Sequence[Attempt]]


def _met(tree: Requirement, term: int, schedule: Schedule, usual: Timing) -> bool:
    if isinstance(tree, Need):
        return any(_meets(attempt, tree, term, tree.timing or usual) for attempt in schedule.get(tree.key, ()))
    assert not isinstance(tree, Condition)
    met = sum(_met(part, term, schedule, usual) for part in tree.of)
    if isinstance(tree, AllOf):
        return met == len(tree.of)
    return met >= (tree.count if isinstance(tree, AtLeast) else 1)


def _meets(attempt: Attempt, need: Need, term: int, timing: str) -> bool:
    difference = term - attempt.term
    in_time = {"before": difference > 0, "before_or_with": difference >= 0, "with": difference == 0}[timing]
    return in_time and attempt.grade >= (need.minimum_grade or 0)


def _asked(one: Course) -> list[tuple[Relation, Requirement, Timing]]:
    pairs = ((Relation.PREREQUISITE, Timing.BEFORE), (Relation.COREQUISITE, Timing.BEFORE_OR_WITH))
    return [
        (relation, part, usual)
        for relation, usual in pairs
        for tree in one.requirements(relation)
        for part in conjuncts(tree)
    ]


def _courses(graph: LearningGraph) -> list[Course]:
    return [one for one in graph if isinstance(one, Course)]


def _schedules(keys: tuple[str, ...], grades: Sequence[int], most: int) -> Iterator[Schedule]:
    """Every way to take some of the learnings, so often at most, in any terms and with any grades."""
    attempts = [Attempt(*pair) for pair in product(range(1, len(keys) + 1), grades)]
    choices = [chosen for size in range(most + 1) for chosen in combinations(attempts, size)]
    for taken in product(choices, repeat=len(keys)):
        yield {key: chosen for key, chosen in zip(keys, taken, strict=True) if chosen}


def _broken(graph: LearningGraph, schedule: Schedule) -> set[tuple[str, int]]:
    """What is not met in the term in which each learning is first taken."""
    return {
        (one.key, place)
        for one in _courses(graph)
        if one.key in schedule
        for place, (_, part, usual) in enumerate(_asked(one))
        if not _met(part, min(schedule[one.key]).term, schedule, usual)
    }


def _graphs(leaves: st.SearchStrategy[Need], most: int, *, plain: bool = False) -> st.SearchStrategy[LearningGraph]:
    trees = leaves if plain else leaves | trees_of(leaves, max_leaves=3)
    several = st.lists(trees, max_size=2)

    def made(count: int) -> st.SearchStrategy[LearningGraph]:
        return st.lists(st.tuples(several, several), min_size=count, max_size=count).map(
            lambda asked: LearningGraph(
                Course(key=key, prerequisites=before, corequisites=beside)
                for key, (before, beside) in zip(_KEYS, asked, strict=False)
            )
        )

    return st.integers(1, most).flatmap(made)


_UNGRADED = st.builds(Need, st.sampled_from(_KEYS[:3]), timing=_NOT_WITH)
_TWO = st.builds(Need, st.sampled_from(_KEYS[:2]), st.sampled_from((None, 1, 2)), timing=st.sampled_from(tuple(Timing)))
_THREE = st.builds(Need, st.sampled_from(_KEYS[:3]), st.sampled_from((None, 1)), timing=st.sampled_from(tuple(Timing)))


def _keys_present(graph: LearningGraph) -> bool:
    return all(reference.needed in graph for reference in graph.index.references)


#: a graph, the grades that learners may get, and how often they may take a learning
_CASES = st.one_of(
    st.tuples(_graphs(_UNGRADED, 4).filter(_keys_present), st.just((0,)), st.just(1)),
    st.tuples(_graphs(_TWO, 2).filter(_keys_present), st.just((0, 1, 2)), st.just(2)),
    st.tuples(_graphs(_THREE, 3).filter(_keys_present), st.just((0, 1)), st.just(2)),
)
_Case: TypeAlias = tuple[LearningGraph, Sequence[int], int]


@given(case=_CASES)
def test_redundant_is_what_no_schedule_breaks_by_itself(case: _Case) -> None:
    graph, grades, most = case
    possible: set[str] = set()
    needed: set[tuple[str, int]] = set()
    for schedule in _schedules(tuple(one.key for one in graph), grades, most):
        broken = _broken(graph, schedule)
        possible.update(() if broken else schedule)
        needed.update(broken if len(broken) == 1 else ())

    found = redundant_requirements(graph)

    assert [(one.learning, one.relation, one.requirement) for one in found] == [
        (one.key, relation, part)
        for one in _courses(graph)
        for place, (relation, part, _) in enumerate(_asked(one))
        if one.key in possible and (one.key, place) not in needed
    ]


@given(case=_CASES)
def test_an_irreducible_curriculum_has_the_same_schedules_and_nothing_redundant(case: _Case) -> None:
    graph, grades, most = case

    reduced = irreducible(graph)

    for schedule in _schedules(tuple(one.key for one in graph), grades, most):
        assert bool(_broken(reduced, schedule)) is bool(_broken(graph, schedule))
    assert len(redundant_requirements(reduced)) == 0


_ANY_TIMING = st.builds(Need, st.sampled_from(_KEYS), timing=st.sampled_from((None, *Timing)))


@given(graph=_graphs(_UNGRADED, 4).filter(_keys_present) | _graphs(_ANY_TIMING, 4, plain=True).filter(_keys_present))
def test_sound_is_what_has_a_schedule_of_everything(graph: LearningGraph) -> None:
    keys = tuple(one.key for one in graph)
    whole = any(len(schedule) == len(keys) and not _broken(graph, schedule) for schedule in _schedules(keys, (0,), 1))

    found = soundness(graph)

    assert found.sound is whole
    assert bool(found.contradictions) is not whole
    assert bool(found.blocked) is not whole


@given(graph=_graphs(_ANY_TIMING, 4, plain=True).filter(_keys_present))
def test_the_witness_is_a_shortest_circle_that_contradicts_itself(graph: LearningGraph) -> None:
    """Of single needs alone: an arrow for each, both ways where two are taken at the same time."""
    arrows: dict[tuple[str, str], bool] = {}
    for one in _courses(graph):
        for _, need, usual in _asked(one):
            assert isinstance(need, Need)
            timing = need.timing or usual
            arrows[one.key, need.key] = arrows.get((one.key, need.key), False) or timing == "before"
            if timing == "with":
                arrows.setdefault((need.key, one.key), False)

    def contradicts(keys: tuple[str, ...]) -> bool:
        around = list(zip(keys, (*keys[1:], keys[0]), strict=True))
        return all(pair in arrows for pair in around) and any(arrows[pair] for pair in around)

    for circle in soundness(graph).contradictions:
        assert contradicts(circle.keys)
        assert [wait.key for wait in circle.waits] == list(circle.keys)
        digraph = nx.DiGraph([pair for pair in arrows if set(pair) <= set(circle.members)])
        (component,) = [one for one in nx.strongly_connected_components(digraph) if circle.keys[0] in one]
        for size in range(1, len(circle.keys)):
            assert not any(contradicts(keys) for keys in permutations(sorted(component), size))


@pytest.mark.parametrize("timing", [pytest.param(timing, id=timing) for timing in Timing])
def test_one_circle_of_many_thousands_is_found_without_recursion(timing: Timing) -> None:
    count = 5_000
    graph = LearningGraph(
        Course(key=str(number), prerequisites=[Need(str((number + 1) % count), timing=timing)])
        for number in range(count)
    )

    found = soundness(graph)

    assert found.sound is (timing is not Timing.BEFORE)
    assert len(found.circles[0].keys) == (2 if timing is Timing.WITH else count)
