"""Requirements in words, for findings and reports."""

from learngraph.model.relation import Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement
from learngraph.model.value import short

_WHEN = {
    Timing.BEFORE: "",
    Timing.BEFORE_OR_WITH: " (before or at the same time)",
    Timing.WITH: " (at the same time)",
}


_LONGEST = 300  # letters of a text in a message


def in_words(requirement: Requirement) -> str:
    """Write a requirement as a person would.

    Examples
    --------
    >>> in_words(AllOf("CS 101", AnyOf(Need("MATH 340", 3), Condition("consent"))))
    'CS 101 and (MATH 340 with at least 3 or "consent")'
    """
    match requirement:
        case Need():
            grade = "" if requirement.minimum_grade is None else f" with at least {short(requirement.minimum_grade)}"
            return requirement.key[:_LONGEST] + grade + (_WHEN[requirement.timing] if requirement.timing else "")
        case Condition():
            return f'"{requirement.text[:_LONGEST]}"'
        case AnyOf():
            return " or ".join(map(_inner, requirement.of))
        case AllOf():
            return " and ".join(map(_inner, requirement.of))
        case AtLeast():
            return f"{requirement.count} of {', '.join(map(_inner, requirement.of))}"


def _inner(requirement: Requirement) -> str:
    words = in_words(requirement)
    single = isinstance(requirement, Need | Condition) or len(requirement.of) == 1
    return words if single else f"({words})"
