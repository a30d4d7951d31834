import pickle
from typing import Any

import pytest

import learngraph as lg
from learngraph import Taken, Transcript

_US = lg.GradeScale.named("us")


@pytest.mark.parametrize(
    ("fields", "passed", "points"),
    [
        pytest.param({}, True, None, id="nothing stated"),
        pytest.param({"grade": 2.5}, True, 2.5, id="a number"),
        pytest.param({"grade": " b- "}, True, 2.7, id="a letter"),
        pytest.param({"grade": "P"}, True, None, id="a letter without a number"),
        pytest.param({"grade": "F"}, False, 0, id="F"),
        pytest.param({"grade": 0}, False, 0, id="nought"),
        pytest.param({"passed": False}, False, None, id="not passed"),
        pytest.param({"grade": "D", "passed": False}, False, 1, id="not passed, whatever the grade"),
        pytest.param({"grade": 0, "passed": True}, True, 0, id="passed, whatever the grade"),
        pytest.param({"in_progress": True, "passed": True}, False, None, id="in progress"),
    ],
)
def test_a_record_is_passed_or_not(fields: dict[str, Any], passed: bool, points: float | None) -> None:  # noqa: FBT001 - a column of a table
    taken = Taken(key="A", **fields)

    assert (taken.is_passed(_US), taken.points(_US)) == (passed, points)


@pytest.mark.parametrize(
    ("transcript", "now"),
    [
        pytest.param(Transcript(), 1, id="nothing taken"),
        pytest.param(Transcript(["A"]), 1, id="some time before"),
        pytest.param(Transcript([{"key": "A", "term": 4}, {"key": "B", "term": 2}]), 5, id="after the last term"),
        pytest.param(Transcript([{"key": "A", "term": 4}], term=2), 2, id="as stated"),
    ],
)
def test_now_is_the_term_after_the_last_one_or_the_one_stated(transcript: Transcript, now: int) -> None:
    assert transcript.now == now
    assert repr(transcript) == f"<Transcript: {len(transcript.records)} records, now in term {now}>"


def test_records_are_written_in_several_forms() -> None:
    made = Transcript(["A", {"key": "B", "grade": "C"}, Taken(key="C")])

    assert made.records == (Taken(key="A"), Taken(key="B", grade="C"), Taken(key="C"))
    assert made.replaced(term=3) == Transcript(made.records, term=3)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes
    assert hash(made) == hash(Transcript(list(made.records)))


@pytest.mark.parametrize(
    ("records", "fault"),
    [
        pytest.param([""], "records.0", id="an empty key"),
        pytest.param([{"key": "A", "term": 0}], "records.0.term", id="a term before the first"),
        pytest.param([{"key": "A", "term": 1.5}], "records.0.term", id="half a term"),
        pytest.param([{"key": "A", "grade": True}], "records.0.grade", id="a grade that is none"),
        pytest.param([{"key": "A", "mark": 1}], "records.0.mark", id="no such field"),
        pytest.param("A", "records", id="no list"),
    ],
)
def test_what_is_no_record_is_refused(records: Any, fault: str) -> None:
    with pytest.raises(lg.InvalidValueError) as caught:
        Transcript(records)
    assert caught.value.faults[0][0].startswith(fault)
