"""The objects of the org that hold a catalogue, and which of their fields a pull reads."""

from dataclasses import dataclass

from learngraph.salesforce.names import FIELDS
from learngraph.salesforce.records import (
    ACHIEVEMENT,
    CONFIG,
    COURSE,
    FOUNDATION_ITEM,
    LEARNING,
    LEARNING_FIELDS,
    OUTCOME_ITEM,
    OWN_FIELDS,
    PROGRAM,
)

PLAN, PLAN_LINE, RULE = "LearningProgramPlan", "LearningProgramPlanRqmt", "LearningRule"


def _home(name: str) -> tuple[str, str]:
    """Give the object that holds a property, and the field: the Learning itself where both have it."""
    fields = {LEARNING: LEARNING_FIELDS, **OWN_FIELDS}
    return next((home, held[name]) for home, held in fields.items() if name in held)


#: our field of a learning: the object and the field that hold it
FIELD_HOMES = {field: _home(name) for name, field in FIELDS}

_ITEM = ("Id", "LearningId", "LearningAchievementId")
_EXTENT = ("Duration", "DurationUnit", "MinimumNumericGrade")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one object: its fields, and which of its records.

    `needed` says that requirements cannot be told without it; `later` that older versions do not have it.
    """

    name: str
    fields: tuple[str, ...]
    where: str = ""
    needed: bool = False
    later: bool = False


def _homes(name: str) -> tuple[str, ...]:
    return tuple(field for home, field in FIELD_HOMES.values() if home == name)


#: in the order in which they are asked for; [EC:learning] and the pages of the other objects
READINGS = (
    Reading(LEARNING, ("Id", "Type", *_homes(LEARNING)), "Type IN ('LearningCourse','LearningProgram')", needed=True),
    Reading(COURSE, ("Id", "LearningId", *_homes(COURSE))),
    Reading(PROGRAM, ("Id", "LearningId", *_homes(PROGRAM))),
    Reading(ACHIEVEMENT, ("Id", "Name", "Description", "RecordTypeId"), needed=True),
    Reading(CONFIG, ("Id", "LearningAchievementType", "LearningAchvRecordTypeId")),
    Reading(FOUNDATION_ITEM, (*_ITEM, "Type", *_EXTENT), needed=True),
    Reading(OUTCOME_ITEM, (*_ITEM, "IsPrimary", *_EXTENT), needed=True),
    Reading(
        PLAN, ("Id", "Name", "LearningProgramId", "IsActive", "ActiveFromDate", "ActiveToDate", "VersionNumber"),
        later=True,
    ),
    Reading(
        PLAN_LINE,
        ("Id", "Name", "LearningProgramPlanId", "LearningAchievementId", "ReusableLearningProgramPlanId", "GroupName",
         "SequenceNumber", *_EXTENT),
        later=True,
    ),
    Reading(RULE, ("Id", "Name", "LearningId", "Type"), later=True),
)  # fmt: skip
