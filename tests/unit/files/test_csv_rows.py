import pytest

from learngraph import Finding
from learngraph.files.csv_rows import Row, read_rows, row_text
from learngraph.files.id_lists import read_ids
from tests.builders import codes


def rows(text: str, delimiter: str = ",") -> list[Row]:
    found: list[Finding] = []
    read = [*read_rows(text, delimiter, "x.csv", found)]
    assert found == []
    return read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("a,b\nc,d\n", [(1, "a", "b"), (2, "c", "d")], id="two rows"),
        pytest.param("a,b\r\nc,d\r\n", [(1, "a", "b"), (2, "c", "d")], id="lines of Windows"),
        pytest.param("a,b\rc,d\r", [(1, "a", "b"), (2, "c", "d")], id="lines of old"),
        pytest.param('a,"b, c"\n', [(1, "a", "b, c")], id="a quoted comma"),
        pytest.param('a, "b, c"\n', [(1, "a", "b, c")], id="a space before the quotation mark"),
        pytest.param('a,"b\nc"\nd,e\n', [(1, "a", "b\nc"), (3, "d", "e")], id="a line break in a cell"),
        pytest.param('a,"so ""b"""\n', [(1, "a", 'so "b"')], id="doubled quotation marks"),
        pytest.param("a,b\n\n,,\n \u200b,\nc,d\n", [(1, "a", "b"), (5, "c", "d")], id="blank rows"),
        pytest.param('# a, "b\n"# c"\n\ufeff# d\na,b\n', [(4, "a", "b")], id="comments, with half a quotation"),
        pytest.param('a,"b\n# c"\n', [(1, "a", "b\n# c")], id="no comment inside a cell"),
        pytest.param('a,5" disks\n', [(1, "a", '5" disks')], id="a quotation mark that is none"),
        pytest.param("a,b", [(1, "a", "b")], id="no line break at the end"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_rows_are_read_with_the_lines_on_which_they_begin(text: str, read: list[tuple[int, str, str]]) -> None:
    assert [(row.line, *row.cells) for row in rows(text)] == read


def test_what_comes_after_a_row_that_cannot_be_read_is_told_as_lost() -> None:
    found: list[Finding] = []

    read = [*read_rows(f'a,b\nc,"{"d" * 200_000}\n', ",", "x.csv", found)]

    assert [row.cells for row in read] == [("a", "b")]
    assert codes(found) == ["LG101"]
    assert found[0].place.line == 2


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["1", "Algebra"], id="plain"),
        pytest.param(["1", "Algebra, Linear"], id="a comma"),
        pytest.param(["1", 'The "new" maths'], id="quotation marks"),
        pytest.param(["1", '"'], id="one quotation mark"),
        pytest.param(["1", "a;b\tc"], id="other separators"),
        pytest.param(["1", "a\nb\r\nc\rd"], id="line breaks"),
        pytest.param(["1", "a\rb"], id="a carriage return"),
        pytest.param(["1", " a "], id="space around"),
        pytest.param(["1", "# a"], id="like a comment"),
        pytest.param(["1", "=1+1"], id="like a formula"),
        pytest.param(["1", "", "x"], id="an empty cell"),
        pytest.param(["1", "a\x00\x85\u2028b"], id="odd characters"),
    ],
)
def test_a_row_that_was_written_is_read_again(cells: list[str]) -> None:
    assert [row.cells for row in rows(row_text(cells) + row_text(["2", "B"]))] == [tuple(cells), ("2", "B")]


@pytest.mark.parametrize(
    ("cell", "ids", "plain"),
    [
        pytest.param("", "", True, id="nothing"),
        pytest.param("4", "4", True, id="one"),
        pytest.param("4;5", "4 5", True, id="two"),
        pytest.param(" 4 ; 5 ", "4 5", True, id="space around"),
        pytest.param("4;5;", "4 5", False, id="a semicolon at the end"),
        pytest.param(";;4", "4", False, id="semicolons at the start"),
        pytest.param("4,5", "4 5", False, id="a comma"),
        pytest.param("4, 5", "4 5", False, id="a comma and a space"),
        pytest.param("4.5", "4 5", False, id="a point of a spreadsheet"),
        pytest.param("4.0", "4", False, id="a number of a spreadsheet"),
        pytest.param("4:5", "4 5", False, id="a colon"),
        pytest.param("4 5", "4 5", False, id="a space"),
        pytest.param("4;5.6", "4 5 6", False, id="mixed"),
        pytest.param("4\u200b;5", "4 5", True, id="an invisible character"),
        pytest.param("99", "99", True, id="not there"),
        pytest.param("99.98", "99 98", False, id="two that are not there"),
        pytest.param("-17;3", "-17 3", True, id="negative, as hashes are"),
        pytest.param("4;4", "4 4", True, id="twice"),
        pytest.param("a.b;4", "a.b 4", True, id="a name with a point"),
    ],
)
def test_ids_are_taken_apart(cell: str, ids: str, *, plain: bool) -> None:
    assert read_ids(cell, {"4", "5", "6", "3"}) == (tuple(ids.split()), plain)


@pytest.mark.parametrize("cell", ["CS.101", "a;b", "a,b", "4.5", "CS 101"])
def test_an_id_that_is_there_is_never_taken_apart(cell: str) -> None:
    assert read_ids(cell, {cell, "4", "5", "a", "b", "CS", "101"}).ids == (cell,)
