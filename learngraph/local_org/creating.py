"""POST: a learning, its course or program, the achievement that it grants, and all that it asks for."""

from typing import Any

from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Json
from learngraph.local_org.learning_fields import Stated, stated_values
from learngraph.local_org.mappings import (
    Touched,
    lay_outcome,
    lay_requirement,
    lay_skill,
    outcome_target,
    requirement_target,
)
from learngraph.local_org.refusals import RecordRefusedError
from learngraph.salesforce.names import IDS, RELATIONS
from learngraph.salesforce.records import LEARNING, OUTCOME_ITEM


def create(desk: Desk, one: Json) -> Json:
    """Make one learning of a POST, and give its part of the answer.

    Raises
    ------
    RecordRefusedError
        where it cannot be made; what was made until then is the caller's to take back.
    """
    stated = one.get("learning") or {}
    for name, _ in IDS:
        if stated.get(name):
            raise RecordRefusedError(name, "INVALID_FIELD_FOR_INSERT_UPDATE", f"{name} cannot be given to a new record")
    values = stated_values(desk, stated, new=True)
    if not values.learning.get("Name") and desk.settings.nameless == "refused":
        raise RecordRefusedError("name", "REQUIRED_FIELD_MISSING", "Required fields are missing: [name]")
    # what a learning refers to is looked up before it is there itself
    wanted = [
        (relation, requirement_target(desk, mapping, f"{relation}[{number}]"))
        for relation in RELATIONS
        for number, mapping in enumerate(one.get(relation) or ())
    ]
    outcomes = [
        (outcome_target(desk, mapping, f"outcomes[{number}]"), f"outcomes[{number}]")
        for number, mapping in enumerate(one.get("outcomes") or ())
    ]
    learning, own = _records(desk, values)
    touched = Touched()
    if desk.settings.primary_achievements:
        _grant(desk, learning, values, touched)
    for relation, target in wanted:
        lay_requirement(desk, learning, relation, target, touched)
    for target, where in outcomes:
        lay_outcome(desk, learning, target, touched, where)
    for number, mapping in enumerate(one.get("skills") or ()):
        lay_skill(desk, learning, mapping, touched, f"skills[{number}]")
    return detail(learning, values.own, own, touched)


def _records(desk: Desk, values: Stated) -> tuple[str, str]:
    """Make the two records of a learning; one that has no name is called by its id."""
    learning = desk.insert(LEARNING, {**values.learning, "Type": values.own})
    if not values.learning.get("Name"):
        desk.update(LEARNING, learning, {"Name": learning})
        values.learning["Name"] = values.of_own["Name"] = learning
    return learning, desk.insert(values.own, {**values.of_own, "LearningId": learning})


def _grant(desk: Desk, learning: str, values: Stated, touched: Touched) -> None:
    """Make the achievement that stands for a learning, and the item by which the learning grants it."""
    kept = values.learning
    achievement = desk.new_achievement(
        values.own, {"Name": f"{kept['Name']} Achievement", "AcademicLevel": kept.get("AcademicLevel")}, "type"
    )
    item: dict[str, Any] = {"LearningId": learning, "LearningAchievementId": achievement, "IsPrimary": 1}
    item.update({name: kept.get(name) for name in ("Duration", "DurationUnit")})
    touched.achievements.append(achievement)
    touched.outcome_items.append(desk.insert(OUTCOME_ITEM, item))


def detail(learning: str, kind: str, own: str, touched: Touched) -> Json:
    """Give what the answer says of a learning that was made or changed."""
    return {
        "success": True,
        "learningId": learning,
        "learningCourseId": own if kind == "LearningCourse" else None,
        "learningProgramId": own if kind == "LearningProgram" else None,
        "learningAchievementIds": touched.achievements,
        "learningFoundationItemIds": touched.foundation_items,
        "learningOutcomeItemIds": touched.outcome_items,
        "errors": [],
    }
