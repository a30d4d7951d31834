"""What looks like a fault and is none: each of these was a false alarm once."""

from learngraph import AnyOf, Condition, RecordIds, check
from tests.builders import codes, course, graph

_ID = "0tyLT00000009LOYAY"


def test_angle_brackets_of_a_programming_language_are_no_html() -> None:
    assert "LG305" not in codes(check(graph(course("A", name="Generics: List<String> and Map<K, V>"))))


def test_a_tag_with_attributes_is_html_however_it_is_written() -> None:
    assert "LG305" in codes(check(graph(course("A", name="<IMG src=x onerror=alert(1)>"))))


def test_a_learning_that_has_a_record_keeps_the_name_that_the_org_knows() -> None:
    known = course("A", name=None, salesforce=RecordIds(learning_id=_ID))

    assert "LG311" not in codes(check(graph(known)))
    assert "LG311" in codes(check(graph(course("A", name=None))))


def test_what_consent_can_replace_is_not_required() -> None:
    either = course("B", AnyOf("A", Condition("consent")), exclusions=["A"], recommended=["A"])

    assert not {"LG208", "LG213"} & set(codes(check(graph("A", either))))


def test_an_inactive_course_that_consent_can_replace_is_an_alternative() -> None:
    found = codes(check(graph(course("A", active=False), course("B", AnyOf("A", Condition("consent"))))))

    assert "LG211" in found
    assert "LG210" not in found


def test_a_hint_never_names_the_learning_that_is_at_fault() -> None:
    (finding,) = check(graph(course("CS 102", "CS 101"))).errors

    assert "CS 102" not in finding.hint
