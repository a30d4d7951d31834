"""A transport that answers by a script and remembers what it was asked, and a clock that takes no time."""

import json
from collections.abc import Callable
from typing import Any

from learngraph.publish.retrying import Clock
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response

Line = Response | Callable[[Request], Response]


class Scripted:
    """Answers one line after the other; the last for ever."""

    def __init__(self, *lines: Line) -> None:
        self.asked: list[Request] = []
        self._lines = list(lines)

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        line = self._lines.pop(0) if len(self._lines) > 1 else self._lines[0]
        return line if isinstance(line, Response) else line(request)


def says(body: Any = None, status: int = 200, **headers: str) -> Response:
    """An answer with a JSON body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, json.dumps(body).encode(), named)


def refuses(code: str, status: int = 400, message: str = "no", **headers: str) -> Response:
    """A refusal as Connect REST has it."""
    return says([{"errorCode": code, "message": message}], status, **headers)


def not_sent(request: Request) -> Response:
    raise NotSentError(request, "the connection was refused")


def not_answered(request: Request) -> Response:
    raise NoAnswerError(request, "silence for 120 s")


class Waited:
    """Time that passes only where somebody sleeps."""

    def __init__(self, chance: float = 1.0) -> None:
        self.waits: list[float] = []
        self.clock = Clock(self.now, lambda: 1_800_000_000 + self.now(), self.waits.append, lambda: chance)

    def now(self) -> float:
        return sum(self.waits)
