"""What an org holds is taken for what it is: all-of groups, encoded answers, ids with a wrong checksum."""

from collections.abc import Sequence
from typing import Any

import pytest

import learngraph as lg
from tests.builders import codes, course, graph
from tests.shared import SHARED, needs_shared

_A, _B, _C = "0tyLT00000009LOYAY", "0tyLT00000009LPYAY", "0tyLT00000009LQYAY"
_IDS = {"A": _A, "B": _B, "C": _C}


def _with_ids(key: str, *prerequisites: Any, **fields: Any) -> lg.Course:
    return course(key, *prerequisites, salesforce={"learning_id": _IDS[key]}, **fields)


def _held(kind: str, grades: Sequence[int | None] = (None, None)) -> lg.Snapshot:
    """B asks for a group of A and C."""
    grantors = tuple(lg.Grantor(one, grade) for one, grade in zip((_A, _C), grades, strict=True))
    item = lg.FoundationItem("0wwLT00000004gLYAQ", lg.Relation.PREREQUISITE, "0u9LT00000004pAYAQ", kind, grantors)
    return lg.Snapshot(graph(_with_ids("A"), _with_ids("C"), _with_ids("B")), {"B": (item,)})


def _patch(held: lg.Snapshot, *prerequisites: Any, **dialect: Any) -> Any:
    wanted = graph(_with_ids("A"), _with_ids("C"), _with_ids("B", *prerequisites))
    bodies = lg.patch_bodies(held, wanted, dialect=lg.Dialect(**dialect))
    return bodies[0]["learnings"][0]["prerequisites"] if bodies else {}


def test_an_all_of_group_equals_its_members_one_by_one() -> None:
    assert _patch(_held("AchievementGroupAll"), "A", "C") == {}


def test_an_all_of_group_is_no_any_of() -> None:
    change = _patch(_held("AchievementGroupAll"), lg.AnyOf("A", "C"))

    assert [one["type"] for one in change["createRecords"]] == ["Group Achievement"]
    assert len(change["deleteRecords"]) == 1


@pytest.mark.parametrize("wanted", [pytest.param(["A"], id="a member less"), pytest.param(["A", "B"], id="another")])
def test_an_all_of_group_with_other_members_is_replaced(wanted: list[str]) -> None:
    assert _patch(_held("AchievementGroupAll"), *wanted)["deleteRecords"] == [
        {"foundationItemId": "0wwLT00000004gLYAQ"}
    ]


def test_the_grades_of_an_all_of_group_count() -> None:
    held = _held("AchievementGroupAll", (3, None))

    assert _patch(held, lg.Need("A", 3), "C") == {}
    assert "deleteRecords" in _patch(held, "A", "C")


def test_every_group_is_an_all_of_where_the_dialect_says_so() -> None:
    assert _patch(_held("AchievementGroup"), "A", "C", group="all_of") == {}
    assert _patch(_held("AchievementGroup"), lg.AnyOf("A", "C")) == {}


@needs_shared
def test_an_answer_against_itself_changes_nothing_even_with_a_wrong_checksum() -> None:
    held = lg.read_snapshot(SHARED / "salesforce" / "example-get.json")

    assert list(lg.patch_bodies(held, held.graph)) == []


def test_what_seems_new_and_looks_like_what_is_there_is_a_warning() -> None:
    held = lg.Snapshot(graph(course(_A, subject_abbreviation="CS", course_number=601)))
    wanted = graph(course("CS 601", subject_abbreviation="cs", course_number="601"))

    found = lg.patch_bodies(held, wanted).findings

    assert codes(found.warnings) == ["LG419"]
    assert codes(found.infos) == ["LG414"]


def test_an_answer_with_html_entities_is_taken_for_equal_and_told() -> None:
    held = lg.Snapshot(graph(course(_A, name="Calculus &amp; Geometry")))

    bodies = lg.patch_bodies(held, graph(course(_A, name="Calculus & Geometry")))

    assert list(bodies) == []
    assert codes(bodies.findings) == ["LG306"]


@pytest.mark.parametrize("meaning", ["corequisite", "prerequisite"])
def test_a_group_names_a_learning_once(meaning: str) -> None:
    mixed = lg.AnyOf(lg.Need("A", 3, lg.Timing.BEFORE_OR_WITH), lg.Need("A", 2), "C")
    made = graph("A", "C", course("B", mixed), options={"external_id_field": "Key__c"})
    setting: dict[str, Any] = {"mixed_timings": meaning}

    bodies = lg.post_bodies(made, dialect=lg.Dialect(**setting))

    (body,) = (one for one in bodies[1]["learnings"] if one["learning"]["name"] == "About B")
    (group,) = body.get("corequisites", body.get("prerequisites"))
    assert [one.get("minimumGrade") for one in group["achievementContributors"]] == [2, None]


def test_what_another_relation_as_written_says_already_is_not_sent() -> None:
    together = lg.Need("A", timing=lg.Timing.BEFORE_OR_WITH)
    made = graph(
        "A", "C", course("B", together, corequisites=[lg.AnyOf("A", "C")]), options={"external_id_field": "Key__c"}
    )

    (body,) = (one for one in lg.post_bodies(made)[1]["learnings"])

    assert [one["type"] for one in body["corequisites"]] == ["Single Achievement"]


@pytest.mark.parametrize("ignored", ["LG314", "LG3"])
def test_ids_of_another_org_are_never_sent_whatever_is_ignored(ignored: str) -> None:
    held = lg.Snapshot(graph(_with_ids("A"), org=lg.OrgStamp(org="00D000000000001EAA")))
    wanted = graph(_with_ids("A", name="Another name"), org=lg.OrgStamp(org="00D000000000002EAA"))

    with pytest.raises(lg.FindingsError) as caught:
        lg.patch_bodies(held, wanted, ignore=[ignored])

    assert codes(caught.value.findings) == ["LG314"]
