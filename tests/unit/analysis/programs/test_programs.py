from typing import Any

import pytest

import learngraph as lg
from learngraph import AllOf, AnyOf, AtLeast, Condition, LearningGraph, Need, Timing
from learngraph.analysis.programs.inside import Inside
from tests.builders import course, graph, program

_RECORD = "0tyLT0000000AQnYAM"


def plan(key: str, of: str, *needs: Any, **fields: Any) -> lg.ProgramPlan:
    return lg.ProgramPlan(key=key, program=of, requirements=[{"needs": each} for each in needs], **fields)


def university(*learnings: Any, needs: tuple[Any, ...], **parts: Any) -> LearningGraph:
    """A program BS whose plan asks for the needs."""
    return graph(*learnings, program("BS"), program_plans=[plan("bs", "BS", *needs)], **parts)


def keys(made: LearningGraph) -> list[str]:
    return [learning.key for learning in made]


# ---- what is inside


@pytest.mark.parametrize(
    ("needs", "inside"),
    [
        pytest.param(("B", "A"), "AB", id="two lines, in the order of the graph"),
        pytest.param(({"any": ["A", {"all": ["B", {"at_least": 1, "of": ["C"]}]}]},), "ABC", id="however deep"),
        pytest.param(({"credits": 3, "of": ["A", {"any": ["C", "D"]}]},), "ACD", id="credits"),
        pytest.param(("badge",), "D", id="an achievement"),
        pytest.param((_RECORD,), "E", id="a record"),
        pytest.param(("nowhere", {"condition": "a thesis"}, "A"), "A", id="what is not there"),
        pytest.param(("BS", "A"), "A", id="the program itself"),
        pytest.param(("MS",), "BC", id="another program, which names this one"),
        pytest.param(("BA", "A"), "A", id="a program without a plan"),
    ],
)
def test_the_courses_are_those_that_the_plan_names(needs: tuple[Any, ...], inside: str) -> None:
    made = graph(
        "A", "B", "C", course("D", outcomes=["badge"]), course("E", salesforce=lg.RecordIds(learning_id=_RECORD)), "F",
        program("BS"), program("MS"), program("BA"),
        program_plans=[plan("bs", "BS", *needs), plan("ms", "MS", "B", "C", "BS")],
        achievements=[lg.Achievement(key="badge")],
    )  # fmt: skip

    assert keys(lg.curriculum(made, program="BS")) == list(inside)


def test_what_belongs_to_the_courses_is_kept_and_nothing_else() -> None:
    whole = graph(
        "A", program("BS"), program("MS"), "B",
        options={"name": "All", "grades": "itu"},
        program_plans=[plan("bs", "BS", "A"), plan("ms", "MS", "B"), plan("bs0", "BS", "B", version=-1)],
        degree_plans=[lg.DegreePlan(key=key, program=of) for key, of in (("b", "BS"), ("m", "MS"), ("n", None))],
        achievements=[lg.Achievement(key="badge")], providers=[lg.Provider(key="p")], org=lg.OrgStamp(sandbox=True),
        places={"A": lg.Place("a.json", 1), "B": lg.Place("a.json", 2)},
    )  # fmt: skip
    before = whole.copy()

    made = lg.curriculum(whole, program="BS", plan="bs")

    assert (made.options, made.org, made.providers) == (whole.options, whole.org, whole.providers)
    assert (dict(made.achievements), dict(made.places)) == (dict(whole.achievements), {"A": lg.Place("a.json", 1)})
    assert ([one.key for one in made.program_plans], [one.key for one in made.degree_plans]) == (["bs"], ["b"])
    assert whole == before


@pytest.mark.parametrize(
    ("plans", "name", "chosen"),
    [
        pytest.param([{"version": 2}, {"version": 10}, {"version": 3}], None, 1, id="the highest version"),
        pytest.param([{"version": 0}, {}], None, 0, id="a version before none"),
        pytest.param([{"active_from": "2026-01-01"}, {"active_from": "2025-01-01"}, {}], None, 0, id="the latest"),
        pytest.param([{}, {}], None, 1, id="the last written"),
        pytest.param([{"version": 1, "active_from": "2030-01-01"}, {"version": 2}], None, 1, id="the version first"),
        pytest.param([{"version": 2}, {"version": 10}], "0", 0, id="the one that is named"),
    ],
)
def test_of_several_plans_one_is_taken(plans: list[dict[str, Any]], name: str | None, chosen: int) -> None:
    written = [plan(str(number), "BS", **fields) for number, fields in enumerate(plans)]

    made = lg.curriculum(graph(program("BS"), program_plans=written), program="BS", plan=name)

    assert [one.key for one in made.program_plans] == [str(chosen)]


@pytest.mark.parametrize(
    ("asked", "words", "plans"),
    [
        pytest.param({"program": "A"}, "course", ("bs",), id="a course"),
        pytest.param({"program": "MS"}, "no program plan", ("bs",), id="no plan"),
        pytest.param({"program": "BS", "plan": "x"}, "no plan 'x'", ("bs",), id="another plan"),
    ],
)
def test_a_program_without_the_plan_is_refused(asked: dict[str, str], words: str, plans: tuple[str, ...]) -> None:
    made = graph("A", program("BS"), program("MS"), program_plans=[plan("bs", "BS", "A")])

    with pytest.raises(lg.NoProgramPlanError, match=words) as caught:
        lg.curriculum(made, **asked)  # type: ignore[arg-type]  # keywords of texts alone
    assert caught.value.plans == plans
    assert "'bs'" in str(caught.value)
    with pytest.raises(lg.UnknownKeyError):
        lg.curriculum(made, program="nowhere")


# ---- requirements: A, B, C are inside; X, Y, Z are in the graph; U is not


@pytest.mark.parametrize(
    ("written", "trees", "hidden"),
    [
        pytest.param(Need("A"), [Need("A")], [], id="inside"),
        pytest.param(Need("X"), [Need("X")], [Need("X")], id="outside"),
        pytest.param(Need("U"), [Need("U")], [Need("U")], id="unknown"),
        pytest.param(Condition("c"), [Condition("c")], [], id="a condition"),
        pytest.param(AnyOf("X", "A", "Y", "B"), [AnyOf("A", "B")], [], id="any-of: those inside"),
        pytest.param(AnyOf("X", Need("A", 2)), [Need("A", 2)], [], id="any-of: the one inside"),
        pytest.param(AnyOf("X", "Y"), [AnyOf("X", "Y")], [AnyOf("X", "Y")], id="any-of: none inside"),
        pytest.param(AnyOf("X", Condition("c"), "A"), [AnyOf(Condition("c"), "A")], [], id="any-of: a condition stays"),
        pytest.param(
            AnyOf("X", Condition("c")),
            [AnyOf("X", Condition("c"))],
            [AnyOf("X", Condition("c"))],
            id="any-of: a condition is not inside",
        ),
        pytest.param(
            AnyOf("A", AnyOf("X", Condition("c")), AllOf("X", Condition("d"))),
            [AnyOf("A", Condition("c"))],
            [],
            id="any-of: a condition stays that can stand alone",
        ),
        pytest.param(AnyOf(Condition("c")), [AnyOf(Condition("c"))], [], id="any-of: nothing but conditions"),
        pytest.param(AnyOf(AllOf("A", "X"), "B"), [Need("B")], [], id="an all-of half inside is outside"),
        pytest.param(
            AnyOf(AllOf("A", "B"), "X"), [AllOf("A", "B")], [], id="an all-of is inside with all of its parts"
        ),
        pytest.param(
            AnyOf(AllOf("A", Condition("c")), "X"), [AllOf("A", Condition("c"))], [], id="an all-of with a condition"
        ),
        pytest.param(
            AllOf(AnyOf("A", "X"), "Y", AnyOf("X", "Z")),
            [AllOf("A", "Y", AnyOf("X", "Z"))],
            [Need("Y"), AnyOf("X", "Z")],
            id="all-of: each part for itself",
        ),
        pytest.param(AtLeast(2, "A", "X", "B", "C"), [AtLeast(2, "A", "B", "C")], [], id="at-least: enough"),
        pytest.param(
            AtLeast(2, "X", "A", "Y"),
            [Need("A"), AtLeast(1, "X", "Y")],
            [AtLeast(1, "X", "Y")],
            id="at-least: too few",
        ),
        pytest.param(AtLeast(2, "A", "X"), [Need("A"), Need("X")], [Need("X")], id="at-least: all of two"),
        pytest.param(
            AtLeast(2, "A", Condition("c")), [AtLeast(2, "A", Condition("c"))], [], id="at-least: the rest conditions"
        ),
        pytest.param(
            AllOf("B", AtLeast(2, "A", "X", "Y")),
            [AllOf("B", "A", AtLeast(1, "X", "Y"))],
            [AtLeast(1, "X", "Y")],
            id="an at-least in an all-of",
        ),
        pytest.param(
            AnyOf(AtLeast(2, "A", "X", "Y"), "Z"),
            [AnyOf(AtLeast(2, "A", "X", "Y"), "Z")],
            [AnyOf(AtLeast(2, "A", "X", "Y"), "Z")],
            id="an at-least in an any-of that is not inside",
        ),
        pytest.param(Need("E", 2), [Need("A", 2)], [], id="an equivalent inside"),
        pytest.param(Need("F"), [AnyOf("A", "B")], [], id="two equivalents inside"),
        pytest.param(Need("badge"), [Need("badge")], [], id="an achievement granted inside"),
        pytest.param(Need("medal"), [Need("medal")], [Need("medal")], id="an achievement granted outside"),
    ],
)
def test_a_requirement_asks_for_what_is_inside(written: Any, trees: list[Any], hidden: list[Any]) -> None:
    made = graph(
        "A", "B", course("C", outcomes=["badge"]), course("X", outcomes=["medal"]), "Y", "Z",
        course("E", equivalents=["X", "A"]), course("F", equivalents=["A", "B"]),
    )  # fmt: skip

    found = Inside(made, "ABC").trimmed(written)

    assert list(found.trees) == trees
    assert list(found.hidden) == hidden


def test_every_relation_is_seen_from_inside() -> None:
    either: Any = {"any": ["X", "A"]}
    made = university(
        "A", "X", course("B", either, corequisites=[either], recommended=[either]), needs=({"all": ["A", "B"]},)
    )

    found = lg.curriculum(made, program="BS")["B"]

    assert found.prerequisites == found.corequisites == found.recommended == (Need("A"),)


def test_a_tree_as_deep_as_can_be_is_no_obstacle() -> None:
    tree: Any = Need("F")
    for _ in range(62):
        tree = AllOf(tree)
    tree = AtLeast(2, tree, "X", "Y")
    made = graph("A", "B", "X", "Y", course("F", equivalents=["A", "B"]))

    assert Inside(made, "AB").trimmed(tree).inside is False


# ---- hidden prerequisites


def sized(key: str, credits_: int | None, *prerequisites: Any, **fields: Any) -> lg.Course:
    return course(key, *prerequisites, duration=credits_, **fields)


@pytest.mark.parametrize(
    ("others", "prerequisite", "courses", "total", "unknown"),
    [
        pytest.param([sized("X", 3, "Y"), sized("Y", 4)], "X", "XY", 7, (), id="a chain"),
        pytest.param([sized("X", 3), sized("Y", 2)], {"any": ["X", "Y"]}, "Y", 2, (), id="the fewest credits"),
        pytest.param([sized("X", 3), sized("Y", 3)], {"any": ["Y", "X"]}, "Y", 3, (), id="the first of a tie"),
        pytest.param(
            [sized("X", 1, "Z"), sized("Y", 4), sized("Z", 5)], {"any": ["X", "Y"]}, "Y", 4, (), id="credits in all"
        ),
        pytest.param(
            [sized("X", 1, "W", "V"), sized("W", 1, "Z"), sized("V", 1, "Z"), sized("Z", 3), sized("Y", 7)],
            {"any": ["Y", "X"]}, "XWVZ", 6, (), id="what is shared counts once",
        ),
        pytest.param([sized("X", None), sized("Y", 9)], {"any": ["X", "Y"]}, "Y", 9, (), id="credits not known"),
        pytest.param([sized("X", None), sized("Y", 9)], {"all": ["X", "Y"]}, "XY", None, (), id="no total"),
        pytest.param([sized("X", 3)], {"any": ["U", "X"]}, "X", 3, ("U",), id="an alternative not in the graph"),
        pytest.param([sized("X", 3)], {"all": ["U", "X"]}, "X", 3, ("U",), id="another not in the graph"),
        pytest.param([sized("X", 3)], {"any": ["X", {"condition": "c"}]}, "X", 3, (), id="a condition beside it"),
        pytest.param(
            [sized("X", 3), sized("Y", 1), sized("Z", 2)],
            {"at_least": 2, "of": ["X", "Y", "Z"]}, "YZ", 3, (), id="two of three",
        ),
        pytest.param(
            [sized("X", 3, corequisites=["Y"]), sized("Y", 1, "Z", corequisites=["X"]), sized("Z", 2)],
            "X", "XYZ", 6, (), id="corequisites of one another",
        ),
        pytest.param([sized("X", 3, "A")], "X", "X", 3, (), id="needs what is inside"),
        pytest.param([sized("X", 3, "BS")], "X", "X", 3, (), id="needs the program itself"),
        pytest.param([program("MS", "Y", duration=30), sized("Y", 3)], "MS", ("MS",), 30, (), id="a program"),
        pytest.param(
            [sized("X", 3), sized("Y", 3), sized("Z", 3)],
            {"all": ["X", {"any": ["Y", "X"]}]}, "X", 3, (), id="what is taken anyhow",
        ),
    ],
)  # fmt: skip
def test_what_is_taken_besides_the_plan(
    others: list[Any], prerequisite: Any, courses: Any, total: Any, unknown: tuple[str, ...]
) -> None:
    made = university(sized("A", 3), sized("B", 3, prerequisite), *others, needs=("A", "B"))

    found = lg.hidden_prerequisites(made, program="BS")

    assert (sorted(found.courses), found.total_credits, found.unknown) == (sorted(courses), total, unknown)
    pulled = lg.curriculum(made, program="BS", with_hidden=True)
    assert set(keys(pulled)) == {"A", "B", *(key for key in courses if made[key].type == "course")}


def test_each_hidden_requirement_is_told() -> None:
    made = university(
        sized("A", 3, AnyOf("X", "Y"), {"all": ["B", "U"]}, recommended=["Z"], corequisites=["L"]),
        "B", sized("X", 4, "Z"), sized("Y", 9), sized("Z", 2), sized("L", None),
        needs=({"all": ["A", "B"]},),
    )  # fmt: skip

    found = lg.hidden_prerequisites(made, program="BS")

    assert found.table.rows == [
        ("A", "prerequisite", "X or Y", "X, Y", 4),
        ("A", "prerequisite", "U", "U", None),
        ("A", "corequisite", "L", "L", None),
        ("X", "prerequisite", "Z", "Z", 2),
    ]
    assert repr(found) == "<HiddenPrerequisites: 4 requirements, 3 learnings of an unknown number of credits>"


def test_thousands_in_a_row_are_no_obstacle() -> None:
    chain = [sized(str(n), 1, *([str(n - 1)] if n else [])) for n in range(5000)]

    found = lg.hidden_prerequisites(university(*chain, needs=("4999",)), program="BS")

    assert found.total_credits == 4999


# ---- overlaps


def test_programs_share_what_both_of_their_plans_name() -> None:
    made = graph(
        "A", "B", course("C", "X"), "D", "X", program("P"), program("Q"), program("R"), program("none"),
        program_plans=[plan("p", "P", "B", "A"), plan("q", "Q", "A", "B", "C"), plan("r", "R", "X", "D")],
    )  # fmt: skip

    overlap = lg.program_overlap(made)

    assert overlap.table.rows == [("P", "Q", 2, "A, B"), ("P", "R", 0, ""), ("Q", "R", 0, "")]
    assert overlap.shared("Q", "P") == ("A", "B")
    assert repr(overlap) == "<ProgramOverlap: 3 programs, 2 shared courses>"
    assert lg.only_needed_by(made) == {"P": (), "Q": ("C",), "R": ("D",)}  # Q needs X in secret
    with pytest.raises(lg.UnknownKeyError):
        overlap.shared("P", "none")


# ---- outcomes


def test_an_outcome_of_a_program_is_granted_by_a_course_of_it() -> None:
    made = graph(
        course("A", outcomes=["badge"]), course("X", outcomes=["medal"]),
        program("BS", outcomes=["medal", "badge", "cup"]),
        program_plans=[plan("bs", "BS", "A")],
    )  # fmt: skip

    assert lg.ungranted_outcomes(made, program="BS") == ("medal", "cup")


_BEFORE, _WITH = {"need": "badge"}, {"need": "badge", "timing": Timing.BEFORE_OR_WITH}


@pytest.mark.parametrize(
    ("needs", "terms", "expected"),
    [
        pytest.param(_BEFORE, [["G"], ["A"]], [], id="in time"),
        pytest.param(_BEFORE, [["A", "G"]], [("badge", "A", 1, "G", 1)], id="in the same term"),
        pytest.param(_WITH, [["A", "G"]], [], id="in the same term, where that will do"),
        pytest.param(_WITH, [["A"], ["G"]], [("badge", "A", 1, "G", 2)], id="later"),
        pytest.param(_BEFORE, [["A"]], [("badge", "A", 1, "G", None)], id="what grants it is not placed"),
        pytest.param(_BEFORE, [[]], [], id="what requires it is not placed"),
        pytest.param({"any": ["badge", "B"]}, [["B"], ["A"]], [], id="another alternative is there in time"),
        pytest.param({"any": ["badge", "B"]}, [["A", "B"]], [("badge", "A", 1, "G", None)], id="none is in time"),
        pytest.param({"any": ["badge", {"condition": "c"}]}, [["A"], ["G"]], [("badge", "A", 1, "G", 2)], id="consent"),
        pytest.param("medal", [["A"]], [("medal", "A", 1, None, None)], id="granted outside alone"),
        pytest.param("medal", [[]], [("medal", "A", None, None, None)], id="granted outside alone, not placed"),
        pytest.param(_BEFORE, None, [], id="without a degree plan: the earliest terms"),
        pytest.param("medal", None, [("medal", "A", 1, None, None)], id="without a degree plan: granted outside"),
        pytest.param("ring", None, [("ring", "A", None, "R", None)], id="without a degree plan: a circle"),
    ],
)
def test_an_achievement_is_required_after_it_is_granted(needs: Any, terms: Any, expected: list[Any]) -> None:
    made = graph(
        course("A", needs), "B", course("G", outcomes=["badge"]), course("X", outcomes=["medal"]),
        course("R", "A", outcomes=["ring"]), program("BS"),
        program_plans=[plan("bs", "BS", "A", "B", "G", "R")],
        degree_plans=[] if terms is None else [lg.DegreePlan(key="way", program="BS", terms=terms)],
    )  # fmt: skip

    found = lg.outcomes_out_of_order(made, program="BS")

    assert list(found.table.rows) == expected
    assert f"{len(expected)} times" in repr(found)


@pytest.mark.parametrize("key", ["BA ECON", "BS BIOL", "BS CS", "MS DATA"])
def test_a_real_program_with_its_hidden_prerequisites_needs_nothing_more(key: str) -> None:
    whole = lg.examples.university()

    made = lg.curriculum(whole, program=key, with_hidden=True)

    left = [
        reference.needed for reference in made.index.references if reference.relation is not lg.Relation.RECOMMENDED
    ]
    assert set(left) <= set(keys(made)) | set(made.achievements)
    assert lg.attainability(made).unattainable == ()
    assert lg.ungranted_outcomes(whole, program=key) == ()
    assert lg.outcomes_out_of_order(whole, program=key).out_of_order == ()
