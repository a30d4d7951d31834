"""What is shown to people and holds the words of others: escaped tables, and texts that command no terminal."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import fields
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # pandas is an extra, imported when a frame is asked for
    import pandas as pd

_LONGEST_NUMBER = 3_000  # bits: nobody reads nine hundred digits, and Python refuses to write very many
_SHOWN = 50  # rows: a notebook keeps what it shows
_WIDE, _WIDEST = 80, 240  # letters of a field, and of a line
# what moves a cursor, what hides, what makes a text read in another order than it is written, and halves of letters
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")


def printable(text: str, *, keep: str = "") -> str:
    r"""Give a text in which nothing commands the terminal, hides, or turns the order of letters.

    Examples
    --------
    >>> printable("\x1b[2J gone")
    '\\x1b[2J gone'
    """
    return _COMMANDS.sub(lambda found: found[0] if found[0] in keep else _escaped(found[0]), text)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "") -> str:
    """Write a table in which every heading, cell and caption is text, whatever it holds.

    Examples
    --------
    >>> html_table(["key"], [["<b>CS 601</b>"]])
    '<table><thead><tr><th>key</th></tr></thead><tbody><tr><td>&lt;b&gt;CS 601&lt;/b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(_text(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(cell: object) -> str:
    if isinstance(cell, int) and cell.bit_length() > _LONGEST_NUMBER:
        return f"a number of about {cell.bit_length() * 30_103 // 100_000:,} digits"
    return str(cell)


class Table(NamedTuple):
    """Headings and rows, each row as long as the headings; numbers stay numbers."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


class Brief:
    """A part of a result: its `repr` is one bounded line, however long the texts in it are."""

    __slots__ = ()

    def __repr__(self) -> str:
        stated = (f"{one.name}={_cut(repr(getattr(self, one.name)), _WIDE)}" for one in fields(self) if one.repr)  # type: ignore[arg-type]  # every subclass is a dataclass
        return f"{type(self).__name__}({_cut(', '.join(stated), _WIDEST)})"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}..."


class Tabular(ABC):
    """A frozen result that notebooks show as a table and that becomes a data frame.

    A subclass says what its `table` is, and has a `repr` of one bounded line, which is the caption.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def table(self) -> Table:
        """The result as headings and rows."""

    def to_frame(self) -> "pd.DataFrame":
        """Give a data frame, a row of the table a row (needs pandas, the extra `frames`)."""
        import pandas as pd  # noqa: PLC0415 - an extra, imported when first used

        return pd.DataFrame(list(self.table.rows), columns=list(self.table.headings))

    def _repr_html_(self) -> str:
        headings, rows = self.table
        more = f"; the first {_SHOWN} of {len(rows):,}" if len(rows) > _SHOWN else ""
        cells = (tuple("" if cell is None else cell for cell in row) for row in islice(rows, _SHOWN))
        return html_table(headings, cells, caption=repr(self)[1:-1] + more)
