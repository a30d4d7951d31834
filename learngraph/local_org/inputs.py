"""The request bodies by name and type, as the guide has them; a body of another shape is refused.

Pages of the Education Cloud Developer Guide: create-learning-input, update-learning-input, learning-input,
requirement-update-item-input, achievement-contributor-input, abstract_achievement_mappin.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from learngraph.local_org.refusals import RequestRefusedError
from learngraph.model.value import short

#: "text", "number", "flag", "map", the name of an input, or [that name] for a list of it
Type: TypeAlias = str | list[str]

_ITEMS: dict[str, Type] = {
    "prerequisites": ["AchievementMapping"],
    "corequisites": ["AchievementMapping"],
    "recommended": ["AchievementMapping"],
}

INPUTS: dict[str, dict[str, Type]] = {
    "CreateLearningsInput": {"learnings": ["CreateLearningInput"]},
    "UpdateLearningsInput": {"learnings": ["UpdateLearningInput"]},
    "CreateLearningInput": {
        "learning": "LearningInput",
        **_ITEMS,
        "outcomes": ["AchievementMapping"],
        "skills": ["SkillAchievementMapping"],
    },
    "UpdateLearningInput": {
        "learning": "LearningInput",
        **dict.fromkeys(_ITEMS, "RequirementUpdateItem"),
        "outcomes": ["AchievementMapping"],
    },
    "RequirementUpdateItem": {
        "createRecords": ["AchievementMapping"],
        "deleteRecords": ["LearningFoundationItemLookup"],
    },
    "LearningFoundationItemLookup": {"foundationItemId": "text"},
    "LearningInput": {
        "type": "text",
        "learningId": "text",
        "learningCourseId": "text",
        "learningProgramId": "text",
        "name": "text",
        "provider": "text",
        "description": "text",
        "academicLevel": "text",
        "active": "flag",
        "activeFromDate": "text",
        "activeToDate": "text",
        "cipCode": "text",
        "duration": "number",
        "durationUnit": "text",
        "courseLevelDescription": "text",
        "courseNumber": "text or number",
        "fieldOfStudy": "text",
        "subjectAbbreviation": "text",
        "learningCourseCustomFields": "map",
        "learningProgramCustomFields": "map",
        "topLevelProgram": "flag",
    },
    "AchievementMapping": {
        "type": "text",
        "achievementContributors": ["AchievementContributor"],
        "learningAchievementId": "text",
        "learningId": "text",
        "courseExternalId": "ExternalIdDetails",
        "duration": "number",
        "durationUnit": "text",
        "isPrimary": "flag",
        "learningOutcomeId": "text",
        "minimumGrade": "number",
    },
    "AchievementContributor": {
        "id": "text",
        "type": "text",
        "minimumGrade": "number",
        "courseExternalId": "ExternalIdDetails",
        "programExternalId": "ExternalIdDetails",
    },
    "ExternalIdDetails": {"fieldName": "text", "fieldValue": "text"},
    "SkillAchievementMapping": {
        "type": "text",
        "name": "text",
        "description": "text",
        "learningAchievementId": "text",
    },
}

#: the table of Group Achievement has one contributor where all examples have a list
_ONE_OR_MANY = frozenset({"achievementContributors"})


def shaped(value: object, name: str, path: str = "") -> dict[str, Any]:
    """Give a body with the properties that say something; what is null is left in, since it may clear.

    Raises
    ------
    RequestRefusedError
        for an unknown property or a value of another type, wherever in the body.

    Examples
    --------
    >>> shaped({"learnings": []}, "CreateLearningsInput")
    {'learnings': []}
    """
    if not isinstance(value, Mapping):
        raise _wrong(path, value, "an object")
    known = INPUTS[name]
    found: dict[str, Any] = {}
    for key, inner in value.items():
        place = f"{path}.{key}" if path else key
        if key not in known:
            raise RequestRefusedError(400, "JSON_PARSER_ERROR", f"Unrecognized field {short(key)} at {short(place)}")
        if inner is None and not isinstance(known[key], str):
            continue
        many = key in _ONE_OR_MANY and isinstance(inner, Mapping)
        found[key] = None if inner is None else _typed([inner] if many else inner, known[key], place)
    return found


def _typed(value: object, kind: Type, path: str) -> object:
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise _wrong(path, value, "a list")
        return [shaped(one, kind[0], f"{path}[{number}]") for number, one in enumerate(value)]
    if kind in INPUTS:
        return shaped(value, kind, path)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "text or number" and number:
        return str(value)
    fits = {"text": isinstance(value, str), "number": number, "flag": isinstance(value, bool)}
    if not fits.get(kind.removesuffix(" or number"), isinstance(value, Mapping)):
        raise _wrong(path, value, {"flag": "true or false", "map": "an object"}.get(kind, f"a {kind}"))
    return value


def _wrong(path: str, value: object, wanted: str) -> RequestRefusedError:
    where = path or "the body"
    return RequestRefusedError(400, "JSON_PARSER_ERROR", f"{short(value)} at {short(where)} is not {wanted}")
