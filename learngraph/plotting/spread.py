"""How the numbers of all are spread: a histogram in the lower right of a chart, where there is room for one."""

from math import ulp
from statistics import median

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from learngraph.plotting.lettering import NUMBERS, Lettering, Ruler
from learngraph.plotting.palette import GREY, VERMILION
from learngraph.plotting.shades import Shades
from learngraph.plotting.sheet import box_of, figure_of

_INSET = (0.7, 0.12, 0.29, 0.5)  # of the axes
_LEAST_WIDE, _LEAST_HIGH = 50.0, 45.0  # points
_UNEVEN = 100  # times the usual bar: then the others would not be seen
_FEW = 25  # whole numbers from the lowest to the highest that get a bar of their own
_TICK, _LABEL, _TITLE, _SMALLEST = 6.5, 7.0, 8.0, 6.0  # points
_TICKS = 5
_BARS = 20


def spread_begin(ax: Axes, shades: Shades) -> float | None:
    """Give where the spread begins, its numbers and words included, as a share of the width; None without room."""
    box, ruler = box_of(ax), _ruler(ax)
    wide, high = _INSET[2] * box.width / ruler.pixels, _INSET[3] * box.height / ruler.pixels
    if wide < _LEAST_WIDE or high < _LEAST_HIGH:
        return None
    words = ruler.width(f"{len(shades.values):,}", _TICK) + ruler.height(_LABEL, 2)
    return _INSET[0] - words / box.width


def draw_spread(ax: Axes, shades: Shades) -> None:
    """Draw how many have which number, with a line at the median."""
    values = list(shades.values.values())
    low, high = shades.range
    inset, ruler = ax.inset_axes(_INSET), _ruler(ax)
    whole = all(value == int(value) for value in values)
    counts = inset.hist(
        values, bins=_bins(low, high, whole=whole), color=GREY, edgecolor=ax.get_facecolor(), linewidth=0.4
    )[0]
    middle = median(values)
    inset.axvline(middle, color=VERMILION, linewidth=1.2, linestyle="--")
    inset.set_xlabel(shades.name, fontsize=_LABEL, parse_math=False)
    bars = [float(count) for count in list(counts) if count]
    uneven = max(bars) > _UNEVEN * median(bars)
    if uneven:
        inset.set_yscale("log")
        inset.set_ylim(bottom=0.7)
    inset.set_ylabel("how many (log)" if uneven else "how many", fontsize=_LABEL)
    inset.tick_params(labelsize=_TICK, length=2)
    inset.spines[["top", "right"]].set_visible(False)
    box = box_of(ax)
    wide, high_enough = _INSET[2] * box.width, _INSET[3] * box.height / ruler.height(_TICK) / 1.5
    if not uneven:
        inset.yaxis.set_major_locator(MaxNLocator(nbins=max(1, min(_TICKS, int(high_enough))), integer=True))
    inset.xaxis.set_major_locator(MaxNLocator(nbins=ruler.steps(low, high, _TICK, wide), integer=whole, min_n_ticks=1))
    inset.xaxis.set_major_formatter(NUMBERS)
    _set_title(inset, (f"all {len(values):,}, median {middle:,.6g}", f"median {middle:,.6g}"), wide, ruler)


def _bins(low: float, high: float, *, whole: bool) -> list[float] | int:
    """Give the edges of the bars, or how many there are; one where numbers differ by less than can be divided."""
    if whole and high - low <= _FEW:
        return [low - 0.5 + step for step in range(int(high - low) + 2)]
    finest = ulp(max(abs(low), abs(high)))
    return _BARS if (high - low) / _BARS > finest else [low - finest, high + finest]


def _set_title(inset: Axes, words: tuple[str, ...], width: float, ruler: Ruler) -> None:
    """Set the first title that is not wider than the spread, smaller where it must be; none where none fits."""
    for text in words:
        found, points = ruler.fitted(text, _TITLE, _SMALLEST, width, 1)
        if found == text:
            inset.set_title(text, fontsize=points)
            return


def _ruler(ax: Axes) -> Ruler:
    return Ruler(figure_of(ax), Lettering.of(()).families)
