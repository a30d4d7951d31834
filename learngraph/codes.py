"""The codes of findings: stable from the first day, never reused, each with a section in docs/rules.md.

LG1xx is what reading found, LG2xx how learnings hang together, LG3xx what single fields hold, and LG4xx
what an org cannot hold or a request cannot do.
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
    """A code with its usual severity, and how many findings of it are summed up in one line.

    In `summary` the word `{causes}` stands for the number of different causes and `{places}` for the
    number of findings.

    Examples
    --------
    >>> Code.UNKNOWN_REFERENCE, str(Code.UNKNOWN_REFERENCE.severity)
    (<Code.UNKNOWN_REFERENCE: 'LG201'>, 'error')
    """

    severity: Severity
    summary: str

    def __new__(cls, code: str, severity: Severity, summary: str) -> Self:
        """Keep the severity and the summary beside the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.severity = severity
        member.summary = summary
        return member

    UNREADABLE_FILE = "LG100", _E, "{places} files could not be read"
    UNREADABLE_RECORD = "LG101", _E, "{places} records could not be read"
    UNKNOWN_FIELD = "LG102", _E, "{causes} unknown fields in {places} places"
    REPEATED_KEY = "LG103", _E, "{causes} keys stand for more than one record"
    UNKNOWN_GRADE = "LG104", _E, "{causes} grades are not in the scale"
    NO_TARGET = "LG105", _W, "{places} requirements name no course"
    UNREADABLE_CREDITS = "LG106", _I, "{causes} texts for credits give no number"
    UNREADABLE_VALUE = "LG107", _E, "{places} values could not be read"
    IMPOSSIBLE_TIME = "LG108", _E, "{places} dates do not exist"
    FIELD_OF_OTHER_TYPE = "LG109", _E, "{places} fields belong to the other type of learning"
    TOO_DEEP = "LG110", _E, "{places} requirements are nested too deep"
    REPEATED_PROPERTY = "LG111", _E, "{causes} properties are written twice in {places} places"
    ZERO_WIDTH_NAME = "LG112", _W, "{places} property names held invisible characters"
    DELETIONS_LEFT_OUT = "LG113", _I, "{places} deletions of a PATCH are not part of what is wanted"
    CREDITS_OF_SEVERAL = "LG114", _I, "{causes} texts for credits give several numbers in {places} courses"
    UNREADABLE_REQUIREMENT = "LG115", _E, "{places} requirements could not be read"
    UNKNOWN_SETTING = "LG116", _E, "{places} settings are unknown or have an impossible value"
    MISSPELT_ANSWER = "LG117", _I, "{causes} misspellings of the documentation were read past"
    LOST_IN_FORMAT = "LG118", _W, "{causes} fields cannot be held by this format, in {places} learnings"
    ORG_SAID_NO = "LG119", _E, "{places} errors stand in what the org answered"

    UNKNOWN_REFERENCE = "LG201", _E, "{causes} unknown courses in {places} requirements"
    SELF_REQUIREMENT = "LG202", _E, "{causes} learnings require themselves"
    UNATTAINABLE = "LG203", _E, "{causes} learnings can never be reached"
    CYCLE_WITH_WAY_OUT = "LG204", _I, "{causes} circles of requirements that an alternative leaves"
    CONTRADICTING_TIMINGS = "LG205", _E, "{places} pairs of requirements contradict one another in time"
    SAME_REQUIREMENT_TWICE = "LG206", _W, "{places} requirements are written twice"
    IMPLIED_REQUIREMENT = "LG207", _W, "{places} requirements are implied by another of the same learning"
    REQUIRED_AND_RECOMMENDED = "LG208", _W, "{places} learnings are both required and recommended"
    NEVER_GRANTED = "LG209", _W, "{causes} achievements that no learning grants"
    INACTIVE_REQUIRED = "LG210", _W, "{causes} inactive learnings in {places} requirements of active ones"
    INACTIVE_ALTERNATIVE = "LG211", _I, "{causes} inactive learnings as alternatives in {places} requirements"
    PERIODS_APART = "LG212", _W, "{places} requirements are never offered while the learning is"
    REQUIRES_EXCLUDED = "LG213", _E, "{places} learnings require what they exclude"
    EQUIVALENTS_DIFFER = "LG214", _W, "{places} equivalents have different prerequisites"
    SAME_COURSE_TWICE = "LG215", _E, "{causes} courses stand under more than one key"
    KEYS_ALIKE = "LG216", _W, "{causes} keys differ only by case, space or dash"
    ALL_ALTERNATIVES_INACTIVE = "LG217", _W, "{places} any-ofs have only inactive alternatives"
    UNKNOWN_ELSEWHERE = (
        "LG218",
        _W,
        "{causes} unknown keys in {places} outcomes, equivalents, exclusions or plans",
    )

    NOT_IN_VALUE_SET = "LG301", _W, "{causes} values are not in the documented lists, in {places} places"
    ACTIVE_NOT_STATED = "LG302", _W, "{causes} new learnings do not say whether they are active"
    STARTS_AFTER_END = "LG303", _E, "{places} active periods end before they start"
    CIP_CODE = "LG304", _W, "{causes} CIP codes are not of the form 00.0000"
    HTML_IN_TEXT = "LG305", _W, "{places} texts hold HTML tags"
    ENTITY_IN_TEXT = "LG306", _W, "{places} texts hold HTML entities"
    MOJIBAKE = "LG307", _W, "{places} texts were decoded wrongly"
    DURATION_WITHOUT_UNIT = "LG308", _W, "{places} durations have no unit"
    IMPLAUSIBLE_NUMBER = "LG309", _E, "{places} numbers are negative or too large"
    GRADE_ABOVE_SCALE = "LG310", _W, "{places} grades are above the top of the scale"
    MISSING_NAME = "LG311", _E, "{causes} learnings have no name"
    BAD_CHECKSUM = "LG312", _E, "{causes} Salesforce ids have a wrong checksum"
    OTHER_PREFIX = "LG313", _W, "{causes} Salesforce ids belong to another kind of record"
    OTHER_ORG = "LG314", _E, "the ids belong to another org"
    TEXT_TOO_LONG = "LG315", _W, "{places} texts are longer than the org holds"

    TOO_MANY_CLAUSES = "LG401", _E, "{causes} learnings have requirements that are too large for the org"
    CONDITION = "LG402", _W, "{causes} conditions in {places} requirements cannot be held by the org"
    MIXED_TIMINGS = "LG403", _E, "{places} any-ofs mix timings, which the org cannot hold"
    ACHIEVEMENT_IN_GROUP = "LG404", _E, "{places} any-ofs hold an achievement, which the org cannot hold"
    DURATION_IN_GROUP = "LG405", _W, "{places} durations inside any-ofs are not sent"
    ACHIEVEMENT_WITHOUT_RECORD = "LG406", _W, "{causes} achievements have no record in the org"
    PROGRAM_BY_EXTERNAL_ID = "LG407", _E, "{places} single requirements on programs that have no record"
    NOT_SENT = "LG408", _I, "equivalents and exclusions are not sent"
    CANNOT_TAKE_AWAY = "LG409", _W, "{places} outcomes or skills cannot be taken away or changed by a PATCH"
    NO_REFERENCE = "LG410", _E, "{causes} learnings are referred to and have neither record nor external id"
    LEFT_FOR_PATCH = "LG411", _W, "{places} requirements close a circle and are left for a PATCH to add"
    PROVIDER_WITHOUT_RECORD = "LG412", _W, "{causes} providers have no record in the org"
    CHANGE_OF_TYPE = "LG413", _E, "{places} learnings change their type"
    NEW_LEARNING = "LG414", _I, "{places} learnings are new: POST them first"
    EXTERNAL_ID_NOT_SENT = "LG415", _I, "external ids are not sent: no field is named for them"
    REFERENCE_LEFT_OUT = "LG416", _W, "{causes} unknown courses were left out of {places} requirements"
    TIMING_NOT_EXACT = "LG417", _W, "{places} timings are held less exactly by the org"
    ANY_OF_NOT_HELD = "LG418", _E, "{places} any-ofs: this org's groups mean all-of"
    TWO_CANDIDATES = "LG419", _E, "{places} learnings match more than one record"


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
