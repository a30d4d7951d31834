"""Learnings: courses and programs, each a frozen value that carries its own requirements and outcomes."""

import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from learngraph.model.days import Day
from learngraph.model.outcome import AnyOutcome, AnySkill
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.requirement import AnyRequirement, Requirement, needs
from learngraph.model.salesforce_id import is_salesforce_id
from learngraph.model.value import FrozenMap, Key, Map, Number, Text, Value, short
from learngraph.model.wording import in_words, listed

_SHOWN = 20  # requirements in one cell of a table

_Flag: TypeAlias = Annotated[bool, Field(strict=True)]


class WrittenNumber(str):
    """A text that was written as a whole number: compared as text, written down as a number again.

    Examples
    --------
    >>> WrittenNumber(601) == "601", WrittenNumber(7) == "007"
    (True, False)
    """

    __slots__ = ()


def _course_number(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return WrittenNumber(value)
    raise ValueError(f"{short(value)} is no course number: write it as text")


CourseNumber = Annotated[
    str,
    PlainValidator(_course_number),
    PlainSerializer(lambda number: int(number) if isinstance(number, WrittenNumber) else number),
    WithJsonSchema({"type": ["string", "integer"]}),
]


def _cip_code(value: object) -> str:
    """Take a number as the text that a spreadsheet made of it, so that a check can say what it lost."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return short(value)
    raise ValueError(f"{short(value)} is no CIP code: write it as text")


_CipCode: TypeAlias = Annotated[str, PlainValidator(_cip_code), WithJsonSchema({"type": "string"})]


class RecordIds(Value):
    """The ids of a learning's own records; ids belong to one org."""

    learning_id: Text | None = None
    course_id: Text | None = None
    program_id: Text | None = None


_REQUIREMENTS: dict[Relation, Callable[[Any], tuple[Requirement, ...]]] = {
    relation: attrgetter(relation.field) for relation in REQUIREMENT_RELATIONS
}


class _Learning(Value):
    """What courses and programs share."""

    type: ClassVar[Literal["course", "program"]]

    key: Key
    name: Text | None = None
    provider: Text | None = None
    description: Text | None = None
    active: _Flag | None = None
    active_from: Day | None = None
    active_to: Day | None = None
    duration: Number | None = None
    duration_unit: Text | None = None
    cip_code: _CipCode | None = None
    academic_level: Text | None = None
    prerequisites: tuple[AnyRequirement, ...] = ()
    corequisites: tuple[AnyRequirement, ...] = ()
    recommended: tuple[AnyRequirement, ...] = ()
    outcomes: tuple[AnyOutcome, ...] = ()
    skills: tuple[AnySkill, ...] = ()
    equivalents: tuple[Text, ...] = ()
    exclusions: tuple[Text, ...] = ()
    external_id: Key | None = None
    custom_fields: Map = FrozenMap()
    salesforce: RecordIds = RecordIds()

    def requirements(self, relation: Relation) -> tuple[Requirement, ...]:
        """Give the requirements of one relation, all of which must be met; outcomes are none."""
        read = _REQUIREMENTS.get(relation)
        return read(self) if read else ()

    def relations_to(self, key: str) -> Iterator[Relation]:
        """Give the relations in which this learning needs or grants a key, each once."""
        for relation in REQUIREMENT_RELATIONS:
            if any(need.key == key for need in needs(self.requirements(relation))):
                yield relation
        if any(outcome.achievement == key for outcome in self.outcomes):
            yield Relation.OUTCOME

    def _stated(self) -> Iterator[tuple[str, object]]:
        by_field = {relation.field: self.requirements(relation) for relation in REQUIREMENT_RELATIONS}
        for name, value in super()._stated():
            asked = by_field.get(name)
            yield name, listed(map(in_words, asked), most=_SHOWN, between="; ") if asked else value

    @property
    def record_id(self) -> str | None:
        """The id of its Learning record in the org, where it is known: stated, or its key by itself."""
        return self.salesforce.learning_id or (self.key if is_salesforce_id(self.key) else None)

    def __repr__(self) -> str:
        name = f", {short(self.name)}" if self.name else ""
        return f"<{type(self).__name__} {short(self.key)}{name}>"

    __str__ = __repr__


class Course(_Learning):
    """A course: a frozen value that carries its own requirements and outcomes.

    What is not stated is not known, and is not false. A requirement may be written as a key. Numbers
    stay as written; `course_number` is text, also when it was written as a number. `external_id`
    identifies the course in the org, in the field that the options name.

    Examples
    --------
    >>> course = Course(key="CS 601", name="Algorithms", prerequisites=["CS 501"], course_number=601)
    >>> course.prerequisites, course.course_number == "601"
    ((Need('CS 501'),), True)
    """

    type: ClassVar[Literal["course", "program"]] = "course"

    subject_abbreviation: Text | None = None
    course_number: CourseNumber | None = None
    course_level_description: Text | None = None
    field_of_study: Text | None = None


class Program(_Learning):
    """A program; `prerequisites` are for admission, what it consists of is in its program plans."""

    type: ClassVar[Literal["course", "program"]] = "program"

    top_level_program: _Flag | None = None


Learning: TypeAlias = Course | Program

#: the fields of a learning in the order of documents; `type` stands after the key
LEARNING_TYPES: dict[str, type[Course] | type[Program]] = {"course": Course, "program": Program}

_SUBJECT_AND_NUMBER = re.compile(r"([^\W\d_](?:[^\W\d_]|[ &/.])*?)[ \-_]+(\d\w*)")
_LONGEST_COURSE_KEY = 80  # a guard: the pattern is quadratic in a text of nothing but spaces


def subject_and_number(key: str) -> tuple[str, str] | None:
    """Split a key of the form letters, separator, digits; None for any other.

    Examples
    --------
    >>> subject_and_number("CS 601"), subject_and_number("BIOL-1010"), subject_and_number("Algebra")
    (('CS', '601'), ('BIOL', '1010'), None)
    """
    if len(key) > _LONGEST_COURSE_KEY:
        return None
    match = _SUBJECT_AND_NUMBER.fullmatch(key.strip())
    return (match[1], match[2]) if match else None
