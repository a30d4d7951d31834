"""What a learning gives to those who complete it."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from learngraph.model.value import Number, Value


class Outcome(Value):
    """An achievement that a learning grants.

    Every learning grants an achievement of its own, which is not written down; these are the others.
    `achievement` is the key of an achievement, or a Salesforce id.
    """

    achievement: str = Field(min_length=1)
    minimum_grade: Number | None = None
    duration: Number | None = None
    duration_unit: str | None = None
    primary: bool | None = Field(default=None, strict=True)


class Skill(Value):
    """A skill that learners are expected to acquire; `achievement` is the id of an existing one."""

    name: str = Field(min_length=1)
    description: str | None = None
    achievement: str | None = None


AnyOutcome: TypeAlias = Annotated[
    Outcome, BeforeValidator(lambda value: Outcome(achievement=value) if isinstance(value, str) else value)
]
AnySkill: TypeAlias = Annotated[
    Skill, BeforeValidator(lambda value: Skill(name=value) if isinstance(value, str) else value)
]
