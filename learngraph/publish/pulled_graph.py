"""Records of an org, as a snapshot: learnings with keys that people know, and the items behind them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from learngraph.codes import Code
from learngraph.files.intake import Intake
from learngraph.files.requirement_forms import DOCUMENT
from learngraph.findings import Finding, Place
from learngraph.graph.learning_graph import LearningGraph, OrgStamp
from learngraph.model.achievement import Achievement, Provider
from learngraph.model.learning import LEARNING_TYPES, Learning
from learngraph.model.options import Options
from learngraph.model.outcome import Outcome, Skill
from learngraph.model.requirement import AllOf, AnyOf, Need, Requirement
from learngraph.model.salesforce_id import canonical
from learngraph.model.value import FrozenMap
from learngraph.publish.org_objects import FIELD_HOMES, PLAN_LINE
from learngraph.publish.org_rows import OrgRows, Row, id_in, number, text_in
from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.pulled_faults import faults_of
from learngraph.publish.pulled_keys import Keys
from learngraph.publish.pulled_plans import plans_of
from learngraph.publish.pulled_records import HeldAchievement, HeldLearning, Records
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.held import outcomes_of, requirement_of
from learngraph.salesforce.records import ACCOUNT, LEARNING
from learngraph.salesforce.snapshot import FoundationItem, Snapshot

#: by type: our field, whether the record of the learning has it (or else its course's or program's), and its name there
_FIELDS = {
    type_: [(ours, home == LEARNING, name) for ours, (home, name) in FIELD_HOMES.items() if ours in kind.model_fields]
    for type_, kind in LEARNING_TYPES.items()
}


def snapshot_of(
    rows: OrgRows, *, options: Options | None = None, custom_fields: Iterable[str] = (), facts: OrgFacts | None = None
) -> Snapshot:
    """Join the records of an org to a snapshot; what cannot be joined is told in the findings of its graph.

    Parameters
    ----------
    rows
        The records, by object.
    options
        Those of the catalogue: the external-id fields, and what the org means by groups and corequisites.
        Defaults are not filled in: what the org does not hold is not stated.
    custom_fields
        Further fields of courses and programs, by the names that the catalogue has for them.
    facts
        Which org it is.

    Examples
    --------
    >>> rows = OrgRows({"Learning": [{"Id": "0ty000000000001AAA", "Name": "Welding", "Type": "LearningCourse"}]})
    >>> snapshot_of(rows).graph["Welding"].record_id
    '0ty000000000001AAA'
    """
    maker = _Maker(rows, _options(options or Options()), tuple(custom_fields))
    return maker.snapshot(facts)


def _options(options: Options) -> Options:
    """Give the options under which a pulled graph says what the org means."""
    meant = Dialect.of(options.dialect).corequisite
    return options.replaced(defaults=FrozenMap(), corequisite_timing=meant)


class _Maker:
    def __init__(self, rows: OrgRows, options: Options, custom_fields: tuple[str, ...]) -> None:
        self.rows = rows
        self.options = options
        self.custom_fields = custom_fields
        self.records = Records.of(rows)
        self.all_of = Dialect.of(options.dialect).group == "all_of"
        self.intake = Intake(options, DOCUMENT)
        self.keys = Keys()
        held = self.records
        self.external_ids = {one.id: self._external_id(one) for one in held.learnings.values()}
        self.learning_keys = self.keys.give({one.id: self._names(one) for one in held.learnings.values()})
        self.achievements = self._achievements()
        names = {one.id: [one.name] for one in sorted(self.achievements.values(), key=lambda one: one.id)}
        self.achievement_keys = self.keys.give(names)
        self.names = {**self.learning_keys, **self.achievement_keys}
        self.providers = self._providers()
        self.groups = frozenset(one.id for one in held.achievements.values() if one.is_group)

    def _items(self) -> Iterator[FoundationItem]:
        for items in self.records.requirements.values():
            yield from items

    def _achievements(self) -> dict[str, HeldAchievement]:
        """Give the achievements that a catalogue has besides learnings, skills and groups.

        A skill is one where something requires it: the resource makes a skill anew for each learning. A group
        is one where nothing grants it: then it is known by its own name alone.
        """
        required = {item.achievement for item in self._items()}
        required |= {id_in(row, "LearningAchievementId") for row in self.rows.of(PLAN_LINE).values()}
        return {
            one.id: one
            for one in self.records.achievements.values()
            if not one.owner
            and (one.id in required or not (one.is_skill or one.is_group))
            and not (one.is_group and self.records.grantors.get(one.id))
        }

    def snapshot(self, facts: OrgFacts | None) -> Snapshot:
        """Give the whole."""
        held = self.records
        learnings = [made for one in held.learnings.values() if (made := self._learning(one)) is not None]
        plans = plans_of(self.rows, held, self.names, self.intake, self.requirement)
        findings = [
            *held.findings,
            *self.keys.findings,
            *self.intake.finished(),
            *faults_of(self.rows, held, self.learning_keys, self.achievement_keys),
            *_shared_external_ids(learnings),
            *_entities(learnings),
        ]
        graph = LearningGraph(
            learnings,
            options=self.options,
            achievements=[
                Achievement(key=self.achievement_keys[one.id], name=one.name, kind=one.kind, record_id=one.id)
                for one in self.achievements.values()
            ],
            providers=self.providers.values(),
            program_plans=plans,
            org=OrgStamp(org=facts.id if facts else None, sandbox=facts.sandbox if facts else None, answered=True),
            findings=findings,
        )
        laid = self.groups.difference(item.achievement for item in self._items())
        return Snapshot(
            graph,
            {self.learning_keys[one]: tuple(items) for one, items in held.requirements.items()},
            {
                self.learning_keys[one]: kept
                for one, items in held.outcomes.items()
                # what a group laid on a learning that nothing asks for any more is left out
                if (kept := tuple([item for item in items if item.achievement not in laid] if laid else items))
            },
        )

    def _names(self, one: HeldLearning) -> list[str | None]:
        subject, number = text_in(one.own, "SubjectAbbreviation"), text_in(one.own, "CourseNumber")
        both = f"{subject} {number}" if subject and number else None
        return [self.external_ids[one.id], both, text_in(one.row, "Name")]

    def _external_id(self, one: HeldLearning) -> str | None:
        field = self.options.external_id_field_of(one.type)
        return text_in(one.own, _written(one.own, field)) if field else None

    def _providers(self) -> dict[str, Provider]:
        rows = self.rows.of(ACCOUNT)
        keys = Keys()
        given = keys.give({one: [text_in(row, "Name")] for one, row in rows.items()})
        self.keys.findings.extend(keys.findings)
        return {one: Provider(key=given[one], name=text_in(row, "Name"), record_id=one) for one, row in rows.items()}

    def _learning(self, one: HeldLearning) -> Learning | None:
        key = self.learning_keys[one.id]
        place = Place(LEARNING, record=one.id)
        kind = LEARNING_TYPES[one.type]
        own_id = "program_id" if one.type == "program" else "course_id"
        fields: dict[str, Any] = {
            **self._fields(one),
            **self._outcomes(one),
            "salesforce": {"learning_id": one.id, own_id: id_in(one.own, "Id") or None},
        }
        if external_id := self.external_ids[one.id]:
            fields["external_id"] = external_id
        if self.custom_fields and (custom := self._custom(one)):
            fields["custom_fields"] = custom
        for item in self.records.requirements.get(one.id, ()):
            fields.setdefault(item.relation.field, []).append(self.requirement(item))
        made: Any = self.intake.made(kind, {"key": key, **fields}, place, key=key)
        return made if isinstance(made, kind) else None

    def _fields(self, one: HeldLearning) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for ours, on_learning, name in _FIELDS[one.type]:
            value = (one.row if on_learning else one.own).get(name)
            if value is not None and value != "":
                fields[ours] = number(value) if isinstance(value, float) else value
        if "provider" in fields:
            provider = id_in(one.row, "ProviderId")
            fields["provider"] = self.providers[provider].key if provider in self.providers else provider or None
        return fields

    def _custom(self, one: HeldLearning) -> dict[str, Any]:
        used = self.options.external_id_field_of(one.type)
        values = {name: one.own.get(_written(one.own, name)) for name in self.custom_fields if name != used}
        return {
            name: number(value) if isinstance(value, float) else value
            for name, value in values.items()
            if value is not None and value != ""
        }

    def _outcomes(self, one: HeldLearning) -> dict[str, list[Outcome] | list[Skill]]:
        held = self.records.achievements
        # what is a learning's own is neither an outcome besides it nor a skill
        items = [item for item in self.records.outcomes.get(one.id, ()) if not item.primary]
        if not items:
            return {}
        skills = [held[item.achievement] for item in items if held[item.achievement].is_skill]
        others = [item for item in items if not held[item.achievement].is_skill]
        outcomes = [
            each.replaced(achievement=self.names.get(canonical(each.achievement), each.achievement))
            for each in outcomes_of(others, self.groups)
        ]
        made = [Skill(name=each.name or each.id, description=each.description, achievement=each.id) for each in skills]
        return {"outcomes": outcomes, "skills": made}

    def requirement(self, item: FoundationItem) -> Requirement:
        """Give what an item asks for, by keys."""
        several = len(item.grantors) > 1 and item.duration is None
        if several and not item.is_group and (item.kind or "").casefold().startswith("learning"):
            found: Requirement = AnyOf(
                [
                    Need(
                        self.names.get(canonical(one.learning), one.learning),
                        _either(one.minimum_grade, item.minimum_grade),
                    )
                    for one in item.grantors
                ]
            )
        else:
            found = requirement_of(item, self.names)
        return AllOf(found.of) if isinstance(found, AnyOf) and item.is_group and self.all_of else found


def _written(row: Row, name: str) -> str:
    """Give the name that a custom field has in the org: the guide's examples leave out its ending."""
    return name if name in row else f"{name}__c"


def _either(one: float | None, other: float | None) -> int | float | None:
    return other if one is None else one


def _shared_external_ids(learnings: Iterable[Learning]) -> Iterator[Finding]:
    counts = Counter((one.type, one.external_id) for one in learnings if one.external_id)
    for (_, identity), count in counts.items():
        if count > 1:
            hint = "give each its own, and make the field unique (Setup > Object Manager)"
            message = f"{count} learnings have the external id {identity}"
            yield Finding(Code.SAME_EXTERNAL_ID, message, cause=identity or "", hint=hint)


_ENCODED = ("&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#92;")


def _entities(learnings: Iterable[Learning]) -> Iterator[Finding]:
    for one in learnings:
        texts = [text for text in (one.name, one.description) if text and "&" in text]
        if any(mark in text for text in texts for mark in _ENCODED):
            hint = "mend it in the org; if every text has them, the header X-Chatter-Entity-Encoding was lost"
            yield Finding(Code.ENTITY_IN_TEXT, "holds HTML entities in the org", keys=(one.key,), hint=hint)
