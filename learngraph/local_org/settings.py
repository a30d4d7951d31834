"""What an embedded org is like: its name, its own fields, and what no page of the documentation settles."""

from typing import Literal

from pydantic import Field, field_validator

from learngraph.model.value import FrozenMap, Map, Value
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.records import COURSE, PROGRAM


class CustomField(Value):
    """A field that the org's own people made; its name ends in `__c`."""

    object: str
    name: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}__c$")
    type: Literal["string", "textarea", "double", "boolean", "date", "picklist"] = "string"
    length: int = Field(default=255, ge=1, le=131072, strict=True)
    unique: bool = False
    external_id: bool = False
    values: tuple[str, ...] = ()
    restricted: bool = False


def external_id(of: str, name: str = "External_ID__c") -> CustomField:
    """Give a unique external id of an object, as careful orgs have one.

    Examples
    --------
    >>> external_id("LearningCourse").name
    'External_ID__c'
    """
    return CustomField(object=of, name=name, unique=True, external_id=True)


#: what the learnings of the example catalogue state beside the fields that every org has
_EXAMPLE_FIELDS: dict[str, dict[str, Literal["string", "double", "boolean"]]] = {
    COURSE: {
        "Campus__c": "string",
        "Delivery_Mode__c": "string",
        "Fieldwork_Days__c": "double",
        "Lab_Fee__c": "double",
        "Language_of_Instruction__c": "string",
        "Repeatable__c": "boolean",
    },
    PROGRAM: {"Accredited__c": "boolean", "Campus__c": "string", "Delivery_Mode__c": "string"},
}

_EXAMPLE_PROVIDERS = (
    "Quenbeck University", "School of Arts & Letters", "School of Computing",
    "School of Natural & Mathematical Sciences", "School of Economy & Society",
)  # fmt: skip


def usual_fields() -> tuple[CustomField, ...]:
    """Give the custom fields that an org has by default: external ids, and those of the example catalogue.

    Examples
    --------
    >>> [field.name for field in usual_fields() if field.external_id]
    ['External_ID__c', 'External_ID__c']
    """
    of_the_example = (
        CustomField(object=of, name=name, type=kind)
        for of, fields in _EXAMPLE_FIELDS.items()
        for name, kind in fields.items()
    )
    return (external_id(COURSE), external_id(PROGRAM), *of_the_example)


class OrgSettings(Value):
    """What an embedded org is like.

    Nothing below was settled by the documentation: each is an assumption with a name. What concerns bodies
    (what a group means, whether outcomes of a PATCH add, how fields are cleared, the picklists) is in the
    settings of `Dialect`, under `dialect`.

    Parameters
    ----------
    name, sandbox
        What `SELECT Name, IsSandbox FROM Organization` answers.
    accounts
        The names of the accounts that are there from the beginning: providers of learnings. By default those of
        the example catalogue.
    achievement_types
        The types for which there is a LearningAchievementConfig; without one of them, what needs it fails.
    achievements
        The names of achievements of the type Custom that are there from the beginning.
    custom_fields
        The org's own fields; by default a unique external id on courses and on programs, and those of the
        example catalogue.
    custom_suffix
        Whether the names of custom fields need their `__c` ("required"), or may do without, as the guide's
        examples do ("optional").
    restricted_picklists
        The picklists that take no other value than theirs.
    nameless
        Whether a new learning without a name is "refused", or gets its "id" for a name, as the platform names
        records elsewhere.
    primary_achievements
        Whether a POST makes an achievement for each learning, and the outcome item that grants it.
    refer_within_request
        Whether a learning of a POST may refer to one before it in the same body.
    outcome_ids
        Whether an outcome of a PATCH with a `learningOutcomeId` changes that item instead of making one.
    orphan_groups
        Whether the achievement of a group stays, and what it laid on its contributors, when its item is
        deleted.
    failure_status
        The HTTP status of an answer in which a learning failed.
    created_status
        The HTTP status of an answer to a POST in which none failed.
    learnings_limit
        The most learnings that a request may have; None for no limit.
    daily_requests
        The most requests in a day.
    api_versions
        The versions that `/services/data` tells, the newest last.
    pod
        Three letters or digits inside all ids, which tell orgs apart; made up where None.
    client_id, client_secret
        What the client credentials flow takes. The org listens on the own machine only, so they keep nothing
        secret.
    dialect
        Settings of `Dialect`.

    Examples
    --------
    >>> OrgSettings(dialect={"patch_outcomes": "replace"}).orphan_groups
    'stay'
    """

    name: str = Field(default="Quenbeck University (embedded)", min_length=1, max_length=80)
    sandbox: bool = True
    accounts: tuple[str, ...] = _EXAMPLE_PROVIDERS
    achievement_types: tuple[str, ...] = (
        "LearningCourse", "LearningProgram", "AchievementGroup", "AchievementGroupAll", "Skill", "Custom",
    )  # fmt: skip
    achievements: tuple[str, ...] = ()
    custom_fields: tuple[CustomField, ...] = Field(default_factory=usual_fields)
    custom_suffix: Literal["required", "optional"] = "required"
    restricted_picklists: tuple[str, ...] = ("CourseLevelDescription", "FieldOfStudy")
    nameless: Literal["refused", "id"] = "refused"
    primary_achievements: bool = True
    refer_within_request: bool = False
    outcome_ids: bool = True
    orphan_groups: Literal["stay", "go"] = "stay"
    failure_status: Literal[200, 201, 400] = 200
    created_status: Literal[200, 201] = 201
    learnings_limit: int | None = Field(default=None, ge=1)
    daily_requests: int = Field(default=1_000_000, ge=0)
    api_versions: tuple[str, ...] = ("62.0", "63.0", "64.0", "65.0", "66.0", "67.0")
    pod: str | None = Field(default=None, pattern=r"^[0-9A-Za-z]{3}$")
    client_id: str = "learngraph"
    client_secret: str = "local"  # noqa: S105 - opens nothing but an org on the own machine
    dialect: Map = FrozenMap()

    @field_validator("dialect")
    @classmethod
    def _known_settings(cls, settings: FrozenMap) -> FrozenMap:
        Dialect(**settings.thawed())
        return settings
