"""Questions to an org by its documented reads: queries page by page, what describe tells, and versions."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from learngraph.errors import LearnGraphError
from learngraph.model.value import short
from learngraph.salesforce.wire import Request, Response, Transport

#: a guard against an org whose pages never end
MAX_PAGES = 5_000

_SHOWN = 200
_PAGES = {"Sforce-Query-Options": "batchSize=2000"}
_CURSOR = re.compile(r"/services/data/v\d+\.\d/query/[\w-]+", re.ASCII)


class OrgError(LearnGraphError, ValueError):
    """A request that an org refused.

    Attributes
    ----------
    status
        The HTTP status.
    code
        The org's code for it, such as `INVALID_FIELD`; may be empty.
    message
        What the org says.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message

    def __str__(self) -> str:
        said = ": ".join(part for part in (self.code, self.message) if part) or "no reason was given"
        return f"the org refused it (HTTP {self.status}): {said}"


class UnexpectedAnswerError(LearnGraphError, ValueError):
    """An answer that is JSON, and not what the documentation says.

    Attributes
    ----------
    asked
        What was asked.
    fault
        What is wrong with the answer.
    """

    def __init__(self, asked: str, fault: str) -> None:
        super().__init__(asked, fault)
        self.asked = asked
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.asked}: {self.fault}"


def versioned(version: str, path: str) -> str:
    """Give the path of a resource in a version of the API.

    Examples
    --------
    >>> versioned("66.0", "/limits")
    '/services/data/v66.0/limits'
    """
    return f"/services/data/v{version}{path}"


def ask(transport: Transport, request: Request) -> Any:  # noqa: ANN401 - any JSON
    """Send a request and give the JSON of its answer.

    Raises
    ------
    OrgError
        where the org refuses it.
    UnreadableAnswerError
        where the answer is no JSON.
    """
    response = transport.send(request)
    if response.ok:
        return response.json()
    code, message = next(iter(errors_of(response)), ("", ""))
    raise OrgError(response.status, code, message)


def query(transport: Transport, soql: str, version: str) -> Iterator[Mapping[str, Any]]:
    """Give the records of a query, page after page, as they are asked for.

    Pages are followed by their path alone, so the next one is asked of the same org whatever it says.

    Raises
    ------
    OrgError, UnreadableAnswerError
        where the org refuses the query or answers no JSON.
    UnexpectedAnswerError
        where a page is not as documented, names a next one that is no page of a query, or there is no end.
    """
    path: str | None = versioned(version, f"/query?q={quote(soql, safe='')}")
    followed: set[str] = set()
    while path is not None:
        if path in followed or len(followed) >= MAX_PAGES:
            raise UnexpectedAnswerError(soql[:_SHOWN], "its pages do not end")
        followed.add(path)
        page = ask(transport, Request("GET", path, headers=_PAGES))
        if not isinstance(page, dict) or not isinstance(page.get("records"), list):
            raise UnexpectedAnswerError(soql[:_SHOWN], "the answer has no records")
        for record in page["records"]:
            if not isinstance(record, dict):
                raise UnexpectedAnswerError(soql[:_SHOWN], "a record is none")
            yield record
        path = None if page.get("done") is True else _next(soql, page)


def _next(soql: str, page: Mapping[str, Any]) -> str:
    path = page.get("nextRecordsUrl")
    if not isinstance(path, str) or not _CURSOR.fullmatch(path):
        raise UnexpectedAnswerError(soql[:_SHOWN], f"the next page is {short(path)}, which is no page of a query")
    return path


def describe(transport: Transport, name: str, version: str) -> Mapping[str, Any]:
    """Ask what fields an object has for this user.

    Raises
    ------
    OrgError, UnreadableAnswerError
        where the org has no such object, or answers no JSON.
    UnexpectedAnswerError
        where the answer has no fields.
    """
    answer = ask(transport, Request("GET", versioned(version, f"/sobjects/{name}/describe")))
    if not isinstance(answer, dict) or not isinstance(answer.get("fields"), list):
        raise UnexpectedAnswerError(f"describe {name}", "the answer has no fields")
    return answer


def errors_of(response: Response) -> list[tuple[str, str]]:
    """Give code and message of each error that an answer tells in a documented form; none where it tells none.

    Examples
    --------
    >>> errors_of(Response(400, b'[{"errorCode":"MALFORMED_ID","message":"Invalid identifier: x"}]'))
    [('MALFORMED_ID', 'Invalid identifier: x')]
    """
    try:
        body = response.json()
    except ValueError:
        return []
    entries = body if isinstance(body, list) else [body]
    pairs = [(_text(entry, "errorCode", "error"), _text(entry, "message")) for entry in entries]
    return [(code, message) for code, message in pairs if code or message]


def _text(entry: object, *names: str) -> str:
    values = [entry.get(name) for name in names] if isinstance(entry, dict) else []
    found = next((value for value in values if isinstance(value, str)), "")
    return "".join(letter for letter in found if letter.isprintable())[:_SHOWN]
