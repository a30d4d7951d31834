"""`learngraph convert`, `learngraph schema`, and what all commands share."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import learngraph as lg
from tests.functional.conftest import Learngraph
from tests.functional.running import PATIENCE, document, put, run

_LINES = (
    '{"id": "CS 101", "name": "Données", "credits": 3, "prerequisites": null,'
    ' "corequisites": null, "recommended": null}\n'
    '{"id": "CS 102", "name": "More", "credits": 2.5, "prerequisites": {"course": "CS 101", "min_grade": "C"},'
    ' "corequisites": null, "recommended": null}\n'
)

_HELD = {"learning": {"learningId": "0tyLT0000000AQnYAM", "type": "Learning Course", "name": "A"}}


def test_lines_become_a_document_and_lines_again(learngraph: Learngraph, tmp_path: Path) -> None:
    lines = put(tmp_path, _LINES, "in.jsonl")

    there = learngraph("convert", lines, tmp_path / "there.json")
    back = learngraph("convert", tmp_path / "there.json", tmp_path / "back.jsonl")

    assert (there.code, there.out, there.err) == (0, b"", "")
    assert (back.code, back.out, back.err) == (0, b"", "")
    assert json.loads((tmp_path / "there.json").read_bytes())["format"] == "learngraph/1"
    assert (tmp_path / "back.jsonl").read_text("utf-8") == _LINES


@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        pytest.param(["-"], b'{\n  "format": "learngraph/1"', id="a document by default"),
        pytest.param(["-", "--to", "document"], b'{\n  "format": "learngraph/1"', id="a document"),
        pytest.param(["-", "--to", "lines"], b'{"id": "CS 101"', id="lines"),
        pytest.param(["-", "--to", "node-link"], b'{\n  "directed": true', id="node-link"),
        pytest.param(["-", "--to", "mermaid"], b"flowchart LR\n", id="mermaid"),
        pytest.param(["-", "--to", "dot"], b"digraph catalogue {\n", id="dot"),
        pytest.param(["-", "--to", "graphml"], b"<?xml version", id="graphml"),
    ],
)
def test_a_catalogue_is_written_to_standard_output(
    learngraph: Learngraph, arguments: list[str], starts: bytes, tmp_path: Path
) -> None:
    ran = learngraph("convert", put(tmp_path, _LINES, "in.jsonl"), *arguments)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(starts)
    assert ran.out.endswith(b"\n")


_CURRICULUM = (
    "Curriculum,Basketry,,,,,,,,,\nDegree Plan,Two terms,,,,,,,,,\nInstitution,,,,,,,,,,\nDegree Type,BA,,,,,,,,,\n"
    "System Type,quarter,,,,,,,,,\nCIP,50.07,,,,,,,,,\nCourses,,,,,,,,,,\n"
    "Course ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,Credit Hours,Institution,"
    'Canonical Name,Term\n1,"Baskets, Plain",BW,101,,,,3,,,1\n2,Élite Baskets,BW,201,1,,,4.5,,Baskets II,2\n'
)


def test_a_curriculum_becomes_a_document_and_a_curriculum_again(learngraph: Learngraph, tmp_path: Path) -> None:
    there = learngraph("convert", put(tmp_path, _CURRICULUM, "in.csv"), tmp_path / "there.json")
    back = learngraph("convert", tmp_path / "there.json", tmp_path / "back.csv")

    assert (there.code, there.err, back.code, back.err) == (0, "", 0, "")
    assert (tmp_path / "back.csv").read_text("utf-8") == _CURRICULUM
    assert lg.read(tmp_path / "there.json") == lg.read(tmp_path / "in.csv")


def test_a_curriculum_is_read_from_standard_input_in_any_encoding() -> None:
    ran = run("check", "-", stdin=_CURRICULUM.encode("cp1252"))

    assert ran.code == 0
    assert "LG121" in ran.err


def test_options_that_look_like_numbers_are_text(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("convert", put(tmp_path, _LINES, "in.jsonl"), "-", "--set", "cip_code=11.0701")

    assert ran.json["options"] == {"cip_code": "11.0701"}


@pytest.mark.parametrize(
    ("suffix", "starts"),
    [
        (".graphml", "<?xml"),
        (".mmd", "flowchart"),
        (".mermaid", "flowchart"),
        (".dot", "digraph"),
        (".gv", "digraph"),
        (".csv", "Curriculum"),
    ],
)
def test_the_example_is_written_in_the_format_of_the_suffix(
    learngraph: Learngraph, suffix: str, starts: str, tmp_path: Path
) -> None:
    ran = learngraph("convert", "example:1", tmp_path / f"out{suffix}")

    assert ran.code == 0
    assert (tmp_path / f"out{suffix}").read_text("utf-8").startswith(starts)


def test_the_format_named_counts_more_than_the_suffix(learngraph: Learngraph, tmp_path: Path) -> None:
    source = put(tmp_path, _LINES, "in.jsonl")

    learngraph("convert", source, tmp_path / "out.txt", "--to", "lines")
    learngraph("convert", source, tmp_path / "out.jsonl", "--to", "document")

    assert (tmp_path / "out.txt").read_text("utf-8") == _LINES
    assert json.loads((tmp_path / "out.jsonl").read_bytes())["format"] == "learngraph/1"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["out.txt"], ".jsonl", id="a suffix that tells nothing"),
        pytest.param(["out"], ".json", id="no suffix"),
        pytest.param(["out.json", "--to", "yaml"], "document or lines", id="an unknown format"),
        pytest.param([], "OUT", id="no target"),
    ],
)
def test_a_format_that_is_not_known_is_refused_before_anything_is_written(
    learngraph: Learngraph, arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    ran = learngraph("convert", put(tmp_path, _LINES, "in.jsonl"), *arguments)

    assert ran.code == 1
    assert told in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_what_lines_cannot_hold_is_told(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("convert", "example:1", tmp_path / "out.jsonl")

    assert ran.code == 0
    assert "LG118" in ran.err
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 112


@pytest.mark.parametrize("command", ["check", "convert", "post", "patch"])
def test_an_option_that_a_command_advises_is_one_that_it_takes(
    learngraph: Learngraph, command: str, tmp_path: Path
) -> None:
    record = {f"field{number}": 1 for number in range(5)}
    path = put(tmp_path, document({"key": "A", **record}))
    arguments = {"convert": [path, tmp_path / "out.json"], "patch": [put(tmp_path, _HELD, "org.json"), path]}

    ran = learngraph(command, *arguments.get(command, [path]))

    assert "2 more" in ran.err
    assert "--all" not in ran.err or b"--all" in learngraph(command, "--help").out


def test_all_that_an_example_holds_beside_its_courses_is_told_as_lost(learngraph: Learngraph, tmp_path: Path) -> None:
    learngraph("convert", "example:1", tmp_path / "out.jsonl")
    told = lg.write(lg.examples.university(), tmp_path / "out.jsonl")

    causes = " ".join(finding.cause for finding in told)

    for what in ("program", "plan", "achievement", "provider", "option"):
        assert what in causes


def test_values_that_were_lost_in_reading_exit_1(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("convert", put(tmp_path, document({"key": "A", "nmae": "x"})), tmp_path / "out.json")

    assert ran.code == 1
    assert "LG102" in ran.err
    assert json.loads((tmp_path / "out.json").read_bytes())["learnings"][0]["key"] == "A"


@pytest.mark.parametrize("edition", [1, 2])
def test_an_example_converted_to_a_document_is_the_same_catalogue(
    learngraph: Learngraph, edition: int, tmp_path: Path
) -> None:
    ran = learngraph("convert", f"example:{edition}", tmp_path / "out.json")

    assert (ran.code, ran.err) == (0, "")
    assert lg.read(tmp_path / "out.json") == lg.examples.university(edition)


def test_a_pipe_of_conversions_is_a_conversion(tmp_path: Path) -> None:
    first = run("convert", "-", "-", stdin=_LINES.encode())
    second = run("convert", "-", "-", "--to", "lines", stdin=first.out)

    assert second.out == _LINES.encode()
    assert not [*tmp_path.iterdir()]


def test_settings_given_on_the_way_are_kept_in_the_document(learngraph: Learngraph, tmp_path: Path) -> None:
    source = put(tmp_path, _LINES.replace('"C"', '"CC"'), "in.jsonl")

    arguments = ["--grades", "itu", "--set", "defaults.active=true", "--set", "dates=date"]
    ran = learngraph("convert", source, "-", *arguments)

    assert ran.code == 0
    assert ran.json["options"] == {"grades": "itu", "defaults": {"active": True}, "dialect": {"dates": "date"}}
    assert ran.json["learnings"][1]["prerequisites"] == [{"need": "CS 101", "minimum_grade": 2}]


def test_the_schema_is_a_schema_that_the_examples_follow(learngraph: Learngraph) -> None:
    ran = learngraph("schema")

    jsonschema.Draft202012Validator.check_schema(ran.json)
    assert (ran.code, ran.err) == (0, "")
    for edition in (1, 2):
        example = json.loads(lg.examples.path_of(edition).read_bytes())
        jsonschema.validate(example, ran.json)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"format": "learngraph/1", "learnings": [{"key": 5, "type": "course"}]}, id="a key"),
        pytest.param({"format": "learngraph/1", "learnings": [{"key": "A", "type": "course", "x": 1}]}, id="a field"),
        pytest.param(
            {
                "format": "learngraph/1",
                "learnings": [{"key": "A", "type": "course", "prerequisites": [{"x": 1}]}],
            },
            id="a form",
        ),
        pytest.param(
            {"format": "learngraph/1", "learnings": [{"key": "A", "type": "program", "course_number": "1"}]},
            id="a field of the other type",
        ),
        pytest.param({"format": "learngraph/2", "learnings": []}, id="a format"),
    ],
)
def test_the_schema_refuses_what_reading_finds(learngraph: Learngraph, wrong: dict[str, object]) -> None:
    validator = jsonschema.Draft202012Validator(learngraph("schema").json)

    assert not validator.is_valid(wrong)


@pytest.mark.parametrize("command", [[], ["check"], ["post"], ["patch"], ["convert"], ["schema"]])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_says_what_a_command_takes(learngraph: Learngraph, command: list[str], flag: str) -> None:
    ran = learngraph(*command, flag)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(b"Usage: learngraph")
    assert all(len(line) <= 80 for line in ran.out.decode().splitlines())


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("check", "--format --strict --all --grades --external-id-field --set --select --ignore"),
        ("post", "-o --batch-size --grades --external-id-field --set --select --ignore"),
        ("patch", "-o --grades --external-id-field --set --select --ignore"),
        ("convert", "--to --grades --external-id-field --set"),
    ],
)
def test_help_names_every_option(learngraph: Learngraph, command: str, options: str) -> None:
    shown = learngraph(command, "--help").out.decode()

    assert [option for option in options.split() if option not in shown] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param([], "check", id="nothing at all"),
        pytest.param(["chek"], "check", id="a misspelt command"),
        pytest.param(["check"], "FILE", id="no file"),
        pytest.param(["patch", "one.json"], "DESIRED", id="one file for two"),
        pytest.param(["post", "a.json", "-o"], "-o", id="an option without a value"),
        pytest.param(["schema", "x"], "schema", id="a file for none"),
    ],
)
def test_usage_errors_exit_1_and_say_what_to_write(learngraph: Learngraph, arguments: list[str], told: str) -> None:
    ran = learngraph(*arguments)

    assert (ran.code, ran.out) == (1, b"")
    assert told in ran.err
    assert "--help" in ran.err
    assert "Traceback" not in ran.err


def test_the_version_is_told(learngraph: Learngraph) -> None:
    ran = learngraph("--version")

    assert ran.code == 0
    assert b"learngraph" in ran.out


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    command = [sys.executable, "-m", "learngraph", "convert", "example:1", "-"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(10) == b'{\n  "forma'
        process.stdout.close()
        told = process.stderr.read()
        process.wait(PATIENCE)

    assert told == b""
