from typing import Any

import pytest

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Credits,
    DegreePlan,
    InvalidValueError,
    Need,
    Options,
    Outcome,
    PlanRequirement,
    ProgramPlan,
    Provider,
    Relation,
    Requirement,
    Skill,
    Timing,
)
from learngraph.model.program_plan import plan_needs_form
from learngraph.model.value import Value
from learngraph.model.wording import in_words


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("CS 1", id="key"),
        pytest.param({"all": ["A", "B"]}, id="all"),
        pytest.param({"credits": 9, "of": ["A", {"any": ["B", "C"]}]}, id="credits"),
        pytest.param({"credits": 4.5, "of": ["A"]}, id="half credits"),
    ],
)
def test_a_line_of_a_plan_takes_requirements_and_credits(form: object) -> None:
    line = PlanRequirement(needs=form)

    assert plan_needs_form(line.needs) == form
    assert line == PlanRequirement(needs=line.needs)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"credits": "9", "of": ["A"]}, id="text as credits"),
        pytest.param({"credits": 9, "of": []}, id="credits of nothing"),
        pytest.param({"credits": 9}, id="credits of what is not said"),
        pytest.param({"credits": 9, "of": ["A"], "note": 1}, id="unknown word"),
        pytest.param(None, id="null"),
    ],
)
def test_what_no_line_of_a_plan_can_need_is_refused(form: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        PlanRequirement(needs=form)

    assert all(field.startswith("needs") for field, _ in caught.value.faults)


def test_the_keys_of_a_line_come_from_left_to_right_without_conditions() -> None:
    tree = AllOf("A", AnyOf("B", Condition("consent")), "A")

    assert PlanRequirement(needs=tree).keys == ("A", "B", "A")
    assert PlanRequirement(needs=Credits(credits=3, of=["C", tree])).keys == ("C", "A", "B", "A")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        pytest.param(Achievement, "key", id="achievement"),
        pytest.param(Provider, "key", id="provider"),
        pytest.param(DegreePlan, "key", id="degree plan"),
        pytest.param(Outcome, "achievement", id="outcome"),
        pytest.param(Skill, "name", id="skill"),
    ],
)
def test_what_it_is_known_by_must_be_stated_and_not_empty(kind: type[Value], field: str) -> None:
    for stated in ({}, {field: ""}):
        with pytest.raises(InvalidValueError) as caught:
            kind(**stated)

        assert [name for name, _ in caught.value.faults] == [field]


@pytest.mark.parametrize("version", [True, "3", 3.5])
def test_a_version_is_a_whole_number(version: Any) -> None:
    with pytest.raises(InvalidValueError):
        ProgramPlan(key="p", program="BS", version=version)


@pytest.mark.parametrize(
    ("options", "relation", "timing"),
    [
        pytest.param({}, Relation.PREREQUISITE, Timing.BEFORE, id="prerequisite"),
        pytest.param({}, Relation.RECOMMENDED, Timing.BEFORE, id="recommended"),
        pytest.param({}, Relation.COREQUISITE, Timing.BEFORE_OR_WITH, id="corequisite"),
        pytest.param({"corequisite_timing": "with"}, Relation.COREQUISITE, Timing.WITH, id="strict corequisite"),
        pytest.param({"corequisite_timing": "with"}, Relation.PREREQUISITE, Timing.BEFORE, id="only corequisites"),
    ],
)
def test_what_is_usual_for_a_relation(options: dict[str, Any], relation: Relation, timing: Timing) -> None:
    assert Options(**options).timing_of(relation) is timing


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("system_type", "trimester", id="unknown system"),
        pytest.param("corequisite_timing", "after", id="unknown timing"),
        pytest.param("unknown_references", "ignore", id="unknown answer"),
        pytest.param("external_id_field", "", id="empty field"),
        pytest.param("defaults", ["active"], id="list as a map"),
        pytest.param("colour", "red", id="unknown option"),
    ],
)
def test_options_refuse_what_they_do_not_know(field: str, value: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Options(**{field: value})

    assert [name for name, _ in caught.value.faults] == [field]


@pytest.mark.parametrize(
    ("requirement", "words"),
    [
        pytest.param(Need("A"), "A", id="key"),
        pytest.param(Need("A", 2.5), "A with at least 2.5", id="grade"),
        pytest.param(Need("A", 0), "A with at least 0", id="grade of nothing"),
        pytest.param(Need("A", timing=Timing.BEFORE), "A", id="before"),
        pytest.param(Need("A", timing=Timing.WITH), "A (at the same time)", id="with"),
        pytest.param(Need("A", timing=Timing.BEFORE_OR_WITH), "A (before or at the same time)", id="before or with"),
        pytest.param(Condition("consent"), '"consent"', id="condition"),
        pytest.param(AnyOf("A", "B", "C"), "A or B or C", id="any"),
        pytest.param(AllOf("A", AnyOf("B", "C")), "A and (B or C)", id="nested"),
        pytest.param(AllOf("A", AnyOf("B")), "A and B", id="a branch of one"),
        pytest.param(AtLeast(2, "A", "B", AllOf("C", "D")), "2 of A, B, (C and D)", id="at least"),
    ],
)
def test_a_requirement_in_words(requirement: Requirement, words: str) -> None:
    assert in_words(requirement) == words
