"""From a graph to a map of it: every box, junction and line with its place."""

from collections.abc import Iterable, Mapping

from learngraph.analysis.degree_plans.terms import degree_plan_of, terms_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.value import InvalidValueError, short
from learngraph.plotting.crossings import few_crossings
from learngraph.plotting.heights import heights_of
from learngraph.plotting.junctions import parts_of
from learngraph.plotting.map_values import CurriculumMap
from learngraph.plotting.placing import Placing, half_heights
from learngraph.plotting.standing import standing_of
from learngraph.plotting.tracks import tracks_of


def curriculum_map(
    graph: LearningGraph,
    *,
    terms: str | DegreePlan | Mapping[str, int | None] | None = None,
    keys: Iterable[str] | None = None,
    relations: Iterable[Relation | str] = REQUIREMENT_RELATIONS,
) -> CurriculumMap:
    """Lay out a curriculum: terms are columns, and lines run from what is needed to what needs it.

    Columns are terms, and of a whole degree plan the empty ones as well. Learnings of one term that build
    on one another (corequisites, recommendations) stand in several lanes of it, and what cannot be reached,
    or has no term, in a last column. An any-of, an at-least, and an all-of inside one of them is a junction
    just before its learning; alike ones of one lane are one junction. Single needs lead to the learning
    directly. Conditions are kept as texts of the node that asks for them. What the shown learnings name and
    is not shown itself stands there as well, as `outside`: in its own term where it has one, else in the
    term before the first that names it; what it needs is not drawn. An achievement that a shown learning
    grants stands as late as it can be in time for what needs it.
    Every line runs forward, x growing from source to target, but for those whose `way` says otherwise.

    The order in each column is that of few crossings, found by sweeps of means; it is the same each time,
    and ties keep the order of the graph. Units are those of the map: a learning's box is 1 wide and 0.7
    high, and x and y are the middle of a box, from the top left.

    Parameters
    ----------
    terms
        The key of a degree plan, a degree plan, or the term of each learning, from 1, None for what has
        none. By default the earliest terms of `attainability`, which a caller who draws many maps of one
        graph finds once and hands in.
    keys
        The learnings to show, by default all, or all that have a term where terms are given.
    relations
        Which of prerequisites, corequisites, recommendations and outcomes to show, one or several, by default all
        but outcomes: achievements are then there where something needs them.

    Raises
    ------
    UnknownPlanError
        where the graph has no such degree plan.
    UnknownKeyError
        where one of the keys is no learning of the graph.
    InvalidValueError
        where a relation is none of the four, or a term is no whole number from 1.

    Examples
    --------
    >>> import learngraph as lg
    >>> graph = lg.LearningGraph([lg.Course(key="C", prerequisites=["A", {"any": ["B", "X"]}]),
    ...                           lg.Course(key="A"), lg.Course(key="B")])
    >>> drawn = curriculum_map(graph)
    >>> drawn
    <CurriculumMap: 4 boxes, 1 junctions, 4 edges, 2 columns>
    >>> [(node.label, node.kind.value, node.term) for node in drawn.nodes][2:]
    [('B', 'course', 1), ('X', 'missing', None), ('any of', 'any', None)]
    """
    known, shown = _terms_and_keys(graph, terms, keys)
    wanted = _relations(relations)
    if terms is None or isinstance(terms, Mapping):
        return map_of(graph, shown, known, relations=wanted)
    planned = len(degree_plan_of(graph, terms).terms) if keys is None else 0
    return map_of(graph, shown, known, relations=wanted, never="Not planned", planned=planned)


def map_of(
    graph: LearningGraph,
    shown: tuple[str, ...],
    known: Mapping[str, int | None],
    *,
    relations: tuple[Relation, ...] = REQUIREMENT_RELATIONS,
    never: str = "Out of reach",
    planned: int = 0,
) -> CurriculumMap:
    """Lay out learnings of a graph, given in its order, by terms that were looked at: see `curriculum_map`.

    `never` is the name of the column of what has no term; so many terms have a column, even where it is empty.
    """
    standing = standing_of(graph, shown, known, relations)
    parts = parts_of(graph, standing, shown, relations)
    links = tuple(parts.links.values())
    tracks = tracks_of(parts.parts, links, planned)
    half = half_heights(parts.parts, tracks)
    mates = {parts.number[key]: parts.number[first] for key, first in standing.mates.items()}
    lanes = few_crossings(tracks, half, mates)
    y = heights_of(tracks, lanes, half, len(parts.parts), mates)
    placing = Placing.of(parts, tracks, known, y)
    columns = tuple(placing.columns(never))
    return CurriculumMap(
        tuple(placing.node(number) for number in range(len(parts.parts))),
        tuple(map(placing.edge, links)),
        columns,
        columns[-1].right if columns else 0.0,
        max((y[spot] + half[spot] for spot in range(len(half))), default=0.0),
    )


def _relations(relations: Iterable[Relation | str]) -> tuple[Relation, ...]:
    wanted, known = {relations} if isinstance(relations, str) else set(relations), tuple(Relation)
    for relation in wanted:
        if relation not in known:
            fault = f"{short(relation)} is none (write some of {', '.join(known)})"
            raise InvalidValueError("curriculum_map", (("relations", fault),))
    return tuple(relation for relation in known if relation in wanted)


def _terms_and_keys(
    graph: LearningGraph, terms: str | DegreePlan | Mapping[str, int | None] | None, keys: Iterable[str] | None
) -> tuple[Mapping[str, int | None], tuple[str, ...]]:
    """Give the term of each learning, and the keys to show in graph order."""
    known: Mapping[str, int | None]
    if terms is None:
        known = attainability(graph).terms
    elif isinstance(terms, Mapping):
        known = terms
        _refuse_odd_terms(terms)
    else:
        known = terms_of(graph, terms)
    asked = known.keys() if keys is None else {graph[key].key for key in keys}
    return known, tuple(learning.key for learning in graph if learning.key in asked)


def _refuse_odd_terms(terms: Mapping[str, object]) -> None:
    for key, term in terms.items():
        if term is not None and (isinstance(term, bool) or not isinstance(term, int) or term < 1):
            fault = f"{short(term)} is no term: write a whole number from 1, or None"
            raise InvalidValueError("curriculum_map", ((f"terms.{key}", fault),))
