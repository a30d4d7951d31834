from typing import Any

import pytest

import learngraph as lg
from learngraph import AllOf, AnyOf, AtLeast, Condition, LearningGraph, Need, Timing
from tests.builders import codes, course, graph, program
from tests.unit.analysis.notation import curriculum, terms


def faults(*requirements: Any, plan: str = "A | X | B", **fields: Any) -> list[str]:
    """The faults of a plan in which X has some prerequisites, A stands before it and B after it."""
    learnings = graph("A", "B", "C", course("X", *requirements, **fields), program("P"))
    return [fault.severity.value for fault in lg.plan_faults(learnings, plan=terms(plan))]


WITH, TOGETHER = Timing.WITH, Timing.BEFORE_OR_WITH


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        pytest.param("A", [], id="in time"),
        pytest.param("B", ["error"], id="too late"),
        pytest.param("C", ["warning"], id="in no term"),
        pytest.param(Need("A", timing=TOGETHER), [], id="before, where with is as good"),
        pytest.param(Need("A", timing=WITH), ["error"], id="before, where it must be with"),
        pytest.param(AnyOf("B", "A"), [], id="one alternative in time"),
        pytest.param(AnyOf("B", "C"), ["error"], id="no alternative in time"),
        pytest.param(AllOf("A", "B", "C"), ["error", "warning"], id="each part is told of"),
        pytest.param(AnyOf("B", AllOf("A", "A")), [], id="an alternative of several in time"),
        pytest.param(AnyOf("B", AllOf("A", "C")), ["error"], id="an alternative of several, one of them missing"),
        pytest.param(AtLeast(2, "A", "B", "C"), ["error"], id="too few"),
        pytest.param(AtLeast(1, "A", "B", "C"), [], id="enough"),
        pytest.param(Condition("consent"), [], id="a condition"),
        pytest.param("UNKNOWN", [], id="a reference to nothing"),
        pytest.param(AnyOf("UNKNOWN", "B"), ["error"], id="nothing vanishes beside what is there"),
        pytest.param("P", [], id="a program"),
        pytest.param("X", ["error"], id="itself"),
    ],
)
def test_a_requirement_is_there_in_time_or_not(requirement: Any, expected: list[str]) -> None:
    assert faults(requirement) == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param("A X", [], id="in the same term"),
        pytest.param("A | X", [], id="before"),
        pytest.param("X | A", ["error"], id="after"),
    ],
)
def test_a_corequisite_is_before_or_with(plan: str, expected: list[str]) -> None:
    assert faults(corequisites=["A"], plan=plan) == expected


def test_the_options_say_what_a_corequisite_means() -> None:
    learnings = graph("A", course("X", corequisites=["A"]), options={"corequisite_timing": "with"})

    assert codes(lg.plan_faults(learnings, plan=terms("A | X"))) == ["LG219"]


def test_an_equivalent_in_time_is_as_good() -> None:
    learnings = graph(course("A", equivalents=["H"]), "H", course("X", "A"))

    assert lg.plan_faults(learnings, plan=terms("H | X | A")).ok


def test_an_achievement_is_there_once_something_that_grants_it_is() -> None:
    learnings = graph(
        course("A", outcomes=[{"achievement": "badge"}]),
        course("X", "badge", "never"),
        achievements=[lg.Achievement(key="badge"), lg.Achievement(key="never")],
    )

    assert codes(lg.plan_faults(learnings, plan=terms("A | X"))) == []
    assert codes(lg.plan_faults(learnings, plan=terms("X | A"))) == ["LG219"]


def test_recommendations_and_grades_do_not_count() -> None:
    assert faults(Need("A", minimum_grade=4), recommended=["B"]) == []


def test_a_circle_that_can_be_taken_together_must_be() -> None:
    learnings = curriculum("A=B B=A")

    assert lg.plan_faults(learnings, plan=terms("A B")).ok
    assert len(lg.plan_faults(learnings, plan=terms("A | B")).errors) == 2


@pytest.mark.parametrize(
    ("requirement", "message"),
    [
        pytest.param("B", "X in term 2 requires B before it (in term 3)", id="one"),
        pytest.param(Need("C", timing=WITH), "X in term 2 requires C with it (in no term)", id="nowhere"),
        pytest.param(AtLeast(2, "A", "B"), "X in term 2 requires B before it (in term 3)", id="all of several"),
        pytest.param(AllOf("A", AnyOf("B")), "X in term 2 requires B before it (in term 3)", id="a single alternative"),
        pytest.param(
            AnyOf("B", Need("C", timing=TOGETHER)),
            "X in term 2 finds too few alternatives in time: "
            "B before it (in term 3), C before it or with it (in no term)",
            id="alternatives",
        ),
    ],
)
def test_a_fault_says_what_is_where(requirement: Any, message: str) -> None:
    learnings = graph("A", "B", "C", course("X", requirement))
    (fault,) = lg.plan_faults(learnings, plan=terms("A | X | B"))

    assert fault.message == message
    assert fault.keys[:2] == ("plan", "X")
    assert fault.hint


def test_of_many_alternatives_a_few_are_named() -> None:
    many = [f"N{number}" for number in range(50)]
    (fault,) = lg.plan_faults(graph(*many, course("X", AnyOf(many))), plan=terms("X"))

    assert fault.message.endswith(" and 46 more")


def test_what_stands_in_a_plan_twice_is_told_once_and_counts_where_it_stands_last() -> None:
    found = lg.plan_faults(curriculum("A>B"), plan=terms("A | B A | A"))

    assert [(fault.code.value, fault.message) for fault in found] == [
        ("LG219", "B in term 2 requires A before it (in term 3)"),
        ("LG220", "lists A 3 times (in term 1 and 2 and 3)"),
    ]


def test_an_unknown_key_in_a_term_is_told_once() -> None:
    found = lg.plan_faults(graph("A"), plan=terms("A ELECTIVE | ELECTIVE"))

    assert [(fault.code.value, fault.keys) for fault in found] == [("LG218", ("plan", "ELECTIVE"))]


def test_a_course_in_no_term_is_a_fault_of_a_plan_that_must_be_complete() -> None:
    learnings = graph("A", "B", program("P"))

    assert codes(lg.plan_faults(learnings, plan=terms("A"))) == []
    assert [fault.keys for fault in lg.plan_faults(learnings, plan=terms("A"), complete=True)] == [("plan", "B")]


def test_a_salesforce_id_in_a_term_stands_for_its_learning() -> None:
    record = "0ty000000000101AAA"
    learnings = graph(course("A", salesforce={"learning_id": record}), course("X", "A"))

    assert lg.plan_faults(learnings, plan=terms(f"{record} | X"), complete=True) == lg.Findings()
    assert codes(lg.plan_faults(learnings, plan=terms(f"X | {record}"))) == ["LG219"]


def test_a_plan_is_named_by_its_key() -> None:
    learnings = LearningGraph(curriculum("A>B"), degree_plans=[terms("B | A")])

    assert codes(lg.plan_faults(learnings, plan="plan")) == ["LG219"]
    with pytest.raises(lg.UnknownPlanError, match="no degree plan with the key 'other'"):
        lg.plan_faults(learnings, plan="other")


def test_each_degree_plan_of_a_catalogue_is_checked_and_no_unknown_key_is_told_twice() -> None:
    late, twice = terms("B | A ELECTIVE"), lg.DegreePlan(key="twice", terms=[["A"], ["B"], ["B"]])
    learnings = LearningGraph(curriculum("A>B C"), degree_plans=[late, twice])

    found = lg.check(learnings)

    assert [(finding.code.value, finding.subject) for finding in found] == [
        ("LG218", "plan"),
        ("LG219", "plan"),
        ("LG220", "twice"),
    ]
    assert found.ok, "an org holds no degree plans, so they keep nothing back"
