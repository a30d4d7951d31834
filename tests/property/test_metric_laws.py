"""Metrics are what their definitions say, path by path, on graphs small enough to walk them all."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

import learngraph as lg
from learngraph.analysis.measuring.weights import Weight
from tests.builders import course

_WEIGHTS: tuple[Weight | None, ...] = (None, "credits")
_LETTERS = "HCAFBEGD"  # graph order is no alphabet


@st.composite
def curricula(draw: st.DrawFn, *, acyclic: bool) -> lg.LearningGraph:
    """Courses with prerequisites and corequisites among them, a stranger or two, and credits."""
    keys = draw(st.permutations(_LETTERS[: draw(st.integers(0, len(_LETTERS)))]))
    learnings = {}
    for place, key in enumerate(keys):
        known = [*keys[:place], "X"] if acyclic else [*keys, "X"]
        named = st.lists(st.sampled_from(known), max_size=3)
        learnings[key] = course(
            key, *draw(named), corequisites=draw(named), duration=draw(st.sampled_from((None, 0, 1, 3, 0.1, 4.5)))
        )
    return lg.LearningGraph(learnings[key] for key in _LETTERS if key in learnings)


def joined(graph: lg.LearningGraph, *, corequisites: bool = True) -> "nx.DiGraph[str]":
    """The courses of a graph and what they require, read from the learnings themselves."""
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(learning.key for learning in graph)
    for learning in graph:
        for requirement in (*learning.prerequisites, *(learning.corequisites if corequisites else ())):
            assert isinstance(requirement, lg.Need)
            if requirement.key in graph and requirement.key != learning.key:
                found.add_edge(requirement.key, learning.key)
    return found


def condensed(graph: lg.LearningGraph) -> tuple["nx.DiGraph[str]", dict[str, list[str]]]:
    """The graph of steps, each named by its first course, and the courses of each step."""
    whole = joined(graph)
    place = {learning.key: number for number, learning in enumerate(graph)}
    members = {}
    for circle in nx.strongly_connected_components(whole):
        inside = sorted(circle, key=place.__getitem__)
        members[inside[0]] = inside
    step = {key: first for first, inside in members.items() for key in inside}
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(members)
    found.add_edges_from((step[start], step[end]) for start, end in whole.edges if step[start] != step[end])
    return found, members


def all_paths(steps: "nx.DiGraph[str]") -> Iterator[list[str]]:
    """Every path from a step without any before it to one without any after it, one by one."""
    for start in steps:
        if not steps.in_degree(start):
            for end in steps:
                if start != end and not steps.out_degree(end):
                    yield from nx.all_simple_paths(steps, start, end)


def worth(graph: lg.LearningGraph, key: str) -> Fraction:
    return Fraction(str(graph[key].duration or 0))


def written(number: Fraction) -> float:
    return float(number)


@given(graph=curricula(acyclic=True))
def test_numbers_are_those_of_all_paths(graph: lg.LearningGraph) -> None:
    steps = joined(graph)
    paths = list(all_paths(steps))

    found = lg.metrics(graph).courses

    for key in steps:
        through = [path for path in paths if key in path]
        assert found[key].delay == max(map(len, through), default=1)
        assert found[key].centrality == sum(len(path) for path in through if key not in {path[0], path[-1]})
        assert found[key].blocking == len(nx.descendants(steps, key))
        assert found[key].reachability == len(nx.ancestors(steps, key))
        assert found[key].complexity == found[key].delay + found[key].blocking


@given(graph=curricula(acyclic=True))
def test_numbers_in_credits_are_those_of_all_paths(graph: lg.LearningGraph) -> None:
    steps = joined(graph)
    paths = list(all_paths(steps))

    found = lg.metrics(graph, weight="credits").courses

    def weight(keys: Mapping[str, object] | list[str] | set[str]) -> Fraction:
        return sum((worth(graph, key) for key in keys), Fraction(0))

    for key in steps:
        through = [path for path in paths if key in path]
        inside = [weight(path) for path in through if key not in {path[0], path[-1]}]
        assert found[key].delay == written(max(map(weight, through), default=worth(graph, key)))
        assert found[key].centrality == written(sum(inside, Fraction(0)))
        assert found[key].blocking == written(weight(nx.descendants(steps, key)))
        assert found[key].reachability == written(weight(nx.ancestors(steps, key)))


@given(graph=curricula(acyclic=False))
def test_circles_count_as_one_step(graph: lg.LearningGraph) -> None:
    whole = joined(graph)
    steps, members = condensed(graph)
    paths = list(all_paths(steps))

    found = lg.metrics(graph)

    for first, inside in members.items():
        through = [path for path in paths if first in path]
        for key in inside:
            numbers = found.courses[key]
            assert numbers.delay == max(map(len, through), default=1)
            assert numbers.centrality == sum(len(path) for path in through if first not in {path[0], path[-1]})
            assert numbers.blocking == len(nx.descendants(whole, key) - {key})
            assert numbers.reachability == len(nx.ancestors(whole, key) - {key})


@given(graph=curricula(acyclic=False), weight=st.sampled_from(_WEIGHTS))
def test_the_longest_paths_are_those_that_nothing_is_longer_than(
    graph: lg.LearningGraph, weight: Weight | None
) -> None:
    steps, members = condensed(graph)
    place = {learning.key: number for number, learning in enumerate(graph)}

    def length(path: list[str]) -> Fraction:
        if weight is None:
            return Fraction(len(path))
        return sum((max(worth(graph, key) for key in members[step]) for step in path), Fraction(0))

    paths = list(all_paths(steps))
    most = max(map(length, paths), default=Fraction(0))
    longest = sorted((path for path in paths if length(path) == most), key=lambda path: [place[key] for key in path])

    assert [list(path) for path in lg.longest_paths(graph, weight=weight)] == longest
    assert lg.longest_path_count(graph, weight=weight) == len(longest)
    assert list(lg.longest_path(graph, weight=weight)) == (longest[0] if longest else [])


@given(graph=curricula(acyclic=False))
def test_what_is_around_a_course_is_measured_as_if_it_were_alone(graph: lg.LearningGraph) -> None:
    whole = joined(graph)
    everywhere = lg.subcomplexities(graph)

    for learning in graph:
        kept = {learning.key, *nx.ancestors(whole, learning.key), *nx.descendants(whole, learning.key)}
        alone = lg.metrics(lg.LearningGraph(one for one in graph if one.key in kept))
        found = lg.subcomplexity(graph, key=learning.key)
        assert found.courses == {key: numbers.complexity for key, numbers in alone.courses.items()}
        assert everywhere.courses[learning.key] == found.total == alone.totals.complexity


@given(graph=curricula(acyclic=False), least=st.integers(1, 4))
def test_a_core_is_a_part_in_which_each_course_is_joined_to_enough_others(graph: lg.LearningGraph, least: int) -> None:
    left = joined(graph).to_undirected()
    while weak := [key for key in left if left.degree(key) < least]:
        left.remove_nodes_from(weak)

    assert {key for key, number in lg.coreness(graph).items() if number >= least} == set(left)


@given(graph=curricula(acyclic=False))
def test_parts_are_connected_and_in_the_order_of_study(graph: lg.LearningGraph) -> None:
    whole = joined(graph)
    parts = lg.connected_parts(graph)
    _, members = condensed(graph)
    step = {key: first for first, inside in members.items() for key in inside}
    place = {key: number for part in parts for number, key in enumerate(part)}

    assert {frozenset(part) for part in parts} == {frozenset(part) for part in nx.weakly_connected_components(whole)}
    assert len(place) == len(graph)
    assert all(place[start] < place[end] for start, end in whole.edges if step[start] != step[end])


def planned(graph: lg.LearningGraph, terms: list[int]) -> tuple[lg.DegreePlan, dict[str, int]]:
    """A plan with each course in the term that stands at its place; 0 for none."""
    term_of = {learning.key: term for learning, term in zip(graph, terms, strict=False) if term}
    plan = lg.DegreePlan(
        key="plan", terms=[[key for key, term in term_of.items() if term == number] for number in range(1, 5)]
    )
    return plan, term_of


_TERMS = st.lists(st.integers(0, 4), min_size=len(_LETTERS), max_size=len(_LETTERS))


@given(graph=curricula(acyclic=False), terms=_TERMS)
def test_numbers_of_plans_are_sums_over_edges_and_terms(graph: lg.LearningGraph, terms: list[int]) -> None:
    plan, term_of = planned(graph, terms)
    edges = [(term_of[start], term_of[end], end) for start, end in joined(graph).edges if {start, end} <= set(term_of)]
    totals = [sum((worth(graph, key) for key in term), Fraction(0)) for term in plan.terms]

    assert lg.knowledge_transfer(graph, plan=plan) == [
        sum(start <= cut < end for start, end, _ in edges) for cut in (1, 2, 3)
    ]
    assert lg.requisite_distance(graph, plan=plan).courses == {
        key: sum(end - start for start, end, other in edges if other == key) for key in term_of
    }
    balance = lg.credit_balance(graph, plan=plan)
    pairs = [abs(totals[one] - totals[other]) for one in range(4) for other in range(one + 1, 4)]
    assert balance.all_pairs == written(sum(pairs, Fraction(0)))
    assert balance.adjacent == written(sum((abs(totals[n] - totals[n + 1]) for n in range(3)), Fraction(0)))
    statistics = lg.term_statistics(graph, plan=plan)
    assert statistics.credits == tuple(map(written, totals))
    assert statistics.min_term == totals.index(min(totals)) + 1
    assert statistics.max_term == totals.index(max(totals)) + 1


@given(graph=curricula(acyclic=False), terms=_TERMS, last=st.integers(1, 5))
def test_deferment_counts_the_terms_in_which_nothing_related_stands(
    graph: lg.LearningGraph, terms: list[int], last: int
) -> None:
    plan, term_of = planned(graph, terms)
    whole = joined(graph, corequisites=False)

    found = lg.deferment(graph, plan=plan, last_term=last)

    for key, term in term_of.items():
        related = {key, *nx.ancestors(whole, key), *nx.descendants(whole, key)}
        taken = {term_of[other] for other in related if other in term_of}
        assert found[key] == 1 / (1 + len(set(range(term, last + 1)) - taken))


@given(graph=curricula(acyclic=False), terms=_TERMS, after=st.integers(0, 4))
def test_what_is_in_excess_is_measured_as_if_it_were_alone(
    graph: lg.LearningGraph, terms: list[int], after: int
) -> None:
    plan, term_of = planned(graph, terms)

    def around(*, corequisites: bool) -> lg.LearningGraph:
        whole = joined(graph, corequisites=corequisites)
        late = {key for key, term in term_of.items() if term > after}
        kept = late.union(*(nx.ancestors(whole, key) | nx.descendants(whole, key) for key in late))
        return lg.LearningGraph(one for one in graph if one.key in kept)

    late = [key for key, term in term_of.items() if term > after]
    alone = lg.metrics(around(corequisites=True))
    assert lg.transfer_delay(graph, plan=plan, after_term=after) == sum(alone.courses[key].delay for key in late)
    explained = lg.explained_complexity(graph, plan=plan, after_term=after)
    assert (explained.whole, explained.excess) == (lg.metrics(graph).totals.complexity, alone.totals.complexity)
    weighted = lg.explained_complexity(graph, plan=plan, after_term=after, weighted=True)
    assert weighted.excess == sum(numbers.complexity * term_of.get(key, 0) for key, numbers in alone.courses.items())
    strict = lg.metrics(around(corequisites=False), include_corequisites=False)
    delays = [strict.courses[key].delay for key in late]
    mean = sum(delays) / len(delays) if delays else 0.0
    assert lg.average_sequencing(graph, plan=plan, after_term=after) == mean


# ---- the order of plans


@st.composite
def ordered(draw: st.DrawFn) -> tuple[lg.LearningGraph, lg.DegreePlan, dict[str, int]]:
    """Courses with trees of requirements and equivalents, and a plan of them."""
    keys = "ABCDE"
    needs = st.builds(lg.Need, st.sampled_from(keys), timing=st.none() | st.sampled_from(lg.Timing))
    inner: st.SearchStrategy[lg.Requirement] = st.lists(needs, min_size=1, max_size=3).map(lg.AnyOf)
    trees = st.one_of(
        needs,
        inner,
        st.lists(needs | inner, min_size=1, max_size=3).map(lg.AllOf),
        st.lists(needs | inner, min_size=2, max_size=3).map(lambda parts: lg.AtLeast(2, parts)),
    )
    graph = lg.LearningGraph(
        course(
            key,
            *draw(st.lists(trees, max_size=2)),
            corequisites=draw(st.lists(trees, max_size=1)),
            equivalents=draw(st.lists(st.sampled_from(keys), max_size=1)),
        )
        for key in keys
    )
    return graph, *planned(graph, draw(_TERMS))


@given(case=ordered())
def test_a_plan_has_no_fault_where_each_requirement_holds_in_time(
    case: tuple[lg.LearningGraph, lg.DegreePlan, dict[str, int]],
) -> None:
    graph, plan, term_of = case

    def holds(tree: lg.Requirement, term: int, usual: lg.Timing) -> bool:
        match tree:
            case lg.Need():
                when = [term_of[key] for key in (tree.key, *graph[tree.key].equivalents) if key in term_of]
                match tree.timing or usual:
                    case lg.Timing.BEFORE:
                        return any(other < term for other in when)
                    case lg.Timing.WITH:
                        return term in when
                return any(other <= term for other in when)
            case lg.AnyOf():
                return any(holds(part, term, usual) for part in tree.of)
            case lg.AllOf():
                return all(holds(part, term, usual) for part in tree.of)
            case lg.AtLeast():
                return sum(holds(part, term, usual) for part in tree.of) >= tree.count
        raise AssertionError(tree)

    wrong = {
        key
        for key, term in term_of.items()
        if not all(holds(tree, term, lg.Timing.BEFORE) for tree in graph[key].prerequisites)
        or not all(holds(tree, term, lg.Timing.BEFORE_OR_WITH) for tree in graph[key].corequisites)
    }

    assert {fault.keys[1] for fault in lg.plan_faults(graph, plan=plan)} == wrong
