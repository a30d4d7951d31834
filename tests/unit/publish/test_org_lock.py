import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from learngraph.files.errors import WriteError
from learngraph.publish.org_lock import LockedError, LockLostError, OrgLock, break_lock, lock_owner

_ORG = "00D000000000001EAA"
_ROOT = Path(__file__).parents[3]

_HOLD = """
import sys, time
from pathlib import Path
from learngraph.publish.org_lock import OrgLock
with OrgLock(Path(sys.argv[1]), sys.argv[2], plan="abc"):
    print("held", flush=True)
    time.sleep(60)
"""


def _holder(folder: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder), _ORG], cwd=_ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


def _killed(holder: "subprocess.Popen[str]") -> None:
    holder.send_signal(signal.SIGKILL)
    holder.communicate()


def test_a_lock_is_let_go_and_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with OrgLock(tmp_path / "new", _ORG, plan="abc") as lock:
            lock.check()
            assert lock.left_by is None
            assert lock_owner(tmp_path / "new", _ORG) == lock.owner
        assert lock_owner(tmp_path / "new", _ORG) is None


def test_another_org_is_not_locked(tmp_path: Path) -> None:
    other = "00D000000000002EAA"

    with OrgLock(tmp_path, _ORG, plan="abc") as one, OrgLock(tmp_path, other, plan="abc") as two:
        one.check()
        two.check()
        assert [lock_owner(tmp_path, org) for org in (_ORG, other)] == [one.owner, two.owner]


def test_a_lock_of_another_process_says_whose_it_is(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    try:
        with pytest.raises(LockedError) as raised, OrgLock(tmp_path, _ORG, plan="def"):
            pass
        owner = raised.value.owner
        assert owner is not None
        assert (owner.pid, owner.plan) == (holder.pid, "abc")
        assert all(text in str(raised.value) for text in (owner.host, str(owner.pid), owner.user, owner.nonce))
    finally:
        _killed(holder)


def test_the_lock_of_a_dead_process_is_taken_over_and_told(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    _killed(holder)

    with OrgLock(tmp_path, _ORG, plan="def") as lock:
        assert lock.left_by is not None
        assert lock.left_by.pid == holder.pid
        assert lock.owner.pid == os.getpid()


def test_a_lock_is_broken_by_its_nonce_alone_and_its_owner_sees_it(tmp_path: Path) -> None:
    with OrgLock(tmp_path, _ORG, plan="abc") as first:
        with pytest.raises(LockedError):
            break_lock(tmp_path, _ORG, nonce="guess")
        first.check()

        assert break_lock(tmp_path, _ORG, nonce=first.owner.nonce) == first.owner
        with OrgLock(tmp_path, _ORG, plan="def") as second:
            with pytest.raises(LockLostError):
                first.check()
            second.check()
        with pytest.raises(LockLostError):
            first.check()


def test_who_lost_a_lock_does_not_take_it_from_another_at_the_end(tmp_path: Path) -> None:
    first = OrgLock(tmp_path, _ORG, plan="abc")
    with first:
        break_lock(tmp_path, _ORG, nonce=first.owner.nonce)
        second = OrgLock(tmp_path, _ORG, plan="def")
        second.__enter__()

    second.check()
    with pytest.raises(LockedError), OrgLock(tmp_path, _ORG, plan="ghi"):
        pass
    second.__exit__()


def test_there_is_nothing_to_break_where_nothing_is_locked(tmp_path: Path) -> None:
    with pytest.raises(LockedError, match="locked by another"):
        break_lock(tmp_path, _ORG, nonce="f00d")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"host": 1}', "\x00"])
def test_an_owner_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / f"{_ORG}.lock.json").write_text(text)

    assert lock_owner(tmp_path, _ORG) is None


def test_a_folder_in_which_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(WriteError), OrgLock(tmp_path / "file" / "folder", _ORG, plan="abc"):
        pass


def test_what_a_plan_says_in_the_place_of_an_id_leads_to_no_other_folder(tmp_path: Path) -> None:
    folder = tmp_path / "locks"

    with OrgLock(folder, "../elsewhere", plan="abc"):
        assert len(list(folder.iterdir())) == 2
    assert list(tmp_path.iterdir()) == [folder]
