"""Facts of a map of a curriculum that must hold whatever is in it."""

from itertools import combinations, pairwise
from typing import Any

from learngraph import Course, CurriculumMap, MapNode, Program, curriculum_map
from tests.builders import graph

_TOUCH = 1e-6


def overlapping_boxes(drawn: CurriculumMap) -> list[tuple[str, str]]:
    return [
        (one.id, other.id)
        for one, other in combinations(drawn.nodes, 2)
        if abs(one.x - other.x) < (one.width + other.width) / 2 - _TOUCH
        and abs(one.y - other.y) < (one.height + other.height) / 2 - _TOUCH
    ]


def boxes_run_through(drawn: CurriculumMap) -> list[tuple[str, str, str]]:
    """The boxes through which a line runs that does not end there, with the ends of the line."""
    return [
        (edge.source, edge.target, node.id)
        for edge in drawn.edges
        for node in drawn.nodes
        if node.id not in {edge.source, edge.target}
        and any(_meets(node, one, other) for one, other in pairwise(edge.points))
    ]


def _meets(node: MapNode, one: tuple[float, float], other: tuple[float, float]) -> bool:
    (left, right), (upper, lower) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    beside = right <= node.x - node.width / 2 + _TOUCH or left >= node.x + node.width / 2 - _TOUCH
    above = lower <= node.y - node.height / 2 + _TOUCH or upper >= node.y + node.height / 2 - _TOUCH
    return not (beside or above)


def edges(*learnings: Course | Program | str, **options: Any) -> list[tuple[str, str, str]]:
    """The edges by the keys of their ends, or the words of a junction, and their ways."""
    drawn = curriculum_map(graph(*learnings), **options)
    name = {node.id: node.key or node.label for node in drawn.nodes}
    return [(name[edge.source], name[edge.target], edge.way.value) for edge in drawn.edges]
