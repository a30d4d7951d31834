"""Grades as numbers: scales that turn letters into points."""

from collections.abc import Mapping
from typing import Self

from pydantic import field_validator

from learngraph.errors import LearnGraphError
from learngraph.model.value import FrozenMap, Map, Value

_SCALES: dict[str, dict[str, float | int | None]] = {
    # the usual four-point scale of the United States; P, S and CR are passes without points
    "us": {
        "A+": 4, "A": 4, "A-": 3.7, "B+": 3.3, "B": 3, "B-": 2.7, "C+": 2.3, "C": 2, "C-": 1.7,
        "D+": 1.3, "D": 1, "D-": 0.7, "F": 0, "P": None, "S": None, "CR": None,
    },
    # Istanbul Technical University; BL is a pass without points
    "itu": {"AA": 4, "BA": 3.5, "BB": 3, "CB": 2.5, "CC": 2, "DC": 1.5, "DD": 1, "FF": 0, "BL": None},
}  # fmt: skip


class UnknownGradeError(LearnGraphError, LookupError):
    """A grade that is not in the scale.

    Attributes
    ----------
    grade
        What was written.
    scale
        The letters of the scale.
    """

    def __init__(self, grade: str, scale: tuple[str, ...]) -> None:
        super().__init__(grade, scale)
        self.grade = grade
        self.scale = scale

    def __str__(self) -> str:
        return f"the grade {self.grade!r} is not in the scale ({', '.join(self.scale)})"


class UnknownScaleError(LearnGraphError, LookupError):
    """A name that stands for no scale.

    Attributes
    ----------
    name
        What was written.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"there is no grade scale {self.name!r}: write {' or '.join(_SCALES)}, or a map from letter to number"


class GradeScale(Value):
    """What the letters of an institution are worth; None is a pass without a number.

    Examples
    --------
    >>> GradeScale.named("us").points("B+"), GradeScale.named("itu").top
    (3.3, 4)
    """

    letters: Map

    @field_validator("letters")
    @classmethod
    def _numbers_or_none(cls, letters: FrozenMap) -> FrozenMap:
        for letter, points in letters.items():
            if points is not None and (isinstance(points, bool) or not isinstance(points, int | float)):
                raise ValueError(f"the grade {letter!r} is worth no number")
        return letters

    @classmethod
    def named(cls, name: str) -> Self:
        """Give a scale that has a name: "us" or "itu"; an `UnknownScaleError` is raised for others."""
        if name not in _SCALES:
            raise UnknownScaleError(name)
        return cls(letters=_SCALES[name])

    def points(self, letter: str) -> int | float | None:
        """Give what a letter is worth; upper and lower case are one, spaces around it do not count.

        Raises
        ------
        UnknownGradeError
            where the scale has no such letter.
        """
        written = letter.strip()
        alike = (grade for grade in self.letters if grade.casefold() == written.casefold())
        grade = written if written in self.letters else next(alike, None)
        if grade is None:
            raise UnknownGradeError(letter, tuple(self.letters))
        points: int | float | None = self.letters[grade]
        return points

    def letter(self, points: float) -> str | None:
        """Give the letter that is worth exactly these points, the shortest of several, or None."""
        found = (letter for letter, worth in self.letters.items() if worth is not None and worth == points)
        return min(found, key=len, default=None)

    @property
    def top(self) -> int | float | None:
        """The most that a letter is worth; None where no letter has a number."""
        return max((worth for worth in self.letters.values() if worth is not None), default=None)


def scale_of(grades: str | FrozenMap) -> GradeScale:
    """Give the scale that options name: by its name, or as a map from letter to number."""
    return GradeScale.named(grades) if isinstance(grades, str) else GradeScale(letters=grades)


def read_grades(value: object) -> str | FrozenMap:
    """Check what options say of grades: the name of a scale, or a map from letter to number."""
    if isinstance(value, str):
        try:
            GradeScale.named(value)
        except UnknownScaleError as error:
            raise ValueError(str(error)) from None
        return value
    if isinstance(value, Mapping):
        return FrozenMap(GradeScale(letters=value).letters)
    raise ValueError("a scale is a name or a map from letter to number")
