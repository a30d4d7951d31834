"""What the artists of a map are: the look of lines, marks, boxes and junctions, and where texts stand."""

from math import hypot
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Patch

import learngraph as lg
from learngraph.plotting.palette import BLUE, FAINT, GREEN, OUTSIDE, PAPER, PURPLE, VERMILION
from learngraph.plotting.sheet import figure_of, ink
from tests.builders import course, graph, program
from tests.picture_facts import page
from tests.unit.plotting.artists import (
    colour_of,
    corners,
    courses_of,
    dashes_of,
    is_mark,
    line_between,
    lines,
    marks,
    shapes_around,
)

RELATIONS = [
    pytest.param({"prerequisites": ["A"]}, ink(), "solid", ">", False, id="prerequisite"),
    pytest.param({"corequisites": ["A"]}, BLUE, (0, (5, 2)), "s", False, id="corequisite"),
    pytest.param({"recommended": ["A"]}, VERMILION, (0, (1, 2)), "o", True, id="recommended"),
]


@pytest.mark.parametrize(("asked", "colour", "dashes", "mark", "hollow"), RELATIONS)
def test_each_relation_has_a_line_and_a_mark_of_its_own(
    asked: dict[str, Any], colour: str, dashes: object, mark: str, *, hollow: bool
) -> None:
    ax = lg.plot_curriculum(graph("A", course("B", **asked)), page())

    (line,), (end,) = lines(ax), marks(ax)
    assert line.get_linestyle() == dashes
    assert colour_of(line.get_edgecolor()) == to_hex(colour).upper()
    assert is_mark(end, mark)
    assert colour_of(end.get_edgecolor()) == to_hex(colour).upper()
    assert colour_of(end.get_facecolor()) == (PAPER if hollow else to_hex(colour).upper())


def test_what_grants_an_achievement_is_a_green_line_with_a_hollow_diamond() -> None:
    badge = lg.Achievement(key="badge", name="Badge")
    whole = graph(course("A", outcomes=["badge"]), course("B", "badge"), achievements=[badge])
    ax = lg.plot_curriculum(whole, page())

    line = line_between(ax, lg.curriculum_map(whole), "A", "badge")
    assert line.get_linestyle() == (0, (6, 2, 1, 2))
    assert colour_of(line.get_edgecolor()) == GREEN
    (end,) = (found for found in marks(ax) if is_mark(found, "D"))
    assert (colour_of(end.get_edgecolor()), colour_of(end.get_facecolor())) == (GREEN, PAPER)


def test_a_line_that_runs_back_is_purple_and_keeps_the_dashes_of_its_relation() -> None:
    whole = graph(course("A", recommended=["B"]), course("B", "A"))
    ax = lg.plot_curriculum(whole, page())

    line = line_between(ax, lg.curriculum_map(whole), "B", "A")
    assert (colour_of(line.get_edgecolor()), line.get_linestyle()) == (PURPLE, (0, (1, 2)))
    (end,) = (found for found in marks(ax) if is_mark(found, "<"))
    assert (colour_of(end.get_edgecolor()), colour_of(end.get_facecolor())) == (PURPLE, PAPER)


@pytest.mark.parametrize(
    ("source", "target", "lit"),
    [
        pytest.param("A", "B", True, id="far in the past"),
        pytest.param("B", "C", True, id="to the one asked for"),
        pytest.param("C", "D", True, id="from the one asked for"),
        pytest.param("D", "E", True, id="far in the future"),
        pytest.param("A", "X", False, id="from the past elsewhere"),
        pytest.param("X", "D", False, id="from elsewhere to the future"),
        pytest.param("C", "Y", False, id="a recommendation from the one asked for"),
        pytest.param("Y", "B", False, id="a recommendation to the past"),
    ],
)
def test_lines_on_the_way_to_and_from_what_is_asked_for_are_lit(source: str, target: str, *, lit: bool) -> None:
    whole = graph(
        "A", course("B", "A", recommended=["Y"]), course("C", "B"), course("D", "C", "X"), course("E", "D"),
        course("X", "A"), course("Y", recommended=["C"]),
    )  # fmt: skip
    ax = lg.plot_curriculum(whole, page(), highlight="C")

    line = line_between(ax, lg.curriculum_map(whole), source, target)
    assert (colour_of(line.get_edgecolor()) != FAINT) == lit
    dim = [other.get_linewidth() for other in lines(ax) if colour_of(other.get_edgecolor()) == FAINT]
    assert (line.get_linewidth() > max(dim)) == lit
    assert (line.get_zorder() > 1) == lit


def test_two_that_ask_for_one_another_are_joined_by_lines_that_lean_out_to_both_sides() -> None:
    whole = graph(course("A", corequisites=["B"]), course("B", corequisites=["A"]))
    drawn = lg.curriculum_map(whole)
    (line,) = lines(lg.plot_curriculum(whole, page()))

    upper, lower = sorted((drawn.by_key["A"], drawn.by_key["B"]), key=lambda node: node.y)
    down, up = sorted(courses_of(line), key=lambda points: points[0][1])
    assert max(x for x, _ in down) > upper.x + upper.width / 2 + 0.1
    assert min(x for x, _ in up) < lower.x - lower.width / 2 - 0.1
    assert (down[-1][1], up[-1][1]) == pytest.approx((lower.y + 0.2, upper.y + 0.2))


def test_what_needs_itself_has_a_loop_beside_it() -> None:
    whole = graph(course("A", "A"))
    (line,) = lines(lg.plot_curriculum(whole, page()))

    (loop,), node = courses_of(line), lg.curriculum_map(whole).by_key["A"]
    assert max(x for x, _ in loop) > node.x + node.width / 2 + 0.1
    assert loop[0][1] < node.y < loop[-1][1]


def test_what_is_missing_has_a_dashed_edge_and_what_is_there_a_solid_one() -> None:
    whole = graph(course("A", "X"))
    ax, drawn = lg.plot_curriculum(whole, page()), lg.curriculum_map(whole)

    ((missing, _),) = shapes_around(ax, drawn.by_key["X"])
    ((there, _),) = shapes_around(ax, drawn.by_key["A"])
    assert dashes_of(missing) is not None
    assert dashes_of(there) is None
    assert (colour_of(missing.get_facecolor()), colour_of(there.get_facecolor())) == (OUTSIDE, PAPER)


def test_a_program_has_a_second_frame_around_its_box_and_a_course_has_none() -> None:
    whole = graph("A", program("P", "A"))
    ax, drawn = lg.plot_curriculum(whole, page()), lg.curriculum_map(whole)

    (box, first), (frame, second) = shapes_around(ax, drawn.by_key["P"])
    inner, outer = box.get_paths()[first].get_extents(), frame.get_paths()[second].get_extents()
    assert outer.x0 < inner.x0 < inner.x1 < outer.x1
    assert outer.y0 < inner.y0 < inner.y1 < outer.y1
    assert len(np.asarray(frame.get_facecolor())) == 0, "it does not hide the box"
    assert len(list(shapes_around(ax, drawn.by_key["A"]))) == 1


def test_an_achievement_has_six_corners_and_a_course_has_four() -> None:
    badge = lg.Achievement(key="badge", name="Badge")
    whole = graph(course("A", outcomes=["badge"]), course("B", "badge"), achievements=[badge])
    ax, drawn = lg.plot_curriculum(whole, page()), lg.curriculum_map(whole)

    ((shape, number),) = shapes_around(ax, drawn.by_key["badge"])
    ((box, place),) = shapes_around(ax, drawn.by_key["A"])
    assert len(set(map(tuple, np.asarray(shape.get_paths()[number].vertices)))) == 6
    assert len(set(map(tuple, np.asarray(box.get_paths()[place].vertices)))) == 4


def test_one_of_several_comes_together_in_a_circle() -> None:
    whole = graph("A", "B", course("C", {"any": ["A", "B"]}))
    ax, joint = lg.plot_curriculum(whole, page()), lg.curriculum_map(whole).nodes[-1]

    around = [hypot(x, y) for x, y in corners(ax, joint)]
    assert len(around) > 8
    assert max(around) == pytest.approx(min(around), rel=0.01)


def test_at_least_so_many_come_together_in_a_diamond() -> None:
    whole = graph("A", "B", "C", course("D", {"at_least": 2, "of": ["A", "B", "C"]}))
    ax, joint = lg.plot_curriculum(whole, page()), lg.curriculum_map(whole).nodes[-1]

    found = corners(ax, joint)
    assert len(found) == 4
    assert all(min(abs(x), abs(y)) < 0.01 < max(abs(x), abs(y)) for x, y in found)


def test_all_of_several_come_together_in_a_square() -> None:
    whole = graph("A", "B", "C", course("D", {"any": ["A", {"all": ["B", "C"]}]}))
    ax, drawn = lg.plot_curriculum(whole, page()), lg.curriculum_map(whole)

    (joint,) = (node for node in drawn.nodes if node.kind is lg.NodeKind.ALL)
    found = corners(ax, joint)
    assert len(found) == 4
    assert all(abs(x) == pytest.approx(abs(y), rel=0.01) for x, y in found)


def test_each_column_has_its_head_above_its_middle() -> None:
    whole = graph("A", course("B", "A"), course("C", "B"), course("X", "X"))
    ax, drawn = lg.plot_curriculum(whole, page()), lg.curriculum_map(whole)

    heads = {text.get_text(): text.get_position() for text in ax.texts if text.get_position()[1] < 0}
    assert list(heads) == ["Term 1", "Term 2", "Term 3", "Out of reach"]
    assert [x for x, _ in heads.values()] == pytest.approx([(one.left + one.right) / 2 for one in drawn.columns])


def test_an_empty_term_of_a_degree_plan_has_its_head_too() -> None:
    plan = lg.DegreePlan(key="plan", terms=[["A"], [], ["B"]])
    ax = lg.plot_curriculum(graph("A", course("B", "A")), page(), terms=plan)

    heads = [text.get_text() for text in ax.texts if text.get_position()[1] < 0]
    assert heads == ["Term 1", "Term 2", "Term 3"]


def test_every_key_stands_in_its_own_box() -> None:
    whole = lg.examples.university()
    ax, drawn = lg.plot_curriculum(whole, page(23.4, 16.5)), lg.curriculum_map(whole)

    for node in (node for node in drawn.nodes if node.key in whole):
        texts = [text for text in ax.texts if text.get_text().removesuffix(" *") == node.key]
        assert [abs(x - node.x) + abs(y - node.y) < 0.35 for x, y in (text.get_position() for text in texts)] == [True]


def test_a_key_that_looks_blank_stops_no_picture() -> None:
    blank = lg.Achievement(key="\xa0", name="Badge")

    ax = lg.plot_curriculum(graph(course("A", outcomes=["\xa0"]), course("B", "\xa0"), achievements=[blank]), ax=page())

    assert {"A", "B"} <= {text.get_text() for text in ax.texts}


def test_a_title_counts_the_learnings_and_nothing_else() -> None:
    badge = lg.Achievement(key="badge", name="Badge")
    catalogue = graph(course("A", "X", outcomes=["badge"]), achievements=[badge])

    ax = lg.plot_curriculum(catalogue, relations=["prerequisite", "outcome"], ax=page())

    assert ax.get_title().endswith(": 1 learning")


def test_what_is_granted_and_not_declared_looks_like_its_place_in_the_legend() -> None:
    drawn = graph(course("A", outcomes=["badge"]))
    ax = lg.plot_curriculum(drawn, relations=["outcome"], colour={"A": 3}, ax=page())

    legend = ax.get_legend()
    assert legend is not None
    told = {text.get_text(): handle for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True)}
    assert "no value" not in told, "only courses and programs are measured"
    patch = told["? not in this graph"]
    assert isinstance(patch, Patch)
    ((box, _),) = shapes_around(ax, lg.curriculum_map(drawn, relations=["outcome"]).by_key["badge"])
    assert colour_of(box.get_facecolor()) == colour_of([patch.get_facecolor()])


def test_the_texts_of_an_achievement_lie_between_its_corners() -> None:
    badge = lg.Achievement(key="a-badge-of-many-words", name="Of many long words")
    catalogue = graph(course("A", outcomes=[badge.key]), achievements=[badge])
    ax = lg.plot_curriculum(catalogue, relations=["outcome"], ax=page(4.0, 3.0))
    node = lg.curriculum_map(catalogue, relations=["outcome"]).by_key[badge.key]

    figure_of(ax).draw_without_rendering()
    inside = [text for text in ax.texts if abs(text.get_position()[0] - node.x) < 0.01 and text.get_text() != "Term 1"]
    assert inside
    (left, _), (right, _) = ax.transData.transform([(node.x - 0.43, 0), (node.x + 0.43, 0)])
    for text in inside:
        extent = text.get_window_extent()
        assert left <= extent.x0
        assert extent.x1 <= right
