"""Requirement trees as what the org can hold: where a clause goes, what is left out, and what is told."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.salesforce.lower import lower
from tests.builders import course, graph
from tests.property.documented_org import record_id

_BADGE, _RECORD = record_id("0u9", 1), record_id("0ty", 2)
_BEFORE, _TOGETHER, _WITH = lg.Timing.BEFORE, lg.Timing.BEFORE_OR_WITH, lg.Timing.WITH
_CONSENT = lg.Condition("consent")
_KEYS = ("A", "B", "C", "D")


def _lowered(
    *prerequisites: Any,
    dialect: dict[str, Any] | None = None,
    options: dict[str, Any] | None = None,
    achievements: Any = (),
    **fields: Any,
) -> tuple[dict[str, str], list[lg.Finding]]:
    """Lower the requirements of X; each relation in words, "A2" for a grade, "|" between alternatives."""
    learning = course("X", *prerequisites, **fields)
    wanted = graph(learning, *_KEYS, options=options, achievements=achievements)
    found = lower(learning, wanted, lg.Dialect(**(dialect or {})))
    held = {
        relation.field: " & ".join("|".join(map(_word, clause)) for clause in clauses)
        for relation, clauses in found.clauses.items()
        if clauses
    }
    return held, list(found.findings)


def _in(relation: str, *trees: Any) -> dict[str, Any]:
    return {relation: trees}


def _word(need: lg.Need) -> str:
    assert need.timing is None, "the relation says the timing"
    return f"{need.key}{'' if need.minimum_grade is None else need.minimum_grade}"


def _told(findings: list[lg.Finding]) -> list[str]:
    return [finding.code.value for finding in findings]


# --- timing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "timing", "place"),
    [
        pytest.param("prerequisites", None, "prerequisites", id="a prerequisite is before"),
        pytest.param("prerequisites", _BEFORE, "prerequisites", id="a prerequisite that says before"),
        pytest.param("prerequisites", _TOGETHER, "corequisites", id="a prerequisite that may be concurrent"),
        pytest.param("corequisites", None, "corequisites", id="a corequisite"),
        pytest.param("corequisites", _TOGETHER, "corequisites", id="a corequisite that says so"),
        pytest.param("corequisites", _BEFORE, "prerequisites", id="a corequisite that must be before"),
        pytest.param("recommended", None, "recommended", id="a recommendation stays"),
        pytest.param("recommended", _TOGETHER, "recommended", id="a recommendation stays, whatever its timing"),
        pytest.param("recommended", _WITH, "recommended", id="a recommendation stays, with or not"),
    ],
)
@pytest.mark.parametrize("several", [pytest.param(False, id="single"), pytest.param(True, id="any-of")])
def test_timing_decides_the_relation_wherever_a_need_was_written(
    written: str,
    timing: lg.Timing | None,
    place: str,
    several: bool,  # noqa: FBT001 - a row of the table
) -> None:
    needs = [lg.Need("A", timing=timing), lg.Need("B", 2, timing=timing)]
    tree = lg.AnyOf(needs) if several else needs[0]

    held, findings = _lowered(**_in(written, tree))

    assert held == {place: "A|B2" if several else "A"}
    assert findings == []


def test_the_options_say_what_a_corequisite_is_that_states_no_timing() -> None:
    before, _ = _lowered(corequisites=["A"], options={"corequisite_timing": "before"})
    together, told = _lowered(corequisites=["A"], options={"corequisite_timing": "with"})

    assert before == {"prerequisites": "A"}
    assert together == {"corequisites": "A"}
    assert _told(told) == ["LG417"]


@pytest.mark.parametrize(
    ("meaning", "timing", "told"),
    [
        pytest.param("before_or_with", _TOGETHER, [], id="both allow before"),
        pytest.param("before_or_with", _WITH, ["LG417"], id="the org will allow before, too"),
        pytest.param("with", _WITH, [], id="both ask for the same time"),
        pytest.param("with", _TOGETHER, ["LG417"], id="the org will ask for the same time"),
    ],
)
def test_what_the_org_means_by_corequisite_is_told_where_it_differs(
    meaning: str, timing: lg.Timing, told: list[str]
) -> None:
    held, findings = _lowered(lg.Need("A", timing=timing), dialect={"corequisite": meaning})

    assert held == {"corequisites": "A"}
    assert _told(findings) == told
    assert all(finding.severity is lg.Severity.WARNING for finding in findings)


@pytest.mark.parametrize(
    ("setting", "place", "told"),
    [
        pytest.param("refuse", None, ["LG403"], id="refused"),
        pytest.param("corequisite", "corequisites", ["LG417"], id="whole as a corequisite"),
        pytest.param("prerequisite", "prerequisites", ["LG417"], id="whole as a prerequisite"),
    ],
)
@pytest.mark.parametrize("written", ["prerequisites", "corequisites"])
def test_an_any_of_of_mixed_timings_goes_where_the_dialect_says(
    written: str, setting: str, place: str | None, told: list[str]
) -> None:
    mixed = lg.AnyOf(lg.Need("A", timing=_BEFORE), lg.Need("B", timing=_TOGETHER))

    held, findings = _lowered(**_in(written, mixed, "C"), dialect={"mixed_timings": setting})

    mixed_at = {} if place is None else {place: "A|B"}
    other_at = {written: "C"}
    assert {name: set(text.split(" & ")) for name, text in held.items()} == {
        name: {text for one in (mixed_at, other_at) if (text := one.get(name))}
        for name in mixed_at.keys() | other_at.keys()
    }
    assert _told(findings) == told


def test_alternatives_that_may_be_concurrent_or_must_be_are_no_mixture() -> None:
    held, findings = _lowered(lg.AnyOf(lg.Need("A", timing=_WITH), lg.Need("B", timing=_TOGETHER)))

    assert held == {"corequisites": "A|B"}
    assert _told(findings) == ["LG417"]


def test_the_same_clause_of_two_relations_is_held_once() -> None:
    held, findings = _lowered(lg.Need("A", timing=_TOGETHER), corequisites=["A"])

    assert held == {"corequisites": "A"}
    assert findings == []


# --- conditions and unknown references ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "held", "effect"),
    [
        pytest.param(lg.AnyOf("A", _CONSENT), "A", "stricter", id="of an any-of"),
        pytest.param(lg.AtLeast(1, "A", "B", _CONSENT), "A|B", "stricter", id="of an at-least with enough left"),
        pytest.param(lg.AtLeast(3, "A", "B", _CONSENT), "A & B", "looser", id="of an at-least with too few left"),
        pytest.param(lg.AllOf("A", _CONSENT), "A", "looser", id="of an all-of"),
        pytest.param(_CONSENT, None, "looser", id="alone"),
        pytest.param(lg.AnyOf("A", lg.AllOf(_CONSENT)), "A", "stricter", id="a branch left empty goes too"),
        pytest.param(lg.AnyOf("A", lg.AllOf("B", _CONSENT)), "A|B", "looser", id="of an alternative"),
    ],
)
def test_a_condition_is_left_out_and_its_effect_is_told_once(tree: Any, held: str | None, effect: str) -> None:
    found, findings = _lowered(tree)

    assert found == ({} if held is None else {"prerequisites": held})
    assert _told(findings) == ["LG402"]
    assert findings[0].severity is lg.Severity.WARNING
    assert f"will be {effect}" in findings[0].message
    assert "consent" in findings[0].message


def test_each_condition_is_told_also_where_distribution_repeats_its_branch() -> None:
    either = lg.AnyOf(lg.AllOf("A", "B", _CONSENT), lg.AllOf("C", "D", lg.Condition("standing")))

    _, findings = _lowered(either)

    assert sorted(finding.cause for finding in findings) == ["consent", "standing"]


@pytest.mark.parametrize(
    ("tree", "held", "effect"),
    [
        pytest.param(lg.AnyOf("A", "NOPE"), "A", "students who have only NOPE will be stopped", id="an alternative"),
        pytest.param(lg.AllOf("A", "NOPE"), "A", "NOPE is not asked for", id="of an all-of"),
        pytest.param("NOPE", None, "NOPE is not asked for", id="alone"),
    ],
)
def test_an_unknown_reference_is_left_out_where_the_options_say_so(tree: Any, held: str | None, effect: str) -> None:
    found, findings = _lowered(tree, options={"unknown_references": "leave_out"})

    assert found == ({} if held is None else {"prerequisites": held})
    assert _told(findings) == ["LG416"]
    assert effect in findings[0].message


def test_an_unknown_reference_stays_where_the_options_refuse_it_so_that_a_body_can_say_so() -> None:
    held, findings = _lowered(lg.AnyOf("A", "NOPE"))

    assert held == {"prerequisites": "A|NOPE"}
    assert findings == []


def test_a_record_is_never_an_unknown_reference() -> None:
    held, findings = _lowered(lg.AnyOf("A", _RECORD), options={"unknown_references": "leave_out"})

    assert held == {"prerequisites": f"A|{_RECORD}"}
    assert findings == []


# --- shapes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "held"),
    [
        pytest.param(lg.AllOf("A", lg.AnyOf("B", "C")), "A & B|C", id="an all-of is several requirements"),
        pytest.param(lg.AnyOf("A", lg.AllOf("B", "C")), "A|B & A|C", id="an any-of is distributed"),
        pytest.param(lg.AtLeast(2, "A", "B", "C"), "A|B & A|C & B|C", id="2 of 3"),
        pytest.param(lg.AtLeast(1, "A", "B"), "A|B", id="1 of 2"),
        pytest.param(lg.AtLeast(2, "A", "B"), "A & B", id="2 of 2"),
        pytest.param(lg.AllOf("A", lg.AnyOf("A", "B")), "A", id="what is implied falls away"),
        pytest.param(lg.AllOf(lg.Need("A", 2), lg.Need("A", 3)), "A3", id="a grade is implied by a higher one"),
        pytest.param(lg.AnyOf(lg.Need("A", 2), lg.Need("A", 3)), "A2", id="of two grades the lower one is enough"),
    ],
)
def test_a_tree_becomes_singles_and_any_ofs(tree: Any, held: str) -> None:
    found, findings = _lowered(tree)

    said = {frozenset(clause.split("|")) for clause in found["prerequisites"].split(" & ")}
    assert said == {frozenset(clause.split("|")) for clause in held.split(" & ")}
    assert len(found["prerequisites"].split(" & ")) == len(said)
    assert findings == []


def test_too_many_clauses_are_refused_with_the_relation_and_the_limit() -> None:
    pairs = lg.AnyOf(lg.AllOf("A", "B"), lg.AllOf("C", "D"))

    held, findings = _lowered(pairs, corequisites=["A"], dialect={"clause_limit": 3})

    assert _told(findings) == ["LG401"]
    assert findings[0].severity is lg.Severity.ERROR
    assert "prerequisites" in findings[0].message
    assert "3" in findings[0].message
    assert held == {"corequisites": "A"}
    assert _told(_lowered(pairs, dialect={"clause_limit": 4})[1]) == []


def test_a_tree_of_many_thousand_clauses_is_refused_quickly() -> None:
    twelve = lg.AnyOf([lg.AllOf(f"L{number}", f"R{number}") for number in range(12)])  # 4,096 clauses

    held, findings = _lowered(twelve)

    assert held == {}
    assert _told(findings) == ["LG401"]


@pytest.mark.parametrize("key", [pytest.param("badge", id="by its key"), pytest.param(_BADGE, id="by its record")])
def test_an_achievement_cannot_stand_in_an_any_of(key: str) -> None:
    badge = lg.Achievement(key="badge", record_id=_BADGE)

    held, findings = _lowered(lg.AnyOf("A", key), "B", achievements=[badge])

    assert held == {"prerequisites": "B"}
    assert _told(findings) == ["LG404"]


def test_an_achievement_alone_can_be_required() -> None:
    held, findings = _lowered("badge", achievements=[lg.Achievement(key="badge", record_id=_BADGE)])

    assert held == {"prerequisites": "badge"}
    assert findings == []


def test_an_achievement_without_a_record_cannot_be_required() -> None:
    held, findings = _lowered("badge", "A", achievements=[lg.Achievement(key="badge")])

    assert held == {"prerequisites": "A"}
    assert [(finding.code.value, finding.severity.value) for finding in findings] == [("LG406", "error")]


@pytest.mark.parametrize(
    "extent",
    [
        pytest.param({"duration": 3, "duration_unit": "Credit Hours"}, id="with its unit"),
        pytest.param({"duration": 3}, id="without a unit"),
    ],
)
def test_a_duration_in_an_any_of_is_left_out_and_told(extent: dict[str, Any]) -> None:
    learning = course("X", lg.AnyOf(lg.Need("A", 2, **extent), "B"))

    lowered = lower(learning, graph(learning, *_KEYS), lg.Dialect())

    assert lowered.clauses[lg.Relation.PREREQUISITE] == ((lg.Need("A", 2), lg.Need("B")),)
    assert _told(list(lowered.findings)) == ["LG405"]


def test_a_duration_of_a_single_stays() -> None:
    need = lg.Need("A", duration=3, duration_unit="Credit Hours")
    learning = course("X", need)

    lowered = lower(learning, graph(learning, *_KEYS), lg.Dialect())

    assert lowered.clauses[lg.Relation.PREREQUISITE] == ((need,),)
    assert lowered.findings == ()


def test_where_groups_mean_all_of_an_any_of_is_refused_and_a_single_is_not() -> None:
    held, findings = _lowered(lg.AnyOf("A", "B"), "C", dialect={"group": "all_of"})

    assert held == {"prerequisites": "C"}
    assert [(finding.code.value, finding.severity.value) for finding in findings] == [("LG418", "error")]


def test_a_record_of_a_learning_in_the_graph_is_that_learning() -> None:
    learning = course("X", lg.AnyOf(_RECORD[:15], "B"))
    wanted = graph(learning, course("A", salesforce={"learning_id": _RECORD}), "B")

    lowered = lower(learning, wanted, lg.Dialect())

    assert lowered.clauses[lg.Relation.PREREQUISITE] == ((lg.Need("A"), lg.Need("B")),)


def test_a_learning_named_by_key_and_by_record_is_one_alternative() -> None:
    learning = course("X", lg.AnyOf(_RECORD, "A"))
    wanted = graph(learning, course("A", salesforce={"learning_id": _RECORD}))

    lowered = lower(learning, wanted, lg.Dialect())

    assert lowered.clauses[lg.Relation.PREREQUISITE] == ((lg.Need("A"),),)


@pytest.mark.parametrize(
    "tree",
    [
        pytest.param(lg.AnyOf(lg.Need(_RECORD, 3), lg.Need("A", 2)), id="of two grades the lower one is enough"),
        pytest.param(lg.AllOf(_RECORD, lg.Need("A", 2)), id="a grade implies completion"),
    ],
)
def test_key_and_record_are_one_learning_also_where_one_grade_implies_the_other(tree: Any) -> None:
    learning = course("X", tree)
    wanted = graph(learning, course("A", salesforce={"learning_id": _RECORD}))

    lowered = lower(learning, wanted, lg.Dialect())

    assert lowered.clauses[lg.Relation.PREREQUISITE] == ((lg.Need("A", 2),),)


def test_what_is_found_names_the_learning_and_says_what_would_mend_it() -> None:
    mixed = lg.AnyOf(lg.Need("A", timing=_WITH), "B")
    trees = (mixed, lg.AllOf("C", _CONSENT), lg.AnyOf("D", _BADGE))

    _, findings = _lowered(*trees)

    assert sorted(_told(findings)) == ["LG402", "LG403", "LG404"]
    assert all(finding.subject == "X" and finding.hint for finding in findings)
