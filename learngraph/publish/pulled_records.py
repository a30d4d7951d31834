"""Records of an org, joined: which learning is of which kind, what grants what, and whose an achievement is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from learngraph.codes import Code
from learngraph.findings import Finding, Place
from learngraph.model.relation import Relation
from learngraph.model.value import short
from learngraph.publish.org_objects import PLAN_LINE
from learngraph.publish.org_rows import OrgRows, Row, flag_in, id_in, number_in, text_in
from learngraph.salesforce.records import ACHIEVEMENT, CONFIG, COURSE, FOUNDATION_ITEM, LEARNING, OUTCOME_ITEM, PROGRAM
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem

_RELATIONS = {
    "prerequisite": Relation.PREREQUISITE,
    "corequisite": Relation.COREQUISITE,
    "recommended": Relation.RECOMMENDED,
}
_EMPTY: Row = {}


@dataclass(frozen=True, slots=True)
class HeldLearning:
    """One learning: its record, and that of its course or program (empty where there is none)."""

    id: str
    type: Literal["course", "program"]
    row: Row
    own: Row


@dataclass(frozen=True, slots=True)
class HeldAchievement:
    """One achievement: its type, and the learning whose own it is (empty for none)."""

    id: str
    name: str | None
    description: str | None
    kind: str | None
    owner: str = ""

    @property
    def is_group(self) -> bool:
        """Whether its type is one of the two kinds of group."""
        return "group" in (self.kind or "").casefold()

    @property
    def is_skill(self) -> bool:
        """Whether it is a skill."""
        return (self.kind or "").casefold() == "skill"


@dataclass(slots=True)
class Records:
    """The records of an org, joined by their ids; what leads nowhere is told and left out."""

    learnings: dict[str, HeldLearning] = field(default_factory=dict)
    achievements: dict[str, HeldAchievement] = field(default_factory=dict)
    grantors: dict[str, tuple[Grantor, ...]] = field(default_factory=dict)  #: of what is required
    requirements: dict[str, list[FoundationItem]] = field(default_factory=dict)
    outcomes: dict[str, list[OutcomeItem]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, rows: OrgRows) -> "Records":
        """Join the records."""
        joined = cls(findings=[*rows.findings, *rows.without_id()])
        joined.learnings = joined._learnings(rows)
        items = joined._outcome_items(rows)
        joined.achievements = _achievements(rows, joined.learnings, items)
        joined.grantors = _grantors(rows, items)
        joined._keep_outcomes(items)
        joined._keep_requirements(rows)
        return joined

    def _learnings(self, rows: OrgRows) -> dict[str, HeldLearning]:
        held = {name: self._by_learning(rows, name) for name in (COURSE, PROGRAM)}
        found = {}
        for identity, row in rows.of(LEARNING).items():
            kind = _type_of(row, in_programs=identity in held[PROGRAM])
            own = held[PROGRAM if kind == "program" else COURSE].get(identity, _EMPTY)
            found[identity] = HeldLearning(identity, kind, row, own)
        for name, records in held.items():
            for identity, row in records.items():
                if identity not in found:
                    self._orphan(name, row, "belongs to no learning that was read")
        return found

    def _by_learning(self, rows: OrgRows, name: str) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for row in rows.of(name).values():
            learning = id_in(row, "LearningId")
            if found.setdefault(learning, row) is not row:
                self._orphan(name, row, "belongs to a learning that has another one already")
        return found

    def _outcome_items(self, rows: OrgRows) -> list[tuple[str, OutcomeItem]]:
        found = []
        for identity, row in rows.of(OUTCOME_ITEM).items():
            learning, achievement = id_in(row, "LearningId"), id_in(row, "LearningAchievementId")
            if learning not in self.learnings or not achievement:
                self._orphan(OUTCOME_ITEM, row, "has no learning that was read, or no achievement")
                continue
            item = OutcomeItem(
                identity,
                achievement,
                primary=flag_in(row, "IsPrimary") is True,
                minimum_grade=number_in(row, "MinimumNumericGrade"),
                duration=number_in(row, "Duration"),
                duration_unit=text_in(row, "DurationUnit"),
            )
            found.append((learning, item))
        return found

    def _keep_outcomes(self, items: list[tuple[str, OutcomeItem]]) -> None:
        for learning, item in items:
            own = self.achievements[item.achievement].owner == learning
            kept = item if item.primary == own else replace(item, primary=own)
            self.outcomes.setdefault(learning, []).append(kept)

    def _keep_requirements(self, rows: OrgRows) -> None:
        for row in rows.of(FOUNDATION_ITEM).values():
            learning, achievement = id_in(row, "LearningId"), id_in(row, "LearningAchievementId")
            relation = _RELATIONS.get(_letters(row.get("Type")))
            if learning not in self.learnings or not achievement:
                self._orphan(FOUNDATION_ITEM, row, "has no learning that was read, or no achievement")
            elif relation is None:
                self._unknown_type(row)
            else:
                self.requirements.setdefault(learning, []).append(self.item(row, relation, achievement))

    def item(self, row: Row, relation: Relation, achievement: str) -> FoundationItem:
        """Give what a record asks for."""
        held = self.achievements.get(achievement)
        return FoundationItem(
            id_in(row, "Id"),
            relation,
            achievement=achievement,
            kind=held.kind if held else None,
            grantors=self.grantors.get(achievement, ()),
            minimum_grade=number_in(row, "MinimumNumericGrade"),
            duration=number_in(row, "Duration"),
            duration_unit=text_in(row, "DurationUnit"),
        )

    def _orphan(self, name: str, row: Row, why: str) -> None:
        place = Place(name, record=id_in(row, "Id"))
        hint = "delete it, or give this user access to what it belongs to"
        self.findings.append(Finding(Code.ORPHAN_RECORD, f"{why}: left out", cause=name, place=place, hint=hint))

    def _unknown_type(self, row: Row) -> None:
        written = row.get("Type")
        self.findings.append(
            Finding(
                Code.UNKNOWN_ITEM_TYPE,
                f"a requirement has the type {short(written)}, which is none of the three: left out",
                cause=str(written)[:100],
                place=Place(FOUNDATION_ITEM, record=id_in(row, "Id")),
                hint="change its type in the org to Prerequisite, Co-requisite or Recommended",
            )
        )


def _grantors(rows: OrgRows, items: Iterable[tuple[str, OutcomeItem]]) -> dict[str, tuple[Grantor, ...]]:
    """Give who grants each achievement that something requires: most of an org's are required by nothing."""
    asking = (*rows.of(FOUNDATION_ITEM).values(), *rows.of(PLAN_LINE).values())
    found: dict[str, dict[str, Grantor]] = {id_in(row, "LearningAchievementId"): {} for row in asking}
    for learning, item in items:
        if item.achievement in found:
            found[item.achievement].setdefault(learning, Grantor(learning, item.minimum_grade))
    return {achievement: tuple(granting.values()) for achievement, granting in found.items()}


def _type_of(row: Row, *, in_programs: bool) -> Literal["course", "program"]:
    written = _letters(row.get("Type"))
    program = "program" in written if written else in_programs
    return "program" if program else "course"


def _letters(value: object) -> str:
    return _letters_of(value) if isinstance(value, str) else ""


@lru_cache(maxsize=64)  # an org has a handful of types
def _letters_of(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _achievements(
    rows: OrgRows, learnings: Mapping[str, HeldLearning], items: list[tuple[str, OutcomeItem]]
) -> dict[str, HeldAchievement]:
    types = {
        id_in(row, "LearningAchvRecordTypeId"): text_in(row, "LearningAchievementType")
        for row in rows.of(CONFIG).values()
        if id_in(row, "LearningAchvRecordTypeId")
    }
    found = {}
    # what items name and this user does not see is known by its id alone
    known = {item.achievement: _EMPTY for _, item in items} | dict(rows.of(ACHIEVEMENT))
    kinds = {identity: types.get(id_in(row, "RecordTypeId")) or _record_type(row) for identity, row in known.items()}
    owners = dict(_owners(items, kinds))
    for identity, row in sorted(known.items()):
        kind, owner = kinds[identity], owners.get(identity, "")
        if owner and not (kind or "").casefold().startswith("learning"):
            kind = "LearningProgram" if learnings[owner].type == "program" else "LearningCourse"
        found[identity] = HeldAchievement(identity, text_in(row, "Name"), text_in(row, "Description"), kind, owner)
    return found


def _owners(items: list[tuple[str, OutcomeItem]], kinds: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Give whose own each achievement is: the learning that has it as its primary one.

    Where the user does not see which is primary, an achievement of the type for courses or programs belongs
    to the one learning that grants it.
    """
    owned: dict[str, str] = {}
    grantors: dict[str, list[str]] = {}
    for learning, item in items:
        grantors.setdefault(item.achievement, []).append(learning)
        if item.primary:
            owned.setdefault(item.achievement, learning)
    yield from owned.items()
    taken = set(owned.values())
    for achievement, learnings in grantors.items():
        of_learnings = (kinds.get(achievement) or "").casefold().startswith("learning")
        if of_learnings and achievement not in owned and len(learnings) == 1 and learnings[0] not in taken:
            taken.add(learnings[0])
            yield achievement, learnings[0]


def _record_type(row: Row) -> str | None:
    inner = row.get("RecordType")
    name = text_in(inner, "DeveloperName") if isinstance(inner, Mapping) else None
    return name.replace("_", "") if name else None
