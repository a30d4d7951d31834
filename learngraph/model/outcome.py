"""What a learning gives to those who complete it."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from learngraph.model.value import Key, Number, Text, Value


class Outcome(Value):
    """An achievement that a learning grants.

    Every learning grants an achievement of its own, which is not written down; these are the others.
    `achievement` is the key of an achievement, or a Salesforce id.
    """

    achievement: Key
    minimum_grade: Number | None = None
    duration: Number | None = None
    duration_unit: Text | None = None
    primary: bool | None = Field(default=None, strict=True)


class Skill(Value):
    """A skill that learners are expected to acquire; `achievement` is the id of an existing one."""

    name: Key
    description: Text | None = None
    achievement: Text | None = None


AnyOutcome: TypeAlias = Annotated[
    Outcome, BeforeValidator(lambda value: Outcome(achievement=value) if isinstance(value, str) else value)
]
AnySkill: TypeAlias = Annotated[
    Skill, BeforeValidator(lambda value: Skill(name=value) if isinstance(value, str) else value)
]
