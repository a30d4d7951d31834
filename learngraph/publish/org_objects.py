"""The objects of the org that hold a catalogue, and which of their fields a pull reads."""

from dataclasses import dataclass

LEARNING, COURSE, PROGRAM = "Learning", "LearningCourse", "LearningProgram"
ACHIEVEMENT, CONFIG = "LearningAchievement", "LearningAchievementConfig"
FOUNDATION, OUTCOME = "LearningFoundationItem", "LearningOutcomeItem"
PLAN, PLAN_LINE, RULE, ACCOUNT = "LearningProgramPlan", "LearningProgramPlanRqmt", "LearningRule", "Account"

#: our field of a learning: the object and the field that hold it
FIELD_HOMES = {
    "name": (LEARNING, "Name"),
    "provider": (LEARNING, "ProviderId"),
    "description": (LEARNING, "Description"),
    "active": (LEARNING, "IsActive"),
    "active_from": (LEARNING, "ActiveFromDate"),
    "active_to": (LEARNING, "ActiveToDate"),
    "duration": (LEARNING, "Duration"),
    "duration_unit": (LEARNING, "DurationUnit"),
    "cip_code": (LEARNING, "CipCode"),
    "academic_level": (LEARNING, "AcademicLevel"),
    "course_level_description": (COURSE, "CourseLevelDescription"),
    "subject_abbreviation": (COURSE, "SubjectAbbreviation"),
    "field_of_study": (COURSE, "FieldOfStudy"),
    "course_number": (COURSE, "CourseNumber"),
    "top_level_program": (PROGRAM, "IsTopLevelProgram"),
}

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
    Reading(FOUNDATION, (*_ITEM, "Type", *_EXTENT), needed=True),
    Reading(OUTCOME, (*_ITEM, "IsPrimary", *_EXTENT), needed=True),
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
