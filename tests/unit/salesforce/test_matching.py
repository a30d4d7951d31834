"""Which wanted learning is which learning of the org."""

import json
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from learngraph.salesforce.matching import match
from tests.builders import codes, course, graph
from tests.property.documented_org import DocumentedOrg, record_id

_ONE, _TWO, _GONE = record_id("0ty", 1), record_id("0ty", 2), record_id("0ty", 9)


def _held(key: str, identity: str | None = None, **fields: Any) -> lg.Course:
    return course(key, salesforce={"learning_id": identity}, **fields)


_ORG = lg.Snapshot(graph(_held("one", _ONE, external_id="E-1"), _held("two", _TWO, external_id="E-2")))


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        pytest.param(_held("X", _ONE), "one", id="by record"),
        pytest.param(_held("X", _ONE[:15]), "one", id="by a record of 15 characters"),
        pytest.param(lg.Course(key=_ONE), "one", id="by a key that is a record"),
        pytest.param(course("X", external_id="E-2"), "two", id="by external id"),
        pytest.param(course("E-2"), "two", id="by a key that is the external id"),
        pytest.param(course("two"), "two", id="by key"),
        pytest.param(_held("two", _ONE, external_id="E-2"), "one", id="a record before external id and key"),
        pytest.param(course("two", external_id="E-1"), "one", id="an external id before the key"),
        pytest.param(course("two", external_id="E-9"), "two", id="the key where the external id is unknown"),
    ],
)
def test_learnings_are_matched_by_record_then_external_id_then_key(wanted: lg.Course, held: str) -> None:
    matches = match(_ORG, graph(wanted))

    assert matches.held == {wanted.key: held}
    assert (matches.new, matches.findings) == ([], [])


def test_what_matches_nothing_is_new() -> None:
    matches = match(_ORG, graph(course("three")))

    assert (matches.held, matches.new, matches.findings) == ({}, ["three"], [])


@pytest.mark.parametrize(
    "wanted", [pytest.param(_held("X", _GONE), id="stated"), pytest.param(lg.Course(key=_GONE), id="its key")]
)
def test_a_record_that_the_org_does_not_hold_is_an_error_and_not_new(wanted: lg.Course) -> None:
    matches = match(_ORG, graph(wanted))

    assert (matches.held, matches.new) == ({}, [])
    assert [finding.severity for finding in matches.findings] == [lg.Severity.ERROR]
    assert matches.findings[0].keys == (wanted.key,)


def test_a_record_that_is_gone_is_not_looked_for_by_key() -> None:
    matches = match(_ORG, graph(_held("two", _GONE)))

    assert matches.held == {}
    assert len(matches.findings) == 1


def test_two_wanted_learnings_for_one_record_are_an_error() -> None:
    matches = match(_ORG, graph(_held("X", _ONE), course("Y", external_id="E-1")))

    assert matches.held == {"X": "one"}
    assert codes(matches.findings) == ["LG419"]
    assert matches.findings[0].keys[0] == "Y"
    assert "X" in matches.findings[0].message


def test_one_external_id_of_two_records_is_an_error() -> None:
    org = lg.Snapshot(graph(_held("one", _ONE, external_id="E"), _held("two", _TWO, external_id="E")))

    matches = match(org, graph(course("X", external_id="E")))

    assert (matches.held, matches.new) == ({}, [])
    assert codes(matches.findings) == ["LG419"]


def test_external_ids_are_found_in_the_field_that_the_catalogue_names(tmp_path: Path) -> None:
    org = DocumentedOrg()
    stated = {"type": "Learning Course", "name": "About X", "learningCourseCustomFields": {"Id__c": "X-1"}}
    [identity] = org.post({"learnings": [{"learning": stated}]})
    path = tmp_path / "org.json"
    path.write_text(json.dumps(org.answers()), encoding="utf-8")
    wanted = graph(course("X", external_id="X-1", active=True), options={"external_id_field": "Id__c"})

    bodies = lg.patch_bodies(lg.read_snapshot(path), wanted)

    expected = {"learningId": identity, "type": "Learning Course", "active": True}
    assert [one["learning"] for body in bodies for one in body["learnings"]] == [expected]
