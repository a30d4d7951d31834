"""Best and worst cases by brute force: every choice as a graph of its own, every path of it written out."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import TypeAlias

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from learngraph import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Course,
    LearningGraph,
    Need,
    Options,
    Requirement,
    metric_ranges,
)
from tests.property.strategies import requirements

_NAMES = ("blocking", "delay", "centrality", "complexity")
_KEYS = tuple("ABCDEF")
Edges: TypeAlias = Mapping[str, frozenset[str]]
Numbers: TypeAlias = dict[str, tuple[Fraction, ...]]


def _neutral(tree: Requirement) -> Requirement | None:
    """What is left of a tree without conditions and what is no course."""
    if isinstance(tree, Need):
        return tree if tree.key in _KEYS else None
    if isinstance(tree, Condition):
        return None
    left = [rest for part in tree.of if (rest := _neutral(part)) is not None]
    if not left:
        return None
    return AtLeast(min(tree.count, len(left)), left) if isinstance(tree, AtLeast) else type(tree)(left)


def _taken(tree: Requirement) -> Iterator[frozenset[str]]:
    """What each choice requires, as often as there is a choice."""
    if isinstance(tree, Need):
        yield frozenset((tree.key,))
        return
    assert not isinstance(tree, Condition)
    count = {AnyOf: 1, AllOf: len(tree.of)}.get(type(tree), getattr(tree, "count", 0))
    for parts in combinations(tree.of, count):
        for several in product(*(list(_taken(part)) for part in parts)):
            yield frozenset().union(*several)


def _all_choices(graph: LearningGraph) -> list[Edges]:
    trees = [(one.key, _neutral(tree)) for one in graph for tree in (*one.prerequisites, *one.corequisites)]
    options = [(key, list(_taken(tree))) for key, tree in trees if tree is not None]
    found: list[Edges] = []
    for chosen in product(*(taken for _, taken in options)):
        edges: dict[str, frozenset[str]] = {one.key: frozenset() for one in graph}
        for (key, _), taken in zip(options, chosen, strict=True):
            edges[key] |= taken
        found.append(edges)
    return found


def _paths(before: Edges, end: str) -> list[tuple[str, ...]]:
    """All paths that begin where they can and end with a course."""
    return [(*path, end) for other in before[end] for path in _paths(before, other)] if before[end] else [(end,)]


def _measured(before: Edges, *, quarter: bool) -> Numbers:
    needed = frozenset().union(*before.values())
    paths = [path for end in before if end not in needed for path in _paths(before, end)]
    found: Numbers = {}
    for key in before:
        later = {other for path in paths if key in path for other in path[path.index(key) + 1 :]}
        delay = max(len(path) for path in paths if key in path)
        centrality = sum(len(path) for path in paths if key in path[1:-1])
        whole = Fraction(len(later) + delay)
        complexity = Fraction(round(whole * 20 / 3), 10) if quarter else whole
        found[key] = (Fraction(len(later)), Fraction(delay), Fraction(centrality), complexity)
    found["total"] = tuple(sum(column, Fraction()) for column in zip(*found.values(), strict=True))
    return found


@st.composite
def _catalogues(draw: st.DrawFn) -> LearningGraph:
    """Courses that require only what comes before them, given in any order."""
    made = []
    for number, key in enumerate(_KEYS):
        references = st.sampled_from((*_KEYS[:number], *_KEYS[:number], "X"))
        some = st.lists(references, min_size=3, max_size=4).map(lambda keys: AtLeast(2, keys))
        one = some | requirements(references, durations=False, with_grades=False, max_leaves=4)
        trees, together = draw(st.lists(one, max_size=2)), draw(st.lists(one, max_size=1) | st.just([]))
        made.append(Course(key=key, prerequisites=trees, corequisites=together))
    system = draw(st.sampled_from(("semester", "quarter")))
    return LearningGraph(draw(st.permutations(made)), options=Options(system_type=system))


def _ends(numbers: Sequence[Numbers], key: str, place: int) -> tuple[Fraction, Fraction]:
    column = [one[key][place] for one in numbers]
    return min(column), max(column)


@settings(max_examples=200, deadline=None)
@given(graph=_catalogues(), up_to=st.sampled_from((0, 1, 8, 4096)))
def test_both_ends_are_those_of_all_choices(graph: LearningGraph, up_to: int) -> None:
    choices = _all_choices(graph)
    assume(len(choices) <= 2000)
    distinct = {tuple(edges.items()): edges for edges in choices}.values()
    numbers = [_measured(edges, quarter=graph.options.system_type == "quarter") for edges in distinct]

    found = metric_ranges(graph, enumerate_up_to=up_to)

    event(f"several choices: {len(choices) > 1}")
    assert found.choices == len(choices)
    for key, ranges in (*found.courses.items(), ("total", found.totals)):
        for place, name in enumerate(_NAMES):
            least, most = _ends(numbers, key, place)
            given_range = getattr(ranges, name)
            best, worst = Fraction(str(given_range.best)), Fraction(str(given_range.worst))
            assert best <= least <= most <= worst, (key, name)
            if given_range.exact:
                assert (best, worst) == (least, most), (key, name)
            if (key != "total" and name != "centrality") or up_to >= len(choices):
                assert given_range.exact, (key, name)
