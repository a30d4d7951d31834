"""The org over HTTP on the own machine: the door, what comes through it, and what does not."""

import http.client
import io
import json
from collections.abc import Iterator
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from learngraph.local_org.faults import Faults, Scripted
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.server import CannotServeError, Server, serve
from learngraph.local_org.transport import LocalTransport
from learngraph.local_org.web import wsgi_app
from tests.unit.local_org.orgs import BASE, FIELD, LEARNINGS, course, org

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_GRANT = {"grant_type": "client_credentials", "client_id": "learngraph", "client_secret": "local"}


class Visitor:
    """Somebody who comes over HTTP; with a token after `enter`."""

    def __init__(self, server: Server) -> None:
        self._address = urlsplit(server.url).netloc
        self.token = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, Any]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None and not isinstance(body, bytes):
            named.setdefault("Content-Type", "application/json")
            body = json.dumps(body).encode()
        connection = http.client.HTTPConnection(self._address, timeout=10)
        try:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            raw = answer.read()
            return answer.status, json.loads(raw) if raw else None, answer.headers
        finally:
            connection.close()

    def enter(self, **form: str) -> tuple[int, Any]:
        raw = urlencode({**_GRANT, **form}).encode()
        status, said, _ = self.ask("POST", "/services/oauth2/token", raw, **_FORM)
        self.token = said.get("access_token", "")
        return status, said


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[LocalOrg, Server]]:
    one = org()
    with serve(one) as server:
        yield one, server


@pytest.fixture
def visitor(served: tuple[LocalOrg, Server]) -> Visitor:
    return Visitor(served[1])


def test_a_token_opens_the_door(visitor: Visitor, served: tuple[LocalOrg, Server]) -> None:
    status, said = visitor.enter()

    assert status == 200
    assert set(said) == {"access_token", "instance_url", "id", "token_type", "scope"}
    assert said["instance_url"] == served[1].url
    status, body, headers = visitor.ask("GET", f"{BASE}/limits")
    assert (status, list(body)) == (200, ["DailyApiRequests"])
    assert headers["Sforce-Limit-Info"].startswith("api-usage=")
    assert headers["Content-Type"] == "application/json;charset=UTF-8"


def test_a_token_is_given_for_basic_credentials_too(visitor: Visitor) -> None:
    raw = b"grant_type=client_credentials"

    status, said, _ = visitor.ask(
        "POST", "/services/oauth2/token", raw, Authorization="Basic bGVhcm5ncmFwaDpsb2NhbA==", **_FORM
    )

    assert (status, bool(said["access_token"])) == (200, True)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_id": "somebody"}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
        ({"client_secret": "löcal"}, "invalid_client"),
    ],
)
def test_a_token_is_refused_to_others(visitor: Visitor, form: dict[str, str], error: str) -> None:
    status, said = visitor.enter(**form)

    assert (status, said["error"]) == (400, error)
    assert "error_description" in said


def test_a_token_is_asked_for_by_a_form(visitor: Visitor) -> None:
    assert visitor.ask("POST", "/services/oauth2/token", {"grant_type": "client_credentials"})[0] == 400
    assert visitor.ask("GET", "/services/oauth2/token")[0] == 405


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic bGVhcm5ncmFwaDpsb2NhbA==", "Bearer \xe9"])
def test_nobody_comes_in_without_a_token(visitor: Visitor, header: str) -> None:
    status, said, _ = visitor.ask("GET", f"{BASE}/limits", **({"Authorization": header} if header else {}))

    assert (status, said[0]["errorCode"]) == (401, "INVALID_SESSION_ID")


def test_versions_are_told_to_anybody(visitor: Visitor) -> None:
    assert visitor.ask("GET", "/services/data/")[0] == 200


def test_a_learning_is_published_and_read_back(visitor: Visitor) -> None:
    visitor.enter()
    name = "ÉCO & 數學/1 %2F"

    status, said, _ = visitor.ask("POST", LEARNINGS, {"learnings": [course(name)]})

    assert (status, said["status"]) == (201, "SUCCESS")
    path = f"{LEARNINGS}/%C3%89CO%20%26%20%E6%95%B8%E5%AD%B8%2F1%20%252F?course_external_id_field={FIELD}"
    status, plain, _ = visitor.ask("GET", path, X_Chatter_Entity_Encoding="false")
    assert (status, plain["learning"]["name"]) == (200, name)
    assert visitor.ask("GET", path)[1]["learning"]["name"] == "ÉCO &amp; 數學/1 %2F"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"NaN", "application/json", 400),
        (b'{"learnings": [{"learning": {"duration": 1e999}}]}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
        (b"", "application/json", 400),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(visitor: Visitor, body: bytes, kind: str, status: int) -> None:
    visitor.enter()

    found, said, _ = visitor.ask("POST", LEARNINGS, body, Content_Type=kind)

    assert found == status
    assert set(said[0]) == {"errorCode", "message"}


@pytest.mark.parametrize("fault", ["answer_lost", "reset"])
def test_a_lost_answer_is_a_connection_that_ends_too_early(fault: str) -> None:
    one = org()
    with serve(one, transport=Faults(LocalTransport(one), script=[Scripted("POST", 1, fault)])) as server:
        visitor = Visitor(server)
        visitor.enter()

        with pytest.raises(http.client.IncompleteRead):
            visitor.ask("POST", LEARNINGS, {"learnings": [course("A")]})

        assert one.counts()["Learning"] == (fault == "answer_lost")
        assert visitor.ask("GET", f"{BASE}/limits")[0] == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])  # noqa: S104 - to be refused
def test_the_org_is_served_on_the_own_machine_alone(host: str) -> None:
    with pytest.raises(CannotServeError, match="own machine"):
        serve(org(), host=host)


def test_a_server_stops_though_somebody_keeps_a_connection() -> None:
    with serve(org()) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
        connection.request("GET", "/services/data")
        connection.getresponse().read()
        began = monotonic()

    connection.close()
    assert monotonic() - began < 5


def test_a_port_that_is_taken_is_told(served: tuple[LocalOrg, Server]) -> None:
    port = int(served[1].url.rpartition(":")[2])

    with pytest.raises(CannotServeError):
        serve(org(), host="localhost", port=port)


def _called(path: str, query: str = "", method: str = "GET", **more: Any) -> tuple[str, Any]:
    """Call the application as a server does that does not tell the path as it was written."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": io.BytesIO(b""),
        "wsgi.url_scheme": "http", **more,
    }  # fmt: skip
    body = b"".join(wsgi_app(org())(environ, lambda status, _: said.append(status)))
    return said[0], json.loads(body)


def test_any_server_of_wsgi_will_do() -> None:
    assert _called("/services/data")[0] == "200 OK"
    assert _called("/services/data", "x=1")[1][0]["version"] == "62.0"
    assert _called("/services/data/v67.0/limits")[0] == "401 Unauthorized"


@pytest.mark.parametrize("header", ["Basic !!!", "Basic /w==", "Basic"])
def test_credentials_that_cannot_be_read_give_no_token(header: str) -> None:
    more = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_AUTHORIZATION": header}

    assert _called("/services/oauth2/token", method="POST", **more)[0] == "400 Bad Request"


def test_a_body_of_more_than_50_megabytes_is_not_read() -> None:
    more = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(50 * 1024 * 1024 + 1)}

    status, said = _called("/services/oauth2/token", method="POST", **more)

    assert (status, said[0]["errorCode"]) == ("413 Content Too Large", "EXCEEDED_MAX_SIZE_REQUEST")
