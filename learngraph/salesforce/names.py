"""The names of the resource's properties, in the order in which bodies have them: one table for both ways."""

from learngraph.model.relation import Relation

LEARNING_TYPE = {"course": "Learning Course", "program": "Learning Program"}

SINGLE, GROUP, SKILL = "Single Achievement", "Group Achievement", "Skill Achievement"

#: LearningInput: property, our field; ids and the type stand before them, custom fields after them
FIELDS = (
    ("name", "name"),
    ("provider", "provider"),
    ("description", "description"),
    ("courseLevelDescription", "course_level_description"),
    ("subjectAbbreviation", "subject_abbreviation"),
    ("fieldOfStudy", "field_of_study"),
    ("courseNumber", "course_number"),
    ("active", "active"),
    ("activeFromDate", "active_from"),
    ("activeToDate", "active_to"),
    ("duration", "duration"),
    ("durationUnit", "duration_unit"),
    ("cipCode", "cip_code"),
    ("academicLevel", "academic_level"),
    ("topLevelProgram", "top_level_program"),
)

#: LearningInput: the ids of the records, in the order in which bodies have them
IDS = (
    ("learningId", "learning_id"),
    ("learningCourseId", "course_id"),
    ("learningProgramId", "program_id"),
)

CUSTOM_FIELDS = {"course": "learningCourseCustomFields", "program": "learningProgramCustomFields"}

#: CreateLearningInput and UpdateLearningInput: the lists of requirements
RELATIONS = {
    "prerequisites": Relation.PREREQUISITE,
    "corequisites": Relation.COREQUISITE,
    "recommended": Relation.RECOMMENDED,
}
