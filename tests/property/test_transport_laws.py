"""Whatever is written in a setting or said by an org: no token goes astray, and nothing commands a terminal."""

import json
import unicodedata
from urllib.parse import urlsplit

import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url

from learngraph.publish.addresses import SALESFORCE, UnsafeAddressError, safe_origin
from learngraph.publish.limits import refused_for_limit
from learngraph.publish.questions import UnexpectedAnswerError, latest_version, query
from learngraph.publish.refusals import OrgError, org_error
from learngraph.salesforce.wire import Response, UnreadableAnswerError
from tests.unit.publish.scripted import Scripted

_PARTS = [
    "https", "http", "://", "//", "/", "\\", "@", ":", "#", "?", "%2f", "%40", ".", "..", "[", "]", "::1", "127.0.0.1",
    "localhost", "evil.example", "acme.my.salesforce.com", ".salesforce.com", ".force.com", "443", "a:b", " ", "\t",
    "\r\n", "\x00", "\u3002", "\uff0f", "\u2100", "\u0131", "\uff41", "xn--", "-", "_", ";", "&", "=",
]  # fmt: skip
addresses = st.one_of(
    st.lists(st.sampled_from(_PARTS), max_size=8).map("".join),
    st.lists(st.sampled_from(_PARTS), max_size=6).map(lambda parts: "https://" + "".join(parts)),
    st.text(max_size=40),
)
jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["errorCode", "message", "error", "records", "done", "nextRecordsUrl", "version", "x"]),
            inner,
        )
    ),
    max_leaves=12,
)
bodies = st.one_of(jsons.map(lambda value: json.dumps(value).encode()), st.binary(max_size=60))


@given(address=addresses)
def test_every_program_that_reads_a_safe_address_finds_the_same_host(address: str) -> None:
    try:
        origin = safe_origin(address)
    except UnsafeAddressError as error:
        _commands_nothing(str(error))
        return
    host = urlsplit(origin).hostname or ""
    prepared = requests.Request("GET", origin + "/services/data").prepare()

    assert host.endswith(SALESFORCE) or host in {"localhost", "::1"} or host.startswith("127.")
    assert (parse_url(origin).host or "").strip("[]") == host
    assert (urlsplit(prepared.url or "").hostname, prepared.path_url) == (host, "/services/data")
    assert origin.startswith("https://") or not host.endswith(SALESFORCE)
    assert safe_origin(origin) == origin


@given(status=st.integers(100, 599), body=bodies)
def test_any_refusal_is_told_in_bounds_and_without_commands(status: int, body: bytes) -> None:
    error = org_error(Response(status, body))

    _commands_nothing(str(error))
    assert len(str(error)) < 6000
    refused_for_limit(Response(status, body))


@given(body=bodies)
def test_any_answer_to_a_question_is_read_or_refused(body: bytes) -> None:
    for ask in (latest_version, lambda org: list(query(org, "SELECT Id FROM Learning", "68.0"))):
        try:
            ask(Scripted(Response(200, body)))
        except (OrgError, UnexpectedAnswerError, UnreadableAnswerError) as error:
            _commands_nothing(str(error))


def _commands_nothing(text: str) -> None:
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not [one for one in text if unicodedata.category(one) in {"Cc", "Zl", "Zp", "Cs"}]
    assert not [one for one in text if unicodedata.bidirectional(one) in turning]
    text.encode()  # a half of a letter cannot be printed
