"""What a program consists of."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from learngraph.model.days import Day
from learngraph.model.requirement import AnyRequirement, Requirement, as_requirement, to_form
from learngraph.model.value import Key, Number, Text, Value
from learngraph.model.wording import in_words, listed

_SHOWN = 20  # learnings in one cell of a table


class Credits(Value):
    """A number of credits to be taken from a choice of learnings: `{"credits": 9, "of": [...]}`."""

    credits: Number
    of: tuple[AnyRequirement, ...] = Field(min_length=1)

    def __str__(self) -> str:
        return f"{self.credits} credits of {listed(map(in_words, self.of), most=_SHOWN)}"


PlanNeeds: TypeAlias = Requirement | Credits


def _as_plan_needs(value: object) -> PlanNeeds:
    if isinstance(value, Credits):
        return value
    if isinstance(value, Mapping) and "credits" in value:
        return Credits(**value)
    return as_requirement(value)


def plan_needs_form(needs: PlanNeeds) -> Any:  # noqa: ANN401 - JSON
    """Give the form that documents have."""
    if isinstance(needs, Credits):
        return {"credits": needs.credits, "of": [to_form(part) for part in needs.of]}
    return to_form(needs)


class PlanRequirement(Value):
    """One line of a program plan: "Core", all of these; "Electives", nine credits of those.

    `group` and `sequence` are for people: a heading, and the order of the lines.
    """

    name: Text | None = None
    group: Text | None = None
    sequence: int | None = Field(default=None, strict=True)
    needs: Annotated[
        PlanNeeds,
        PlainValidator(_as_plan_needs),
        PlainSerializer(plan_needs_form),
        WithJsonSchema({"anyOf": [{"$comment": "Requirement"}, {"$comment": "Credits"}]}),
    ]

    @property
    def in_words(self) -> str:
        """What it asks for, as a person would write it."""
        return str(self.needs) if isinstance(self.needs, Credits) else in_words(self.needs)

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield from (pair for pair in super()._stated() if pair[0] != "needs")
        yield "needs", self.in_words

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of what it names, from left to right, as often as they are written."""
        parts = self.needs.of if isinstance(self.needs, Credits) else (self.needs,)
        return tuple(leaf.key for part in parts for leaf in part.leaves if hasattr(leaf, "key"))


class ProgramPlan(Value):
    """What a program consists of, for those who begin in its active period."""

    key: Key
    program: Key
    name: Text | None = None
    active: bool | None = Field(default=None, strict=True)
    active_from: Day | None = None
    active_to: Day | None = None
    version: int | None = Field(default=None, strict=True)
    requirements: tuple[PlanRequirement, ...] = ()

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield from (pair for pair in super()._stated() if pair[0] != "requirements")
        for number, line in enumerate(self.requirements, start=1):
            yield line.name or line.group or f"line {number}", line.in_words
