import copy
import json
import pickle

import pytest

from learngraph.publish.addresses import UnsafeAddressError, allowed_hosts, is_loopback, safe_origin
from learngraph.publish.secret import Secret, without_tokens


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://acme.my.salesforce.com", "https://acme.my.salesforce.com"),
        ("https://ACME.My.Salesforce.com./", "https://acme.my.salesforce.com"),
        ("  acme.my.salesforce.com ", "https://acme.my.salesforce.com"),
        ("acme--uat.sandbox.my.salesforce.com", "https://acme--uat.sandbox.my.salesforce.com"),
        ("https://acme.my.salesforce.com:8443", "https://acme.my.salesforce.com:8443"),
        ("https://acme.force.com", "https://acme.force.com"),
        ("https://acme.my.salesforce.mil", "https://acme.my.salesforce.mil"),
        ("https://login.salesforce.com", "https://login.salesforce.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://localhost", "https://localhost"),
        ("https://crm.acme.edu", "https://crm.acme.edu"),
        ("https://CRM.acme.edu:444", "https://crm.acme.edu:444"),
    ],
)
def test_a_token_may_be_sent_there(address: str, origin: str) -> None:
    assert safe_origin(address, allowed=(" crm.ACME.edu",)) == origin


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", "no host"),
        ("https://", "no host"),
        ("http://acme.my.salesforce.com", "not https"),
        ("http://crm.acme.edu", "not https"),
        ("http://10.0.0.1", "not https"),
        ("http://127.1", "not https"),
        ("http://2130706433", "not https"),
        ("http://localhost.evil.example", "not https"),
        ("https://evil.example", "no host of Salesforce"),
        ("https://evilsalesforce.com", "no host of Salesforce"),
        ("https://salesforce.com.evil.example", "no host of Salesforce"),
        ("https://sub.crm.acme.edu", "no host of Salesforce"),
        ("https://169.254.169.254", "no host of Salesforce"),
        ("https://me:hush@acme.my.salesforce.com", "a name or a password"),
        ("https://acme.my.salesforce.com@evil.example", "a name or a password"),
        ("https://evil.example\\@acme.my.salesforce.com", "no address of the form"),
        ("https://evil.example\\.salesforce.com", "no address of the form"),
        ("https://evil.example/.salesforce.com", "more than a host"),
        ("https://evil.example?.salesforce.com", "more than a host"),
        ("https://evil.example#.salesforce.com", "more than a host"),
        ("https://evil.example\t.salesforce.com", "no address of the form"),
        ("https://evil.example\n.salesforce.com", "no address of the form"),
        ("https://evil.example%2f.salesforce.com", "no host"),
        ("https://évil.salesforce.com", "no address of the form"),
        ("https://acme.my.salesforce.com:port", "no address"),
        ("https://[::1", "no address"),
        ("ftp://acme.my.salesforce.com", "no address of the form"),
        ("file:///etc/passwd", "no address of the form"),
        ("javascript://acme.my.salesforce.com", "no address of the form"),
        ("https://-.salesforce.com", "no host"),
        ("https://.salesforce.com", "no host"),
    ],
)
def test_no_token_is_sent_there(address: str, fault: str) -> None:
    with pytest.raises(UnsafeAddressError, match=fault) as raised:
        safe_origin(address, allowed=("crm.acme.edu",))

    assert "hush" not in str(raised.value)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 600


@pytest.mark.parametrize(
    ("host", "local"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("::ffff:8.8.8.8", False)],  # noqa: S104 - not bound
)
def test_the_machine_itself(host: str, local: bool) -> None:  # noqa: FBT001 - of a table
    assert is_loopback(host) is local


def test_no_further_host_is_allowed_unless_named() -> None:
    assert allowed_hosts({}) == ()
    assert allowed_hosts({"LEARNGRAPH_ALLOWED_HOSTS": " , a.example,"}) == ("a.example",)


# ---- secrets


def test_a_secret_is_not_shown_by_any_way_of_showing() -> None:
    secret = Secret("hush-hush")
    shown = [
        repr(secret), str(secret), f"{secret}", f"{secret:>30}", f"{secret!s}{secret!r}{secret!a}",
        repr({"token": [secret]}), repr(copy.deepcopy({"a": secret})), str(hash(secret)), repr(dir(secret)),
    ]  # fmt: skip

    assert "hush" not in "".join(shown)
    with pytest.raises(TypeError, match="vars"):
        vars(secret)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_is_not_written_down(protocol: int) -> None:
    with pytest.raises(TypeError, match="not written down"):
        pickle.dumps([Secret("hush")], protocol)
    with pytest.raises(TypeError, match="Secret"):
        json.dumps({"token": Secret("hush")})


def test_secrets_are_compared_by_what_they_hold() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1
    assert (bool(Secret("")), bool(Secret("a"))) == (False, True)
    assert copy.copy(Secret("a")).reveal() == "a"


@pytest.mark.parametrize(
    "token",
    ["00D000000000001!AQ0AQ.x_Y", "00D000000000001AAA!AQ0AQ", "00D000000000001%21AQ0AQ", "eyJhbGci.eyJpc3Mi.sig-_"],
)
def test_what_looks_like_a_token_is_taken_out_of_the_words_of_others(token: str) -> None:
    assert without_tokens(f"the session {token}, is over") == "the session [secret], is over"
    assert without_tokens("the record 00D000000000001AAA is not there") == "the record 00D000000000001AAA is not there"
