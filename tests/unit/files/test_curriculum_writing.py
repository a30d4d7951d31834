"""Graphs as Curricular Analytics files, and what these cannot hold."""

from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from learngraph.files.formats import written
from tests.builders import course, graph, program
from tests.unit.files.on_disk import read_text


def text_of(held: lg.LearningGraph) -> str:
    return written(held, "csv")[0]


def lost(held: lg.LearningGraph) -> list[tuple[str, str]]:
    """What is told as lost: the learning, and what it loses."""
    told = written(held, "csv")[1]
    assert {finding.code for finding in told} <= {lg.Code.LOST_IN_FORMAT}
    return sorted((finding.subject, finding.cause) for finding in told)


def plain(key: str, *prerequisites: Any, **fields: Any) -> lg.Course:
    """A course that the format can hold."""
    return lg.Course(**{"key": key, "prerequisites": prerequisites, **fields})


def cells(held: lg.LearningGraph, key: str, column: str) -> str:
    lines = text_of(held).splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("Course ID"))
    row = next(line for line in lines[head:] if line.startswith(f"{key},"))
    return row.split(",")[lines[head].split(",").index(column)]


def test_a_curriculum_is_laid_out_as_the_reference_has_it() -> None:
    held = graph(
        plain("1", name="Introduction to Baskets", subject_abbreviation="BW", course_number="101"),
        plain(
            "4",
            "1",
            name="Baskets, Basic",
            duration=3,
            duration_unit="Credit Hours",
            corequisites=[lg.Need("5", timing=lg.Timing.WITH)],
            provider="ACME State",
            custom_fields={"Canonical Name": "Baskets II"},
        ),
        plain("5", "1", "4", course_number=7, corequisites=["1"], duration=1.5, duration_unit="Credit Hours"),
        options={"name": "Basketry", "institution": "ACME", "degree_type": "BA", "cip_code": "50.07"},
    )

    assert text_of(held) == (
        "Curriculum,Basketry,,,,,,,,,\n"
        "Institution,ACME,,,,,,,,,\n"
        "Degree Type,BA,,,,,,,,,\n"
        "System Type,semester,,,,,,,,,\n"
        "CIP,50.07,,,,,,,,,\n"
        "Courses,,,,,,,,,,\n"
        "Course ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,"
        "Credit Hours,Institution,Canonical Name\n"
        "1,Introduction to Baskets,BW,101,,,,,,\n"
        '4,"Baskets, Basic",,,1,,5,3,ACME State,Baskets II\n'
        "5,,,7,1;4,1,,1.5,,\n"
    )
    assert lost(held) == []


def test_a_degree_plan_has_its_name_and_a_column_of_terms() -> None:
    held = graph(
        plain("1"),
        plain("2", "1"),
        options={"name": "A"},
        degree_plans=[lg.DegreePlan(key="Two years", terms=[["1"], [], ["2"]])],
    )

    lines = text_of(held).splitlines()

    assert lines[:2] == ["Curriculum,A,,,,,,,,,", "Degree Plan,Two years,,,,,,,,,"]
    assert lines[7].endswith(",Canonical Name,Term")
    assert lines[8:] == ["1,,,,,,,,,,1", "2,,,,1,,,,,,3"]
    assert lost(held) == []


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        pytest.param(["5", "3", "9"], ["5", "3", "9"], id="numbers stay"),
        pytest.param(["007", "-3"], ["007", "-3"], id="as they are written"),
        pytest.param(["5", "CS 1"], ["1", "2"], id="a name among numbers"),
        pytest.param(["7", "007"], ["1", "2"], id="one number in two ways"),
        pytest.param(["\u0664"], ["1"], id="a digit that other tools do not read"),
        pytest.param([], [], id="none at all"),
    ],
)
def test_numbers_for_keys_are_the_ids_and_other_keys_are_numbered(keys: list[str], ids: list[str]) -> None:
    held = graph(*map(plain, keys))

    assert [line.split(",")[0] for line in text_of(held).splitlines()[7:]] == ids
    numbered = [] if keys == ids else [("", "keys")]
    assert lost(held) == numbered


def test_requirements_go_by_the_numbers_of_courses() -> None:
    held = graph(plain("CS 1"), plain("CS 2", "CS 1", "CS 9"))

    assert cells(held, "2", "Prerequisites") == "1"
    assert ("CS 2", "such requirements") in lost(held)


@pytest.mark.parametrize(
    ("requirement", "ids", "what"),
    [
        pytest.param({"all": ["1", {"all": ["2"]}]}, "1;2", [], id="all of"),
        pytest.param({"any": ["1"]}, "1", [], id="any of one"),
        pytest.param({"any": ["2", "1"]}, "2", ["alternatives"], id="any of two"),
        pytest.param({"any": ["99", "1"]}, "1", ["alternatives"], id="the first is not there"),
        pytest.param({"any": ["99", "98"]}, "99", ["alternatives"], id="none is there"),
        pytest.param({"any": [{"condition": "consent"}, "1"]}, "1", ["alternatives"], id="a condition first"),
        pytest.param({"any": [{"all": ["1", "99"]}, {"all": ["1", "2"]}]}, "1;2", ["alternatives"], id="whole"),
        pytest.param({"at_least": 2, "of": ["1", "99", "2"]}, "1;2", ["alternatives"], id="two of three"),
        pytest.param({"at_least": 2, "of": ["1", "2"]}, "1;2", [], id="two of two"),
        pytest.param({"condition": "consent"}, "", ["conditions"], id="a condition"),
        pytest.param({"need": "1", "minimum_grade": 2}, "1", ["minimum grades"], id="a grade"),
        pytest.param({"need": "1", "duration": 2}, "1", ["durations of requirements"], id="a duration"),
        pytest.param("P", "", ["such requirements"], id="a program"),
        pytest.param("badge", "", ["such requirements"], id="an achievement"),
        pytest.param("99", "99", [], id="what is not there"),
        pytest.param("MATH 9", "MATH 9", [], id="a name that is not there"),
        pytest.param("a;b", "", ["such requirements"], id="a name that would be two ids"),
        pytest.param("1.2", "", ["such requirements"], id="a name that would be two courses"),
    ],
)
def test_a_requirement_is_written_as_ids_and_what_is_lost_is_told(requirement: Any, ids: str, what: list[str]) -> None:
    held = graph(
        plain("1"),
        plain("2"),
        plain("3", requirement),
        lg.Program(key="P"),
        achievements=[lg.Achievement(key="badge")],
    )

    assert cells(held, "3", "Prerequisites") == ids
    assert [cause for key, cause in lost(held) if key == "3"] == what


@pytest.mark.parametrize(
    ("requirements", "ids"),
    [
        pytest.param(["1", "1"], "1;1", id="written twice"),
        pytest.param([{"any": ["1", "2"]}, {"any": ["1", "99"]}], "1", id="chosen twice"),
        pytest.param([{"any": ["1", "2"]}, "1"], "1", id="chosen and written"),
        pytest.param(["1", {"any": ["1", "2"]}], "1", id="written and chosen"),
    ],
)
def test_what_is_chosen_is_written_once(requirements: list[Any], ids: str) -> None:
    assert cells(graph(plain("1"), plain("2"), plain("3", *requirements)), "3", "Prerequisites") == ids


def test_alternatives_that_are_not_written_are_named() -> None:
    held = graph(plain("1"), plain("2"), plain("3", {"any": ["2", "1"]}))

    (told,) = written(held, "csv")[1]

    assert (told.severity, told.keys) == (lg.Severity.WARNING, ("3",))
    assert told.message == "of 2 or 1 only 2 is written"
    assert told.hint


@pytest.mark.parametrize(
    ("timing", "column"),
    [("before", "Prerequisites"), ("before_or_with", "Corequisites"), ("with", "Strict-Corequisites")],
)
@pytest.mark.parametrize("relation", ["prerequisites", "corequisites"])
def test_a_need_stands_in_the_column_of_its_timing(timing: str, column: str, relation: str) -> None:
    held = graph(plain("1"), lg.Course(**{"key": "2", relation: [lg.Need("1", timing=lg.Timing(timing))]}))

    assert cells(held, "2", column) == "1"
    moved = (relation == "prerequisites") is not (timing == "before")
    assert [each.severity for each in written(held, "csv")[1]] == ([lg.Severity.INFO] if moved else [])


def test_corequisites_that_state_no_timing_go_by_the_options() -> None:
    held = graph(plain("1"), plain("2", corequisites=["1"]), options={"corequisite_timing": "with"})

    assert cells(held, "2", "Strict-Corequisites") == "1"
    assert lost(held) == [("", "option corequisite_timing")]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        pytest.param({"active": False, "description": "x"}, ["active", "description"], id="fields"),
        pytest.param({"recommended": ["1"]}, ["recommendations"], id="recommendations"),
        pytest.param({"duration": 3}, ["duration_unit, which is none here"], id="a duration without a unit"),
        pytest.param({"duration": 3, "duration_unit": "Other"}, ["duration_unit"], id="another unit"),
        pytest.param({"duration_unit": "Credit Hours"}, ["duration_unit"], id="a unit alone"),
        pytest.param({"duration": 10**5000, "duration_unit": "Credit Hours"}, ["duration", "duration_unit"], id="huge"),
        pytest.param({"name": " "}, ["name"], id="a name of nothing"),
        pytest.param({"name": "a\ud800"}, ["name"], id="half a surrogate pair"),
        pytest.param({"custom_fields": {"Campus__c": "x"}}, ["custom_fields"], id="custom fields"),
        pytest.param({"custom_fields": {"Canonical Name": 1}}, ["custom_fields"], id="no canonical name"),
        pytest.param({"equivalents": ["1"], "outcomes": ["b"]}, ["equivalents", "outcomes"], id="lists"),
    ],
)
def test_fields_that_the_format_does_not_have_are_told(fields: dict[str, Any], what: list[str]) -> None:
    held = graph(plain("1"), plain("2", **fields))

    assert lost(held) == [("2", each) for each in what]


def test_parts_that_the_format_does_not_have_are_told() -> None:
    plans = [
        lg.DegreePlan(key="A", program="P", name="x", terms=[["1", "99"]]),
        lg.DegreePlan(key="B"),
    ]
    held = graph(course("1"), program("P"), options={"catalogue_year": "2026"}, degree_plans=plans)

    assert lost(held) == [
        ("", "degree plans but the first"),
        ("", "empty terms, repetitions and what is no course of a degree plan"),
        ("", "name of a degree plan"),
        ("", "option catalogue_year"),
        ("", "program of a degree plan"),
        ("1", "active"),
        ("P", "programs"),
    ]


@pytest.mark.parametrize(
    ("terms", "held"),
    [
        pytest.param([["1"], ["1", "2"]], [["1"], ["2"]], id="a course in two terms stays in the first"),
        pytest.param([["2", "2"]], [["2"]], id="a course twice in one term"),
        pytest.param([["1", "99"], ["2"]], [["1"], ["2"]], id="what is not there"),
        pytest.param([["1"], ["2"], []], [["1"], ["2"]], id="an empty term at the end"),
        pytest.param([["2"], *[[]] * 1000, ["1"]], [["2"]], id="more terms than are read"),
    ],
)
def test_what_a_column_of_terms_cannot_hold_is_told(
    terms: list[list[str]], held: list[list[str]], tmp_path: Path
) -> None:
    stated = graph(plain("1"), plain("2"), degree_plans=[lg.DegreePlan(key="A", terms=terms)])

    again = read_text(tmp_path, text_of(stated), "x.csv")

    assert again.degree_plans == (lg.DegreePlan(key="A", terms=held),)
    assert lost(stated) == [("", "empty terms, repetitions and what is no course of a degree plan")]


def test_texts_that_look_like_formulas_are_written_as_they_are(tmp_path: Path) -> None:
    held = graph(*(plain(str(number), name=name) for number, name in enumerate(("=1+1", "+1", "-1", "@a"))))

    assert read_text(tmp_path, text_of(held), "x.csv") == held


@pytest.mark.parametrize("edition", [1, 2])
def test_an_example_is_written_with_all_its_courses(edition: int, tmp_path: Path) -> None:
    example = lg.examples.university(edition)

    told = lg.write(example, tmp_path / "x.csv")
    again = lg.read(tmp_path / "x.csv")

    assert told.ok
    assert list(again.findings.errors) == []
    assert [one.name for one in again] == [one.name for one in example if isinstance(one, lg.Course)]


def test_a_suffix_tells_the_format(tmp_path: Path) -> None:
    lg.write(graph(plain("1")), tmp_path / "x.CSV")

    assert (tmp_path / "x.CSV").read_bytes().startswith(b"Curriculum,")
