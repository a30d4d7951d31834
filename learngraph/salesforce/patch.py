"""The smallest PATCH bodies: what an org holds against what is wanted."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.findings import Finding, Findings, FindingsError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.implication import Clause
from learngraph.model.learning import Learning
from learngraph.model.outcome import Outcome
from learngraph.model.relation import Relation
from learngraph.model.salesforce_id import canonical
from learngraph.salesforce.bodies import Body, is_nothing, learning_input, outcome_mapping, wire_value
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.equality import json_equal
from learngraph.salesforce.lower import lower
from learngraph.salesforce.matching import match
from learngraph.salesforce.meaning import Meanings, of_clause
from learngraph.salesforce.names import FIELDS, RELATIONS
from learngraph.salesforce.post import Asides, Bodies, mapping_of, outcome_left_out
from learngraph.salesforce.references import (
    References,
    achievement_id,
    external_id_field,
    is_achievement,
    provider_id,
)
from learngraph.salesforce.snapshot import OutcomeItem, Snapshot

_WITHOUT_CHECKSUM = 15  # characters: an org's id may be written without the last three

#: what `unstated="clear"` leaves alone: a record without it is refused, or a flag has no "nothing"
_NEVER_CLEARED = frozenset({"name", "active", "topLevelProgram"})


def patch_bodies(
    snapshot: Snapshot, graph: LearningGraph, *, dialect: Dialect | None = None, ignore: Iterable[str] = ()
) -> Bodies:
    """Write the smallest PATCH bodies (UpdateLearningsInput) that make an org hold what is wanted.

    Learnings are matched by Salesforce id, then external id, then key. Of each, the stated fields that
    differ are sent, the custom fields that differ, and the relations that differ: requirements that are
    not wanted are deleted, also repeats, and wanted ones that are not there are created. They are
    compared by meaning; days as days, ids in either form, and absent, null and "" as one nothing. What a
    learning does not state stays as it is; its relations are always stated. Where nothing differs there
    is no body. New learnings are named in `findings` and not sent. No rules of `check` run.

    Parameters
    ----------
    dialect
        What the org is taken to mean; by default what the options of the graph say.
    ignore
        Codes of findings that stop nothing: what they are about is left out. Ids of another org (LG314)
        stop in any case.

    Raises
    ------
    FindingsError
        with everything that cannot be written.
    """
    settings = Dialect.of(graph.options.dialect, dialect)
    matches = match(snapshot, graph)
    differ = _Differ(snapshot, graph, settings, matches.held)
    differ.findings.extend(matches.findings)
    differ.findings.extend(_other_org(snapshot, graph))
    differ.findings.extend(
        Finding(Code.NEW_LEARNING, "is not in the org", keys=(key,), hint="POST it first") for key in matches.new
    )
    inputs = [differ.update(graph[key], snapshot.graph[held]) for key, held in matches.held.items()]
    findings = Findings(differ.findings)
    counted = set(findings.only(ignore=ignore))
    # ids of another org are never sent, whatever is ignored
    stopping = findings.errors.where(lambda finding: finding in counted or finding.code is Code.OTHER_ORG)
    if stopping:
        raise FindingsError(stopping)
    changed = [body for body in inputs if body]
    size = settings.batch_size
    return Bodies([{"learnings": changed[start : start + size]} for start in range(0, len(changed), size)], findings)


def _other_org(snapshot: Snapshot, graph: LearningGraph) -> Iterator[Finding]:
    held, wanted = snapshot.graph.org.org, graph.org.org
    if held and wanted and held[:_WITHOUT_CHECKSUM] != wanted[:_WITHOUT_CHECKSUM]:
        message = f"the catalogue's ids belong to the org {wanted}, and what was read belongs to the org {held}"
        yield Finding(Code.OTHER_ORG, message, hint="take the ids out of the catalogue, or read the right org")


class _Differ:
    """Compares one learning after the other, and collects what it finds."""

    def __init__(self, snapshot: Snapshot, graph: LearningGraph, dialect: Dialect, held: dict[str, str]) -> None:
        self._snapshot = snapshot
        self._graph = graph
        self._dialect = dialect
        self._groups = snapshot.group_achievements()
        self._asides = Asides(graph)
        records = {key: snapshot.graph[other].record_id or other for key, other in held.items()}
        elsewhere = {one.key: one.record_id for one in snapshot.graph if one.key not in graph and one.record_id}
        known = {key: canonical(record) for key, record in {**elsewhere, **records}.items()}
        self._meanings = Meanings(snapshot, _granted(graph, records), all_of=dialect.group == "all_of")
        self._references = References(graph, {**References.of(graph).records, **known})
        self.findings: list[Finding] = []

    def update(self, wanted: Learning, held: Learning) -> Body | None:
        """Write an UpdateLearningInput; None where nothing differs."""
        if wanted.type != held.type:
            message = f"is a {wanted.type} and the org holds a {held.type}: no request changes that"
            hint = "mend the type, or give it another record"
            self.findings.append(Finding(Code.CHANGE_OF_TYPE, message, keys=(wanted.key,), hint=hint))
            return None
        self.findings.extend(self._asides.of(wanted))
        stated = self._stated(wanted)
        changed = {name: value for name, value in stated.items() if self._differs(name, value, held)}
        cleared = self._cleared(wanted, held)
        custom = self._custom(wanted)
        changed_custom = {name: value for name, value in custom.items() if not self._holds(held, name, value)}
        relations = self._relations(wanted, held)
        outcomes = self._outcomes(wanted, held)
        self._skills(wanted, held)
        if not (changed or cleared or changed_custom or relations or outcomes is not None):
            return None
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
                body[name] = relations.get(relation, {})
        if outcomes is not None or documented:
            body["outcomes"] = self._unchanged_outcomes(wanted) if outcomes is None else outcomes
        return body

    def _ids(self, wanted: Learning, held: Learning, *, documented: bool) -> dict[str, str | None]:
        ids = {"learning_id": self._references.record(wanted.key)}
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
        values = {name: getattr(wanted, field, None) for name, field in FIELDS}
        values["provider"] = provider
        return {name: value for name, value in values.items() if not is_nothing(value)}

    def _differs(self, name: str, value: object, held: Learning) -> bool:
        there = getattr(held, dict(FIELDS)[name], None)
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

    def _holds(self, held: Learning, name: str, value: object) -> bool:
        there = held.custom_fields.thawed().get(name)
        if name == external_id_field(held, self._graph.options) and there is None:
            there = held.external_id
        return json_equal(value, there)

    def _relations(self, wanted: Learning, held: Learning) -> dict[Relation, Body]:
        """Give what to create and delete, for each relation that differs."""
        lowered = lower(wanted, self._graph, self._dialect)
        self.findings.extend(lowered.findings)
        whole = Findings(lowered.findings).ok  # what cannot be written may be what the org holds
        changes: dict[Relation, Body] = {}
        for relation, clauses in lowered.clauses.items():
            create, delete = self._requirements(wanted, held.key, relation, clauses)
            change: Body = {}
            if create:
                change["createRecords"] = create
            if delete and whole:
                change["deleteRecords"] = [{"foundationItemId": record} for record in delete]
            if change:
                changes[relation] = change
        return changes

    def _requirements(
        self, wanted: Learning, held: str, relation: Relation, clauses: tuple[Clause, ...]
    ) -> tuple[list[Body], list[str]]:
        missing: dict[Hashable, Clause] = {}
        create: list[Body] = []
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
                delete.append(item.id)
        still = [clause for clause in clauses if clause in unknown or clause in missing.values()]
        for clause in still:
            mapping = mapping_of(clause, self._references, by=wanted.key)
            if isinstance(mapping, list):
                self.findings.extend(mapping)
            else:
                create.append(mapping)
        return create, delete

    def _record(self, key: str) -> str | None:
        if self._is_achievement(key):
            found = achievement_id(key, self._graph)
            return canonical(found) if found else None
        return self._references.record(key)

    def _is_achievement(self, key: str) -> bool:
        return is_achievement(key, self._graph)

    def _outcomes(self, wanted: Learning, held: Learning) -> list[Body] | None:
        """Give the outcomes to send, None where they do not differ, and say which cannot be taken away."""
        there = [
            item
            for item in self._snapshot.outcomes.get(held.key, ())
            if canonical(item.achievement) not in self._groups
        ]
        new = []
        for outcome, record in self._sendable(wanted):
            match_ = next((item for item in there if _same_outcome(outcome, record, item)), None)
            if match_ is None:
                new.append(outcome_mapping(outcome, record))
            else:
                there.remove(match_)
        # skills are outcomes of the org, too; what of them differs is told by their names
        skills = {canonical(skill.achievement) for skill in held.skills if skill.achievement}
        left = [item for item in there if not item.primary and canonical(item.achievement) not in skills]
        if self._dialect.patch_outcomes == "replace":
            return [outcome_mapping(*pair) for pair in self._sendable(wanted)] if new or left else None
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
            elif (finding := outcome_left_out(wanted, outcome.achievement)) not in self.findings:
                self.findings.append(finding)

    def _unchanged_outcomes(self, wanted: Learning) -> list[Body]:
        replaces = self._dialect.patch_outcomes == "replace"  # an empty list would take them all away
        return [outcome_mapping(*pair) for pair in self._sendable(wanted)] if replaces else []

    def _skills(self, wanted: Learning, held: Learning) -> None:
        """Say which skills differ; where nothing is known of an org's skills, only that none are sent."""
        known = any(learning.skills for learning in self._snapshot.graph)
        for one, other, what in ((held, wanted, "takes away"), (wanted, held, "adds")):
            names = {skill.name for skill in other.skills}
            self.findings.extend(
                Finding(
                    Code.CANNOT_TAKE_AWAY,
                    f"no PATCH {what} the skill {skill.name}",
                    keys=(wanted.key,),
                    hint="change it in the org",
                    severity=None if known else Severity.INFO,
                )
                for skill in one.skills
                if skill.name not in names
            )


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
