"""Finding things in a report: the search, the tables, the legend, and what is told in words."""

import learngraph as lg
from tests.browser.opened import Open, whole
from tests.builders import course, graph


def test_search_finds_a_course_by_its_name_whatever_its_accents(opened: Open) -> None:
    report = opened(graph(course("KIM 101", name="Génie électrique İleri"), course("FIZ 1", name="Physics")))

    assert report.search("kim101") == report.search("genie ELECTRIQUE ileri") == ["KIM 101 Génie électrique İleri"]
    report.page.keyboard.press("Enter")
    assert report.lit("chosen") == {"KIM 101"}


def test_search_finds_letters_that_are_written_without_their_marks(opened: Open) -> None:
    report = opened(
        graph(course("A", name="Straßenbau"), course("B", name="Smørrebrød og Æbler"), course("C", name="Łódź"))
    )

    assert report.search("STRASSENBAU") == report.search("straßenbau") == ["A Straßenbau"]
    assert report.search("smorrebrod aebler") == ["B Smørrebrød og Æbler"]
    assert report.search("lodz") == ["C Łódź"]


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


def test_the_map_has_a_table_of_the_same_courses_in_words(opened: Open, university: lg.LearningGraph) -> None:
    report = opened(university)
    report.turn_to("MS DATA")

    shown = dict(zip(report.column("#map-app", "course"), report.column("#map-app", "asks"), strict=True))
    assert set(shown) == report.on_map()
    assert shown["DATA 510"] == "Prerequisites: DATA 501 with B- or better\nRecommendations: CS 320"


def test_the_legend_names_what_the_catalogue_has(opened: Open, university: lg.LearningGraph) -> None:
    every, few = opened(university), opened(graph("A", course("B", "A")))

    named = [[item.strip() for item in report.page.locator(".legend li").all_inner_texts()] for report in (every, few)]
    assert named[0] == [
        "prerequisite", "corequisite", "recommended", "grants", "alternatives: any of, all of, so many of", "program",
        "achievement", "outside of this page, its own needs not drawn", "chosen", "needed", "unlocked",
        "both, in a circle",
    ]  # fmt: skip
    assert named[1] == ["prerequisite", "chosen", "needed", "unlocked", "both, in a circle"]


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
