"""References: what is named and not there, what names itself, what nothing grants."""

from typing import Any

import pytest

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Code,
    Condition,
    Course,
    Credits,
    DegreePlan,
    LearningGraph,
    Need,
    Outcome,
    PlanRequirement,
    ProgramPlan,
    Severity,
    Timing,
)
from tests.builders import course, graph, program
from tests.unit.checks.asked import all_codes, blamed, found

LEARNING_ID = "0ty000000000101AAA"
OTHER_ID = "0ty000000000102AAA"
BADGE_ID = "0u9000000000201AAA"


@pytest.mark.parametrize(
    "learning",
    [
        pytest.param(course("CS 2", "CS 9"), id="prerequisite"),
        pytest.param(course("CS 2", corequisites=["CS 9"]), id="corequisite"),
        pytest.param(course("CS 2", recommended=["CS 9"]), id="recommended"),
        pytest.param(course("CS 2", AnyOf("CS 1", "CS 9")), id="one of several ways"),
        pytest.param(course("CS 2", AllOf("CS 1", AtLeast(1, "CS 9", Condition("consent")))), id="deep in a tree"),
        pytest.param(program("CS 2", "CS 9"), id="of a program"),
        pytest.param(course("CS 2", "CS 9", AnyOf("CS 1", "CS 9")), id="named twice and told once"),
        pytest.param(course("CS 2", "CS 9", recommended=["CS 9"]), id="in two relations and told once"),
    ],
)
def test_what_a_requirement_names_must_be_there(learning: Course) -> None:
    findings = found(graph("CS 1", learning), Code.UNKNOWN_REFERENCE)

    assert [finding.keys for finding in findings] == [("CS 2", "CS 9")]
    assert findings[0].severity is Severity.ERROR
    assert "CS 9" in findings[0].message


@pytest.mark.parametrize(
    "needed",
    [
        pytest.param("CS 1", id="a course"),
        pytest.param("BS CS", id="a program"),
        pytest.param("badge", id="an achievement"),
        pytest.param("CS 3", id="a course that comes later"),
        pytest.param(LEARNING_ID, id="the record of a course that is there"),
        pytest.param(LEARNING_ID[:15], id="that record in 15 characters"),
        pytest.param(OTHER_ID, id="a record that the catalogue does not have"),
        pytest.param(OTHER_ID[:15], id="such a record in 15 characters"),
        pytest.param(BADGE_ID, id="the record of an achievement"),
        pytest.param(Condition("CS 9"), id="a condition"),
    ],
)
def test_what_is_there_or_a_record_of_the_org_is_no_unknown_reference(needed: Any) -> None:
    catalogue = graph(
        course("CS 1", salesforce={"learning_id": LEARNING_ID}),
        program("BS CS"),
        course("CS 2", needed),
        "CS 3",
        achievements=[Achievement(key="badge", record_id=BADGE_ID)],
    )

    assert not found(catalogue, Code.UNKNOWN_REFERENCE)


def test_a_damaged_id_is_told_as_a_damaged_id_and_not_as_unknown() -> None:
    damaged = LEARNING_ID[:-1] + "B"

    assert all_codes(graph(course("CS 2", damaged))) == {"LG312"}


def test_a_key_of_eighteen_letters_with_no_right_checksum_is_just_unknown() -> None:
    assert all_codes(graph(course("CS 2", "IntroductionToArts"))) == {"LG201"}


def test_each_learning_that_names_an_unknown_one_is_told_and_all_have_one_cause() -> None:
    findings = found(graph(course("CS 1", "CS 9"), course("CS 2", "CS 9")), Code.UNKNOWN_REFERENCE)

    assert blamed(findings) == ["CS 1", "CS 2"]
    assert {finding.cause for finding in findings} == {"CS 9"}


def test_where_unknown_references_are_left_out_another_code_says_so() -> None:
    catalogue = graph(course("CS 2", "CS 9"), options={"unknown_references": "leave_out"})

    assert not found(catalogue, Code.UNKNOWN_REFERENCE)
    assert blamed(found(catalogue, Code.REFERENCE_LEFT_OUT)) == ["CS 2"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("CS101", "CS 101", id="a space is missing"),
        pytest.param("CS-101", "CS 101", id="a dash for a space"),
        pytest.param("CS  101", "CS 101", id="two spaces"),
        pytest.param("cs 101", "CS 101", id="lower case"),
        pytest.param("MAHT 340", "MATH 340", id="letters exchanged"),
        pytest.param("MATH 34O", "MATH 340", id="the letter O for a zero"),
    ],
)
def test_the_hint_names_a_close_spelling(written: str, meant: str) -> None:
    (finding,) = found(graph("CS 101", "MATH 340", "PHIL 27", course("X", written)), Code.UNKNOWN_REFERENCE)

    assert meant in finding.hint


@pytest.mark.parametrize("written", ["HIST 900", "Algebra", "數學 101"])
def test_the_hint_names_nothing_that_is_not_close(written: str) -> None:
    (finding,) = found(graph("CS 101", "MATH 340", course("X", written)), Code.UNKNOWN_REFERENCE)

    assert finding.hint
    assert "CS 101" not in finding.hint
    assert "MATH 340" not in finding.hint


def test_a_spelling_of_thousands_of_letters_makes_no_hint_of_thousands_of_letters() -> None:
    long = "C" * 5000

    (finding,) = found(graph(long + "1", course("X", long + "2")), Code.UNKNOWN_REFERENCE)

    assert len(finding.hint) < 500


def test_thousands_of_unknown_keys_are_all_told_and_each_has_a_hint() -> None:
    known = [f"CS {number}" for number in range(3000)]
    naming = [course(f"X {number}", f"CS {number}A") for number in range(1200)]

    findings = found(graph(*known, *naming), Code.UNKNOWN_REFERENCE)

    assert {finding.cause for finding in findings} == {f"CS {number}A" for number in range(1200)}
    assert all(finding.hint for finding in findings)


@pytest.mark.parametrize(
    ("learning", "unknown"),
    [
        pytest.param(course("X", outcomes=["badge"]), "badge", id="outcome"),
        pytest.param(course("X", equivalents=["XH"]), "XH", id="equivalent"),
        pytest.param(course("X", exclusions=["Y"]), "Y", id="exclusion"),
    ],
)
def test_what_outcomes_equivalents_and_exclusions_name_must_be_there(learning: Course, unknown: str) -> None:
    (finding,) = found(graph(learning), Code.UNKNOWN_ELSEWHERE)

    assert finding.keys == ("X", unknown)
    assert finding.severity is Severity.WARNING


def plans(program_plan: dict[str, Any] | None = None, degree_plan: dict[str, Any] | None = None) -> LearningGraph:
    """Two courses, a program, and one plan."""
    return graph(
        "CS 1",
        "CS 2",
        program("BS CS"),
        program_plans=[ProgramPlan(key="plan", **program_plan)] if program_plan else [],
        degree_plans=[DegreePlan(key="way", **degree_plan)] if degree_plan else [],
    )


def line(needs: Any) -> PlanRequirement:
    return PlanRequirement(name="Core", needs=needs)


@pytest.mark.parametrize(
    ("catalogue", "keys"),
    [
        pytest.param(plans({"program": "BA CS"}), ("plan", "BA CS"), id="the program of a program plan"),
        pytest.param(
            plans({"program": "BS CS", "requirements": [line("CS 1"), line(AnyOf("CS 2", "CS 9"))]}),
            ("plan", "CS 9"),
            id="a line of a program plan",
        ),
        pytest.param(
            plans({"program": "BS CS", "requirements": [line(Credits(credits=9, of=["CS 1", "CS 9"]))]}),
            ("plan", "CS 9"),
            id="credits in a program plan",
        ),
        pytest.param(
            plans(degree_plan={"program": "BA CS", "terms": [["CS 1"]]}), ("way", "BA CS"), id="of a degree plan"
        ),
        pytest.param(
            plans(degree_plan={"terms": [["CS 1"], ["CS 2", "CS 9"]]}), ("way", "CS 9"), id="a term of a degree plan"
        ),
    ],
)
def test_what_plans_name_must_be_there(catalogue: LearningGraph, keys: tuple[str, str]) -> None:
    assert [finding.keys for finding in found(catalogue, Code.UNKNOWN_ELSEWHERE)] == [keys]


@pytest.mark.parametrize(
    "catalogue",
    [
        pytest.param(
            plans({"program": "BS CS", "requirements": [line(Credits(credits=9, of=["CS 1", "CS 2"]))]}),
            id="a program plan of what is there",
        ),
        pytest.param(
            plans({"program": OTHER_ID, "requirements": [line(Condition("a portfolio")), line(OTHER_ID)]}),
            id="a program plan of records and conditions",
        ),
        pytest.param(plans(degree_plan={"terms": [["CS 1"], [], ["CS 2"]]}), id="a degree plan of no program"),
        pytest.param(
            graph(course("X", outcomes=[BADGE_ID, "badge"]), achievements=[Achievement(key="badge")]),
            id="outcomes that are declared or records",
        ),
        pytest.param(graph("Y", course("X", equivalents=["Y"], exclusions=["Y"])), id="what is there"),
    ],
)
def test_plans_and_outcomes_that_name_what_is_there_are_no_finding(catalogue: LearningGraph) -> None:
    assert not found(catalogue, Code.UNKNOWN_ELSEWHERE)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"prerequisites": ["X"]}, id="alone"),
        pytest.param({"prerequisites": [Need("X", minimum_grade=2)]}, id="with a grade"),
        pytest.param({"prerequisites": [AllOf("A", "X")]}, id="in an all-of"),
        pytest.param({"prerequisites": [AnyOf("X")]}, id="in an any-of of itself alone"),
        pytest.param({"prerequisites": [AtLeast(2, "X", "A")]}, id="in an at-least that asks for all"),
        pytest.param({"prerequisites": [AnyOf("X", "A"), "X"]}, id="as an alternative, and alone besides"),
        pytest.param({"prerequisites": [AnyOf(AllOf("X", "A"), AllOf("X", "B"))]}, id="in all alternatives"),
        pytest.param({"prerequisites": [LEARNING_ID]}, id="by its record"),
        pytest.param({"corequisites": [Need("X", timing=Timing.BEFORE)]}, id="as a corequisite taken before"),
    ],
)
def test_a_learning_that_nothing_else_can_open_must_not_require_itself(fields: dict[str, Any]) -> None:
    catalogue = graph("A", "B", course("X", salesforce={"learning_id": LEARNING_ID}, **fields))

    findings = found(catalogue, Code.SELF_REQUIREMENT)

    assert blamed(findings) == ["X"]
    assert findings[0].severity is Severity.ERROR
    assert blamed(found(catalogue, Code.UNATTAINABLE)) == ["X"]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"prerequisites": [AnyOf("X", "A")]}, id="in an any-of"),
        pytest.param({"prerequisites": [AllOf("B", AnyOf("X", "A"))]}, id="in an any-of inside an all-of"),
        pytest.param({"prerequisites": [AnyOf(AllOf("X", "B"), "A")]}, id="in an all-of inside an any-of"),
        pytest.param({"prerequisites": [AtLeast(2, "X", "A", "B")]}, id="in an at-least that can do without"),
        pytest.param({"recommended": ["X"]}, id="recommended"),
        pytest.param({"prerequisites": ["X"], "equivalents": ["A"]}, id="that an equivalent can stand in for"),
    ],
)
def test_a_self_requirement_beside_another_way_is_a_warning(fields: dict[str, Any]) -> None:
    catalogue = graph("A", "B", course("X", **fields))

    findings = found(catalogue, Code.SELF_REQUIREMENT)

    assert [finding.severity for finding in findings] == [Severity.WARNING]
    assert not found(catalogue, Code.UNATTAINABLE)


def test_a_learning_that_is_its_own_corequisite_is_told() -> None:
    assert blamed(found(graph(course("X", corequisites=["X"])), Code.SELF_REQUIREMENT)) == ["X"]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"prerequisites": ["XL"]}, id="a key that begins alike"),
        pytest.param({"outcomes": ["X badge"]}, id="an outcome"),
        pytest.param({"equivalents": ["X"], "exclusions": ["X"]}, id="an equivalent or exclusion of its own"),
        pytest.param({"prerequisites": [Condition("X")]}, id="a condition with the words of its key"),
    ],
)
def test_what_is_no_requirement_of_itself_is_no_finding(fields: dict[str, Any]) -> None:
    catalogue = graph("XL", course("X", **fields), achievements=[Achievement(key="X badge")])

    assert not found(catalogue, Code.SELF_REQUIREMENT)


def test_an_achievement_that_nothing_grants_is_told() -> None:
    catalogue = graph(course("X", "badge"), achievements=[Achievement(key="badge")])

    findings = found(catalogue, Code.NEVER_GRANTED)

    assert blamed(findings) == ["badge"]
    assert findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("achievement", "outcomes"),
    [
        pytest.param(Achievement(key="badge"), ["badge"], id="granted by its key"),
        pytest.param(Achievement(key="badge", record_id=BADGE_ID), [BADGE_ID], id="granted by its record"),
        pytest.param(Achievement(key="badge", record_id=BADGE_ID), [], id="a record of the org"),
        pytest.param(Achievement(key=BADGE_ID), [], id="a record of the org by its key"),
    ],
)
def test_an_achievement_that_is_granted_or_held_by_the_org_is_no_finding(
    achievement: Achievement, outcomes: list[str]
) -> None:
    granting = course("X", outcomes=[Outcome(achievement=key) for key in outcomes])

    assert not found(graph(granting, achievements=[achievement]), Code.NEVER_GRANTED)
