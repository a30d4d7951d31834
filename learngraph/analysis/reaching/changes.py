"""Which single change to the catalogue would help most to reach a learning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from learngraph.analysis.comparing.sides import each_bit
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.logic.compiled import Branch, Leaf, Node, Reading, leaves, requirement_parts
from learngraph.logic.holding import conjuncts
from learngraph.logic.scenarios import Parts, Scenarios, needed_by, terms
from learngraph.logic.wording import node_in_words
from learngraph.markup import Brief
from learngraph.model.relation import BINDING, Timing
from learngraph.model.wording import in_words

#: a requirement, by learning and place, and whether it may be met at the same time instead of going
_Candidate: TypeAlias = tuple[tuple[str, int], bool]

_FEW, _MUCH = 25, 1_000_000  # requirements that are taken out, and those times learnings


@dataclass(frozen=True, slots=True, repr=False)
class Change(Brief):
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

    Looked at are all requirements on all ways back from it, each by itself: what must come before may be taken at
    the same time, or, where none of these changes helps, the requirement is taken out. (To take out what a
    learning asks for itself is no answer where it can be reached.) Best is what brings most other learnings
    into reach, then the earliest term, then what lets most others be taken earlier, then what comes first on
    the way back from the learning. None where no single change helps. Of hundreds of requirements that could be
    taken out, those that come first on the way back are looked at, and the others are not.

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
    holding = _on_the_way_back(key, parts)
    shifted = [(place, True) for place in holding if _names_others(parts, *place)]
    dropped = [(place, False) for place in holding if place[0] != key or reach.terms[key] is None]
    most = max(_FEW, _MUCH // (1 + len(parts)))
    found = _best(graph, key, parts, reach.terms, shifted)
    return found or _best(graph, key, parts, reach.terms, dropped[:most])


def _best(
    graph: LearningGraph, key: str, parts: Parts, when: Mapping[str, int | None], candidates: Sequence[_Candidate]
) -> Change | None:
    """Give the change that helps most; of a tie the first."""
    best: tuple[tuple[int, int, int], Change] | None = None
    outcomes = _outcomes(key, parts, when, candidates)
    for outcome, ((learning, place), together) in zip(outcomes, candidates, strict=True):
        if outcome.term is None or outcome.term >= (when[key] or outcome.term + 1):
            continue
        rank = (-outcome.freed, outcome.term, -outcome.earlier)
        if best is None or rank < best[0]:
            words = _words(graph, learning, place, parts[learning][place], bare=together)
            best = rank, Change(key, learning, words, together, outcome.term, outcome.earlier, outcome.freed)
    return best[1] if best else None


def _names_others(parts: Parts, learning: str, place: int) -> bool:
    return any(other != learning for leaf in leaves(parts[learning][place]) for other in leaf.keys)


def _on_the_way_back(key: str, parts: Parts) -> list[tuple[str, int]]:
    """Give all requirements, by learning and place, that can keep a learning from being taken earlier, or ever."""
    return [(other, place) for other in needed_by(parts, [key]) for place in range(len(parts.get(other, ())))]


def _words(graph: LearningGraph, learning: str, place: int, node: Node, *, bare: bool) -> str:
    """Write a requirement as it stands in its tree; as it was written, where the tree leaves something out."""
    if _is_whole(node):
        return node_in_words(node, bare=bare)
    written = [
        part for relation in BINDING for tree in graph[learning].requirements(relation) for part in conjuncts(tree)
    ]
    return in_words(written[place])


def _is_whole(node: Node) -> bool:
    return isinstance(node, Leaf) or (bool(node.parts) and all(map(_is_whole, node.parts)))


class _Outcome(NamedTuple):
    """The term of the learning that is asked about, and how many others can be taken earlier, or at all."""

    term: int | None
    earlier: int
    freed: int


def _outcomes(
    key: str, parts: Parts, when: Mapping[str, int | None], candidates: Sequence[_Candidate]
) -> Iterator[_Outcome]:
    """Give what each change does."""
    loosened, scenarios = _loosened(parts, candidates)
    reached: dict[int, int] = {}
    earlier: list[int] = []
    freed: list[int] = []
    for term, new in enumerate(terms(loosened, scenarios), start=1):
        for other, mask in new.items():
            if other == key:
                reached.update(dict.fromkeys(each_bit(mask), term))
            elif term < (when[other] or term + 1):
                _count(earlier, mask)
                if when[other] is None:
                    _count(freed, mask)
    for number in range(len(candidates)):
        yield _Outcome(reached.get(number), _counted(earlier, number), _counted(freed, number))


def _loosened(parts: Parts, candidates: Sequence[_Candidate]) -> tuple[Parts, Scenarios]:
    """Give trees that each change makes easier to meet in a scenario of its own."""
    loosened: dict[str, list[Node]] = {key: list(trees) for key, trees in parts.items()}
    mark = _mark(parts)
    allowed: dict[str, int] = {}
    for number, ((learning, place), together) in enumerate(candidates):
        leave = f"{mark}{number}"  # a learning of nobody's, done in this scenario only
        allowed[leave] = 1 << number
        permitted = Leaf((leave,), Timing.BEFORE)
        instead: Node = permitted
        if together:
            instead = Branch(2, (permitted, _together(parts[learning][place])))
        loosened[learning][place] = Branch(1, (loosened[learning][place], instead))
    return loosened, Scenarios(len(candidates), given=allowed)


def _mark(parts: Parts) -> str:
    """Give how no key begins that is a learning's, or that requirements name."""
    keys = {key for trees in parts.values() for tree in trees for leaf in leaves(tree) for key in leaf.keys}
    mark = "\0change\0"
    while any(key.startswith(mark) for key in (*parts, *keys)):
        mark += "\0"
    return mark


def _count(sums: list[int], mask: int) -> None:
    """Add one to the sums of the scenarios in a mask; bit n of the number at place k is bit k of that of scenario n."""
    for place, number in enumerate(sums):
        sums[place], mask = number ^ mask, number & mask
    if mask:
        sums.append(mask)


def _counted(sums: Sequence[int], scenario: int) -> int:
    return sum((number >> scenario & 1) << place for place, number in enumerate(sums))


def _together(node: Node) -> Node:
    if isinstance(node, Leaf):
        timing = Timing.BEFORE_OR_WITH if node.timing is Timing.BEFORE else node.timing
        return Leaf(node.keys, timing, node.needs)
    return Branch(node.count, tuple(map(_together, node.parts)))
