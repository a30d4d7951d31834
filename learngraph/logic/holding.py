"""Requirements as written: what must hold by itself, and whether all holds when it is known which leaves do."""

from collections.abc import Callable, Iterator

from learngraph.model.requirement import Condition, Need, Requirement, needed_of


def conjuncts(requirement: Requirement) -> Iterator[Requirement]:
    """Give what must hold by itself: the parts of an all-of, however deep, and of what asks for all of its parts.

    Examples
    --------
    >>> from learngraph.model.requirement import AllOf, AnyOf, AtLeast
    >>> list(conjuncts(AllOf("A", AtLeast(2, "B", AnyOf("C", "D")))))
    [Need('A'), Need('B'), AnyOf(Need('C'), Need('D'))]
    """
    if isinstance(requirement, Need | Condition) or needed_of(requirement) < len(requirement.of):
        yield requirement
    else:
        for part in requirement.of:
            yield from conjuncts(part)


def holds(requirement: Requirement, met: Callable[[Need | Condition], bool]) -> bool:
    """Whether a tree is met, where `met` says it of a leaf.

    Examples
    --------
    >>> from learngraph.model.requirement import AtLeast
    >>> tree = AtLeast(2, "A", "B", "C")
    >>> holds(tree, lambda leaf: leaf != Need("B")), holds(tree, lambda leaf: leaf == Need("B"))
    (True, False)
    """
    if isinstance(requirement, Need | Condition):
        return met(requirement)
    missing = needed_of(requirement)
    for part in requirement.of:
        if missing <= 0:
            break
        missing -= holds(part, met)
    return missing <= 0
