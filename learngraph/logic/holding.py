"""Whether a requirement is met, when it is known which of its leaves are."""

from collections.abc import Callable

from learngraph.model.requirement import AllOf, AtLeast, Condition, Need, Requirement


def holds(requirement: Requirement, met: Callable[[Need | Condition], bool]) -> bool:
    """Whether a tree is met, where `met` says it of a leaf.

    Examples
    --------
    >>> tree = AtLeast(2, "A", "B", "C")
    >>> holds(tree, lambda leaf: leaf != Need("B")), holds(tree, lambda leaf: leaf == Need("B"))
    (True, False)
    """
    match requirement:
        case Need() | Condition():
            return met(requirement)
        case AllOf():
            return all(holds(part, met) for part in requirement.of)
        case AtLeast():
            return sum(holds(part, met) for part in requirement.of) >= requirement.count
    return any(holds(part, met) for part in requirement.of)
