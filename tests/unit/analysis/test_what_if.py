from collections.abc import Callable
from typing import Any

import pytest

import learngraph as lg
from learngraph import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Credits,
    Need,
    PlanRequirement,
    ProgramPlan,
    RecordIds,
    Timing,
    what_if,
)
from tests.builders import course, graph, program


def test_a_learning_goes_and_what_needs_it_stays_as_it_is() -> None:
    changed = what_if.without(graph("A", course("B", "A")), key="A")

    assert [one.key for one in changed] == ["B"]
    assert changed["B"].prerequisites == (Need("A"),)


def test_a_learning_comes() -> None:
    assert "B" in what_if.adding(graph("A"), course("B"))


def test_a_learning_takes_the_place_of_another() -> None:
    assert what_if.replacing(graph("A"), course("A", name="Algebra"))["A"].name == "Algebra"


@pytest.mark.parametrize(
    ("relation", "field"),
    [("prerequisite", "prerequisites"), ("corequisite", "corequisites"), ("recommended", "recommended")],
)
def test_a_requirement_comes_into_the_relation_that_is_named(relation: str, field: str) -> None:
    changed = what_if.requiring(
        graph("A", course("B", **{field: ["X"]})), learning="B", requirement={"any": ["A", "C"]}, relation=relation
    )

    assert getattr(changed["B"], field) == (Need("X"), AnyOf("A", "C"))


def test_a_requirement_that_is_there_is_not_written_twice() -> None:
    before = graph("A", course("B", "A"))

    assert what_if.requiring(before, learning="B", requirement="A") == before


@pytest.mark.parametrize(
    ("tree", "left"),
    [
        pytest.param("A", None, id="a need goes"),
        pytest.param(AnyOf("A", "B"), Need("B"), id="an alternative vanishes"),
        pytest.param(AllOf("A", "B", "C"), AllOf("B", "C"), id="an all-of loses it"),
        pytest.param(AtLeast(2, "A", "B", "C", "D"), AtLeast(2, "B", "C", "D"), id="the count stays"),
        pytest.param(AtLeast(2, "A", "B", "C"), AllOf("B", "C"), id="all that are left"),
        pytest.param(AtLeast(2, "A", "B"), Need("B"), id="the count is capped"),
        pytest.param(AnyOf(AllOf("A", Need("A", 2)), "A"), None, id="nothing is left"),
        pytest.param(AnyOf("A", Condition("consent")), Condition("consent"), id="a condition is left"),
        pytest.param(AnyOf("0ty000000000001AAA", "B"), Need("B"), id="a record id stands for it"),
    ],
)
def test_releasing_takes_every_need_out(tree: Any, left: Any) -> None:
    needed = course("A", salesforce=RecordIds(learning_id="0ty000000000001AAA"))
    before = graph(needed, course("L", tree, "B", corequisites=[tree], recommended=["A", "R"]))

    changed = what_if.releasing(before, learning="L", needed="A")["L"]

    rest = () if left is None else (left,)
    assert changed.prerequisites == (*rest, Need("B"))
    assert changed.corequisites == rest
    assert changed.recommended == (Need("R"),)


def test_releasing_what_is_not_needed_changes_nothing() -> None:
    before = graph("A", "B")

    assert what_if.releasing(before, learning="B", needed="A") == before


def test_a_need_of_what_is_not_in_the_graph_can_be_released() -> None:
    assert what_if.releasing(graph(course("B", "GONE")), learning="B", needed="GONE")["B"].prerequisites == ()


def test_substituting_reaches_every_need_and_keeps_what_it_says() -> None:
    tree = AnyOf(Need("OLD", 3, timing=Timing.WITH), AllOf("X", AtLeast(1, "OLD", "Y")), Condition("OLD"))
    lines = [PlanRequirement(needs=AllOf("OLD", "X")), PlanRequirement(needs=Credits(credits=6, of=["OLD", "Z"]))]
    before = graph(
        "OLD",
        "NEW",
        course("L", tree, corequisites=["OLD"], recommended=["OLD"], equivalents=["OLD"]),
        program("P", "OLD"),
        program_plans=[ProgramPlan(key="plan", program="P", requirements=lines)],
    )

    changed = what_if.substituting(before, old="OLD", new="NEW")

    learning = changed["L"]
    expected = AnyOf(Need("NEW", 3, timing=Timing.WITH), AllOf("X", AtLeast(1, "NEW", "Y")), Condition("OLD"))
    assert learning.prerequisites == (expected,)
    assert (learning.corequisites, learning.recommended) == ((Need("NEW"),), (Need("NEW"),))
    assert changed["P"].prerequisites == (Need("NEW"),)
    assert [line.keys for line in changed.program_plans[0].requirements] == [("NEW", "X"), ("NEW", "Z")]
    assert learning.equivalents == ("OLD",)


def test_nothing_comes_to_need_itself() -> None:
    changed = what_if.substituting(graph("OLD", course("NEW", "OLD"), course("L", "OLD")), old="OLD", new="NEW")

    assert changed["NEW"].prerequisites == (Need("OLD"),)
    assert changed["L"].prerequisites == (Need("NEW"),)


def test_a_key_that_stands_for_nothing_can_be_given_a_meaning() -> None:
    changed = what_if.substituting(graph("A", course("B", "a")), old="a", new="A")

    assert changed["B"].prerequisites == (Need("A"),)


_MISTAKES: list[Any] = [
    pytest.param(lambda g: what_if.without(g, key="NOPE"), "NOPE", id="without"),
    pytest.param(lambda g: what_if.replacing(g, course("NOPE")), "NOPE", id="replacing"),
    pytest.param(lambda g: what_if.requiring(g, learning="NOPE", requirement="A"), "NOPE", id="requiring"),
    pytest.param(lambda g: what_if.releasing(g, learning="NOPE", needed="A"), "NOPE", id="releasing, the learning"),
    pytest.param(lambda g: what_if.releasing(g, learning="B", needed="NOPE"), "NOPE", id="releasing, the needed"),
    pytest.param(lambda g: what_if.substituting(g, old="NOPE", new="A"), "NOPE", id="substituting, the old"),
    pytest.param(lambda g: what_if.substituting(g, old="A", new="NOPE"), "NOPE", id="substituting, the new"),
]


@pytest.mark.parametrize(("ask", "key"), _MISTAKES)
def test_an_unknown_key_is_a_mistake(ask: Callable[[lg.LearningGraph], Any], key: str) -> None:
    with pytest.raises(lg.UnknownKeyError) as told:
        ask(graph("A", course("B", "A")))

    assert told.value.key == key


def test_a_key_that_is_taken_is_a_mistake() -> None:
    with pytest.raises(lg.DuplicateKeyError):
        what_if.adding(graph("A"), course("A"))


@pytest.mark.parametrize("relation", ["outcome", "needs"])
def test_a_relation_that_holds_no_requirements_is_a_mistake(relation: str) -> None:
    with pytest.raises(lg.InvalidValueError, match="prerequisite, corequisite, recommended"):
        what_if.requiring(graph("A"), learning="A", requirement="B", relation=relation)


def test_what_is_no_requirement_is_a_mistake() -> None:
    with pytest.raises(lg.InvalidValueError):
        what_if.requiring(graph("A"), learning="A", requirement=7)
