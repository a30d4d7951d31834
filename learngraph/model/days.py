"""Dates as days: the org keeps days, whatever times its requests and answers carry."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from learngraph.model.value import short


def read_day(value: object) -> date:
    """Read a day from a date, or from an ISO 8601 text; of a text with a time, the day in UTC.

    Raises
    ------
    ValueError
        where the text is no date, or names a day or a time that does not exist.

    Examples
    --------
    >>> read_day("2025-12-31T23:59:59.00Z"), read_day("2025-12-31T23:00:00-05:00")
    (datetime.date(2025, 12, 31), datetime.date(2026, 1, 1))
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        written = value.strip() if isinstance(value, str) else ""
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(written)
        return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        raise ValueError(f"{short(value)} is no date that exists (write it as 2026-08-15)") from None


#: a day; text in ISO form is read
Day = Annotated[date, PlainValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
