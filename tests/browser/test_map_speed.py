"""How long it takes from opening a report until its map is drawn and answers: `pytest -m benchmark tests/browser`."""

import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

import learngraph as lg
from tests.benchmarks.measuring import say
from tests.browser.opened import Opened
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.benchmark

_TRIES = 5


def _seconds(opened: Callable[..., Opened], path: Path, title: str, key: str) -> float:
    """Open a report, turn to a page, click on a course, and tell how long after opening what it needs was lit."""
    report = opened(path)
    report.turn_to(title)
    report.click(key)
    lit = "canvas => [canvas._cyreg.cy.nodes('.needs').length, performance.now()]"
    number, milliseconds = report.page.locator(".canvas").evaluate(lit)
    assert number > 0
    report.close()
    return float(milliseconds) / 1_000


def test_the_map_of_a_program_is_drawn_and_answers_within_a_second(
    opened: Callable[..., Opened], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.html"
    lg.write_report(lg.examples.university(), path)

    usual = statistics.median(_seconds(opened, path, "BS CS", "CS 320") for _ in range(_TRIES))

    say(capsys, "seconds from opening the example to the lit map of a program", usual)
    assert usual <= 1


@needs_shared
def test_the_largest_subject_of_a_university_is_drawn_and_answers_within_three_seconds(
    opened: Callable[..., Opened], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.html"
    lg.write_report(lg.read(SHARED / "catalogues" / "itu.jsonl", grades="itu"), path)

    usual = statistics.median(_seconds(opened, path, "MAK (", "MAK 210E") for _ in range(_TRIES))

    say(capsys, "seconds from opening itu.jsonl to its lit map with the most lines", usual)
    assert usual <= 3
