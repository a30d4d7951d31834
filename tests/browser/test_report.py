"""The report as people use it: opened from a file, looked at, searched, clicked, read with the keyboard alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe

import learngraph as lg
from learngraph.findings import Finding
from tests.browser.opened import CY, Opened
from tests.builders import course, graph, program
from tests.shared import SHARED, needs_shared

Open: TypeAlias = Callable[..., Opened]

_ITU = SHARED / "catalogues" / "itu.jsonl"
_AFTER_SCROLLING = 300  # milliseconds: for so long a wheel that turns the page goes on turning it
_HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<!-- <script>",
    "]]>&lt;b&gt; &amp; \"quoted\" 'too'",
    "{{ 7 * 7 }} ${alert(3)} \u202eltr\u2028",
    "javascript:alert(4)",
    "__proto__",
)


@pytest.fixture(scope="module")
def university() -> lg.LearningGraph:
    return lg.examples.university()


@pytest.fixture(scope="module")
def itu(tmp_path_factory: pytest.TempPathFactory) -> tuple[lg.LearningGraph, Path]:
    catalogue = lg.read(_ITU, grades="itu")
    path = tmp_path_factory.mktemp("itu") / "report.html"
    lg.write_report(catalogue, path)
    return catalogue, path


def whole(report: Opened) -> Opened:
    """Turn to the page of a small catalogue that has all of it."""
    report.turn_to("the whole catalogue")
    return report


def binding(catalogue: lg.LearningGraph) -> "nx.DiGraph[str]":
    """What the graph says that one needs and unlocks: recommendations bind nobody."""
    return catalogue.to_networkx("prerequisite", "corequisite", "outcome")


def hostile() -> lg.LearningGraph:
    """A catalogue in which every text is an attack."""
    courses = [
        course(text, {"any": [_HOSTILE[number - 1], {"condition": text}, "nowhere" + text]}, name=text,
               subject_abbreviation=text, outcomes=[text + "badge"])
        for number, text in enumerate(_HOSTILE)
    ]  # fmt: skip
    plans = [lg.ProgramPlan(key=_HOSTILE[0], program="BS" + _HOSTILE[1], requirements=[
        lg.PlanRequirement(name=_HOSTILE[2], needs={"all": [*_HOSTILE]})])]  # fmt: skip
    return graph(
        *courses, program("BS" + _HOSTILE[1], name=_HOSTILE[0]), options={"name": _HOSTILE[1]}, program_plans=plans,
        achievements=[lg.Achievement(key=_HOSTILE[0] + "badge", name=_HOSTILE[2])],
        findings=[Finding(lg.Code.UNKNOWN_REFERENCE, text, keys=(text,), hint=text) for text in _HOSTILE],
    )  # fmt: skip


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


def test_search_finds_a_course_by_its_name_whatever_its_accents(opened: Open) -> None:
    report = opened(graph(course("KIM 101", name="Génie électrique İleri"), course("FIZ 1", name="Physics")))

    assert report.search("kim101") == report.search("genie ELECTRIQUE ileri") == ["KIM 101 Génie électrique İleri"]
    report.page.keyboard.press("Enter")
    assert report.lit("chosen") == {"KIM 101"}


def test_search_leads_to_the_page_where_a_course_is(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    report.turn_to("MS DATA")

    assert report.search("general biology i lab")[0] == "BIOL 101L General Biology I Laboratory"
    report.page.locator(".hits button").first.click()

    assert report.lit("chosen") == {"BIOL 101L"}
    assert report.page.locator("#page option:checked").inner_text().startswith("BIOL")
    assert report.page.locator(".panel h3").inner_text() == "BIOL 101L"


def test_what_cannot_be_found_is_said(opened: Open) -> None:
    report = opened(graph("A"))

    assert report.search("zzz") == []
    assert report.page.locator(".search [role=status]").inner_text() == "nothing found"


def test_the_table_sorts_by_every_metric_both_ways(opened: Open, university: lg.LearningGraph) -> None:
    measured = lg.metrics(university)
    report = opened(university)

    for name in ("complexity", "blocking", "delay", "centrality", "reachability"):
        button = report.page.locator("#courses-app thead button", has_text=name)
        numbers = sorted((getattr(one, name) for one in measured.courses.values()), reverse=True)
        for direction, expected in (("descending", numbers), ("ascending", numbers[::-1])):
            button.click()
            assert report.page.locator(f"#courses-app th[aria-sort={direction}]").inner_text().startswith(name)
            assert report.page.locator("#courses-app th[aria-sort]").count() == 1
            assert report.column("#courses-app", name) == [f"{number:,}" for number in expected[:50]]


def test_numbers_in_keys_sort_as_numbers(opened: Open) -> None:
    report = opened(graph("CS 100", "CS 20", "CS 3"))

    report.page.locator("#courses-app thead button", has_text="course").click()

    assert report.column("#courses-app", "course") == ["CS 3", "CS 20", "CS 100"]


def test_a_table_is_turned_and_narrowed(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    table = report.page.locator("#courses-app")

    table.get_by_role("button", name="Next rows").click()
    assert table.get_by_role("status").inner_text() == "Rows: 51 to 100 of 116"
    table.get_by_label("Only rows with").fill("PHIL")
    assert table.get_by_role("status").inner_text() == "Rows: 1 to 5 of 5 with \u201cPHIL\u201d, of 116 in all"
    assert {key.split()[0] for key in report.column("#courses-app", "course")} == {"PHIL"}


def test_a_click_leaves_the_view_where_it_is(opened: Open, university: lg.LearningGraph) -> None:
    report = whole(opened(university))
    page = report.page
    page.locator("#page").focus()
    page.keyboard.press("Tab")  # from now on the browser shows what has the focus
    report.drag(-700, -250)
    before, key = report.view(), report.nearest()

    page.mouse.click(*report.place(key))

    assert report.lit("chosen") == {key}
    assert report.view() == before

    page.keyboard.press("ArrowDown")
    page.locator("#search").focus()
    report.drag(-300, -200)
    before, key = report.view(), report.nearest()
    page.mouse.click(*report.place(key))
    assert (report.lit("chosen"), report.view()) == ({key}, before)


def test_the_name_of_a_term_stands_where_its_column_is_seen(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university, viewport={"width": 390, "height": 844})
    report.turn_to("CS (")
    report.search("CS 320")
    report.page.keyboard.press("Enter")

    canvas = report.page.locator(".canvas").bounding_box()
    assert canvas is not None
    seen = [head for head in report.page.locator(".terms span").all() if head.is_visible()]
    assert "Term 3" in [head.inner_text() for head in seen]
    for head in seen:
        box = head.bounding_box()
        assert box is not None
        assert canvas["x"] - 1 <= box["x"] < box["x"] + box["width"] <= canvas["x"] + canvas["width"] + 1


@pytest.mark.parametrize("touch", [False, True])
def test_the_map_is_moved_from_a_box_too_and_that_chooses_nothing(opened: Open, *, touch: bool) -> None:
    report = opened(graph(course("B", "A"), "A"), has_touch=touch)
    report.middle()
    zoom, x, y = report.view()
    start = report.place("B")

    (report.swipe if touch else report.pull)(start, (-80, 60))

    now = report.view()
    assert now[0] == zoom
    assert now[1:] == pytest.approx((x - 80, y + 60), abs=12)
    assert report.lit("chosen") == set()


def test_two_fingers_zoom(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    zoom = report.view()[0]

    report.pinch(40, 120)
    nearer = report.view()[0]
    report.pinch(120, 40)

    assert nearer > zoom * 1.5
    assert report.view()[0] < nearer / 1.5


def test_the_wheel_turns_the_page_and_zooms_where_the_map_has_the_focus(
    opened: Open, university: lg.LearningGraph
) -> None:
    report = whole(opened(university))
    page = report.page
    page.mouse.move(*report.middle())
    zoom, height = report.view()[0], page.evaluate("scrollY")
    page.wait_for_timeout(_AFTER_SCROLLING)

    page.mouse.wheel(0, 200)
    page.wait_for_function("height => scrollY > height", arg=height)
    assert report.view()[0] == zoom

    page.wait_for_timeout(_AFTER_SCROLLING)
    page.keyboard.down("Control")  # as a pinch on a trackpad comes
    page.mouse.wheel(0, 200)
    page.wait_for_function(f"zoom => {CY}.zoom() < zoom", arg=zoom)
    page.keyboard.up("Control")

    zoom = report.view()[0]
    page.mouse.click(*report.middle())
    page.wait_for_timeout(_AFTER_SCROLLING)
    page.mouse.wheel(0, -200)
    page.wait_for_function(f"zoom => {CY}.zoom() > zoom", arg=zoom)


def test_who_chooses_with_the_keyboard_keeps_the_focus(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    page = report.page
    focused = "[...document.querySelectorAll('.canvas, .panel, #search')].indexOf(document.activeElement)"
    panel, search = (
        page.evaluate("chosen => [...document.querySelectorAll('.canvas, .panel, #search')].indexOf("
                      "document.querySelector(chosen))", chosen)
        for chosen in (".panel", "#search")
    )  # fmt: skip

    report.search("CS 320")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert report.lit("chosen") == {"CS 320"}
    assert page.evaluate(focused) == search

    page.locator(".panel .needs button").first.focus()
    page.keyboard.press("Enter")
    assert report.lit("chosen") != {"CS 320"}
    assert page.evaluate(focused) == panel


def test_what_is_told_of_a_search_goes_when_something_else_is_shown(opened: Open, university: lg.LearningGraph) -> None:
    report = whole(opened(university))
    report.search("CS 320")
    report.page.keyboard.press("Enter")
    assert report.told.startswith("shown: CS 320")

    report.click("CS 101")

    assert report.told == ""


def test_a_very_long_key_is_found_whole(opened: Open) -> None:
    key = "K" * 300
    report = opened(graph(key, "B"))

    assert len(report.search(key)) == 1


def test_the_ring_around_what_has_the_focus_is_seen_among_what_is_dim(opened: Open) -> None:
    report = opened(graph(course("B", "A"), "A", "C"))
    report.click("B")
    report.page.keyboard.press("Home")
    for _ in range(2):
        if report.on_map(".focused") == {"C"}:
            break
        report.page.keyboard.press("ArrowDown")

    assert report.on_map(".focused.dim") == {"C"}
    assert report.page.evaluate(f"{CY}.nodes('.focused').style('opacity')") == "1"


def test_a_table_is_narrowed_by_words_of_all_that_its_rows_say(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    report.turn_to("MS DATA")
    table = report.page.locator("#map-app")

    table.get_by_label("Only rows with").fill(" engineering  data")
    assert report.column("#map-app", "course") == ["DATA 510"]
    table.get_by_label("Only rows with").fill("better b- 501 recommendations 320")
    assert report.column("#map-app", "course") == ["DATA 510"]
    table.get_by_label("Only rows with").fill("outside Page")
    assert set(report.column("#map-app", "course")) == report.on_map(".outside")


def test_a_junction_says_what_it_joins(opened: Open) -> None:
    two = {"at_least": 2, "of": ["A", "B", {"condition": "consent"}]}
    report = opened(graph(
        "A", "B", course("C", {"any": ["A", {"condition": "placement"}]}), course("D", two),
        course("E", {"any": ["B", {"all": ["A", {"condition": "standing"}]}]}),
    ))  # fmt: skip

    joints = range(report.page.evaluate(f"{CY}.nodes('.joint').length"))
    assert {report.tip_of_joint(at) for at in joints} == {
        "any of",
        "any of\nor \u201cplacement\u201d",
        "2 of 3\none of them: \u201cconsent\u201d",
        "all of\nand \u201cstanding\u201d",
    }


def test_the_map_has_a_table_of_the_same_courses_in_words(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    report.turn_to("MS DATA")

    shown = dict(zip(report.column("#map-app", "course"), report.column("#map-app", "asks"), strict=True))
    assert set(shown) == report.on_map()
    assert shown["DATA 510"] == "Prerequisites: DATA 501 with B- or better\nRecommendations: CS 320"


def test_the_keyboard_reaches_everything(opened: Open) -> None:
    report = opened(graph(course("B", "A"), "A", course("X", "X")))
    page = report.page
    wanted = "a[href], button:not([disabled]), input, select, summary, [tabindex='0']"
    page.evaluate(
        "wanted => document.querySelectorAll(wanted).forEach((one, at) => { one.dataset.stop = at; })", wanted
    )
    stops = page.locator("[data-stop]:visible").evaluate_all("found => found.map(one => one.dataset.stop)")

    reached = set()
    for _ in range(3 * len(stops)):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset?.stop"))

    assert set(stops) <= reached
    assert len(stops) > 25
    for part in (".canvas", ".panel", "#page", "#search", "#courses-app .scroll", "#findings summary"):
        assert page.locator(part).first.get_attribute("data-stop") in reached, part


def test_arrows_go_through_the_map_and_enter_lights_up(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    report.turn_to("MS DATA")
    page = report.page
    page.locator(".canvas").focus()

    page.keyboard.press("Home")
    visited: list[str] = []
    for _ in range(len(report.on_map())):
        visited.extend(report.on_map(".focused"))
        page.keyboard.press("ArrowDown")
    assert sorted(visited) == sorted(report.on_map())

    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    (chosen,) = report.lit("chosen")
    assert report.lit("unlocks") == nx.descendants(binding(university), chosen) & report.on_map()
    said = page.locator(".said").inner_text()
    assert said.startswith(chosen)
    assert "unlocks" in said
    page.keyboard.press("Escape")
    assert report.lit("chosen") == set()


def test_a_tip_says_what_is_no_course(opened: Open) -> None:
    badge = lg.Achievement(key="badge", name="Badge")
    report = opened(graph(course("A", outcomes=["badge"]), program("BS"), achievements=[badge]))
    page = report.page
    page.locator(".canvas").focus()
    page.keyboard.press("Home")

    told = set()
    for _ in range(3):
        told.add(tuple(page.locator(".tip").inner_text().splitlines()[:2]))
        page.keyboard.press("ArrowDown")

    assert {("badge Badge", "achievement"), ("BS About BS", "program")} <= told


def test_hover_and_keyboard_show_the_metrics(opened: Open) -> None:
    report = opened(graph(course("B", "A"), "A"))
    page = report.page
    tip = page.locator(".tip")
    page.locator(".canvas").focus()
    page.keyboard.press("Home")
    assert "blocking 1" in tip.inner_text()

    page.keyboard.press("Tab")
    assert not tip.is_visible()
    report.click("B")
    page.mouse.move(1, 1)
    report.click("B")
    assert "reachability 1" in tip.inner_text()


def test_a_tip_goes_with_the_mouse_and_comes_back(opened: Open) -> None:
    report = opened(graph(course("B", "A"), "A"))
    page = report.page
    tip = page.locator(".tip")
    report.middle()

    for _ in range(2):
        x, y = report.place("B")
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        tip.wait_for(state="visible")
        assert tip.inner_text().startswith("B")
        page.mouse.move(1, 1)  # off the map, and not over anything else of it
        tip.wait_for(state="hidden")
        assert not tip.is_visible()


def test_whatever_a_text_holds_it_is_text(opened: Open) -> None:
    report = opened(hostile())
    page = report.page
    for text in _HOSTILE:
        assert report.search(text.replace("\u202e", "\\u202e").replace("\u2028", "\\u2028"))
        page.keyboard.press("Enter")
        assert report.lit("chosen")
    for number in range(page.locator("#page option").count()):
        page.select_option("#page", index=number)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert report.alerted == report.said == report.asked == []
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 3
    body = page.locator("body").inner_text()
    for text in _HOSTILE[:4]:
        assert text in body


def test_a_script_that_is_not_the_reports_own_does_not_run(opened: Open) -> None:
    report = opened(graph("A"))
    report.page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.foreign = 1";
      document.body.append(script);
    }""")

    assert report.page.evaluate("window.foreign ?? null") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_serious_fault(opened: Open, university: lg.LearningGraph, scheme: str, width: int) -> None:
    report = whole(opened(university, color_scheme=scheme, viewport={"width": width, "height": 900}))
    report.click("CS 320")
    report.search("CS 3")
    report.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert _grave(report) == []


def test_axe_finds_no_serious_fault_where_much_is_wrong(opened: Open) -> None:
    report = opened(hostile())

    assert _grave(report) == []


def _grave(report: Opened) -> list[tuple[Any, ...]]:
    found = Axe().run(report.page).response["violations"]
    return [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in {"serious", "critical"} or one["id"] == "landmark-unique"
    ]


def test_on_a_telephone_nothing_runs_out_of_the_page(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university, viewport={"width": 390, "height": 844})
    report.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert report.page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_everything_is_read_as_text(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university, java_script_enabled=False)

    text = report.page.locator("#courses").inner_text()
    assert all(learning.key in text for learning in university)
    assert "prerequisite: CS 215 with B or better or CS 220 with C or better" in text
    assert report.said == []


def test_on_paper_all_rows_and_the_map_are_printed(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university, color_scheme="dark")
    report.turn_to("MS DATA")
    report.click("CS 320")
    before = report.view()
    report.print()

    assert len(report.column("#courses-app", "course")) == len(university)
    assert report.page.locator("#courses-app .pager").inner_text() == "Rows: 116 of 116"
    images = report.page.locator(".paper img")
    for image in images.all():
        assert image.is_visible()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 2 * 670
    count = images.count()
    told = "Curriculum map: MS DATA: Master of Science in Data Science, lit for CS 320 Database Systems"
    assert report.page.locator(".paper figcaption").all_inner_texts() == [
        f"{told}, sheet {at} of {count}" for at in range(1, count + 1)
    ]
    assert 3 < report.inked(0)[0] < 12, "the first box, whole"
    assert 2 * 670 - 12 < report.inked(count - 1)[1] < 2 * 670 - 3, "the last one"
    heads = [figure.locator(".heads span").all_inner_texts() for figure in report.page.locator(".paper figure").all()]
    assert heads[0][0] == "Term 1"
    assert sorted({head for several in heads for head in several}) == [f"Term {term}" for term in range(1, 8)]
    assert not report.page.locator(".canvas").is_visible()
    assert report.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"

    report.page.evaluate("dispatchEvent(new Event('afterprint'))")
    report.page.emulate_media(media="screen")
    assert len(report.column("#courses-app", "course")) == 50
    assert report.page.locator(".paper img").count() == 0
    assert report.view() == before
    assert report.page.pdf(format="A4").startswith(b"%PDF")


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


def test_a_small_map_is_printed_on_one_sheet(opened: Open) -> None:
    report = opened(graph("A", course("B", "A")))
    report.print()

    assert report.page.locator(".paper figcaption").all_inner_texts() == ["Curriculum map: the whole catalogue"]


def test_what_is_too_much_for_paper_is_said(opened: Open) -> None:
    report = opened(graph(*(f"CS {number}" for number in range(1_002))))
    report.print()

    assert "sheets of paper, which is too much" in report.page.locator(".paper").inner_text()
    assert report.page.locator(".paper img").count() == 0
    assert report.page.locator("#courses-app .pager").inner_text() == (
        "Rows: 1,000 of 1,002, the first 1,000: the others are too many to print"
    )


def test_the_legend_names_what_the_catalogue_has(opened: Open, university: lg.LearningGraph) -> None:
    every, few = opened(university), opened(graph("A", course("B", "A")))

    named = [[item.strip() for item in report.page.locator(".legend li").all_inner_texts()] for report in (every, few)]
    assert named[0] == [
        "prerequisite", "corequisite", "recommended", "grants", "alternatives: any of, all of, so many of", "program",
        "achievement", "outside of this page", "chosen", "needed", "unlocked", "both, in a circle",
    ]  # fmt: skip
    assert named[1] == [
        "prerequisite", "alternatives: any of, all of, so many of", "outside of this page",
        "chosen", "needed", "unlocked", "both, in a circle",
    ]  # fmt: skip


def test_who_drags_the_map_has_it(opened: Open, university: lg.LearningGraph) -> None:
    report = whole(opened(university))
    report.drag(-200, -100)

    assert report.page.evaluate("document.activeElement === document.querySelector('.canvas')")


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


def test_a_search_brings_the_map_into_sight(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university, viewport={"width": 390, "height": 844})
    report.page.evaluate("scrollTo(0, 0)")

    report.search("CS 420")
    report.page.locator(".hits button").first.click()

    box = report.page.locator(".canvas").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < box["y"] + box["height"] <= 844


def test_what_a_course_grants_is_told_in_words(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    report.turn_to("MS DATA")

    shown = dict(zip(report.column("#map-app", "course"), report.column("#map-app", "asks"), strict=True))
    assert shown["DATA 530"].splitlines()[-1] == "Outcomes: storyteller-badge"


def test_what_is_said_follows_the_relations_that_count(opened: Open) -> None:
    report = opened(graph("A", course("B", "A")))
    said = report.page.locator(".said")
    report.page.locator("#courses-app tbody button", has_text="B").click()
    assert said.inner_text().endswith("needs 1 and unlocks 0")

    report.page.get_by_label("Prerequisites").uncheck()
    assert said.inner_text().endswith("needs 0 and unlocks 0")


def test_what_can_never_be_taken_is_found_by_that_word(opened: Open) -> None:
    report = opened(graph("A", course("X", "X")))
    table = report.page.locator("#courses-app")

    table.get_by_label("Only rows with").fill("never")
    assert report.column("#courses-app", "course") == ["X"]


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
