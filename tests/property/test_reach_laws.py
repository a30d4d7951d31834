"""What is necessary, what opens and why something is out of reach, against an oracle that tries every set."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from learngraph import LearningGraph, attainability
from learngraph.analysis.reaching.necessity import necessary_for, unlocks
from learngraph.logic.attainability import out_of_reach
from learngraph.logic.compiled import Branch, Compiler, Leaf, Node, Reading, leaves
from learngraph.logic.reasons import Wait, way_to
from learngraph.logic.scenarios import Scenarios, attained, terms
from learngraph.model.relation import Timing
from tests.property.taking import KEYS, can_be_taken, earliest_terms, small_graphs

_READINGS = st.sampled_from(("neutral", "met", "unmet"))
_SETS = st.sets(st.sampled_from(KEYS), max_size=3)


@given(learnings=small_graphs(), unknown=_READINGS)
def test_necessary_is_without_what_there_is_no_way(learnings: LearningGraph, unknown: Reading) -> None:
    usual = earliest_terms(learnings, unknown)
    for one in learnings:
        without = {
            other.key
            for other in learnings
            if other.key != one.key and earliest_terms(learnings, unknown, closed={other.key})[one.key] is None
        }
        expected = [other.key for other in learnings if other.key in without] if usual[one.key] else []
        assert list(necessary_for(learnings, key=one.key, unknown=unknown)) == expected


@given(learnings=small_graphs())
def test_out_of_reach_is_what_no_term_has(learnings: LearningGraph) -> None:
    terms_of = earliest_terms(learnings)

    assert list(out_of_reach(learnings)) == [one.key for one in learnings if terms_of[one.key] is None]


@given(learnings=small_graphs(), done=_SETS, unknown=_READINGS)
def test_open_ever_is_what_can_be_reached_with_and_never_without(
    learnings: LearningGraph, done: set[str], unknown: Reading
) -> None:
    done = {key for key in done if key in learnings}
    with_them = earliest_terms(learnings, unknown, given=done)
    without = earliest_terms(learnings, unknown, closed=done)

    found = unlocks(learnings, done=sorted(done), unknown=unknown)

    others = [one.key for one in learnings if one.key not in done]
    assert list(found.ever) == [key for key in others if with_them[key] is not None and without[key] is None]


@given(learnings=small_graphs(), done=_SETS, unknown=_READINGS)
def test_open_now_is_what_the_next_term_has_and_the_first_has_not(
    learnings: LearningGraph, done: set[str], unknown: Reading
) -> None:
    done = {key for key in done if key in learnings}
    next_term = earliest_terms(learnings, unknown, given=done)
    first_term = earliest_terms(learnings, unknown)

    found = unlocks(learnings, done=sorted(done), unknown=unknown)

    others = [one.key for one in learnings if one.key not in done]
    assert list(found.now) == [key for key in others if next_term[key] == 1 and first_term[key] != 1]


@given(learnings=small_graphs(), given_=st.lists(_SETS, min_size=1, max_size=3), closed=st.lists(_SETS, max_size=3))
def test_scenarios_asked_at_once_are_those_asked_one_by_one(
    learnings: LearningGraph, given_: list[set[str]], closed: list[set[str]]
) -> None:
    compiler = Compiler(learnings, "neutral")
    parts = {one.key: compiler.parts(one) for one in learnings}
    both = list(product(given_, closed or [set()]))
    scenarios = Scenarios(
        len(both),
        given={key: _mask(key in done for done, _ in both) for key in parts},
        closed={key: _mask(key in never for _, never in both) for key in parts},
    )

    found = attained(parts, scenarios)
    taken = [{key for key, mask in new.items() if mask} for new in terms(parts, scenarios)]

    for number, (done, never) in enumerate(both):
        expected = earliest_terms(learnings, given=done & parts.keys(), closed=never)
        assert {key for key, mask in found.items() if mask >> number & 1} == {
            key for key, term in expected.items() if term is not None
        }
    assert all(taken)


def _mask(bits: object) -> int:
    assert hasattr(bits, "__iter__")
    return sum(bool(bit) << place for place, bit in enumerate(bits))


@given(learnings=small_graphs(), unknown=_READINGS)
@settings(max_examples=150)
def test_why_never_is_a_part_that_blocks_and_of_which_nothing_can_be_left_out(
    learnings: LearningGraph, unknown: Reading
) -> None:
    reach = attainability(learnings, unknown=unknown)
    for key in reach.unattainable:
        waits = reach.why(key).waits
        assert waits[0].key == key
        known = {one.key for one in learnings}
        assert not _reached(waits, key, known)
        for left_out in range(len(waits)):
            assert _reached((*waits[:left_out], *waits[left_out + 1 :]), key, known)


@given(learnings=small_graphs(), unknown=_READINGS)
def test_why_never_says_only_what_the_requirements_say(learnings: LearningGraph, unknown: Reading) -> None:
    reach = attainability(learnings, unknown=unknown)
    for key in reach.unattainable:
        for wait in reach.why(key).waits:
            trees = reach.parts[wait.key]
            asked = list(dict.fromkeys(leaf for tree in trees for leaf in leaves(tree)))
            for met in product((False, True), repeat=len(asked)):
                truth = dict(zip(asked, met, strict=True))
                if all(_true(tree, truth) for tree in trees):
                    assert any(truth[leaf] for leaf in wait.leaves)


def _true(node: Node, truth: Mapping[Leaf, bool]) -> bool:
    if isinstance(node, Leaf):
        return truth[node]
    assert isinstance(node, Branch)
    return sum(_true(part, truth) for part in node.parts) >= node.count


def _reached(waits: tuple[Wait, ...], key: str, known: set[str]) -> bool:
    """Whether a learning can be reached when nothing but these requirements holds anything back."""
    parts = {wait.key: wait.leaves for wait in waits}
    free = known - parts.keys()
    done: set[str] = set()
    while True:
        now = (parts.keys() | free) - done
        while True:
            kept = {
                other
                for other in now
                if other in free
                or any(
                    not done.isdisjoint(leaf.keys)
                    or (leaf.timing is not Timing.BEFORE and not now.isdisjoint(leaf.keys))
                    for leaf in parts[other]
                    for leaf in parts[other]
                )
            }
            if kept == now:
                break
            now = kept
        if not now:
            return key in done
        done |= now


@given(learnings=small_graphs(), unknown=_READINGS)
def test_a_way_leads_there_in_its_terms(learnings: LearningGraph, unknown: Reading) -> None:
    reach = attainability(learnings, unknown=unknown)
    for key, term in reach.terms.items():
        if term is not None:
            way = way_to(key, reach.parts, reach.terms)
            assert way[key] == term
            for other, when in way.items():
                done = {one for one, earlier in way.items() if earlier < when}
                now = {one for one, earlier in way.items() if earlier <= when}
                assert can_be_taken(other, learnings, done, now, unknown)
