import pytest

import learngraph as lg
from learngraph import AllOf, Credits, PlanRequirement, ProgramPlan
from learngraph.analysis.touched import Reason, Touch
from tests.builders import course, graph, program


def _plan(program: str, *needs: str) -> ProgramPlan:
    return ProgramPlan(key=f"{program} plan", program=program, requirements=[PlanRequirement(needs=AllOf(*needs))])


_LEARNINGS = [
    course("A"),
    course("B", {"any": ["A", "X"]}),
    course("C", corequisites=["B"]),
    course("D", recommended=["C"]),
    course("X"),
]


def test_a_plan_that_names_a_course_is_touched() -> None:
    found = lg.impact(graph(*_LEARNINGS, program("P"), program_plans=[_plan("P", "A", "B")]), keys=["A"])

    assert found.touches == (Touch("P", "A", Reason.NAMED, "P plan"),)


def test_a_plan_is_touched_by_what_its_courses_need_though_it_does_not_show_it() -> None:
    found = lg.impact(graph(*_LEARNINGS, program("P"), program_plans=[_plan("P", "X", "C")]), keys=["A"])

    assert found.touches == (Touch("P", "A", Reason.HIDDEN, "P plan", "C"),)


def test_electives_count_as_what_a_plan_names() -> None:
    lines = [PlanRequirement(needs=Credits(credits=3, of=["A", "X"]))]
    plans = [ProgramPlan(key="p", program="P", requirements=lines)]

    assert lg.impact(graph(*_LEARNINGS, program("P"), program_plans=plans), keys=["A"]).programs == ("P",)


@pytest.mark.parametrize(("needed", "through"), [("A", None), ("C", "C")])
def test_admission_is_touched(needed: str, through: str | None) -> None:
    found = lg.impact(graph(*_LEARNINGS, program("P", needed)), keys=["A"])

    assert found.touches == (Touch("P", "A", Reason.ADMISSION, None, through),)


def test_a_program_touches_itself() -> None:
    assert lg.impact(graph(program("P")), keys=["P"]).touches == (Touch("P", "P", Reason.ITSELF),)


def test_recommendations_touch_nothing() -> None:
    found = lg.impact(graph(*_LEARNINGS, program("P"), program_plans=[_plan("P", "D")]), keys=["A"])

    assert found.touches == ()
    assert found.downstream == ("B", "C")


def test_what_is_edited_itself_and_what_is_no_course_is_not_downstream() -> None:
    found = lg.impact(graph(*_LEARNINGS, program("P", "C")), keys=["A", "B"])

    assert found.downstream == ("C",)


def test_circles_end() -> None:
    assert lg.impact(graph(course("A", "B"), course("B", "A")), keys=["A"]).downstream == ("B",)


def test_a_long_chain_is_followed_to_its_end() -> None:
    chain = [course(f"C{n}", *([f"C{n - 1}"] if n else [])) for n in range(5000)]

    assert len(lg.impact(graph(*chain), keys=["C0"]).downstream) == 4999


def test_a_record_id_stands_for_its_learning() -> None:
    known = course("A", salesforce={"learning_id": "0ty000000000001AAA"})
    found = lg.impact(graph(known, course("B", "0ty000000000001AAA")), keys=["0ty000000000001AAA"])

    assert (found.keys, found.downstream) == (("A",), ("B",))


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(lg.UnknownKeyError):
        lg.impact(graph("A"), keys=["NOPE"])


def test_the_line_and_the_table_say_what_is_touched() -> None:
    found = lg.impact(graph(*_LEARNINGS, program("P"), program_plans=[_plan("P", "C")]), keys=["A"])

    assert repr(found) == "<Impact: 1 learnings touch 1 programs, 2 courses downstream>"
    assert found.table.rows[0] == ("P", "program", "A", "is needed by what the plan names", "P plan", "C")
    assert [row[0] for row in found.table.rows] == ["P", "B", "C"]


def test_both_years_of_a_change_are_touched() -> None:
    before = graph("A", course("B", "A"), "C", program("P"), program_plans=[_plan("P", "B")])
    after = graph("B", course("C", "NEW"), "NEW", program("P"), program_plans=[_plan("P", "C")])

    found = lg.compare(before, after).impact

    assert found.keys == ("A", "B", "C", "NEW")
    assert [(touch.key, touch.reason) for touch in found.touches] == [
        ("A", Reason.HIDDEN),
        ("B", Reason.NAMED),
        ("C", Reason.NAMED),
        ("NEW", Reason.HIDDEN),
    ]
    assert found.downstream == ()


def test_what_grants_or_counts_as_what_a_plan_names_touches_it_and_what_needs_that() -> None:
    plan = ProgramPlan(key="plan", program="P", requirements=[{"needs": {"all": ["badge", "A"]}}])
    catalogue = graph(
        "X",
        course("G", "X", outcomes=["badge"]),
        "H",
        course("A", equivalents=["H"]),
        course("C", "badge"),
        course("D", "A"),
        program("P"),
        program_plans=[plan],
    )

    found = {key: lg.impact(catalogue, keys=[key]) for key in ("G", "H", "X")}

    assert {key: one.downstream for key, one in found.items()} == {"G": ("C",), "H": ("D",), "X": ("G", "C")}
    assert [(touch.reason, touch.through) for one in found.values() for touch in one.touches] == [
        ("counts as what the plan names", "badge"),
        ("counts as what the plan names", "A"),
        ("is needed by what the plan names", "badge"),
    ]
