"""An apply that ended in the middle of a request: the org may still be at work on it, so nobody should look yet."""

from datetime import datetime, timedelta
from pathlib import Path

from learngraph.publish.apply_progress import ApplyReporter
from learngraph.publish.apply_settings import Clock
from learngraph.publish.journal import has_unanswered, journal_path, journals_of, last_doubt
from learngraph.publish.org_lock import LockedError, LockOwner, OrgLock, lock_owner


def let_settle(
    folder: Path,
    org: str,
    *,
    settle: float = 30.0,
    reporter: ApplyReporter | None = None,
    clock: Clock | None = None,
) -> bool:
    """Give the org time to finish what had no answer when an apply was killed or interrupted.

    An apply of the same plan does so by itself; a new plan would not find what is not there yet, and make it
    again. Where another apply is at work nothing is waited for: the lock keeps the new plan away.

    Parameters
    ----------
    folder
        Where journals and locks lie.
    settle
        How long, in seconds.

    Returns
    -------
        Whether there was anything to wait for.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     let_settle(Path(folder), "00D000000000001EAA")
    False
    """
    time = clock or Clock()
    left = lock_owner(folder, org)
    seconds = min(settle, _open_for(folder, org, left, settle, time.now()))
    if seconds <= 0:
        return False
    try:
        # under its name: whoever is ended while it waits leaves the same behind
        with OrgLock(folder, org, plan=left.plan if left else ""):
            (reporter or ApplyReporter()).wait(seconds, "an earlier request had no answer, and may still be at work")
            time.sleep(seconds)
    except LockedError:
        return False
    return True


def _open_for(folder: Path, org: str, left: LockOwner | None, settle: float, now: datetime) -> float:
    """Give the seconds in which a request may still be at work: all of them where nobody saw its process end."""
    if left and has_unanswered(journal_path(folder, org, left.plan)):
        return settle
    ends = [
        end for path in journals_of(folder, org, since=now - timedelta(seconds=settle)) if (end := last_doubt(path))
    ]
    return settle - (now - max(ends)).total_seconds() if ends else 0
