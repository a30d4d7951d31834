"""Salesforce ids of 15 and 18 characters: the checksum, and what the first three characters say.

The last three of 18 characters tell which of the first 15 are capitals, so that a spreadsheet that
changes case is found out. An 18-character id with a right checksum stands for a record whatever its
prefix; a 15-character one has no checksum, so only the prefixes of this family are taken for ids.
"""

import re
from typing import Self

from learngraph.errors import LearnGraphError

#: key prefixes of the records that a catalogue touches, with the object each belongs to
PREFIXES = {
    "0ty": "Learning",
    "0vY": "LearningCourse",
    "0u2": "LearningProgram",
    "0u9": "LearningAchievement",
    "0ww": "LearningFoundationItem",
    "0uE": "LearningOutcomeItem",
    "001": "Account",
    "00D": "Organization",
}
_FAMILY = ("0ty", "0vY", "0u2", "0u9", "0ww", "0uE")
_FORM = re.compile(r"[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHORT, _LONG = 15, 18


class InvalidIdError(LearnGraphError, ValueError):
    """A text that is no Salesforce id.

    Attributes
    ----------
    text
        What was written.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"{self.text!r} is no Salesforce id: 15 or 18 letters and digits, the last three a checksum"


class SalesforceId(str):
    """An id in its 18-character form; made of either form, equal for both.

    Examples
    --------
    >>> SalesforceId("0tyLT00000009LO")
    SalesforceId('0tyLT00000009LOYAY')
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Complete or check the id; an `InvalidIdError` is raised for what is none."""
        if not _FORM.fullmatch(text):
            raise InvalidIdError(text)
        whole = text[:_SHORT] + checksum(text)
        if len(text) == _LONG and text != whole:
            raise InvalidIdError(text)
        return super().__new__(cls, whole)

    @property
    def prefix(self) -> str:
        """The first three characters, which tell the kind of record."""
        return self[:3]

    def __repr__(self) -> str:
        return f"SalesforceId({str(self)!r})"


def checksum(text: str) -> str:
    """Compute the last three characters of an id from its first 15.

    Of five characters each, the capitals set one bit, the first character the lowest; the number of
    bits set is a place in A to Z, 0 to 5.

    Examples
    --------
    >>> checksum("0tyLT00000009LO")
    'YAY'
    """
    chunks = (text[start : start + 5] for start in (0, 5, 10))
    return "".join(
        _ALPHABET[sum(1 << place for place, letter in enumerate(chunk) if "A" <= letter <= "Z")] for chunk in chunks
    )


def is_salesforce_id(text: str) -> bool:
    """Whether a key stands for a record: 18 characters with a right checksum, or 15 of this family.

    Examples
    --------
    >>> is_salesforce_id("0tyLT00000009LOYAY"), is_salesforce_id("0tyLT00000009LOYAX"), is_salesforce_id("CS 601")
    (True, False, False)
    """
    if len(text) == _LONG:
        return bool(_FORM.fullmatch(text)) and text[_SHORT:] == checksum(text)
    return len(text) == _SHORT and text.startswith(_FAMILY) and bool(_FORM.fullmatch(text))


def looks_like_salesforce_id(text: str) -> bool:
    """Whether a text has the length, letters and beginning of an id, right checksum or not."""
    return len(text) in (_SHORT, _LONG) and text.startswith(_FAMILY) and bool(_FORM.fullmatch(text))


def canonical(text: str) -> str:
    """Give the 18-character form of what is an id, and anything else as it is.

    Examples
    --------
    >>> canonical("0tyxx00000002t3"), canonical("CS 601")
    ('0tyxx00000002t3AAA', 'CS 601')
    """
    return text[:_SHORT] + checksum(text) if len(text) == _SHORT and is_salesforce_id(text) else text


def is_well_formed(text: str) -> bool:
    """Whether what can be nothing but an id is one: of either length, of whatever kind of record."""
    return bool(_FORM.fullmatch(text)) and (len(text) == _SHORT or text[_SHORT:] == checksum(text))
