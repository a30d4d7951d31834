"""Where achievements and what nobody asked for stand on a map, and which lines therefore run back."""

import pytest

import learngraph as lg
from tests.builders import course, graph
from tests.map_facts import edges


@pytest.mark.parametrize("first", ["LATE", "NEVER", "EARLY"])
def test_an_achievement_stands_where_it_can_be_had_whoever_is_named_first(first: str) -> None:
    grantors = {"LATE": course("LATE", "Z", outcomes=["b"]), "NEVER": course("NEVER", "NEVER", outcomes=["b"]),
                "EARLY": course("EARLY", outcomes=["b"])}  # fmt: skip
    others = [one for key, one in grantors.items() if key != first]
    catalogue = graph("X", course("Z", "X"), grantors[first], *others, course("U", "b"),
                      achievements=[lg.Achievement(key="b")])  # fmt: skip

    drawn = lg.curriculum_map(catalogue)

    badge = drawn.by_key["b"]
    assert drawn.columns[0].left <= badge.x < drawn.columns[0].right
    assert [edge.way.value for edge in drawn.edges if edge.source == badge.id] == ["forward"]
    unasked = lg.curriculum_map(catalogue, keys=["EARLY", "LATE", "NEVER"], relations=["outcome"])
    (column,) = (one.label for one in unasked.columns if one.left <= unasked.by_key["b"].x < one.right)
    assert column == "Term 3", "the last that grants it, of those that can be reached"
    outside = lg.curriculum_map(catalogue, keys=["NEVER", "U"])
    (column,) = (one.label for one in outside.columns if one.left <= outside.by_key["b"].x < one.right)
    assert column == "Term 1", "where only somebody from outside can grant it, before the first that needs it"


@pytest.mark.parametrize(
    ("relation", "granted", "needed", "stands"),
    [
        ("prerequisites", [1, 3], 4, 3),  # as late as is in time
        ("prerequisites", [1, 3], 3, 1),
        ("prerequisites", [2, 3], 2, 2),  # nobody in time: where it can be had first
        ("prerequisites", [None, 2], 3, 2),
        ("prerequisites", [None], 3, None),
        ("corequisites", [1, 3], 3, 3),  # in the same term is in time
        ("recommended", [1, 3], 3, 3),
    ],
)
def test_an_achievement_stands_as_late_as_it_is_in_time(
    relation: str, granted: list[int | None], needed: int, stands: int | None
) -> None:
    grantors = {f"G{number}": term for number, term in enumerate(granted)}
    asks = lg.Course.model_validate({"key": "U", relation: ["x"]})
    catalogue = graph(*(course(key, outcomes=["x"]) for key in grantors), asks)

    drawn = lg.curriculum_map(catalogue, terms={**grantors, "U": needed})

    (column,) = (one.term for one in drawn.columns if one.left <= drawn.by_key["x"].x < one.right)
    assert column == stands


def test_what_only_an_unreachable_course_names_is_out_of_reach_with_it() -> None:
    drawn = lg.curriculum_map(graph(course("A", "A", "X")))

    assert [column.label for column in drawn.columns] == ["Out of reach"]


def test_one_line_of_a_circle_with_what_a_course_grants_itself_runs_back() -> None:
    assert edges(course("A", recommended=["x"], outcomes=["x"])) == [
        ("x", "A", "back"),
        ("A", "x", "forward"),
    ]


def test_lines_of_a_circle_that_cannot_be_met_at_once_are_never_together() -> None:
    drawn = edges(course("B", corequisites=["A"]), course("A", "B"))

    assert sorted(way for _, _, way in drawn) == ["back", "forward"]
