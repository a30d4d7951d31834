"""How the time of a layout grows, as a ratio in one run: `pytest -m benchmark tests/benchmarks`, run apart."""

import statistics
import time

import pytest

import learngraph as lg
from tests.benchmarks.measuring import say, without_collector

pytestmark = pytest.mark.benchmark

_FEW, _TRIES = 800, 5


def _seconds(number: int) -> float:
    either = ({"any": [f"C {one - 7}", f"C {one - 13}"]} for one in range(13, 13 + number))
    courses = (lg.Course(key=f"C {one}", prerequisites=[asked]) for one, asked in enumerate(either, start=13))
    many = lg.LearningGraph(courses)
    with without_collector():
        start = time.perf_counter()
        lg.curriculum_map(many)
        return time.perf_counter() - start


def test_ten_times_as_many_courses_take_at_most_twenty_times_as_long(capsys: pytest.CaptureFixture[str]) -> None:
    ratio = statistics.median(_seconds(10 * _FEW) / _seconds(_FEW) for _ in range(_TRIES))

    say(capsys, f"laying out {10 * _FEW:,} courses / laying out {_FEW}", ratio)
    assert ratio <= 20
