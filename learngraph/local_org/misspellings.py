"""Answers as the guide's examples spell them, where its tables spell otherwise."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from learngraph.model.salesforce_id import is_well_formed

Json: TypeAlias = Any

_SHORT, _LONG = 15, 18

_NAMES = {
    "successCount": {"successCount": "successeCount"},
    "fulfilledBy": {"fulfilledBy": "fullfilledBy"},
    "learningOutcomeItem": {"learningOutcomeItem": "learningOutcome"},
    "minimumGrade": {"minimumNumericGrade": "minimumGrade"},
}
_VALUES = {
    "LearningCourse": {"Learning Course": "LearningCourse", "Learning Program": "LearningProgram"},
    "GroupAchievment": {"AchievementGroup": "GroupAchievment"},
    "Doctorate": {"Doctoral": "Doctorate"},
    "Others": {"Other": "Others"},
}


def _renamed(names: Mapping[str, str], value: Json) -> Json:
    if isinstance(value, dict):
        return {names.get(name, name): _renamed(names, inner) for name, inner in value.items()}
    return [_renamed(names, inner) for inner in value] if isinstance(value, list) else value


def _each(change: Callable[[Json], Json], value: Json) -> Json:
    """Change every single value, but for those that people wrote: custom fields, names and descriptions."""
    if isinstance(value, dict):
        return {
            name: inner if name.endswith("CustomFields") or name in _OF_PEOPLE else _each(change, inner)
            for name, inner in value.items()
        }
    return [_each(change, inner) for inner in value] if isinstance(value, list) else change(value)


_OF_PEOPLE = frozenset({"name", "description", "courseNumber", "subjectAbbreviation", "cipCode", "message", "field"})


def _short_ids(value: Json) -> Json:
    is_id = isinstance(value, str) and len(value) == _LONG and is_well_formed(value)
    return value[:_SHORT] if is_id else value


def _replaced(values: Mapping[str, str], value: Json) -> Json:
    return values.get(value, value) if isinstance(value, str) else value


def _no_null(value: Json) -> Json:
    return "" if value is None else value


def _one_as_object(value: Json) -> Json:
    """Give what one example has as an object where the table has a list."""
    if isinstance(value, dict) and isinstance(value.get("corequisites"), list) and len(value["corequisites"]) == 1:
        return {**value, "corequisites": value["corequisites"][0]}
    return value


MISSPELLINGS: dict[str, Callable[[Json], Json]] = {
    **{name: partial(_renamed, names) for name, names in _NAMES.items()},
    **{name: partial(_each, partial(_replaced, values)) for name, values in _VALUES.items()},
    "short ids": partial(_each, _short_ids),
    "empty texts": partial(_each, _no_null),
    "object": _one_as_object,
}


def misspelt(answer: Json, names: frozenset[str] | set[str]) -> Json:
    """Give an answer of the resource with some of the guide's misspellings, by their names.

    Examples
    --------
    >>> misspelt({"successCount": 1, "details": []}, {"successCount"})
    {'successeCount': 1, 'details': []}
    """
    for name, change in MISSPELLINGS.items():
        if name in names:
            answer = change(answer)
    return answer
