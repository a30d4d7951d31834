"""What the artists of a chart are: marks and where they stand, bars with their numbers, squares and their colours."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

import learngraph as lg
from learngraph.plotting.palette import BLUE, COLOURS, GREEN, OUTSIDE, PURPLE, VERMILION
from learngraph.plotting.shades import text_on
from learngraph.plotting.sheet import figure_of
from tests.builders import course, graph, program
from tests.picture_facts import laid, page
from tests.unit.plotting.artists import colour_of

BEFORE = graph("GONE", course("X", "GONE"), "UP", "Y", "DOWN", course("E", "DOWN"), course("F", "DOWN"))
AFTER = graph("NEW", course("X", "NEW"), "UP", course("Y", "NEW", "UP"), "DOWN", course("E", "DOWN"), "F")


@dataclass(frozen=True)
class Mark:
    """What stands in a row: a mark, where on x, its colour, and whether it is filled with it."""

    mark: str
    x: float
    colour: str
    filled: bool = True


def marks(ax: Axes, key: str) -> list[Mark]:
    """The marks in the row of a key, from the lowest up."""
    row = next(place for place, label in enumerate(ax.get_yticklabels()) if label.get_text().split("  ")[0] == key)
    return [
        Mark(
            str(line.get_marker()),
            np.asarray(line.get_xdata()).item(),
            colour_of(line.get_color()),
            colour_of(line.get_markerfacecolor()) == colour_of(line.get_color()),
        )
        for line in sorted(ax.lines, key=lambda line: line.get_zorder())
        if line.get_linestyle() == "None" and list(np.asarray(line.get_ydata())) == [row]
    ]


def compared(**options: Any) -> Axes:
    return lg.plot_comparison(BEFORE, AFTER, page(), metric="blocking", **options)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("GONE", [Mark("X", 1, PURPLE)], id="went: a cross where it was"),
        pytest.param("NEW", [Mark("P", 2, GREEN)], id="came: a plus where it is"),
        pytest.param("UP", [Mark("o", 0, VERMILION, filled=False), Mark(">", 1, VERMILION)], id="rose"),
        pytest.param("DOWN", [Mark("o", 2, BLUE, filled=False), Mark("<", 1, BLUE)], id="fell"),
    ],
)
def test_what_became_of_a_learning_is_told_by_marks_at_its_numbers(key: str, expected: list[Mark]) -> None:
    assert marks(compared(), key) == expected


@pytest.mark.parametrize(
    ("key", "ends", "colour"),
    [pytest.param("UP", (0, 1), VERMILION, id="rose"), pytest.param("DOWN", (2, 1), BLUE, id="fell")],
)
def test_a_line_leads_from_the_old_number_to_the_new_one(key: str, ends: tuple[float, float], colour: str) -> None:
    ax = compared()

    row = next(place for place, label in enumerate(ax.get_yticklabels()) if label.get_text().startswith(key))
    (line,) = (line for line in ax.lines if list(np.asarray(line.get_ydata())) == [row, row])
    assert (tuple(np.asarray(line.get_xdata())), colour_of(line.get_color())) == (ends, colour)


def test_what_neither_moved_nor_came_nor_went_has_no_row() -> None:
    assert {label.get_text().split("  ")[0] for label in compared().get_yticklabels()} == {"GONE", "NEW", "UP", "DOWN"}


def test_the_legend_of_a_comparison_shows_the_marks_of_its_rows() -> None:
    found = compared().get_legend()

    assert found is not None
    shown = [(str(one.get_label()), one.get_marker(), colour_of(one.get_color())) for one in found.legend_handles]  # type: ignore[union-attr]  # lines
    assert shown[:-1] == [("went", "X", PURPLE), ("came", "P", GREEN), ("rose", ">", VERMILION), ("fell", "<", BLUE)]
    assert shown[-1][:2] == ("before", "o")


def ranked(numbers: dict[str, float]) -> Axes:
    return lg.plot_metric(graph(*numbers), numbers, page())


@pytest.mark.parametrize("numbers", [{"A": 9, "B": 5, "C": 0}, {"A": 2.5, "B": -1, "C": -4}, {"A": -2}], ids=str)
def test_a_number_stands_on_the_right_of_its_bar(numbers: dict[str, float]) -> None:
    ax = ranked(numbers)

    for bar, text, value in zip(ax.patches, ax.texts, numbers.values(), strict=True):
        extent, beside = bar.get_window_extent(), text.get_window_extent()
        assert text.get_text() == f"{value:g}"
        assert extent.x1 < beside.x0 < beside.x1 < ax.bbox.x1
        assert beside.x0 - max(extent.x1, ax.transData.transform((0, 0))[0]) < 10
        assert extent.y0 < (beside.y0 + beside.y1) / 2 < extent.y1


def test_bars_begin_at_zero() -> None:
    assert [bar.get_x() for bar in ranked({"A": 2.5, "B": -1}).patches] == [0, 0]  # type: ignore[attr-defined]  # rectangles


def test_the_spread_has_a_line_at_the_median() -> None:
    (spread,) = ranked({"A": 1, "B": 2, "C": 4, "D": 30}).child_axes

    assert isinstance(spread, Axes)
    (line,) = spread.lines
    assert list(np.asarray(line.get_xdata())) == [3, 3]
    assert colour_of(line.get_color()) == VERMILION
    assert spread.get_title() == "all 4, median 3"


@pytest.mark.parametrize(
    ("zeros", "scale"), [pytest.param(10, "linear", id="even"), pytest.param(300, "log", id="uneven")]
)
def test_where_one_bar_towers_over_the_others_how_many_is_told_in_logarithms(zeros: int, scale: str) -> None:
    numbers = {f"C {number}": 0 for number in range(zeros)}
    (spread,) = ranked({**numbers, "A": 1, "B": 2}).child_axes

    assert isinstance(spread, Axes)
    assert spread.get_yscale() == scale
    assert spread.get_ylabel() == ("how many (log)" if scale == "log" else "how many")
    low, _ = spread.get_ylim()
    assert low < 1, "bars of one are seen"


SHARED = lg.ProgramOverlap({"P": ("A", "B", "C", "D", "E"), "Q": ("A", "B", "X"), "R": ("A", "Y")})


def test_squares_are_coloured_by_what_two_programs_share_up_to_the_most_that_two_do() -> None:
    (squares,) = lg.plot_programs(SHARED, page()).images

    assert np.asarray(squares.get_array()).tolist() == [[5, 2, 1], [2, 3, 1], [1, 1, 2]]
    assert (squares.norm.vmin, squares.norm.vmax) == (0, 2), "what a program shares with itself is no news"
    assert squares.get_cmap().name == COLOURS


def test_the_squares_of_a_program_with_itself_are_grey() -> None:
    ax = lg.plot_programs(SHARED, page())

    covers = [found for found in ax.patches if isinstance(found, Rectangle)]
    assert [(cover.get_xy(), cover.get_width(), cover.get_height()) for cover in covers] == [
        ((place - 0.5, place - 0.5), 1, 1) for place in range(3)
    ]  # fmt: skip
    assert {colour_of(cover.get_facecolor()) for cover in covers} == {OUTSIDE}
    assert all(cover.get_zorder() > squares.get_zorder() for cover in covers for squares in ax.images)


def test_numbers_of_squares_are_dark_on_bright_and_light_on_dark() -> None:
    ax = lg.plot_programs(SHARED, page())

    (squares,) = ax.images
    for text in ax.texts:
        column, row = (int(place) for place in text.get_position())
        ground = None if row == column else tuple(squares.to_rgba(np.array([int(text.get_text())]))[0])
        assert text.get_color() == text_on(ground)


@pytest.mark.parametrize("high", [0.1 + 0.2, 5e-324, 1e6])
def test_numbers_that_can_hardly_be_told_apart_have_a_spread_of_one_bar(high: float) -> None:
    low = {0.1 + 0.2: 0.3, 5e-324: 0.0, 1e6: 1e6 - 1e-10}[high]

    ax = lg.plot_metric(graph("A", "B", "C"), {"A": low, "B": high, "C": high}, laid(10, 8))

    (inset,) = ax.child_axes
    assert sum(bar.get_height() for bar in inset.patches if isinstance(bar, Rectangle)) == 3


def test_a_legend_that_would_take_much_of_the_height_is_left_out() -> None:
    low = lg.plot_comparison(BEFORE, AFTER, laid(4, 2), metric="blocking")

    assert low.get_legend() is None
    assert compared().get_legend() is not None


def test_numbers_of_whole_things_have_whole_steps() -> None:
    ax = lg.plot_metric(graph("A", "B"), {"A": 1, "B": 3}, laid(10, 8))

    (inset,) = ax.child_axes
    assert all(tick == int(tick) for tick in inset.get_xticks())


def test_the_numbers_of_squares_are_not_wider_than_the_squares() -> None:
    keys = [f"N {number}" for number in range(12_000)]
    plans = [lg.ProgramPlan(key=f"plan {name}", program=name, requirements=[
        lg.PlanRequirement(name="all", needs={"all": keys})]) for name in "ABCD"]  # fmt: skip
    catalogue = graph(*keys, *(program(name) for name in "ABCD"), program_plans=plans)

    ax = lg.plot_programs(catalogue, laid(2.2, 6))

    figure_of(ax).draw_without_rendering()
    wide = ax.get_window_extent().width / 4
    numbers = [text for text in ax.texts if text.get_text() == "12,000"]
    assert all(text.get_window_extent().width <= wide for text in numbers)
    wider = lg.plot_programs(catalogue, laid(8, 6))
    assert sum(text.get_text() == "12,000" for text in wider.texts) == 16
