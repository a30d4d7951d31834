from typing import Any

import pytest

import learngraph as lg
from tests.builders import graph


@pytest.mark.parametrize(
    ("setting", "default"),
    [
        pytest.param("bodies", "minimal", id="a patch holds what differs"),
        pytest.param("dates", "datetime", id="dates as the examples of the guide write them"),
        pytest.param("group", "any_of", id="a group asks for one of its contributors"),
        pytest.param("corequisite", "before_or_with", id="a corequisite may be taken before"),
        pytest.param("mixed_timings", "refuse", id="mixed timings are refused"),
        pytest.param("patch_outcomes", "add", id="outcomes of a PATCH add"),
        pytest.param("unstated", "keep", id="what is not stated is kept"),
        pytest.param("clear_with", "null", id="a field is cleared with null"),
        pytest.param("batch_size", 25, id="25 learnings a body"),
        pytest.param("clause_limit", 100, id="100 clauses a relation"),
    ],
)
def test_what_the_documentation_leaves_open_has_a_stated_default(setting: str, default: object) -> None:
    assert getattr(lg.Dialect(), setting) == default


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        pytest.param({"bodies": "short"}, "bodies", id="a value that is none"),
        pytest.param({"batch_size": 0}, "batch_size", id="no room in a body"),
        pytest.param({"clause_limit": 0}, "clause_limit", id="no room for clauses"),
        pytest.param({"group_means": "any_of"}, "group_means", id="a setting that is none"),
    ],
)
def test_an_impossible_setting_is_named(settings: dict[str, Any], field: str) -> None:
    with pytest.raises(lg.InvalidValueError) as caught:
        lg.Dialect(**settings)

    assert [name for name, _ in caught.value.faults] == [field]


def test_a_dialect_of_the_caller_goes_before_the_one_of_the_options() -> None:
    catalogue = graph("A", "B", "C", options={"dialect": {"batch_size": 1}})

    assert len(lg.post_bodies(catalogue)) == 3
    assert len(lg.post_bodies(catalogue, dialect=lg.Dialect(batch_size=2))) == 2
