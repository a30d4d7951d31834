"""A line to hosts over HTTP: one session, always with limits, certificates checked, nothing followed or sent again."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from os import environ
from pathlib import Path
from typing import Any, Self, TypeAlias
from urllib.parse import urlencode, urlsplit

import requests
import urllib3
from requests.utils import get_environ_proxies

from learngraph.publish.addresses import is_loopback
from learngraph.publish.connections import Attempt, WatchedAdapter, attempt
from learngraph.publish.faults import fault_of
from learngraph.publish.secret import Secret
from learngraph.publish.unusable_answers import AnswerTooLargeError, RedirectedError
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response

_PIECE = 65_536  # bytes that are taken from an answer at a time
_REDIRECTS = frozenset({301, 302, 303, 307, 308})  # 300 is an answer: several records have that external id
_EMPTY = frozenset({204, 304})
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_Data: TypeAlias = Callable[[], bytes | None]  # made when it is sent: a traceback shows the values of its frames
_RAISED = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """How long is waited, in seconds, and how much is taken, in bytes of the decoded answer.

    `connect` is for the connection, `read` for a silence, and `total` for the whole of a request, from
    the first word to the last.
    """

    connect: float = 10
    read: float = 120
    total: float = 600
    size: int = 50_000_000


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 - nothing is ever followed
        return None


class HttpLine:
    """Carries requests to hosts that were found safe, each once.

    Proxies and the bundle of certificates come from the environment (`HTTPS_PROXY`, `NO_PROXY`,
    `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE`), logins of `.netrc` do not, and nothing in it switches the
    checking of certificates off. What goes to the machine itself takes no proxy.

    Parameters
    ----------
    limits
        How long is waited and how much is taken.
    ca_bundle
        A file or folder of certificates to trust, in place of the usual ones.
    proxies
        Proxies by scheme, in place of those of the environment.
    certificate
        A certificate of the user's own, as requests takes it.
    """

    def __init__(
        self,
        *,
        limits: HttpLimits | None = None,
        ca_bundle: str | None = None,
        proxies: Mapping[str, str] | None = None,
        certificate: str | tuple[str, str] | None = None,
    ) -> None:
        self.limits = limits or HttpLimits()
        self._bundle = ca_bundle or next(filter(None, map(environ.get, _BUNDLES)), None)
        self._proxies = None if proxies is None else dict(proxies)
        self._certificate = certificate
        self._session = _Session()
        self._session.trust_env = False  # what of the environment counts is read here, and no more
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchedAdapter())

    @classmethod
    def like(cls, session: Any, *, limits: HttpLimits | None = None) -> Self:  # noqa: ANN401 - any session of requests
        """Make a line with the proxies and certificates of another session.

        Raises
        ------
        ValueError
            where that session does not check certificates.
        """
        verify = getattr(session, "verify", True)
        if not verify:
            raise ValueError("the session does not check certificates: set session.verify to True or to a bundle")
        return cls(
            limits=limits,
            ca_bundle=verify if isinstance(verify, str) else None,
            proxies=getattr(session, "proxies", None) or None,
            certificate=getattr(session, "cert", None),
        )

    def __repr__(self) -> str:
        return f"<HttpLine: {self.limits.total:g} s, {self.limits.size:,} bytes>"

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def exchange(self, origin: str, request: Request, *, token: Secret) -> Response:
        """Send a request of an org, with a token, once.

        Raises
        ------
        NotSentError
            where it surely did not leave.
        NoAnswerError
            where it left, and no whole answer came.
        """
        data = None if request.body is None else json.dumps(request.body, allow_nan=False).encode()
        kind = {} if data is None else {"Content-Type": "application/json; charset=utf-8"}
        return self._send(origin, request, lambda: data, {**request.headers, **kind}, token)

    def post_form(self, origin: str, path: str, form: Mapping[str, Secret]) -> Response:
        """Send a form to a token endpoint, once.

        Raises
        ------
        NotSentError, NoAnswerError
            as for `exchange`.
        """
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send(origin, Request("POST", path), lambda: _encoded(form), kind, None)

    def _send(
        self, origin: str, request: Request, data: _Data, headers: Mapping[str, str], token: Secret | None
    ) -> Response:
        if not request.path.startswith("/"):
            raise NotSentError(request, "its path does not begin with a slash")
        if self._bundle is not None and not Path(self._bundle).exists():
            raise NotSentError(request, f"the bundle of certificates {self._bundle} is not there")
        with attempt(self.limits.total) as watched:
            try:
                response = self._exchanged(origin, request, data, headers, _Bearer(origin, token))
                if not watched.expired:  # an answer without a length ends where its connection is shut
                    return response
                failure = self._failure(origin, request, TimeoutError(), watched)
            except _RAISED as error:
                failure = self._failure(origin, request, error, watched)
        # raised outside, so that nothing hangs on to what the libraries raised: it holds the request with its token
        raise failure

    def _exchanged(
        self, origin: str, request: Request, data: _Data, headers: Mapping[str, str], bearer: "_Bearer"
    ) -> Response:
        asked = requests.Request(
            request.method, origin + request.path, headers={**headers, **_headers()}, data=data(), auth=bearer
        )
        with self._session.send(
            self._session.prepare_request(asked),
            stream=True,
            timeout=(self.limits.connect, self.limits.read),
            verify=self._bundle or True,
            cert=self._certificate,
            proxies=self._proxies_to(origin),
            allow_redirects=False,
        ) as answer:
            if answer.status_code in _REDIRECTS:
                raise RedirectedError(request, urlsplit(answer.headers.get("Location", "")).hostname or "")
            body = self._body(request, answer)
        return Response(answer.status_code, body, {name.lower(): value for name, value in answer.headers.items()})

    def _body(self, request: Request, answer: requests.Response) -> bytes:
        pieces, size = [], 0
        for piece in answer.iter_content(_PIECE):
            size += len(piece)
            if size > self.limits.size:
                raise AnswerTooLargeError(request, self.limits.size)
            pieces.append(piece)
        body = b"".join(pieces)
        if _has_no_end(answer) and not _is_json(body):
            raise NoAnswerError(request, "the answer was cut off")
        return body

    def _proxies_to(self, origin: str) -> dict[str, str]:
        if is_loopback(urlsplit(origin).hostname or ""):
            return {}
        return get_environ_proxies(origin, no_proxy=None) if self._proxies is None else self._proxies

    def _failure(
        self, origin: str, request: Request, error: BaseException, watched: Attempt
    ) -> NotSentError | NoAnswerError:
        if isinstance(error, NoAnswerError) and not watched.expired:
            return error.with_traceback(None)
        late = f"it took longer than {self.limits.total:g} s in all"
        fault = late if watched.expired else fault_of(error, connect=self.limits.connect, read=self.limits.read)
        if watched.begun:
            return NoAnswerError(request, fault)
        return NotSentError(request, f"{fault} (at {urlsplit(origin).netloc})")


class _Bearer(requests.auth.AuthBase):
    """Puts the token into a request at the last moment, and only into one to its own host."""

    def __init__(self, origin: str, token: Secret | None) -> None:
        self._host = urlsplit(origin).netloc
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if urlsplit(request.url or "").netloc != self._host:
            raise ValueError("another host")
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        else:
            request.headers.pop("Authorization", None)
        return request


def _has_no_end(answer: requests.Response) -> bool:
    """Whether an answer ends where its connection does, as one whose headers were cut off seems to."""
    told = "Content-Length" in answer.headers or "chunked" in answer.headers.get("Transfer-Encoding", "").lower()
    return not told and answer.status_code not in _EMPTY


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _encoded(form: Mapping[str, Secret]) -> bytes:
    return urlencode({name: field.reveal() for name, field in form.items()}).encode()


def _headers() -> dict[str, str]:
    """Give what every request says of itself.

    Connect REST escapes its texts as HTML and translates names unless it is told otherwise
    (Connect REST API Developer Guide, "Response Body Encoding").
    """
    return {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en-US",
        "User-Agent": f"learngraph/{_version()}",
        "X-Chatter-Entity-Encoding": "false",
    }


def _version() -> str:
    try:
        return version("learngraph")
    except PackageNotFoundError:
        return "0"
