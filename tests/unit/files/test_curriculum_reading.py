"""Curricular Analytics files as people and tools leave them."""

import csv
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from tests.builders import codes
from tests.shared import SHARED, needs_shared
from tests.unit.files.on_disk import only, read_text

HEADER = "Curriculum,Basketry\nInstitution,ACME State\nDegree Type,BA\nSystem Type,quarter\nCIP,50.07\nCourses,,\n"
COLUMNS = "Course ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,Credit Hours"


def read(folder: Path, *rows: str, columns: str = COLUMNS, header: str = HEADER, **how: Any) -> lg.LearningGraph:
    return read_text(folder, header + "\n".join((columns, *rows)) + "\n", "curriculum.csv", **how)


def prerequisites(graph: lg.LearningGraph, key: str) -> list[str]:
    return [need.key for need in graph[key].prerequisites if isinstance(need, lg.Need)]


def test_a_course_has_what_its_row_says(tmp_path: Path) -> None:
    graph = read(
        tmp_path,
        "1,Baskets I,BW,101,,,,3,,",
        "2,Lab,BW,101L,,,1,1,,",
        '3,"Baskets, Advanced",BW,201,1,2,,4.5,ACME State,Baskets II',
        columns=f"{COLUMNS},Institution,Canonical Name",
    )

    assert codes(graph.findings) == []
    assert graph["3"] == lg.Course(
        key="3",
        name="Baskets, Advanced",
        subject_abbreviation="BW",
        course_number="201",
        provider="ACME State",
        duration=4.5,
        duration_unit="Credit Hours",
        prerequisites=["1"],
        corequisites=["2"],
        custom_fields={"Canonical Name": "Baskets II"},
    )
    assert graph["2"].corequisites == (lg.Need("1", timing=lg.Timing.WITH),)
    assert graph.degree_plans == ()


def test_the_header_becomes_options(tmp_path: Path) -> None:
    graph = read(tmp_path, "1")

    assert graph.options == lg.Options(
        name="Basketry", institution="ACME State", degree_type="BA", system_type="quarter", cip_code="50.07"
    )


@pytest.mark.parametrize(
    ("written", "system"),
    [("", "semester"), ("Quarter", "quarter"), (" SEMESTER ", "semester"), ("quarter\u200b", "quarter")],
)
def test_the_system_is_read_whatever_its_capitals(written: str, system: str, tmp_path: Path) -> None:
    graph = read(tmp_path, "1", header=f"Curriculum,A\nSystem Type,{written}\nCourses\n")

    assert codes(graph.findings) == []
    assert graph.options.system_type == system


def test_an_unknown_system_is_told_and_costs_nothing_else(tmp_path: Path) -> None:
    graph = read(tmp_path, "1", header="Curriculum,A\nSystem Type,trimester\nInstitution,B\nCourses\n")

    assert only(graph).code is lg.Code.UNKNOWN_SETTING
    assert (graph.options.system_type, graph.options.institution) == ("semester", "B")


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("Curriculum,A\nInstitution,\nCourses\n", id="empty"),
        pytest.param("Curriculum,A\nInstitution\nCourses\n", id="without a cell"),
        pytest.param("Curriculum,A\nCourses\n", id="not there"),
        pytest.param('Curriculum,A\nInstitution,""\n\nCourses,,,,\n', id="quoted"),
    ],
)
def test_an_institution_is_not_required(header: str, tmp_path: Path) -> None:
    graph = read(tmp_path, "1", header=header)

    assert codes(graph.findings) == []
    assert graph.options == lg.Options(name="A")


def test_settings_override_the_header_and_keep_what_the_columns_mean(tmp_path: Path) -> None:
    graph = read(tmp_path, "1", "2,,,,,1,1", settings={"corequisite_timing": "with", "institution": "Other"})

    assert graph.options.institution == "Other"
    assert graph["2"].corequisites == (lg.Need("1", timing=lg.Timing.BEFORE_OR_WITH), lg.Need("1"))


# ---- what other readers lose


def test_a_quoted_name_with_a_comma_shifts_no_column(tmp_path: Path) -> None:
    graph = read(tmp_path, '1,"Algebra, Linear",MATH,1,,,,4', "2,Algebra II,MATH,2,1,,,4")

    assert codes(graph.findings) == []
    assert graph["1"].name == "Algebra, Linear"
    assert prerequisites(graph, "2") == ["1"]


def test_courses_without_prefix_or_number_are_kept(tmp_path: Path) -> None:
    named = [f"{number},Course {number},BW,{100 + number},,,,3" for number in range(1, 9)]
    electives = ["9,Basket Elective,,,8,,,3", "10,General Elective,GE,,,,,3", "11,Any,,100,,,,3", "12,,,,,,,"]

    graph = read(tmp_path, *named, *electives)

    assert codes(graph.findings) == []
    assert [course.key for course in graph] == [str(number) for number in range(1, 13)]
    assert prerequisites(graph, "9") == ["8"]
    assert graph["12"] == lg.Course(key="12")


def test_header_rows_and_columns_of_results_are_passed_over(tmp_path: Path) -> None:
    rows = ["Total Structural Complexity,36.0", 'Longest Delay,4,"1->2"', 'Highest Centrality Course,"2",7']
    columns = f"{COLUMNS},Complexity,Blocking,Delay,Centrality"

    graph = read(
        tmp_path, "1,A,BW,1,,,,3,7.0,3,4.0,0", header="\n".join(("Curriculum,A", *rows, "Courses\n")), columns=columns
    )

    assert codes(graph.findings) == []
    assert graph["1"].duration == 3


# ---- how files are saved


@pytest.mark.parametrize(
    "encoding", [pytest.param("utf-8", id="plain"), pytest.param("utf-8-sig", id="marked"), "utf-16"]
)
def test_the_encodings_of_unicode_are_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(f"Curriculum,Körbe\nCourses\n{COLUMNS}\n1,數學\n".encode(encoding))

    graph = lg.read(tmp_path / "x.csv")

    assert codes(graph.findings) == []
    assert (graph.options.name, graph["1"].name) == ("Körbe", "數學")


@pytest.mark.parametrize(
    ("data", "name"), [(b"K\xf6rbe \x80", "Körbe €"), (b"K\xf6rbe \x81", "Körbe \x81")], ids=["cp1252", "latin-1"]
)
def test_the_encoding_of_a_spreadsheet_is_read_with_a_warning(data: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"Curriculum,A\nCourses\nCourse ID,Course Name\n1," + data + b"\n")

    graph = lg.read(tmp_path / "x.csv")

    finding = only(graph)
    assert (finding.code, finding.severity) == (lg.Code.SAVED_OTHERWISE, lg.Severity.WARNING)
    assert finding.place.line == 4
    assert graph["1"].name == name


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_signs_between_cells_are_read_with_an_info(sign: str, tmp_path: Path) -> None:
    text = HEADER + f"{COLUMNS}\n1,Körbe,BW,1,,,,3\n2,B,BW,2,,,,3\n3,C,BW,3,X,,,3\n"
    graph = read_text(tmp_path, text.replace(",", sign).replace("X", '"1;2"'), "x.csv")

    finding = only(graph)
    assert (finding.code, finding.severity) == (lg.Code.SAVED_OTHERWISE, lg.Severity.INFO)
    assert graph.options.name == "Basketry"
    assert prerequisites(graph, "3") == ["1", "2"]


def test_a_name_with_semicolons_makes_no_other_file_of_it(tmp_path: Path) -> None:
    graph = read(tmp_path, "1", header='Curriculum,"a;b;c;d;e;f;g;h;i;j"\nCourses\n')

    assert codes(graph.findings) == []
    assert graph.options.name == "a;b;c;d;e;f;g;h;i;j"


def test_a_decimal_comma_is_read_where_semicolons_separate(tmp_path: Path) -> None:
    text = "Curriculum;A\nCourses\nCourse ID;Credit Hours\n1;4,5\n"

    assert read_text(tmp_path, text, "x.csv")["1"].duration == 4.5


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u2060"])
def test_invisible_characters_in_headings_and_ids_are_removed(sign: str, tmp_path: Path) -> None:
    text = f"{sign}{sign}Curriculum,A\nCourses\n{sign}Course ID,Prerequisites\n{sign}1,\n2,1{sign}\n"

    graph = read_text(tmp_path, text, "x.csv")

    assert set(codes(graph.findings)) == {"LG112"}
    assert prerequisites(graph, "2") == ["1"]


def test_comments_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    text = '# by hand, "half\n\n"# quoted"\nCurriculum,A\n,,,\n# more\nCourses\nCourse ID\n\n1\n# 2\n3\n'

    graph = read_text(tmp_path, text, "x.csv")

    assert codes(graph.findings) == []
    assert {key: place.line for key, place in graph.places.items()} == {"1": 10, "3": 12}


# ---- headings


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        pytest.param("Insitution", lg.Severity.WARNING, id="a letter left out"),
        pytest.param("Instituton", lg.Severity.WARNING, id="another one"),
        pytest.param("INSTITUTION", lg.Severity.INFO, id="capitals"),
        pytest.param(" institution ", lg.Severity.INFO, id="small letters and space"),
    ],
)
def test_a_misspelt_header_is_read_and_told(written: str, severity: lg.Severity, tmp_path: Path) -> None:
    graph = read(tmp_path, "1", header=f"Curriculum,A\n{written},ACME\nCourses\n")

    finding = only(graph)
    assert (finding.code, finding.severity) == (lg.Code.MISSPELT_HEADING, severity)
    assert (finding.place.line, finding.place.field) == (2, "Institution")
    assert graph.options.institution == "ACME"


@pytest.mark.parametrize("columns", ["Course_ID,Pre-Requisites", "course id,Prerequsites", "Couse ID,prerequisite"])
def test_misspelt_columns_are_read_and_told(columns: str, tmp_path: Path) -> None:
    graph = read(tmp_path, "1,", "2,1", columns=columns)

    assert codes(graph.findings) == ["LG122", "LG122"]
    assert prerequisites(graph, "2") == ["1"]


def test_columns_of_much_the_same_letters_are_not_confused(tmp_path: Path) -> None:
    graph = read(tmp_path, "1", "2", "3", "4,1,2,3", columns="Course ID,strict corequisites,Corequisite,Prerequisite")

    assert graph["4"].prerequisites == (lg.Need("3"),)
    assert graph["4"].corequisites == (lg.Need("2"), lg.Need("1", timing=lg.Timing.WITH))


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    graph = read(tmp_path, "3,,A,1", "3,1,B,2", columns="Credit Hours,Prerequisites,Course Name,Course ID")

    assert codes(graph.findings) == []
    assert graph["2"] == lg.Course(key="2", name="B", duration=3, duration_unit="Credit Hours", prerequisites=["1"])


def test_an_unknown_column_and_an_unknown_row_are_told_once(tmp_path: Path) -> None:
    graph = read(tmp_path, "1,x", "2,y", columns="Course ID,Colour", header="Curriculum,A\nCampus,North\nCourses\n")

    assert [(each.code.value, each.severity, each.cause) for each in graph.findings] == [
        ("LG102", lg.Severity.WARNING, "Campus"),
        ("LG102", lg.Severity.WARNING, "Colour"),
    ]


def test_a_column_and_a_row_that_are_there_twice_are_told(tmp_path: Path) -> None:
    graph = read(
        tmp_path, "1,A,B", columns="Course ID,Course Name,Course Name", header="Curriculum,A\nCurriculum,B\nCourses\n"
    )

    assert codes(graph.findings) == ["LG111", "LG111"]
    assert (graph["1"].name, graph.options.name) == ("B", "B")


def test_the_row_courses_may_be_forgotten(tmp_path: Path) -> None:
    graph = read(tmp_path, "1,A", header="Curriculum,A\n")

    assert codes(graph.findings) == []
    assert graph["1"].name == "A"


def test_a_name_that_no_quotation_marks_hold_together_is_told(tmp_path: Path) -> None:
    graph = read(tmp_path, "1", header="Curriculum,Baskets, Advanced\nCourses\n")

    assert only(graph).code is lg.Code.UNREADABLE_VALUE
    assert graph.options.name == "Baskets"


# ---- rows


def test_cells_beyond_the_columns_are_told(tmp_path: Path) -> None:
    graph = read(tmp_path, "1,Algebra, Linear", columns="Course ID,Course Name")

    finding = only(graph)
    assert (finding.code, finding.keys, finding.place.line) == (lg.Code.UNREADABLE_VALUE, ("1",), 8)
    assert "Linear" in finding.message


def test_a_row_without_an_id_is_told_and_no_other_is_lost(tmp_path: Path) -> None:
    graph = read(tmp_path, ",Nameless", "2,B")

    assert (only(graph).code, only(graph).place.line) == (lg.Code.UNREADABLE_RECORD, 8)
    assert [course.key for course in graph] == ["2"]


def test_of_two_rows_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    graph = read(tmp_path, "1,A,1", "1,B,2", "2,C,2", columns="Course ID,Course Name,Term")

    finding = only(graph)
    assert (finding.code, finding.keys, finding.place.line) == (lg.Code.REPEATED_KEY, ("1",), 9)
    assert graph["1"].name == "A"
    assert graph.degree_plans[0].terms == (("1",), ("2",))


def test_requirements_that_name_no_row_are_kept_for_check_to_report(tmp_path: Path) -> None:
    graph = read(tmp_path, "1,A,BW,1,99,,,3")

    assert codes(graph.findings) == []
    assert prerequisites(graph, "1") == ["99"]
    assert [each.cause for each in lg.check(graph) if each.code is lg.Code.UNKNOWN_REFERENCE] == ["99"]


def test_a_course_may_require_itself_for_check_to_report(tmp_path: Path) -> None:
    graph = read(tmp_path, "1,A,BW,1,1,,,3")

    assert prerequisites(graph, "1") == ["1"]
    assert "LG202" in codes(lg.check(graph))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("4;5", []),
        ('" 4 ; 5 "', []),
        ('"4,5"', ["LG124"]),
        ('"4, 5, "', ["LG124"]),
        ("4.5", ["LG124"]),
        ("4:5", ["LG124"]),
        ("4;5;", ["LG124"]),
    ],
)
@pytest.mark.parametrize("column", ["Prerequisites", "Corequisites", "Strict-Corequisites"])
def test_all_separators_are_read_in_all_columns(cell: str, told: list[str], column: str, tmp_path: Path) -> None:
    graph = read(tmp_path, "4,", "5,", f"6,{cell}", columns=f"Course ID,{column}")

    needs = (*graph["6"].prerequisites, *graph["6"].corequisites)
    assert [need.key for need in needs if isinstance(need, lg.Need)] == ["4", "5"]
    assert codes(graph.findings) == told
    assert all((each.place.line, each.place.field) == (10, column) for each in graph.findings)


@pytest.mark.parametrize(
    ("written", "number", "told"),
    [
        pytest.param("3", 3, [], id="whole"),
        pytest.param("3.0", 3, [], id="a number of a spreadsheet"),
        pytest.param("3.5", 3.5, [], id="broken"),
        pytest.param("-1", -1, [], id="negative, for check to report"),
        pytest.param("1e-05", 0.00001, [], id="with an exponent"),
        pytest.param("", None, [], id="empty"),
        pytest.param("3-4", 3, ["LG114"], id="a range"),
        pytest.param("three", None, ["LG106"], id="a word"),
        pytest.param("nan", None, ["LG106"], id="no number"),
        pytest.param("1e999", None, ["LG107"], id="too large"),
    ],
)
def test_credit_hours_are_read(written: str, number: float | None, told: list[str], tmp_path: Path) -> None:
    graph = read(tmp_path, f"1,{written}", columns="Course ID,Credit Hours")

    assert codes(graph.findings) == told
    assert graph["1"].duration == number
    assert all((each.place.line, each.keys) == (8, ("1",)) for each in graph.findings)


# ---- degree plans


def plan(folder: Path, *rows: str, header: str = "Curriculum,A\nDegree Plan,Two years\nCourses\n") -> lg.LearningGraph:
    return read(folder, *rows, columns="Course ID,Prerequisites,Term", header=header)


def test_terms_become_a_degree_plan(tmp_path: Path) -> None:
    graph = plan(tmp_path, "1,,1", "2,1,3", "3,,1.0", "4,, 3 ")

    assert codes(graph.findings) == []
    assert graph.degree_plans == (lg.DegreePlan(key="Two years", terms=[["1", "3"], [], ["2", "4"]]),)


@pytest.mark.parametrize("written", ["0", "-1", "fall", "1.5", "1001", "9" * 30])
def test_a_term_that_is_none_is_told(written: str, tmp_path: Path) -> None:
    graph = plan(tmp_path, "1,,1", f"2,1,{written}")

    assert codes(graph.findings) == ["LG107", "LG123"]
    assert {each.keys for each in graph.findings} == {("2",)}
    assert {(each.place.line, each.place.field) for each in graph.findings} == {(6, "Term")}
    assert graph.degree_plans[0].terms == (("1",),)


def test_a_course_in_no_term_is_told(tmp_path: Path) -> None:
    assert only(plan(tmp_path, "1,,1", "2,1,")).code is lg.Code.NO_TERM


def test_terms_without_a_name_of_the_plan_are_a_degree_plan(tmp_path: Path) -> None:
    graph = plan(tmp_path, "1,,1", header="Curriculum,A\nCourses\n")

    assert graph.degree_plans == (lg.DegreePlan(key="Degree plan", terms=[["1"]]),)


def test_an_empty_column_of_terms_is_no_degree_plan(tmp_path: Path) -> None:
    assert plan(tmp_path, "1,,", header="Curriculum,A\nCourses\n").degree_plans == ()


def test_additional_courses_are_courses(tmp_path: Path) -> None:
    text = "Additional Courses,,,\nCourse ID,Term,Course Name\n7,2,Jazz"

    graph = plan(tmp_path, "1,,1", "2,7,2", *text.split("\n"))

    assert codes(graph.findings) == []
    assert graph["7"].name == "Jazz"
    assert prerequisites(graph, "2") == ["7"]
    assert graph.degree_plans[0].terms == (("1",), ("2", "7"))


def test_additional_courses_may_use_the_columns_above(tmp_path: Path) -> None:
    assert [course.key for course in plan(tmp_path, "1,,1", "Additional Courses", "7,1,2")] == ["1", "7"]


def test_learning_outcomes_are_left_out_and_told(tmp_path: Path) -> None:
    outcomes = [
        "Course Learning Outcomes,,,",
        "Course ID,Learning Outcome ID,Learning Outcome,Description,Requisites,Hours",
        "1,1,Weaving,Weaves,,3",
        "1,2,Dyeing,Dyes,1,3",
        "Curriculum Learning Outcomes",
        "Learning Outcome,Description",
        "Craft,Works",
    ]

    graph = read(tmp_path, "1,A", *outcomes)

    assert [(each.code.value, each.place.line) for each in graph.findings] == [("LG120", 10), ("LG120", 14)]
    assert "2 rows" in graph.findings[0].message
    assert [course.key for course in graph] == ["1"]


# ---- which files are such


@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x"])
def test_a_curriculum_is_told_by_its_first_row(name: str, tmp_path: Path) -> None:
    text = '\n# made by hand\n"Curriculum",A\nCourses\nCourse ID\n1\n'

    assert [course.key for course in read_text(tmp_path, text, name)] == ["1"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Key,Name\nA,B\n", id="a sheet"),
        pytest.param("Curriculum vitae,Name\n", id="nearly"),
        pytest.param("x", id="one word"),
    ],
)
def test_any_other_csv_file_is_refused_by_name(text: str, tmp_path: Path) -> None:
    with pytest.raises(lg.ReadError, match="CSV") as caught:
        read_text(tmp_path, text, "x.csv")

    assert "Curriculum" in caught.value.hint


@pytest.mark.parametrize(
    "text", ["Curriculum,A\n", "Curriculum,A\nCourses\n", "Curriculum,A\nCourses\nName,Prefix\nA,B\n"]
)
def test_a_curriculum_without_a_column_of_ids_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(lg.ReadError, match="Course ID"):
        read_text(tmp_path, text, "x.csv")


def test_a_document_is_a_document_whatever_its_suffix(tmp_path: Path) -> None:
    assert len(read_text(tmp_path, '{"learnings": [{"key": "A"}]}', "x.csv")) == 1


_GOLDENS = SHARED / "analysis" / "goldens"


@needs_shared
@pytest.mark.parametrize(
    ("name", "courses", "edges", "credits_"),
    [
        ("California_Berkely_V2", 30, 16, 113),
        ("Colostate_CSDegree", 37, 25, 120),
        ("Colostate_CSDegree_2017", 37, 30, 120),
        ("Kennesaw_State_University_CS", 43, 41, 120),
        ("Metropolitan_State_University_CS", 34, 27, 120),
        ("Michigan_Ann_Arbor_CS", 38, 28, 128),
    ],
)
def test_a_scored_curriculum_is_read_whole(name: str, courses: int, edges: int, credits_: int, tmp_path: Path) -> None:
    graph = lg.read(_GOLDENS / f"{name}.csv")

    assert codes(graph.findings) == []
    assert (len(graph), graph.to_networkx().number_of_edges()) == (courses, edges)
    assert sum(course.duration or 0 for course in graph) == credits_
    assert codes(lg.write(graph, tmp_path / "again.csv")) == []
    assert lg.read(tmp_path / "again.csv") == graph
    assert _cells(tmp_path / "again.csv") == _cells(_GOLDENS / f"{name}.csv")


def _cells(path: Path) -> list[list[str]]:
    """The cells of a file without the results of the tool and the space at the end of a row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [[cell.strip() for cell in row[:10]] for row in csv.reader(file)]
