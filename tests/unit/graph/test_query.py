from typing import Any

import pytest

from learngraph import LearningGraph, Need, Relation, Timing
from learngraph.graph.query import circles, needs_order
from tests.builders import course, graph

_REQUIRED = (Relation.PREREQUISITE, Relation.COREQUISITE)


def test_circles_come_in_graph_order() -> None:
    made = graph(
        course("D", "C"), course("B", "A"), course("C", "D"), course("A", "B"), course("E", "A"), course("S", "S")
    )

    assert list(circles(made, *_REQUIRED)) == [("D", "C"), ("B", "A")]


def test_circles_are_sought_over_the_named_relations_only() -> None:
    made = graph(course("A", corequisites=["B"]), course("B", "A", recommended=["C"]), course("C", "B"))

    assert list(circles(made, Relation.PREREQUISITE)) == []
    assert list(circles(made, *_REQUIRED)) == [("A", "B")]
    assert list(circles(made, *_REQUIRED, Relation.RECOMMENDED)) == [("A", "B", "C")]


def test_a_circle_of_many_thousands_is_found_without_recursion() -> None:
    count = 20_000
    made = graph(*(course(str(number), str((number + 1) % count)) for number in range(count)))

    (circle,) = circles(made, Relation.PREREQUISITE)

    assert circle == tuple(map(str, range(count)))


def _circle(*requirements: Any, **fields: Any) -> LearningGraph:
    return graph(course("A", *requirements, **fields), course("B", corequisites=["A"]))


@pytest.mark.parametrize(
    ("made", "ordered"),
    [
        pytest.param(_circle("B"), True, id="before"),
        pytest.param(_circle(corequisites=["B"]), False, id="corequisites"),
        pytest.param(_circle(Need("B", timing=Timing.WITH)), False, id="with"),
        pytest.param(_circle({"any": ["B", "C"]}), True, id="before, in an any-of"),
        pytest.param(_circle(corequisites=["B"], recommended=["B"]), False, id="only recommended before"),
        pytest.param(_circle("C", corequisites=["B"]), False, id="before, outside"),
    ],
)
def test_a_circle_needs_an_order_where_something_of_it_comes_before_something_else(
    made: LearningGraph,
    ordered: bool,  # noqa: FBT001 - what the table says
) -> None:
    assert needs_order(made, ("A", "B")) is ordered
