"""How the org is told of what a learning needs: by record, else by external id, else not at all."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.model.achievement import Provider
from learngraph.salesforce.references import References, achievement_id, external_id, provider_id
from tests.builders import codes, course, graph, program
from tests.property.documented_org import record_id

_ID, _BADGE, _ACCOUNT = record_id("0ty", 1), record_id("0u9", 2), record_id("001", 3)
_FIELD = {"external_id_field": "Id__c"}


def _to(key: str, *learnings: Any, single: bool = True, **parts: Any) -> dict[str, Any] | str:
    """Tell how a key is referred to, or the code of the finding that says why it is not."""
    told = References.of(graph(*learnings, **parts)).to(key, by="X", single=single)
    return f"{told.code.value} {' '.join(told.keys)}" if isinstance(told, lg.Finding) else told


_NOWHERE = "NOPE 1"


@pytest.mark.parametrize(
    ("key", "parts", "told"),
    [
        pytest.param(_ID, {}, {"learningId": _ID}, id="a record that no learning stands for"),
        pytest.param(_ID[:15], {}, {"learningId": _ID}, id="15 characters become 18"),
        pytest.param(_BADGE, {}, {"learningAchievementId": _BADGE}, id="the record of an achievement"),
        pytest.param(
            "A",
            {"options": _FIELD},
            {"courseExternalId": {"fieldName": "Id__c", "fieldValue": "A-1"}},
            id="external id",
        ),
        pytest.param("A", {}, "LG410 X A", id="neither record nor external-id field"),
        pytest.param("held", {"options": _FIELD}, {"learningId": _ID}, id="a record before an external id"),
        pytest.param("held", {}, {"learningId": _ID}, id="a record"),
        pytest.param("P", {"options": _FIELD}, "LG407 X P", id="a program alone by external id"),
        pytest.param(_NOWHERE, {"options": _FIELD}, f"LG201 X {_NOWHERE}", id="not in the catalogue"),
        pytest.param("badge", {}, "LG410 X badge", id="an achievement without a record"),
    ],
)
def test_a_need_is_told_by_record_else_by_external_id(key: str, parts: dict[str, Any], told: object) -> None:
    learnings = (
        course("A", external_id="A-1"),
        course("held", salesforce={"learning_id": _ID}),
        program("P"),
    )

    assert _to(key, *learnings, achievements=[lg.Achievement(key="badge")], **parts) == told


@pytest.mark.parametrize(
    ("options", "name"),
    [
        pytest.param({"external_id_field": "Id__c"}, "Id__c", id="one field for both"),
        pytest.param(
            {"external_id_field": "Id__c", "program_external_id_field": "Program__c"}, "Program__c", id="its own field"
        ),
        pytest.param({"program_external_id_field": "Program__c"}, "Program__c", id="only its own field"),
    ],
)
def test_in_a_group_a_program_is_told_by_its_own_field(options: dict[str, Any], name: str) -> None:
    told = _to("P", program("P"), single=False, options=options)

    assert told == {"programExternalId": {"fieldName": name, "fieldValue": "P"}}


def test_a_key_is_the_external_id_of_a_learning_that_states_none() -> None:
    assert external_id(course("CS 101")) == "CS 101"
    assert external_id(course("CS 101", external_id="CS-101")) == "CS-101"


def test_a_created_learning_carries_the_external_id_by_which_others_refer_to_it() -> None:
    catalogue = graph(
        course("X", "A", lg.AnyOf("A", "P")),
        "A",
        program("P"),
        course("Y", lg.AnyOf("B", "P")),
        course("B", external_id="B-1"),
        options={"external_id_field": "Course__c", "program_external_id_field": "Program__c"},
    )

    inputs = {one["learning"]["name"]: one for body in lg.post_bodies(catalogue) for one in body["learnings"]}

    assert inputs["About A"]["learning"]["learningCourseCustomFields"] == {"Course__c": "A"}
    assert inputs["About B"]["learning"]["learningCourseCustomFields"] == {"Course__c": "B-1"}
    assert inputs["About P"]["learning"]["learningProgramCustomFields"] == {"Program__c": "P"}
    assert inputs["About X"]["prerequisites"] == [
        {"type": "Single Achievement", "courseExternalId": {"fieldName": "Course__c", "fieldValue": "A"}}
    ]
    assert inputs["About Y"]["prerequisites"][0]["achievementContributors"] == [
        {"courseExternalId": {"fieldName": "Course__c", "fieldValue": "B-1"}, "type": "Learning"},
        {"programExternalId": {"fieldName": "Program__c", "fieldValue": "P"}, "type": "Learning"},
    ]


@pytest.mark.parametrize(
    ("provider", "told"),
    [
        pytest.param(None, None, id="none"),
        pytest.param("acme", _ACCOUNT, id="a provider with a record"),
        pytest.param(_ACCOUNT, _ACCOUNT, id="a record"),
    ],
)
def test_a_provider_is_told_by_its_account(provider: str | None, told: str | None) -> None:
    catalogue = graph(course("X", provider=provider), providers=[_provider("acme", _ACCOUNT)])

    assert provider_id(catalogue["X"], catalogue) == told


def _provider(key: str, record: str | None) -> Any:
    return Provider(key=key, record_id=record)


@pytest.mark.parametrize("providers", [pytest.param([], id="unknown"), pytest.param(["acme"], id="without a record")])
def test_a_provider_without_an_account_is_left_out_and_named(providers: list[str]) -> None:
    catalogue = graph(course("X", provider="acme"), providers=[_provider(key, None) for key in providers])

    bodies = lg.post_bodies(catalogue)

    assert "provider" not in bodies[0]["learnings"][0]["learning"]
    assert codes(bodies.findings) == ["LG412"]
    assert bodies.findings[0].severity is lg.Severity.WARNING
    assert bodies.findings[0].keys == ("X",)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        pytest.param("badge", _BADGE, id="stated"),
        pytest.param(_BADGE, _BADGE, id="its key is a record"),
        pytest.param("other", None, id="without a record"),
        pytest.param("unknown", None, id="not in the catalogue"),
    ],
)
def test_an_achievement_is_told_by_its_record(key: str, told: str | None) -> None:
    achievements = [lg.Achievement(key="badge", record_id=_BADGE), lg.Achievement(key="other")]

    assert achievement_id(key, graph(achievements=achievements)) == told
