"""What would have to be sent so that an org holds a catalogue: values in, a plan out, and no network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from learngraph.checks.case import Case
from learngraph.checks.checking import check_case, placed
from learngraph.codes import ORG_CODES, Code
from learngraph.findings import Finding, Findings, FindingsError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated
from learngraph.model.achievement import Achievement
from learngraph.model.learning import LEARNING_TYPES
from learngraph.model.options import Options
from learngraph.model.value import FrozenMap, InvalidValueError, short
from learngraph.publish.counterparts import Counterparts, rebuilt, with_records, without_foreign_ids
from learngraph.publish.fingerprints import fingerprints
from learngraph.publish.identity import ORDER, Identities, Way, identify
from learngraph.publish.plan_limits import PlanLimits
from learngraph.publish.publish_plan import OrgFacts, PublishPlan, Step, placeholder
from learngraph.publish.pulling import custom_fields_of
from learngraph.publish.steps import StepWriter, achieving
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.lower import Lowerings
from learngraph.salesforce.snapshot import Snapshot

#: what writing finds and `check` has told already, or the plan itself makes good
_TOLD_ALREADY = ORG_CODES | {
    Code.NOT_SENT,
    Code.EXTERNAL_ID_NOT_SENT,
    Code.PROVIDER_WITHOUT_RECORD,
    Code.UNKNOWN_REFERENCE,
    Code.LEFT_FOR_PATCH,
}


@dataclass(frozen=True, slots=True)
class PlanSettings(Stated):
    """How a plan is made.

    Parameters
    ----------
    dialect
        What the org is taken to mean; by default what the options of the graph say.
    select, ignore
        Codes of findings, or beginnings of codes: which the plan names, and which stop nothing and are not named.
        Ids of another org (LG314) stop in any case.
    ids
        What an ids file says of the org: record ids by key.
    order
        How learnings are found in the org, the surest way first; record ids are always among it.
    limits
        How much a plan may touch.
    create_achievements
        Whether achievements that the org lacks are made; else what names them is left out.
    record_types
        The ids of the record types of achievements, by kind ("Custom", "Skill", ...).

    Raises
    ------
    InvalidValueError
        where the order names an unknown way, or leaves record ids out.
    """

    dialect: Dialect | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=FrozenMap)
    order: tuple[Way, ...] = ORDER
    limits: PlanLimits = field(default_factory=PlanLimits)
    create_achievements: bool = False
    record_types: Mapping[str, str] = field(default_factory=FrozenMap)

    def __post_init__(self) -> None:
        unknown = [name for name in self.order if name not in tuple(Way)]
        faults = [("order", f"there is no way called {short(name)}") for name in unknown]
        if Way.RECORD_ID not in self.order:
            faults.append(("order", f"{Way.RECORD_ID} is not among it: a stated record would be made again"))
        if faults:
            raise InvalidValueError("PlanSettings", tuple(faults))
        object.__setattr__(self, "order", tuple(map(Way, dict.fromkeys(self.order))))


def plan_for(
    snapshot: Snapshot, graph: LearningGraph, facts: OrgFacts, *, settings: PlanSettings | None = None
) -> PublishPlan:
    """Plan what to send so that an org holds all that a catalogue states.

    The catalogue is checked first, and what reading the org found counts, too. Its learnings are then found in
    the org; those that are not there are created in an order in which all that they refer to is there, at most
    the dialect's `batch_size` a request. Circles are cut and closed by a PATCH, and what differs is mended by the
    smallest one. What the catalogue does not have is named in `unmanaged` and left alone. Where nothing differs
    the plan has no steps.

    Raises
    ------
    FindingsError
        with everything that stands in the way.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> facts = OrgFacts("00D000000000001EAA", "ACME", sandbox=True, api_version="66.0")
    >>> courses = [Course(key="B", name="B", active=True, prerequisites=["A"]), Course(key="A", name="A", active=True)]
    >>> plan = plan_for(Snapshot(LearningGraph()), LearningGraph(courses), facts)
    >>> plan
    <PublishPlan for ACME (00D000000000001EAA), sandbox: 2 to create: 2 requests>
    >>> [(step.keys, step.items[0].refers_to) for step in plan.steps]
    [(('A',), ()), (('B',), ('A',))]
    """
    chosen = settings or PlanSettings()
    own, foreign = without_foreign_ids(graph, facts.id)
    parts = with_records(own, snapshot)
    identities = identify(snapshot, parts.graph, ids=FrozenMap(chosen.ids), order=chosen.order)
    missing = _to_be_made(parts) if chosen.create_achievements else ()
    dialect = Dialect.of(graph.options.dialect, chosen.dialect)
    case = Case(parts.graph, dialect)
    checked = _not_made_good(check_case(case), missing, identities)
    before = (
        *snapshot.graph.findings,
        *checked,
        *(placed(one, graph) for one in (*foreign, *parts.findings, *identities.findings)),
    )
    _stop(before, chosen.ignore)
    achieving_steps, untyped = achieving(missing, chosen.record_types)
    whole = _with_placeholders(parts.graph, missing)
    lowerings = Lowerings(whole, dialect) if missing else case.lowerings
    written = StepWriter(snapshot, whole, identities, dialect=dialect, lowerings=lowerings).write()
    new = (one for one in written.findings if one.code not in _TOLD_ALREADY)
    later = [placed(one, graph) for one in (*untyped, *new)]
    _stop(later, chosen.ignore)
    steps = (*achieving_steps, *written.steps)
    return PublishPlan(
        facts,
        steps,
        findings=Findings((*before, *later)).only(select=chosen.select, ignore=chosen.ignore),
        fingerprint=_fingerprint(snapshot, steps),
        records=FrozenMap(_records(snapshot, identities)),
        matched=FrozenMap({key: way.value for key, way in identities.how.items()}),
        unmanaged=_unmanaged(snapshot, identities),
        unsafe=tuple(chosen.limits.exceeded(written.extent)) if steps else (),
        external_id_fields=_external_id_fields(graph.options),
        custom_fields=custom_fields_of(graph),
    )


def _stop(findings: Iterable[Finding], ignore: Iterable[str]) -> None:
    """Raise what stands in the way: ids of another org are never sent, whatever is ignored."""
    every = Findings(findings)
    counted = set(every.only(ignore=ignore))
    stopping = every.errors.where(lambda one: one in counted or one.code is Code.OTHER_ORG)
    if stopping:
        raise FindingsError(stopping)


def _external_id_fields(options: Options) -> FrozenMap:
    named = ((kind, options.external_id_field_of(kind)) for kind in LEARNING_TYPES)
    return FrozenMap({kind: field for kind, field in named if field})


def _to_be_made(parts: Counterparts) -> tuple[Achievement, ...]:
    """Give the achievements that the org lacks and that something grants or requires."""
    index = parts.graph.index
    return tuple(one for one in parts.missing if one.key in index.to or one.key in index.grantors)


def _not_made_good(checked: Findings, missing: Iterable[Achievement], identities: Identities) -> Iterable[Finding]:
    """Leave out what holds only of achievements and learnings that have no record, and will have none."""
    made = {one.key for one in missing}
    there = {*identities.held, *identities.new}
    for one in checked:
        if one.code is Code.ACHIEVEMENT_WITHOUT_RECORD and one.cause in made:
            continue
        if one.code is Code.PROGRAM_BY_EXTERNAL_ID and one.cause in there:
            continue
        if one.code is Code.ACTIVE_NOT_STATED and one.subject in identities.held:
            continue
        yield one


def _with_placeholders(graph: LearningGraph, missing: tuple[Achievement, ...]) -> LearningGraph:
    if not missing:
        return graph
    made = {one.key: one.replaced(record_id=placeholder(one.key)) for one in missing}
    return rebuilt(graph, achievements={**graph.achievements, **made}.values())


def _records(snapshot: Snapshot, identities: Identities) -> dict[str, str]:
    there = snapshot.records()
    records = ((key, there.get(held)) for key, held in identities.held.items())
    return {key: record for key, record in records if record}


def _unmanaged(snapshot: Snapshot, identities: Identities) -> tuple[str, ...]:
    managed = set(identities.held.values())
    return tuple(learning.key for learning in snapshot.graph if learning.key not in managed)


def _fingerprint(snapshot: Snapshot, steps: Iterable[Step]) -> FrozenMap:
    named = dict.fromkeys(record for step in steps for item in step.items for record in item.records)
    return fingerprints(snapshot, named)
