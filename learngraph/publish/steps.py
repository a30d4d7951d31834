"""The steps of a plan: achievements first, then what is new, then what closes circles, then what changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.achievement import Achievement
from learngraph.model.learning import Learning
from learngraph.model.value import FrozenMap
from learngraph.publish.identity import BY_LIKENESS, Identities
from learngraph.publish.plan_limits import Extent
from learngraph.publish.publish_plan import ACHIEVEMENTS, Item, Step, StepKind, placeholder
from learngraph.publish.reasons import OwnWords, why_closed, why_created, why_updated
from learngraph.salesforce.bodies import Body
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.difference import Differ, Difference
from learngraph.salesforce.lower import Lowerings
from learngraph.salesforce.names import RELATIONS
from learngraph.salesforce.post import Creation, Creator, mapping_of, waves
from learngraph.salesforce.snapshot import Snapshot

_T = TypeVar("_T")
_USUAL_KIND = "Custom"


@dataclass(frozen=True, slots=True)
class Written:
    """The steps, what was found in writing them, and how much they touch."""

    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    extent: Extent


def achieving(
    missing: Iterable[Achievement], record_types: Mapping[str, str]
) -> tuple[tuple[Step, ...], tuple[Finding, ...]]:
    """Write a request for each achievement that is to be made, with the record type of its kind where it is known.

    Examples
    --------
    >>> steps, findings = achieving([Achievement(key="badge", name="Badge")], {"Custom": "012LT0000000001AAA"})
    >>> dict(steps[0].items[0].body), findings
    ({'Name': 'Badge', 'RecordTypeId': '012LT0000000001AAA'}, ())
    """
    steps, findings = [], []
    for one in missing:
        kind = one.kind or _USUAL_KIND
        body = {"Name": one.name or one.key}
        if record_type := record_types.get(kind):
            body["RecordTypeId"] = record_type
        else:
            findings.append(_without_type(one, kind))
        item = Item(one.key, FrozenMap(body), why=(f"the achievement {one.name or one.key} is not in the org",))
        steps.append(Step(StepKind.ACHIEVE, (item,), "POST", ACHIEVEMENTS))
    return tuple(steps), tuple(findings)


def _without_type(achievement: Achievement, kind: str) -> Finding:
    return Finding(
        Code.ACHIEVEMENT_WITHOUT_RECORD,
        f"is made with the user's usual record type: none is known for achievements of the kind {kind}",
        keys=(achievement.key,),
        hint="see the achievement types in Setup (LearningAchievementConfig)",
    )


class StepWriter:
    """Writes the steps for one catalogue and one org; achievements that are made first have placeholders for ids."""

    def __init__(
        self,
        snapshot: Snapshot,
        graph: LearningGraph,
        identities: Identities,
        *,
        dialect: Dialect,
        lowerings: Lowerings,
    ) -> None:
        self._snapshot = snapshot
        self._graph = graph
        self._dialect = dialect
        self._identities = identities
        coming = {key: placeholder(key) for key in identities.new}
        self._differ = Differ(snapshot, graph, dialect, identities.held, coming=coming, lowerings=lowerings)
        self._lowerings = lowerings
        self._creator = Creator(graph, dialect, self._differ.references)
        self._findings: list[Finding] = []

    @cached_property
    def _words(self) -> OwnWords:
        return OwnWords(self._snapshot, self._graph, self._identities.held)

    def write(self) -> Written:
        """Write all steps that stand for learnings."""
        lowered = {key: self._lowerings.of(self._graph[key]) for key in self._identities.new}
        cut, order = waves(lowered, size=self._dialect.batch_size)
        creations = {key: self._creator.create(self._graph[key], lowered[key], cut[key]) for key in lowered}
        creating = [
            Step(StepKind.CREATE, tuple(self._created(key, creations[key]) for key in wave), "POST") for wave in order
        ]
        closing = [item for key, one in creations.items() if one.left and (item := self._closed(key, one))]
        differences = self._differences()
        updating = [self._updated(key, one) for key, one in differences.items()]
        steps = (*creating, *self._patches(StepKind.CLOSE, closing), *self._patches(StepKind.UPDATE, updating))
        findings = (*self._creator.findings, *self._findings, *self._differ.findings)
        return Written(steps, findings, self._extent(creations, differences))

    def _differences(self) -> dict[str, Difference]:
        pairs = ((key, self._graph[key], self._snapshot.graph[held]) for key, held in self._identities.held.items())
        compared = ((key, self._differ.update(wanted, held)) for key, wanted, held in pairs)
        return {key: difference for key, difference in compared if difference is not None}

    def _patches(self, kind: StepKind, items: Sequence[Item]) -> Iterator[Step]:
        for some in _in_parts(items, self._dialect.batch_size):
            yield Step(kind, some, "PATCH")

    def _created(self, key: str, creation: Creation) -> Item:
        return self._item(self._graph[key], creation.body, why_created(self._graph[key], creation, self._words))

    def _closed(self, key: str, creation: Creation) -> Item | None:
        """Write the PATCH that adds what a creation left out, since it reached back inside a circle."""
        created = creation.body["learning"]
        documented = self._dialect.bodies == "documented"
        learning = created if documented else {"type": created["type"]}
        body: Body = {"learning": {"learningId": placeholder(key), **learning}}
        for name, relation in RELATIONS.items():
            mappings = [
                mapping_of(clause, self._differ.references, by=key) for one, clause in creation.left if one is relation
            ]
            for faults in (mapping for mapping in mappings if isinstance(mapping, list)):
                self._findings.extend(faults)
            whole = [mapping for mapping in mappings if not isinstance(mapping, list)]
            if whole or documented:
                body[name] = {"createRecords": whole} if whole else {}
        if documented:  # where outcomes replace, an empty list would take them away again
            replaces = self._dialect.patch_outcomes == "replace"
            body["outcomes"] = creation.body.get("outcomes", []) if replaces else []
        return self._item(self._graph[key], body, why_closed(creation.left, self._words))

    def _updated(self, key: str, difference: Difference) -> Item:
        way = self._identities.how[key]
        record = self._snapshot.graph[self._identities.held[key]].record_id
        found = (f"is the org's {record} by its {way.words}",) if way in BY_LIKENESS else ()
        return self._item(self._graph[key], difference.body, (*found, *why_updated(difference, self._words)))

    def _item(self, learning: Learning, body: Body, why: tuple[str, ...]) -> Item:
        place = self._graph.places.get(learning.key)
        source = "" if place is None else f"{place.file}:{place.line}" if place.line else str(place)
        return Item(learning.key, FrozenMap(body), why, source)

    def _extent(self, creations: Mapping[str, Creation], differences: Mapping[str, Difference]) -> Extent:
        requirements = self._snapshot.requirements
        created = any(one.created or one.left for one in creations.values())
        return Extent(
            held=len(self._identities.held),
            changed=len(differences),
            created=len(creations),
            requirements=sum(len(requirements.get(held, ())) for held in self._identities.held.values()),
            removed=sum(max(0, len(one.deleted) - len(one.created)) for one in differences.values()),
            in_org=len(self._snapshot.graph),
            requirements_in_org=sum(map(len, requirements.values())),
            requires=created or any(one.created for one in differences.values()),
        )


def _in_parts(items: Sequence[_T], size: int) -> Iterator[tuple[_T, ...]]:
    for start in range(0, len(items), size):
        yield tuple(items[start : start + size])
