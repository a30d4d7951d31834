"""What a catalogue names besides its learnings, as records of one org: its own ids only, providers, achievements."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph, OrgStamp
from learngraph.model.achievement import Achievement, Provider
from learngraph.model.learning import Learning, RecordIds
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import AtLeast, Condition, Need, Requirement, needs
from learngraph.model.salesforce_id import canonical, is_salesforce_id, is_well_formed
from learngraph.salesforce.references import is_achievement
from learngraph.salesforce.snapshot import Snapshot

_Named = TypeVar("_Named", Provider, Achievement)

_WITHOUT_CHECKSUM = 15  # characters: an org's id may be written without the last three


@dataclass(frozen=True, slots=True)
class Counterparts:
    """A catalogue in which providers and achievements have the records of one org; and achievements that have none."""

    graph: LearningGraph
    missing: tuple[Achievement, ...] = ()
    findings: tuple[Finding, ...] = ()


def same_org(one: str, other: str) -> bool:
    """Whether two ids name one org: with its last three characters or without them.

    Examples
    --------
    >>> same_org("00D000000000001", "00D000000000001EAA")
    True
    """
    return one[:_WITHOUT_CHECKSUM] == other[:_WITHOUT_CHECKSUM]


def without_foreign_ids(graph: LearningGraph, org: str) -> tuple[LearningGraph, tuple[Finding, ...]]:
    """Take out the ids of another org, and name by keys what was named by such an id.

    A catalogue that does not say to which org its ids belong is taken at its word: they are this org's. What is
    left that is known by its id alone, of another org, is an error (LG314).

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> course = Course(key="A", salesforce={"learning_id": "0tyLT00000009LOYAY"})
    >>> pulled = LearningGraph([course], org=OrgStamp(org="00D000000000001"))
    >>> without_foreign_ids(pulled, "00D000000000002")[0]["A"].record_id is None
    True
    """
    if not graph.org.org or same_org(graph.org.org, org):
        return graph, ()
    achievements = [one.replaced(record_id=None) for one in graph.achievements.values()]
    providers = [one.replaced(record_id=None) for one in graph.providers]
    learnings = [_without_ids(learning, graph) for learning in graph]
    bare = rebuilt(graph, learnings=learnings, achievements=achievements, providers=providers, org=OrgStamp(org=org))
    return bare, tuple(_foreign(bare, graph.org.org))


def _without_ids(learning: Learning, graph: LearningGraph) -> Learning:
    relations = {
        relation.field: [_by_key(tree, graph) for tree in learning.requirements(relation)]
        for relation in REQUIREMENT_RELATIONS
    }
    outcomes = [one.replaced(achievement=graph.index.resolve(one.achievement)) for one in learning.outcomes]
    skills = [one.replaced(achievement=None) for one in learning.skills]
    return learning.replaced(salesforce=RecordIds(), outcomes=outcomes, skills=skills, **relations)


def _by_key(tree: Requirement, graph: LearningGraph) -> Requirement:
    if isinstance(tree, Need):
        return tree.replaced(key=graph.index.resolve(tree.key))
    if isinstance(tree, Condition):
        return tree
    parts = [_by_key(part, graph) for part in tree.of]
    return AtLeast(tree.count, parts) if isinstance(tree, AtLeast) else type(tree)(parts)


def _foreign(graph: LearningGraph, org: str) -> Iterator[Finding]:
    for learning in graph:
        named = [learning.key, *(one.achievement for one in learning.outcomes)]
        named += [need.key for relation in REQUIREMENT_RELATIONS for need in needs(learning.requirements(relation))]
        ids = [key for key in dict.fromkeys(named) if is_salesforce_id(key)]
        if learning.provider and is_salesforce_id(learning.provider):
            ids.append(learning.provider)
        if ids:
            yield Finding(
                Code.OTHER_ORG,
                f"names records of the org {org}, which mean nothing in this one: {', '.join(ids)}",
                keys=(learning.key,),
                hint="name them by keys of the catalogue",
            )


def with_records(graph: LearningGraph, snapshot: Snapshot) -> Counterparts:
    """Give providers and achievements the ids that they have in the org.

    A provider is found by its key, which may be an external id there, else by its name; an achievement by its
    name or its key, among those that are no learning's own and no group. Two candidates are a finding (LG419).
    """
    search = _Search(snapshot)
    providers = [search.provider(one) for one in _providers(graph)]
    achievements = [search.achievement(one) for one in _achievements(graph)]
    missing = tuple(one for one in achievements if not one.record_id and one.key not in search.unclear)
    kept_providers = [one for one in providers if one.record_id or one in graph.providers]
    kept = [one for one in achievements if one.record_id or one.key in graph.achievements]
    changed = (*kept_providers, *kept) != (*graph.providers, *graph.achievements.values())
    whole = rebuilt(graph, achievements=kept, providers=kept_providers) if changed else graph
    return Counterparts(whole, missing, tuple(search.findings))


def _providers(graph: LearningGraph) -> Iterator[Provider]:
    yield from graph.providers
    known = {one.key for one in graph.providers}
    named = dict.fromkeys(one.provider for one in graph if one.provider)
    yield from (Provider(key=key) for key in named if key not in known and not is_well_formed(key))


def _achievements(graph: LearningGraph) -> Iterator[Achievement]:
    yield from graph.achievements.values()
    named = dict.fromkeys(outcome.achievement for learning in graph for outcome in learning.outcomes)
    yield from (Achievement(key=key) for key in named if key not in graph and not is_achievement(key, graph))


class _Search:
    def __init__(self, snapshot: Snapshot) -> None:
        self._providers = snapshot.graph.providers
        self._achievements = [one for one in snapshot.graph.achievements.values() if not _made_by_others(one.kind)]
        self.findings: list[Finding] = []
        self.unclear: set[str] = set()

    def provider(self, wanted: Provider) -> Provider:
        if wanted.record_id:
            return wanted
        by_key = [one for one in self._providers if one.key == wanted.key]
        found = by_key or [one for one in self._providers if _same_name(one, wanted)]
        return self._with_record(wanted, found, "providers")

    def achievement(self, wanted: Achievement) -> Achievement:
        if wanted.record_id or is_salesforce_id(wanted.key):
            return wanted
        named = [one for one in self._achievements if _same_name(one, wanted) or one.key == wanted.key]
        found = [one for one in named if not (wanted.kind and one.kind) or _same(one.kind, wanted.kind)]
        return self._with_record(wanted, found, "achievements")

    def _with_record(self, wanted: _Named, found: list[_Named], what: str) -> _Named:
        records = {
            canonical(one.record_id or one.key): one for one in found if one.record_id or is_well_formed(one.key)
        }
        if len(records) > 1:
            self.unclear.add(wanted.key)
            message = f"{len(records)} {what} of the org are called {wanted.name or wanted.key}: {', '.join(records)}"
            self.findings.append(
                Finding(Code.TWO_CANDIDATES, message, keys=(wanted.key,), hint="give it the record_id of one of them")
            )
        if len(records) != 1:
            return wanted
        return wanted.replaced(record_id=next(iter(records)))


def _made_by_others(kind: str | None) -> bool:
    """Whether an achievement is a learning's own or a group: those are no badges, whatever they are called."""
    plain = (kind or "").replace(" ", "").casefold()
    return plain.startswith("learning") or "group" in plain


def _same_name(held: Provider | Achievement, wanted: Provider | Achievement) -> bool:
    return bool(held.name) and _same(held.name, wanted.name or wanted.key)


def _same(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()).casefold() == " ".join((other or "").split()).casefold()


def rebuilt(
    graph: LearningGraph,
    *,
    learnings: Iterable[Learning] | None = None,
    achievements: Iterable[Achievement] | None = None,
    providers: Iterable[Provider] | None = None,
    org: OrgStamp | None = None,
) -> LearningGraph:
    """Give a new graph with other parts in the place of those that are given."""
    return LearningGraph(
        graph if learnings is None else learnings,
        options=graph.options,
        achievements=graph.achievements.values() if achievements is None else achievements,
        providers=graph.providers if providers is None else providers,
        program_plans=graph.program_plans,
        degree_plans=graph.degree_plans,
        org=org or graph.org,
        findings=graph.findings,
        places=graph.places,
    )
