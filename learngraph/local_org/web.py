"""The embedded org over HTTP: a WSGI application over the same answers, behind a door that asks for a token."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote_plus

from learngraph.local_org.org import LocalOrg, refusal, written
from learngraph.local_org.refusals import RequestRefusedError, not_allowed
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response, Transport

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], object]
App: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]

_TOKEN = "/services/oauth2/token"  # noqa: S105 - a path
_LARGEST = 50 * 1024 * 1024  # bytes of a body
_MISSING = 1000  # bytes that a lost answer promises and does not bring
_FORM = "application/x-www-form-urlencoded"

_REASONS = {
    200: "OK", 201: "Created", 300: "Multiple Choices", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large", 415: "Unsupported Media Type",
    429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip


def wsgi_app(org: LocalOrg, transport: Transport | None = None) -> App:
    """Give a WSGI application that answers as the org does.

    `transport` is what requests go through once they are let in, such as `Faults`; by default the org itself.
    A request to which it gives no answer gets the beginning of one, after which the connection is closed.
    """
    way: Transport = transport or _Straight(org)

    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            answer = _answer(org, way, environ)
        except RequestRefusedError as refused:
            answer = _json(refused.status, [refusal(refused)], refused.headers)
        except (NotSentError, NoAnswerError):
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(_MISSING))])
            return []
        headers = [(name.title(), value) for name, value in answer.headers.items()]
        status = f"{answer.status} {_REASONS.get(answer.status, 'Unknown')}"
        start_response(status, [*headers, ("Content-Length", str(len(answer.body)))])
        return [answer.body]

    return app


class _Straight:
    def __init__(self, org: LocalOrg) -> None:
        self._org = org

    def send(self, request: Request) -> Response:
        return self._org.answer(request)


def _answer(org: LocalOrg, way: Transport, environ: Environ) -> Response:
    path = _path(environ)
    if environ.get("PATH_INFO") == _TOKEN:
        return _token(org, environ)
    is_public = environ.get("PATH_INFO", "").rstrip("/") == "/services/data"
    if not is_public and not org.tokens.is_valid(environ.get("HTTP_AUTHORIZATION", "")):
        raise RequestRefusedError(401, "INVALID_SESSION_ID", "Session expired or invalid")
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") and name != "HTTP_AUTHORIZATION"
    }
    return way.send(Request(environ["REQUEST_METHOD"], path, _body(environ), headers))


def _path(environ: Environ) -> str:
    """Give the path as it was written, since an external id may hold a slash that was escaped."""
    raw = environ.get("REQUEST_URI") or environ.get("RAW_URI")
    if raw is None:
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        raw = "".join(_escaped(letter) for letter in path)
        if environ.get("QUERY_STRING"):
            raw += f"?{environ['QUERY_STRING']}"
    return str(raw)


def _escaped(letter: str) -> str:
    return f"%{ord(letter):02X}" if letter in "%?#" else letter


def _read(environ: Environ) -> bytes:
    stated = environ.get("CONTENT_LENGTH") or "0"
    if not stated.isdecimal() or int(stated) > _LARGEST:
        raise RequestRefusedError(413, "EXCEEDED_MAX_SIZE_REQUEST", f"a body has at most {_LARGEST} bytes")
    return bytes(environ["wsgi.input"].read(int(stated)))


def _body(environ: Environ) -> Any:  # noqa: ANN401 - any JSON
    raw = _read(environ)
    if not raw.strip():
        return None
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().casefold()
    if kind != "application/json":
        raise RequestRefusedError(415, "UNSUPPORTED_MEDIA_TYPE", f"The content type {kind[:80]!r} is not supported")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise RequestRefusedError(400, "JSON_PARSER_ERROR", "the body is no JSON") from None


def _token(org: LocalOrg, environ: Environ) -> Response:
    if environ["REQUEST_METHOD"] != "POST":
        raise not_allowed(environ["REQUEST_METHOD"], "POST")
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().casefold()
    if kind != _FORM:
        return _json(400, {"error": "invalid_request", "error_description": f"the body is no {_FORM}"})
    form = dict(parse_qsl(_read(environ).decode("utf-8", "replace"), keep_blank_values=True))
    form.update(_basic(environ.get("HTTP_AUTHORIZATION", "")))
    status, said = org.tokens.grant(form, f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '127.0.0.1')}")
    return _json(status, said)


def _basic(header: str) -> Mapping[str, str]:
    """Read client id and secret from an Authorization header."""
    kind, _, given = header.partition(" ")
    if kind.casefold() != "basic":
        return {}
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return {}
    return {"client_id": unquote_plus(name), "client_secret": unquote_plus(secret)}


def _json(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Response:  # noqa: ANN401 - any JSON
    return Response(status, written(body), {"content-type": "application/json;charset=UTF-8", **(headers or {})})
