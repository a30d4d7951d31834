"""The shapes of request bodies: LearningInput, the achievement mappings, outcomes and skills."""

import json
from datetime import date
from typing import Any

import pytest

import learngraph as lg
from tests.builders import course, graph, program
from tests.property.documented_org import record_id

_COURSE, _OTHER, _PROGRAM = record_id("0ty", 1), record_id("0ty", 2), record_id("0ty", 3)
_BADGE, _ACCOUNT, _SKILL = record_id("0u9", 4), record_id("001", 5), record_id("0u9", 6)


def _created(learning: lg.Learning, *others: Any, dialect: lg.Dialect | None = None, **parts: Any) -> dict[str, Any]:
    """Write the POST body and give what it holds of one learning."""
    bodies = lg.post_bodies(graph(learning, *others, **parts), dialect=dialect)
    inputs = [one for body in bodies for one in body["learnings"]]
    found: dict[str, Any] = next(one for one in inputs if one["learning"].get("name") == learning.name)
    return found


def _full(kind: type[lg.Course] | type[lg.Program], **fields: Any) -> Any:
    return kind(
        key="X",
        name="Algorithms",
        provider=_ACCOUNT,
        description="Long.",
        active=True,
        active_from=date(2024, 9, 1),
        active_to=date(2025, 12, 31),
        duration=4,
        duration_unit="Credit Hours",
        cip_code="11.0101",
        academic_level="Graduate",
        custom_fields={"Campus__c": "North"},
        **fields,
    )


def test_a_course_is_written_with_all_its_fields_in_the_order_of_the_guide() -> None:
    full = _full(
        lg.Course,
        course_number=601,
        subject_abbreviation="CS",
        field_of_study="Science",
        course_level_description="Advanced",
    )

    body = _created(full)

    expected = {
        "learning": {
            "type": "Learning Course",
            "name": "Algorithms",
            "provider": _ACCOUNT,
            "description": "Long.",
            "courseLevelDescription": "Advanced",
            "subjectAbbreviation": "CS",
            "fieldOfStudy": "Science",
            "courseNumber": 601,
            "active": True,
            "activeFromDate": "2024-09-01T00:00:00.00Z",
            "activeToDate": "2025-12-31T23:59:59.00Z",
            "duration": 4,
            "durationUnit": "Credit Hours",
            "cipCode": "11.0101",
            "academicLevel": "Graduate",
            "learningCourseCustomFields": {"Campus__c": "North"},
        }
    }
    assert json.dumps(body) == json.dumps(expected)


def test_a_program_is_written_with_its_own_fields() -> None:
    body = _created(_full(lg.Program, top_level_program=False))["learning"]

    assert body["type"] == "Learning Program"
    assert body["topLevelProgram"] is False
    assert body["learningProgramCustomFields"] == {"Campus__c": "North"}
    assert "learningCourseCustomFields" not in body
    assert list(body)[-2:] == ["topLevelProgram", "learningProgramCustomFields"]


def test_what_is_absent_null_or_empty_is_left_out_and_false_and_zero_are_not() -> None:
    body = _created(course("X", active=False, duration=0, description="", cip_code=None))

    assert body == {"learning": {"type": "Learning Course", "name": "About X", "active": False, "duration": 0}}


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        pytest.param("datetime", "2024-09-01T00:00:00.00Z", "2025-12-31T23:59:59.00Z", id="as the examples"),
        pytest.param("date", "2024-09-01", "2025-12-31", id="as the REST guide asks"),
    ],
)
def test_days_are_written_as_the_dialect_says(dates: Any, start: str, end: str) -> None:
    period = course("X", active_from=date(2024, 9, 1), active_to="2025-12-31T12:00:00.00Z")

    body = _created(period, dialect=lg.Dialect(dates=dates))["learning"]

    assert (body["activeFromDate"], body["activeToDate"]) == (start, end)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        pytest.param(601, 601, id="a number stays a number"),
        pytest.param("601", "601", id="a text stays a text"),
        pytest.param("007", "007", id="leading zeros stay"),
        pytest.param("101L", "101L", id="letters stay"),
        pytest.param(0, 0, id="0 is a number like others"),
    ],
)
def test_a_course_number_is_sent_as_it_was_written(written: int | str, sent: int | str) -> None:
    number = _created(course("X", course_number=written))["learning"]["courseNumber"]

    assert (number, type(number)) == (sent, type(sent))


@pytest.mark.parametrize("number", [pytest.param(7, id="7"), pytest.param(6.5, id="6.5"), pytest.param(4.0, id="4.0")])
def test_numbers_are_sent_as_they_were_written(number: float) -> None:
    body = _created(course("X", lg.Need(_COURSE, number, duration=number), duration=number))

    need = body["prerequisites"][0]
    sent = [body["learning"]["duration"], need["minimumGrade"], need["duration"]]
    assert [json.dumps(value) for value in sent] == [json.dumps(number)] * 3


def test_custom_fields_are_sent_as_plain_json() -> None:
    custom = {"Campus__c": ["North", {"floor": 2}], "Lab__c": False, "Note__c": None}

    sent = _created(course("X", custom_fields=custom))["learning"]["learningCourseCustomFields"]

    assert json.dumps(sent) == json.dumps(custom)


def test_a_single_names_a_learning_after_what_it_asks_for() -> None:
    need = lg.Need(_COURSE, 3, duration=2, duration_unit="Credit Hours")

    body = _created(course("X", corequisites=[need]))

    expected = {
        "type": "Single Achievement",
        "minimumGrade": 3,
        "duration": 2,
        "durationUnit": "Credit Hours",
        "learningId": _COURSE,
    }
    assert [json.dumps(one) for one in body["corequisites"]] == [json.dumps(expected)]


def test_a_single_without_more_holds_its_type_and_target() -> None:
    body = _created(course("X", recommended=[_COURSE]))

    assert body["recommended"] == [{"type": "Single Achievement", "learningId": _COURSE}]


@pytest.mark.parametrize("key", [pytest.param("badge", id="by its key"), pytest.param(_BADGE, id="by its record")])
def test_a_single_names_an_achievement_by_its_record(key: str) -> None:
    body = _created(course("X", key), achievements=[lg.Achievement(key="badge", record_id=_BADGE)])

    assert body["prerequisites"] == [{"type": "Single Achievement", "learningAchievementId": _BADGE}]


def test_a_group_names_its_contributors_by_id_with_their_grades() -> None:
    body = _created(course("X", lg.AnyOf(lg.Need(_COURSE, 7), lg.Need(_OTHER, 6.5), _PROGRAM)))

    expected = {
        "type": "Group Achievement",
        "achievementContributors": [
            {"id": _COURSE, "minimumGrade": 7, "type": "Learning"},
            {"id": _OTHER, "minimumGrade": 6.5, "type": "Learning"},
            {"id": _PROGRAM, "type": "Learning"},
        ],
    }
    assert [json.dumps(one) for one in body["prerequisites"]] == [json.dumps(expected)]


def test_contributors_without_a_record_are_named_by_the_external_ids_of_courses_and_programs() -> None:
    any_of = lg.AnyOf(lg.Need("A", 2), "P")
    options = {"external_id_field": "Course_Id__c", "program_external_id_field": "Program_Id__c"}

    body = _created(course("X", any_of), course("A", external_id="A-1"), program("P"), options=options)

    assert body["prerequisites"][0]["achievementContributors"] == [
        {
            "courseExternalId": {"fieldName": "Course_Id__c", "fieldValue": "A-1"},
            "minimumGrade": 2,
            "type": "Learning",
        },
        {"programExternalId": {"fieldName": "Program_Id__c", "fieldValue": "P"}, "type": "Learning"},
    ]


def test_outcomes_are_singles_that_name_an_achievement() -> None:
    outcome = lg.Outcome(achievement="badge", minimum_grade=3, duration=4, duration_unit="Credit Hours", primary=False)

    body = _created(
        course("X", outcomes=[outcome, _SKILL]), achievements=[lg.Achievement(key="badge", record_id=_BADGE)]
    )

    expected = [
        {
            "type": "Single Achievement",
            "minimumGrade": 3,
            "duration": 4,
            "durationUnit": "Credit Hours",
            "isPrimary": False,
            "learningAchievementId": _BADGE,
        },
        {"type": "Single Achievement", "learningAchievementId": _SKILL},
    ]
    assert json.dumps(body["outcomes"]) == json.dumps(expected)


def test_skills_are_made_by_name_or_linked_by_their_achievement() -> None:
    skills = [lg.Skill(name="Java", description="Technical", achievement=_SKILL), "Python"]

    body = _created(course("X", skills=skills))

    expected = [
        {
            "type": "Skill Achievement",
            "name": "Java",
            "description": "Technical",
            "learningAchievementId": _SKILL,
        },
        {"type": "Skill Achievement", "name": "Python"},
    ]
    assert json.dumps(body["skills"]) == json.dumps(expected)


def test_the_parts_of_a_created_learning_stand_in_the_order_of_the_guide() -> None:
    everything = course(
        "X",
        _COURSE,
        corequisites=[_COURSE],
        recommended=[_COURSE],
        outcomes=[_BADGE],
        skills=["Java"],
    )

    parts = ["learning", "prerequisites", "corequisites", "recommended", "outcomes", "skills"]
    assert list(_created(everything)) == parts


def test_equal_learnings_give_equal_bytes_however_their_fields_were_given() -> None:
    one = lg.Course(key="X", name="N", active=True, course_number=1, custom_fields={"a__c": 1})
    other = lg.Course(custom_fields={"a__c": 1}, course_number=1, active=True, name="N", key="X")

    assert json.dumps(_created(one)) == json.dumps(_created(other))
