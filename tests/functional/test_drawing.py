"""`learngraph draw`: files of pictures, and what is said where there can be none."""

import json
from pathlib import Path

import pytest

from tests.functional.running import document, put, run

_BEGINNINGS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize("form", _BEGINNINGS)
def test_a_picture_is_written_in_each_format_and_twice_the_same(tmp_path: Path, form: str) -> None:
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"

    ran = run("draw", "example:1", "-o", first, "--program", "BS CS", "--colour", "blocking", patience=60)
    run("draw", "example:1", "-o", second, "--program", "BS CS", "--color", "blocking", patience=60)

    assert (ran.code, ran.out, ran.err) == (0, b"", f"the picture is in {first}\n")
    assert first.read_bytes().startswith(_BEGINNINGS[form])
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["--subject", "MATH", "--size", "delay", "--highlight", "MATH 121"], id="a subject"),
        pytest.param(["--around", "CS 310", "--steps", "2"], id="surroundings"),
        pytest.param(["--plan", "bs-cs-four-years"], id="a degree plan"),
    ],
)
def test_a_part_is_drawn(tmp_path: Path, options: list[str]) -> None:
    ran = run("draw", "example:1", "-o", tmp_path / "part.svg", *options, patience=60)

    assert (ran.code, ran.err) == (0, f"the picture is in {tmp_path / 'part.svg'}\n")
    assert (tmp_path / "part.svg").stat().st_size > 1000


def test_a_program_is_drawn_with_its_own_metrics_as_they_are_measured(tmp_path: Path) -> None:
    ran = run("draw", "example:1", "-o", tmp_path / "a.svg", "--program", "BS CS", "--size", "complexity", patience=60)
    measured = run("metrics", "example:1", "--program", "BS CS", "--format", "json")
    whole = run("metrics", "example:1", "--format", "json")

    own, elsewhere = (
        {course["key"]: course["complexity"] for course in json.loads(found.out)["courses"]}
        for found in (measured, whole)
    )
    assert ran.code == 0
    assert max(own.values()) < max(elsewhere[key] for key in own)
    assert f"bar: complexity, up to {max(own.values()):g}" in (tmp_path / "a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["-o", "a.gif"], "let it end in .svg, .png, .pdf", id="a format"),
        pytest.param(["-o", "-"], "let it end in", id="standard output"),
        pytest.param([], "Missing option '-o'", id="no name"),
        pytest.param(["-o", "no/folder/a.svg"], "no/folder/a.svg: could not be written", id="a folder"),
        pytest.param(["-o", "a.svg", "--subject", "X"], "BIOL, CHEM, CS", id="a subject"),
        pytest.param(["-o", "a.svg", "--around", "CS 31"], "did you mean CS 310", id="a key"),
        pytest.param(["-o", "a.svg", "--colour", "red"], "is not one of 'blocking', 'delay'", id="a metric"),
        pytest.param(["-o", "a.svg", "--plan", "X"], "no degree plan with the key 'X'", id="a plan"),
        pytest.param(["-o", "a.svg", "--program", "CS 101"], "is a course and no program", id="a program"),
        pytest.param(["-o", "a.svg", "--steps", "2"], "--steps goes with --around", id="steps"),
        pytest.param(
            ["-o", "a.svg", "--around", "CS 310", "--highlight", "CS 101"], "--around and --highlight", id="two lights"
        ),
        pytest.param(["-o", "a.svg", "--program", "BS CS", "--subject", "CS"], "--program and --subject", id="parts"),
        pytest.param(
            ["-o", "a.svg", "--subject", "MATH", "--highlight", "CS 491"], "is not in the picture", id="not there"
        ),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)

    ran = run("draw", "example:1", *options, patience=60)

    assert ran.code == 1
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_names_without_a_font_are_told_and_the_picture_is_drawn(tmp_path: Path) -> None:
    catalogue = put(tmp_path, document({"key": "A", "name": "\U000e0041"}))

    ran = run("draw", catalogue, "-o", tmp_path / "a.png", patience=60)

    assert ran.code == 0
    assert ran.err.splitlines()[1].startswith("warning: no installed font can write the names of 'A'")
    assert (tmp_path / "a.png").exists()
