from collections.abc import Mapping, Sequence

import pytest

from learngraph.salesforce.ordering import batches, cut_circles

_NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("needs", "cut"),
    [
        pytest.param({"A": [("B",)], "B": []}, {}, id="a chain has no circle"),
        pytest.param({"A": [("A",)]}, {"A": {0}}, id="a learning that needs itself"),
        pytest.param({"A": [("B",)], "B": [("A",)]}, {"B": {0}}, id="two that need one another"),
        pytest.param({"A": [("B",)], "B": [("C", "A")], "C": []}, {"B": {0}}, id="an any-of goes whole, C with it"),
        pytest.param({"A": [("B",)], "B": [("C",), ("A",)], "C": []}, {"B": {1}}, id="the other clause stays"),
        pytest.param(
            {"A": [("B",)], "B": [("A",)], "C": [("D",)], "D": [("C",)]},
            {"B": {0}, "D": {0}},
            id="one for each of two circles",
        ),
        pytest.param({"A": [("B",), ("C",)], "B": [("D",)], "C": [("D",)], "D": []}, {}, id="two ways to one"),
    ],
)
def test_a_clause_that_reaches_back_is_cut_whole(
    needs: Mapping[str, Sequence[tuple[str, ...]]], cut: Mapping[str, set[int]]
) -> None:
    found = cut_circles(needs)

    assert found.keys() == needs.keys()
    assert {key: set(numbers) for key, numbers in found.items() if numbers} == cut


@pytest.mark.parametrize(
    ("needs", "size", "lists"),
    [
        pytest.param({}, 2, [], id="nothing"),
        pytest.param({"A": "", "B": "", "C": ""}, 2, [["A", "B"], ["C"]], id="graph order"),
        pytest.param({"A": "B", "B": ""}, 2, [["B"], ["A"]], id="never in one list with what it needs"),
        pytest.param({"A": "", "B": "A", "C": "", "D": ""}, 2, [["A", "C"], ["B", "D"]], id="the first list with room"),
        pytest.param({"A": "", "B": "A", "C": "", "D": "C"}, 1, [["A"], ["B"], ["C"], ["D"]], id="lists of one"),
        pytest.param(
            {"A": "", "B": "A", "C": "B", "D": "AC"}, 9, [["A"], ["B"], ["C"], ["D"]], id="after the last need"
        ),
    ],
)
def test_a_key_comes_after_all_that_it_needs(needs: dict[str, str], size: int, lists: list[list[str]]) -> None:
    assert batches({key: frozenset(others) for key, others in needs.items()}, size=size) == lists


def test_many_keys_without_needs_are_placed_quickly() -> None:
    found = batches({str(number): _NONE for number in range(20_000)}, size=1)

    assert len(found) == 20_000
