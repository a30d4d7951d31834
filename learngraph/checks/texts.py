"""Texts: what scraping, spreadsheets and wrong encodings do to names and descriptions."""

import re
from collections.abc import Callable, Iterator

from learngraph.checks.case import Case
from learngraph.codes import Code
from learngraph.findings import Finding, Place
from learngraph.model.learning import Learning
from learngraph.model.value import short

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|iframe|img|ins|li|link"
    r"|meta|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# what the lead byte of a UTF-8 sequence and the one after it become in the usual wrong encodings
_SUSPECT = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def html_in_texts(case: Case) -> Iterator[Finding]:
    """LG305: names and descriptions are plain text."""
    for learning, field, text in case.texts:
        if "<" in text and (tag := _TAG.search(text)):
            message = f"the {field} holds the HTML tag {short(tag[0])}"
            yield _about(learning, Code.HTML_IN_TEXT, field, message, hint="write plain text")


def entities_in_texts(case: Case) -> Iterator[Finding]:
    """LG306: characters stand for themselves; the API encodes its answers, and people send them back."""
    for learning, field, text in case.texts:
        if "&" in text and (entity := _ENTITY.search(text)):
            from html import unescape  # noqa: PLC0415 - rarely needed

            if unescape(text) == text:
                continue
            message = f"the {field} holds the HTML entity {entity[0]}"
            hint = f"write {short(unescape(unescape(text)))}"
            yield _about(learning, Code.ENTITY_IN_TEXT, field, message, hint=hint)


def mojibake(case: Case) -> Iterator[Finding]:
    """LG307: texts were decoded as what they were encoded in."""
    for learning, field, text in case.texts:
        if text.isascii() or not _SUSPECT.search(text):
            continue
        from ftfy import fix_encoding  # noqa: PLC0415 - needed only for suspect texts

        if (mended := _mended(text, fix_encoding)) != text:
            message = f"the {field} was decoded wrongly: {short(text)}"
            yield _about(learning, Code.MOJIBAKE, field, message, hint=f"it should be {short(mended)}")


def texts_too_long(case: Case) -> Iterator[Finding]:
    """LG315: texts are no longer than the org holds."""
    limits = {name: limit for name, limit in case.dialect.text_lengths.items() if isinstance(limit, int)}
    for learning in case.graph:
        for field, limit in limits.items():
            text = getattr(learning, field, None)
            if isinstance(text, str) and len(text) > limit:
                message = f"the {field} has {len(text)} characters, and the org holds {limit}"
                yield _about(learning, Code.TEXT_TOO_LONG, field, message, hint="shorten it, or set text_lengths")


def _about(learning: Learning, code: Code, field: str, message: str, *, hint: str) -> Finding:
    return Finding(code, message, keys=(learning.key,), hint=hint, place=Place(field=field))


def _mended(text: str, fix_encoding: Callable[[str], str]) -> str:
    try:  # the whole text was UTF-8, read as Windows-1252 (the codec comes with ftfy)
        return text.encode("sloppy-windows-1252").decode()
    except UnicodeError:
        return fix_encoding(text)
