"""What can ever be reached, and in which term at the earliest.

Term by term: in each term everything is taken that can be. That is the largest set whose prerequisites
were met in earlier terms and whose corequisites are met earlier or inside the set itself, so that two
learnings that ask for one another at the same time are no obstacle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from learngraph.graph.learning_graph import LearningGraph, UnknownKeyError
from learngraph.graph.query import behind_circles
from learngraph.logic.compiled import Compiler, Node, Reading, requirement_parts
from learngraph.logic.numbered import earliest_terms
from learngraph.logic.reasons import Why, why_never, why_then
from learngraph.markup import Table, Tabular
from learngraph.model.wording import listed

_SHOWN = 10  # learnings in a line


@dataclass(frozen=True, slots=True, repr=False)
class Attainability(Tabular):
    """The earliest term of each learning, from 1; None for what can never be reached."""

    terms: Mapping[str, int | None]
    parts: Mapping[str, tuple[Node, ...]] = field(default_factory=dict, compare=False)  #: what `why` looks at

    @property
    def unattainable(self) -> tuple[str, ...]:
        """The keys of what can never be reached, in graph order."""
        return tuple(key for key, term in self.terms.items() if term is None)

    def why(self, key: str) -> Why:
        """Say what holds a learning back: why it can be taken no earlier, or never.

        Raises
        ------
        UnknownKeyError
            where there is no such learning.

        Examples
        --------
        >>> import learngraph as lg
        >>> graph = lg.LearningGraph([lg.Course(key="A", prerequisites=["B"]), lg.Course(key="B", corequisites=["A"])])
        >>> print(lg.attainability(graph).why("A"))
        A can never be taken: A needs B before it; B needs A before it or at the same time, so they wait for one another
        """
        if key not in self.terms:
            raise UnknownKeyError(key)
        term = self.terms[key]
        if term is None:
            return Why(key, None, why_never(key, self.parts, self.terms))
        return Why(key, term, why_then(key, self.parts[key], self.terms))

    @property
    def table(self) -> Table:
        """A row a learning, with its earliest term."""
        return Table(("key", "term"), list(self.terms.items()))

    def _notes(self) -> Iterator[str]:
        if self.unattainable:
            yield f"out of reach: {listed(self.unattainable, most=_SHOWN)}"

    def __repr__(self) -> str:
        latest = max((term for term in self.terms.values() if term), default=0)
        return f"<Attainability: {len(self.terms)} learnings in {latest} terms, {len(self.unattainable)} out of reach>"


def attainability(graph: LearningGraph, *, unknown: Reading = "neutral") -> Attainability:
    """Find the earliest term of each learning when nothing but its requirements holds it back.

    Prerequisites and corequisites count, recommendations do not. Grades can always be reached. A
    corequisite that must be taken "with" may be put off, so it is read as "before or with". What
    `equivalents` name counts as the learning. An achievement is there once a learning that grants it was
    completed.

    Parameters
    ----------
    unknown
        How conditions, references to what is not in the graph, and achievements that nothing in it
        grants are read. "neutral": they vanish from an any-of or at-least that has another branch, and
        count as met elsewhere. "met" and "unmet" say so everywhere.

    Raises
    ------
    InvalidValueError
        where `unknown` is none of the three.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="B", prerequisites=["A"], corequisites=["L"]), Course(key="A"),
    ...                        Course(key="L", corequisites=["B"]), Course(key="X", prerequisites=["X"])])
    >>> dict(attainability(graph).terms)
    {'B': 2, 'A': 1, 'L': 2, 'X': None}
    """
    parts = requirement_parts(graph, unknown)
    return Attainability(earliest_terms(parts), parts)


def out_of_reach(graph: LearningGraph) -> tuple[str, ...]:
    """Give what `attainability(graph).unattainable` gives: what is unknown holds nobody back, so only circles do.

    Nothing is asked of the learnings that no circle stands before, which are most of a catalogue.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> out_of_reach(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])]))
    ()
    """
    behind = behind_circles(graph)
    if not behind:
        return ()
    compiler = Compiler(graph, "neutral")
    parts = {learning.key: compiler.parts(learning) if learning.key in behind else () for learning in graph}
    return tuple(key for key, term in earliest_terms(parts).items() if term is None)
