from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learngraph.publish.limits import LimitReachedError, Usage, refused_for_limit, usage
from learngraph.publish.retrying import RetryingTransport, RetryPolicy, WaitReporter, left_in_doubt
from learngraph.publish.unusable_answers import AnswerTooLargeError, RedirectedError
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response
from tests.unit.publish.scripted import Line, Scripted, Waited, not_answered, not_sent, refuses, says

GET, POST, PATCH = (Request(method, "/x") for method in ("GET", "POST", "PATCH"))
OK = says({"done": True})
SPENT = {"sforce_limit_info": "api-usage=15000/15000"}
LEFT = {"sforce_limit_info": "api-usage=18/15000"}
BUSY = refuses("REQUEST_LIMIT_EXCEEDED", 403, **LEFT)


def redirected(request: Request) -> Response:
    raise RedirectedError(request, "evil.example")


def too_large(request: Request) -> Response:
    raise AnswerTooLargeError(request, 5)


def sent(request: Request, *lines: Line, policy: RetryPolicy | None = None) -> tuple[Scripted, Waited, object]:
    """What was asked, what was waited, and the answer or what was raised."""
    inner, waited = Scripted(*lines), Waited()
    try:
        return inner, waited, RetryingTransport(inner, policy=policy, clock=waited.clock).send(request)
    except (NotSentError, NoAnswerError) as error:
        return inner, waited, error


_PASSING = [
    pytest.param(Response(status, b"<html>"), id=str(status)) for status in (500, 502, 503, 504)
] + [pytest.param(Response(503, b"", {"retry-after": "1"}), id="503 with Retry-After")]  # fmt: skip


@pytest.mark.parametrize("request_", [GET, POST, PATCH], ids=lambda request: request.method)
@pytest.mark.parametrize("line", [not_sent, BUSY, says([], 429)], ids=["not sent", "too many at once", "429"])
def test_what_surely_was_not_done_is_sent_again(request_: Request, line: Line) -> None:
    inner, waited, outcome = sent(request_, line, line, OK)

    assert outcome is OK
    assert inner.asked == [request_] * 3
    assert waited.waits == [0.5, 1.0]


@pytest.mark.parametrize(
    "line", [*_PASSING, not_answered, Response(200, b'{"records": [{"Id'), Response(200, b"[1, 2")]
)
def test_what_only_reads_is_asked_again(line: Line) -> None:
    inner, _, outcome = sent(GET, line, line, OK)

    assert outcome is OK
    assert len(inner.asked) == 3


@pytest.mark.parametrize("request_", [POST, PATCH], ids=lambda request: request.method)
@pytest.mark.parametrize("line", [*_PASSING, Response(200, b'{"details": [')])
def test_what_may_have_been_carried_out_is_not_sent_again(request_: Request, line: Response) -> None:
    inner, waited, outcome = sent(request_, line, OK)

    assert outcome is line
    assert (len(inner.asked), waited.waits) == (1, [])


@pytest.mark.parametrize("request_", [POST, PATCH], ids=lambda request: request.method)
def test_silence_after_a_change_is_given_on(request_: Request) -> None:
    inner, _, outcome = sent(request_, not_answered, OK)

    assert isinstance(outcome, NoAnswerError)
    assert len(inner.asked) == 1


@pytest.mark.parametrize("request_", [GET, POST], ids=lambda request: request.method)
@pytest.mark.parametrize(("line", "kind"), [(redirected, RedirectedError), (too_large, AnswerTooLargeError)])
def test_what_would_be_the_same_again_is_not_asked_again(request_: Request, line: Line, kind: type[Exception]) -> None:
    inner, _, outcome = sent(request_, line, OK)

    assert isinstance(outcome, kind)
    assert len(inner.asked) == 1


@pytest.mark.parametrize("status", [200, 201, 204, 300, 400, 401, 403, 404, 409, 412, 422])
def test_any_other_answer_is_given_at_once(status: int) -> None:
    answer = says([], status)

    assert sent(GET, answer, OK)[2] is answer
    assert sent(POST, answer, OK)[2] is answer


def test_markup_that_ends_is_given_at_once() -> None:
    page = Response(200, b"<html></html>")

    assert sent(GET, page, OK)[2] is page


# ---- limits


@pytest.mark.parametrize("request_", [GET, POST], ids=lambda request: request.method)
@pytest.mark.parametrize("line", [refuses("REQUEST_LIMIT_EXCEEDED", 403, **SPENT), says([], 429, **SPENT)])
def test_a_limit_of_the_day_stops_at_once(request_: Request, line: Response) -> None:
    inner, waited, outcome = sent(request_, line, OK)

    assert isinstance(outcome, LimitReachedError)
    assert (outcome.usage, outcome.wait) == (Usage(15000, 15000), None)
    assert "15,000 of 15,000 requests in 24 hours" in str(outcome)
    assert "go on later, at most in 24 hours" in str(outcome)
    assert (len(inner.asked), waited.waits) == (1, [])


def test_a_limit_says_when_to_go_on() -> None:
    outcome = sent(POST, says([], 429, retry_after="3600"), OK)[2]

    assert isinstance(outcome, LimitReachedError)
    assert outcome.wait == 3600
    assert "go on in 3,600 s" in str(outcome)


def test_a_limit_that_stays_is_told_after_the_last_try() -> None:
    inner, _, outcome = sent(POST, BUSY)

    assert isinstance(outcome, LimitReachedError)
    assert len(inner.asked) == 6


def test_forbidden_is_no_limit() -> None:
    assert not refused_for_limit(refuses("INSUFFICIENT_ACCESS_OR_READONLY", 403))
    assert not refused_for_limit(Response(403, b"<html>"))
    assert refused_for_limit(BUSY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("api-usage=18/5000", Usage(18, 5000)),
        ("api-usage=18/5000; per-app-api-usage=17/250(appName=sample)", Usage(18, 5000)),
        ("per-app-api-usage=17/250(appName=sample); api-usage=18/5000", Usage(18, 5000)),
        ("per-app-api-usage=17/250", None),
        ("api-usage=x/y", None),
        ("api-usage=" + "9" * 5000 + "/1", None),
        ("", None),
    ],
)
def test_usage_is_read_where_it_is_told(text: str, read: Usage | None) -> None:
    assert usage(Response(200, headers={"sforce-limit-info": text})) == read


# ---- waiting


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", 0),
        ("999999", 60),
        ("9" * 4000, 60),
        ("Fri, 15 Jan 2027 08:00:20 GMT", 20),
        ("Fri, 15 Jan 2027 08:00:20 -0000", 20),
        ("Fri, 15 Jan 2021 08:00:20 GMT", 0),
        ("Fri, 15 Jan 2037 08:00:20 GMT", 60),
        ("soon", 0.5),
        ("-5", 0.5),
        ("1e9", 0.5),
        ("٣", 0.5),
        ("Fri, 99 Jan 99999 99:00:20 GMT", 0.5),
        ("", 0.5),
    ],
)
def test_retry_after_is_kept_where_it_can_be_read(text: str, wait: float) -> None:
    assert sent(GET, Response(503, b"", {"retry-after": text}), OK)[1].waits == [wait]


def test_waits_double_and_end() -> None:
    inner, waited, outcome = sent(GET, not_sent, policy=RetryPolicy(tries=10, longest_wait=8))

    assert waited.waits == [0.5, 1, 2, 4, 8, 8, 8, 8, 8]
    assert isinstance(outcome, NotSentError)
    assert len(inner.asked) == 10


def test_all_tries_together_end() -> None:
    _, waited, outcome = sent(GET, says([], 503), policy=RetryPolicy(tries=1000, total=100))

    assert 60 < waited.now() <= 100
    assert outcome == says([], 503)


def test_a_wait_is_shortened_by_chance_by_up_to_a_half() -> None:
    waited = Waited(chance=0)
    RetryingTransport(Scripted(not_sent, OK), clock=waited.clock).send(GET)

    assert waited.waits == [0.25]


def test_a_reporter_hears_of_each_wait() -> None:
    class Heard(WaitReporter):
        def __init__(self) -> None:
            self.words: list[tuple[str, float, str]] = []

        def waiting(self, request: Request, *, seconds: float, why: str) -> None:
            self.words.append((str(request), seconds, why))

    heard = Heard()
    script = Scripted(not_sent, BUSY, says([], 503), not_answered, Response(200, b"{"), OK)
    RetryingTransport(script, clock=Waited().clock, reporter=heard).send(GET)

    assert heard.words == [
        ("GET /x", 0.5, "the connection was refused"),
        ("GET /x", 1, "the org takes no more requests at once"),
        ("GET /x", 2, "the org could not answer (HTTP 503)"),
        ("GET /x", 4, "silence for 120 s"),
        ("GET /x", 8, "the answer broke off"),
    ]


def test_nothing_is_said_where_nobody_listens() -> None:
    transport = RetryingTransport(Scripted(not_sent, OK), clock=Waited().clock)

    assert transport.send(GET) == OK


def test_only_faults_of_the_org_leave_a_change_in_doubt() -> None:
    assert left_in_doubt(POST, Response(500))
    assert left_in_doubt(PATCH, Response(504))
    assert not left_in_doubt(POST, Response(422))
    assert not left_in_doubt(GET, Response(503))


_LINES: list[Callable[[], Line]] = [
    lambda: not_sent, lambda: not_answered, lambda: BUSY, lambda: says([], 503), lambda: says([], 429), lambda: OK,
    lambda: redirected, lambda: Response(200, b"{"), lambda: refuses("REQUEST_LIMIT_EXCEEDED", 403, **SPENT),
]  # fmt: skip


@given(
    request_=st.sampled_from([GET, POST, PATCH]),
    lines=st.lists(st.sampled_from(range(len(_LINES))), min_size=1, max_size=20),
)
def test_whatever_happens_a_change_reaches_the_org_once_at_most(request_: Request, lines: list[int]) -> None:
    reached: list[int] = []

    def line(number: int) -> Line:
        said = _LINES[number]()
        # what the org may have carried out: all but what surely did not reach it, or was refused
        counts = said is not not_sent and number not in {2, 4, 8}

        def tell(request: Request) -> Response:
            if counts:
                reached.append(number)
            return said if isinstance(said, Response) else said(request)

        return tell

    inner, waited, _ = sent(request_, *(line(number) for number in lines))

    assert len(inner.asked) <= 6
    assert waited.now() <= 600
    assert request_.is_read or len(reached) <= 1
