"""The laws of plans: carried out by an org that does what the guide says, and by nothing of the package."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import learngraph as lg
from learngraph.publish.counterparts import rebuilt
from learngraph.publish.fingerprints import fingerprints
from learngraph.publish.plan_files import plan_of, plan_text
from learngraph.publish.planning import PlanSettings, plan_for
from learngraph.publish.publish_plan import Item, OrgFacts, PublishPlan, StepKind
from tests.property.documented_org import RELATIONS, DocumentedOrg, Json

_EXTERNAL = "External_ID__c"
_FACTS = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
#: circles and learnings that require themselves are drawn, too: they are told, and sent all the same
_SETTINGS = PlanSettings(ignore=("LG2",), create_achievements=True)


@dataclass
class Plan:
    """A learning in plain words: relations hold any-ofs of keys, each with one grade; badges are outcomes."""

    kind: str
    name: str
    relations: dict[str, list[tuple[frozenset[str], Any]]]
    badges: list[str]


@dataclass
class World:
    """An org with some learnings in it, and what a catalogue wants of it."""

    held: dict[str, Plan]
    wanted: dict[str, Plan]
    batch_size: int
    bodies: str = "minimal"
    outcomes: Literal["add", "replace"] = "add"
    org: DocumentedOrg = field(default_factory=DocumentedOrg)
    badges: dict[str, str] = field(default_factory=dict)  # ids by name
    ids: dict[str, str] = field(default_factory=dict)  # of learnings by key


def _any_ofs(keys: str) -> st.SearchStrategy[list[tuple[frozenset[str], Any]]]:
    """Draw any-ofs of which none implies another: none of them holds all keys of another one."""
    if not keys:
        return st.just([])
    some = st.frozensets(st.sampled_from(keys), min_size=1, max_size=3)
    drawn = st.lists(st.tuples(some, st.sampled_from([None, 2, 2.5])), max_size=3)
    return drawn.map(
        lambda found: [
            one
            for place, one in enumerate(found)
            if not any(other[0] <= one[0] for rank, other in enumerate(found) if rank != place)
        ]
    )


@st.composite
def _plans(draw: st.DrawFn, keys: str) -> Plan:
    return Plan(
        draw(st.sampled_from(["course", "course", "program"])),
        draw(st.sampled_from(["Algebra", "Logic & Sets", "Çok"])),
        {relation: draw(_any_ofs(keys)) for relation in RELATIONS},
        draw(st.lists(st.sampled_from(["cloud", "data"]), max_size=2, unique=True)),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    keys = "ABCDEFG"[: draw(st.integers(1, 7))]
    there = "".join(sorted(draw(st.sets(st.sampled_from(keys)))))
    held = {key: draw(_plans(there)) for key in there}
    wanted = {key: draw(_plans(keys)) for key in keys}
    for key in there:
        wanted[key].kind = held[key].kind
        if draw(st.booleans()):
            wanted[key] = held[key]
    bodies = draw(st.sampled_from(["minimal", "documented"]))
    world = World(held, wanted, draw(st.integers(1, 4)), bodies)
    if draw(st.booleans()):
        # answers of Get Learning do not tell what a group left behind from outcomes that are to be replaced
        world.outcomes, world.org = "replace", DocumentedOrg(outcomes_do="replace", orphans="go")
    _fill(world)
    return world


def _fill(world: World) -> None:
    org = world.org
    for key, plan in world.held.items():
        title = plan.kind.title()
        stated = {"type": f"Learning {title}", "name": plan.name, "active": True}
        custom = {f"learning{title}CustomFields": {_EXTERNAL: key}}
        [world.ids[key]] = org.post({"learnings": [{"learning": {**stated, **custom}}]})
    for key, plan in world.held.items():
        for badge in plan.badges:
            world.badges.setdefault(badge, "") or world.badges.update({badge: org.add_achievement()})
            org.add_outcome(world.ids[key], world.badges[badge])
        for relation, any_ofs in plan.relations.items():
            for some, grade in any_ofs:
                pairs = [(world.ids[one], grade) for one in sorted(some)]
                if len(pairs) == 1:
                    org.add_item(world.ids[key], relation, org.own_achievement(pairs[0][0]), grade=grade)
                else:
                    org.add_item(world.ids[key], relation, org.add_group(pairs))


def _graph(world: World) -> lg.LearningGraph:
    return lg.LearningGraph(
        [_learning(key, plan) for key, plan in world.wanted.items()],
        options=lg.Options(external_id_field=_EXTERNAL, dialect=_dialect(world)),
        achievements=[lg.Achievement(key=badge, name=f"The {badge}") for badge in ("cloud", "data")],
    )


def _dialect(world: World) -> dict[str, Any]:
    return {"batch_size": world.batch_size, "bodies": world.bodies, "patch_outcomes": world.outcomes}


def _learning(key: str, plan: Plan) -> lg.Learning:
    make = lg.Course if plan.kind == "course" else lg.Program
    relations = {relation: [_tree(*one) for one in any_ofs] for relation, any_ofs in plan.relations.items()}
    outcomes = [{"achievement": badge} for badge in plan.badges]
    return make(key=key, name=plan.name, active=True, outcomes=outcomes, **relations)


def _tree(some: frozenset[str], grade: Any) -> lg.Requirement:
    needs = [lg.Need(key, grade) for key in sorted(some)]
    return needs[0] if len(needs) == 1 else lg.AnyOf(needs)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("orgs") / "org.json"


def _snapshot(world: World, file: Path) -> lg.Snapshot:
    """Read the org; the names of its badges, which no answer has, are added as a query gives them."""
    if not world.org.learnings:
        return lg.Snapshot(lg.LearningGraph())
    file.write_text(json.dumps(world.org.answers()), encoding="utf-8")
    read = lg.read_snapshot(file, settings={"external_id_field": _EXTERNAL})
    badges = [lg.Achievement(key=one, name=f"The {name}", record_id=one) for name, one in world.badges.items()]
    known = {one.key: one for one in (*read.graph.achievements.values(), *badges)}
    return lg.Snapshot(rebuilt(read.graph, achievements=known.values()), read.requirements, read.outcomes)


def _plan(world: World, file: Path) -> PublishPlan:
    return plan_for(_snapshot(world, file), _graph(world), _FACTS, settings=_SETTINGS)


def _carry_out(plan: PublishPlan, world: World) -> None:
    """Send each step as one request; what it refers to was made by the steps before it."""
    records: dict[str, str] = {}
    for step in plan.steps:
        assert all(set(item.refers_to) <= records.keys() for item in step.items)
        assert 1 <= len(step.items) <= (1 if step.kind is StepKind.ACHIEVE else world.batch_size)
        bodies = [item.filled(records) for item in step.items]
        if step.kind is StepKind.ACHIEVE:
            records[step.items[0].key] = world.badges[str(bodies[0]["Name"]).removeprefix("The ")] = (
                world.org.add_achievement()
            )
        elif step.method == "POST":
            made = world.org.post({"learnings": bodies})
            records.update(zip(step.keys, made, strict=True))
            world.ids.update(zip(step.keys, made, strict=True))
        else:
            world.org.patch({"learnings": bodies})


def _lacks(world: World) -> list[str]:
    return [f"{key}: {one}" for key, plan in world.wanted.items() for one in world.org.lacks(_in_org(world, key, plan))]


def _in_org(world: World, key: str, plan: Plan) -> Json:
    relations = {
        relation: [
            ("learnings", frozenset((world.ids[one], grade) for one in some), None, None) for some, grade in any_ofs
        ]
        for relation, any_ofs in plan.relations.items()
    }
    outcomes = [(world.badges[badge], None, None, None) for badge in plan.badges]
    stated = {"name": plan.name, "active": True}
    only = world.outcomes == "replace"
    wanted = {"fields": stated, "custom": {}, "outcomes": outcomes, "outcomes_only": only}
    return {"id": world.ids[key], **wanted, **relations}


# --- the laws -----------------------------------------------------------------------------------------


@given(world=worlds())
def test_a_plan_that_is_carried_out_leaves_nothing_to_do(world: World, file: Path) -> None:
    plan = _plan(world, file)
    for kind in StepKind:
        event(f"{kind.value}: {any(step.kind is kind for step in plan.steps)}")

    _carry_out(plan, world)

    assert _lacks(world) == []
    assert len(world.org.learnings) == len(world.wanted)
    again = _plan(world, file)
    assert again.steps == ()
    assert again.is_empty
    assert again.fingerprint == {}


@given(world=worlds())
def test_a_learning_is_sent_once_a_kind_and_only_if_it_is_new_or_differs(world: World, file: Path) -> None:
    plan = _plan(world, file)

    sent = [(step.kind, item.key) for step, item in plan.items]
    assert len(sent) == len(set(sent))
    created = {key for kind, key in sent if kind is StepKind.CREATE}
    updated = {key for kind, key in sent if kind is StepKind.UPDATE}
    assert created == world.wanted.keys() - world.held.keys()
    assert {key for kind, key in sent if kind is StepKind.CLOSE} <= created
    assert updated <= world.held.keys()
    assert {key for key in world.held if world.held[key] is world.wanted[key]}.isdisjoint(updated)
    assert plan.records == {key: one for key, one in world.ids.items() if key in world.held}


@given(world=worlds(), edited=st.sampled_from("ABCDEFG"))
def test_an_edit_of_one_learning_is_one_item(world: World, edited: str, file: Path) -> None:
    _carry_out(_plan(world, file), world)
    key = edited if edited in world.wanted else "A"
    old = world.wanted[key]
    world.wanted[key] = Plan(old.kind, "Edited", old.relations, old.badges)

    plan = _plan(world, file)

    assert [(item.key, item.why) for _, item in plan.items] == [(key, (f"name: '{old.name}' becomes 'Edited'",))]
    assert list(plan.fingerprint) == [world.ids[key]]


@given(world=worlds())
def test_the_same_catalogue_and_the_same_org_give_the_same_bytes_which_read_back_are_the_same_plan(
    world: World, file: Path
) -> None:
    one, other = _plan(world, file), _plan(world, file)

    assert plan_text(one) == plan_text(other)
    again = plan_of(plan_text(one))
    assert again == one
    assert again.digest == one.digest


@given(world=worlds(), at=st.integers(0, 30), how=st.sampled_from(["drop", "repeat", "edit"]))
def test_a_plan_file_that_was_altered_is_no_plan(world: World, at: int, how: str, file: Path) -> None:
    plan = _plan(world, file)
    record = json.loads(plan_text(plan))
    if how == "edit" or not record["steps"]:
        record["org"]["sandbox"] = not record["org"]["sandbox"]
    else:
        step = record["steps"][at % len(record["steps"])]
        record["steps"] = [*record["steps"], step] if how == "repeat" else [
            one for one in record["steps"] if one is not step
        ]  # fmt: skip

    with pytest.raises(lg.AlteredPlanError):
        plan_of(json.dumps(record))


@given(world=worlds())
def test_fingerprints_tell_of_the_records_that_are_touched_and_of_no_others(world: World, file: Path) -> None:
    plan = _plan(world, file)
    named = {record for _, item in plan.items for record in _record_ids(item)}
    assert set(plan.fingerprint) == named & set(world.ids.values())
    assert fingerprints(_snapshot(world, file), plan.fingerprint) == plan.fingerprint

    for record in plan.fingerprint:
        before = dict(world.org.learnings[record]["fields"])
        world.org.learnings[record]["fields"]["description"] = "Touched."
        now = fingerprints(_snapshot(world, file), plan.fingerprint)
        assert [one for one in now if now[one] != plan.fingerprint[one]] == [record]
        world.org.learnings[record]["fields"] = before


def _record_ids(item: Item) -> set[str]:
    """Every text in a body that is a learning's id, wherever it stands."""
    return {text for text in _texts(item.body.thawed()) if text.startswith("0ty")}


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []
