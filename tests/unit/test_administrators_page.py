"""The page for Salesforce administrators is true: it tells every object, field and request that is asked for."""

import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

import learngraph as lg
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.transport import LocalTransport
from learngraph.model.value import FrozenMap
from learngraph.publish.looking_up import Doubt, Searching, look_up
from learngraph.publish.made_already import asking
from learngraph.publish.org_objects import READINGS
from learngraph.publish.publish_plan import Item, StepKind
from learngraph.publish.questions import org_facts, query
from learngraph.salesforce.records import LEARNING
from learngraph.salesforce.wire import Request, Response, Transport
from tests.builders import course, graph

PAGE = Path(__file__).resolve().parents[2] / "docs" / "for-salesforce-administrators.md"

_VERSION = "66.0"


class Overheard:
    """A transport that keeps what is asked."""

    def __init__(self, transport: Transport) -> None:
        self.asked: list[Request] = []
        self._transport = transport

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        return self._transport.send(request)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """All that is asked of an org when a catalogue is planned, applied, looked up after a fault, and pulled."""
    heard = Overheard(LocalTransport(LocalOrg.open()))
    org = lg.Org(heard, org_facts(heard))
    catalogue = graph(
        course("A", name="A", active=True, provider="ACME"), course("B", "A", name="B", active=True),
        lg.Program(key="BS", name="BS", active=True), providers=[lg.Provider(key="ACME", name="ACME")],
    )  # fmt: skip
    lg.apply(lg.plan(catalogue, org), org, folder=tmp_path_factory.mktemp("journals"))
    lg.pull(org, like=catalogue)
    _look_up(heard)
    return tuple(f"{one.method} {unquote(one.path)}" for one in heard.asked)


def _look_up(transport: Transport) -> None:
    """Ask what became of a course, a program, an achievement and a change that had no answer."""
    searching = Searching(lambda soql: list(query(transport, soql, _VERSION)))
    for kind, body in (
        (StepKind.CREATE, {"learning": {"type": "Learning Course", "name": "A"}}),
        (StepKind.CREATE, {"learning": {"type": "Learning Program", "name": "BS"}}),
        (StepKind.ACHIEVE, {"Name": "Logic"}),
    ):
        look_up([Doubt(Item("A", FrozenMap(body)), datetime(2020, 1, 1, tzinfo=UTC))], kind, searching)
    asking(transport, _VERSION)(Item("A", FrozenMap({"learning": {"learningId": "0ty000000000000AAA"}})))


def table(head: str) -> list[list[str]]:
    """The cells of a table of the section on what is read, by the heading of its first column."""
    text = PAGE.read_text("utf-8").partition("## What is read\n")[2].partition("\n## ")[0]
    rows = text.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_page_tells_the_objects_and_fields_that_are_asked_for(asked: tuple[str, ...]) -> None:
    fields = defaultdict[str, set[str]](set)
    for request in asked:
        for selected, home in re.findall(r"SELECT (.*?) FROM (\w+)", request):
            fields[home].update(re.sub(r"\w+\((\w+)\)", r"\1", selected).split(", "))

    assert {home.strip("`"): set(named(cell)) for home, cell, _ in table("Object")} == fields


def test_the_page_tells_what_becomes_of_a_pull_where_an_object_is_hidden() -> None:
    told = {home.strip("`"): fate for home, _, fate in table("Object")}

    assert {one.name: told[one.name] for one in READINGS} == {
        one.name: "nothing is read" if one.name == LEARNING
        else "error" if one.needed
        else "nothing is said" if one.later
        else "warning"
        for one in READINGS
    }  # fmt: skip


def test_the_page_tells_the_requests_that_read(asked: tuple[str, ...]) -> None:
    reads = {request for request in asked if request.startswith("GET")}
    paths = {re.sub(r"/services/data/v\d+\.\d", "...", request.partition("?")[0]) for request in reads}
    general = {re.sub(r"(/sobjects/)\w+|(/learnings/)\w+", _without_names, path) for path in paths}

    assert {one for cell, *_ in table("Request") for one in named(cell)} == general


def _without_names(match: re.Match[str]) -> str:
    return f"{match[1]}OBJECT" if match[1] else f"{match[2]}ID"


def test_the_page_tells_the_requests_that_write(asked: tuple[str, ...]) -> None:
    text = PAGE.read_text("utf-8").partition("## What is written\n")[2].partition("\n## ")[0]
    writes = {request.split()[0] for request in asked if not request.startswith("GET")}

    assert writes
    assert writes <= set(re.findall(r"^\| `(\w+) ", text, re.MULTILINE))
