"""Answers to what was sent, learning by learning: what was done, what was not, and what nobody can tell.

Only two things count as surely not carried out: what the org says it refused, learning by learning or as a
whole, before it began. Whatever else is not a whole and sensible answer is unclear, and is looked up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from learngraph.model.salesforce_id import canonical, is_well_formed
from learngraph.publish.publish_plan import Item, StepKind
from learngraph.publish.row_codes import DUPLICATE, LOCKED, in_words, one_line, row_code
from learngraph.salesforce.names import IDS
from learngraph.salesforce.wire import Response, UnreadableAnswerError


class Verdict(StrEnum):
    """What an answer says of one learning."""

    DONE = "done"
    FAILED = "failed"
    BUSY = "busy"
    TWICE = "already there"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What an answer says of one learning: its ids where it was done, the field and why where it was not."""

    verdict: Verdict
    ids: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    message: str = ""


class Whole(StrEnum):
    """What an answer says of a request as a whole."""

    READ = "read"
    REFUSED = "refused"
    TOO_BIG = "too big"
    STOP = "stop"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as it was read; `items` has an entry for each learning only where `whole` is READ.

    `retry_after` is how many seconds the org asks to wait, where it does.
    """

    whole: Whole
    items: tuple[ItemAnswer, ...] = ()
    message: str = ""
    retry_after: float | None = None


def read_write(response: Response, items: Sequence[Item], kind: StepKind) -> Reading:
    """Read the answer to a step that sent these items.

    Parameters
    ----------
    items
        What was sent, with ids in the place of placeholders; the answer is in the same order.

    Examples
    --------
    >>> read_write(Response(503), (), StepKind.CREATE).whole
    <Whole.UNCLEAR: 'unclear'>
    """
    try:
        raw = response.json()
    except UnreadableAnswerError as error:
        # what a proxy says in HTML is still a refusal where the status says so
        return _of_status(response, str(error), "") if not response.ok else Reading(Whole.UNCLEAR, message=str(error))
    if kind is StepKind.ACHIEVE and response.ok:
        return _of_record(raw)
    details = _details(raw)
    if details is not None:
        return _of_details(raw, details, items)
    if response.ok:
        return Reading(Whole.UNCLEAR, message="the answer does not say what was done")
    code, message = _refusal(raw)
    reading = _of_status(response, message, code)
    if reading.whole is Whole.REFUSED and len(items) == 1:
        said = one_line(f"{code}: {message}" if code else message)
        return Reading(Whole.READ, (_refused(said, ""),))
    return reading


def _details(raw: object) -> list[Any] | None:
    """Give what an answer says learning by learning; one of the guide's examples has an object there."""
    found = raw.get("details") if isinstance(raw, Mapping) else None
    if isinstance(found, Mapping):
        return [found]
    return found if isinstance(found, list) else None


def _of_details(raw: Mapping[str, Any], details: list[Any], items: Sequence[Item]) -> Reading:
    if len(details) != len(items) or not all(isinstance(detail, Mapping) for detail in details):
        told = f"the answer speaks of {len(details)} learnings, and {len(items)} were sent"
        return Reading(Whole.UNCLEAR, message=told)
    successes = [_truth(detail.get("success")) for detail in details]
    counts = (raw.get("successCount", raw.get("successeCount")), raw.get("failureCount"))
    right = (successes.count(True), successes.count(False))
    if any(_is_count(told) and told != true for told, true in zip(counts, right, strict=True)):
        return Reading(Whole.UNCLEAR, message="the counts of the answer do not agree with what it says")
    answers = (_of_one(detail, item) for detail, item in zip(details, items, strict=True))
    return Reading(Whole.READ, tuple(answers))


def _of_one(detail: Mapping[str, Any], item: Item) -> ItemAnswer:
    match _truth(detail.get("success")):
        case True:
            return _done(detail, item)
        case False:
            return _failed(detail)
        case _:
            return ItemAnswer(Verdict.UNCLEAR, message="the answer does not say whether it was done")


def _done(detail: Mapping[str, Any], item: Item) -> ItemAnswer:
    ids = {ours: canonical(str(detail[theirs])) for theirs, ours in IDS if _is_id(detail.get(theirs))}
    sent = item.body.get("learning", {}).get("learningId")
    # order is all that joins an answer to what was sent: where an id says otherwise, nothing is believed
    if "learning_id" not in ids and sent is None:
        return ItemAnswer(Verdict.UNCLEAR, message="the answer says that it was made, and not which record it is")
    if sent is not None and ids.setdefault("learning_id", canonical(sent)) != canonical(sent):
        return ItemAnswer(Verdict.UNCLEAR, message="the answer is about another record")
    return ItemAnswer(Verdict.DONE, ids)


def _failed(detail: Mapping[str, Any]) -> ItemAnswer:
    errors = list(_errors(detail.get("errors")))
    place = next((place for place, _ in errors if place), "")
    said = "; ".join(dict.fromkeys(message for _, message in errors if message))
    return _refused(said, place)


def _refused(said: str, place: str) -> ItemAnswer:
    verdict = {LOCKED: Verdict.BUSY, DUPLICATE: Verdict.TWICE}.get(row_code(said) or "", Verdict.FAILED)
    return ItemAnswer(verdict, field=place, message=in_words(said))


def _errors(raw: object) -> Iterator[tuple[str, str]]:
    for error in [raw] if isinstance(raw, Mapping) else raw if isinstance(raw, list) else ():
        if isinstance(error, Mapping):
            code = str(error.get("errorCode") or error.get("statusCode") or "")
            message = str(error.get("message") or "")
            said = message if code in message else f"{code}: {message}"
            yield one_line(str(error.get("field") or "")), one_line(said)


def _of_record(raw: object) -> Reading:
    """Read the answer to a record made by itself: an id, or it is not known."""
    if isinstance(raw, Mapping) and _truth(raw.get("success")) is not False and _is_id(raw.get("id")):
        answer = ItemAnswer(Verdict.DONE, {"achievement_id": canonical(str(raw["id"]))})
        return Reading(Whole.READ, (answer,))
    return Reading(Whole.UNCLEAR, message="the answer says that it was made, and not which record it is")


#: nothing was begun: the request is wrong in itself, or holds something that is
_REFUSED = frozenset({400, 409, 410, 412, 422})

#: nothing was begun, and nothing like it would be
_HOPELESS = {
    401: "the org no longer takes the token: sign in again, and apply again",
    403: "this user may not do that",
    404: "the org does not have this resource: is Education Cloud switched on, and may this user use it?",
    405: "the org does not take such requests",
    415: "the org does not take such requests",
}
_TOO_BIG, _TOO_MANY = 413, 429
_LIMIT = "REQUEST_LIMIT_EXCEEDED"


def _of_status(response: Response, message: str, code: str) -> Reading:
    status, said = response.status, one_line(f"{code}: {message}" if code else message)
    if status == _TOO_MANY or code == _LIMIT:
        told = f"the org takes no more requests for now; its allowance counts the last 24 hours (it says: {said})"
        return Reading(Whole.STOP, message=told, retry_after=_seconds(response))
    if status == _TOO_BIG or code == "EXCEEDED_MAX_SIZE_REQUEST" or _is_too_slow(said):
        return Reading(Whole.TOO_BIG, message=f"the request was too big (the org says: {said})")
    if status in _HOPELESS:
        return Reading(Whole.STOP, message=f"{_HOPELESS[status]} (HTTP {status}; it says: {said})")
    if status in _REFUSED:
        return Reading(Whole.REFUSED, message=in_words(said))
    if 300 <= status < 400:  # noqa: PLR2004 - what HTTP calls a redirection
        return Reading(Whole.STOP, message=f"the org sent the request elsewhere (HTTP {status}): check its address")
    return Reading(Whole.UNCLEAR, message=f"the org answered HTTP {status} (it says: {said})")


def _is_too_slow(said: str) -> bool:
    """Whether a request was rolled back since it took more than an org grants one transaction."""
    low = said.casefold()
    return "cpu time limit exceeded" in low or "too many soql queries" in low or "too many dml" in low


def _refusal(raw: object) -> tuple[str, str]:
    """Give the code and the message of an error, which comes in a list or by itself."""
    first = raw[0] if isinstance(raw, list) and raw else raw
    if not isinstance(first, Mapping):
        return "", ""
    code = first.get("errorCode") or first.get("error") or ""
    return str(code), str(first.get("message") or first.get("error_description") or "")


def _seconds(response: Response) -> float | None:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() else None


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.casefold()) if isinstance(value, str) else None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and is_well_formed(value)
