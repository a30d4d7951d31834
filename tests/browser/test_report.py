"""What a report shows: it opens, its maps hold what the graph says, and a click lights up exactly that."""

from pathlib import Path

import networkx as nx
import pytest

import learngraph as lg
from tests.browser.opened import CY, Open, binding, whole
from tests.builders import course, graph
from tests.shared import needs_shared


def test_the_example_opens_without_an_error_and_without_a_request(opened: Open, university: lg.LearningGraph) -> None:
    report = whole(opened(university))

    assert report.page.title() == "Quenbeck University catalogue 2026-27: report"
    assert report.on_map() >= {learning.key for learning in university}
    assert (report.said, report.asked) == ([], [])


@needs_shared
def test_a_whole_university_opens_without_an_error_and_without_a_request(
    opened: Open, itu: tuple[lg.LearningGraph, Path]
) -> None:
    catalogue, path = itu
    report = opened(path)

    pages = report.page.locator("#page option").count()
    for number in range(0, pages, 15):
        report.page.select_option("#page", index=number)
    assert pages > 100
    assert report.page.locator("#courses-app caption").inner_text().endswith(f": {len(catalogue):,} learnings")
    assert (report.said, report.asked) == ([], [])


@needs_shared
def test_the_report_of_a_whole_university_is_under_15_megabytes(itu: tuple[lg.LearningGraph, Path]) -> None:
    _, path = itu

    assert 1e6 < path.stat().st_size < 15e6


@needs_shared
def test_a_click_lights_up_what_the_graph_of_a_whole_university_says(
    opened: Open, itu: tuple[lg.LearningGraph, Path]
) -> None:
    catalogue, path = itu
    joined = binding(catalogue)
    report = opened(path)
    report.turn_to("FIZ (")

    both = {key: (nx.ancestors(joined, key), nx.descendants(joined, key)) for key in report.on_map()}
    key, (needs, unlocks) = max(both.items(), key=lambda pair: len(pair[1][0]) * len(pair[1][1]))

    report.click(key)

    assert needs
    assert unlocks
    assert report.lit("needs") == needs & report.on_map()
    assert report.lit("unlocks") == unlocks & report.on_map()
    assert report.page.locator(".panel h4").all_inner_texts()[-2:] == [
        f"Needs {len(needs):,}, sooner or later", f"Unlocks {len(unlocks):,}, sooner or later"
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["CS 320", "MATH 105", "BS CS", "PHIL 101"])
def test_a_click_lights_up_exactly_what_the_graph_says(opened: Open, university: lg.LearningGraph, key: str) -> None:
    joined = binding(university)
    report = whole(opened(university))

    report.click(key)

    needs, unlocks = nx.ancestors(joined, key), nx.descendants(joined, key)
    assert report.lit("chosen") == {key}
    assert (report.listed("needs"), report.listed("unlocks")) == (needs, unlocks)
    assert (report.lit("needs"), report.lit("unlocks")) == (needs & report.on_map(), unlocks & report.on_map())
    assert {one.key for one in university} <= report.on_map()


def test_what_a_course_grants_stands_behind_it(opened: Open, university: lg.LearningGraph) -> None:
    report = whole(opened(university))
    report.click("CS 320")

    report.page.locator(".panel button", has_text="cloud-badge").click()

    needs = nx.ancestors(binding(university), "cloud-badge")
    assert report.lit("chosen") == {"cloud-badge"}
    assert report.listed("needs") == needs
    assert report.lit("needs") == needs & report.on_map()
    assert "CS 320" in needs


def test_without_outcomes_what_is_granted_is_not_on_the_map(opened: Open) -> None:
    badge = lg.Achievement(key="badge", name="Badge")
    report = opened(graph(course("A", outcomes=["badge"]), achievements=[badge]))
    report.page.get_by_label("Outcomes").uncheck()

    assert report.search("badge") == ["badge Badge"]
    report.page.keyboard.press("Enter")

    assert report.on_map(".hidden") == {"badge"}
    assert report.told == "badge Badge is on no map: nothing that is shown is joined to it"
    report.page.get_by_label("Outcomes").check()
    assert report.on_map(".hidden") == set()


def test_what_nothing_needs_or_grants_is_on_no_map_and_is_told_all_the_same(opened: Open) -> None:
    report = opened(graph("A", achievements=[lg.Achievement(key="badge", name="Badge")]))

    report.search("badge")
    report.page.keyboard.press("Enter")

    assert report.page.locator(".panel h3").inner_text() == "badge"
    assert report.told == "badge Badge is on no map: nothing that is shown is joined to it"


def test_a_recommendation_is_drawn_and_never_lit(opened: Open) -> None:
    report = opened(graph("A", course("B", recommended=["A"])))

    report.click("B")

    assert (report.lit("chosen"), report.lit("needs"), report.listed("needs")) == ({"B"}, set(), set())
    assert report.page.locator(".panel h4").first.inner_text() == "Recommendations"
    assert report.lines(".dim") == 1


def test_an_achievement_that_is_needed_is_on_the_map(opened: Open) -> None:
    badge = lg.Achievement(key="badge", name="Badge")
    catalogue = graph(course("A", outcomes=["badge"]), course("B", "badge"), "C", achievements=[badge])
    report = opened(catalogue)

    report.click("badge")

    assert (report.lit("needs"), report.lit("unlocks")) == ({"A"}, {"B"})


def test_only_relations_that_are_shown_count(opened: Open, university: lg.LearningGraph) -> None:
    report = whole(opened(university))
    report.click("CS 320")
    for words in ("Corequisites", "Recommendations", "Outcomes"):
        report.page.get_by_label(words).uncheck()

    joined = university.to_networkx("prerequisite")
    assert report.lit("needs") == report.listed("needs") == nx.ancestors(joined, "CS 320")
    assert report.lit("unlocks") == report.listed("unlocks") == nx.descendants(joined, "CS 320")


def test_on_the_page_of_a_program_the_rest_is_shown_as_outside(opened: Open, university: lg.LearningGraph) -> None:
    joined = binding(university)
    report = opened(university)
    report.turn_to("MS DATA")
    report.click("DATA 510")

    inside = {one.key for one in lg.curriculum(university, program="MS DATA")}
    outside = report.on_map(".outside")
    granted = {outcome.achievement for key in inside for outcome in university[key].outcomes}
    assert report.on_map() == inside | outside | granted
    assert outside.isdisjoint(inside)
    assert report.lit("needs") == nx.ancestors(joined, "DATA 510") & report.on_map()
    assert {one.removesuffix(" (outside)") for one in report.listed("needs")} == nx.ancestors(joined, "DATA 510")


def test_alternatives_are_drawn_as_alternatives(opened: Open) -> None:
    two = {"at_least": 2, "of": ["A", "B", "C"]}
    report = opened(graph("A", "B", "C", course("D", {"any": ["A", "B"]}), course("E", two)))

    joints = "document.querySelector('.canvas')._cyreg.cy.nodes('.joint').map(node => node.data('label')).sort()"
    assert report.page.evaluate(joints) == ["2 of 3", "any of"]


@pytest.mark.parametrize(
    "name", ["W" * 60, "程序设计与数据结构课程实验指导教学研究", "مقدمة في البرمجة وهياكل البيانات للمبتدئين", "Short"]
)
def test_what_is_written_in_a_box_fits_in_it(opened: Open, name: str) -> None:
    badge = lg.Achievement(key="badge", name=name)
    report = opened(graph(course("A 1", name=name, outcomes=["badge"]), achievements=[badge]))

    boxes = report.page.evaluate(
        f"{CY}.nodes().map(node => [false, true].map(includeLabels => node.boundingBox({{ includeLabels }}).w))"
    )
    labels = report.page.evaluate(f"{CY}.nodes().map(node => node.data('label').split('\\n'))")
    assert all(box == with_label for box, with_label in boxes)
    assert [key for key, _ in labels] == ["A 1", "badge"]
    for _, second in labels:
        assert second == name if name == "Short" else second.endswith("\u2026")
        assert len(second) >= 5


def test_what_was_chosen_and_is_hidden_leaves_the_map_undimmed(opened: Open) -> None:
    badge = lg.Achievement(key="badge", name="Badge")
    report = opened(graph("B", course("A", outcomes=["badge"]), achievements=[badge]))
    report.page.locator(".canvas").focus()
    report.click("badge")
    assert report.on_map(".dim") == {"B"}

    report.page.get_by_label("Outcomes").uncheck()

    assert report.on_map(".dim") == report.on_map(".focused") == set()
    assert not report.page.locator(".tip").is_visible()
    assert report.told == ""


def test_what_is_both_needed_and_unlocked_has_a_look_of_its_own(opened: Open) -> None:
    report = opened(graph(course("A", "B"), course("B", "A"), course("C", "B")))
    report.click("A")

    looks = report.page.evaluate(
        f"{CY}.nodes('.unlocks').map(node => [node.data('label')[0], node.style('border-color')])"
    )
    assert dict(looks)["B"] != dict(looks)["C"]


def test_what_is_from_outside_goes_with_its_last_line(opened: Open) -> None:
    report = opened(graph("A 1", "A 2", course("B 1", "A 1", recommended=["A 2"])))
    report.turn_to("B")
    report.page.get_by_label("Recommendations").uncheck()

    assert report.on_map(".hidden") == {"A 2"}


def test_lines_between_boxes_of_one_column_run_beside_them(opened: Open) -> None:
    report = opened(graph(course("A", corequisites=["B"]), course("B", corequisites=["A"])))

    boxes = report.page.evaluate(f"{CY}.nodes().map(node => [node.boundingBox().x1, node.boundingBox().x2])")
    lines = report.page.evaluate(f"{CY}.edges().map(edge => [edge.boundingBox().x1, edge.boundingBox().x2])")
    (left, right), *_ = boxes
    assert sorted(x1 < left - 8 or x2 > right + 8 for x1, x2 in lines) == [True, True]


def test_what_needs_itself_has_a_loop_outside_of_its_box(opened: Open) -> None:
    report = opened(graph(course("X", "X"), "A"))

    box, line = report.page.evaluate(
        f"[{CY}.nodes('[label ^= \"X\"]').boundingBox().y1, {CY}.edges().boundingBox().y1]"
    )
    assert line < box - 10
