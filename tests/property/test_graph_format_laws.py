"""Graphs for other programs hold every node and edge, whatever the texts."""

import io
import json
import re

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

import learngraph as lg
from learngraph.files.formats import written
from learngraph.files.picture import picture_of
from tests.property.strategies import graphs

_LEARNING = st.builds(lg.Course, key=st.text(st.characters(exclude_categories=()), min_size=1, max_size=3))
_ODD_GRAPHS = st.lists(_LEARNING, max_size=4, unique_by=lambda one: one.key).map(
    lambda found: lg.LearningGraph(one.replaced(prerequisites=[other.key for other in found]) for one in found)
)


@given(graph=graphs() | _ODD_GRAPHS)
def test_node_link_data_is_read_as_an_equal_graph(graph: lg.LearningGraph) -> None:
    text, _ = written(graph, "node-link")

    again = nx.node_link_graph(json.loads(text), edges="edges")

    assert nx.utils.graphs_equal(again, graph.networkx)


@given(graph=graphs() | _ODD_GRAPHS)
def test_graphml_has_every_edge_between_its_nodes(graph: lg.LearningGraph) -> None:
    text, lost = written(graph, "graphml")

    again = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)

    number = {key: place for place, key in enumerate(again)}
    own = {key: place for place, key in enumerate(graph.networkx)}
    assert [(number[start], number[end], data) for start, end, data in again.edges(data=True)] == [
        (own[start], own[end], data) for start, end, data in graph.networkx.edges(data=True)
    ]
    told = {finding.subject for finding in lost if finding.cause == "control characters"}
    kept = [(name, data) for (name, data), key in zip(again.nodes(data=True), own, strict=True) if key not in told]
    assert kept == [(key, data) for key, data in graph.networkx.nodes(data=True) if key not in told]


@given(graph=graphs() | _ODD_GRAPHS)
def test_pictures_have_a_line_for_each_box_and_arrow(graph: lg.LearningGraph) -> None:
    picture = picture_of(graph)

    for form, arrow in (("mermaid", r"n\d+ (?:-->|==>|-\.->|--o)"), ("dot", r"n\d+ -> n\d+ \[")):
        lines = written(graph, form)[0].removesuffix("\n").split("\n")
        assert sum(bool(re.match(f" {{4}}{arrow}", line)) for line in lines) == len(picture.arrows)
        assert len(lines) - len(picture.arrows) - len(picture.boxes) in ((1, 2) if form == "mermaid" else (3,))
