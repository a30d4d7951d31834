"""A chart of what programs have in common: a square for every two of them."""

from collections.abc import Sequence
from math import ceil

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from learngraph.analysis.programs.overlaps import ProgramOverlap, program_overlap
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.value import InvalidValueError
from learngraph.plotting.chart_rows import (
    Room,
    chart_axes,
    label_rows,
    row_label,
    rows_that_fit,
    say_nothing,
    title,
    widest,
)
from learngraph.plotting.lettering import Lettering, Ruler
from learngraph.plotting.palette import COLOURS, OUTSIDE
from learngraph.plotting.shades import text_on
from learngraph.plotting.sheet import box_of, figure_of

_SMALLEST, _LARGEST = 5.0, 10.0  # points of a number
_KEY, _LEAST_KEY, _LINE = 8.0, 6.0, 1.25  # points of a key below a column, and the space of a line
_MOST = 0.4  # of the height, for keys that are turned
_WORDS = "grey: how many courses the plan of a program names"


def plot_programs(programs: LearningGraph | ProgramOverlap, ax: Axes | None = None) -> Axes:
    """Draw how many courses the plans of every two programs share; on the diagonal how many each names.

    The more two share, the brighter their square. Programs stand in graph order. Where squares are too
    small, numbers and some labels are left out, which is told.

    Parameters
    ----------
    programs
        A catalogue, or what `program_overlap` found, which knows keys and no names.
    ax
        The axes to draw on; on a new figure where there are none.

    Raises
    ------
    InvalidValueError
        where no program of a catalogue has a plan.

    Warns
    -----
    MissingGlyphsWarning
        where names are in a script for which no font is installed: their keys stand alone.

    Examples
    --------
    >>> import learngraph as lg
    >>> plot_programs(lg.examples.university()).get_title(loc="left")
    'Courses that the plans of 4 programs share'
    """
    graph = programs if isinstance(programs, LearningGraph) else LearningGraph()
    overlap = programs if isinstance(programs, ProgramOverlap) else program_overlap(graph)
    keys = tuple(overlap.courses)
    if not keys and len(graph):
        fault = "no program has a program plan: give program_plans to the graph, or draw one that has some"
        raise InvalidValueError("plot_programs", (("programs", fault),))
    ax = chart_axes(ax, 2 * len(keys), width=9.0)
    if not keys:
        return say_nothing(ax, "nothing to show: there are no programs here")
    names = {key: graph[key].name if key in graph else None for key in keys}
    lettering = Lettering.of((*keys, *(name for name in names.values() if name)))
    told = lettering.names(names)
    counts = _counts(overlap, keys)
    _draw_squares(ax, counts)
    labels = [row_label(key, told.get(key), lettering) for key in keys]
    room = Room.of(ax, labels, lettering)
    title(ax, _title(len(keys), len(keys)), lettering, room)  # takes its room before labels are counted
    words, points = Ruler(figure_of(ax), lettering.families).fitted(_WORDS, 8.0, 6.0, room.across, 3)
    ax.set_xlabel(words, fontsize=points)
    step = _draw_labels(ax, keys, labels, lettering, room)
    title(ax, _title(len(keys), step), lettering, room)
    _draw_numbers(ax, counts, Ruler(figure_of(ax), lettering.families))
    return ax


def _title(programs: int, step: int) -> str:
    left_out = f" (every {step}. label is written)" if step > 1 else ""
    several = f"the plans of {programs:,} programs share" if programs != 1 else "the plan of 1 program has"
    return f"Courses that {several}{left_out}"


def _counts(overlap: ProgramOverlap, keys: Sequence[str]) -> list[list[int]]:
    sets = [set(overlap.courses[key]) for key in keys]
    return [[len(one & other) for other in sets] for one in sets]


def _draw_squares(ax: Axes, counts: Sequence[Sequence[int]]) -> None:
    ax.imshow(counts, cmap=COLOURS, norm=_norm(counts), aspect="auto")
    for place in range(len(counts)):
        ax.add_patch(Rectangle((place - 0.5, place - 0.5), 1, 1, facecolor=OUTSIDE, linewidth=0))


def _norm(counts: Sequence[Sequence[int]]) -> Normalize:
    """Scale by what is shared; what a program shares with itself is no news."""
    shared = [count for row, several in enumerate(counts) for column, count in enumerate(several) if row != column]
    return Normalize(0, max(shared, default=0) or 1)


def _draw_labels(ax: Axes, keys: Sequence[str], labels: Sequence[str], lettering: Lettering, room: Room) -> int:
    """Label rows by key and name and columns by key, every so many where there are more than fit."""
    ruler, texts = Ruler(figure_of(ax), lettering.families), [lettering.written(key) for key in keys]
    turned = widest(ax, lettering, texts, _LARGEST) > room.across / len(keys)
    points = _KEY
    if turned:
        most = box_of(ax).height * _MOST
        points = max(_LEAST_KEY, min(_KEY, most / (widest(ax, lettering, texts, 1.0) or 1.0)))
        texts = [ruler.shortened(text, points, most) for text in texts]
    _label_columns(ax, texts, points, lettering, turned=turned)
    box = box_of(ax)
    columns = max(1, int(box.width / ruler.pixels / (points * _LINE))) if turned else len(keys)
    step = ceil(len(keys) / min(rows_that_fit(ax, len(keys)), columns))
    label_rows(ax, labels[::step], lettering, room)
    ax.set_yticks(range(0, len(keys), step), labels=[label.get_text() for label in ax.get_yticklabels()])
    ax.set_ylim(len(keys) - 0.5, -0.5)
    _label_columns(ax, texts, points, lettering, step, turned=turned)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return step


def _label_columns(
    ax: Axes, texts: Sequence[str], points: float, lettering: Lettering, step: int = 1, *, turned: bool
) -> None:
    ax.set_xticks(
        range(0, len(texts), step), labels=texts[::step], parse_math=False, family=list(lettering.families),
        rotation=90 if turned else 0, fontsize=points,
    )  # fmt: skip


def _draw_numbers(ax: Axes, counts: Sequence[Sequence[int]], ruler: Ruler) -> None:
    room, norm = box_of(ax), _norm(counts)
    high, wide = (length / len(counts) for length in (room.height, room.width))
    widest_number = max(ruler.width(f"{count:,}", 1.0) for several in counts for count in several)
    points = min(_LARGEST, high * 0.6 / ruler.pixels, wide * 0.35 / ruler.pixels, wide * 0.9 / widest_number)
    if points < _SMALLEST:
        return
    for row, several in enumerate(counts):
        for column, count in enumerate(several):
            colour = None if row == column else colormaps[COLOURS](float(norm(count)))
            ax.text(column, row, f"{count:,}", ha="center", va="center", fontsize=points, color=text_on(colour))
