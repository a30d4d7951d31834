"""Charts of numbers by what is in them."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import learngraph as lg
from tests.builders import course, graph, program
from tests.picture_facts import laid, overlapping_texts, page, texts, texts_outside

UNIVERSITY = lg.examples.university()
LATER = lg.examples.university(edition=2)
MANY = lg.ProgramOverlap({f"P {number}": ("A",) for number in range(120)})

Draw: TypeAlias = Callable[[Axes], Axes]


def rows(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def plain(*learnings: lg.Course | str) -> lg.LearningGraph:
    return graph(*(one if isinstance(one, lg.Course) else course(one, name=None) for one in learnings))


CHARTS = [
    pytest.param(lambda ax: lg.plot_metric(UNIVERSITY, "complexity", ax), id="metric"),
    pytest.param(
        lambda ax: lg.plot_metric(UNIVERSITY, dict.fromkeys(lg.metrics(UNIVERSITY).courses, 7), ax), id="ties"
    ),
    pytest.param(lambda ax: lg.plot_comparison(UNIVERSITY, LATER, ax), id="comparison"),
    pytest.param(lambda ax: lg.plot_comparison(LATER, UNIVERSITY, ax, metric="centrality"), id="all fates"),
    pytest.param(lambda ax: lg.plot_comparison(UNIVERSITY, UNIVERSITY, ax), id="nothing"),
    pytest.param(lambda ax: lg.plot_programs(UNIVERSITY, ax), id="programs"),
    pytest.param(lambda ax: lg.plot_programs(MANY, ax), id="many programs"),
]


@pytest.mark.parametrize("size", [(10, 8), (6.4, 4.8), (5, 4), (4, 3), (3, 2.2), (8, 2)], ids=str)
@pytest.mark.parametrize("draw", CHARTS)
def test_whatever_the_size_texts_keep_clear_of_one_another(draw: Draw, size: tuple[float, float]) -> None:
    ax = draw(laid(*size))

    assert overlapping_texts(ax) == []
    assert texts_outside(ax) == []


@pytest.mark.parametrize("draw", CHARTS)
def test_on_axes_that_nobody_lays_out_texts_keep_clear_too(draw: Draw) -> None:
    assert overlapping_texts(draw(Figure(figsize=(4, 3)).add_subplot())) == []


def test_small_axes_cut_names_and_leave_out_rows_and_the_title_tells_how_many() -> None:
    ax = lg.plot_comparison(UNIVERSITY, LATER, laid(4, 3))

    assert any(row.endswith("…") for row in rows(ax))
    assert all(row.split("  ")[0] in UNIVERSITY or row.split("  ")[0] in LATER for row in rows(ax)), "keys are whole"
    assert f"({32 - len(rows(ax))} of them are left out here)" in " ".join(ax.get_title(loc="left").split())


def test_where_there_is_no_room_for_the_spread_the_title_tells_the_median() -> None:
    ax = lg.plot_metric(UNIVERSITY, "complexity", laid(3, 2))

    assert ax.child_axes == []
    assert " ".join(ax.get_title(loc="left").split()) == f"complexity: the first {len(rows(ax))} of 112, median 7"


def test_a_ranking_has_the_highest_on_top_and_keeps_ties_in_the_order_of_the_graph() -> None:
    ax = lg.plot_metric(plain("A", "B", "C", "D"), {"A": 1, "B": 3, "C": 1, "D": None}, page())

    assert rows(ax) == ["B", "A", "C"]
    assert [bar.get_width() for bar in ax.patches] == [3, 1, 1]  # type: ignore[attr-defined]  # rectangles
    assert list(texts(ax)) == ["3", "1"]
    top, bottom = ax.get_ylim()[::-1]
    assert top < bottom, "the first row is above"


def test_a_metric_goes_by_its_name_and_the_spread_is_that_of_all() -> None:
    ax = lg.plot_metric(UNIVERSITY, "blocking", page(), most=5)

    values = [numbers.blocking for numbers in lg.metrics(UNIVERSITY).courses.values()]
    (spread,) = ax.child_axes
    assert rows(ax)[0] == "MATH 105  Precalculus"
    assert len(rows(ax)) == 5
    assert sum(bar.get_height() for bar in spread.patches) == len(values)  # type: ignore[attr-defined]  # rectangles
    assert isinstance(spread, Axes)
    assert spread.get_title() == "all 112, median 1.5"


def test_rows_that_cannot_be_read_are_left_out_and_counted() -> None:
    ax = lg.plot_metric(UNIVERSITY, "complexity", page(6, 2), most=112)

    assert len(rows(ax)) < 30
    assert ax.get_title(loc="left") == f"complexity: the first {len(rows(ax))} of 112"


def test_bars_keep_clear_of_the_spread() -> None:
    ax = lg.plot_metric(plain("A", "B"), {"A": 5, "B": 5}, page())

    (spread,) = ax.child_axes
    longest = max(bar.get_window_extent().x1 for bar in ax.patches)
    assert longest < spread.get_window_extent().x0


def test_very_large_and_negative_numbers_are_drawn() -> None:
    ax = lg.plot_metric(plain("A", "B"), {"A": 10**400, "B": -2.5}, page())

    assert rows(ax) == ["A", "B"]
    assert list(texts(ax)) == ["1e+300", "-2.5"]


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        pytest.param({"metric": "beauty"}, lg.InvalidValueError, "write one of blocking", id="a metric"),
        pytest.param({"metric": {"X": 1}}, lg.UnknownKeyError, "'X'", id="a key"),
        pytest.param({"metric": {"A": True}}, lg.InvalidValueError, "metric.A", id="true is no number"),
        pytest.param({"most": 0}, lg.InvalidValueError, "a whole number from 1", id="no rows"),
    ],
)
def test_a_mistake_in_asking_for_a_ranking_is_raised(wrong: dict[str, Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        lg.plot_metric(**{"graph": graph("A"), "ax": page(), **wrong})


def test_no_numbers_give_a_picture_that_says_so() -> None:
    assert list(texts(lg.plot_metric(lg.LearningGraph(), "delay", page()))) == [
        "nothing to show:\nno learning here has a number for delay"
    ]


def test_two_editions_show_what_went_what_came_and_what_moved_farthest_first() -> None:
    before = plain("A", "B", "GONE", course("C", "B", name=None), "D")
    after = plain("A", course("B", "A", name=None), course("C", "B", name=None), course("D", "C", name=None), "NEW")

    ax = lg.plot_comparison(before, after, page())

    assert rows(ax) == ["GONE", "NEW", "D", "A", "C", "B"] or set(rows(ax)[:2]) == {"GONE", "NEW"}
    moved = {move.key: abs((move.after or 0) - (move.before or 0)) for move in lg.compare(before, after).moved
             if move.metric == "complexity"}  # fmt: skip
    distances = [moved[key] for key in rows(ax)[2:]]
    assert distances == sorted(distances, reverse=True)
    assert ax.get_title(loc="left") == f"1 came, 1 went, the complexity of {len(distances)} moved"
    found = ax.get_legend()
    assert found is not None
    assert [text.get_text() for text in found.get_texts()] == ["went", "came", "rose", "before"]


def test_a_comparison_stands_for_its_two_graphs_without_their_names() -> None:
    ax = lg.plot_comparison(lg.compare(UNIVERSITY, LATER), ax=page(), metric="blocking")
    named = lg.plot_comparison(UNIVERSITY, LATER, page(), metric="blocking")

    assert rows(ax) == [row.split("  ")[0] for row in rows(named)]


def test_where_rows_are_few_neither_what_came_nor_what_went_takes_all_and_the_rest_is_told() -> None:
    before = plain(*(f"OLD {number}" for number in range(20)), "A", "B")
    after = plain(*(f"NEW {number}" for number in range(20)), "A", course("B", "A", name=None))

    ax = lg.plot_comparison(before, after, page(), most=9)

    assert rows(ax) == ["OLD 0", "OLD 1", "OLD 2", "NEW 0", "NEW 1", "NEW 2", "A", "B"]
    assert ax.get_title(loc="left") == "20 came, 20 went, the complexity of 2 moved (34 of them are left out here)"


def test_a_program_that_came_has_a_row_though_it_has_no_numbers() -> None:
    ax = lg.plot_comparison(graph("A"), graph("A", program("P")), page())

    assert rows(ax) == ["P  About P"]


def test_editions_that_are_alike_give_a_picture_that_says_so() -> None:
    assert list(texts(lg.plot_comparison(graph("A"), graph("A"), page()))) == [
        "nothing came, nothing went, and the complexity of nothing moved"
    ]


@pytest.mark.parametrize(
    ("given", "options", "words"),
    [
        pytest.param((graph("A"),), {}, "after: give two graphs, or a comparison alone", id="one graph"),
        pytest.param((lg.compare(graph(), graph()), graph()), {}, "after", id="a comparison and a graph"),
        pytest.param((graph(), graph()), {"metric": "beauty"}, "write one of", id="a metric"),
        pytest.param((graph(), graph()), {"most": True}, "most", id="rows"),
    ],
)
def test_a_mistake_in_asking_for_a_comparison_is_raised(
    given: tuple[Any, ...], options: dict[str, Any], words: str
) -> None:
    with pytest.raises(lg.InvalidValueError, match=words):
        lg.plot_comparison(*given, **options)


def test_programs_are_squares_with_what_every_two_share() -> None:
    ax = lg.plot_programs(UNIVERSITY, page())

    overlap = lg.program_overlap(UNIVERSITY)
    keys = list(overlap.courses)
    numbers = [int(text.get_text()) for text in ax.texts]
    assert numbers == [len(overlap.shared(one, other)) for one in keys for other in keys]
    assert [row.split("  ")[0] for row in rows(ax)] == keys
    assert [label.get_text() for label in ax.get_xticklabels()] == keys


def test_many_programs_have_every_so_many_labels_and_no_numbers() -> None:
    ax = lg.plot_programs(MANY, page(5, 4))

    assert texts(ax) == {}
    assert 10 < len(rows(ax)) < 60
    step = int(rows(ax)[1].removeprefix("P "))
    assert ax.get_title(loc="left") == f"Courses that the plans of 120 programs share (every {step}. label is written)"


def test_a_graph_without_program_plans_is_refused_and_one_without_anything_says_so() -> None:
    with pytest.raises(lg.InvalidValueError, match="give program_plans to the graph"):
        lg.plot_programs(graph(program("P")), page())

    assert list(texts(lg.plot_programs(lg.LearningGraph(), page()))) == ["nothing to show:\nthere are no programs here"]
