"""What an apply left that ended in the middle of a request: a new plan waits for the org, once, and says why."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learngraph.publish.apply_progress import ApplyReporter
from learngraph.publish.apply_settings import Clock
from learngraph.publish.cut_short import let_settle
from learngraph.publish.journal import Clarity, Journal, has_unanswered
from learngraph.publish.org_lock import OrgLock, lock_owner
from learngraph.publish.publish_plan import OrgFacts, PublishPlan
from learngraph.salesforce.wire import Request, Response

_ORG = "00D000000000001EAA"
_PLAN = PublishPlan(OrgFacts(_ORG, "Quenbeck", sandbox=True, api_version="66.0"))
_NOW = datetime(2026, 8, 15, tzinfo=UTC)


class Told(ApplyReporter):
    def __init__(self) -> None:
        self.waits: list[tuple[float, str]] = []

    def wait(self, seconds: float, why: str) -> None:
        self.waits.append((seconds, why))


@pytest.fixture
def reporter() -> Told:
    return Told()


@pytest.fixture
def slept() -> list[float]:
    return []


def died(folder: Path, *, sent: bool = True, answered: bool = False, settled: bool = False) -> None:
    """Leave behind what a process leaves that is killed: a lock that nobody holds, and a journal."""
    with OrgLock(folder, _ORG, plan=_PLAN.digest) as lock:
        left = (folder / f"{_ORG}.lock.json").read_bytes()
        with Journal.of(_PLAN, folder=folder) as journal:
            journal.entries()
            if sent:
                number = journal.send(0, (), Request("POST", "/x"), started=_NOW)
                if answered:
                    journal.answer(number, Response(200, b"{}"), ended=_NOW)
                if settled:
                    journal.settle(number, Clarity.UNCLEAR, (), ended=_NOW)
    assert lock_owner(folder, _ORG) is None
    (folder / f"{_ORG}.lock.json").write_bytes(left)
    assert lock_owner(folder, _ORG) == lock.owner


def test_the_org_is_given_time_once(tmp_path: Path, reporter: Told, slept: list[float]) -> None:
    died(tmp_path)
    clock = Clock(now=lambda: _NOW + timedelta(minutes=1), sleep=slept.append)

    first = let_settle(tmp_path, _ORG, settle=7, reporter=reporter, clock=clock)
    second = let_settle(tmp_path, _ORG, settle=7, reporter=reporter, clock=clock)

    assert (first, second) == (True, False)
    assert slept == [7]
    assert [seconds for seconds, _ in reporter.waits] == [7]


@pytest.mark.parametrize(
    "left",
    [{"sent": False}, {"answered": True}],
    ids=["nothing was sent", "the answer came"],
)
def test_where_no_request_is_open_nothing_is_waited_for(
    tmp_path: Path, slept: list[float], left: dict[str, bool]
) -> None:
    died(tmp_path, **left)

    assert let_settle(tmp_path, _ORG, clock=Clock(sleep=slept.append)) is False
    assert slept == []


@pytest.mark.parametrize(
    ("passed", "waits"), [(0, [30]), (10, [20]), (31, []), (-5, [30])],
    ids=["just now", "ten seconds ago", "long ago", "by a clock that is ahead"],
)  # fmt: skip
def test_after_an_interruption_the_rest_of_the_time_is_waited(
    tmp_path: Path, slept: list[float], passed: int, waits: list[int]
) -> None:
    died(tmp_path, settled=True)
    (tmp_path / f"{_ORG}.lock.json").unlink()

    let_settle(tmp_path, _ORG, clock=Clock(now=lambda: _NOW + timedelta(seconds=passed), sleep=slept.append))

    assert slept == waits


def test_an_apply_that_is_alive_is_not_waited_for(tmp_path: Path, slept: list[float]) -> None:
    with OrgLock(tmp_path, _ORG, plan=_PLAN.digest) as lock:
        assert let_settle(tmp_path, _ORG, clock=Clock(sleep=slept.append)) is False
        assert lock_owner(tmp_path, _ORG) == lock.owner
    assert slept == []


def test_whoever_ends_while_it_waits_leaves_the_same_behind(tmp_path: Path) -> None:
    died(tmp_path)
    seen: list[str] = []

    def look(_: float) -> None:
        owner = lock_owner(tmp_path, _ORG)
        seen.append(owner.plan if owner else "")

    let_settle(tmp_path, _ORG, clock=Clock(sleep=look))

    assert seen == [_PLAN.digest]


def test_another_org_is_another_matter(tmp_path: Path) -> None:
    died(tmp_path)

    assert let_settle(tmp_path, "00D000000000002EAA") is False


def test_a_journal_that_cannot_be_read_may_hold_anything(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    file.write_text("no database, and long enough to be taken for one" * 50, encoding="utf-8")

    assert has_unanswered(file)
