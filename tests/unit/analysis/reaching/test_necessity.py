from typing import Any

import pytest

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    LearningGraph,
    UnknownKeyError,
    necessary_for,
    unlocks,
)
from tests.builders import course, graph, program


@pytest.mark.parametrize(
    ("requirements", "necessary"),
    [
        pytest.param([], (), id="nothing"),
        pytest.param(["B"], ("A", "B"), id="and what that needs"),
        pytest.param([AnyOf("B", "C")], (), id="one of two without anything in common"),
        pytest.param([AnyOf("B", "B2")], ("A",), id="what two alternatives have in common"),
        pytest.param([AnyOf("B", AllOf("A", "C"))], ("A",), id="an alternative of two"),
        pytest.param([AtLeast(2, "B", "B2", "C")], ("A",), id="two of three, and only one can do without"),
        pytest.param([AtLeast(2, "B", "C", "D")], (), id="two of three that differ"),
        pytest.param([AnyOf("A", Condition("consent"))], ("A",), id="a condition beside it is neutral"),
        pytest.param([AnyOf("A", "nowhere")], ("A",), id="what is missing beside it is neutral"),
        pytest.param(["E"], ("E2",), id="what stands in where the other cannot be taken"),
        pytest.param(["badge"], ("granting",), id="what grants an achievement"),
    ],
)
def test_necessary_is_what_lies_on_every_way(requirements: list[Any], necessary: tuple[str, ...]) -> None:
    made = graph(
        "A", course("B", "A"), course("B2", "A"), "C", "D", course("E", "E", equivalents=["E2"]), "E2",
        course("granting", outcomes=["badge"]), course("K", *requirements), achievements=[Achievement(key="badge")],
    )  # fmt: skip

    assert necessary_for(made, key="K") == necessary


def test_what_is_missing_can_be_read_as_met() -> None:
    made = graph("A", course("K", AnyOf("A", "nowhere")))

    assert necessary_for(made, key="K", unknown="met") == ()
    assert necessary_for(made, key="K", unknown="unmet") == ("A",)


def test_nothing_is_necessary_for_what_can_never_be_reached() -> None:
    assert necessary_for(graph(course("K", "K", "A"), "A"), key="K") == ()


def test_a_lab_taken_together_is_necessary() -> None:
    made = graph(course("L", corequisites=["K"]), course("K", corequisites=["L"]))

    assert necessary_for(made, key="K") == ("L",)


def test_a_program_is_asked_about_like_a_course() -> None:
    assert necessary_for(graph("A", course("B", "A"), program("P", "B")), key="P") == ("A", "B")


@pytest.mark.parametrize("length", [pytest.param(2000, id="a chain of two thousand")])
def test_long_chains_are_followed(length: int) -> None:
    made = graph("0", *(course(str(number), str(number - 1)) for number in range(1, length)))

    assert len(necessary_for(made, key=str(length - 1))) == length - 1


def test_a_key_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(UnknownKeyError, match="NOPE"):
        necessary_for(graph("A"), key="NOPE")
    with pytest.raises(UnknownKeyError, match="NOPE"):
        unlocks(graph("A"), done=["NOPE"])


def _pairs(made: LearningGraph, *done: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = unlocks(made, done=done)
    return found.now, found.ever


def test_what_opens_now_may_have_another_way_in() -> None:
    made = graph("A", "X", course("B", "A"), course("C", "B"), course("D", AnyOf("A", "X")))

    assert _pairs(made, "A") == (("B", "D"), ("B", "C"))


def test_what_needs_several_opens_after_all_of_them() -> None:
    made = graph("A", "B", course("C", "A", "B"))

    assert _pairs(made, "A") == ((), ("C",))
    assert _pairs(made, "A", "B") == (("C",), ("C",))


def test_what_can_never_be_taken_opens_what_waits_for_it_once_it_is_done() -> None:
    made = graph(course("A", "A"), course("B", "A"))

    assert _pairs(made, "A") == (("B",), ("B",))


def test_nothing_opens_nothing() -> None:
    assert _pairs(graph("A", course("B", "A"))) == ((), ())


def test_what_opens_is_a_table() -> None:
    found = unlocks(graph("A", course("B", "A"), course("C", "B")), done=["A", "A"])

    assert found.done == ("A",)
    assert found.table.rows == [("B", True, True), ("C", False, True)]
    assert repr(found) == "<Unlocks after 1 learnings: 1 open now, 2 never otherwise>"
