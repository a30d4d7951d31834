"""One learning explained as an adviser would: what it takes, when, what it opens, and what would help."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from learngraph.analysis.reaching.changes import Change, most_helpful_change
from learngraph.analysis.reaching.least import Fewest, Measure, fewest
from learngraph.analysis.reaching.necessity import Unlocks, necessary_for, unlocks
from learngraph.analysis.touched import impact
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.logic.compiled import Reading
from learngraph.logic.holding import conjuncts
from learngraph.logic.reasons import Why, way_to
from learngraph.markup import Table, Tabular
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, REQUIREMENT_RELATIONS
from learngraph.model.requirement import Need, needs
from learngraph.model.value import short
from learngraph.model.wording import in_words, listed

_SHOWN = 12  # keys of a list: the whole of it is in the fields
_READ_AS = {
    "neutral": "an any-of does without it, elsewhere it counts as met",
    "met": "it counts as met",
    "unmet": "it counts as not met",
}


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Tabular):
    """What a learning takes, when it can be taken, what it opens, and which single change would help most.

    `asks` is what must hold by itself, in words, by relation. `way` is one of the quickest ways to it, term by
    term, empty where there is none; `necessary` lies on every way. `programs` need it, by their plans or for
    admission. `missing` is what it requires and the catalogue does not have, taken by the `reading`. `least` are
    the smallest sets that reach it, where they were asked for. Its text is made of paragraphs.
    """

    learning: Learning
    asks: Mapping[str, tuple[str, ...]]
    why: Why
    way: Mapping[int, tuple[str, ...]]
    necessary: tuple[str, ...]
    opens: Unlocks
    change: Change | None
    programs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reading: Reading = "neutral"
    least: tuple[Fewest, ...] = ()

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
        if self.missing:
            yield f"not in the catalogue: {listed(self.missing, most=_SHOWN)} ({_READ_AS[self.reading]})"
        if self.necessary:
            yield f"on every way to it: {_counted(self.necessary)}"
        yield from (one.words for one in self.least)

    def _when(self) -> Iterator[str]:
        yield str(self.why)
        if len(self.way) > 1:
            yield "one of the quickest ways:"
            for term, keys in self.way.items():
                yield f"  term {term}: {', '.join(keys)}"

    def _opens(self) -> Iterator[str]:
        if not (self.opens.now or self.opens.ever):
            yield "nothing that is closed without it"
        if self.programs:
            yield f"it counts in {_counted(self.programs, noun='program')}"
        if self.opens.now:
            yield f"in the next term: {_counted(self.opens.now)}"
        if self.opens.ever:
            yield f"never without it: {_counted(self.opens.ever)}"

    def _no_change(self) -> str:
        if self.why.term == 1:
            return "nothing: it can be taken in the first term"
        return "no single change to one requirement lets it be taken earlier"

    def to_json(self) -> dict[str, Any]:
        """Give what `--format json` writes: the format's name, and all that the explanation holds."""
        return {
            "format": "learngraph-explanation/1",
            "key": self.learning.key,
            "name": self.learning.name,
            "asks": {relation: list(words) for relation, words in self.asks.items()},
            "earliest_term": self.why.term,
            "why": str(self.why),
            "way": [{"term": term, "keys": list(keys)} for term, keys in self.way.items()],
            "necessary": list(self.necessary),
            "opens_now": list(self.opens.now),
            "never_otherwise": list(self.opens.ever),
            "programs": list(self.programs),
            "missing": list(self.missing),
            "change": str(self.change) if self.change else None,
            "least": [{"of": one.of, "keys": list(one.keys), "optimal": one.optimal} for one in self.least],
        }

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
        return f"<Explanation of {short(self.learning.key)}: {when}, {len(self.opens.ever)} never without it>"


def explain(graph: LearningGraph, *, key: str, unknown: Reading = "neutral", least: bool = False) -> Explanation:
    """Explain one learning: what it takes to reach it, what it unlocks, and why it cannot be reached.

    Parameters
    ----------
    unknown
        How conditions and references to what is not in the graph are read, as in `attainability`.
    least
        Whether to look for the fewest learnings and the fewest credits, too (needs the extra `solver`).

    Raises
    ------
    UnknownKeyError
        where the graph has no such learning.
    MissingExtraError
        where `least` is asked for and the solver is not installed.

    Examples
    --------
    >>> import learngraph as lg
    >>> explain(lg.examples.university(), key="CS 320")
    <Explanation of 'CS 320': term 3, 0 never without it>
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
        impact(graph, keys=[key]).programs,
        tuple(dict.fromkeys(need.key for need in _needs(learning) if graph.index.is_missing(need.key))),
        unknown,
        tuple(fewest(graph, key=key, of=of, unknown=unknown) for of in get_args(Measure)) if least else (),
    )


def _asks(graph: LearningGraph, learning: Learning) -> Iterator[tuple[str, tuple[str, ...]]]:
    for relation in REQUIREMENT_RELATIONS:
        if requirements := learning.requirements(relation):
            parts = (part for requirement in requirements for part in conjuncts(requirement))
            yield relation.field, tuple(in_words(part, graph.options.scale) for part in parts)


def _needs(learning: Learning) -> Iterator[Need]:
    for relation in BINDING:
        yield from needs(learning.requirements(relation))


def _counted(keys: Sequence[str], *, noun: str = "") -> str:
    if len(keys) == 1:
        return keys[0]
    return f"{len(keys):,}{f' {noun}s' if noun else ''} ({listed(keys, most=_SHOWN)})"
