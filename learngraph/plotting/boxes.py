"""The boxes and junctions of a map, and the bands of its columns."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Ellipse, PathPatch
from matplotlib.path import Path

from learngraph.plotting.lighting import Light, Lighting
from learngraph.plotting.map_values import CurriculumMap, MapNode, NodeKind
from learngraph.plotting.palette import BLUE, DARK, FAINT, GREY, ORANGE, OUTSIDE, PAPER, VERMILION
from learngraph.plotting.shades import Shades
from learngraph.plotting.sheet import Sheet, ink

EDGES = {
    Light.PLAIN: (DARK, 0.8), Light.ITSELF: (VERMILION, 2.4), Light.PAST: (BLUE, 1.6), Light.FUTURE: (ORANGE, 1.6),
    Light.DIM: (FAINT, 0.6),
}  # fmt: skip
BAR = 0.1  # of a box
FLAT = 0.85  # of the width of an achievement, between the corners of its upper and lower edge
BAR_COLOUR = VERMILION
MEASURED = {NodeKind.COURSE, NodeKind.PROGRAM}  #: what is looked at for a number; of others none is missed
_Shape: TypeAlias = list[tuple[float, float]]


def draw_columns(sheet: Sheet, drawn: CurriculumMap) -> None:
    """Shade every other column."""
    bands = [_span(each.left, 0, each.right - each.left, drawn.height) for each in drawn.columns[::2]]
    _add(sheet, bands, facecolors=ink(), alpha=0.05, linewidths=0, zorder=0)


def draw_boxes(sheet: Sheet, drawn: CurriculumMap, lighting: Lighting, colour: Shades | None) -> None:
    """Draw what is no junction; those alike are one artist."""
    nodes = [node for node in drawn.nodes if not node.kind.is_junction]
    for look, alike in _alike(nodes, lighting):
        kind, outside, light = look
        edge, width = EDGES[light]
        edge, width = GREY if outside and light is Light.PLAIN else edge, width * sheet.scale
        dashes = "dashed" if kind is NodeKind.MISSING else "solid"
        faces = [face(node, colour, light) for node in alike]
        outlines = [_outline(node) for node in alike]
        _add(sheet, outlines, facecolors=faces, edgecolors=edge, linewidths=width, linestyles=dashes, zorder=3)
        if kind is NodeKind.PROGRAM:
            frames = [_rectangle(node, node.width + 0.07, node.height + 0.12) for node in alike]
            _add(sheet, frames, facecolors="none", edgecolors=edge, linewidths=width, zorder=3)
        if colour is not None and not outside and kind in MEASURED:
            unknown = [_outline(node) for node in alike if colour.colour(node.key) is None]
            _add(sheet, unknown, facecolors="none", edgecolors=FAINT, hatch="////", linewidths=0, zorder=3)


def _add(sheet: Sheet, shapes: Sequence[_Shape], **look: Any) -> None:  # noqa: ANN401 - what the library takes
    sheet.ax.add_collection(PolyCollection(shapes, **look), autolim=False)


def face(node: MapNode, colour: Shades | None, light: Light = Light.PLAIN) -> tuple[float, float, float, float]:
    """Give the colour of a box: by its number where there is one; what is outside stays grey."""
    shade = colour.colour(node.key) if colour is not None and not node.outside else None
    if light is Light.DIM:
        return to_rgba(PAPER)
    grey = node.kind is NodeKind.MISSING or (node.outside and node.kind is not NodeKind.ACHIEVEMENT)
    return shade or to_rgba(OUTSIDE if grey else PAPER)


def draw_bars(sheet: Sheet, drawn: CurriculumMap, lighting: Lighting, size: Shades) -> None:
    """Draw a bar along the lower side of each box, as long as its number is large."""
    bars = [
        (
            node,
            _span(node.x - node.width / 2, node.y + node.height * (0.5 - BAR), node.width * length, node.height * BAR),
        )
        for node in drawn.nodes
        if (length := size.length(node.key)) > 0
    ]
    colours = [FAINT if lighting.of_node(node.id) is Light.DIM else BAR_COLOUR for node, _ in bars]
    _add(sheet, [bar for _, bar in bars], facecolors=colours, edgecolors=PAPER, linewidths=0.4, zorder=4)


def draw_junctions(sheet: Sheet, drawn: CurriculumMap, lighting: Lighting) -> None:
    """Draw junctions: round for any of, a diamond for at least, a square for all of."""
    joints = [node for node in drawn.nodes if node.kind.is_junction]
    for look, alike in _alike(joints, lighting):
        edge, width = EDGES[look[2]]
        paths = [_joint(node, sheet) for node in alike]
        patch = PathPatch(
            Path.make_compound_path(*paths), facecolor=PAPER, edgecolor=edge, linewidth=width * sheet.scale, zorder=3
        )
        sheet.ax.add_patch(patch)


def _alike(
    nodes: Iterable[MapNode], lighting: Lighting
) -> Iterable[tuple[tuple[NodeKind, bool, Light], list[MapNode]]]:
    def look(node: MapNode) -> tuple[NodeKind, bool, Light]:
        return node.kind, node.outside, lighting.of_node(node.id)

    return [(key, list(found)) for key, found in groupby(sorted(nodes, key=look), key=look)]


def _outline(node: MapNode) -> _Shape:
    if node.kind is NodeKind.ACHIEVEMENT:  # six corners
        x, y, half, high = node.x, node.y, node.width / 2, node.height / 2
        edge = half * FLAT
        return [(x - half, y), (x - edge, y - high), (x + edge, y - high), (x + half, y), (x + edge, y + high),
                (x - edge, y + high)]  # fmt: skip
    return _rectangle(node, node.width, node.height)


def _rectangle(node: MapNode, width: float, height: float) -> _Shape:
    return _span(node.x - width / 2, node.y - height / 2, width, height)


def _span(left: float, top: float, width: float, height: float) -> _Shape:
    return [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]


def _joint(node: MapNode, sheet: Sheet) -> Path:
    """Give the outline of a junction, as wide as high on the sheet."""
    across = min(node.width * sheet.x_pixels, node.height * sheet.y_pixels)
    width, height = across / sheet.x_pixels, across / sheet.y_pixels
    if node.kind is NodeKind.ANY:
        return Ellipse((node.x, node.y), width, height).get_path().transformed(
            Ellipse((node.x, node.y), width, height).get_patch_transform())  # fmt: skip
    if node.kind is NodeKind.ALL:
        return Path([*_rectangle(node, width * 0.86, height * 0.86), (0, 0)], closed=True)
    x, y, half, high = node.x, node.y, width / 2, height / 2
    return Path([(x - half, y), (x, y - high), (x + half, y), (x, y + high), (0, 0)], closed=True)
