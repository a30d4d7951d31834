"""Which request is answered by what."""

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

from learngraph.local_org.desk import Desk
from learngraph.local_org.entities import encoded
from learngraph.local_org.fields import Json
from learngraph.local_org.inserting import insert_record
from learngraph.local_org.managing import patch, post
from learngraph.local_org.querying import Cursors, next_page, page_size, run_query
from learngraph.local_org.reading import get_learning
from learngraph.local_org.refusals import RequestRefusedError, not_allowed
from learngraph.salesforce.wire import LEARNINGS, Request

Answered: TypeAlias = tuple[int, Any]

DATA = "/services/data"
_VERSION = re.compile(rf"{DATA}/v(\d+\.\d)(/.*)?")
_FIRST = 62  # Winter '25


class _Call:
    """A request, taken apart: `base` is the path of its version, `rest` what follows."""

    def __init__(self, request: Request, base: str, rest: str, query: dict[str, str]) -> None:
        self.request = request
        self.base = base
        self.rest = rest
        self.query = query
        self.headers = {name.casefold(): value for name, value in request.headers.items()}


def answered(desk: Desk, cursors: Cursors, request: Request, limits: Json) -> Answered:
    """Give the status and the body of the answer to a request.

    Raises
    ------
    RequestRefusedError
        where there is no answer but an error.
    """
    _must_be_text(request.body)
    parts = urlsplit(request.path)
    path = parts.path.rstrip("/")
    if path == DATA:
        _only(request, "GET")
        return 200, [_version(number) for number in desk.settings.api_versions]
    found = _VERSION.fullmatch(path)
    if not found or found[1] not in desk.settings.api_versions:
        raise _not_found()
    base = f"{DATA}/v{found[1]}"
    call = _Call(request, base, found[2] or "", dict(parse_qsl(parts.query, keep_blank_values=True)))
    return _of_version(desk, cursors, call, limits)


def _of_version(desk: Desk, cursors: Cursors, call: _Call, limits: Json) -> Answered:
    if call.rest == LEARNINGS or call.rest.startswith(f"{LEARNINGS}/"):
        status, body = _learnings(desk, call)
        plain = call.headers.get("x-chatter-entity-encoding", "").casefold() == "false"
        return status, body if plain else encoded(body)
    if call.rest == "":
        _only(call.request, "GET")
        names = ("connect", "limits", "query", "sobjects")
        return 200, {name: f"{call.base}/{name}" for name in names}
    if call.rest == "/limits":
        _only(call.request, "GET")
        return 200, {"DailyApiRequests": limits}
    if call.rest == "/query" or call.rest.startswith("/query/"):
        return 200, _query(desk, cursors, call)
    if call.rest == "/sobjects" or call.rest.startswith("/sobjects/"):
        return _sobjects(desk, call)
    raise _not_found()


def _learnings(desk: Desk, call: _Call) -> Answered:
    name = unquote(call.rest.removeprefix(LEARNINGS).removeprefix("/"))
    if name:
        _only(call.request, "GET")
        return 200, get_learning(desk, name, call.query)
    _only(call.request, "POST", "PATCH")
    methods: dict[str, Callable[[Desk, Any], Answered]] = {"POST": post, "PATCH": patch}
    return methods[call.request.method](desk, call.request.body)


def _query(desk: Desk, cursors: Cursors, call: _Call) -> Json:
    _only(call.request, "GET")
    size = page_size(call.headers.get("sforce-query-options", ""))
    cursor = call.rest.removeprefix("/query").removeprefix("/")
    if cursor:
        return next_page(cursor, cursors, base=call.base, size=size)
    if not call.query.get("q"):
        raise RequestRefusedError(400, "MALFORMED_QUERY", "the parameter q holds no query")
    return run_query(desk, call.query["q"], cursors, base=call.base, size=size)


def _sobjects(desk: Desk, call: _Call) -> Answered:
    name, _, rest = call.rest.removeprefix("/sobjects").removeprefix("/").partition("/")
    if not name:
        _only(call.request, "GET")
        told = [{**one.described(call.base), "fields": None} for one in desk.objects.values()]
        for one in told:
            del one["fields"]
        return 200, {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": told}
    if name not in desk.objects or rest not in {"", "describe"}:
        raise _not_found()
    if rest == "describe":
        _only(call.request, "GET")
        return 200, desk.objects[name].described(call.base)
    _only(call.request, "POST")
    return 201, insert_record(desk, name, call.request.body)


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise not_allowed(request.method, *methods)


def _must_be_text(body: object) -> None:
    """Refuse what JSON can hold and no text can: half of a surrogate pair, numbers that are none."""
    try:
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise RequestRefusedError(400, "JSON_PARSER_ERROR", "the body is no JSON that can be read") from None


def _not_found() -> RequestRefusedError:
    return RequestRefusedError(404, "NOT_FOUND", "The requested resource does not exist")


def _version(number: str) -> Json:
    place = int(float(number)) - _FIRST
    season = ("Winter", "Spring", "Summer")[place % 3]
    return {"label": f"{season} '{25 + place // 3}", "url": f"{DATA}/v{number}", "version": number}
