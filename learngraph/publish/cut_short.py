"""An apply that ended in the middle of a request: the org may still be at work on it, so nobody should look yet."""

from pathlib import Path

from learngraph.publish.apply_progress import ApplyReporter
from learngraph.publish.apply_settings import Clock
from learngraph.publish.journal import has_unanswered, journal_path
from learngraph.publish.org_lock import LockedError, LockOwner, OrgLock, lock_owner


def let_settle(
    folder: Path,
    org: str,
    *,
    settle: float = 30.0,
    reporter: ApplyReporter | None = None,
    clock: Clock | None = None,
) -> LockOwner | None:
    """Give the org time to finish what a process sent that ended without a word, before a new plan looks at it.

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
        Whose apply it was; None where there was nothing to wait for.

    Examples
    --------
    >>> let_settle(Path(getfixture("tmp_path")), "00D000000000001EAA")
    """
    left = lock_owner(folder, org)
    if left is None:
        return None
    try:
        # under its name: whoever is ended while it waits leaves the same behind
        with OrgLock(folder, org, plan=left.plan):
            if not has_unanswered(journal_path(folder, org, left.plan)):
                return None
            if settle > 0:
                why = "an earlier request had no answer, and may still be at work"
                (reporter or ApplyReporter()).wait(settle, why)
                (clock or Clock()).sleep(settle)
    except LockedError:
        return None
    return left
