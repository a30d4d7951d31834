"""Plans as files: read back as they were written, or refused by name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.plan_files import plan_of, plan_text
from learngraph.publish.planning import PlanSettings, plan_for
from learngraph.publish.publish_plan import OrgFacts, digest_of
from tests.builders import course, graph

_FACTS = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
_WANTED = graph(
    course(
        "A", {"any": ["B", {"need": "C", "minimum_grade": 2.5}]}, name="\ud83d half", duration=4.0, duration_unit="x"
    ),
    course("B", corequisites=["C"], custom_fields={"a__c": [1, None, {"b": True}]}),
    course("C", corequisites=["B"], outcomes=[{"achievement": "badge"}], provider="acme"),
    places={"A": lg.Place("a.json", 3, "learnings[0]")},
)
_PLAN = plan_for(lg.Snapshot(graph()), _WANTED, _FACTS, settings=PlanSettings(create_achievements=True))


def test_a_plan_that_was_written_is_read_as_the_same_plan(tmp_path: Path) -> None:
    lg.write_plan(_PLAN, tmp_path / "plan.json")

    again = lg.read_plan(tmp_path / "plan.json")

    assert again == _PLAN
    assert again.digest == _PLAN.digest
    assert plan_text(again) == plan_text(_PLAN)
    assert _PLAN.findings


def _altered(change: Callable[[dict[str, Any]], Any], *, sealed: bool = False) -> str:
    record = json.loads(plan_text(_PLAN))
    change(record)
    if sealed:
        del record["digest"]
        record["digest"] = digest_of(record)
    return json.dumps(record)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda record: record["org"].update(id="00D000000000002EAA"), id="another org"),
        pytest.param(lambda record: record.update(unsafe=[]) or record.update(more=1), id="a property more"),
        pytest.param(lambda record: record["steps"].pop(), id="a step less"),
        pytest.param(lambda record: record["steps"][1]["items"][0]["body"].clear(), id="an empty body"),
        pytest.param(lambda record: record.pop("digest"), id="no digest"),
        pytest.param(lambda record: record.update(digest=1), id="a digest that is a number"),
        pytest.param(lambda record: record["steps"][0].update(items=[float("nan")]), id="no number of JSON"),
    ],
)
def test_a_plan_that_was_altered_is_refused(change: Callable[[dict[str, Any]], Any]) -> None:
    with pytest.raises(lg.AlteredPlanError, match="make the plan again"):
        plan_of(_altered(change))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda record: record["steps"][1].update(method="DELETE"), id="another method"),
        pytest.param(lambda record: record["steps"][1].update(path="/sobjects/User"), id="another path"),
        pytest.param(lambda record: record["steps"][1].update(kind="destroy"), id="another kind"),
        pytest.param(lambda record: record["steps"][1].update(items=[]), id="a step without items"),
        pytest.param(lambda record: record["steps"][1].update(items=[[]]), id="an item that is a list"),
        pytest.param(lambda record: record["steps"][1]["items"][0].update(body=[]), id="a body that is a list"),
        pytest.param(lambda record: record["org"].update(sandbox="no"), id="a flag that is text"),
        pytest.param(lambda record: record["org"].pop("name"), id="no name of the org"),
        pytest.param(lambda record: record.update(records=[]), id="records that are a list"),
        pytest.param(lambda record: record.update(unmanaged={}), id="a list that is an object"),
        pytest.param(lambda record: record["findings"][0].update(code="LG999"), id="an unknown code"),
        pytest.param(lambda record: record["findings"][0].update(keys=[1]), id="a key that is a number"),
    ],
)
def test_a_plan_of_another_shape_is_refused_even_where_the_digest_is_right(
    change: Callable[[dict[str, Any]], Any],
) -> None:
    with pytest.raises(lg.AlteredPlanError, match="shape"):
        plan_of(_altered(change, sealed=True))


def test_a_property_that_is_written_twice_is_refused() -> None:
    text = plan_text(_PLAN).replace('"format"', '"format": "x", "format"', 1)

    with pytest.raises(lg.AlteredPlanError, match="twice"):
        plan_of(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("{", "is not JSON", id="no JSON"),
        pytest.param("[]", "is no plan", id="a list"),
        pytest.param("{}", "is no plan", id="no format"),
        pytest.param('{"format": "learngraph/1"}', "learngraph-plan/1", id="a document"),
        pytest.param('{"format": "learngraph-plan/2"}', "this version reads", id="a later format"),
    ],
)
def test_what_is_no_plan_is_told_with_its_name(text: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")

    with pytest.raises(lg.ReadError, match=fault) as raised:
        lg.read_plan(tmp_path / "plan.json")

    assert raised.value.place.file.endswith("plan.json")
