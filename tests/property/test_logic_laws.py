"""The laws of logic by brute force: an oracle that reads transcripts, and shares no code with the package."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any, TypeAlias

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from learngraph import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Course,
    LearningGraph,
    Need,
    Requirement,
    Timing,
    TooManyClausesError,
    attainability,
    clauses,
    equivalent,
)
from learngraph.logic.compiled import Reading
from learngraph.logic.implication import Clauses, clause_implies, clauses_imply, need_implies
from learngraph.logic.pruning import Effect, prune
from tests.builders import course, graph, program
from tests.property.taking import (
    CONDITIONS,
    TIMINGS,
    Leaf,
    earliest_terms,
    small_graphs,
    trees_of,
    usual_timings,
)


@dataclass(frozen=True)
class Attempt:
    """A learning that was completed: when, with which grade (None is a pass without a number), how large."""

    earlier: bool
    grade: float | None
    size: float | None
    unit: str | None


#: for each key the attempts at it
Transcript: TypeAlias = dict[str, frozenset[Attempt]]


def _meets(attempt: Attempt, need: Need, usual: Timing) -> bool:
    timing = need.timing or usual
    if timing == "before" and not attempt.earlier:
        return False
    if timing == "with" and attempt.earlier:
        return False
    if need.minimum_grade is not None and (attempt.grade is None or attempt.grade < need.minimum_grade):
        return False
    if need.duration is None:
        return True
    return attempt.unit == need.duration_unit and attempt.size is not None and attempt.size >= need.duration


def _met(need: Need, transcript: Transcript, usual: Timing) -> bool:
    return any(_meets(attempt, need, usual) for attempt in transcript.get(need.key, ()))


def _no_leaf(_: Leaf) -> bool:
    return False


def _truth(
    tree: Requirement,
    transcript: Transcript,
    usual: Timing = Timing.BEFORE,
    unwanted: Callable[[Leaf], bool] = _no_leaf,
) -> bool | None:
    """Whether a transcript meets a tree from which some leaves have vanished; None where all have."""
    if isinstance(tree, Need | Condition):
        if unwanted(tree):
            return None
        assert isinstance(tree, Need)
        return _met(tree, transcript, usual)
    answers = [_truth(part, transcript, usual, unwanted) for part in tree.of]
    left = [answer for answer in answers if answer is not None]
    if not left:
        return None
    if isinstance(tree, AllOf):
        return all(left)
    wanted = tree.count if isinstance(tree, AtLeast) else 1
    return sum(left) >= min(wanted, len(left))


def _conjunction(found: Clauses, transcript: Transcript, usual: Timing) -> bool:
    return all(_clause(clause, transcript, usual) for clause in found)


def _clause(clause: Sequence[Need], transcript: Transcript, usual: Timing) -> bool:
    return any(_met(need, transcript, usual) for need in clause)


def _leaves(tree: Requirement) -> Iterator[Leaf]:
    if isinstance(tree, Need | Condition):
        yield tree
    else:
        for part in tree.of:
            yield from _leaves(part)


def _needs(trees: Iterable[Requirement]) -> list[Need]:
    return [leaf for tree in trees for leaf in _leaves(tree) if isinstance(leaf, Need)]


def _is_condition(leaf: Leaf) -> bool:
    return isinstance(leaf, Condition)


def _transcripts(trees: Iterable[Requirement], usual: Timing = Timing.BEFORE) -> Iterator[Transcript]:
    """One transcript for each set of needs that any transcript could meet."""
    wanted = _needs(trees)
    choices = {key: _attempts([need for need in wanted if need.key == key], usual) for key in _keys(wanted)}
    for chosen in product(*choices.values()):
        yield dict(zip(choices, chosen, strict=True))


def _keys(wanted: Iterable[Need]) -> list[str]:
    return list(dict.fromkeys(need.key for need in wanted))


def _attempts(wanted: Sequence[Need], usual: Timing) -> list[frozenset[Attempt]]:
    grades = {None, *(need.minimum_grade for need in wanted)}
    sizes = {(None, None), *((need.duration, need.duration_unit) for need in wanted)}
    found: dict[frozenset[Need], frozenset[Attempt]] = {frozenset(): frozenset()}
    for earlier, grade, (size, unit) in product((True, False), grades, sizes):
        attempt = Attempt(earlier, grade, size, unit)
        met = frozenset(need for need in wanted if _meets(attempt, need, usual))
        for before, attempts in list(found.items()):
            found.setdefault(before | met, attempts | {attempt})
    return list(found.values())


_GRADES = st.sampled_from((None, None, 1, 2, 2.5))
_SIZES = st.sampled_from(((None, None), (None, None), (3, "Credit Hours"), (4, "Credit Hours"), (4, None)))
_SINGLES = st.builds(
    lambda key, grade, timing, size: Need(key, grade, timing, size[0], size[1]),
    st.sampled_from("ABCD"),
    _GRADES,
    TIMINGS,
    _SIZES,
)


trees = trees_of(_SINGLES)
mixed_trees = trees_of(_SINGLES | CONDITIONS)

_EITHER_TIME = AnyOf(Need("A", timing=Timing.BEFORE), Need("A", timing=Timing.WITH))
_ANY_TIME = Need("A", timing=Timing.BEFORE_OR_WITH)


@given(tree=trees, usual=usual_timings)
@example(tree=AtLeast(2, "A", AllOf("A", "B"), AnyOf("C", "A")), usual=Timing.BEFORE)
def test_clauses_are_true_for_exactly_the_transcripts_of_their_tree(tree: Requirement, usual: Timing) -> None:
    found = clauses(tree, usual=usual)

    for transcript in _transcripts([tree], usual):
        assert _conjunction(found, transcript, usual) is _truth(tree, transcript, usual), transcript


@given(tree=mixed_trees, usual=usual_timings)
def test_clauses_of_a_tree_with_conditions_are_those_of_the_tree_without_them(tree: Requirement, usual: Timing) -> None:
    found = clauses(tree, usual=usual)

    for transcript in _transcripts([tree], usual):
        truth = _truth(tree, transcript, usual, _is_condition)
        assert _conjunction(found, transcript, usual) is (truth is not False), transcript


@given(several=st.lists(trees, max_size=3))
def test_of_several_trees_all_must_be_met(several: list[Requirement]) -> None:
    assume(len(_needs(several)) <= 10)

    found = clauses(several, limit=1000)

    for transcript in _transcripts(several):
        assert _conjunction(found, transcript, Timing.BEFORE) is all(_truth(tree, transcript) for tree in several)


@given(tree=trees, usual=usual_timings)
@example(tree=AllOf(_ANY_TIME, _EITHER_TIME), usual=Timing.BEFORE)
@example(tree=AllOf(_ANY_TIME, AnyOf(_EITHER_TIME, "C")), usual=Timing.BEFORE)
@example(tree=AllOf(Need("A", 3), AnyOf(Need("A", 2), "B")), usual=Timing.BEFORE)
def test_no_clause_is_implied_by_another(tree: Requirement, usual: Timing) -> None:
    found = clauses(tree, usual=usual)
    possible = list(_transcripts([tree], usual))

    for one, other in permutations(found, 2):
        assert any(
            _clause(one, transcript, usual) and not _clause(other, transcript, usual) for transcript in possible
        ), f"{other} is implied by {one}"


@given(tree=trees, usual=usual_timings)
@example(tree=AnyOf(_ANY_TIME, Need("A", timing=Timing.WITH)), usual=Timing.BEFORE)
@example(tree=AnyOf(Need("A", 2), Need("A", 3), "B"), usual=Timing.BEFORE)
def test_no_alternative_is_implied_by_another_of_its_clause(tree: Requirement, usual: Timing) -> None:
    found = clauses(tree, usual=usual)
    possible = list(_transcripts([tree], usual))

    for clause in found:
        for one, other in permutations(clause, 2):
            assert any(
                _met(one, transcript, usual) and not _met(other, transcript, usual) for transcript in possible
            ), f"{one} is implied by {other}: it says nothing beside it"


@given(tree=mixed_trees)
def test_alternatives_stand_in_the_order_in_which_they_were_written_first(tree: Requirement) -> None:
    written = _needs([tree])

    for clause in clauses(tree):
        places = [written.index(need) for need in clause]
        assert places == sorted(places)


@given(tree=trees)
def test_the_limit_refuses_exactly_what_is_over_it(tree: Requirement) -> None:
    # seven leaves give at most 35 clauses on any way, so a limit of nine leaves room on the way
    count = len(clauses(tree, limit=1000))

    assert len(clauses(tree, limit=max(count, 9))) == count
    if count > 1:
        with pytest.raises(TooManyClausesError) as caught:
            clauses(tree, limit=count - 1)
        assert caught.value.limit == count - 1


def _pairs(count: int) -> AnyOf:
    return AnyOf([AllOf(f"A{place}", f"B{place}") for place in range(count)])


def test_six_pairs_fit_and_seven_are_refused() -> None:
    assert len(clauses(_pairs(6))) == 64

    with pytest.raises(TooManyClausesError) as caught:
        clauses(_pairs(7))

    assert "more than 100" in str(caught.value)


@pytest.mark.parametrize("count", [pytest.param(12, id="4096 clauses"), pytest.param(300, id="2 to the 300th")])
def test_a_tree_that_explodes_is_refused_quickly(count: int) -> None:
    started = time.monotonic()

    with pytest.raises(TooManyClausesError):
        clauses(_pairs(count))

    assert time.monotonic() - started < 2


def test_an_at_least_that_explodes_is_refused_quickly() -> None:
    started = time.monotonic()

    with pytest.raises(TooManyClausesError):
        clauses(AtLeast(15, [f"C{place}" for place in range(30)]))

    assert time.monotonic() - started < 2


def test_what_fits_is_written_down_however_large_the_limit_is() -> None:
    found = clauses(_pairs(8), limit=256)

    assert len(found) == len(set(map(frozenset, found))) == 256
    assert all(len(clause) == 8 for clause in found)


@given(strong=_SINGLES, weak=_SINGLES, usual=usual_timings)
def test_a_need_implies_another_exactly_where_every_transcript_says_so(strong: Need, weak: Need, usual: Timing) -> None:
    truth = all(
        _met(weak, transcript, usual)
        for transcript in _transcripts([strong, weak], usual)
        if _met(strong, transcript, usual)
    )

    assert need_implies(strong, weak, usual=usual) is truth


_CLAUSES = st.lists(_SINGLES, min_size=1, max_size=3).map(tuple)
_CONJUNCTIONS = st.lists(_CLAUSES, max_size=3).map(tuple)


@given(strong=_CLAUSES, weak=_CLAUSES, usual=usual_timings)
@example(strong=(_ANY_TIME,), weak=tuple(_EITHER_TIME.of), usual=Timing.BEFORE)
def test_a_clause_implies_another_exactly_where_every_transcript_says_so(
    strong: tuple[Need, ...], weak: tuple[Need, ...], usual: Timing
) -> None:
    truth = all(
        _clause(weak, transcript, usual)
        for transcript in _transcripts([*strong, *weak], usual)
        if _clause(strong, transcript, usual)
    )

    assert clause_implies(strong, weak, usual=usual) is truth


@given(strong=_CONJUNCTIONS, weak=_CONJUNCTIONS, usual=usual_timings)
def test_conjunctions_imply_one_another_exactly_where_every_transcript_says_so(
    strong: Clauses, weak: Clauses, usual: Timing
) -> None:
    wanted = [need for clause in (*strong, *weak) for need in clause]
    assume(len(wanted) <= 10)
    truth = all(
        _conjunction(weak, transcript, usual)
        for transcript in _transcripts(wanted, usual)
        if _conjunction(strong, transcript, usual)
    )

    assert clauses_imply(strong, weak, usual=usual) is truth


_UNWANTED = st.sets(st.sampled_from("ABCD"), max_size=3)


def _wanted_gone(keys: set[str]) -> Callable[[Leaf], bool]:
    return lambda leaf: isinstance(leaf, Condition) or leaf.key in keys


@given(tree=mixed_trees, keys=_UNWANTED)
def test_pruning_leaves_none_of_the_unwanted(tree: Requirement, keys: set[str]) -> None:
    unwanted = _wanted_gone(keys)

    rest, _ = prune(tree, unwanted)

    assert rest is None or not any(map(unwanted, _leaves(rest)))


@given(tree=mixed_trees, keys=_UNWANTED)
def test_pruned_leaves_vanish_beside_others_and_count_as_met_elsewhere(tree: Requirement, keys: set[str]) -> None:
    unwanted = _wanted_gone(keys)

    rest, _ = prune(tree, unwanted)

    for transcript in _transcripts([tree]):
        expected = _truth(tree, transcript, unwanted=unwanted)
        assert (None if rest is None else _truth(rest, transcript)) is expected


@given(tree=mixed_trees, keys=_UNWANTED)
def test_removals_name_each_unwanted_leaf_exactly_once(tree: Requirement, keys: set[str]) -> None:
    unwanted = _wanted_gone(keys)

    _, removals = prune(tree, unwanted)

    named = sorted(repr(removal.leaf) for removal in removals)
    assert named == sorted(repr(leaf) for leaf in _leaves(tree) if unwanted(leaf))


@given(tree=mixed_trees)
def test_pruning_nothing_changes_nothing(tree: Requirement) -> None:
    rest, removals = prune(tree, _no_leaf)

    assert rest is tree
    assert removals == ()


@given(tree=mixed_trees, keys=_UNWANTED)
def test_pruning_twice_is_pruning_once(tree: Requirement, keys: set[str]) -> None:
    unwanted = _wanted_gone(keys)
    rest, _ = prune(tree, unwanted)
    assume(rest is not None)
    assert rest is not None

    assert prune(rest, unwanted) == (rest, ())


@given(tree=trees_of(_SINGLES | CONDITIONS, max_leaves=5), keys=_UNWANTED)
@example(tree=AtLeast(2, "B", Condition("consent"), Condition("standing")), keys=set())
def test_a_pruning_that_only_says_stricter_stops_more_and_one_that_only_says_looser_stops_fewer(
    tree: Requirement, keys: set[str]
) -> None:
    unwanted = _wanted_gone(keys)
    rest, removals = prune(tree, unwanted)
    effects = {removal.effect for removal in removals}

    # conditions are played by needs of their own, so that there are transcripts that meet them
    played = _played(tree)
    for transcript in _transcripts([played]):
        before = _truth(played, transcript)
        after = True if rest is None else _truth(rest, transcript)
        if effects == {Effect.STRICTER}:
            assert before or not after
        if effects == {Effect.LOOSER}:
            assert after or not before


def _played(tree: Requirement) -> Requirement:
    match tree:
        case Need():
            return tree
        case Condition():
            return Need(f"condition {tree.text}")
        case AtLeast():
            return AtLeast(tree.count, [_played(part) for part in tree.of])
    return type(tree)([_played(part) for part in tree.of])


@pytest.mark.parametrize(
    ("tree", "rest", "effects"),
    [
        pytest.param(AnyOf("A", Condition("c")), Need("A"), ["STRICTER"], id="beside an alternative"),
        pytest.param(AllOf("A", Condition("c")), Need("A"), ["LOOSER"], id="where it must hold"),
        pytest.param(Condition("c"), None, ["LOOSER"], id="alone"),
        pytest.param(AnyOf(Condition("c"), Condition("d")), None, ["LOOSER"] * 2, id="an any-of of nothing else"),
        pytest.param(
            AnyOf("A", AllOf(Condition("c"), Condition("d"))), Need("A"), ["STRICTER"] * 2, id="an empty branch"
        ),
        pytest.param(
            AtLeast(2, "A", "B", Condition("c")), AllOf("A", "B"), ["STRICTER"], id="at least two of two left"
        ),
        pytest.param(AtLeast(2, "A", Condition("c")), Need("A"), ["LOOSER"], id="at least more than what is left"),
        pytest.param(
            AtLeast(1, "A", "B", Condition("c")),
            AtLeast(1, "A", "B"),
            ["STRICTER"],
            id="at least one of what is left",
        ),
    ],
)
def test_what_pruning_does_is_told(tree: Requirement, rest: Requirement | None, effects: list[str]) -> None:
    left, removals = prune(tree, _is_condition)

    assert left == rest
    assert [removal.effect.name for removal in removals] == effects


@given(learnings=small_graphs(), unknown=st.sampled_from(("neutral", "met", "unmet")))
def test_terms_are_those_that_trying_every_set_gives(learnings: LearningGraph, unknown: Reading) -> None:
    found = attainability(learnings, unknown=unknown)

    expected = earliest_terms(learnings, unknown)
    assert dict(found.terms) == expected
    assert found.unattainable == tuple(key for key, term in expected.items() if term is None)


def _shuffled(tree: Requirement, swap: Callable[[list[Any]], list[Any]]) -> Requirement:
    if isinstance(tree, Need | Condition):
        return tree
    parts = swap([_shuffled(part, swap) for part in tree.of])
    return AtLeast(tree.count, parts) if isinstance(tree, AtLeast) else type(tree)(parts)


def _nested(tree: Requirement, wrap: Callable[[], int]) -> Requirement:
    """The same meaning in more words: branches of one part, and parts of a branch in a branch of the same kind."""
    inner = tree
    if isinstance(tree, AnyOf | AllOf | AtLeast):
        parts: list[Requirement] = [_nested(part, wrap) for part in tree.of]
        if isinstance(tree, AnyOf | AllOf) and len(parts) > 2 and wrap() % 2:
            parts = [type(tree)(parts[:2]), *parts[2:]]
        inner = AtLeast(tree.count, parts) if isinstance(tree, AtLeast) else type(tree)(parts)
    return (inner, AnyOf([inner]), AllOf([inner]), AtLeast(1, [inner]))[wrap() % 4]


_SEVERAL = st.lists(mixed_trees, max_size=2)


def _asks(several: Iterable[Requirement]) -> Course:
    return course("X", *several)


@given(several=_SEVERAL, data=st.data())
def test_shuffling_and_nesting_change_no_meaning(several: list[Requirement], data: st.DataObject) -> None:
    shuffled = [_shuffled(tree, lambda parts: data.draw(st.permutations(parts))) for tree in several]
    nested = [_nested(tree, lambda: data.draw(st.integers(0, 7))) for tree in shuffled]
    whole = data.draw(st.booleans())
    joined: list[Requirement] = [AllOf(nested)] if nested and whole else nested

    assert equivalent(_asks(several), _asks(joined))
    assert equivalent(_asks(joined), _asks(several))


@given(several=st.lists(trees, max_size=2), others=st.lists(trees, max_size=2))
@example(several=[_ANY_TIME], others=[_EITHER_TIME])
@example(several=[AnyOf("A", AllOf("A", "B"))], others=[Need("A")])
@example(several=[AtLeast(2, "A", "B", "C")], others=[AnyOf(AllOf("A", "B"), AllOf("A", "C"), AllOf("B", "C"))])
def test_courses_are_equivalent_exactly_where_the_same_transcripts_meet_them(
    several: list[Requirement], others: list[Requirement]
) -> None:
    assume(len(_needs([*several, *others])) <= 10)
    same = all(
        all(_truth(tree, transcript) for tree in several) is all(_truth(tree, transcript) for tree in others)
        for transcript in _transcripts([*several, *others])
    )

    assert equivalent(_asks(several), _asks(others)) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(AnyOf("A", Condition("c")), AllOf("A", Condition("c")), id="any of and all of"),
        pytest.param(AnyOf("A", Condition("c")), AnyOf("A", Condition("d")), id="other words"),
        pytest.param(AnyOf("A", Condition("c")), Need("A"), id="with and without a condition"),
        pytest.param(AnyOf("A", "B"), AllOf("A", "B"), id="without conditions"),
        pytest.param(Need("A", 2), Need("A", 3), id="another grade"),
        pytest.param(Need("A", duration=3), Need("A", duration=4), id="another duration"),
    ],
)
def test_requirements_of_different_meaning_are_not_equivalent(one: Requirement, other: Requirement) -> None:
    assert not equivalent(_asks([one]), _asks([other]))
    assert not equivalent(_asks([other]), _asks([one]))


def test_a_condition_beside_what_it_implies_changes_no_meaning() -> None:
    consent = Condition("consent")

    assert equivalent(_asks([consent]), _asks([consent, AnyOf("A", consent)]))


def test_what_is_usual_for_corequisites_is_part_of_the_meaning_of_a_graph() -> None:
    lab = course("L", corequisites=["A"])
    strict = {"corequisite_timing": "with"}

    assert not equivalent(graph(lab), graph(lab, options=strict))
    assert equivalent(graph(course("L", corequisites=[Need("A", timing=Timing.WITH)])), graph(lab, options=strict))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"name": "other"}, id="name"),
        pytest.param({"active": None}, id="active"),
        pytest.param({"outcomes": ["badge"]}, id="outcomes"),
        pytest.param({"skills": ["Java"]}, id="skills"),
        pytest.param({"equivalents": ["B"]}, id="equivalents"),
        pytest.param({"exclusions": ["B"]}, id="exclusions"),
        pytest.param({"custom_fields": {"Campus__c": "North"}}, id="custom fields"),
        pytest.param({"recommended": ["B"]}, id="recommended"),
        pytest.param({"corequisites": ["B"]}, id="corequisites"),
    ],
)
def test_courses_that_differ_in_a_field_are_not_equivalent(changed: dict[str, Any]) -> None:
    usual = course("A")

    assert not equivalent(usual, usual.replaced(**changed))


def test_what_a_learning_grants_and_names_is_compared_as_sets() -> None:
    one = course("A", outcomes=["x", "y"], skills=["s", "t"], equivalents=["B", "C"], exclusions=["D", "E"])
    other = course("A", outcomes=["y", "x"], skills=["t", "s"], equivalents=["C", "B"], exclusions=["E", "D"])

    assert equivalent(one, other)


def test_a_course_is_equivalent_to_no_program_and_to_no_graph() -> None:
    assert not equivalent(course("A"), program("A"))
    assert not equivalent(course("A"), graph("A"))
    assert not equivalent(graph("A"), graph("A", "B"))


@given(one=_SEVERAL, two=_SEVERAL, three=_SEVERAL)
def test_being_equivalent_is_an_equivalence(
    one: list[Requirement], two: list[Requirement], three: list[Requirement]
) -> None:
    first, second, third = map(_asks, (one, two, three))

    assert equivalent(first, first)
    assert equivalent(first, second) is equivalent(second, first)
    if equivalent(first, second) and equivalent(second, third):
        assert equivalent(first, third)


@given(several=_SEVERAL, data=st.data())
def test_the_order_of_learnings_changes_no_meaning_of_a_graph(several: list[Requirement], data: st.DataObject) -> None:
    members = [course("X", *several), course("Y", "X"), course("Z")]

    assert equivalent(graph(*members), graph(*data.draw(st.permutations(members))))
