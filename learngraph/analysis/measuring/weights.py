"""What a course counts for: one, or its credits; sums of either are exact."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from learngraph.model.learning import Course
from learngraph.model.value import InvalidValueError

Weight: TypeAlias = Literal["credits"]
Exact: TypeAlias = int | Fraction


def weights_of(courses: Sequence[Course], weight: Weight | None) -> list[Exact]:
    """Give what each course counts for: 1, or its duration, which is 0 where it is not stated."""
    if weight is None:
        return [1] * len(courses)
    return [exact(course.duration or 0) for course in courses]


def exact(number: float) -> Exact:
    """Give a number as it was written, so that sums of 0.1 are what they seem.

    Examples
    --------
    >>> plain(exact(0.1) + exact(0.2))
    0.3
    """
    return number if isinstance(number, int) else Fraction(repr(number))


def plain(number: Exact) -> int | float:
    """Give an exact number as people write it: whole where it is whole.

    Raises
    ------
    InvalidValueError
        where it is neither whole nor small enough for a number with a decimal point.
    """
    if isinstance(number, int):
        return number
    if number.denominator == 1:
        return number.numerator
    try:
        return float(number)
    except OverflowError:
        raise InvalidValueError("number", (("durations", "are too large to be told with a decimal point"),)) from None


def total(numbers: Iterable[float]) -> int | float:
    """Add numbers as they were written.

    Examples
    --------
    >>> total([0.1, 0.2]), total([3, 4])
    (0.3, 7)
    """
    return plain(sum(map(exact, numbers)))
