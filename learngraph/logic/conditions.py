"""Conditions as needs of their own, for comparing what requirements say of them, too."""

from learngraph.model.requirement import AtLeast, Condition, Need, Requirement


def conditions_as_needs(requirement: Requirement) -> Requirement:
    """Give a requirement in which each condition is a need that only its like can meet.

    Examples
    --------
    >>> from learngraph.model.requirement import AnyOf
    >>> conditions_as_needs(AnyOf("A", Condition("consent"))).leaves[1].key.endswith("consent")
    True
    """
    match requirement:
        case Need():
            return requirement
        case Condition():
            return Need(f"\0condition\0{requirement.text}")  # a key that nobody writes
        case AtLeast():
            return AtLeast(requirement.count, [conditions_as_needs(part) for part in requirement.of])
    return type(requirement)([conditions_as_needs(part) for part in requirement.of])
