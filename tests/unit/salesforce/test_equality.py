import pytest

from learngraph.model.value import FrozenMap
from learngraph.salesforce.equality import json_equal

_SAME = [
    pytest.param(7, 7.0, id="7 and 7.0"),
    pytest.param(None, "", id="null and empty text"),
    pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, id="objects in another order"),
    pytest.param([1, "x"], (1, "x"), id="a list and its frozen form"),
    pytest.param({"a": [1]}, FrozenMap({"a": [1]}), id="an object and its frozen form"),
    pytest.param({"a": None}, {"a": ""}, id="nothings inside an object"),
]
_DIFFERENT = [
    pytest.param(True, 1, id="true and 1"),
    pytest.param(False, 0, id="false and 0"),
    pytest.param(None, False, id="null and false"),
    pytest.param("", 0, id="empty text and 0"),
    pytest.param("7", 7, id="a text and a number"),
    pytest.param([1, 2], [2, 1], id="lists in another order"),
    pytest.param([1], [1, 1], id="a list and a longer one"),
    pytest.param([True], [1], id="true and 1 inside a list"),
    pytest.param({"a": True}, {"a": 1}, id="true and 1 inside an object"),
    pytest.param({"a": 1}, {"a": 1, "b": 2}, id="an object and a larger one"),
    pytest.param({}, [], id="an object and a list"),
]


@pytest.mark.parametrize(("one", "other"), _SAME)
def test_are_one_value_to_the_org(one: object, other: object) -> None:
    assert json_equal(one, other)
    assert json_equal(other, one)


@pytest.mark.parametrize(("one", "other"), _DIFFERENT)
def test_are_two_values_to_the_org(one: object, other: object) -> None:
    assert not json_equal(one, other)
    assert not json_equal(other, one)
