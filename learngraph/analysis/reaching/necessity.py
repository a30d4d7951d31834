"""What nobody gets past, and what a set of learnings opens."""

from collections.abc import Iterable
from dataclasses import dataclass

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.compiled import Reading, requirement_parts
from learngraph.logic.scenarios import Scenarios, attained, needed_by, terms
from learngraph.markup import Table, Tabular


def necessary_for(graph: LearningGraph, *, key: str, unknown: Reading = "neutral") -> tuple[str, ...]:
    """Give the learnings without which a learning cannot be reached, in graph order.

    Each of them lies on every way to it, whatever alternatives are chosen; the learning itself is not named.
    A learning with an equivalent is not necessary where the equivalent will do. Nothing is necessary for
    what can never be reached: `attainability(graph).why(key)` says what stands in the way.

    Parameters
    ----------
    unknown
        How conditions and references to what is not in the graph are read, as in `attainability`.

    Raises
    ------
    UnknownKeyError
        where the graph has no such learning.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]), Course(key="C"),
    ...                        Course(key="D", prerequisites=[{"any": ["B", {"all": ["A", "C"]}]}])])
    >>> necessary_for(graph, key="D")
    ('A',)
    """
    graph[key]
    parts = requirement_parts(graph, unknown)
    relevant = needed_by(parts, [key])
    without = {other: 1 << place for place, other in enumerate(relevant)}
    scenarios = Scenarios(len(relevant) + 1, closed=without)  # in the last one nothing is missing
    reached = attained({other: parts[other] for other in relevant if other in parts}, scenarios).get(key, 0)
    if not reached >> len(relevant):
        return ()
    found = {other for other, mask in without.items() if other != key and not reached & mask}
    return tuple(learning.key for learning in graph if learning.key in found)


@dataclass(frozen=True, slots=True, repr=False)
class Unlocks(Tabular):
    """What becomes open after `done`: `now`, in the next term, and `ever`, in the long run; in graph order."""

    done: tuple[str, ...]
    now: tuple[str, ...]
    ever: tuple[str, ...]

    @property
    def table(self) -> Table:
        """A row a learning, with whether it is open now and whether it never is otherwise."""
        both = dict.fromkeys((*self.now, *self.ever))
        now, ever = set(self.now), set(self.ever)
        return Table(("key", "now", "never otherwise"), [(key, key in now, key in ever) for key in both])

    def __repr__(self) -> str:
        return f"<Unlocks after {len(self.done)} learnings: {len(self.now)} open now, {len(self.ever)} never otherwise>"


def unlocks(graph: LearningGraph, *, done: Iterable[str], unknown: Reading = "neutral") -> Unlocks:
    """Say what becomes open once a set of learnings is completed.

    **Now** is what can be taken in the next term by somebody who has completed just these, and not by
    somebody who has completed nothing. **Ever** is what can be reached, sooner or later, by somebody who has
    completed them, and never by somebody who will not take any of them. So what has another way in is open
    now and not among what is never open otherwise.

    Grades count as reached. That the learnings of `done` could be reached is not asked.

    Raises
    ------
    UnknownKeyError
        where the graph has no such learning.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="X"), Course(key="B", prerequisites=["A"]),
    ...     Course(key="C", prerequisites=["B"]), Course(key="D", prerequisites=[{"any": ["A", "X"]}])])
    >>> unlocks(graph, done=["A"]).now, unlocks(graph, done=["A"]).ever
    (('B', 'D'), ('B', 'C'))
    """
    given = tuple(dict.fromkeys(graph[key].key for key in done))
    parts = requirement_parts(graph, unknown)
    next_term = next(terms(parts, Scenarios(2, given=dict.fromkeys(given, 0b01))), {})
    scenarios = Scenarios(2, given=dict.fromkeys(given, 0b01), closed=dict.fromkeys(given, 0b10))
    reached = attained(parts, scenarios)
    return Unlocks(
        given,
        tuple(key for key in parts if key not in given and next_term.get(key) == 0b01),
        tuple(key for key in parts if key not in given and reached.get(key) == 0b01),
    )
