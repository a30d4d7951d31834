"""JSON as people and programs write it: read strictly, with every oddity told by its place."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from learngraph.codes import Code
from learngraph.files.errors import ReadError
from learngraph.findings import Finding, Place
from learngraph.model.value import short

# zero-width space, (non-)joiners, word joiner, and a byte-order mark inside the text
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
# what a text must hold for a name in it to hold one of them, as it is or escaped: quick to look for
_MARKS = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\\u20", "\\uf", "\\uF")


class Unreadable:
    """NaN or Infinity, which JSON does not have: refused by whoever reads the field."""

    def __init__(self, written: str) -> None:
        self._written = written

    def __repr__(self) -> str:
        return self._written


class _Odd(dict[str, Any]):
    """An object in which a name was written twice or held invisible characters."""

    repeated: tuple[str, ...] = ()
    invisible: tuple[str, ...] = ()


def _odd(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [_ZERO_WIDTH.sub("", name) for name, _ in pairs]
    found = _Odd(zip(names, (value for _, value in pairs), strict=True))
    found.repeated = tuple(name for name, times in Counter(names).items() if times > 1)
    found.invisible = tuple(name for name, (written, _) in zip(names, pairs, strict=True) if name != written)
    return found


def _whole_number(written: str) -> object:
    return int(written) if len(written) < _LONGEST_NUMBER else Unreadable(f"a number of {len(written)} digits")


_LONGEST_NUMBER = 4000  # int() refuses a little more by itself


class JsonReader:
    """Reads JSON texts, one after the other."""

    def __init__(self) -> None:
        self._odd = self._invisible = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=_whole_number, parse_constant=Unreadable
        )

    def read(self, text: str, place: Place) -> tuple[Any, list[Finding]]:
        """Read one JSON text; of a name that is written twice the last value counts, as everywhere.

        Raises
        ------
        ReadError
            where it is no JSON, by line and column.
        """
        self._odd = False
        self._invisible = any(mark in text for mark in _MARKS)
        try:
            value = self._decoder.decode(text)
        except json.JSONDecodeError as error:
            line = place.line or error.lineno
            fault = f"is not JSON: {error.msg} at column {error.colno}"
            hint = "it looks cut off" if error.pos >= len(text.rstrip()) else ""
            raise ReadError(Place(place.file, line), fault, hint) from None
        except RecursionError:
            raise ReadError(place, "is nested too deep") from None
        return value, list(_oddities(value, place)) if self._odd else []

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs) and not (self._invisible and _ZERO_WIDTH.search("".join(found))):
            return found
        self._odd = True
        return _odd(pairs)


def parse_json(text: str, place: Place) -> tuple[Any, list[Finding]]:
    """Read one JSON text, as `JsonReader` does."""
    return JsonReader().read(text, place)


def _oddities(value: Any, place: Place) -> Iterator[Finding]:  # noqa: ANN401 - any JSON
    queue: list[tuple[str, Any]] = [("", value)]
    while queue:
        path, item = queue.pop()
        if isinstance(item, dict):
            queue.extend((f"{path}.{name}" if path else name, part) for name, part in item.items() if _holds(part))
        elif isinstance(item, list):
            queue.extend((f"{path}[{number}]", part) for number, part in enumerate(item) if _holds(part))
        if isinstance(item, _Odd):
            yield from _told(item, Place(place.file, place.line, path))


def _holds(part: object) -> bool:
    return isinstance(part, dict | list)


def _told(item: _Odd, place: Place) -> Iterator[Finding]:
    for name in item.repeated:
        yield Finding(
            Code.REPEATED_PROPERTY,
            f"the property {short(name)} is written twice: the last value was taken",
            place=Place(place.file, place.line, place.record, name[:100]),
            cause=name,
            hint="keep one of them",
        )
    for name in item.invisible:
        yield Finding(
            Code.ZERO_WIDTH_NAME,
            f"invisible characters were removed from the property name {short(name)}",
            place=Place(place.file, place.line, place.record, name[:100]),
            cause=name,
            hint="type the name anew: copied documentation holds such characters",
        )


def write_json(value: Any, *, indent: int | None = 2) -> str:  # noqa: ANN401 - any JSON
    """Write JSON with names in their order, as people read it, with a line break at the end.

    Text that UTF-8 cannot hold (half of a surrogate pair) is written as escapes, so nothing is lost.
    """
    text = json.dumps(value, indent=indent, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value, indent=indent, allow_nan=False)
    return text + "\n"
