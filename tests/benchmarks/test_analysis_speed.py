"""Speed and memory of what analysts ask, as ratios in one run: `pytest -m benchmark tests/benchmarks`, run apart.

Metrics are held against what a competent person would write first, `_closed_form`: one pass over the graph
with dictionaries by key. What is reached is an integer with a bit a course there, since sets of keys take
three times as long on some of these graphs, and as long on the others; so the baseline is the quicker one.
Both start from a copy of the graph whose index was not built, so that both read the requirements.
"""

import importlib.util
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from learngraph import Course, LearningGraph, attainability, metrics, read, soundness
from learngraph.model.requirement import needs
from tests.benchmarks.measuring import prefixed, say, without_collector
from tests.builders import course, graph
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.benchmark

_PAIRS = 7
_ITU = SHARED / "catalogues" / "itu.jsonl"
_MEGABYTES = 1024  # of the kilobytes in which Linux says how large a process grew


def _any_earlier(size: int) -> LearningGraph:
    """Each course requires two of all before it."""
    chosen = random.Random(1)  # noqa: S311 - a graph that is the same each time
    return graph(*(course(f"C {n}", *_named(chosen.sample(range(n), min(n, 2)))) for n in range(size)))


def _layered(size: int) -> LearningGraph:
    """Eight terms; each course requires two of earlier terms."""
    chosen = random.Random(1)  # noqa: S311 - as above
    wide = size // 8
    earlier = (range(min(n // wide, 7) * wide) for n in range(size))
    return graph(*(course(f"C {n}", *_named(chosen.sample(r, min(len(r), 2)))) for n, r in enumerate(earlier)))


def _named(numbers: Sequence[int]) -> list[str]:
    return [f"C {number}" for number in numbers]


def _diamonds(count: int) -> LearningGraph:
    """Two ways from each course of a chain to the next one: 2 ** count paths."""

    def made() -> Iterator[Course]:
        yield course("T 0")
        for n in range(count):
            yield from (course(f"L {n}", f"T {n}"), course(f"R {n}", f"T {n}"))
            yield course(f"T {n + 1}", f"L {n}", f"R {n}")

    return graph(*made())


def _closed_form(catalogue: LearningGraph) -> dict[str, dict[str, int]]:
    courses = {one.key: one for one in catalogue if isinstance(one, Course)}
    before = {
        key: {need.key for need in needs((*one.prerequisites, *one.corequisites)) if need.key in courses}
        for key, one in courses.items()
    }
    after: dict[str, set[str]] = {key: set() for key in courses}
    for key, needed in before.items():
        for other in needed:
            after[other].add(key)
    order = _kahn(before, after)
    longest, ways, sums, reachable = _one_way(order, before)
    longest_on, ways_on, sums_on, blocked = _one_way(order[::-1], after)
    found = {}
    for key in courses:
        delay = longest[key] + longest_on[key] - 1
        through = sums[key] * ways_on[key] + sums_on[key] * ways[key] + ways[key] * ways_on[key]
        found[key] = {
            "blocking": blocked[key],
            "delay": delay,
            "centrality": through if before[key] and after[key] else 0,
            "complexity": blocked[key] + delay,
            "reachability": reachable[key],
        }
    return found


def _kahn(before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> list[str]:
    waiting = {key: len(needed) for key, needed in before.items()}
    order = [key for key, count in waiting.items() if not count]
    for key in order:
        for other in after[key]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    return order


def _one_way(order: Sequence[str], before: Mapping[str, set[str]]) -> tuple[dict[str, int], ...]:
    """Longest path, number of paths, sum of their lengths, and number of courses that lead to each."""
    longest: dict[str, int] = {}
    ways: dict[str, int] = {}
    sums: dict[str, int] = {}
    reached: dict[str, int] = {}
    for place, key in enumerate(order):
        needed = before[key]
        longest[key] = 1 + max((longest[other] for other in needed), default=0)
        ways[key] = sum(ways[other] for other in needed) if needed else 1
        sums[key] = sum(sums[other] + ways[other] for other in needed)
        bits = 1 << place
        for other in needed:
            bits |= reached[other]
        reached[key] = bits
    return longest, ways, sums, {key: bits.bit_count() - 1 for key, bits in reached.items()}


def _seconds(work: Callable[[LearningGraph], object], catalogue: LearningGraph, *, times: int = 1) -> float:
    with without_collector():
        start = time.perf_counter()
        for _ in range(times):
            work(catalogue)
        return time.perf_counter() - start


def _unread(work: Callable[[LearningGraph], object], catalogue: LearningGraph) -> float:
    """Time some work on a copy whose index was not built."""
    return min(_seconds(work, catalogue.copy()) for _ in range(3))


_LARGE = [
    pytest.param(lambda: _any_earlier(5_000), id="5,000 courses, any earlier"),
    pytest.param(lambda: _layered(5_000), id="5,000 courses in 8 terms"),
    pytest.param(lambda: _diamonds(100), id="100 diamonds"),
]


@pytest.mark.parametrize("made", _LARGE)
def test_metrics_cost_at_most_twice_one_pass_of_a_closed_form(
    made: Callable[[], LearningGraph], request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = made()
    assert _numbers(catalogue) == _closed_form(catalogue)

    ratio = statistics.median(_unread(metrics, catalogue) / _unread(_closed_form, catalogue) for _ in range(_PAIRS))

    say(capsys, f"metrics / a closed form, {request.node.callspec.id}", ratio)
    assert ratio <= 2


def _numbers(catalogue: LearningGraph) -> dict[str, dict[str, Any]]:
    return {key: asdict(numbers) for key, numbers in metrics(catalogue).courses.items()}


_PUBLISHED = """
import json, sys, time
from curricularanalytics import Course, Curriculum, pre
required = json.load(sys.stdin)
start = time.perf_counter()
made = {key: Course(key, 3, id=number) for number, key in enumerate(required, start=1)}
for key, needed in required.items():
    for other in needed:
        made[key].add_requisite(made[other], pre)
whole = Curriculum("whole", list(made.values()), sort_by_id=False)
found = {key: {"blocking": whole.blocking_factor(one), "delay": whole.delay_factor(one),
               "centrality": whole.centrality(one), "complexity": whole.complexity(one)} for key, one in made.items()}
seconds = time.perf_counter() - start
json.dump([seconds, found], sys.stdout)
"""


@pytest.mark.skipif(not importlib.util.find_spec("curricularanalytics"), reason="the extra bench is not installed")
@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: _layered(1_000), id="1,000 courses in 8 terms"),
        pytest.param(lambda: _any_earlier(200), id="200 courses, any earlier"),
        pytest.param(lambda: _diamonds(15), id="15 diamonds"),
    ],
)
def test_the_published_tool_gives_the_same_numbers_and_takes_longer(
    made: Callable[[], LearningGraph], request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = made()
    required = {one.key: [need.key for need in needs(one.prerequisites)] for one in catalogue}
    answer = subprocess.run(
        [sys.executable, "-c", _PUBLISHED], input=json.dumps(required), capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    seconds, theirs = json.loads(answer.stdout)

    ours = {key: {name: row[name] for name in theirs[key]} for key, row in _numbers(catalogue).items()}
    assert ours == theirs
    ratio = seconds / _unread(metrics, catalogue)
    say(capsys, f"curricularanalytics / metrics, {request.node.callspec.id}", ratio)
    assert ratio >= 1


@needs_shared
@pytest.mark.parametrize(
    "work", [pytest.param(attainability, id="attainability"), pytest.param(soundness, id="soundness")]
)
def test_itu_ten_times_over_is_answered_in_proportion(
    work: Callable[[LearningGraph], object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = _ITU.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "large.jsonl"
    path.write_text("\n".join(prefixed(line, str(copy)) for copy in range(10) for line in lines), encoding="utf-8")
    small, large = read(_ITU, grades="itu"), read(path, grades="itu")
    assert len(large.index.references) == 10 * len(small.index.references)  # and both are built

    # ten runs of the small one last as long as one of the large one, so that noise meets both alike
    pairs = [(_seconds(work, large), _seconds(work, small, times=10) / 10) for _ in range(_PAIRS)]
    ratio = statistics.median(one / other for one, other in pairs)

    say(capsys, f"{work.__name__} of itu.jsonl ten times over / once", ratio)
    assert ratio <= 12


_HUNDRED_THOUSAND = """
import json, random, resource, time
from learngraph import Course, LearningGraph, attainability, metrics, redundant_requirements, soundness
chosen, size = random.Random(1), 100_000
wide = size // 8
def made(number):
    earlier = range(number // wide * wide)
    needed = chosen.sample(earlier, 2) if earlier else ()
    return Course(key=f"C {number}", prerequisites=[f"C {other}" for other in needed])
start = time.perf_counter()
graph = LearningGraph(made(number) for number in range(size))
def figure(name):
    global start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([name, time.perf_counter() - start, most]), flush=True)
    start = time.perf_counter()
figure("building")
for work in (metrics, attainability, soundness, redundant_requirements):
    work(graph)
    figure(work.__name__)
"""

# a process starts with the most memory that the one had that started it, so a small one stands in between
_IN_BETWEEN = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"


def test_a_hundred_thousand_courses_stay_within_two_gigabytes(capsys: pytest.CaptureFixture[str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _IN_BETWEEN, _HUNDRED_THOUSAND], capture_output=True, text=True, check=True
    )
    figures = [json.loads(line) for line in answer.stdout.splitlines()]

    for name, seconds, kilobytes in figures:
        say(capsys, f"100,000 courses, {name}: the process is {kilobytes // _MEGABYTES} MB at most; seconds", seconds)
    assert len(figures) == 5
    assert max(kilobytes for _, _, kilobytes in figures) < 2_000_000
