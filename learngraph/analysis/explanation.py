"""One learning explained as an adviser would: what it takes, when, what it opens, and what would help."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from learngraph.analysis.changes import Change, most_helpful_change
from learngraph.analysis.necessity import Unlocks, necessary_for, unlocks
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.logic.compiled import Reading, conjuncts
from learngraph.logic.reasons import Why, way_to
from learngraph.markup import Table, Tabular
from learngraph.model.learning import Learning
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.wording import in_words

_SHOWN = 12  # keys of a list: the whole of it is in the fields


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Tabular):
    """What a learning takes, when it can be taken, what it opens, and which single change would help most.

    `asks` is what must hold by itself, in words, by relation. `way` is one of the quickest ways to it, term by
    term, empty where there is none; `necessary` lies on every way. Its text is made of paragraphs.
    """

    learning: Learning
    asks: Mapping[str, tuple[str, ...]]
    why: Why
    way: Mapping[int, tuple[str, ...]]
    necessary: tuple[str, ...]
    opens: Unlocks
    change: Change | None

    @property
    def paragraphs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Headings, each with its lines."""
        return (
            ("What it takes", tuple(self._takes())),
            ("When", tuple(self._when())),
            ("What it opens", tuple(self._opens())),
            ("What would help most", (str(self.change) if self.change else self._no_change(),)),
        )

    @property
    def table(self) -> Table:
        """A row a line of the text."""
        return Table(("part", "text"), [(head, line) for head, lines in self.paragraphs for line in lines])

    def _takes(self) -> Iterator[str]:
        for relation, words in self.asks.items():
            yield f"{relation}: {words[0]}" if len(words) == 1 else f"{relation}, all of these:"
            yield from (f"  {one}" for one in words if len(words) > 1)
        if not self.asks:
            yield "nothing: it can be taken at once"
        if self.necessary:
            yield f"on every way to it: {_listed(self.necessary)}"

    def _when(self) -> Iterator[str]:
        yield str(self.why)
        if len(self.way) > 1:
            yield "one of the quickest ways:"
            for term, keys in self.way.items():
                yield f"  term {term}: {', '.join(keys)}"

    def _opens(self) -> Iterator[str]:
        if not (self.opens.now or self.opens.ever):
            yield "nothing that is closed without it"
        if self.opens.now:
            yield f"in the next term: {_listed(self.opens.now)}"
        if self.opens.ever:
            yield f"never without it: {_listed(self.opens.ever)}"

    def _no_change(self) -> str:
        if self.why.term == 1:
            return "nothing: it can be taken in the first term"
        return "no single change to one requirement lets it be taken earlier"

    def __str__(self) -> str:
        name = f" {self.learning.name}" if self.learning.name else ""
        size = (
            "" if self.learning.duration is None else f" ({self.learning.duration} {self.learning.duration_unit or ''}"
        )
        parts = [f"{self.learning.key}{name}{size.rstrip()}{')' if size else ''}"]
        for head, lines in self.paragraphs:
            parts.append("\n".join((head, *(f"  {line}" for line in lines))))
        return "\n\n".join(parts)

    def __repr__(self) -> str:
        when = "never" if self.why.term is None else f"term {self.why.term}"
        return f"<Explanation of {self.learning.key}: {when}, {len(self.opens.ever)} never without it>"


def explain(graph: LearningGraph, *, key: str, unknown: Reading = "neutral") -> Explanation:
    """Explain one learning: what it takes to reach it, what it unlocks, and why it cannot be reached.

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
    >>> import learngraph as lg
    >>> explain(lg.examples.university(), key="CS 320")
    <Explanation of CS 320: term 3, 0 never without it>
    """
    learning = graph[key]
    reach = attainability(graph, unknown=unknown)
    way = way_to(key, reach.parts, reach.terms) if reach.terms[key] else {}
    return Explanation(
        learning,
        dict(_asks(graph, learning)),
        reach.why(key),
        {term: tuple(sorted(one for one in way if way[one] == term)) for term in sorted(set(way.values()))},
        necessary_for(graph, key=key, unknown=unknown),
        unlocks(graph, done=[key], unknown=unknown),
        most_helpful_change(graph, key=key, unknown=unknown),
    )


def _asks(graph: LearningGraph, learning: Learning) -> Iterator[tuple[str, tuple[str, ...]]]:
    for relation in REQUIREMENT_RELATIONS:
        if requirements := learning.requirements(relation):
            parts = (part for requirement in requirements for part in conjuncts(requirement))
            yield relation.field, tuple(in_words(part, graph.options.scale) for part in parts)


def _listed(keys: Iterable[str]) -> str:
    named = tuple(keys)
    more = f" and {len(named) - _SHOWN:,} more" if len(named) > _SHOWN else ""
    return f"{len(named):,} ({', '.join(named[:_SHOWN])}{more})" if len(named) > 1 else named[0]
