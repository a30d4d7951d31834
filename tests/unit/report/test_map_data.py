"""Maps as the page's script reads them."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.plotting.mapping import curriculum_map
from learngraph.report.map_data import RELATIONS, map_data
from tests.builders import course, graph


def data_of(catalogue: lg.LearningGraph) -> dict[str, list[list[Any]]]:
    numbers = {learning.key: number for number, learning in enumerate(catalogue)}
    return map_data(curriculum_map(catalogue), numbers, catalogue.options.scale)


@pytest.mark.parametrize(
    ("need", "words"),
    [
        pytest.param({}, "", id="nothing more"),
        pytest.param({"timing": "before"}, "", id="before, as is usual"),
        pytest.param({"timing": "before_or_with"}, "before or with", id="before or with"),
        pytest.param({"timing": "with"}, "with", id="with"),
        pytest.param({"minimum_grade": 2.0}, "C", id="a grade with a letter"),
        pytest.param({"minimum_grade": 2.05}, "at least 2.05", id="a grade without one"),
        pytest.param({"minimum_grade": 2.0, "timing": "with"}, "C, with", id="grade and time"),
    ],
)
def test_a_line_says_which_grade_is_needed_and_when(need: dict[str, Any], words: str) -> None:
    (line,) = data_of(graph("A", course("B", lg.Need("A", **need))))["edges"]

    assert line[:4] == [0, 1, RELATIONS.index(lg.Relation.PREREQUISITE), words]


def test_a_corequisite_says_when_it_is_taken() -> None:
    (line,) = data_of(graph("A", course("B", corequisites=["A"])))["edges"]

    assert line[2:4] == [RELATIONS.index(lg.Relation.COREQUISITE), "before or with"]


def test_a_junction_has_its_conditions() -> None:
    nodes = data_of(graph("A", "B", course("C", {"any": ["A", "B", {"condition": "consent"}]})))["nodes"]

    assert [(row[0], row[3]) for row in nodes if isinstance(row[0], str)] == [("any of", ["consent"])]


def test_terms_run_across_and_the_courses_of_a_term_down() -> None:
    catalogue = graph("A", "B", course("C", "A"))

    (x_a, y_a), (x_b, y_b), (x_c, _) = (row[1:3] for row in sorted(data_of(catalogue)["nodes"]))

    assert x_a == x_b < x_c
    assert abs(y_a - y_b) > 50


def test_columns_are_the_terms_from_edge_to_edge() -> None:
    data = data_of(graph("A", course("B", "A")))

    (first, left, _, middle), (second, begin, _, right) = data["columns"]
    assert (first, second) == ("Term 1", "Term 2")
    assert left < data["nodes"][0][1] < middle == begin < data["nodes"][1][1] < right
