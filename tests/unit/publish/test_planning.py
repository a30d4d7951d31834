"""What is sent, in which order, and why; and what stands in the way."""

import json
from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.planning import PlanSettings, plan_for
from learngraph.publish.publish_plan import Item, OrgFacts, PublishPlan, StepKind
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem
from tests.builders import codes, course, graph, program
from tests.property.documented_org import record_id

_ORG = "00D000000000001EAA"
_FACTS = OrgFacts(_ORG, "Quenbeck", sandbox=True, api_version="66.0")
_EMPTY = lg.Snapshot(lg.LearningGraph())
_EXTERNAL = {"external_id_field": "Key__c"}


def _id(key: str) -> str:
    return record_id("0ty", ord(key[-1]))


def _held(*learnings: lg.Learning, needs: dict[str, list[str]] | None = None, **parts: Any) -> lg.Snapshot:
    """An org that holds learnings with single prerequisites on one another."""
    there = [one.replaced(prerequisites=(), external_id=one.key, salesforce={"learning_id": _id(one.key)})
             for one in learnings]  # fmt: skip
    numbers = iter(range(1, 1000))
    items = {
        key: tuple(
            FoundationItem(
                record_id("0ww", next(numbers)), lg.Relation.PREREQUISITE, _own(other), "LearningCourse",
                (Grantor(_id(other)),),
            )
            for other in others
        )
        for key, others in (needs or {}).items()
    }  # fmt: skip
    outcomes = {
        one.key: (OutcomeItem(record_id("0uE", ord(one.key[-1])), _own(one.key), primary=True),) for one in there
    }
    return lg.Snapshot(graph(*there, **parts), items, outcomes)


def _own(key: str) -> str:
    return record_id("0u9", ord(key[-1]))


def _plan(snapshot: lg.Snapshot, wanted: lg.LearningGraph, **settings: Any) -> PublishPlan:
    return plan_for(snapshot, wanted, _FACTS, settings=PlanSettings(**settings))


def _items(plan: PublishPlan) -> list[tuple[StepKind, str]]:
    return [(step.kind, item.key) for step, item in plan.items]


def _only(plan: PublishPlan) -> Item:
    ((_, item),) = plan.items
    return item


# --- what is new ----------------------------------------------------------------------------------------


def test_what_is_new_goes_in_waves_so_that_all_that_it_refers_to_is_there() -> None:
    wanted = graph(course("C", "B"), course("B", {"any": ["A", "D"]}), "A", "D", options={"dialect": {"batch_size": 2}})

    plan = _plan(_EMPTY, wanted)

    assert [step.keys for step in plan.steps] == [("A", "D"), ("B",), ("C",)]
    assert [item.refers_to for _, item in plan.items] == [(), (), ("A", "D"), ("B",)]
    assert {step.method for step in plan.steps} == {"POST"}
    assert plan.counts == "4 to create: 3 requests"


def test_a_circle_is_cut_and_closed_when_all_of_it_is_there() -> None:
    wanted = graph(course("A", corequisites=["B"]), course("B", corequisites=["A"]))

    plan = _plan(_EMPTY, wanted)

    assert _items(plan) == [(StepKind.CREATE, "B"), (StepKind.CREATE, "A"), (StepKind.CLOSE, "B")]
    closing = plan.steps[-1]
    assert (closing.method, closing.items[0].body.thawed()) == (
        "PATCH",
        {
            "learning": {"learningId": "${B}", "type": "Learning Course"},
            "corequisites": {"createRecords": [{"type": "Single Achievement", "learningId": "${A}"}]},
        },
    )
    assert closing.items[0].why == ("corequisite A closes a circle",)
    assert "LG411" not in codes(plan.findings)


@pytest.mark.parametrize(("outcomes", "sent"), [("replace", 1), ("add", 0)])
def test_a_documented_body_that_closes_a_circle_holds_all_fields(outcomes: str, sent: int) -> None:
    badge = lg.Achievement(key="badge", record_id=record_id("0u9", 900))
    wanted = graph(
        course("A", corequisites=["B"]),
        course("B", corequisites=["A"], outcomes=[{"achievement": "badge"}]),
        options={"dialect": {"bodies": "documented", "patch_outcomes": outcomes}},
        achievements=[badge],
    )

    *_, (_, item) = _plan(_EMPTY, wanted).items

    body = item.body.thawed()
    assert list(body["learning"]) == ["learningId", "type", "name", "active"]
    assert (body["prerequisites"], body["recommended"], len(body["outcomes"])) == ({}, {}, sent)


def test_a_program_alone_may_be_required_since_it_has_a_record_by_then() -> None:
    plan = _plan(_EMPTY, graph(course("A", "P"), program("P"), options=_EXTERNAL))

    assert [step.keys for step in plan.steps] == [("P",), ("A",)]
    assert "LG407" not in codes(plan.findings)


def test_a_new_learning_names_a_record_that_is_there_by_its_id() -> None:
    plan = _plan(_held(course("A")), graph("A", course("B", "A"), options=_EXTERNAL), limits=_SEEN)

    assert _only(plan).records == (_id("A"),)
    assert list(plan.fingerprint) == [_id("A")]


# --- what differs -----------------------------------------------------------------------------------------

_SEEN = lg.PlanLimits(unseen_requirements=True)


def test_nothing_to_do_is_a_plan_without_steps() -> None:
    plan = _plan(_held(course("A"), course("B"), needs={"B": ["A"]}), graph("A", course("B", "A"), options=_EXTERNAL))

    assert plan.is_empty
    assert (plan.fingerprint, plan.unsafe, plan.unmanaged) == ({}, (), ())
    assert plan.records == {"A": _id("A"), "B": _id("B")}
    assert plan.matched == {"A": "external_id", "B": "external_id"}


@pytest.mark.parametrize(
    ("held", "wanted", "why"),
    [
        pytest.param({"name": "Old"}, {"name": "New"}, "name: 'Old' becomes 'New'", id="a name"),
        pytest.param({}, {"duration": 3, "duration_unit": "Credit Hours"}, "duration: 3 is set", id="a duration"),
        pytest.param({}, {"active": False}, "active: true becomes false", id="a flag"),
        pytest.param(
            {"active_to": "2026-08-31"}, {"active_to": "2027-08-31"}, "active to: 2026-08-31 becomes 2027-08-31",
            id="a day",
        ),
        pytest.param(
            {"custom_fields": {"Campus__c": "N"}}, {"custom_fields": {"Campus__c": "S"}}, "Campus__c: 'N' becomes 'S'",
            id="a custom field",
        ),
        pytest.param(
            {}, {"prerequisites": [lg.Need("A", 3)]}, "prerequisite A with B or better is added", id="a requirement"
        ),
    ],
)  # fmt: skip
def test_why_says_in_words_what_changes(held: dict[str, Any], wanted: dict[str, Any], why: str) -> None:
    plan = _plan(_held(course("A"), course("B", **held)), graph("A", course("B", **wanted), options=_EXTERNAL))

    assert why in _only(plan).why


def test_what_is_taken_away_is_named_by_the_keys_of_the_catalogue() -> None:
    org = _held(course("A"), course("B"), needs={"B": ["A", "A"]})
    ours = [course("x", name="About A", external_id="A"), course("y", name="About B", external_id="B")]

    gone = _plan(org, graph(*ours, options=_EXTERNAL))
    once = _plan(org, graph(ours[0], ours[1].replaced(prerequisites=["x"]), options=_EXTERNAL))

    assert _only(gone).why == ("prerequisite x is taken away",) * 2
    assert _only(once).why == ("prerequisite x is there twice and goes once",)


def test_a_field_is_cleared_where_the_dialect_says_so() -> None:
    wanted = graph("A", options={**_EXTERNAL, "dialect": {"unstated": "clear"}})

    plan = _plan(_held(course("A", description="Old")), wanted)

    assert _only(plan).why == ("description: 'Old' is cleared",)


def test_a_changed_learning_names_a_new_one_by_its_placeholder_and_comes_after_it() -> None:
    plan = _plan(_held(course("A")), graph(course("A", "N"), "N", options=_EXTERNAL), limits=_SEEN)

    assert _items(plan) == [(StepKind.CREATE, "N"), (StepKind.UPDATE, "A")]
    *_, (_, item) = plan.items
    assert item.refers_to == ("N",)
    assert item.records == (_id("A"),)


def test_what_an_item_means_is_what_it_means_when_all_that_is_new_is_there() -> None:
    badge = record_id("0u9", 900)
    item = FoundationItem(record_id("0ww", 1), lg.Relation.PREREQUISITE, badge, "Custom", (Grantor(_id("A")),))
    org = _held(course("A"), course("B"))
    org = lg.Snapshot(org.graph, {"B": (item,)}, {**org.outcomes, "A": (OutcomeItem(record_id("0uE", 900), badge),)})
    granting = {"outcomes": [{"achievement": badge}]}
    ours = [course("A", **granting), course("B", "A")]

    alone = _plan(org, graph(*ours, options=_EXTERNAL))
    with_another = _plan(org, graph(*ours, course("N", **granting), options=_EXTERNAL))

    assert alone.is_empty
    assert _items(with_another) == [(StepKind.CREATE, "N"), (StepKind.UPDATE, "B")]


def test_updates_go_in_batches() -> None:
    keys = "ABCDE"
    wanted = graph(*(course(key, name="New") for key in keys), options={**_EXTERNAL, "dialect": {"batch_size": 2}})

    plan = _plan(_held(*map(course, keys)), wanted)

    assert [step.keys for step in plan.steps] == [("A", "B"), ("C", "D"), ("E",)]


def test_a_provider_of_the_org_is_the_same_whatever_it_is_called_there() -> None:
    account = record_id("001", 1)
    provider = lg.Provider(key="ACME State", name="ACME State", record_id=account)
    org = _held(course("A", provider="ACME State"), providers=[provider])
    wanted = [lg.Provider(key="acme", name="ACME state")]

    plan = _plan(org, graph(course("A", provider="acme"), providers=wanted, options=_EXTERNAL))

    assert plan.is_empty


def test_how_a_learning_was_found_is_told_where_it_is_no_id() -> None:
    org = lg.Snapshot(graph(course("x", name="Logic", salesforce={"learning_id": _id("A")}, description="Old")))

    plan = _plan(org, graph(course("A", name="Logic", description="New")))

    assert _only(plan).why == (f"is the org's {_id('A')} by its name", "description: 'Old' becomes 'New'")
    assert plan.matched == {"A": "name"}


def test_only_what_is_new_must_say_whether_it_is_active() -> None:
    wanted = graph(course("A", active=None), course("B", active=None), options=_EXTERNAL)

    plan = _plan(_held(course("A")), wanted)

    assert [(one.code.value, one.subject) for one in plan.findings] == [("LG302", "B")]


def test_a_requirement_that_closes_a_circle_and_cannot_be_written_is_left_out_where_that_is_ignored() -> None:
    badge = lg.Achievement(key="badge")
    wanted = graph(course("A", corequisites=["B"]), course("B", corequisites=["A", "badge"]), achievements=[badge])

    plan = _plan(_EMPTY, wanted, ignore=("LG406",))

    *_, (step, item) = plan.items
    assert step.kind is StepKind.CLOSE
    assert item.why == ("corequisite A closes a circle",)


def test_what_the_catalogue_does_not_have_is_named_and_left_alone() -> None:
    plan = _plan(_held(course("A"), course("Z")), graph("A", options=_EXTERNAL))

    assert plan.unmanaged == ("Z",)
    assert plan.is_empty


def test_where_a_learning_was_read_is_told() -> None:
    wanted = graph(
        "A", "B", places={"A": lg.Place("cs.jsonl", 7, "A"), "B": lg.Place("cs.json", record="learnings[1]")}
    )

    assert [item.source for _, item in _plan(_EMPTY, wanted).items] == ["cs.jsonl:7", "cs.json: learnings[1]"]


def test_an_ids_file_tells_which_record_a_learning_is() -> None:
    org = _held(course("A", name="Old"))

    plan = _plan(org, graph(course("renamed", name="New")), ids={"renamed": _id("A")})

    assert _items(plan) == [(StepKind.UPDATE, "renamed")]


# --- achievements and providers ---------------------------------------------------------------------------

_BADGE = lg.Achievement(key="badge", name="The badge")


def test_an_achievement_that_the_org_lacks_is_left_out_with_a_warning() -> None:
    wanted = graph(course("A", outcomes=[{"achievement": "badge"}]), achievements=[_BADGE])

    plan = _plan(_EMPTY, wanted)

    assert "outcomes" not in _only(plan).body
    assert codes(plan.findings) == ["LG406"]


def test_an_achievement_is_made_first_where_that_is_asked_for() -> None:
    wanted = graph(course("A", outcomes=[{"achievement": "badge"}]), course("B", "badge"), achievements=[_BADGE])
    type_ = "012LT0000000001AAA"

    plan = _plan(_EMPTY, wanted, create_achievements=True, record_types={"Custom": type_})

    first = plan.steps[0]
    assert (first.kind, first.method, first.path) == (StepKind.ACHIEVE, "POST", "/sobjects/LearningAchievement")
    assert first.items[0].body.thawed() == {"Name": "The badge", "RecordTypeId": type_}
    assert [item.refers_to for _, item in plan.items] == [(), ("badge",), ("badge",)]
    assert plan.findings.only(select=["LG406"]) == lg.Findings()


def test_an_achievement_without_a_known_record_type_is_a_warning() -> None:
    wanted = graph(course("A", outcomes=[{"achievement": "badge"}]), achievements=[_BADGE])

    plan = _plan(_EMPTY, wanted, create_achievements=True)

    assert plan.steps[0].items[0].body.thawed() == {"Name": "The badge"}
    assert codes(plan.findings) == ["LG406"]


def test_an_achievement_that_nothing_names_is_not_made() -> None:
    plan = _plan(_EMPTY, graph("A", achievements=[_BADGE]), create_achievements=True)

    assert _items(plan) == [(StepKind.CREATE, "A")]


def test_an_achievement_that_the_org_has_is_named_by_its_record() -> None:
    record = record_id("0u9", 900)
    org = lg.Snapshot(graph(achievements=[lg.Achievement(key=record, name="The badge", record_id=record)]))
    wanted = graph(course("A", outcomes=[{"achievement": "badge"}]), achievements=[_BADGE])

    plan = _plan(org, wanted, create_achievements=True)

    assert _only(plan).body.thawed()["outcomes"][0]["learningAchievementId"] == record
    assert plan.findings == lg.Findings()


def test_a_provider_is_named_by_its_account() -> None:
    account = record_id("001", 1)
    org = lg.Snapshot(graph(providers=[lg.Provider(key=account, name="ACME", record_id=account)]))
    wanted = graph(course("A", provider="acme"), providers=[lg.Provider(key="acme", name="ACME")])

    assert _only(_plan(org, wanted)).body["learning"]["provider"] == account
    assert codes(_plan(_EMPTY, wanted).findings) == ["LG412"]


# --- what stands in the way -------------------------------------------------------------------------------


def _stopping(snapshot: lg.Snapshot, wanted: lg.LearningGraph, **settings: Any) -> list[str]:
    with pytest.raises(lg.FindingsError) as raised:
        _plan(snapshot, wanted, **settings)
    return codes(raised.value.findings)


def test_errors_of_the_check_stop_a_plan_and_ignored_ones_do_not() -> None:
    wanted = graph(course("A", "NOPE"))

    assert _stopping(_EMPTY, wanted) == ["LG201"]
    assert _items(_plan(_EMPTY, wanted, ignore=("LG201",))) == [(StepKind.CREATE, "A")]


def test_a_finding_about_a_learning_has_its_place() -> None:
    org = lg.Snapshot(graph(*(course(f"x{n}", name="Logic", salesforce={"learning_id": _id(f"{n}")}) for n in (1, 2))))
    wanted = graph(course("A", name="Logic"), places={"A": lg.Place("a.jsonl", 1)})

    with pytest.raises(lg.FindingsError, match=r"a\.jsonl:1: error LG419 A"):
        _plan(org, wanted)


def test_what_reading_the_org_found_is_told_and_an_error_of_it_stops_a_plan() -> None:
    odd = lg.Finding(lg.Code.MISSPELT_ANSWER, "an odd spelling")
    fault = lg.Finding(lg.Code.ORG_SAID_NO, "no such field")

    assert codes(_plan(lg.Snapshot(graph(findings=[odd])), graph("A")).findings) == ["LG117"]
    assert _stopping(lg.Snapshot(graph(findings=[fault])), graph("A")) == ["LG119"]


def test_a_change_of_type_stops_a_plan() -> None:
    wanted = graph(program("A", salesforce={"learning_id": _id("A")}))

    assert _stopping(_held(course("A")), wanted) == ["LG413"]


def test_ids_of_another_org_are_not_looked_up_and_not_sent() -> None:
    foreign = lg.OrgStamp(org="00D000000000002EAA")
    wanted = graph(
        course("A", salesforce={"learning_id": _id("Q")}), course("B", _id("Q")), org=foreign, options=_EXTERNAL
    )

    plan = _plan(_held(course("A"), course("B"), needs={"B": ["A"]}), wanted)

    assert plan.is_empty
    assert plan.records == {"A": _id("A"), "B": _id("B")}


def test_ids_of_another_org_that_name_nothing_here_stop_a_plan_whatever_is_ignored() -> None:
    wanted = graph(course("A", _id("Q")), org=lg.OrgStamp(org="00D000000000002EAA"))

    assert _stopping(_EMPTY, wanted, ignore=("LG",)) == ["LG314"]


def test_select_chooses_what_is_told_and_not_what_stops() -> None:
    wanted = graph(course("A", provider="acme", cip_code="1"))

    assert codes(_plan(_EMPTY, wanted).findings) == ["LG304", "LG412"]
    assert codes(_plan(_EMPTY, wanted, select=("LG3",)).findings) == ["LG304"]
    assert _stopping(_EMPTY, graph(course("A", "NOPE")), select=("LG3",)) == ["LG201"]


# --- what is too much -------------------------------------------------------------------------------------

_KEYS = "ABCDEFGHIJ"


def test_a_plan_that_changes_too_much_is_unsafe_until_the_limit_is_raised() -> None:
    org = _held(*map(course, _KEYS))
    wanted = graph(*(course(key, name="New") for key in _KEYS), options=_EXTERNAL)

    plan = _plan(org, wanted)

    assert len(plan.unsafe) == 1
    assert "10 of 10 learnings would be changed (100%)" in plan.unsafe[0]
    assert _plan(org, wanted, limits=lg.PlanLimits(changed_share=1)).unsafe == ()


def test_a_plan_that_takes_many_requirements_away_is_unsafe() -> None:
    org = _held(*map(course, _KEYS), needs={key: ["A"] for key in _KEYS[1:]})
    chain = [course(key, *(["A"] if key in "BCDEFGH" else [])) for key in _KEYS]

    plan = _plan(org, graph(*chain, options=_EXTERNAL))

    assert [why.split(":")[0] for why in plan.unsafe] == ["2 of 9 requirements would go (22%), more than 10%"]


def test_requirements_that_are_put_in_the_place_of_others_are_not_gone() -> None:
    org = _held(*map(course, _KEYS), needs={key: ["A"] for key in _KEYS[1:]})
    chain = [course(key, *(["B" if key in "IJ" else "A"] if key != "A" else [])) for key in _KEYS]

    assert _plan(org, graph(*chain, options=_EXTERNAL)).unsafe == ()


def test_an_org_that_shows_learnings_and_no_requirements_is_unsafe() -> None:
    wanted = graph("A", course("B", "A"), options=_EXTERNAL)

    plan = _plan(_held(course("A"), course("B")), wanted)

    assert len(plan.unsafe) == 1
    assert "unseen_requirements" in plan.unsafe[0]
    assert _plan(_held(course("A"), course("B")), wanted, limits=_SEEN).unsafe == ()


# --- the value ---------------------------------------------------------------------------------------------


def test_a_plan_is_shown_as_a_table_with_the_org_first() -> None:
    plan = _plan(_EMPTY, graph(course("<A>", "B"), "B"))

    html = plan._repr_html_()

    assert "Quenbeck (00D000000000001EAA), sandbox: 2 to create: 2 requests" in html
    assert "&lt;A&gt;" in html
    assert html.count("<tr>") == 3
    assert plan.table.rows[0][:3] == (1, "create learnings", "B")


def test_no_field_of_the_org_s_own_is_taken_for_an_id() -> None:
    wanted = graph(course("A", custom_fields={"id": "${B}", "learningId": "${B}"}), "B")

    (_, item), *_ = _plan(_EMPTY, wanted).items

    assert item.refers_to == ()
    assert item.filled({})["learning"]["learningCourseCustomFields"] == {"id": "${B}", "learningId": "${B}"}
    json.dumps(item.filled({}))


@pytest.mark.parametrize(
    "order", [pytest.param(("by luck", "record_id"), id="unknown"), pytest.param(("name",), id="no record ids")]
)
def test_an_impossible_order_is_refused(order: Any) -> None:
    with pytest.raises(lg.InvalidValueError, match="order"):
        PlanSettings(order=order)


def test_ways_may_be_given_by_their_names() -> None:
    assert PlanSettings(order=("record_id", "name")).order == ("record_id", "name")  # type: ignore[arg-type]


def test_a_chain_of_five_thousand_new_courses_is_planned() -> None:
    chain = [course("C0"), *(course(f"C{n}", f"C{n - 1}") for n in range(1, 5000))]

    plan = _plan(_EMPTY, graph(*chain))

    assert len(plan.steps) == 5000
