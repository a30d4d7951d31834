"""PATCH: fields that are named, requirements made and deleted, outcomes as the org takes them."""

from learngraph.local_org.creating import detail
from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Json
from learngraph.local_org.learning_fields import stated_values
from learngraph.local_org.mappings import (
    Touched,
    lay_outcome,
    lay_requirement,
    outcome_target,
    requirement_target,
)
from learngraph.local_org.refusals import RecordRefusedError
from learngraph.local_org.store import Row
from learngraph.salesforce.names import RELATIONS
from learngraph.salesforce.records import (
    ACHIEVEMENT,
    COURSE,
    FOUNDATION_ITEM,
    LEARNING,
    OUTCOME_ITEM,
    PROGRAM,
    REQUIREMENT_TYPES,
)

_GROUPS = frozenset({"AchievementGroup", "AchievementGroupAll"})


def change(desk: Desk, one: Json) -> Json:
    """Change one learning of a PATCH, and give its part of the answer.

    Raises
    ------
    RecordRefusedError
        where it cannot be changed; what was changed until then is the caller's to take back.
    """
    stated = one.get("learning") or {}
    row = _there(desk, stated)
    own = desk.store.where(row["Type"], LearningId=row["Id"])[0]
    values = stated_values(desk, stated, new=False)
    if values.own != row["Type"]:
        message = f"the learning {row['Id']} is a {row['Type']}"
        raise RecordRefusedError("type", "INVALID_CROSS_REFERENCE_KEY", message)
    _same_own(desk, stated, own)
    if values.learning:
        desk.update(LEARNING, row["Id"], values.learning)
    if values.of_own:
        desk.update(values.own, own["Id"], values.of_own)
    touched = Touched()
    for relation in RELATIONS:
        _change_requirements(desk, row["Id"], relation, one.get(relation) or {}, touched)
    if one.get("outcomes") is not None:
        _change_outcomes(desk, row["Id"], one["outcomes"], touched)
    return detail(row["Id"], values.own, own["Id"], touched)


def _there(desk: Desk, stated: Json) -> Row:
    if not stated.get("learningId"):
        raise RecordRefusedError("learningId", "REQUIRED_FIELD_MISSING", "Required fields are missing: [learningId]")
    return desk.record(LEARNING, stated["learningId"], "learningId")


def _same_own(desk: Desk, stated: Json, own: Row) -> None:
    for name, kind in (("learningCourseId", COURSE), ("learningProgramId", PROGRAM)):
        if stated.get(name) and desk.record(kind, stated[name], name)["Id"] != own["Id"]:
            message = f"{name}: {stated[name]} belongs to another learning"
            raise RecordRefusedError(name, "INVALID_CROSS_REFERENCE_KEY", message)


def _change_requirements(desk: Desk, learning: str, relation: str, wanted: Json, touched: Touched) -> None:
    targets = [
        requirement_target(desk, mapping, f"{relation}.createRecords[{number}]")
        for number, mapping in enumerate(wanted.get("createRecords") or ())
    ]
    for number, lookup in enumerate(wanted.get("deleteRecords") or ()):
        _delete(desk, learning, relation, lookup, f"{relation}.deleteRecords[{number}].foundationItemId")
    for target in targets:
        lay_requirement(desk, learning, relation, target, touched)


def _delete(desk: Desk, learning: str, relation: str, lookup: Json, where: str) -> None:
    item = desk.record(FOUNDATION_ITEM, lookup.get("foundationItemId"), where)
    if (item["LearningId"], item["Type"]) != (learning, REQUIREMENT_TYPES[relation]):
        message = f"{where}: {item['Id']} is no item of this learning's {relation}"
        raise RecordRefusedError(where, "INVALID_CROSS_REFERENCE_KEY", message)
    desk.store.delete(FOUNDATION_ITEM, item["Id"])
    group = item["LearningAchievementId"]
    if desk.settings.orphan_groups == "go" and desk.kind_of(group) in _GROUPS:
        _forget(desk, group)


def _forget(desk: Desk, group: str) -> None:
    """Delete a group that nothing asks for any more, and what it laid on its contributors."""
    if desk.store.where(FOUNDATION_ITEM, LearningAchievementId=group):
        return
    for item in desk.store.where(OUTCOME_ITEM, LearningAchievementId=group):
        desk.store.delete(OUTCOME_ITEM, item["Id"])
    desk.store.delete(ACHIEVEMENT, group)


def _change_outcomes(desk: Desk, learning: str, mappings: list[Json], touched: Touched) -> None:
    targets = [
        (outcome_target(desk, mapping, f"outcomes[{number}]"), f"outcomes[{number}]")
        for number, mapping in enumerate(mappings)
    ]
    if desk.dialect.patch_outcomes == "replace":
        named = {target.outcome[:15] for target, _ in targets if target.outcome}
        for item in desk.store.where(OUTCOME_ITEM, LearningId=learning, IsPrimary=0):
            if item["Id"][:15] not in named and desk.kind_of(item["LearningAchievementId"]) not in _GROUPS:
                desk.store.delete(OUTCOME_ITEM, item["Id"])
    for target, where in targets:
        lay_outcome(desk, learning, target, touched, where)
