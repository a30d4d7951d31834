"""What holds for the map of any curriculum."""

from hypothesis import given
from hypothesis import strategies as st

from learngraph import (
    CurriculumMap,
    LearningGraph,
    Relation,
    attainability,
    curriculum_map,
)
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import Condition, needs
from tests.map_facts import boxes_run_through, overlapping_boxes
from tests.property.strategies import graphs

_RELATIONS = st.sampled_from([REQUIREMENT_RELATIONS, tuple(Relation)])


def _learning_behind(drawn: CurriculumMap) -> dict[str, set[str]]:
    """For each node the learnings to which it leads, through junctions or as it is itself."""
    by_id = {node.id: node for node in drawn.nodes}
    onward: dict[str, list[str]] = {}
    for edge in drawn.edges:
        onward.setdefault(edge.source, []).append(edge.target)

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        queue = list(onward.get(start, ()))
        while queue:
            node = by_id[queue.pop()]
            if node.key is not None:
                found.add(node.key)
            else:
                queue.extend(onward.get(node.id, ()))
        return found

    return {node.id: reached(node.id) for node in drawn.nodes}


@given(graph=graphs())
def test_every_need_leads_to_its_learning_and_nothing_else_does(graph: LearningGraph) -> None:
    drawn = curriculum_map(graph)

    behind = _learning_behind(drawn)
    asked = {(one.needed, one.learning) for one in graph.index.references}
    granted = {edge.source for edge in drawn.edges if edge.relation is Relation.OUTCOME}
    key_of = {node.id: node.key for node in drawn.nodes}
    outcomes = {(key_of[edge.source], key_of[edge.target]) for edge in drawn.edges if edge.source in granted}
    found = {(key, learning) for id_, key in key_of.items() if key is not None for learning in behind[id_]}
    assert asked <= found
    assert found - outcomes <= asked


@given(graph=graphs())
def test_every_condition_is_told(graph: LearningGraph) -> None:
    drawn = curriculum_map(graph)

    asked = {
        leaf.text
        for learning in graph
        for relation in REQUIREMENT_RELATIONS
        for requirement in learning.requirements(relation)
        for leaf in requirement.leaves
        if isinstance(leaf, Condition)
    }
    assert {text for node in drawn.nodes for text in node.conditions} == asked


@given(graph=graphs())
def test_every_outcome_is_drawn_where_outcomes_are_asked_for(graph: LearningGraph) -> None:
    drawn = curriculum_map(graph, relations=[Relation.OUTCOME])

    key_of = {node.id: node.key for node in drawn.nodes}
    granted = {
        (learning.key, graph.index.resolve(outcome.achievement)) for learning in graph for outcome in learning.outcomes
    }
    drawn_edges = [(key_of[edge.source], key_of[edge.target]) for edge in drawn.edges]
    assert sorted(drawn_edges) == sorted(granted)
    assert not any(node.outside for node in drawn.nodes)


@given(graph=graphs(), relations=_RELATIONS)
def test_nothing_overlaps_and_all_is_inside(graph: LearningGraph, relations: tuple[Relation, ...]) -> None:
    drawn = curriculum_map(graph, relations=relations)

    assert overlapping_boxes(drawn) == []
    assert boxes_run_through(drawn) == []
    for node in drawn.nodes:
        assert 0 <= node.x - node.width / 2 < node.x + node.width / 2 <= drawn.width
        assert 0 <= node.y - node.height / 2 < node.y + node.height / 2 <= drawn.height
    for edge in drawn.edges:
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in edge.points)


@given(graph=graphs(), relations=_RELATIONS)
def test_each_learning_stands_in_the_column_of_its_earliest_term(
    graph: LearningGraph, relations: tuple[Relation, ...]
) -> None:
    drawn = curriculum_map(graph, relations=relations)
    terms = attainability(graph).terms

    for node in drawn.nodes:
        if node.key is not None and node.key in graph:
            (column,) = (column for column in drawn.columns if column.left <= node.x < column.right)
            assert column.term == terms[node.key] == node.term


@given(graph=graphs())
def test_a_part_of_a_graph_names_the_same_needs(graph: LearningGraph) -> None:
    keys = [learning.key for learning in graph][::2]

    drawn = curriculum_map(graph, keys=keys)

    inside = [node.key for node in drawn.nodes if node.key is not None and not node.outside]
    named = {
        graph.index.resolve(need.key)
        for key in keys
        for relation in REQUIREMENT_RELATIONS
        for need in needs(graph[key].requirements(relation))
    }
    granted = {key for key in named if key not in graph and set(graph.index.grantors.get(key, ())) & set(keys)}
    assert inside[: len(keys)] == keys
    assert set(inside[len(keys) :]) == granted
    assert {node.key for node in drawn.nodes if node.outside} == named - set(keys) - granted
