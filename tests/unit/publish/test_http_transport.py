import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from learngraph.publish.client_credentials import ClientCredentials
from learngraph.publish.credentials import AuthError, Credentials, PostForm
from learngraph.publish.http_line import HttpLimits, HttpLine
from learngraph.publish.http_transport import HttpTransport
from learngraph.publish.secret import Secret
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request
from tests.unit.publish.hosts import Host, answer, saying, silent, unused_port

POST = Request("POST", "/services/data/v68.0/x", {"a": 1})
OVER = answer(b'[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]', status="401 Unauthorized")


@dataclass
class Counting:
    """Gives a new token each time, or the same where it cannot be renewed."""

    origin: str
    renewable: bool = True
    same: bool = False
    given: list[str] = field(default_factory=list)

    def credentials(self, post_form: PostForm) -> Credentials:  # noqa: ARG002 - as every way has it
        self.given.append("00D000000000001!1" if self.same else f"00D000000000001!{len(self.given) + 1}")
        return Credentials(self.origin, Secret(self.given[-1]))


def only(token: str) -> Callable[[socket.socket, bytes], None]:
    """Take one token, and call the session of every other over."""

    def talk(peer: socket.socket, request: bytes) -> None:
        peer.sendall(answer(b'{"ok": true}') if f"Bearer {token}\r\n".encode() in request else OVER)

    return talk


def test_nobody_logs_in_before_there_is_something_to_send() -> None:
    with Host(only("00D000000000001!1")) as host:
        auth = Counting(host.origin)
        transport = HttpTransport(auth)
        assert (auth.given, repr(transport)) == ([], "<HttpTransport: not yet logged in>")

        assert transport.send(POST).json() == {"ok": True}
        assert transport.send(POST).json() == {"ok": True}
        transport.close()

    assert len(auth.given) == 1
    assert transport.origin == host.origin
    assert repr(transport) == f"<HttpTransport: {host.origin}>"


def test_a_session_that_is_over_is_renewed_once_and_the_request_sent_again() -> None:
    with Host(only("00D000000000001!2")) as host:
        auth = Counting(host.origin)
        response = HttpTransport(auth).send(POST)

    assert response.json() == {"ok": True}
    assert len(auth.given) == 2
    assert [heard.partition(b"\r\n\r\n")[2] for heard in host.heard] == [b'{"a": 1}'] * 2


def test_a_session_that_stays_over_is_told() -> None:
    with Host(saying(OVER)) as host:
        response = HttpTransport(Counting(host.origin)).send(POST)

    assert response.status == 401
    assert len(host.heard) == 2


@pytest.mark.parametrize(
    ("renewable", "same", "logins"),
    [pytest.param(False, False, 1, id="cannot be renewed"), pytest.param(True, True, 2, id="nothing new to be had")],
)
def test_without_a_new_token_nothing_is_sent_again(renewable: bool, same: bool, logins: int) -> None:  # noqa: FBT001 - of a table
    with Host(saying(OVER)) as host:
        auth = Counting(host.origin, renewable=renewable, same=same)
        assert HttpTransport(auth).send(POST).status == 401

    assert (len(host.heard), len(auth.given)) == (1, logins)


def test_several_threads_log_in_once() -> None:
    with Host(only("00D000000000001!1")) as host:
        auth = Counting(host.origin)
        transport = HttpTransport(auth, line=HttpLine(limits=HttpLimits(5, 5, 20)))
        with ThreadPoolExecutor(4) as pool:
            assert all(response.ok for response in pool.map(transport.send, [POST] * 20))

    assert len(auth.given) == 1


def test_where_nobody_could_log_in_nothing_was_sent() -> None:
    with unused_port() as port:
        transport = HttpTransport(ClientCredentials(f"http://127.0.0.1:{port}", "3", Secret("hush")))
        with pytest.raises(NotSentError, match="logging in failed: the connection was refused") as raised:
            transport.send(POST)

    assert raised.value.request == POST
    assert raised.value.__context__ is None


def test_an_endpoint_that_is_silent_leaves_the_request_unsent() -> None:
    with Host(silent) as host:
        line = HttpLine(limits=HttpLimits(1, 0.2, 1))
        with pytest.raises(NotSentError, match="silence"):
            HttpTransport(ClientCredentials(host.origin, "3", Secret("hush")), line=line).send(POST)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(answer(b"<html>AQhush", kind="text/html"), id="a page"),
        pytest.param(answer(b'{"access_token": "00D000000000001!AQhush'), id="a token that was cut off"),
        pytest.param(answer(b'{"error": "invalid_client"}', status="400 No"), id="a refusal"),
    ],
)
def test_an_endpoint_that_gives_no_token_is_told(reply: bytes) -> None:
    with Host(saying(reply)) as host, pytest.raises(AuthError) as raised:
        HttpTransport(ClientCredentials(host.origin, "3", Secret("secret"))).send(POST)

    assert "AQhush" not in str(raised.value)
    assert raised.value.__context__ is None


def test_a_transport_does_not_show_what_it_holds() -> None:
    with Host(only("00D000000000001!1")) as host:
        transport = HttpTransport(Counting(host.origin))
        transport.send(POST)

    held = vars(transport)["_held"]
    assert held.token == Secret("00D000000000001!1")
    assert "00D" not in repr(held) + repr(transport)


def test_an_app_logs_in_and_asks_with_what_it_got() -> None:
    def talk(peer: socket.socket, request: bytes) -> None:
        granted = {"access_token": "00D000000000001!AQ", "instance_url": ""}
        if request.startswith(b"POST /services/oauth2/token"):
            granted["instance_url"] = host.origin
            peer.sendall(answer(json.dumps(granted).encode()))
        else:
            peer.sendall(answer(b"[]" if b"Bearer 00D000000000001!AQ" in request else b"{}"))

    with Host(talk) as host:
        response = HttpTransport(ClientCredentials(host.origin, "3", Secret("hush"))).send(Request("GET", "/x"))

    assert response.json() == []


def test_what_may_have_been_carried_out_is_not_sent_again() -> None:
    with Host(lambda peer, _: peer.close()) as host, pytest.raises(NoAnswerError):
        HttpTransport(Counting(host.origin)).send(POST)

    assert len(host.heard) == 1
