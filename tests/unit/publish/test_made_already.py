import json
from collections.abc import Mapping
from typing import Any

import pytest

from learngraph.model.value import FrozenMap
from learngraph.publish.made_already import asking
from learngraph.publish.publish_plan import Item
from learngraph.salesforce.wire import NoAnswerError, Request, Response

_OWN, _A, _B = "0tyLT0000000AQnYAM", "0tyLT00000009LOYAY", "0tyLT00000009LPYAY"
_OLD, _NEW, _OTHER = "0wwLT00000004gLYAQ", "0wwLT00000004elYAA", "0wwLT00000004faYAA"
_BADGE = "0u9LT00000004oWYAQ"
_SINGLE = {"type": "Single Achievement", "learningId": _A}
_GROUP = {
    "type": "Group Achievement",
    "achievementContributors": [{"id": _B, "type": "Learning", "minimumGrade": 6}, {"id": _A, "type": "Learning"}],
}


class Org:
    def __init__(self, status: int = 200, **answer: Any) -> None:
        self._response = Response(status, json.dumps(answer).encode())
        self.asked: list[Request] = []

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        return self._response


def _held(identity: str, *learnings: str, kind: str = "LearningCourse", **stated: Any) -> dict[str, Any]:
    fulfillers = [{"learning": {"learningId": one}} for one in learnings]
    return {
        "learningFoundationItemId": identity,
        "learningAchievementId": _BADGE,
        "learningAchievementType": kind,
        "fulfilledBy": fulfillers,
        **stated,
    }


def _needed(
    learning: Any = None, *, held: Any = (), answer: Mapping[str, Any] | None = None, **body: Any
) -> bool | None:
    item = Item("CS 601", FrozenMap({"learning": {"learningId": _OWN, **(learning or {})}, **body}))
    told = {"learning": {"learningId": _OWN, "type": "Learning Course", "name": "Logic"}, "prerequisites": list(held)}
    return asking(Org(**{**told, **(answer or {})}), "66.0")(item)


def _creating(*mappings: Any, without: Any = ()) -> dict[str, Any]:
    return {"createRecords": list(mappings), "deleteRecords": [{"foundationItemId": one} for one in without]}


def test_the_learning_is_asked_for_by_its_id() -> None:
    org = Org(learning={"name": "Logic"})

    asking(org, "66.0")(Item("A", FrozenMap({"learning": {"learningId": _OWN}})))

    path = f"/services/data/v66.0/connect/education/academic-operations/learnings/{_OWN}"
    assert [(one.method, one.path) for one in org.asked] == [("GET", path)]


@pytest.mark.parametrize(
    ("held", "needed"),
    [
        pytest.param([_held(_OLD, _B)], True, id="nothing was done"),
        pytest.param([_held(_NEW, _A)], False, id="all was done"),
        pytest.param([_held(_OLD, _B), _held(_NEW, _A)], None, id="added and not removed"),
        pytest.param([], None, id="removed and not added"),
        pytest.param([_held(_NEW, _A, minimumNumericGrade=2)], None, id="added with another grade"),
        pytest.param([_held(_NEW, _A, duration=3)], None, id="added with another duration"),
        pytest.param([_held(_NEW, _A, kind="AchievementGroup")], None, id="a group of one is no single"),
        pytest.param([_held(_NEW, _A, _B)], False, id="another learning grants the same"),
    ],
)
def test_what_is_added_and_removed_decides(held: Any, needed: bool | None) -> None:  # noqa: FBT001 - of a table
    assert _needed(held=held, prerequisites=_creating(_SINGLE, without=[_OLD])) is needed


@pytest.mark.parametrize(
    ("held", "needed"),
    [
        pytest.param(_held(_NEW, _A, _B, kind="AchievementGroup"), False, id="there"),
        pytest.param(_held(_NEW, _A, _B, kind="GroupAchievment"), False, id="there, misspelt"),
        pytest.param(_held(_NEW, _A, _B), True, id="no group"),
        pytest.param(_held(_NEW, _A, kind="AchievementGroup"), True, id="one is missing"),
    ],
)
def test_a_group_is_known_by_its_contributors(held: Any, needed: bool) -> None:  # noqa: FBT001 - of a table
    assert _needed(held=[held], prerequisites=_creating(_GROUP)) is needed


@pytest.mark.parametrize(("grade", "needed"), [(6, False), (6.0, False), (5, True), (None, False)])
def test_a_contributors_grade_can_only_contradict(grade: Any, needed: bool) -> None:  # noqa: FBT001 - of a table
    held = _held(_NEW, _A, kind="AchievementGroup")
    held["fulfilledBy"].append({"learning": {"learningId": _B, "minimumNumericGrade": grade}})

    assert _needed(held=[held], prerequisites=_creating(_GROUP)) is needed


def test_a_requirement_of_another_relation_is_another_requirement() -> None:
    assert _needed(held=[_held(_NEW, _A)], corequisites=_creating(_SINGLE)) is True


def test_two_equal_requirements_are_two() -> None:
    assert _needed(held=[_held(_NEW, _A)], prerequisites=_creating(_SINGLE, _SINGLE)) is None
    assert _needed(held=[_held(_NEW, _A), _held(_OTHER, _A)], prerequisites=_creating(_SINGLE, _SINGLE)) is False


def test_an_achievement_is_known_by_its_id() -> None:
    mapping = {"type": "Single Achievement", "learningAchievementId": _BADGE, "minimumGrade": 3}

    assert _needed(held=[_held(_NEW, minimumNumericGrade=3)], prerequisites=_creating(mapping)) is False
    assert _needed(prerequisites=_creating(mapping)) is True


def test_what_is_named_by_external_ids_cannot_be_told() -> None:
    named = {"fieldName": "External_ID__c", "fieldValue": "CS-601"}
    group = {"type": "Group Achievement", "achievementContributors": [{"courseExternalId": named, "type": "Learning"}]}

    assert _needed(prerequisites=_creating({"type": "Single Achievement", "courseExternalId": named})) is None
    assert _needed(prerequisites=_creating(group)) is None


def test_fields_that_differ_do_not_matter_where_requirements_were_changed() -> None:
    prerequisites = _creating(_SINGLE)

    assert _needed({"name": "Modal logic"}, held=[_held(_NEW, _A)], prerequisites=prerequisites) is False
    assert _needed({"name": "Logic"}, prerequisites=prerequisites) is True


@pytest.mark.parametrize(
    ("sent", "held", "needed"),
    [
        pytest.param({"name": "Logic"}, {"name": "Logic"}, False, id="the same"),
        pytest.param({"name": "Modal logic"}, {"name": "Logic"}, True, id="another"),
        pytest.param({"courseNumber": "601"}, {"courseNumber": 601}, False, id="a number for a text"),
        pytest.param({"duration": 4}, {"duration": 4.0}, False, id="a whole number"),
        pytest.param({"active": True}, {"active": False}, True, id="no longer false"),
        pytest.param({"description": ""}, {}, False, id="empty is nothing"),
        pytest.param({"fieldOfStudy": "English"}, {}, True, id="what the answer leaves out is sent again"),
        pytest.param({"activeToDate": "2025-12-31"}, {"activeToDate": "2025-12-31T12:00:00.00Z"}, False, id="a day"),
        pytest.param(
            {"activeToDate": "2025-12-30"}, {"activeToDate": "2025-12-31T12:00:00.00Z"}, True, id="another day"
        ),
        pytest.param(
            {"learningCourseCustomFields": {"Campus__c": "N"}},
            {"learningCourseCustomFields": {"Campus__c": "N", "Other__c": 1}},
            False,
            id="custom fields",
        ),
        pytest.param(
            {"learningCourseCustomFields": {"Campus__c": "N"}},
            {"learningCourseCustomFields": {"Campus__c": "S"}},
            True,
            id="another custom field",
        ),
    ],
)
def test_fields_decide_where_no_requirement_is_changed(sent: Any, held: Any, needed: bool) -> None:  # noqa: FBT001
    told = {"learning": {"learningId": _OWN, "type": "Learning Course", **held}}

    assert _needed(sent, answer=told, prerequisites={}) is needed


def test_outcomes_are_looked_for_too() -> None:
    outcome = {"type": "Single Achievement", "learningAchievementId": _BADGE}
    held = {"outcomes": [{"learningAchievementId": _BADGE, "learningOutcomeId": "0uELT00000000012AA"}]}

    assert _needed(outcomes=[outcome]) is True
    assert _needed(outcomes=[outcome], answer=held) is False


@pytest.mark.parametrize("org", [Org(404), Org(400), Org(200), Org(200, learning={})], ids=["404", "400", "{}", "none"])
def test_a_learning_that_is_not_there_cannot_be_told(org: Org) -> None:
    assert asking(org, "66.0")(Item("A", FrozenMap({"learning": {"learningId": _OWN}}))) is None


def test_an_org_that_does_not_answer_now_is_asked_later() -> None:
    with pytest.raises(NoAnswerError, match="503"):
        asking(Org(503), "66.0")(Item("A", FrozenMap({"learning": {"learningId": _OWN}})))
