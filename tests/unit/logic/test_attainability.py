import time
from typing import Any

import pytest

from learngraph import (
    Achievement,
    AnyOf,
    AtLeast,
    Condition,
    InvalidValueError,
    LearningGraph,
    Need,
    RecordIds,
    Timing,
    attainability,
)
from learngraph.logic.compiled import Reading
from tests.builders import course, graph, program

_RECORD = "0tyLT0000000AQnYAM"


@pytest.mark.parametrize(
    ("made", "terms"),
    [
        pytest.param(graph(), {}, id="nothing"),
        pytest.param(graph(course("C", "B"), course("B", "A"), "A"), {"C": 3, "B": 2, "A": 1}, id="a chain"),
        pytest.param(graph(course("A", "A")), {"A": None}, id="itself"),
        pytest.param(graph(course("A", {"any": ["A", "B"]}), "B"), {"A": 2, "B": 1}, id="itself or another"),
        pytest.param(graph(course("A", "B"), course("B", "A")), {"A": None, "B": None}, id="a circle"),
        pytest.param(
            graph(course("A", "B"), course("B", {"any": ["A", "C"]}), "C"),
            {"A": 3, "B": 2, "C": 1},
            id="a circle that an alternative leaves",
        ),
        pytest.param(
            graph(course("A", corequisites=["L"]), course("L", corequisites=["A"])),
            {"A": 1, "L": 1},
            id="mutual corequisites",
        ),
        pytest.param(graph(course("A", corequisites=["A"])), {"A": 1}, id="its own corequisite"),
        pytest.param(
            graph(course("A", Need("L", timing=Timing.WITH)), course("L", "P"), "P"),
            {"A": 2, "L": 2, "P": 1},
            id="taken with what comes later",
        ),
        pytest.param(
            graph(course("A", corequisites=[Need("L", timing=Timing.BEFORE)]), course("L", corequisites=["A"])),
            {"A": None, "L": None},
            id="one before the other and with it",
        ),
        pytest.param(
            graph("A", "B", course("X", AtLeast(2, "A", "B", "Y")), course("Y", "X")),
            {"A": 1, "B": 1, "X": 2, "Y": 3},
            id="two of three, one of which comes later",
        ),
        pytest.param(graph(course("A", recommended=["A"])), {"A": 1}, id="recommendations hold nothing back"),
        pytest.param(
            graph(course("A", "N", equivalents=["H"]), "H", course("B", "A"), course("N", "N")),
            {"A": None, "H": 1, "B": 2, "N": None},
            id="an equivalent counts as the learning",
        ),
        pytest.param(
            graph(course("B", "badge"), course("A", outcomes=["badge"]), achievements=[Achievement(key="badge")]),
            {"B": 2, "A": 1},
            id="an achievement that another grants",
        ),
        pytest.param(
            graph(course("A", "badge", outcomes=["badge"])), {"A": None}, id="an achievement that it alone grants"
        ),
        pytest.param(
            graph(course("B", _RECORD), course("A", salesforce=RecordIds(learning_id=_RECORD))),
            {"B": 2, "A": 1},
            id="named by its record",
        ),
        pytest.param(graph(program("P", "A"), "A"), {"P": 2, "A": 1}, id="a program"),
    ],
)
def test_the_earliest_terms(made: LearningGraph, terms: dict[str, int | None]) -> None:
    found = attainability(made)

    assert dict(found.terms) == terms
    assert list(found.terms) == [learning.key for learning in made]
    assert found.unattainable == tuple(key for key, term in terms.items() if term is None)


@pytest.mark.parametrize(
    ("requirement", "neutral", "met", "unmet"),
    [
        pytest.param("nowhere", 1, 1, None, id="alone"),
        pytest.param(Condition("consent"), 1, 1, None, id="a condition alone"),
        pytest.param(AnyOf("A", "nowhere"), 2, 1, 2, id="beside another"),
        pytest.param(AnyOf("X", "nowhere"), None, 1, None, id="beside what cannot be reached"),
        pytest.param(AnyOf("nowhere", Condition("consent")), 1, 1, None, id="beside its like"),
        pytest.param({"all": ["A", "nowhere"]}, 2, 2, None, id="where it must hold"),
        pytest.param(AtLeast(2, "A", "nowhere", "elsewhere"), 2, 1, None, id="two of three, one of which is left"),
        pytest.param(AtLeast(1, "X", "nowhere", "A"), 2, 1, 2, id="one of three"),
        pytest.param("medal", 1, 1, None, id="an achievement that nothing grants"),
        pytest.param(_RECORD, 1, 1, None, id="a record that is not in the graph"),
    ],
)
def test_what_is_not_known_has_three_readings(
    requirement: Any, neutral: int | None, met: int | None, unmet: int | None
) -> None:
    made = graph("A", course("X", requirement), achievements=[Achievement(key="medal")])

    readings: tuple[Reading, ...] = ("neutral", "met", "unmet")
    found = [attainability(made, unknown=reading).terms["X"] for reading in readings]
    assert found == [neutral, met, unmet]
    assert attainability(made).terms["X"] == neutral


def test_the_usual_timing_of_corequisites_is_the_one_of_the_options() -> None:
    learnings = (course("A", corequisites=["L"]), course("L", corequisites=["A"]))

    assert attainability(graph(*learnings)).unattainable == ()
    assert attainability(graph(*learnings, options={"corequisite_timing": "before"})).unattainable == ("A", "L")


def test_it_shows_itself_on_one_line() -> None:
    shown = repr(attainability(graph("A", course("B", "A"), course("X", "X"))))

    assert "\n" not in shown
    assert all(number in shown for number in ("3 learnings", "2 terms", "1 out of reach"))


@pytest.mark.parametrize(
    "made",
    [
        pytest.param([course(f"{n}", f"{n - 1}") if n else course("0") for n in range(5000)], id="one long chain"),
        pytest.param([course(f"{n}", corequisites=[f"{n + 1}"]) for n in range(5000)], id="corequisites in a row"),
        pytest.param(
            [course("0", "0"), *(course(f"{n}", corequisites=[f"{n - 1}"]) for n in range(1, 5000))],
            id="corequisites of what cannot be reached",
        ),
    ],
)
def test_thousands_of_learnings_take_no_time_worth_naming(made: list[Any]) -> None:
    started = time.monotonic()

    attainability(graph(*made))

    assert time.monotonic() - started < 5


@pytest.mark.parametrize("reading", ["foo", "itself", ""])
def test_a_reading_that_is_none_is_refused(reading: Any) -> None:
    with pytest.raises(InvalidValueError, match=f"'{reading}' is none of neutral, met, unmet"):
        attainability(graph("A"), unknown=reading)


def test_what_is_named_is_told_before_what_counts_as_it() -> None:
    nested = AnyOf(AnyOf("B", "A"), AnyOf("D", "C"))
    made = graph(
        course("X", nested), course("A", equivalents=["E"]), course("B", equivalents=["F"]), "C", "D", "E", "F"
    )

    assert attainability(made).why("X").waits[0].keys == ("B", "A", "D", "C", "F", "E")
