"""The numbers that others have published or that their tools give, on the same small graphs."""

import csv
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import networkx as nx
import pytest

import learngraph as lg
from tests.shared import SHARED, needs_shared
from tests.unit.analysis.notation import curriculum, terms, without

# ---- course by course


class Golden(NamedTuple):
    """A curriculum, and the numbers of its courses, each in the order of the courses."""

    graph: lg.LearningGraph
    delay: list[int] | None = None
    blocking: list[int] | None = None
    centrality: list[int] | None = None
    complexity: list[float] | None = None
    totals: Mapping[str, float] = MappingProxyType({})


UBW = partial(
    curriculum, "A>C B>C D~C C>E D>F G H", credits=(3, 3, 3, 1, 3, 3, 3, 3), subjects=dict.fromkeys("ABCDEFGH", "BW")
)
POSTMODERN = partial(curriculum, "A~B A>C B>D C~D C>E D>F D~G G>F", credits=(3, 1, 3, 1, 3, 3, 3))
_TWELVE = [str(number) for number in range(1, 13)]
_CSV_EDGES = "1>4 5=4 4>6 5>6 3~6 1>7 2>8 7~8"
SIX = partial(curriculum, "A>E A>C B>E B>F D~E F=E", credits=(3, 1, 2, 1, 4, 1))

GOLDENS = {
    "G1": Golden(
        curriculum("1>2 1>3 2>4"), [3, 3, 2, 3], [3, 1, 0, 0], [0, 3, 0, 0], [6, 4, 2, 3],
        {"delay": 11, "blocking": 4, "centrality": 3, "complexity": 15},
    ),
    "G2": Golden(
        curriculum("1>3 2>3 3>4"), [3, 3, 3, 3], [2, 2, 1, 0], [0, 0, 6, 0], [5, 5, 4, 3],
        {"delay": 12, "blocking": 5, "centrality": 6, "complexity": 17},
    ),
    "G3": Golden(
        UBW(), [3, 3, 3, 3, 3, 2, 1, 1], [2, 2, 1, 3, 0, 0, 0, 0], [0, 0, 9, 0, 0, 0, 0, 0], [5, 5, 4, 6, 3, 2, 1, 1],
        {"delay": 19, "blocking": 8, "centrality": 9, "complexity": 27},
    ),
    "G4": Golden(
        POSTMODERN(), [5, 5, 5, 5, 3, 5, 5], [6, 3, 4, 2, 0, 0, 1], [0, 9, 12, 18, 0, 0, 10], [11, 8, 9, 7, 3, 5, 6],
        {"delay": 33, "blocking": 16, "centrality": 49, "complexity": 49},
    ),
    "G5": Golden(
        curriculum("A>B A>C B>D C>D"), [3, 3, 3, 3], [3, 1, 1, 0], [0, 3, 3, 0], None, {"delay": 12, "centrality": 6}
    ),
    "G6": Golden(curriculum("A>B B>D A>C"), [3, 3, 2, 3], [3, 1, 0, 0], [0, 3, 0, 0]),
    "G7": Golden(curriculum("A>B B>C"), [3, 3, 3], [2, 1, 0], [0, 3, 0], [5, 4, 3]),
    "G8": Golden(curriculum("A~B B>C"), [3, 3, 3], [2, 1, 0]),
    "G9": Golden(curriculum("A"), [1], [0], [0], [1]),
    "G11": Golden(
        curriculum("101=101L 101>111 111~201", order=["101", "101L", "111", "201"]),
        [3, 2, 3, 3], [3, 0, 1, 0], [0, 0, 3, 0], [6, 2, 4, 3],
    ),
    "G12": Golden(curriculum("A>B B>C C>D"), [4, 4, 4, 4], [3, 2, 1, 0], [0, 4, 4, 0]),
    "G13": Golden(
        curriculum("1>2 1>3 2>4", system="quarter"), complexity=[4.0, 2.7, 1.3, 2.0], totals={"complexity": 10.0}
    ),
    "G14": Golden(
        curriculum(_CSV_EDGES, order=_TWELVE),
        [3, 2, 2, 3, 3, 3, 3, 3, 1, 1, 1, 1], [4, 1, 1, 1, 2, 0, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 6, 0, 0, 3, 0, 0, 0, 0, 0], None, {"delay": 26, "blocking": 10, "centrality": 9, "complexity": 36},
    ),
    "G15": Golden(
        curriculum(f"{_CSV_EDGES} 13>3 14>13 15=14 6~16", order=[*_TWELVE, "13", "14", "15", "16"]),
        totals={"delay": 60, "blocking": 27, "centrality": 46, "complexity": 87},
    ),
    "G16": Golden(
        curriculum("1>3 3>4 3>5 2>5"), [3, 2, 3, 3, 3], [3, 1, 2, 0, 0], [0, 0, 6, 0, 0], [6, 3, 5, 3, 3],
        {"delay": 14, "blocking": 6, "centrality": 6, "complexity": 20},
    ),
    "six courses of 4.3": Golden(
        SIX(), [2, 3, 2, 2, 3, 3], [2, 2, 0, 1, 0, 1], [0, 0, 0, 0, 0, 3], [4, 5, 2, 3, 3, 4]
    ),
}  # fmt: skip


@pytest.mark.parametrize("golden", [pytest.param(golden, id=name) for name, golden in GOLDENS.items()])
def test_the_published_numbers_come_out(golden: Golden) -> None:
    found = lg.metrics(golden.graph)

    for name in ("delay", "blocking", "centrality", "complexity"):
        expected = getattr(golden, name)
        assert expected is None or [getattr(numbers, name) for numbers in found.courses.values()] == expected, name
    assert {name: getattr(found.totals, name) for name in golden.totals} == golden.totals


def test_two_corequisites_of_one_another_are_one_step() -> None:  # G10
    found = lg.metrics(curriculum("A~B B~A"), cycles="raise")

    assert [(one.delay, one.blocking) for one in found.courses.values()] == [(1, 1), (1, 1)]


TWELVE = curriculum("2>3 2>5 2>6 4>2 6>10 7>8 7>11", order=_TWELVE)


def test_paths_and_parts_of_twelve_courses() -> None:  # G17
    joined = TWELVE.to_networkx("prerequisite")
    starts = [key for key in joined if not joined.in_degree(key)]
    ends = [key for key in joined if not joined.out_degree(key)]
    walked = {
        tuple(path)
        for start in starts
        for end in ends
        if start != end
        for path in nx.all_simple_paths(joined, start, end)
    }

    assert walked == {("4", "2", "3"), ("4", "2", "5"), ("4", "2", "6", "10"), ("7", "8"), ("7", "11")}
    assert lg.longest_path(TWELVE) == ("4", "2", "6", "10")
    assert list(lg.longest_paths(TWELVE)) == [("4", "2", "6", "10")]
    assert nx.descendants(joined, "2") == {"3", "5", "6", "10"}
    assert nx.ancestors(joined, "2") == {"4"}
    assert lg.metrics(TWELVE).courses["2"] == lg.CourseMetrics(4, 4, 10, 8, 1)


def test_parts_of_twelve_courses_are_ordered_for_study() -> None:  # G17
    parts = lg.connected_parts(TWELVE)

    assert [sorted(part, key=int) for part in parts] == [
        ["1"], ["2", "3", "4", "5", "6", "10"], ["7", "8", "11"], ["9"], ["12"],
    ]  # fmt: skip
    place = {key: number for part in parts for number, key in enumerate(part)}
    assert all(place[start] < place[end] for start, end in TWELVE.to_networkx("prerequisite").edges)


def test_two_curricula_and_what_one_lacks() -> None:
    less = without(UBW(), "H")

    assert (lg.similarity(less, UBW()), lg.similarity(UBW(), less)) == (0.875, 1.0)


def test_dead_ends_are_of_other_subjects() -> None:
    more = curriculum("A>C B>C D~C C>E D>F G H I>J", subjects={**dict.fromkeys("ABCDEFGH", "BW"), "I": "MA", "J": "MA"})

    assert lg.dead_ends(UBW(), subjects=["BW"]) == ()
    assert lg.dead_ends(more, subjects=["BW"]) == ("J",)
    assert lg.dead_ends(more, subjects="BW") == ("J",)


# ---- degree plans


def test_the_plan_with_three_faults() -> None:
    graph = curriculum("101=101L 101>111 111~201", order=["101", "101L", "111", "201"])

    faults = lg.plan_faults(graph, plan=terms("101 201 | 101L 111 101"), complete=True)

    assert [(fault.code.value, fault.keys[1:]) for fault in faults.errors] == [
        ("LG219", ("201", "111")),
        ("LG219", ("111", "101")),
        ("LG220", ("101",)),
    ]
    assert len(faults) == 3


def test_the_plan_of_a_csv_file_is_not_in_order() -> None:  # G15: 1 and 4 stand in one term
    graph = curriculum("1>4")

    assert not lg.plan_faults(graph, plan=terms("| 1 4")).ok


@pytest.mark.parametrize(
    ("plan", "valid"),
    [
        pytest.param("A B | C D | E F", True, id="as it should be"),
        pytest.param("A B | C D", False, id="a term left out"),
        pytest.param("C D | A B | E F", False, id="two terms swapped"),
    ],
)
def test_a_plan_is_valid_or_not(plan: str, valid: bool) -> None:  # noqa: FBT001 - a column of the table
    assert lg.plan_faults(SIX(), plan=terms(plan), complete=True).ok is valid


def test_the_numbers_of_a_plan_of_six_courses() -> None:
    graph, plan = SIX(), terms("A B | C D | E F")

    distance = lg.requisite_distance(graph, plan=plan)
    found = lg.term_statistics(graph, plan=plan)

    assert distance.courses == {"A": 0, "B": 0, "C": 1, "D": 0, "E": 5, "F": 2}
    assert distance.total == 8
    assert (found.credits, found.total, found.mean, found.min_term, found.max_term) == ((4, 3, 5), 12, 4, 2, 3)
    assert found.standard_deviation == pytest.approx(0.816497, abs=5e-7)
    assert lg.knowledge_transfer(graph, plan=plan) == [4, 4]
    assert lg.credit_balance(graph, plan=plan) == lg.CreditBalance(all_pairs=4, adjacent=3)


@pytest.mark.parametrize(
    ("edges", "plan", "least", "most"),
    [
        pytest.param("1>2 1>3 2>4", "1 | 2 3 | 4", 1, 2, id="G1"),
        pytest.param("1>3 2>3 3>4", "1 2 | 3 | 4", 2, 1, id="G2"),
    ],
)
def test_the_terms_of_the_papers_plans(edges: str, plan: str, least: int, most: int) -> None:
    found = lg.term_statistics(curriculum(edges, credits=(3, 3, 3, 3)), plan=terms(plan))

    assert (found.total, found.mean, found.min_term, found.max_term) == (12, 4, least, most)
    assert found.standard_deviation == pytest.approx(1.41421356, abs=5e-9)


# ---- nine courses in three terms

NINE = curriculum("A~B A>D C>E D>G F>H D>I H~I", order="ABCDEFGHI")
PLAN = terms("A B C | D E F | G H I")


@pytest.mark.parametrize(
    ("name", "corequisites", "expected"),
    [
        pytest.param("blocking", True, [4, 0, 1, 2, 0, 2, 0, 1, 0], id="blocking"),
        pytest.param("blocking", False, [3, 0, 1, 2, 0, 1, 0, 0, 0], id="blocking without corequisites"),
        pytest.param("delay", True, [3, 2, 2, 3, 2, 3, 3, 3, 3], id="delay"),
        pytest.param("delay", False, [3, 1, 2, 3, 2, 2, 3, 2, 3], id="delay without corequisites"),
        pytest.param("complexity", True, [7, 2, 3, 5, 2, 5, 3, 4, 3], id="complexity"),
        pytest.param("reachability", True, [0, 1, 0, 1, 1, 0, 2, 1, 4], id="reachability"),
        pytest.param("reachability", False, [0, 0, 0, 1, 1, 0, 2, 1, 2], id="reachability without corequisites"),
    ],
)
def test_the_numbers_of_nine_courses(name: str, corequisites: bool, expected: list[int]) -> None:  # noqa: FBT001 - a column
    found = lg.metrics(NINE, include_corequisites=corequisites)

    assert [getattr(numbers, name) for numbers in found.courses.values()] == expected


def test_the_totals_of_nine_courses() -> None:
    assert lg.metrics(NINE).totals.complexity == 34
    assert lg.metrics(NINE, include_corequisites=False).totals.complexity == 28


def test_complexity_times_terms() -> None:
    found = lg.term_weighted(NINE, plan=PLAN)

    assert [numbers.complexity for numbers in found.courses.values()] == [7, 2, 3, 10, 4, 10, 9, 12, 9]
    assert found.totals.complexity == 66
    assert [numbers.delay for numbers in found.courses.values()] == [3, 2, 2, 6, 4, 6, 9, 9, 9]
    assert [numbers.blocking for numbers in found.courses.values()] == [4, 0, 1, 4, 0, 4, 0, 3, 0]


def test_the_complexity_around_a_course() -> None:
    found = lg.subcomplexity(NINE, key="A")

    assert found.courses == {"A": 7, "B": 2, "D": 5, "G": 3, "I": 3}
    assert found.total == 20
    assert lg.subcomplexities(NINE).courses["A"] == 20


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({}, [1, 1 / 3, 1 / 2, 1, 1 / 2, 1, 1, 1, 1], id="to the last term of the plan"),
        pytest.param({"last_term": 3}, [1, 1 / 3, 1 / 2, 1, 1 / 2, 1, 1, 1, 1], id="three terms"),
        pytest.param(
            {"last_term": 4}, [1 / 2, 1 / 4, 1 / 3, 1 / 2, 1 / 3, 1 / 2, 1 / 2, 1 / 2, 1 / 2], id="four terms"
        ),
        pytest.param(
            {"last_term": 3, "outbound_only": False}, [1, 1 / 2, 1 / 2, 1, 1 / 2, 1, 1, 1, 1], id="by the delay alone"
        ),
    ],
)
def test_how_little_can_be_put_off(options: dict[str, Any], expected: list[float]) -> None:
    assert list(lg.deferment(NINE, plan=PLAN, **options).values()) == expected


def test_the_structure_of_nine_courses() -> None:
    assert lg.rigidity(NINE) == 7 / 9
    assert lg.bottlenecks(NINE) == ()
    assert lg.bottlenecks(NINE, min_before=2, min_after=2, min_connections=3) == ("A", "D", "I")
    assert lg.bottlenecks(NINE, min_before=2, min_after=2, min_connections=1) == ("A", "D", "H", "I")


def test_what_the_last_term_explains() -> None:
    assert lg.transfer_delay(NINE, plan=PLAN, after_term=2) == 9
    assert lg.average_sequencing(NINE, plan=PLAN) == pytest.approx(2.333333, abs=5e-7)
    assert lg.average_sequencing(NINE, plan=PLAN, after_term=2) == pytest.approx(2.666667, abs=5e-7)
    plain = lg.explained_complexity(NINE, plan=PLAN, after_term=2)
    weighted = lg.explained_complexity(NINE, plan=PLAN, after_term=2, weighted=True)
    assert plain == lg.ExplainedComplexity(34, 26, 76.5)
    assert weighted == lg.ExplainedComplexity(66, 56, 84.8)


# ---- real curricula, course by course


def real(name: str) -> tuple[lg.LearningGraph, dict[str, dict[str, str]]]:
    """A curriculum as a graph, and its rows by Course ID."""
    with (SHARED / "analysis" / "goldens" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    head = next(place for place, line in enumerate(lines) if line[:1] == ["Course ID"])
    rows = [dict(zip(lines[head], line, strict=False)) for line in lines[head + 1 :] if line and line[0].isdigit()]
    system = next((line[1] for line in lines[:head] if line[:1] == ["System Type"]), "semester") or "semester"
    edges = [
        f"{needed}{mark}{row['Course ID']}"
        for row in rows
        for column, mark in (("Prerequisites", ">"), ("Corequisites", "~"), ("Strict-Corequisites", "="))
        for needed in row[column].split(";")
        if needed
    ]
    order = [row["Course ID"] for row in rows]
    credits = [float(row["Credit Hours"]) for row in rows]  # noqa: A001 - what the column calls them
    graph = curriculum(" ".join(edges), order=order, credits=credits, system=system)
    return graph, {row["Course ID"]: row for row in rows}


class Real(NamedTuple):
    """The numbers of a real curriculum as a whole."""

    courses: int
    edges: int
    credits: int
    complexity: float
    blocking: int
    delay: int
    centrality: int
    longest: int
    paths: int


REAL = {
    "California_Berkely_V2": Real(30, 16, 113, 100, 30, 70, 127, 5, 15),
    "Colostate_CSDegree": Real(37, 25, 120, 175, 61, 114, 147, 6, 18),
    "Colostate_CSDegree_2017": Real(37, 30, 120, 208, 74, 134, 521, 7, 41),
    "Kennesaw_State_University_CS": Real(43, 41, 120, 280, 117, 163, 696, 7, 64),
    "Metropolitan_State_University_CS": Real(34, 27, 120, 172, 64, 108, 228, 6, 26),
    "Michigan_Ann_Arbor_CS": Real(38, 28, 128, 115.6, 60, 113, 157, 5, 20),
}


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_each_course_of_a_real_curriculum_has_its_published_numbers(name: str) -> None:
    graph, rows = real(name)
    found = lg.metrics(graph)

    for key, numbers in found.courses.items():
        for column in ("Complexity", "Blocking", "Delay", "Centrality"):
            assert getattr(numbers, column.lower()) == float(rows[key][column]), (key, column)


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_a_real_curriculum_as_a_whole_has_its_published_numbers(name: str) -> None:
    graph, _ = real(name)
    totals = lg.metrics(graph).totals
    joined = graph.to_networkx("prerequisite", "corequisite")
    order = list(nx.topological_sort(joined))
    ways: dict[str, int] = {}
    for key in order:
        ways[key] = sum(ways[other] for other in joined.pred[key]) or 1
    ends = [key for key in joined if joined.in_degree(key) and not joined.out_degree(key)]
    plan = lg.DegreePlan(key="all at once", terms=[list(rows(graph))])

    assert (
        Real(
            len(graph),
            joined.number_of_edges(),
            int(lg.term_statistics(graph, plan=plan).total),
            totals.complexity,
            int(totals.blocking),
            int(totals.delay),
            int(totals.centrality),
            len(lg.longest_path(graph)),
            sum(ways[key] for key in ends),
        )
        == REAL[name]
    )


def rows(graph: lg.LearningGraph) -> list[str]:
    return [learning.key for learning in graph]


# ---- where other tools go wrong


def chain(length: int) -> lg.LearningGraph:
    """Courses in a row; the numbers keep their order as text."""
    keys = [f"{number:05}" for number in range(length)]
    return curriculum(" ".join(map(">".join, pairwise(keys))) or keys[0])


def test_the_longest_path_is_not_the_shortest() -> None:
    assert lg.longest_path(curriculum("1>2 2>3 1>3")) == ("1", "2", "3")


def test_a_long_chain_needs_no_recursion() -> None:
    found = lg.metrics(chain(1100)).courses

    assert {numbers.delay for numbers in found.values()} == {1100}
    assert found["00000"].blocking == 1099


def test_paths_between_the_ends_only_make_a_course_central() -> None:
    assert [one.centrality for one in lg.metrics(curriculum("A>B B>C C>D")).courses.values()] == [0, 4, 4, 0]


@pytest.mark.parametrize(
    "graph", [pytest.param(curriculum("A B"), id="no edge"), pytest.param(curriculum(""), id="none")]
)
def test_a_curriculum_without_edges_has_numbers(graph: lg.LearningGraph) -> None:
    plan = lg.DegreePlan(key="plan", terms=[rows(graph)])

    assert lg.metrics(graph).totals.complexity == len(graph)
    assert (lg.longest_path(graph), list(lg.longest_paths(graph)), lg.longest_path_count(graph)) == ((), [], 0)
    assert lg.rigidity(graph) == 0.0
    assert lg.bottlenecks(graph) == lg.dead_ends(graph, subjects=[]) == ()
    assert set(lg.coreness(graph).values()) <= {0}
    assert lg.subcomplexities(graph).total == len(graph)
    assert lg.connected_parts(graph) == tuple((key,) for key in rows(graph))
    assert lg.term_weighted(graph, plan=plan).totals.complexity == len(graph)
    assert lg.requisite_distance(graph, plan=plan).total == 0
    assert lg.explained_complexity(graph, plan=plan, after_term=1).percent == 0.0
    assert lg.transfer_delay(graph, plan=plan, after_term=1) == 0
    assert lg.plan_faults(graph, plan=plan, complete=True).ok


def test_a_plan_of_one_term_has_the_least_and_the_most_in_it() -> None:
    found = lg.term_statistics(curriculum("A B", credits=(3, 4)), plan=terms("A B"))

    assert (found.min_term, found.max_term, found.standard_deviation) == (1, 1, 0.0)


def test_the_standard_deviation_counts_every_term() -> None:
    found = lg.term_statistics(curriculum("A B C D", credits=(1, 2, 3, 4)), plan=terms("A | B | C | D"))

    assert found.standard_deviation == pytest.approx(1.118, abs=5e-4)


def test_knowledge_is_carried_along_a_chain() -> None:
    assert lg.knowledge_transfer(curriculum("1>2 2>3"), plan=terms("1 | 2 | 3")) == [1, 1]


def test_two_reads_of_one_file_are_alike_in_everything() -> None:
    assert lg.similarity(UBW(), UBW(), strict=True) == 1.0


def test_a_path_is_no_core_of_two() -> None:
    assert lg.coreness(curriculum("A>B B>C C>D")) == {"A": 1, "B": 1, "C": 1, "D": 1}


CIRCLES: list[Callable[[], lg.LearningGraph]] = [
    lambda: curriculum("A>B B>A"),
    lambda: curriculum("A>B B>A B>C"),
    lambda: curriculum("A>A"),
]


@pytest.mark.parametrize("make", CIRCLES, ids=["two", "two with a tail", "one"])
def test_a_circle_comes_to_an_end(make: Callable[[], lg.LearningGraph]) -> None:
    graph = make()
    found = lg.metrics(graph).courses["A"]

    assert found.blocking == len(graph) - 1
    assert found.delay == (2 if "C" in graph else 1)
    assert lg.longest_path(graph) == (("A", "C") if "C" in graph else ())
    with pytest.raises(lg.CycleError):
        lg.longest_paths(graph, cycles="raise")
