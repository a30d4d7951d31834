"""One learning as an org holds it against one as it is wanted: what differs, and the PATCH that mends it."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from operator import attrgetter
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.findings import Finding, Findings
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.implication import Clause
from learngraph.model.learning import LEARNING_TYPES, Learning
from learngraph.model.outcome import Outcome
from learngraph.model.relation import Relation
from learngraph.model.salesforce_id import canonical
from learngraph.model.value import FrozenMap
from learngraph.salesforce.bodies import Body, is_nothing, learning_input, outcome_mapping, wire_value
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.equality import json_equal
from learngraph.salesforce.lower import Lowered, Lowerings
from learngraph.salesforce.meaning import Meanings, of_clause
from learngraph.salesforce.names import FIELDS, RELATIONS
from learngraph.salesforce.post import Asides, each_clause, mapping_of, outcome_left_out
from learngraph.salesforce.references import (
    References,
    achievement_id,
    external_id_field,
    is_achievement,
    provider_id,
)
from learngraph.salesforce.snapshot import FoundationItem, OutcomeItem, Snapshot

_WITHOUT_CHECKSUM = 15  # characters: an org's id may be written without the last three

_FIELD_OF = dict(FIELDS)
_OWN = {
    type_: tuple(name for name, field in FIELDS if field in kind.model_fields) for type_, kind in LEARNING_TYPES.items()
}
_VALUES = {type_: attrgetter(*(_FIELD_OF[name] for name in names)) for type_, names in _OWN.items()}

#: what `unstated="clear"` leaves alone: a record without it is refused, or a flag has no "nothing"
_NEVER_CLEARED = frozenset({"name", "active", "topLevelProgram"})


@dataclass(frozen=True, slots=True)
class Difference:
    """The UpdateLearningInput that makes an org hold a learning as it is wanted, and what it changes.

    `fields` are names of properties with what the org has and what it gets, custom fields among them;
    `created` and `deleted` are requirements, `wanted` all that there will be; `outcomes` are the keys of
    achievements that are sent.
    """

    body: Body
    fields: tuple[tuple[str, Any, Any], ...] = ()
    created: tuple[tuple[Relation, Clause], ...] = ()
    deleted: tuple[tuple[Relation, FoundationItem], ...] = ()
    wanted: tuple[tuple[Relation, Clause], ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _RelationChange:
    """What to create and delete of one relation: clauses with their mappings, and items."""

    create: list[tuple[Clause, Body]]
    delete: list[FoundationItem]

    @property
    def body(self) -> Body:
        body: Body = {}
        if self.create:
            body["createRecords"] = [mapping for _, mapping in self.create]
        if self.delete:
            body["deleteRecords"] = [{"foundationItemId": item.id} for item in self.delete]
        return body


class Differ:
    """Compares one learning after the other, and collects what it finds.

    `held` gives for each wanted key the key in the snapshot; `coming` what stands for the records of
    learnings that are made before the PATCH is sent.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        graph: LearningGraph,
        dialect: Dialect,
        held: Mapping[str, str],
        *,
        coming: Mapping[str, str] | None = None,
        lowerings: Lowerings | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._graph = graph
        self._dialect = dialect
        self._lowerings = lowerings or Lowerings(graph, dialect)
        self._groups = snapshot.group_achievements()
        self._asides = Asides(graph)
        there = snapshot.records()
        records = {key: there.get(other) or canonical(other) for key, other in held.items()}
        elsewhere = {key: record for key, record in there.items() if key not in graph}
        known = {**elsewhere, **records}
        self._meanings = Meanings(
            snapshot, _granted(graph, {**records, **(coming or {})}), all_of=dialect.group == "all_of"
        )
        self.references = References(graph, {**References.of(graph).records, **known, **(coming or {})})
        self._skills_known = any(learning.skills for learning in snapshot.graph)
        self._left_out: set[Finding] = set()
        self.findings: list[Finding] = []

    def update(self, wanted: Learning, held: Learning) -> Difference | None:
        """Write an UpdateLearningInput; None where nothing differs."""
        if wanted.type != held.type:
            message = f"is a {wanted.type} and the org holds a {held.type}: no request changes that"
            hint = "mend the type, or give it another record"
            self.findings.append(Finding(Code.CHANGE_OF_TYPE, message, keys=(wanted.key,), hint=hint))
            return None
        self.findings.extend(self._asides.of(wanted))
        alike = not wanted.provider and _VALUES[wanted.type](wanted) == _VALUES[held.type](held)
        stated, there = ({}, {}) if alike else (self._stated(wanted), _values(held))
        changed = {name: value for name, value in stated.items() if self._differs(name, value, there[name], held)}
        cleared = self._cleared(wanted, held)
        changed_custom = self._changed_custom(wanted, held)
        lowered = self._lowerings.of(wanted)
        relations = self._relations(wanted, held, lowered)
        outcomes = self._outcomes(wanted, held)
        if wanted.skills or held.skills:
            self._skills(wanted, held)
        if not (changed or cleared or changed_custom or relations or outcomes is not None):
            return None
        stated, custom = self._stated(wanted) if alike else stated, self._custom(wanted)
        documented = self._dialect.bodies == "documented"
        sent = {**(stated if documented else changed), **cleared}
        body: Body = {
            "learning": learning_input(
                wanted,
                ids=self._ids(wanted, held, documented=documented),
                fields={name: wire_value(name, sent[name], self._dialect) for name, _ in FIELDS if name in sent},
                custom=custom if documented else changed_custom,
            )
        }
        for name, relation in RELATIONS.items():
            if relation in relations or documented:
                body[name] = relations[relation].body if relation in relations else {}
        if outcomes is not None or documented:
            pairs = self._unchanged_outcomes(wanted) if outcomes is None else outcomes
            body["outcomes"] = [outcome_mapping(*pair) for pair in pairs]
        return Difference(
            body,
            fields=(
                *(
                    (name, getattr(held, _FIELD_OF[name], None), value)
                    for name, value in {**changed, **cleared}.items()
                ),
                *((name, self._custom_of(held, name), value) for name, value in changed_custom.items()),
            ),
            created=tuple((one, clause) for one, change in relations.items() for clause, _ in change.create),
            wanted=tuple(each_clause(lowered)),
            deleted=tuple((one, item) for one, change in relations.items() for item in change.delete),
            outcomes=tuple(outcome.achievement for outcome, _ in outcomes or ()),
        )

    def _ids(self, wanted: Learning, held: Learning, *, documented: bool) -> dict[str, str | None]:
        ids = {"learning_id": self.references.record(wanted.key)}
        if documented:
            ids["course_id"] = wanted.salesforce.course_id or held.salesforce.course_id
            ids["program_id"] = wanted.salesforce.program_id or held.salesforce.program_id
        return ids

    def _stated(self, wanted: Learning) -> dict[str, Any]:
        """Give what the wanted learning states of itself, by the names of the properties."""
        provider = provider_id(wanted, self._graph)
        if isinstance(provider, Finding):
            self.findings.append(provider)
            provider = None
        values = _values(wanted)
        values["provider"] = provider
        return {name: value for name, value in values.items() if value is not None and value != ""}

    def _differs(self, name: str, value: object, there: object, held: Learning) -> bool:
        if there == value and type(there) is type(value) and name != "provider":
            return False
        if name == "provider" and isinstance(there, str) and isinstance(value, str):
            record = provider_id(held, self._snapshot.graph)  # a pulled document has providers by name
            there = record if isinstance(record, str) else there
            return there[:_WITHOUT_CHECKSUM] != value[:_WITHOUT_CHECKSUM]
        if isinstance(value, str) and isinstance(there, str) and value != there and unescape(there) == value:
            self.findings.append(_encoded(held, name))
            return False
        return not json_equal(value, there)

    def _cleared(self, wanted: Learning, held: Learning) -> Body:
        if self._dialect.unstated == "keep":
            return {}
        nothing = None if self._dialect.clear_with == "null" else ""
        return {
            name: nothing
            for name, field in FIELDS
            if name not in _NEVER_CLEARED
            and is_nothing(getattr(wanted, field, None))
            and not is_nothing(getattr(held, field, None))
        }

    def _custom(self, wanted: Learning) -> Body:
        custom: Body = wanted.custom_fields.thawed()
        name = external_id_field(wanted, self._graph.options)
        return custom if name is None or not wanted.external_id else {name: wanted.external_id, **custom}

    def _changed_custom(self, wanted: Learning, held: Learning) -> Body:
        if not (wanted.custom_fields or held.custom_fields) and wanted.external_id in {None, held.external_id}:
            return {}  # the usual case, told quickly
        custom = self._custom(wanted)
        return {name: value for name, value in custom.items() if not json_equal(value, self._custom_of(held, name))}

    def _custom_of(self, held: Learning, name: str) -> Any:  # noqa: ANN401 - any JSON
        there = held.custom_fields.get(name)
        if name == external_id_field(held, self._graph.options) and there is None:
            there = held.external_id
        return there.thawed() if isinstance(there, FrozenMap) else there

    def _relations(self, wanted: Learning, held: Learning, lowered: Lowered) -> dict[Relation, _RelationChange]:
        """Give what to create and delete, for each relation that differs."""
        self.findings.extend(lowered.findings)
        # what cannot be written may be what the org holds
        whole = not lowered.findings or Findings(lowered.findings).ok
        has_items = bool(self._snapshot.requirements.get(held.key))
        changes: dict[Relation, _RelationChange] = {}
        for relation, clauses in lowered.clauses.items():
            if not (clauses or has_items):
                continue
            create, delete = self._requirements(wanted, held.key, relation, clauses)
            if create or (delete and whole):
                changes[relation] = _RelationChange(create, delete if whole else [])
        return changes

    def _requirements(
        self, wanted: Learning, held: str, relation: Relation, clauses: tuple[Clause, ...]
    ) -> tuple[list[tuple[Clause, Body]], list[FoundationItem]]:
        missing: dict[Hashable, Clause] = {}
        create: list[tuple[Clause, Body]] = []
        unknown: list[Clause] = []
        for clause in clauses:
            meaning = of_clause(clause, self._record, self._is_achievement)
            if meaning is None:
                unknown.append(clause)
            else:
                missing.setdefault(meaning, clause)
        delete = []
        for item in self._snapshot.items(held, relation):
            met = next((one for one in self._meanings.of_item(item) if one in missing), None)
            found = (met,) if met is not None else self._meanings.parts_of(item)
            if found and all(one in missing for one in found):
                for one in found:
                    del missing[one]
            else:
                delete.append(item)
        left = (*unknown, *missing.values())
        still = [clause for clause in clauses if clause in left] if left else []
        for clause in still:
            mapping = mapping_of(clause, self.references, by=wanted.key)
            if isinstance(mapping, list):
                self.findings.extend(mapping)
            else:
                create.append((clause, mapping))
        return create, delete

    def _record(self, key: str) -> str | None:
        if self._is_achievement(key):
            found = achievement_id(key, self._graph)
            return canonical(found) if found else None
        return self.references.record(key)

    def _is_achievement(self, key: str) -> bool:
        return is_achievement(key, self._graph)

    def _outcomes(self, wanted: Learning, held: Learning) -> list[tuple[Outcome, str]] | None:
        """Give the outcomes to send, None where they do not differ, and say which cannot be taken away."""
        items = self._snapshot.outcomes.get(held.key, ())
        if not wanted.outcomes and all(item.primary for item in items):
            return None  # nothing but its own achievement on either side: the usual case
        there = [item for item in items if canonical(item.achievement) not in self._groups]
        new = []
        for outcome, record in self._sendable(wanted):
            match_ = next((item for item in there if _same_outcome(outcome, record, item)), None)
            if match_ is None:
                new.append((outcome, record))
            else:
                there.remove(match_)
        # skills are outcomes of the org, too; what of them differs is told by their names
        skills = {canonical(skill.achievement) for skill in held.skills if skill.achievement}
        left = [item for item in there if not item.primary and canonical(item.achievement) not in skills]
        if self._dialect.patch_outcomes == "replace":
            return list(self._sendable(wanted)) if new or left else None
        self.findings.extend(
            Finding(
                Code.CANNOT_TAKE_AWAY,
                f"the org's outcome {item.id} ({item.achievement}) is not wanted, and no request takes it away",
                keys=(wanted.key,),
                hint="delete it in the org, or add it to the catalogue",
            )
            for item in left
        )
        return new or None

    def _sendable(self, wanted: Learning) -> Iterator[tuple[Outcome, str]]:
        for outcome in wanted.outcomes:
            record = achievement_id(outcome.achievement, self._graph)
            if record is not None:
                yield outcome, canonical(record)
            elif (finding := outcome_left_out(wanted, outcome.achievement)) not in self._left_out:
                self._left_out.add(finding)
                self.findings.append(finding)

    def _unchanged_outcomes(self, wanted: Learning) -> list[tuple[Outcome, str]]:
        replaces = self._dialect.patch_outcomes == "replace"  # an empty list would take them all away
        return list(self._sendable(wanted)) if replaces else []

    def _skills(self, wanted: Learning, held: Learning) -> None:
        """Say which skills differ; where nothing is known of an org's skills, only that none are sent."""
        for one, other, what in ((held, wanted, "takes away"), (wanted, held, "adds")):
            names = {skill.name for skill in other.skills}
            self.findings.extend(
                Finding(
                    Code.CANNOT_TAKE_AWAY,
                    f"no PATCH {what} the skill {skill.name}",
                    keys=(wanted.key,),
                    hint="change it in the org",
                    severity=None if self._skills_known else Severity.INFO,
                )
                for skill in one.skills
                if skill.name not in names
            )


def _values(learning: Learning) -> dict[str, Any]:
    return dict(zip(_OWN[learning.type], _VALUES[learning.type](learning), strict=True))


def _encoded(held: Learning, name: str) -> Finding:
    return Finding(
        Code.ENTITY_IN_TEXT,
        f"the org's {name} was answered with HTML entities and is taken for equal",
        keys=(held.key,),
        hint="ask for answers with the header X-Chatter-Entity-Encoding: false",
    )


def _granted(graph: LearningGraph, records: Mapping[str, str]) -> dict[str, list[str]]:
    """Give for each achievement the records of the learnings that are to grant it."""
    granted: dict[str, list[str]] = {}
    for key, record in records.items():
        for outcome in graph[key].outcomes:
            achievement = achievement_id(outcome.achievement, graph)
            if achievement:
                granted.setdefault(canonical(achievement), []).append(canonical(record))
    return granted


def _same_outcome(outcome: Outcome, record: str, item: OutcomeItem) -> bool:
    pairs = (
        (outcome.minimum_grade, item.minimum_grade),
        (outcome.duration, item.duration),
        (outcome.duration_unit, item.duration_unit),
    )
    return canonical(item.achievement) == record and all(json_equal(one, other) for one, other in pairs)
