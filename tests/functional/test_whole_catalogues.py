"""Real catalogues, published whole over HTTP to an org in a process of its own, edited, and pulled back.

The short ones run each time, the large ones by `pytest -m whole`.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement
from tests.functional.running import PATIENCE, Ran, put, run
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

_LONG = 300
_RELATIONS = ("prerequisites", "corequisites", "recommended")
#: what a course states beside its requirements
_STATED = ("name", "active", "duration", "duration_unit", "subject_abbreviation", "course_number")
_RPI_GRADES = {
    "A": 4.0, "A-": 3.67, "B+": 3.33, "B": 3.0, "B-": 2.67, "C+": 2.33, "C": 2.0, "C-": 1.67, "D+": 1.33, "D": 1.0,
    "F": 0.0, "TR": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """A catalogue, and what its user has to say so that it can be published."""

    name: str
    courses: int
    grades: str | Mapping[str, float | None] = "us"
    ignored: str = ""
    every: int = 100
    options: Mapping[str, Any] = field(default_factory=lambda: {"defaults": {"active": True}})


_LEFT_OUT = {"defaults": {"active": True}, "unknown_references": "leave_out"}
_CATALOGUES = [
    _Catalogue("utd-cs-bs", 93, every=20),
    _Catalogue("itu-blg", 162, "itu", every=20, options=_LEFT_OUT),
    pytest.param(_Catalogue("rpi", 6536, _RPI_GRADES, "LG203", options=_LEFT_OUT), marks=pytest.mark.whole),
    pytest.param(_Catalogue("itu", 10790, "itu", options=_LEFT_OUT), marks=pytest.mark.whole),
]


@contextmanager
def _served(folder: Path) -> Iterator[Mapping[str, str]]:
    """Serve an org of its own, and give the variables by which it is reached."""
    options = ["--org", f"local:{folder / 'org.sqlite3'}", "--port", "0"]
    command = [sys.executable, "-m", "learngraph", "org", "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        url = process.stdout.readline().decode().strip()
        try:
            yield {
                "LEARNGRAPH_ORG": "env", "SF_INSTANCE_URL": url, "SF_CLIENT_ID": "learngraph",
                "SF_CLIENT_SECRET": "local", "XDG_DATA_HOME": str(folder / "data"),
            }  # fmt: skip
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _put_lines(path: Path, courses: list[dict[str, Any]]) -> Path:
    return put(path.parent, "".join(f"{json.dumps(one)}\n" for one in courses), path.name)


def _edited(courses: list[dict[str, Any]], every: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Edit one course of so many, each in another way, and give the keys of those."""
    known = {one["id"] for one in courses}
    first = next(one["id"] for one in courses if not any(one.get(relation) for relation in _RELATIONS))
    chosen = [one for one in courses if one["id"] != first][::every]
    after = {one["id"]: {**one, **_edit(number, one, first, known)} for number, one in enumerate(chosen)}
    return [after.get(one["id"], one) for one in courses], list(after)


def _edit(number: int, one: Mapping[str, Any], first: str, known: set[str]) -> dict[str, Any]:
    tree = one.get("prerequisites")
    if number % 4 == 0:
        return {"name": f"{one['name']} (revised)"}
    if number % 4 == 1:
        return {"credits": 17}
    if number % 4 == 2 and not known.isdisjoint(_named(tree)):
        return {"prerequisites": None}
    return {"prerequisites": {"all": [tree or {"text": "standing"}, {"course": first}]}}


def _named(tree: Any) -> Iterator[str]:
    """Give the courses that a requirement of a line names."""
    if isinstance(tree, Mapping):
        yield from (value for name, value in tree.items() if name == "course" and value)
        yield from (key for part in tree.values() for key in _named(part))
    elif isinstance(tree, list):
        yield from (key for part in tree for key in _named(part))


def _holdable(course: lg.Learning, known: Callable[[str], bool]) -> lg.Course:
    """Give what an org can hold of what a course states: no conditions, and nothing that is not there."""
    requirements = {
        name: [kept for tree in getattr(course, name) if (kept := _kept(tree, known)) is not None]
        for name in _RELATIONS
    }
    return lg.Course(key=course.key, **{name: getattr(course, name) for name in _STATED}, **requirements)


def _kept(tree: Requirement, known: Callable[[str], bool]) -> Requirement | None:
    match tree:
        case Need():
            return tree if known(tree.key) else None
        case Condition():
            return None
    parts = [kept for part in tree.of if (kept := _kept(part, known)) is not None]
    match tree:
        case _ if not parts:
            return None
        case AnyOf():
            return AnyOf(parts)
        case AllOf():
            return AllOf(parts)
        case AtLeast():
            return AtLeast(min(tree.count, len(parts)), parts)


@pytest.mark.parametrize("catalogue", _CATALOGUES, ids=lambda one: one.name)
def test_a_real_catalogue_is_published_edited_and_pulled_back_whole(catalogue: _Catalogue, tmp_path: Path) -> None:
    file = tmp_path / f"{catalogue.name}.jsonl"
    # what has no name is named by its number, as the registrar would
    courses = [
        {**one, "name": one["name"] or one["id"]} for one in _lines(SHARED / "catalogues" / f"{catalogue.name}.jsonl")
    ]
    _put_lines(file, courses)
    grades = catalogue.grades if isinstance(catalogue.grades, str) else put(tmp_path, catalogue.grades, "grades.json")
    said = ["--grades", grades, "--external-id-field", "External_ID__c", "--set", "defaults.active=true"]
    said += ["--set", "unknown_references=leave_out"] if "unknown_references" in catalogue.options else []
    choosing = [*said, "--ignore", catalogue.ignored] if catalogue.ignored else said

    with _served(tmp_path) as env:

        def learngraph(*arguments: object) -> Ran:
            return run(*arguments, env=env, patience=_LONG)

        published = learngraph("publish", file, *choosing, "--yes")
        assert published.code == 0, published.err
        assert f"{catalogue.courses:,} to create".encode() in published.out
        again = learngraph("plan", file, *choosing, "--detailed-exitcode")
        assert again.code == 0, again.out

        edited, keys = _edited(courses, catalogue.every)
        _put_lines(file, edited)
        plan = tmp_path / "plan.json"
        planned = learngraph("plan", file, *choosing, "--detailed-exitcode", "-o", plan)
        assert planned.code == 2, planned.err
        steps = json.loads(plan.read_text(encoding="utf-8"))["steps"]
        assert [item["key"] for step in steps for item in step["items"]] == keys
        assert {step["method"] for step in steps} == {"PATCH"}

        applied = learngraph("apply", plan, "--yes")
        assert applied.code == 0, applied.out
        assert learngraph("plan", file, *choosing, "--detailed-exitcode").code == 0
        assert learngraph("pull", *said, "-o", tmp_path / "pulled.json").code == 0

    scale = catalogue.grades if isinstance(catalogue.grades, str) else dict(catalogue.grades)
    graph, pulled = lg.read(file, scale, settings=catalogue.options), lg.read(tmp_path / "pulled.json")
    assert len(pulled) == catalogue.courses
    known, anything = graph.__contains__, lambda _: True
    differing = [
        one.key for one in graph if not lg.equivalent(_holdable(one, known), _holdable(pulled[one.key], anything))
    ]
    assert differing == []
