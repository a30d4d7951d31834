"""All that the page's script knows of a catalogue: learnings by number, what joins them, and maps."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from learngraph.analysis.measuring.classic import NAMES, Metrics
from learngraph.findings import Findings
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import Attainability
from learngraph.model.grades import GradeScale
from learngraph.model.learning import Learning
from learngraph.model.relation import Relation
from learngraph.plotting.mapping import map_of
from learngraph.report.map_data import RELATIONS, Row, map_data
from learngraph.report.pages import Page
from learngraph.report.texts import asks, number, shown


def page_data(
    graph: LearningGraph, *, measured: Metrics, reach: Attainability, findings: Findings, pages: Iterable[Page]
) -> dict[str, Any]:
    """Give what the script reads.

    `nodes` has learnings in graph order, then achievements, then what is referred to and not there; everything
    else names them by their numbers. `edges` has three numbers an edge: needed, learning, relation.

    Examples
    --------
    >>> import learngraph as lg
    >>> graph = lg.LearningGraph([lg.Course(key="B", prerequisites=["A"])])
    >>> data = page_data(graph, measured=lg.metrics(graph), reach=lg.attainability(graph), findings=lg.Findings(),
    ...                  pages=())
    >>> data["nodes"], data["edges"]
    ({'key': ['B', 'A'], 'name': ['', ''], 'kind': ['course', 'missing']}, [1, 0, 0])
    """
    number_of, scale = _numbers(graph), graph.options.scale
    counts = Counter(one.subject for one in findings)
    return {
        "relations": [relation.value for relation in RELATIONS],
        "metrics": list(NAMES),
        "nodes": _nodes(graph, number_of),
        "learnings": [_learning(one, scale, measured, reach, counts) for one in graph],
        "edges": [part for edge in dict.fromkeys(_edges(graph, number_of)) for part in edge],
        "pages": [_page(page, graph, scale, number_of, reach) for page in pages],
    }


def _numbers(graph: LearningGraph) -> Mapping[str, int]:
    granted = (graph.index.resolve(one.achievement) for learning in graph for one in learning.outcomes)
    referred = (one.needed for one in graph.index.references)
    keys = dict.fromkeys((*(one.key for one in graph), *graph.achievements, *referred, *granted))
    return {key: place for place, key in enumerate(keys)}


def _nodes(graph: LearningGraph, number_of: Mapping[str, int]) -> dict[str, list[str]]:
    known: dict[str, tuple[str, str]] = {one.key: (one.name or "", one.type) for one in graph}
    known.update({key: (one.name or "", "achievement") for key, one in graph.achievements.items()})
    found = [known.get(key, ("", "missing")) for key in number_of]
    return {
        "key": [shown(key) for key in number_of],
        "name": [shown(name) for name, _ in found],
        "kind": [kind for _, kind in found],
    }


def _learning(
    learning: Learning, scale: GradeScale, measured: Metrics, reach: Attainability, counts: Mapping[str, int]
) -> Row:
    numbers = measured.courses.get(learning.key)
    asked = [[RELATIONS.index(relation), words] for relation, words in asks(learning, scale)]
    return [
        number(learning.duration),
        shown(learning.duration_unit or ""),
        reach.terms[learning.key],
        [number(getattr(numbers, name)) for name in NAMES] if numbers else None,
        asked,
        counts[learning.key],
    ]


def _edges(graph: LearningGraph, number_of: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    relation_number = {relation: place for place, relation in enumerate(RELATIONS)}
    for one in graph.index.references:
        yield number_of[one.needed], number_of[one.learning], relation_number[one.relation]
    for learning in graph:
        for outcome in learning.outcomes:
            granted = number_of[graph.index.resolve(outcome.achievement)]
            yield number_of[learning.key], granted, relation_number[Relation.OUTCOME]


def _page(
    page: Page, graph: LearningGraph, scale: GradeScale, number_of: Mapping[str, int], reach: Attainability
) -> dict[str, Any]:
    drawn = map_of(graph, page.keys, reach.terms, relations=tuple(Relation))
    return {
        "kind": page.kind,
        "title": shown(page.title),
        "inside": [number_of[key] for key in page.keys],
        "map": map_data(drawn, number_of, scale),
    }
