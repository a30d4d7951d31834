"""`learngraph report`: a page for those who decide, and what stands in the way of it."""

import json
import os
from pathlib import Path

import pytest

import learngraph as lg
from tests.functional.conftest import Learngraph
from tests.functional.running import document, put, run


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """A plan that publishes the example."""
    path = tmp_path / "plan.json"
    lg.write_plan(lg.plan(lg.examples.university(), lg.connect(f"local:{tmp_path / 'org.sqlite3'}")), path)
    return path


def test_a_report_is_written_and_it_is_said_where(learngraph: Learngraph, tmp_path: Path) -> None:
    path = tmp_path / "page.html"

    ran = learngraph("report", "example:1", "-o", path)

    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == f"the report is in {path}: open it in a browser\n"
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>\n")


def test_a_folder_in_the_way_is_told(learngraph: Learngraph, tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()

    ran = learngraph("report", "example:1", "-o", tmp_path / "page.html")

    assert ran.code == 1
    assert "page.html: could not be written" in ran.err


@pytest.mark.parametrize("name", ["catalogue.json", "page.pdf", "page"])
def test_a_report_is_written_over_no_catalogue(learngraph: Learngraph, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("what was there", encoding="utf-8")

    ran = learngraph("report", "example:1", "-o", path)

    assert (ran.code, ran.out) == (1, b"")
    assert ran.err.endswith("is no name of a report: let it end in .html, .htm\n")
    assert path.read_text(encoding="utf-8") == "what was there"


def test_a_report_of_some_findings_does_not_say_that_nothing_is_wrong(learngraph: Learngraph) -> None:
    assert (
        learngraph("report", "example:1", "-o", "-", "--ignore", "LG4").out.count(
            b"Nothing is wrong among the findings chosen"
        )
        == 2
    )
    assert (
        b"There are no errors among the findings chosen"
        in learngraph("report", "example:1", "-o", "-", "--select", "LG4").out
    )
    assert b"There are no errors." in learngraph("report", "example:1", "-o", "-").out


def test_without_a_name_it_is_report_html(
    learngraph: Learngraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert learngraph("report", "example:1").code == 0
    assert (tmp_path / "report.html").exists()


def test_the_library_and_the_command_write_the_same(learngraph: Learngraph, tmp_path: Path) -> None:
    lg.write_report(lg.examples.university(), tmp_path / "report.html")

    assert learngraph("report", "example:1", "-o", "-").out == (tmp_path / "report.html").read_bytes()


def test_findings_are_chosen_as_for_a_check(learngraph: Learngraph, tmp_path: Path) -> None:
    file = put(tmp_path, document({"key": "B", "prerequisites": ["nowhere"]}))

    assert b"LG201" in learngraph("report", file, "-o", "-").out
    assert b"LG201" not in learngraph("report", file, "-o", "-", "--ignore", "LG2").out


def test_errors_in_a_catalogue_are_what_a_report_is_for(learngraph: Learngraph, tmp_path: Path) -> None:
    file = put(tmp_path, document({"key": "B", "prerequisites": [7]}))

    ran = learngraph("report", file, "-o", "-")

    assert ran.code == 0
    assert b"LG115" in ran.out
    assert b"There are errors: nothing should be published" in ran.out


def test_with_a_plan_it_tells_what_would_be_sent(learngraph: Learngraph, plan_file: Path) -> None:
    ran = learngraph("report", "example:1", "-o", "-", "--plan", plan_file)

    assert ran.code == 0
    assert b"What would be sent" in ran.out
    assert b"116 to create, 7 circles to close: 9 requests." in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["nowhere.json"], "nowhere.json: cannot be read", id="no file"),
        pytest.param(["/dev/null"], "error", id="nothing to read"),
        pytest.param(["example:1", "-o", "/nowhere/r.html"], "/nowhere/r.html: could not be written", id="no folder"),
        pytest.param(["example:1", "-o", "/"], "is no name of a report", id="a folder"),
        pytest.param(["example:1", "--plan", "nowhere.json"], "nowhere.json: cannot be read", id="no plan"),
        pytest.param(["example:1", "--plan", "example:1"], "cannot be read", id="an example for a plan"),
        pytest.param(["example:1", "--ignore", "NO1"], "no code begins with NO1", id="no such code"),
        pytest.param([], "Missing argument 'FILE'", id="nothing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_and_never_a_traceback(arguments: list[str], told: str, tmp_path: Path) -> None:
    ran = run("report", *arguments, *([] if "-o" in arguments else ["-o", str(tmp_path / "report.html")]))

    assert ran.code == 1
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert "fault of learngraph" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_plan_of_another_catalogue_is_refused(learngraph: Learngraph, plan_file: Path, tmp_path: Path) -> None:
    ran = learngraph("report", put(tmp_path, document("A")), "--plan", plan_file, "-o", tmp_path / "report.html")

    assert ran.code == 1
    assert "the plan was made for another catalogue" in ran.err
    assert not (tmp_path / "report.html").exists()


def test_an_altered_plan_is_refused(learngraph: Learngraph, plan_file: Path, tmp_path: Path) -> None:
    altered = {**json.loads(plan_file.read_text(encoding="utf-8")), "unmanaged": ["X"]}

    ran = learngraph("report", "example:1", "--plan", put(tmp_path, altered, "altered.json"), "-o", "-")

    assert ran.code == 1
    assert "was altered since it was written" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_stays_as_it_was(learngraph: Learngraph, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "report.html").write_text("before", encoding="utf-8")
    folder.chmod(0o500)

    ran = learngraph("report", "example:1", "-o", folder / "report.html")

    folder.chmod(0o700)
    assert ran.code == 1
    assert (folder / "report.html").read_text(encoding="utf-8") == "before"
