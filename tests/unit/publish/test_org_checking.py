"""Can this user publish to this org? Every no names what mends it, and nothing is changed by asking."""

from dataclasses import replace
from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.org_checking import QUESTIONS, OrgCheck, check_org
from learngraph.publish.org_sight import fault_of
from learngraph.publish.refusals import OrgError
from learngraph.salesforce.wire import Response
from tests.builders import codes, course, graph, program
from tests.fake_org import FACTS, TYPES, FakeOrg, answered, refused

_UNIQUE = {"externalId": True, "unique": True}
_RESOURCE = "/services/data/v66.0/connect"
_LIMITS = "/services/data/v66.0/limits"


def ready() -> FakeOrg:
    org = FakeOrg(answers={_LIMITS: {"DailyApiRequests": {"Max": 100_000, "Remaining": 90_000}}})
    org.configure()
    org.require(org.learning("A"), org.own(org.learning("B")))
    org.described = {"LearningCourse.Code__c": _UNIQUE, "LearningProgram.Code__c": _UNIQUE}
    return org


CATALOGUE = graph(
    course("A", lg.AnyOf("B", "BS"), duration=3, duration_unit="Credit Hours", academic_level="Graduate"),
    course("B", field_of_study="Science", skills=["Java"]),
    program("BS"),
    options={"external_id_field": "Code__c"},
)


def checked(org: FakeOrg, catalogue: lg.LearningGraph | None = CATALOGUE) -> OrgCheck:
    return check_org(org, facts=FACTS, graph=catalogue)


@pytest.mark.parametrize("catalogue", [CATALOGUE, None], ids=["a catalogue", "any catalogue"])
def test_an_org_that_is_ready_is_ready(catalogue: lg.LearningGraph | None) -> None:
    org = ready()

    found = checked(org, catalogue)

    assert list(found.findings) == []
    assert found.ok
    assert [row[1] for row in found.table.rows] == ["yes"] * len(QUESTIONS)
    assert {request.method for request in org.sent} == {"GET"}
    assert len(org.sent) < 15


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        pytest.param(answered({"learning": {}}), "", id="an answer"),
        pytest.param(refused(404, "INVALID_ID_FIELD", "Invalid identifier: x"), "", id="no such learning"),
        pytest.param(refused(400, "MALFORMED_ID", "x"), "", id="a fault of the id"),
        pytest.param(refused(404, "NOT_FOUND", "The requested resource does not exist"), "path", id="no such path"),
        pytest.param(Response(404, b"<html>"), "path", id="a page of markup"),
        pytest.param(refused(403, "FUNCTIONALITY_NOT_ENABLED", "x"), "FUNCTIONALITY_NOT_ENABLED", id="switched off"),
        pytest.param(Response(503), "HTTP 503", id="maintenance"),
        pytest.param(Response(400, b"?"), "HTTP 400", id="no reason"),
    ],
)
def test_a_resource_answers_where_it_knows_that_there_is_no_such_learning(response: Response, fault: str) -> None:
    said = fault_of(response)

    assert bool(said) == bool(fault)
    assert fault in said


def test_a_resource_whose_path_is_not_known_is_told() -> None:
    org = ready()
    org.answers[_RESOURCE] = refused(404, "NOT_FOUND", "The requested resource does not exist")

    (finding,) = checked(org).findings

    # some orgs may say the same of a learning that nobody has
    assert (finding.code.value, finding.severity.value) == ("LG501", "warning")

    org.hidden.add("LearningAchievementConfig")
    assert [one.severity.value for one in checked(org).findings if one.code == "LG501"] == ["error"]


def test_a_resource_that_is_switched_off_is_an_error() -> None:
    org = ready()
    org.answers[_RESOURCE] = refused(403, "FUNCTIONALITY_NOT_ENABLED", "x")

    assert [(one.code.value, one.severity.value) for one in checked(org).findings] == [("LG501", "error")]


@pytest.mark.parametrize("kind", ["LearningCourse", "LearningProgram", "AchievementGroup", "Skill"])
def test_an_achievement_type_that_is_needed_must_be_configured(kind: str) -> None:
    org = ready()
    org.rows["LearningAchievementConfig"] = []
    org.configure(*(one for one in TYPES if one != kind))

    (finding,) = checked(org).findings

    assert (finding.code.value, finding.cause) == ("LG502", kind)
    assert "Setup" in finding.hint


def test_a_type_that_nothing_needs_may_be_missing() -> None:
    org = ready()
    org.rows["LearningAchievementConfig"] = []
    org.configure("LearningCourse")

    assert codes(checked(org, graph("A", "B")).findings) == []


def test_types_that_cannot_be_seen_are_a_warning() -> None:
    org = ready()
    org.hidden.add("LearningAchievementConfig")

    assert [(one.code.value, one.severity.value) for one in checked(org).findings] == [("LG502", "warning")]


@pytest.mark.parametrize(
    "name", ["LearningFoundationItem", "LearningOutcomeItem", "LearningOutcomeItem.IsPrimary", "LearningCourse"]
)
def test_what_has_to_be_compared_must_be_readable(name: str) -> None:
    org = ready()
    org.hidden.add(name)

    (finding,) = [one for one in checked(org).findings if one.code == "LG503"]

    assert finding.cause == name
    assert "Object Settings" in finding.hint


def test_programs_need_not_be_readable_where_there_are_none() -> None:
    org = ready()
    org.hidden.add("LearningProgram")

    assert codes(checked(org, graph("A")).findings) == []


@pytest.mark.parametrize(
    ("described", "hidden"),
    [
        pytest.param({"Learning.Duration": {"createable": False}}, (), id="not createable"),
        pytest.param({"Learning.Duration": {"updateable": False}}, (), id="not updateable"),
        pytest.param({}, ("Learning.Duration",), id="not visible"),
    ],
)
def test_a_field_that_is_stated_must_be_editable(described: Any, hidden: Any) -> None:
    org = ready()
    org.described |= described
    org.hidden |= set(hidden)

    (finding,) = checked(org).findings

    assert (finding.code.value, finding.cause, finding.severity.value) == ("LG504", "Learning.Duration", "error")
    assert codes(checked(org, graph("A")).findings) == []  # which states no duration


def test_a_custom_field_that_is_stated_must_be_there() -> None:
    catalogue = graph(course("A", custom_fields={"Campus__c": "North"}))

    (finding,) = checked(ready(), catalogue).findings

    assert (finding.code.value, finding.cause) == ("LG504", "LearningCourse.Campus__c")


def test_a_field_that_is_stated_twice_is_told_once() -> None:
    org = ready()
    org.hidden.add("LearningCourse.CourseNumber")

    (finding,) = checked(org, graph(course("A", course_number=1, custom_fields={"CourseNumber": 2}))).findings

    assert (finding.code.value, finding.cause) == ("LG504", "LearningCourse.CourseNumber")


@pytest.mark.parametrize(
    ("described", "fault"),
    [
        pytest.param({}, "not there", id="not there"),
        pytest.param({"externalId": True}, "is not unique", id="not unique"),
        pytest.param({"unique": True}, "is not an external id", id="no external id"),
        pytest.param({**_UNIQUE, "createable": False}, "is not editable", id="not editable"),
    ],
)
def test_an_external_id_must_be_unique_and_one(described: Any, fault: str) -> None:
    org = ready()
    del org.described["LearningProgram.Code__c"]
    if described:
        org.described["LearningProgram.Code__c"] = described

    (finding,) = checked(org).findings

    assert (finding.code.value, finding.cause) == ("LG505", "LearningProgram.Code__c")
    assert fault in finding.message


@pytest.mark.parametrize(("restricted", "severity"), [(True, "error"), (False, "warning")])
def test_a_value_must_be_in_the_orgs_own_picklist(restricted: bool, severity: str) -> None:  # noqa: FBT001 - a row of the table
    org = ready()
    values = [{"value": "Master", "active": True}, {"value": "Graduate", "active": False}, {"value": None}, "x"]
    org.described["Learning.AcademicLevel"] = {"picklistValues": values, "restrictedPicklist": restricted}

    found = checked(org)

    assert [(one.code.value, one.severity.value, one.keys) for one in found.findings] == [("LG506", severity, ("A",))]
    assert lg.Dialect(value_sets=found.value_sets).value_sets == {"academic_level": ("Master",)}


def test_learnings_without_any_requirement_may_be_hidden_ones() -> None:
    org = ready()
    org.rows["LearningFoundationItem"] = []

    found = checked(org)

    assert codes(found.findings) == ["LG507"]
    assert found.hides_requirements
    assert found.ok


def test_an_org_without_learnings_hides_nothing() -> None:
    org = FakeOrg(answers={})
    org.configure()

    assert codes(checked(org, graph("A")).findings) == []


def test_api_calls_that_may_not_last_are_told() -> None:
    org = ready()
    org.answers[_LIMITS] = {"DailyApiRequests": {"Max": 15_000, "Remaining": 102}}

    assert codes(checked(org).findings) == ["LG508"]
    assert codes(checked(org, graph("A")).findings) == []


@pytest.mark.parametrize("limits", [{}, [], {"DailyApiRequests": 7}, {"DailyApiRequests": {"Remaining": "x"}}])
def test_limits_that_are_not_told_are_no_fault(limits: object) -> None:
    org = ready()
    org.answers[_LIMITS] = limits

    assert list(checked(org).findings) == []


def test_production_is_told() -> None:
    found = check_org(ready(), facts=replace(FACTS, sandbox=False), graph=CATALOGUE)

    assert codes(found.findings) == ["LG509"]
    assert found.ok
    assert "PRODUCTION" in repr(found)


def test_an_org_that_takes_no_request_at_all_is_no_finding() -> None:
    org = ready()
    org.answers["/services/data"] = refused(401, "INVALID_SESSION_ID", "x")

    with pytest.raises(OrgError):
        checked(org)
