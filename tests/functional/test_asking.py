"""What is asked on a terminal before anything is sent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from learngraph.local_org.org import LocalOrg
from learngraph.local_org.settings import OrgSettings
from tests.functional.running import PATIENCE, Ran, document, put

pty = pytest.importorskip("pty", reason="this system has no such terminals")

_SANDBOX, _PRODUCTION = True, False


def on_terminal(typed: str, *arguments: object) -> Ran:
    """Run a command, and type this on its terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "learngraph", *map(str, arguments)]
    try:
        with subprocess.Popen(
            command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
        ) as process:
            os.write(ours, typed.encode())
            out, err = process.communicate(timeout=PATIENCE)
    finally:
        os.close(ours)
        os.close(theirs)
    return Ran(process.returncode, out, err.decode())


@pytest.fixture(autouse=True)
def org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LEARNGRAPH_ORG", f"local:{tmp_path / 'org.sqlite3'}")
    put(tmp_path, document("CS 101", "CS 102"))
    return tmp_path / "org.sqlite3"


def _learnings(org: Path, *, sandbox: bool | None = None) -> int:
    settings = None if sandbox is None else OrgSettings(name="ACME State", sandbox=sandbox)
    opened = LocalOrg.open(org, settings=settings)
    try:
        return opened.counts()["Learning"]
    finally:
        opened.close()


_ANSWERS = pytest.mark.parametrize(
    ("sandbox", "typed", "code", "asked", "learnings"),
    [
        (_SANDBOX, "y\n", 0, "send this to ACME State? [y/N]", 2),
        (_SANDBOX, "n\n", 1, "nothing was sent", 0),
        (_SANDBOX, "\n", 1, "nothing was sent", 0),
        (_SANDBOX, "what?\nyes\n", 0, "send this to ACME State? [y/N]", 2),
        (_SANDBOX, "\x04", 1, "stopped", 0),
        (_PRODUCTION, "ACME State\n", 0, "this is PRODUCTION: type the name of the org", 2),
        (_PRODUCTION, "yes\n", 1, "'yes' was given", 0),
        (_PRODUCTION, "acme state\n", 1, "'acme state' was given", 0),
        (_PRODUCTION, "\x04", 1, "stopped", 0),
    ],
    ids=["yes", "no", "just Return", "nonsense, then yes", "end of input", "the name", "yes for a name",
         "another name", "end of input for a name"],
)  # fmt: skip


@_ANSWERS
def test_publish_asks_and_does_what_it_is_told(
    org: Path, *, sandbox: bool, typed: str, code: int, asked: str, learnings: int
) -> None:
    _learnings(org, sandbox=sandbox)

    ran = on_terminal(typed, "publish", org.parent / "catalogue.json")

    assert (ran.code, _learnings(org)) == (code, learnings), ran.err
    assert asked in ran.err
    assert "Traceback" not in ran.err
    assert "2 to create" in ran.out.decode()


@pytest.mark.parametrize(("typed", "learnings"), [("y\n", 2), ("n\n", 0)])
def test_apply_shows_the_plan_and_asks(org: Path, typed: str, learnings: int) -> None:
    plan = org.parent / "plan.json"
    on_terminal("", "plan", org.parent / "catalogue.json", "-o", plan)

    ran = on_terminal(typed, "apply", plan)

    assert (ran.code, _learnings(org)) == (0 if learnings else 1, learnings)
    assert "+ CS 101 is new" in ran.out.decode()


def test_a_name_that_was_given_is_not_asked_for(org: Path) -> None:
    _learnings(org, sandbox=_PRODUCTION)

    ran = on_terminal("", "publish", org.parent / "catalogue.json", "--org-name", "ACME State")

    assert (ran.code, _learnings(org)) == (0, 2)
    assert "type the name" not in ran.err


def test_where_there_is_nothing_to_do_nothing_is_asked(org: Path) -> None:
    on_terminal("y\n", "publish", org.parent / "catalogue.json")

    ran = on_terminal("", "publish", org.parent / "catalogue.json")

    assert (ran.code, "[y/N]" in ran.err) == (0, False)
