"""Real catalogues, planned whole: an order that works, nothing for what is there, and exactly what was edited."""

from functools import cache

import pytest

import learngraph as lg
from learngraph.publish.planning import PlanSettings, plan_for
from learngraph.publish.publish_plan import OrgFacts, PublishPlan, StepKind
from tests.orgs import org_of
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

_FACTS = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
_SETTINGS = {"external_id_field": "Key__c", "unknown_references": "leave_out", "defaults": {"active": True}}
#: what is wrong with the catalogues as they were scraped
_IGNORED = PlanSettings(ignore=("LG1", "LG2", "LG310", "LG311", "LG401", "LG403"))
_SIZES = {"rpi": 6536, "itu": 10790}


@cache
def _catalogue(name: str) -> lg.LearningGraph:
    grades = "itu" if name == "itu" else "us"
    return lg.read(SHARED / "catalogues" / f"{name}.jsonl", grades, settings=_SETTINGS)


def _plan(org: lg.Snapshot, graph: lg.LearningGraph) -> PublishPlan:
    return plan_for(org, graph, _FACTS, settings=_IGNORED)


@pytest.mark.parametrize("name", _SIZES)
def test_a_whole_catalogue_is_created_in_an_order_that_works(name: str) -> None:
    plan = _plan(lg.Snapshot(lg.LearningGraph()), _catalogue(name))

    made: set[str] = set()
    for step in plan.steps:
        assert len(step.items) <= 25
        for item in step.items:
            assert set(item.refers_to) <= made
        made.update(step.keys)
    assert len(made) == _SIZES[name]
    assert plan.unsafe == ()
    assert {step.kind for step in plan.steps} <= {StepKind.CREATE, StepKind.CLOSE}


@pytest.mark.parametrize("name", _SIZES)
def test_what_is_there_needs_nothing_and_one_percent_of_edits_is_exactly_those(name: str) -> None:
    graph = _catalogue(name)
    org = org_of(graph)
    assert _plan(org, graph).is_empty

    edited = graph.copy()
    keys = [one.key for one in graph][::100]
    for key in keys:
        edited.replace(graph[key].replaced(description="Edited."))
    plan = _plan(org, edited)

    assert [item.key for _, item in plan.items] == keys
    assert {item.why for _, item in plan.items} == {("description: 'Edited.' is set",)}
    assert plan.unsafe == ()
