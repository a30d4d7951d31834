"""Whether a field takes a value, and how the value is kept."""

from learngraph.local_org.fields import Field
from learngraph.local_org.refusals import RecordRefusedError
from learngraph.model.days import read_day
from learngraph.model.salesforce_id import InvalidIdError, SalesforceId
from learngraph.model.value import read_number, short

_TEXTS = frozenset({"string", "textarea", "picklist", "url"})
_LARGEST = 10**18  # numbers have at most 18 digits


def kept(field: Field, value: object) -> object:
    """Give what a field keeps of a value, None for nothing.

    Raises
    ------
    RecordRefusedError
        where the field does not take it.

    Examples
    --------
    >>> kept(Field("ActiveFromDate", "date"), "2024-09-01T00:00:00.00Z")
    '2024-09-01'
    """
    if value is None or value == "":
        return _nothing(field)
    if field.type in _TEXTS:
        return _text(field, value)
    if field.type in {"double", "int"}:
        return _number(field, value)
    if field.type == "boolean":
        if not isinstance(value, bool):
            raise _wrong(field, value, "neither true nor false")
        return int(value)
    if field.type == "date":
        return _day(field, value)
    return identity(value, field.name)


def _nothing(field: Field) -> object:
    if field.type == "boolean" and field.custom:
        return 0
    if not field.nillable:
        raise RecordRefusedError(field.name, "REQUIRED_FIELD_MISSING", f"Required fields are missing: [{field.name}]")
    return None


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(field, value, "no text")
    if len(value) > field.length:
        raise RecordRefusedError(
            field.name, "STRING_TOO_LONG",
            f"{field.name}: data value too large: {short(value)} (max length={field.length})",
        )  # fmt: skip
    if field.restricted and value not in field.values:
        raise RecordRefusedError(
            field.name, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            f"{field.name}: bad value for restricted picklist field: {short(value)}",
        )  # fmt: skip
    return value


def _number(field: Field, value: object) -> int | float:
    try:
        number = read_number(value)
    except ValueError:
        raise _wrong(field, value, "no number") from None
    if abs(number) >= _LARGEST or (field.type == "int" and number != int(number)):
        raise RecordRefusedError(
            field.name, "NUMBER_OUTSIDE_VALID_RANGE", f"{field.name}: value outside of valid range: {short(value)}"
        )
    return number


def _day(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(field, value, "no date")
    try:
        return read_day(value).isoformat()
    except ValueError:
        raise _wrong(field, value, "no date") from None


def identity(value: object, field: str) -> str:
    """Read an id of 15 or 18 characters.

    Raises
    ------
    RecordRefusedError
        where it is none, a wrong checksum included.
    """
    try:
        return str(SalesforceId(value if isinstance(value, str) else ""))
    except InvalidIdError:
        raise RecordRefusedError(
            field, "MALFORMED_ID", f"{field}: id value of incorrect type: {short(value)}"
        ) from None


def _wrong(field: Field, value: object, what: str) -> RecordRefusedError:
    return RecordRefusedError(field.name, "INVALID_TYPE_ON_FIELD_IN_RECORD", f"{field.name}: {short(value)} is {what}")
