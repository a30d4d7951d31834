"""What a LearningInput says of a learning, as values of its two records."""

from dataclasses import dataclass
from typing import Any

from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Json
from learngraph.local_org.refusals import RecordRefusedError
from learngraph.model.value import short
from learngraph.salesforce.names import CUSTOM_FIELDS, IDS, LEARNING_TYPE
from learngraph.salesforce.records import COURSE, LEARNING, LEARNING_FIELDS, OWN_FIELDS, OWN_OBJECT


@dataclass(frozen=True, slots=True)
class Stated:
    """What a request states of a learning: `own` is the object beside it, and the values of both records."""

    own: str
    learning: Json
    of_own: Json


def own_object(stated: Json) -> str:
    """Give the object that stands beside the Learning, by the type that a request gives."""
    kind = stated.get("type")
    if kind in OWN_OBJECT:
        return OWN_OBJECT[str(kind)]
    if kind is None or kind == "":
        raise RecordRefusedError("type", "REQUIRED_FIELD_MISSING", "Required fields are missing: [type]")
    known = ", ".join(LEARNING_TYPE.values())
    raise RecordRefusedError(
        "type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", f"type: {short(kind)} is none of {known}"
    )


def stated_values(desk: Desk, stated: Json, *, new: bool) -> Stated:
    """Give the values that a request states; for a new learning, nothings are not stated at all.

    Raises
    ------
    RecordRefusedError
        where a property belongs to the other type of learning, or its value is not taken.
    """
    own = own_object(stated)
    custom = CUSTOM_FIELDS["course" if own == COURSE else "program"]
    found = Stated(own, {}, {})
    for name, value in stated.items():
        if name in {"type", custom, *dict(IDS)} or (new and value in (None, "")) or _says_nothing(desk, value):
            continue
        if name not in LEARNING_FIELDS and name not in OWN_FIELDS[own]:
            raise RecordRefusedError(name, "INVALID_FIELD", f"{name} is no property of a {stated['type']}")
        if name in LEARNING_FIELDS:
            found.learning[LEARNING_FIELDS[name]] = _checked(desk, LEARNING, LEARNING_FIELDS[name], value, name)
        if name in OWN_FIELDS[own]:
            found.of_own[OWN_FIELDS[own][name]] = _checked(desk, own, OWN_FIELDS[own][name], value, name)
    for name, value in (stated.get(custom) or {}).items():
        field = desk.custom_field(own, name, custom)
        if not _says_nothing(desk, value):
            found.of_own[field.name] = _checked(desk, own, field.name, value, f"{custom}.{name}")
    return found


def _says_nothing(desk: Desk, value: object) -> bool:
    """Whether a value is the nothing that does not clear: null where "" clears, and "" where null does."""
    return value == "" if desk.dialect.clear_with == "null" else value is None


def _checked(desk: Desk, name: str, field_name: str, value: Any, where: str) -> object:  # noqa: ANN401 - any JSON
    field = desk.objects[name].field(field_name)
    if field is None:
        raise RecordRefusedError(where, "INVALID_FIELD", f"{name} has no {field_name}")
    try:
        return desk.checked(field, value)
    except RecordRefusedError as refused:
        raise refused.about(where) from None
