"""PATCH: what changes, what stays, and what it is refused for."""

from typing import Any

import pytest

from tests.unit.local_org.orgs import BASE, FIELD, LEARNINGS, Client, course, faults, group, named, single


def change(learning: str, fields: Any = None, *, kind: str = "Learning Course", **parts: Any) -> Any:
    return {"learning": {"type": kind, "learningId": learning, **(fields or {})}, **parts}


def test_only_what_is_named_changes() -> None:
    client = Client()
    made = client.made("A", fields={"duration": 3, "description": "old", "courseNumber": "007"})

    answer = client.patch(change(made["learningId"], {"description": "new", "courseNumber": 8, "active": False}))

    assert (answer["status"], answer["details"][0]["learningCourseId"]) == ("SUCCESS", made["learningCourseId"])
    found = client.get(made["learningId"])["learning"]
    assert (found["description"], found["courseNumber"], found["active"]) == ("new", "8", False)
    assert (found["name"], found["duration"], found["learningCourseCustomFields"]) == ("A", 3, {FIELD: "A"})
    assert client.records("SELECT Description, IsActive FROM LearningCourse") == [
        {"Description": "new", "IsActive": False}
    ]


@pytest.mark.parametrize(
    ("setting", "nothing", "left"),
    [("null", None, None), ("null", "", "old"), ("empty", "", None), ("empty", None, "old")],
)
def test_how_a_field_is_cleared_follows_the_dialect(setting: str, nothing: Any, left: Any) -> None:
    client = Client(dialect={"clear_with": setting})
    made = client.made("A", fields={"description": "old", "activeToDate": "2024-01-01"})

    client.patch(change(made["learningId"], {"description": nothing, "activeToDate": nothing}))

    found = client.get(made["learningId"])["learning"]
    assert found["description"] == left
    assert (found["activeToDate"] is None) == (left is None)


def test_requirements_are_made_and_deleted() -> None:
    client = Client()
    client.made("A")
    client.made("B")
    made = client.made("C", prerequisites=[single(courseExternalId=named("A"))])
    [old] = made["learningFoundationItemIds"]

    answer = client.patch(
        change(
            made["learningId"],
            prerequisites={"createRecords": [group("A", "B")], "deleteRecords": [{"foundationItemId": old[:15]}]},
            corequisites={},
            outcomes=[],
        )
    )

    [new] = answer["details"][0]["learningFoundationItemIds"]
    assert [one["learningFoundationItemId"] for one in client.get(made["learningId"])["prerequisites"]] == [new]
    assert new != old


@pytest.mark.parametrize(("setting", "left"), [("stay", 1), ("go", 0)])
def test_what_becomes_of_a_group_whose_item_is_deleted_is_a_setting(setting: str, left: int) -> None:
    client = Client(orphan_groups=setting)
    a = client.made("A")
    made = client.made("C", prerequisites=[group("A")])
    items = [{"foundationItemId": one} for one in made["learningFoundationItemIds"]]

    client.patch(change(made["learningId"], prerequisites={"deleteRecords": items}))

    assert client.get(made["learningId"])["prerequisites"] == []
    assert len(client.get(a["learningId"])["outcomes"]) == 1 + left
    groups = "SELECT COUNT() FROM LearningAchievement WHERE RecordType.DeveloperName = 'Achievement_Group'"
    assert client.query(groups)["totalSize"] == left


def test_a_group_that_somebody_else_asks_for_stays_in_any_case() -> None:
    client = Client(orphan_groups="go")
    client.made("A")
    made = client.made("C", prerequisites=[group("A")])
    shared = made["learningAchievementIds"][1]
    other = client.made("D", prerequisites=[single(learningAchievementId=shared)])
    items = [{"foundationItemId": one} for one in made["learningFoundationItemIds"]]

    client.patch(change(made["learningId"], prerequisites={"deleteRecords": items}))

    assert len(client.get(other["learningId"])["prerequisites"][0]["fulfilledBy"]) == 1


def achievement(client: Client, name: str) -> str:
    return str(client.send("POST", f"{BASE}/sobjects/LearningAchievement", {"Name": name}).json()["id"])


@pytest.mark.parametrize(("setting", "left"), [("add", ["one", "two"]), ("replace", ["two"])])
def test_whether_outcomes_add_or_replace_follows_the_dialect(setting: str, left: list[str]) -> None:
    client = Client(dialect={"patch_outcomes": setting})
    names = {achievement(client, name): name for name in ("one", "two")}
    one, two = names
    made = client.made("A", outcomes=[single(learningAchievementId=one)])
    client.made("B", prerequisites=[group("A")])

    client.patch(change(made["learningId"], outcomes=[single(learningAchievementId=two)]))

    outcomes = client.get(made["learningId"])["outcomes"]
    assert [names[item["learningAchievementId"]] for item in outcomes if item["learningAchievementId"] in names] == left
    assert len(outcomes) == len(left) + 2  # its own and the group's


def test_an_outcome_of_the_learning_is_changed_by_its_id() -> None:
    client = Client()
    made = client.made("A", outcomes=[single(learningAchievementId=achievement(client, "one"))])
    item = made["learningOutcomeItemIds"][1]

    answer = client.patch(change(made["learningId"], outcomes=[single(learningOutcomeId=item, minimumGrade=3)]))

    assert answer["details"][0]["learningOutcomeItemIds"] == [item]
    assert client.get(made["learningId"])["outcomes"][1]["minimumNumericGrade"] == 3


def test_outcomes_are_not_changed_by_id_where_the_org_is_set_so() -> None:
    client = Client(outcome_ids=False)
    made = client.made("A")
    mapping = single(learningOutcomeId=made["learningOutcomeItemIds"][0])

    answer = client.patch(change(made["learningId"], outcomes=[mapping]))

    assert faults(answer) == [("outcomes[0].learningOutcomeId", "INVALID_FIELD")]


def test_the_same_external_id_may_be_sent_again_and_anothers_may_not() -> None:
    client = Client()
    made = client.made("A")
    client.made("B")

    same = client.patch(change(made["learningId"], {"learningCourseCustomFields": {FIELD: "A"}}))
    other = client.patch(change(made["learningId"], {"learningCourseCustomFields": {FIELD: "B"}}))

    assert same["status"] == "SUCCESS"
    assert faults(other) == [(FIELD, "DUPLICATE_VALUE")]


class Ids:
    """Ids of a course A, of a course B with requirements, and of a program P."""

    def __init__(self, client: Client) -> None:
        self.a = client.made("A")
        self.b = client.made(
            "B",
            prerequisites=[single(courseExternalId=named("A"))],
            corequisites=[single(courseExternalId=named("A"))],
        )
        self.p = client.post(course("P", kind="Learning Program"))["details"][0]

    def __getitem__(self, name: str) -> str:
        values = {
            "A": self.a["learningId"],
            "B": self.b["learningId"],
            "P": self.p["learningId"],
            "A's course": self.a["learningCourseId"],
            "B's outcome": self.b["learningOutcomeItemIds"][0],
            "B's prerequisite": self.b["learningFoundationItemIds"][0],
            "B's corequisite": self.b["learningFoundationItemIds"][1],
        }
        return str(values[name])


def _delete(item: str) -> Any:
    return {"deleteRecords": [{"foundationItemId": item}]}


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        pytest.param(lambda _: change(""), ("learningId", "REQUIRED_FIELD_MISSING"), id="no id"),
        pytest.param(lambda ids: change(ids["A's course"]), ("learningId", "INVALID_CROSS_REFERENCE_KEY"),
                     id="a course's id"),
        pytest.param(lambda ids: change(ids["P"]), ("type", "INVALID_CROSS_REFERENCE_KEY"), id="the other type"),
        pytest.param(lambda ids: change(ids["B"], {"learningCourseId": ids["A's course"]}),
                     ("learningCourseId", "INVALID_CROSS_REFERENCE_KEY"), id="another learning's course"),
        pytest.param(lambda ids: change(ids["A"], {"name": None}), ("name", "REQUIRED_FIELD_MISSING"),
                     id="a name that is cleared"),
        pytest.param(lambda ids: change(ids["A"], prerequisites=_delete(ids["B's prerequisite"])),
                     ("prerequisites.deleteRecords[0].foundationItemId", "INVALID_CROSS_REFERENCE_KEY"),
                     id="another learning's item"),
        pytest.param(lambda ids: change(ids["B"], prerequisites=_delete(ids["B's corequisite"])),
                     ("prerequisites.deleteRecords[0].foundationItemId", "INVALID_CROSS_REFERENCE_KEY"),
                     id="another relation's item"),
        pytest.param(lambda ids: change(ids["B"], prerequisites=_delete(ids["A's course"])),
                     ("prerequisites.deleteRecords[0].foundationItemId", "INVALID_CROSS_REFERENCE_KEY"),
                     id="an id of another kind"),
        pytest.param(lambda ids: change(ids["B"], prerequisites={"deleteRecords": [{}]}),
                     ("prerequisites.deleteRecords[0].foundationItemId", "MALFORMED_ID"), id="no item"),
        pytest.param(lambda ids: change(ids["A"], outcomes=[single(learningOutcomeId=ids["B's outcome"])]),
                     ("outcomes[0].learningOutcomeId", "INVALID_CROSS_REFERENCE_KEY"), id="another learning's outcome"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_change_is_told_and_changes_nothing(one: Any, fault: tuple[str, str]) -> None:
    client = Client()
    ids = Ids(client)
    before = [client.get(ids[name]) for name in "ABP"]

    assert faults(client.patch(one(ids))) == [fault]
    assert [client.get(ids[name]) for name in "ABP"] == before


def test_an_item_that_was_deleted_cannot_be_deleted_again() -> None:
    client = Client()
    ids = Ids(client)
    again = change(ids["B"], {"description": "new"}, prerequisites=_delete(ids["B's prerequisite"]))

    assert client.patch(again)["status"] == "SUCCESS"
    assert client.patch(again)["status"] == "FAILURE"


@pytest.mark.parametrize(
    "part", [{"skills": []}, {"prerequisites": []}, {"outcomes": {}}], ids=["skills", "a POST's form", "no list"]
)
def test_a_change_of_another_shape_is_refused_whole(part: Any) -> None:
    client = Client()
    made = client.made("A")

    answer = client.send("PATCH", LEARNINGS, {"learnings": [change(made["learningId"], **part)]})

    assert (answer.status, answer.json()[0]["errorCode"]) == (400, "JSON_PARSER_ERROR")
