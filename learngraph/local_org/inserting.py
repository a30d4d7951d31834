"""POST of a single record, for the objects that people make by hand."""

from collections.abc import Mapping
from typing import Any

from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Field, Json, SObject
from learngraph.local_org.refusals import RecordRefusedError, RequestRefusedError, not_allowed
from learngraph.model.value import short
from learngraph.salesforce.records import ACHIEVEMENT, CONFIG


def insert_record(desk: Desk, name: str, body: Any) -> Json:  # noqa: ANN401 - any JSON
    """Make a record, and give the answer.

    Raises
    ------
    RequestRefusedError
        where the object's records are not made so, or a field does not take its value.
    """
    one = desk.objects[name]
    if not one.createable:
        raise not_allowed("POST", "GET")  # its records are made by publishing learnings
    if not isinstance(body, Mapping):
        raise RequestRefusedError(400, "JSON_PARSER_ERROR", f"{short(body)} is no record")
    try:
        values = {field.name: desk.checked(field, value) for field, value in _fields(desk, name, body)}
        _complete(one, values)
        if name == ACHIEVEMENT and not values.get("RecordTypeId"):
            values["RecordTypeId"] = _usual_type(desk)
        with desk.store.writing():
            identity = desk.insert(name, values)
    except RecordRefusedError as refused:
        fields = (refused.field,) if refused.field else ()
        raise RequestRefusedError(400, refused.code, refused.message, fields) from None
    return {"id": identity, "success": True, "errors": []}


def _fields(desk: Desk, name: str, body: Mapping[str, Any]) -> list[tuple[Field, object]]:
    found = []
    for written, value in body.items():
        if written == "attributes":
            continue
        field = desk.objects[name].field(written)
        if field is None:
            message = f"No such column '{written[:80]}' on sobject of type {name}"
            raise RecordRefusedError(written[:80], "INVALID_FIELD", message)
        if not field.createable:
            message = f"Unable to create/update fields: {field.name}"
            raise RecordRefusedError(field.name, "INVALID_FIELD_FOR_INSERT_UPDATE", message)
        found.append((field, value))
    return found


def _complete(one: SObject, values: Mapping[str, object]) -> None:
    missing = [
        field.name
        for field in one.fields
        if not field.nillable and field.createable and field.type != "boolean" and not values.get(field.name)
    ]
    if missing:
        message = f"Required fields are missing: [{', '.join(missing)}]"
        raise RecordRefusedError(missing[0], "REQUIRED_FIELD_MISSING", message)


def _usual_type(desk: Desk) -> object:
    found = desk.store.where(CONFIG, LearningAchievementType="Custom")
    return found[0]["LearningAchvRecordTypeId"] if found else None
