import pytest

import learngraph as lg
from learngraph.report.texts import asks, number, shown
from tests.builders import course


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("CS 1", "CS 1", id="plain"),
        pytest.param("a\u202eb", "a\\u202eb", id="what turns the order"),
        pytest.param("a\ud800b", "a\\ud800b", id="half a letter"),
        pytest.param("क\u200dष", "क\u200dष", id="a joiner that a script needs"),
        pytest.param("x" * 201, "x" * 200 + "...", id="very long"),
    ],
)
def test_a_text_is_shown_so_that_nothing_hides(text: str, seen: str) -> None:
    assert shown(text) == seen
    assert shown(text).encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(None, None, id="none"),
        pytest.param(2.5, 2.5, id="a fraction"),
        pytest.param(2**53 - 1, 2**53 - 1, id="the last exact one"),
        pytest.param(2**60, 2.0**60, id="a large one"),
        pytest.param(10**400, 1e308, id="one that is no number of a browser"),
    ],
)
def test_numbers_are_those_that_a_browser_can_read(value: float | None, written: float | None) -> None:
    assert number(value) == written


def test_what_is_asked_for_is_told_by_relation_with_letters_for_grades() -> None:
    learning = course("B", {"need": "A", "minimum_grade": 3}, "C", recommended=[{"any": ["D", "E"]}])

    assert [(str(relation), words) for relation, words in asks(learning, lg.Options().scale)] == [
        ("prerequisite", "A with B or better; C"),
        ("recommended", "D or E"),
    ]
