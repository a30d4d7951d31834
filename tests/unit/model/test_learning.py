from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from learngraph import AnyOf, Course, InvalidValueError, Need, Outcome, Program, RecordIds, Relation, Skill
from learngraph.model.learning import subject_and_number


def test_a_learning_states_nothing_that_was_not_stated() -> None:
    for learning in (Course(key="A"), Program(key="A")):
        stated = {name: getattr(learning, name) for name in type(learning).model_fields}

        usual = {"key": "A", "salesforce": RecordIds()}
        assert {name: value for name, value in stated.items() if value not in (None, (), {})} == usual


@pytest.mark.parametrize(
    ("written", "number"),
    [
        pytest.param("601", "601", id="text"),
        pytest.param(601, "601", id="number"),
        pytest.param("007", "007", id="zeros in front"),
        pytest.param(0, "0", id="zero"),
        pytest.param("101L", "101L", id="letter"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_course_number_is_compared_as_text(written: object, number: str) -> None:
    course = Course(key="A", course_number=written)

    assert course.course_number == number
    assert course == Course(key="A", course_number=number)
    assert len({course, Course(key="A", course_number=number)}) == 1


def test_zeros_in_front_of_a_course_number_count() -> None:
    assert Course(key="A", course_number="007") != Course(key="A", course_number=7)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(True, id="true"),
        pytest.param(6.5, id="broken number"),
        pytest.param(["601"], id="list"),
        pytest.param(10**5000, id="number of 5000 digits"),
    ],
)
def test_what_is_no_course_number_is_refused(written: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Course(key="A", course_number=written)

    assert caught.value.faults[0][0] == "course_number"


@pytest.mark.parametrize("written", [1, 0, "true", "yes", "no", 1.0])
@pytest.mark.parametrize(
    ("kind", "field"),
    [pytest.param(Course, "active", id="active"), pytest.param(Program, "top_level_program", id="top")],
)
def test_only_true_and_false_are_flags(kind: type[Course] | type[Program], field: str, written: object) -> None:
    with pytest.raises(InvalidValueError):
        kind(**{"key": "A", field: written})


@pytest.mark.parametrize(
    ("written", "day"),
    [
        pytest.param(date(2024, 9, 1), date(2024, 9, 1), id="date"),
        pytest.param("2024-09-01", date(2024, 9, 1), id="text"),
        pytest.param(" 2024-09-01 ", date(2024, 9, 1), id="text with spaces"),
        pytest.param("2024-09-01T00:00:00.00Z", date(2024, 9, 1), id="as the guide writes the first moment"),
        pytest.param("2025-12-31T23:59:59.00Z", date(2025, 12, 31), id="as the guide writes the last moment"),
        pytest.param("2024-09-01T12:00:00.000+0000", date(2024, 9, 1), id="as the REST API writes a time"),
        pytest.param("2025-12-31T23:00:00-05:00", date(2026, 1, 1), id="day in UTC"),
        pytest.param(datetime(2024, 9, 1, 23, 30, tzinfo=UTC), date(2024, 9, 1), id="time in UTC"),
        pytest.param(
            datetime(2024, 9, 1, 1, tzinfo=timezone(timedelta(hours=3))), date(2024, 8, 31), id="time elsewhere"
        ),
        pytest.param(datetime(2024, 9, 1, 23, 30), date(2024, 9, 1), id="time of nowhere"),  # noqa: DTZ001 - what is tested
        pytest.param("2024-02-29", date(2024, 2, 29), id="leap day"),
    ],
)
def test_dates_are_days(written: object, day: date) -> None:
    read = Course(key="A", active_from=written).active_from

    assert read == day
    assert type(read) is date


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("2026-02-30", id="day that does not exist"),
        pytest.param("2025-02-29", id="leap day of another year"),
        pytest.param("2024-09-01T23:59:62.00Z", id="second that does not exist"),
        pytest.param("2024-09-01T25:00:00Z", id="hour that does not exist"),
        pytest.param("09/01/2024", id="American form"),
        pytest.param("", id="empty"),
        pytest.param("string", id="placeholder"),
        pytest.param(45536, id="serial number of a spreadsheet"),
        pytest.param(20240901, id="number that looks like a day"),
        pytest.param(True, id="true"),
        pytest.param(
            datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5))), id="after the end of time in UTC"
        ),
        pytest.param("9999-12-31T23:00:00-05:00", id="text after the end of time in UTC"),
    ],
)
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Course(key="A", active_to=written)

    assert [field for field, _ in caught.value.faults] == ["active_to"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        pytest.param("11.0101", "11.0101", id="text"),
        pytest.param(11.01, "11.01", id="what a spreadsheet made of 11.0100"),
        pytest.param(11, "11", id="whole number"),
    ],
)
def test_a_cip_code_is_kept_as_it_was_damaged(written: object, code: str) -> None:
    assert Course(key="A", cip_code=written).cip_code == code


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        pytest.param(Course, "top_level_program", True, id="a program's field on a course"),
        pytest.param(Program, "course_number", "601", id="a course's field on a program"),
        pytest.param(Course, "type", "course", id="type, which is the class"),
    ],
)
def test_fields_of_the_other_type_are_refused(kind: type[Course] | type[Program], field: str, value: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        kind(**{"key": "A", field: value})

    assert [name for name, _ in caught.value.faults] == [field]


def test_short_forms_stand_for_values() -> None:
    course = Course(
        key="A",
        prerequisites=["B", {"any": ["C", "D"]}],
        outcomes=["badge", {"achievement": "medal", "minimum_grade": 3}],
        skills=["Java"],
        salesforce={"learning_id": "0tyLT0000000AQnYAM"},
    )

    assert course.prerequisites == (Need("B"), AnyOf("C", "D"))
    assert course.outcomes == (Outcome(achievement="badge"), Outcome(achievement="medal", minimum_grade=3))
    assert course.skills == (Skill(name="Java"),)
    assert course.record_id == "0tyLT0000000AQnYAM"


def test_relations_to_a_key_are_given_once_each_and_in_trees_too() -> None:
    course = Course(
        key="A",
        prerequisites=["B", {"any": ["C", {"all": ["B", "D"]}]}],
        corequisites=["D"],
        recommended=["B"],
        outcomes=["badge", "badge"],
    )

    assert list(course.relations_to("B")) == [Relation.PREREQUISITE, Relation.RECOMMENDED]
    assert list(course.relations_to("D")) == [Relation.PREREQUISITE, Relation.COREQUISITE]
    assert list(course.relations_to("badge")) == [Relation.OUTCOME]
    assert list(course.relations_to("A")) == []


def test_each_relation_names_its_field() -> None:
    fields: dict[str, Any] = {"prerequisites": ["P"], "corequisites": ["C"], "recommended": ["R"]}
    course = Course(key="A", **fields, outcomes=["badge"])

    for relation, key in zip(Relation, "PCR", strict=False):
        assert course.requirements(relation) == (Need(key),)
    assert course.requirements(Relation.OUTCOME) == ()
    assert {relation.field for relation in Relation} <= Course.model_fields.keys()


@pytest.mark.parametrize("kind", [Course, Program])
def test_a_learning_is_shown_on_one_bounded_line(kind: type[Course] | type[Program]) -> None:
    shown = repr(kind(key="A\n" * 1000, name="x\n" * 1000, prerequisites=["B"] * 100))

    assert shown.startswith(f"<{kind.__name__} ")
    assert "\n" not in shown
    assert len(shown) < 200


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        pytest.param("CS 601", ("CS", "601"), id="space"),
        pytest.param("BIOL-1010", ("BIOL", "1010"), id="dash"),
        pytest.param("CS_601", ("CS", "601"), id="underscore"),
        pytest.param("MATH 101L", ("MATH", "101L"), id="letter after the digits"),
        pytest.param("A&S 101", ("A&S", "101"), id="ampersand"),
        pytest.param("EV EC 101", ("EV EC", "101"), id="subject of two words"),
        pytest.param("ÉCO 007", ("ÉCO", "007"), id="letters beyond ASCII, zeros kept"),
        pytest.param(" CS  601 ", ("CS", "601"), id="more spaces"),
        pytest.param("CS601", None, id="no separator"),
        pytest.param("Algebra", None, id="no digits"),
        pytest.param("601", None, id="no letters"),
        pytest.param("CS 601 601", None, id="two numbers"),
        pytest.param("", None, id="empty"),
        pytest.param("0tyLT0000000AQnYAM", None, id="record id"),
        pytest.param("A" * 100_000 + " 1", None, id="longer than any key of a course"),
        pytest.param("A" + " " * 100_000, None, id="nothing but spaces"),
    ],
)
def test_subject_and_number_are_read_from_keys_of_their_form(key: str, parts: tuple[str, str] | None) -> None:
    assert subject_and_number(key) == parts
