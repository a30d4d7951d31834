from typing import Any

import pytest

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    LearningGraph,
    Need,
    equivalent,
    irreducible,
    redundant_requirements,
)
from tests.builders import course, graph
from tests.unit.analysis.notation import curriculum


def _named(made: LearningGraph) -> list[str]:
    return [str(one).removesuffix(" says nothing new") for one in redundant_requirements(made)]


@pytest.mark.parametrize(
    ("notation", "redundant"),
    [
        pytest.param("u>n n>v u>v", ["v: its prerequisite u"], id="before before"),
        pytest.param("u>n n~v u>v", ["v: its prerequisite u"], id="before something that goes along"),
        pytest.param("u~n n>v u>v", ["v: its prerequisite u"], id="along with something before"),
        pytest.param(
            "u>n n>v u~v",
            ["v: its corequisite u (before or at the same time)"],
            id="a corequisite that comes long before",
        ),
        pytest.param("u>m m>v u~n n~v u>v", ["v: its prerequisite u"], id="before, by one of two ways"),
        pytest.param("u~n n~v u>v", [], id="along all the way is not before"),
        pytest.param("A>C B>C D~C A>B", ["C: its prerequisite A"], id="exactly one"),
        pytest.param("A>C B>C D~C C>E D>F G H", [], id="the basket weavers"),
        # the reference toolbox finds nothing here, since it misses what comes along with something before
        pytest.param("A~B A>C B>D C~D C>E D>F D~G G>F", ["F: its prerequisite D"], id="the postmodern basket weavers"),
        pytest.param("u=n n=v u=v", ["v: its corequisite u (at the same time)"], id="at the same time twice over"),
    ],
)
def test_timings_are_taken_by_their_meaning(notation: str, redundant: list[str]) -> None:
    assert _named(curriculum(notation)) == redundant


@pytest.mark.parametrize(
    ("requirements", "redundant"),
    [
        pytest.param([AnyOf("A", "C"), "B"], ["A or C"], id="an any-of that something else always meets"),
        pytest.param([AnyOf("B", "C"), "A"], [], id="an alternative that does not need it"),
        pytest.param([AnyOf("B", "B2"), "A"], ["A"], id="whatever is chosen needs it"),
        pytest.param([AtLeast(2, "B", "B2", "C"), "A"], ["A"], id="two of three, of which one at least needs it"),
        pytest.param([AtLeast(1, "B", "B2", "C"), "A"], [], id="one of three, and one does not need it"),
        pytest.param([AllOf("B", "A")], ["A"], id="a part of an all-of"),
        pytest.param(["B", Need("A", 3)], [], id="with a grade"),
        pytest.param(["G", Need("A", 2)], ["A with at least 2"], id="with a grade that another needs"),
        pytest.param(["G", Need("A", 3)], [], id="with a higher grade than another needs"),
        pytest.param(["G", Need("A", 1)], ["A with at least 1"], id="with a lower grade than another needs"),
        pytest.param(["B", AnyOf("A", Condition("consent"))], ['A or "consent"'], id="or a condition"),
        pytest.param(["K", "A"], [], id="what a condition may stand in for"),
        pytest.param(["N", "nowhere"], ["nowhere"], id="what is not in the catalogue, needed twice"),
        pytest.param(["H", "E"], ["E"], id="an equivalent that something needs"),
        pytest.param(["F", "badge"], ["badge"], id="an achievement of something needed"),
        pytest.param(["X", "A"], [], id="nothing follows from what nobody can take"),
        pytest.param(["A", "A"], ["A", "A"], id="the same twice: each could go"),
    ],
)
def test_alternatives_grades_and_stand_ins_are_taken_by_their_meaning(
    requirements: list[Any], redundant: list[str]
) -> None:
    made = graph(
        "A", course("B", "A"), course("B2", "A"), "C", course("G", Need("A", 2)),
        course("K", AnyOf("A", Condition("consent"))), course("N", "nowhere"), course("H", "E"),
        course("E", equivalents=["E2"]), course("E2"), course("F", "granting"),
        course("granting", outcomes=["badge"]), course("X", "X"), course("V", *requirements),
        achievements=[Achievement(key="badge")],
    )  # fmt: skip

    assert _named(made) == [f"V: its prerequisite {words}" for words in redundant]


def test_an_equivalent_that_stands_in_by_itself_is_no_reason() -> None:
    made = graph(
        course("E", equivalents=["E2"]), "E2", course("H", "E2"), course("V", "H", "E2"), course("W", "H", "E")
    )

    assert _named(made) == ["V: its prerequisite E2", "W: its prerequisite E"]


def test_an_irreducible_curriculum_keeps_the_last_step_and_what_nobody_asked_about() -> None:
    made = graph("A", course("B", "A"), course("C", AllOf("A", "B"), "A", recommended=["A"]))

    reduced = irreducible(made)

    assert reduced["C"].prerequisites == (Need("B"),)
    assert reduced["C"].recommended == made["C"].recommended
    assert reduced["B"] == made["B"]
    assert made["C"].prerequisites == (AllOf("A", "B"), Need("A")), "what was handed in is as it was"


def test_of_two_that_say_the_same_one_stays() -> None:
    reduced = irreducible(graph("A", course("B", "A", AnyOf("A"))))

    assert equivalent(reduced, graph("A", course("B", "A")))


def test_a_requirement_too_large_to_be_distributed_is_not_judged() -> None:
    large = AnyOf(*(AllOf([f"{name}{part}" for part in range(3)]) for name in "abcdefg"))
    names = [f"{name}{part}" for name in "abcdefg" for part in range(3)]

    assert _named(graph(*names, course("B", *names), course("V", "B", large))) == []


def test_the_result_is_a_sequence_and_a_table() -> None:
    found = redundant_requirements(curriculum("u>n n>v u>v"))

    assert len(found) == 1
    assert found[0] == next(iter(found)) == found[:1][0]
    assert found.table.rows == [("v", "prerequisite", "u")]
    assert repr(found) == "<RedundantRequirements: 1 of 1 learnings>"


def test_a_long_chain_is_judged_without_recursion() -> None:
    made = graph(
        "0", *(course(str(number), str(number - 1), *(["0"] if number == 2000 else [])) for number in range(1, 2001))
    )

    assert _named(made) == ["2000: its prerequisite 0"]


def test_a_key_that_holds_the_mark_of_a_grade_is_a_key_like_any_other() -> None:
    odd = "A\0graded\0002\0graded\0None\0graded\0None"
    made = graph("A", "Z", course(odd, "Z"), course("B", odd, "Z", Need("A", minimum_grade=2)))

    assert _named(made) == ["B: its prerequisite Z"]
