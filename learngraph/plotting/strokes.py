"""The lines of a map: one artist for each look, and a mark at each end that is a learning."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import ScaledTranslation

from learngraph.model.relation import Relation
from learngraph.plotting.lighting import Light, Lighting
from learngraph.plotting.map_values import CurriculumMap, MapEdge, Way
from learngraph.plotting.palette import BACK, FAINT, LINES, PAPER, LineLook
from learngraph.plotting.sheet import Sheet, figure_of, ink

_WIDTH = {Light.PLAIN: 0.9, Light.ITSELF: 1.8, Light.PAST: 1.8, Light.FUTURE: 1.8, Light.DIM: 0.5}
_MARK = 14.0  # square points
_ASIDE = 2.4  # points from the side of the box to the middle of the mark
_BULGE = 0.25  # how far a line inside a lane leans out

_Point = tuple[float, float]


def draw_lines(sheet: Sheet, drawn: CurriculumMap, lighting: Lighting) -> None:
    """Draw all lines, those that are lit above the others."""

    def kind(edge: MapEdge) -> tuple[bool, Relation, bool, Light]:
        light = lighting.of_edge(edge)
        return light not in {Light.DIM, Light.PLAIN}, edge.relation, edge.way is Way.BACK, light

    junctions = {node.id for node in drawn.nodes if node.kind.is_junction}
    for (lit, relation, back, light), found in groupby(sorted(drawn.edges, key=kind), key=kind):
        edges = list(found)
        look = look_of(relation, back=back)
        colour = FAINT if light is Light.DIM else look.colour or ink()
        path = Path.make_compound_path(*(_path(edge.points) for edge in edges))
        patch = PathPatch(
            path, facecolor="none", edgecolor=colour, linewidth=_WIDTH[light] * sheet.scale, zorder=1 + lit,
            linestyle=(0, LINES[relation].dashes) if LINES[relation].dashes else "solid", capstyle="butt",
        )  # fmt: skip
        sheet.ax.add_patch(patch)
        _draw_marks(sheet, [edge for edge in edges if edge.target not in junctions], look, colour)


def look_of(relation: Relation, *, back: bool) -> LineLook:
    """Give how a line looks; one that runs back keeps the dashes of its relation."""
    return BACK if back else LINES[relation]


def _draw_marks(sheet: Sheet, edges: Sequence[MapEdge], look: LineLook, colour: str) -> None:
    for aside, ends in ((-_ASIDE, []), (_ASIDE, [])):  # type: tuple[float, list[_Point]]
        for edge in edges:
            end, before = edge.points[-1], edge.points[-2]
            from_left = before[0] < end[0] or (before[0] == end[0] and before[1] > end[1])
            if from_left == (aside < 0):
                ends.append(end)
        if not ends:
            continue
        xs, ys = zip(*ends, strict=True)
        inches = figure_of(sheet.ax).dpi_scale_trans
        beside = sheet.ax.transData + ScaledTranslation(aside * sheet.scale / 72, 0, inches)
        sheet.ax.scatter(
            xs, ys, s=_MARK * sheet.scale**2, marker=look.mark, transform=beside, zorder=3.5, clip_on=False,
            facecolors=PAPER if look.hollow else colour, edgecolors=colour, linewidths=0.8 * sheet.scale,
        )  # fmt: skip


def _path(points: Sequence[_Point]) -> Path:
    vertices, codes = [points[0]], [int(Path.MOVETO)]
    for vertex, code in _strokes(points):
        vertices.append(vertex)
        codes.append(code)
    return Path(vertices, codes)


def _strokes(points: Sequence[_Point]) -> Iterator[tuple[_Point, int]]:
    """Lead a line through its points, level where it meets a box or passes a lane."""
    for (x, y), (to_x, to_y) in pairwise(points):
        if y == to_y:
            yield (to_x, to_y), int(Path.LINETO)
            continue
        if x == to_x:  # inside a lane, on the right where it leads down
            lean = x + (_BULGE if to_y > y else -_BULGE)
            bend, to_bend = (lean, y), (lean, to_y)
        else:
            bend, to_bend = ((x + to_x) / 2, y), ((x + to_x) / 2, to_y)
        for vertex in (bend, to_bend, (to_x, to_y)):
            yield vertex, int(Path.CURVE4)
