"""Digests of what an org holds of a learning: changed by what concerns it, and by nothing else."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.fingerprints import fingerprints
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem
from tests.builders import course, graph
from tests.property.documented_org import record_id

_ONE, _TWO = record_id("0ty", 1), record_id("0ty", 2)
_BADGE, _GROUP, _OWN = (record_id("0u9", number) for number in (1, 2, 3))


def _snapshot(
    *others: lg.Learning, key: str = "A", items: tuple[FoundationItem, ...] = (),
    outcomes: tuple[OutcomeItem, ...] = (), **fields: Any,
) -> lg.Snapshot:  # fmt: skip
    usual = {"outcomes": [{"achievement": _BADGE}], "salesforce": {"learning_id": _ONE}, "duration": 4}
    one = course("A", **{**usual, **fields}).replaced(key=key)
    item = FoundationItem(record_id("0ww", 1), lg.Relation.PREREQUISITE, _OWN, "LearningCourse", (Grantor(_TWO),), 2)
    there = (OutcomeItem(record_id("0uE", 1), _BADGE),)
    return lg.Snapshot(graph(one, *others), {key: items or (item,)}, {key: (*there, *outcomes)})


_USUAL = fingerprints(_snapshot(), [_ONE])


@pytest.mark.parametrize(
    "snapshot",
    [
        pytest.param(_snapshot(key="x"), id="another key"),
        pytest.param(_snapshot(course("B", salesforce={"learning_id": _TWO})), id="beside others"),
        pytest.param(_snapshot(duration=4.0), id="a number written otherwise"),
        pytest.param(_snapshot(description=""), id="a nothing written otherwise"),
        pytest.param(_snapshot(outcomes=(OutcomeItem(record_id("0uE", 9), _GROUP),)), id="what a group laid on it"),
        pytest.param(_snapshot(salesforce={"learning_id": _ONE[:15]}), id="a short id"),
    ],
)
def test_what_is_the_same_has_the_same_fingerprint(snapshot: lg.Snapshot) -> None:
    assert fingerprints(snapshot, [_ONE[:15]]) == _USUAL


@pytest.mark.parametrize(
    "snapshot",
    [
        pytest.param(_snapshot(name="New"), id="a field"),
        pytest.param(_snapshot(active=False), id="a flag"),
        pytest.param(_snapshot(custom_fields={"a__c": 1}), id="a custom field"),
        pytest.param(_snapshot(external_id="E"), id="an external id"),
        pytest.param(
            _snapshot(items=(FoundationItem(record_id("0ww", 2), lg.Relation.PREREQUISITE, _OWN),)), id="another item"
        ),
        pytest.param(
            _snapshot(items=(FoundationItem(record_id("0ww", 1), lg.Relation.COREQUISITE, _OWN),)), id="a relation"
        ),
        pytest.param(
            _snapshot(outcomes=(OutcomeItem(record_id("0uE", 9), _OWN, primary=True),)), id="a primary outcome"
        ),
        pytest.param(_snapshot(outcomes=(OutcomeItem(record_id("0uE", 9), _BADGE),)), id="an outcome twice"),
    ],
)
def test_what_changed_has_another_fingerprint(snapshot: lg.Snapshot) -> None:
    assert fingerprints(snapshot, [_ONE]) != _USUAL


def test_a_record_that_is_gone_has_none() -> None:
    assert list(fingerprints(_snapshot(), [_ONE, _TWO])) == [_ONE]


def test_a_provider_is_told_by_its_account_and_not_by_what_it_is_called() -> None:
    account = record_id("001", 1)
    called = [
        lg.Snapshot(
            graph(
                course("A", provider=name, salesforce={"learning_id": _ONE}),
                providers=[lg.Provider(key=name, record_id=account)],
            )
        )
        for name in ("ACME", f"ACME ({account})")
    ]

    one, other = (fingerprints(snapshot, [_ONE]) for snapshot in called)

    assert one == other
