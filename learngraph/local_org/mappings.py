"""Achievement mappings: what a requirement or an outcome of a body points to, and the items made of it."""

from dataclasses import dataclass, field
from typing import Any

from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Json
from learngraph.local_org.refusals import RecordRefusedError
from learngraph.local_org.values import kept
from learngraph.model.value import short
from learngraph.salesforce.names import GROUP, SINGLE, SKILL
from learngraph.salesforce.records import (
    ACHIEVEMENT,
    COURSE,
    FOUNDATION_ITEM,
    OUTCOME_ITEM,
    PROGRAM,
    REQUIREMENT_TYPES,
)

_REFERENCES = ("learningAchievementId", "learningId", "courseExternalId")
_OF_A_SINGLE = frozenset({"type", *_REFERENCES, "duration", "durationUnit", "minimumGrade"})
_OF_AN_OUTCOME = _OF_A_SINGLE | {"isPrimary", "learningOutcomeId"}
_OF_A_GROUP = frozenset({"type", "achievementContributors"})
_OF_A_CONTRIBUTOR = ("id", "courseExternalId", "programExternalId")


@dataclass(slots=True)
class Touched:
    """The records that a learning's part of a request made or changed, in that order."""

    achievements: list[str] = field(default_factory=list)
    foundation_items: list[str] = field(default_factory=list)
    outcome_items: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Target:
    """What a mapping points to: an achievement, or the contributors of a group that is to be made."""

    achievement: str = ""
    contributors: tuple[tuple[str, Any], ...] = ()
    values: Json = field(default_factory=dict)
    outcome: str = ""


def requirement_target(desk: Desk, mapping: Json, where: str) -> Target:
    """Give what a requirement points to, a single thing or a group."""
    if mapping.get("type") != GROUP:
        return _single(desk, mapping, where, _OF_A_SINGLE)
    _only(mapping, _OF_A_GROUP, where)
    contributors = mapping.get("achievementContributors") or ()
    if not contributors:
        raise RecordRefusedError(where, "REQUIRED_FIELD_MISSING", "a Group Achievement has no achievementContributors")
    pairs = tuple(
        _contributor(desk, one, f"{where}.achievementContributors[{number}]") for number, one in enumerate(contributors)
    )
    if len({learning for learning, _ in pairs}) < len(pairs):
        raise RecordRefusedError(where, "DUPLICATE_VALUE", "a learning stands twice in a Group Achievement")
    return Target(contributors=pairs)


def outcome_target(desk: Desk, mapping: Json, where: str) -> Target:
    """Give what an outcome points to."""
    found = _single(desk, mapping, where, _OF_AN_OUTCOME)
    if mapping.get("isPrimary") is not None:
        found.values["IsPrimary"] = int(mapping["isPrimary"])
    return found


def _single(desk: Desk, mapping: Json, where: str, known: frozenset[str]) -> Target:
    if mapping.get("type") != SINGLE:
        message = f"type: {short(mapping.get('type'))} is none of {SINGLE}, {GROUP}"
        raise RecordRefusedError(f"{where}.type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message)
    _only(mapping, known, where)
    outcome = str(mapping.get("learningOutcomeId") or "")
    named = [name for name in _REFERENCES if mapping.get(name)]
    if not named and not outcome:
        message = f"a {SINGLE} names none of {', '.join(_REFERENCES)}"
        raise RecordRefusedError(where, "REQUIRED_FIELD_MISSING", message)
    achievements = {_achievement(desk, name, mapping[name], f"{where}.{name}") for name in named}
    if len(achievements) > 1:
        message = f"{', '.join(named)} name different achievements"
        raise RecordRefusedError(where, "INVALID_CROSS_REFERENCE_KEY", message)
    return Target("".join(achievements), values=_values(desk, mapping, where), outcome=outcome)


def _achievement(desk: Desk, name: str, value: Any, where: str) -> str:  # noqa: ANN401 - JSON of a checked shape
    if name == "learningAchievementId":
        return str(desk.record(ACHIEVEMENT, value, where)["Id"])
    if name == "learningId":
        return desk.own_achievement(desk.learning(value, where), where)
    learning = desk.by_external_id(COURSE, value.get("fieldName"), value.get("fieldValue"), where)
    return desk.own_achievement(learning, where)


def _contributor(desk: Desk, one: Json, where: str) -> tuple[str, Any]:
    if one.get("type") not in {None, "", "Learning"}:
        message = f"type: {short(one['type'])} is not Learning"
        raise RecordRefusedError(f"{where}.type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message)
    named = [name for name in _OF_A_CONTRIBUTOR if one.get(name)]
    if len(named) != 1:
        message = f"a contributor names one of {', '.join(_OF_A_CONTRIBUTOR)}, and this one {len(named)}"
        raise RecordRefusedError(where, "REQUIRED_FIELD_MISSING", message)
    name, value = named[0], one[named[0]]
    grade = _kept(desk, OUTCOME_ITEM, "MinimumNumericGrade", one.get("minimumGrade"), f"{where}.minimumGrade")
    if name == "id":
        return desk.learning(value, f"{where}.id"), grade
    kind = COURSE if name == "courseExternalId" else PROGRAM
    found = desk.by_external_id(kind, value.get("fieldName"), value.get("fieldValue"), f"{where}.{name}")
    return found, grade


def _values(desk: Desk, mapping: Json, where: str) -> Json:
    names = {"minimumGrade": "MinimumNumericGrade", "duration": "Duration", "durationUnit": "DurationUnit"}
    return {
        field_name: _kept(desk, OUTCOME_ITEM, field_name, mapping.get(name), f"{where}.{name}")
        for name, field_name in names.items()
        if name in mapping
    }


def _kept(desk: Desk, name: str, field_name: str, value: object, where: str) -> object:
    found = desk.objects[name].field(field_name)
    if found is None:
        raise RecordRefusedError(where, "INVALID_FIELD", f"{name} has no {field_name}")
    try:
        return kept(found, value)
    except RecordRefusedError as refused:
        raise refused.about(where) from None


def _only(mapping: Json, known: frozenset[str], where: str) -> None:
    if unknown := sorted(mapping.keys() - known):
        message = f"a {mapping.get('type')} has no {', '.join(unknown)}"
        raise RecordRefusedError(where, "INVALID_FIELD", message)


# --- items ---------------------------------------------------------------------------------------------


def lay_requirement(desk: Desk, learning: str, relation: str, target: Target, touched: Touched) -> None:
    """Make the foundation item of a requirement; of a group, its achievement and its contributors' items first."""
    achievement = target.achievement or _group(desk, learning, relation, target, touched)
    values = {
        "LearningId": learning,
        "LearningAchievementId": achievement,
        "Type": REQUIREMENT_TYPES[relation],
        **target.values,
    }
    touched.foundation_items.append(desk.insert(FOUNDATION_ITEM, values))


def _group(desk: Desk, learning: str, relation: str, target: Target, touched: Touched) -> str:
    kind = "AchievementGroup" if desk.dialect.group == "any_of" else "AchievementGroupAll"
    name = f"Group of {len(target.contributors)} for {learning}"
    group = desk.new_achievement(kind, {"Name": name}, relation)
    touched.achievements.append(group)
    for contributor, grade in target.contributors:
        values = {"LearningId": contributor, "LearningAchievementId": group, "MinimumNumericGrade": grade}
        touched.outcome_items.append(desk.insert(OUTCOME_ITEM, values))
    return group


def lay_outcome(desk: Desk, learning: str, target: Target, touched: Touched, where: str) -> None:
    """Make the outcome item of an outcome, or change the one that it names."""
    if target.outcome and not desk.settings.outcome_ids:
        raise RecordRefusedError(f"{where}.learningOutcomeId", "INVALID_FIELD", "learningOutcomeId cannot be set here")
    values = dict(target.values)
    if target.achievement:
        values["LearningAchievementId"] = target.achievement
    if not target.outcome:
        touched.outcome_items.append(desk.insert(OUTCOME_ITEM, {"LearningId": learning, **values}))
        return
    row = desk.record(OUTCOME_ITEM, target.outcome, f"{where}.learningOutcomeId")
    if row["LearningId"] != learning:
        message = f"the outcome {row['Id']} belongs to another learning"
        raise RecordRefusedError(f"{where}.learningOutcomeId", "INVALID_CROSS_REFERENCE_KEY", message)
    desk.update(OUTCOME_ITEM, row["Id"], values)
    touched.outcome_items.append(row["Id"])


def lay_skill(desk: Desk, learning: str, mapping: Json, touched: Touched, where: str) -> None:
    """Link a skill to a learning, by its id or as a new achievement."""
    if mapping.get("type") not in {None, "", SKILL}:
        message = f"type: {short(mapping['type'])} is not {SKILL}"
        raise RecordRefusedError(f"{where}.type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message)
    values = {
        "Name": _kept(desk, ACHIEVEMENT, "Name", mapping.get("name"), f"{where}.name"),
        "Description": _kept(desk, ACHIEVEMENT, "Description", mapping.get("description"), f"{where}.description"),
    }
    if mapping.get("learningAchievementId"):
        there = desk.record(ACHIEVEMENT, mapping["learningAchievementId"], f"{where}.learningAchievementId")
        achievement = str(there["Id"])
    else:
        achievement = desk.new_achievement("Skill", values, where)
        touched.achievements.append(achievement)
    touched.outcome_items.append(
        desk.insert(OUTCOME_ITEM, {"LearningId": learning, "LearningAchievementId": achievement})
    )
