"""Learnings and their relations as NetworkX graphs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from learngraph.graph.index import Index
from learngraph.model.achievement import Achievement
from learngraph.model.learning import Learning
from learngraph.model.relation import Relation

if TYPE_CHECKING:
    import networkx as nx

    MultiDiGraph: TypeAlias = nx.MultiDiGraph[str]
    DiGraph: TypeAlias = nx.DiGraph[str]


def build_multigraph(
    learnings: Mapping[str, Learning], achievements: Mapping[str, Achievement], index: Index
) -> "MultiDiGraph":
    """Build the frozen graph, an edge a need and an edge an outcome."""
    import networkx as nx  # noqa: PLC0415 - heavy, imported when first used

    graph: MultiDiGraph = nx.MultiDiGraph()
    for key, learning in learnings.items():
        graph.add_node(key, kind=learning.type, name=learning.name or key)
    for key, achievement in achievements.items():
        graph.add_node(key, kind="achievement", name=achievement.name or key)
    for reference in index.references:
        _add_missing(graph, reference.needed)
        attributes: dict[str, Any] = {
            "relation": reference.relation.value,
            "requirement": reference.number,
            "timing": reference.timing.value,
        }
        if reference.need.minimum_grade is not None:
            attributes["minimum_grade"] = reference.need.minimum_grade
        graph.add_edge(reference.needed, reference.learning, **attributes)
    for learning in learnings.values():
        for number, outcome in enumerate(learning.outcomes):
            granted = index.resolve(outcome.achievement)
            _add_missing(graph, granted)
            graph.add_edge(learning.key, granted, relation=Relation.OUTCOME.value, requirement=number)
    frozen: MultiDiGraph = nx.freeze(graph)
    return frozen


def _add_missing(graph: "MultiDiGraph", key: str) -> None:
    if key not in graph:
        graph.add_node(key, kind="missing", name=key)


def build_simple(graph: "MultiDiGraph", relations: frozenset[Relation]) -> "DiGraph":
    """Build a new graph of the learnings and what some relations join, one edge a pair."""
    import networkx as nx  # noqa: PLC0415 - heavy, imported when first used

    simple: DiGraph = nx.DiGraph()
    simple.add_nodes_from(
        (key, dict(data)) for key, data in graph.nodes.items() if data["kind"] in {"course", "program"}
    )
    for start, end, data in graph.edges(data=True):
        if data["relation"] in relations and not simple.has_edge(start, end):
            for key in (start, end):
                simple.add_node(key, **graph.nodes[key])
            simple.add_edge(start, end, **data)
    return simple
