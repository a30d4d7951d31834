"""Comparisons of fields with values, as SQL with bound values; a value of another type is refused."""

from collections.abc import Sequence
from typing import TypeAlias

from learngraph.local_org.fields import Field
from learngraph.local_org.refusals import RequestRefusedError
from learngraph.local_org.soql_text import Term, malformed
from learngraph.model.salesforce_id import InvalidIdError, SalesforceId

#: what stands beside a field: a literal, a number, true or false, or null
Side: TypeAlias = Term | int | float | bool | None
Condition: TypeAlias = tuple[str, list[object]]

_TEXTS = frozenset({"string", "textarea", "picklist", "url"})
_IDS = frozenset({"id", "reference"})


def comparison(sql: str, field: Field, operator: str, side: Side) -> Condition:
    """Compare a field with a value; texts in any case unless unique, and what is empty is unlike every value."""
    if side is None or (isinstance(side, Term) and side.kind == "text" and side.text == ""):
        return _with_nothing(sql, operator)
    if operator not in {"=", "!="} and (field.type == "boolean" or field.type in _IDS):
        raise RequestRefusedError(
            400, "INVALID_QUERY_FILTER_OPERATOR", f"{field.name} cannot be compared by {operator}"
        )
    condition = f"{sql} {operator} ?{_anyhow(field)}"
    return (f"({condition} OR {sql} IS NULL)" if operator == "!=" else condition), [bound(field, side)]


def condition_in(sql: str, field: Field, sides: Sequence[Side], *, negated: bool) -> Condition:
    """Compare a field with a list of values."""
    values: list[object] = [bound(field, side) for side in sides if side is not None]
    places = ", ".join("?" * len(values))
    parts = [f"{sql}{_anyhow(field)} IN ({places})"] if values else []
    if None in sides:
        parts.append(f"{sql} IS NULL")
    condition = f"({' OR '.join(parts)})"
    return (f"NOT COALESCE({condition}, 0)" if negated else condition), values


def like(sql: str, field: Field, side: Side) -> Condition:
    """Compare a text with a pattern."""
    if field.type not in _TEXTS or not isinstance(side, Term) or side.kind != "text":
        raise RequestRefusedError(400, "INVALID_QUERY_FILTER_OPERATOR", f"{field.name} cannot be compared by LIKE")
    return f"{sql} LIKE ? ESCAPE '\\'", [side.pattern]


def bound(field: Field, side: Side) -> object:
    """Give a value as the field's column has it."""
    if isinstance(side, Term):
        return _of_term(field, side)
    if isinstance(side, bool):
        if field.type == "boolean":
            return int(side)
    elif side is not None and field.type in {"double", "int"}:
        return side
    raise _wrong(field)


def _of_term(field: Field, term: Term) -> str:
    if term.kind in {"date", "datetime"}:
        if field.type != term.kind:
            raise _wrong(field)
        return term.value
    if field.type in _TEXTS:
        return term.text
    if field.type not in _IDS:
        raise _wrong(field)
    try:
        return str(SalesforceId(term.text))
    except InvalidIdError:
        message = f"invalid ID field: {term.text[:60]}"
        raise RequestRefusedError(400, "INVALID_QUERY_FILTER_OPERATOR", message) from None


def _with_nothing(sql: str, operator: str) -> Condition:
    if operator not in {"=", "!="}:
        raise malformed(f"null cannot be compared by {operator}")
    return f"{sql} IS {'NOT ' if operator == '!=' else ''}NULL", []


def _anyhow(field: Field) -> str:
    # what must be unique is told apart by its case, as `describe` says (caseSensitive)
    return " COLLATE NOCASE" if field.type in _TEXTS and not field.unique else ""


def _wrong(field: Field) -> RequestRefusedError:
    quoted = "should be" if field.type in _TEXTS | _IDS else "should not be"
    message = (
        f"value of filter criterion for field '{field.name}' must be of type {field.type} "
        f"and {quoted} enclosed in quotes"
    )
    return RequestRefusedError(400, "INVALID_FIELD", message)
