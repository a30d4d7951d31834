"""What an org says when it refuses a learning, in sentences that a registrar understands: one small table."""

import re
from dataclasses import dataclass

from learngraph.markup import printable


@dataclass(frozen=True, slots=True)
class RowCode:
    """A code of an org, the phrase by which it is known where the code is left out, and what it means."""

    code: str
    means: str
    phrase: str = ""


LOCKED, DUPLICATE = "UNABLE_TO_LOCK_ROW", "DUPLICATE_VALUE"

#: codes of the Object Reference ("Core Data Types Used in API Calls")
ROW_CODES = (
    RowCode(LOCKED, "somebody else was changing it at the same moment: try again", "unable to obtain exclusive access"),
    RowCode(DUPLICATE, "another record has the same unique value: look for it", "duplicate value found"),
    RowCode("DUPLICATES_DETECTED", "a duplicate rule of the org takes it for a record that is already there"),
    RowCode(
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "the value is not in the org's list: choose one of the list, or have it added in Setup",
        "restricted picklist",
    ),
    RowCode("INVALID_CROSS_REFERENCE_KEY", "it refers to a record that is not there or that this user may not see"),
    RowCode(
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        "this user may not use a record that it refers to: ask for access to it",
    ),
    RowCode("INSUFFICIENT_ACCESS_OR_READONLY", "this user may not change it: ask for the permission"),
    RowCode("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "an automation of the org (a flow or trigger) stopped it"),
    RowCode("FIELD_CUSTOM_VALIDATION_EXCEPTION", "a validation rule of the org does not allow it"),
    RowCode("INVALID_FIELD_FOR_INSERT_UPDATE", "this user may not write one of its fields: check field-level security"),
    RowCode("ENTITY_IS_LOCKED", "the record is locked, as while it waits for an approval"),
    RowCode("ENTITY_IS_DELETED", "the record was deleted in the org: plan again", "entity is deleted"),
    RowCode("MALFORMED_ID", "an id in it is none: it may be of another org, or damaged by a spreadsheet"),
    RowCode("REQUIRED_FIELD_MISSING", "a field that the org demands is empty: state it", "required fields are missing"),
    RowCode("STRING_TOO_LONG", "a text is longer than the org's field: shorten it", "data value too large"),
    RowCode("FUNCTIONALITY_NOT_ENABLED", "the org has not switched this on: see Education Cloud Settings in Setup"),
    RowCode("STORAGE_LIMIT_EXCEEDED", "the org is full: delete records or buy storage"),
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_SHOWN = 500  # letters of what an org says


def row_code(text: str) -> str | None:
    """Find the code of a refusal, by its name or by the phrase with which orgs put it.

    Examples
    --------
    >>> row_code("UNABLE_TO_LOCK_ROW: try later"), row_code("duplicate value found: Id__c"), row_code("no")
    ('UNABLE_TO_LOCK_ROW', 'DUPLICATE_VALUE', None)
    """
    low = text.casefold()
    words = set(re.findall(r"\w+", text))
    named = next((row.code for row in ROW_CODES if row.code in words), None)
    return named or next((row.code for row in ROW_CODES if row.phrase and row.phrase in low), None)


def in_words(text: str) -> str:
    """Say what a refusal means, and what the org said itself; anything unknown is what the org said.

    Examples
    --------
    >>> in_words("STRING_TOO_LONG: Name")
    "a text is longer than the org's field: shorten it (the org says: STRING_TOO_LONG: Name)"
    >>> in_words("")
    'the org refused it and did not say why'
    """
    said = one_line(text)
    code = row_code(text)
    if code is None:
        return f"the org says: {said}" if said else "the org refused it and did not say why"
    means = next(row.means for row in ROW_CODES if row.code == code)
    return f"{means} (the org says: {said})"


def one_line(text: str) -> str:
    """Give a text of an org in one line in which nothing steers a terminal, cut where it is long.

    Examples
    --------
    >>> one_line(chr(27) + "[31mred" + chr(10) + "and more")
    '[31mred and more'
    """
    clean = printable(_CONTROL.sub(" ", text).strip())
    return clean if len(clean) <= _SHOWN else clean[:_SHOWN] + "..."
