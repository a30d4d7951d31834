import pytest

from learngraph.analysis.reaching.supporting import Support, some_set
from learngraph.logic.compiled import ALWAYS, Branch, Leaf, Node
from learngraph.model.relation import Timing
from tests.builders import course, graph


def test_a_set_that_does_not_carry_itself_is_never_given() -> None:
    support = Support(graph(course("K", "A"), course("A", "B"), "B"), "K", (), "neutral")

    assert support.in_terms({"K", "A", "B"}) == (("B",), ("A",), ("K",))
    with pytest.raises(AssertionError, match="does not carry itself"):
        support.in_terms({"K", "A"})


def test_only_what_can_be_needed_is_looked_at() -> None:
    catalogue = graph(course("K", "A", recommended=["R"]), "A", "R", course("Z", "K"))

    assert list(Support(catalogue, "K", (), "neutral").trees) == ["K", "A"]
    assert list(Support(catalogue, "K", {"A"}, "neutral").trees) == ["K"]


def test_a_set_found_without_a_search_takes_what_is_there_in_time() -> None:
    trees: dict[str, Node] = {
        "K": Branch(2, (Leaf(("A", "B"), Timing.BEFORE), Leaf(("B", "C"), Timing.BEFORE), Leaf(("A",), Timing.BEFORE))),
        "A": Leaf(("K",), Timing.WITH),
        "B": ALWAYS,
        "C": ALWAYS,
    }

    assert some_set(trees, "K", {"B": 1, "C": 1, "K": 2, "A": 2}) == {"K": 2, "B": 1}
