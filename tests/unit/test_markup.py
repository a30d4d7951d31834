from collections.abc import Callable
from dataclasses import dataclass

import pytest

from learngraph import LearningGraph, Transcript, attainability, explain, missing, most_helpful_change, soundness
from learngraph.markup import Stated, Table, Tabular, html_first, html_table, in_short
from tests.builders import course, graph
from tests.unit.reading_html import read_html

_ODD = "a\nb\x00\ud800" + "k" * 10_000


@dataclass(frozen=True, slots=True, repr=False)
class _Marks(Tabular):
    marks: tuple[tuple[str, int | None], ...]

    @property
    def table(self) -> Table:
        return Table(("name", "mark"), self.marks)

    def __repr__(self) -> str:
        return f"<Marks: {len(self.marks)}>"


def test_a_cell_is_text_whatever_it_holds() -> None:
    assert "<img" not in html_table(["<h>"], [["<img src=x onerror=alert(1)>"]], caption="<b>")


def test_a_result_is_a_table_with_its_line_as_the_caption() -> None:
    shown = _Marks((("<A>", 1), ("B", None)))._repr_html_()

    assert read_html(shown).texts == ["Marks: 2", "name", "mark", "<A>", "1", "B"]


def test_a_long_result_shows_its_beginning_and_says_so() -> None:
    shown = _Marks(tuple((str(number), number) for number in range(1234)))._repr_html_()

    assert shown.count("<tr>") == 51
    assert "the first 50 of 1,234" in shown


def test_a_result_becomes_a_frame_with_numbers_that_stay_numbers() -> None:
    frame = _Marks((("A", 1), ("B", 2))).to_frame()

    assert list(frame.columns) == ["name", "mark"]
    assert frame["mark"].sum() == 3


def test_what_has_no_table_is_no_result() -> None:
    with pytest.raises(TypeError, match="abstract"):
        Tabular()  # type: ignore[abstract]  # the mistake under test


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(lambda catalogue: attainability(catalogue).why(_ODD), id="why"),
        pytest.param(lambda catalogue: attainability(catalogue).why(_ODD).waits[0], id="a wait"),
        pytest.param(lambda catalogue: explain(catalogue, key=_ODD), id="explanation"),
        pytest.param(lambda catalogue: most_helpful_change(catalogue, key=_ODD), id="change"),
        pytest.param(lambda catalogue: soundness(catalogue).circles[0], id="circle"),
        pytest.param(lambda catalogue: missing(catalogue, transcript=Transcript(), key=_ODD), id="missing"),
        pytest.param(
            lambda catalogue: missing(catalogue, transcript=Transcript(), key=_ODD).requirements[0], id="lacking"
        ),
    ],
)
def test_the_repr_of_a_result_is_one_bounded_line(result: Callable[[LearningGraph], object]) -> None:
    shown = repr(result(graph(course(_ODD, _ODD + "B"), course(_ODD + "B", _ODD))))

    assert len(shown) < 300
    assert shown.isprintable()
    assert shown.encode()


def test_a_number_of_thousands_of_digits_is_told_by_its_size() -> None:
    assert "<td>a number of about 4,515 digits</td>" in html_table(["paths"], [[2**15_000]])


def test_a_wide_table_shows_its_first_columns_and_says_so() -> None:
    shown = read_html(html_first([str(number) for number in range(300)], [tuple(range(300))], caption="Wide"))

    assert shown.texts[0] == "Wide; 20 of 300 columns"
    assert shown.tags.count("td") == 20


def test_notes_stand_below_the_caption() -> None:
    shown = html_table(["a"], [[1]], caption="Title", notes=["<b>", "two\nlines"])

    assert ">Title<br>&lt;b&gt;<br>two\nlines</caption>" in shown


def test_texts_are_set_left_and_numbers_as_the_notebook_sets_them() -> None:
    shown = html_table(["key", "name", "term"], [["A", "n" * 25, 1], ["B", "", None]])

    assert shown.count(' style="text-align:left;white-space:nowrap">') == 3
    assert shown.count(' style="text-align:left">') == 3
    assert "<td>1</td>" in shown
    assert "<td></td>" in shown


def test_nothing_in_a_cell_hides_or_turns_the_order_and_what_joins_letters_stays() -> None:
    (shown,) = read_html(html_table(["\u202eevil\ud800"], [], caption="")).texts

    assert shown == "\\u202eevil\\ud800"
    assert "\u0645\u06cc\u200c\u062e" in html_table(["\u0645\u06cc\u200c\u062e"], [])


def test_a_long_cell_is_cut() -> None:
    assert len(html_table(["key"], [["k" * 10_000]])) < 500


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(None, "", id="nothing"),
        pytest.param((), "", id="none"),
        pytest.param(False, "False", id="false"),
        pytest.param(["A", 1], "A, 1", id="a list"),
        pytest.param(frozenset({"A"}), "A", id="a set"),
        pytest.param({"A": (1, 2)}, "A: 1, 2", id="a map"),
    ],
)
def test_what_a_cell_holds_is_written_shortly(value: object, words: str) -> None:
    assert in_short(value) == words


@dataclass(frozen=True, slots=True)
class _Mark(Stated):
    minimum_grade: int
    comment: str | None = None


def test_a_value_is_a_table_of_what_it_states() -> None:
    assert read_html(_Mark(0)._repr_html_()).texts == ["_Mark", "minimum grade", "0"]
