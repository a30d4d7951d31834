"""The courses as a plain table, for browsers that run no scripts; only of catalogues that are not too large for it."""

from dataclasses import dataclass

from learngraph.analysis.measuring.classic import NAMES, Metrics
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import Attainability
from learngraph.report.texts import asks, number, shown

_MOST = 1_000  # learnings


@dataclass(frozen=True, slots=True)
class Row:
    """A learning: key, name, earliest term, metrics in the order of their names, and what it asks for in words."""

    key: str
    name: str
    term: str
    numbers: tuple[str, ...]
    asks: str


def rows_of(graph: LearningGraph, measured: Metrics, reach: Attainability) -> tuple[Row, ...] | None:
    """Give a row a learning, in graph order; None where there are too many.

    Examples
    --------
    >>> import learngraph as lg
    >>> graph = lg.LearningGraph([lg.Course(key="A"), lg.Course(key="B", prerequisites=["A"])])
    >>> rows = rows_of(graph, lg.metrics(graph), lg.attainability(graph))
    >>> [row.asks for row in rows or ()]
    ['', 'prerequisite: A']
    """
    if len(graph) > _MOST:
        return None
    scale = graph.options.scale
    return tuple(
        Row(
            shown(one.key),
            shown(one.name or ""),
            str(reach.terms[one.key] or "never"),
            _numbers(measured, one.key),
            ". ".join(f"{relation.value}: {words}" for relation, words in asks(one, scale)),
        )
        for one in graph
    )


def _numbers(measured: Metrics, key: str) -> tuple[str, ...]:
    numbers = measured.courses.get(key)
    return tuple(f"{number(getattr(numbers, name)):,}" if numbers else "" for name in NAMES)
