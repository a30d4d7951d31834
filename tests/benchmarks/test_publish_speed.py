"""Speed and memory of publishing a large catalogue: `pytest -m benchmark tests/benchmarks`, run apart.

The org is embedded, and its own time is not counted: each request is taken to last as long as one that goes
over a network. All figures are of one process of its own, which holds the org, too.
"""

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.measuring import say
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.benchmark, needs_shared]

_ITU = SHARED / "catalogues" / "itu.jsonl"
_ROOT = Path(__file__).resolve().parents[2]
_A_REQUEST = 0.05  # seconds
_A_PAGE = 2_000  # records

# a process starts with the most memory that the one had that started it, so a small one stands in between
_IN_BETWEEN = "import subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]], check=True)"


def _published(folder: Path, lines: int | None = None) -> dict[str, Any]:
    path = folder / "catalogue.jsonl"
    shutil.copyfile(_ITU, path)
    if lines is not None:
        path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:lines]), encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "-c", _IN_BETWEEN, "-m", "tests.benchmarks.publishing_speed", str(path), str(folder)],
        capture_output=True, text=True, check=True, cwd=_ROOT,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _published(tmp_path_factory.mktemp("itu"))


def test_a_publish_of_itu_spends_at_most_a_third_outside_of_requests(
    figures: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("publishing", "planning", "applying"):
        seconds, requests = figures[name]
        share = seconds / (seconds + requests * _A_REQUEST)
        say(capsys, f"{name} itu.jsonl: {requests} requests, {seconds:.1f} s outside of them; its share", share)

    seconds, requests = figures["publishing"]
    assert seconds / (seconds + requests * _A_REQUEST) <= 1 / 3


def test_planning_what_is_there_costs_at_most_four_times_reading_it(
    figures: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    ratio = statistics.median(planning / reading for planning, reading in figures["pairs"])

    say(capsys, f"planning {figures['learnings']:,} unchanged learnings, outside of requests / reading them", ratio)
    assert ratio <= 4


def test_publishing_itu_stays_within_a_gigabyte(figures: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    say(capsys, "publishing, planning and pulling itu.jsonl, with the org; megabytes", figures["kilobytes"] / 1024)
    assert figures["kilobytes"] < 1_000_000


def test_a_pull_takes_requests_by_pages_and_not_by_learnings(
    figures: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = _published(tmp_path, lines=500)
    more = figures["pulling"][1] - small["pulling"][1]

    say(capsys, f"pulling {small['learnings']} learnings; requests", small["pulling"][1])
    say(capsys, f"pulling {figures['learnings']:,} learnings; requests", figures["pulling"][1])
    assert more <= (figures["records"] - small["records"]) / _A_PAGE + 1
