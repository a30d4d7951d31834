"""Where all stands in a map of a curriculum, told by facts of the layout."""

import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

import learngraph as lg
from learngraph.plotting.crossings import crossings, exchange_neighbours, few_crossings
from learngraph.plotting.junctions import parts_of
from learngraph.plotting.placing import half_heights
from learngraph.plotting.standing import standing_of
from learngraph.plotting.tracks import Tracks, tracks_of
from tests.builders import course, graph, program
from tests.map_facts import boxes_run_through, edges, overlapping_boxes


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        pytest.param("A", [("A", "C", "forward")], id="a need leads to its learning directly"),
        pytest.param({"all": ["A", "B"]}, [("A", "C", "forward"), ("B", "C", "forward")], id="all of"),
        pytest.param({"any": ["A"]}, [("A", "C", "forward")], id="any of one"),
        pytest.param(
            {"any": ["A", "B"]},
            [("A", "any of", "forward"), ("B", "any of", "forward"), ("any of", "C", "forward")],
            id="any of",
        ),
        pytest.param(
            {"at_least": 2, "of": ["A", "B", "X"]},
            [
                ("A", "2 of 3", "forward"),
                ("B", "2 of 3", "forward"),
                ("X", "2 of 3", "forward"),
                ("2 of 3", "C", "forward"),
            ],
            id="at least",
        ),
        pytest.param(
            {"any": ["A", {"all": ["B", "X"]}]},
            [
                ("A", "any of", "forward"),
                ("B", "all of", "forward"),
                ("X", "all of", "forward"),
                ("all of", "any of", "forward"),
                ("any of", "C", "forward"),
            ],
            id="all of inside any of",
        ),
    ],
)
def test_a_requirement_is_drawn_as_what_it_is(requirement: Any, expected: list[tuple[str, str, str]]) -> None:
    assert edges("A", "B", course("C", requirement)) == expected


def test_terms_are_the_columns_from_left_to_right() -> None:
    drawn = lg.curriculum_map(graph(course("C", "B"), course("B", "A"), "A", course("X", "X")))

    assert [(column.label, column.term) for column in drawn.columns] == [
        ("Term 1", 1), ("Term 2", 2), ("Term 3", 3), ("Out of reach", None),
    ]  # fmt: skip
    for node in drawn.nodes:
        (column,) = (column for column in drawn.columns if column.term == node.term)
        assert column.left < node.x - node.width / 2 < node.x + node.width / 2 < column.right
    assert [column.left for column in drawn.columns] == [0, *(column.right for column in drawn.columns[:-1])]
    assert drawn.columns[-1].right == drawn.width


def test_what_may_be_taken_along_stands_to_the_left_in_the_same_term() -> None:
    drawn = lg.curriculum_map(graph(course("A", corequisites=["B"]), course("B", corequisites=["C"]), "C"))

    a, b, c = (drawn.by_key[key] for key in "ABC")
    assert (a.term, b.term, c.term) == (1, 1, 1)
    assert c.x < b.x < a.x
    assert {edge.way for edge in drawn.edges} == {lg.Way.FORWARD}


def test_mutual_corequisites_stand_together() -> None:
    learnings = [course("A", corequisites=["B"]), course("X"), course("B", corequisites=["A"]), course("C", "A", "B")]
    drawn = lg.curriculum_map(graph(*learnings))

    a, b = drawn.by_key["A"], drawn.by_key["B"]
    assert a.x == b.x
    assert abs(a.y - b.y) == pytest.approx(1.0), "nothing stands between them"
    assert [edge.way for edge in drawn.edges[:2]] == [lg.Way.TOGETHER] * 2
    assert {x for edge in drawn.edges[:2] for x, _ in edge.points} == {a.x - 0.5, a.x + 0.5}, "two lines, two sides"


def test_a_circle_is_cut_once_and_that_line_runs_back() -> None:
    assert edges(course("A", "C"), course("B", "A"), course("C", "B")) == [
        ("C", "A", "back"),
        ("A", "B", "forward"),
        ("B", "C", "forward"),
    ]


def test_what_needs_itself_has_a_line_to_itself() -> None:
    assert edges(course("A", "A")) == [("A", "A", "back")]


def test_an_alternative_that_comes_later_runs_back() -> None:
    drawn = edges("A", course("B", "A"), course("C", {"any": ["A", "B", "D"]}), course("D", "C"))

    assert ("D", "any of", "back") in drawn
    assert ("A", "any of", "forward") in drawn


def test_a_degree_plan_gives_the_terms_and_who_is_shown() -> None:
    plan = lg.DegreePlan(key="plan", terms=[["A"], [], ["B"], ["C", "D"]])
    whole = graph("A", course("B", "A", "C", "Z"), "C", course("D", "C"), "Y", "Z", degree_plans=[plan])

    drawn = lg.curriculum_map(whole, terms="plan")

    assert [(node.key, node.term, node.outside) for node in drawn.nodes] == [
        ("A", 1, False), ("B", 3, False), ("C", 4, False), ("D", 4, False), ("Z", None, True),
    ]  # fmt: skip
    assert [column.label for column in drawn.columns] == ["Term 1", "Term 2", "Term 3", "Term 4"]
    assert [edge.way.value for edge in drawn.edges] == ["forward", "back", "forward", "forward"], "C comes too late"
    assert drawn == lg.curriculum_map(whole, terms=plan)


def test_an_empty_term_of_a_degree_plan_is_a_column_that_lines_pass() -> None:
    plan = lg.DegreePlan(key="plan", terms=[["A"], [], ["B"], []])
    whole = graph("A", course("B", "A"), degree_plans=[plan])

    drawn = lg.curriculum_map(whole, terms="plan")

    assert [column.label for column in drawn.columns] == ["Term 1", "Term 2", "Term 3", "Term 4"]
    assert all(column.right - column.left > 1 for column in drawn.columns), "as wide as a box at least"
    empty = drawn.columns[1]
    assert drawn.by_key["A"].x < empty.left < empty.right < drawn.by_key["B"].x
    (edge,) = drawn.edges
    assert sum(empty.left < x < empty.right for x, _ in edge.points) == 2
    assert {column.label for column in lg.curriculum_map(whole, terms="plan", keys=["B"]).columns} == {
        "Term 1", "Term 3"}, "of a part only what it takes"  # fmt: skip


def test_a_degree_plan_of_nothing_is_an_empty_map() -> None:
    drawn = lg.curriculum_map(graph("A"), terms=lg.DegreePlan(key="plan", terms=[[], []]))

    assert (drawn.nodes, drawn.columns, drawn.width) == ((), (), 0)


def test_what_is_shown_and_not_in_the_plan_stands_last() -> None:
    plan = lg.DegreePlan(key="plan", terms=[["A"]])

    drawn = lg.curriculum_map(graph("A", "B"), terms=plan, keys=["B", "A"])

    assert [column.label for column in drawn.columns] == ["Term 1", "Not planned"]
    assert [node.key for node in drawn.nodes] == ["A", "B"], "in the order of the graph"


def test_some_learnings_show_what_they_refer_to_outside() -> None:
    whole = graph("A", course("B", "A"), course("C", "B", "X"), course("D", "C"))

    drawn = lg.curriculum_map(whole, keys=["C"])

    assert [(node.key, node.kind.value, node.term, node.outside) for node in drawn.nodes] == [
        ("C", "course", 3, False), ("B", "course", 2, True), ("X", "missing", None, True),
    ]  # fmt: skip
    assert drawn.by_key["X"].x == drawn.by_key["B"].x, "what has no term stands before the first that needs it"


def test_what_a_first_term_refers_to_stands_before_it() -> None:
    drawn = lg.curriculum_map(graph(course("A", "X")))

    assert [(column.label, column.term) for column in drawn.columns] == [("Before", 0), ("Term 1", 1)]


def test_an_achievement_stands_behind_who_grants_it() -> None:
    badge = lg.Achievement(key="badge", name="A badge")
    drawn = lg.curriculum_map(
        graph(course("A", outcomes=["badge"]), course("B", "badge"), course("C", "unknown"), achievements=[badge])
    )

    a, b, node = drawn.by_key["A"], drawn.by_key["B"], drawn.by_key["badge"]
    assert (node.kind, node.label) == (lg.NodeKind.ACHIEVEMENT, "A badge")
    assert a.x < node.x < b.x
    assert [edge.relation.value for edge in drawn.edges] == ["prerequisite", "prerequisite", "outcome"]


def test_an_achievement_that_is_granted_and_not_declared_is_missing_as_in_the_graph() -> None:
    whole = graph(course("A", outcomes=["badge"]), course("B", "badge"))
    drawn = lg.curriculum_map(whole)

    a, b, node = drawn.by_key["A"], drawn.by_key["B"], drawn.by_key["badge"]
    assert node.kind == lg.NodeKind.MISSING == whole.networkx.nodes["badge"]["kind"]
    assert a.x < node.x < b.x, "who grants it is known all the same"
    assert [edge.relation.value for edge in drawn.edges] == ["prerequisite", "outcome"]


def test_conditions_stay_with_what_asks_for_them() -> None:
    asked = course("B", {"condition": "consent"}, {"any": ["A", {"condition": "a test"}]})
    drawn = lg.curriculum_map(graph("A", asked))

    assert {node.label: node.conditions for node in drawn.nodes} == {
        "About A": (), "About B": ("consent",), "any of": ("a test",),
    }  # fmt: skip


def test_alike_alternatives_of_one_lane_are_one_junction() -> None:
    either = {"any": ["A", "B"]}
    drawn = edges("A", "B", course("C", either), course("D", either), course("E", "C", either))

    assert [edge for edge in drawn if edge[0] == "any of"] == [
        ("any of", "C", "forward"), ("any of", "D", "forward"), ("any of", "E", "forward"),
    ]  # fmt: skip
    assert drawn.count(("A", "any of", "forward")) == 2, "one for C and D, one for E in a later lane"


def test_lines_of_one_source_run_together_only_where_their_relation_is_the_same() -> None:
    far = course("E", "D", "A", recommended=["A"])
    drawn = lg.curriculum_map(graph("A", course("B", "A"), course("C", "B"), course("D", "C", "A"), far))

    a = drawn.by_key["A"].id
    to_d, to_e, advice = (
        [edge.points[1:4] for edge in drawn.edges if (edge.source, edge.target, edge.relation) == (a, end, relation)]
        for end, relation in (
            (drawn.by_key["D"].id, "prerequisite"),
            (drawn.by_key["E"].id, "prerequisite"),
            (drawn.by_key["E"].id, "recommended"),
        )
    )
    assert to_d == to_e
    assert advice != to_e


def test_a_line_tells_relation_timing_and_grade() -> None:
    asked = course(
        "B", {"need": "A", "minimum_grade": 2.5}, corequisites=["L"], recommended=[{"need": "A", "timing": "with"}]
    )

    drawn = lg.curriculum_map(graph("A", "L", asked))

    assert [(edge.relation.value, edge.timing, edge.minimum_grade) for edge in drawn.edges] == [
        ("prerequisite", "before", 2.5), ("corequisite", "before_or_with", None), ("recommended", "with", None),
    ]  # fmt: skip


def test_relations_are_chosen() -> None:
    drawn = lg.curriculum_map(
        graph("A", "L", course("B", "A", corequisites=["L"], recommended=["R"])), relations=["corequisite"]
    )

    assert [edge.relation for edge in drawn.edges] == ["corequisite"]
    assert [node.key for node in drawn.nodes] == ["A", "L", "B"], "R is not referred to"


def test_one_relation_may_be_named_alone() -> None:
    catalogue = graph("A", course("B", "A"))

    assert lg.curriculum_map(catalogue, relations="prerequisite") == lg.curriculum_map(
        catalogue, relations=["prerequisite"]
    )


def test_what_is_granted_and_needed_is_not_from_outside() -> None:
    drawn = lg.curriculum_map(
        graph(course("A", outcomes=["b"]), course("U", "b"), achievements=[lg.Achievement(key="b")])
    )

    assert drawn.by_key["b"].outside is False


def test_an_outcome_that_names_a_learning_is_drawn_with_outcomes() -> None:
    catalogue = graph(course("A", outcomes=["B"]), "B", course("C", "B"))

    drawn = lg.curriculum_map(catalogue, relations=["prerequisite", "outcome"])

    key_of = {node.id: node.key for node in drawn.nodes}
    assert {(key_of[edge.source], key_of[edge.target], edge.relation.value) for edge in drawn.edges} == {
        ("A", "B", "outcome"), ("B", "C", "prerequisite"),
    }  # fmt: skip


def test_with_outcomes_all_that_is_granted_is_there_behind_the_last_that_grants_it() -> None:
    late = course("B", "A", outcomes=["badge", "other"])
    catalogue = graph(course("A", outcomes=["badge"]), late, achievements=[lg.Achievement(key="badge", name="A badge")])

    drawn = lg.curriculum_map(catalogue, relations=["prerequisite", "outcome"])

    key_of = {node.id: node.key for node in drawn.nodes}
    assert [(key_of[edge.source], key_of[edge.target], edge.way) for edge in drawn.edges] == [
        ("A", "B", "forward"), ("A", "badge", "forward"), ("B", "badge", "forward"), ("B", "other", "forward"),
    ]  # fmt: skip
    badge = drawn.by_key["badge"]
    assert (badge.kind, badge.label, badge.term, badge.outside) == (lg.NodeKind.ACHIEVEMENT, "A badge", None, False)
    assert badge.x < drawn.columns[1].right, "in the term in which it is granted last"
    assert set(lg.curriculum_map(catalogue).by_key) == {"A", "B"}, "without outcomes only where it is needed"


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        pytest.param({"relations": ["outcomes"]}, lg.InvalidValueError, "prerequisite, corequisite", id="a relation"),
        pytest.param({"terms": {"A": 0}}, lg.InvalidValueError, "a whole number from 1", id="a term"),
        pytest.param({"terms": {"A": True}}, lg.InvalidValueError, "a whole number from 1", id="true is no term"),
        pytest.param({"terms": "plan"}, lg.UnknownPlanError, "plan", id="a plan"),
        pytest.param({"keys": ["X"]}, lg.UnknownKeyError, "X", id="a key"),
    ],
)
def test_a_mistake_in_the_call_is_raised(wrong: dict[str, Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        lg.curriculum_map(graph("A"), **wrong)


def test_an_empty_graph_is_an_empty_map() -> None:
    drawn = lg.curriculum_map(lg.LearningGraph())

    assert (drawn.nodes, drawn.edges, drawn.columns, drawn.width, drawn.height) == ((), (), (), 0, 0)
    assert repr(drawn) == "<CurriculumMap: 0 boxes, 0 junctions, 0 edges, 0 columns>"


def test_the_table_has_a_row_for_each_box() -> None:
    drawn = lg.curriculum_map(graph("A", program("P", {"any": ["A", "X"]})))

    assert [row[:2] for row in drawn.table.rows] == [("A", "course"), ("P", "program"), ("X", "missing")]


def _laid(whole: lg.LearningGraph) -> tuple[Tracks, list[list[int]]]:
    keys = [learning.key for learning in whole]
    relations = list(lg.Relation)[:3]
    standing = standing_of(whole, keys, lg.attainability(whole).terms, relations)
    parts = parts_of(whole, standing, keys, relations)
    tracks = tracks_of(parts.parts, tuple(parts.links.values()))
    return tracks, few_crossings(tracks, half_heights(parts.parts, tracks), {})


def test_few_lines_cross() -> None:
    tracks, lanes = _laid(lg.examples.university())

    naive = crossings(tracks, tracks.lanes)
    assert crossings(tracks, lanes) < naive / 5
    assert [sorted(lane) for lane in lanes] == [sorted(lane) for lane in tracks.lanes]


def test_lines_that_need_not_cross_do_not() -> None:
    tracks, lanes = _laid(graph("A", "B", "C", course("Z", "C"), course("Y", "B"), course("X", "A"), course("W", "C")))

    assert crossings(tracks, tracks.lanes) > 0
    assert crossings(tracks, lanes) == 0


def test_crossings_are_counted_as_by_trying_every_pair() -> None:
    tracks, lanes = _laid(lg.curriculum(lg.examples.university(), program="BS CS"))
    rank = {spot: number for lane in lanes for number, spot in enumerate(lane)}
    lines = [
        (tracks.lane_of[left], rank[left], rank[right]) for left, found in enumerate(tracks.after) for right in found
    ]

    expected = sum(one[0] == other[0] and one[1] < other[1] and one[2] > other[2] for one in lines for other in lines)

    assert crossings(tracks, lanes) == expected > 0


def test_neighbours_change_places_only_where_it_helps() -> None:
    tracks, _ = _laid(lg.examples.university())
    lanes = [list(lane) for lane in tracks.lanes]
    before = crossings(tracks, lanes)

    exchange_neighbours(tracks, lanes, fixed=())

    assert crossings(tracks, lanes) < before


def test_boxes_and_lines_of_the_example_keep_clear_of_one_another() -> None:
    drawn = lg.curriculum_map(lg.examples.university())

    assert overlapping_boxes(drawn) == []
    assert boxes_run_through(drawn) == []


def test_what_has_no_lines_takes_more_lanes_before_it_makes_the_map_high() -> None:
    drawn = lg.curriculum_map(graph(*(f"A {number}" for number in range(100))))

    assert drawn.height <= 12
    assert len({node.x for node in drawn.nodes}) == 10
    assert overlapping_boxes(drawn) == []


def test_the_map_is_the_same_each_time() -> None:
    code = "import learngraph as lg; print(lg.curriculum_map(lg.examples.university()).edges)"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "123"
    }

    assert len(told) == 1


def test_lines_of_each_relation_meet_a_box_at_a_height_of_their_own() -> None:
    asks = course("C", "A", corequisites=["D"], recommended=["B", "C"])
    drawn = lg.curriculum_map(graph("A", "B", "D", asks))

    ends = [edge.points[-1][1] for edge in drawn.edges if edge.source != edge.target]
    assert len(set(ends)) == 3
    (loop,) = (edge.points for edge in drawn.edges if edge.source == edge.target)
    assert loop[0][1] != loop[-1][1], "of a line to itself something is left"


def test_ends_of_a_line_touch_its_boxes() -> None:
    drawn = lg.curriculum_map(lg.examples.university())
    by_id = {node.id: node for node in drawn.nodes}

    for edge in drawn.edges:
        source, target = by_id[edge.source], by_id[edge.target]
        assert abs(edge.points[0][0] - source.x) == pytest.approx(source.width / 2)
        assert abs(edge.points[-1][0] - target.x) == pytest.approx(target.width / 2)
        if edge.way is not lg.Way.TOGETHER:
            beside = {lg.Relation.COREQUISITE: 0.2, lg.Relation.RECOMMENDED: -0.2}.get(edge.relation, 0.0)
            aside = 0.0 if target.kind.is_junction else beside  # so that no head covers another
            assert edge.points[0][1] == source.y
            assert edge.points[-1][1] == pytest.approx(target.y + aside)
        if edge.way is lg.Way.FORWARD:
            assert all(left[0] < right[0] for left, right in pairwise(edge.points))
