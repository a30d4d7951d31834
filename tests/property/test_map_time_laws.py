"""What holds for the direction of lines on a map: all that time lets run forward runs forward."""

import math
from typing import NamedTuple

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

import learngraph as lg
from learngraph.model.relation import REQUIREMENT_RELATIONS
from tests.property.strategies import graphs

_LEARNINGS, _ACHIEVEMENTS = "ABCD", "x"  # few, so that they name one another often
_RELATIONS = st.sampled_from([REQUIREMENT_RELATIONS, tuple(lg.Relation)])


class Drawn(NamedTuple):
    """A map of a few learnings that name and grant one another, and what it was made of."""

    graph: lg.LearningGraph
    shown: tuple[str, ...]
    map: lg.CurriculumMap

    @property
    def key_of(self) -> dict[str, str | None]:
        return {node.id: node.key for node in self.map.nodes}

    @property
    def place_of(self) -> dict[str, float]:
        """The term of the column in which each node stands, by its id."""
        return {
            node.id: math.inf if column.term is None else column.term
            for node in self.map.nodes
            for column in self.map.columns
            if column.left <= node.x < column.right
        }

    @property
    def circle_of(self) -> dict[str, int]:
        """Nodes of one column that come back to one another have one number."""
        place = self.place_of
        joined: nx.DiGraph[str] = nx.DiGraph()
        joined.add_nodes_from(place)
        joined.add_edges_from(
            (one.source, one.target) for one in self.map.edges if place[one.source] == place[one.target]
        )
        circles = enumerate(nx.strongly_connected_components(joined))
        return {node: number for number, circle in circles for node in circle}

    def runs_on(self, edge: lg.MapEdge) -> bool:
        """Whether an edge runs as time does, or is one of a circle in one term."""
        circle = self.circle_of
        return edge.way is not lg.Way.BACK or circle[edge.source] == circle[edge.target]


def _named(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(_LEARNINGS + _ACHIEVEMENTS), max_size=most, unique=True)


def _needed(most: int) -> st.SearchStrategy[list[object]]:
    any_of = _named(2).filter(lambda names: len(names) > 1).map(lambda names: {"any": names})
    return st.lists(st.one_of(st.sampled_from(_LEARNINGS + _ACHIEVEMENTS), any_of), max_size=most)


@st.composite
def _maps(draw: st.DrawFn) -> Drawn:
    courses = [
        lg.Course(
            key=key,
            prerequisites=draw(_needed(2)),
            corequisites=draw(_named(1)),
            recommended=draw(_named(1)),
            outcomes=draw(_named(2)),
        )
        for key in _LEARNINGS
    ]
    graph = lg.LearningGraph(courses)
    terms = draw(st.none() | st.fixed_dictionaries({key: st.none() | st.integers(1, 3) for key in _LEARNINGS}))
    shown = tuple(key for key in _LEARNINGS if draw(st.booleans()))
    drawn = lg.curriculum_map(graph, terms=terms, keys=shown, relations=draw(_RELATIONS))
    return Drawn(graph, shown, drawn)


@given(drawn=_maps())
def test_inside_a_term_only_circles_run_back(drawn: Drawn) -> None:
    place = drawn.place_of

    for edge in drawn.map.edges:
        if place[edge.source] < place[edge.target]:
            assert edge.way is lg.Way.FORWARD
        if place[edge.source] == place[edge.target]:
            assert drawn.runs_on(edge)


@given(drawn=_maps())
def test_an_achievement_that_is_granted_in_time_stands_between_who_grants_and_who_needs_it(drawn: Drawn) -> None:
    place = drawn.place_of

    for node in drawn.map.nodes:
        into = [edge for edge in drawn.map.edges if edge.target == node.id]
        out_of = [edge for edge in drawn.map.edges if edge.source == node.id]
        had = [place[edge.source] for edge in into if place[edge.source] < math.inf]
        if node.key is None or node.key in drawn.graph or not had:
            continue
        by = min((place[edge.target] - _waits(edge) for edge in out_of), default=math.inf)
        assert place[node.id] < math.inf, "what can be had is not out of reach"
        if min(had) <= by:
            assert all(drawn.runs_on(edge) for edge in out_of)
            assert all(drawn.runs_on(edge) for edge in into if place[edge.source] <= by and place[edge.source] in had)
        else:
            assert all(drawn.runs_on(edge) for edge in into if place[edge.source] == min(had))


def _waits(edge: lg.MapEdge) -> bool:
    return edge.timing is lg.Timing.BEFORE and edge.relation is not lg.Relation.RECOMMENDED


@given(drawn=_maps())
def test_all_that_shown_learnings_grant_is_drawn_where_outcomes_are_asked_for(drawn: Drawn) -> None:
    whole = lg.curriculum_map(drawn.graph, keys=drawn.shown, relations=tuple(lg.Relation))

    key_of = {node.id: node.key for node in whole.nodes}
    granted = {(key, outcome.achievement) for key in drawn.shown for outcome in drawn.graph[key].outcomes}
    lines = [(key_of[edge.source], key_of[edge.target]) for edge in whole.edges if edge.relation is lg.Relation.OUTCOME]
    assert sorted(lines, key=str) == sorted(granted)


@given(drawn=_maps())
def test_outside_is_what_was_not_asked_for_and_is_granted_by_nobody_shown(drawn: Drawn) -> None:
    granted = {outcome.achievement for key in drawn.shown for outcome in drawn.graph[key].outcomes}

    boxes = {node.key for node in drawn.map.nodes if node.key is not None}
    own = set(drawn.shown) | (granted - set(_LEARNINGS))
    assert {node.key for node in drawn.map.nodes if node.outside} == boxes - own


@given(graph=graphs(), relations=_RELATIONS)
def test_every_line_runs_forward_where_time_lets_it(
    graph: lg.LearningGraph, relations: tuple[lg.Relation, ...]
) -> None:
    drawn = lg.curriculum_map(graph, relations=relations)
    by_id = {node.id: node for node in drawn.nodes}

    for edge in drawn.edges:
        source, target = by_id[edge.source], by_id[edge.target]
        assert (source.x < target.x) == (edge.way is lg.Way.FORWARD)
        if edge.way is lg.Way.TOGETHER:
            assert edge.timing in {lg.Timing.WITH, lg.Timing.BEFORE_OR_WITH}
        if source.key is not None and target.key is not None and _is_earlier(source, target):
            assert edge.way is lg.Way.FORWARD
        if edge.way is lg.Way.BACK and source.key is None:
            raise AssertionError("a junction stands before its learning")


def _is_earlier(source: lg.MapNode, target: lg.MapNode) -> bool:
    if source.term is None or target.kind not in {lg.NodeKind.COURSE, lg.NodeKind.PROGRAM}:
        return False
    return target.term is None or source.term < target.term
