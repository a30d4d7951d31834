"""A publish that is killed or interrupted in the middle goes on, and nothing is made twice."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer

import pytest

import learngraph as lg
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.server import serve
from learngraph.local_org.transport import LocalTransport
from learngraph.salesforce.wire import Request, Response, Transport
from tests.functional.conftest import Learngraph
from tests.functional.running import PATIENCE, document, put

_MADE = ("Learning", "LearningCourse", "LearningProgram", "LearningAchievement", "LearningFoundationItem",
         "LearningOutcomeItem")  # fmt: skip


@dataclass
class Gate:
    """Holds one request, before or after the org has carried it out, until the test lets it go."""

    inner: Transport
    method: str = ""
    number: int = 0
    before: bool = False
    reached: Event = field(default_factory=Event)
    opened: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    sent: Counter[str] = field(default_factory=Counter)

    def send(self, request: Request) -> Response:
        self.sent[request.method] += 1
        held = (request.method, self.sent[request.method]) == (self.method, self.number)
        if held and self.before:
            self._wait()
        answer = self.inner.send(request)
        if held and not self.before:
            self._wait()
        if held:
            self.done.set()
        return answer

    def _wait(self) -> None:
        self.reached.set()
        self.opened.wait(PATIENCE)


@dataclass
class Served:
    """An org over HTTP, and the gate before it."""

    org: LocalOrg
    gate: Gate
    folder: Path

    def hold(self, method: str, number: int, *, before: bool) -> None:
        self.gate.method, self.gate.number, self.gate.before = method, number, before

    def counts(self) -> dict[str, int]:
        return {name: count for name, count in self.org.counts().items() if name in _MADE}

    def cut(self, number: signal.Signals, *arguments: object, late: bool = False) -> tuple[int, str, str]:
        """Run a command, send it a signal when it has come to the gate, and open that; `late` leaves it closed."""
        command = [sys.executable, "-m", "learngraph", *map(str, arguments)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
            try:
                assert self.gate.reached.wait(PATIENCE)
                process.send_signal(number)
                out, err = process.communicate(timeout=PATIENCE)
            finally:
                process.kill()
                if not late:
                    self.gate.opened.set()
        assert late or self.gate.done.wait(PATIENCE)
        return process.returncode, out.decode(), err.decode()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    org = LocalOrg.open(tmp_path / "org.sqlite3")
    gate = Gate(LocalTransport(org, headers={}))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LEARNGRAPH_ORG", "env")
    monkeypatch.setenv("SF_CLIENT_ID", org.settings.client_id)
    monkeypatch.setenv("SF_CLIENT_SECRET", org.settings.client_secret)
    monkeypatch.delenv("SF_ACCESS_TOKEN", raising=False)
    with serve(org, transport=gate) as server:
        monkeypatch.setenv("SF_INSTANCE_URL", server.url)
        yield Served(org, gate, tmp_path)
        gate.opened.set()
    org.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How much an org holds after the example was published in one go."""
    folder = tmp_path_factory.mktemp("undisturbed")
    org = lg.connect(f"local:{folder / 'org.sqlite3'}")
    graph = lg.examples.university()
    assert lg.apply(lg.plan(graph, org), org, folder=folder).exit_code == 0
    opened = LocalOrg.open(folder / "org.sqlite3")
    counts = {name: count for name, count in opened.counts().items() if name in _MADE}
    opened.close()
    return counts


_MIDDLES = pytest.mark.parametrize(
    ("method", "number", "before"),
    [("POST", 1, True), ("POST", 1, False), ("POST", 3, True), ("POST", 3, False), ("PATCH", 1, True),
     ("PATCH", 1, False)],
    ids=["before the first POST", "after the first POST", "before the third POST", "after the third POST",
         "before the first PATCH", "after the first PATCH"],
)  # fmt: skip


@_MIDDLES
def test_a_publish_that_is_killed_is_done_by_the_next_one(
    learngraph: Learngraph, served: Served, undisturbed: dict[str, int], *, method: str, number: int, before: bool
) -> None:
    served.hold(method, number, before=before)

    code, _, _ = served.cut(signal.SIGKILL, "publish", "example:1", "--yes")
    ran = learngraph("publish", "example:1", "--yes", "--settle", "0", "--limit", "unseen_requirements=true")
    after = learngraph("publish", "example:1", "--settle", "0")

    assert (code, ran.code, after.code) == (-signal.SIGKILL, 0, 0), ran.err
    assert "nothing to do" in after.out.decode()
    assert served.counts() == undisturbed


@_MIDDLES
def test_an_apply_that_is_killed_goes_on_where_it_was(
    learngraph: Learngraph, served: Served, undisturbed: dict[str, int], *, method: str, number: int, before: bool
) -> None:
    file = served.folder / "plan.json"
    assert learngraph("plan", "example:1", "-o", file).code == 0
    served.hold(method, number, before=before)

    code, _, _ = served.cut(signal.SIGKILL, "apply", file, "--yes")
    ran = learngraph("apply", file, "--yes", "--settle", "0")
    again = learngraph("apply", file, "--yes")

    assert (code, ran.code, again.code) == (-signal.SIGKILL, 0, 0), ran.err
    assert again.out.decode() == "123 done\n"
    assert served.counts() == undisturbed


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_what_the_org_is_still_at_work_on_is_not_made_again(
    learngraph: Learngraph, served: Served, number: signal.Signals
) -> None:
    file = put(served.folder, document("CS 101", "CS 102", "CS 103"))  # nothing in the org keeps them unique
    served.hold("POST", 1, before=True)

    served.cut(number, "publish", file, "--yes", late=True)
    Timer(0.3, served.gate.opened.set).start()
    ran = learngraph("publish", file, "--yes", "--settle", "2")
    again = learngraph("publish", file, "--yes", "--settle", "2")

    assert (ran.code, "nothing to do" in ran.out.decode()) == (0, True), ran.err
    assert re.search("waiting [12] s: an earlier request had no answer", ran.err)
    assert served.counts()["Learning"] == 3
    assert "waiting" not in again.err


def test_ctrl_c_ends_with_a_result_and_the_same_command_goes_on(
    learngraph: Learngraph, served: Served, undisturbed: dict[str, int]
) -> None:
    served.hold("POST", 3, before=False)
    result = served.folder / "result.json"

    code, out, err = served.cut(signal.SIGINT, "publish", "example:1", "--yes", "--result", result)
    ran = learngraph("publish", "example:1", "--yes", "--settle", "0")

    assert code == 3, err
    assert "Traceback" not in err
    assert "it was interrupted" in out
    assert "in doubt" in out
    assert "the same command goes on where it was" in out
    assert '"interrupted": true' in result.read_text(encoding="utf-8")
    assert ran.code == 0, ran.err
    assert served.counts() == undisturbed


def test_ctrl_c_while_the_org_is_read_sends_nothing(served: Served) -> None:
    served.hold("GET", 5, before=True)

    code, out, err = served.cut(signal.SIGINT, "publish", "example:1", "--yes")

    assert (code, out) == (1, "")
    assert "Traceback" not in err
    assert served.counts()["Learning"] == 0


def test_what_was_made_before_a_kill_is_in_the_ids_beside_the_catalogue(served: Served) -> None:
    catalogue = served.folder / "catalogue.json"
    lg.write(lg.examples.university(), catalogue)
    served.hold("POST", 2, before=True)

    served.cut(signal.SIGKILL, "publish", catalogue, "--yes")

    with sqlite3.connect(served.folder / "org.sqlite3") as database:
        made = {identity for (identity,) in database.execute('SELECT "Id" FROM "Learning"')}
    text = (served.folder / "catalogue.ids.json").read_text(encoding="utf-8")
    assert len(made) >= 25
    assert sum(identity in text for identity in made) >= 25
