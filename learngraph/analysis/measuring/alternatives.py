"""What courses require of one another as choices: which alternatives there are, and how many ways to choose.

A choice takes one branch of each any-of and `count` branches of each at-least.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeAlias

from learngraph.analysis.measuring.network import CourseNetwork, Steps, relations_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.compiled import Compiler, Leaf, Node, all_of

#: the numbers of the courses that a choice requires
Chosen: TypeAlias = frozenset[int]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Courses by number, with what each requires and all edges that any choice can have."""

    network: CourseNetwork
    trees: tuple[Node, ...]
    number: Mapping[str, int]

    @property
    def steps(self) -> Steps:
        """The courses with all alternatives as edges; no circle is in it."""
        return self.network.steps

    def value(self, course: int, of: Callable[[int], int]) -> int:
        """Give the lowest that the highest number of what a course requires can be; 0 where it requires nothing.

        An any-of takes its lowest branch, an all-of has its highest, and an at-least its k-th lowest.
        """
        return _value(self.trees[course], lambda key: of(self.number[key]))

    def ways(self, course: int) -> int:
        """Count the ways to choose for a course, equal ones as often as they are written."""
        return _ways(self.trees[course])

    def choices(self, course: int) -> list[Chosen]:
        """Give all that a choice can require for a course, each once."""
        chosen = [frozenset(self.number[key] for key in keys) for keys in _choices(self.trees[course])]
        return list(dict.fromkeys(chosen))


def alternatives_of(graph: LearningGraph, network: CourseNetwork, *, include_corequisites: bool) -> Alternatives:
    """Read what the courses of a network require; all that is no course of the graph is neutral."""
    number = {key: place for place, key in enumerate(network.keys)}
    relations = relations_of(include_corequisites=include_corequisites)

    def itself(written: str) -> tuple[str, ...]:
        key = graph.index.resolve(written)
        return (key,) if key in number else ()

    compiler = Compiler(graph, "neutral", meeting=itself)
    trees = tuple(all_of(compiler.parts(course, relations=relations)) for course in network.courses)
    return Alternatives(network, trees, number)


def _value(node: Node, of: Callable[[str], int]) -> int:
    if isinstance(node, Leaf):
        return min([of(key) for key in node.keys])
    values = sorted([_value(part, of) for part in node.parts])
    return values[node.count - 1] if node.count else 0


def _ways(node: Node) -> int:
    if isinstance(node, Leaf):
        return len(node.needs)
    ways = [1, *[0] * node.count]  # to choose so many of the parts seen so far
    for part in node.parts:
        inside = _ways(part)
        for count in range(node.count, 0, -1):
            ways[count] += ways[count - 1] * inside
    return ways[node.count]


def _choices(node: Node) -> Iterator[frozenset[str]]:
    if isinstance(node, Leaf):
        yield from (frozenset((key,)) for key in node.keys)
        return
    inside = [list(dict.fromkeys(_choices(part))) for part in node.parts]
    for parts in combinations(inside, node.count):
        for several in product(*parts):
            yield frozenset().union(*several)
