"""The objects of the embedded org: one table, from which its tables and its answers to `describe` come.

Names and types are those of the Education Cloud object reference; lengths are those usual on the platform.
"""

from dataclasses import replace

from learngraph.local_org.fields import Field, SObject
from learngraph.local_org.settings import OrgSettings
from learngraph.model.salesforce_id import PREFIXES
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.names import FIELDS
from learngraph.salesforce.records import ACCOUNT, ACHIEVEMENT, COURSE, LEARNING, LEARNING_FIELDS, OWN_FIELDS, PROGRAM
from learngraph.salesforce.value_sets import VALUE_SETS

_PREFIX = {name: prefix for prefix, name in PREFIXES.items()}

_ACHIEVEMENT_TYPES = ("AchievementGroup", "AchievementGroupAll", "Custom", "LearningCourse", "LearningProgram", "Skill")

_STAMPS = tuple(
    Field(name, "datetime", nillable=False, createable=False, updateable=False)
    for name in ("CreatedDate", "LastModifiedDate", "SystemModstamp")
)


def _text(name: str, length: int = 255, *, needed: bool = False, own: bool = True) -> Field:
    return Field(name, "string", length=length, nillable=not needed, createable=own, updateable=own)


def _long(name: str) -> Field:
    return Field(name, "textarea", length=32000)


def _number(name: str) -> Field:
    return Field(name, "double")


def _flag(name: str, *, own: bool = True) -> Field:
    return Field(name, "boolean", nillable=False, createable=own, updateable=own)


def _day(name: str) -> Field:
    return Field(name, "date")


def _choice(name: str, *values: str, restricted: bool = False, needed: bool = False) -> Field:
    return Field(name, "picklist", length=255, values=values, restricted=restricted, nillable=not needed)


def _to(name: str, target: str, *, needed: bool = False) -> Field:
    return Field(name, "reference", length=18, refers_to=target, nillable=not needed)


def _object(name: str, *fields: Field, prefix: str = "", createable: bool = False) -> SObject:
    identity = Field("Id", "id", length=18, nillable=False, createable=False, updateable=False)
    return SObject(name, prefix or _PREFIX[name], (identity, *fields, *_STAMPS), createable)


_DURATION = (_number("Duration"), _choice("DurationUnit"))

#: prefixes that no public page states (of plans, their requirements and rules) are made up: describe tells them
_OBJECTS = (
    _object(
        "Organization", _text("Name", 80, needed=True), _flag("IsSandbox", own=False), _text("InstanceName", 5),
        _text("OrganizationType", 40),
    ),
    _object(ACCOUNT, _text("Name", needed=True), createable=True),
    _object(
        "RecordType", _text("Name", 80, needed=True), _text("DeveloperName", 80, needed=True),
        _text("SobjectType", 40, needed=True), _flag("IsActive"), prefix="012",
    ),
    _object(
        LEARNING, _text("Name", needed=True),
        _choice("Type", "LearningCourse", "LearningProgram", "ExternalLearning", restricted=True, needed=True),
        _flag("IsActive"), _day("ActiveFromDate"), _day("ActiveToDate"), _choice("AcademicLevel"), _text("CipCode"),
        _long("Description"), *_DURATION, _to("ProviderId", ACCOUNT),
        _choice("Category", "Business", "Education", "Health Sciences", "Liberal Arts", "STEM", "Social Science"),
        _choice("Format", "Hybrid", "In person", "Virtual"), _text("Grade"), Field("ImageUrl", "url", length=255),
    ),
    _object(
        COURSE, _to("LearningId", LEARNING, needed=True), _text("Name", needed=True), _text("SubjectAbbreviation"),
        _text("CourseNumber"), _choice("CourseLevelDescription"), _choice("FieldOfStudy"), _long("Description"),
        _flag("IsLinkedOnly"), _flag("IsActive"),
    ),
    _object(
        PROGRAM, _to("LearningId", LEARNING, needed=True), _text("Name", needed=True), _flag("IsTopLevelProgram"),
        _long("Description"), _text("ShortDescription"), _flag("IsActive"),
    ),
    _object(
        ACHIEVEMENT, _text("Name", needed=True), _text("Abbreviation"), _long("Description"), _choice("AcademicLevel"),
        _choice("FieldOfStudy"), _text("Specialization"), _to("IssuerId", ACCOUNT), _to("RecordTypeId", "RecordType"),
        createable=True,
    ),
    _object(
        "LearningAchievementConfig", _text("DeveloperName", 80, needed=True), _text("MasterLabel", needed=True),
        _choice("LearningAchievementType", *_ACHIEVEMENT_TYPES, restricted=True, needed=True),
        _to("LearningAchvRecordTypeId", "RecordType", needed=True), prefix="14y",
    ),
    _object(
        "LearningFoundationItem", _text("Name", needed=True, own=False),
        _to("LearningId", LEARNING, needed=True), _to("LearningAchievementId", ACHIEVEMENT, needed=True),
        _choice("Type", "Co-requisite", "Prerequisite", "Recommended", restricted=True, needed=True),
        _choice("Category"), *_DURATION, _number("MinimumNumericGrade"), _flag("IsLocked", own=False),
    ),
    _object(
        "LearningOutcomeItem", _text("Name", needed=True, own=False),
        _to("LearningId", LEARNING, needed=True), _to("LearningAchievementId", ACHIEVEMENT, needed=True),
        _flag("IsPrimary", own=False), _choice("Category"), *_DURATION, _number("MinimumNumericGrade"),
    ),
    _object(
        "LearningProgramPlan", _text("Name", needed=True), _to("LearningProgramId", PROGRAM, needed=True),
        _flag("IsActive"), _day("ActiveFromDate"), _day("ActiveToDate"), _text("VersionNumber"),
        _number("MinimumProgramGradePointAvg"), _to("ProviderId", ACCOUNT), _long("Description"), prefix="0yA",
        createable=True,
    ),
    _object(
        "LearningProgramPlanRqmt", _text("Name", needed=True),
        _to("LearningProgramPlanId", "LearningProgramPlan", needed=True), _to("LearningAchievementId", ACHIEVEMENT),
        _to("ReusableLearningProgramPlanId", "LearningProgramPlan"), _text("GroupName"),
        Field("SequenceNumber", "int"), _choice("Category"), *_DURATION, _number("MinimumNumericGrade"),
        _long("Description"), prefix="0yB", createable=True,
    ),
    _object(
        "LearningRule", _text("Name", needed=True), _to("LearningId", LEARNING, needed=True), _text("RuleId", 18),
        _choice("Type"), _long("Description"), prefix="0yC",
    ),
)  # fmt: skip


def objects_of(settings: OrgSettings) -> dict[str, SObject]:
    """Give the objects of an org by their names, with its picklists, lengths and custom fields.

    Examples
    --------
    >>> objects = objects_of(OrgSettings())
    >>> objects["LearningCourse"].prefix, objects["LearningCourse"].field("external_id__c").unique
    ('0vY', True)
    """
    dialect = Dialect(**settings.dialect.thawed())
    sets = {**VALUE_SETS, **dict(dialect.value_sets)}
    properties = {ours: theirs for theirs, ours in FIELDS}
    known = {**OWN_FIELDS[COURSE], **LEARNING_FIELDS}
    values = {known[properties[name]]: tuple(of) for name, of in sets.items() if properties.get(name) in known}
    lengths = {known[properties[name]]: size for name, size in dialect.text_lengths.items() if name in properties}
    return {one.name: _as_set(one, settings, values, lengths) for one in _OBJECTS}


def _as_set(
    one: SObject, settings: OrgSettings, values: dict[str, tuple[str, ...]], lengths: dict[str, int]
) -> SObject:
    fields = [_field_as_set(field, settings, values, lengths, of=one.name) for field in one.fields]
    custom = [
        Field(
            own.name, own.type, length=own.length if own.type in {"string", "textarea"} else 0, unique=own.unique,
            external_id=own.external_id, values=own.values, restricted=own.restricted,
        )
        for own in settings.custom_fields
        if own.object == one.name
    ]  # fmt: skip
    return replace(one, fields=(*fields, *custom))


def _field_as_set(
    field: Field, settings: OrgSettings, values: dict[str, tuple[str, ...]], lengths: dict[str, int], *, of: str
) -> Field:
    if field.type == "picklist" and field.name in values and not field.values:
        restricted = field.name in settings.restricted_picklists
        return replace(field, values=values[field.name], restricted=restricted)
    if of in OWN_FIELDS or of == LEARNING:
        return replace(field, length=lengths.get(field.name, field.length))
    return field
