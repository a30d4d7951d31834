"""Checking: all rules over one graph, and where their findings stand."""

import json
from pathlib import Path
from typing import Any

import pytest

from learngraph import AnyOf, Code, Dialect, Finding, LearningGraph, Need, Place, Timing, check, examples, read
from tests.builders import codes, course, graph
from tests.unit.checks.asked import found


def test_a_catalogue_as_it_should_be_has_no_findings() -> None:
    learnings = graph("CS 101", course("CS 102", "CS 101"))

    assert list(check(learnings)) == []


def test_an_empty_catalogue_has_no_findings() -> None:
    assert list(check(LearningGraph())) == []


@pytest.mark.parametrize("edition", [1, 2])
def test_the_example_of_the_house_has_no_errors(edition: int) -> None:
    assert check(examples.university(edition)).ok


def test_what_reading_found_comes_with_what_the_rules_find() -> None:
    reading = Finding(Code.UNKNOWN_FIELD, "there is no field 'colour'")

    findings = check(graph(course("X", name=None), findings=[reading]))

    assert codes(findings) == ["LG102", "LG311"]


def test_findings_stand_in_the_order_of_gravity_and_then_of_codes() -> None:
    learnings = graph(
        course("X", "Y", AnyOf("A", "OLD"), name=None, academic_level="Grad"), "A", course("OLD", active=False)
    )

    assert codes(check(learnings)) == ["LG201", "LG311", "LG301", "LG211"]


def test_a_dialect_that_the_caller_names_replaces_that_of_the_catalogue() -> None:
    learnings = graph("A", "B", course("X", AnyOf("A", "B")), options={"dialect": {"group": "all_of"}})

    assert found(learnings, Code.ANY_OF_NOT_HELD)
    assert not found(learnings, Code.ANY_OF_NOT_HELD, dialect=Dialect())


def written(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_findings_about_catalogue_lines_say_file_and_line(tmp_path: Path) -> None:
    file = written(
        tmp_path / "catalogue.jsonl",
        {"id": "CS 101", "name": "Programming"},
        {"id": "CS 102", "prerequisites": {"course": "CS 999"}},
    )

    findings = check(read(file)).errors

    assert [(finding.code.value, finding.place.file, finding.place.line) for finding in findings] == [
        ("LG201", str(file), 2),
        ("LG311", str(file), 2),
    ]


def test_findings_about_a_document_say_file_record_and_field(tmp_path: Path) -> None:
    learnings = [{"key": "CS 101", "name": "Programming"}, {"key": "CS 102"}]
    file = written(tmp_path / "catalogue.json", {"format": "learngraph/1", "learnings": learnings})

    (finding,) = found(read(file), Code.MISSING_NAME)

    assert finding.place.file == str(file)
    assert finding.place.record.startswith("learnings[1]")
    assert finding.place.field == "name"


def test_findings_about_a_graph_that_was_read_from_no_file_have_no_file() -> None:
    (finding,) = found(graph(course("X", name=None)), Code.MISSING_NAME)

    assert finding.place == Place(field="name")


@pytest.mark.parametrize("digits", [400, 5000])
def test_numbers_of_any_length_are_told_and_never_raise(digits: int) -> None:
    huge = 10**digits
    learnings = graph(
        "A",
        course("X", Need("A", huge), Need("A", 1), Need("A", huge), duration=-huge, duration_unit="Credit Hours"),
        course("Y", AnyOf(Need("A", huge), Need("X", timing=Timing.BEFORE_OR_WITH)), recommended=[Need("A", -huge)]),
    )

    findings = check(learnings)

    assert "LG309" in codes(findings)
    assert all(len(str(finding)) < 2000 for finding in findings)
