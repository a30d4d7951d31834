"""Graphs for other programs, read again with NetworkX."""

import io
from typing import Any

import networkx as nx
import pytest

from learngraph import Achievement, LearningGraph, Need
from learngraph.graph.interchange import graphml_of, node_link_of
from tests.builders import course, graph, program


def whole() -> LearningGraph:
    return graph(
        course("A", name="Algebra & <Geometry>"),
        course(
            "B",
            {"any": [{"need": "A", "minimum_grade": 2.5}, {"need": "X", "minimum_grade": 3}]},
            corequisites=[Need("A")],
            outcomes=["badge"],
        ),
        program("P", "B"),
        achievements=[Achievement(key="badge", name="Badge")],
    )


def read(held: LearningGraph) -> Any:
    return nx.read_graphml(io.BytesIO(graphml_of(held).text.encode()), force_multigraph=True)


def edges(of: Any) -> list[tuple[Any, ...]]:
    return [(start, end, data) for start, end, data in of.edges(data=True)]


def test_graphml_holds_all_nodes_and_edges_with_what_they_say() -> None:
    held = whole()

    again = read(held)

    assert [*again.nodes(data=True)] == [*held.networkx.nodes(data=True)]
    assert edges(again) == edges(held.networkx)
    assert again.is_directed()


def test_each_edge_of_graphml_has_an_id_of_its_own() -> None:
    held = whole()

    assert sorted(key for _, _, key in read(held).edges(keys=True)) == ["e0", "e1", "e2", "e3", "e4"]


def test_grades_are_one_attribute_of_graphml_whole_or_not() -> None:
    assert graphml_of(whole()).text.count('attr.name="minimum_grade"') == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<b>&amp;</b> \"quoted\" 'so'", id="what means something in XML"),
        pytest.param("a\r\nb\rc\td", id="line breaks and tabs"),
        pytest.param(" \x85\u2028x ", id="other line breaks"),
        pytest.param("數學 🎓 é", id="other alphabets"),
        pytest.param("]]>", id="the end of a section"),
    ],
)
def test_texts_that_xml_can_hold_are_kept(text: str) -> None:
    written = graphml_of(graph(course(text, name=text), course("B", text)))
    again = read(graph(course(text, name=text), course("B", text)))

    assert written.changed == ()
    assert again.nodes[text]["name"] == text
    assert [*again.edges()] == [(text, "B")]


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_what_xml_cannot_hold_is_replaced_and_told(letter: str) -> None:
    held = graph(course(f"A{letter}"), course("B", f"A{letter}", name=letter), "C")

    again = read(held)

    assert graphml_of(held).changed == (f"A{letter}", "B")
    assert [*again.nodes] == ["A\ufffd", "B", "C"]
    assert [*again.edges()] == [("A\ufffd", "B")]
    assert again.nodes["B"]["name"] == "\ufffd"


def test_keys_that_xml_would_make_one_stay_apart() -> None:
    held = graph("A\x00", "A\x01", "A\ufffd", course("B", "A\x00", "A\x01", "A\ufffd"))

    again = read(held)

    assert sorted(again.nodes) == ["A\ufffd", "A\ufffd (2)", "A\ufffd (3)", "B"]
    assert again.in_degree("B") == 3


def test_node_link_data_is_read_as_an_equal_graph() -> None:
    held = whole()

    again = nx.node_link_graph(node_link_of(held), edges="edges")

    assert nx.utils.graphs_equal(again, held.networkx)
    assert node_link_of(held) == node_link_of(whole())


def test_an_empty_graph_is_written_too() -> None:
    assert len(read(LearningGraph())) == 0
    assert node_link_of(LearningGraph())["nodes"] == []
