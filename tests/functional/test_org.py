"""`learngraph org`: an org of one's own, served, looked at, and begun again."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

from learngraph.local_org.org import LocalOrg
from learngraph.local_org.transport import LocalTransport
from tests.functional.conftest import Learngraph
from tests.functional.running import PATIENCE
from tests.unit.local_org.orgs import BASE, Client


def _filled(path: Path) -> LocalOrg:
    made = LocalOrg.open(path)
    Client(LocalTransport(made)).made("A")
    made.close()
    return made


def test_show_tells_what_the_org_is_and_how_much_it_holds(learngraph: Learngraph, tmp_path: Path) -> None:
    file = tmp_path / "org.sqlite3"
    made = _filled(file)

    text = learngraph("org", "show", "--org", f"local:{file}").out.decode()
    told = learngraph("org", "show", "--org", f"local:{file}", "--format", "json").json

    assert text.startswith(f"Quenbeck University (embedded) (sandbox, {made.id})\n{file}\n")
    assert "LearningCourse" in text
    assert (told["format"], told["records"]["Learning"], told["sandbox"]) == ("learngraph-org/1", 1, True)


def test_show_makes_nothing(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("org", "show", "--org", f"local:{tmp_path / 'org.sqlite3'}")

    assert ran.code == 1
    assert "learngraph org reset" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_reset_begins_again_and_says_what_is_gone(learngraph: Learngraph, tmp_path: Path) -> None:
    file = tmp_path / "org.sqlite3"
    old = _filled(file)

    ran = learngraph("org", "reset", "--org", f"local:{file}", "--set", "name=ACME", "--set", "dialect.group=all_of")

    assert (ran.code, "1 learnings are gone" in ran.err) == (0, True)
    new = LocalOrg.open(file)
    assert (new.name, new.counts()["Learning"]) == ("ACME", 0)
    assert new.settings.dialect["group"] == "all_of"
    assert new.id != old.id
    new.close()


@pytest.mark.parametrize("command", ["serve", "reset", "show"])
@pytest.mark.parametrize("name", ["production", "env"])
def test_other_orgs_are_not_served_reset_or_shown(learngraph: Learngraph, command: str, name: str) -> None:
    ran = learngraph("org", command, "--org", name)

    assert (ran.code, ran.out) == (1, b"")
    assert "local:PATH" in ran.err


def test_reset_does_not_touch_what_is_no_org(learngraph: Learngraph, tmp_path: Path) -> None:
    file = tmp_path / "thesis.txt"
    file.write_text("precious", encoding="utf-8")

    ran = learngraph("org", "reset", "--org", f"local:{file}")

    assert (ran.code, file.read_text(encoding="utf-8")) == (1, "precious")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--faults", "lightning=1", "is no fault"), ("--set", "orphan_groups=maybe", "orphan_groups"),
     ("--set", "nonsense=1", "no such field"), ("--port", "99999", "--port")],
)  # fmt: skip
def test_a_mistake_in_an_option_is_told(
    learngraph: Learngraph, tmp_path: Path, option: str, value: str, said: str
) -> None:
    ran = learngraph("org", "serve", "--org", f"local:{tmp_path / 'org.sqlite3'}", option, value)

    assert ran.code == 1
    assert said in ran.err


def test_serve_answers_over_http_until_it_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "org.sqlite3"
    options = ["--org", f"local:{file}", "--port", "0", "--faults", "GET:1=503_before"]
    command = [sys.executable, "-m", "learngraph", "org", "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().decode().strip()
        form = {"grant_type": "client_credentials", "client_id": "learngraph", "client_secret": "local"}
        with urllib.request.urlopen(f"{url}/services/oauth2/token", urlencode(form).encode(), PATIENCE) as answer:  # noqa: S310 - an address of the test's own
            token = json.load(answer)["access_token"]
        asked = urllib.request.Request(f"{url}{BASE}/limits", headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - as above
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(asked, timeout=PATIENCE)  # noqa: S310 - as above
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - as above
            assert "DailyApiRequests" in json.load(answer)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert "stopped after <Faults: 1 in 2 requests>" in said.decode()
