import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from learngraph.model.value import FrozenMap
from learngraph.publish.made_already import asking
from learngraph.publish.publish_plan import Item, StepKind
from learngraph.publish.row_codes import in_words, one_line
from learngraph.publish.write_answers import Verdict, Whole, read_write
from learngraph.salesforce.wire import NoAnswerError, Request, Response
from tests.chaos.schedule import run

_ID = "0tyLT00000009LOYAY"
_NAMES = st.sampled_from(
    ["details", "success", "errors", "learningId", "learningCourseId", "successCount", "failureCount", "message",
     "field", "errorCode", "id", "learning", "prerequisites", "fulfilledBy", "outcomes", "learningAchievementId"]
)  # fmt: skip
_LEAVES = st.none() | st.booleans() | st.integers(-2, 3) | st.text(max_size=8) | st.just(_ID)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | st.text(max_size=4), inner, max_size=5),
    max_leaves=20,
)
_STATUS = st.sampled_from([200, 201, 204, 301, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503])
_ITEMS = [Item(key, FrozenMap({"learning": {"type": "Learning Course", "name": key}})) for key in "AB"]


def _answer(status: int, answer: Any) -> Response:

    return Response(status, json.dumps(answer).encode())


@given(status=_STATUS, answer=_JSON, kind=st.sampled_from(StepKind), count=st.integers(1, 2))
def test_any_answer_is_read_and_nothing_is_believed_to_be_made_without_an_id(
    status: int, answer: Any, kind: StepKind, count: int
) -> None:
    reading = read_write(_answer(status, answer), _ITEMS[:count], kind)

    assert len(reading.items) in ((0, count) if kind is not StepKind.ACHIEVE else (0, 1, count))
    assert (reading.whole is Whole.READ) == bool(reading.items)
    for item in reading.items:
        if item.verdict is Verdict.DONE:
            assert item.ids.get("learning_id") or item.ids.get("achievement_id")
        else:
            assert item.message


@given(answer=_JSON)
def test_any_answer_with_another_status_than_success_or_refusal_is_not_taken_for_done(answer: Any) -> None:
    if not (isinstance(answer, Mapping) and "details" in answer):
        assert read_write(_answer(503, answer), _ITEMS, StepKind.CREATE).whole is Whole.UNCLEAR


@given(status=_STATUS, answer=_JSON)
def test_any_learning_is_compared_with_a_change(status: int, answer: Any) -> None:
    class Org:
        def send(self, request: Request) -> Response:  # noqa: ARG002 - one answer for all
            return _answer(status, answer)

    creating = {"createRecords": [{"type": "Single Achievement", "learningId": _ID}]}
    item = Item("A", FrozenMap({"learning": {"learningId": _ID, "name": "A"}, "prerequisites": creating}))
    try:
        asking(Org(), "66.0")(item)
    except NoAnswerError:
        assert status not in (200, 400, 404)


@given(text=st.text())
def test_what_an_org_says_is_one_line_whatever_it_says(text: str) -> None:
    assert one_line(text).isprintable() or not any(ord(letter) < 32 for letter in one_line(text))
    assert "\n" not in in_words(text)


@given(seed=st.integers(1_000_000, 2_000_000))
def test_whatever_goes_wrong_the_org_holds_the_plan_in_the_end(seed: int) -> None:
    with TemporaryDirectory() as folder:
        figures = run(seed, Path(folder))

    assert (figures.duplicates, figures.losses, figures.unsettled) == (0, 0, 0)
