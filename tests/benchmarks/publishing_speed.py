"""Publishes a catalogue whole to an embedded org, and prints what it took outside the network: run as a process."""

import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import learngraph as lg
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.transport import LocalTransport
from learngraph.orgs import Org
from learngraph.publish.apply_settings import ApplySettings
from learngraph.publish.ids_file import IdsKeeper
from learngraph.publish.questions import org_facts
from learngraph.publish.review_lines import as_lines
from learngraph.salesforce.wire import Request, Response, Transport
from tests.benchmarks.measuring import without_collector

_SETTINGS = {
    "defaults": {"active": True},
    "unknown_references": "leave_out",
    "external_id_field": "External_ID__c",
}
_PAIRS = 5


@dataclass(slots=True)
class Clocked:
    """A transport that counts its requests, and the seconds that are spent inside it."""

    inner: Transport
    requests: int = 0
    inside: float = 0.0

    def send(self, request: Request) -> Response:
        start = time.perf_counter()
        try:
            return self.inner.send(request)
        finally:
            self.inside += time.perf_counter() - start
            self.requests += 1


class Outside:
    """As a context: how many requests were sent in it, and how many seconds were spent outside of them."""

    def __init__(self, transport: Clocked) -> None:
        self._transport = transport
        self.requests = 0
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self._before = self._transport.requests, self._transport.inside
        self._start = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        whole = time.perf_counter() - self._start
        requests, inside = self._before
        self.requests = self._transport.requests - requests
        self.seconds = whole - (self._transport.inside - inside)


def _read(path: Path) -> lg.LearningGraph:
    return lg.read(path, "itu", settings=_SETTINGS)


def figures(path: Path, folder: Path) -> dict[str, Any]:
    """Publish a catalogue, plan it again, and pull it."""
    local = LocalOrg.open(folder / "org.sqlite3")
    transport = Clocked(LocalTransport(local))
    with Outside(transport) as publishing:
        org = Org(transport, org_facts(transport))
        graph = _read(path)
        with Outside(transport) as planning_first:
            plan = lg.plan(graph, org)
        list(as_lines(plan, verbose=False))
        remember = IdsKeeper(org.facts.id, folder / "catalogue.ids.json")
        settings = ApplySettings(remember=remember)
        with Outside(transport) as applying:
            result = lg.apply(plan, org, settings=settings, folder=folder)
        remember.write()
    assert result.exit_code == 0
    pairs = [_unchanged(path, org, transport) for _ in range(_PAIRS)]
    with Outside(transport) as pulling:
        pulled = lg.pull(org, like=graph)
    assert len(pulled.graph) == len(graph)
    return {
        "learnings": len(graph),
        "publishing": [publishing.seconds, publishing.requests],
        "planning": [planning_first.seconds, planning_first.requests],
        "applying": [applying.seconds, applying.requests],
        "pairs": pairs,
        "pulling": [pulling.seconds, pulling.requests],
        "records": sum(local.counts().values()),
        "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


def _unchanged(path: Path, org: Org, transport: Clocked) -> tuple[float, float]:
    """Give the seconds of planning what is there, outside of requests, and of reading it."""
    with without_collector():
        start = time.perf_counter()
        graph = _read(path)
        reading = time.perf_counter() - start
    with without_collector(), Outside(transport) as planning:
        plan = lg.plan(graph, org)
    assert plan.is_empty
    return planning.seconds, reading


if __name__ == "__main__":
    json.dump(figures(*map(Path, sys.argv[1:])), sys.stdout)
