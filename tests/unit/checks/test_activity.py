"""Activity: what is required must be offered."""

from typing import Any

import pytest

from learngraph import AllOf, AnyOf, AtLeast, Code, Severity
from tests.builders import course, graph
from tests.unit.checks.asked import all_codes, blamed, found

OLD_RECORD = "0ty000000000101AAA"
_OF_ACTIVITY = {"LG210", "LG211", "LG217"}


def catalogue(*prerequisites: Any, **fields: Any) -> Any:
    """X beside NEW, which is active, and OLD and OLDER, which are not."""
    old = course("OLD", active=False, salesforce={"learning_id": OLD_RECORD})
    return graph("NEW", old, course("OLDER", active=False), course("X", *prerequisites, **fields))


@pytest.mark.parametrize(
    ("asked", "code", "severity"),
    [
        pytest.param({"prerequisites": ["OLD"]}, Code.INACTIVE_REQUIRED, Severity.WARNING, id="a prerequisite"),
        pytest.param({"corequisites": ["OLD"]}, Code.INACTIVE_REQUIRED, Severity.WARNING, id="a corequisite"),
        pytest.param(
            {"prerequisites": [AllOf("NEW", "OLD")]}, Code.INACTIVE_REQUIRED, Severity.WARNING, id="a part of an all-of"
        ),
        pytest.param({"prerequisites": [OLD_RECORD]}, Code.INACTIVE_REQUIRED, Severity.WARNING, id="by its record"),
        pytest.param(
            {"prerequisites": [AtLeast(2, "NEW", "OLD")]},
            Code.INACTIVE_REQUIRED,
            Severity.WARNING,
            id="an at-least that asks for all",
        ),
        pytest.param(
            {"prerequisites": [AnyOf("OLD", "NEW")]},
            Code.INACTIVE_ALTERNATIVE,
            Severity.INFO,
            id="a partly inactive any-of",
        ),
        pytest.param(
            {"prerequisites": [AnyOf("OLD", "OLDER", "NEW")]},
            Code.INACTIVE_ALTERNATIVE,
            Severity.INFO,
            id="an any-of with one active alternative",
        ),
        pytest.param(
            {"prerequisites": [AnyOf("OLD", "OLDER")]},
            Code.ALL_ALTERNATIVES_INACTIVE,
            Severity.WARNING,
            id="a wholly inactive any-of",
        ),
        pytest.param(
            {"prerequisites": [AnyOf("OLD", AnyOf("OLDER", "OLD"))]},
            Code.ALL_ALTERNATIVES_INACTIVE,
            Severity.WARNING,
            id="any-ofs in one another",
        ),
    ],
)
def test_what_an_active_learning_requires_must_be_active(asked: dict[str, Any], code: Code, severity: Severity) -> None:
    learnings = catalogue(*asked.pop("prerequisites", ()), **asked)

    assert all_codes(learnings) & _OF_ACTIVITY == {code.value}
    (finding,) = found(learnings, code)
    assert finding.subject == "X"
    assert finding.severity is severity
    assert "OLD" in finding.keys


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(catalogue("NEW"), id="what is active is required"),
        pytest.param(catalogue("OLD", active=False), id="the learning is inactive itself"),
        pytest.param(catalogue(recommended=["OLD"]), id="what is inactive is only recommended"),
        pytest.param(catalogue(equivalents=["OLD"], exclusions=["OLD"]), id="it is no requirement"),
        pytest.param(graph(course("Y", active=None), course("X", "Y")), id="not stated is not inactive"),
    ],
)
def test_what_need_not_be_active_is_no_finding(learnings: Any) -> None:
    assert not all_codes(learnings) & _OF_ACTIVITY


def test_what_the_defaults_make_inactive_is_inactive() -> None:
    learnings = graph(course("Y", active=None), course("X", "Y"), options={"defaults": {"active": False}})

    assert blamed(found(learnings, Code.INACTIVE_REQUIRED)) == ["X"]


def periods(required: dict[str, str], own: dict[str, str]) -> Any:
    return graph(course("A", **required), course("X", "A", **own))


@pytest.mark.parametrize(
    ("required", "own"),
    [
        pytest.param({"active_to": "2024-07-31"}, {"active_from": "2024-08-01"}, id="the required one ends before"),
        pytest.param({"active_from": "2027-01-01"}, {"active_to": "2026-12-31"}, id="the required one begins after"),
        pytest.param(
            {"active_from": "2020-01-01", "active_to": "2021-01-01"},
            {"active_from": "2022-01-01", "active_to": "2023-01-01"},
            id="both are bounded",
        ),
    ],
)
def test_a_requirement_must_be_active_on_some_day_of_the_learning(
    required: dict[str, str], own: dict[str, str]
) -> None:
    (finding,) = found(periods(required, own), Code.PERIODS_APART)

    assert finding.keys == ("X", "A")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("required", "own"),
    [
        pytest.param({"active_to": "2024-08-01"}, {"active_from": "2024-08-01"}, id="they share one day"),
        pytest.param({"active_to": "2024-08-01"}, {}, id="the learning has no period"),
        pytest.param({}, {"active_from": "2024-08-01", "active_to": "2025-08-01"}, id="the required one has none"),
        pytest.param({"active_from": "2020-01-01"}, {"active_from": "2024-01-01"}, id="both are open at the end"),
        pytest.param({"active_to": "2020-01-01"}, {"active_to": "2024-01-01"}, id="both are open at the start"),
        pytest.param(
            {"active_from": "2020-01-01", "active_to": "2030-01-01"},
            {"active_from": "2024-01-01", "active_to": "2025-01-01"},
            id="the one inside the other",
        ),
    ],
)
def test_periods_that_share_a_day_are_fine(required: dict[str, str], own: dict[str, str]) -> None:
    assert not found(periods(required, own), Code.PERIODS_APART)


def alternatives(*prerequisites: Any, **fields: Any) -> Any:
    """X from 2026 on, beside two courses that ended in 2024 and one that goes on."""
    return graph(
        course("ENDED", active_to="2024-07-31"),
        course("PAST", active_to="2023-07-31"),
        "GOES ON",
        course("X", *prerequisites, active_from="2026-08-15", **fields),
    )


def test_an_any_of_of_nothing_but_past_courses_is_told_once() -> None:
    (finding,) = found(alternatives(AnyOf("ENDED", "PAST")), Code.PERIODS_APART)

    assert finding.keys == ("X", "ENDED", "PAST")


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(alternatives(AnyOf("ENDED", "GOES ON")), id="an alternative that goes on"),
        pytest.param(alternatives(recommended=["ENDED"]), id="only recommended"),
        pytest.param(alternatives(AnyOf("ENDED", "not there")), id="an alternative of which nothing is known"),
    ],
)
def test_an_any_of_with_another_way_has_a_day_in_common(learnings: Any) -> None:
    assert not found(learnings, Code.PERIODS_APART)
