import json
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from tests.builders import codes
from tests.unit.files.on_disk import found, nested, only, read_document, read_json, read_lines, read_text

_PLAN = {"key": "p", "program": "A"}


_FAULTS = [
    pytest.param({"nmae": "X"}, "LG102", "nmae", "did you mean name?", id="an unknown field"),
    pytest.param({"campus": "X"}, "LG102", "campus", "custom_fields", id="a field like no other"),
    pytest.param({"top_level_program": True}, "LG109", "top_level_program", "", id="a field of programs"),
    pytest.param({"type": "program", "course_number": "1"}, "LG109", "course_number", "", id="a field of courses"),
    pytest.param({"active_from": "2025-02-30"}, "LG108", "active_from", "", id="a day that is not"),
    pytest.param({"active_to": "2025-12-31T23:59:62Z"}, "LG108", "active_to", "", id="a second that is not"),
    pytest.param({"active_from": "soon"}, "LG108", "active_from", "", id="no day at all"),
    pytest.param({"active_from": 20250101}, "LG108", "active_from", "", id="a number as a day"),
    pytest.param({"name": 5}, "LG107", "name", "", id="a number as a name"),
    pytest.param({"name": {"en": "X"}}, "LG107", "name", "", id="an object as a name"),
    pytest.param({"active": 1}, "LG107", "active", "", id="a number as a flag"),
    pytest.param({"active": "yes"}, "LG107", "active", "", id="a text as a flag"),
    pytest.param({"duration": "4"}, "LG107", "duration", "", id="a text as a number"),
    pytest.param({"duration": True}, "LG107", "duration", "", id="a flag as a number"),
    pytest.param({"course_number": 1.5}, "LG107", "course_number", "", id="a broken course number"),
    pytest.param({"type": "seminar"}, "LG107", "type", "", id="an unknown type"),
    pytest.param({"type": 0}, "LG107", "type", "", id="a number as a type"),
    pytest.param({"type": []}, "LG107", "type", "", id="a list as a type"),
    pytest.param({"custom_fields": []}, "LG107", "custom_fields", "", id="a list as custom fields"),
    pytest.param({"salesforce": "0ty"}, "LG107", "salesforce", "", id="a text as ids"),
    pytest.param({"salesforce": {"learning_id": 5}}, "LG107", "salesforce.learning_id", "", id="a number as an id"),
    pytest.param({"salesforce": {"id": "0ty"}}, "LG107", "salesforce.id", "", id="an unknown id"),
    pytest.param({"equivalents": "B"}, "LG107", "equivalents", "", id="a text as a list"),
    pytest.param({"equivalents": ["B", 5]}, "LG107", "equivalents.1", "", id="a number among keys"),
    pytest.param({"outcomes": 5}, "LG107", "outcomes", "", id="a number as outcomes"),
    pytest.param({"outcomes": [{"achievement": "B", "grade": 1}]}, "LG107", "outcomes.0.grade", "", id="in an outcome"),
    pytest.param({"skills": [{"name": "B"}, 5]}, "LG107", "skills.1", "", id="a number among skills"),
    pytest.param({"external_id": ""}, "LG107", "external_id", "", id="an empty external id"),
    pytest.param({"prerequisites": 5}, "LG115", "prerequisites", "", id="a number as requirements"),
    pytest.param({"prerequisites": [""]}, "LG115", "prerequisites", "", id="an empty key"),
    pytest.param({"corequisites": [{"any": []}]}, "LG115", "corequisites", "", id="an empty any-of"),
    pytest.param({"corequisites": [{"all": "B"}]}, "LG115", "corequisites", "", id="a text as parts"),
    pytest.param({"recommended": [{"foo": "B"}]}, "LG115", "recommended", "", id="an object of no form"),
    pytest.param({"recommended": [{"need": 5}]}, "LG115", "recommended", "", id="a number as a key"),
    pytest.param({"prerequisites": [{"at_least": 3, "of": ["B", "C"]}]}, "LG115", "prerequisites", "", id="3 of 2"),
    pytest.param({"prerequisites": [{"at_least": 0, "of": ["B"]}]}, "LG115", "prerequisites", "", id="none of 1"),
    pytest.param({"prerequisites": [{"at_least": True, "of": ["B"]}]}, "LG115", "prerequisites", "", id="a flag of 1"),
    pytest.param({"prerequisites": [{"condition": None}]}, "LG115", "prerequisites", "", id="no condition"),
    pytest.param({"prerequisites": [{"condition": 5}]}, "LG115", "prerequisites", "", id="a number as a condition"),
    pytest.param({"prerequisites": [{"need": "B", "timing": "later"}]}, "LG115", "prerequisites", "", id="a timing"),
    pytest.param({"prerequisites": [{"need": "B", "duration": "3"}]}, "LG115", "prerequisites", "", id="a duration"),
    pytest.param({"prerequisites": [{"need": "B", "duration_unit": 3}]}, "LG115", "prerequisites", "", id="a unit"),
    pytest.param({"prerequisites": [{"need": "B", "minimum_grade": []}]}, "LG107", "prerequisites", "", id="a grade"),
    pytest.param({"prerequisites": [{"need": None}]}, "LG105", "prerequisites", "", id="no target"),
    pytest.param({"prerequisites": [{"need": "B", "grade": "B"}]}, "LG102", "prerequisites", "", id="an unknown part"),
    pytest.param(
        {"prerequisites": [{"condition": "x", "timing": "with"}]},
        "LG102",
        "prerequisites",
        "",
        id="an unknown part of a condition",
    ),
    pytest.param({"prerequisites": [nested(65, "B")]}, "LG110", "prerequisites", "", id="65 levels"),
    pytest.param({"prerequisites": [nested(400, "B", "all")]}, "LG110", "prerequisites", "", id="400 levels"),
    pytest.param(
        {"prerequisites": [{"need": "B", "minimum_grade": "Q"}]}, "LG104", "prerequisites", "--grades", id="Q"
    ),
]


@pytest.mark.parametrize(("fields", "code", "field", "hint"), _FAULTS)
def test_a_fault_is_told_with_code_file_record_field_and_hint(
    fields: dict[str, Any], code: str, field: str, hint: str, tmp_path: Path
) -> None:
    read = read_document(tmp_path, "A", {"key": "B 2", **fields}, "C")

    finding = only(read)

    assert finding.code.value == code
    assert finding.place.file == str(tmp_path / "catalogue.json")
    assert "learnings[1]" in finding.place.record
    assert "B 2" in finding.place.record
    assert finding.place.field == field
    assert hint in finding.hint
    assert finding.hint


@pytest.mark.parametrize(("fields", "code", "field", "hint"), _FAULTS)
def test_a_fault_costs_the_field_and_never_the_record(
    fields: dict[str, Any], code: str, field: str, hint: str, tmp_path: Path
) -> None:
    del code, field, hint
    sound = {"key": "B 2", "description": "About B", "exclusions": ["A"]}

    read = read_document(tmp_path, "A", {**sound, **fields}, "C")

    assert [learning.key for learning in read] == ["A", "B 2", "C"]
    assert read["B 2"].description == "About B"
    assert read["B 2"].exclusions == ("A",)


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        pytest.param(5, "5", id="a number"),
        pytest.param(None, "None", id="null"),
        pytest.param("CS 101", "CS 101", id="a text"),
        pytest.param([], "[]", id="a list"),
        pytest.param({}, "key", id="nothing"),
        pytest.param({"key": None}, "key", id="a key that is null"),
        pytest.param({"key": ""}, "key", id="a key that is empty"),
        pytest.param({"key": True}, "key", id="a key that is a flag"),
        pytest.param({"key": 1.5}, "key", id="a key that is a broken number"),
        pytest.param({"key": {"a": 1}}, "key", id="a key that is an object"),
        pytest.param({"name": "Algorithms"}, "key", id="a name alone"),
    ],
)
def test_a_record_that_is_no_learning_costs_itself_alone(record: Any, fault: str, tmp_path: Path) -> None:
    read = read_json(tmp_path, {"format": "learngraph/1", "learnings": [{"key": "A"}, record, {"key": "C"}]})

    finding = only(read)

    assert finding.code is lg.Code.UNREADABLE_RECORD
    assert "learnings[1]" in finding.place.record
    assert fault in finding.message
    assert finding.hint
    assert [learning.key for learning in read] == ["A", "C"]


def test_every_fault_of_a_record_is_told(tmp_path: Path) -> None:
    read = read_document(
        tmp_path,
        {"key": "A", "name": 5, "active_from": "never", "nmae": "x", "prerequisites": [{"any": []}, 7]},
    )

    assert sorted(codes(read.findings)) == ["LG102", "LG107", "LG108", "LG115", "LG115"]
    assert read["A"] == lg.Course(key="A")


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        pytest.param({"equivalents": ["B", 5, "C"]}, {"equivalents": ("B", "C")}, id="keys"),
        pytest.param(
            {"outcomes": [{"achievement": "x"}, {"achievement": ""}, "y"]},
            {"outcomes": (lg.Outcome(achievement="x"), lg.Outcome(achievement="y"))},
            id="outcomes",
        ),
        pytest.param({"skills": [{"name": "Java"}, {"nam": "C"}]}, {"skills": (lg.Skill(name="Java"),)}, id="skills"),
        pytest.param({"prerequisites": ["B", 5, {"any": []}, "C"]}, {"prerequisites": ("B", "C")}, id="requirements"),
        pytest.param(
            {"salesforce": {"learning_id": "0ty", "course_id": 5}},
            {"salesforce": {"learning_id": "0ty"}},
            id="ids",
        ),
    ],
)
def test_a_faulty_item_costs_itself_and_not_its_neighbours(
    fields: dict[str, Any], kept: dict[str, Any], tmp_path: Path
) -> None:
    read = read_document(tmp_path, {"key": "A", **fields})

    assert read.findings
    assert read["A"] == lg.Course(key="A", **kept)


def test_a_tree_of_64_levels_is_read(tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "prerequisites": [nested(64, "B")]})

    assert codes(read.findings) == []
    assert read["A"].prerequisites[0].depth == 64


def test_an_unknown_grade_is_one_finding_with_its_count_and_first_place(tmp_path: Path) -> None:
    needs = [{"need": "A", "minimum_grade": "Q"}, {"need": "B", "minimum_grade": "Z"}]

    read = read_document(
        tmp_path,
        "A",
        {"key": "B", "prerequisites": needs[:1]},
        {"key": "C", "prerequisites": needs, "recommended": needs[:1]},
    )
    grades = {finding.cause: finding for finding in found(read, "LG104")}

    assert codes(read.findings) == ["LG104", "LG104"]
    assert "learnings[1]" in grades["Q"].place.record
    assert "3 times" in grades["Q"].message
    assert "1 time " in grades["Z"].message
    assert grades["Q"].severity is lg.Severity.ERROR


def test_a_need_with_an_unknown_grade_is_kept_without_it(tmp_path: Path) -> None:
    needs = [{"any": [{"need": "B", "minimum_grade": "Q", "timing": "with"}, "C"]}]

    read = read_document(tmp_path, {"key": "A", "prerequisites": needs})

    assert read["A"].prerequisites == (lg.AnyOf(lg.Need("B", timing=lg.Timing.WITH), "C"),)


def test_an_unknown_grade_of_an_outcome_is_counted_too(tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "outcomes": [{"achievement": "B", "minimum_grade": "Q"}]})

    assert only(read).code is lg.Code.UNKNOWN_GRADE
    assert read["A"].outcomes == (lg.Outcome(achievement="B"),)


def test_a_need_of_nothing_becomes_a_condition(tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "prerequisites": [{"any": [{"need": None}, "B"]}]})

    assert read["A"].prerequisites == (lg.AnyOf(lg.Condition("unnamed course"), "B"),)
    assert only(read).severity is lg.Severity.WARNING


def test_two_records_with_one_key_are_an_error_and_the_first_is_kept(tmp_path: Path) -> None:
    read = read_document(tmp_path, {"key": "A", "name": "One"}, "B", {"key": "A", "name": "Two"})

    finding = only(read)

    assert finding.code is lg.Code.REPEATED_KEY
    assert finding.severity is lg.Severity.ERROR
    assert finding.keys == ("A",)
    assert "learnings[2]" in finding.place.record
    assert "learnings[0]" in finding.message
    assert read["A"].name == "One"


def test_identical_repeats_are_only_counted(tmp_path: Path) -> None:
    read = read_document(tmp_path, "A", "A", "B", "A")

    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.REPEATED_KEY, lg.Severity.INFO)
    assert "3 times" in finding.message
    assert len(read) == 2


@pytest.mark.parametrize(
    ("section", "one", "other"),
    [
        pytest.param("providers", {"key": "p"}, {"key": "p", "name": "P"}, id="providers"),
        pytest.param("achievements", {"key": "p"}, {"key": "p", "name": "P"}, id="achievements"),
        pytest.param("program_plans", _PLAN, {**_PLAN, "version": 2}, id="program plans"),
        pytest.param("degree_plans", {"key": "p"}, {"key": "p", "terms": [["A"]]}, id="degree plans"),
    ],
)
def test_a_repeated_key_is_told_in_every_section(
    section: str, one: dict[str, Any], other: dict[str, Any], tmp_path: Path
) -> None:
    read = read_document(tmp_path, "A", **{section: [one, other]})

    finding = only(read)

    assert finding.code is lg.Code.REPEATED_KEY
    assert f"{section}[1]" in finding.place.record


def test_a_key_of_a_learning_and_an_achievement_is_told_and_the_learning_kept(tmp_path: Path) -> None:
    read = read_document(tmp_path, "A", achievements=[{"key": "A"}, {"key": "B"}])

    assert only(read).code is lg.Code.REPEATED_KEY
    assert [*read.achievements] == ["B"]
    assert "A" in read


@pytest.mark.parametrize("section", ["providers", "achievements", "program_plans", "degree_plans"])
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(5, id="a number"),
        pytest.param("text", id="a text"),
        pytest.param({"key": "x"}, id="an object"),
        pytest.param([5], id="a list of numbers"),
        pytest.param([None], id="a list of null"),
        pytest.param([{}], id="a record of nothing"),
        pytest.param([{"key": 5}], id="a number as a key"),
        pytest.param([{"key": "x", "self": 1, "cls": 2}], id="names that programs use"),
    ],
)
def test_a_faulty_section_costs_itself_and_not_the_learnings(section: str, wrong: Any, tmp_path: Path) -> None:
    read = read_document(tmp_path, "A", **{section: wrong})

    assert [learning.key for learning in read] == ["A"]
    assert any(section in finding.place.record + finding.place.field for finding in read.findings)


@pytest.mark.parametrize("wrong", [5, "text", [1], True])
@pytest.mark.parametrize("section", ["options", "salesforce", "snapshot"])
def test_a_section_that_is_no_object_is_told_by_name(section: str, wrong: Any, tmp_path: Path) -> None:
    try:
        read = read_document(tmp_path, "A", **{section: wrong})
    except lg.ReadError as error:
        told = str(error)
    else:
        told = " ".join(map(str, read.findings))

    assert section in told


@pytest.mark.parametrize("learnings", [5, "text", {}, True, None])
def test_learnings_that_are_no_list_are_refused(learnings: Any, tmp_path: Path) -> None:
    with pytest.raises(lg.ReadError, match="learnings"):
        read_json(tmp_path, {"format": "learngraph/1", "learnings": learnings})


@pytest.mark.parametrize(
    ("requirements", "field"),
    [
        pytest.param(5, "requirements", id="a number as lines"),
        pytest.param("abc", "requirements", id="a text as lines"),
        pytest.param({"needs": "A"}, "requirements", id="an object as lines"),
        pytest.param([{"name": "Core"}], "needs", id="a line that needs nothing"),
        pytest.param([{"needs": {"credits": "9", "of": ["A"]}}], "needs", id="a text as credits"),
        pytest.param([{"needs": {"credits": 9, "of": []}}], "needs", id="credits of nothing"),
        pytest.param([{"needs": {"credits": 9, "of": "A"}}], "needs", id="credits of a text"),
        pytest.param([{"needs": {"credits": 9, "of": ["A"], "self": 1}}], "needs", id="an unknown part"),
        pytest.param([{"needs": "A", "sequence": "1"}], "sequence", id="a text as a sequence"),
        pytest.param([{"needs": "A", "self": "1"}], "self", id="an unknown field"),
    ],
)
def test_a_faulty_line_of_a_program_plan_is_told_by_its_place(requirements: Any, field: str, tmp_path: Path) -> None:
    read = read_document(tmp_path, "A", program_plans=[{**_PLAN, "requirements": requirements}])

    assert read.findings
    assert all("program_plans[0]" in finding.place.record for finding in read.findings)
    assert any(field in finding.place.field for finding in read.findings)
    assert [plan.key for plan in read.program_plans] == ["p"]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        pytest.param({"grade": "us"}, "grade", id="an unknown option"),
        pytest.param({"self": "us"}, "self", id="a name that programs use"),
        pytest.param({"system_type": "trimester"}, "system_type", id="an unknown system"),
        pytest.param({"corequisite_timing": "after"}, "corequisite_timing", id="an unknown timing"),
        pytest.param({"name": 5}, "name", id="a number as a name"),
        pytest.param({"grades": "fr"}, "grades", id="an unknown scale"),
        pytest.param({"grades": 5}, "grades", id="a number as a scale"),
        pytest.param({"grades": {"A": "4"}}, "grades", id="a text as points"),
        pytest.param({"grades": {"A": True}}, "grades", id="a flag as points"),
        pytest.param({"defaults": []}, "defaults", id="a list as defaults"),
        pytest.param({"defaults": {"activ": True}}, "activ", id="a default of no field"),
        pytest.param({"defaults": {"active": "yes"}}, "active", id="an impossible default"),
        pytest.param({"dialect": "minimal"}, "dialect", id="a text as a dialect"),
        pytest.param({"dialect": {"body": "minimal"}}, "body", id="an unknown setting"),
        pytest.param({"dialect": {"self": "minimal"}}, "self", id="a setting that programs use"),
        pytest.param({"dialect": {"bodies": "tiny"}}, "bodies", id="an unknown value"),
        pytest.param({"dialect": {"batch_size": 0}}, "batch_size", id="a batch of nothing"),
        pytest.param({"dialect": {"batch_size": True}}, "batch_size", id="a flag as a size"),
    ],
)
def test_an_unknown_or_impossible_setting_is_told_and_left_out(
    options: dict[str, Any], field: str, tmp_path: Path
) -> None:
    read = read_document(tmp_path, "A", options={"institution": "ACME", **options})

    finding = only(read)

    assert finding.code is lg.Code.UNKNOWN_SETTING
    assert finding.severity is lg.Severity.ERROR
    assert field in finding.place.field
    assert finding.place.record == "options"
    assert finding.hint
    assert read.options == lg.Options(institution="ACME")


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e400", "-1e999"])
@pytest.mark.parametrize(
    ("place", "field"),
    [
        pytest.param('"duration": {}', "duration", id="a duration"),
        pytest.param('"name": {}', "name", id="a name"),
        pytest.param('"custom_fields": {{"x": {}, "y": 1}}', "custom_fields", id="a custom field"),
        pytest.param('"custom_fields": {{"x": [{{"z": {}}}]}}', "custom_fields", id="inside a custom field"),
        pytest.param('"prerequisites": [{{"need": "B", "minimum_grade": {}}}]', "prerequisites", id="a grade"),
        pytest.param('"prerequisites": [{{"need": "B", "duration": {}}}]', "prerequisites", id="of a need"),
        pytest.param('"outcomes": [{{"achievement": "B", "duration": {}}}]', "outcomes", id="of an outcome"),
        pytest.param('"prerequisites": [{{"at_least": {}, "of": ["B"]}}]', "prerequisites", id="a count"),
    ],
)
def test_what_is_no_number_of_json_is_told_and_never_kept(place: str, field: str, written: str, tmp_path: Path) -> None:
    read = read_text(tmp_path, '{"learnings": [{"key": "A", %s}]}' % place.format(written))  # noqa: UP031 - braces

    assert any(field in finding.place.field for finding in read.findings.errors)
    lg.write(read, tmp_path / "again.json")
    assert lg.read(tmp_path / "again.json") == read


def test_a_scale_of_endless_points_is_refused(tmp_path: Path) -> None:
    read = read_text(tmp_path, '{"learnings": [{"key": "A"}], "options": {"grades": {"A": 1e999}}}')

    assert only(read).code is lg.Code.UNKNOWN_SETTING
    assert read.options.grades == "us"


def test_a_number_of_400_digits_is_exact(tmp_path: Path) -> None:
    number = int("7" * 400)

    read = read_document(tmp_path, {"key": "A", "duration": number, "course_number": number})
    lg.write(read, tmp_path / "again.json")

    assert read["A"].duration == number
    assert lg.read(tmp_path / "again.json") == read


@pytest.mark.parametrize("depth", [50, 200, 400, 900, 5_000, 100_000])
@pytest.mark.parametrize(
    "place",
    [
        pytest.param('{{"learnings": [{{"key": "A", "custom_fields": {{"x": {}}}}}]}}', id="a custom field"),
        pytest.param('{{"learnings": [{{"key": "A"}}, {}]}}', id="a record"),
        pytest.param('{{"learnings": [{{"key": "A", "name": {}}}]}}', id="a name"),
        pytest.param('{{"learnings": [{{"key": "A", "prerequisites": {}}}]}}', id="a requirement"),
        pytest.param('{{"learnings": [{{"key": "A"}}], "options": {{"defaults": {}}}}}', id="options"),
        pytest.param('{{"learnings": [{{"learning": {}}}]}}', id="a body"),
        pytest.param('{{"learning": {}}}', id="an answer"),
        pytest.param("{}", id="all"),
    ],
)
def test_brackets_in_brackets_are_read_or_refused_by_name(place: str, depth: int, tmp_path: Path) -> None:
    text = place.format("[" * depth + "]" * depth)

    try:
        read = read_text(tmp_path, text)
    except lg.ReadError as error:
        told = str(error)
    else:
        lg.write(read, tmp_path / "again.json")
        told = " ".join(map(str, [tmp_path, *lg.check(read)]))

    assert str(tmp_path) in told


def test_half_of_a_surrogate_pair_survives_in_every_text(tmp_path: Path) -> None:
    half = "a\ud800b"
    record = {
        "key": half,
        "name": half,
        "external_id": half,
        "prerequisites": [half, {"condition": half}],
        "outcomes": [{"achievement": half}],
        "skills": [{"name": half}],
        "custom_fields": {half: half},
    }

    read = read_document(tmp_path, record)
    lg.write(read, tmp_path / "again.json")

    assert codes(read.findings) == []
    assert read[half].name == half
    assert lg.read(tmp_path / "again.json") == read


def test_a_property_that_is_written_twice_is_told_by_its_place(tmp_path: Path) -> None:
    text = '{"learnings": [{"key": "A"}, {"key": "B", "name": "One", "name": "Two"}]}'

    read = read_text(tmp_path, text)
    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.REPEATED_PROPERTY, lg.Severity.ERROR)
    assert finding.place.field == "name"
    assert "learnings[1]" in finding.place.record
    assert finding.hint
    assert read["B"].name == "Two"


@pytest.mark.parametrize(
    "invisible",
    [
        pytest.param("\u200b", id="zero-width space"),
        pytest.param("\ufeff", id="byte-order mark"),
        pytest.param("\u200d", id="joiner"),
        pytest.param("\\u200b", id="escaped"),
    ],
)
def test_invisible_characters_in_property_names_are_removed_with_a_warning(invisible: str, tmp_path: Path) -> None:
    text = '{"learnings": [{"key": "A", "na%sme": "One%s"}]}' % (invisible, invisible)  # noqa: UP031 - braces

    read = read_text(tmp_path, text)
    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.ZERO_WIDTH_NAME, lg.Severity.WARNING)
    assert finding.place.field == "name"
    assert finding.hint
    assert read["A"].name == json.loads(f'"One{invisible}"')


def test_findings_come_in_the_same_order_however_names_are_hashed(tmp_path: Path) -> None:
    names = [f"section{number}" for number in range(8)]

    read = read_document(tmp_path, "A", **dict.fromkeys(names, 1))

    assert [finding.place.field for finding in read.findings] == names


def test_unknown_defaults_come_in_the_order_in_which_they_are_written(tmp_path: Path) -> None:
    names = [f"field{number}" for number in range(8)]

    read = read_document(tmp_path, "A", options={"defaults": dict.fromkeys(names, 1)})

    assert [finding.place.field for finding in read.findings] == [f"defaults.{name}" for name in names]


@pytest.mark.parametrize("code", [code for code in lg.Code if code.value.startswith("LG1")])
def test_no_intake_code_is_without_a_way_to_get_it(code: lg.Code, tmp_path: Path) -> None:
    ways: dict[str, Any] = {
        "LG101": lambda: read_document(tmp_path, {"key": ""}),
        "LG102": lambda: read_document(tmp_path, {"key": "A", "nmae": 1}),
        "LG103": lambda: read_document(tmp_path, "A", {"key": "A", "name": "B"}),
        "LG104": lambda: read_document(tmp_path, {"key": "A", "recommended": [{"need": "B", "minimum_grade": "Q"}]}),
        "LG105": lambda: read_document(tmp_path, {"key": "A", "prerequisites": [{"need": ""}]}),
        "LG106": lambda: read_lines(tmp_path, {"id": "A", "credits": "ROS 301"}),
        "LG107": lambda: read_document(tmp_path, {"key": "A", "name": 1}),
        "LG108": lambda: read_document(tmp_path, {"key": "A", "active_to": "x"}),
        "LG109": lambda: read_document(tmp_path, {"key": "A", "top_level_program": True}),
        "LG110": lambda: read_document(tmp_path, {"key": "A", "prerequisites": [nested(65, "B")]}),
        "LG111": lambda: read_text(tmp_path, '{"learnings": [{"key": "A", "key": "A"}]}'),
        "LG112": lambda: read_json(tmp_path, {"learnings": [{"key\u200b": "A"}]}),
        "LG113": lambda: read_json(
            tmp_path, {"learnings": [{"learning": {"name": "A"}, "prerequisites": {"deleteRecords": [{}]}}]}
        ),
        "LG114": lambda: read_lines(tmp_path, {"id": "A", "credits": "1-4"}),
        "LG115": lambda: read_document(tmp_path, {"key": "A", "prerequisites": 1}),
        "LG116": lambda: read_document(tmp_path, "A", options={"x": 1}),
        "LG117": lambda: read_json(tmp_path, {"learning": {"name": "A", "type": "LearningCourse"}}),
        "LG119": lambda: read_json(tmp_path, {"learning": None, "errors": [{"field": "id", "message": "not found"}]}),
        "LG120": lambda: read_text(
            tmp_path, "Curriculum,A\nCourses\nCourse ID\nCurriculum Learning Outcomes\nLearning Outcome\n"
        ),
        "LG121": lambda: read_text(tmp_path, "Curriculum;A\nCourses\nCourse ID\n"),
        "LG122": lambda: read_text(tmp_path, "Curriculum,A\nInsitution,B\nCourses\nCourse ID\n"),
        "LG123": lambda: read_text(tmp_path, "Curriculum,A\nDegree Plan,B\nCourses\nCourse ID,Term\n1\n"),
        "LG124": lambda: read_text(tmp_path, "Curriculum,A\nCourses\nCourse ID,Prerequisites\n1,2.3\n"),
    }  # fmt: skip
    if code is lg.Code.UNREADABLE_FILE:
        with pytest.raises(lg.ReadError) as caught:
            read_text(tmp_path, "")
        findings = lg.Findings([caught.value.finding])
    elif code is lg.Code.LOST_IN_FORMAT:
        findings = lg.write(read_document(tmp_path, {"key": "A", "type": "program"}), tmp_path / "x.jsonl")
    else:
        findings = ways[code.value]().findings

    assert {finding.code for finding in findings} == {code}
    assert all(finding.place.file or finding.keys for finding in findings)
