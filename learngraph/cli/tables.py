"""Results as text: tables that keep their columns, and paragraphs that fit the terminal."""

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

from learngraph.markup import printable

_WIDE = 160  # columns, where nobody looks on
_READABLE = 100  # columns of a paragraph
_LONGEST_NAME = 60  # letters


def as_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay out rows under headings; numbers to the right, long texts cut."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - imported when first used
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    cells = [list(row) for row in rows]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, heading in enumerate(headings):
        numbers = all(isinstance(row[place], int | float) or row[place] is None for row in cells)
        table.add_column(heading, justify="right" if numbers else "left", no_wrap=numbers or not place)
    for row in cells:
        table.add_row(*(Text(shown(cell)) for cell in row))
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = io.StringIO()
    Console(file=text, width=_width(), force_terminal=colours, highlight=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())


def as_paragraphs(text: str) -> str:
    """Break long lines between words, with what follows set in as far as the line and a little more."""
    broken = (
        textwrap.fill(
            line,
            width=min(_width(), _READABLE),
            subsequent_indent=" " * (len(line) - len(line.lstrip()) + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in printable(text, keep="\n").split("\n")
    )
    return "\n".join(broken) + "\n"


def shown(value: object) -> str:
    """Give a cell: a number with commas, a large one by its size, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}" if value.bit_length() < 64 else f"{_about(value)}"  # noqa: PLR2004 - 20 digits
    if isinstance(value, float):
        return f"{value:,.10g}"
    text = printable(str(value))
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 3]}..."


def _about(number: int) -> str:
    digits = len(str(number)) if number.bit_length() < 10_000 else number.bit_length() * 30103 // 100_000  # noqa: PLR2004 - str refuses more than 4,300 digits
    return f"a number of {digits:,} digits"


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
