import json
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from learngraph import AllOf, AnyOf, AtLeast, Condition, Course, InvalidValueError, Need, Requirement, Timing
from learngraph.model.requirement import MAX_DEPTH, as_requirement, needs, to_form

_FORMS = [
    pytest.param("CS 1", Need("CS 1"), id="key"),
    pytest.param({"need": "CS 1", "minimum_grade": 2.7}, Need("CS 1", 2.7), id="grade"),
    pytest.param({"need": "CS 1", "timing": "with"}, Need("CS 1", timing=Timing.WITH), id="timing"),
    pytest.param(
        {"need": "CS 1", "duration": 3, "duration_unit": "Credit Hours"},
        Need("CS 1", duration=3, duration_unit="Credit Hours"),
        id="duration",
    ),
    pytest.param({"condition": "consent"}, Condition("consent"), id="condition"),
    pytest.param({"any": ["A", "B"]}, AnyOf("A", "B"), id="any"),
    pytest.param({"all": ["A", {"any": ["B"]}]}, AllOf("A", AnyOf("B")), id="all"),
    pytest.param({"at_least": 2, "of": ["A", "B", "C"]}, AtLeast(2, "A", "B", "C"), id="at least"),
]


@pytest.mark.parametrize(("form", "requirement"), _FORMS)
def test_a_form_stands_for_a_requirement_and_back(form: object, requirement: Requirement) -> None:
    assert as_requirement(form) == requirement
    assert json.loads(json.dumps(to_form(requirement))) == form


@pytest.mark.parametrize(("form", "requirement"), _FORMS)
def test_a_requirement_is_a_value(form: object, requirement: Requirement) -> None:
    again = as_requirement(form)
    name = "of" if hasattr(requirement, "of") else "key" if isinstance(requirement, Need) else "text"

    assert len({requirement, again}) == 1
    assert pickle.loads(pickle.dumps(requirement)) == requirement  # noqa: S301 - our own bytes
    with pytest.raises(FrozenInstanceError):
        setattr(requirement, name, "other")


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(None, id="null"),
        pytest.param(5, id="number"),
        pytest.param(True, id="true"),
        pytest.param("", id="empty key"),
        pytest.param(["A"], id="list"),
        pytest.param({}, id="empty object"),
        pytest.param({"any": []}, id="any of nothing"),
        pytest.param({"all": [5]}, id="all of a number"),
        pytest.param({"any": ["A"], "all": ["B"]}, id="two kinds"),
        pytest.param({"any": ["A"], "note": "x"}, id="unknown word"),
        pytest.param({"need": ""}, id="empty need"),
        pytest.param({"need": 5}, id="need of a number"),
        pytest.param({"need": "A", "grade": 2}, id="unknown word of a need"),
        pytest.param({"need": "A", "key": "B"}, id="a need with a second key"),
        pytest.param({"need": "A", "minimum_grade": "B+"}, id="letter as a grade"),
        pytest.param({"need": "A", "minimum_grade": True}, id="true as a grade"),
        pytest.param({"need": "A", "minimum_grade": float("nan")}, id="NaN as a grade"),
        pytest.param({"need": "A", "duration": float("inf")}, id="infinite duration"),
        pytest.param({"need": "A", "timing": "after"}, id="unknown timing"),
        pytest.param({"need": "A", "duration_unit": 3}, id="number as a unit"),
        pytest.param({"condition": 5}, id="number as a condition"),
        pytest.param({"at_least": 0, "of": ["A"]}, id="at least none"),
        pytest.param({"at_least": 2, "of": ["A"]}, id="at least more than there are"),
        pytest.param({"at_least": True, "of": ["A"]}, id="at least true"),
        pytest.param({"at_least": 1.0, "of": ["A"]}, id="at least a broken number"),
        pytest.param({"at_least": 1}, id="at least of what is not said"),
        pytest.param({"credits": 3, "of": ["A"]}, id="credits, which only plans have"),
    ],
)
def test_what_stands_for_no_requirement_is_refused(form: object) -> None:
    with pytest.raises(InvalidValueError):
        as_requirement(form)
    with pytest.raises(InvalidValueError) as caught:
        Course(key="X", prerequisites=["A", form])

    assert {tuple(field.split(".")[:2]) for field, _ in caught.value.faults} == {("prerequisites", "1")}


def test_every_fault_of_a_need_is_told() -> None:
    wrong: dict[str, Any] = {"timing": "later", "minimum_grade": True, "duration": "long", "duration_unit": 3}

    with pytest.raises(InvalidValueError) as caught:
        Need("", **wrong)

    assert {field for field, _ in caught.value.faults} == {"key", *wrong}


def _form(depth: int) -> object:
    form: object = "A"
    for level in range(depth - 1):
        form = {"any" if level % 2 else "all": [form]}
    return form


def test_a_tree_as_deep_as_allowed_is_taken() -> None:
    assert MAX_DEPTH == 64
    assert as_requirement(_form(64)).depth == 64


@pytest.mark.parametrize("depth", [65, 200, 5_000, 100_000])
def test_deeper_trees_are_refused(depth: int) -> None:
    with pytest.raises(InvalidValueError, match="64"):
        as_requirement(_form(depth))


def test_a_tree_is_deep_because_of_what_is_inside() -> None:
    deepest = as_requirement(_form(64))

    with pytest.raises(InvalidValueError):
        AtLeast(1, deepest)
    with pytest.raises(InvalidValueError):
        AnyOf("A", deepest)


def test_branches_take_their_parts_one_by_one_or_in_a_list() -> None:
    assert AnyOf("A", "B") == AnyOf(["A", "B"]) == AnyOf(("A", Need("B")))
    assert AtLeast(1, "A", "B") == AtLeast(1, ["A", "B"])


def test_branches_of_different_kinds_differ_whatever_they_hold() -> None:
    different = {AnyOf("A", "B"), AllOf("A", "B"), AtLeast(1, "A", "B"), AtLeast(2, "A", "B"), AnyOf("B", "A")}

    assert len(different) == 5


def test_leaves_come_from_left_to_right_as_often_as_they_are_written() -> None:
    tree = AllOf("A", AnyOf(Condition("c"), AtLeast(1, "B", "A")), "C")

    assert list(tree.leaves) == [Need("A"), Condition("c"), Need("B"), Need("A"), Need("C")]
    assert [need.key for need in needs([tree, AnyOf("A")])] == ["A", "B", "A", "C", "A"]


@pytest.mark.parametrize(
    "requirement",
    [
        pytest.param(Need("A", 2.5, Timing.WITH, 3, "Credit Hours"), id="need"),
        pytest.param(AllOf("A", AnyOf("B", Condition("c")), AtLeast(1, "D", "E")), id="tree"),
    ],
)
def test_a_requirement_is_shown_as_it_can_be_written(requirement: Requirement) -> None:
    names = {kind.__name__: kind for kind in (Need, AnyOf, AllOf, AtLeast, Condition)}

    assert eval(repr(requirement), names) == requirement  # noqa: S307 - what the library itself wrote


def test_a_need_can_be_replaced_in_part() -> None:
    need = Need("A", 2.5, Timing.WITH)

    assert need.replaced(key="B") == Need("B", 2.5, Timing.WITH)
    with pytest.raises(InvalidValueError):
        need.replaced(key="")


def test_a_timing_implies_the_looser_one_and_itself() -> None:
    implied = {(one, other) for one in Timing for other in Timing if one.implies(other)}

    same = {(one, one) for one in Timing}
    looser = {(Timing.BEFORE, Timing.BEFORE_OR_WITH), (Timing.WITH, Timing.BEFORE_OR_WITH)}
    assert implied == same | looser
