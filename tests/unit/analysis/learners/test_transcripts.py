import time
from typing import Any

import pytest

import learngraph as lg
from learngraph import Condition, LearningGraph, Need, Timing, Transcript
from tests.builders import course, graph, program

_BADGE = [lg.Achievement(key="badge")]


def offered(made: LearningGraph, *records: Any, **fields: Any) -> tuple[str, ...]:
    return lg.can_take(made, transcript=Transcript(records, **fields)).keys


def passed(key: str, grade: Any = None, term: int | None = None, **fields: Any) -> dict[str, Any]:
    return {"key": key, "grade": grade, "term": term, **fields}


# ---- what can be taken: is X, which needs something, offered?

WITH, OR_WITH = Timing.WITH, Timing.BEFORE_OR_WITH


@pytest.mark.parametrize(
    ("needs", "records", "expected"),
    [
        pytest.param(Need("A"), [], False, id="not taken"),
        pytest.param(Need("A"), ["A"], True, id="passed some time"),
        pytest.param(Need("A"), [passed("A", "F")], False, id="failed"),
        pytest.param(Need("A"), [passed("A", "F"), passed("A", "D")], True, id="passed the second time"),
        pytest.param(Need("A"), [passed("A", in_progress=True)], False, id="in progress"),
        pytest.param(Need("A", 3), [passed("A", "C")], False, id="a grade too low"),
        pytest.param(Need("A", 3), [passed("A", "B")], True, id="a grade as high"),
        pytest.param(Need("A", 3), [passed("A", "P")], False, id="a pass without a number"),
        pytest.param(Need("A", 3), ["A"], False, id="no grade"),
        pytest.param(Need("A", 3), [passed("A", "B"), passed("A", "C")], True, id="the better of two attempts"),
        pytest.param(Need("A"), [passed("A", term=2)], False, id="taken now, too late"),
        pytest.param(Need("A", timing=OR_WITH), [passed("A", term=2)], True, id="taken now, in time"),
        pytest.param(Need("A", 3, timing=WITH), [passed("A", term=2)], True, id="taken now, any grade can be reached"),
        pytest.param(Need("A", 3, timing=WITH), [passed("A", "C", 2)], False, id="taken now with a grade too low"),
        pytest.param(
            Need("A", timing=WITH), [passed("A", "F", 2)], False, id="failed now, and not to be taken again now"
        ),
        pytest.param(Need("A", timing=WITH), [passed("A", term=1)], True, id="taken before, where together is asked"),
        pytest.param(Need("A", timing=OR_WITH), [], True, id="can be taken now"),
        pytest.param(Need("A", timing=OR_WITH), [passed("A", term=3)], True, id="planned for later, can be taken now"),
        pytest.param(Need("Z", timing=OR_WITH), [], False, id="cannot be taken now"),
        pytest.param(Need("A", timing=OR_WITH), ["E"], False, id="excluded, so not to be taken now"),
        pytest.param(Need("Q"), ["H"], True, id="an equivalent"),
        pytest.param(Need("H"), ["Q"], False, id="of which the learning is no equivalent"),
        pytest.param(Need("badge"), ["G"], False, id="an achievement, without the grade that it asks for"),
        pytest.param(Need("badge"), [passed("G", "B")], True, id="an achievement that was granted"),
        pytest.param(Need("badge", 4), [passed("G", "B")], False, id="an achievement, with a higher grade asked for"),
        pytest.param(Need("badge"), ["badge"], True, id="an achievement that the transcript has"),
        pytest.param(Need("nowhere"), [], True, id="unknown"),
        pytest.param({"any": ["nowhere", "Z"]}, [], False, id="unknown, beside another"),
        pytest.param({"any": ["nowhere", "Z"]}, ["nowhere"], True, id="known to the transcript alone"),
        pytest.param({"any": [Condition("consent"), "Z"]}, [], False, id="a condition beside another"),
        pytest.param({"at_least": 2, "of": ["Q", "H", "Z"]}, ["H"], True, id="two, one of them by its equivalent"),
    ],
)
def test_a_learning_is_offered_when_its_needs_are_met(needs: Any, records: list[Any], expected: bool) -> None:  # noqa: FBT001 - a column of a table
    made = graph(
        course("X", needs), "A", course("Q", equivalents=["H"]), "H", course("Z", "Z"), course("E", exclusions=["A"]),
        course("G", outcomes=[lg.Outcome(achievement="badge", minimum_grade=3)]), achievements=_BADGE,
    )  # fmt: skip

    found = lg.can_take(made, transcript=Transcript(records, term=2))

    assert ("X" in found.keys) is expected
    assert found.term == 2


@pytest.mark.parametrize(
    ("records", "keys", "excluded"),
    [
        pytest.param([], "AHEP", [], id="nothing yet"),
        pytest.param(["A"], "HP", ["E"], id="passed, and what it excludes"),
        pytest.param(["E"], "P", ["A", "H"], id="excluded by others, and what they exclude"),
        pytest.param(["H"], "P", ["E"], id="what counts as it was passed"),
        pytest.param([passed("E", "F")], "AHEP", [], id="failed, so again, and excluding nothing"),
        pytest.param([passed("E", in_progress=True)], "AHP", [], id="in progress"),
        pytest.param([passed("E", term=1)], "P", ["A", "H"], id="passed in a term"),
        pytest.param(["P"], "AHE", [], id="a program"),
    ],
)
def test_what_was_passed_or_is_excluded_is_not_offered(records: list[Any], keys: str, excluded: list[str]) -> None:
    made = graph(course("A", equivalents=["H"]), "H", course("E", exclusions=["A", "H"]), program("P"))

    found = lg.can_take(made, transcript=Transcript(records))

    assert (found.keys, list(found.excluded)) == (tuple(keys), excluded)
    assert all("no credit beside" in why for why in found.excluded.values())


def test_what_asks_for_one_another_is_offered_together() -> None:
    made = graph(
        course("A", corequisites=["L"], duration=3), course("L", corequisites=["A"]), "B",
        course("C", corequisites=["Z"]), course("Z", corequisites=["C"], prerequisites=["B"]),
    )  # fmt: skip

    found = lg.can_take(made, transcript=Transcript())

    assert found.table.rows == [("A", "About A", 3, "L"), ("L", "About L", None, "A"), ("B", "About B", None, "")]
    assert repr(found) == "<Openings: 3 learnings in term 1, 0 excluded>"
    assert offered(made, "B") == ("A", "L", "C", "Z")


@pytest.mark.parametrize(("unknown", "keys"), [("neutral", ("A",)), ("met", ("A", "B")), ("unmet", ())])
def test_what_is_not_known_has_three_readings(unknown: Any, keys: tuple[str, ...]) -> None:
    made = graph(course("A", Condition("consent")), course("B", {"any": ["nowhere", "Z"]}), course("Z", "Z"))

    assert lg.can_take(made, transcript=Transcript(), unknown=unknown).keys == keys
    assert [lg.missing(made, transcript=Transcript(), key=key, unknown=unknown).met for key in "AB"] == [
        key in keys for key in "AB"
    ]


def test_what_cannot_be_asked_is_refused() -> None:
    made, nothing = graph("A"), Transcript()
    reading: Any = "foo"

    with pytest.raises(lg.InvalidValueError, match="foo"):
        lg.can_take(made, transcript=nothing, unknown=reading)
    with pytest.raises(lg.UnknownGradeError):
        lg.can_take(made, transcript=Transcript([passed("A", "1+")]))
    with pytest.raises(lg.InvalidValueError, match="either"):
        lg.missing(made, transcript=nothing)
    with pytest.raises(lg.InvalidValueError, match="either"):
        lg.missing(made, transcript=nothing, key="A", plan="p")
    with pytest.raises(lg.UnknownKeyError):
        lg.missing(made, transcript=nothing, key="nowhere")
    with pytest.raises(lg.NoProgramPlanError):
        lg.missing(made, transcript=nothing, plan="A")
    with pytest.raises(lg.NoProgramPlanError, match="neither"):
        lg.missing(made, transcript=nothing, plan="nowhere")


def test_letters_are_read_through_the_scale_of_the_catalogue() -> None:
    made = graph("A", course("X", Need("A", 3)), options={"grades": "itu"})

    assert offered(made, passed("A", "BB")) == ("X",)
    assert offered(made, passed("A", "CB")) == ()


# ---- what is missing for a learning


@pytest.mark.parametrize(
    ("needs", "records", "rows"),
    [
        pytest.param("A", [], [("A", "")], id="nothing done"),
        pytest.param("A", ["A"], [], id="all done"),
        pytest.param(
            Need("A", 3),
            [passed("A", "C")],
            [("A with at least 3", "A was passed with 2 (C), 3 (B) is asked for")],
            id="a low grade",
        ),
        pytest.param(
            Need("A", 3),
            [passed("A", "C"), passed("A", 2.5)],
            [("A with at least 3", "A was passed with 2.5, 3 (B) is asked for")],
            id="the best",
        ),
        pytest.param(
            Need("A", 3),
            [passed("A", "P")],
            [("A with at least 3", "A was passed without a number, 3 (B) is asked for")],
            id="no number",
        ),
        pytest.param("A", [passed("A", "F")], [("A", "A was failed")], id="failed"),
        pytest.param("A", [passed("A", in_progress=True)], [("A", "A is in progress")], id="in progress"),
        pytest.param(
            "A", [passed("A", term=2)], [("A", "A was taken in the same term, it must come before")], id="too late"
        ),
        pytest.param(Need("A", timing=OR_WITH), [passed("A", term=2)], [], id="at the same time"),
        pytest.param(
            Need("A", timing=OR_WITH), [], [("A (before or at the same time)", "")], id="to be taken at the same time"
        ),
        pytest.param(
            Need("A", 3),
            [passed("H", "C")],
            [("A with at least 3", "H, which counts as A, was passed with 2 (C), 3 (B) is asked for")],
            id="an equivalent",
        ),
        pytest.param(
            "badge",
            ["G"],
            [("badge", "G, which grants badge, was passed without a number, 3 (B) is asked for")],
            id="an achievement",
        ),
        pytest.param(
            {"all": ["A", {"all": ["H", "G"]}]}, ["B"], [("A", ""), ("H", ""), ("G", "")], id="the parts of an all-of"
        ),
        pytest.param(
            {"at_least": 2, "of": ["A", "G", "B"]},
            ["B"],
            [("2 of A, G, B", "2 of 3: 1 done; B is done")],
            id="some of several",
        ),
        pytest.param(
            {"any": [{"all": ["A", "B"]}, "G"]}, ["B"], [("(A and B) or G", "B is done")], id="half of an alternative"
        ),
        pytest.param({"any": ["A", Condition("consent")]}, [], [('A or "consent"', "")], id="as it is written"),
        pytest.param("nowhere", [], [], id="unknown"),
    ],
)
def test_each_requirement_that_is_not_met_is_told(needs: Any, records: list[Any], rows: list[tuple[str, str]]) -> None:
    made = graph(
        course("X", needs), course("A", equivalents=["H"]), "H", "B",
        course("G", outcomes=[lg.Outcome(achievement="badge", minimum_grade=3)]), achievements=_BADGE,
    )  # fmt: skip

    found = lg.missing(made, transcript=Transcript(records, term=2), key="X")

    assert [row[1:] for row in found.table.rows] == rows
    assert found.met is (not rows)


def test_what_is_needed_in_turn_is_told_nearest_first() -> None:
    made = graph(
        course("X", {"any": ["B", "C"]}, corequisites=["A"]), course("A", "D", "E"), course("B", "E"),
        course("C", "X", "F"), course("D", "F"), course("E", "G"), "F", course("G", "Z"), course("Z", "Z"),
    )  # fmt: skip

    found = lg.missing(made, transcript=Transcript(["E", "F"]), key="X")

    words = [row[1] for row in found.table.rows]
    assert [(one.learning, one.needed_by, said) for one, said in zip(found.requirements, words, strict=True)] == [
        ("X", None, "B or C"), ("X", None, "A"), ("C", "X", "X"), ("A", "X", "D"),
    ]  # fmt: skip
    assert (found.path("A"), found.path("X"), found.path("G")) == (("X", "A"), ("X",), ())
    assert repr(found) == "<Missing: 4 requirements of 3 learnings>"


def test_what_was_passed_lacks_nothing() -> None:
    made = graph(course("X", "A"), "A", course("P", "A", equivalents=["X"]))

    assert lg.missing(made, transcript=Transcript(["X"]), key="X").met
    assert lg.missing(made, transcript=Transcript(["X"]), key="P").met


def test_thousands_in_a_row_are_no_obstacle() -> None:
    chain = [course(str(n), *([str(n - 1)] if n else [])) for n in range(5000)]
    side = [
        course(f"c{n}", corequisites=[f"c{n - 1}" if n else "c0", *(["4999"] if not n else [])]) for n in range(5000)
    ]
    made = graph(*chain, *side)
    started = time.monotonic()

    assert len(lg.missing(made, transcript=Transcript(), key="4999").requirements) == 4999
    assert offered(made) == ("0",)
    assert time.monotonic() - started < 10


# ---- what is missing for a plan


def planned(*needs: Any, **parts: Any) -> LearningGraph:
    return graph(
        course("A", duration=3, equivalents=["H"]), course("B", duration=3), course("C", duration=4, exclusions=["B"]),
        course("D"), course("H", duration=2), program("BS"), program("MS"), program("BA"),
        program_plans=[
            lg.ProgramPlan(key="bs", program="BS", requirements=[{"needs": each} for each in needs]),
            lg.ProgramPlan(key="ms", program="MS", requirements=[{"needs": "D"}, {"needs": {"any": ["BS", "D"]}}]),
        ],
        **parts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("needs", "records", "done", "told"),
    [
        pytest.param({"all": ["A", "B"]}, ["B"], ("B", 3, None), [("A", ())], id="one of two"),
        pytest.param({"all": ["A", "B"]}, ["B", "H"], ("HB", 5, None), [], id="an equivalent"),
        pytest.param(
            Need("A", 3),
            [passed("A", "C")],
            ("", 0, None),
            [("A with at least 3", ("A was passed with 2 (C), 3 (B) is asked for",))],
            id="a low grade",
        ),
        pytest.param("A", [passed("A", term=3)], ("", 0, None), [("A", ("A is being taken",))], id="not ended"),
        pytest.param(
            {"at_least": 2, "of": ["B", "C", "A"]},
            ["B", "C"],
            ("C", 4, None),
            [("2 of B, C, A", ("2 of 3: 1 done", "B gives no credit beside another that was passed", "C is done"))],
            id="exclusions count once",
        ),
        pytest.param({"credits": 6, "of": ["A", "B", "D"]}, ["A", "B"], ("AB", 6, 6), [], id="credits"),
        pytest.param(
            {"credits": 6, "of": ["A", "B", "D"]},
            ["A", "D"],
            ("AD", 3, 6),
            [("6 credits of A, B, D", ("3 of 6 credits are done",))],
            id="credits not stated",
        ),
        pytest.param(
            {"credits": 6, "of": ["A", "D"]},
            ["A", passed("D", duration=3)],
            ("AD", 6, 6),
            [],
            id="credits of the transcript",
        ),
        pytest.param(
            {"credits": 6, "of": ["B", "C"]},
            ["B", "C"],
            ("C", 4, 6),
            [("6 credits of B, C", ("4 of 6 credits are done",))],
            id="credits of one of two",
        ),
        pytest.param(
            {"credits": 3, "of": [{"all": ["A", "D"]}]},
            ["A"],
            ("", 0, 3),
            [("3 credits of A and D", ("0 of 3 credits are done",))],
            id="credits of half a part",
        ),
        pytest.param({"credits": 3, "of": [{"any": ["A", "A"]}, "A"]}, ["A"], ("A", 3, 3), [], id="credits once"),
        pytest.param("MS", ["D"], ("", 0, None), [], id="a program whose plan is met"),
        pytest.param({"all": ["MS", "MS"]}, ["D"], ("", 0, None), [], id="a program that is named twice"),
        pytest.param("MS", ["MS"], (["MS"], 0, None), [], id="a program that was passed"),
        pytest.param("MS", ["A"], ("", 0, None), [("MS", ())], id="a program whose plan is not met"),
        pytest.param("BS", [], ("", 0, None), [("BS", ())], id="the program itself"),
        pytest.param("BA", ["A"], ("", 0, None), [("BA", ())], id="a program without a plan"),
        pytest.param(Condition("a thesis"), [], ("", 0, None), [], id="a condition"),
    ],
)
def test_a_line_of_a_plan_says_what_is_done_and_what_is_missing(
    needs: Any, records: list[Any], done: tuple[Any, int, int | None], told: Any
) -> None:
    found = lg.missing(planned(needs), transcript=Transcript(records, term=3), plan="BS")

    (line,) = found.lines
    assert (line.done, line.credits_done, line.credits_asked) == (tuple(done[0]), *done[1:])
    assert list(line.missing) == told
    assert found.met is line.met is (not told)


def test_of_what_excludes_one_another_the_choice_meets_the_most_lines() -> None:
    made = planned("C", {"credits": 3, "of": ["A", "B"]})
    name = lg.missing(made, transcript=Transcript(["B", "C", "A"]), plan="bs")

    assert name.met
    assert name.without_credit == ("B",)
    assert [line.name for line in name.lines] == ["line 1", "line 2"]
    assert lg.missing(made, transcript=Transcript(["B", "C"]), plan="bs").without_credit == ("B",)
    for needed, other in (("B", "C"), ("C", "B")):
        for taken in (["B", "C"], ["C", "B"]):
            found = lg.missing(planned(needed), transcript=Transcript(taken), plan="bs")
            assert (found.met, found.without_credit) == (True, ()), "what the plan does not name is not in the way"
            found = lg.missing(planned(needed, {"any": [other, "D"]}), transcript=Transcript([*taken, "D"]), plan="bs")
            assert (found.met, found.without_credit) == (True, (other,))
    assert repr(lg.missing(made, transcript=Transcript(["B"]), plan="bs")) == (
        "<Missing: 1 requirements, 1 of 2 lines are met>"
    )


def test_a_real_student_has_a_way_through_the_degree_plan() -> None:
    made = lg.examples.university()
    (way,) = made.degree_plans
    records: list[dict[str, Any]] = [passed("university admission", "A")]
    for number, keys in enumerate(way.terms, start=1):
        found = lg.can_take(made, transcript=Transcript(records, term=number))
        assert set(keys) <= set(found.keys), f"term {number}"
        records += [passed(key, "A", number) for key in keys]

    done = lg.missing(made, transcript=Transcript(records), plan="BS CS")

    assert done.met, done.table.rows
    assert (
        not lg.missing(made, transcript=Transcript(records[:-1]), plan="BS CS").met or records[-1]["key"] == "PHIL 320"
    )
