"""Pictures of curricula by what is in them: texts, boxes, lines and legends."""

import subprocess
import sys
import warnings
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import learngraph as lg
from learngraph.plotting.palette import BACK, COLOURS, LINES
from tests.builders import course, graph, program
from tests.picture_facts import nodes_outside, overlapping_texts, page, texts, texts_outside
from tests.shared import SHARED, needs_shared

UNIVERSITY = lg.examples.university()
(PLAN,) = UNIVERSITY.degree_plans


def legend(ax: Axes) -> list[str]:
    found = ax.get_legend()
    return [text.get_text() for text in found.get_texts()] if found is not None else []


def note(ax: Axes) -> str:
    """What is told of labels that are left out."""
    return next((text for text in texts(ax) if text.endswith("there is no room for them here")), "")


def assert_readable(ax: Axes, drawn: lg.CurriculumMap) -> None:
    assert overlapping_texts(ax) == []
    assert texts_outside(ax) == []
    assert nodes_outside(ax, drawn) == []


def many(count: int) -> lg.LearningGraph:
    either = ({"any": [f"C {number - 7}", f"C {number - 13}"]} for number in range(13, 13 + count))
    return graph(*(course(f"C {number}", alternatives) for number, alternatives in enumerate(either, start=13)))


def test_forty_courses_on_a_page_have_all_their_labels() -> None:
    ax = lg.plot_curriculum(UNIVERSITY, page(), terms=PLAN)

    drawn = lg.curriculum_map(UNIVERSITY, terms=PLAN)
    planned = {key for term in PLAN.terms for key in term}
    assert len(planned) == 40
    assert {key for key in planned if key not in texts(ax) and f"{key} *" not in texts(ax)} == set()
    assert note(ax) == ""
    assert "Algorithms" in texts(ax), "names stand below keys"
    assert_readable(ax, drawn)


@pytest.mark.parametrize("size", [(23.4, 16.5), (11.69, 8.27), (6.0, 4.0), (3.0, 2.0)], ids=str)
def test_whatever_the_size_labels_keep_clear_of_one_another(size: tuple[float, float]) -> None:
    ax = lg.plot_curriculum(UNIVERSITY, page(*size), colour="blocking", size="delay", highlight="CS 310")

    assert_readable(ax, lg.curriculum_map(UNIVERSITY))


def test_four_hundred_courses_on_a_page_are_drawn_and_the_labels_left_out_are_told() -> None:
    ax = lg.plot_curriculum(many(400), page())

    drawn = lg.curriculum_map(many(400))
    boxes = [node.key for node in drawn.nodes if node.key]
    labelled = [text for text in texts(ax) if text.removeprefix("? ") in boxes]
    assert 100 < len(labelled) < len(boxes)
    assert note(ax).startswith(f"{len(boxes) - len(labelled):,} of {len(boxes):,} labels are left out")
    assert len(boxes) == sum(len(found.get_paths()) for found in ax.collections if found.get_zorder() == 3)
    assert_readable(ax, drawn)


def test_what_is_lit_up_has_its_label_first() -> None:
    whole = many(400)
    written = texts(lg.plot_curriculum(whole, page(6, 4)))
    left_out = [learning.key for learning in whole if learning.key not in written]

    assert len(left_out) > 100
    for key in left_out[::50]:
        assert key in texts(lg.plot_curriculum(whole, page(6, 4), highlight=key))


@needs_shared
@pytest.mark.parametrize("name", ["Colostate_CSDegree_2017.csv", "Michigan_Ann_Arbor_CS.csv"])
def test_a_curriculum_of_others_is_readable(name: str) -> None:
    whole = lg.read(SHARED / "analysis" / "goldens" / name)

    ax = lg.plot_curriculum(whole, page(), colour="complexity")

    assert note(ax) == ""
    assert_readable(ax, lg.curriculum_map(whole))


@needs_shared
@pytest.mark.parametrize("subject", ["BLG", "MAT"])
def test_a_subject_of_a_whole_university_is_readable(subject: str) -> None:
    whole = lg.read(SHARED / "catalogues" / "itu.jsonl")
    keys = [one.key for one in whole if isinstance(one, lg.Course) and one.subject_abbreviation == subject]

    ax = lg.plot_curriculum(whole, page(23.4, 33.1), keys=keys)

    assert_readable(ax, lg.curriculum_map(whole, keys=keys))


def test_relations_are_told_apart_without_colour() -> None:
    looks = [*LINES.values(), BACK]

    assert len({(look.dashes, look.mark) for look in looks}) == len(looks)
    assert len({look.dashes for look in LINES.values()}) == len(LINES), "on a line without an end in sight, too"


def test_the_legend_names_what_is_there_and_nothing_else() -> None:
    plain = lg.plot_curriculum(graph("A", course("B", "A")), page())
    full = lg.plot_curriculum(
        graph(
            program("P", {"at_least": 2, "of": ["A", "B", "X"]}),
            course("A", corequisites=["L"], recommended=["B"], outcomes=["badge"]),
            course("B", {"any": ["A", {"all": ["L", "badge"]}]}, {"condition": "consent"}),
            "L",
            achievements=[lg.Achievement(key="badge", name="Badge")],
        ),
        page(),
        highlight="A",
        size="delay",
    )

    assert legend(plain) == ["prerequisite"]
    assert legend(full) == [
        "prerequisite", "corequisite", "recommended", "grants", "comes later, or runs in a circle", "one of these",
        "at least so many of these", "all of these", "program (double frame)", "achievement", "? not in this graph",
        "also a condition, no course", "the one asked for", "what it may need", "what it unlocks",
        "bar: delay, up to 3",
    ]  # fmt: skip


def test_alternatives_are_written_as_alternatives() -> None:
    ax = lg.plot_curriculum(
        graph("A", "B", "C", course("D", {"any": ["A", "B"]}, {"at_least": 2, "of": ["A", "B", "C"]})), page()
    )

    assert {"or", "≥2"} <= set(texts(ax))


def test_boxes_are_coloured_by_a_metric_and_the_colours_are_explained() -> None:
    whole = graph("A", course("B", "A"), course("C", "B"))
    ax = lg.plot_curriculum(whole, page(), colour="blocking")

    (boxes,) = (found for found in ax.collections if isinstance(found, PolyCollection) and len(found.get_paths()) == 3)
    ramp = colormaps[COLOURS]
    assert np.asarray(boxes.get_facecolor()).tolist() == [list(ramp(share)) for share in (1.0, 0.5, 0.0)]
    (bar,) = ax.child_axes
    assert bar.get_xlabel() == "blocking"
    assert tuple(bar.get_xlim()) == (0, 2)


def test_what_has_no_number_is_hatched_and_told() -> None:
    ax = lg.plot_curriculum(graph("A", "B"), page(), colour={"A": 3, "B": None})

    assert "no value" in legend(ax)
    assert [len(found.get_paths()) for found in ax.collections if found.get_hatch()] == [1]


def test_bars_are_as_long_as_numbers_are_large() -> None:
    ax = lg.plot_curriculum(graph("A", "B", "C"), page(), size={"A": 4, "B": 1, "C": 0})

    (bars,) = (found for found in ax.collections if found.get_zorder() == 4)
    assert [path.get_extents().width for path in bars.get_paths()] == pytest.approx([1.0, 0.25])
    assert "bar: value, up to 4" in legend(ax)


def test_a_learning_is_lit_up_with_its_past_and_future_and_the_rest_is_dimmed() -> None:
    whole = graph("A", course("B", "A"), course("C", "B"), course("D", recommended=["B"]), "E")
    ax = lg.plot_curriculum(whole, page(), highlight="B")

    boxes = [found for found in ax.collections if isinstance(found, PolyCollection) and found.get_zorder() == 3]
    edges = {to_hex(np.asarray(found.get_edgecolor())[0]).upper(): len(found.get_paths()) for found in boxes}
    assert edges == {"#D55E00": 1, "#0072B2": 1, "#E69F00": 1, "#C9C9C9": 2}


def test_a_mark_stands_beside_the_box_where_its_line_ends() -> None:
    whole = graph("A", course("B", "A"), course("C", "A", recommended=["D"]), course("D", "C"))
    ax = lg.plot_curriculum(whole, page())
    drawn = lg.curriculum_map(whole)

    assert {edge.way.value for edge in drawn.edges} == {"forward", "back"}
    for marks in (found for found in ax.collections if isinstance(found, PathCollection)):
        for end in np.asarray(marks.get_offsets()):
            x, _ = marks.get_offset_transform().transform(end)
            edge, _ = ax.transData.transform(end)
            boxes = [node for node in drawn.nodes if abs(abs(node.x - end[0]) - node.width / 2) < 1e-9]
            middle = min(boxes, key=lambda node: abs(node.y - end[1])).x
            assert (x < edge) == (end[0] < middle), "outside of the box"


def test_the_surroundings_of_a_learning() -> None:
    whole = graph("A", course("B", "A"), course("C", "B"), course("D", "C", "X"), course("E", "D"), course("X"))

    one = lg.plot_neighbourhood(whole, "C", page())
    nothing = lg.plot_neighbourhood(whole, "C", page(), steps=0)
    everything = lg.plot_neighbourhood(whole, "C", page(), steps=None)

    assert one.get_title() == "C About C: 1 step around it"
    assert {"B", "C", "D"} <= set(texts(one))
    assert not {"E"} & set(texts(one))
    assert {"A", "X"} <= set(texts(one)), "what those need stands there as outside"
    assert not {"A", "D", "E"} & set(texts(nothing))
    assert {"A", "B", "C", "D", "E"} <= set(texts(everything))


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        pytest.param({"colour": "beauty"}, lg.InvalidValueError, "write one of blocking, delay", id="a metric"),
        pytest.param({"size": {"A": "much"}}, lg.InvalidValueError, "size.A: 'much' is not a number", id="a number"),
        pytest.param({"size": {"A": float("nan")}}, lg.InvalidValueError, "size.A", id="not a number"),
        pytest.param({"highlight": "X"}, lg.UnknownKeyError, "'X'", id="a key"),
        pytest.param({"highlight": "B", "keys": ["A"]}, lg.InvalidValueError, "'B' is not in the picture", id="lit"),
        pytest.param({"terms": "plan"}, lg.UnknownPlanError, "'plan'", id="a plan"),
    ],
)
def test_a_mistake_in_the_call_is_raised(wrong: dict[str, Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        lg.plot_curriculum(graph("A", "B"), page(), **wrong)


@pytest.mark.parametrize("steps", [-1, True])
def test_steps_are_a_number_from_nothing(steps: int) -> None:
    with pytest.raises(lg.InvalidValueError, match="steps"):
        lg.plot_neighbourhood(graph("A"), "A", page(), steps=steps)


def test_axes_that_were_taken_off_their_figure_are_refused() -> None:
    ax = page()
    ax.remove()

    with pytest.raises(lg.InvalidValueError, match="no figure"):
        lg.plot_curriculum(graph("A"), ax)


def test_an_empty_graph_gives_a_picture_that_says_so() -> None:
    ax = lg.plot_curriculum(lg.LearningGraph(), page())

    assert list(texts(ax)) == ["nothing to show:\nthere are no learnings here"]


def test_the_axes_come_back_and_nothing_global_changes() -> None:
    ax, before = page(), dict(mpl.rcParams)

    assert lg.plot_curriculum(graph("A"), ax) is ax
    assert dict(mpl.rcParams) == before
    assert ax.get_title() == "Curriculum: 1 learning"


def test_axes_of_a_layout_engine_are_measured_where_they_come_to_lie() -> None:
    figure = Figure(figsize=(16, 8), layout="constrained")
    left, _ = figure.subplots(1, 2)

    lg.plot_curriculum(UNIVERSITY, left, terms=PLAN)
    figure.draw_without_rendering()

    assert overlapping_texts(left) == []


def test_without_axes_a_figure_is_made_that_notebooks_show() -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415 - only here

    ax = lg.plot_curriculum(graph("A"))

    assert plt.gcf() is ax.figure


def test_the_map_alone_needs_no_matplotlib() -> None:
    code = (
        "import sys, learngraph as lg; lg.curriculum_map(lg.examples.university()); print('matplotlib' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("$x^2$ \\frac{a}{b}", "$x^2$ \\frac{a}{b}", id="no mathematics"),
        pytest.param("$\\nonsense{$", "$\\nonsense{$", id="nothing that mathematics would refuse"),
        pytest.param("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", id="no markup"),
        pytest.param("a\x1b[2J\u202eb", "a\\x1b[2J\\u202eb", id="no commands"),
        pytest.param("a\n\tb", "a b", id="one line"),
        pytest.param("Введение", "Введение", id="Cyrillic"),
    ],
)
def test_names_are_written_as_they_are_and_nothing_in_them_is_obeyed(name: str, written: str) -> None:
    ax = lg.plot_curriculum(graph(course("A", name=name)), page())

    assert written in " ".join(texts(ax))
    ax.get_figure(root=True).draw_without_rendering()  # type: ignore[union-attr]  # it has one


def test_a_name_without_a_font_gives_way_to_its_key_with_one_warning() -> None:
    ax = page()

    with pytest.warns(lg.MissingGlyphsWarning, match=r"'A', 'B\\U000e0041'") as told:
        lg.plot_curriculum(
            graph(course("A", name="no\U000e0041"), course("B\U000e0041", name="x"), course("C", name="fine")), ax
        )

    assert len(told) == 1
    assert told[0].filename == __file__, "it names the line that asked for the picture"
    assert "fine" in texts(ax)
    assert "A" in texts(ax)
    assert "B\\U000e0041" in texts(ax), "a key that cannot be drawn is escaped"
    assert not any("\U000e0041" in text for text in texts(ax))


def test_fonts_are_found_for_the_scripts_that_are_installed() -> None:
    names = {"A": "資料結構", "B": "السلام", "C": "Ω"}
    ax = page()

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        lg.plot_curriculum(graph(*(course(key, name=name) for key, name in names.items())), ax)
        ax.get_figure(root=True).draw_without_rendering()  # type: ignore[union-attr]  # it has one

    assert "Ω" in texts(ax)
    assert all(issubclass(one.category, lg.MissingGlyphsWarning) for one in told), "no glyph is drawn that is not there"
