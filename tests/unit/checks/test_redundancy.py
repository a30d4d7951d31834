"""Redundancy and contradiction: what one learning says twice, or against itself."""

from typing import Any

import pytest

from learngraph import AllOf, AnyOf, AtLeast, Code, Condition, Need, Severity, Timing
from tests.builders import course, graph
from tests.unit.checks.asked import all_codes, blamed, found

A_RECORD = "0ty000000000101AAA"


def catalogue(*prerequisites: Any, options: dict[str, Any] | None = None, **fields: Any) -> Any:
    """X with these requirements, beside A, B and C; A has a record."""
    known = course("A", salesforce={"learning_id": A_RECORD})
    return graph(known, "B", "C", course("X", *prerequisites, **fields), options=options)


def timed(key: str, timing: str, **more: Any) -> Need:
    return Need(key, timing=Timing(timing), **more)


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        pytest.param({"prerequisites": ["A"], "corequisites": [timed("A", "with")]}, {}, id="in two relations"),
        pytest.param({"prerequisites": ["A", timed("A", "with")]}, {}, id="in one relation"),
        pytest.param({"prerequisites": [AllOf("B", "A", timed("A", "with"))]}, {}, id="in an all-of"),
        pytest.param(
            {"prerequisites": [Need("A", 3)], "corequisites": [timed("A", "with", minimum_grade=2)]},
            {},
            id="with different grades",
        ),
        pytest.param(
            {"prerequisites": ["A"], "corequisites": ["A"]},
            {"corequisite_timing": "with"},
            id="where corequisites mean at the same time",
        ),
        pytest.param({"prerequisites": [A_RECORD], "corequisites": [timed("A", "with")]}, {}, id="by record and key"),
    ],
)
def test_before_and_at_the_same_time_contradict_one_another(asked: dict[str, Any], options: dict[str, Any]) -> None:
    findings = found(catalogue(*asked.pop("prerequisites"), options=options, **asked), Code.CONTRADICTING_TIMINGS)

    assert [finding.keys for finding in findings] == [("X", "A")]
    assert findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"prerequisites": ["A"], "corequisites": ["A"]}, id="before, and before or with"),
        pytest.param({"corequisites": ["A", timed("A", "with")]}, id="with, and before or with"),
        pytest.param({"prerequisites": ["A"], "corequisites": [timed("B", "with")]}, id="of different courses"),
        pytest.param({"prerequisites": [AnyOf("A", timed("A", "with"))]}, id="as alternatives"),
        pytest.param({"prerequisites": [AnyOf("A", "B")], "corequisites": [timed("A", "with")]}, id="one of two ways"),
        pytest.param({"prerequisites": ["A"], "recommended": [timed("A", "with")]}, id="recommended only"),
    ],
)
def test_timings_that_can_both_be_kept_do_not_contradict_one_another(asked: dict[str, Any]) -> None:
    assert not found(catalogue(*asked.pop("prerequisites", ()), **asked), Code.CONTRADICTING_TIMINGS)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"prerequisites": ["A", "A"]}, id="in a relation"),
        pytest.param({"corequisites": ["A", "B", "A"]}, id="in corequisites"),
        pytest.param({"recommended": ["A", "A"]}, id="in recommendations"),
        pytest.param({"prerequisites": [AnyOf("A", "B", "A")]}, id="in an any-of"),
        pytest.param({"prerequisites": [AllOf("A", "A")]}, id="in an all-of"),
        pytest.param({"prerequisites": [AtLeast(2, "A", "A", "B")]}, id="in an at-least"),
        pytest.param({"prerequisites": [AnyOf("A", "B"), AnyOf("A", "B")]}, id="an any-of as a whole"),
        pytest.param({"prerequisites": [Condition("consent"), Condition("consent")]}, id="a condition"),
        pytest.param({"prerequisites": [Need("A", 3), "B", Need("A", 3)]}, id="with a grade"),
        pytest.param({"prerequisites": ["C", AnyOf("B", AllOf("A", "A"))]}, id="deep in a tree"),
        pytest.param({"prerequisites": [AnyOf("A", AnyOf("B", "A"))]}, id="in an any-of inside an any-of"),
    ],
)
def test_a_requirement_that_is_written_twice_is_told_once(asked: dict[str, Any]) -> None:
    findings = found(catalogue(*asked.pop("prerequisites", ()), **asked), Code.SAME_REQUIREMENT_TWICE)

    assert blamed(findings) == ["X"]
    assert findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(["A", AllOf("A", "B")], id="beside an all-of that holds it"),
        pytest.param([AllOf("C", "A"), AllOf("A", "B")], id="in two all-ofs"),
        pytest.param(["A", timed("A", "before")], id="once with the usual timing in words"),
        pytest.param(["A", A_RECORD], id="by key and by record"),
    ],
)
def test_what_says_the_same_in_other_words_is_told_as_repeated_or_as_implied(asked: list[Any]) -> None:
    assert all_codes(catalogue(*asked)) & {"LG206", "LG207"}


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"prerequisites": ["A", "B"]}, id="of different courses"),
        pytest.param({"prerequisites": ["A"], "recommended": ["A"]}, id="in different relations"),
        pytest.param({"prerequisites": [AnyOf("A", "B"), AnyOf("A", "C")]}, id="an alternative of two any-ofs"),
        pytest.param({"prerequisites": [AnyOf(AllOf("A", "B"), AllOf("A", "C"))]}, id="a part of two alternatives"),
        pytest.param({"prerequisites": [Need("A", 3), Need("A", 2)]}, id="with different grades"),
        pytest.param({"prerequisites": [Condition("A"), "A"]}, id="a condition of the same words"),
    ],
)
def test_what_only_looks_alike_is_not_written_twice(asked: dict[str, Any]) -> None:
    assert not found(catalogue(*asked.pop("prerequisites"), **asked), Code.SAME_REQUIREMENT_TWICE)


@pytest.mark.parametrize(
    ("asked", "implied"),
    [
        pytest.param({"prerequisites": ["A", AnyOf("A", "B")]}, "A or B", id="an any-of by one of its alternatives"),
        pytest.param({"prerequisites": [AnyOf("A", "B"), "A"]}, "A or B", id="also when it comes first"),
        pytest.param(
            {"prerequisites": [AnyOf("A", "B"), AnyOf("C", "B", "A")]}, "C or B or A", id="an any-of by a narrower one"
        ),
        pytest.param(
            {"prerequisites": [Need("A", 2), Need("A", 3)]}, "A with at least 2", id="a grade by a higher one"
        ),
        pytest.param({"prerequisites": ["A", Need("A", 3)]}, "A", id="no grade by a grade"),
        pytest.param(
            {"prerequisites": [AnyOf(Need("A", 2), "B"), Need("A", 3)]},
            "A with at least 2 or B",
            id="an any-of by a higher grade",
        ),
        pytest.param({"prerequisites": ["A"], "corequisites": ["A"]}, "A", id="a corequisite by a prerequisite"),
        pytest.param({"corequisites": [timed("A", "with"), "A"]}, "A", id="before or with by at the same time"),
        pytest.param(
            {"prerequisites": [AtLeast(2, "A", "B", "C"), AnyOf("A", "B", "C")]},
            "A or B or C",
            id="an any-of by an at-least",
        ),
        pytest.param(
            {"prerequisites": ["A", AnyOf("A", Condition("consent"))]},
            'A or "consent"',
            id="an any-of with a condition by its course",
        ),
        pytest.param(
            {"prerequisites": [AnyOf("A", Condition("consent")), "A"]},
            'A or "consent"',
            id="such an any-of, and never the course, also when it comes first",
        ),
        pytest.param(
            {"prerequisites": ["A", AtLeast(2, "A", Condition("consent"))]},
            "A",
            id="a course by the same course and a condition",
        ),
        pytest.param(
            {"prerequisites": [AnyOf("A", "B"), AnyOf(AllOf("A", Condition("consent")), "B")]},
            "A or B",
            id="an any-of by one that asks for a condition, too",
        ),
    ],
)
def test_a_requirement_that_another_one_implies_is_told(asked: dict[str, Any], implied: str) -> None:
    findings = found(catalogue(*asked.pop("prerequisites", ()), **asked), Code.IMPLIED_REQUIREMENT)

    assert [(finding.subject, finding.cause) for finding in findings] == [("X", implied)]
    assert findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"prerequisites": ["A", AnyOf("B", "C")]}, id="of other courses"),
        pytest.param({"prerequisites": [AnyOf("A", "B"), AnyOf("A", "C")]}, id="any-ofs that share an alternative"),
        pytest.param({"prerequisites": ["A", AnyOf(Need("A", 3), "B")]}, id="an any-of that asks for a grade"),
        pytest.param({"prerequisites": [Need("A", 3), Need("B", 2)]}, id="grades of different courses"),
        pytest.param(
            {"prerequisites": ["A"], "corequisites": [timed("A", "with")]}, id="a contradiction is no implication"
        ),
        pytest.param({"prerequisites": ["A"], "recommended": ["A"]}, id="what is only recommended"),
        pytest.param(
            {
                "prerequisites": [
                    Need("A", duration=3, duration_unit="Credit Hours"),
                    Need("A", duration=2, duration_unit="Clock Hours"),
                ]
            },
            id="durations in different units",
        ),
        pytest.param({"prerequisites": ["A", Condition("consent")]}, id="a condition"),
        pytest.param(
            {"prerequisites": [AnyOf("A", Condition("consent")), AnyOf("A", "B")]},
            id="who has consent meets the one and not the other",
        ),
    ],
)
def test_a_requirement_that_says_something_of_its_own_is_not_implied(asked: dict[str, Any]) -> None:
    assert not found(catalogue(*asked.pop("prerequisites"), **asked), Code.IMPLIED_REQUIREMENT)


@pytest.mark.parametrize(
    ("required", "recommended"),
    [
        pytest.param({"prerequisites": ["A"]}, ["A"], id="a prerequisite"),
        pytest.param({"corequisites": ["A"]}, ["A"], id="a corequisite"),
        pytest.param({"prerequisites": [AllOf("A", "B")]}, ["A"], id="a part of an all-of"),
        pytest.param({"prerequisites": [Need("A", 3)]}, [Need("A", 2)], id="recommended with a lower grade"),
        pytest.param({"prerequisites": [Need("A", 3)]}, [Need("A", 3)], id="recommended with the same grade"),
        pytest.param({"prerequisites": [A_RECORD]}, ["A"], id="by record and key"),
    ],
)
def test_what_is_required_need_not_be_recommended(required: dict[str, Any], recommended: list[Any]) -> None:
    asked = dict(required)

    findings = found(
        catalogue(*asked.pop("prerequisites", ()), recommended=recommended, **asked), Code.REQUIRED_AND_RECOMMENDED
    )

    assert [finding.keys for finding in findings] == [("X", "A")]
    assert findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("required", "recommended"),
    [
        pytest.param(["A"], [Need("A", 3)], id="a grade where none is required"),
        pytest.param([Need("A", 2)], [Need("A", 3)], id="a higher grade"),
        pytest.param([AnyOf("A", "B")], ["A"], id="one of several ways"),
        pytest.param(["A"], ["B"], id="another course"),
        pytest.param([], ["A"], id="nothing is required"),
    ],
)
def test_a_recommendation_that_says_more_is_fine(required: list[Any], recommended: list[Any]) -> None:
    assert not found(catalogue(*required, recommended=recommended), Code.REQUIRED_AND_RECOMMENDED)


@pytest.mark.parametrize(
    ("required", "of_x", "of_a"),
    [
        pytest.param({"prerequisites": ["A"]}, ["A"], [], id="it excludes what it requires"),
        pytest.param({"prerequisites": ["A"]}, [], ["X"], id="what it requires excludes it"),
        pytest.param({"corequisites": ["A"]}, ["A"], [], id="a corequisite"),
        pytest.param({"prerequisites": [AllOf("B", "A")]}, ["A"], [], id="a part of an all-of"),
    ],
)
def test_a_learning_must_not_require_what_it_excludes(
    required: dict[str, Any], of_x: list[str], of_a: list[str]
) -> None:
    learnings = graph(course("A", exclusions=of_a), "B", course("X", exclusions=of_x, **required))

    findings = found(learnings, Code.REQUIRES_EXCLUDED)

    assert [finding.keys for finding in findings] == [("X", "A")]
    assert findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"prerequisites": [AnyOf("A", "B")], "exclusions": ["A"]}, id="one of several ways"),
        pytest.param({"recommended": ["A"], "exclusions": ["A"]}, id="only recommended"),
        pytest.param({"prerequisites": ["B"], "exclusions": ["A"]}, id="another course"),
        pytest.param({"prerequisites": ["A"], "equivalents": ["A"]}, id="an equivalent"),
    ],
)
def test_exclusions_of_what_need_not_be_taken_are_fine(fields: dict[str, Any]) -> None:
    assert not found(graph("A", "B", course("X", **fields)), Code.REQUIRES_EXCLUDED)
