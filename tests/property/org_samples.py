"""Orgs and what a pull must make of them, drawn together: the rows and the snapshot share no code."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    Course,
    FoundationItem,
    Grantor,
    Learning,
    LearningGraph,
    Need,
    Options,
    Outcome,
    OutcomeItem,
    Program,
    Provider,
    Relation,
    Requirement,
    Skill,
    Snapshot,
)
from learngraph.graph.learning_graph import OrgStamp
from tests.fake_org import FACTS, FakeOrg
from tests.property.strategies import days, grades, numbers, texts

EXTERNAL_ID = "Code__c"

_TYPES = {
    "Prerequisite": Relation.PREREQUISITE,
    "Co-requisite": Relation.COREQUISITE,
    "Recommended": Relation.RECOMMENDED,
}
_ON_LEARNING = {
    "description": ("Description", texts),
    "active": ("IsActive", st.booleans()),
    "active_from": ("ActiveFromDate", days),
    "active_to": ("ActiveToDate", days),
    "duration": ("Duration", numbers),
    "duration_unit": ("DurationUnit", texts),
    "cip_code": ("CipCode", texts),
    "academic_level": ("AcademicLevel", texts),
}
_ON_COURSE = {
    "subject_abbreviation": ("SubjectAbbreviation", texts),
    "course_number": ("CourseNumber", texts),
    "course_level_description": ("CourseLevelDescription", texts),
    "field_of_study": ("FieldOfStudy", texts),
}
_ON_PROGRAM = {"top_level_program": ("IsTopLevelProgram", st.booleans())}


@dataclass
class Sample:
    """An org, and the snapshot that it holds."""

    org: FakeOrg
    ids: list[str] = field(default_factory=list)
    fields: list[dict[str, Any]] = field(default_factory=list)
    requirements: list[list[FoundationItem]] = field(default_factory=list)
    outcomes: list[list[OutcomeItem]] = field(default_factory=list)
    achievements: list[Achievement] = field(default_factory=list)
    providers: list[Provider] = field(default_factory=list)

    @property
    def snapshot(self) -> Snapshot:
        learnings: list[Learning] = [
            (Program if "program_id" in fields["salesforce"] else Course)(**fields) for fields in self.fields
        ]
        used = {one.provider for one in learnings}
        required = {item.achievement for items in self.requirements for item in items}
        graph = LearningGraph(
            learnings,
            options=Options(external_id_field=EXTERNAL_ID),
            achievements=[one for one in self.achievements if one.kind != "Skill" or one.record_id in required],
            providers=[one for one in self.providers if one.key in used],
            org=OrgStamp(org=FACTS.id, sandbox=True, answered=True),
        )
        keys = [one.key for one in learnings]
        return Snapshot(
            graph,
            {key: tuple(items) for key, items in zip(keys, self.requirements, strict=True) if items},
            {key: tuple(items) for key, items in zip(keys, self.outcomes, strict=True) if items},
        )


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Orgs as the resource makes them: every learning has an achievement, every group a requirement."""
    sample = Sample(FakeOrg(page_size=draw(st.integers(1, 5))))
    sample.org.configure()
    for number in range(draw(st.integers(0, 2))):
        identity = sample.org.add("Account", Name=f"School {number}")
        sample.providers.append(Provider(key=f"School {number}", name=f"School {number}", record_id=identity))
    for number in range(draw(st.integers(1, 5))):
        _learning(draw, sample, number)
    badges = draw(st.integers(0, 2))
    for number in range(badges):
        _achievement(draw, sample, f"Badge {number}", draw(st.sampled_from(("Custom", "Skill"))))
    for _ in range(draw(st.integers(0, 8))):
        _requirement(draw, sample)
    return sample


def _learning(draw: st.DrawFn, sample: Sample, number: int) -> None:
    program = draw(st.booleans())
    on_learning = _some(draw, _ON_LEARNING)
    own = _some(draw, _ON_PROGRAM if program else _ON_COURSE)
    columns: dict[str, Any] = {_ON_LEARNING[name][0]: _wire(value) for name, value in on_learning.items()}
    table: dict[str, Any] = _ON_PROGRAM if program else _ON_COURSE
    own_columns = {table[name][0]: value for name, value in own.items()}
    provider = draw(st.sampled_from([None, *sample.providers]))
    identity = sample.org.learning(
        f"About {number}", type_="program" if program else "course", own={**own_columns, EXTERNAL_ID: f"key {number}"},
        ProviderId=provider and provider.record_id, **columns,
    )  # fmt: skip
    kind = "LearningProgram" if program else "LearningCourse"
    own_id = "program_id" if program else "course_id"
    ids = {"learning_id": identity, own_id: sample.org.rows[kind][-1]["Id"]}
    sample.ids.append(identity)
    sample.fields.append(
        {
            "key": f"key {number}", "external_id": f"key {number}", "name": f"About {number}", **on_learning, **own,
            "provider": provider and provider.key, "salesforce": ids, "outcomes": [], "skills": [],
            **{relation.field: [] for relation in _TYPES.values()},
        }
    )  # fmt: skip
    row = sample.org.rows["LearningOutcomeItem"][-1]
    sample.requirements.append([])
    sample.outcomes.append([OutcomeItem(row["Id"], row["LearningAchievementId"], primary=True)])


def _some(draw: st.DrawFn, table: dict[str, Any]) -> dict[str, Any]:
    values = st.fixed_dictionaries({}, optional={name: strategy for name, (_, strategy) in table.items()})
    return dict(draw(values))


def _wire(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _achievement(draw: st.DrawFn, sample: Sample, name: str, kind: str) -> None:
    identity = sample.org.achievement(kind, name)
    sample.achievements.append(Achievement(key=name, name=name, kind=kind, record_id=identity))
    for place in draw(st.sets(st.integers(0, len(sample.ids) - 1), min_size=1)):
        grade = draw(st.none() | grades)
        item = sample.org.grant(sample.ids[place], identity, grade=grade)
        sample.outcomes[place].append(OutcomeItem(item, identity, minimum_grade=grade))
        fields = sample.fields[place]
        if kind == "Skill":
            fields["skills"].append(Skill(name=name, achievement=identity))
        else:
            fields["outcomes"].append(Outcome(achievement=name, minimum_grade=grade))


def _requirement(draw: st.DrawFn, sample: Sample) -> None:
    place = draw(st.integers(0, len(sample.ids) - 1))
    type_ = draw(st.sampled_from(tuple(_TYPES)))
    grade = draw(st.none() | grades)
    form = draw(st.sampled_from(("single", "group", "badge")))
    if form == "group":
        achievement, kind, grantors, needed = _group(draw, sample, grade)
        extent: dict[str, Any] = {}
    else:
        extent = draw(st.sampled_from(({}, {"duration": 3, "duration_unit": "Credit Hours"})))
        if form == "badge" and sample.achievements:
            badge = draw(st.sampled_from(sample.achievements))
            achievement, kind = str(badge.record_id), str(badge.kind)
            grantors, needed = _who_grants(sample, achievement), Need(badge.key, grade, **extent)
        else:
            other = draw(st.integers(0, len(sample.ids) - 1))
            achievement = sample.org.own(sample.ids[other])
            kind = "LearningProgram" if "program_id" in sample.fields[other]["salesforce"] else "LearningCourse"
            grantors, needed = (Grantor(sample.ids[other]),), Need(f"key {other}", grade, **extent)
    columns = {"Duration": extent.get("duration"), "DurationUnit": extent.get("duration_unit")}
    item = sample.org.require(sample.ids[place], achievement, type_, MinimumNumericGrade=grade, **columns)
    relation = _TYPES[type_]
    sample.fields[place][relation.field].append(needed)
    sample.requirements[place].append(FoundationItem(item, relation, achievement, kind, grantors, grade, **extent))


def _group(draw: st.DrawFn, sample: Sample, grade: float | None) -> tuple[str, str, tuple[Grantor, ...], Requirement]:
    kind = draw(st.sampled_from(("AchievementGroup", "AchievementGroupAll")))
    identity = sample.org.achievement(kind, "Group")
    needed, grantors = [], []
    for place in sorted(draw(st.sets(st.integers(0, len(sample.ids) - 1), min_size=1))):
        own = draw(st.none() | grades)
        item = sample.org.grant(sample.ids[place], identity, grade=own)
        sample.outcomes[place].append(OutcomeItem(item, identity, minimum_grade=own))
        grantors.append(Grantor(sample.ids[place], own))
        needed.append(Need(f"key {place}", grade if own is None else own))
    branch = AnyOf if kind == "AchievementGroup" else AllOf
    return identity, kind, tuple(grantors), needed[0] if len(needed) == 1 else branch(needed)


def _who_grants(sample: Sample, achievement: str) -> tuple[Grantor, ...]:
    rows = sample.org.rows["LearningOutcomeItem"]
    found = [row for row in rows if row["LearningAchievementId"] == achievement]
    return tuple(Grantor(row["LearningId"], row["MinimumNumericGrade"]) for row in found)
