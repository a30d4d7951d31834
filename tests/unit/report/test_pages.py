import learngraph as lg
from learngraph.report.pages import pages_of
from tests.builders import course, graph, program


def test_a_small_catalogue_is_shown_whole_first_then_by_subject() -> None:
    found = pages_of(graph("MATH 1", "CS 1", "CS 2"))

    assert [(page.kind, page.title, page.keys) for page in found] == [
        ("catalogue", "the whole catalogue", ("MATH 1", "CS 1", "CS 2")),
        ("subject", "CS", ("CS 1", "CS 2")),
        ("subject", "MATH", ("MATH 1",)),
    ]


def test_a_large_catalogue_is_shown_a_subject_at_a_time() -> None:
    found = pages_of(graph(*(f"CS {number}" for number in range(2_500))))

    assert [page.title for page in found] == ["CS (1 of 3)", "CS (2 of 3)", "CS (3 of 3)"]
    assert [len(page.keys) for page in found] == [1_000, 1_000, 500]


def test_every_learning_is_on_the_page_of_one_subject() -> None:
    university = lg.examples.university()

    on_pages = [key for page in pages_of(university) if page.kind == "subject" for key in page.keys]

    assert sorted(on_pages) == sorted(learning.key for learning in university)


def test_a_stated_subject_is_taken_before_that_of_the_key() -> None:
    found = pages_of(graph(course("CS 1", subject_abbreviation="Computing"), course("Drawing"), program("BS 1")))

    assert [page.title for page in found] == ["the whole catalogue", "Computing", "programs", "without a subject"]


def test_a_program_with_a_plan_has_a_page_of_what_the_plan_names() -> None:
    plan = lg.ProgramPlan(key="p", program="BS", requirements=[{"needs": "B"}])

    found = pages_of(graph("A", course("B", "A"), program("BS"), program("MS"), program_plans=[plan]))

    assert [(page.title, page.keys) for page in found if page.kind == "program"] == [("BS: About BS", ("B",))]


def test_a_plan_that_names_nothing_has_no_page() -> None:
    plan = lg.ProgramPlan(key="p", program="BS", requirements=[{"needs": "nowhere"}])

    assert [page.kind for page in pages_of(graph(program("BS"), program_plans=[plan]))] == ["catalogue", "subject"]


def test_nothing_has_one_empty_page() -> None:
    assert [page.keys for page in pages_of(lg.LearningGraph())] == [()]


def test_programs_come_first_then_the_whole_then_subjects() -> None:
    assert list(dict.fromkeys(page.kind for page in pages_of(lg.examples.university()))) == [
        "program",
        "catalogue",
        "subject",
    ]
