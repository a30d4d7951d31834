"""The laws of comparing, against brute force over small curricula that shares no code with the package."""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

import learngraph as lg
from learngraph import Course, LearningGraph, what_if
from learngraph.model.relation import REQUIREMENT_RELATIONS
from tests.builders import course, graph, program
from tests.property.strategies import graphs, requirements

Edges: TypeAlias = frozenset[tuple[int, int]]
_SIZE = 6
_ALL = range(_SIZE)


def _edge_sets(*, acyclic: bool) -> st.SearchStrategy[Edges]:
    pairs = [(u, v) for u in _ALL for v in _ALL if (u < v if acyclic else u != v)]
    return st.frozensets(st.sampled_from(pairs), max_size=10)


_any_edges, _acyclic_edges = _edge_sets(acyclic=False), _edge_sets(acyclic=True)


def _catalogue(edges: Iterable[tuple[int, int]], present: Iterable[int] = _ALL) -> LearningGraph:
    """Courses C0, C1, ...: an edge says that its end requires its start, as a corequisite where both are odd."""
    kept = set(edges)
    needs = {end: sorted(start for start, other in kept if other == end) for end in _ALL}
    return graph(
        *(
            course(
                f"C{n}",
                *(f"C{start}" for start in needs[n] if not n * start % 2),
                corequisites=[f"C{start}" for start in needs[n] if n * start % 2],
            )
            for n in present
        )
    )


@st.composite
def _catalogues(draw: st.DrawFn) -> tuple[LearningGraph, LearningGraph]:
    """Two catalogues with circles, courses that come, go or are programs, and needs of what is not there."""
    sides = []
    for _ in range(2):
        whole = _catalogue(draw(_any_edges), draw(st.sets(st.sampled_from(_ALL), min_size=1)))
        programs = draw(st.sets(st.sampled_from([one.key for one in whole]), max_size=1))
        learnings = (program(one.key, *one.prerequisites) if one.key in programs else one for one in whole)
        sides.append(graph(*learnings, options={"system_type": draw(st.sampled_from(["semester", "quarter"]))}))
    return sides[0], sides[1]


def _reach(edges: Edges, start: int) -> set[int]:
    found, queue = {start}, [start]
    for node in queue:
        for u, v in edges:
            if u == node and v not in found:
                found.add(v)
                queue.append(v)
    return found


def _paths(edges: Edges) -> Iterator[tuple[int, ...]]:
    """All paths without circles that cannot be made longer."""
    queue: list[tuple[int, ...]] = [(n,) for n in _ALL if all(v != n for _, v in edges)]
    for path in queue:
        onward = [v for u, v in sorted(edges) if u == path[-1]]
        queue.extend((*path, v) for v in onward)
        if not onward:
            yield path


def _longest_through(edges: Edges, x: int) -> list[tuple[int, ...]]:
    through = [path for path in _paths(edges) if x in path]
    most = max(map(len, through))
    return [path for path in through if len(path) == most]


def _causes(found: lg.Comparison, x: int, metric: str) -> set[str] | None:
    """The keys of the edited courses; None where the metric did not move."""
    for move in found.moved_for(f"C{x}"):
        if move.metric == metric:
            return {cause.key for cause in move.because}
    return None


def _carriers(edges: Iterable[tuple[int, int]]) -> set[str]:
    return {f"C{end}" for _, end in edges}


def _gaining(here: Edges, there: Edges, x: int) -> set[tuple[int, int]]:
    gained = _reach(here, x) - _reach(there, x)
    return {(u, v) for u, v in here - there if u in _reach(here, x) and _reach(here, v) & gained}


def _turned(edges: Edges) -> Edges:
    return frozenset((v, u) for u, v in edges)


# ---- which numbers moved


@given(both=_catalogues())
def test_what_moved_is_the_difference_of_the_metrics(both: tuple[LearningGraph, LearningGraph]) -> None:
    old, new = (lg.metrics(one).courses for one in both)
    expected = {
        (key, name): (getattr(old.get(key), name, None), getattr(new.get(key), name, None))
        for key in {*old, *new}
        for name in ("blocking", "delay", "centrality", "complexity", "reachability")
    }

    moved = {(move.key, move.metric): (move.before, move.after) for move in lg.compare(*both).moved}

    assert moved == {asked: numbers for asked, numbers in expected.items() if numbers[0] != numbers[1]}


@given(both=_catalogues())
def test_every_number_that_moved_has_a_cause(both: tuple[LearningGraph, LearningGraph]) -> None:
    assert all(move.because for move in lg.compare(*both).moved)


@given(before=_any_edges, after=_any_edges)
def test_the_way_back_has_the_same_causes(before: Edges, after: Edges) -> None:
    there, back = (lg.compare(_catalogue(one), _catalogue(other)) for one, other in ((before, after), (after, before)))

    assert {(m.key, m.metric, m.before, m.after, m.because) for m in there.moved} == {
        (m.key, m.metric, m.after, m.before, m.because) for m in back.moved
    }


# ---- exactly which edits are causes


@given(before=_any_edges, after=_any_edges)
def test_blocking_and_reachability_name_the_edges_over_which_something_is_gained_or_lost(
    before: Edges, after: Edges
) -> None:
    found = lg.compare(_catalogue(before), _catalogue(after))

    for x in _ALL:
        for metric, old, new in (
            ("blocking", before, after),
            ("reachability", _turned(before), _turned(after)),
        ):
            edges = _gaining(new, old, x) | _gaining(old, new, x)
            carriers = {f"C{u if metric == 'reachability' else v}" for u, v in edges}
            assert _causes(found, x, metric) in (None, carriers)


@given(before=_acyclic_edges, after=_acyclic_edges)
def test_delay_names_the_edges_on_the_longest_paths(before: Edges, after: Edges) -> None:
    found = lg.compare(_catalogue(before), _catalogue(after))

    for x in _ALL:
        old, new = _longest_through(before, x), _longest_through(after, x)
        rose = len(new[0]) > len(old[0])
        paths, own = (new, after - before) if rose else (old, before - after)
        steps = set(chain.from_iterable(map(pairwise, paths)))
        assert _causes(found, x, "delay") == (None if len(new[0]) == len(old[0]) else _carriers(own & steps))


@given(before=_acyclic_edges, after=_acyclic_edges)
def test_centrality_names_the_edges_on_the_paths_on_which_a_course_lies_inside(before: Edges, after: Edges) -> None:
    found = lg.compare(_catalogue(before), _catalogue(after))

    for x in _ALL:
        changed: set[tuple[int, int]] = set()
        for here, there in ((after, before), (before, after)):
            inside = [path for path in _paths(here) if x in path[1:-1]]
            changed |= {step for path in inside for step in pairwise(path)} & (here - there)
        assert _causes(found, x, "centrality") in (None, _carriers(changed))


@given(before=_any_edges, after=_any_edges)
def test_complexity_has_the_causes_of_blocking_and_delay(before: Edges, after: Edges) -> None:
    found = lg.compare(_catalogue(before), _catalogue(after))

    for x in _ALL:
        parts = (_causes(found, x, "blocking") or set()) | (_causes(found, x, "delay") or set())
        assert _causes(found, x, "complexity") in (None, parts)


# ---- what would have been without them


def _mixed(base: LearningGraph, other: LearningGraph, keys: Iterable[str]) -> LearningGraph:
    """The first catalogue with the learnings of the named keys as the other one has them."""
    for key in keys:
        base = what_if.replacing(base, other[key])
    return base


def _number(catalogue: LearningGraph, x: int, metric: str) -> Any:
    return getattr(lg.metrics(catalogue).courses[f"C{x}"], metric)


@given(before=_acyclic_edges, added=_acyclic_edges)
def test_where_edges_only_came_the_causes_alone_move_the_number_and_without_them_it_does_not_move(
    before: Edges, added: Edges
) -> None:
    old, new = _catalogue(before), _catalogue(before | added)

    for move in lg.compare(old, new).moved:
        x, causes = int(move.key[1:]), [cause.key for cause in move.because]
        if move.metric in ("blocking", "delay", "reachability"):
            assert _number(_mixed(old, new, causes), x, move.metric) == move.after
            undone = _number(_mixed(new, old, causes), x, move.metric)
            if move.metric == "delay":  # the longest paths are gone, shorter new ones may be left
                assert move.before <= undone < move.after
            else:
                assert undone == move.before


@given(before=_any_edges, added=_any_edges)
def test_where_edges_only_came_what_is_no_cause_can_be_undone_alone(before: Edges, added: Edges) -> None:
    old, new = _catalogue(before), _catalogue(before | added)
    found = lg.compare(old, new)

    for move in found.moved:
        if move.metric in ("blocking", "reachability"):
            others = {change.key for change in found.changed} - {cause.key for cause in move.because}
            undone = _mixed(new, old, others)
            assert _number(undone, int(move.key[1:]), move.metric) == move.after


@given(before=_any_edges, after=_any_edges, x=st.sampled_from(_ALL))
def test_an_edit_that_is_the_only_one_is_the_cause_of_all(before: Edges, after: Edges, x: int) -> None:
    old = _catalogue(before)
    new = what_if.replacing(old, _catalogue(after)[f"C{x}"])

    assert {cause.key for move in lg.compare(old, new).moved for cause in move.because} <= {f"C{x}"}


# ---- what was edited


@given(before=graphs(), after=graphs())
def test_two_catalogues_have_the_edits_between_them(before: LearningGraph, after: LearningGraph) -> None:
    found = lg.compare(before, after)
    old, new = ({one.key for one in each} for each in (before, after))

    assert set(found.came) == new - old
    assert set(found.went) == old - new
    assert {change.key for change in found.changed} <= old & new
    assert lg.compare(before, before).is_empty


_trees = st.lists(requirements(st.sampled_from("ABC"), durations=False), max_size=3)


@given(one=_trees, other=_trees)
def test_a_requirement_came_or_went_where_the_meaning_is_another(one: list[Any], other: list[Any]) -> None:
    before, after = Course(key="L", prerequisites=one), Course(key="L", prerequisites=other)

    changed = lg.compare(LearningGraph([before]), LearningGraph([after])).changed

    assert (not changed) == lg.equivalent(before, after)


# ---- what if

_keys = st.sampled_from([f"C{n}" for n in _ALL])


@given(edges=_any_edges, key=_keys)
def test_what_goes_and_comes_back_is_as_it_was(edges: Edges, key: str) -> None:
    before = _catalogue(edges)

    again = what_if.adding(what_if.without(before, key=key), before[key])

    assert lg.equivalent(before, again)
    assert lg.compare(before, again).is_empty


@given(before=graphs(), data=st.data())
def test_no_question_changes_the_graph_that_it_is_asked_of(before: LearningGraph, data: st.DataObject) -> None:
    known = [one.key for one in before]
    if not known:
        return
    one, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
    copy, index = before.copy(), before.index

    what_if.without(before, key=one)
    what_if.replacing(before, before[one].replaced(name="Other"))
    what_if.requiring(before, learning=one, requirement=other)
    what_if.releasing(before, learning=one, needed=other)
    what_if.substituting(before, old=one, new=other)
    lg.impact(before, keys=[one, other])

    assert before == copy
    assert before.index is index


def _named(learning: lg.Learning) -> set[str]:
    return {
        leaf.key
        for relation in REQUIREMENT_RELATIONS
        for tree in learning.requirements(relation)
        for leaf in tree.leaves
        if isinstance(leaf, lg.Need)
    }


@given(trees=_trees, more=_trees)
def test_what_is_released_is_needed_no_longer_and_nothing_else_goes_with_it(trees: list[Any], more: list[Any]) -> None:
    before = graph("A", "B", "C", course("L", *trees, corequisites=more))

    after = what_if.releasing(before, learning="L", needed="A")

    assert _named(after["L"]) == _named(before["L"]) - {"A"}
    assert [one for one in after if one.key != "L"] == [one for one in before if one.key != "L"]


@given(trees=_trees)
def test_nobody_needs_what_is_substituted_and_the_way_back_is_open(trees: list[Any]) -> None:
    before = graph("A", "B", "C", "NEW", course("L", *trees))

    after = what_if.substituting(before, old="A", new="NEW")

    assert _named(after["L"]) == {"NEW" if key == "A" else key for key in _named(before["L"])}
    if _named(before["L"]) & {"A"}:
        assert what_if.substituting(after, old="NEW", new="A") == before


@given(edges=_any_edges, key=_keys)
def test_downstream_is_whom_a_course_blocks(edges: Edges, key: str) -> None:
    catalogue = _catalogue(edges)

    downstream = {int(one[1:]) for one in lg.impact(catalogue, keys=[key]).downstream}

    assert downstream == _reach(edges, int(key[1:])) - {int(key[1:])}
