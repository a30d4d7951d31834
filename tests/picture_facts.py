"""Facts of a picture that must hold whatever is in it, told by what is drawn and not by pixels."""

from collections.abc import Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from learngraph import CurriculumMap
from learngraph.plotting.sheet import add_axes, figure_of

_TOUCH = 0.5  # pixels


def page(width: float = 11.69, height: float = 8.27) -> Axes:
    """Axes on a figure of their own, by default on a page of A4, lying."""
    return add_axes(Figure(figsize=(width, height)))


def laid(width: float, height: float) -> Axes:
    """Axes on a figure that makes room for what stands around them."""
    return Figure(figsize=(width, height), layout="constrained").add_subplot()


def texts(ax: Axes) -> dict[str, int]:
    """The texts in axes, and how often each is there."""
    found: dict[str, int] = {}
    for text in ax.texts:
        found[text.get_text()] = found.get(text.get_text(), 0) + 1
    return found


def overlapping_texts(ax: Axes) -> list[tuple[str, str]]:
    """The texts of the whole figure, of two or more axes too, that lie on one another."""
    boxes = [(text.get_text(), _extent(text)) for text in _all_texts(ax)]
    return [
        (one, other)
        for (one, box), (other, another) in combinations(boxes, 2)
        if min(box.x1, another.x1) - max(box.x0, another.x0) > _TOUCH
        and min(box.y1, another.y1) - max(box.y0, another.y0) > _TOUCH
    ]


def texts_outside(ax: Axes) -> list[str]:
    """The texts that run over the edge of the figure, and those written into the axes that run over theirs."""
    whole = figure_of(ax).bbox.padded(_TOUCH)
    found = [text.get_text() for text in _all_texts(ax) if not _holds(whole, _extent(text))]
    frame = ax.get_window_extent().padded(_TOUCH)
    return found + [text.get_text() for text in ax.texts if not _holds(frame, _extent(text))]


def nodes_outside(ax: Axes, drawn: CurriculumMap) -> list[str]:
    frame = ax.get_window_extent().padded(_TOUCH)
    found = []
    for node in drawn.nodes:
        half, high = node.width / 2, node.height / 2
        corners = [(node.x - half, node.y - high), (node.x + half, node.y + high)]
        (x0, y0), (x1, y1) = ax.transData.transform(corners)
        if not _holds(frame, Bbox.from_extents(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))):
            found.append(node.id)
    return found


def _all_texts(ax: Axes) -> list[Text]:
    """All texts of a figure that are seen."""
    figure = figure_of(ax)
    figure.draw_without_rendering()  # labels of ticks and legends find their places only then
    unseen = {text for axis in figure.findobj(Axis) for text in _unseen(axis)}
    found = [text for text in figure.findobj(Text) if text not in unseen]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def _unseen(axis: Axis) -> Iterator[Text]:
    """The labels of ticks beyond the ends of an axis: they are there, and are not drawn."""
    low, high = sorted(axis.get_view_interval())
    for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
        if not low <= tick.get_loc() <= high:
            yield from (tick.label1, tick.label2)


def _extent(text: Text) -> Bbox:
    """The place of the letters alone, without the ground behind them."""
    ground = text.get_bbox_patch()
    text.set_bbox(None)
    extent = text.get_window_extent()
    if ground is not None:
        text.set_bbox({"pad": 0.2})
    return extent


def _holds(frame: Bbox, box: Bbox) -> bool:
    return bool(frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1)
