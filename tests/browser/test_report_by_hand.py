"""A report in the hand: mouse, wheel, fingers, and the keyboard alone."""

import networkx as nx
import pytest

import learngraph as lg
from tests.browser.opened import CY, Open, binding, whole
from tests.builders import course, graph, program

_AFTER_SCROLLING = 300  # milliseconds: for so long a wheel that turns the page goes on turning it


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


def test_who_drags_the_map_has_it(opened: Open, university: lg.LearningGraph) -> None:
    report = whole(opened(university))
    report.drag(-200, -100)

    assert report.page.evaluate("document.activeElement === document.querySelector('.canvas')")


def test_a_search_brings_the_map_into_sight(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university, viewport={"width": 390, "height": 844})
    report.page.evaluate("scrollTo(0, 0)")

    report.search("CS 420")
    report.page.locator(".hits button").first.click()

    box = report.page.locator(".canvas").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < box["y"] + box["height"] <= 844
