import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import learngraph as lg
from learngraph.files.schema import document_schema
from tests.builders import codes, course, graph, program
from tests.unit.files.on_disk import only, read_document, read_json

_RECORD = "0tyLT0000000AQnYAM"

#: the document of the public interface, with every section and every form
_DOCUMENT: dict[str, Any] = {
    "format": "learngraph/1",
    "options": {
        "name": "ACME catalogue",
        "institution": "ACME State",
        "catalogue_year": "2026-27",
        "system_type": "quarter",
        "grades": "us",
        "external_id_field": "External_ID__c",
        "corequisite_timing": "with",
        "defaults": {"active": True, "provider": "acme"},
        "dialect": {"dates": "date"},
    },
    "salesforce": {"org": "00D000000000001AAA", "sandbox": True},
    "providers": [{"key": "acme", "name": "ACME State University"}],
    "achievements": [{"key": "cloud-badge", "name": "Cloud badge", "kind": "Custom"}],
    "learnings": [
        {
            "key": "CS 601",
            "type": "course",
            "name": "Advanced Data Structures and Algorithms",
            "provider": "engineering",
            "subject_abbreviation": "CS",
            "course_number": "601",
            "active": False,
            "active_from": "2024-09-01",
            "active_to": "2025-12-31",
            "duration": 4,
            "duration_unit": "Credit Hours",
            "cip_code": "11.0101",
            "academic_level": "Graduate",
            "prerequisites": [
                "CS 501",
                {
                    "any": [
                        {"need": "MATH 340", "minimum_grade": "B"},
                        {"need": "MATH 341", "minimum_grade": 2.7, "timing": "before_or_with"},
                    ]
                },
                {"all": ["CS 502", {"at_least": 1, "of": ["CS 503", {"condition": "consent of instructor"}]}]},
            ],
            "corequisites": [{"need": "CS 601L", "timing": "with", "duration": 3, "duration_unit": "Credit Hours"}],
            "recommended": ["CS 550"],
            "outcomes": [{"achievement": "cloud-badge", "minimum_grade": "B+", "primary": False}],
            "skills": [{"name": "Advanced Java Programming", "description": "Technical skill in Java"}],
            "equivalents": ["CS 601H"],
            "exclusions": ["CS 590"],
            "external_id": "CS-601",
            "custom_fields": {"Campus__c": "North", "Rooms__c": [1, {"a": None}]},
            "salesforce": {"learning_id": _RECORD, "course_id": "0vYLT0000000AH72AM"},
        },
        {"key": "CS 501", "type": "course"},
        {"key": "BS CS", "type": "program", "top_level_program": True, "prerequisites": ["CS 501"]},
    ],
    "program_plans": [
        {
            "key": "bs-cs-2026",
            "program": "BS CS",
            "active_from": "2026-08-15",
            "version": 3,
            "requirements": [
                {"name": "Core", "group": "Core", "sequence": 1, "needs": {"all": ["CS 501", "CS 601"]}},
                {"name": "Electives", "needs": {"credits": 9, "of": ["CS 410", {"any": ["CS 420", "CS 430"]}]}},
            ],
        }
    ],
    "degree_plans": [{"key": "bs-cs-four-years", "program": "BS CS", "terms": [["CS 501", "MATH 101"], ["CS 601"]]}],
}


@pytest.fixture
def read(tmp_path: Path) -> lg.LearningGraph:
    return read_json(tmp_path, _DOCUMENT)


def test_the_documented_example_is_read_without_a_finding(read: lg.LearningGraph) -> None:
    assert codes(read.findings) == []
    assert [learning.key for learning in read] == ["CS 601", "CS 501", "BS CS"]


def test_every_field_of_a_course_stands_where_it_belongs(read: lg.LearningGraph) -> None:
    assert read["CS 601"] == lg.Course(
        key="CS 601",
        name="Advanced Data Structures and Algorithms",
        provider="engineering",
        subject_abbreviation="CS",
        course_number="601",
        active=False,
        active_from=date(2024, 9, 1),
        active_to=date(2025, 12, 31),
        duration=4,
        duration_unit="Credit Hours",
        cip_code="11.0101",
        academic_level="Graduate",
        prerequisites=(
            lg.Need("CS 501"),
            lg.AnyOf(
                lg.Need("MATH 340", minimum_grade=3),
                lg.Need("MATH 341", minimum_grade=2.7, timing=lg.Timing.BEFORE_OR_WITH),
            ),
            lg.AllOf("CS 502", lg.AtLeast(1, "CS 503", lg.Condition("consent of instructor"))),
        ),
        corequisites=(lg.Need("CS 601L", timing=lg.Timing.WITH, duration=3, duration_unit="Credit Hours"),),
        recommended=("CS 550",),
        outcomes=(lg.Outcome(achievement="cloud-badge", minimum_grade=3.3, primary=False),),
        skills=(lg.Skill(name="Advanced Java Programming", description="Technical skill in Java"),),
        equivalents=("CS 601H",),
        exclusions=("CS 590",),
        external_id="CS-601",
        custom_fields={"Campus__c": "North", "Rooms__c": [1, {"a": None}]},
        salesforce=lg.RecordIds(learning_id=_RECORD, course_id="0vYLT0000000AH72AM"),
    )


def test_defaults_fill_what_is_not_stated_and_nothing_else(read: lg.LearningGraph) -> None:
    assert read["CS 501"] == lg.Course(key="CS 501", active=True, provider="acme")
    assert read["CS 601"].active is False
    assert read["CS 601"].provider == "engineering"


def test_the_other_sections_are_read(read: lg.LearningGraph) -> None:
    options = read.options

    assert (options.name, options.institution, options.catalogue_year) == (
        "ACME catalogue",
        "ACME State",
        "2026-27",
    )
    assert (options.system_type, options.grades, options.corequisite_timing) == ("quarter", "us", "with")
    assert options.external_id_field == "External_ID__c"
    assert options.dialect.thawed() == {"dates": "date"}
    assert (read.org.org, read.org.sandbox) == ("00D000000000001AAA", True)
    assert read.providers == (lg.Provider(key="acme", name="ACME State University"),)
    assert read.achievements["cloud-badge"].kind == "Custom"
    assert read.degree_plans[0].terms == (("CS 501", "MATH 101"), ("CS 601",))


def test_program_plans_hold_trees_and_credits(read: lg.LearningGraph) -> None:
    (plan,) = read.program_plans

    assert (plan.key, plan.program, plan.active_from, plan.version) == (
        "bs-cs-2026",
        "BS CS",
        date(2026, 8, 15),
        3,
    )
    assert plan.requirements == (
        lg.PlanRequirement(name="Core", group="Core", sequence=1, needs=lg.AllOf("CS 501", "CS 601")),
        lg.PlanRequirement(name="Electives", needs=lg.Credits(credits=9, of=["CS 410", lg.AnyOf("CS 420", "CS 430")])),
    )


def test_a_program_has_its_own_fields(read: lg.LearningGraph) -> None:
    wanted = lg.Program(key="BS CS", active=True, provider="acme", top_level_program=True, prerequisites=("CS 501",))

    assert read["BS CS"] == wanted


def test_reading_what_was_written_gives_an_equal_graph(read: lg.LearningGraph, tmp_path: Path) -> None:
    path = tmp_path / "again.json"

    lost = lg.write(read, path)
    again = lg.read(path)

    assert not lost
    assert again == read
    assert codes(again.findings) == []


def test_the_documented_example_and_what_is_written_of_it_follow_the_schema(
    read: lg.LearningGraph, tmp_path: Path
) -> None:
    lg.write(read, tmp_path / "again.json")

    jsonschema.validate(_DOCUMENT, document_schema())
    jsonschema.validate(json.loads((tmp_path / "again.json").read_text("utf-8")), document_schema())


def test_a_document_has_its_keys_in_a_fixed_order(read: lg.LearningGraph, tmp_path: Path) -> None:
    shuffled = {**_DOCUMENT, "learnings": [dict(reversed(one.items())) for one in _DOCUMENT["learnings"]]}
    lg.write(read, tmp_path / "one.json")
    lg.write(read_json(tmp_path, dict(reversed(shuffled.items()))), tmp_path / "two.json")

    written = json.loads((tmp_path / "one.json").read_text("utf-8"))

    assert list(written) == list(_DOCUMENT)
    assert list(written["learnings"][0]) == list(_DOCUMENT["learnings"][0])
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_what_is_not_stated_is_not_written(tmp_path: Path) -> None:
    lg.write(graph(lg.Course(key="A"), options={}), tmp_path / "catalogue.json")

    assert json.loads((tmp_path / "catalogue.json").read_text("utf-8")) == {
        "format": "learngraph/1",
        "learnings": [{"key": "A", "type": "course"}],
    }


def test_false_zero_and_empty_text_are_stated(tmp_path: Path) -> None:
    held = graph(lg.Course(key="A", active=False, duration=0, description="", prerequisites=[lg.Need("B", 0)]))
    lg.write(held, tmp_path / "catalogue.json")

    (record,) = json.loads((tmp_path / "catalogue.json").read_text("utf-8"))["learnings"]

    assert (record["active"], record["duration"], record["description"]) == (False, 0, "")
    assert record["prerequisites"] == [{"need": "B", "minimum_grade": 0}]
    assert lg.read(tmp_path / "catalogue.json") == held


@pytest.mark.parametrize("name", sorted({*lg.Course.model_fields} - {"key"}))
def test_null_and_absent_are_one_nothing_in_a_learning(name: str, tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", name: None})

    assert codes(read.findings) == []
    assert read["A"] == lg.Course(key="A")


@pytest.mark.parametrize("name", [name for name in _DOCUMENT if name not in {"format", "learnings"}])
def test_null_and_absent_are_one_nothing_in_a_document(name: str, tmp_path: Path) -> None:
    read = read_document(tmp_path, "A", **{name: None})

    assert codes(read.findings) == []
    assert read == graph(lg.Course(key="A"))


def test_null_stands_for_no_requirement(tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "prerequisites": [None, "B", {"any": ["C", None, "D"]}]})

    assert read["A"].prerequisites == (lg.Need("B"), lg.AnyOf("C", "D"))


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        pytest.param("course", lg.Course, id="course"),
        pytest.param("program", lg.Program, id="program"),
        pytest.param("Learning Course", lg.Course, id="as the API has courses"),
        pytest.param("Learning Program", lg.Program, id="as the API has programs"),
        pytest.param("LearningCourse", lg.Course, id="as the object has courses"),
        pytest.param("LearningProgram", lg.Program, id="as the object has programs"),
    ],
)
def test_the_spellings_of_the_api_are_read(written: str, kind: type, tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "type": written})

    assert isinstance(read["A"], kind)
    assert codes(read.findings) == []


@pytest.mark.parametrize(
    ("written", "text", "again"),
    [
        pytest.param(601, "601", 601, id="a number stays a number"),
        pytest.param("601", "601", "601", id="a text stays a text"),
        pytest.param("007", "007", "007", id="zeros stay"),
        pytest.param("101L", "101L", "101L", id="letters stay"),
    ],
)
def test_a_course_number_is_text_and_keeps_what_was_written(
    written: Any, text: str, again: Any, tmp_path: Path
) -> None:
    read = read_document(tmp_path, {"key": "A", "course_number": written})
    lg.write(read, tmp_path / "again.json")

    (record,) = json.loads((tmp_path / "again.json").read_text("utf-8"))["learnings"]

    assert isinstance(read["A"], lg.Course)
    assert read["A"].course_number == text
    assert record["course_number"] == again
    assert type(record["course_number"]) is type(again)


@pytest.mark.parametrize("number", [7, 6.5, 7.0, 0, 0.1, 12345678901234567890])
def test_a_number_is_written_as_it_was_read(number: float, tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "duration": number})
    lg.write(read, tmp_path / "again.json")

    (record,) = json.loads((tmp_path / "again.json").read_text("utf-8"))["learnings"]

    assert json.dumps(record["duration"]) == json.dumps(number)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        pytest.param("2026-08-15", date(2026, 8, 15), id="a day"),
        pytest.param("2026-08-15T00:00:00.00Z", date(2026, 8, 15), id="as bodies have it"),
        pytest.param("2026-08-15T12:00:00.00Z", date(2026, 8, 15), id="noon"),
        pytest.param("2026-08-15T23:59:59.999+00:00", date(2026, 8, 15), id="the last moment"),
        pytest.param("2026-08-15T22:00:00-05:00", date(2026, 8, 16), id="the day is that of UTC"),
    ],
)
def test_a_date_is_a_day(written: str, day: date, tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "active_from": written})

    assert read["A"].active_from == day


@pytest.mark.parametrize(
    ("scale", "letter", "points"),
    [
        pytest.param("us", "B", 3, id="us"),
        pytest.param("us", "b+", 3.3, id="small letters"),
        pytest.param("us", "P", None, id="passed, no number"),
        pytest.param("itu", "DD", 1, id="itu"),
        pytest.param("itu", "BL", None, id="itu, passed"),
        pytest.param({"sehr gut": 1.0, "bestanden": None}, "sehr gut", 1.0, id="a scale of one's own"),
        pytest.param({"sehr gut": 1.0, "bestanden": None}, "bestanden", None, id="its pass"),
    ],
)
def test_letters_become_numbers(scale: Any, letter: str, points: float | None, tmp_path: Path) -> None:
    needs = [{"need": "B", "minimum_grade": letter}]

    read = read_document(tmp_path, {"key": "A", "prerequisites": needs}, options={"grades": scale})

    assert read["A"].prerequisites == (lg.Need("B", minimum_grade=points),)
    assert codes(read.findings) == []


def test_the_grades_of_the_caller_replace_those_of_the_document(tmp_path: Path) -> None:
    record = {"key": "A", "prerequisites": [{"need": "B", "minimum_grade": "DD"}]}

    read = read_json(tmp_path, {"learnings": [record], "options": {"grades": "us"}}, grades="itu")

    assert read["A"].prerequisites == (lg.Need("B", minimum_grade=1),)
    assert read.options.grades == "itu"


def test_a_document_without_a_format_is_read_where_its_learnings_have_keys(tmp_path: Path) -> None:
    assert read_json(tmp_path, {"learnings": [{"key": "A"}]}) == graph(lg.Course(key="A"))


def test_a_document_of_another_version_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(lg.ReadError, match=r"learngraph/2.*learngraph/1"):
        read_json(tmp_path, {"format": "learngraph/2", "learnings": []})


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(" CS  101 ", id="spaces"),
        pytest.param("\ud800", id="half of a pair"),
        pytest.param("a\u200bb", id="an invisible character"),
        pytest.param("null", id="a word"),
        pytest.param("\x00\x1b[31m", id="control characters"),
        pytest.param(_RECORD, id="a Salesforce id"),
    ],
)
def test_a_key_is_any_text_kept_as_written(key: str, tmp_path: Path) -> None:
    held = graph(course(key, "B"), course("B", key), program("P", lg.AnyOf(key, "B")))

    lg.write(held, tmp_path / "catalogue.json")

    assert lg.read(tmp_path / "catalogue.json") == held


def test_a_key_that_was_written_as_a_number_is_its_text(tmp_path: Path) -> None:
    assert [learning.key for learning in read_document(tmp_path, {"key": 101})] == ["101"]


def test_each_learning_knows_its_place(tmp_path: Path) -> None:
    read = read_document(tmp_path, "A", "B")

    assert read.places["B"].file == str(tmp_path / "catalogue.json")
    assert "learnings[1]" in read.places["B"].record


def test_a_section_that_no_document_has_is_told(tmp_path: Path) -> None:
    finding = only(read_document(tmp_path, "A", lernings=[]))

    assert finding.code is lg.Code.UNKNOWN_FIELD
    assert finding.place.field == "lernings"
    assert "learnings" in finding.hint
