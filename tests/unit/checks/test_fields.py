"""Fields: what single values of a learning hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from learngraph import (
    Code,
    Course,
    Credits,
    Dialect,
    LearningGraph,
    Need,
    Outcome,
    PlanRequirement,
    ProgramPlan,
    Severity,
    check,
    read,
)
from learngraph.salesforce.value_sets import VALUE_SETS
from tests.builders import codes, course, graph, program
from tests.unit.checks.asked import blamed, found

HUGE = 10**400
RECORD = "0ty000000000101AAA"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("academic_level", "Grad", id="academic level"),
        pytest.param("academic_level", "graduate", id="academic level in another case"),
        pytest.param("duration_unit", "Credits", id="unit of a duration"),
        pytest.param("course_level_description", "A graduate-level course", id="level of a course"),
        pytest.param("field_of_study", "Computer Science", id="field of study"),
    ],
)
def test_a_value_that_is_in_no_documented_list_is_a_warning(field: str, value: str) -> None:
    (finding,) = found(graph(course("X", **{field: value})), Code.NOT_IN_VALUE_SET)

    assert finding.severity is Severity.WARNING
    assert finding.subject == "X"
    assert finding.place.field == field
    assert value in finding.message


@pytest.mark.parametrize("field", [pytest.param(field, id=field) for field in VALUE_SETS])
def test_every_documented_value_is_fine(field: str) -> None:
    learnings = [course(f"X {place}", **{field: value}) for place, value in enumerate(VALUE_SETS[field])]

    assert not found(graph(*learnings), Code.NOT_IN_VALUE_SET)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        # both of each pair stand in the documentation, on different pages
        pytest.param("academic_level", "Doctoral", id="Doctoral"),
        pytest.param("academic_level", "Doctorate", id="Doctorate"),
        pytest.param("duration_unit", "Other", id="Other"),
        pytest.param("duration_unit", "Others", id="Others"),
        pytest.param("academic_level", None, id="not stated"),
        pytest.param("academic_level", "", id="empty"),
    ],
)
def test_both_spellings_of_the_documentation_and_nothing_are_fine(field: str, value: str | None) -> None:
    assert not found(graph(course("X", **{field: value})), Code.NOT_IN_VALUE_SET)


@pytest.mark.parametrize(
    "learning",
    [
        pytest.param(course("X", Need("Y", duration=1, duration_unit="Hours")), id="of a requirement"),
        pytest.param(
            course("X", outcomes=[Outcome(achievement="0u9000000000201AAA", duration=1, duration_unit="Hours")]),
            id="of an outcome",
        ),
    ],
)
def test_the_unit_of_a_duration_is_of_the_list_wherever_it_stands(learning: Course) -> None:
    assert blamed(found(graph("Y", learning), Code.NOT_IN_VALUE_SET)) == ["X"]


def levels() -> LearningGraph:
    return graph(
        course("own", academic_level="Master"),
        course("documented", academic_level="Graduate"),
        course("other field", field_of_study="Informatics"),
    )


def test_the_callers_own_list_stands_in_place_of_the_documented_one_and_of_no_other() -> None:
    own = Dialect(value_sets={"academic_level": ["Master"]})

    assert blamed(found(levels(), Code.NOT_IN_VALUE_SET, dialect=own)) == ["documented", "other field"]


def test_a_catalogue_may_bring_the_list_of_its_org() -> None:
    own = graph(
        course("own", academic_level="Master"),
        course("documented", academic_level="Graduate"),
        options={"dialect": {"value_sets": {"academic_level": ["Master"]}}},
    )

    assert blamed(found(own, Code.NOT_IN_VALUE_SET)) == ["documented"]


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param({"value_sets": {"academic_level": 5}}, id="a number for a list of values"),
        pytest.param({"value_sets": {"academic_level": "Master"}}, id="a text for a list of values"),
        pytest.param({"text_lengths": {"name": "long"}}, id="a text for a length"),
    ],
)
def test_lists_and_lengths_of_a_wrong_kind_are_impossible_settings(setting: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "catalogue.json"
    learnings = [{"key": "X", "name": "X", "active": True, "academic_level": "Graduate"}]
    options = {"dialect": setting}
    file.write_text(json.dumps({"format": "learngraph/1", "options": options, "learnings": learnings}))

    assert codes(check(read(file))) == ["LG116"]


@pytest.mark.parametrize("made", [pytest.param(course, id="a course"), pytest.param(program, id="a program")])
def test_a_new_learning_says_whether_it_is_active(made: Any) -> None:
    (finding,) = found(graph(made("X", active=None)), Code.ACTIVE_NOT_STATED)

    assert finding.subject == "X"
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(graph(course("X", active=True)), id="active"),
        pytest.param(graph(course("X", active=False)), id="inactive"),
        pytest.param(graph(course("X", active=None), options={"defaults": {"active": True}}), id="by the defaults"),
        pytest.param(graph(course("X", active=None, salesforce={"learning_id": RECORD})), id="not new"),
        pytest.param(graph(course(RECORD, active=None)), id="not new, as its key says"),
    ],
)
def test_what_says_so_or_is_not_new_need_not_say_whether_it_is_active(learnings: LearningGraph) -> None:
    assert not found(learnings, Code.ACTIVE_NOT_STATED)


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(graph(course("X", active_from="2026-08-15", active_to="2026-08-14")), id="a course"),
        pytest.param(graph(program("X", active_from="2026-08-15", active_to="2025-08-15")), id="a program"),
        pytest.param(
            graph(
                program("P"),
                program_plans=[ProgramPlan(key="X", program="P", active_from="2026-08-15", active_to="2026-01-01")],
            ),
            id="a program plan",
        ),
    ],
)
def test_a_period_ends_after_it_starts(learnings: LearningGraph) -> None:
    (finding,) = found(learnings, Code.STARTS_AFTER_END)

    assert finding.subject == "X"
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "period",
    [
        pytest.param({"active_from": "2026-08-15", "active_to": "2026-08-15"}, id="one day"),
        pytest.param({"active_from": "2026-08-15"}, id="no end"),
        pytest.param({"active_to": "2026-08-15"}, id="no start"),
        pytest.param(
            {"active_from": "2026-08-15T23:00:00Z", "active_to": "2026-08-15T01:00:00Z"},
            id="only the times are mixed up",
        ),
        pytest.param({}, id="none"),
    ],
)
def test_periods_of_a_day_or_with_an_open_end_are_fine(period: dict[str, str]) -> None:
    assert not found(graph(course("X", **period)), Code.STARTS_AFTER_END)


@pytest.mark.parametrize(
    ("written", "hinted"),
    [
        pytest.param(11.01, "11.0100", id="a number that lost its last zeros"),
        pytest.param("11.01", "11.0100", id="the same as text"),
        pytest.param("11.010", "11.0100", id="one zero lost"),
        pytest.param("1.0101", "01.0101", id="a text that lost its first zero"),
        pytest.param(1.01, "01.0100", id="zeros lost at both ends"),
        pytest.param(11, "11.0000", id="a whole number"),
        pytest.param(40179, "date", id="the number of a day"),
        pytest.param("40179", "date", id="the number of a day as text"),
        pytest.param("Nov-01", "date", id="a month"),
        pytest.param("01-Nov", "date", id="a day of a month"),
        pytest.param("2011-01-01", "date", id="a date"),
        pytest.param("11/1", "date", id="a day and a month"),
    ],
)
def test_the_hint_says_what_a_spreadsheet_has_done_to_a_cip_code(written: Any, hinted: str) -> None:
    (finding,) = found(graph(course("X", cip_code=written)), Code.CIP_CODE)

    assert hinted in finding.hint
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("computing", id="a word"),
        pytest.param("110101", id="no point"),
        pytest.param("11,0101", id="a comma"),
        pytest.param("11.0101.01", id="too much"),
        pytest.param("111.0101", id="three digits"),
        pytest.param("11.0101 ", id="a space after it"),
        pytest.param("\u0661\u0661.\u0660\u0661\u0660\u0661", id="digits of another script"),
    ],
)
def test_a_cip_code_has_two_digits_a_point_and_four_digits(written: str) -> None:
    (finding,) = found(graph(course("X", cip_code=written)), Code.CIP_CODE)

    assert finding.place.field == "cip_code"
    assert finding.hint


@pytest.mark.parametrize("written", ["11.0101", "01.0000", "99.9999", "", None])
def test_cip_codes_as_they_should_be_are_fine(written: str | None) -> None:
    assert not found(graph(course("X", cip_code=written)), Code.CIP_CODE)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"duration": 4}, id="of a course"),
        pytest.param({"duration": 0}, id="of nothing"),
        pytest.param({"duration": 4, "duration_unit": ""}, id="with an empty unit"),
        pytest.param({"prerequisites": [Need("Y", duration=3)]}, id="of a requirement"),
        pytest.param({"outcomes": [Outcome(achievement="0u9000000000201AAA", duration=3)]}, id="of an outcome"),
    ],
)
def test_a_duration_without_a_unit_is_a_warning(fields: dict[str, Any]) -> None:
    (finding,) = found(graph("Y", course("X", **fields)), Code.DURATION_WITHOUT_UNIT)

    assert finding.subject == "X"
    assert finding.severity is Severity.WARNING


def test_durations_without_a_unit_are_told_in_the_order_of_learnings() -> None:
    granting = course("A", outcomes=[Outcome(achievement="0u9000000000201AAA", duration=3)])

    findings = found(graph(granting, course("B", duration=3)), Code.DURATION_WITHOUT_UNIT)

    assert [finding.keys[0] for finding in findings] == ["A", "B"]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"duration": 4, "duration_unit": "Credit Hours"}, id="both"),
        pytest.param({"duration_unit": "Credit Hours"}, id="a unit alone"),
        pytest.param({}, id="neither"),
        pytest.param({"prerequisites": [Need("Y", duration=3, duration_unit="Credit Hours")]}, id="both, required"),
    ],
)
def test_a_duration_with_a_unit_and_a_unit_alone_are_fine(fields: dict[str, Any]) -> None:
    assert not found(graph("Y", course("X", **fields)), Code.DURATION_WITHOUT_UNIT)


def of_an_outcome(**fields: Any) -> dict[str, Any]:
    return {"outcomes": [Outcome(achievement="0u9000000000201AAA", **fields)]}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"duration": -4, "duration_unit": "Credit Hours"}, id="a negative duration"),
        pytest.param({"duration": -0.5, "duration_unit": "Credit Hours"}, id="a little less than nothing"),
        pytest.param({"duration": HUGE, "duration_unit": "Credit Hours"}, id="a duration of 400 digits"),
        pytest.param({"duration": 1e300, "duration_unit": "Credit Hours"}, id="a broken number as large"),
        pytest.param(
            {"prerequisites": [Need("Y", duration=-HUGE, duration_unit="Credit Hours")]},
            id="negative and of 400 digits",
        ),
        pytest.param({"prerequisites": [Need("Y", -1)]}, id="a negative grade"),
        pytest.param({"prerequisites": [Need("Y", HUGE)]}, id="a grade of 400 digits"),
        pytest.param({"recommended": [Need("Y", HUGE)]}, id="a recommended grade of 400 digits"),
        pytest.param(of_an_outcome(minimum_grade=-2), id="a negative grade of an outcome"),
        pytest.param(of_an_outcome(duration=HUGE, duration_unit="Credit Hours"), id="a huge duration of an outcome"),
    ],
)
def test_negative_and_huge_numbers_are_errors(fields: dict[str, Any]) -> None:
    (finding,) = found(graph("Y", course("X", **fields)), Code.IMPLAUSIBLE_NUMBER)

    assert finding.subject == "X"
    assert finding.severity is Severity.ERROR
    assert len(finding.message) < 200


def test_negative_credits_of_a_program_plan_are_an_error() -> None:
    line = PlanRequirement(needs=Credits(credits=-9, of=["Y"]))
    learnings = graph("Y", program("P"), program_plans=[ProgramPlan(key="plan", program="P", requirements=[line])])

    assert blamed(found(learnings, Code.IMPLAUSIBLE_NUMBER)) == ["plan"]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"duration": 0, "duration_unit": "No Credit"}, id="nothing"),
        pytest.param({"duration": 6.5, "duration_unit": "Credit Hours"}, id="a broken number"),
        pytest.param({"duration": 1200, "duration_unit": "Clock Hours"}, id="many clock hours"),
        pytest.param({"prerequisites": [Need("Y", 0)]}, id="a grade of nothing"),
        pytest.param({"prerequisites": [Need("Y", 100)]}, id="a grade in per cent"),
    ],
)
def test_numbers_that_universities_write_are_plausible(fields: dict[str, Any]) -> None:
    assert not found(graph("Y", course("X", **fields)), Code.IMPLAUSIBLE_NUMBER)


@pytest.mark.parametrize(
    ("grades", "asked", "above"),
    [
        pytest.param("us", 4, False, id="us, the top"),
        pytest.param("us", 4.1, True, id="us, above"),
        pytest.param("itu", 85, True, id="itu, in per cent"),
        pytest.param({"1": 1, "5": 5}, 5, False, id="a scale of its own, the top"),
        pytest.param({"1": 1, "5": 5}, 5.5, True, id="a scale of its own, above"),
        pytest.param({"pass": None}, 85, False, id="a scale without numbers"),
        pytest.param("us", None, False, id="no grade"),
    ],
)
def test_a_grade_can_be_reached_on_the_scale(grades: Any, asked: float | None, above: bool) -> None:  # noqa: FBT001 - a column of the table
    learnings = graph("Y", course("X", Need("Y", asked)), options={"grades": grades})

    findings = found(learnings, Code.GRADE_ABOVE_SCALE)

    assert blamed(findings) == (["X"] if above else [])
    assert all(finding.severity is Severity.WARNING for finding in findings)


@pytest.mark.parametrize("fields", [{"recommended": [Need("Y", 5)]}, of_an_outcome(minimum_grade=5)])
def test_grades_of_recommendations_and_outcomes_can_be_reached_too(fields: dict[str, Any]) -> None:
    assert blamed(found(graph("Y", course("X", **fields)), Code.GRADE_ABOVE_SCALE)) == ["X"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="empty"),
        pytest.param("   ", id="blanks"),
        pytest.param("\t\n", id="a tab and a line break"),
        pytest.param("\u00a0", id="a no-break space"),
    ],
)
@pytest.mark.parametrize("made", [pytest.param(course, id="a course"), pytest.param(program, id="a program")])
def test_a_learning_has_a_name(made: Any, name: str | None) -> None:
    (finding,) = found(graph(made("X", name=name)), Code.MISSING_NAME)

    assert finding.subject == "X"
    assert finding.severity is Severity.ERROR
    assert finding.place.field == "name"


@pytest.mark.parametrize("name", ["C", "0", " C ", "數學"])
def test_a_name_may_be_short(name: str) -> None:
    assert not found(graph(course("X", name=name)), Code.MISSING_NAME)
