"""Looking up the artists of a map by what they stand for."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.markers import MarkerStyle
from matplotlib.patches import PathPatch

import learngraph as lg

Point = tuple[float, float]

_SHAPES = 3  # the zorder from which on boxes and junctions are drawn; lines lie below


def colour_of(found: Any) -> str:
    """The one colour that an artist gives, as the palette writes it."""
    (colour,) = {to_hex(one).upper() for one in to_rgba_array(found)}
    return colour


def lines(ax: Axes) -> list[PathPatch]:
    """The artists that hold lines, each those of one look."""
    return [found for found in ax.patches if isinstance(found, PathPatch) and found.get_zorder() < _SHAPES]


def courses_of(line: PathPatch) -> list[list[Point]]:
    """The points along each line of an artist, its curves as many short steps."""
    return [list(map(tuple, points)) for points in line.get_path().to_polygons(closed_only=False)]  # type: ignore[arg-type]


def line_between(ax: Axes, drawn: lg.CurriculumMap, source: str, target: str) -> PathPatch:
    """The artist that draws the line between two keys."""
    (edge,) = (
        edge for edge in drawn.edges
        if (edge.source, edge.target) == (drawn.by_key[source].id, drawn.by_key[target].id)
    )  # fmt: skip
    (found,) = (
        line for line in lines(ax)
        if any(np.allclose((course[0], course[-1]), (edge.points[0], edge.points[-1])) for course in courses_of(line))
    )  # fmt: skip
    return found


def marks(ax: Axes) -> list[PathCollection]:
    """The artists that hold the marks at the ends of lines."""
    return [found for found in ax.collections if isinstance(found, PathCollection)]


def is_mark(found: PathCollection, mark: str) -> bool:
    """Whether an artist draws this mark."""
    (path,) = found.get_paths()
    style = MarkerStyle(mark)
    return np.array_equal(path.vertices, style.get_path().transformed(style.get_transform()).vertices)


def shapes_around(ax: Axes, node: lg.MapNode) -> Iterator[tuple[PolyCollection, int]]:
    """What is drawn around the middle of a box: the artist, and which of its paths it is."""
    for found in ax.collections:
        if isinstance(found, PolyCollection) and found.get_zorder() == _SHAPES:
            for number, path in enumerate(found.get_paths()):
                extent = path.get_extents()
                if np.allclose(((extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2), (node.x, node.y)):
                    yield found, number


def dashes_of(found: PolyCollection) -> Any:
    """The dashes of the edges of boxes that are alike; None where they are solid."""
    styles: Any = found.get_linestyle()
    ((_, dashes),) = styles
    return dashes


def corners(ax: Axes, node: lg.MapNode) -> list[Point]:
    """The corners of a junction in pixels from its middle, each once."""
    joints = [found for found in ax.patches if isinstance(found, PathPatch) and found.get_zorder() == _SHAPES]
    middle = ax.transData.transform((node.x, node.y))
    for joint in joints:
        for outline in joint.get_path().transformed(ax.transData).to_polygons():
            away = np.asarray(outline) - middle
            if np.allclose(away.min(axis=0), -away.max(axis=0), atol=0.01):
                return list({(round(float(x), 3), round(float(y), 3)): None for x, y in away})
    raise AssertionError(f"no junction at {node}")
