"""The text of a query before it is parsed: literals are taken out, so that values are bound and never spliced in."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from learngraph.local_org.refusals import RequestRefusedError
from learngraph.local_org.store import stamp
from learngraph.model.days import read_day

Kind: TypeAlias = Literal["text", "date", "datetime"]

_LONGEST = 100_000  # characters of a query

_TOKEN = re.compile(
    r"""
      '(?P<text>(?:[^'\\]|\\.)*)'
    | (?P<datetime>\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))
    | (?P<date>\b\d{4}-\d\d-\d\d\b)
    | (?P<rest>[A-Za-z0-9_.,()=<>!\s] | -(?=\d))
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "N": "\n", "r": "\r", "R": "\r", "t": "\t", "T": "\t", "b": "\b", "B": "\b", "f": "\f",
            "F": "\f", '"': '"', "'": "'", "\\": "\\", "_": "_", "%": "%"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A literal of a query: a text as it was written, or a date or moment as records have it."""

    kind: Kind
    value: str

    @property
    def text(self) -> str:
        """The text without its escapes."""
        return re.sub(r"\\(.)", lambda found: _escaped(found[1]), self.value, flags=re.DOTALL)

    @property
    def pattern(self) -> str:
        r"""The text as a pattern in which only `\\`, `\%` and `\_` are still escaped."""
        return re.sub(
            r"\\(.)",
            lambda found: found[0] if found[1] in "\\%_" else _escaped(found[1]),
            self.value,
            flags=re.DOTALL,
        )


def malformed(message: str) -> RequestRefusedError:
    """Make the refusal of a query that is not understood."""
    return RequestRefusedError(400, "MALFORMED_QUERY", message)


def without_literals(query: str) -> tuple[str, list[Term]]:
    r"""Give a query with names in place of its texts, dates and moments, and these in order.

    Raises
    ------
    RequestRefusedError
        where it holds what no query has: comments, semicolons, quoted names, unknown escapes.

    Examples
    --------
    >>> without_literals("SELECT Id FROM Learning WHERE Name = 'Don\\'t'")[0]
    'SELECT Id FROM Learning WHERE Name = :p0'
    """
    if len(query) > _LONGEST:
        raise malformed(f"SOQL statement is longer than {_LONGEST} characters")
    parts: list[str] = []
    terms: list[Term] = []
    at = 0
    while at < len(query):
        found = _TOKEN.match(query, at)
        if found is None:
            raise malformed(f"unexpected token: {query[at]!r} at position {at}")
        if found["rest"] is not None:
            parts.append(found["rest"])
        else:
            parts.append(f":p{len(terms)}")
            terms.append(_term(found))
        at = found.end()
    return "".join(parts), terms


def _term(found: re.Match[str]) -> Term:
    if found["text"] is not None:
        term = Term("text", found["text"])
        _ = term.text  # an unknown escape is told now
        return term
    try:
        if found["date"] is not None:
            return Term("date", read_day(found["date"]).isoformat())
        return Term("datetime", stamp(datetime.fromisoformat(found["datetime"]).astimezone(UTC)))
    except (ValueError, OverflowError):
        raise malformed(f"no such date: {found[0]}") from None


def _escaped(letter: str) -> str:
    if letter not in _ESCAPES:
        raise malformed(f"invalid escape: \\{letter}")
    return _ESCAPES[letter]
