"""The requests and answers of the documentation, replayed against an org that holds what they refer to."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from learngraph.local_org.misspellings import misspelt
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.transport import LocalTransport
from learngraph.salesforce.records import (
    ACCOUNT,
    ACHIEVEMENT,
    CONFIG,
    COURSE,
    FOUNDATION_ITEM,
    LEARNING,
    OUTCOME_ITEM,
)
from tests.shared import SHARED, needs_shared
from tests.unit.local_org.orgs import LEARNINGS, Client, group, named, org, single

#: the examples hold values that no documented picklist has
_OWN_VALUES = {
    "field_of_study": ["Computer Science"],
    "course_level_description": [
        "Graduate-level course focusing on advanced data structures and algorithms.",
        "Basic Cloud Computing course",
    ],
}


class Staged:
    """An org to which records with certain ids are brought, as a documentation's examples take for granted."""

    def __init__(self, **settings: Any) -> None:
        self.org: LocalOrg = org(dialect={"value_sets": _OWN_VALUES}, **settings)
        self.client = Client(LocalTransport(self.org))

    def bring(self, name: str, identity: str, **values: Any) -> str:
        store = self.org._store
        with store.writing():
            made = store.insert(self.org._objects[name], values)
            store._db.execute(f'UPDATE "{name}" SET "Id" = ? WHERE "Id" = ?', [identity, made])
        return identity

    def achievement(self, identity: str, kind: str = "Custom") -> str:
        [config] = self.org._store.where(CONFIG, LearningAchievementType=kind)
        record_type = config["LearningAchvRecordTypeId"]
        return self.bring(ACHIEVEMENT, identity, Name=identity, RecordTypeId=record_type)

    def course(self, identity: str, own: str, name: str = "A course") -> str:
        self.bring(LEARNING, identity, Name=name, Type=COURSE)
        self.bring(COURSE, own, Name=name, LearningId=identity)
        achievement = self.achievement("0u9" + identity[3:15] + "AAA", COURSE)
        self.bring(
            OUTCOME_ITEM, "0uE" + identity[3:15] + "AAA",
            LearningId=identity, LearningAchievementId=achievement, IsPrimary=1,
        )  # fmt: skip
        return identity


def _shared(name: str) -> Any:
    return json.loads((SHARED / "salesforce" / name).read_text(encoding="utf-8"))


@needs_shared
def test_the_documented_post_is_carried_out() -> None:
    staged = Staged()
    staged.bring(ACCOUNT, "001LT000009puL0YAI", Name="ACME")
    for letter in "OPQR":
        staged.course(f"0tyLT00000009L{letter}YAY", f"0vYLT00000009L{letter}YAY", letter)
    staged.achievement("0u9LT00000004oWYAQ")

    answer = staged.client.send("POST", LEARNINGS, _shared("seed-post.json"))

    assert (answer.status, answer.json()["status"]) == (201, "SUCCESS"), answer.json()
    [made] = answer.json()["details"]
    found = staged.client.get(made["learningId"])
    assert (found["learning"]["courseNumber"], found["learning"]["provider"]) == ("601", "001LT000009puL0YAI")
    assert (found["learning"]["activeFromDate"][:10], found["learning"]["activeToDate"][:10]) == (
        "2024-09-01", "2025-12-31",
    )  # fmt: skip
    [prerequisite] = found["prerequisites"]
    granted = [
        (one["learning"]["name"], one["learningOutcomeItem"]["minimumNumericGrade"])
        for one in prerequisite["fulfilledBy"]
    ]
    assert granted == [("O", 7), ("P", 6.5)]
    for relation, name in (("corequisites", "Q"), ("recommended", "R")):
        [item] = found[relation]
        assert [one["learning"]["name"] for one in item["fulfilledBy"]] == [name]
        assert (item["minimumNumericGrade"], item["duration"], item["durationUnit"]) == (3, 3, "Credit Hours")
    assert [one["learningAchievementId"] for one in found["outcomes"][1:]] == ["0u9LT00000004oWYAQ"]


@needs_shared
def test_the_documented_patch_is_carried_out() -> None:
    staged = Staged()
    staged.bring(ACCOUNT, "001LT000009puL0YAI", Name="ACME")
    staged.course("0tyLT0000000AQnYAM", "0vYLT0000000AH72AM")
    staged.course("0tyLT00000009LcYAI", "0vYLT00000009LcYAI", "c")
    staged.course("0tyLT00000009LdYAI", "0vYLT00000009LdYAI", "d")
    staged.achievement("0u9LT00000004pBYAQ")
    for identity in ("0wwLT00000004gLYAQ", "0wwLT00000004elYAA"):
        staged.bring(
            FOUNDATION_ITEM, identity, LearningId="0tyLT0000000AQnYAM",
            LearningAchievementId="0u9LT00000004pBYAQ", Type="Prerequisite",
        )  # fmt: skip

    answer = staged.client.send("PATCH", LEARNINGS, _shared("seed-patch.json"))

    assert (answer.status, answer.json()["status"]) == (200, "SUCCESS"), answer.json()
    found = staged.client.get("0tyLT0000000AQnYAM")
    assert found["learning"]["courseNumber"] == "6011"
    one, other = found["prerequisites"]
    assert (one["learningAchievementId"], one["minimumNumericGrade"]) == ("0u9LT00000004pBYAQ", 7)
    assert [fulfiller["learning"]["name"] for fulfiller in other["fulfilledBy"]] == ["c", "d"]
    assert other["learningAchievementType"] == "AchievementGroup"


@needs_shared
def test_a_documented_answer_has_no_property_that_ours_lacks() -> None:
    staged = Staged()
    made = _made_with_everything(staged.client)

    ours = _spelt_as_examples(staged.client.get(made["learningId"]))

    assert _properties(_shared("example-get.json")) - _properties(ours) == {
        # the example has a grade with the learning that fulfils; custom fields of other names
        ("prerequisites", "fullfilledBy", "learning", "minimumNumericGrade"),
        ("learning", "learningCourseCustomFields", "custom_attr1"),
        ("learning", "learningCourseCustomFields", "custom_attr2"),
    }
    assert _properties(_shared("example-manage-learnings.json")) <= _properties(
        {"successeCount": 1, **misspelt({"failureCount": 0, "status": "", "details": [made | _AN_ERROR]}, set())}
    )


_AN_ERROR = {"errors": [{"field": "name", "message": "success"}]}


def _made_with_everything(client: Client) -> Any:
    client.made("A")
    client.made("B")
    return client.made(
        "C",
        prerequisites=[single(courseExternalId=named("A"), minimumGrade=2.5), group("A", "B")],
        outcomes=[single(courseExternalId=named("A"), duration=4)],
    )


def _spelt_as_examples(answer: Any) -> Any:
    return misspelt(answer, {"fulfilledBy"})


def _properties(value: Any, above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if isinstance(value, dict):
        return {
            place for name, inner in value.items() for place in ({(*above, name)} | _properties(inner, (*above, name)))
        }
    return {place for one in value for place in _properties(one, above)} if isinstance(value, list) else set()


# --- the smaller examples, retyped --------------------------------------------------------------------


@pytest.fixture
def staged() -> Iterator[Staged]:
    one = Staged()
    one.course("0tyLT0000000AQnYAM", "0vYLT0000000AH72AM")
    one.course("0tyLT00000009LcYAI", "0vYLT00000009LcYAI", "c")
    one.achievement("0u9LT00000004pBYAQ")
    yield one
    one.org.close()


_LEARNING = {"type": "Learning Course", "learningId": "0tyLT0000000AQnYAM"}


@pytest.mark.parametrize(
    ("part", "made"),
    [
        pytest.param({"corequisites": {}, "recommended": {}, "outcomes": []}, 0, id="what says nothing"),
        pytest.param(
            {"prerequisites": {"createRecords": [
                {"type": "Single Achievement", "minimumGrade": 7, "learningAchievementId": "0u9LT00000004pBYAQ"}]}},
            1, id="a single by its achievement",
        ),
        pytest.param(
            {"prerequisites": {"createRecords": [
                {"type": "Group Achievement",
                 "achievementContributors": [{"id": "0tyLT00000009LcYAI", "minimumGrade": 6, "type": "Learning"}]}]}},
            1, id="a group as a list",
        ),
        pytest.param(
            {"prerequisites": {"createRecords": [
                {"type": "Group Achievement",
                 "achievementContributors": {"id": "0tyLT00000009LcYAI", "minimumGrade": 6, "type": "Learning"}}]}},
            1, id="a group as the table has it",
        ),
    ],
)  # fmt: skip
def test_parts_of_the_documented_updates_are_carried_out(staged: Staged, part: Any, made: int) -> None:
    answer = staged.client.patch({"learning": _LEARNING, **part})

    assert answer["status"] == "SUCCESS", answer
    assert len(answer["details"][0]["learningFoundationItemIds"]) == made


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-09-01T00:00:00.00Z", "2024-09-01"), ("2025-12-31T23:59:59.00Z", "2025-12-31"), ("2026-01-02", "2026-01-02"),
     ("2020-01-01T12:00:00.00Z", "2020-01-01")],
)  # fmt: skip
def test_days_are_taken_in_every_documented_form(staged: Staged, written: str, day: str) -> None:
    staged.client.patch({"learning": {**_LEARNING, "activeFromDate": written}})

    [row] = staged.client.records("SELECT ActiveFromDate FROM Learning WHERE Id = '0tyLT0000000AQnYAM'")
    assert row["ActiveFromDate"] == day


def test_what_the_embedded_org_answers_is_read_without_findings(tmp_path: Path) -> None:
    import learngraph as lg  # noqa: PLC0415 - read as users read

    client = Client()
    made = _made_with_everything(client)
    file = tmp_path / "answers.json"
    rows = client.records("SELECT Id FROM Learning")
    file.write_text(json.dumps([client.get(row["Id"]) for row in rows]), encoding="utf-8")

    snapshot = lg.read_snapshot(file, settings={"external_id_field": "External_ID__c"})

    assert list(snapshot.graph.findings) == []
    assert len(snapshot.graph) == 3
    learning = snapshot.graph[made["learningId"]]
    assert learning.external_id == "C"
    assert len(learning.prerequisites) == 2
