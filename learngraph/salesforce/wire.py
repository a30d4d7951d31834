"""The network in one method: requests and answers are frozen values, and whoever sends them is a `Transport`.

`publish` sends requests, the embedded org answers them, and neither knows the other.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic_core import from_json

from learngraph.errors import LearnGraphError

#: the resource, after "/services/data/vNN.0"
LEARNINGS = "/connect/education/academic-operations/learnings"

_SHOWN = 300  # letters of an answer in a message


@dataclass(frozen=True, slots=True)
class Request:
    """A request to an org: `path` begins with a slash and holds the query; `body` is JSON, None for none.

    Headers that every request has (authorization, language, encoding) are the transport's to add, so a
    request never holds a secret and may be written down.
    """

    method: str
    path: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing, so that it may be sent again."""
        return self.method == "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: headers by their names in lower case, and the bytes of the body."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the org took the request, which says nothing of single learnings in it."""
        return 200 <= self.status < 300  # noqa: PLR2004 - what HTTP calls success

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Give the body as JSON; None for an empty one.

        Raises
        ------
        UnreadableAnswerError
            where it is none, as when an answer was cut off on the way.
        """
        if not self.body.strip():
            return None
        with suppress(ValueError):  # the quicker reader; what it refuses is left to the usual one
            return from_json(self.body, cache_strings="keys")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise UnreadableAnswerError(self.status, self.body[:_SHOWN].decode("utf-8", "replace")) from None


class Transport(Protocol):
    """Sends a request and gives the answer, whatever its status."""

    def send(self, request: Request) -> Response:
        """Send one request once.

        Raises
        ------
        NotSentError
            where it surely did not reach the org.
        NoAnswerError
            where it may have been carried out, and no whole answer came.
        """


class NotSentError(LearnGraphError, ConnectionError):
    """A request that surely did not reach the org: it may be sent again.

    Attributes
    ----------
    request
        What was to be sent.
    fault
        What went wrong.
    """

    def __init__(self, request: Request, fault: str) -> None:
        super().__init__(request, fault)
        self.request = request
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.request} was not sent: {self.fault}"


class NoAnswerError(LearnGraphError, ConnectionError):
    """A request to which no whole answer came: nobody knows whether it was carried out.

    Attributes
    ----------
    request
        What was sent.
    fault
        What went wrong.
    """

    def __init__(self, request: Request, fault: str) -> None:
        super().__init__(request, fault)
        self.request = request
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.request} was not answered, and may have been carried out: {self.fault}"


class UnreadableAnswerError(LearnGraphError, ValueError):
    """An answer that is no JSON: cut off, or not of an org at all.

    Attributes
    ----------
    status
        The HTTP status.
    beginning
        The first letters of the answer.
    """

    def __init__(self, status: int, beginning: str) -> None:
        super().__init__(status, beginning)
        self.status = status
        self.beginning = beginning

    def __str__(self) -> str:
        return f"the answer (HTTP {self.status}) is no JSON: it begins with {self.beginning!r}"
