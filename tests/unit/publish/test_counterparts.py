"""Providers and achievements of one org, and no ids of another one."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.counterparts import with_records, without_foreign_ids
from tests.builders import codes, course, graph
from tests.property.documented_org import record_id

_OURS, _THEIRS = "00D000000000001EAA", "00D000000000002EAA"
_COURSE, _BADGE, _ACCOUNT = record_id("0ty", 1), record_id("0u9", 1), record_id("001", 1)
_OTHER_BADGE = record_id("0u9", 2)


def _pulled(*learnings: lg.Learning, **parts: Any) -> lg.LearningGraph:
    return graph(*learnings, org=lg.OrgStamp(org=_THEIRS), **parts)


def test_ids_of_another_org_are_taken_out_and_what_they_named_is_named_by_key() -> None:
    one = course("A", salesforce={"learning_id": _COURSE, "course_id": record_id("0vY", 1)})
    trees = [{"any": [_COURSE, "C"]}, {"at_least": 1, "of": [_COURSE, {"all": ["C", {"condition": "consent"}]}]}]
    other = course("B", *trees, outcomes=[{"achievement": _BADGE}], provider="acme")
    pulled = _pulled(
        one, other, course("C"),
        achievements=[lg.Achievement(key="badge", record_id=_BADGE)],
        providers=[lg.Provider(key="acme", record_id=_ACCOUNT)],
    )  # fmt: skip

    bare, findings = without_foreign_ids(pulled, _OURS)

    assert findings == ()
    assert bare["A"].salesforce == lg.RecordIds()
    consent = lg.AllOf("C", lg.Condition("consent"))
    assert bare["B"].prerequisites == (lg.AnyOf("A", "C"), lg.AtLeast(1, ["A", consent]))
    assert bare["B"].outcomes[0].achievement == "badge"
    assert bare.achievements["badge"].record_id is None
    assert bare.providers[0].record_id is None


@pytest.mark.parametrize(
    "learning",
    [
        pytest.param(lg.Course(key=_COURSE), id="a key"),
        pytest.param(course("A", _COURSE), id="a need"),
        pytest.param(course("A", outcomes=[{"achievement": _BADGE}]), id="an outcome"),
        pytest.param(course("A", provider=_ACCOUNT), id="a provider"),
    ],
)
def test_what_is_known_by_an_id_of_another_org_alone_is_an_error(learning: lg.Learning) -> None:
    _, findings = without_foreign_ids(_pulled(learning), _OURS)

    assert codes(findings) == ["LG314"]


@pytest.mark.parametrize("org", [None, _OURS, _OURS[:15]])
def test_ids_of_this_org_and_of_no_org_stay(org: str | None) -> None:
    ours = graph(course("A", salesforce={"learning_id": _COURSE}), org=lg.OrgStamp(org=org))

    assert without_foreign_ids(ours, _OURS) == (ours, ())


def _org(**parts: Any) -> lg.Snapshot:
    return lg.Snapshot(graph(**parts))


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(lg.Provider(key="acme", record_id=_ACCOUNT), id="by its key, an external id"),
        pytest.param(lg.Provider(key=_ACCOUNT, name="ACME  state"), id="by its name"),
    ],
)
def test_providers_are_found(held: lg.Provider) -> None:
    wanted = graph(course("A", provider="acme"), providers=[lg.Provider(key="acme", name="ACME State")])

    found = with_records(wanted, _org(providers=[held]))

    assert found.graph.providers[0].record_id == _ACCOUNT


def test_a_provider_that_only_a_learning_names_is_found_too() -> None:
    found = with_records(
        graph(course("A", provider="ACME")), _org(providers=[lg.Provider(key="x", name="ACME", record_id=_ACCOUNT)])
    )

    assert found.graph.providers == (lg.Provider(key="ACME", record_id=_ACCOUNT),)


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        pytest.param({"name": "The badge"}, {"name": "the badge"}, id="by its name"),
        pytest.param({}, {"name": "badge"}, id="by its key, the name there"),
        pytest.param({"kind": "Skill"}, {"name": "badge", "kind": "skill"}, id="of the same kind"),
    ],
)
def test_achievements_are_found_by_name(wanted: dict[str, str], held: dict[str, str]) -> None:
    graph_ = graph(achievements=[lg.Achievement(key="badge", **wanted)])

    found = with_records(graph_, _org(achievements=[lg.Achievement(key=_BADGE, record_id=_BADGE, **held)]))

    assert found.graph.achievements["badge"].record_id == _BADGE
    assert found.missing == ()


@pytest.mark.parametrize(
    "held",
    [
        pytest.param({"name": "badge", "kind": "LearningCourse"}, id="a course's own"),
        pytest.param({"name": "badge", "kind": "AchievementGroup"}, id="a group"),
        pytest.param({"name": "badge", "kind": "Skill"}, id="of another kind"),
        pytest.param({"name": "badges"}, id="of another name"),
    ],
)
def test_an_achievement_that_the_org_lacks_is_missing(held: dict[str, str]) -> None:
    wanted = graph(achievements=[lg.Achievement(key="badge", kind="Custom")])

    found = with_records(wanted, _org(achievements=[lg.Achievement(key=_BADGE, record_id=_BADGE, **held)]))

    assert [one.key for one in found.missing] == ["badge"]
    assert found.graph == wanted


def test_an_outcome_that_nothing_declares_is_found_or_missing() -> None:
    wanted = graph(course("A", outcomes=[{"achievement": "badge"}, {"achievement": "other"}]))

    found = with_records(wanted, _org(achievements=[lg.Achievement(key=_BADGE, name="badge", record_id=_BADGE)]))

    assert found.graph.achievements["badge"].record_id == _BADGE
    assert [one.key for one in found.missing] == ["other"]
    assert "other" not in found.graph.achievements


def test_two_achievements_of_one_name_are_a_finding_and_none_is_made() -> None:
    held = [lg.Achievement(key=one, name="badge", record_id=one) for one in (_BADGE, _OTHER_BADGE)]

    found = with_records(graph(achievements=[lg.Achievement(key="badge")]), _org(achievements=held))

    assert codes(found.findings) == ["LG419"]
    assert found.missing == ()
