from collections.abc import Callable
from dataclasses import dataclass

import pytest

from learngraph import LearningGraph, Transcript, attainability, explain, missing, most_helpful_change, soundness
from learngraph.markup import Table, Tabular, html_table
from tests.builders import course, graph

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

    assert "<caption>Marks: 2</caption>" in shown
    assert "<td>&lt;A&gt;</td><td>1</td>" in shown
    assert "None" not in shown


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
