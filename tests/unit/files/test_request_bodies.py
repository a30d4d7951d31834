import json
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from tests.builders import codes, graph
from tests.shared import SHARED, needs_shared
from tests.unit.files.on_disk import found, only, read_json, read_text

_LEARNING = "0tyLT00000009LOYAY"
_OTHER = "0tyLT00000009LPYAY"
_BADGE = "0u9LT00000004oWYAQ"


def _body(*inputs: Any) -> dict[str, Any]:
    return {"learnings": [*inputs]}


def _input(name: str = "Algorithms", /, **lists: Any) -> dict[str, Any]:
    return {"learning": {"type": "Learning Course", "name": name}, **lists}


def _posted(read: lg.LearningGraph) -> Any:
    return [*lg.post_bodies(read)]


@needs_shared
def test_the_documented_post_body_is_read_with_every_field_where_it_belongs() -> None:
    read = lg.read(SHARED / "salesforce" / "seed-post.json")

    (learning,) = read
    assert codes(read.findings) == []
    assert isinstance(learning, lg.Course)
    assert learning.key == "CS 601"
    assert (learning.subject_abbreviation, learning.course_number) == ("CS", "601")
    assert (learning.active, learning.duration, learning.duration_unit) == (True, 4, "Credit Hours")
    assert (str(learning.active_from), str(learning.active_to)) == ("2024-09-01", "2025-12-31")
    assert learning.prerequisites == (
        lg.AnyOf(lg.Need(_LEARNING, minimum_grade=7), lg.Need(_OTHER, minimum_grade=6.5)),
    )
    assert learning.corequisites == (
        lg.Need("0tyLT00000009LQYAY", minimum_grade=3, duration=3, duration_unit="Credit Hours"),
    )
    assert learning.recommended == (
        lg.Need("0tyLT00000009LRYAY", minimum_grade=3, duration=3, duration_unit="Credit Hours"),
    )
    assert learning.outcomes == (
        lg.Outcome(achievement=_BADGE, minimum_grade=3, duration=4, duration_unit="Credit Hours"),
    )


@needs_shared
def test_the_documented_post_body_read_and_written_again_is_the_same() -> None:
    written = (SHARED / "salesforce" / "seed-post.json").read_text("utf-8")

    (body,) = _posted(lg.read(SHARED / "salesforce" / "seed-post.json"))

    assert json.dumps(body) == json.dumps(json.loads(written))


@needs_shared
def test_of_the_documented_patch_body_the_created_requirements_are_wanted() -> None:
    read = lg.read(SHARED / "salesforce" / "seed-patch.json")

    (learning,) = read
    assert learning.key == "0tyLT0000000AQnYAM"
    assert learning.salesforce == lg.RecordIds(learning_id="0tyLT0000000AQnYAM", course_id="0vYLT0000000AH72AM")
    assert learning.prerequisites == (
        lg.Need("0u9LT00000004pBYAQ", minimum_grade=7, duration=1, duration_unit="Credit Hours"),
        lg.AnyOf(lg.Need("0tyLT00000009LcYAI", minimum_grade=6), lg.Need("0tyLT00000009LdYAI", minimum_grade=7)),
    )
    assert learning.corequisites == ()
    assert learning.outcomes == ()

    finding = only(read)
    assert (finding.code, finding.severity) == (lg.Code.DELETIONS_LEFT_OUT, lg.Severity.INFO)
    assert finding.message.startswith("2 prerequisites")


@pytest.mark.parametrize(
    ("learning", "key"),
    [
        pytest.param(
            {"learningId": _LEARNING, "subjectAbbreviation": "CS", "courseNumber": 1, "name": "X"},
            _LEARNING,
            id="the id",
        ),
        pytest.param(
            {
                "learningCourseCustomFields": {"Ext__c": "E-1"},
                "subjectAbbreviation": "CS",
                "courseNumber": 1,
                "name": "X",
            },
            "E-1",
            id="the external id",
        ),
        pytest.param({"subjectAbbreviation": "CS", "courseNumber": 1, "name": "X"}, "CS 1", id="subject and number"),
        pytest.param({"subjectAbbreviation": "CS", "courseNumber": "", "name": "X"}, "X", id="the name"),
        pytest.param({"learningId": "", "name": "X"}, "X", id="the name, where the id is empty"),
        pytest.param({"learningId": None, "name": "X"}, "X", id="the name, where the id is null"),
    ],
)
def test_the_key_is_the_first_that_there_is(learning: dict[str, Any], key: str, tmp_path: Path) -> None:
    body = _body({"learning": {"type": "Learning Course", **learning}})

    read = read_json(tmp_path, body, settings={"external_id_field": "Ext__c"})

    assert [one.key for one in read] == [key]


@pytest.mark.parametrize(
    "item",
    [
        pytest.param({"learning": {"type": "Learning Course"}}, id="no name"),
        pytest.param({"learning": {}}, id="an empty learning"),
        pytest.param({"learning": None}, id="null"),
        pytest.param({"prerequisites": []}, id="no learning"),
        pytest.param(5, id="a number"),
        pytest.param(None, id="nothing"),
    ],
)
def test_an_input_without_a_learning_costs_itself_alone(item: Any, tmp_path: Path) -> None:
    read = read_json(tmp_path, {"learnings": [_input("A"), item, _input("C")]})

    finding = only(read)

    assert finding.code is lg.Code.UNREADABLE_RECORD
    assert finding.place.record == "learnings[1]"
    assert finding.hint
    assert [learning.key for learning in read] == ["A", "C"]


def test_programs_and_their_custom_fields_are_read_and_written(tmp_path: Path) -> None:
    body = _body(
        {
            "learning": {
                "type": "Learning Program",
                "name": "BS CS",
                "active": True,
                "topLevelProgram": True,
                "learningProgramCustomFields": {"Dean__c": "Ada", "Seats__c": 7, "Open__c": False},
            },
            "prerequisites": [{"type": "Single Achievement", "learningId": _LEARNING}],
        }
    )

    read = read_json(tmp_path, body)

    assert read["BS CS"] == lg.Program(
        key="BS CS",
        name="BS CS",
        active=True,
        top_level_program=True,
        custom_fields={"Dean__c": "Ada", "Seats__c": 7, "Open__c": False},
        prerequisites=[_LEARNING],
    )
    assert json.dumps(_posted(read)) == json.dumps([body])


def test_skills_and_outcomes_are_read_and_written(tmp_path: Path) -> None:
    body = _body(
        _input(
            outcomes=[
                {"type": "Single Achievement", "isPrimary": True, "learningAchievementId": _BADGE},
                {
                    "type": "Single Achievement",
                    "minimumGrade": 2.5,
                    "learningAchievementId": "0u9LT00000004pBYAQ",
                },
            ],
            skills=[
                {"type": "Skill Achievement", "name": "Java", "description": "Technical skill"},
                {"type": "Skill Achievement", "name": "C", "learningAchievementId": "0u9LT00000005anYAA"},
            ],
        )
    )

    read = read_json(tmp_path, body)
    (learning,) = read

    assert learning.outcomes == (
        lg.Outcome(achievement=_BADGE, primary=True),
        lg.Outcome(achievement="0u9LT00000004pBYAQ", minimum_grade=2.5),
    )
    assert learning.skills == (
        lg.Skill(name="Java", description="Technical skill"),
        lg.Skill(name="C", achievement="0u9LT00000005anYAA"),
    )
    assert json.dumps(_posted(read)) == json.dumps([body])


def _inputs(bodies: list[dict[str, Any]]) -> list[str]:
    """Every learning as text, so that the order of keys and the form of numbers count."""
    return [json.dumps(item) for body in bodies for item in body["learnings"]]


def _in_any_order(inputs: list[str]) -> list[Any]:
    """Inputs in which the order of the alternatives of a group does not count."""
    found = [json.loads(item) for item in inputs]
    for item in found:
        for relation in ("prerequisites", "corequisites", "recommended"):
            for mapping in item.get(relation, ()):
                mapping.get("achievementContributors", []).sort(key=json.dumps)
            item.get(relation, []).sort(key=json.dumps)
    return found


def _with_external_id(name: str, value: str, **lists: Any) -> dict[str, Any]:
    learning = {"type": "Learning Course", "name": name, "learningCourseCustomFields": {"Ext__c": value}}
    return {"learning": learning, **lists}


def _by_external_id(value: str, name: str = "courseExternalId", field: str = "Ext__c") -> dict[str, Any]:
    return {name: {"fieldName": field, "fieldValue": value}}


def test_references_by_external_id_become_keys(tmp_path: Path) -> None:
    body = _body(
        _with_external_id("One", "E-1"),
        _with_external_id(
            "Two",
            "E-2",
            prerequisites=[{"type": "Single Achievement", **_by_external_id("E-1")}],
            corequisites=[
                {
                    "type": "Group Achievement",
                    "achievementContributors": [
                        {**_by_external_id("E-1"), "minimumGrade": 3, "type": "Learning"},
                        {**_by_external_id("E-9"), "type": "Learning"},
                    ],
                }
            ],
        ),
    )

    read = read_json(tmp_path, body)

    assert read.options.external_id_field == "Ext__c"
    assert [(learning.key, learning.external_id) for learning in read] == [("E-1", "E-1"), ("E-2", "E-2")]
    assert read["E-2"].custom_fields == {}
    assert read["E-2"].prerequisites == (lg.Need("E-1"),)
    assert read["E-2"].corequisites == (lg.AnyOf(lg.Need("E-1", minimum_grade=3), "E-9"),)


def test_references_by_external_id_find_a_learning_whose_key_is_its_record_id(tmp_path: Path) -> None:
    one = _with_external_id("One", "E-1")
    one["learning"]["learningId"] = _LEARNING
    two = _with_external_id("Two", "E-2", prerequisites=[{"type": "Single Achievement", **_by_external_id("E-1")}])

    read = read_json(tmp_path, _body(one, two))

    assert read["E-2"].prerequisites == (lg.Need(_LEARNING),)
    assert not found(lg.LearningGraph(read, findings=lg.check(read)), "LG201")


def test_programs_may_have_an_external_id_field_of_their_own(tmp_path: Path) -> None:
    program = {
        "type": "Learning Program",
        "name": "BS CS",
        "learningProgramCustomFields": {"ProgramExt__c": "P-1"},
    }
    group = {
        "type": "Group Achievement",
        "achievementContributors": [
            {**_by_external_id("E-1"), "type": "Learning"},
            {**_by_external_id("P-1", "programExternalId", "ProgramExt__c"), "type": "Learning"},
        ],
    }
    body = _body(
        _with_external_id("One", "E-1"), {"learning": program}, _with_external_id("Two", "E-2", prerequisites=[group])
    )

    read = read_json(tmp_path, body)

    assert [learning.key for learning in read] == ["E-1", "P-1", "E-2"]
    assert read["E-2"].prerequisites == (lg.AnyOf("E-1", "P-1"),)
    assert _inputs(_posted(read)) == _inputs([body])


def test_bodies_with_external_ids_are_written_again_as_they_were(tmp_path: Path) -> None:
    body = _body(
        _with_external_id("One", "E-1"),
        _with_external_id(
            "Two",
            "E-2",
            prerequisites=[
                {"type": "Single Achievement", "minimumGrade": 2.0, "learningAchievementId": _BADGE},
                {
                    "type": "Group Achievement",
                    "achievementContributors": [
                        {"id": _LEARNING, "type": "Learning"},
                        {**_by_external_id("E-1"), "minimumGrade": 2.3, "type": "Learning"},
                    ],
                },
            ],
            recommended=[{"type": "Single Achievement", "learningId": _OTHER}],
        ),
    )

    read = read_json(tmp_path, body)

    assert _inputs(_posted(read)) == _inputs([body])


def test_what_was_posted_is_posted_again_from_its_bodies(tmp_path: Path) -> None:
    first = _posted(lg.examples.university())

    read = read_json(tmp_path, first)

    assert codes(read.findings) == []
    assert _in_any_order(_inputs(_posted(read))) == _in_any_order(_inputs(first))


def test_an_array_of_bodies_is_one_catalogue(tmp_path: Path) -> None:
    read = read_json(tmp_path, [_body(_input("A")), _body(_input("B"), _input("C"), 5)])

    assert [learning.key for learning in read] == ["A", "B", "C"]
    assert read.places["C"].record == "[1].learnings[1]"
    assert only(read).place.record == "[1].learnings[2]"


def test_no_bodies_are_an_empty_catalogue(tmp_path: Path) -> None:
    assert read_json(tmp_path, []) == graph()
    assert read_json(tmp_path, {"learnings": []}) == graph()


@pytest.mark.parametrize(
    "contributors",
    [
        pytest.param({"id": _LEARNING, "minimumGrade": 3, "type": "Learning"}, id="an object, as the table has it"),
        pytest.param(
            [{"id": _LEARNING, "minimumGrade": 3, "type": "Learning"}], id="an array, as the examples have it"
        ),
    ],
)
def test_contributors_are_an_array_or_a_single_object(contributors: Any, tmp_path: Path) -> None:
    group = {"type": "Group Achievement", "achievementContributors": contributors}

    read = read_json(tmp_path, _body(_input("A", prerequisites=[group])))

    assert codes(read.findings) == []
    assert lg.clauses(read["A"].prerequisites) == ((lg.Need(_LEARNING, minimum_grade=3),),)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"createRecords": [{"type": "Single Achievement", "learningId": _LEARNING}]}, id="created"),
        pytest.param([{"type": "Single Achievement", "learningId": _LEARNING}], id="a plain list"),
        pytest.param(
            {
                "createRecords": [{"type": "Single Achievement", "learningId": _LEARNING}],
                "deleteRecords": [],
            },
            id="nothing deleted",
        ),
    ],
)
def test_a_patch_wants_what_it_creates(wanted: Any, tmp_path: Path) -> None:
    read = read_json(tmp_path, _body(_input("A", prerequisites=wanted)))

    assert codes(read.findings) == []
    assert read["A"].prerequisites == (lg.Need(_LEARNING),)


def test_the_deletions_of_a_patch_are_an_info_each(tmp_path: Path) -> None:
    gone = {"deleteRecords": [{"foundationItemId": "0wwLT00000004gLYAQ"}]}

    read = read_json(tmp_path, _body(_input("A", prerequisites=gone, recommended=gone), _input("B")))

    assert codes(read.findings) == ["LG113", "LG113"]
    assert not read.findings.errors
    assert [finding.place.record for finding in read.findings] == ["learnings[0]"] * 2


@pytest.mark.parametrize("empty", [None, [], {}, ""])
def test_an_empty_relation_is_nothing(empty: Any, tmp_path: Path) -> None:
    lists = dict.fromkeys(("prerequisites", "corequisites", "recommended", "outcomes", "skills"), empty)

    read = read_json(tmp_path, _body(_input("A", **lists)))

    assert [finding for finding in read.findings if empty != {}] == []
    assert read["A"] == lg.Course(key="A", name="A")


@pytest.mark.parametrize("empty", [None, ""])
def test_null_and_empty_text_are_nothing(empty: Any, tmp_path: Path) -> None:
    learning = {
        "type": "Learning Course",
        "name": "A",
        "provider": empty,
        "duration": empty,
        "activeFromDate": empty,
        "active": empty,
        "learningCourseCustomFields": empty,
    }

    read = read_json(tmp_path, _body({"learning": learning}))

    assert codes(read.findings) == []
    assert read["A"] == lg.Course(key="A", name="A")


def test_zero_width_spaces_in_property_names_are_removed_with_a_warning(tmp_path: Path) -> None:
    zw = "\u200b"
    learning = {
        "type": "Learning Course",
        "name": "A",
        f"courseLevelDescription{zw}": "Advanced",
        f"{zw}activeFromDate": "2024-09-01T00:00:00.00Z",
        f"subject{zw}Abbreviation": "CS",
        f"learningCourseCustomFields{zw}": {"x": zw},
    }
    single = {"type": "Single Achievement", f"learningAchievementId{zw}": _BADGE}

    read = read_json(tmp_path, _body({"learning": learning, "prerequisites": [single]}))

    assert codes(read.findings) == ["LG112"] * 5
    assert not read.findings.errors
    (course,) = read
    assert isinstance(course, lg.Course)
    assert (course.course_level_description, course.subject_abbreviation) == ("Advanced", "CS")
    assert str(course.active_from) == "2024-09-01"
    assert course.custom_fields == {"x": zw}
    assert course.prerequisites == (lg.Need(_BADGE),)


@pytest.mark.parametrize(
    ("item", "code", "field"),
    [
        pytest.param({"learning": {"name": "A", "creditHours": 3}}, "LG102", "creditHours", id="in a learning"),
        pytest.param({"learning": {"name": "A"}, "requisites": []}, "LG102", "requisites", id="in an input"),
        pytest.param(_input("A", prerequisites={"updateRecords": []}), "LG102", "", id="in an update"),
        pytest.param(
            _input("A", prerequisites=[{"learningId": _LEARNING, "grade": 1}]),
            "LG102",
            "prerequisites",
            id="in a single",
        ),
        pytest.param({"learning": {"name": "A", "active": "yes"}}, "LG107", "active", id="a wrong flag"),
        pytest.param(
            {"learning": {"name": "A", "activeToDate": "2025-12-31T23:59:62.00Z"}},
            "LG108",
            "active_to",
            id="a second that is not",
        ),
        pytest.param({"learning": {"name": "A", "topLevelProgram": True}}, "LG109", "", id="of a program"),
        pytest.param(_input("A", prerequisites=5), "LG107", "", id="a number as requirements"),
        pytest.param(_input("A", skills="Java"), "LG107", "", id="a text as skills"),
        pytest.param(_input("A", prerequisites=[5]), "LG115", "prerequisites", id="a number as a requirement"),
        pytest.param(
            _input("A", prerequisites=[{"type": "Single Achievement"}]), "LG115", "", id="a single of nothing"
        ),
        pytest.param(
            _input("A", corequisites=[{"type": "Group Achievement", "achievementContributors": []}]),
            "LG115",
            "corequisites",
            id="a group of nobody",
        ),
        pytest.param(_input("A", outcomes=[{"minimumGrade": 3}]), "LG107", "outcomes", id="an outcome of nothing"),
        pytest.param({"learning": {"name": "A", "type": "Learning"}}, "LG107", "type", id="an unknown type"),
    ],
)
def test_a_fault_in_a_body_costs_the_field_and_never_the_record(
    item: dict[str, Any], code: str, field: str, tmp_path: Path
) -> None:
    read = read_json(tmp_path, _body(_input("Z"), item))

    finding = only(read)

    assert finding.code.value == code
    assert finding.place.file == str(tmp_path / "catalogue.json")
    assert finding.place.record == "learnings[1]"
    assert field in finding.place.field
    assert [learning.key for learning in read] == ["Z", "A"]


def test_a_contributor_without_a_reference_is_an_unnamed_course(tmp_path: Path) -> None:
    group = {"type": "Group Achievement", "achievementContributors": [{"id": _LEARNING}, {"type": "Learning"}]}

    read = read_json(tmp_path, _body(_input("A", prerequisites=[group])))

    assert only(read).code is lg.Code.NO_TARGET
    assert read["A"].prerequisites == (lg.AnyOf(_LEARNING, lg.Condition("unnamed course")),)


@pytest.mark.parametrize("learnings", [None, 5, "x", {}])
def test_learnings_of_a_body_that_are_no_list_are_refused(learnings: Any, tmp_path: Path) -> None:
    with pytest.raises(lg.ReadError, match="learnings"):
        read_json(tmp_path, {"learnings": learnings})


def test_unknown_names_are_told_in_the_order_in_which_they_stand(tmp_path: Path) -> None:
    names = [f"extra{number}" for number in range(8)]

    read = read_json(tmp_path, _body({"learning": {"name": "A"}, **dict.fromkeys(names, 1)}))

    assert [finding.place.field for finding in read.findings] == names


def test_unknown_names_of_a_requirement_are_told_in_the_order_in_which_they_stand(tmp_path: Path) -> None:
    names = [f"extra{number}" for number in range(8)]
    single = {"learningId": _LEARNING, **dict.fromkeys(names, 1)}

    read = read_json(tmp_path, _body(_input("A", prerequisites=[single])))

    assert [finding.cause for finding in read.findings] == names


def test_a_course_number_and_a_grade_are_written_as_they_were(tmp_path: Path) -> None:
    text = (
        '{"learnings": [{"learning": {"type": "Learning Course", "name": "A", "courseNumber": 601, "duration": 4.0},'
        ' "prerequisites": [{"type": "Single Achievement", "minimumGrade": 7.0, "learningId": "%s"}]}]}'
    )

    read = read_text(tmp_path, text % _LEARNING)

    assert json.dumps(_posted(read)[0]) == json.dumps(json.loads(text % _LEARNING))
