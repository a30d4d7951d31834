import json
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from tests.builders import codes, course, graph, program
from tests.unit.files.on_disk import found, nested, only, read_lines


@pytest.mark.parametrize(
    ("written", "duration"),
    [
        pytest.param(3, 3, id="a whole number"),
        pytest.param(2.5, 2.5, id="a broken number"),
        pytest.param(0, 0, id="zero"),
        pytest.param("3", 3, id="a text of one number"),
        pytest.param(" 3 ", 3, id="with spaces around it"),
        pytest.param("1.5", 1.5, id="with a point"),
        pytest.param("2,5", 2.5, id="with a decimal comma"),
        pytest.param("0", 0, id="a text of zero"),
    ],
)
def test_credits_of_one_number_become_credit_hours(written: Any, duration: float, tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A", "credits": written})

    assert codes(read.findings) == []
    assert read["A"].duration == duration
    assert type(read["A"].duration) is type(duration)
    assert read["A"].duration_unit == "Credit Hours"


@pytest.mark.parametrize(
    ("written", "least"),
    [
        pytest.param("1-4", 1, id="a range"),
        pytest.param("2 or 4", 2, id="one or the other"),
        pytest.param("4 OR 2", 2, id="the least, not the first"),
        pytest.param("4-4-4", 4, id="three terms"),
        pytest.param("4, 8, 12", 4, id="a list"),
        pytest.param("12, 8, 4", 4, id="a list that falls"),
        pytest.param("0\u20134/0\u20134/0\u20134", 0, id="ranges of terms"),
        pytest.param("4\u20146", 4, id="a long dash"),
        pytest.param("2/4", 2, id="a slash"),
        pytest.param("2 to 4", 2, id="to"),
        pytest.param("1.5-3", 1.5, id="a range with a point"),
        pytest.param("2,5-4", 2.5, id="a range with a decimal comma"),
    ],
)
def test_of_several_credits_the_least_is_taken_with_an_info(written: str, least: float, tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "X"}, {"id": "A", "credits": written})

    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.CREDITS_OF_SEVERAL, lg.Severity.INFO)
    assert (finding.place.line, finding.place.field, finding.keys) == (2, "credits", ("A",))
    assert written in finding.message
    assert (read["A"].duration, read["A"].duration_unit) == (least, "Credit Hours")


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("ROS 301", id="a course"),
        pytest.param("variable", id="a word"),
        pytest.param("3 credits", id="a number and a word"),
        pytest.param("-", id="a dash"),
        pytest.param("1-", id="half a range"),
        pytest.param({}, id="an object"),
        pytest.param({"min": 1, "max": 4}, id="a range as an object"),
        pytest.param([1, 4], id="a list"),
        pytest.param(True, id="a flag"),
        pytest.param("9" * 400, id="400 digits"),
        pytest.param("1-" * 5_000 + "1", id="a very long range"),
    ],
)
def test_credits_that_give_no_number_give_an_info_and_no_duration(written: Any, tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A", "credits": written})

    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.UNREADABLE_CREDITS, lg.Severity.INFO)
    assert (finding.place.line, finding.place.field, finding.keys) == (1, "credits", ("A",))
    assert read["A"].duration is None
    assert read["A"].duration_unit is None


@pytest.mark.parametrize("written", [None, ""])
def test_no_credits_are_nothing(written: Any, tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A", "credits": written}, {"id": "B"})

    assert codes(read.findings) == []
    assert read["A"] == lg.Course(key="A")
    assert read["B"] == lg.Course(key="B")


@pytest.mark.parametrize(
    ("key", "subject", "number"),
    [
        pytest.param("CS 601", "CS", "601", id="a space"),
        pytest.param("BIOL-1010", "BIOL", "1010", id="a dash"),
        pytest.param("MATH_007", "MATH", "007", id="an underscore"),
        pytest.param("BLG 102E", "BLG", "102E", id="a letter after the digits"),
        pytest.param("FİZ 101", "FİZ", "101", id="letters of other alphabets"),
        pytest.param("Algebra", None, None, id="no digits"),
        pytest.param("101", None, None, id="no letters"),
    ],
)
def test_an_id_of_letters_and_digits_also_gives_subject_and_number(
    key: str, subject: str | None, number: str | None, tmp_path: Path
) -> None:
    read = read_lines(tmp_path, {"id": key})

    assert read[key] == lg.Course(key=key, subject_abbreviation=subject, course_number=number)


def test_a_subject_that_is_stated_is_kept(tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "CS 601", "subject_abbreviation": "COMP", "course_number": 7})

    assert read["CS 601"] == lg.Course(key="CS 601", subject_abbreviation="COMP", course_number=7)


def test_an_id_that_was_written_as_a_number_keeps_its_credits(tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": 101, "credits": "3"})

    assert [learning.key for learning in read] == ["101"]
    assert read["101"].duration == 3


def test_trees_of_all_forms_are_read(tmp_path: Path) -> None:
    tree = {
        "all": [
            {"course": "A"},
            {"any": [{"course": "B"}, {"text": "consent of instructor"}]},
            {"at_least": 2, "of": [{"course": "C"}, {"course": "D"}, {"course": "E"}]},
        ]
    }

    read = read_lines(
        tmp_path,
        {"id": "X", "prerequisites": tree, "corequisites": {"course": "L"}, "recommended": {"text": "sleep"}},
    )

    wanted = lg.AllOf("A", lg.AnyOf("B", lg.Condition("consent of instructor")), lg.AtLeast(2, "C", "D", "E"))
    assert read["X"] == lg.Course(
        key="X", prerequisites=[wanted], corequisites=["L"], recommended=[lg.Condition("sleep")]
    )
    assert codes(read.findings) == []


def test_a_target_that_is_null_is_an_unnamed_course_and_a_finding(tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A"}, {"id": "B", "prerequisites": {"any": [{"course": None}, {"course": "A"}]}})

    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.NO_TARGET, lg.Severity.WARNING)
    assert (finding.place.line, finding.place.field, finding.keys) == (2, "prerequisites", ("B",))
    assert read["B"].prerequisites == (lg.AnyOf(lg.Condition("unnamed course"), "A"),)


@pytest.mark.parametrize("text", [None, 5, {}])
def test_a_condition_without_a_text_is_told_and_never_made_up(text: Any, tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A", "prerequisites": {"text": text}})

    assert only(read).place.field == "prerequisites"
    assert str(text) not in [getattr(tree, "text", "") for tree in read["A"].prerequisites]


@pytest.mark.parametrize(
    ("grades", "letter", "points"),
    [
        pytest.param("us", "C-", 1.7, id="us"),
        pytest.param("itu", "DD", 1, id="itu"),
        pytest.param("itu", "BL", None, id="passed, no number"),
        pytest.param({"TR": None, "B": 3}, "TR", None, id="transfer credit"),
        pytest.param({"1,0": 1.0}, "1,0", 1.0, id="a scale of one's own"),
        pytest.param("us", 2.5, 2.5, id="a number"),
    ],
)
def test_grades_are_read_through_the_scale(grades: Any, letter: Any, points: float | None, tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A", "prerequisites": {"course": "B", "min_grade": letter}}, grades=grades)

    assert codes(read.findings) == []
    assert read["A"].prerequisites == (lg.Need("B", minimum_grade=points),)


def test_an_unknown_grade_is_one_error_with_its_count_and_first_line(tmp_path: Path) -> None:
    graded = {"course": "A", "min_grade": "DD"}

    read = read_lines(
        tmp_path,
        {"id": "A"},
        {"id": "B", "prerequisites": graded},
        {"id": "C", "prerequisites": {"all": [graded, {"course": "B", "min_grade": "DD"}]}},
    )
    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.UNKNOWN_GRADE, lg.Severity.ERROR)
    assert finding.place.line == 2
    assert "'DD'" in finding.message
    assert "3 times" in finding.message
    assert "--grades" in finding.hint
    assert read["B"].prerequisites == (lg.Need("A"),)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('{"id": "B", "name": ', id="cut off"),
        pytest.param("id: B", id="no JSON"),
        pytest.param("5", id="a number"),
        pytest.param("null", id="null"),
        pytest.param('["B"]', id="a list"),
        pytest.param('"B"', id="a text"),
        pytest.param("{}", id="an object of nothing"),
        pytest.param('{"id": null}', id="an id that is null"),
        pytest.param('{"id": ["B"]}', id="an id that is a list"),
        pytest.param('{"name": "B"}', id="no id"),
        pytest.param('{"id": "B"} {"id": "C"}', id="two on a line"),
        pytest.param('{"id": "B\x00"}', id="a NUL byte"),
        pytest.param('{"id": "B", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", id="brackets"),
    ],
)
def test_a_broken_line_costs_that_line_alone(line: str, tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A"}, "", line, {"id": "Z"})

    finding = only(read)

    assert finding.code is lg.Code.UNREADABLE_RECORD
    assert finding.severity is lg.Severity.ERROR
    assert finding.place.line == 3
    assert finding.place.file == str(tmp_path / "lines.jsonl")
    assert [learning.key for learning in read] == ["A", "Z"]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        pytest.param({"name": 5}, "LG107", "name", id="a number as a name"),
        pytest.param({"active_from": "2025-02-30"}, "LG108", "active_from", id="a day that is not"),
        pytest.param({"titel": "x"}, "LG102", "titel", id="an unknown field"),
        pytest.param({"top_level_program": True}, "LG109", "top_level_program", id="a field of programs"),
        pytest.param({"prerequisites": {"course": 5}}, "LG115", "prerequisites", id="a number as a course"),
        pytest.param({"prerequisites": 5}, "LG115", "prerequisites", id="a number as a tree"),
        pytest.param({"prerequisites": {"none": []}}, "LG115", "prerequisites", id="an unknown form"),
        pytest.param({"prerequisites": {"course": "A", "grade": "B"}}, "LG102", "prerequisites", id="an unknown part"),
        pytest.param({"prerequisites": nested(65, {"course": "A"})}, "LG110", "prerequisites", id="65 levels"),
    ],
)
def test_a_fault_costs_the_field_and_carries_its_line(
    line: dict[str, Any], code: str, field: str, tmp_path: Path
) -> None:
    read = read_lines(tmp_path, {"id": "A"}, {"id": "B", "credits": "3", **line}, {"id": "C"})

    finding = only(read)

    assert (finding.code.value, finding.place.line, finding.place.field) == (code, 2, field)
    assert finding.hint
    assert [learning.key for learning in read] == ["A", "B", "C"]
    assert read["B"].duration == 3


def test_a_number_of_5000_digits_costs_its_line_alone(tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A"}, '{"id": "B", "credits": %s}' % ("9" * 5_000), {"id": "C"})

    assert only(read).place.line == 2
    assert {"A", "C"} <= {learning.key for learning in read}


def test_different_courses_with_one_id_are_an_error(tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A", "name": "One"}, {"id": "A", "name": "Two"})

    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.REPEATED_KEY, lg.Severity.ERROR)
    assert (finding.place.line, finding.keys) == (2, ("A",))
    assert "line 1" in finding.message
    assert read["A"].name == "One"


def test_identical_lines_are_only_counted(tmp_path: Path) -> None:
    read = read_lines(tmp_path, *[{"id": "A", "credits": 3}] * 4)

    finding = only(read)

    assert (finding.code, finding.severity) == (lg.Code.REPEATED_KEY, lg.Severity.INFO)
    assert "4 times" in finding.message


def test_a_line_is_known_by_its_number(tmp_path: Path) -> None:
    read = read_lines(tmp_path, "", {"id": "A"}, "   ", {"id": "B"})

    assert read.places["B"] == lg.Place(str(tmp_path / "lines.jsonl"), 4)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_of_all_systems_are_read(ending: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(ending.join(['{"id": "A"}', "", '{"id": "B"}']).encode("utf-8-sig"))

    read = lg.read(tmp_path / "x.jsonl")

    assert [learning.key for learning in read] == ["A", "B"]
    assert read.places["B"].line == 3


def test_a_line_break_inside_a_text_is_no_end_of_a_line(tmp_path: Path) -> None:
    names = "One\u2028Two\u0085Three\x0bFour"

    read = read_lines(tmp_path, json.dumps({"id": "A", "name": names}, ensure_ascii=True), {"id": "B"})
    raw = json.dumps({"id": "C", "name": "One\u2028Two"}, ensure_ascii=False)

    assert read["A"].name == names
    assert read_lines(tmp_path, raw)["C"].name == "One\u2028Two"


_BARE = lg.Course(key="A")

_ROUND: list[dict[str, Any]] = [
    {"id": "CS 101", "name": "Programming", "credits": 3, "prerequisites": None, "corequisites": None},
    {"id": "CS 102", "name": "Données", "credits": 2.5, "prerequisites": {"course": "CS 101", "min_grade": "C"}},
    {
        "id": "CS 103",
        "name": None,
        "credits": None,
        "prerequisites": {
            "all": [
                {"any": [{"course": "CS 101", "min_grade": 2.55}, {"text": "consent"}]},
                {"at_least": 1, "of": [{"course": "CS 102"}, {"course": "NOPE 1"}]},
            ]
        },
        "corequisites": {"any": [{"course": "CS 103L"}]},
        "recommended": {"course": "CS 102"},
    },
]


def test_lines_to_a_document_and_back_are_the_same_lines(tmp_path: Path) -> None:
    first = read_lines(tmp_path, *_ROUND)

    assert not lg.write(first, tmp_path / "document.json")
    second = lg.read(tmp_path / "document.json")
    assert not lg.write(second, tmp_path / "again.jsonl")
    again = [json.loads(line) for line in (tmp_path / "again.jsonl").read_text("utf-8").splitlines()]

    assert second == first
    assert again == [{"corequisites": None, "recommended": None, **record} for record in _ROUND]
    assert lg.read(tmp_path / "again.jsonl") == first


def test_a_letter_is_written_back_as_the_letter_it_was(tmp_path: Path) -> None:
    letters = ["A", "A-", "B+", "B", "C", "D", "F"]
    read = read_lines(
        tmp_path,
        *[{"id": f"X {n}", "prerequisites": {"course": "A", "min_grade": g}} for n, g in enumerate(letters)],
    )

    lg.write(read, tmp_path / "again.jsonl")
    again = [json.loads(line) for line in (tmp_path / "again.jsonl").read_text("utf-8").splitlines()]

    assert [record["prerequisites"]["min_grade"] for record in again] == letters


def test_several_requirements_of_a_document_become_one_all_of(tmp_path: Path) -> None:
    lg.write(graph(lg.Course(key="A", prerequisites=["B", lg.AnyOf("C", "D")])), tmp_path / "x.jsonl")

    again = lg.read(tmp_path / "x.jsonl")

    assert again["A"].prerequisites == (lg.AllOf("B", lg.AnyOf("C", "D")),)


@pytest.mark.parametrize(
    ("held", "what"),
    [
        pytest.param(graph(program("P")), "programs", id="a program"),
        pytest.param(graph(lg.Course(key="A", active=False)), "active", id="a flag"),
        pytest.param(graph(lg.Course(key="A", description="x")), "description", id="a description"),
        pytest.param(graph(lg.Course(key="A", duration=3)), "duration_unit", id="hours of no unit"),
        pytest.param(
            graph(lg.Course(key="A", duration=3, duration_unit="Clock Hours")), "duration_unit", id="clock hours"
        ),
        pytest.param(graph(lg.Course(key="A 1", course_number="2")), "course_number", id="another number"),
        pytest.param(graph(lg.Course(key="A", outcomes=["x"])), "outcomes", id="an outcome"),
        pytest.param(graph(lg.Course(key="A", equivalents=["B"])), "equivalents", id="an equivalent"),
        pytest.param(graph(lg.Course(key="A", custom_fields={"x": 1})), "custom_fields", id="a custom field"),
        pytest.param(
            graph(lg.Course(key="A", salesforce=lg.RecordIds(learning_id="0ty"))), "salesforce", id="an id"
        ),
        pytest.param(
            graph(lg.Course(key="A", prerequisites=[lg.Need("B", timing=lg.Timing.WITH)])), "timing", id="timing"
        ),
        pytest.param(graph(lg.Course(key="A", recommended=[lg.Need("B", duration=3)])), "duration", id="a need"),
        pytest.param(
            graph(_BARE, achievements=[lg.Achievement(key="x")]), "achievements", id="an achievement"
        ),
        pytest.param(graph(_BARE, providers=[lg.Provider(key="x")]), "providers", id="a provider"),
        pytest.param(
            graph(_BARE, program_plans=[lg.ProgramPlan(key="x", program="P")]), "program", id="a program plan"
        ),
        pytest.param(graph(_BARE, degree_plans=[lg.DegreePlan(key="x")]), "degree", id="a degree plan"),
        pytest.param(graph(_BARE, options={"grades": "itu"}), "options", id="an option"),
    ],
)  # fmt: skip
def test_what_lines_cannot_hold_is_told(held: lg.LearningGraph, what: str, tmp_path: Path) -> None:
    told = lg.write(held, tmp_path / "x.jsonl")

    assert {finding.code for finding in told} == {lg.Code.LOST_IN_FORMAT}
    assert any(what in finding.cause or what in finding.message for finding in told)
    assert all(finding.hint for finding in told)


def test_a_line_that_lines_can_hold_whole_loses_nothing(tmp_path: Path) -> None:
    held = graph(
        lg.Course(
            key="CS 1",
            name="X",
            duration=3,
            duration_unit="Credit Hours",
            subject_abbreviation="CS",
            course_number="1",
            prerequisites=[lg.AnyOf(lg.Need("B", 3), lg.Condition("x"))],
        )
    )

    assert not lg.write(held, tmp_path / "x.jsonl")
    assert lg.read(tmp_path / "x.jsonl") == held


def test_lines_are_known_by_their_first_line_whatever_the_name(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text('\n{"id": "A"}\n{"id": "B"}\n', encoding="utf-8")

    assert [learning.key for learning in lg.read(tmp_path / "catalogue.json")] == ["A", "B"]


def test_a_document_is_known_by_its_content_whatever_the_name(tmp_path: Path) -> None:
    held = graph(course("A"))
    lg.write(held, tmp_path / "x.jsonl", to="document")

    assert lg.read(tmp_path / "x.jsonl") == held


def test_repeated_properties_of_a_line_are_told_with_the_line(tmp_path: Path) -> None:
    read = read_lines(tmp_path, {"id": "A"}, '{"id": "B", "name": "One", "name": "Two"}')

    finding = only(read)

    assert (finding.code, finding.place.line, finding.place.field) == (lg.Code.REPEATED_PROPERTY, 2, "name")


def test_faults_of_many_lines_are_all_told(tmp_path: Path) -> None:
    read = read_lines(tmp_path, *[{"id": f"A {n}", "name": n, "credits": "x"} for n in range(50)])

    assert [finding.place.line for finding in found(read, "LG107")] == [*range(1, 51)]
    assert len(found(read, "LG106")) == 50


def test_progress_is_told_to_whoever_asked(tmp_path: Path) -> None:
    class Counter:
        def __init__(self) -> None:
            self.said: list[Any] = []

        def begin(self, task: str, total: int) -> None:
            self.said.append((task, total))

        def step(self) -> None:
            self.said.append("step")

        def end(self) -> None:
            self.said.append("end")

    counter = Counter()
    read_lines(tmp_path, {"id": "A"}, {"id": "B"}, reporter=counter)

    (_, total), *steps, end = counter.said
    assert len(steps) == total >= 2
    assert end == "end"
