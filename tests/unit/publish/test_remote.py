import json
from types import SimpleNamespace
from typing import Any

import pytest

from learngraph.publish.credentials import AuthError
from learngraph.publish.questions import latest_version, org_facts, query
from learngraph.publish.refusals import OrgError
from learngraph.publish.remote import transport_to
from learngraph.publish.retrying import RetryingTransport
from learngraph.salesforce.wire import Request
from tests.unit.publish.hosts import Host, answer, saying
from tests.unit.publish.scripted import Waited

RECORD = {"Id": "00D000000000001AAA", "Name": "ACME", "IsSandbox": False}


def org(peer: Any, request: bytes) -> None:
    """An org with one version, a record of itself, and one page of learnings that leads to another."""
    path = request.split()[1].decode()
    pages = {
        "/services/data": [{"version": "64.0"}],
        "/services/data/v64.0/query/01g-2000": {"done": True, "records": [{"Id": "b"}]},
    }
    first = {"done": False, "records": [{"Id": "a"}], "nextRecordsUrl": "/services/data/v64.0/query/01g-2000"}
    asked = {"done": True, "records": [RECORD]} if "FROM%20Organization" in path else first
    peer.sendall(answer(json.dumps(pages.get(path, asked)).encode()))


def test_an_org_of_the_environment_is_asked_who_it_is() -> None:
    with Host(org) as host:
        transport = transport_to("env", environ={"SF_INSTANCE_URL": host.origin, "SF_ACCESS_TOKEN": "00D!AQ"})
        version = latest_version(transport)
        facts = org_facts(transport)
        found = [record["Id"] for record in query(transport, "SELECT Id FROM Learning", version)]

    assert (facts.name, facts.sandbox, facts.api_version) == ("ACME", False, "64.0")
    assert found == ["a", "b"]
    assert all(b"Authorization: Bearer 00D!AQ\r\n" in heard for heard in host.heard)


def test_an_object_with_a_session_is_an_org() -> None:
    with Host(saying(answer(b"[]"))) as host:
        salesforce: Any = SimpleNamespace(session_id="00D!AQ", sf_instance=host.origin, session=None)
        assert transport_to(salesforce, environ={}).send(Request("GET", "/x")).json() == []

    assert b"Authorization: Bearer 00D!AQ\r\n" in host.heard[0]


def test_an_alias_is_asked_of_sf_when_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    transport = transport_to("uat", environ={})

    with pytest.raises(AuthError, match="not installed"):
        transport.send(Request("GET", "/x"))


def test_an_environment_without_an_org_is_told_at_once() -> None:
    with pytest.raises(AuthError, match="names no org"):
        transport_to("env", environ={})


def test_a_token_that_is_over_is_told_in_words_that_help() -> None:
    over = answer(b'[{"errorCode":"INVALID_SESSION_ID","message":"Session expired"}]', status="401 No")
    with Host(saying(over)) as host:
        transport = transport_to("env", environ={"SF_INSTANCE_URL": host.origin, "SF_ACCESS_TOKEN": "00D!AQ"})
        with pytest.raises(OrgError, match="log in again"):
            latest_version(transport)

    assert len(host.heard) == 1


def test_reading_goes_on_past_what_passes_over_a_real_connection() -> None:
    replies = iter([b"", answer(b"[", length=5), answer(b"[]", status="503 No"), answer(b'[{"version": "62.0"}]')])
    with Host(lambda peer, _: peer.sendall(next(replies))) as host:
        inner = transport_to("env", environ={"SF_INSTANCE_URL": host.origin, "SF_ACCESS_TOKEN": "00D!AQ"})
        assert latest_version(RetryingTransport(inner, clock=Waited().clock)) == "62.0"

    assert len(host.heard) == 4
