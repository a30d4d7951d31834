"""The codes of findings: stable from the first day, never reused, each with a section in docs/rules.md.

LG1xx is what reading found, LG2xx how learnings hang together, LG3xx what single fields hold, and LG4xx
what an org cannot hold or a request cannot do (from LG420 on, what a pull found in it), LG5xx whether an org
and its user are ready for a catalogue.
"""

from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How grave a finding is: an error stops the commands, a warning does so with `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Code(StrEnum):
    """A code with its usual severity, what it is about, and what is counted when findings are rolled up.

    `counted` is what one finding is ("requirement"), with what causes it before a slash where several
    findings may share a cause ("unknown course/requirement").

    Examples
    --------
    >>> Code.UNKNOWN_REFERENCE.summary(causes=276, places=1511)
    'not in the catalogue: 276 unknown courses in 1,511 requirements'
    """

    severity: Severity
    about: str
    counted: str

    def __new__(cls, code: str, severity: Severity, about: str, counted: str) -> Self:
        """Keep the other parts beside the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.severity = severity
        member.about = about
        member.counted = counted
        return member

    def summary(self, *, causes: int, places: int) -> str:
        """Say in one line how many findings of this code there are, and how many different causes."""
        cause, _, place = self.counted.rpartition("/")
        several = f"{_count(causes, cause)} in " if cause else ""
        return f"{self.about}: {several}{_count(places, place)}"

    UNREADABLE_FILE = "LG100", _E, "cannot be read", "file"
    UNREADABLE_RECORD = "LG101", _E, "unreadable record", "record"
    UNKNOWN_FIELD = "LG102", _E, "no such field", "field/place"
    REPEATED_KEY = "LG103", _E, "key of more than one record", "key/record"
    UNKNOWN_GRADE = "LG104", _E, "grade that is not in the scale", "grade"
    NO_TARGET = "LG105", _W, "names no course", "requirement"
    UNREADABLE_CREDITS = "LG106", _I, "credits that give no number", "text/course"
    UNREADABLE_VALUE = "LG107", _E, "unreadable value", "value"
    IMPOSSIBLE_TIME = "LG108", _E, "date or time that does not exist", "date"
    FIELD_OF_OTHER_TYPE = "LG109", _E, "field of the other type of learning", "field/learning"
    TOO_DEEP = "LG110", _E, "nested too deep", "requirement"
    REPEATED_PROPERTY = "LG111", _E, "property written twice", "property/place"
    ZERO_WIDTH_NAME = "LG112", _W, "invisible characters in a property name", "property/place"
    DELETIONS_LEFT_OUT = "LG113", _I, "deletions of a PATCH left out", "relation"
    CREDITS_OF_SEVERAL = "LG114", _I, "credits that give several numbers", "text/course"
    UNREADABLE_REQUIREMENT = "LG115", _E, "unreadable requirement", "requirement"
    UNKNOWN_SETTING = "LG116", _E, "unknown or impossible setting", "setting"
    MISSPELT_ANSWER = "LG117", _I, "misspelling of the documentation read past", "spelling/place"
    LOST_IN_FORMAT = "LG118", _W, "not held by this format", "field/learning"
    ORG_SAID_NO = "LG119", _E, "the org answered with an error", "error"
    PART_LEFT_OUT = "LG120", _W, "part of the file left out", "part/row"
    SAVED_OTHERWISE = "LG121", _W, "not saved as UTF-8 text with commas", "file"
    MISSPELT_HEADING = "LG122", _W, "heading read by its likeness", "heading/place"
    NO_TERM = "LG123", _W, "in no term of the degree plan", "course"
    ODD_SEPARATORS = "LG124", _I, "ids with other signs between them than semicolons", "cell"

    UNKNOWN_REFERENCE = "LG201", _E, "not in the catalogue", "unknown course/requirement"
    SELF_REQUIREMENT = "LG202", _E, "requires itself", "learning"
    UNATTAINABLE = "LG203", _E, "can never be reached", "learning"
    CYCLE_WITH_WAY_OUT = "LG204", _I, "circle that an alternative leaves", "circle"
    CONTRADICTING_TIMINGS = "LG205", _E, "required before and at the same time", "requirement"
    SAME_REQUIREMENT_TWICE = "LG206", _W, "required twice", "requirement/place"
    IMPLIED_REQUIREMENT = "LG207", _W, "implied by another requirement", "requirement/place"
    REQUIRED_AND_RECOMMENDED = "LG208", _W, "required and recommended, too", "requirement"
    NEVER_GRANTED = "LG209", _W, "achievement that nothing grants", "achievement"
    INACTIVE_REQUIRED = "LG210", _W, "inactive and required", "inactive learning/requirement"
    INACTIVE_ALTERNATIVE = "LG211", _I, "inactive and an alternative", "inactive learning/requirement"
    PERIODS_APART = "LG212", _W, "required and never active at the same time", "requirement"
    REQUIRES_EXCLUDED = "LG213", _E, "required and excluded", "requirement"
    EQUIVALENTS_DIFFER = "LG214", _W, "equivalent with other prerequisites", "pair"
    SAME_COURSE_TWICE = "LG215", _E, "one subject and number, several keys", "pair"
    KEYS_ALIKE = "LG216", _W, "keys that differ only by case, space or dash", "pair"
    ALL_ALTERNATIVES_INACTIVE = "LG217", _W, "only inactive alternatives", "requirement"
    UNKNOWN_ELSEWHERE = "LG218", _W, "names what is not there", "unknown key/place"
    PLAN_OUT_OF_ORDER = "LG219", _E, "not in time in a degree plan", "requirement"
    TWICE_IN_PLAN = "LG220", _E, "twice in a degree plan", "learning"
    NOT_IN_PLAN = "LG221", _E, "in no term of a degree plan", "course"

    NOT_IN_VALUE_SET = "LG301", _W, "not in the documented list", "value/learning"
    ACTIVE_NOT_STATED = "LG302", _W, "does not say whether it is active", "new learning"
    STARTS_AFTER_END = "LG303", _E, "active period that ends before it starts", "period"
    CIP_CODE = "LG304", _W, "CIP code not of the form 00.0000", "code/learning"
    HTML_IN_TEXT = "LG305", _W, "HTML tag in a text", "text"
    ENTITY_IN_TEXT = "LG306", _W, "HTML entity in a text", "text"
    MOJIBAKE = "LG307", _W, "wrongly decoded text", "text"
    DURATION_WITHOUT_UNIT = "LG308", _W, "duration without a unit", "duration"
    IMPLAUSIBLE_NUMBER = "LG309", _E, "negative or too large", "number"
    GRADE_ABOVE_SCALE = "LG310", _W, "above the top of the grade scale", "grade/requirement"
    MISSING_NAME = "LG311", _E, "no name", "learning"
    BAD_CHECKSUM = "LG312", _E, "Salesforce id with a wrong checksum", "id/place"
    OTHER_PREFIX = "LG313", _W, "Salesforce id of another kind of record", "id/place"
    OTHER_ORG = "LG314", _E, "ids of another org", "org"
    TEXT_TOO_LONG = "LG315", _W, "longer than the org holds", "text"

    TOO_MANY_CLAUSES = "LG401", _E, "too large for the org", "requirement"
    CONDITION = "LG402", _W, "not held by the org", "condition/requirement"
    MIXED_TIMINGS = "LG403", _E, "any-of that mixes timings", "any-of/learning"
    ACHIEVEMENT_IN_GROUP = "LG404", _E, "achievement inside an any-of", "any-of/place"
    DURATION_IN_GROUP = "LG405", _W, "duration inside an any-of, not sent", "any-of/place"
    ACHIEVEMENT_WITHOUT_RECORD = "LG406", _W, "no record in the org", "achievement/learning"
    PROGRAM_BY_EXTERNAL_ID = "LG407", _E, "single requirement of a program without a record", "program/requirement"
    NOT_SENT = "LG408", _I, "kept here and not sent", "field"
    CANNOT_TAKE_AWAY = "LG409", _W, "beyond what a PATCH can do", "outcome or skill"
    NO_REFERENCE = "LG410", _E, "neither record nor external id", "learning/requirement"
    LEFT_FOR_PATCH = "LG411", _W, "closes a circle, left for a PATCH", "requirement"
    PROVIDER_WITHOUT_RECORD = "LG412", _W, "no record in the org", "provider/learning"
    CHANGE_OF_TYPE = "LG413", _E, "change of type", "learning"
    NEW_LEARNING = "LG414", _I, "not in the org", "learning"
    EXTERNAL_ID_NOT_SENT = "LG415", _I, "external ids not sent", "catalogue"
    REFERENCE_LEFT_OUT = "LG416", _W, "left out of what is sent", "unknown course/requirement"
    TIMING_NOT_EXACT = "LG417", _W, "timing held less exactly by the org", "requirement/place"
    ANY_OF_NOT_HELD = "LG418", _E, "any-of in an org whose groups mean all-of", "any-of/place"
    TWO_CANDIDATES = "LG419", _E, "more than one candidate", "learning"
    OUTSIDE_GRAPH = "LG420", _W, "rule outside the graph", "rule"
    GRANTED_BY_NOTHING = "LG421", _W, "required in the org, where nothing grants it", "achievement/requirement"
    NO_OWN_ACHIEVEMENT = "LG422", _W, "no achievement of its own in the org", "learning"
    ORPHAN_RECORD = "LG423", _W, "record of the org that leads nowhere", "object/record"
    SAME_EXTERNAL_ID = "LG424", _W, "external id of several learnings", "external id"
    UNKNOWN_ITEM_TYPE = "LG425", _W, "requirement of an unknown type", "type/requirement"
    NOT_VISIBLE = "LG426", _W, "not visible to this user", "object or field"
    SAME_NAME = "LG427", _W, "name of several records of the org", "name"
    CHANGED_MEANWHILE = "LG428", _W, "changed while it was read", "object"
    PLAN_IN_PLAN = "LG429", _W, "program plan inside a program plan", "plan/line"

    NO_RESOURCE = "LG501", _E, "the resource does not answer", "fault"
    TYPE_NOT_CONFIGURED = "LG502", _E, "achievement type that is not configured", "type"
    NOT_READABLE = "LG503", _E, "not readable for this user", "object or field"
    NOT_EDITABLE = "LG504", _E, "not editable for this user", "object or field"
    NO_EXTERNAL_ID = "LG505", _E, "no unique external id", "field"
    NOT_IN_PICKLIST = "LG506", _W, "not in the org's own picklist", "value/learning"
    NO_REQUIREMENTS_SEEN = "LG507", _W, "learnings without any requirement", "org"
    FEW_CALLS_LEFT = "LG508", _W, "few API calls left", "limit"
    PRODUCTION_ORG = "LG509", _I, "production, not a sandbox", "org"


_PLURALS = {
    "property": "properties",
    "outcome or skill": "outcomes or skills",
    "object or field": "objects or fields",
}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"


#: what an org cannot hold: the codes that lowering gives, which `check` tells before anything is sent
ORG_CODES = frozenset(
    {
        Code.TOO_MANY_CLAUSES,
        Code.CONDITION,
        Code.MIXED_TIMINGS,
        Code.ACHIEVEMENT_IN_GROUP,
        Code.DURATION_IN_GROUP,
        Code.ACHIEVEMENT_WITHOUT_RECORD,
        Code.PROGRAM_BY_EXTERNAL_ID,
        Code.TIMING_NOT_EXACT,
        Code.ANY_OF_NOT_HELD,
        Code.REFERENCE_LEFT_OUT,
    }
)
