"""How the lines of a map are lit around one learning."""

import pytest

import learngraph as lg
from learngraph.plotting.lighting import Light, Lighting
from tests.builders import course, graph

WHOLE = graph(
    "A",
    course("B", "A"),
    course("C", "B", recommended=["A"]),
    course("D", "C", "X"),
    course("E", "D"),
    course("X", "A"),
)


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        pytest.param("C", {"AB": "past", "BC": "past", "AC": "dim", "CD": "future", "XD": "dim", "DE": "future",
                           "AX": "dim"}, id="the middle"),
        pytest.param("A", {"AB": "future", "BC": "future", "AC": "dim", "CD": "future", "XD": "future", "DE": "future",
                           "AX": "future"}, id="the first"),
        pytest.param("E", {"AB": "past", "BC": "past", "AC": "dim", "CD": "past", "XD": "past", "DE": "past",
                           "AX": "past"}, id="the last"),
    ],
)  # fmt: skip
def test_a_line_is_lit_by_the_side_on_which_it_lies_and_a_recommendation_never(
    around: str, expected: dict[str, str]
) -> None:
    drawn = lg.curriculum_map(WHOLE)
    key = {node.id: node.key for node in drawn.nodes}
    lighting = Lighting.of(drawn, around)

    assert {f"{key[edge.source]}{key[edge.target]}": lighting.of_edge(edge) for edge in drawn.edges} == expected


def test_without_a_learning_that_is_asked_for_all_is_plain() -> None:
    drawn = lg.curriculum_map(WHOLE)

    assert {Lighting().of_edge(edge) for edge in drawn.edges} == {Light.PLAIN}
    assert {Lighting().of_node(node.id) for node in drawn.nodes} == {Light.PLAIN}
