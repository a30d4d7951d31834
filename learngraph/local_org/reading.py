"""GET: one learning with its requirements and outcomes, as the guide's tables have it."""

from typing import Any

from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Json
from learngraph.local_org.refusals import RecordRefusedError, RequestRefusedError
from learngraph.local_org.store import Row
from learngraph.local_org.values import identity
from learngraph.salesforce.names import CUSTOM_FIELDS, LEARNING_TYPE, RELATIONS
from learngraph.salesforce.records import (
    COURSE,
    FOUNDATION_ITEM,
    LEARNING,
    LEARNING_FIELDS,
    OUTCOME_ITEM,
    OWN_FIELDS,
    PROGRAM,
    REQUIREMENT_TYPES,
)

_DAYS = frozenset({"ActiveFromDate", "ActiveToDate"})


def get_learning(desk: Desk, name: str, query: dict[str, str]) -> Json:
    """Answer Get Learning, by the id of a learning or by an external id of its course or program.

    Raises
    ------
    RequestRefusedError
        where there is no such learning.
    """
    row = _found(desk, name, query)
    requirements = desk.store.where(FOUNDATION_ITEM, LearningId=row["Id"])
    return {
        "learning": _learning(desk, row),
        **{
            relation: [_requirement(desk, item) for item in requirements if item["Type"] == REQUIREMENT_TYPES[relation]]
            for relation in RELATIONS
        },
        "outcomes": [_outcome(item) for item in desk.store.where(OUTCOME_ITEM, LearningId=row["Id"])],
        "success": True,
        "errors": [],
    }


def _found(desk: Desk, name: str, query: dict[str, str]) -> Row:
    kinds = {"course_external_id_field": COURSE, "program_external_id_field": PROGRAM}
    asked = [(kinds[key], value) for key, value in query.items() if key in kinds]
    try:
        if asked:
            (kind, field), *_ = asked
            name = desk.by_external_id(kind, field, name, "externalId")
        elif not identity(name, "learningId").startswith(desk.objects[LEARNING].prefix):
            raise RequestRefusedError(400, "INVALID_ID_FIELD", f"Invalid identifier: {name}")
        return desk.record(LEARNING, name, "learningId")
    except RecordRefusedError as refused:
        if refused.code == "MALFORMED_ID":
            raise RequestRefusedError(400, "INVALID_ID_FIELD", f"Invalid identifier: {name}") from None
        status = {"INVALID_CROSS_REFERENCE_KEY": 404, "DUPLICATE_EXTERNAL_ID": 300}.get(refused.code, 400)
        code = "NOT_FOUND" if status == 404 else refused.code  # noqa: PLR2004 - what HTTP calls not found
        raise RequestRefusedError(status, code, refused.message) from None


def _learning(desk: Desk, row: Row) -> Json:
    own = desk.store.where(row["Type"], LearningId=row["Id"])[0]
    is_course = row["Type"] == COURSE
    kind = "course" if is_course else "program"
    found: Json = {
        "learningId": row["Id"],
        "learningCourseId" if is_course else "learningProgramId": own["Id"],
        "type": LEARNING_TYPE[kind],
    }
    found.update({name: _told(desk, field, row[field]) for name, field in LEARNING_FIELDS.items()})
    rest = {name: field for name, field in OWN_FIELDS[row["Type"]].items() if name not in LEARNING_FIELDS}
    found.update({name: own[field] for name, field in rest.items()})
    for name in ("active", "topLevelProgram"):
        if name in found:
            found[name] = bool(found[name])
    found[CUSTOM_FIELDS[kind]] = {
        field.name: _custom(field.type, own[field.name])
        for field in desk.objects[row["Type"]].fields
        if field.custom and own[field.name] is not None
    }
    return found


def _custom(kind: str, value: Any) -> object:  # noqa: ANN401 - what SQLite keeps
    return bool(value) if kind == "boolean" else value


def _told(desk: Desk, field: str, value: object) -> object:
    if field in _DAYS and value is not None and desk.dialect.dates == "datetime":
        return f"{value}T12:00:00.00Z"  # as the guide's example of an answer has it
    return value


def _requirement(desk: Desk, item: Row) -> Json:
    granted = desk.store.where(OUTCOME_ITEM, LearningAchievementId=item["LearningAchievementId"])
    return {
        "learningFoundationItemId": item["Id"],
        "learningId": item["LearningId"],
        "name": item["Name"],
        "type": item["Type"],
        "category": item["Category"],
        "learningAchievementId": item["LearningAchievementId"],
        "learningAchievementType": desk.kind_of(item["LearningAchievementId"]),
        "minimumNumericGrade": item["MinimumNumericGrade"],
        "duration": item["Duration"],
        "durationUnit": item["DurationUnit"],
        "fulfilledBy": [_fulfiller(desk, one) for one in granted],
    }


def _fulfiller(desk: Desk, outcome: Row) -> Json:
    row = desk.store.get(LEARNING, outcome["LearningId"]) or {}
    return {"learning": _learning(desk, row), "learningOutcomeItem": _outcome(outcome)}


def _outcome(item: Row) -> Json:
    return {
        "learningOutcomeId": item["Id"],
        "learningId": item["LearningId"],
        "learningAchievementId": item["LearningAchievementId"],
        "name": item["Name"],
        "category": item["Category"],
        "duration": item["Duration"],
        "durationUnit": item["DurationUnit"],
        "isPrimary": bool(item["IsPrimary"]),
        "minimumNumericGrade": item["MinimumNumericGrade"],
    }
