"""What one learner has taken so far."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema

from learngraph.model.grades import GradeScale
from learngraph.model.value import Key, Number, Value, read_number


def _grade(value: object) -> int | float | str:
    """Take a letter as it is written: what it is worth depends on the scale of the catalogue."""
    return value if isinstance(value, str) else read_number(value)


_Grade = Annotated[
    int | float | str,
    PlainValidator(_grade),
    PlainSerializer(lambda grade: grade),
    WithJsonSchema({"type": ["number", "string"]}),
]
_Term = Annotated[int, Field(strict=True, ge=1)]


class Taken(Value):
    """A learning that was taken once: `Taken(key="MATH 101", grade="B-", term=2)`.

    `grade` is a number or a letter, which is read through the grade scale of the catalogue that is asked.
    `term` counts from 1; None means some time before now. `passed` says whether it was, where the grade
    does not: by default, any grade but 0 is a pass, and so is none. `in_progress` says that it has not
    ended: it is neither passed nor failed yet. `duration` are the credits that it gave, where they are not
    those of the catalogue.
    """

    key: Key
    grade: _Grade | None = None
    term: _Term | None = None
    passed: bool | None = Field(default=None, strict=True)
    in_progress: bool = Field(default=False, strict=True)
    duration: Number | None = None

    def points(self, scale: GradeScale) -> int | float | None:
        """Give the grade as a number; None where there is none, or a letter that is worth none.

        Raises
        ------
        UnknownGradeError
            where the scale has no such letter.
        """
        return scale.points(self.grade) if isinstance(self.grade, str) else self.grade

    def is_passed(self, scale: GradeScale) -> bool:
        """Whether it was passed: as stated, or else with any grade but 0.

        Raises
        ------
        UnknownGradeError
            where the scale has no such letter.

        Examples
        --------
        >>> scale = GradeScale.named("us")
        >>> [Taken(key="A", grade=grade).is_passed(scale) for grade in ("D-", "F", "P", None)]
        [True, False, True, True]
        """
        if self.in_progress or self.passed is not None:
            return bool(self.passed) and not self.in_progress
        return self.points(scale) != 0


_AnyTaken = Annotated[Taken, BeforeValidator(lambda value: Taken(key=value) if isinstance(value, str) else value)]


class Transcript(Value):
    """What one learner has taken, and in which term that learner is now.

    A record may be written as a key, or as a dict of the fields of `Taken`. A learning may stand there
    several times. `term` is now: what was taken before it is done, what stands in the same term is being
    taken, and what stands later is a wish that does not count. By default it is the term after the last one.

    Raises
    ------
    InvalidValueError
        where a record is none, or a term is no whole number from 1.

    Examples
    --------
    >>> transcript = Transcript(["CS 101", {"key": "MATH 101", "grade": "B-", "term": 2}])
    >>> transcript, transcript.records[0].key
    (<Transcript: 2 records, now in term 3>, 'CS 101')
    """

    records: tuple[_AnyTaken, ...] = ()
    term: _Term | None = None

    def __init__(self, records: Iterable[Any] = (), /, **fields: Any) -> None:  # noqa: ANN401 - as in Value
        super().__init__(**{"records": records, **fields})

    @property
    def now(self) -> int:
        """The term in which the learner is, from 1."""
        return self.term or 1 + max((record.term or 0 for record in self.records), default=0)

    def __repr__(self) -> str:
        return f"<Transcript: {len(self.records)} records, now in term {self.now}>"

    __str__ = __repr__
