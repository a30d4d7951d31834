"""A report for everyone: whatever its texts hold, in every light and width, with and without scripts."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

import learngraph as lg
from learngraph.findings import Finding
from tests.browser.opened import Open, Opened, whole
from tests.builders import course, graph, program

_HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<!-- <script>",
    "]]>&lt;b&gt; &amp; \"quoted\" 'too'",
    "{{ 7 * 7 }} ${alert(3)} \u202eltr\u2028",
    "javascript:alert(4)",
    "__proto__",
)


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


def _grave(report: Opened) -> list[tuple[Any, ...]]:
    found = Axe().run(report.page).response["violations"]
    return [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in {"serious", "critical"} or one["id"] == "landmark-unique"
    ]
