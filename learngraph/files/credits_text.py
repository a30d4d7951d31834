"""Credits as catalogues write them: one number, several, or words."""

import re

from learngraph.codes import Code
from learngraph.files.intake import Intake
from learngraph.findings import Place
from learngraph.model.value import short

CREDIT_HOURS = "Credit Hours"
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?")
_SEVERAL = re.compile(rf"{_NUMBER.pattern}(?:\s*(?:-|–|—|/|,\s|or|to)\s*{_NUMBER.pattern})+", re.IGNORECASE)  # noqa: RUF001 - the dashes that catalogues write
_LONGEST = 80


def read_credits(written: object, key: str, place: Place, intake: Intake) -> int | float | None:
    """Give the number of credits; of several the least, with an info, and of anything else none, with an info.

    `place` names the field. An empty text says nothing.
    """
    if written is None or written == "":
        return None
    if isinstance(written, int | float) and not isinstance(written, bool):
        return written
    plain = written.strip() if isinstance(written, str) else ""
    if _NUMBER.fullmatch(plain):
        return _as_number(plain)
    if isinstance(written, str) and len(plain) < _LONGEST and _SEVERAL.fullmatch(plain):
        least = min(map(_as_number, _numbers(plain)))
        message = f"the credits {short(written)} are several: the least, {least}, was taken"
        intake.find(Code.CREDITS_OF_SEVERAL, message, place=place, key=key, cause=written)
        return least
    message = f"the credits {short(written)} give no number: no duration was taken"
    intake.find(Code.UNREADABLE_CREDITS, message, place=place, key=key, cause=short(written))
    return None


def _numbers(text: str) -> list[str]:
    # "4, 8, 12" is a list, "2,5" a number: a comma before a space separates
    return _NUMBER.findall(re.sub(r",\s", "; ", text))


def _as_number(text: str) -> int | float:
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number
