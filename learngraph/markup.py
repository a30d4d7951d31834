"""Small escaped tables for every `_repr_html_`."""

from collections.abc import Iterable, Sequence
from html import escape


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "") -> str:
    """Write a table in which every heading, cell and caption is text, whatever it holds.

    Examples
    --------
    >>> html_table(["key"], [["<b>CS 601</b>"]])
    '<table><thead><tr><th>key</th></tr></thead><tbody><tr><td>&lt;b&gt;CS 601&lt;/b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
