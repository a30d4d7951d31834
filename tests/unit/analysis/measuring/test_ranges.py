from typing import Any

import pytest

from learngraph import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    CycleError,
    InvalidValueError,
    Need,
    Range,
    metric_ranges,
    metrics,
)
from tests.builders import course, graph, program

_SHORT_OR_LONG = graph("A", course("B", "A"), "C", course("D", AnyOf("B", "C")))


@pytest.mark.parametrize(
    ("key", "name", "best", "worst"),
    [
        pytest.param("A", "blocking", 1, 2, id="freed by the other branch"),
        pytest.param("B", "blocking", 0, 1, id="not needed"),
        pytest.param("A", "delay", 2, 3, id="the path may end"),
        pytest.param("D", "delay", 2, 3, id="the short branch"),
        pytest.param("B", "centrality", 0, 3, id="on the path or not"),
        pytest.param("A", "complexity", 3, 5, id="both at once"),
    ],
)
def test_the_best_and_the_worst_of_a_course(key: str, name: str, best: int, worst: int) -> None:
    assert getattr(metric_ranges(_SHORT_OR_LONG).courses[key], name) == Range(best, worst, exact=True)


def test_totals_are_those_of_a_whole_choice_and_not_sums_of_the_best() -> None:
    found = metric_ranges(_SHORT_OR_LONG)

    assert (found.totals.blocking, found.choices) == (Range(2, 3, exact=True), 2)
    assert sum(ranges.blocking.best for ranges in found.courses.values()) == 1


@pytest.mark.parametrize(
    ("tree", "best", "worst", "choices"),
    [
        pytest.param(AllOf("A", "B"), 3, 3, 1, id="all of"),
        pytest.param(AtLeast(2, "A", "C", "B"), 2, 3, 3, id="two of three"),
        pytest.param(AtLeast(2, "B", "B", "C"), 3, 3, 3, id="equal branches"),
        pytest.param(AnyOf("B", AllOf("A", "C")), 2, 3, 2, id="nested"),
        pytest.param(AnyOf(AtLeast(1, "A", "B"), "B"), 2, 3, 3, id="one key in two branches"),
        pytest.param(AnyOf(Condition("consent"), "B"), 3, 3, 1, id="a condition vanishes beside another branch"),
        pytest.param(Condition("consent"), 1, 1, 1, id="a condition alone counts as met"),
        pytest.param(AnyOf("X", AnyOf("B", "P")), 3, 3, 1, id="what is no course vanishes"),
    ],
)
def test_a_choice_takes_what_the_tree_asks_for(tree: Any, best: int, worst: int, choices: int) -> None:
    found = metric_ranges(graph("A", course("B", "A"), "C", program("P"), course("K", tree)))

    assert (found.courses["K"].delay, found.choices) == (Range(best, worst, exact=True), choices)


def test_without_alternatives_the_ranges_are_the_metrics() -> None:
    catalogue = graph("A", course("B", "A"), course("C", "A", "B"), options={"system_type": "quarter"})
    single = metrics(catalogue)

    found = metric_ranges(catalogue, enumerate_up_to=0)

    for key, ranges in (*found.courses.items(), ("", found.totals)):
        for name in ("blocking", "delay", "complexity", "centrality"):
            number = getattr(single.courses[key] if key else single.totals, name)
            assert getattr(ranges, name) == Range(number, number, exact=True)


def test_where_there_are_too_many_choices_bounds_are_given_and_said_to_be_some() -> None:
    found = metric_ranges(_SHORT_OR_LONG, enumerate_up_to=1)

    assert found.courses["B"].centrality == Range(0, 3, exact=False)
    assert found.totals.blocking == Range(1, 4, exact=False)
    assert found.courses["A"].blocking.exact
    assert repr(found) == "<MetricRanges: 4 courses, 2 choices, complexity between 8 and 15>"


def test_each_connected_part_is_gone_through_by_itself() -> None:
    pairs = [course(f"K{number}", AnyOf(f"A{number}", f"B{number}")) for number in range(40)]
    catalogue = graph(*pairs, *(f"{letter}{number}" for letter in "AB" for number in range(40)))

    found = metric_ranges(catalogue, enumerate_up_to=2)

    assert (found.totals.blocking, found.choices) == (Range(40, 40, exact=True), 2**40)
    assert "about 10^12 choices" in repr(found)


def test_corequisites_can_be_left_out() -> None:
    catalogue = graph("A", "B", course("K", corequisites=[AnyOf("A", "B")]))

    assert metric_ranges(catalogue).courses["K"].delay == Range(2, 2, exact=True)
    assert metric_ranges(catalogue, include_corequisites=False).courses["K"].delay == Range(1, 1, exact=True)


@pytest.mark.parametrize(
    ("learnings", "circle"),
    [
        pytest.param([course("A", AnyOf("B", "C")), course("B", "A"), "C"], ("A", "B"), id="in an alternative"),
        pytest.param(
            [course("A", corequisites=["B"]), course("B", corequisites=["A"])], ("A", "B"), id="taken together"
        ),
        pytest.param([course("A", Need("A"))], ("A",), id="itself"),
    ],
)
def test_a_circle_is_refused_and_named(learnings: list[Any], circle: tuple[str, ...]) -> None:
    with pytest.raises(CycleError) as caught:
        metric_ranges(graph(*learnings))

    assert caught.value.circle == circle


def test_a_number_of_choices_below_zero_is_a_mistake() -> None:
    with pytest.raises(InvalidValueError, match="enumerate_up_to"):
        metric_ranges(graph(), enumerate_up_to=-1)


def test_no_courses_have_no_numbers() -> None:
    found = metric_ranges(graph())

    assert (found.totals.complexity, found.choices, found.table.rows) == (Range(0, 0, exact=True), 1, [])


def test_a_long_chain_is_no_obstacle() -> None:
    keys = [f"C{number}" for number in range(5000)]
    chain = [course(key, *before) for key, before in zip(keys, [(), *((key,) for key in keys)], strict=False)]

    assert metric_ranges(graph(*chain[:1500])).courses["C0"].blocking == Range(1499, 1499, exact=True)
