"""What charts share: axes on a new figure, a label for each row, and a picture that says that there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from matplotlib.axes import Axes

from learngraph.model.value import short
from learngraph.plotting.lettering import Lettering, Ruler, plain
from learngraph.plotting.sheet import box_of, figure_dpi, figure_of

_ROW = 0.24  # inches
_POINTS, _SMALLEST = 8.0, 6.0
_LABEL = 42  # letters
_LABELS = 0.4  # of the width, at most, for the labels of the rows
_TITLE, _SMALLEST_TITLE = 11.0, 8.0  # points
_NOTHING, _LINES = 9.0, 4  # points where there is nothing, and lines of a long text


@dataclass(frozen=True, slots=True)
class Room:
    """How wide in pixels the labels of rows may be, and what stands above and below; how many lines may be above."""

    labels: float
    across: float
    lines: int

    @classmethod
    def of(cls, ax: Axes, labels: Sequence[str], lettering: Lettering) -> "Room":
        """Measure axes that are not labelled yet; only where something lays out the figure they make way for labels."""
        box, figure = box_of(ax), figure_of(ax)
        if figure.get_layout_engine() is None:
            above = (figure.bbox.y1 - box.y1) / Ruler(figure, lettering.families).height(_SMALLEST_TITLE)
            return cls(inf, box.width, max(1, min(int(above), _LINES)))
        most = box.width * _LABELS
        return cls(most, box.width - min(most, widest(ax, lettering, labels, _POINTS)), _LINES)


def count_faults(name: str, value: object) -> tuple[tuple[str, str], ...]:
    """Say what is wrong with a number of rows, as an error takes it."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return ()
    return ((name, f"{short(value)} is no number of rows: write a whole number from 1"),)


def chart_axes(ax: Axes | None, rows: int, *, width: float = 10.0) -> Axes:
    """Give the axes, or new ones on a figure that is high enough for so many rows."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt  # noqa: PLC0415 - chooses what shows figures, so only where one is made

    return plt.figure(figsize=(width, 1.6 + _ROW * max(rows, 8)), layout="constrained").add_subplot()


def rows_that_fit(ax: Axes, wanted: int) -> int:
    """Give how many rows can be labelled in letters that can be read, one at least."""
    room = box_of(ax).height / (figure_dpi(ax) / 72)
    return max(1, min(wanted, int(room / (_SMALLEST * 1.25))))


def row_label(key: str, name: str | None, lettering: Lettering) -> str:
    """Give a key and, where it can be drawn, the name behind it; cut where the whole is long."""
    with_name = f"{lettering.written(key)}  {plain(name)}" if name and name != key and lettering.draws(name) else ""
    text = with_name or lettering.written(key)
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rstrip()}…"


def label_rows(ax: Axes, labels: Sequence[str], lettering: Lettering, room: Room) -> float:
    """Put a label before each row, the first row on top, and give its points; cut what is too wide."""
    high = box_of(ax).height / (figure_dpi(ax) / 72) / max(len(labels), 1)
    wide = _POINTS * room.labels / (widest(ax, lettering, labels, _POINTS) or 1.0)
    points = max(min(_POINTS, high / 1.25, wide), _SMALLEST)
    ruler, families = Ruler(figure_of(ax), lettering.families), list(lettering.families)
    cut = [ruler.shortened(label, points, room.labels) for label in labels]
    ax.set_yticks(range(len(labels)), labels=cut, fontsize=points, family=families, parse_math=False)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right"]].set_visible(False)
    return points


def title(ax: Axes, text: str, lettering: Lettering, room: Room) -> None:
    """Set a title in which nothing is read as mathematics; smaller, then in lines, where it is too wide."""
    words, points = Ruler(figure_of(ax), lettering.families).fitted(
        lettering.written(text), _TITLE, _SMALLEST_TITLE, room.across, room.lines
    )
    ax.set_title(words, loc="left", parse_math=False, family=list(lettering.families), fontsize=points)


def say_nothing(ax: Axes, text: str) -> Axes:
    """Draw that there is nothing to draw, and why."""
    ruler, width = Ruler(figure_of(ax), Lettering.of((text,)).families), box_of(ax).width
    points = min(ruler.fitted(part, _NOTHING, _SMALLEST, width, _LINES)[1] for part in text.split(": "))
    lines = [ruler.fitted(part, points, points, width, _LINES)[0] for part in text.replace(": ", ":\n").split("\n")]
    ax.text(0.5, 0.5, "\n".join(lines), transform=ax.transAxes, ha="center", va="center", parse_math=False,
            fontsize=points)  # fmt: skip
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    return ax


def widest(ax: Axes, lettering: Lettering, texts: Sequence[str], points: float) -> float:
    """Give the width of the widest of several texts, in pixels."""
    ruler = Ruler(figure_of(ax), lettering.families)
    return max((ruler.width(text, points) for text in texts), default=0.0)
