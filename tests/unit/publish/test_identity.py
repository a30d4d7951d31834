"""Which learning is which record: told by what both say, and never guessed."""

from datetime import date
from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.identity import ORDER, Way, identify
from tests.builders import codes, course, graph, program
from tests.property.documented_org import record_id

_ONE, _TWO, _GONE = record_id("0ty", 1), record_id("0ty", 2), record_id("0ty", 9)


def _cs(key: str, number: str, **fields: Any) -> lg.Course:
    return course(key, **{"subject_abbreviation": "CS", "course_number": number, "name": f"Course {number}", **fields})


_ORG = lg.Snapshot(
    graph(
        _cs("one", "101", external_id="E-1", salesforce={"learning_id": _ONE}),
        _cs("two", "102", name="Logic & Sets", salesforce={"learning_id": _TWO}),
    )
)


@pytest.mark.parametrize(
    ("wanted", "held", "way"),
    [
        pytest.param(course("X", salesforce={"learning_id": _ONE}), "one", Way.RECORD_ID, id="record"),
        pytest.param(course("X", salesforce={"learning_id": _ONE[:15]}), "one", Way.RECORD_ID, id="15 characters"),
        pytest.param(lg.Course(key=_TWO), "two", Way.RECORD_ID, id="a key that is the record"),
        pytest.param(course("X", external_id="E-1"), "one", Way.EXTERNAL_ID, id="external id"),
        pytest.param(course("E-1"), "one", Way.EXTERNAL_ID, id="a key that is the external id"),
        pytest.param(course("in the file"), "two", Way.IDS_FILE, id="ids file"),
        pytest.param(_cs("X", "102", subject_abbreviation="cs"), "two", Way.SUBJECT_AND_NUMBER, id="subject, number"),
        pytest.param(course("X", name="logic  &amp; sets"), "two", Way.NAME, id="name"),
        pytest.param(_cs("E-1", "102"), "one", Way.EXTERNAL_ID, id="an external id before subject and number"),
        pytest.param(_cs("in the file", "101"), "two", Way.IDS_FILE, id="the ids file before subject and number"),
    ],
)
def test_a_learning_is_found_by_the_surest_way_that_there_is(wanted: lg.Course, held: str, way: Way) -> None:
    found = identify(_ORG, graph(wanted), ids={"in the file": _TWO})

    assert found.held == {wanted.key: held}
    assert found.how == {wanted.key: way}
    assert (found.new, found.findings) == ((), ())


def test_the_order_of_the_ways_is_a_setting() -> None:
    wanted = graph(_cs("E-1", "102"))

    by_number = identify(_ORG, wanted, order=(Way.RECORD_ID, Way.SUBJECT_AND_NUMBER, Way.EXTERNAL_ID))

    assert by_number.held == {"E-1": "two"}
    assert identify(_ORG, wanted, order=(Way.RECORD_ID,)).new == ("E-1",)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(program("X", name="Course 101"), id="of another type"),
        pytest.param(_cs("X", "201", name="Course 101"), id="one name, another number"),
        pytest.param(_cs("X", "201"), id="nothing alike"),
    ],
)
def test_what_contradicts_is_not_the_same(wanted: lg.Learning) -> None:
    found = identify(_ORG, graph(wanted))

    assert (found.held, found.new, found.findings) == ({}, ("X",), ())


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(_cs("X", "101", external_id="E-9"), id="another external id"),
        pytest.param(course("CS 101", name="Anything"), id="a key that reads like it"),
    ],
)
def test_what_is_new_and_looks_like_a_record_is_a_warning(wanted: lg.Learning) -> None:
    found = identify(_ORG, graph(wanted))

    assert found.new == (wanted.key,)
    assert [(one.code, one.severity) for one in found.findings] == [(lg.Code.TWO_CANDIDATES, lg.Severity.WARNING)]
    assert found.findings[0].keys == (wanted.key, "one")


def _version(key: str, identity: str, start: int | None, end: int | None, **fields: Any) -> lg.Course:
    period = {"active_from": start and date(start, 9, 1), "active_to": end and date(end, 8, 31)}
    return _cs(key, "101", salesforce={"learning_id": identity}, **period, **fields)


_VERSIONS = lg.Snapshot(graph(_version("old", _ONE, 2020, 2024), _version("new", _TWO, 2024, None)))


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        pytest.param(2021, 2023, "old", id="inside the old period"),
        pytest.param(2025, None, "new", id="inside the new period"),
        pytest.param(None, 2023, "old", id="an end before the new period"),
    ],
)
def test_versions_of_a_course_are_told_apart_by_their_periods(start: int, end: int, held: str) -> None:
    wanted = _version("X", "", start, end).replaced(salesforce={})

    assert identify(_VERSIONS, graph(wanted)).held == {"X": held}


def test_a_version_that_starts_when_all_others_have_ended_is_new() -> None:
    old = lg.Snapshot(graph(_version("old", _ONE, 2020, 2024)))
    wanted = _version("X", "", 2024, None).replaced(salesforce={})

    assert identify(old, graph(wanted)).new == ("X",)


def test_two_candidates_are_a_finding_and_never_a_guess() -> None:
    wanted = _cs("X", "101")

    found = identify(_VERSIONS, graph(wanted))

    assert (found.held, found.new) == ({}, ())
    assert codes(found.findings) == ["LG419"]
    assert found.findings[0].severity is lg.Severity.ERROR
    assert _ONE in found.findings[0].message
    assert _TWO in found.findings[0].message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(_cs("X", "101"), _cs("Y", "101"), id="by subject and number"),
        pytest.param(
            course("X", salesforce={"learning_id": _ONE}), course("Y", salesforce={"learning_id": _ONE}), id="by record"
        ),
        pytest.param(course("X", external_id="E-1"), course("Y", external_id="E-1"), id="by external id"),
        pytest.param(course("X", salesforce={"learning_id": _ONE}), course("E-1"), id="by record and external id"),
    ],
)
def test_two_learnings_for_one_record_are_a_finding(one: lg.Course, other: lg.Course) -> None:
    found = identify(_ORG, graph(one, other))

    assert other.key not in found.held
    assert other.key not in found.new
    assert set(codes(found.findings)) == {"LG419"}


def test_a_record_that_a_surer_way_found_is_no_candidate_of_another() -> None:
    found = identify(_ORG, graph(_cs("X", "101"), course("E-1")))

    assert found.held == {"E-1": "one"}
    assert found.new == ("X",)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        pytest.param(course("X", salesforce={"learning_id": _GONE}), {}, id="stated"),
        pytest.param(course("X"), {"X": _GONE}, id="of the ids file"),
    ],
)
def test_a_stated_record_that_the_org_does_not_show_is_an_error_and_not_new(
    wanted: lg.Course, ids: dict[str, str]
) -> None:
    found = identify(_ORG, graph(wanted), ids=ids)

    assert (found.held, found.new) == ({}, ())
    assert [(one.code.value, one.severity) for one in found.findings] == [("LG414", lg.Severity.ERROR)]


def test_all_ways_are_in_the_usual_order() -> None:
    assert set(ORDER) == set(Way)
    assert [way.words for way in ORDER][:2] == ["record id", "external id"]
