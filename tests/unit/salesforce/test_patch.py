"""PATCH bodies: fields, custom fields, outcomes, skills, what cannot be patched, and what stops them."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

import learngraph as lg
from learngraph.model.achievement import Provider
from tests.builders import codes, course, graph, program
from tests.property.documented_org import record_id

_ID, _OTHER, _NEW = record_id("0ty", 1), record_id("0ty", 2), record_id("0ty", 9)
_OWN, _BADGE, _SECOND, _GROUP = (record_id("0u9", number) for number in range(1, 5))
_ACCOUNT = record_id("001", 1)
_ITEM, _ITEM_2 = record_id("0ww", 1), record_id("0ww", 2)
_PRIMARY = lg.OutcomeItem(record_id("0uE", 1), _OWN, primary=True)


def _held(
    learning: lg.Learning | None = None,
    *others: lg.Learning,
    items: Sequence[lg.FoundationItem] = (),
    outcomes: Sequence[lg.OutcomeItem] = (),
    org: lg.OrgStamp | None = None,
) -> lg.Snapshot:
    """An org that holds X, with items and outcomes besides its own achievement."""
    held = learning or course("X")
    if held.record_id is None:
        held = held.replaced(salesforce={"learning_id": _ID})
    return lg.Snapshot(graph(held, *others, org=org), {held.key: tuple(items)}, {held.key: (_PRIMARY, *outcomes)})


def _patch(held: lg.Snapshot, *wanted: Any, ignore: Sequence[str] = (), parts: Any = None, **dialect: Any) -> lg.Bodies:
    return lg.patch_bodies(held, graph(*wanted, **(parts or {})), dialect=lg.Dialect(**dialect), ignore=ignore)


def _one(bodies: lg.Bodies) -> dict[str, Any]:
    [body] = bodies
    [one] = body["learnings"]
    found: dict[str, Any] = one
    return found


def _refusal(run: Callable[[], object]) -> lg.Findings:
    with pytest.raises(lg.FindingsError) as caught:
        run()
    return caught.value.findings


# --- fields ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "wanted", "name", "sent"),
    [
        pytest.param({"name": "Old"}, {"name": "New"}, "name", "New", id="name"),
        pytest.param({"active": True}, {"active": False}, "active", False, id="active"),
        pytest.param({"duration": 4}, {"duration": 4.5}, "duration", 4.5, id="duration"),
        pytest.param({"course_number": "601"}, {"course_number": 6011}, "courseNumber", 6011, id="course number"),
        pytest.param({"course_number": "7"}, {"course_number": "007"}, "courseNumber", "007", id="leading zeros"),
        pytest.param({}, {"cip_code": "11.0101"}, "cipCode", "11.0101", id="what was not there"),
        pytest.param(
            {"active_to": "2025-12-31"},
            {"active_to": date(2026, 1, 1)},
            "activeToDate",
            "2026-01-01T23:59:59.00Z",
            id="end",
        ),
        pytest.param({"provider": _OTHER}, {"provider": _ACCOUNT}, "provider", _ACCOUNT, id="provider"),
        pytest.param({"description": "a"}, {"description": "A"}, "description", "A", id="case counts in texts"),
    ],
)
def test_a_stated_field_that_differs_is_sent_alone(
    there: dict[str, Any], wanted: dict[str, Any], name: str, sent: object
) -> None:
    body = _one(_patch(_held(course("X", **there)), course("X", **wanted)))

    assert json.dumps(body) == json.dumps({"learning": {"learningId": _ID, "type": "Learning Course", name: sent}})


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        pytest.param({"course_number": "601"}, {"course_number": 601}, id="601 and its text"),
        pytest.param({"duration": 4.0}, {"duration": 4}, id="4.0 and 4"),
        pytest.param({"provider": _ACCOUNT}, {"provider": _ACCOUNT[:15]}, id="15 and 18 characters"),
        pytest.param({"active_from": "2024-09-01T12:00:00.00Z"}, {"active_from": date(2024, 9, 1)}, id="noon"),
        pytest.param({"description": "Long."}, {"description": ""}, id="empty text states nothing"),
        pytest.param({"description": "Long."}, {}, id="what is not stated"),
        pytest.param({"description": ""}, {"description": None}, id="two nothings"),
        pytest.param({"custom_fields": {"a__c": 1}}, {}, id="custom fields that are not stated"),
        pytest.param(
            {"custom_fields": {"a__c": [1, {"b": 2}]}}, {"custom_fields": {"a__c": [1, {"b": 2.0}]}}, id="equal as JSON"
        ),
        pytest.param({"custom_fields": {}}, {"custom_fields": {"a__c": ""}}, id="a custom nothing"),
    ],
)
def test_what_is_the_same_to_the_org_is_not_sent(there: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert list(_patch(_held(course("X", **there)), course("X", **wanted))) == []


def test_only_the_custom_fields_that_differ_are_sent_and_true_is_not_1() -> None:
    held = course("X", custom_fields={"same__c": "a", "flag__c": True, "gone__c": 1})
    wanted = course("X", custom_fields={"same__c": "a", "flag__c": 1, "new__c": False})

    sent = _one(_patch(_held(held), wanted))["learning"]

    assert list(sent) == ["learningId", "type", "learningCourseCustomFields"]
    assert json.dumps(sent["learningCourseCustomFields"]) == '{"flag__c": 1, "new__c": false}'


def test_the_custom_fields_of_a_program_have_their_own_name() -> None:
    held = program("X", custom_fields={"a__c": 1}, salesforce={"learning_id": _ID})

    sent = _one(_patch(_held(held), program("X", custom_fields={"a__c": 2})))["learning"]

    assert sent == {"learningId": _ID, "type": "Learning Program", "learningProgramCustomFields": {"a__c": 2}}


def test_an_external_id_that_differs_is_sent_in_its_field() -> None:
    options = {"options": {"external_id_field": "Id__c"}}
    held = _held(course("X", external_id="old"))

    sent = _one(_patch(held, course("X", external_id="new", salesforce={"learning_id": _ID}), parts=options))
    same = _patch(held, course("X", external_id="old"), parts=options)

    assert sent["learning"]["learningCourseCustomFields"] == {"Id__c": "new"}
    assert list(same) == []


def test_an_external_id_that_is_not_stated_is_not_touched() -> None:
    wanted = course("Y", salesforce={"learning_id": _ID}, name="About X")

    bodies = _patch(_held(course("X", external_id="X-1")), wanted, parts={"options": {"external_id_field": "Id__c"}})

    assert list(bodies) == []


@pytest.mark.parametrize(("clear_with", "sent"), [("null", None), ("empty", "")])
def test_what_is_not_stated_is_cleared_where_the_dialect_says_so(clear_with: str, sent: object) -> None:
    held = course("X", description="Long.", duration=4, custom_fields={"a__c": 1}, external_id="X")

    wanted = lg.Course(key="X", duration=4)
    body = _one(_patch(_held(held), wanted, unstated="clear", clear_with=clear_with))

    assert body == {"learning": {"learningId": _ID, "type": "Learning Course", "description": sent}}


def test_a_field_that_is_stated_and_cannot_be_sent_is_not_cleared() -> None:
    held = course("X", provider=_ACCOUNT)

    bodies = _patch(_held(held), course("X", provider="acme"), unstated="clear")

    assert list(bodies) == []
    assert codes(bodies.findings) == ["LG412"]


def test_a_provider_without_a_record_is_told_once_where_nothing_else_is_stated() -> None:
    wanted = lg.Course(key="X", provider="acme", prerequisites=["Y"])

    bodies = _patch(_held(None, course("Y", salesforce={"learning_id": _OTHER})), wanted, "Y")

    assert list(_one(bodies)) == ["learning", "prerequisites"]
    assert codes(bodies.findings) == ["LG412"]


def test_a_provider_is_compared_by_its_account() -> None:
    providers = {"providers": [Provider(key="acme", record_id=_ACCOUNT)]}

    bodies = _patch(_held(course("X", provider=_ACCOUNT)), course("X", provider="acme"), parts=providers)

    assert list(bodies) == []


# --- bodies ---------------------------------------------------------------------------------------------


def test_documented_bodies_hold_all_fields_and_empty_relations() -> None:
    ids = {"learning_id": _ID, "course_id": record_id("0vY", 1)}
    held = course("X", duration=4, course_number="1", custom_fields={"a__c": 1}, salesforce=ids)

    wanted = course("X", duration=4, course_number=2, custom_fields={"a__c": 1})
    body = _one(_patch(_held(held), wanted, bodies="documented"))

    expected = {
        "learning": {
            "learningId": _ID,
            "learningCourseId": record_id("0vY", 1),
            "type": "Learning Course",
            "name": "About X",
            "courseNumber": 2,
            "active": True,
            "duration": 4,
            "learningCourseCustomFields": {"a__c": 1},
        },
        "prerequisites": {},
        "corequisites": {},
        "recommended": {},
        "outcomes": [],
    }
    assert json.dumps(body) == json.dumps(expected)


@pytest.mark.parametrize("bodies", ["minimal", "documented"])
def test_no_difference_gives_no_body(bodies: str) -> None:
    found = _patch(_held(), "X", bodies=bodies)

    assert list(found) == []
    assert list(found.findings) == []


def test_learnings_that_differ_come_in_bodies_of_the_batch_size_in_graph_order() -> None:
    keys = [f"C{number}" for number in range(5)]
    ids = {key: record_id("0ty", 10 + number) for number, key in enumerate(keys)}
    held = [lg.Course(key=key, salesforce={"learning_id": ids[key]}) for key in keys]

    bodies = lg.patch_bodies(lg.Snapshot(graph(*held)), graph(*reversed(keys)), dialect=lg.Dialect(batch_size=2))

    sent = [[one["learning"]["learningId"] for one in body["learnings"]] for body in bodies]
    assert sent == [[ids["C4"], ids["C3"]], [ids["C2"], ids["C1"]], [ids["C0"]]]


def test_learnings_of_the_org_that_are_not_wanted_are_not_touched() -> None:
    held = _held(None, course("Y", salesforce={"learning_id": _OTHER}, duration=4))

    assert list(_patch(held, "X")) == []


# --- requirements ---------------------------------------------------------------------------------------


def _item(identity: str, relation: lg.Relation = lg.Relation.PREREQUISITE) -> lg.FoundationItem:
    return lg.FoundationItem(
        identity, relation, achievement=_SECOND, kind="LearningCourse", grantors=(lg.Grantor(_OTHER),)
    )


def test_a_requirement_that_moves_to_another_relation_is_deleted_and_created() -> None:
    body = _one(_patch(_held(items=[_item(_ITEM)]), course("X", corequisites=[_OTHER])))

    del body["learning"]
    assert body == {
        "prerequisites": {"deleteRecords": [{"foundationItemId": _ITEM}]},
        "corequisites": {"createRecords": [{"type": "Single Achievement", "learningId": _OTHER}]},
    }


def test_a_repeated_item_is_deleted_once_and_the_first_stays() -> None:
    body = _one(_patch(_held(items=[_item(_ITEM), _item(_ITEM_2)]), course("X", _OTHER)))

    assert body["prerequisites"] == {"deleteRecords": [{"foundationItemId": _ITEM_2}]}


def test_a_prerequisite_that_may_be_concurrent_is_compared_with_the_corequisites() -> None:
    held = _held(items=[_item(_ITEM, lg.Relation.COREQUISITE)])

    assert list(_patch(held, course("X", lg.Need(_OTHER, timing=lg.Timing.BEFORE_OR_WITH)))) == []


def test_a_learning_of_the_org_alone_can_be_required_by_its_key_there() -> None:
    held = _held(None, course("Y", salesforce={"learning_id": _OTHER}))

    body = _one(_patch(held, course("X", "Y")))

    assert body["prerequisites"]["createRecords"] == [{"type": "Single Achievement", "learningId": _OTHER}]


def test_a_new_learning_is_required_by_its_external_id() -> None:
    wanted = (course("X", "N", lg.AnyOf("N", _OTHER)), course("N"))

    options = {"options": {"external_id_field": "Id__c"}}
    bodies = _patch(_held(), wanted[0].replaced(prerequisites=["N"]), wanted[1], parts=options)

    reference = {"courseExternalId": {"fieldName": "Id__c", "fieldValue": "N"}}
    assert _one(bodies)["prerequisites"] == {"createRecords": [{"type": "Single Achievement", **reference}]}


def test_a_new_learning_is_named_and_not_sent() -> None:
    bodies = _patch(_held(), "X", "N")

    assert list(bodies) == []
    assert [(finding.code.value, finding.severity.value, finding.keys) for finding in bodies.findings] == [
        ("LG414", "info", ("N",))
    ]


def test_a_relation_that_cannot_be_written_is_left_as_the_org_has_it_where_that_is_ignored() -> None:
    too_large = lg.AnyOf(lg.AllOf(_OTHER, _NEW), _ID)  # two clauses

    bodies = _patch(_held(items=[_item(_ITEM)]), course("X", too_large), ignore=["LG401"], clause_limit=1)

    assert codes(bodies.findings) == ["LG401"]
    assert list(bodies) == []


# --- outcomes and skills --------------------------------------------------------------------------------


def _granted(achievement: str, **fields: Any) -> lg.OutcomeItem:
    return lg.OutcomeItem(record_id("0uE", 7), achievement, **fields)


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        pytest.param([_granted(_BADGE)], [_BADGE], id="the same"),
        pytest.param([_granted(_BADGE)], [_BADGE[:15]], id="15 and 18 characters"),
        pytest.param(
            [_granted(_BADGE, minimum_grade=3.0)], [lg.Outcome(achievement=_BADGE, minimum_grade=3)], id="3.0 and 3"
        ),
        pytest.param([], [_OWN], id="the own achievement"),
        pytest.param([], [], id="the own achievement is not written down"),
    ],
)
def test_an_outcome_that_is_there_is_not_sent(there: list[lg.OutcomeItem], wanted: list[Any]) -> None:
    bodies = _patch(_held(outcomes=there), course("X", outcomes=wanted))

    assert list(bodies) == []
    assert list(bodies.findings) == []


def test_a_new_outcome_is_sent_alone() -> None:
    wanted = course("X", outcomes=[_BADGE, lg.Outcome(achievement=_SECOND, minimum_grade=3)])

    body = _one(_patch(_held(outcomes=[_granted(_BADGE)]), wanted))

    new = {"type": "Single Achievement", "minimumGrade": 3, "learningAchievementId": _SECOND}
    assert body == {"learning": {"learningId": _ID, "type": "Learning Course"}, "outcomes": [new]}


def test_an_outcome_to_take_away_is_a_finding() -> None:
    bodies = _patch(_held(outcomes=[_granted(_BADGE)]), "X")

    assert list(bodies) == []
    assert codes(bodies.findings) == ["LG409"]
    assert _BADGE in bodies.findings[0].message


def test_an_outcome_that_changes_is_sent_and_the_old_one_is_a_finding() -> None:
    wanted = course("X", outcomes=[lg.Outcome(achievement=_BADGE, minimum_grade=3)])

    bodies = _patch(_held(outcomes=[_granted(_BADGE)]), wanted)

    assert [one["minimumGrade"] for one in _one(bodies)["outcomes"]] == [3]
    assert codes(bodies.findings) == ["LG409"]


def test_what_a_group_laid_on_its_contributors_is_no_outcome_of_theirs() -> None:
    group = lg.FoundationItem(
        _ITEM,
        lg.Relation.PREREQUISITE,
        achievement=_GROUP,
        kind="AchievementGroup",
        grantors=(lg.Grantor(_ID), lg.Grantor(_OTHER)),
    )
    other = course("Y", salesforce={"learning_id": _OTHER})
    held = lg.Snapshot(
        graph(course("X", salesforce={"learning_id": _ID}), other),
        {"Y": (group,)},
        {"X": (_PRIMARY, _granted(_GROUP)), "Y": (_granted(_GROUP),)},
    )

    bodies = _patch(held, "X", course("Y", lg.AnyOf("X", "Y")))

    assert list(bodies) == []
    assert list(bodies.findings) == []


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        pytest.param([_BADGE], None, id="the same, and nothing is sent"),
        pytest.param([_BADGE, _SECOND], [_BADGE, _SECOND], id="one more, and all are sent"),
        pytest.param([_SECOND], [_SECOND], id="another one"),
        pytest.param([], [], id="none, and an empty list takes the last away"),
    ],
)
def test_outcomes_that_replace_are_sent_whole(wanted: list[str], sent: list[str] | None) -> None:
    held = _held(outcomes=[_granted(_BADGE)])

    bodies = _patch(held, course("X", outcomes=wanted), patch_outcomes="replace")

    outcomes = [one["outcomes"] for body in bodies for one in body["learnings"]]
    expected = [] if sent is None else [sent]
    assert [[one["learningAchievementId"] for one in each] for each in outcomes] == expected
    assert "LG409" not in codes(bodies.findings)


def test_documented_bodies_repeat_outcomes_where_an_empty_list_would_take_them_away() -> None:
    held = _held(course("X", duration=4), outcomes=[_granted(_BADGE)])
    wanted = course("X", duration=5, outcomes=[_BADGE])

    adding = _one(_patch(held, wanted, bodies="documented"))
    replacing = _one(_patch(held, wanted, bodies="documented", patch_outcomes="replace"))

    assert adding["outcomes"] == []
    assert [one["learningAchievementId"] for one in replacing["outcomes"]] == [_BADGE]


def test_an_outcome_without_a_record_is_left_out_and_named_once() -> None:
    bodies = _patch(_held(), course("X", outcomes=["badge"]), parts={"achievements": [lg.Achievement(key="badge")]})

    assert list(bodies) == []
    assert codes(bodies.findings) == ["LG406"]


def test_a_skill_to_take_away_is_a_finding() -> None:
    bodies = _patch(_held(course("X", skills=["Java", "Go"])), course("X", skills=["Java"]))

    assert list(bodies) == []
    assert codes(bodies.findings) == ["LG409"]
    assert "Go" in bodies.findings[0].message


# --- what stops them ------------------------------------------------------------------------------------


def test_a_change_of_type_stops_the_patch() -> None:
    findings = _refusal(lambda: _patch(_held(), program("X")))

    assert codes(findings) == ["LG413"]
    assert findings[0].keys == ("X",)


def test_an_ignored_change_of_type_leaves_that_learning_out() -> None:
    held = _held(None, course("Y", salesforce={"learning_id": _OTHER}))

    bodies = _patch(held, program("X", duration=4), course("Y", duration=4), ignore=["LG413"])

    assert _one(bodies)["learning"]["learningId"] == _OTHER
    assert codes(bodies.findings) == ["LG413"]


def test_a_record_that_the_org_does_not_hold_stops_the_patch() -> None:
    findings = _refusal(lambda: _patch(_held(), course("X", salesforce={"learning_id": _NEW})))

    assert [finding.severity for finding in findings] == [lg.Severity.ERROR]
    assert _NEW in findings[0].message


def test_two_wanted_learnings_for_one_record_stop_the_patch() -> None:
    findings = _refusal(lambda: _patch(_held(), "X", course("Y", salesforce={"learning_id": _ID})))

    assert codes(findings) == ["LG419"]


@pytest.mark.parametrize(
    ("held", "wanted", "told"),
    [
        pytest.param("00D000000000001AAA", "00D000000000002AAA", ["LG314"], id="another org"),
        pytest.param("00D000000000001AAA", "00D000000000001AAA", [], id="the same org"),
        pytest.param(None, "00D000000000002AAA", [], id="what was read says no org"),
        pytest.param("00D000000000001AAA", None, [], id="the catalogue says no org"),
    ],
)
def test_ids_of_another_org_stop_the_patch(held: str | None, wanted: str | None, told: list[str]) -> None:
    snapshot = _held(org=lg.OrgStamp(org=held))
    catalogue = graph(course("X", duration=4), org=lg.OrgStamp(org=wanted))

    if told:
        assert codes(_refusal(lambda: lg.patch_bodies(snapshot, catalogue))) == told
    else:
        assert len(lg.patch_bodies(snapshot, catalogue)) == 1


def test_everything_that_stops_the_patch_is_told_at_once() -> None:
    held = _held(None, course("Y", salesforce={"learning_id": _OTHER}), org=lg.OrgStamp(org="00D000000000001AAA"))
    wanted = graph(
        course("X", "NOPE", "N"),
        program("Y"),
        course("Z", salesforce={"learning_id": _NEW}),
        "N",
        org=lg.OrgStamp(org="00D000000000002AAA"),
    )

    findings = _refusal(lambda: lg.patch_bodies(held, wanted))

    assert codes(findings) == ["LG201", "LG314", "LG410", "LG413", "LG414"]
    assert all(finding.severity is lg.Severity.ERROR for finding in findings)


def test_an_ignored_reference_is_left_out_of_the_patch() -> None:
    bodies = _patch(_held(), course("X", "NOPE", _OTHER), ignore=["LG201"])

    created = _one(bodies)["prerequisites"]["createRecords"]
    assert created == [{"type": "Single Achievement", "learningId": _OTHER}]


def test_that_equivalents_are_not_sent_is_said_once() -> None:
    held = _held(None, course("Y", salesforce={"learning_id": _OTHER}))

    bodies = _patch(held, course("X", equivalents=["Y"]), course("Y", equivalents=["X"]))

    assert list(bodies) == []
    assert codes(bodies.findings) == ["LG408"]


def test_a_badge_that_another_learning_comes_to_grant_no_longer_stands_for_the_first() -> None:
    # what A alone grants stands for A, but the same PATCH makes B grant it, too
    a, b = record_id("0ty", 21), record_id("0ty", 22)
    item = lg.FoundationItem(
        _ITEM, lg.Relation.PREREQUISITE, achievement=_BADGE, kind="Badge", grantors=(lg.Grantor(a),)
    )
    learnings = [course("X", salesforce={"learning_id": _ID})]
    learnings += [course(key, salesforce={"learning_id": one}) for key, one in (("A", a), ("B", b))]
    held = lg.Snapshot(graph(*learnings), {"X": (item,)}, {"A": (_granted(_BADGE),)})

    bodies = _patch(held, course("X", "A"), course("A", outcomes=[_BADGE]), course("B", outcomes=[_BADGE]))

    sent = {one["learning"]["learningId"]: one for body in bodies for one in body["learnings"]}
    assert "outcomes" in sent[b]
    assert sent[_ID]["prerequisites"] == {
        "createRecords": [{"type": "Single Achievement", "learningId": a}],
        "deleteRecords": [{"foundationItemId": _ITEM}],
    }


def test_a_skill_of_which_the_org_says_nothing_is_an_info() -> None:
    held = lg.Snapshot(graph(course("A", salesforce={"learning_id": "0tyLT00000009LOYAY"})))
    wanted = graph(course("A", skills=["Java"]))

    found = lg.patch_bodies(held, wanted).findings

    assert [(finding.code.value, finding.severity.value) for finding in found] == [("LG409", "info")]
