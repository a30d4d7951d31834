from time import process_time

import pytest

from learngraph import most_helpful_change
from tests.builders import course, graph


@pytest.mark.parametrize("odd", ["\0change\0000", "\0change\0001", "\0change\0\0000"])
def test_a_strange_key_is_a_key_like_any_other(odd: str) -> None:
    catalogue = graph("A", course("B", "A"), course(odd, "B"), course("D", odd))

    found = most_helpful_change(catalogue, key="D")

    assert found
    assert (found.learning, found.requirement, found.term, found.earlier) == ("B", "A", 3, 2)


def test_a_chain_of_two_thousand_takes_no_longer_than_one_of_its_length_should() -> None:
    chain = [course(f"C{number}", *([f"C{number - 1}"] if number else [])) for number in range(2000)]
    catalogue = graph(*chain)
    start = process_time()

    found = most_helpful_change(catalogue, key="C1999")

    assert found
    assert (found.learning, found.term, found.earlier) == ("C1", 1999, 1998)
    assert process_time() - start < 5  # it took half a minute when each change was followed by itself


def test_a_condition_that_is_read_as_not_met_can_be_taken_out() -> None:
    catalogue = graph(course("A", {"condition": "consent"}), course("B", "A"))

    found = most_helpful_change(catalogue, key="A", unknown="unmet")

    assert str(found).startswith('if A did not ask for "consent", A could be taken in term 1')
