"""What a report costs, as ratios in one run: `pytest -m benchmark tests/benchmarks`; see `test_speed`."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.measuring import say
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.benchmark

_PAIRS = 7
_ITU = ("/".join((str(SHARED), "catalogues", "itu.jsonl")), "--grades", "itu")


def _seconds(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "learngraph", *arguments], capture_output=True, check=False)
    return time.perf_counter() - start


@needs_shared
def test_a_report_on_itu_costs_at_most_three_times_its_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.html"

    def pair() -> float:
        return _seconds("report", *_ITU, "-o", str(path)) / _seconds("check", *_ITU)

    pair()  # warms the caches of the file system
    ratio = statistics.median(pair() for _ in range(_PAIRS))

    say(capsys, "report on itu.jsonl / check of it", ratio)
    say(capsys, "its size in MB", path.stat().st_size / 1e6)
    assert ratio <= 3
    assert path.stat().st_size < 15e6
