import sys
from typing import Any

import pytest

from learngraph import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    InvalidValueError,
    MissingExtraError,
    Need,
    Outcome,
    UnknownKeyError,
    fewest,
)
from tests.builders import course, graph, program

_SHORT_AND_LIGHT = graph(
    course("A", duration=1),
    course("B", "A", duration=1),
    course("C", duration=4),
    course("D", AnyOf(AllOf("A", "B"), "C"), duration=3),
)


@pytest.mark.parametrize(
    ("of", "terms", "bound"),
    [
        pytest.param("learnings", (("C",), ("D",)), 2, id="few"),
        pytest.param("credits", (("A",), ("B",), ("D",)), 5, id="light"),
    ],
)
def test_fewest_learnings_and_fewest_credits_can_be_different_sets(of: Any, terms: Any, bound: int) -> None:
    found = fewest(_SHORT_AND_LIGHT, key="D", of=of)

    assert (found.terms, found.bound, found.optimal, found.reachable) == (terms, bound, True, True)


@pytest.mark.parametrize(
    ("learnings", "keys"),
    [
        pytest.param(["K"], ("K",), id="nothing is needed"),
        pytest.param([course("K", AtLeast(2, "A", "B", "C")), "C", "B", "A"], ("C", "B", "K"), id="some of several"),
        pytest.param([course("K", AtLeast(2, "A", "A", "B")), "A", "B"], ("A", "K"), id="a branch counts once"),
        pytest.param(
            [course("K", AtLeast(2, AllOf("A", "B"), "C", AnyOf("D", "C"))), "A", "B", "C", "D"],
            ("C", "K"),
            id="nested",
        ),
        pytest.param(
            [course("K", corequisites=["L"]), course("L", corequisites=["K"])], ("K", "L"), id="taken together"
        ),
        pytest.param(
            [course("K", "A"), course("A", AnyOf("B", "C")), course("B", "A"), course("C", "D"), "D"],
            ("D", "C", "A", "K"),
            id="no circle supports itself",
        ),
        pytest.param([course("K", "A"), course("A", "X", equivalents=["B"]), "X", "B"], ("B", "K"), id="an equivalent"),
        pytest.param(
            [course("K", "badge"), course("A", "B", outcomes=[Outcome(achievement="badge")]), "B"],
            ("B", "A", "K"),
            id="an achievement",
        ),
        pytest.param([program("K", AnyOf("A", "B")), course("A", "C"), "B", "C"], ("B", "K"), id="a program"),
        pytest.param(
            [course("K", AnyOf(Condition("consent"), "A"), "X"), "A"], ("A", "K"), id="the unknown is neutral"
        ),
        pytest.param([course("K", recommended=["A"]), "A"], ("K",), id="a recommendation"),
        pytest.param([course("K", AnyOf("B", "A")), "A", "B"], ("A", "K"), id="of equals the first in the graph"),
    ],
)
def test_the_set_is_the_smallest(learnings: list[Any], keys: tuple[str, ...]) -> None:
    found = fewest(graph(*learnings), key="K")

    assert found.keys == keys
    assert found.optimal


@pytest.mark.parametrize(
    ("unknown", "keys"),
    [
        pytest.param("neutral", ("A", "K"), id="neutral"),
        pytest.param("met", ("K",), id="met"),
        pytest.param("unmet", ("A", "K"), id="unmet"),
    ],
)
def test_the_unknown_is_read_as_it_is_told(unknown: Any, keys: tuple[str, ...]) -> None:
    assert fewest(graph(course("K", AnyOf(Condition("consent"), "A")), "A"), key="K", unknown=unknown).keys == keys


def test_what_cannot_be_reached_is_told_and_not_raised() -> None:
    found = fewest(graph(course("K", Need("K"))), key="K")

    assert (found.reachable, found.terms, found.words) == (False, (), "K cannot be reached")


def test_what_is_done_counts_nothing_and_asks_for_nothing() -> None:
    catalogue = graph(course("K", "A", "B"), course("A", "A"), "B")

    assert fewest(catalogue, key="K", done=["A"]).terms == (("B",), ("K",))
    assert fewest(catalogue, key="A", done=["A"]).words == "A is done already"


def test_what_is_done_meets_a_need_as_an_equivalent() -> None:
    catalogue = graph(course("K", "A"), course("A", "A", equivalents=["B"]), course("B", "B"))

    assert fewest(catalogue, key="K", done=["B"]).terms == (("K",),)


def test_decimals_are_summed_as_they_are_written() -> None:
    parts = [course(key, duration=0.1) for key in "ABC"]
    catalogue = graph(course("K", AnyOf(AllOf("A", "B", "C"), "D")), *parts, course("D", duration=0.31))

    found = fewest(catalogue, key="K", of="credits")

    assert (found.keys, found.credits, found.bound, found.without_credits) == (("A", "B", "C", "K"), 0.3, 0.3, ("K",))


def test_a_search_that_ends_too_early_still_gives_a_set_and_what_is_proven() -> None:
    found = fewest(_SHORT_AND_LIGHT, key="D", of="credits", time_limit=1e-9)

    assert found.keys[-1] == "D"
    assert not found.optimal
    assert found.bound == 3
    assert "at least 3 credits are needed" in found.words


def test_a_long_chain_is_no_obstacle() -> None:
    keys = [f"C{number}" for number in range(2000)]
    chain = [course(key, *before) for key, before in zip(keys, [(), *((key,) for key in keys)], strict=False)]

    assert fewest(graph(*chain), key=keys[-1]).keys == tuple(keys)


def test_it_is_seen_as_a_table() -> None:
    found = fewest(_SHORT_AND_LIGHT, key="D")

    assert found.table.rows == [(1, "C", 4), (2, "D", 3)]
    assert repr(found) == (
        "<Fewest: it takes 2 learnings (7 credits) in 2 terms to reach D, and no fewer learnings will do>"
    )


@pytest.mark.parametrize(
    ("stated", "error"),
    [
        pytest.param({"key": "X"}, UnknownKeyError, id="key"),
        pytest.param({"done": ["X"]}, UnknownKeyError, id="done"),
        pytest.param({"of": "terms"}, InvalidValueError, id="of"),
        pytest.param({"unknown": "perhaps"}, InvalidValueError, id="unknown"),
        pytest.param({"time_limit": 0}, InvalidValueError, id="time limit"),
        pytest.param({"time_limit": float("nan")}, InvalidValueError, id="no number"),
    ],
)
def test_a_mistake_in_the_call_is_raised(stated: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        fewest(_SHORT_AND_LIGHT, **{"key": "D", **stated})


def test_durations_that_no_solver_can_sum_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="too large or too fine"):
        fewest(graph(course("K", duration=1e300)), key="K", of="credits")


def test_a_missing_solver_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'learngraph\[solver\]'"):
        fewest(_SHORT_AND_LIGHT, key="D")
