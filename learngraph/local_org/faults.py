"""What goes wrong between a client and an org, on demand and by a seed: a wrapper of any transport."""

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from learngraph.errors import LearnGraphError
from learngraph.local_org.managing import failed, summary
from learngraph.local_org.misspellings import MISSPELLINGS, misspelt
from learngraph.salesforce.wire import LEARNINGS, NoAnswerError, NotSentError, Request, Response, Transport

#: every fault by its name, in the order in which chances are drawn
FAULTS = (
    "not_sent", "reset", "answer_lost", "503_before", "503_after", "503_retry_before", "503_retry_after", "429",
    "request_limit", "session_expired", "row_locked", "slow", "truncated", "misspelt",
)  # fmt: skip

_FORM = re.compile(r"(?:(?P<method>[A-Z]+):(?P<number>[1-9]\d*)=)?(?P<fault>\w+)(?:=(?P<chance>\d*\.?\d+))?")


class UnknownFaultError(LearnGraphError, ValueError):
    """A fault that is none.

    Attributes
    ----------
    text
        What was written.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        known = ", ".join(FAULTS)
        return f"{self.text!r} is no fault: write answer_lost=0.1 or POST:3=answer_lost, with one of {known}"


@dataclass(frozen=True, slots=True)
class Scripted:
    """A fault at one request: the number counts the requests of its method from 1."""

    method: str
    number: int
    fault: str


def read_faults(texts: Iterable[str]) -> tuple[dict[str, float], tuple[Scripted, ...]]:
    """Read faults as people write them: chances, and a script.

    Raises
    ------
    UnknownFaultError
        where a text is neither.

    Examples
    --------
    >>> read_faults(["answer_lost=0.1", "POST:3=reset"])
    ({'answer_lost': 0.1}, (Scripted(method='POST', number=3, fault='reset'),))
    """
    chances: dict[str, float] = {}
    script = []
    for text in texts:
        found = _FORM.fullmatch(text)
        if found is None or found["fault"] not in FAULTS or (found["chance"] is None) == (found["method"] is None):
            raise UnknownFaultError(text)
        if found["method"]:
            script.append(Scripted(found["method"], int(found["number"]), found["fault"]))
        else:
            chances[found["fault"]] = min(1.0, float(found["chance"]))
    return chances, tuple(script)


class Faults:
    """A transport at which things go wrong, the same each time for the same seed and requests.

    Parameters
    ----------
    inner
        Where requests go that reach the org.
    seed
        Chooses when chances strike.
    chances
        For a fault the part of requests, from 0 to 1, that it strikes.
    script
        Faults at certain requests, which come before chances.
    sleep
        What waits for a slow answer.
    seconds
        How long a slow answer takes.

    Examples
    --------
    >>> from learngraph.local_org.org import LocalOrg
    >>> from learngraph.local_org.transport import LocalTransport
    >>> transport = Faults(LocalTransport(LocalOrg.open()), script=[Scripted("GET", 2, "503_before")])
    >>> [transport.send(Request("GET", "/services/data")).status for _ in range(3)]
    [200, 503, 200]
    >>> transport.happened
    Counter({'503_before': 1})
    """

    def __init__(
        self,
        inner: Transport,
        *,
        seed: int = 0,
        chances: Mapping[str, float] | None = None,
        script: Iterable[Scripted] = (),
        sleep: Callable[[float], None] = time.sleep,
        seconds: float = 30.0,
    ) -> None:
        self._inner = inner
        self._random = random.Random(seed)  # noqa: S311 - faults are to be the same again
        self._chances = dict(chances or {})
        self._script = {(one.method, one.number): one.fault for one in script}
        for name in (*self._chances, *self._script.values()):
            if name not in FAULTS:
                raise UnknownFaultError(name)
        self._sleep = sleep
        self._seconds = seconds
        self._sent: Counter[str] = Counter()
        #: how often each fault struck
        self.happened: Counter[str] = Counter()

    def send(self, request: Request) -> Response:
        """Send one request, and let go wrong what is due.

        Raises
        ------
        NotSentError
            for the fault `not_sent`.
        NoAnswerError
            for the faults `reset` (before the org saw it) and `answer_lost` (after).
        """
        self._sent[request.method] += 1
        fault = self._due(request)
        if fault is None:
            return self._inner.send(request)
        self.happened[fault] += 1
        return self._before(fault, request) or self._after(fault, request)

    def _due(self, request: Request) -> str | None:
        drawn = {name: self._random.random() for name in FAULTS if name in self._chances}
        scripted = self._script.get((request.method, self._sent[request.method]))
        chosen = scripted or next((name for name, value in drawn.items() if value < self._chances[name]), None)
        return chosen if chosen is None or _suits(chosen, request) else None

    def _before(self, fault: str, request: Request) -> Response | None:
        """Let go wrong what keeps a request from the org."""
        if fault == "not_sent":
            raise NotSentError(request, "the connection was refused")
        if fault == "reset":
            raise NoAnswerError(request, "the connection was reset")
        if fault == "429":
            return _error(429, "TOO_MANY_REQUESTS", "too many requests", {"retry-after": "1"})
        if fault == "request_limit":
            return _error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        if fault == "session_expired":
            return _error(401, "INVALID_SESSION_ID", "Session expired or invalid")
        if fault in {"503_before", "503_retry_before"}:
            return _unavailable(fault)
        return None

    def _after(self, fault: str, request: Request) -> Response:
        """Let go wrong what happens when the org has done its part."""
        if fault == "row_locked":
            return self._locked(request)
        answer = self._inner.send(request)
        if fault == "answer_lost":
            raise NoAnswerError(request, "the connection was closed before the answer came")
        if fault in {"503_after", "503_retry_after"}:
            return _unavailable(fault)
        if fault == "slow":
            self._sleep(self._seconds)
            return answer
        if fault == "truncated":
            return Response(
                answer.status, answer.body[: self._random.randrange(1, max(2, len(answer.body)))], answer.headers
            )
        names = {name for name in MISSPELLINGS if self._random.random() < 1 / 2}
        return Response(answer.status, _written(misspelt(answer.json(), names)), answer.headers)

    def _locked(self, request: Request) -> Response:
        """Leave one learning out of a request, and say in its place that its row was locked."""
        learnings = list(request.body["learnings"])
        place = self._random.randrange(len(learnings))
        rest = learnings[:place] + learnings[place + 1 :]
        answer = Response(200, b'{"details": []}', {"content-type": "application/json;charset=UTF-8"})
        if rest:
            answer = self._inner.send(Request(request.method, request.path, {"learnings": rest}, request.headers))
        said = answer.json()
        if not isinstance(said, dict) or not isinstance(said.get("details"), list):
            return answer  # refused whole
        row = failed("", "UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record")
        details = [*said["details"][:place], row, *said["details"][place:]]
        return Response(200, _written(summary(details)), answer.headers)

    def __repr__(self) -> str:
        return f"<Faults: {self.happened.total()} in {self._sent.total()} requests>"


def _suits(fault: str, request: Request) -> bool:
    """Whether a fault can happen to a request: rows are locked, and words misspelt, at the resource alone."""
    if fault == "misspelt":
        return LEARNINGS in request.path
    body = request.body
    has_learnings = isinstance(body, Mapping) and isinstance(body.get("learnings"), list) and bool(body["learnings"])
    return fault != "row_locked" or (LEARNINGS in request.path and has_learnings)


def _unavailable(fault: str) -> Response:
    headers = {"retry-after": "1"} if "retry" in fault else {}
    return _error(503, "SERVER_UNAVAILABLE", "the server is temporarily unavailable", headers)


def _error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    body = _written([{"errorCode": code, "message": message}])
    return Response(status, body, {"content-type": "application/json;charset=UTF-8", **(headers or {})})


def _written(body: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps(body).encode()
