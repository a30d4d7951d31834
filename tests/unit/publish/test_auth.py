import builtins
import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from learngraph.errors import MissingExtraError
from learngraph.publish.addresses import UnsafeAddressError
from learngraph.publish.bearer import Bearer
from learngraph.publish.client_credentials import ClientCredentials
from learngraph.publish.credentials import Auth, AuthError, Credentials
from learngraph.publish.environment import auth_from
from learngraph.publish.http_line import HttpLine
from learngraph.publish.jwt_bearer import JwtBearer
from learngraph.publish.secret import Secret
from learngraph.publish.sf_command import SfCommand
from learngraph.publish.shared_session import SharedSession
from learngraph.salesforce.wire import Response, UnreadableAnswerError
from tests.unit.publish.hosts import Host, answer, saying
from tests.unit.publish.scripted import says

ORG, TOKEN = "https://acme.my.salesforce.com", "00D000000000001!AQsecret"
HELD = Credentials(ORG, Secret(TOKEN))
GRANTED = says({"access_token": TOKEN, "instance_url": ORG})


class Endpoint:
    """A token endpoint that answers one thing, and remembers what it was asked."""

    def __init__(self, reply: Response = GRANTED) -> None:
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self._reply = reply

    def __call__(self, origin: str, path: str, form: Mapping[str, Secret]) -> Response:
        self.asked.append((origin, path, {name: field.reveal() for name, field in form.items()}))
        return self._reply


def nobody(*_: object) -> Response:
    raise AssertionError("nothing was to be asked")


# ---- a token


def test_a_token_is_taken_as_it_is() -> None:
    bearer = Bearer(ORG + "/", Secret(f" {TOKEN}\n"))

    assert bearer.credentials(nobody) == HELD
    assert not bearer.renewable


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        ("", "gave no token"),
        ("  ", "gave no token"),
        ("[REDACTED] Use 'sf org auth show-access-token' to view", "REDACTED"),
        ("00D!AQ\r\nX-A: 1", "no token"),
        ("00D!AQ secret", "no token"),
        ("00D!AQ\u00e9secret", "no token"),
    ],
)
def test_what_can_be_no_token_is_not_sent(token: str, fault: str) -> None:
    with pytest.raises(AuthError, match=fault) as raised:
        Bearer(ORG, Secret(token)).credentials(nobody)

    assert "AQ" not in str(raised.value)


def test_a_token_is_for_safe_addresses() -> None:
    with pytest.raises(UnsafeAddressError):
        Bearer("https://evil.example", Secret(TOKEN)).credentials(nobody)
    assert Bearer("https://crm.acme.edu", Secret(TOKEN), ("crm.acme.edu",)).credentials(nobody).token == Secret(TOKEN)


# ---- an app's secret


def test_an_app_asks_the_orgs_own_endpoint() -> None:
    endpoint = Endpoint()

    assert ClientCredentials(ORG, "3MVG9", Secret("hush")).credentials(endpoint) == HELD
    assert endpoint.asked == [
        (
            ORG,
            "/services/oauth2/token",
            {"grant_type": "client_credentials", "client_id": "3MVG9", "client_secret": "hush"},
        )
    ]


def test_an_org_is_where_its_endpoint_says() -> None:
    moved = says({"access_token": TOKEN, "instance_url": "https://acme2.my.salesforce.com"})
    unsaid = says({"access_token": TOKEN})

    assert (
        ClientCredentials(ORG, "3", Secret("h")).credentials(Endpoint(moved)).origin
        == "https://acme2.my.salesforce.com"
    )
    assert ClientCredentials(ORG, "3", Secret("h")).credentials(Endpoint(unsaid)).origin == ORG


@pytest.mark.parametrize("instance", ["https://evil.example", "http://acme.my.salesforce.com", ""])
def test_a_token_does_not_go_where_its_endpoint_wants_it(instance: str) -> None:
    with pytest.raises(UnsafeAddressError):
        ClientCredentials(ORG, "3", Secret("h")).credentials(
            Endpoint(says({"access_token": TOKEN, "instance_url": instance}))
        )


@pytest.mark.parametrize("host", ["https://login.salesforce.com", "test.salesforce.com"])
def test_the_shared_login_takes_no_client_credentials(host: str) -> None:
    with pytest.raises(AuthError, match="SF_INSTANCE_URL"):
        ClientCredentials(host, "3", Secret("h")).credentials(nobody)


def test_a_secret_does_not_go_to_an_unsafe_address() -> None:
    with pytest.raises(UnsafeAddressError):
        ClientCredentials("https://evil.example", "3", Secret("h")).credentials(nobody)


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (
            says({"error": "invalid_client", "error_description": "invalid client credentials"}, 400),
            "secret is not that",
        ),
        (says({"error": "invalid_grant"}, 400), "invalid_grant"),
        (says({"error": ["x"]}, 400), "no reason was given"),
        (says([], 400), "no reason was given"),
        (says(None, 500), "HTTP 500"),
        (says({"access_token": 7, "instance_url": ORG}), "gave no token"),
        (says({"access_token": TOKEN, "instance_url": None}), "gave no token"),
        (says({"error": "\x1b[2J", "error_description": f"{TOKEN}\x07"}, 400), r"\\x1b\[2J: \[secret\]"),
    ],
)
def test_a_refusal_of_the_endpoint_is_told(reply: Response, fault: str) -> None:
    with pytest.raises(AuthError, match=fault) as raised:
        ClientCredentials(ORG, "3", Secret("hush")).credentials(Endpoint(reply))

    assert str(raised.value).isprintable()
    assert "hush" not in str(raised.value)


def test_a_page_in_place_of_a_token_is_told() -> None:
    with pytest.raises(UnreadableAnswerError):
        ClientCredentials(ORG, "3", Secret("h")).credentials(Endpoint(Response(200, b"<html>")))


# ---- an app's key


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*form).decode()


def test_a_signed_request_is_good_for_three_minutes_at_most(key: rsa.RSAPrivateKey) -> None:
    endpoint = Endpoint()
    bearer = JwtBearer(
        "3MVG9", "registrar@acme.edu", Secret(pem(key)), "https://test.salesforce.com/", clock=lambda: 1000
    )

    assert bearer.credentials(endpoint) == HELD

    ((origin, path, form),) = endpoint.asked
    assert (origin, path) == ("https://test.salesforce.com", "/services/oauth2/token")
    assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    options: Any = {"verify_exp": False}
    said = jwt.decode(form["assertion"], key.public_key(), ["RS256"], options=options, audience=origin)
    assert said == {"iss": "3MVG9", "sub": "registrar@acme.edu", "aud": origin, "exp": 1180}


@pytest.mark.parametrize("text", ["", "hush", "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----"])
def test_a_key_that_cannot_sign_is_told_and_not_shown(text: str) -> None:
    with pytest.raises(AuthError, match="cannot sign") as raised:
        JwtBearer("3", "u", Secret(text)).credentials(nobody)

    assert "hush" not in str(raised.value)
    assert raised.value.__context__ is None


def test_what_signs_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "jwt":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"learngraph\[jwt\]"):
        JwtBearer("3", "u", Secret("k")).credentials(nobody)


# ---- the environment


@pytest.mark.parametrize(
    ("environ", "auth"),
    [
        pytest.param(
            {"SF_INSTANCE_URL": ORG, "SF_ACCESS_TOKEN": TOKEN, "SF_CLIENT_ID": "3", "SF_CLIENT_SECRET": "h"},
            Bearer(ORG, Secret(TOKEN)),
            id="a token comes first",
        ),
        pytest.param(
            {"SF_ORG_INSTANCE_URL": ORG, "SF_ACCESS_TOKEN": f" {TOKEN}\n"},
            Bearer(ORG, Secret(TOKEN)),
            id="the name of sf",
        ),
        pytest.param(
            {"SALESFORCE_INSTANCE_URL": ORG, "SALESFORCE_ACCESS_TOKEN": TOKEN}, Bearer(ORG, Secret(TOKEN)), id="aliases"
        ),
        pytest.param(
            {"SF_INSTANCE_URL": ORG, "SALESFORCE_INSTANCE_URL": "x", "SF_ACCESS_TOKEN": TOKEN},
            Bearer(ORG, Secret(TOKEN)),
            id="SF comes before the alias",
        ),
        pytest.param(
            {"SF_INSTANCE_URL": ORG, "SF_ACCESS_TOKEN": " ", "SF_CLIENT_ID": "3", "SF_CLIENT_SECRET": "h"},
            ClientCredentials(ORG, "3", Secret("h")),
            id="an app's secret",
        ),
        pytest.param(
            {"SF_CLIENT_ID": "3", "SF_USERNAME": "u", "SF_JWT_KEY": "a\\nb"},
            JwtBearer("3", "u", Secret("a\nb")),
            id="an app's key",
        ),
        pytest.param(
            {
                "SF_CLIENT_ID": "3", "SF_USERNAME": "u", "SF_JWT_KEY": "k",
                "SF_AUDIENCE_URL": "https://test.salesforce.com", "LEARNGRAPH_ALLOWED_HOSTS": "a.example",
            },
            JwtBearer("3", "u", Secret("k"), "https://test.salesforce.com", ("a.example",)),
            id="an audience and a host",
        ),
    ],
)  # fmt: skip
def test_the_environment_chooses_the_way(environ: dict[str, str], auth: Auth) -> None:
    assert auth_from(environ) == auth
    assert TOKEN not in repr(auth_from(environ))


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({}, "names no org"),
        ({"SF_INSTANCE_URL": ORG}, "names no org"),
        ({"SF_ACCESS_TOKEN": TOKEN}, "lacks SF_INSTANCE_URL"),
        ({"SF_CLIENT_SECRET": "h", "SF_INSTANCE_URL": ORG}, "lacks SF_CLIENT_ID"),
        ({"SF_CLIENT_ID": "3"}, "lacks SF_USERNAME"),
        ({"SF_CLIENT_ID": "3", "SF_USERNAME": "u"}, "lacks SF_JWT_KEY_FILE"),
        ({"SF_CLIENT_ID": "3", "SF_USERNAME": "u", "SF_JWT_KEY_FILE": "/nowhere.pem"}, "No such file"),
    ],
)
def test_what_the_environment_lacks_is_named(environ: dict[str, str], missing: str) -> None:
    with pytest.raises(AuthError, match=missing) as raised:
        auth_from(environ)

    assert TOKEN not in str(raised.value)


def test_a_key_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("k")
    (tmp_path / "key.der").write_bytes(b"\xff\x00")
    environ = {"SF_CLIENT_ID": "3", "SF_USERNAME": "u"}

    assert auth_from({**environ, "SF_JWT_KEY_FILE": str(tmp_path / "key.pem")}) == JwtBearer("3", "u", Secret("k"))
    with pytest.raises(AuthError, match="no key as PEM"):
        auth_from({**environ, "SF_JWT_KEY_FILE": str(tmp_path / "key.der")})


# ---- the sf command line

SHOW, DISPLAY = "org auth show-access-token -o uat --json", "org display -o uat --json"


@pytest.fixture
def sf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a program named sf on an otherwise empty path, with what it says to each command."""

    def make(**replies: tuple[int, object, str]) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        (tmp_path / "replies.json").write_text(json.dumps(replies))
        program = folder / "sf"
        program.write_text(
            f"#!{sys.executable}\n"
            "import json, sys\n"
            f"folder = {str(tmp_path)!r}\n"
            "open(folder + '/calls', 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
            "name = 'show' if 'show-access-token' in sys.argv else 'display'\n"
            "code, out, err = json.load(open(folder + '/replies.json'))[name]\n"
            "print(out if isinstance(out, str) else json.dumps(out))\n"
            "print(err, file=sys.stderr)\n"
            "sys.exit(code)\n"
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder))
        return tmp_path / "calls"

    return make


def result(**said: object) -> tuple[int, object, str]:
    return 0, {"status": 0, "result": said, "warnings": ["beware"]}, "Warning: update available"


UNKNOWN = (127, "", " Warning: org auth show-access-token is not a sf command.")
REDACTED = "[REDACTED] Use 'sf org auth show-access-token' to view"


def test_sf_is_asked_for_the_token_and_for_the_address(sf: Any) -> None:
    calls = sf(show=result(accessToken=TOKEN), display=result(instanceUrl=ORG, accessToken=REDACTED))

    assert SfCommand("uat").credentials(nobody) == HELD
    assert calls.read_text().splitlines() == [SHOW, DISPLAY]


@pytest.mark.parametrize(
    "unknown",
    [UNKNOWN, (1, "", UNKNOWN[2]), result()],
    ids=["code 127", "another code", "an answer without a token"],
)
def test_an_older_sf_still_shows_the_token_with_the_org(sf: Any, unknown: object) -> None:
    sf(show=unknown, display=result(instanceUrl=ORG, accessToken=TOKEN))

    assert SfCommand("uat").credentials(nobody) == HELD


@pytest.mark.parametrize(
    "show", [UNKNOWN, result(accessToken=REDACTED)], ids=["old and patched", "redacted all the same"]
)
def test_a_token_that_is_not_shown_is_missing(sf: Any, show: object) -> None:
    sf(show=show, display=result(instanceUrl=ORG, accessToken=REDACTED))

    with pytest.raises(AuthError, match=r"no token but.*update the sf command line"):
        SfCommand("uat").credentials(nobody)


@pytest.mark.parametrize(
    ("show", "fault"),
    [
        ((1, {"name": "NamedOrgNotFoundError", "message": "No authorization found for uat."}, ""), "No authorization"),
        ((1, {"message": f"\x1b[2J {TOKEN}"}, TOKEN), r"\\x1b\[2J \[secret\]"),
        ((1, "<html>", TOKEN), "did not say why"),
        ((0, "[" * 100_000, TOKEN), "did not say why"),
        ((0, {"result": TOKEN}, ""), "did not say why"),
        ((0, "[]", ""), "did not say why"),
    ],
)
def test_what_sf_says_in_place_of_a_token_is_told(sf: Any, show: object, fault: str) -> None:
    sf(show=show, display=result(instanceUrl=ORG))

    with pytest.raises(AuthError, match=fault) as raised:
        SfCommand("uat").credentials(nobody)
    assert "AQsecret" not in str(raised.value)
    assert str(raised.value).isprintable()


def test_an_org_that_sf_does_not_place_is_told(sf: Any) -> None:
    sf(show=result(accessToken=TOKEN), display=result())
    with pytest.raises(AuthError, match="where uat is"):
        SfCommand("uat").credentials(nobody)


def test_sf_cannot_send_a_token_astray(sf: Any) -> None:
    sf(show=result(accessToken=TOKEN), display=result(instanceUrl="https://evil.example"))
    with pytest.raises(UnsafeAddressError):
        SfCommand("uat").credentials(nobody)


@pytest.mark.parametrize(
    "alias", ["", "-o", "--help", "a b", "a;touch x", "a&b", "$(x)", "a\nb", "../a", "\x1b[2J", "a|b"]
)
def test_an_alias_is_nothing_but_a_name(alias: str, sf: Any) -> None:
    calls = sf(show=result(accessToken=TOKEN), display=result(instanceUrl=ORG))

    with pytest.raises(AuthError, match="no alias") as raised:
        SfCommand(alias).credentials(nobody)
    assert not calls.exists()
    assert str(raised.value).isprintable()


@pytest.mark.parametrize("alias", ["uat", "registrar@acme.edu.uat", "my-org_2", "a+b@acme.edu", "École"])
def test_aliases_and_user_names_are_names(alias: str, sf: Any) -> None:
    sf(show=result(accessToken=TOKEN), display=result(instanceUrl=ORG))

    assert SfCommand(alias).credentials(nobody) == HELD


def test_no_sf_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AuthError, match="not installed"):
        SfCommand("uat").credentials(nobody)


def _program(folder: Path, text: str) -> None:
    (folder / "sf").write_text(text)
    (folder / "sf").chmod(0o755)


def test_an_sf_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, f"#!{sys.executable}\nimport time\nprint({TOKEN!r}, flush=True)\ntime.sleep(60)\n")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(AuthError, match=r"within 0\.5 s") as raised:
        SfCommand("uat", seconds=0.5).credentials(nobody)
    assert raised.value.__context__ is None


def test_an_sf_that_is_no_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "#!/nowhere/python\n")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(AuthError, match="cannot be run"):
        SfCommand("uat").credentials(nobody)


# ---- a Salesforce object


class Session:
    def __init__(self, verify: object = True, **more: object) -> None:  # noqa: FBT002 - as requests has it
        self.verify = verify
        self.proxies: dict[str, str] = {}
        self.cert = None
        vars(self).update(more)


class LikeSalesforce:
    def __init__(self, session: object = None, session_id: str = TOKEN) -> None:
        self.session_id = session_id
        self.sf_instance = "acme.my.salesforce.com"
        self.session = session or Session()


def test_a_salesforce_object_is_read_each_time() -> None:
    salesforce = LikeSalesforce()
    shared = SharedSession(salesforce)
    first = shared.credentials(nobody)
    salesforce.session_id = "00D000000000001!AQnew"

    assert first == HELD
    assert shared.credentials(nobody).token == Secret("00D000000000001!AQnew")
    assert TOKEN not in repr(shared)


def test_any_other_object_is_told() -> None:
    other: Any = object()
    with pytest.raises(AuthError, match="no session_id"):
        SharedSession(other).credentials(nobody)


def test_a_session_that_does_not_check_certificates_is_not_followed() -> None:
    with pytest.raises(AuthError, match="does not check certificates"):
        SharedSession(LikeSalesforce(Session(verify=False))).line()
    assert SharedSession(LikeSalesforce()).line().limits.total == 600


def test_the_proxies_of_a_session_are_used() -> None:
    with Host(saying(answer(status="407 No"))) as proxy:
        line = SharedSession(LikeSalesforce(Session(proxies={"https": proxy.origin}))).line()
        with pytest.raises(ConnectionError):
            line.post_form(ORG, "/services/oauth2/token", {})

    assert proxy.heard[0].startswith(b"CONNECT acme.my.salesforce.com:443")


# ---- on the wire


def test_a_form_reaches_the_endpoint_as_a_form() -> None:
    with Host(saying(answer(json.dumps({"access_token": TOKEN}).encode()))) as host:
        credentials = ClientCredentials(host.origin, "3MVG9&x", Secret("hush+/=")).credentials(HttpLine().post_form)

    head, _, body = host.heard[0].decode().partition("\r\n\r\n")
    assert "Content-Type: application/x-www-form-urlencoded" in head
    assert parse_qs(body) == {
        "grant_type": ["client_credentials"], "client_id": ["3MVG9&x"], "client_secret": ["hush+/="],
    }  # fmt: skip
    assert credentials == Credentials(host.origin, Secret(TOKEN))
    assert "hush" not in os.environ.get("PATH", "") + head
