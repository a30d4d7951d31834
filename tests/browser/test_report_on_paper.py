"""A report on paper."""

import learngraph as lg
from tests.browser.opened import Open
from tests.builders import course, graph


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
