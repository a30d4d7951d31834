import json
from typing import Any

import pytest

from learngraph import AllOf, AnyOf, AtLeast, Condition, Need, Timing, TooManyClausesError, clauses
from tests.shared import SHARED, needs_shared


def _need(written: Any) -> Need:
    return written if isinstance(written, Need) else Need(written)


def _as_clauses(*wanted: tuple[Any, ...]) -> tuple[tuple[Need, ...], ...]:
    return tuple(tuple(map(_need, clause)) for clause in wanted)


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        pytest.param("A", [("A",)], id="a key"),
        pytest.param(["A", Need("B")], [("A",), ("B",)], id="several"),
        pytest.param([], [], id="nothing"),
        pytest.param(Condition("consent"), [], id="a condition alone"),
        pytest.param(AnyOf("A", Condition("consent")), [("A",)], id="a condition beside another"),
        pytest.param(AllOf("A", Condition("consent")), [("A",)], id="a condition that must hold"),
        pytest.param(AnyOf("A", AnyOf("B", "C")), [("A", "B", "C")], id="nested any-ofs"),
        pytest.param(AllOf("A", AllOf("B", "C")), [("A",), ("B",), ("C",)], id="nested all-ofs"),
        pytest.param(AnyOf("A", AllOf("B", "C")), [("A", "B"), ("A", "C")], id="distribution"),
        pytest.param(AllOf("A", AnyOf("A", "B")), [("A",)], id="implied by a single"),
        pytest.param([AnyOf("A", "B"), "A"], [("A",)], id="implied by a later one"),
        pytest.param(AllOf(Need("A", 2), Need("A", 3)), [(Need("A", 3),)], id="a grade by a higher one"),
        pytest.param(AnyOf(Need("A", 2), Need("A", 3)), [(Need("A", 2),)], id="a higher grade beside a lower one"),
        pytest.param(AllOf("A", Need("A", 0)), [(Need("A", 0),)], id="no grade by the lowest one"),
        pytest.param(
            AllOf(Need("A", 3, Timing.WITH), Need("A", 2)),
            [(Need("A", 3, Timing.WITH),), (Need("A", 2),)],
            id="grades at different times",
        ),
        pytest.param(AtLeast(2, "A", "B", "C"), [("A", "B"), ("A", "C"), ("B", "C")], id="two of three, in order"),
        pytest.param(AtLeast(1, "A", "B"), [("A", "B")], id="one of two"),
        pytest.param(AtLeast(2, "A", "B"), [("A",), ("B",)], id="two of two"),
        pytest.param(AtLeast(2, "A", "A", "B"), [("A",)], id="a branch counts once, whatever it shares"),
        pytest.param(AtLeast(2, "A", "B", Condition("c")), [("A",), ("B",)], id="two of what is left of three"),
        pytest.param(
            AtLeast(2, "A", AllOf("B", "C"), "D"),
            [("A", "B"), ("A", "C"), ("A", "D"), ("B", "D"), ("C", "D")],
            id="two of three with a branch",
        ),
        pytest.param(AnyOf(AnyOf(AnyOf("A"))), [("A",)], id="branches of one"),
    ],
)
def test_a_requirement_as_and_of_ors(requirement: Any, expected: list[tuple[Any, ...]]) -> None:
    found = clauses(requirement)

    assert sorted(found, key=repr) == sorted(_as_clauses(*expected), key=repr)


def test_equal_trees_give_equal_clauses_in_equal_order() -> None:
    written = [AllOf("B", AnyOf("C", AllOf("A", "D")), AtLeast(2, "E", "F", "G")) for _ in range(2)]

    assert clauses(written[0]) == clauses(written[1])


def test_what_is_usual_decides_what_is_implied() -> None:
    requirement = AllOf("A", Need("A", timing=Timing.BEFORE_OR_WITH))

    assert len(clauses(requirement, usual=Timing.BEFORE)) == 1
    assert clauses(requirement, usual=Timing.BEFORE)[0][0].timing is None
    assert len(clauses(requirement, usual=Timing.BEFORE_OR_WITH)) == 1
    with_only = AllOf("A", Need("A", timing=Timing.BEFORE))
    assert len(clauses(with_only, usual=Timing.WITH)) == 2


@pytest.mark.parametrize("limit", [1, 9])
def test_the_limit_is_told(limit: int) -> None:
    with pytest.raises(TooManyClausesError) as caught:
        clauses([f"C{number}" for number in range(10)], limit=limit)

    assert caught.value.limit == limit
    assert f"more than {limit} " in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_as_many_clauses_as_the_limit_are_taken() -> None:
    keys = [f"C{number}" for number in range(100)]

    assert clauses(keys) == tuple((Need(key),) for key in keys)
    with pytest.raises(TooManyClausesError):
        clauses([*keys, "one more"])


def test_a_large_any_of_is_one_clause() -> None:
    keys = [f"C{number}" for number in range(5000)]

    assert clauses(AnyOf(keys), limit=1) == (tuple(map(Need, keys)),)


@needs_shared
def test_a_real_requirement_of_4096_clauses_is_refused() -> None:
    lines = (SHARED / "catalogues" / "ucsd.jsonl").read_text(encoding="utf-8").splitlines()
    courses = {record["id"]: record for record in map(json.loads, lines)}

    with pytest.raises(TooManyClausesError):
        clauses(_tree(courses["PHIL 27"]["prerequisites"]))


def _tree(form: dict[str, Any]) -> Any:
    if "course" in form:
        return Need(form["course"])
    if "text" in form:
        return Condition(form["text"])
    if "at_least" in form:
        return AtLeast(form["at_least"], [_tree(part) for part in form["of"]])
    if "any" in form:
        return AnyOf([_tree(part) for part in form["any"]])
    return AllOf([_tree(part) for part in form["all"]])
