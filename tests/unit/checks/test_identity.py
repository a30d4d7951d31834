"""Identity: one learning under two keys, and equivalents that are not."""

from typing import Any

import pytest

from learngraph import AllOf, AnyOf, Code, LearningGraph, Need, Program, Severity, Timing
from tests.builders import course, graph
from tests.unit.checks.asked import blamed, found


def named(key: str, subject: str | None, number: Any, **fields: Any) -> Any:
    return course(key, subject_abbreviation=subject, course_number=number, **fields)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(named("a", "CS", "601"), named("b", "CS", "601"), id="no periods"),
        pytest.param(named("a", "CS", 601), named("b", "CS", "601"), id="a number and the same as text"),
        pytest.param(
            named("a", "CS", "601", active_to="2026-08-15"),
            named("b", "CS", "601", active_from="2026-08-15"),
            id="periods that share a day",
        ),
        pytest.param(
            named("a", "CS", "601"), named("b", "CS", "601", active_from="2026-08-15"), id="one without a period"
        ),
        pytest.param(
            named("a", "CS", "601", active=False), named("b", "CS", "601"), id="one inactive and without a period"
        ),
    ],
)
def test_a_subject_and_number_stand_under_one_key(one: Any, other: Any) -> None:
    (finding,) = found(graph(one, other), Code.SAME_COURSE_TWICE)

    assert finding.keys == ("a", "b")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(named("a", "CS", "601"), named("b", "CS", "602"), id="another number"),
        pytest.param(named("a", "CS", "601"), named("b", "MATH", "601"), id="another subject"),
        pytest.param(named("a", "CS", "7"), named("b", "CS", "007"), id="007 is not 7"),
        pytest.param(named("a", "CS", 7), named("b", "CS", "007"), id="nor as a number"),
        pytest.param(named("a", "CS", None), named("b", "CS", None), id="no number"),
        pytest.param(named("a", None, "601"), named("b", None, "601"), id="no subject"),
        pytest.param(named("a", "CS 1", "L"), named("b", "CS", "1 L"), id="only alike when run together"),
        pytest.param(
            named("a", "CS", "601", active_to="2026-08-14"),
            named("b", "CS", "601", active_from="2026-08-15"),
            id="versions, one after the other",
        ),
        pytest.param(
            named("a", "CS", "601", active_from="2026-08-15"),
            named("b", "CS", "601", active_to="2026-08-14"),
            id="versions, the newer one first",
        ),
    ],
)
def test_different_courses_and_versions_of_one_are_fine(one: Any, other: Any) -> None:
    assert not found(graph(one, other), Code.SAME_COURSE_TWICE)


def test_each_pair_of_keys_for_one_course_is_told() -> None:
    versions = [named(key, "CS", "601") for key in ("a", "b", "c")]

    findings = found(graph(*versions), Code.SAME_COURSE_TWICE)

    assert {finding.keys for finding in findings} == {("a", "b"), ("a", "c"), ("b", "c")}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("cs 101", id="case"),
        pytest.param("CS101", id="no space"),
        pytest.param("CS  101", id="two spaces"),
        pytest.param(" CS 101 ", id="spaces around it"),
        pytest.param("CS\u00a0101", id="a no-break space"),
        pytest.param("CS\u2009101", id="a thin space"),
        pytest.param("CS\u200b101", id="a zero-width space"),
        pytest.param("CS\t101", id="a tab"),
        pytest.param("CS-101", id="a hyphen"),
        pytest.param("CS\u2010101", id="a true hyphen"),
        pytest.param("CS\u2011101", id="a no-break hyphen"),
        pytest.param("CS\u2013101", id="an en dash"),
        pytest.param("CS\u2014101", id="an em dash"),
        pytest.param("CS\u2212101", id="a minus sign"),
        pytest.param("cs \u2013 101", id="all of it"),
    ],
)
def test_keys_that_differ_only_by_case_space_or_dash_are_told(other: str) -> None:
    (finding,) = found(graph("CS 101", other), Code.KEYS_ALIKE)

    assert finding.keys == ("CS 101", other)
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("CS 101", "CS 102", id="another number"),
        pytest.param("CS 101", "CS 101L", id="a letter more"),
        pytest.param("CS 101", "CS 1O1", id="the letter O for a zero"),
        pytest.param("CS 10", "CS 100", id="a digit more"),
        pytest.param("C 101", "C++ 101", id="other signs"),
        pytest.param("İK 101", "IK 101", id="dotted and dotless letters"),
    ],
)
def test_keys_that_differ_by_more_are_fine(one: str, other: str) -> None:
    assert not found(graph(one, other), Code.KEYS_ALIKE)


def test_a_program_and_a_course_with_keys_alike_are_told() -> None:
    learnings = graph("BS CS", Program(key="BS-CS", name="Computer science", active=True))

    assert blamed(found(learnings, Code.KEYS_ALIKE)) == ["BS CS"]


def equivalents(of_one: list[Any], of_other: list[Any]) -> LearningGraph:
    """X and its equivalent XH, which ask for this and that, beside A and B."""
    return graph("A", "B", course("X", *of_one, equivalents=["XH"]), course("XH", *of_other))


@pytest.mark.parametrize(
    ("of_one", "of_other"),
    [
        pytest.param(["A"], [], id="the equivalent asks for nothing"),
        pytest.param([], ["A"], id="the equivalent asks for more"),
        pytest.param(["A"], ["B"], id="another course"),
        pytest.param([Need("A", 3)], [Need("A", 2)], id="another grade"),
        pytest.param([AnyOf("A", "B")], [AllOf("A", "B")], id="one for both"),
        pytest.param(["A"], [Need("A", timing=Timing.BEFORE_OR_WITH)], id="another timing"),
    ],
)
def test_equivalents_ask_for_the_same(of_one: list[Any], of_other: list[Any]) -> None:
    (finding,) = found(equivalents(of_one, of_other), Code.EQUIVALENTS_DIFFER)

    assert finding.keys == ("X", "XH")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("of_one", "of_other"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["A", "B"], ["B", "A"], id="in another order"),
        pytest.param(["A", "B"], [AllOf("A", "B")], id="in another form"),
        pytest.param(["A"], ["A", AnyOf("A", "B")], id="with something implied besides"),
        pytest.param(["A", "XH"], ["A"], id="and the one refers to the other"),
        pytest.param(
            ["A", Need("XH", timing=Timing.WITH)],
            ["A", Need("X", timing=Timing.WITH)],
            id="and they refer to one another",
        ),
    ],
)
def test_equivalents_that_ask_for_the_same_are_fine(of_one: list[Any], of_other: list[Any]) -> None:
    assert not found(equivalents(of_one, of_other), Code.EQUIVALENTS_DIFFER)


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(graph("A", course("X", "A", equivalents=["X"])), id="itself"),
        pytest.param(graph("A", course("X", "A", equivalents=["not there"])), id="what is not there"),
        pytest.param(graph("A", course("X", "A", exclusions=["Y"]), "Y"), id="an exclusion"),
    ],
)
def test_what_is_no_equivalent_of_another_learning_is_not_compared(learnings: LearningGraph) -> None:
    assert not found(learnings, Code.EQUIVALENTS_DIFFER)
