"""Compiled trees in words, as they were written."""

from learngraph.logic.compiled import Leaf, Node
from learngraph.model.requirement import AnyOf
from learngraph.model.wording import in_words


def node_in_words(node: Node, *, bare: bool = False) -> str:
    """Write what a tree asks for as a person would; `bare` leaves grades and timings out.

    Examples
    --------
    >>> from learngraph.model.relation import Timing
    >>> from learngraph.model.requirement import Need
    >>> leaf = Leaf(("A", "B"), Timing.BEFORE, (Need("A", 3), Need("B")))
    >>> node_in_words(leaf), node_in_words(leaf, bare=True)
    ('A with at least 3 or B', 'A or B')
    """
    if isinstance(node, Leaf):
        needs = [need.replaced(minimum_grade=None, timing=None) if bare else need for need in node.needs]
        return in_words(AnyOf(needs)) if needs else " or ".join(node.keys)
    words = [_inner(part, bare=bare) for part in node.parts]
    if node.count == len(words):
        return " and ".join(words) or "nothing"
    return " or ".join(words) if node.count == 1 else f"{node.count} of {', '.join(words)}"


def _inner(node: Node, *, bare: bool) -> str:
    words = node_in_words(node, bare=bare)
    single = len(node.needs) <= 1 if isinstance(node, Leaf) else len(node.parts) <= 1
    return words if single else f"({words})"
