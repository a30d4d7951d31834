"""What is too much of a plan unless somebody says that it is meant."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.plan_limits import Extent, PlanLimits


def _extent(**parts: Any) -> Extent:
    usual = {"held": 100, "in_org": 100, "requirements": 200, "requirements_in_org": 200, "requires": True}
    return Extent(**{**usual, **parts})


@pytest.mark.parametrize(
    ("extent", "limit", "numbers", "raised"),
    [
        pytest.param(_extent(changed=26), "changed_share", "26 of 100", 0.26, id="changed"),
        pytest.param(_extent(removed=21), "removed_share", "21 of 200", 0.11, id="removed"),
        pytest.param(_extent(created=1501), "created", "1,501", 1501, id="created"),
        pytest.param(_extent(requirements_in_org=0), "unseen_requirements", "100", True, id="nothing to be seen"),
    ],
)
def test_what_exceeds_a_limit_is_told_with_both_numbers_and_the_name_that_raises_it(
    extent: Extent, limit: str, numbers: str, raised: Any
) -> None:
    (told,) = PlanLimits().exceeded(extent)

    assert numbers in told
    assert limit in told
    assert list(PlanLimits(**{limit: raised}).exceeded(extent)) == []


@pytest.mark.parametrize(
    "extent",
    [
        pytest.param(_extent(changed=25, removed=20, created=500), id="at the limits"),
        pytest.param(_extent(changed=9, held=9, in_org=9, removed=9, requirements=9), id="a small org"),
        pytest.param(Extent(created=10_790, requires=True), id="an empty org"),
        pytest.param(_extent(requirements_in_org=0, requires=False), id="a catalogue that asks for nothing"),
    ],
)
def test_what_is_within_the_limits_is_safe(extent: Extent) -> None:
    assert list(PlanLimits().exceeded(extent)) == []


@pytest.mark.parametrize("limit", ["changed_share", "removed_share", "created", "at_least"])
@pytest.mark.parametrize("number", [-1, float("nan"), float("inf"), "lots", None, True, [1], {"x": 1}])
def test_a_limit_is_a_number(limit: str, number: Any) -> None:
    with pytest.raises(lg.InvalidValueError, match=limit):
        PlanLimits(**{limit: number})


def test_whether_there_are_no_requirements_is_true_or_false() -> None:
    with pytest.raises(lg.InvalidValueError, match="unseen_requirements"):
        PlanLimits(unseen_requirements="no")  # type: ignore[arg-type]
