"""The texts of a map: in every box its key, and its name where there is room; what finds none is left out and told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from learngraph.plotting.boxes import BAR, FLAT
from learngraph.plotting.lettering import Lettering, Ruler
from learngraph.plotting.lighting import Light, Lighting
from learngraph.plotting.map_values import BOX, CurriculumMap, MapNode, NodeKind
from learngraph.plotting.palette import GREY
from learngraph.plotting.shades import text_on
from learngraph.plotting.sheet import Sheet

_LARGEST, _SMALLEST = 9.0, 5.0  # points of a key
_NAME, _SMALLEST_NAME = 0.72, 4.8  # of the key's size, and points
_BESIDE_NAMES = 6.5  # points that a key has at least where it makes room for two lines of a name
_FILLED = 0.92  # of a box
_ODD = 1.45  # of the usual width: longer keys are cut
_JOINT = (7.0, 4.0)  # the largest and smallest points in a junction

_Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A text, its middle in units of the map, and its size in points."""

    text: str
    x: float
    y: float
    points: float
    is_name: bool = False
    is_wider: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a map, by the ids of their nodes, and how many boxes have none."""

    placed: Mapping[str, tuple[Placed, ...]]
    left_out: int


def labels_of(
    sheet: Sheet, drawn: CurriculumMap, ruler: Ruler, lettering: Lettering, order: Sequence[MapNode], *, bars: bool
) -> Labels:
    """Find what can be written in each box; where boxes are too small, in the given order as far as there is room.

    `bars` says that the lower side of each box is taken.
    """
    texts = {node.id: _key_text(node, lettering) for node in order}
    names = lettering.names({node.key or "": node.label for node in order})
    points = _size(sheet, ruler, list(texts.values()))
    placed: dict[str, tuple[Placed, ...]] = {}
    taken = _Taken()
    for node in order:
        if points >= _SMALLEST:
            name = names.get(node.key or "", "")
            several = tuple(_filled(node, texts[node.id], name, points, sheet, ruler, bars=bars))
        else:
            several = tuple(_wider(node, texts[node.id], sheet, ruler, drawn, taken))
        if several:
            placed[node.id] = several
    return Labels(placed, len(order) - len(placed))


def _wider(
    node: MapNode, text: str, sheet: Sheet, ruler: Ruler, drawn: CurriculumMap, taken: "_Taken"
) -> Iterator[Placed]:
    """Write a key over the edges of its box where no other label is, inside the map."""
    cut = ruler.shortened(text, _SMALLEST, 12 * _SMALLEST * sheet.pixels)
    half, high = ruler.width(cut, _SMALLEST) / 2 / sheet.x_pixels, ruler.height(_SMALLEST) / 2 / sheet.y_pixels
    x = min(max(node.x, half), max(drawn.width - half, half))
    y = min(max(node.y, high), max(drawn.height - high, high))
    if cut and taken.take((x - half, y - high, x + half, y + high)):
        yield Placed(cut, x, y, _SMALLEST, is_wider=True)


def _key_text(node: MapNode, lettering: Lettering) -> str:
    mark = " *" if node.conditions else ""
    unknown = "? " if node.kind is NodeKind.MISSING else ""
    return f"{unknown}{lettering.written(node.key or node.label)}{mark}"


def _size(sheet: Sheet, ruler: Ruler, texts: Sequence[str]) -> float:
    """Give the size at which all keys but oddly long ones fit in a box, however small that is."""
    if not texts:
        return _LARGEST
    widths = sorted(ruler.width(text, 1.0) for text in texts)
    shorter = min(widths[-1], _ODD * widths[len(widths) // 2]) or 1.0
    across = sheet.x_pixels * _FILLED / shorter * 0.999  # what just fits must not be cut
    high = sheet.y_pixels * BOX[1] * _FILLED / ruler.height(1.0)
    beside_names = max(high * (1 - 1.1 * BAR / _FILLED) / (1 + 2 * _NAME), _BESIDE_NAMES)
    return min(_LARGEST, across, high, beside_names)


def _filled(
    node: MapNode, text: str, name: str, points: float, sheet: Sheet, ruler: Ruler, *, bars: bool
) -> Iterator[Placed]:
    """Write a key and as many lines of a name as a box takes, the whole in the middle of it."""
    taken = BAR if bars else 0.0
    width, height = sheet.x_pixels * node.width * _FILLED, sheet.y_pixels * node.height * (_FILLED - taken)
    if node.kind is NodeKind.ACHIEVEMENT:
        width *= FLAT
    points = min(points, max(_SMALLEST, width * 0.999 / (ruler.width(text, 1.0) or 1.0)))  # smaller sooner than cut
    key = ruler.shortened(text, points, width)
    if not key:
        return
    small = max(points * _NAME, _SMALLEST_NAME)
    key_height = ruler.height(points)
    if any(ruler.width(word, small) > width for word in name.split()):
        small = _SMALLEST_NAME
    most = int((height - key_height) / ruler.height(small))
    lines = ruler.wrapped(name, small, width, most) if name and small < points else []
    whole = key_height + ruler.height(small, len(lines))
    top = node.y - node.height * taken / 2 - whole / 2 / sheet.y_pixels
    yield Placed(key, node.x, top + key_height / 2 / sheet.y_pixels, points)
    for number, line in enumerate(lines):
        middle = key_height + ruler.height(small) * (number + 0.5)
        yield Placed(line, node.x, top + middle / sheet.y_pixels, small, is_name=True)


class _Taken:
    """The places that labels have taken, looked up by rows of a grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Box]] = {}

    def take(self, box: _Box) -> bool:
        """Take a place unless it is taken already."""
        cells = [(x, y) for x in range(int(box[0]), int(box[2]) + 1) for y in range(int(box[1]), int(box[3]) + 1)]
        others: Iterable[_Box] = (other for cell in cells for other in self._cells.get(cell, ()))
        if any(box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in others):
            return False
        for cell in cells:
            self._cells.setdefault(cell, []).append(box)
        return True


def draw_labels(
    sheet: Sheet, labels: Labels, lettering: Lettering, faces: Mapping[str, tuple[float, ...]], lighting: Lighting
) -> None:
    """Write the labels, dark or light as their boxes ask for."""
    for id_, several in labels.placed.items():
        colour = GREY if lighting.of_node(id_) is Light.DIM else text_on(faces.get(id_))
        for one in several:
            write(sheet, one, lettering, colour, ground=faces.get(id_) if one.is_wider else None)


def draw_joint_words(sheet: Sheet, drawn: CurriculumMap, ruler: Ruler, lettering: Lettering) -> None:
    """Write what a junction asks for where it can be read; its shape says it too."""
    for node in drawn.nodes:
        if not node.kind.is_junction:
            continue
        text = joint_words(node)
        across = 0.85 * min(node.width * sheet.x_pixels, node.height * sheet.y_pixels)
        points = min(_JOINT[0], across / ruler.width(text, 1.0), across / ruler.height(1.0))
        if points >= _JOINT[1]:
            write(sheet, Placed(text, node.x, node.y, points), lettering, text_on(None))


def joint_words(node: MapNode) -> str:
    """Give the sign of a junction."""
    sign = {NodeKind.ANY: "or", NodeKind.ALL: "&"}.get(node.kind, f"≥{node.count}")
    return f"{sign}*" if node.conditions else sign


def write(
    sheet: Sheet, one: Placed, lettering: Lettering, colour: str, *, ground: tuple[float, ...] | None = None
) -> None:
    """Write one text, with its middle where it belongs; nothing in it is read as mathematics."""
    behind = None if ground is None else {"facecolor": ground, "edgecolor": GREY, "linewidth": 0.3, "pad": 0.2}
    sheet.ax.text(
        one.x, one.y, one.text, fontsize=one.points, family=list(lettering.families), color=colour, zorder=5,
        ha="center", va="center", parse_math=False, usetex=False, bbox=behind,
    )  # fmt: skip
