"""The embedded org does what the documented one does, and by GET and by SOQL it tells the same."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learngraph as lg
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.settings import OrgSettings, external_id
from learngraph.local_org.transport import LocalTransport
from learngraph.salesforce.wire import Request
from tests.property.documented_org import RELATIONS, DocumentedOrg, Json
from tests.property.strategies import graphs

_EXTERNAL = "External_ID__c"
_BASE = "/services/data/v67.0"
_LEARNINGS = f"{_BASE}/connect/education/academic-operations/learnings"
_TYPES = {"Prerequisite": "prerequisites", "Co-requisite": "corequisites", "Recommended": "recommended"}


class Embedded:
    """An embedded org, asked as a client asks."""

    def __init__(self, orphans: str, dialect: Json) -> None:
        only = (external_id("LearningCourse"), external_id("LearningProgram"))
        chosen = OrgSettings(restricted_picklists=(), orphan_groups=orphans, dialect=dialect, custom_fields=only)
        self.transport = LocalTransport(LocalOrg.open(settings=chosen))

    def send(self, method: str, body: Json) -> Json:
        answer: Json = self.transport.send(Request(method, _LEARNINGS, body)).json()
        assert answer["failureCount"] == 0, answer
        return answer

    def query(self, soql: str) -> list[Json]:
        answer = self.transport.send(Request("GET", f"{_BASE}/query?q={quote(soql)}")).json()
        assert answer["done"], answer
        return list(answer["records"])

    def answers(self) -> list[Json]:
        found = self.query("SELECT Id FROM Learning")
        return [self.transport.send(Request("GET", f"{_LEARNINGS}/{row['Id']}")).json() for row in found]


def _learnings(answers: list[Json]) -> dict[str, str]:
    """The external id of each learning by its id."""
    return {
        one["learning"]["learningId"]: next(
            one["learning"][name][_EXTERNAL] for name in one["learning"] if name.endswith("CustomFields")
        )
        for one in answers
    }


def said(answers: list[Json]) -> dict[str, Json]:
    """What answers to Get Learning say, whatever the ids and the order."""
    names = _learnings(answers)
    return {names[one["learning"]["learningId"]]: _said(one, names) for one in answers}


def _said(answer: Json, names: dict[str, str]) -> Json:
    fields = {
        name: value[:10] if name.startswith("active") and isinstance(value, str) else value
        for name, value in answer["learning"].items()
        if name not in {"learningId", "learningCourseId", "learningProgramId"} and value not in (None, False, {})
    }
    relations = {
        relation: sorted((_item(item, names) for item in answer[relation]), key=repr) for relation in RELATIONS
    }
    groups = sorted((_outcome(one) for one in answer["outcomes"]), key=repr)
    return {"fields": fields, **relations, "outcomes": groups}


def _item(item: Json, names: dict[str, str]) -> Any:
    granted = [
        (names[one["learning"]["learningId"]], _number(one["learningOutcomeItem"]["minimumNumericGrade"]))
        for one in item["fulfilledBy"]
    ]
    extent = (_number(item["minimumNumericGrade"]), _number(item["duration"]), item["durationUnit"])
    return (item["learningAchievementType"].replace(" ", ""), *extent, sorted(granted, key=repr))


def _outcome(one: Json) -> Any:
    # what a learning grants first of all has its own duration here, and none in the documented org
    extent = (None, None) if one["isPrimary"] else (_number(one["duration"]), one["durationUnit"])
    return (one["isPrimary"], _number(one["minimumNumericGrade"]), *extent)


def _number(value: Any) -> float | None:
    """4 and 4.0 are one number, which sorts by one text."""
    return None if value is None else float(value)


@st.composite
def catalogues(draw: st.DrawFn) -> lg.LearningGraph:
    """Whole catalogues that an org can hold: the rest of a strange one is told by findings elsewhere."""
    dialect = draw(
        st.fixed_dictionaries({}, optional={
            "group": st.just("any_of"),
            "patch_outcomes": st.sampled_from(("add", "replace")),
            "bodies": st.sampled_from(("minimal", "documented")),
            "dates": st.sampled_from(("datetime", "date")),
            "batch_size": st.integers(1, 4),
        })
    )  # fmt: skip
    return _holdable(draw(_drawn(dialect)), dialect)


def _drawn(dialect: Json) -> st.SearchStrategy[lg.LearningGraph]:
    options = lg.Options(external_id_field=_EXTERNAL, dialect=dialect)
    return graphs(
        options=options, missing=False, records=False, plans=False, conditions=False, with_timings=False, max_size=5
    )


def _holdable(drawn: lg.LearningGraph, dialect: Json) -> lg.LearningGraph:
    nothing: dict[str, Any] = {
        "custom_fields": {}, "external_id": None, "provider": None, "outcomes": (), "skills": (), "equivalents": (),
        "exclusions": (),
    }  # fmt: skip
    return lg.LearningGraph(
        (one.replaced(**nothing, name=one.name or one.key) for one in drawn),
        options=lg.Options(external_id_field=_EXTERNAL, dialect=dialect),
    )


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("orgs") / "org.json"


def _snapshot(answers: list[Json], file: Path) -> lg.Snapshot:
    file.write_text(json.dumps(answers), encoding="utf-8")
    return lg.read_snapshot(file, settings={"external_id_field": _EXTERNAL})


def _edited(drawn: lg.LearningGraph, shift: int) -> lg.LearningGraph:
    """Let each learning ask for what another asked for, and say something else of itself."""
    before = list(drawn)
    after = []
    for place, one in enumerate(before):
        other = before[(place + shift) % len(before)]
        relations = {"prerequisites": other.prerequisites, "corequisites": one.recommended, "recommended": ()}
        after.append(one.replaced(**relations, description=f"edited {shift}", duration=shift))
    return lg.LearningGraph(after, options=drawn.options)


_MISREAD = {lg.Code.MISSPELT_ANSWER, lg.Code.UNREADABLE_VALUE, lg.Code.UNREADABLE_RECORD, lg.Code.ORG_SAID_NO}

_LEFT_OUT = ("LG4", "LG2")  # what no body can hold is left out of both


@settings(max_examples=120)
@given(drawn=catalogues(), shift=st.integers(1, 3), orphans=st.sampled_from(("stay", "go")))
def test_the_embedded_org_does_what_the_documented_one_does(
    drawn: lg.LearningGraph, shift: int, orphans: str, file: Path
) -> None:
    dialect = drawn.options.dialect.thawed()
    documented = DocumentedOrg(
        outcomes_do=dialect.get("patch_outcomes", "add"), orphans="go" if orphans == "go" else "stay"
    )
    embedded = Embedded(orphans, dialect)
    for body in lg.post_bodies(drawn, ignore=_LEFT_OUT):
        documented.post(body)
        embedded.send("POST", body)
    assert said(embedded.answers()) == said(documented.answers())

    wanted = _edited(drawn, shift)
    for _ in range(2):  # again, and nothing is left to change
        for body in lg.patch_bodies(_snapshot(documented.answers(), file), wanted, ignore=_LEFT_OUT):
            documented.patch(body)
        for body in lg.patch_bodies(_snapshot(embedded.answers(), file), wanted, ignore=_LEFT_OUT):
            embedded.send("PATCH", body)
        assert said(embedded.answers()) == said(documented.answers())


@given(drawn=catalogues())
def test_a_catalogue_is_read_back_as_it_was_posted(drawn: lg.LearningGraph, file: Path) -> None:
    embedded = Embedded("stay", drawn.options.dialect.thawed())
    for body in lg.post_bodies(drawn, ignore=_LEFT_OUT):
        embedded.send("POST", body)
    snapshot = _snapshot(embedded.answers(), file)

    for body in lg.patch_bodies(snapshot, drawn, ignore=_LEFT_OUT):  # what closes circles
        embedded.send("PATCH", body)

    snapshot = _snapshot(embedded.answers(), file)
    assert not _MISREAD & {finding.code for finding in snapshot.graph.findings}
    assert list(lg.patch_bodies(snapshot, drawn, ignore=_LEFT_OUT)) == []
    held = {one.external_id: one for one in snapshot.graph}
    assert held.keys() == {one.key for one in drawn}
    for one in drawn:
        assert held[one.key].name == one.name
        assert bool(held[one.key].active) == bool(one.active)
        assert held[one.key].active_from == one.active_from


@given(drawn=catalogues())
def test_queries_tell_the_same_as_get_learning(drawn: lg.LearningGraph) -> None:
    embedded = Embedded("stay", drawn.options.dialect.thawed())
    for body in lg.post_bodies(drawn, ignore=_LEFT_OUT):
        embedded.send("POST", body)

    answers = embedded.answers()

    names = _learnings(answers)
    by_get = {
        names[one["learning"]["learningId"]]: {
            relation: sorted((_item(item, names)[1:] for item in one[relation]), key=repr) for relation in RELATIONS
        }
        for one in answers
    }
    assert _by_query(embedded) == by_get
    rows = {row["Id"]: row for row in embedded.query("SELECT Id, Name, IsActive, Duration, Description FROM Learning")}
    for one in answers:
        row = rows[one["learning"]["learningId"]]
        stated = [one["learning"][name] for name in ("name", "active", "duration", "description")]
        assert [row["Name"], row["IsActive"], row["Duration"], row["Description"]] == stated


def _by_query(embedded: Embedded) -> dict[str, Json]:
    owners = [*embedded.query(f"SELECT LearningId, {_EXTERNAL} FROM LearningCourse"),
              *embedded.query(f"SELECT LearningId, {_EXTERNAL} FROM LearningProgram")]  # fmt: skip
    names = {row["LearningId"]: row[_EXTERNAL] for row in owners}
    granted: dict[str, list[Any]] = {}
    for row in embedded.query("SELECT LearningId, LearningAchievementId, MinimumNumericGrade FROM LearningOutcomeItem"):
        pair = (names[row["LearningId"]], _number(row["MinimumNumericGrade"]))
        granted.setdefault(row["LearningAchievementId"], []).append(pair)
    found: dict[str, Json] = {name: {relation: [] for relation in RELATIONS} for name in names.values()}
    for row in embedded.query(
        "SELECT LearningId, LearningAchievementId, Type, MinimumNumericGrade, Duration, DurationUnit "
        "FROM LearningFoundationItem"
    ):
        extent = (_number(row["MinimumNumericGrade"]), _number(row["Duration"]), row["DurationUnit"])
        item = (*extent, sorted(granted[row["LearningAchievementId"]], key=repr))
        found[names[row["LearningId"]]][_TYPES[row["Type"]]].append(item)
    return {
        name: {relation: sorted(items, key=repr) for relation, items in relations.items()}
        for name, relations in found.items()
    }
