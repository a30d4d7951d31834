import signal
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest

from tests.chaos.child import stored
from tests.chaos.defects import BlindRetry, LateJournal
from tests.chaos.plans import faults_of
from tests.chaos.schedule import run_many

_SCHEDULES = 400
_ROOT = Path(__file__).parents[2]


@pytest.mark.chaos
def test_nothing_is_lost_and_nothing_is_made_twice() -> None:
    figures = run_many(range(_SCHEDULES))

    sys.stdout.write(f"{figures}\n")
    assert figures.schedules == _SCHEDULES
    assert min(figures.faults, figures.kills, figures.interrupts, figures.looked_up) > 100
    assert (figures.duplicates, figures.losses, figures.unsettled) == (0, 0, 0)


@pytest.mark.chaos
def test_a_request_that_is_blindly_sent_again_is_found_out() -> None:
    assert run_many(range(60), transport=BlindRetry).duplicates > 0


@pytest.mark.chaos
def test_a_journal_that_is_written_after_the_sending_is_found_out() -> None:
    assert run_many(range(60), journal=LateJournal).duplicates > 0


def _child(folder: Path, *, moment: int) -> int:
    command = [sys.executable, "-m", "tests.chaos.child", str(folder), "3", str(moment)]
    return subprocess.run(command, cwd=_ROOT, check=False, timeout=60).returncode


@pytest.mark.chaos
@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5, 6, 9])
def test_a_process_that_is_really_killed_is_gone_on_with_by_another(moment: int, tmp_path: Path) -> None:
    org, plan = stored(tmp_path, 3)
    before = deepcopy(org)

    assert _child(tmp_path, moment=moment) == -signal.SIGKILL
    assert _child(tmp_path, moment=0) == 0

    after, _ = stored(tmp_path, 3)
    assert faults_of(after, plan, before) == (0, 0)
