"""Lists of course ids in one cell, with whatever separator somebody wrote between them."""

import re
from collections.abc import Collection
from typing import NamedTuple

from learngraph.files.csv_rows import visible

_NUMBER = re.compile(r"-?[0-9]+")
_NUMBER_OF_A_SPREADSHEET = re.compile(r"(-?[0-9]+)\.0+")
_APART = (re.compile(r"[:.]"), re.compile(r"[:.\s]+"))


class IdList(NamedTuple):
    """The ids of a cell in their order, and whether all tools would find them there."""

    ids: tuple[str, ...]
    plain: bool


def read_ids(cell: str, known: Collection[str]) -> IdList:
    """Take a cell apart at semicolons and commas, and at points, colons and spaces where that gives ids.

    A text that is a known id is never taken apart. At points, colons and spaces it is taken apart where all
    parts are known ids or whole numbers: spreadsheets make 4.5 of "4,5", and 4.0 of 4. Any other text
    stays one id, which then is not in the catalogue.

    Examples
    --------
    >>> read_ids("1; 2", {"1", "2"}).ids, read_ids("4.5", {"4", "5"}).ids, read_ids("CS 1", set()).ids
    (('1', '2'), ('4', '5'), ('CS 1',))
    """
    text = visible(cell)
    pieces = [text] if text in known or not text else text.split(";")
    ids: list[str] = []
    for piece in pieces:
        whole = visible(piece)
        parts = [whole] if whole in known else whole.split(",")
        for part in filter(None, map(visible, parts)):
            ids.extend(_apart(part, known))
    return IdList(tuple(ids), plain=text == ";".join(ids) or [visible(piece) for piece in pieces] == ids)


def _apart(text: str, known: Collection[str]) -> list[str]:
    if text in known or _NUMBER.fullmatch(text):
        return [text]
    if (whole := _NUMBER_OF_A_SPREADSHEET.fullmatch(text)) and "0" not in known:
        return [whole[1]]
    for signs in _APART:
        parts = list(filter(None, map(visible, signs.split(text))))
        if parts and all(part in known or _NUMBER.fullmatch(part) for part in parts):
            return parts
    return [text]
