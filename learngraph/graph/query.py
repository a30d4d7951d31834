"""Questions about how the learnings of a graph hang together."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.relation import BINDING, Relation, Timing

_Node = TypeVar("_Node", bound=Hashable)


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
    behind = _behind_circles(edges)
    onward: dict[str, list[str]] = {key: [] for key in behind}
    for needed, learning in edges:
        if needed in behind:
            onward[needed].append(learning)
    rank = {learning.key: place for place, learning in enumerate(graph) if learning.key in behind}
    found = (tuple(sorted(component, key=rank.__getitem__)) for component in components(onward))
    yield from sorted(found, key=lambda circle: rank[circle[0]])


def behind_circles(graph: LearningGraph) -> frozenset[str]:
    """Give the keys that lie on a circle of what is required, or need one that does, sooner or later.

    All others can be ordered. What grants an achievement counts as needed by it; recommendations do not count.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> courses = [Course(key="A", prerequisites=["A"]), Course(key="B", prerequisites=["A"]), Course(key="C")]
    >>> sorted(behind_circles(LearningGraph(courses)))
    ['A', 'B']
    """
    index = graph.index
    required = ((one.needed, one.learning) for one in index.references if one.relation in BINDING)
    granted = ((one, key) for key, grantors in index.grantors.items() if key in index.to for one in grantors)
    return _behind_circles([*required, *granted])


def _behind_circles(edges: Sequence[tuple[_Node, _Node]]) -> frozenset[_Node]:
    """Take away what nothing stands before, again and again; what is left lies on circles or behind them."""
    before = Counter(after for _, after in edges)
    onward: dict[_Node, list[_Node]] = {}
    for first, after in edges:
        onward.setdefault(first, []).append(after)
    free = [node for node in onward if node not in before]
    while free:
        for after in onward.get(free.pop(), ()):
            before[after] -= 1
            if not before[after]:
                del before[after]
                free.append(after)
    return frozenset(before)


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
