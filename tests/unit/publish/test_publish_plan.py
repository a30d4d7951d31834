import json
from typing import Any

import pytest

from learngraph.model.value import FrozenMap
from learngraph.publish.publish_plan import (
    Item,
    OrgFacts,
    PublishPlan,
    Step,
    StepKind,
    digest_of,
    key_of_placeholder,
    placeholder,
)

_ORG = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")


def _plan(**parts: Any) -> PublishPlan:
    body = {
        "learning": {"type": "Learning Course", "name": "${A}"},
        "prerequisites": [
            {"type": "Single Achievement", "learningId": placeholder("A")},
            {"type": "Group Achievement", "achievementContributors": [{"id": placeholder("C"), "type": "Learning"}]},
        ],
    }
    step = Step(StepKind.CREATE, (Item("B", FrozenMap(body), why=("is new",)),), "POST")
    return PublishPlan(_ORG, **{"steps": (step,), **parts})


@pytest.mark.parametrize("key", ["CS 601", "a}b", "${A}", "\n", "數學"])
def test_a_placeholder_names_its_key_whatever_that_is(key: str) -> None:
    assert key_of_placeholder(placeholder(key)) == key


def test_an_item_refers_to_what_its_ids_stand_for_and_to_no_name_that_looks_like_one() -> None:
    (_, item), *_ = _plan().items

    assert item.refers_to == ("A", "C")


def test_a_body_is_filled_with_the_ids_of_what_was_made() -> None:
    (_, item), *_ = _plan().items

    filled = item.filled({"A": "0tyA", "C": "0tyC"})

    assert filled["learning"]["name"] == "${A}"
    assert filled["prerequisites"][0]["learningId"] == "0tyA"
    assert filled["prerequisites"][1]["achievementContributors"] == [{"id": "0tyC", "type": "Learning"}]
    with pytest.raises(KeyError):
        item.filled({"A": "0tyA"})


def test_a_plan_without_steps_is_a_plan() -> None:
    assert PublishPlan(_ORG).is_empty
    assert "nothing to do" in repr(PublishPlan(_ORG))
    assert not _plan().is_empty


def test_a_digest_changes_with_whatever_is_sent_and_with_the_org() -> None:
    digests = {
        _plan().digest,
        PublishPlan(_ORG).digest,
        _plan(fingerprint={"A": "x"}).digest,
        _plan(unsafe=("too much",)).digest,
        PublishPlan(OrgFacts(_ORG.id, _ORG.name, sandbox=False, api_version="66.0"), steps=_plan().steps).digest,
    }

    assert len(digests) == 5
    assert _plan().digest == _plan().digest


def test_a_plan_is_json_that_says_its_format() -> None:
    record = json.loads(json.dumps(_plan().to_json()))

    assert record["format"] == "learngraph-plan/1"
    assert record["steps"][0]["items"][0]["body"]["prerequisites"][0]["learningId"] == "${A}"
    assert digest_of(record) == _plan().digest


def test_production_is_told_in_capitals() -> None:
    assert _ORG.banner == "Quenbeck (00D000000000001EAA), sandbox"
    assert "PRODUCTION" in OrgFacts("00D", "Quenbeck", sandbox=False, api_version="66.0").banner
