"""A chart of one metric: who comes first, and how all are spread."""

from statistics import median

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.value import InvalidValueError
from learngraph.plotting.chart_rows import (
    chart_axes,
    count_faults,
    label_rows,
    row_label,
    rows_that_fit,
    say_nothing,
    title,
)
from learngraph.plotting.lettering import Lettering
from learngraph.plotting.palette import BLUE, GREY, VERMILION
from learngraph.plotting.shades import Metric, Shades, shades_of
from learngraph.plotting.sheet import ink

_BARS = 0.56  # of the width; the rest is for the spread
_INSET = (0.7, 0.12, 0.29, 0.5)
_UNEVEN = 100  # times the usual bar: then the others would not be seen
_FEW = 25  # whole numbers from the lowest to the highest that get a bar of their own


def plot_metric(graph: LearningGraph, metric: Metric = "complexity", ax: Axes | None = None, *, most: int = 20) -> Axes:
    """Draw who has the highest numbers, and how the numbers of all are spread.

    Bars show the first of the ranking, the highest on top; those with the same number keep the order of
    the graph. Of rows that cannot be labelled legibly the last are left out. A histogram of all stands in the
    lower right, with a line at the median.

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
    shown = ranked[: rows_that_fit(ax, most)]
    names = {key: graph[key].name for key in shown}
    lettering = Lettering.of((shades.name, *shown, *(name for name in names.values() if name)))
    told = lettering.names(names)
    title(ax, f"{shades.name}: the first {len(shown):,} of {len(ranked):,}", lettering)
    label_rows(ax, [row_label(key, told.get(key), lettering) for key in shown], lettering)
    _draw_bars(ax, shades, shown)
    _draw_spread(ax, shades)
    return ax


def _draw_bars(ax: Axes, shades: Shades, shown: list[str]) -> None:
    low, high = shades.range
    base = min(low, 0.0)
    reach = (high - base) or 1.0
    values = [shades.values[key] for key in shown]
    ax.barh(range(len(shown)), values, height=0.62, color=BLUE)
    ax.axvline(0, color=ink(), linewidth=0.8)
    for row, value in enumerate(values):
        ax.annotate(f"{value:,.6g}", (max(value, 0.0), row), xytext=(3, 0), textcoords="offset points", va="center",
                    fontsize=7, parse_math=False)  # fmt: skip
    ax.set_xlim(base, base + reach / _BARS)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def _draw_spread(ax: Axes, shades: Shades) -> None:
    values = list(shades.values.values())
    low, high = shades.range
    inset = ax.inset_axes(_INSET)
    whole = all(value == int(value) for value in values) and high - low <= _FEW
    bins = [low - 0.5 + step for step in range(int(high - low) + 2)] if whole else 20
    counts = inset.hist(values, bins=bins, color=GREY, edgecolor=ax.get_facecolor(), linewidth=0.4)[0]
    middle = median(values)
    inset.axvline(middle, color=VERMILION, linewidth=1.2, linestyle="--")
    inset.set_title(f"all {len(values):,}, median {middle:,.6g}", fontsize=8)
    inset.set_xlabel(shades.name, fontsize=7, parse_math=False)
    bars = [float(count) for count in list(counts) if count]
    uneven = max(bars) > _UNEVEN * median(bars)
    if uneven:
        inset.set_yscale("log")
        inset.set_ylim(bottom=0.7)
    inset.set_ylabel("how many (log)" if uneven else "how many", fontsize=7)
    inset.tick_params(labelsize=6.5, length=2)
    inset.spines[["top", "right"]].set_visible(False)
    if not uneven:
        inset.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    inset.xaxis.set_major_locator(MaxNLocator(nbins=5))
