import json

import pytest

from learngraph import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    LearningGraph,
    Need,
    PlanRequirement,
    ProgramPlan,
    UnknownKeyError,
    attainability,
    explain,
    most_helpful_change,
    read,
    what_if,
)
from learngraph.logic.compiled import Branch, Leaf, Reading
from learngraph.logic.wording import node_in_words
from learngraph.model.relation import Timing
from tests.builders import course, graph, program
from tests.shared import SHARED, needs_shared


def _catalogue() -> LearningGraph:
    plan = ProgramPlan(key="plan", program="BS", requirements=[PlanRequirement(needs="C")])
    return graph(
        "A", course("B", Need("A", 3), duration=3, duration_unit="Credit Hours"), "X",
        course("C", AllOf("B", AnyOf("A", "X")), recommended=[Condition("a good night's sleep")]),
        course("D", "C"), program("BS"), program_plans=[plan],
    )  # fmt: skip


def test_an_explanation_says_what_an_adviser_would() -> None:
    assert str(explain(_catalogue(), key="C")).splitlines() == [
        "C About C",
        "",
        "What it takes",
        "  prerequisites, all of these:",
        "    B",
        "    A or X",
        '  recommended: "a good night\'s sleep"',
        "  on every way to it: 2 (A, B)",
        "",
        "When",
        "  C can be taken in term 3 at the earliest: C needs B before it",
        "  one of the quickest ways:",
        "    term 1: A",
        "    term 2: B",
        "    term 3: C",
        "",
        "What it opens",
        "  it counts in BS",
        "  in the next term: D",
        "  never without it: D",
        "",
        "What would help most",
        "  if B could be taken at the same time as A, C could be taken in term 2; 2 others could be taken earlier, too",
    ]


def test_what_asks_for_nothing_is_explained_shortly() -> None:
    text = str(explain(graph(course("A", duration=4)), key="A"))

    assert "A About A (4)" in text
    assert "nothing: it can be taken at once" in text
    assert "A can be taken in term 1 at the earliest\n" in text
    assert "nothing that is closed without it" in text
    assert "nothing: it can be taken in the first term" in text


def test_what_can_never_be_taken_is_explained_with_what_would_help() -> None:
    found = explain(graph(course("A", "B"), course("B", corequisites=["A"]), course("C", "A")), key="C")

    assert found.way == {}
    assert found.why.term is None
    assert "C can never be taken: C needs A before it; A needs B before it; B needs A" in str(found)
    assert str(found.change) == (
        "if A could be taken at the same time as B, C could be taken in term 2; "
        "so could 2 others that nobody can take now"
    )


def test_the_least_is_told_where_it_is_asked_for() -> None:
    found = explain(_catalogue(), key="C", least=True)

    assert [one.of for one in found.least] == ["learnings", "credits"]
    assert "it takes 3 learnings" in str(found)


def test_an_explanation_is_json_and_a_table() -> None:
    found = explain(_catalogue(), key="C")

    record = json.loads(json.dumps(found.to_json()))
    assert record["format"] == "learngraph-explanation/1"
    assert record["way"] == [{"term": 1, "keys": ["A"]}, {"term": 2, "keys": ["B"]}, {"term": 3, "keys": ["C"]}]
    assert ("What it opens", "it counts in BS") in found.table.rows
    assert repr(found) == "<Explanation of 'C': term 3, 1 never without it>"


def test_a_key_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(UnknownKeyError, match="NOPE"):
        explain(graph("A"), key="NOPE")


@pytest.mark.parametrize(
    ("made", "learning", "together"),
    [
        pytest.param(graph("A", course("B", "A"), course("K", "B")), "B", True, id="the step that others gain by, too"),
        pytest.param(graph(course("K", "K")), "K", False, id="what asks for itself can only be let go"),
        pytest.param(graph(course("B", "B"), course("K", "B")), "B", False, id="the root of the trouble"),
    ],
)
def test_the_change_is_the_smallest_that_helps(made: LearningGraph, learning: str, together: bool) -> None:  # noqa: FBT001 - of a table
    change = most_helpful_change(made, key="K")

    assert change is not None
    assert (change.learning, change.together) == (learning, together)


def test_no_single_change_helps_where_two_ways_are_as_long() -> None:
    made = graph("A", "X", course("B", "A"), course("Y", "X"), course("K", "B", "Y"))

    assert most_helpful_change(made, key="K") is None
    assert "no single change" in str(explain(made, key="K"))


def test_what_the_change_promises_is_so() -> None:
    made = graph("A", course("B", "A"), course("C", "B"), course("D", "C"), course("K", "D", AnyOf("B", "A")))
    change = most_helpful_change(made, key="K")

    assert change is not None
    held = made[change.learning].prerequisites
    loosened = tuple(need.replaced(timing=Timing.BEFORE_OR_WITH) if isinstance(need, Need) else need for need in held)
    then = attainability(what_if.replacing(made, made[change.learning].replaced(prerequisites=loosened)))
    assert then.terms["K"] == change.term < (attainability(made).terms["K"] or 0)
    now = attainability(made).terms
    assert change.earlier == sum((then.terms[key] or 9) < (now[key] or 9) for key in now if key != "K")


def test_trees_are_told_as_they_were_written() -> None:
    leaf = Leaf(("A",), Timing.BEFORE, (Need("A"),))
    other = Leaf(("B", "C"), Timing.BEFORE, (Need("B"), Need("C", 2)))

    assert node_in_words(Branch(2, (leaf, other))) == "A and (B or C with at least 2)"
    assert node_in_words(Branch(1, (leaf, Branch(2, (leaf, leaf))))) == "A or (A and A)"
    assert node_in_words(Branch(2, (leaf, leaf, other)), bare=True) == "2 of A, A, (B or C)"
    assert node_in_words(Leaf(("Y", "Z"), Timing.WITH)) == "Y or Z"


def test_an_at_least_is_explained() -> None:
    text = str(explain(graph("A", "B", "C", course("K", AtLeast(2, "A", "B", "C"))), key="K"))

    assert "prerequisites: 2 of A, B, C" in text
    assert "K needs A or B before it" in text


@needs_shared
@pytest.mark.parametrize(
    ("name", "key", "told"),
    [
        pytest.param("ucsd", "MATH 20B", "never without it: 128 (", id="what opens at UCSD"),
        pytest.param("ucsd", "DSC 500", "if DSC 500 did not ask for DSC 500", id="a course that asks for itself"),
        pytest.param("itu", "ARC 4902E", "MIM 321, MIM 321E, MIM 304E, MIM 304 or ARC 304E, each with DD", id="grades"),
    ],
)
def test_courses_of_real_catalogues_are_explained(name: str, key: str, told: str) -> None:
    catalogue = read(SHARED / "catalogues" / f"{name}.jsonl", grades="itu" if name == "itu" else None)

    assert told in str(explain(catalogue, key=key))


@pytest.mark.parametrize(
    ("unknown", "told"),
    [
        ("neutral", "not in the catalogue: X1, X2 (an any-of does without it, elsewhere it counts as met)"),
        ("met", "not in the catalogue: X1, X2 (it counts as met)"),
        ("unmet", "not in the catalogue: X1, X2 (it counts as not met)"),
    ],
)
def test_what_is_named_and_not_there_is_told_with_how_it_was_read(unknown: Reading, told: str) -> None:
    found = explain(graph(course("K", AnyOf("X1", "K"), "X2", "X1")), key="K", unknown=unknown)

    assert found.missing == ("X1", "X2")
    assert told in str(found)
