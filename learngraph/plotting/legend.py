"""The legend of a map: only what is in the picture, on a strip below it."""

from collections.abc import Iterator
from typing import TypeAlias

from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import Bbox

from learngraph.plotting.boxes import BAR_COLOUR, EDGES, MEASURED
from learngraph.plotting.lettering import NUMBERS, Lettering, Ruler
from learngraph.plotting.lighting import Light, Lighting
from learngraph.plotting.map_values import CurriculumMap, NodeKind, Way
from learngraph.plotting.palette import BACK, COLOURS, DARK, FAINT, GREY, LINES, OUTSIDE, PAPER, LineLook
from learngraph.plotting.shades import Shades
from learngraph.plotting.sheet import box_of, figure_of, ink

_POINTS = 7.0
_BAR_SHARE = 0.24  # of the width, for the colours
_MOST = 0.4  # of the height, for the legend
_BAR_HEIGHT = 8.0  # points

_Handle: TypeAlias = Line2D | Patch

_JOINTS = {NodeKind.ANY: ("o", "one of these"), NodeKind.AT_LEAST: ("D", "at least so many of these"),
           NodeKind.ALL: ("s", "all of these")}  # fmt: skip
_LIT = {Light.ITSELF: "the one asked for", Light.PAST: "what it may need", Light.FUTURE: "what it unlocks"}


def draw_legend(
    ax: Axes, drawn: CurriculumMap, lighting: Lighting, colour: Shades | None, size: Shades | None
) -> float:
    """Draw the legend along the lower side, in as many columns as fit, and give its height in pixels.

    On axes on which it would take much of the space there is none.
    """
    handles = list(_handles(drawn, lighting, colour, size))
    room = box_of(ax)
    share = 1 - (_BAR_SHARE + 0.04 if colour is not None else 0)
    height = 0.0
    for columns in range(len(handles), 0, -1):
        legend = ax.legend(
            handles=handles, ncols=columns, loc="lower left", bbox_to_anchor=(0, 0), borderaxespad=0, frameon=False,
            fontsize=_POINTS, handlelength=3, labelcolor=ink(),
        )  # fmt: skip
        extent = legend.get_window_extent()
        height = extent.height
        if extent.width <= room.width * share:
            break
    if height > room.height * _MOST and (found := ax.get_legend()) is not None:
        found.remove()
        return 0.0
    if colour is not None:
        height = max(height, _draw_colours(ax, colour, room))
    return height


def _draw_colours(ax: Axes, colour: Shades, room: Bbox) -> float:
    """Draw the bar of colours in the lower right corner, and give the height that it takes in pixels."""
    ruler = Ruler(figure_of(ax), Lettering.of(()).families)
    bar, whole = _BAR_HEIGHT * ruler.pixels, (_BAR_HEIGHT + 4 * _POINTS) * ruler.pixels
    inset = ax.inset_axes((1 - _BAR_SHARE, (whole - bar) / room.height * 0.85, _BAR_SHARE - 0.02, bar / room.height))
    shown = figure_of(ax).colorbar(ScalarMappable(colour.norm, COLOURS), cax=inset, orientation="horizontal")
    shown.ax.tick_params(labelsize=_POINTS - 1, length=2, pad=1)
    steps = ruler.steps(*colour.range, _POINTS - 1, (_BAR_SHARE - 0.02) * room.width)
    shown.ax.locator_params(axis="x", nbins=steps, min_n_ticks=1)
    shown.ax.xaxis.set_major_formatter(NUMBERS)
    shown.set_label(colour.name, fontsize=_POINTS, labelpad=1)
    return whole


def _handles(drawn: CurriculumMap, lighting: Lighting, colour: Shades | None, size: Shades | None) -> Iterator[_Handle]:
    relations = {edge.relation for edge in drawn.edges}
    for relation, look in LINES.items():
        if relation in relations:
            yield _line(look)
    if any(edge.way is Way.BACK for edge in drawn.edges):
        yield _line(BACK)
    kinds = {node.kind for node in drawn.nodes}
    for kind, (mark, words) in _JOINTS.items():
        if kind in kinds:
            yield Line2D(
                [], [], linestyle="", marker=mark, markersize=7, color=DARK, markerfacecolor=PAPER, label=words
            )
    yield from _box_handles(drawn, kinds)
    if lighting.itself is not None:
        for light, words in _LIT.items():
            yield Patch(facecolor=PAPER, edgecolor=EDGES[light][0], linewidth=EDGES[light][1], label=words)
    if size is not None:
        yield Patch(facecolor=BAR_COLOUR, label=f"bar: {size.name}, up to {size.range[1]:g}")
    if colour is not None and any(
        node.kind in MEASURED and not node.outside and node.key not in colour.values for node in drawn.nodes
    ):
        yield Patch(facecolor=PAPER, edgecolor=FAINT, hatch="////", label=f"no {colour.name}")


def _box_handles(drawn: CurriculumMap, kinds: set[NodeKind]) -> Iterator[_Handle]:
    if NodeKind.PROGRAM in kinds:
        yield Patch(facecolor=PAPER, edgecolor=DARK, linewidth=2, label="program (double frame)")
    if NodeKind.ACHIEVEMENT in kinds:
        yield Line2D([], [], linestyle="", marker="h", markersize=8, color=DARK, markerfacecolor=PAPER,
                     label="achievement")  # fmt: skip
    if any(node.outside and node.kind in MEASURED for node in drawn.nodes):
        yield Patch(facecolor=OUTSIDE, edgecolor=GREY, label="outside, its own needs not drawn")
    if NodeKind.MISSING in kinds:
        yield Patch(facecolor=OUTSIDE, edgecolor=GREY, linestyle="dashed", label="? not in this graph")
    if any(node.conditions for node in drawn.nodes):
        yield Line2D([], [], linestyle="", marker="$*$", markersize=6, color=ink(), label="also a condition, no course")


def _line(look: LineLook) -> Line2D:
    colour = look.colour or ink()
    return Line2D(
        [0, 0.5, 1], [0, 0, 0], color=colour, linewidth=1, linestyle=(0, look.dashes) if look.dashes else "solid",
        marker=look.mark, markersize=4, markevery=[2], label=look.words, markeredgecolor=colour,
        markerfacecolor=PAPER if look.hollow else colour,
    )  # fmt: skip
