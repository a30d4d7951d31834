import json
from typing import Any

import pytest

from learngraph.model.value import FrozenMap
from learngraph.publish.publish_plan import Item, StepKind
from learngraph.publish.row_codes import ROW_CODES, in_words, one_line, row_code
from learngraph.publish.write_answers import Reading, Verdict, Whole, read_write
from learngraph.salesforce.wire import Response

_L1, _L2 = "0tyLT00000009LOYAY", "0tyLT00000009LPYAY"
_COURSE = "0vYLT0000000AH72AM"


def _items(count: int, **learning: Any) -> list[Item]:
    return [Item(f"K{n}", FrozenMap({"learning": {"type": "Learning Course", **learning}})) for n in range(count)]


def _read(
    answer: Any, *, status: int = 200, count: int = 1, kind: StepKind = StepKind.CREATE, **learning: Any
) -> Reading:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return read_write(Response(status, body), _items(count, **learning), kind)


def _done(**ids: Any) -> dict[str, Any]:
    return {"success": True, "learningId": _L1, **ids}


def _failed(*errors: Any) -> dict[str, Any]:
    return {"success": False, "errors": list(errors)}


def test_each_learning_is_told_by_itself_in_the_order_of_the_request() -> None:
    refused = _failed({"field": "name", "message": "STRING_TOO_LONG: Name"})
    reading = _read(
        {"successCount": 1, "failureCount": 1, "details": [_done(learningCourseId=_COURSE), refused]}, count=2
    )

    assert reading.whole is Whole.READ
    first, second = reading.items
    assert (first.verdict, first.ids) == (Verdict.DONE, {"learning_id": _L1, "course_id": _COURSE})
    assert (second.verdict, second.field) == (Verdict.FAILED, "name")
    assert second.message.startswith("a text is longer than the org's field")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"successeCount": 1, "details": [_done()]}, id="successeCount"),
        pytest.param({"details": _done()}, id="details is an object"),
        pytest.param({"details": [_done(success="true")]}, id="true in quotes"),
        pytest.param({"successCount": "integer", "details": [_done()]}, id="a count that is none"),
        pytest.param({"details": [_done(learningId=_L1[:15])]}, id="15 characters"),
        pytest.param(
            {"details": [_done(errors=[{"field": "name", "message": "success"}])]}, id="the guide's own error"
        ),
    ],
)
def test_the_misspellings_of_the_guide_are_read_past(answer: Any) -> None:
    (item,) = _read(answer).items

    assert (item.verdict, item.ids["learning_id"]) == (Verdict.DONE, _L1)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b'{"details": [{"succ', id="cut off"),
        pytest.param(b"<html>gateway</html>", id="markup"),
        pytest.param(b"", id="empty"),
        pytest.param([], id="a list"),
        pytest.param({"details": []}, id="too few"),
        pytest.param({"details": [_done(), _done()]}, id="too many"),
        pytest.param({"details": ["yes"]}, id="no objects"),
        pytest.param({"successCount": 2, "details": [_done()]}, id="a count that disagrees"),
        pytest.param({"failureCount": 1, "details": [_done()]}, id="failures that nobody names"),
    ],
)
def test_an_answer_that_makes_no_sense_is_unclear(answer: Any) -> None:
    assert _read(answer).whole is Whole.UNCLEAR


@pytest.mark.parametrize(
    ("detail", "learning"),
    [
        pytest.param({"success": True}, {}, id="made, and no id"),
        pytest.param({"success": True, "learningId": "string"}, {}, id="the id is none"),
        pytest.param({"learningId": _L1}, {}, id="no word of success"),
        pytest.param(_done(learningId=_L2), {"learningId": _L1}, id="another record"),
    ],
)
def test_a_learning_of_which_the_answer_says_nothing_certain_is_unclear(detail: Any, learning: Any) -> None:
    (item,) = _read({"details": [detail]}, **learning).items

    assert item.verdict is Verdict.UNCLEAR
    assert item.message


def test_an_update_needs_no_id_in_its_answer() -> None:
    (item,) = _read({"details": [{"success": True}]}, kind=StepKind.UPDATE, learningId=_L1).items

    assert (item.verdict, item.ids) == (Verdict.DONE, {"learning_id": _L1})


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("UNABLE_TO_LOCK_ROW: try again", Verdict.BUSY),
        ("unable to obtain exclusive access to this record", Verdict.BUSY),
        ("duplicate value found: External_ID__c duplicates value on record", Verdict.TWICE),
        ("DUPLICATE_VALUE", Verdict.TWICE),
        ("DUPLICATES_DETECTED: use one of these", Verdict.FAILED),
        ("bad value for restricted picklist field: Nonsense", Verdict.FAILED),
        ("anything else", Verdict.FAILED),
        ("", Verdict.FAILED),
    ],
)
def test_a_refusal_is_told_apart_by_its_code_or_its_phrase(message: str, verdict: Verdict) -> None:
    (item,) = _read({"details": [_failed({"field": "", "message": message})]}).items

    assert item.verdict is verdict
    assert item.message


@pytest.mark.parametrize("errors", [None, [], "no", [3], [{}], {"message": "no"}])
def test_errors_of_any_shape_are_a_refusal(errors: Any) -> None:
    (item,) = _read({"details": [{"success": False, "errors": errors}]}).items

    assert item.verdict is Verdict.FAILED
    assert item.message


def test_a_code_beside_the_message_is_read_too() -> None:
    (item,) = _read({"details": [_failed({"statusCode": "UNABLE_TO_LOCK_ROW", "message": "later"})]}).items

    assert item.verdict is Verdict.BUSY


def test_a_failure_of_all_with_the_status_400_is_read_learning_by_learning() -> None:
    reading = _read({"details": [_failed({"message": "no"}), _failed({"message": "no"})]}, status=400, count=2)

    assert [item.verdict for item in reading.items] == [Verdict.FAILED, Verdict.FAILED]


def _error(code: str, message: str = "no") -> list[dict[str, str]]:
    return [{"errorCode": code, "message": message}]


@pytest.mark.parametrize(
    ("status", "answer", "whole"),
    [
        (400, _error("JSON_PARSER_ERROR"), Whole.REFUSED),
        (422, _error("INVALID_DATA"), Whole.REFUSED),
        (409, b"<html>", Whole.REFUSED),
        (413, b"", Whole.TOO_BIG),
        (400, _error("EXCEEDED_MAX_SIZE_REQUEST"), Whole.TOO_BIG),
        (500, _error("UNKNOWN_EXCEPTION", "Apex CPU time limit exceeded"), Whole.TOO_BIG),
        (401, _error("INVALID_SESSION_ID"), Whole.STOP),
        (403, _error("INSUFFICIENT_ACCESS"), Whole.STOP),
        (403, _error("REQUEST_LIMIT_EXCEEDED"), Whole.STOP),
        (429, b"", Whole.STOP),
        (404, _error("NOT_FOUND"), Whole.STOP),
        (302, b"", Whole.STOP),
        (500, _error("UNKNOWN_EXCEPTION"), Whole.UNCLEAR),
        (502, b"<html>", Whole.UNCLEAR),
        (503, _error("SERVER_UNAVAILABLE"), Whole.UNCLEAR),
        (504, b"", Whole.UNCLEAR),
        (408, b"", Whole.UNCLEAR),
    ],
)
def test_only_what_was_surely_not_carried_out_is_taken_for_that(status: int, answer: Any, whole: Whole) -> None:
    reading = _read(answer, status=status, count=2)

    assert reading.whole is whole
    assert reading.message


def test_one_learning_that_is_refused_as_a_whole_request_is_read_like_any_other() -> None:
    reading = _read(_error("UNABLE_TO_LOCK_ROW"), status=400)

    assert [item.verdict for item in reading.items] == [Verdict.BUSY]


@pytest.mark.parametrize(("header", "seconds"), [("120", 120.0), ("soon", None), ("", None)])
def test_how_long_to_wait_is_what_the_org_says(header: str, seconds: float | None) -> None:
    reading = read_write(Response(429, b"", {"retry-after": header}), _items(1), StepKind.CREATE)

    assert reading.retry_after == seconds


@pytest.mark.parametrize(
    ("status", "answer", "whole"),
    [
        (201, {"id": "0u9LT00000004oWYAQ", "success": True, "errors": []}, Whole.READ),
        (201, {"success": True}, Whole.UNCLEAR),
        (201, b"", Whole.UNCLEAR),
        (400, _error("REQUIRED_FIELD_MISSING"), Whole.READ),
    ],
)
def test_a_record_made_by_itself_is_told_by_its_id(status: int, answer: Any, whole: Whole) -> None:
    reading = _read(answer, status=status, kind=StepKind.ACHIEVE)

    assert reading.whole is whole
    if status == 201 and whole is Whole.READ:
        assert reading.items[0].ids == {"achievement_id": "0u9LT00000004oWYAQ"}


@pytest.mark.parametrize("row", ROW_CODES, ids=lambda row: row.code)
def test_every_code_has_a_sentence_and_keeps_the_words_of_the_org(row: Any) -> None:
    said = in_words(f"{row.code}: why")

    assert row_code(row.code) == row.code
    assert said == f"{row.means} (the org says: {row.code}: why)"
    assert row.means[0].islower()
    assert not row.means.endswith(".")


def test_a_code_inside_a_longer_word_is_another_code() -> None:
    assert row_code("NOT_A_DUPLICATE_VALUE_REALLY") is None


def test_what_an_org_says_steers_no_terminal_and_fills_no_screen() -> None:
    assert one_line("\x1b[31mred\x07\nnext\x9b") == "[31mred next"
    assert one_line("a\u202eb\u200bc") == "a\\u202eb\\u200bc"
    assert len(one_line("x" * 10_000)) < 600
