from typing import Any

import networkx as nx
from hypothesis import given

import learngraph as lg
from learngraph.report.page_data import page_data
from learngraph.report.pages import pages_of
from learngraph.report.texts import shown
from tests.builders import course, graph
from tests.property.strategies import graphs


def data_of(catalogue: lg.LearningGraph) -> dict[str, Any]:
    return page_data(
        catalogue, measured=lg.metrics(catalogue), reach=lg.attainability(catalogue), findings=lg.check(catalogue),
        pages=pages_of(catalogue),
    )  # fmt: skip


def edges_of(data: dict[str, Any]) -> set[tuple[str, str, str]]:
    keys, numbers = data["nodes"]["key"], iter(data["edges"])
    return {
        (keys[needed], keys[learning], data["relations"][relation])
        for needed, learning, relation in zip(numbers, numbers, numbers, strict=True)
    }


@given(catalogue=graphs())
def test_the_page_knows_the_edges_of_the_graph(catalogue: lg.LearningGraph) -> None:
    whole: nx.MultiDiGraph[str] = catalogue.networkx

    data = data_of(catalogue)

    assert edges_of(data) == {
        (shown(start), shown(end), facts["relation"]) for start, end, facts in whole.edges(data=True)
    }
    assert sorted(zip(data["nodes"]["key"], data["nodes"]["kind"], strict=True)) == sorted(
        (shown(key), facts["kind"]) for key, facts in whole.nodes(data=True)
    )


@given(catalogue=graphs())
def test_numbers_name_what_is_there(catalogue: lg.LearningGraph) -> None:
    data = data_of(catalogue)
    known = range(len(data["nodes"]["key"]))

    assert len(data["learnings"]) == len(catalogue)
    for page in data["pages"]:
        nodes = page["map"]["nodes"]
        on_map = [row[0] for row in nodes if isinstance(row[0], int)]
        assert set(page["inside"]) <= set(on_map) <= set(known)
        assert len(set(on_map)) == len(on_map)
        for source, target, relation, _, points in page["map"]["edges"]:
            assert {source, target} <= set(range(len(nodes)))
            assert relation in range(len(data["relations"]))
            assert len(points) >= 4
            assert len(points) % 2 == 0


def test_a_learning_has_its_numbers_and_what_it_asks_for_in_words() -> None:
    data = data_of(
        graph(course("B", {"any": ["A", {"condition": "consent"}]}, duration=3, duration_unit="Credits"), "A")
    )

    row = data["learnings"][0]
    assert row[:3] == [3, "Credits", 2]
    assert dict(zip(data["metrics"], row[3], strict=True)) == {
        "blocking": 0, "delay": 2, "centrality": 0, "complexity": 2, "reachability": 1,
    }  # fmt: skip
    assert row[4] == [[0, 'A or "consent"']]


def test_what_is_outside_of_a_page_is_marked() -> None:
    (math,) = (page for page in data_of(graph("CS 1", course("MATH 2", "CS 1")))["pages"] if page["title"] == "MATH")

    assert [(row[0], row[3:]) for row in math["map"]["nodes"]] == [(1, []), (0, [1])]


def test_the_findings_of_each_learning_are_counted() -> None:
    data = data_of(graph(course("A", "nowhere", "elsewhere"), "B"))

    assert [row[5] for row in data["learnings"]] == [2, 0]


def test_numbers_too_large_for_a_browser_are_written_as_it_can_read_them() -> None:
    diamonds = [course("N 0")]
    for number in range(1_200):  # each doubles the number of paths
        middle = [f"{side} {number}" for side in "LR"]
        diamonds += [course(key, f"N {number}") for key in middle]
        diamonds.append(course(f"N {number + 1}", *middle))

    data = data_of(graph(*diamonds))

    assert max(row[3][2] for row in data["learnings"]) == 1e308
