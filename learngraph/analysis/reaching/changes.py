"""Which single change to the catalogue would help most to reach a learning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.logic.compiled import Branch, Leaf, Node, Reading, leaves, requirement_parts
from learngraph.logic.reasons import why_never, why_then
from learngraph.logic.scenarios import Parts, Scenarios, terms
from learngraph.logic.wording import node_in_words
from learngraph.model.relation import Timing


@dataclass(frozen=True, slots=True)
class Change:
    """One requirement of one learning, and what it would bring to loosen it.

    `together` says that what must come before may be taken at the same time; otherwise the requirement is
    taken out. `term` is the earliest term of `key` then. `earlier` counts the other learnings that could be
    taken earlier, too, and `freed` those of them that could never be reached before.
    """

    key: str
    learning: str
    requirement: str
    together: bool
    term: int
    earlier: int
    freed: int

    def __str__(self) -> str:
        if self.together:
            change = f"if {self.learning} could be taken at the same time as {self.requirement}"
        else:
            change = f"if {self.learning} did not ask for {self.requirement}"
        return f"{change}, {self.key} could be taken in term {self.term}{self._others()}"

    def _others(self) -> str:
        if not self.earlier:
            return ""
        some = "1 other" if self.earlier == 1 else f"{self.earlier:,} others"
        if not self.freed:
            return f"; {some} could be taken earlier, too"
        if self.freed == self.earlier:
            return f"; so could {some} that nobody can take now"
        return f"; {some} could be taken earlier, too, {self.freed:,} of which nobody can take now"


def most_helpful_change(graph: LearningGraph, *, key: str, unknown: Reading = "neutral") -> Change | None:
    """Find the one requirement that, loosened, helps most to take a learning earlier, or at all.

    Looked at are the requirements that hold it back, each by itself: what must come before may be taken at
    the same time, or, where none of these changes helps, the requirement is taken out. (To take out what a
    learning asks for itself is no answer where it can be reached.) Best is what brings most other learnings
    into reach, then the earliest term, then what lets most others be taken earlier, then what comes first on
    the way back from the learning. None where no single change helps.

    Raises
    ------
    UnknownKeyError
        where the graph has no such learning.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A", prerequisites=["B"]), Course(key="B", prerequisites=["C"]),
    ...                        Course(key="C", corequisites=["B"])])
    >>> change = most_helpful_change(graph, key="A")
    >>> change.learning, change.requirement, change.together, change.term, change.freed
    ('B', 'C', True, 2, 2)
    """
    graph[key]
    reach = attainability(graph, unknown=unknown)
    parts = requirement_parts(graph, unknown)
    holding = list(_holding_back(key, parts, reach.terms))
    candidates = [(place, True) for place in holding if _names_others(parts, *place)]
    candidates += [(place, False) for place in holding if place[0] != key or reach.terms[key] is None]
    best: tuple[tuple[bool, int, int, int], Change] | None = None
    for then, ((learning, place), together) in zip(_terms_if(parts, candidates), candidates, strict=True):
        term = then.get(key)
        if term is None or term >= (reach.terms[key] or term + 1):
            continue
        earlier = [other for other, when in then.items() if when < (reach.terms[other] or when + 1) and other != key]
        freed = sum(reach.terms[other] is None for other in earlier)
        words = node_in_words(parts[learning][place], bare=together)
        rank = (not together, -freed, term, -len(earlier))
        if best is None or rank < best[0]:
            best = rank, Change(key, learning, words, together, term, len(earlier), freed)
    return best[1] if best else None


def _names_others(parts: Parts, learning: str, place: int) -> bool:
    return any(other != learning for leaf in leaves(parts[learning][place]) for other in leaf.keys)


def _holding_back(key: str, parts: Parts, when: Mapping[str, int | None]) -> Iterator[tuple[str, int]]:
    """Give the requirements, by learning and place, that keep a learning from being taken earlier, or ever."""
    if when[key] is None:
        for wait in why_never(key, parts, when):
            asked = set(wait.leaves)
            for place, tree in enumerate(parts[wait.key]):
                if asked & set(leaves(tree)):
                    yield wait.key, place
        return
    found = {key: None}
    for learning in (queue := [key]):  # grows on the way
        for wait in why_then(learning, parts[learning], when):
            for place, tree in enumerate(parts[learning]):
                if set(wait.leaves) & set(leaves(tree)):
                    yield learning, place
            new = [other for other in wait.keys if other in parts and other not in found and when[other] is not None]
            found.update(dict.fromkeys(new))
            queue.extend(new)


def _terms_if(parts: Parts, candidates: Sequence[tuple[tuple[str, int], bool]]) -> list[dict[str, int]]:
    """Give the earliest terms of all learnings after each change, one scenario a change."""
    loosened: dict[str, list[Node]] = {key: list(trees) for key, trees in parts.items()}
    allowed: dict[str, int] = {}
    for number, ((learning, place), together) in enumerate(candidates):
        leave = f"\0change\0{number}"  # a learning of nobody's, done in this scenario only
        allowed[leave] = 1 << number
        permitted = Leaf((leave,), Timing.BEFORE)
        instead: Node = permitted
        if together:
            instead = Branch(2, (permitted, _together(parts[learning][place])))
        loosened[learning][place] = Branch(1, (loosened[learning][place], instead))
    found: list[dict[str, int]] = [{} for _ in candidates]
    for term, new in enumerate(terms(loosened, Scenarios(len(candidates), given=allowed)), start=1):
        for key, mask in new.items():
            for number, then in enumerate(found):
                if mask >> number & 1:
                    then[key] = term
    return found


def _together(node: Node) -> Node:
    if isinstance(node, Leaf):
        timing = Timing.BEFORE_OR_WITH if node.timing is Timing.BEFORE else node.timing
        return Leaf(node.keys, timing, node.needs)
    return Branch(node.count, tuple(map(_together, node.parts)))
