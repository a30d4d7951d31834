"""What the items of an org say, read as requirements and outcomes."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.salesforce.held import outcomes_of, requirement_of
from tests.property.documented_org import record_id

_ONE, _TWO = record_id("0ty", 1), record_id("0ty", 2)
_BADGE, _GROUP = record_id("0u9", 3), record_id("0u9", 4)


def _item(
    kind: str | None, *grantors: lg.Grantor, achievement: str | None = _BADGE, **fields: Any
) -> lg.FoundationItem:
    return lg.FoundationItem(
        "0ww", lg.Relation.PREREQUISITE, achievement=achievement, kind=kind, grantors=grantors, **fields
    )


@pytest.mark.parametrize(
    ("item", "requirement"),
    [
        pytest.param(_item("LearningCourse", lg.Grantor(_ONE)), lg.Need(_ONE), id="the own achievement of a course"),
        pytest.param(_item("Learning Program", lg.Grantor(_ONE)), lg.Need(_ONE), id="of a program, with a space"),
        pytest.param(
            _item("LearningCourse", lg.Grantor(_ONE, 2), minimum_grade=3), lg.Need(_ONE, 3), id="the grade of the item"
        ),
        pytest.param(_item("LearningCourse", lg.Grantor(_ONE, 2)), lg.Need(_ONE, 2), id="or of who grants it"),
        pytest.param(
            _item("LearningCourse", lg.Grantor(_ONE), duration=3, duration_unit="Credit Hours"),
            lg.Need(_ONE, duration=3, duration_unit="Credit Hours"),
            id="with its duration",
        ),
        pytest.param(
            _item("AchievementGroup", lg.Grantor(_ONE, 3), lg.Grantor(_TWO), minimum_grade=2),
            lg.AnyOf(lg.Need(_ONE, 3), lg.Need(_TWO, 2)),
            id="a group is an any-of",
        ),
        pytest.param(
            _item("GroupAchievment", lg.Grantor(_ONE), lg.Grantor(_TWO)), lg.AnyOf(_ONE, _TWO), id="misspelt as well"
        ),
        pytest.param(_item("AchievementGroup", lg.Grantor(_ONE, 3)), lg.Need(_ONE, 3), id="a group of one"),
        pytest.param(_item("Badge", lg.Grantor(_ONE), minimum_grade=3), lg.Need(_BADGE, 3), id="a badge is itself"),
        pytest.param(_item("LearningCourse"), lg.Need(_BADGE), id="what nothing grants is its achievement"),
        pytest.param(_item(None, lg.Grantor(_ONE)), lg.Need(_BADGE), id="what has no kind is its achievement"),
        pytest.param(_item(None, lg.Grantor(_ONE), achievement=None), lg.Need(_ONE), id="or else who grants it"),
    ],
)
def test_an_item_is_read_as_a_requirement(item: lg.FoundationItem, requirement: lg.Requirement) -> None:
    assert requirement_of(item) == requirement


def test_outcomes_are_those_besides_the_own_achievement_and_what_groups_laid_on_it() -> None:
    items = (
        lg.OutcomeItem("1", record_id("0u9", 8), primary=True),
        lg.OutcomeItem("2", _GROUP[:15]),
        lg.OutcomeItem("3", _BADGE, minimum_grade=3, duration=4, duration_unit="Credit Hours"),
    )

    assert outcomes_of(items, frozenset({_GROUP})) == (
        lg.Outcome(achievement=_BADGE, minimum_grade=3, duration=4, duration_unit="Credit Hours"),
    )
