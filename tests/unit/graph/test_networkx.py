import networkx as nx
import pytest

from learngraph import Achievement, Course, Need, RecordIds, Relation, Timing
from tests.builders import course, graph, program

_RECORD = "0tyLT0000000AQnYAM"


def test_nodes_say_what_they_are_and_what_they_are_called() -> None:
    made = graph(
        course("A", "X", name="Algebra"),
        program("P", "badge", name="Program"),
        Course(key="B", outcomes=["Y", "badge"]),
        achievements=[Achievement(key="badge", name="Cloud badge"), Achievement(key="medal")],
    )

    assert {key: dict(data) for key, data in made.networkx.nodes.items()} == {
        "A": {"kind": "course", "name": "Algebra"},
        "P": {"kind": "program", "name": "Program"},
        "B": {"kind": "course", "name": "B"},
        "badge": {"kind": "achievement", "name": "Cloud badge"},
        "medal": {"kind": "achievement", "name": "medal"},
        "X": {"kind": "missing", "name": "X"},
        "Y": {"kind": "missing", "name": "Y"},
    }


def test_edges_run_in_the_order_of_study_and_say_what_they_are() -> None:
    made = graph(
        "A",
        course(
            "B",
            "A",
            {"any": [{"need": "A", "minimum_grade": 2.7, "timing": "with"}, "C"]},
            corequisites=["C"],
            recommended=[Need("C", 0)],
            outcomes=["other", "badge"],
        ),
        "C",
    )

    before = {"relation": "prerequisite", "requirement": 0, "timing": "before"}
    assert sorted(made.networkx.edges(data=True), key=repr) == sorted(
        [
            ("A", "B", before),
            ("A", "B", {"relation": "prerequisite", "requirement": 1, "timing": "with", "minimum_grade": 2.7}),
            ("C", "B", {"relation": "prerequisite", "requirement": 1, "timing": "before"}),
            ("C", "B", {"relation": "corequisite", "requirement": 0, "timing": "before_or_with"}),
            (
                "C",
                "B",
                {"relation": "recommended", "requirement": 0, "timing": "before", "minimum_grade": 0},
            ),
            ("B", "other", {"relation": "outcome", "requirement": 0}),
            ("B", "badge", {"relation": "outcome", "requirement": 1}),
        ],
        key=repr,
    )


def test_attributes_are_plain_texts_that_any_writer_of_graphs_takes() -> None:
    made = graph(course("B", Need("A", timing=Timing.WITH), outcomes=["badge"]))

    values = [value for *_, data in made.networkx.edges(data=True) for value in data.values()]
    assert {type(value) for value in values} == {str, int}


def test_descendants_are_unlocked_by_a_learning_and_ancestors_are_what_it_takes() -> None:
    made = graph("A", course("B", "A"), course("C", {"any": ["B", "X"]}, outcomes=["badge"]), "D")

    assert nx.descendants(made.networkx, "A") == {"B", "C", "badge"}
    assert nx.ancestors(made.networkx, "C") == {"A", "B", "X"}


def test_an_id_of_a_learning_is_the_learning() -> None:
    made = graph(course("A", salesforce=RecordIds(learning_id=_RECORD)), course("B", _RECORD, _RECORD[:15]))

    assert set(made.networkx) == {"A", "B"}
    assert list(made.networkx.edges()) == [("A", "B")] * 2


def test_the_graph_is_frozen() -> None:
    made = graph("A", course("B", "A"))

    assert isinstance(made.networkx, nx.MultiDiGraph)
    with pytest.raises(nx.NetworkXError):
        made.networkx.add_edge("B", "A")
    with pytest.raises(nx.NetworkXError):
        made.networkx.remove_node("A")


def test_it_is_built_when_first_asked_for_and_anew_after_each_change() -> None:
    made = graph("A", course("B", "A"))
    first = made.networkx
    assert made.networkx is first

    made.add(course("C", "B"))
    assert set(made.networkx) == {"A", "B", "C"}
    made.replace(course("C", "A"))
    assert set(made.networkx.edges()) == {("A", "B"), ("A", "C")}
    made.remove(key="C")

    assert set(made.networkx) == {"A", "B"}
    assert set(first) == {"A", "B"}


def test_to_networkx_is_a_new_graph_each_time_to_do_with_as_one_likes() -> None:
    made = graph("A", course("B", "A"))
    one = made.to_networkx()

    one.add_edge("B", "Z")
    one.nodes["A"]["name"] = "changed"
    one.edges["A", "B"]["timing"] = "changed"

    other = made.to_networkx()
    assert isinstance(other, nx.DiGraph)
    assert not other.is_multigraph()
    assert set(other) == {"A", "B"}
    assert other.nodes["A"]["name"] == "About A"
    assert other.edges["A", "B"]["timing"] == "before"
    assert made.networkx.nodes["A"]["name"] == "About A"


def test_to_networkx_holds_all_learnings_and_what_the_named_relations_join() -> None:
    made = graph("A", course("B", "A", "X", corequisites=["L"], recommended=["R"], outcomes=["badge"]), "L", "alone")
    present = {"A", "B", "L", "alone"}

    prerequisites = made.to_networkx(Relation.PREREQUISITE)
    both = made.to_networkx("prerequisite", "corequisite")

    assert (set(prerequisites), set(prerequisites.edges)) == (present | {"X"}, {("A", "B"), ("X", "B")})
    assert set(both.edges) == {("A", "B"), ("X", "B"), ("L", "B")}
    assert set(made.to_networkx(Relation.OUTCOME).edges) == {("B", "badge")}
    assert set(made.to_networkx()) == present | {"X", "R", "badge"}


def test_of_several_edges_between_two_nodes_the_first_stays() -> None:
    made = graph("A", course("B", Need("A", 2), Need("A", 3), corequisites=["A"]))

    assert dict(made.to_networkx().edges) == {
        ("A", "B"): {
            "relation": "prerequisite",
            "requirement": 0,
            "timing": "before",
            "minimum_grade": 2,
        }
    }


def test_a_relation_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="prerequisites"):
        graph("A").to_networkx("prerequisites")
