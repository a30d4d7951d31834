"""A chart of two editions of a catalogue: which learnings came and went, and whose numbers moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from learngraph.analysis.comparing.comparison import Comparison, compare
from learngraph.analysis.measuring.classic import NAMES
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.value import InvalidValueError, short
from learngraph.plotting.chart_rows import (
    Room,
    chart_axes,
    count_faults,
    label_rows,
    row_label,
    rows_that_fit,
    say_nothing,
    title,
)
from learngraph.plotting.lettering import NUMBERS, Lettering, Ruler
from learngraph.plotting.palette import BLUE, GREEN, PURPLE, VERMILION
from learngraph.plotting.sheet import box_of, figure_of, ink


class Fate(StrEnum):
    """What became of a learning."""

    WENT = "went"
    CAME = "came"
    ROSE = "rose"
    FELL = "fell"


_LOOKS = {Fate.WENT: ("X", PURPLE), Fate.CAME: ("P", GREEN), Fate.ROSE: (">", VERMILION), Fate.FELL: ("<", BLUE)}

_BELOW = 20.0  # points from the axes to the legend: the numbers stand between
_LABEL = 10.0  # points of the name of the metric
_STEPS = 9  # along the axis, at most
_MOST = 0.4  # of the height of the axes, for the legend


@dataclass(frozen=True, slots=True)
class Row:
    """One learning: its number before and after; None where it was not there, or is no course."""

    key: str
    fate: Fate
    before: float | None
    after: float | None

    @property
    def distance(self) -> float:
        """How far its number moved."""
        return abs((self.after or 0) - (self.before or 0))


def plot_comparison(
    before: LearningGraph | Comparison,
    after: LearningGraph | None = None,
    ax: Axes | None = None,
    *,
    metric: str = "complexity",
    most: int = 40,
) -> Axes:
    """Draw two editions: what went, what came, and whose numbers moved, from where to where.

    A row for each learning: first those that went (a cross) and came (a plus), in graph order, then those of
    both editions whose number is another one, the farthest moved first, with an arrow from the old number
    to the new one. At most a third of the rows each are for what went and came; what is left out is told.

    Parameters
    ----------
    before, after
        Two catalogues; or a `Comparison` alone, which knows keys and no names.
    ax
        The axes to draw on; on a new figure where there are none.
    metric
        One of the metrics that are compared: blocking, delay, centrality, complexity, reachability.
    most
        How many rows.

    Raises
    ------
    InvalidValueError
        where there is no such metric, `most` is less than 1, or a graph comes without the other.

    Warns
    -----
    MissingGlyphsWarning
        where names are in a script for which no font is installed: their keys stand alone.

    Examples
    --------
    >>> import learngraph as lg
    >>> ax = plot_comparison(lg.examples.university(), lg.examples.university(edition=2))
    >>> ax.get_title(loc="left")
    '4 came, 2 went, the complexity of 26 moved'
    """
    _refuse(before, after, metric, most)
    graphs = [graph for graph in (after, before) if isinstance(graph, LearningGraph)]
    found = before if isinstance(before, Comparison) else compare(before, graphs[0])
    rows = list(_rows(found, metric))
    ax = chart_axes(ax, min(most, len(rows)))
    if not rows:
        return say_nothing(ax, f"nothing came, nothing went, and the {metric} of nothing moved")
    wanted = _chosen(rows, most)
    names = {row.key: next((graph[row.key].name for graph in graphs if row.key in graph), None) for row in wanted}
    lettering = Lettering.of((*names, *(name for name in names.values() if name)))
    room = Room.of(ax, [row_label(key, name, lettering) for key, name in names.items()], lettering)
    title(ax, _words(found, metric, rows, 1), lettering, room)  # takes its room before rows are counted
    _draw_legend(ax, {row.fate for row in wanted}, metric, room.across)
    shown = _chosen(rows, rows_that_fit(ax, most))
    told = lettering.names({row.key: names[row.key] for row in shown})
    title(ax, _words(found, metric, rows, len(shown)), lettering, room)
    label_rows(ax, [row_label(row.key, told.get(row.key), lettering) for row in shown], lettering, room)
    _draw_rows(ax, shown)
    _draw_legend(ax, {row.fate for row in shown}, metric, room.across)
    return ax


def _words(found: Comparison, metric: str, rows: Sequence[Row], shown: int) -> str:
    left_out = f" ({len(rows) - shown:,} of them are left out here)" if shown < len(rows) else ""
    moved = sum(row.fate in {Fate.ROSE, Fate.FELL} for row in rows)
    return f"{len(found.came):,} came, {len(found.went):,} went, the {metric} of {moved:,} moved{left_out}"


def _refuse(before: LearningGraph | Comparison, after: LearningGraph | None, metric: str, most: int) -> None:
    faults = [*count_faults("most", most)]
    if metric not in NAMES:
        faults.append(("metric", f"{short(metric)} is no metric: write one of {', '.join(NAMES)}"))
    if isinstance(before, Comparison) != (after is None):
        faults.append(("after", "give two graphs, or a comparison alone"))
    if faults:
        raise InvalidValueError("plot_comparison", tuple(faults))


def _rows(found: Comparison, metric: str) -> Iterator[Row]:
    moves = {move.key: move for move in found.moved if move.metric == metric}
    for keys, fate in ((found.went, Fate.WENT), (found.came, Fate.CAME)):
        for key in keys:
            move = moves.pop(key, None)
            yield Row(key, fate, move.before if move else None, move.after if move else None)
    both = [
        Row(key, Fate.ROSE if (move.after or 0) > (move.before or 0) else Fate.FELL, move.before, move.after)
        for key, move in moves.items()
    ]
    yield from sorted(both, key=lambda row: -row.distance)


def _chosen(rows: Sequence[Row], most: int) -> list[Row]:
    """Take as many rows as there is room for; neither what went nor what came takes more than a third of it."""
    if len(rows) <= most:
        return list(rows)
    third = max(1, most // 3)
    went = [row for row in rows if row.fate is Fate.WENT][:third]
    came = [row for row in rows if row.fate is Fate.CAME][:third]
    moved = [row for row in rows if row.fate in {Fate.ROSE, Fate.FELL}]
    return [*went, *came, *moved][:most]


def _draw_rows(ax: Axes, rows: Sequence[Row]) -> None:
    for place, row in enumerate(rows):
        mark, colour = _LOOKS[row.fate]
        end = row.before if row.fate is Fate.WENT else row.after
        if row.fate in {Fate.ROSE, Fate.FELL}:
            ax.plot([row.before or 0, end or 0], [place, place], color=colour, linewidth=1.6, zorder=2)
            ax.plot([row.before or 0], [place], "o", color=colour, markerfacecolor=ax.get_facecolor(), zorder=3)
        ax.plot([end or 0], [place], mark, color=colour, markersize=7, markeredgewidth=0.6, zorder=4, clip_on=False)
    highest = max((value for row in rows for value in (row.before, row.after) if value is not None), default=0.0)
    ax.set_xlim(0, (highest or 1.0) * 1.04)
    steps = Ruler(figure_of(ax), Lettering.of(()).families).steps(0, highest, _LABEL, box_of(ax).width, _STEPS)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=steps, steps=[1, 2, 2.5, 5, 10], min_n_ticks=1))
    ax.xaxis.set_major_formatter(NUMBERS)
    ax.grid(axis="x", color=ink(), alpha=0.12, linewidth=0.6)
    ax.set_axisbelow(True)


def _draw_legend(ax: Axes, fates: set[Fate], metric: str, width: float) -> None:
    """Draw the legend below the axes, on the line of the label; where both have no room, without the label.

    A legend that does not fit in one line has several; where it would take much of the height there is none.
    """
    handles = [
        Line2D([], [], linestyle="", marker=_LOOKS[fate][0], color=_LOOKS[fate][1], label=fate.value)
        for fate in Fate
        if fate in fates
    ]
    if fates & {Fate.ROSE, Fate.FELL}:
        handles.append(Line2D([], [], linestyle="", marker="o", color=ink(), markerfacecolor="none", label="before"))
    figure = figure_of(ax)
    below = ax.transAxes + ScaledTranslation(0, -_BELOW / 72, figure.dpi_scale_trans)
    beside = Ruler(figure, Lettering.of((metric,)).families).width(metric, _LABEL)
    ax.set_xlabel(metric, loc="right", fontsize=_LABEL)
    for columns in range(len(handles), 0, -1):
        legend = ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below,
                           borderaxespad=0, ncols=columns, frameon=False, fontsize=8)  # fmt: skip
        extent = legend.get_window_extent()
        if extent.width + beside > width:
            ax.set_xlabel("")
        if extent.width <= width:
            break
    if extent.height > box_of(ax).height * _MOST:
        legend.remove()
