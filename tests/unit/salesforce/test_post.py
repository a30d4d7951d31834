"""POST bodies: what is posted, in which order, what is left out, and what stops them."""

from collections.abc import Sequence
from typing import Any

import pytest

import learngraph as lg
from learngraph.salesforce.post import Asides
from tests.builders import codes, course, graph, program
from tests.property.documented_org import record_id

_ID, _OTHER, _BADGE = record_id("0ty", 1), record_id("0ty", 2), record_id("0u9", 3)
_FIELD = {"external_id_field": "Id__c"}


def _batches(bodies: Sequence[dict[str, Any]]) -> list[list[str]]:
    """The keys of the learnings in each body."""
    return [[one["learning"]["name"].removeprefix("About ") for one in body["learnings"]] for body in bodies]


def _refusal(*learnings: Any, **parts: Any) -> lg.Findings:
    with pytest.raises(lg.FindingsError) as caught:
        lg.post_bodies(graph(*learnings, **parts))
    return caught.value.findings


# --- what is posted -------------------------------------------------------------------------------------


def test_an_empty_graph_gives_no_bodies() -> None:
    bodies = lg.post_bodies(graph())

    assert list(bodies) == []
    assert list(bodies.findings) == []


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(course("A", salesforce={"learning_id": _ID}), id="a record"),
        pytest.param(course("A", salesforce={"learning_id": _ID[:15]}), id="a record of 15 characters"),
        pytest.param(lg.Course(key=_ID, name="About A"), id="its key is a record"),
    ],
)
def test_what_has_a_record_is_not_posted_again_and_is_referred_to_by_it(held: lg.Course) -> None:
    bodies = lg.post_bodies(graph(held, course("X", held.key), options=_FIELD))

    assert _batches(bodies) == [["X"]]
    assert bodies[0]["learnings"][0]["prerequisites"] == [{"type": "Single Achievement", "learningId": _ID}]


def test_bodies_hold_at_most_25_learnings_in_graph_order() -> None:
    keys = [f"C{number}" for number in range(60)]

    bodies = lg.post_bodies(graph(*keys))

    assert _batches(bodies) == [keys[:25], keys[25:50], keys[50:]]


@pytest.mark.parametrize(
    "requirement",
    [
        pytest.param({"prerequisites": ["A"]}, id="prerequisite"),
        pytest.param({"corequisites": ["A"]}, id="corequisite"),
        pytest.param({"recommended": ["A"]}, id="recommendation"),
        pytest.param({"prerequisites": [lg.AnyOf("A", "B")]}, id="contributor of a group"),
    ],
)
def test_a_learning_comes_in_a_later_body_than_what_it_refers_to(requirement: dict[str, Any]) -> None:
    bodies = lg.post_bodies(graph(course("X", **requirement), "A", "B", options=_FIELD))

    assert _batches(bodies) == [["A", "B"], ["X"]]


# --- circles --------------------------------------------------------------------------------------------


def test_lab_and_lecture_that_need_one_another_are_posted_with_one_clause_left_for_a_patch() -> None:
    lecture, lab = course("PHYS 1", corequisites=["PHYS 1L"]), course("PHYS 1L", corequisites=["PHYS 1"])

    bodies = lg.post_bodies(graph(lecture, lab, options=_FIELD))

    assert _batches(bodies) == [["PHYS 1L"], ["PHYS 1"]]
    assert codes(bodies.findings) == ["LG411"]
    assert bodies.findings[0].severity is lg.Severity.WARNING
    assert bodies.findings[0].keys == ("PHYS 1L", "PHYS 1")
    assert "corequisite" in bodies.findings[0].message
    assert "corequisites" not in bodies[0]["learnings"][0]


def test_circles_through_different_relations_are_circles() -> None:
    bodies = lg.post_bodies(graph(course("A", "B"), course("B", recommended=["A"]), options=_FIELD))

    assert _batches(bodies) == [["B"], ["A"]]
    assert codes(bodies.findings) == ["LG411"]


def test_of_a_group_that_reaches_back_nothing_is_posted() -> None:
    bodies = lg.post_bodies(graph(course("A", "B"), course("B", lg.AnyOf("A", "C"), "D"), "C", "D", options=_FIELD))

    b = next(one for body in bodies for one in body["learnings"] if one["learning"]["name"] == "About B")
    reference = {"courseExternalId": {"fieldName": "Id__c", "fieldValue": "D"}}
    assert b["prerequisites"] == [{"type": "Single Achievement", **reference}]
    assert codes(bodies.findings) == ["LG411"]
    assert bodies.findings[0].keys == ("B", "A", "C")


def test_a_learning_that_needs_itself_is_posted_without_that_clause() -> None:
    bodies = lg.post_bodies(graph(course("A", "A"), options=_FIELD))

    assert _batches(bodies) == [["A"]]
    assert "prerequisites" not in bodies[0]["learnings"][0]
    assert codes(bodies.findings) == ["LG411"]


def test_a_learning_that_has_a_record_closes_no_circle() -> None:
    held = course("A", "B", salesforce={"learning_id": _ID})

    bodies = lg.post_bodies(graph(held, course("B", "A"), options=_FIELD))

    assert bodies[0]["learnings"][0]["prerequisites"] == [{"type": "Single Achievement", "learningId": _ID}]
    assert list(bodies.findings) == []


# --- what is left out -----------------------------------------------------------------------------------


def test_an_outcome_whose_achievement_has_no_record_is_left_out_and_named() -> None:
    bodies = lg.post_bodies(graph(course("X", outcomes=["badge", _BADGE]), achievements=[lg.Achievement(key="badge")]))

    sent = bodies[0]["learnings"][0]["outcomes"]
    assert sent == [{"type": "Single Achievement", "learningAchievementId": _BADGE}]
    assert codes(bodies.findings) == ["LG406"]
    assert bodies.findings[0].severity is lg.Severity.WARNING


def test_that_equivalents_and_exclusions_are_not_sent_is_said_once() -> None:
    bodies = lg.post_bodies(graph(course("A", equivalents=["B"]), course("B", exclusions=["A"])))

    assert codes(bodies.findings) == ["LG408"]
    assert [sorted(one) for body in bodies for one in body["learnings"]] == [["learning"]] * 2


def test_that_external_ids_are_not_sent_is_said_once_where_no_field_is_named() -> None:
    learnings = [course("A", external_id="A-1"), course("B", external_id="B-1")]

    assert codes(lg.post_bodies(graph(*learnings)).findings) == ["LG415"]
    assert codes(lg.post_bodies(graph(*learnings, options=_FIELD)).findings) == []


def test_asides_are_said_once_for_a_whole_graph() -> None:
    catalogue = graph(course("A", equivalents=["B"], external_id="1"), course("B", exclusions=["A"], external_id="2"))
    asides = Asides(catalogue)

    assert [codes(asides.of(learning)) for learning in catalogue] == [["LG408", "LG415"], []]


def test_conditions_are_left_out_and_carried_as_findings() -> None:
    bodies = lg.post_bodies(graph(course("X", lg.Condition("consent"))))

    assert codes(bodies.findings) == ["LG402"]
    assert _batches(bodies) == [["X"]]


# --- what stops them ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("learning", "code"),
    [
        pytest.param(course("X", "NOPE"), "LG201", id="a reference to what is not there"),
        pytest.param(course("X", "A"), "LG410", id="a reference without record and external id"),
        pytest.param(course("X", lg.AnyOf("A", _BADGE)), "LG404", id="an achievement in an any-of"),
        pytest.param(course("X", "badge"), "LG406", id="a required achievement without a record"),
        pytest.param(course("X", lg.AnyOf(_ID, lg.Need(_OTHER, timing=lg.Timing.WITH))), "LG403", id="mixed timings"),
        pytest.param(
            course("X", lg.AnyOf([lg.AllOf(f"L{n}", f"R{n}") for n in range(12)])), "LG401", id="too many clauses"
        ),
    ],
)
def test_what_cannot_be_written_stops_all_bodies_and_says_what_to_do(learning: lg.Course, code: str) -> None:
    findings = _refusal(learning, "A", achievements=[lg.Achievement(key="badge")])

    assert codes(findings) == [code]
    assert findings[0].subject == "X"
    assert findings[0].hint
    assert findings[0].severity is lg.Severity.ERROR


def test_a_program_alone_cannot_be_told_by_external_id() -> None:
    findings = _refusal(course("X", "P"), program("P"), options=_FIELD)

    assert codes(findings) == ["LG407"]


def test_everything_that_stops_them_is_told_at_once() -> None:
    learnings = (course("X", "NOPE", "NADA"), course("Y", "X"), course("Z", lg.AnyOf(_ID, _BADGE)))

    findings = _refusal(*learnings)

    assert [(finding.code.value, *finding.keys) for finding in findings] == [
        ("LG201", "X", "NOPE"),
        ("LG201", "X", "NADA"),
        ("LG404", "Z"),
        ("LG410", "Y", "X"),
    ]


def test_the_error_is_a_value_error_that_names_each_finding() -> None:
    with pytest.raises(ValueError, match="LG201 X: needs NOPE") as caught:
        lg.post_bodies(graph(course("X", "NOPE"), course("Y", "NADA")))

    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("ignore", [["LG201"], ["LG2"], ["LG4", "LG201"]])
def test_an_ignored_finding_stops_nothing_and_what_it_is_about_is_left_out(ignore: list[str]) -> None:
    catalogue = graph(course("X", "NOPE", _ID), "A")

    bodies = lg.post_bodies(catalogue, ignore=ignore)

    assert _batches(bodies) == [["X", "A"]]
    assert bodies[0]["learnings"][0]["prerequisites"] == [{"type": "Single Achievement", "learningId": _ID}]
    assert "LG201" in codes(bodies.findings)


def test_ignoring_one_code_leaves_the_others_standing() -> None:
    with pytest.raises(lg.FindingsError) as caught:
        lg.post_bodies(graph(course("X", "NOPE", "A"), "A"), ignore=["LG201"])

    assert codes(caught.value.findings) == ["LG410"]


def test_of_an_any_of_with_one_unknown_alternative_nothing_is_sent_rather_than_half() -> None:
    bodies = lg.post_bodies(graph(course("X", lg.AnyOf(_ID, "NOPE"))), ignore=["LG201"])

    assert "prerequisites" not in bodies[0]["learnings"][0]


def test_no_rules_of_check_run() -> None:
    nameless = lg.Course(key="X", cip_code="wrong", active_from="2026-01-01", active_to="2025-01-01")

    bodies = lg.post_bodies(graph(nameless))

    assert list(bodies.findings) == []
    assert len(bodies) == 1


# --- the sequence ---------------------------------------------------------------------------------------


def test_bodies_are_a_sequence_with_a_short_repr() -> None:
    bodies = lg.post_bodies(graph("A", "B", "C", options={"dialect": {"batch_size": 2}}))

    assert repr(bodies) == "<Bodies: 3 learnings in 2 bodies, 0 findings>"
    assert bodies[-1] == bodies[1] == list(bodies)[1]
    assert list(bodies[:1]) == [bodies[0]]


def test_the_graph_is_not_changed() -> None:
    catalogue = graph(course("X", lg.AnyOf("A", lg.AllOf("B", "C"))), "A", "B", "C", options=_FIELD)
    before = catalogue.copy()

    lg.post_bodies(catalogue)

    assert catalogue == before
