"""One apply at a time for each org: a lock that says whose it is, and that can be broken by who has read that."""

import getpass
import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import filelock

from learngraph.errors import LearnGraphError
from learngraph.files.errors import WriteError
from learngraph.markup import Stated
from learngraph.publish.journal import file_name


@dataclass(frozen=True, slots=True)
class LockOwner(Stated):
    """Whose a lock is: a process on a machine, since when, for which plan; `nonce` is what breaks it."""

    host: str
    pid: int
    user: str
    since: str
    plan: str
    nonce: str

    def __str__(self) -> str:
        return f"{self.user} on {self.host} (process {self.pid}) since {self.since}, for the plan {self.plan[:12]}"


class LockedError(LearnGraphError, BlockingIOError):
    """Another apply is at work on the same org.

    Attributes
    ----------
    org
        The org's id.
    owner
        Whose the lock is; None where that cannot be read.
    """

    def __init__(self, org: str, owner: LockOwner | None) -> None:
        super().__init__(org, owner)
        self.org = org
        self.owner = owner

    def __str__(self) -> str:
        if self.owner is None:
            return f"the org {self.org} is locked by another apply"
        way = f"if that one is surely dead, break the lock with {self.owner.nonce}"
        return f"the org {self.org} is locked by {self.owner}; {way}"


class LockLostError(LearnGraphError, BlockingIOError):
    """The lock was broken by somebody else while this apply was at work, which therefore sends nothing more.

    Attributes
    ----------
    org
        The org's id.
    """

    def __init__(self, org: str) -> None:
        super().__init__(org)
        self.org = org

    def __str__(self) -> str:
        return f"somebody broke the lock on the org {self.org}: nothing more was sent"


class OrgLock:
    """Keeps other applies away from an org, as a context manager.

    The operating system lets go of it when its process ends, in whatever way; `left_by` is then the owner
    that ended without a word. It is held over a file in `folder`, so it binds those who share the folder.

    Raises
    ------
    LockedError
        where another one has it.
    WriteError
        where nothing can be written in the folder.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, OrgLock(Path(folder), "00D000000000001EAA", plan="abc"):
    ...     lock_owner(Path(folder), "00D000000000001EAA").plan
    'abc'
    """

    def __init__(self, folder: Path, org: str, *, plan: str) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        self.owner = LockOwner(socket.gethostname(), os.getpid(), _user(), since, plan, secrets.token_hex(4))
        self.left_by: LockOwner | None = None
        self._folder = folder
        self._org = org
        self._lock = filelock.FileLock(_lock_file(folder, org), thread_local=False)

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire(blocking=False)
            self.left_by = lock_owner(self._folder, self._org)
            _owner_file(self._folder, self._org).write_text(json.dumps(asdict(self.owner)), encoding="utf-8")
        except filelock.Timeout:
            raise LockedError(self._org, lock_owner(self._folder, self._org)) from None
        except OSError as error:
            self._lock.release()
            raise WriteError(str(self._folder), error.strerror or str(error)) from None
        return self

    def __exit__(self, *_: object) -> None:
        if lock_owner(self._folder, self._org) == self.owner:
            _owner_file(self._folder, self._org).unlink(missing_ok=True)
        self._lock.release()

    def check(self) -> None:
        """See that the lock is still ours.

        Raises
        ------
        LockLostError
            where somebody broke it.
        """
        if lock_owner(self._folder, self._org) != self.owner:
            raise LockLostError(self._org)


def lock_owner(folder: Path, org: str) -> LockOwner | None:
    """Give whose the lock on an org is, or was when its process died; None where there is none.

    Examples
    --------
    >>> lock_owner(Path("nowhere"), "00D000000000001EAA")
    """
    try:
        return LockOwner(**json.loads(_owner_file(folder, org).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def break_lock(folder: Path, org: str, *, nonce: str) -> LockOwner:
    """Take the lock from whoever has it: that one sends nothing more, and another apply may begin.

    Parameters
    ----------
    nonce
        What the lock itself shows, so that nobody breaks another lock than the one that was read.

    Raises
    ------
    LockedError
        where the lock is of another nonce, or of none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, OrgLock(Path(folder), "00D000000000001EAA", plan="abc") as lock:
    ...     break_lock(Path(folder), "00D000000000001EAA", nonce=lock.owner.nonce).plan
    'abc'
    """
    owner = lock_owner(folder, org)
    if owner is None or owner.nonce != nonce:
        raise LockedError(org, owner)
    # a new file is a new lock: the operating system still gives the old one to its owner
    _lock_file(folder, org).unlink(missing_ok=True)
    _owner_file(folder, org).unlink(missing_ok=True)
    return owner


def _lock_file(folder: Path, org: str) -> Path:
    return folder / f"{file_name(org)}.lock"


def _owner_file(folder: Path, org: str) -> Path:
    return folder / f"{file_name(org)}.lock.json"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # where a container knows no name
        return "somebody"
