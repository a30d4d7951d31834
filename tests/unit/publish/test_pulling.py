"""Pulling: the whole catalogue by a handful of queries, and everything that is amiss told."""

import json
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.settings import OrgSettings
from learngraph.local_org.transport import LocalTransport
from learngraph.publish.pulling import custom_fields_of, pull
from learngraph.publish.questions import org_facts
from learngraph.publish.refusals import OrgError
from tests.builders import codes, course, graph
from tests.fake_org import FACTS, FakeOrg, refused, told


@pytest.fixture
def org() -> FakeOrg:
    made = FakeOrg()
    made.configure()
    return made


def pulled(org: FakeOrg, **options: Any) -> lg.Snapshot:
    return pull(org, facts=FACTS, **options)


def amiss(held: lg.LearningGraph) -> list[str]:
    """The codes of the findings; most orgs here have no requirements, and that is told of each."""
    return codes(held.findings.only(ignore=["LG507"]))


def cs(number: str) -> dict[str, str]:
    return {"SubjectAbbreviation": "CS", "CourseNumber": number}


def test_a_learning_has_all_that_its_records_state(org: FakeOrg) -> None:
    provider = org.add("Account", Name="ACME State")
    own = {**cs("601"), "CourseLevelDescription": "Advanced", "FieldOfStudy": "Science", "Campus__c": "North"}
    identity = org.learning(
        "Algorithms", own=own, Description="All of them", IsActive=True, ActiveFromDate="2026-08-15", Duration=4.0,
        DurationUnit="Credit Hours", CipCode="11.0101", AcademicLevel="Graduate", ProviderId=provider,
    )  # fmt: skip

    held = pulled(org, custom_fields=["Campus__c"]).graph

    assert held["CS 601"] == lg.Course(
        key="CS 601", name="Algorithms", description="All of them", active=True, active_from="2026-08-15", duration=4,
        duration_unit="Credit Hours", cip_code="11.0101", academic_level="Graduate", provider="ACME State",
        subject_abbreviation="CS", course_number="601", course_level_description="Advanced", field_of_study="Science",
        custom_fields={"Campus__c": "North"},
        salesforce={"learning_id": identity, "course_id": org.rows["LearningCourse"][0]["Id"]},
    )  # fmt: skip
    assert type(held["CS 601"].duration) is int
    assert [(one.key, one.record_id) for one in held.providers] == [("ACME State", provider)]
    assert held.org == lg.OrgStamp(org=FACTS.id, sandbox=True, answered=True)
    assert amiss(held) == []


def test_accounts_are_read_by_their_names_where_no_learning_names_them() -> None:
    named = ["Nurses' School \\ North", *map(str, range(20))]
    embedded = LocalTransport(LocalOrg.open(settings=OrgSettings(accounts=(*named, "Somebody else"))))

    held = pull(embedded, facts=org_facts(embedded), providers=[*named, "nobody"]).graph

    assert sorted(one.name or "" for one in held.providers) == sorted(named)
    assert pull(embedded, facts=org_facts(embedded)).graph.providers == ()


def test_a_program_has_its_own_fields(org: FakeOrg) -> None:
    org.learning("BS CS", type_="program", own={"IsTopLevelProgram": True, "Code__c": "bs-cs"})

    (held,) = pulled(org, program_external_id_field="Code__c").graph

    assert isinstance(held, lg.Program)
    assert (held.key, held.external_id, held.top_level_program) == ("bs-cs", "bs-cs", True)
    assert not held.custom_fields


def test_a_single_requirement_is_a_need_of_the_learning_whose_own_the_achievement_is(org: FakeOrg) -> None:
    first, second = org.learning("A"), org.learning("B")
    item = org.require(second, org.own(first), "Co-requisite", MinimumNumericGrade=2.5)

    snapshot = pulled(org)

    assert snapshot.graph["B"].corequisites == (lg.Need("A", 2.5),)
    (held,) = snapshot.items("B", lg.Relation.COREQUISITE)
    assert held == lg.FoundationItem(
        item, lg.Relation.COREQUISITE, org.own(first), "LearningCourse", (lg.Grantor(first),), 2.5
    )


@pytest.mark.parametrize(
    ("kind", "dialect", "expected"),
    [
        pytest.param("AchievementGroup", {}, lg.AnyOf("A", lg.Need("B", 3)), id="any of"),
        pytest.param("AchievementGroupAll", {}, lg.AllOf("A", lg.Need("B", 3)), id="all of"),
        pytest.param("AchievementGroup", {"group": "all_of"}, lg.AllOf("A", lg.Need("B", 3)), id="groups mean all of"),
    ],
)
def test_a_group_is_what_its_type_says_with_the_grades_of_its_contributors(
    org: FakeOrg, kind: str, dialect: Any, expected: Any
) -> None:
    first, second, third = (org.learning(name) for name in "ABC")
    group = org.achievement(kind)
    org.grant(first, group)
    org.grant(second, group, grade=3)
    org.require(third, group)

    snapshot = pulled(org, options=lg.Options(dialect=dialect))

    assert snapshot.graph["C"].prerequisites == (expected,)
    assert all(learning.outcomes == () for learning in snapshot.graph)
    assert snapshot.graph.achievements == {}


def test_a_badge_is_an_achievement_and_who_grants_it_has_the_outcome(org: FakeOrg) -> None:
    first, second = org.learning("A"), org.learning("B")
    badge = org.achievement("Custom", "Cloud badge")
    org.grant(first, badge, grade=2)
    org.require(second, badge)

    held = pulled(org).graph

    assert held["A"].outcomes == (lg.Outcome(achievement="Cloud badge", minimum_grade=2),)
    assert held["B"].prerequisites == (lg.Need("Cloud badge"),)
    assert held.achievements["Cloud badge"] == lg.Achievement(
        key="Cloud badge", name="Cloud badge", kind="Custom", record_id=badge
    )


def test_a_skill_is_a_skill_and_no_other_outcome(org: FakeOrg) -> None:
    first, second = org.learning("A"), org.learning("B")
    skill, again = org.achievement("Skill", "Java"), org.achievement("Skill", "Java")
    org.grant(first, skill)
    org.grant(second, again)  # the resource makes a skill anew for each learning

    held = pulled(org).graph

    assert held["A"].outcomes == ()
    assert [one.skills for one in held] == [
        (lg.Skill(name="Java", achievement=skill),),
        (lg.Skill(name="Java", achievement=again),),
    ]
    assert held.achievements == {}
    assert amiss(held) == []


def test_a_skill_that_is_required_is_an_achievement(org: FakeOrg) -> None:
    skill = org.achievement("Skill", "Java")
    org.grant(org.learning("A"), skill)
    org.require(org.learning("B"), skill)

    held = pulled(org).graph

    assert held["B"].prerequisites == (lg.Need("Java"),)
    assert list(held.achievements) == ["Java"]


def test_what_another_course_grants_too_is_a_choice(org: FakeOrg) -> None:
    first, honours, third = (org.learning(name) for name in ("A", "A honours", "C"))
    org.grant(honours, org.own(first))
    org.require(third, org.own(first))

    assert pulled(org).graph["C"].prerequisites == (lg.AnyOf("A", "A honours"),)


def test_what_a_group_laid_on_its_contributors_is_gone_with_the_group(org: FakeOrg) -> None:
    org.group(org.learning("A"), org.learning("B"))

    snapshot = pulled(org)

    assert [item.primary for items in snapshot.outcomes.values() for item in items] == [True, True]


def test_a_catalogue_of_what_is_held_needs_no_patch(org: FakeOrg) -> None:
    provider = org.add("Account", Name="ACME State")
    first = org.learning("A", own=cs("1"), ProviderId=provider, IsActive=True)
    second, third = org.learning("B", own=cs("2")), org.learning("C", own=cs("3"))
    org.grant(first, org.achievement("Skill", "Java"))
    badge = org.achievement("Custom", "Badge")
    org.grant(second, badge)
    org.require(third, org.group(first, second))
    org.require(third, org.own(first), "Co-requisite")
    org.require(third, badge, "Recommended")
    snapshot = pulled(org)

    bodies = lg.patch_bodies(snapshot, snapshot.graph)

    assert list(bodies) == []
    assert list(bodies.findings) == []


def test_a_program_plan_has_its_lines_in_their_order(org: FakeOrg) -> None:
    first, second = org.learning("A"), org.learning("B")
    org.learning("BS", type_="program")
    program = org.rows["LearningProgram"][0]["Id"]
    plan = org.add("LearningProgramPlan", Name="BS 2026", LearningProgramId=program, VersionNumber="3", IsActive=True)
    other = org.add("LearningProgramPlan", Name="Core", LearningProgramId=program)
    lines: list[dict[str, Any]] = [
        {"Name": "Electives", "SequenceNumber": 2, "LearningAchievementId": org.group(first, second), "Duration": 9.0},
        {"Name": "Core", "SequenceNumber": 1, "GroupName": "Core", "LearningAchievementId": org.own(first)},
        {"Name": "More", "ReusableLearningProgramPlanId": other},
        {"Name": "Nothing"},
    ]
    for line in lines:
        org.add("LearningProgramPlanRqmt", LearningProgramPlanId=plan, **line)

    held = pulled(org).graph

    assert held.program_plans == (
        lg.ProgramPlan(
            key="BS 2026", program="BS", name="BS 2026", active=True, version=3,
            requirements=[
                lg.PlanRequirement(name="Core", group="Core", sequence=1, needs="A"),
                lg.PlanRequirement(name="Electives", sequence=2, needs={"credits": 9, "of": ["A", "B"]}),
                lg.PlanRequirement(name="More", needs=lg.Condition("the program plan Core")),
            ],
        ),
        lg.ProgramPlan(key="Core", program="BS", name="Core"),
    )  # fmt: skip
    assert amiss(held) == ["LG423", "LG429"]


# ---- keys


@pytest.mark.parametrize(
    ("fields", "own", "key"),
    [
        pytest.param({}, {**cs("601"), "Code__c": "x-1"}, "x-1", id="external id"),
        pytest.param({}, cs("601"), "CS 601", id="subject and number"),
        pytest.param({}, {"SubjectAbbreviation": "CS"}, "N", id="name"),
        pytest.param({"Name": None}, {}, "0ty", id="nothing but the id"),
        pytest.param({"Name": "0tyLT0000000007AAA"}, {}, "0ty", id="a name that is another's id"),
    ],
)
def test_a_key_is_what_people_call_a_learning(org: FakeOrg, fields: Any, own: Any, key: str) -> None:
    org.learning("N", own=own)
    org.rows["Learning"][0].update(fields)

    held = pulled(org, external_id_field="Code__c").graph

    expected = org.rows["Learning"][0]["Id"] if key == "0ty" else key
    assert [one.key for one in held] == [expected]


def test_a_tie_is_told_and_nobody_has_the_plain_key(org: FakeOrg) -> None:
    ids = [org.learning("N", own=cs("601")) for _ in range(2)]

    held = pulled(org).graph

    assert [one.key for one in held] == [f"CS 601 ({identity})" for identity in ids]
    assert amiss(held) == ["LG427"]


def test_an_achievement_does_not_take_the_key_of_a_learning(org: FakeOrg) -> None:
    org.learning("Welding")
    badge = org.achievement("Custom", "Welding")

    held = pulled(org).graph

    assert list(held.achievements) == [f"Welding ({badge})"]


def test_an_external_id_that_two_have_is_told(org: FakeOrg) -> None:
    for name in "AB":
        org.learning(name, own={"Code__c": "x"})

    assert "LG424" in codes(pulled(org, external_id_field="Code__c").graph.findings)


# ---- what is amiss


def test_rules_lie_outside_the_graph(org: FakeOrg) -> None:
    org.add("LearningRule", Name="Senior standing", LearningId=org.learning("A"), Type="Prerequisite")

    (finding,) = pulled(org).graph.findings.only(select=["LG42"])

    assert (finding.code.value, finding.keys) == ("LG420", ("A",))


def test_what_nothing_grants_is_told_under_its_name(org: FakeOrg) -> None:
    org.require(org.learning("A"), org.achievement("AchievementGroup", "Lost group"))

    held = pulled(org).graph

    assert held["A"].prerequisites == (lg.Need("Lost group"),)
    assert [one.keys for one in held.findings if one.code == "LG421"] == [("A", "Lost group")]


def test_a_learning_without_an_achievement_of_its_own_is_told(org: FakeOrg) -> None:
    org.add("Learning", Name="A", Type="LearningCourse")

    assert "LG422" in codes(pulled(org).graph.findings)


def test_what_leads_nowhere_is_left_out_and_told(org: FakeOrg) -> None:
    first = org.learning("A")
    org.require("0ty000000000099AAA", org.own(first))
    org.grant("0ty000000000099AAA", org.own(first))
    org.add("LearningCourse", LearningId=first)
    org.add("LearningCourse", LearningId="0ty000000000099AAA")
    org.rows["Learning"].append({"Name": "no id", "Type": "LearningCourse", "SystemModstamp": "2026"})

    held = pulled(org)

    assert [one.key for one in held.graph] == ["A"]
    assert codes(one for one in held.graph.findings if one.code == "LG423") == ["LG423"] * 5


def test_a_requirement_of_an_unknown_type_is_left_out_and_told(org: FakeOrg) -> None:
    first, second = org.learning("A"), org.learning("B")
    org.require(second, org.own(first), "Linked Course")

    held = pulled(org).graph

    assert held["B"].prerequisites == ()
    assert "LG425" in codes(held.findings)


def test_learnings_without_any_requirement_are_told(org: FakeOrg) -> None:
    org.learning("A")
    org.rows["LearningFoundationItem"] = []

    assert codes(pulled(org).graph.findings) == ["LG507"]


def test_entities_are_told(org: FakeOrg) -> None:
    org.learning("Calculus &amp; Geometry")
    org.require(org.learning("B"), org.own(org.learning("C")))

    assert codes(pulled(org).graph.findings) == ["LG306"]


# ---- what this user may not see


@pytest.mark.parametrize(
    "name", ["Learning.Duration", "LearningOutcomeItem.MinimumNumericGrade", "LearningCourse.Name"]
)
def test_a_hidden_field_costs_itself_and_not_the_query(org: FakeOrg, name: str) -> None:
    org.require(org.learning("A", Duration=3, own=cs("1")), org.own(org.learning("B")))
    org.hidden.add(name)

    held = pulled(org).graph

    assert [one.key for one in held] == ["CS 1", "B"]
    assert held["CS 1"].prerequisites == (lg.Need("B"),)
    if name != "LearningCourse.Name":  # the name is read of the learning
        assert [text for code, text in told(held.findings) if code == "LG426" and name in text]


def test_what_is_primary_can_be_told_by_the_type_where_the_flag_is_hidden(org: FakeOrg) -> None:
    org.require(org.learning("A"), org.own(org.learning("B")))
    org.hidden.add("LearningOutcomeItem.IsPrimary")

    held = pulled(org).graph

    assert held["A"].prerequisites == (lg.Need("B"),)
    assert [one.outcomes for one in held] == [(), ()]
    assert codes(held.findings) == ["LG426"]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        pytest.param("LearningFoundationItem", "error", id="requirements"),
        pytest.param("LearningAchievement", "error", id="achievements"),
        pytest.param("LearningCourse", "warning", id="courses"),
        pytest.param("LearningRule", None, id="what older versions do not have"),
    ],
)
def test_a_hidden_object_is_told(org: FakeOrg, name: str, severity: str | None) -> None:
    org.require(org.learning("A"), org.own(org.learning("B")))
    org.hidden.add(name)

    found = [one.severity.value for one in pulled(org).graph.findings if one.code == "LG426"]

    assert found == ([severity] if severity else [])


def test_an_org_without_learnings_for_this_user_is_refused_by_name(org: FakeOrg) -> None:
    org.hidden.add("Learning")

    with pytest.raises(OrgError, match="sees no learnings"):
        pulled(org)


def test_a_custom_field_may_be_named_without_its_ending(org: FakeOrg) -> None:
    org.learning("A", own={"Code__c": "x"})

    held = pulled(org, external_id_field="Code", custom_fields=["Nonsense__c"]).graph

    assert [one.external_id for one in held] == ["x"]
    assert [text for code, text in told(held.findings) if code == "LG426" and "Nonsense__c" in text]


def test_a_refused_query_costs_its_object(org: FakeOrg) -> None:
    org.learning("A")
    org.answers["/services/data/v66.0/query?q=SELECT%20Id%2C%20Name%2C%20LearningId"] = refused(400, "X", "no")

    assert [text for code, text in told(pulled(org).graph.findings) if code == "LG426" and "LearningRule" in text]


def test_what_is_no_matter_of_permissions_is_raised(org: FakeOrg) -> None:
    org.learning("A")
    org.answers["/services/data/v66.0/query?q=SELECT%20Id%2C%20Name%2C%20LearningId"] = refused(500, "X", "down")

    with pytest.raises(OrgError, match="down"):
        pulled(org)


# ---- requests


def test_the_number_of_requests_grows_with_pages_and_not_with_learnings() -> None:
    def requests(learnings: int, page_size: int) -> int:
        org = FakeOrg(page_size=page_size)
        org.configure()
        for number in range(learnings):
            org.learning(f"N{number}")
        pulled(org)
        assert {request.method for request in org.sent} == {"GET"}
        return len(org.sent)

    few = requests(3, 2000)

    assert requests(300, 2000) == few
    assert requests(300, 100) == few + 4 * 2  # learnings, courses, achievements, outcomes: three pages each
    assert few < 40


def test_what_changed_while_it_was_read_is_read_once_more(org: FakeOrg) -> None:
    org.learning("A")
    org.require(org.learning("B"), org.own(org.learning("C")))
    late = iter(["D"])

    def somebody_works(path: str) -> None:
        if "COUNT" in path:
            for name in late:
                org.learning(name)

    org.before = somebody_works
    held = pulled(org).graph

    assert [one.key for one in held] == ["A", "B", "C", "D"]
    assert list(held.findings) == []


def test_what_does_not_hold_still_is_told(org: FakeOrg) -> None:
    org.require(org.learning("A"), org.own(org.learning("B")))

    def somebody_works(path: str) -> None:
        if "COUNT" in path:
            org.rows["Learning"][0]["SystemModstamp"] = f"2026-09-{len(org.sent)}"

    org.before = somebody_works

    assert codes(pulled(org).graph.findings) == ["LG428"]


def test_an_org_that_does_not_count_is_read_all_the_same(org: FakeOrg) -> None:
    org.require(org.learning("A"), org.own(org.learning("B")))
    org.answers["/services/data/v66.0/query?q=SELECT%20COUNT"] = refused(400, "MALFORMED_QUERY", "no")

    (finding,) = pulled(org).graph.findings

    assert (finding.code.value, finding.severity.value) == ("LG428", "info")


# ---- as a document


def test_a_pulled_document_is_read_as_the_same_snapshot(org: FakeOrg, tmp_path: Path) -> None:
    first, second = org.learning("A", Duration=2.5), org.learning("B")
    org.grant(first, org.achievement("Skill", "Java"))
    org.require(second, org.group(first, second), MinimumNumericGrade=2)
    snapshot = pulled(org, options=lg.Options(defaults={"active": True}, external_id_field="Code__c"))

    lg.write(snapshot, tmp_path / "org.json")

    assert lg.read_snapshot(tmp_path / "org.json") == snapshot
    assert json.loads((tmp_path / "org.json").read_text(encoding="utf-8"))["salesforce"]["org"] == FACTS.id
    assert [one.active for one in snapshot.graph] == [None, None]  # what the org does not hold is not stated


def test_the_custom_fields_of_a_catalogue_are_found() -> None:
    catalogue = graph(course("A", custom_fields={"X__c": 1}), course("B", custom_fields={"Y__c": 1, "X__c": 2}))

    assert custom_fields_of(catalogue) == ("X__c", "Y__c")
