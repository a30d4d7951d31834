"""What one change to a catalogue would bring, against catalogues that were changed and gone through again."""

from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from learngraph import AllOf, AtLeast, Condition, LearningGraph, Need, Requirement, Timing, most_helpful_change
from learngraph.logic.compiled import Reading
from tests.property.taking import earliest_terms, small_graphs

_READINGS = st.sampled_from(("met", "unmet"))  # neutral ones take parts out of a requirement first


class Edit(NamedTuple):
    """A requirement of a learning that was loosened, and what that brought to another one, and to all others."""

    learning: str
    together: bool
    term: int | None
    earlier: int
    freed: int


@given(learnings=small_graphs(), unknown=_READINGS)
@settings(max_examples=60)
def test_the_change_that_is_told_does_what_is_told(learnings: LearningGraph, unknown: Reading) -> None:
    for key in (one.key for one in learnings):
        found = most_helpful_change(learnings, key=key, unknown=unknown)
        if found:
            told = Edit(found.learning, found.together, found.term, found.earlier, found.freed)
            assert told in set(_edits(learnings, key, unknown))


@given(learnings=small_graphs(), unknown=_READINGS)
@settings(max_examples=60)
def test_of_what_is_out_of_reach_a_change_is_found_wherever_there_is_one(
    learnings: LearningGraph, unknown: Reading
) -> None:
    usual = earliest_terms(learnings, unknown)
    for key in (key for key, term in usual.items() if term is None):
        edits = [edit for edit in _edits(learnings, key, unknown) if edit.term]
        found = most_helpful_change(learnings, key=key, unknown=unknown)

        assert (found is None) == (not edits)
        if found:
            assert found.together == any(edit.together for edit in edits)


@given(learnings=small_graphs(), unknown=_READINGS)
@settings(max_examples=60)
def test_no_change_of_its_kind_helps_more(learnings: LearningGraph, unknown: Reading) -> None:
    usual = earliest_terms(learnings, unknown)
    for key in (one.key for one in learnings):
        found = most_helpful_change(learnings, key=key, unknown=unknown)
        helping = [
            (-edit.freed, edit.term, -edit.earlier)
            for edit in _edits(learnings, key, unknown)
            if edit.term and edit.term < (usual[key] or edit.term + 1)
            if edit.together == (found is None or found.together)
            if edit.together or edit.learning != key or usual[key] is None
        ]
        told = [(-found.freed, found.term, -found.earlier)] if found else []
        assert told == sorted(helping)[:1]


def _edits(learnings: LearningGraph, key: str, unknown: Reading) -> Iterator[Edit]:
    """Loosen each requirement in both ways."""
    usual = earliest_terms(learnings, unknown)
    for changed, learning, together in _loosened(learnings):
        then = earliest_terms(changed, unknown)
        sooner = [
            other
            for other, term in then.items()
            if other != key and term and (usual[other] is None or term < (usual[other] or 0))
        ]
        yield Edit(learning, together, then[key], len(sooner), sum(usual[other] is None for other in sooner))


def _loosened(learnings: LearningGraph) -> Iterator[tuple[LearningGraph, str, bool]]:
    for one in learnings:
        asked = [("prerequisites", Timing.BEFORE, tree) for tree in one.prerequisites]
        asked += [("corequisites", learnings.options.corequisite_timing, tree) for tree in one.corequisites]
        parts = [(field, usual, part) for field, usual, tree in asked for part in _parts(tree)]
        for place, (field, usual, part) in enumerate(parts):
            rest: dict[str, list[Requirement]] = {"prerequisites": [], "corequisites": []}
            for number, (other, _, tree) in enumerate(parts):
                if number != place:
                    rest[other].append(tree)
            changed = learnings.copy()
            changed.replace(one.replaced(**rest))
            yield changed, one.key, False
            if any(_meeting(leaf, learnings) - {one.key} for leaf in part.leaves):
                changed = learnings.copy()
                changed.replace(one.replaced(**{**rest, field: [*rest[field], _together(part, usual)]}))
                yield changed, one.key, True


def _parts(tree: Requirement) -> Iterator[Requirement]:
    """Give what must hold by itself."""
    if isinstance(tree, AllOf) or (isinstance(tree, AtLeast) and tree.count == len(tree.of)):
        for part in tree.of:
            yield from _parts(part)
    elif not isinstance(tree, Need | Condition) and len(tree.of) == 1:
        yield from _parts(tree.of[0])
    else:
        yield tree


def _together(tree: Requirement, usual: Timing) -> Requirement:
    if isinstance(tree, Condition):
        return tree
    if isinstance(tree, Need):
        timing = tree.timing or usual
        return tree.replaced(timing=Timing.BEFORE_OR_WITH if timing is Timing.BEFORE else timing)
    parts = [_together(part, usual) for part in tree.of]
    return AtLeast(tree.count, parts) if isinstance(tree, AtLeast) else type(tree)(parts)


def _meeting(leaf: Need | Condition, learnings: LearningGraph) -> set[str]:
    if isinstance(leaf, Condition):
        return set()
    if leaf.key in learnings:
        return {leaf.key, *learnings[leaf.key].equivalents}
    return {one.key for one in learnings if any(got.achievement == leaf.key for got in one.outcomes)}
