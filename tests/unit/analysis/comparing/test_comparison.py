from collections.abc import Mapping
from typing import Any

import pytest

import learngraph as lg
from learngraph import AllOf, AnyOf, AtLeast, Condition, DegreePlan, Need, Outcome, ProgramPlan, Relation
from learngraph.analysis.comparing.edits import FieldChange, KeyChanges, LearningChange, RequirementChange, SetChange
from tests.builders import course, graph, program

_RECORD = "0ty000000000001AAA"


def because(found: lg.Comparison, key: str, metric: str) -> list[str]:
    return [str(cause) for move in found.moved_for(key) if move.metric == metric for cause in move.because]


def numbers(found: lg.Comparison, key: str) -> Mapping[str, tuple[Any, Any]]:
    return {move.metric: (move.before, move.after) for move in found.moved_for(key)}


# ---- what was edited


def test_what_is_the_same_has_no_changes() -> None:
    found = lg.compare(graph("A", course("B", "A")), graph("A", course("B", "A")))

    assert found.is_empty
    assert found.table.rows == []
    assert repr(found) == "<Comparison: 0 came, 0 went, 0 changed; the numbers of 0 courses moved>"


def test_the_order_of_learnings_is_no_change() -> None:
    assert lg.compare(graph("A", course("B", "A")), graph(course("B", "A"), "A")).is_empty


def test_learnings_come_and_go() -> None:
    found = lg.compare(graph("A", "B", program("P")), graph("B", "C", program("Q")))

    assert (found.came, found.went, found.changed) == (("C", "Q"), ("A", "P"), ())
    assert not found.is_empty


def test_a_field_changes_from_something_to_something() -> None:
    found = lg.compare(graph(course("A", duration=3)), graph(course("A", name="Algebra", duration=None)))

    fields = (FieldChange("name", "About A", "Algebra"), FieldChange("duration", 3, None))
    assert found.changed == (LearningChange("A", fields),)


def test_a_course_can_become_a_program() -> None:
    found = lg.compare(graph("A", course("B", "A")), graph(program("A"), course("B", "A")))

    assert found.changed[0].fields == (FieldChange("type", "course", "program"),)
    assert because(found, "A", "delay") == because(found, "B", "delay") == ["A became a program"]


@pytest.mark.parametrize(
    ("before", "after", "went", "came"),
    [
        pytest.param(["A", "B"], ["B", "A"], (), (), id="order"),
        pytest.param([AllOf("A", AllOf("B"))], ["A", "B"], (), (), id="nesting"),
        pytest.param([AnyOf("A", "B")], [AnyOf("B", AnyOf("A"))], (), (), id="order of alternatives"),
        pytest.param([AtLeast(2, "A", "B")], ["A", "B"], (), (), id="all of two"),
        pytest.param(["A"], ["A", AnyOf("A", "B")], (), (), id="implied"),
        pytest.param([AnyOf("A", AllOf("B", "C"))], [AnyOf("A", "B"), AnyOf("A", "C")], (), (), id="distributed"),
        pytest.param([Need("A")], [Need("A", timing=lg.Timing.BEFORE)], (), (), id="the usual timing"),
        pytest.param(
            [Need("A", timing=lg.Timing.BEFORE_OR_WITH)],
            [AnyOf(Need("A", timing=lg.Timing.BEFORE), Need("A", timing=lg.Timing.WITH))],
            (),
            (),
            id="before or with, in two halves",
        ),
        pytest.param(["A"], ["A", "C"], (), ("C",), id="one more"),
        pytest.param(["A", "C"], ["A"], ("C",), (), id="one less"),
        pytest.param([Need("A", 2)], [Need("A", 3)], ("A with C or better",), ("A with B or better",), id="a grade"),
        pytest.param([AnyOf("A", "B")], ["A"], ("A or B",), ("A",), id="an alternative less"),
        pytest.param(["A"], ["A", "C", AnyOf("A", "B")], (), ("C",), id="what is implied besides does not count"),
        pytest.param([AllOf("A", "B")], [AllOf("A", "C")], ("B",), ("C",), id="inside an all-of"),
        pytest.param([], [Condition("consent")], (), ('"consent"',), id="a condition"),
        pytest.param(
            [AnyOf("A", AllOf("B", "C"))],
            [AnyOf("A", "B"), AnyOf("A", "C"), "D"],
            (),
            ("D",),
            id="distributed, and one more",
        ),
    ],
)
def test_requirements_are_compared_by_meaning(
    before: list[Any], after: list[Any], went: tuple[str, ...], came: tuple[str, ...]
) -> None:
    found = lg.compare(graph(course("L", *before)), graph(course("L", *after)))

    change = RequirementChange(Relation.PREREQUISITE, went, came)
    assert found.changed == ((LearningChange("L", requirements=(change,)),) if went or came else ())


def test_a_requirement_that_is_too_large_is_compared_as_it_is_written() -> None:
    large = AtLeast(10, [f"A{n}" for n in range(20)])
    found = lg.compare(graph(course("L", "B", large)), graph(course("L", large, AllOf("B"), "C")))

    assert found.changed[0].requirements[0].came == ("C",)


def test_outcomes_skills_equivalents_and_exclusions_are_sets() -> None:
    before = course("A", outcomes=[Outcome(achievement="x"), Outcome(achievement="y")], equivalents=["E", "F"])
    after = course("A", outcomes=[Outcome(achievement="y")], equivalents=["F", "E"], skills=["S"], exclusions=["Z"])

    (change,) = lg.compare(graph(before), graph(after)).changed

    assert change.sets == (
        SetChange("outcomes", (Outcome(achievement="x"),), ()),
        SetChange("skills", (), (lg.Skill(name="S"),)),
        SetChange("exclusions", (), ("Z",)),
    )


def test_plans_and_achievements_come_go_and_change() -> None:
    before = graph(
        program_plans=[ProgramPlan(key="one", program="P"), ProgramPlan(key="two", program="P")],
        degree_plans=[DegreePlan(key="slow")],
    )
    after = graph(
        program_plans=[ProgramPlan(key="two", program="P", version=2), ProgramPlan(key="three", program="P")],
        degree_plans=[DegreePlan(key="slow"), DegreePlan(key="fast")],
        achievements=[lg.Achievement(key="badge")],
    )

    found = lg.compare(before, after)

    assert found.program_plans == KeyChanges(came=("three",), went=("one",), changed=("two",))
    assert found.degree_plans == KeyChanges(came=("fast",))
    assert found.achievements == KeyChanges(came=("badge",))
    assert [row[:4] for row in found.table.rows] == [
        ("one", "program plan", "one", None),
        ("three", "program plan", None, "three"),
        ("two", "program plan", "two", "two"),
        ("fast", "degree plan", None, "fast"),
        ("badge", "achievement", None, "badge"),
    ]


def test_what_corequisites_mean_is_a_change_of_the_options_alone() -> None:
    learnings = [course("A", corequisites=["B"]), course("B")]
    found = lg.compare(graph(*learnings), graph(*learnings, options={"corequisite_timing": "with"}))

    assert found.changed == ()
    assert [option.name for option in found.options] == ["corequisite_timing"]


# ---- which numbers moved, and why


def test_a_new_requirement_moves_both_ends() -> None:
    found = lg.compare(graph("A", "B"), graph("A", course("B", "A")))

    assert numbers(found, "A") == {"blocking": (0, 1), "delay": (1, 2), "complexity": (1, 3)}
    assert numbers(found, "B") == {"delay": (1, 2), "complexity": (1, 2), "reachability": (0, 1)}
    assert {str(cause) for move in found.moved for cause in move.because} == {"B changed its prerequisites"}
    assert ("complexity", 2, 5) in found.totals


def test_an_edge_that_brings_nothing_new_is_no_cause_of_blocking() -> None:
    before = graph("A", course("B", "A"), course("C", "B"))
    after = graph("A", course("B", "A"), course("C", "B", "A"), course("D", "B"))

    found = lg.compare(before, after)

    assert because(found, "A", "blocking") == ["D was added"]


def test_only_what_is_on_a_longest_path_is_a_cause_of_delay() -> None:
    before = graph("X", "A", "B", course("C", "B"))
    after = graph("X", course("A", "X"), course("B", "X"), course("C", "B"))

    assert because(lg.compare(before, after), "X", "delay") == ["B changed its prerequisites"]


def test_what_fell_fell_because_of_what_went() -> None:
    before = graph("A", course("B", "A"), course("C", corequisites=["B"]))
    after = graph("A", course("B", "A"), "C")

    found = lg.compare(before, after)

    assert numbers(found, "A")["delay"] == (3, 2)
    assert because(found, "A", "delay") == ["C changed its corequisites"]


def test_a_path_that_ends_elsewhere_moves_centrality() -> None:
    before = graph("A", course("B", "A"), course("C", "B"))
    after = graph("A", course("B", "A"), course("C", "B"), course("D", "C"), "E")

    found = lg.compare(before, after)

    assert numbers(found, "B")["centrality"] == (3, 4)
    assert because(found, "B", "centrality") == ["D was added"]


def test_a_course_that_came_or_went_has_nothing_on_one_side() -> None:
    found = lg.compare(graph("A", course("B", "A")), graph("A", "C"))

    assert numbers(found, "B")["reachability"] == (1, None)
    assert because(found, "B", "reachability") == ["B was removed"]
    assert numbers(found, "C")["delay"] == (None, 1)
    assert because(found, "C", "delay") == ["C was added"]
    assert because(found, "A", "blocking") == ["B was removed"]


def test_what_was_referred_to_before_it_came_was_joined_by_its_coming() -> None:
    found = lg.compare(graph(course("B", "A")), graph("A", course("B", "A")))

    assert because(found, "B", "delay") == ["A was added"]


def test_both_edits_that_an_edge_takes_are_named() -> None:
    found = lg.compare(graph("B"), graph(course("B", "A"), "A"))

    assert because(found, "B", "delay") == ["B changed its prerequisites", "A was added"]


def test_a_record_id_that_moves_to_another_learning_is_told() -> None:
    holding, empty = course("A", salesforce={"learning_id": _RECORD}), course("A")
    before, after = graph(holding, course("B", _RECORD)), graph(empty, course("B", _RECORD))

    assert because(lg.compare(before, after), "B", "delay") == ["A changed its record ids"]
    assert because(lg.compare(after, before), "B", "delay") == ["A changed its record ids"]


def test_a_key_that_names_something_else_is_told() -> None:
    holding = course("A", salesforce={"learning_id": _RECORD})
    before = graph(holding, course("B", _RECORD))
    after = graph(holding, course("B", _RECORD), achievements=[lg.Achievement(key=_RECORD)])

    assert because(lg.compare(before, after), "B", "delay") == ["B names something else by the same key"]


def test_the_system_scales_complexity_alone() -> None:
    found = lg.compare(graph("A", course("B", "A")), graph("A", course("B", "A"), options={"system_type": "quarter"}))

    assert {move.metric for move in found.moved} == {"complexity"}
    assert because(found, "A", "complexity") == ["system_type changed"]
    assert not found.is_empty


def test_a_circle_that_closes_is_told_where_it_changes_a_number() -> None:
    before = graph("A", course("B", "A"), course("C", "B"))
    after = graph(course("A", "B"), course("B", "A"), course("C", "B"))

    found = lg.compare(before, after)

    assert numbers(found, "C") == {"delay": (3, 2), "complexity": (3, 2)}
    assert because(found, "C", "delay") == ["A changed its prerequisites"]
    assert because(lg.compare(after, before), "C", "delay") == ["A changed its prerequisites"]


def test_a_circle_that_opens_is_told_where_a_path_comes_to_pass() -> None:
    before = graph(course("A", "B"), course("B", "A"), course("C", "B"))
    after = graph("A", course("B", "A"), course("C", "B"))

    found = lg.compare(before, after)

    assert numbers(found, "B")["centrality"] == (0, 3)
    assert because(found, "B", "centrality") == ["A changed its prerequisites"]


def test_programs_and_recommendations_move_nothing() -> None:
    found = lg.compare(graph("A", "B"), graph("A", course("B", recommended=["A"]), program("P", "A")))

    assert found.moved == ()


def test_a_chain_of_thousands_that_is_taken_apart_is_compared() -> None:
    chain = [course(f"C{n}", *([f"C{n - 1}"] if n else [])) for n in range(5000)]
    found = lg.compare(graph(*chain), graph(*(one.key for one in chain)))

    assert len(found.changed) == 4999
    assert len(because(found, "C0", "blocking")) == 4999


def test_a_row_of_the_table_names_the_edits() -> None:
    found = lg.compare(graph("A", "B"), graph("A", course("B", "A")))

    assert found.table.rows[0] == ("B", "prerequisites", None, "A", "")
    assert found.table.rows[1] == ("A", "blocking", 0, 1, "B changed its prerequisites")
    assert len(found.to_frame()) == len(found.table.rows)


def test_what_is_compared_stays_as_it_is() -> None:
    before, after = lg.examples.university(), lg.examples.university(edition=2)

    lg.compare(before, after)

    assert before == lg.examples.university()
    assert after == lg.examples.university(edition=2)


def test_the_two_editions_of_the_example_tell_what_happened() -> None:
    found = lg.compare(lg.examples.university(), lg.examples.university(edition=2))

    assert found.went == ("CS 215", "PHYS 110")
    assert numbers(found, "BIOL 101") == {"blocking": (13, 14), "complexity": (19, 20)}
    assert because(found, "ECON 310", "delay") == ["ECON 310 changed its prerequisites"]
    assert all(move.because for move in found.moved)


def test_every_kind_of_edit_has_its_row() -> None:
    before = graph("A", course("B", name=None, outcomes=["x"], skills=["S"]))
    after = graph(course("B", name="Biology", equivalents=["E", "F"]), "C", options={"system_type": "quarter"})

    rows = [row[:4] for row in lg.compare(before, after).table.rows if row[4] == ""]

    assert rows == [
        ("", "system_type", "semester", "quarter"),
        ("A", "learning", "A", None),
        ("C", "learning", None, "C"),
        ("B", "name", None, "Biology"),
        ("B", "outcomes", "x", None),
        ("B", "skills", "S", None),
        ("B", "equivalents", None, "E; F"),
    ]
