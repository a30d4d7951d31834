"""What an org's name means, and what is done with an org: pull it, plan, apply."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from learngraph.findings import Findings, FindingsError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated
from learngraph.model.value import FrozenMap, short
from learngraph.publish.apply_progress import ApplyReporter
from learngraph.publish.apply_result import ApplyResult
from learngraph.publish.apply_settings import ApplySettings, Clock, OrgReads
from learngraph.publish.applying import apply_plan
from learngraph.publish.fingerprints import fingerprints
from learngraph.publish.journal import Journal
from learngraph.publish.made_already import asking
from learngraph.publish.org_checking import OrgCheck, check_org
from learngraph.publish.planning import PlanSettings, plan_for
from learngraph.publish.publish_plan import OrgFacts, PublishPlan
from learngraph.publish.pulling import custom_fields_of, providers_of
from learngraph.publish.pulling import pull as pull_snapshot
from learngraph.publish.questions import org_facts, query
from learngraph.publish.retrying import RetryingTransport, WaitReporter
from learngraph.publish.shared_session import LikeSalesforce
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.snapshot import Snapshot
from learngraph.salesforce.wire import Transport

LOCAL = "local"

_TYPES = "SELECT LearningAchievementType, LearningAchvRecordTypeId FROM LearningAchievementConfig"


@dataclass(frozen=True, slots=True, repr=False)
class Org(Stated):
    """An org that answers: how it is asked, and which one it is."""

    transport: Transport
    facts: OrgFacts

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield from self.facts._stated()  # noqa: SLF001 - what stands behind the transport is shown nowhere

    def __repr__(self) -> str:
        return f"<Org {short(self.facts.name)}: {self.facts.id}, {'sandbox' if self.facts.sandbox else 'PRODUCTION'}>"


def connect(
    org: str | LikeSalesforce = LOCAL, *, environ: Mapping[str, str] | None = None, reporter: WaitReporter | None = None
) -> Org:
    """Reach an org by its name, and ask it who it is.

    "local" is the embedded org, a file under the user's data folder that is made when it is first needed;
    "local:PATH" is one in another file. "env" takes address and token, or what gets one, from the environment;
    any other text is an alias of the `sf` command line; and a `simple_salesforce.Salesforce` object stands for
    its org. A token is never an argument.

    Raises
    ------
    AuthError, UnsafeAddressError
        where nobody can log in, or the address is none that gets a token.
    NotSentError, NoAnswerError, OrgError, UnexpectedAnswerError
        where the org does not answer, or not as documented.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     connect(f"local:{folder}/org.sqlite").facts.sandbox
    True
    """
    if isinstance(org, str) and (org == LOCAL or org.startswith(f"{LOCAL}:")):
        transport = _local(org)
    else:
        from learngraph.publish.remote import transport_to  # noqa: PLC0415 - opens connections, and imports what does

        remote = transport_to(org, environ=os.environ if environ is None else environ)
        transport = RetryingTransport(remote, reporter=reporter)
    return Org(transport, org_facts(transport))


def _local(name: str) -> Transport:
    from learngraph.local_org.org import LocalOrg  # noqa: PLC0415 - a database is opened where one is asked for
    from learngraph.local_org.place import path_of_org  # noqa: PLC0415 - as above
    from learngraph.local_org.transport import LocalTransport  # noqa: PLC0415 - as above

    return LocalTransport(LocalOrg.open(path_of_org(name)))


def pull(org: Org, *, like: LearningGraph | None = None) -> Snapshot:
    """Read all that an org holds of its catalogue, with ids, by a handful of queries.

    Parameters
    ----------
    like
        A catalogue whose external-id fields, custom fields and dialect are used, and whose providers are looked
        for among the accounts by their names; none by default.

    Raises
    ------
    OrgError, UnexpectedAnswerError, NoAnswerError
        where the org cannot be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     pull(connect(f"local:{folder}/org.sqlite"))
    <Snapshot: 0 learnings, 0 requirements, 0 outcomes>
    """
    if like is None:
        return pull_snapshot(org.transport, facts=org.facts)
    custom, providers = custom_fields_of(like), providers_of(like)
    return pull_snapshot(
        org.transport, facts=org.facts, options=like.options, custom_fields=custom, providers=providers
    )


def plan(graph: LearningGraph, org: Org, *, settings: PlanSettings | None = None) -> PublishPlan:
    """Plan what to send so that an org holds all that a catalogue states; nothing is sent.

    The org is checked first and read whole; see `plan_for` of `publish.planning` for how a plan is made.

    Raises
    ------
    FindingsError
        with everything that stands in the way, in the catalogue or in the org.

    Examples
    --------
    >>> import learngraph as lg
    >>> from tempfile import TemporaryDirectory
    >>> graph = lg.LearningGraph([lg.Course(key="CS 101", name="Programming", active=True)])
    >>> with TemporaryDirectory() as folder:
    ...     plan(graph, connect(f"local:{folder}/org.sqlite"))
    <PublishPlan for ...: 1 to create: 1 request>
    """
    chosen = settings or PlanSettings()
    looked = check_org(org.transport, facts=org.facts, graph=graph)
    stopping = looked.findings.only(ignore=chosen.ignore).errors
    if stopping:
        raise FindingsError(stopping)
    fitted = replace(chosen, dialect=_fitted(graph, chosen, looked), record_types=chosen.record_types or _types(org))
    made = plan_for(pull(org, like=graph), graph, org.facts, settings=fitted)
    told = looked.findings.only(select=chosen.select, ignore=chosen.ignore)
    return replace(made, findings=Findings((*told, *made.findings)))


def _fitted(graph: LearningGraph, chosen: PlanSettings, looked: OrgCheck) -> Dialect:
    """Give the dialect with the org's own picklists, where the catalogue names none of its own."""
    dialect = Dialect.of(graph.options.dialect, chosen.dialect)
    return dialect if dialect.value_sets else dialect.replaced(value_sets=looked.value_sets)


def _types(org: Org) -> FrozenMap:
    """Give the record types of achievements, by kind."""
    rows = query(org.transport, _TYPES, org.facts.api_version)
    pairs = ((row.get("LearningAchievementType"), row.get("LearningAchvRecordTypeId")) for row in rows)
    return FrozenMap({kind: record for kind, record in pairs if isinstance(kind, str) and isinstance(record, str)})


def apply(
    plan: PublishPlan,
    org: Org,
    *,
    settings: ApplySettings | None = None,
    folder: Path | None = None,
    reporter: ApplyReporter | None = None,
    clock: Clock | None = None,
) -> ApplyResult:
    """Send exactly this plan to its org, or nothing; after a fault, go on where it was.

    Parameters
    ----------
    settings
        What to do on failures; `org_name` confirms a production org.
    folder
        Where the journal lies; under the user's data folder by default.
    reporter
        Is told how far it is.

    Raises
    ------
    UnsafePlanError, WrongOrgError, UnconfirmedOrgError, StalePlanError, LockedError
        where the plan is not to be sent; nothing was.

    Examples
    --------
    >>> import learngraph as lg
    >>> from tempfile import TemporaryDirectory
    >>> graph = lg.LearningGraph([lg.Course(key="CS 101", name="Programming", active=True)])
    >>> with TemporaryDirectory() as folder:
    ...     org = connect(f"local:{folder}/org.sqlite")
    ...     apply(plan(graph, org), org, folder=Path(folder)).exit_code, plan(graph, org).is_empty
    (0, True)
    """
    with Journal.of(plan, folder=folder) as journal:
        return apply_plan(
            plan, org.transport, digest=plan.digest, journal=journal, reads=_reads(org, plan), settings=settings,
            reporter=reporter, clock=clock,
        )  # fmt: skip


def _reads(org: Org, plan: PublishPlan) -> OrgReads:
    version, fields = org.facts.api_version, plan.external_id_fields

    def read_again(records: Collection[str]) -> Mapping[str, str]:
        held = pull_snapshot(
            org.transport, facts=org.facts, external_id_field=fields.get("course"),
            program_external_id_field=fields.get("program"), custom_fields=plan.custom_fields,
        )  # fmt: skip
        return fingerprints(held, records)

    return OrgReads(
        facts=lambda: org_facts(org.transport, api_version=version),
        query=lambda soql: query(org.transport, soql, version),
        reread=read_again,
        still_needed=asking(org.transport, version),
    )
