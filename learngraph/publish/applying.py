"""Sends exactly the plan that was reviewed, or nothing; after a fault, goes on where it was."""

from learngraph.publish.apply_checks import check_org, check_plan, check_records
from learngraph.publish.apply_progress import ApplyReporter
from learngraph.publish.apply_result import ApplyResult
from learngraph.publish.apply_settings import ApplySettings, Clock, OrgReads
from learngraph.publish.journal import ItemState, Journal
from learngraph.publish.org_lock import OrgLock
from learngraph.publish.publish_plan import PublishPlan
from learngraph.publish.run_state import RunState
from learngraph.publish.running import Run
from learngraph.salesforce.wire import Transport


def apply_plan(
    plan: PublishPlan,
    transport: Transport,
    *,
    digest: str,
    journal: Journal,
    reads: OrgReads,
    settings: ApplySettings | None = None,
    reporter: ApplyReporter | None = None,
    clock: Clock | None = None,
) -> ApplyResult:
    """Send a plan to its org, step by step, and say what became of each learning.

    Everything is written into the journal before it is sent and when it is answered. Called again with the
    same plan and journal, it goes on where it was: what had no answer is looked up and counted as done,
    sent, or, where it cannot be told, reported and not sent; what failed and what was skipped is tried
    again; what is done is not. Ctrl-C ends it with a result. A plan that is done needs no request.

    Parameters
    ----------
    digest
        The digest of the plan that was reviewed.
    journal
        The plan's own journal; the lock on the org lies beside it.
    reads
        How to look at the org.
    settings
        What to do on failures, and how long to wait.
    reporter
        Is told how far it is.

    Raises
    ------
    UnreviewedPlanError, UnsafePlanError, WrongOrgError, UnconfirmedOrgError, StalePlanError
        where the plan is not to be sent; nothing was.
    LockedError
        where another apply is at work on the org.
    JournalError, WriteError
        where the journal or the lock cannot be written; what was not written down was not sent.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> facts = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
    >>> plan = PublishPlan(facts)
    >>> reads = OrgReads(lambda: facts, lambda soql: [], lambda keys: {}, lambda item: None)
    >>> with TemporaryDirectory() as folder, Journal.of(plan, folder=Path(folder)) as journal:
    ...     apply_plan(plan, None, digest=plan.digest, journal=journal, reads=reads)
    <ApplyResult for Quenbeck: nothing to do>
    """
    settings = settings or ApplySettings()
    check_plan(plan, digest=digest)
    with OrgLock(journal.path.parent, plan.org.id, plan=digest) as lock:
        state = RunState(plan, journal.entries())
        if all(entry.state is ItemState.DONE for entry in journal.entries()):
            return ApplyResult(plan.org, digest, state.results(otherwise=""))
        check_org(plan, reads, settings)
        check_records(plan, reads, sent=state.touched())
        run = Run(
            state,
            transport,
            journal,
            lock,
            reads=reads,
            settings=settings,
            reporter=reporter or ApplyReporter(),
            clock=clock or Clock(),
        )
        return run.carry_out()
