"""What reaches a host, and what a host that does as it likes can do: every case on a real socket."""

import gzip
import logging
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from learngraph.publish.http_line import HttpLimits, HttpLine
from learngraph.publish.secret import Secret
from learngraph.publish.unusable_answers import AnswerTooLargeError, RedirectedError
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response, UnreadableAnswerError
from tests.unit.publish.hosts import (
    Host,
    Talk,
    answer,
    dripping,
    request_from,
    reset,
    saying,
    saying_then_resetting,
    silent,
    unused_port,
)

TOKEN = Secret("00D000000000001!AQsecret")
GET, POST = Request("GET", "/services/data"), Request("POST", "/services/data", {"name": "CS 601 & more"})
SHORT = HttpLimits(connect=1, read=0.3, total=1, size=100_000)


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def sent(host: Host, request: Request = POST, limits: HttpLimits = SHORT) -> Response:
    line = HttpLine(limits=limits)
    try:
        return line.exchange(host.origin, request, token=TOKEN)
    finally:
        line.close()


def test_a_request_says_who_asks_and_what_it_wants() -> None:
    with Host(saying(answer(b'{"ok": true}', Sforce_Limit_Info="api-usage=1/2"))) as host:
        response = sent(host, Request("POST", "/x?y=%20z", {"a": "é"}, {"Sforce-Query-Options": "batchSize=2000"}))

    (heard,) = host.heard
    lines = set(heard.decode().split("\r\n"))
    assert lines >= {
        "POST /x?y=%20z HTTP/1.1", "Accept: application/json", "Accept-Language: en-US",
        "X-Chatter-Entity-Encoding: false", "Content-Type: application/json; charset=utf-8",
        "Authorization: Bearer 00D000000000001!AQsecret", "Sforce-Query-Options: batchSize=2000", '{"a": "\\u00e9"}',
    }  # fmt: skip
    assert b"\r\nUser-Agent: learngraph/" in heard
    assert response == Response(200, b'{"ok": true}', response.headers)
    assert response.headers["sforce-limit-info"] == "api-usage=1/2"


def test_a_request_cannot_change_who_asks() -> None:
    with Host(saying(answer())) as host:
        sent(host, Request("GET", "/x", headers={"authorization": "Bearer other", "User-agent": "other"}))

    assert b"other" not in host.heard[0]


# ---- what surely was not sent, and what may have been carried out


def test_nobody_listens() -> None:
    with unused_port() as port, pytest.raises(NotSentError, match="was refused"):
        HttpLine(limits=SHORT).exchange(f"http://127.0.0.1:{port}", POST, token=TOKEN)


def test_a_name_that_is_not_known() -> None:
    with pytest.raises(NotSentError, match="name of the host is not known"):
        HttpLine(limits=SHORT).exchange("https://nowhere.invalid", POST, token=TOKEN)


def test_nobody_accepts_in_time() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        with socket.create_connection(busy.getsockname()), socket.socket() as second:
            second.setblocking(False)
            second.connect_ex(busy.getsockname())
            limits = HttpLimits(connect=0.3, read=0.3, total=5)
            with pytest.raises(NotSentError, match=r"within 0\.3 s"):
                HttpLine(limits=limits).exchange(f"http://127.0.0.1:{busy.getsockname()[1]}", POST, token=TOKEN)


def _tls_peer(authority: trustme.CA, name: str, data: bytes) -> Talk:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)

    def talk(peer: socket.socket, _: bytes) -> None:
        with context.wrap_socket(peer, server_side=True) as inner:
            request_from(inner)  # whole: what is closed with something unread is reset
            inner.sendall(data)

    return talk


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(tmp_path / "bundle.pem")
    return str(tmp_path / "bundle.pem")


def test_a_certificate_that_is_trusted(authority: trustme.CA, bundle: str) -> None:
    with Host(_tls_peer(authority, "127.0.0.1", answer()), read=False) as host:
        line = HttpLine(limits=SHORT, ca_bundle=bundle)
        assert line.exchange(f"https://127.0.0.1:{host.port}", POST, token=TOKEN).ok
        line.close()


def test_the_bundle_of_the_environment_is_trusted(
    authority: trustme.CA, bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
    with Host(_tls_peer(authority, "127.0.0.1", answer()), read=False) as host:
        line = HttpLine(limits=SHORT)
        assert line.exchange(f"https://127.0.0.1:{host.port}", POST, token=TOKEN).ok
        line.close()


@pytest.mark.parametrize("setting", ["", "0", "/nowhere.pem"], ids=["empty", "zero", "not there"])
def test_no_setting_of_the_environment_ends_the_checking_of_certificates(
    setting: str, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", setting)
    monkeypatch.setenv("CURL_CA_BUNDLE", setting)
    with (
        Host(_tls_peer(authority, "127.0.0.1", answer()), read=False) as host,
        pytest.raises(NotSentError, match="certificate"),
    ):
        HttpLine(limits=SHORT).exchange(f"https://127.0.0.1:{host.port}", POST, token=TOKEN)


def test_a_certificate_of_another_host(authority: trustme.CA, bundle: str) -> None:
    with (
        Host(_tls_peer(authority, "other.example", answer()), read=False) as host,
        pytest.raises(NotSentError, match="not trusted"),
    ):
        HttpLine(limits=SHORT, ca_bundle=bundle).exchange(f"https://127.0.0.1:{host.port}", POST, token=TOKEN)


def test_a_host_that_does_not_speak_tls() -> None:
    with Host(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), read=False) as host, pytest.raises(NotSentError):
        HttpLine(limits=SHORT).exchange(f"https://127.0.0.1:{host.port}", POST, token=TOKEN)


def test_a_handshake_that_never_ends() -> None:
    with Host(silent, read=False) as host, pytest.raises(NotSentError):
        HttpLine(limits=HttpLimits(connect=0.3, read=5, total=5)).exchange(
            f"https://127.0.0.1:{host.port}", POST, token=TOKEN
        )


def test_an_encrypted_answer_that_breaks_off_may_have_been_carried_out(authority: trustme.CA, bundle: str) -> None:
    with (
        Host(_tls_peer(authority, "127.0.0.1", answer(b"{}", length=100)), read=False) as host,
        pytest.raises(NoAnswerError),
    ):
        HttpLine(limits=SHORT, ca_bundle=bundle).exchange(f"https://127.0.0.1:{host.port}", POST, token=TOKEN)


def _resetting(peer: socket.socket, _: bytes) -> None:
    reset(peer)


def _closing(peer: socket.socket, _: bytes) -> None:
    peer.close()


_HALF = answer(b'{"details": [{"suc', length=100)
_BOMB = gzip.compress(bytes(50_000_000))
_CHUNK = b"%x\r\n" % len(_BOMB) + _BOMB + b"\r\n0\r\n\r\n"
_UNANSWERED = [
    pytest.param(_resetting, "reset", id="reset after the request was read"),
    pytest.param(_closing, "closed", id="closed without a word"),
    pytest.param(silent, "silence", id="silence"),
    pytest.param(saying(_HALF), "cut off", id="closed in the middle of a body"),
    pytest.param(saying_then_resetting(_HALF), "reset|cut off", id="reset in the middle of a body"),
    pytest.param(saying(answer(b"5\r\n{}", length=-1, Transfer_Encoding="chunked")), ".", id="a chunk cut off"),
    pytest.param(saying(b"HTTP/1.1 200 OK\r\nContent-"), ".", id="headers cut off"),
    pytest.param(saying(b"HTTP/1.1 200 OK\r\nA: b\r\n"), "cut off", id="headers cut off after a line"),
    pytest.param(saying(answer(b"[{}", length=-1)), "cut off", id="a body without length that is cut off"),
    pytest.param(saying(b"what is HTTP?\r\n\r\n"), ".", id="no HTTP at all"),
    pytest.param(saying(b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 1000 + b"\r\n"), ".", id="many headers"),
    pytest.param(saying(b"HTTP/1.1 200 OK\r\nX-A: " + b"1" * 200_000 + b"\r\n\r\n"), ".", id="a huge header"),
    pytest.param(saying(answer(b"no gzip", Content_Encoding="gzip")), "compressed", id="compression that is none"),
    pytest.param(dripping(b"HTTP/1.1 200 OK\r\nX-A: ", b"1", 0.05), "1 s in all", id="headers that drip"),
    pytest.param(dripping(answer(b"{", length=9999), b" ", 0.05), "1 s in all", id="a body that drips"),
    pytest.param(dripping(answer(b"{", length=-1), b" ", 0.05), "1 s in all", id="a body without length that drips"),
    pytest.param(
        dripping(answer(b"", length=-1, Transfer_Encoding="chunked"), b"1\r\n \r\n", 0.05), "1 s in all",
        id="chunks that drip",
    ),
    pytest.param(
        dripping(answer(b"", length=-1, Transfer_Encoding="chunked"), b"0", 0.05), "1 s in all",
        id="the size of a chunk that drips",
    ),
]  # fmt: skip


@pytest.mark.parametrize("request_", [GET, POST], ids=lambda request: request.method)
@pytest.mark.parametrize(("talk", "fault"), _UNANSWERED)
def test_what_left_and_was_not_answered_may_have_been_carried_out(talk: Talk, fault: str, request_: Request) -> None:
    begun = time.monotonic()
    with Host(talk) as host, pytest.raises(NoAnswerError, match=fault) as raised:
        sent(host, request_)

    assert time.monotonic() - begun < 5
    assert len(host.heard) == 1, "nothing is sent a second time"
    assert raised.value.request == request_
    assert raised.value.__context__ is None


def _resetting_late(peer: socket.socket, _: bytes) -> None:
    time.sleep(0.1)  # until the request is under way
    reset(peer)


def test_a_connection_that_is_reset_before_the_request_is_read_counts_as_sent() -> None:
    with Host(_resetting_late, read=False) as host, pytest.raises(NoAnswerError):
        sent(host)


@pytest.mark.parametrize(
    ("talk", "limit"),
    [
        pytest.param(saying(answer(bytes(100_000_000), kind="text/plain")), 100_000, id="100 MB"),
        pytest.param(saying(answer(_BOMB, Content_Encoding="gzip")), 100_000, id="a bomb"),
        pytest.param(
            saying(answer(gzip.compress(_BOMB), Content_Encoding="gzip, gzip")), 100_000, id="a bomb in a bomb"
        ),
        pytest.param(
            saying(answer(_CHUNK, length=-1, Transfer_Encoding="chunked", Content_Encoding="gzip")),
            100_000,
            id="a bomb in a chunk",
        ),
    ],
)  # fmt: skip
def test_no_more_is_taken_than_allowed(talk: Talk, limit: int) -> None:
    limits = HttpLimits(connect=1, read=5, total=20, size=limit)
    with Host(talk) as host, pytest.raises(AnswerTooLargeError, match="100,000 bytes") as raised:
        sent(host, GET, limits)

    assert raised.value.limit == limit


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_whole_answer_is_taken_whole(encoding: str) -> None:
    body = b'"' + b"x" * 90_000 + b'"'
    packed = gzip.compress(body) if encoding == "gzip" else body
    with Host(saying(answer(packed, Content_Encoding=encoding))) as host:
        assert sent(host, GET).body == body


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(answer(b"[{}]", length=-1), id="without a length"),
        pytest.param(answer(b"4\r\n[{}]\r\n0\r\n\r\n", length=-1, Transfer_Encoding="chunked"), id="in chunks"),
    ],
)
def test_an_answer_that_ends_is_taken(data: bytes) -> None:
    with Host(saying(data)) as host:
        assert sent(host).json() == [{}]


def test_an_answer_without_content_is_taken() -> None:
    with Host(saying(b"HTTP/1.1 204 No Content\r\n\r\n")) as host:
        assert sent(host).status == 204


# ---- what a host wants to have done


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("request_", [GET, POST], ids=lambda request: request.method)
def test_nothing_is_sent_on_to_another_host(status: int, request_: Request) -> None:
    with Host(saying(answer())) as other:
        away = answer(bytes(10_000_000), status=f"{status} Away", Location=f"{other.origin}/services/data")
        with Host(saying(away)) as host, pytest.raises(RedirectedError, match=r"sent on to 127\.0\.0\.1") as raised:
            sent(host, request_)

    assert other.heard == []
    assert raised.value.host == "127.0.0.1"
    assert len(host.heard) == 1


def test_what_a_redirect_has_to_say_is_not_waited_for() -> None:
    away = dripping(answer(length=9999, status="302 Away", Location="https://evil.example"), b" ", 0.05)
    begun = time.monotonic()
    with Host(away) as host, pytest.raises(RedirectedError):
        sent(host, POST, HttpLimits(connect=5, read=5, total=5))

    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("place", ["", "javascript:alert(1)", "//\x1b[2J", "http://[::1"], ids=repr)
def test_a_place_that_is_none_is_not_gone_to(place: str) -> None:
    with Host(saying(answer(status="302 Away", Location=place))) as host, pytest.raises(NoAnswerError) as raised:
        sent(host)

    assert str(raised.value).isprintable()


def test_several_records_of_one_external_id_are_an_answer() -> None:
    with Host(saying(answer(b'["/a", "/b"]', status="300 Multiple Choices"))) as host:
        assert sent(host, GET).json() == ["/a", "/b"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 502, 503, 504])
def test_a_refusal_is_an_answer_and_nothing_is_sent_again(status: int) -> None:
    with Host(saying(answer(b"[]", status=f"{status} No", Retry_After="1"))) as host:
        response = sent(host)

    assert (response.status, response.headers["retry-after"]) == (status, "1")
    assert len(host.heard) == 1


@pytest.mark.parametrize("kind", ["text/html", "application/json", "image/png", "text/html; charset=\x1b[2J", ""])
def test_markup_in_place_of_json_is_told_and_not_obeyed(kind: str) -> None:
    page = b"<html><script>alert(1)</script>\x1b[2J\x1b]0;owned\x07</html>"
    with Host(saying(answer(page, kind=kind))) as host:
        response = sent(host, GET)

    with pytest.raises(UnreadableAnswerError, match="is no JSON") as raised:
        response.json()
    assert str(raised.value).isprintable()


def test_cookies_are_not_kept() -> None:
    line = HttpLine(limits=SHORT)
    with Host(saying(answer(Set_Cookie="sid=stolen; Path=/"))) as host:
        for _ in range(2):
            line.exchange(host.origin, GET, token=TOKEN)

    assert b"stolen" not in b"".join(host.heard)


def test_logins_of_netrc_do_not_replace_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with Host(saying(answer())) as host:
        sent(host)

    assert b"Authorization: Bearer 00D" in host.heard[0]


def test_what_goes_to_the_machine_itself_takes_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with Host(saying(answer())) as proxy, Host(saying(answer())) as host:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        sent(host)

    assert (len(proxy.heard), len(host.heard)) == (0, 1)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(answer(status="407 No"), NotSentError, id="the proxy refuses"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", NotSentError, id="the tunnel leads nowhere"),
    ],
)
def test_what_a_proxy_did_not_let_through_was_not_sent(reply: bytes, error: type[Exception]) -> None:
    with Host(saying(reply)) as proxy, pytest.raises(error):
        HttpLine(limits=SHORT, proxies={"https": proxy.origin}).exchange(
            "https://acme.my.salesforce.com", POST, token=TOKEN
        )

    assert [heard.split()[:2] for heard in proxy.heard] == [[b"CONNECT", b"acme.my.salesforce.com:443"]]
    assert TOKEN.reveal().encode() not in proxy.heard[0]


def test_a_proxy_of_the_environment_is_used_unless_it_is_excepted(monkeypatch: pytest.MonkeyPatch) -> None:
    with Host(saying(answer(status="407 No"))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.origin)
        with pytest.raises(NotSentError, match="proxy"):
            HttpLine(limits=SHORT).exchange("https://nowhere.invalid", POST, token=TOKEN)
        monkeypatch.setenv("NO_PROXY", "nowhere.invalid")
        with pytest.raises(NotSentError, match="name of the host"):
            HttpLine(limits=SHORT).exchange("https://nowhere.invalid", POST, token=TOKEN)

    assert len(proxy.heard) == 1


@pytest.mark.parametrize("path", ["services/data", "@evil.example/x", ".evil.example/", ":80/x", ""])
def test_a_path_cannot_change_the_host(path: str) -> None:
    with Host(saying(answer())) as host, pytest.raises(NotSentError, match="slash"):
        sent(host, Request("GET", path))

    assert host.heard == []


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/@evil.example", "/\\evil.example", "/\r\nX-A: 1", "/\x00"], ids=repr
)
def test_an_odd_path_stays_on_its_host_as_one_line(path: str) -> None:
    with Host(saying(answer())) as host:
        sent(host, Request("GET", path))

    assert b"X-A: 1\r\n" not in host.heard[0]


def test_a_header_that_holds_two_is_not_sent() -> None:
    with Host(saying(answer())) as host, pytest.raises(NotSentError):
        sent(host, Request("GET", "/", headers={"X-A": "1\r\nX-B: 2"}))

    assert host.heard == []


# ---- connections that are used again

_KEPT = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def test_a_connection_is_used_again() -> None:
    def talk(peer: socket.socket, _: bytes) -> None:
        peer.sendall(_KEPT)
        request_from(peer)
        peer.sendall(_KEPT)

    line = HttpLine(limits=SHORT)
    with Host(talk) as host:
        assert line.exchange(host.origin, POST, token=TOKEN).ok
        time.sleep(1.1)  # the time of the first request runs out, and is not that of the second
        assert line.exchange(host.origin, POST, token=TOKEN).ok
        line.close()

    assert len(host.heard) == 1, "one connection"


def test_a_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    line = HttpLine(limits=SHORT)
    with Host(saying(_KEPT)) as host:
        for _ in range(3):
            assert line.exchange(host.origin, POST, token=TOKEN).ok
            time.sleep(0.05)

    assert len(host.heard) == 3


# ---- several at a time


def test_one_line_for_many_threads_keeps_their_answers_apart() -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - of this test alone

    def talk(peer: socket.socket, request: bytes) -> None:
        peer.sendall(answer(request.split()[1][1:]))

    line = HttpLine(limits=HttpLimits(connect=5, read=5, total=10))
    with Host(talk) as host, ThreadPoolExecutor(4) as pool:
        ask: Callable[[int], bytes] = lambda n: line.exchange(host.origin, Request("GET", f"/{n}"), token=TOKEN).body  # noqa: E731
        assert list(pool.map(ask, range(40))) == [str(n).encode() for n in range(40)]
    line.close()


# ---- what is never shown


@pytest.fixture
def _everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    import http.client  # noqa: PLC0415 - of this test alone

    http.client.HTTPConnection.debuglevel = 1  # prints headers, where nobody minds
    with caplog.at_level(logging.DEBUG):
        yield
    http.client.HTTPConnection.debuglevel = 0


@pytest.mark.usefixtures("_everything_logged")
@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(saying(answer()), id="an answer"),
        pytest.param(_closing, id="closed"),
        pytest.param(silent, id="silence"),
        pytest.param(saying(_HALF), id="cut off"),
        pytest.param(saying(answer(status="302 Away", Location="https://evil.example")), id="sent on"),
    ],
)
def test_the_token_is_nowhere_to_be_seen(
    talk: Talk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    line = HttpLine(limits=SHORT)
    shown = [repr(line), repr(vars(line))]
    with Host(talk) as host:
        try:
            line.exchange(host.origin, POST, token=TOKEN)
        except NoAnswerError as error:
            shown += _all_of(error)
    captured = capfd.readouterr()
    shown += [caplog.text, captured.out, captured.err]

    assert b"AQsecret" in host.heard[0]
    assert "AQsecret" not in "".join(shown)


@pytest.mark.usefixtures("_everything_logged")
def test_a_form_with_a_secret_is_nowhere_to_be_seen(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with Host(_closing) as host, pytest.raises(NoAnswerError) as raised:
        HttpLine(limits=SHORT).post_form(host.origin, "/token", {"client_secret": TOKEN})
    captured = capfd.readouterr()

    assert b"client_secret=00D000000000001%21AQsecret" in host.heard[0]
    assert b"Authorization" not in host.heard[0]
    assert "AQsecret" not in "".join([*_all_of(raised.value), caplog.text, captured.out, captured.err])


def _all_of(error: BaseException | None) -> Iterator[str]:
    """All that a program could show of an exception: its words, its data, and the values of our frames."""
    while error is not None:
        yield from (str(error), repr(error), repr(error.args), repr(vars(error)))
        at = error.__traceback__
        while at is not None:
            if "learngraph/publish" in at.tb_frame.f_code.co_filename:
                yield repr(at.tb_frame.f_locals)
            at = at.tb_next
        error = error.__cause__ or error.__context__
