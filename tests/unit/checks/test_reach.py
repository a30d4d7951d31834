"""Reach: what nobody can ever take, and circles that an alternative leaves."""

from time import process_time

import pytest

from learngraph import Achievement, AnyOf, AtLeast, Code, Condition, LearningGraph, Need, Severity, Timing, check
from tests.builders import course, graph, program
from tests.unit.checks.asked import all_codes, blamed, found


def with_(key: str) -> Need:
    return Need(key, timing=Timing.WITH)


def before_or_with(key: str) -> Need:
    return Need(key, timing=Timing.BEFORE_OR_WITH)


@pytest.mark.parametrize(
    ("catalogue", "stuck"),
    [
        pytest.param(graph(course("A", "B"), course("B", "A")), ["A", "B"], id="two need one another"),
        pytest.param(graph(course("A", "B"), course("B", "C"), course("C", "A")), ["A", "B", "C"], id="three do"),
        pytest.param(
            graph(course("A", "B"), course("B", "A"), course("C", "A"), course("D", "C")),
            ["A", "B", "C", "D"],
            id="what needs them follows",
        ),
        pytest.param(
            graph(course("A", "A"), course("B", "B"), course("C", AnyOf("A", "B"))),
            ["A", "B", "C"],
            id="an any-of of what is out of reach",
        ),
        pytest.param(
            graph(course("A", "A"), "B", course("C", AtLeast(2, "A", "B"))), ["A", "C"], id="an at-least that lacks one"
        ),
        pytest.param(
            graph(course("A", corequisites=["B"]), course("B", "A")), ["A", "B"], id="before against at the same time"
        ),
        pytest.param(
            graph(course("A", "A"), course("B", corequisites=["A"])), ["A", "B"], id="a corequisite out of reach"
        ),
        pytest.param(
            graph(course("A", "A", outcomes=["badge"]), course("B", "badge"), achievements=[Achievement(key="badge")]),
            ["A", "B"],
            id="a badge that only such a learning grants",
        ),
        pytest.param(
            graph(course("A", AnyOf("B", Condition("consent"))), course("B", "A")),
            ["A", "B"],
            id="a condition is no way out",
        ),
        pytest.param(
            graph(course("A", AnyOf("B", "not there")), course("B", "A")), ["A", "B"], id="nor is an unknown course"
        ),
        pytest.param(graph(program("P", "C"), course("C", "P")), ["P", "C"], id="a program and its course"),
    ],
)
def test_what_nobody_can_ever_take_is_an_error(catalogue: LearningGraph, stuck: list[str]) -> None:
    findings = found(catalogue, Code.UNATTAINABLE)

    assert blamed(findings) == stuck
    assert {finding.severity for finding in findings} == {Severity.ERROR}


@pytest.mark.parametrize(
    "catalogue",
    [
        pytest.param(graph(course("A", corequisites=["B"]), course("B", corequisites=["A"])), id="mutual corequisites"),
        pytest.param(
            graph(course("A", corequisites=[with_("B")]), course("B", corequisites=[with_("A")])),
            id="mutual corequisites at the same time",
        ),
        pytest.param(
            graph(course("A", before_or_with("B")), course("B", before_or_with("A"))),
            id="mutual prerequisites that may be taken together",
        ),
        pytest.param(
            graph(course("A", corequisites=["B"]), course("B", corequisites=["C"]), course("C", corequisites=["A"])),
            id="three corequisites in a ring",
        ),
        pytest.param(graph("A", course("B", "A"), course("C", "B", "A")), id="a chain"),
        pytest.param(graph("A", course("B", "A"), course("C", "A"), course("D", "B", "C")), id="a diamond"),
        pytest.param(graph(course("A", recommended=["B"]), course("B", "A")), id="a circle by a recommendation"),
        pytest.param(graph(course("A", Condition("consent"))), id="a condition alone"),
    ],
)
def test_what_can_be_taken_is_neither_out_of_reach_nor_a_circle(catalogue: LearningGraph) -> None:
    assert not all_codes(catalogue) & {"LG203", "LG204"}


def test_an_unknown_course_does_not_put_a_learning_out_of_reach() -> None:
    assert all_codes(graph(course("A", "not there"))) == {"LG201"}


@pytest.mark.parametrize(
    ("catalogue", "around"),
    [
        pytest.param(graph(course("A", AnyOf("B", "C")), course("B", "A"), "C"), {"A", "B"}, id="by an any-of"),
        pytest.param(graph(course("A", AtLeast(1, "B", "C")), course("B", "A"), "C"), {"A", "B"}, id="by an at-least"),
        pytest.param(
            graph(course("A", AnyOf("B", "D")), course("B", "C"), course("C", "A"), "D"),
            {"A", "B", "C"},
            id="of three",
        ),
    ],
)
def test_a_circle_that_an_alternative_leaves_is_one_info_and_no_error(
    catalogue: LearningGraph, around: set[str]
) -> None:
    findings = check(catalogue)

    assert [finding.code for finding in findings] == [Code.CYCLE_WITH_WAY_OUT]
    assert findings[0].severity is Severity.INFO
    assert set(findings[0].keys) == around


def test_two_circles_that_alternatives_leave_are_two_infos() -> None:
    catalogue = graph(
        "Z", course("A", AnyOf("B", "Z")), course("B", "A"), course("C", AnyOf("D", "Z")), course("D", "C")
    )

    assert [set(finding.keys) for finding in found(catalogue, Code.CYCLE_WITH_WAY_OUT)] == [{"A", "B"}, {"C", "D"}]


def test_an_equivalent_that_can_be_taken_leads_out_of_a_circle() -> None:
    catalogue = graph(course("A", "B"), course("B", "A", equivalents=["BH"]), "BH")

    assert not found(catalogue, Code.UNATTAINABLE)


def test_the_message_names_what_a_learning_waits_for() -> None:
    catalogue = graph(course("A", "B"), course("B", "A"), course("C", "A"), "D")

    messages = {finding.subject: finding.message for finding in found(catalogue, Code.UNATTAINABLE)}

    assert "B" in messages["A"].split()
    assert "A" in messages["C"].replace(",", "").split()


def test_a_circle_of_ten_thousand_is_told_in_no_time() -> None:
    around = graph(*(course(f"C{number}", f"C{(number - 1) % 10_000}") for number in range(10_000)))
    start = process_time()

    found = [one for one in check(around) if one.code is Code.UNATTAINABLE]

    assert len(found) == 10_000
    assert found[-1].message.startswith("can never be reached: it and ")
    assert found[-1].message.endswith(" and 9,995 more wait for one another")
    assert process_time() - start < 5
