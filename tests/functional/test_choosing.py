"""Choosing findings chooses what is shown; it never lets a broken catalogue through."""

import json
from pathlib import Path

import pytest

from learngraph.cli import main


@pytest.fixture
def broken(tmp_path: Path) -> str:
    path = tmp_path / "broken.json"
    learning = {"key": "A", "type": "course", "name": "A", "active": True, "duration": "four"}
    path.write_text(json.dumps({"format": "learngraph/1", "learnings": [learning]}), encoding="utf-8")
    return str(path)


def test_an_error_stops_a_command_that_does_not_show_it(broken: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = main(["post", broken, "--select", "LG4"])

    out, err = capfdbinary.readouterr()
    assert (code, out) == (1, b"")
    assert b"nothing was written" in err


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_beginning_of_no_code_is_a_mistake(option: str, broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", broken, option, "LG9"]) == 1
    assert "LG9" in capsys.readouterr().err


def test_warnings_of_the_check_are_shown_where_bodies_are_written(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "quiet.json"
    document = {"format": "learngraph/1", "learnings": [{"key": "A", "type": "course", "name": "a &amp; b"}]}
    path.write_text(json.dumps(document), encoding="utf-8")

    assert main(["post", str(path)]) == 0

    err = capfdbinary.readouterr().err
    assert b"LG302" in err
    assert b"LG306" in err


def test_a_learning_is_counted_once_however_often_it_is_at_fault(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "once.json"
    learning = {"key": "A", "type": "course", "name": "A", "active": True, "academic_level": "x", "field_of_study": "y"}
    path.write_text(json.dumps({"format": "learngraph/1", "learnings": [learning]}), encoding="utf-8")

    main(["check", str(path)])

    assert b"2 values in 1 learning\n" in capfdbinary.readouterr().err
