"""Sending again what surely was not done, and reading again; everything else is told as it is."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import count

from learngraph.publish.limits import LimitReachedError, refused_for_limit, usage
from learngraph.publish.unusable_answers import AnswerTooLargeError, RedirectedError
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response, Transport

_PASSING = frozenset({500, 502, 503, 504})
_CLOSED_BY = {ord("{"): ord("}"), ord("["): ord("]")}


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a request is sent at most, and how long is waited in between, in seconds.

    Waits double from `first_wait` to `longest_wait`, each shortened by chance by up to a half, so that
    several programs do not come back at once. `total` bounds all of it.
    """

    tries: int = 6
    first_wait: float = 0.5
    longest_wait: float = 60
    total: float = 600


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance: `now` counts seconds, `wall` since 1970, `chance` is from 0 to 1."""

    now: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class WaitReporter:
    """Is told of each wait before a request is sent again; by itself it says nothing."""

    def waiting(self, request: Request, *, seconds: float, why: str) -> None:
        """Hear that a request will be sent again after so many seconds."""


class RetryingTransport:
    """Sends by another transport, and again where that does no harm.

    What surely did not reach the org, and what it refused for its limits, is sent again whatever it is.
    A GET is sent again also after 500, 502, 503 and 504, silence, and answers that broke off. A POST or
    PATCH that may have been carried out is never sent again: its answer or its `NoAnswerError` is given on.

    Parameters
    ----------
    transport
        What sends.
    policy
        How often, and how long in all.
    clock
        Time and chance; tests have their own.
    reporter
        Is told of each wait.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        policy: RetryPolicy | None = None,
        clock: Clock | None = None,
        reporter: WaitReporter | None = None,
    ) -> None:
        self._transport = transport
        self._policy = policy or RetryPolicy()
        self._clock = clock or Clock()
        self._reporter = reporter or WaitReporter()

    def __repr__(self) -> str:
        return f"<RetryingTransport: {self._policy.tries} tries of {self._transport!r}>"

    def send(self, request: Request) -> Response:
        """Send a request until it is answered, or is better not sent again.

        Raises
        ------
        LimitReachedError
            where the org takes no more requests for now; it was not carried out.
        NotSentError, NoAnswerError
            as the other transport raises them, after the last try.
        """
        until = self._clock.now() + self._policy.total
        for number in count(1):
            outcome = self._tried(request)
            why = _why_again(request, outcome)
            if why is None:
                return _given(outcome)
            wait = self._wait(request, outcome, number)
            if number >= self._policy.tries or self._clock.now() + wait > until:
                return _last(request, outcome)
            self._reporter.waiting(request, seconds=wait, why=why)
            self._clock.sleep(wait)
        raise AssertionError  # counting does not end

    def _tried(self, request: Request) -> "_Outcome":
        try:
            return self._transport.send(request)
        except (NotSentError, NoAnswerError) as error:
            return error

    def _wait(self, request: Request, outcome: "_Outcome", number: int) -> float:
        """Give the seconds to wait.

        Raises
        ------
        LimitReachedError
            where the limit is that of a day, or the org names a later time than is waited for.
        """
        longest = self._policy.longest_wait
        asked = self._asked(outcome) if isinstance(outcome, Response) else None
        if isinstance(outcome, Response) and refused_for_limit(outcome):
            used = usage(outcome)
            if (used is not None and used.is_spent) or (asked or 0) > longest:
                raise LimitReachedError(request, used, asked)
        if asked is not None:
            return min(asked, longest)
        doubled = self._policy.first_wait * 2.0 ** min(number - 1, 30)
        return min(doubled, longest) * (0.5 + self._clock.chance() / 2)

    def _asked(self, response: Response) -> float | None:
        """Read Retry-After: seconds, or a date."""
        text = response.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            date = parsedate_to_datetime(text)
            moment = date if date.tzinfo else date.replace(tzinfo=UTC)
            return max(0.0, (moment - datetime.fromtimestamp(self._clock.wall(), UTC)).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return None


def left_in_doubt(request: Request, response: Response) -> bool:
    """Whether an answer leaves open if the request was carried out: a fault of the org's side.

    Examples
    --------
    >>> left_in_doubt(Request("POST", "/x"), Response(503)), left_in_doubt(Request("POST", "/x"), Response(400))
    (True, False)
    """
    return not request.is_read and response.status >= min(_PASSING)


_Outcome = Response | NotSentError | NoAnswerError


def _why_again(request: Request, outcome: _Outcome) -> str | None:
    match outcome:
        case LimitReachedError() | RedirectedError() | AnswerTooLargeError():
            return None
        case NotSentError(fault=fault):
            return fault
        case NoAnswerError(fault=fault):
            return fault if request.is_read else None
        case Response() if refused_for_limit(outcome):
            return "the org takes no more requests at once"
        case Response() if request.is_read and outcome.status in _PASSING:
            return f"the org could not answer (HTTP {outcome.status})"
        case Response() if request.is_read and outcome.ok and _broke_off(outcome.body):
            return "the answer broke off"
    return None


def _broke_off(body: bytes) -> bool:
    """Whether JSON begins and does not end; cheap, since every page of a catalogue is asked."""
    text = body.strip()
    return bool(text) and text[0] in _CLOSED_BY and text[-1] != _CLOSED_BY[text[0]]


def _given(outcome: _Outcome) -> Response:
    if isinstance(outcome, Response):
        return outcome
    raise outcome


def _last(request: Request, outcome: _Outcome) -> Response:
    if isinstance(outcome, Response) and refused_for_limit(outcome):
        raise LimitReachedError(request, usage(outcome), None)
    return _given(outcome)
