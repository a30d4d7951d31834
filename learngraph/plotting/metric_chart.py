"""A chart of one metric: who comes first, and how all are spread."""

from statistics import median

from matplotlib.axes import Axes

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.value import InvalidValueError
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
from learngraph.plotting.lettering import Lettering, Ruler
from learngraph.plotting.palette import BLUE
from learngraph.plotting.shades import Metric, Shades, shades_of
from learngraph.plotting.sheet import box_of, figure_of, ink
from learngraph.plotting.spread import draw_spread, spread_begin

_BARS, _LEAST_BARS = 0.56, 0.25  # of the width; where bars would have less there is no spread
_BESIDE, _APART = 3.0, 6.0  # points between a bar and its number, and between that and the spread
_NUMBER = 7.0  # points of a number, at most


def plot_metric(graph: LearningGraph, metric: Metric = "complexity", ax: Axes | None = None, *, most: int = 20) -> Axes:
    """Draw who has the highest numbers, and how the numbers of all are spread.

    Bars show the first of the ranking, the highest on top; those with the same number keep the order of
    the graph. Of rows that cannot be labelled legibly the last are left out. A histogram of all stands in the
    lower right, with a line at the median; on small axes the title gives the median alone.

    Parameters
    ----------
    metric
        The name of a metric that `metrics` gives for courses, or a number for each key.
    ax
        The axes to draw on; on a new figure where there are none.
    most
        How many to rank.

    Raises
    ------
    InvalidValueError
        where there is no such metric, a number is none, or `most` is less than 1.
    UnknownKeyError
        where a number is given for what is no learning of the graph.

    Warns
    -----
    MissingGlyphsWarning
        where names are in a script for which no font is installed: their keys stand alone.

    Examples
    --------
    >>> import learngraph as lg
    >>> plot_metric(lg.examples.university(), "blocking", most=5).get_title(loc="left")
    'blocking: the first 5 of 112'
    """
    if faults := count_faults("most", most):
        raise InvalidValueError("plot_metric", faults)
    shades = shades_of(graph, metric, function="plot_metric", argument="metric")
    rank = {learning.key: place for place, learning in enumerate(graph)}
    for key in shades.values:
        graph[key]  # raises where it is none
    ranked = sorted(shades.values, key=lambda key: (-shades.values[key], rank[key]))
    ax = chart_axes(ax, min(most, len(ranked)))
    if not ranked:
        return say_nothing(ax, f"nothing to show: no learning here has a number for {shades.name}")
    names = {key: graph[key].name for key in ranked[:most]}
    lettering = Lettering.of((shades.name, *names, *(name for name in names.values() if name)))
    room = Room.of(ax, [row_label(key, name, lettering) for key, name in names.items()], lettering)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    middle = f", median {median(shades.values.values()):,.6g}"
    words = f"{shades.name}: the first {min(most, len(ranked)):,} of {len(ranked):,}"
    title(ax, words + middle, lettering, room)  # takes its room before rows are counted
    shown = ranked[: rows_that_fit(ax, most)]
    told = lettering.names({key: names[key] for key in shown})
    points = label_rows(ax, [row_label(key, told.get(key), lettering) for key in shown], lettering, room)
    room_for_spread = _draw_bars(ax, shades, shown, min(points, _NUMBER))
    words = f"{shades.name}: the first {len(shown):,} of {len(ranked):,}{'' if room_for_spread else middle}"
    title(ax, words, lettering, room)
    if room_for_spread:
        draw_spread(ax, shades)
    return ax


def _draw_bars(ax: Axes, shades: Shades, shown: list[str], points: float) -> bool:
    """Draw the bars and their numbers, and say whether there is room for the spread beside them."""
    low, high = shades.range
    base = min(low, 0.0)
    reach = (max(high, 0.0) - base) or 1.0
    values = [shades.values[key] for key in shown]
    texts = [f"{value:,.6g}" for value in values]
    ax.barh(range(len(shown)), values, height=0.62, color=BLUE)
    ax.axvline(0, color=ink(), linewidth=0.8)
    for row, (value, text) in enumerate(zip(values, texts, strict=True)):
        ax.annotate(text, (max(value, 0.0), row), xytext=(_BESIDE, 0), textcoords="offset points", va="center",
                    fontsize=points, parse_math=False)  # fmt: skip
    begin, width = spread_begin(ax, shades), box_of(ax).width
    ruler = Ruler(figure_of(ax), Lettering.of(texts).families)
    numbers = max(ruler.width(text, points) for text in texts) + (_BESIDE + _APART) * ruler.pixels
    roomy = begin is not None and begin - numbers / width >= _LEAST_BARS
    share = min(_BARS, begin - numbers / width) if begin is not None and roomy else 1 - numbers / width
    ax.set_xlim(base, base + reach / max(share, _LEAST_BARS))
    return roomy
