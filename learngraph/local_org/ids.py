"""Ids of new records: a prefix that tells the object, three characters that tell the org, a number."""

import secrets

from learngraph.model.salesforce_id import SalesforceId

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PLACES = 9


def record_id(prefix: str, pod: str, number: int) -> str:
    """Make the id of a record, of 18 characters; a greater number gives an id that sorts after.

    Examples
    --------
    >>> record_id("0ty", "LG0", 62)
    '0tyLG0000000010YAA'
    """
    digits = ""
    for _ in range(_PLACES):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return str(SalesforceId(prefix + pod + digits))


def new_pod() -> str:
    """Make up the three characters by which the records of one org are told from those of another."""
    return "".join(secrets.choice(_DIGITS) for _ in range(3))
