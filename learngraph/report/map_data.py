"""Maps as the page's script reads them: short lists of numbers, in the pixels of an unscaled drawing."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from learngraph.model.grades import GradeScale
from learngraph.model.relation import Relation, Timing
from learngraph.plotting.map_values import CurriculumMap, MapEdge, MapNode
from learngraph.report.texts import shown

Row: TypeAlias = list[Any]

#: the relations by the numbers that stand for them
RELATIONS = tuple(Relation)

_ACROSS, _DOWN = 150, 74  # pixels of one unit of a map
_TIMES = {Timing.BEFORE: "", Timing.BEFORE_OR_WITH: "before or with", Timing.WITH: "with"}


def map_data(drawn: CurriculumMap, number_of: Mapping[str, int], scale: GradeScale) -> dict[str, list[Row]]:
    """Give a map as lists: columns, nodes and edges.

    A node is `[number, x, y]`, and a junction `[label, x, y, conditions]`; a node from outside has a 1 at its
    end. An edge is `[source, target, relation, words, points]`, its ends being numbers of nodes and its points
    one number after the other.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> from learngraph.graph.learning_graph import LearningGraph
    >>> from learngraph.plotting.mapping import curriculum_map
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])])
    >>> made = map_data(curriculum_map(graph), {"A": 0, "B": 1}, graph.options.scale)
    >>> [row[0] for row in made["nodes"]], [row[:4] for row in made["edges"]]
    ([0, 1], [[0, 1, 0, '']])
    """
    place = {node.id: at for at, node in enumerate(drawn.nodes)}
    return {
        "columns": [[one.label, *_point(one.left, 0), _point(one.right, 0)[0]] for one in drawn.columns],
        "nodes": [_node(node, number_of) for node in drawn.nodes],
        "edges": [_edge(edge, place, scale) for edge in drawn.edges],
    }


def _point(x: float, y: float) -> tuple[int, int]:
    return round(x * _ACROSS), round(y * _DOWN)


def _node(node: MapNode, number_of: Mapping[str, int]) -> Row:
    where = _point(node.x, node.y)
    if node.key is None:
        return [node.label, *where, [shown(text) for text in node.conditions]]
    return [number_of[node.key], *where, *([1] if node.outside else [])]


def _edge(edge: MapEdge, place: Mapping[str, int], scale: GradeScale) -> Row:
    words = ", ".join(_words(edge, scale))
    points = [part for point in edge.points for part in _point(*point)]
    return [place[edge.source], place[edge.target], RELATIONS.index(edge.relation), words, points]


def _words(edge: MapEdge, scale: GradeScale) -> Iterator[str]:
    if edge.minimum_grade is not None:
        yield scale.letter(edge.minimum_grade) or f"at least {edge.minimum_grade:g}"
    if edge.timing and _TIMES[edge.timing]:
        yield _TIMES[edge.timing]
