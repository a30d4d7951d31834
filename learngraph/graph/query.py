"""Questions about how the learnings of a graph hang together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.relation import Relation, Timing

_Node = TypeVar("_Node")


def circles(graph: LearningGraph, *relations: Relation) -> Iterator[tuple[str, ...]]:
    """Give the sets of learnings of which each needs each other one, sooner or later, in graph order.

    These are the strongly connected components of more than one learning, over the named relations.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A", prerequisites=["B"]), Course(key="B", prerequisites=["A"])])
    >>> list(circles(graph, Relation.PREREQUISITE))
    [('A', 'B')]
    """
    edges = [(one.needed, one.learning) for one in graph.index.references if one.relation in relations]
    between = {needed for needed, _ in edges} & {learning for _, learning in edges}  # the others end every path
    onward: dict[str, list[str]] = {key: [] for key in between}
    for needed, learning in edges:
        if needed in between and learning in between:
            onward[needed].append(learning)
    rank = {learning.key: place for place, learning in enumerate(graph)}
    found = (tuple(sorted(component, key=rank.__getitem__)) for component in components(onward))
    yield from sorted(found, key=lambda circle: rank[circle[0]])


def components(onward: Mapping[_Node, Sequence[_Node]]) -> Iterator[list[_Node]]:
    """Give the strongly connected components of more than one node, by Tarjan's algorithm without recursion.

    NetworkX has it, too, and takes longer to import than a check of most catalogues takes.

    Examples
    --------
    >>> [sorted(component) for component in components({1: [2], 2: [1, 3], 3: []})]
    [[1, 2]]
    """
    number: dict[_Node, int] = {}
    lowest: dict[_Node, int] = {}
    open_nodes: list[_Node] = []
    is_open: set[_Node] = set()
    for start in onward:
        trail = [] if start in number else [(start, iter(onward[start]))]
        while trail:
            node, rest = trail[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                open_nodes.append(node)
                is_open.add(node)
            following = next((other for other in rest if other not in number), None)
            if following is not None:
                trail.append((following, iter(onward[following])))
                continue
            trail.pop()
            reached = (lowest[other] for other in onward[node] if other in is_open)
            lowest[node] = min((lowest[node], *reached))
            if lowest[node] == number[node]:
                component = list(_popped(open_nodes, node))
                is_open.difference_update(component)
                if len(component) > 1:
                    yield component


def _popped(stack: list[_Node], last: _Node) -> Iterator[_Node]:
    """Take nodes off a stack, down to the last one."""
    while True:
        node = stack.pop()
        yield node
        if node == last:
            return


def needs_order(graph: LearningGraph, circle: tuple[str, ...]) -> bool:
    """Whether something inside a circle must be taken before something else of it."""
    inside = set(circle)
    return any(
        reference.timing is Timing.BEFORE
        and reference.needed in inside
        and reference.relation is not Relation.RECOMMENDED
        for key in circle
        for reference in graph.index.to.get(key, ())
        if reference.learning in inside
    )
