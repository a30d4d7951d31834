"""Which field of which record each property of the resource is: the objects behind the bodies."""

from learngraph.salesforce.names import LEARNING_TYPE

LEARNING, COURSE, PROGRAM = "Learning", "LearningCourse", "LearningProgram"
ACHIEVEMENT, CONFIG = "LearningAchievement", "LearningAchievementConfig"
FOUNDATION_ITEM, OUTCOME_ITEM = "LearningFoundationItem", "LearningOutcomeItem"
ACCOUNT, RECORD_TYPE, ORGANIZATION = "Account", "RecordType", "Organization"

#: LearningInput: the type as the resource has it, and the object that stands beside the Learning
OWN_OBJECT = {LEARNING_TYPE["course"]: COURSE, LEARNING_TYPE["program"]: PROGRAM}

#: LearningInput: property, field of Learning
LEARNING_FIELDS = {
    "name": "Name",
    "provider": "ProviderId",
    "description": "Description",
    "active": "IsActive",
    "activeFromDate": "ActiveFromDate",
    "activeToDate": "ActiveToDate",
    "duration": "Duration",
    "durationUnit": "DurationUnit",
    "cipCode": "CipCode",
    "academicLevel": "AcademicLevel",
}

#: LearningInput: property, field of the course or program; the first three are kept on both records
OWN_FIELDS = {
    COURSE: {
        "name": "Name",
        "description": "Description",
        "active": "IsActive",
        "courseLevelDescription": "CourseLevelDescription",
        "subjectAbbreviation": "SubjectAbbreviation",
        "fieldOfStudy": "FieldOfStudy",
        "courseNumber": "CourseNumber",
    },
    PROGRAM: {
        "name": "Name",
        "description": "Description",
        "active": "IsActive",
        "topLevelProgram": "IsTopLevelProgram",
    },
}

#: LearningFoundationItem.Type of each list of requirements
REQUIREMENT_TYPES = {
    "prerequisites": "Prerequisite",
    "corequisites": "Co-requisite",
    "recommended": "Recommended",
}
