import pytest

from learngraph import LearningGraph, Need, attainability, read, soundness
from tests.builders import course, graph
from tests.shared import SHARED, needs_shared
from tests.unit.analysis.notation import curriculum

_RPI = {"A": 4, "B": 3, "B-": 2.7, "C": 2, "C-": 1.7, "D": 1, "TR": None}


@pytest.mark.parametrize(
    "notation",
    [
        pytest.param("A>A", id="a course before itself"),
        pytest.param("A>B C=B C>A", id="with what comes earlier"),
        pytest.param("B~A A>C B=C", id="the open issue of the reference toolbox"),
        pytest.param("A>B B>C C>A", id="a circle"),
        pytest.param("A>B B~A", id="before and beside"),
    ],
)
def test_a_circle_that_needs_an_order_contradicts_itself(notation: str) -> None:
    found = soundness(curriculum(notation))

    assert not found.sound
    assert len(found.contradictions) == 1
    assert "contradiction" in str(found.contradictions[0])


@pytest.mark.parametrize(
    "notation",
    [
        pytest.param("A>B B>C A>C", id="no circle"),
        pytest.param("A~B B~A", id="mutual corequisites"),
        pytest.param("A~B B~C C~A", id="three corequisites in a circle"),
        pytest.param("A=B B=A", id="two taken at the same time"),
        pytest.param("A=B B=A B=C C=B A=C C=A", id="three pairwise taken at the same time"),
        pytest.param("A~A", id="its own corequisite"),
    ],
)
def test_a_curriculum_that_has_a_schedule_is_sound(notation: str) -> None:
    found = soundness(curriculum(notation))

    assert found.sound
    assert found.contradictions == ()
    assert found.blocked == ()


def test_an_alternative_that_leaves_a_circle_is_no_false_alarm() -> None:
    found = soundness(graph(course("A", {"any": ["B", "X"]}), course("B", "A"), "X"))

    assert found.sound
    (circle,) = found.circles
    assert circle.entry == "A"
    assert circle.way_in == ("X",)
    assert str(circle).endswith("the way out is to take A after X")


def test_the_witness_is_the_shortest_circle_and_not_the_longest() -> None:
    found = soundness(curriculum("A>B B>C C>D D>A C>A"))

    assert found.contradictions[0].keys == ("A", "C", "B")
    assert found.contradictions[0].members == ("A", "B", "C", "D")


def test_what_waits_for_a_circle_is_blocked_and_no_circle() -> None:
    found = soundness(curriculum("A>B B>A B>C C>D"))

    assert found.blocked == ("A", "B", "C", "D")
    assert [circle.keys for circle in found.circles] == [("A", "B")]


def test_two_circles_of_one_component_are_both_told_where_one_alone_is_blocked() -> None:
    made = graph(course("A", {"any": ["B", "X"]}), course("B", "A", "C"), course("C", "C"), "X")

    found = soundness(made)

    assert found.blocked == ("B", "C")
    assert [(circle.keys, circle.blocked) for circle in found.circles] == [(("A", "B"), False), (("C",), True)]


def test_what_is_missing_is_read_as_asked() -> None:
    made = graph(course("A", {"any": ["A", "nowhere"]}))

    assert not soundness(made).sound
    assert soundness(made, unknown="met").sound


def test_nothing_is_sound() -> None:
    found = soundness(LearningGraph())

    assert found.sound
    assert repr(found) == "<Soundness: sound, 0 of 0 circles are contradictions>"


def test_a_result_shows_itself() -> None:
    found = soundness(graph(course("<b>", Need("<b>"))))

    assert found.table.rows[0][:3] == ("<b>", 1, True)
    assert "&lt;b&gt;" in found._repr_html_()


@needs_shared
def test_the_fifteen_courses_out_of_reach_at_rpi_are_explained_one_by_one() -> None:
    catalogue = read(SHARED / "catalogues" / "rpi.jsonl", grades=_RPI)
    reach, found = attainability(catalogue), soundness(catalogue)

    assert len(reach.unattainable) == 15
    assert set(found.blocked) == set(reach.unattainable)
    assert [circle.keys for circle in found.contradictions] == [("BIOL-1010", "BIOL-1015")]
    around = {"BIOL-1010", "BIOL-1015", "BIOL-1016"}
    for key in reach.unattainable:
        waits = {wait.key: wait.keys for wait in reach.why(key).waits}
        assert around <= waits.keys()
        assert set(waits["BIOL-1010"]) == {"BIOL-1015", "BIOL-1016"}
        assert waits["BIOL-1015"] == waits["BIOL-1016"] == ("BIOL-1010",)
        assert waits.keys() - around == ({"BIOL-4200", key} if key == "BIOL-4220" else {key} - around)


@needs_shared
def test_the_six_components_of_ucsd_are_explained_one_by_one() -> None:
    found = soundness(read(SHARED / "catalogues" / "ucsd.jsonl"))

    components = {circle.members[0]: circle for circle in found.circles if len(circle.members) > 1}
    assert max(len(circle.members) for circle in components.values()) == 6
    assert len(components) == 6
    assert not any(circle.blocked for circle in components.values())
    assert all(circle.entry and circle.way_in for circle in components.values())
    assert found.blocked == ("PHB 243B", "DSC 500")
    assert [circle.keys for circle in found.contradictions] == [("PHB 243B",), ("DSC 500",)]
