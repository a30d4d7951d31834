"""Paths, parts and what is around courses, beyond what the golden numbers show."""

from collections.abc import Callable
from itertools import islice, pairwise
from typing import Any

import pytest

import learngraph as lg
from learngraph.analysis.measuring.network import course_network
from learngraph.analysis.measuring.parts import Parts
from tests.builders import course, graph, program
from tests.unit.analysis.notation import curriculum, terms, without


def chain(length: int) -> lg.LearningGraph:
    keys = [f"{number:05}" for number in range(length)]
    return graph(keys[0], *(course(after, before) for before, after in pairwise(keys)))


def diamonds(count: int) -> lg.LearningGraph:
    edges = (f"N{n:03}>L{n:03} N{n:03}>R{n:03} L{n:03}>N{n + 1:03} R{n:03}>N{n + 1:03}" for n in range(count))
    return curriculum(" ".join(edges))


def test_paths_are_counted_without_walking_them() -> None:
    assert lg.longest_path_count(diamonds(100)) == 2**100


def test_paths_are_walked_only_as_far_as_somebody_asks() -> None:
    first, second = islice(lg.longest_paths(diamonds(100)), 2)

    assert first == lg.longest_path(diamonds(100))
    assert [key for key, other in zip(first, second, strict=True) if key != other] == ["L099"]


def test_a_chain_of_five_thousand_is_no_trouble() -> None:
    learnings = chain(5000)
    keys = [learning.key for learning in learnings]
    plan = lg.DegreePlan(key="plan", terms=[[key] for key in keys])

    assert lg.longest_path(learnings) == tuple(keys)
    assert (lg.longest_path_count(learnings), len(list(lg.longest_paths(learnings)))) == (1, 1)
    assert lg.dead_ends(learnings, subjects=[]) == ()
    assert set(lg.coreness(learnings).values()) == {1}
    assert lg.connected_parts(learnings) == (tuple(keys),)
    assert lg.subcomplexity(learnings, key="00000").total == lg.subcomplexities(learnings).courses["04999"]
    assert set(lg.deferment(learnings, plan=plan).values()) == {1.0}
    assert lg.transfer_delay(learnings, plan=plan, after_term=4999) == 5000
    assert lg.knowledge_transfer(learnings, plan=plan) == [1] * 4999
    assert lg.plan_faults(learnings, plan=plan, complete=True).ok


def test_credits_can_make_a_short_path_the_longest() -> None:
    learnings = curriculum("A>B B>C D>E", credits=(1, 1, 1, 4, 0.5))

    assert lg.longest_path(learnings) == ("A", "B", "C")
    assert lg.longest_path(learnings, weight="credits") == ("D", "E")


def test_without_corequisites_paths_are_shorter() -> None:
    learnings = curriculum("A~B B>C")

    assert lg.longest_path(learnings, include_corequisites=False) == ("B", "C")


CIRCLE = "A>B B>C C>B C>D"


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(lg.longest_path, id="longest_path"),
        pytest.param(lg.longest_paths, id="longest_paths"),
        pytest.param(lg.longest_path_count, id="longest_path_count"),
        pytest.param(lambda graph, **options: lg.dead_ends(graph, subjects=[], **options), id="dead_ends"),
        pytest.param(lambda graph, **options: lg.subcomplexity(graph, key="A", **options), id="subcomplexity"),
        pytest.param(lg.subcomplexities, id="subcomplexities"),
        pytest.param(lambda graph, **options: lg.term_weighted(graph, plan=terms("A"), **options), id="term_weighted"),
        pytest.param(
            lambda graph, **options: lg.average_sequencing(graph, plan=terms("A"), **options), id="average_sequencing"
        ),
        pytest.param(lambda graph, **options: lg.deferment(graph, plan=terms("A"), **options), id="deferment"),
        pytest.param(
            lambda graph, **options: lg.transfer_delay(graph, plan=terms("A"), after_term=1, **options),
            id="transfer_delay",
        ),
        pytest.param(
            lambda graph, **options: lg.explained_complexity(graph, plan=terms("A"), after_term=1, **options),
            id="explained_complexity",
        ),
    ],
)
def test_a_circle_is_one_step_or_refused(question: Callable[..., Any]) -> None:
    question(curriculum(CIRCLE))
    with pytest.raises(lg.CycleError) as caught:
        question(curriculum(CIRCLE), cycles="raise")
    assert caught.value.circle == ("B", "C")
    question(curriculum("A~B B~A"), cycles="raise")  # these can be taken together


def test_a_circle_on_a_path_is_shown_by_its_first_course() -> None:
    assert list(lg.longest_paths(curriculum(CIRCLE))) == [("A", "B", "D")]


def test_each_course_of_a_circle_at_the_end_of_paths_is_a_dead_end() -> None:
    subjects = {"A": "CS", "B": "ART", "C": "ART", "D": "MA"}

    assert lg.dead_ends(curriculum("A>B B>C C>B D>A", subjects=subjects), subjects=["CS"]) == ("B", "C")
    assert lg.dead_ends(curriculum("B>C C>B", subjects=subjects), subjects=["CS"]) == ()


def test_a_dead_end_states_its_subject_and_is_not_alone() -> None:
    learnings = curriculum("A>B A>C D", subjects={"B": "", "D": "ART"})

    assert lg.dead_ends(learnings, subjects=["CS"]) == ()


def test_references_to_nothing_and_programs_join_nothing() -> None:
    learnings = graph(course("A", "GONE", "P"), course("B", "GONE", "A", "B"), program("P", "A"))

    assert lg.rigidity(learnings) == 0.5
    assert lg.longest_path(learnings) == ("A", "B")
    assert lg.coreness(learnings) == {"A": 1, "B": 1}
    assert lg.connected_parts(learnings) == (("A", "B"),)
    assert lg.bottlenecks(learnings, min_before=2, min_after=2) == ()


def test_many_connections_make_a_bottleneck_where_neither_side_does() -> None:
    learnings = curriculum("A>X B>X X>C X>D")

    assert lg.bottlenecks(learnings) == ()
    assert lg.bottlenecks(learnings, min_connections=4) == ("X",)
    assert lg.bottlenecks(learnings, min_connections=0) == ("X",)


def test_without_corequisites_less_hangs_together() -> None:
    learnings = curriculum("A~B B~A A>C")
    alone = {"include_corequisites": False}

    assert (lg.rigidity(learnings), lg.rigidity(learnings, **alone)) == (1.0, 1 / 3)
    assert lg.connected_parts(learnings, **alone) == (("A", "C"), ("B",))
    assert lg.coreness(learnings, **alone)["B"] == 0
    assert lg.bottlenecks(learnings, min_before=1, min_after=9, **alone) == ("C",)


def test_a_core_is_dense() -> None:
    learnings = curriculum("A>B A>C B>C C>D")

    assert lg.coreness(learnings) == {"A": 2, "B": 2, "C": 2, "D": 1}


def test_what_is_around_a_course_is_found_by_its_record_too() -> None:
    record = "0ty000000000101AAA"
    learnings = graph(course("A", salesforce={"learning_id": record}), course("B", "A"), program("P"))

    assert lg.subcomplexity(learnings, key=record) == lg.subcomplexity(learnings, key="A")
    for key in ("NOPE", "P"):
        with pytest.raises(lg.UnknownKeyError):
            lg.subcomplexity(learnings, key=key)


def test_quarters_scale_what_is_around_a_course() -> None:
    learnings = curriculum("1>2 1>3 2>4", system="quarter")

    assert lg.subcomplexity(learnings, key="1").total == 10
    assert lg.subcomplexities(learnings).courses == {"1": 10, "2": 8, "3": 3.3, "4": 8}


def test_a_part_of_a_network_is_the_network_of_a_part() -> None:
    learnings = curriculum("A>A A>B B>C C>B D~C E")

    part = Parts(course_network(learnings)).induced([3, 0, 1, 2])

    alone = course_network(without(learnings, "E"))
    assert (part.courses, part.circles) == (alone.courses, alone.circles) == (alone.courses, ((0,), (1, 2)))
    assert (sorted(part.edges), part.steps.members) == (sorted(alone.edges), alone.steps.members)


def test_numbers_of_courses_are_a_table() -> None:
    found = lg.subcomplexity(curriculum("A>B"), key="A")

    assert repr(found) == "<CourseNumbers: complexity of 2 courses, 5 in all>"
    assert found.table == (("key", "complexity"), [("A", 3), ("B", 2)])
