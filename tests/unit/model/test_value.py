import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from learngraph import (
    Achievement,
    Course,
    Credits,
    DegreePlan,
    Dialect,
    FrozenMap,
    GradeScale,
    InvalidValueError,
    Options,
    Outcome,
    PlanRequirement,
    Program,
    ProgramPlan,
    Provider,
    RecordIds,
    Skill,
)
from learngraph.graph.learning_graph import OrgStamp
from learngraph.model.value import Value, short

_VALUES = [
    pytest.param(Course(key="CS 1", custom_fields={"Campus__c": ["North", {"deep": [1]}]}), id="Course"),
    pytest.param(Program(key="BS", top_level_program=True, prerequisites=["CS 1"]), id="Program"),
    pytest.param(Achievement(key="badge", kind="Custom"), id="Achievement"),
    pytest.param(Provider(key="acme", name="ACME"), id="Provider"),
    pytest.param(Outcome(achievement="badge", minimum_grade=2.5), id="Outcome"),
    pytest.param(Skill(name="Java"), id="Skill"),
    pytest.param(RecordIds(learning_id="0tyLT0000000AQnYAM"), id="RecordIds"),
    pytest.param(Options(grades={"A": 4, "P": None}, defaults={"active": True}), id="Options"),
    pytest.param(GradeScale(letters={"A": 4}), id="GradeScale"),
    pytest.param(Credits(credits=9, of=["A", "B"]), id="Credits"),
    pytest.param(PlanRequirement(needs={"credits": 9, "of": ["A"]}), id="PlanRequirement"),
    pytest.param(ProgramPlan(key="p", program="BS", requirements=[{"needs": "A"}]), id="ProgramPlan"),
    pytest.param(DegreePlan(key="d", terms=[["A"], ["B"]]), id="DegreePlan"),
    pytest.param(OrgStamp(org="00D000000000001AAA"), id="OrgStamp"),
    pytest.param(Dialect(value_sets={"academic_level": ["Master"]}), id="Dialect"),
]


@pytest.mark.parametrize("value", _VALUES)
def test_a_value_is_frozen(value: Value) -> None:
    name = next(iter(type(value).model_fields))

    with pytest.raises(ValidationError):
        setattr(value, name, None)


@pytest.mark.parametrize("value", _VALUES)
def test_a_value_can_be_hashed_and_is_equal_to_one_of_the_same_fields(value: Value) -> None:
    again = value.replaced()

    assert again is not value
    assert again == value
    assert len({value, again}) == 1


@pytest.mark.parametrize("value", _VALUES)
def test_a_value_survives_pickling(value: Value) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes


@pytest.mark.parametrize("value", _VALUES)
def test_unknown_fields_are_refused_each_by_its_name(value: Value) -> None:
    with pytest.raises(InvalidValueError) as caught:
        value.replaced(colour="red", flavour="sweet")

    assert caught.value.kind == type(value).__name__
    assert {field for field, _ in caught.value.faults} == {"colour", "flavour"}
    assert "colour" in str(caught.value)
    assert "flavour" in str(caught.value)


def test_every_fault_is_told_with_its_field_and_not_only_the_first() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Course(
            key="",
            active="yes",
            duration=True,
            active_from="2026-02-30",
            prerequisites=["A", 5],
            salesforce={"learning_id": 1},
        )

    fields = [field for field, _ in caught.value.faults]
    expected = ["active", "active_from", "duration", "key", "prerequisites.1"]
    assert sorted(field for field in fields if not field.startswith("salesforce")) == expected
    assert any(field.startswith("salesforce") for field in fields)
    assert "learning_id" in str(caught.value)


def test_replacing_checks_what_is_put_in_and_leaves_the_rest() -> None:
    before = Course(key="CS 1", name="One", prerequisites=["A"])

    after = before.replaced(name="Other")

    assert (after.name, after.prerequisites) == ("Other", before.prerequisites)
    assert before.name == "One"
    with pytest.raises(InvalidValueError):
        before.replaced(duration="long")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(7, id="whole"),
        pytest.param(7.0, id="whole with a point"),
        pytest.param(6.5, id="half"),
        pytest.param(0, id="zero"),
        pytest.param(-1.25, id="negative"),
        pytest.param(10**30, id="large"),
    ],
)
def test_numbers_stay_exactly_as_they_were_written(number: float) -> None:
    kept = [
        Course(key="A", duration=number).duration,
        Outcome(achievement="b", minimum_grade=number).minimum_grade,
        Credits(credits=number, of=["A"]).credits,
    ]

    assert kept == [number] * 3
    assert {type(each) for each in kept} == {type(number)}


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(True, id="true"),
        pytest.param(float("nan"), id="NaN"),
        pytest.param(float("inf"), id="infinity"),
        pytest.param("7", id="text"),
        pytest.param([7], id="list"),
    ],
)
@pytest.mark.parametrize(
    ("kind", "field", "rest"),
    [
        pytest.param(Course, "duration", {"key": "A"}, id="duration of a course"),
        pytest.param(Outcome, "minimum_grade", {"achievement": "b"}, id="grade of an outcome"),
        pytest.param(Credits, "credits", {"of": ["A"]}, id="credits"),
    ],
)
def test_what_is_no_number_is_refused(kind: type[Value], field: str, rest: dict[str, Any], written: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        kind(**rest, **{field: written})

    assert [name for name, _ in caught.value.faults] == [field]


def test_a_frozen_map_keeps_its_order_and_freezes_what_is_inside() -> None:
    inside: dict[str, Any] = {"b": [1, {"c": [2]}], "a": None}
    frozen = FrozenMap(inside)

    inside["b"].append(3)
    inside["z"] = 1

    assert list(frozen) == ["b", "a"]
    assert frozen["b"] == (1, FrozenMap({"c": (2,)}))
    assert frozen.thawed() == {"b": [1, {"c": [2]}], "a": None}
    with pytest.raises(TypeError):
        frozen["a"] = 1  # type: ignore[index]  # that is what is tried


def test_a_thawed_map_is_a_new_one_each_time() -> None:
    frozen = FrozenMap({"a": [1]})

    frozen.thawed()["a"].append(2)

    assert frozen.thawed() == {"a": [1]}


def test_frozen_maps_of_the_same_items_are_one_in_any_order() -> None:
    one, other = FrozenMap({"a": [1], "b": {"c": 2}}), FrozenMap({"b": {"c": 2}, "a": (1,)})

    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("x" * 100_000, id="text"),
        pytest.param(10**5000, id="number"),
        pytest.param(["x" * 1000] * 10, id="list"),
        pytest.param("a\nb\n" * 100, id="lines"),
    ],
)
def test_what_was_written_is_shown_short_and_on_one_line(written: object) -> None:
    shown = short(written)

    assert len(shown) < 80
    assert "\n" not in shown


def test_a_fault_shows_a_large_value_short() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Course(key="A", duration="9" * 1_000_000)

    assert len(str(caught.value)) < 200
