"""What is shown to people and holds the words of others: escaped tables, and texts that command no terminal."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # pandas is an extra, imported when a frame is asked for
    import pandas as pd

_LONGEST_NUMBER = 3_000  # bits: nobody reads nine hundred digits, and Python refuses to write very many
_SHOWN, _COLUMNS = 50, 20  # a notebook keeps what it shows
_SHORT = 24  # letters of a text that is not broken
_LISTED = 20  # things in a cell, and lines of a caption
_WIDE, _WIDEST = 80, 240  # letters of a field, and of a line or a cell
_JOINERS = "\n\u200c\u200d"  # without them words of some scripts are written wrong; a page shows a newline as a space
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


def html_table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "", notes: Iterable[str] = ()
) -> str:
    """Write a table in which every heading, cell and caption is text, whatever it holds; notes stand below the caption.

    Examples
    --------
    >>> html_table(["term"], [["<b>CS 601</b>"]]).split(">")[-5]
    '&lt;b&gt;CS 601&lt;/b&gt;</td'
    """
    held = [tuple(row) for row in rows]
    styles = [_style([row[column] for row in held]) for column in range(len(headings))]
    head = "".join(f'<th scope="col"{style}>{_cell(name)}</th>' for name, style in zip(headings, styles, strict=True))
    body = (
        "".join(f"<td{style}>{_cell(value)}</td>" for value, style in zip(row, styles, strict=True)) for row in held
    )
    return _table(f"<thead><tr>{head}</tr></thead>", body, [caption, *notes] if caption else [])


def _style(column: Sequence[object]) -> str:
    """Set texts left, and short ones, as most keys are, on one line; numbers stand as the notebook sets them."""
    if not any(isinstance(value, str) for value in column):
        return ""
    return _LEFT if any(len(in_short(value)) > _SHORT for value in column) else _LEFT_ON_ONE_LINE


def html_first(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    caption: str,
    notes: Iterable[str] = (),
    of: int = 0,
) -> str:
    """Write the first rows and columns of a table, and in its caption how many there are.

    `of` is how many rows there are where those that are not shown were not made.

    Examples
    --------
    >>> "Terms; the first 50 of 99" in html_first(["term"], [[term] for term in range(99)], caption="Terms")
    True
    """
    shown = [tuple(row)[:_COLUMNS] for row in rows[:_SHOWN]]
    wide, long = len(headings), max(of, len(rows))
    more = f"; the first {len(shown)} of {long:,}" if long > len(shown) else ""
    more += f"; {_COLUMNS} of {wide:,} columns" if wide > _COLUMNS else ""
    return html_table(headings[:_COLUMNS], shown, caption=caption + more, notes=notes)


def html_fields(pairs: Iterable[tuple[str, object]], *, caption: str) -> str:
    """Write names and what they stand for, a row each, as text.

    Examples
    --------
    >>> html_fields([("delay", 2)], caption="CourseMetrics").count("<tr>")
    1
    """
    held = list(islice(pairs, _SHOWN + 1))
    more = f"; the first {_SHOWN} rows" if len(held) > _SHOWN else ""
    rows = (f'<th scope="row"{_LEFT}>{_cell(name)}</th><td{_LEFT}>{_cell(value)}</td>' for name, value in held[:_SHOWN])
    return _table("", rows, [caption + more])


# by hand on each cell: notebooks set all tables right, and a sheet of styles would reach beyond its own table
_LEFT = ' style="text-align:left"'
_LEFT_ON_ONE_LINE = ' style="text-align:left;white-space:nowrap"'
_CAPTION = ' style="text-align:left;min-width:40em"'  # a caption is else as narrow as its table


def _table(head: str, rows: Iterable[str], lines: Sequence[str]) -> str:
    title = f"<caption{_CAPTION}>{'<br>'.join(map(_escaped_text, lines[:_LISTED]))}</caption>" if lines else ""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>{title}{head}<tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    return _escaped_text(in_short(value))


def _escaped_text(text: str) -> str:
    return escape(printable(_cut(text, _WIDEST), keep=_JOINERS))


def in_short(value: object) -> str:
    """Write what a cell holds: of several things the first, of nothing "", and of a huge number its size.

    Examples
    --------
    >>> in_short(("CS 101", "CS 102")), in_short({"term": 2}), in_short(None), in_short(range(9_999))[-14:]
    ('CS 101, CS 102', 'term: 2', '', 'and 9,979 more')
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case Mapping():
            return _first((f"{name}: {in_short(one)}" for name, one in value.items()), len(value))
        case tuple() | list() | AbstractSet() | range():
            return _first(map(in_short, value), len(value))
        case int() if value.bit_length() > _LONGEST_NUMBER:
            return f"a number of about {value.bit_length() * 30_103 // 100_000:,} digits"
    return str(value)


def _first(words: Iterable[str], count: int) -> str:
    more = f" and {count - _LISTED:,} more" if count > _LISTED else ""
    return ", ".join(islice(words, _LISTED)) + more


class Table(NamedTuple):
    """Headings and rows, each row as long as the headings; numbers stay numbers."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


class Stated:
    """A frozen value that notebooks show as a table of what it states, a row a field."""

    __slots__ = ()

    def _stated(self) -> Iterator[tuple[str, object]]:
        """Give names and values; what is left open is left out."""
        names = getattr(type(self), "model_fields", None) or [one.name for one in fields(self)]  # type: ignore[arg-type]  # every subclass is a model or a dataclass
        for name in names:
            value = getattr(self, name)
            if in_short(value):
                yield name.replace("_", " "), value

    def _repr_html_(self) -> str:
        line = repr(self)
        return html_fields(self._stated(), caption=line[1:-1] if line.startswith("<") else type(self).__name__)


class Brief(Stated):
    """A part of a result: its `repr` is one bounded line, however long the texts in it are."""

    __slots__ = ()

    def _stated(self) -> Iterator[tuple[str, object]]:
        if type(self).__str__ is not object.__str__:
            yield "in words", str(self)
        yield from super()._stated()

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

    def _notes(self) -> Iterator[str]:
        """Give what must not be overlooked, a line each, for the caption."""
        yield from ()

    def _repr_html_(self) -> str:
        return html_first(*self.table, caption=repr(self)[1:-1], notes=self._notes())
