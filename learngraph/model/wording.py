"""Requirements and lists in words, for findings and reports."""

from collections.abc import Iterable, Iterator

from learngraph.model.grades import GradeScale
from learngraph.model.relation import Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement
from learngraph.model.value import short

_WHEN = {
    Timing.BEFORE: "",
    Timing.BEFORE_OR_WITH: " (before or at the same time)",
    Timing.WITH: " (at the same time)",
}

_LONGEST = 300  # letters of a text in a message


def listed(items: Iterable[object], *, most: int, between: str = ", ") -> str:
    """Write the first of several items, and how many more there are.

    Examples
    --------
    >>> listed("ABC", most=3), listed("ABC", most=1), listed("ABC", most=2, between="; ")
    ('A, B, C', 'A and 2 more', 'A; B; and 1 more')
    """
    words = list(map(str, items))
    more = f"{' ' if between == ', ' else between}and {len(words) - most:,} more" if len(words) > most else ""
    return between.join(words[:most]) + more


def in_words(requirement: Requirement, scale: GradeScale | None = None) -> str:
    """Write a requirement as a person would; a minimum grade as its letter where a scale is given that has one.

    Examples
    --------
    >>> in_words(AllOf("CS 101", AnyOf(Need("MATH 340", 3), Condition("consent"))))
    'CS 101 and (MATH 340 with at least 3 or "consent")'
    >>> in_words(Need("MATH 340", 3), GradeScale.named("us"))
    'MATH 340 with B or better'
    >>> in_words(AnyOf(Need("A", 2), AnyOf(Need("B", 2), Need("C", 2))), GradeScale.named("us"))
    'A, B or C, each with C or better'
    """
    match requirement:
        case Need():
            return requirement.key[:_LONGEST] + _grade(requirement, scale) + _when(requirement)
        case Condition():
            return f'"{requirement.text[:_LONGEST]}"'
        case AnyOf() if scale and (words := _alike(requirement, scale)):
            return words
        case AnyOf():
            return " or ".join(_inner(part, scale, AnyOf) for part in requirement.of)
        case AllOf():
            return " and ".join(_inner(part, scale, AllOf) for part in requirement.of)
        case AtLeast():
            return f"{requirement.count} of {', '.join(_inner(part, scale) for part in requirement.of)}"


def _alike(requirement: AnyOf, scale: GradeScale) -> str:
    """Write alternatives that all ask for the same grade and timing, the grade once; "" for any others."""
    found = tuple(_alternatives(requirement))
    terms = {(part.minimum_grade, part.timing) if isinstance(part, Need) else None for part in found}
    if len(found) < 2 or None in terms or len(terms) > 1:  # noqa: PLR2004 - one alternative is none
        return ""
    (need, *_) = (part for part in found if isinstance(part, Need))
    if need.minimum_grade is None:
        return ""
    keys = [part.key[:_LONGEST] for part in found if isinstance(part, Need)]
    return f"{', '.join(keys[:-1])} or {keys[-1]}, each{_grade(need, scale)}{_when(need)}"


def _alternatives(requirement: AnyOf) -> Iterator[Requirement]:
    for part in requirement.of:
        if isinstance(part, AnyOf):
            yield from _alternatives(part)
        else:
            yield part


def _grade(need: Need, scale: GradeScale | None) -> str:
    if need.minimum_grade is None:
        return ""
    letter = scale.letter(need.minimum_grade) if scale else None
    return f" with {letter} or better" if letter else f" with at least {short(need.minimum_grade)}"


def _when(need: Need) -> str:
    return _WHEN[need.timing] if need.timing else ""


def _inner(requirement: Requirement, scale: GradeScale | None, around: type[AnyOf | AllOf] | None = None) -> str:
    """Write a part, in brackets where it could be misread: an any-of inside an any-of is one with it."""
    words = in_words(requirement, scale)
    if isinstance(requirement, Need | Condition) or len(requirement.of) == 1:
        return words
    return words if around and isinstance(requirement, around) else f"({words})"
