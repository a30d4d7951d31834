"""Ratios in one run against a named baseline: `pytest -m benchmark tests/benchmarks`, run apart from the tests.

Each figure is printed and is the median of pairs, since the machine's speed drifts. A bound is that of the
project's promises.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from learngraph import Course, PlanSettings, check, post_bodies, read
from learngraph.publish.planning import plan_for
from learngraph.publish.publish_plan import OrgFacts
from tests.benchmarks.measuring import prefixed, say, without_collector
from tests.builders import course, graph
from tests.orgs import org_of
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.benchmark

_PAIRS = 7
_ITU = SHARED / "catalogues" / "itu.jsonl"


def _process(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    return time.perf_counter() - start


def _ratio(one: Callable[[], float], other: Callable[[], float]) -> float:
    one(), other()  # warm the caches of the file system
    return statistics.median(one() / other() for _ in range(_PAIRS))


@needs_shared
def test_a_check_of_itu_costs_at_most_five_times_parsing_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    baseline = (
        "import json, networkx; from pydantic import BaseModel; "
        f"[json.loads(line) for line in open({str(_ITU)!r}, encoding='utf-8')]"
    )

    ratio = _ratio(
        lambda: _process("-m", "learngraph", "check", str(_ITU), "--grades", "itu"),
        lambda: _process("-c", baseline),
    )

    say(capsys, "check itu.jsonl / import networkx, pydantic and parse its lines", ratio)
    assert ratio <= 5


def test_importing_the_graph_costs_at_most_a_third_more_than_networkx_and_pydantic(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ratio = _ratio(
        lambda: _process("-c", "from learngraph import Course, LearningGraph"),
        lambda: _process("-c", "import networkx; from pydantic import BaseModel"),
    )

    say(capsys, "import Course, LearningGraph / import networkx, pydantic", ratio)
    assert ratio <= 1.3


@pytest.mark.parametrize("work", [pytest.param("check", id="check"), pytest.param("post", id="lowering")])
def test_work_grows_linearly_with_the_catalogue(work: str, capsys: pytest.CaptureFixture[str]) -> None:
    def seconds(size: int) -> float:
        catalogue = graph(*_chain_of_pairs(size), options={"external_id_field": "Key__c"})
        with without_collector():
            start = time.perf_counter()
            _ = check(catalogue) if work == "check" else post_bodies(catalogue)
            return time.perf_counter() - start

    seconds(500)
    ratio = min(seconds(20_000) for _ in range(3)) / min(seconds(2_000) for _ in range(3))

    say(capsys, f"{work} of 20,000 learnings / of 2,000", ratio)
    assert ratio <= 15  # ten times the work; caches and the collector take their share


def _chain_of_pairs(size: int) -> Sequence[Course]:
    """Lectures with labs, each pair after the one before or one of several others."""
    made = []
    for number in range(size // 2):
        before = [{"any": [f"A {one}" for one in range(max(0, number - 3), number)]}] if number else []
        made.append(course(f"A {number}", *before, corequisites=[f"L {number}"]))
        made.append(course(f"L {number}", corequisites=[f"A {number}"]))
    return made


@needs_shared
def test_itu_ten_times_over_is_checked_in_proportion(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _ITU.read_text(encoding="utf-8").splitlines()
    large = tmp_path / "large.jsonl"
    large.write_text("\n".join(prefixed(line, str(copy)) for copy in range(10) for line in lines), encoding="utf-8")

    def seconds(path: Path) -> float:
        with without_collector():
            start = time.perf_counter()
            check(read(path, grades="itu"))
            return time.perf_counter() - start

    ratio = min(seconds(large) for _ in range(2)) / min(seconds(_ITU) for _ in range(3))

    say(capsys, "read and check itu.jsonl ten times over / once", ratio)
    assert ratio <= 15


@needs_shared
def test_planning_what_is_there_costs_at_most_four_times_reading_it(capsys: pytest.CaptureFixture[str]) -> None:
    settings = {"external_id_field": "Key__c", "unknown_references": "leave_out", "defaults": {"active": True}}
    facts = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
    ignored = PlanSettings(ignore=("LG1", "LG2", "LG310", "LG311", "LG401", "LG403"))
    org = org_of(read(_ITU, "itu", settings=settings))

    def once() -> float:
        start = time.perf_counter()
        catalogue = read(_ITU, "itu", settings=settings)
        between = time.perf_counter()
        assert plan_for(org, catalogue, facts, settings=ignored).is_empty
        return (time.perf_counter() - between) / (between - start)

    once()
    ratio = statistics.median(once() for _ in range(_PAIRS))

    say(capsys, "plan itu.jsonl against an org that holds it / read it", ratio)
    assert ratio <= 4
