"""What an org refuses, in words that a registrar can act on."""

from typing import Any

from learngraph.errors import LearnGraphError
from learngraph.markup import printable
from learngraph.publish.row_codes import ROW_CODES
from learngraph.publish.secret import without_tokens
from learngraph.salesforce.wire import Response, UnreadableAnswerError

_SHOWN = 1000  # letters of a message
_MORE = 5  # errors of one answer that are told

#: what a code means: those of a learning have a table of their own, these are of whole requests
_HINTS = {row.code: row.means for row in ROW_CODES} | {
    "API_CURRENTLY_DISABLED": "the org's API is switched off for now: ask its administrator",
    "API_DISABLED_FOR_ORG": "this edition of the org has no API, or the user lacks the permission API Enabled",
    "INVALID_FIELD": "the org has no such field, or the user may not see it: check the field-level security",
    "INVALID_QUERY_LOCATOR": "the query took too long between its pages: start again",
    "INVALID_SESSION_ID": "the session is over or the token is of another org: log in again",
    "INVALID_TYPE": "the org has no such object, or the user may not see it: assign Education Cloud Full Access",
    "JSON_PARSER_ERROR": "the org could not read the request: please report this",
    "NOT_FOUND": "the org has no such resource: is Education Cloud switched on, and does the user have access?",
    "QUERY_TIMEOUT": "the query took longer than two minutes: try again when the org is less busy",
    "REQUEST_LIMIT_EXCEEDED": "the org takes no more requests for now: go on later",
    "SERVER_UNAVAILABLE": "the org is busy or under maintenance: try again later",
}
_BY_STATUS = {
    401: _HINTS["INVALID_SESSION_ID"],
    403: "the user may not do this: assign Education Cloud Full Access and check API Enabled",
    404: _HINTS["NOT_FOUND"],
    503: _HINTS["SERVER_UNAVAILABLE"],
}


class OrgError(LearnGraphError, ValueError):
    """A request that an org refused, in its words and in ours.

    Attributes
    ----------
    status
        The HTTP status.
    code
        The org's code for it, such as `INVALID_FIELD`; may be empty.
    message
        What the org says, without what would command a terminal and without tokens.
    hint
        What would mend it; may be empty.
    """

    def __init__(self, status: int, code: str, message: str, hint: str = "") -> None:
        super().__init__(status, code, message, hint)
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        said = ": ".join(part for part in (self.code, self.message) if part) or "no reason was given"
        return f"the org refused it (HTTP {self.status}): {said}" + (f" ({self.hint})" if self.hint else "")


def org_error(response: Response) -> OrgError:
    """Read an answer that refuses a request, whatever its shape.

    Examples
    --------
    >>> body = b'[{"errorCode":"STRING_TOO_LONG","message":"Name"}]'
    >>> print(org_error(Response(400, body)))
    the org refused it (HTTP 400): STRING_TOO_LONG: Name (a text is longer than the org's field: shorten it)
    """
    try:
        faults = _faults(response.json())
    except UnreadableAnswerError as error:
        faults = [("", f"it is no JSON: it begins with {error.beginning!r}")]
    code = faults[0][0] if faults else ""
    message = "; ".join(text for _, text in faults[:_MORE])
    return OrgError(response.status, code, message[:_SHOWN], hint_for(code) or _BY_STATUS.get(response.status, ""))


def error_codes(response: Response) -> tuple[str, ...]:
    """Give the codes of an answer that refuses a request; none where it is unreadable."""
    try:
        return tuple(code for code, _ in _faults(response.json()))
    except UnreadableAnswerError:
        return ()


def faults_of(response: Response) -> list[tuple[str, str]]:
    """Give code and message of each error that an answer tells; none where it tells none in a documented form.

    Examples
    --------
    >>> faults_of(Response(400, b'[{"errorCode":"MALFORMED_ID","message":"Invalid identifier: x"}]'))
    [('MALFORMED_ID', 'Invalid identifier: x')]
    """
    try:
        found = _faults(response.json())
    except UnreadableAnswerError:
        return []
    return [(code, message) for code, message in found if code or message]


def hint_for(code: str) -> str:
    """Say what would mend what a code of the org stands for; empty where we do not know.

    Examples
    --------
    >>> hint_for("STRING_TOO_LONG")
    "a text is longer than the org's field: shorten it"
    """
    return _HINTS.get(code, "")


def _faults(answer: object) -> list[tuple[str, str]]:
    """Give pairs of code and message: of a list of errors, of one, or of a token endpoint."""
    entries = answer if isinstance(answer, list) else [answer]
    return [
        (_first(entry, "errorCode", "error"), _first(entry, "message", "error_description"))
        for entry in entries
        if isinstance(entry, dict)
    ]


def _first(entry: dict[str, Any], *names: str) -> str:
    found = next((value for name in names if isinstance(value := entry.get(name), str)), "")
    return printable(without_tokens(found))[:_SHOWN]
