"""Rows of CSV text with the lines on which they begin: read past comments, written without loss."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from learngraph.codes import Code
from learngraph.findings import Finding, Place

#: what stands between cells: commas, semicolons where commas are decimal, tabs of a pasted table
DELIMITERS = ",;\t"

# zero-width space, (non-)joiners, word joiner, and a byte-order mark inside the text
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_UNSENDABLE = re.compile("[\ud800-\udfff]")  # halves of surrogate pairs, which UTF-8 cannot hold
_NEEDS_QUOTES = re.compile(r'[",\r\n#]|^\s|\s$')


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row as they were written, and the line on which it begins (from 1)."""

    line: int
    cells: tuple[str, ...]

    @property
    def label(self) -> str:
        """The first cell, without invisible characters and space around it."""
        return visible(self.cells[0])

    @property
    def value(self) -> str:
        """The second cell as it was written; empty where there is none."""
        return self.cells[1] if len(self.cells) > 1 else ""


def visible(text: str) -> str:
    """Give a text without invisible characters, and without space around it.

    Examples
    --------
    >>> visible(" \u200bCourse ID\ufeff ")
    'Course ID'
    """
    return _INVISIBLE.sub("", text).strip()


def is_comment(line: str) -> bool:
    """Whether a line is a comment: it begins with # or, as spreadsheets save it, with a quoted #."""
    return visible(line[:_BEGINNING]).startswith(("#", '"#'))


_BEGINNING = 100  # letters: lines may be long


def content_lines(text: str) -> Iterator[str]:
    """Give the lines that are neither blank nor comments."""
    lines = io.StringIO(text, newline="")
    return (line for line in lines if visible(line[:_BEGINNING]) and not is_comment(line))


class _Lines:
    """Gives a reader its lines, past the comments between rows, and knows where the row began."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._number = 0
        self._between = True
        self.began = 0

    def row_ends(self) -> None:
        self._between = True

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        for line in self._lines:
            self._number += 1
            if self._between and is_comment(line):
                continue
            if self._between:
                self.began, self._between = self._number, False
            return line
        raise StopIteration


def read_rows(text: str, delimiter: str, file: str, found: list[Finding]) -> Iterator[Row]:
    """Give the rows in which anything stands; what comes after a broken one is told as lost."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            if any(map(visible, cells)):
                yield Row(lines.began, tuple(cells))
            lines.row_ends()
    except csv.Error as error:
        fault, hint = f"is no row, nor is what follows: {error}", "look for a quotation mark that is never closed"
        found.append(Finding(Code.UNREADABLE_RECORD, fault, place=Place(file, lines.began), hint=hint))


def row_text(cells: Sequence[str]) -> str:
    """Write one row; cells are quoted where they have to be.

    Examples
    --------
    >>> print(row_text(["1", "Algebra, Linear", 'Called "proofs" here']), end="")
    1,"Algebra, Linear","Called ""proofs"" here"
    """
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    # texts that look like formulas are written as they are: whoever reads the file back gets what was there
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def sendable(text: str) -> str:
    """Give a text that any file can hold: half a surrogate pair becomes the sign for a lost character."""
    return _UNSENDABLE.sub("\ufffd", text)
