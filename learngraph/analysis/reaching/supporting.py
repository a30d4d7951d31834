"""What one learning can need, sooner or later, and what of it carries itself."""

from collections.abc import Collection, Iterable, Mapping

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.logic.compiled import Compiler, Leaf, Node, Reading, all_of, leaves, settled
from learngraph.model.learning import Course, Learning
from learngraph.model.relation import Timing
from learngraph.model.requirement import Need


class Support:
    """All learnings that one can need when some are done, with what each of them asks for, in graph order."""

    def __init__(self, graph: LearningGraph, key: str, done: Collection[str], unknown: Reading) -> None:
        self._graph = graph
        self._unknown: Reading = unknown
        self._key = key
        self._done = done
        self._place = {learning.key: place for place, learning in enumerate(graph)}
        self._mentioned: set[str] = set()
        self._compiler = Compiler(graph, unknown)
        self.trees: Mapping[str, Node] = self._closure({})

    def possible(self, terms: Mapping[str, int]) -> Mapping[str, Node]:
        """Give the trees that are left when only what has a term can be taken."""
        return self._closure({key: settled(self.trees[key], done=(), possible=terms) for key in terms})

    def terms(self, chosen: Collection[str]) -> dict[str, int]:
        """Give the earliest terms of what the chosen learnings reach by themselves, as attainability sees it.

        The graph that is asked has nothing but what matters. What was not chosen asks for what can never
        be; what was chosen waits for a learning of the first term, in which all that is done is done.
        """
        begin, never = self._fresh("\0begin"), self._fresh("\0never")
        graph = LearningGraph(
            (Course(key=begin), Course(key=never, prerequisites=[Need(never, timing=Timing.BEFORE)])),
            options=self._graph.options,
            achievements=self._graph.achievements.values(),
        )
        for key in self._in_order({*self.trees, *self._mentioned, *self._done}):
            learning = self._graph[key]
            if key in self._done:
                graph.add(learning.replaced(prerequisites=(), corequisites=()))
            else:
                graph.add(_waiting_for(begin if key in chosen else never, learning))
        found = attainability(graph, unknown=self._unknown).terms
        return {key: term - 1 for key in chosen if (term := found[key]) is not None}

    def in_terms(self, chosen: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Give what was chosen term by term; that it carries itself is asked of attainability once more."""
        terms = self.terms(chosen)
        if len(terms) < len(chosen):
            raise AssertionError("a set was chosen that does not carry itself")
        found: dict[int, list[str]] = {}
        for key in self._in_order(chosen):
            found.setdefault(terms[key], []).append(key)
        return tuple(tuple(found[term]) for term in sorted(found))

    def _closure(self, known: Mapping[str, Node]) -> Mapping[str, Node]:
        found: dict[str, Node] = {}
        queue = [self._key]
        while queue:
            key = queue.pop()
            if key in found:
                continue
            found[key] = known[key] if key in known else self._tree(key)
            queue.extend(other for leaf in leaves(found[key]) for other in leaf.keys)
        return {key: found[key] for key in self._in_order(found)}

    def _tree(self, key: str) -> Node:
        tree = all_of(self._compiler.parts(self._graph[key]))
        self._mentioned.update(other for leaf in leaves(tree) for other in leaf.keys if other in self._graph)
        return settled(tree, done=self._done, possible=self._place)

    def _in_order(self, keys: Iterable[str]) -> list[str]:
        return sorted(keys, key=self._place.__getitem__)

    def _fresh(self, name: str) -> str:
        """Give a key that nobody writes."""
        while name in self._graph or name in self._graph.index.to:
            name += "\0"
        return name


def _waiting_for(other: str, learning: Learning) -> Learning:
    return learning.replaced(prerequisites=(Need(other, timing=Timing.BEFORE), *learning.prerequisites))


def some_set(trees: Mapping[str, Node], key: str, terms: Mapping[str, int]) -> dict[str, int]:
    """Give a set that carries `key`, with its terms: one of few learnings, found without a search.

    What a learning needs is taken of what comes in earlier terms, or in the same where that will do, so
    nothing can support itself.

    Examples
    --------
    >>> from learngraph.logic.compiled import ALWAYS
    >>> trees = {"A": ALWAYS, "B": ALWAYS, "C": Leaf(("A", "B"), Timing.BEFORE)}
    >>> some_set(trees, "C", {"A": 1, "B": 1, "C": 2})
    {'C': 2, 'A': 1}
    """
    chosen: dict[str, int] = {}
    queue = [key]
    while queue:
        one = queue.pop()
        if one in chosen:
            continue
        chosen[one] = terms[one]
        queue.extend(sorted(_cheapest(trees[one], terms[one], terms, chosen) or ()))
    return chosen


def _cheapest(node: Node, term: int, terms: Mapping[str, int], chosen: Collection[str]) -> frozenset[str] | None:
    """Give keys that meet a node in time, few that are not chosen yet; None where none do."""
    if isinstance(node, Leaf):
        in_time = [key for key in node.keys if terms[key] + node.before <= term]
        return frozenset((min(in_time, key=lambda key: (key not in chosen, terms[key])),)) if in_time else None
    ways = [way for part in node.parts if (way := _cheapest(part, term, terms, chosen)) is not None]
    if len(ways) < node.count:
        return None
    ways.sort(key=lambda way: len(way.difference(chosen)))
    return frozenset().union(*ways[: node.count])
