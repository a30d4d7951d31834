"""Compared by meaning: when an item of the org is the wanted requirement, and when it is replaced."""

import json
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from learngraph.salesforce.meaning import of_clause
from tests.builders import graph
from tests.property.documented_org import DocumentedOrg

_KEYS = ("X", "A", "B", "C")


class _Org(DocumentedOrg):
    """An org with four courses without anything, under keys."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}
        for key in _KEYS:
            learning = {"type": "Learning Course", "name": f"About {key}", "active": True}
            [self.ids[key]] = self.post({"learnings": [{"learning": learning}]})

    def own(self, key: str) -> str:
        return self.own_achievement(self.ids[key])

    def granted_by(self, kind: str, *grantors: tuple[str, Any]) -> str:
        return self.add_group([(self.ids[key], grade) for key, grade in grantors], kind)

    def require(self, achievement: str, **stated: Any) -> str:
        return self.add_item(self.ids["X"], "prerequisites", achievement, **stated)

    def change(self, *prerequisites: Any, folder: Path, achievements: dict[str, str] | None = None) -> Any:
        """Patch X to have these prerequisites: what is created and what is deleted."""
        path = folder / "org.json"
        path.write_text(json.dumps(self.answers()), encoding="utf-8")
        ids = {key: {"salesforce": {"learning_id": identity}} for key, identity in self.ids.items()}
        learnings = [lg.Course(key=key, **ids[key]) for key in _KEYS if key != "X"]
        wanted = graph(
            lg.Course(key="X", prerequisites=prerequisites, **ids["X"]),
            *learnings,
            achievements=[lg.Achievement(key=key, record_id=record) for key, record in (achievements or {}).items()],
        )
        bodies = lg.patch_bodies(lg.read_snapshot(path), wanted)
        if not bodies:
            return {}
        [one] = bodies[0]["learnings"]
        assert one["learning"] == {"learningId": self.ids["X"], "type": "Learning Course"}
        return one["prerequisites"]


@pytest.fixture
def org() -> _Org:
    return _Org()


_A, _B3, _A3 = ("A", None), ("B", 3), ("A", 3)
_HOURS = {"duration": 3, "unit": "Credit Hours"}

#: the forms in which an org holds a requirement: the kind of achievement, who grants it, what the item asks for
_FORMS: dict[str, tuple[str, tuple[tuple[str, Any], ...], dict[str, Any]]] = {
    "own A": ("own", (_A,), {}),
    "own A, 3": ("own", (_A,), {"grade": 3}),
    "own A for 3 hours": ("own", (_A,), _HOURS),
    "badge of none": ("Badge", (), {}),
    "badge of A": ("Badge", (_A,), {}),
    "badge of A, 3": ("Badge", (_A,), {"grade": 3}),
    "badge of A with 3": ("Badge", (_A3,), {}),
    "badge of A, B3": ("Badge", (_A, _B3), {}),
    "group of A": ("AchievementGroup", (_A,), {}),
    "group of A, B3": ("AchievementGroup", (_A, _B3), {}),
    "group of A, B3 for 3 hours": ("AchievementGroup", (_A, _B3), _HOURS),
    "misspelt group of A, B3": ("GroupAchievment", (_A, _B3), {}),
}


def _hold(org: _Org, form: str) -> str:
    """Make X require something in one of the forms."""
    kind, grantors, stated = _FORMS[form]
    achievement = org.own(grantors[0][0]) if kind == "own" else org.granted_by(kind, *grantors)
    return org.require(achievement, **stated)


_A_OR_B3 = lg.AnyOf("A", lg.Need("B", 3))
_A_FOR_3_HOURS = lg.Need("A", duration=3, duration_unit="Credit Hours")


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        pytest.param("own A", "A", id="a single and its own achievement"),
        pytest.param("own A, 3", lg.Need("A", 3), id="with its grade"),
        pytest.param("own A, 3", lg.Need("A", 3.0), id="3 is 3.0"),
        pytest.param("badge of A", "A", id="a single and what it alone grants"),
        pytest.param("badge of A, 3", lg.Need("A", 3), id="what it alone grants, with a grade"),
        pytest.param("badge of A with 3", lg.Need("A", 3), id="what it alone grants for a grade"),
        pytest.param("group of A", "A", id="a group of one"),
        pytest.param("group of A, B3", _A_OR_B3, id="an any-of and a group"),
        pytest.param("group of A, B3", lg.AnyOf(lg.Need("B", 3), "A"), id="in another order"),
        pytest.param("badge of A, B3", _A_OR_B3, id="an any-of and a badge of exactly these"),
        pytest.param("misspelt group of A, B3", _A_OR_B3, id="a group misspelt"),
        pytest.param("own A for 3 hours", _A_FOR_3_HOURS, id="with its duration"),
    ],
)
def test_an_item_that_means_the_same_stays(org: _Org, form: str, wanted: Any, tmp_path: Path) -> None:
    _hold(org, form)

    assert org.change(wanted, folder=tmp_path) == {}


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        pytest.param("own A", "B", id="another learning"),
        pytest.param("own A", lg.Need("A", 3), id="a grade more"),
        pytest.param("own A, 3", "A", id="a grade less"),
        pytest.param("own A, 3", lg.Need("A", 2), id="another grade"),
        pytest.param("own A", _A_FOR_3_HOURS, id="a duration more"),
        pytest.param("own A for 3 hours", "A", id="a duration less"),
        pytest.param("badge of A with 3", "A", id="what it grants for a grade is more than it"),
        pytest.param("badge of none", "A", id="what nothing grants"),
        pytest.param("group of A, B3", lg.AnyOf("A", lg.Need("B", 3), "C"), id="one contributor more"),
        pytest.param("group of A, B3", "A", id="one contributor less"),
        pytest.param("group of A, B3", lg.AnyOf("A", lg.Need("C", 3)), id="another contributor"),
        pytest.param("group of A, B3", lg.AnyOf("A", lg.Need("B", 2)), id="another grade of one"),
        pytest.param("group of A, B3", lg.AnyOf(lg.Need("A", 3), "B"), id="the grade of the other one"),
        pytest.param("badge of A, B3", "A", id="a badge that another grants, too"),
        pytest.param("group of A, B3 for 3 hours", _A_OR_B3, id="a group with a duration"),
    ],
)
def test_an_item_that_means_another_is_deleted_and_the_wanted_one_created(
    org: _Org, form: str, wanted: Any, tmp_path: Path
) -> None:
    item = _hold(org, form)

    change = org.change(wanted, folder=tmp_path)

    assert list(change) == ["createRecords", "deleteRecords"]
    assert change["deleteRecords"] == [{"foundationItemId": item}]
    assert len(change["createRecords"]) == 1


def test_the_own_achievement_means_its_learning_though_another_grants_it_too(org: _Org, tmp_path: Path) -> None:
    org.add_outcome(org.ids["B"], org.own("A"))
    org.require(org.own("A"))

    assert org.change("A", folder=tmp_path) == {}


def test_the_own_achievement_of_another_learning_is_told_by_who_owns_it(org: _Org, tmp_path: Path) -> None:
    org.add_outcome(org.ids["B"], org.own("A"))
    item = org.require(org.own("A"))

    assert org.change("B", folder=tmp_path)["deleteRecords"] == [{"foundationItemId": item}]


def test_a_need_of_a_badge_is_the_item_on_it_whoever_grants_it(org: _Org, tmp_path: Path) -> None:
    badge = org.granted_by("Badge", ("A", None), ("B", 2))
    org.require(badge, grade=3)

    assert org.change(lg.Need("badge", 3), folder=tmp_path, achievements={"badge": badge}) == {}
    assert org.change(lg.Need(badge, 3), folder=tmp_path) == {}
    assert org.change(lg.Need(badge[:15], 3), folder=tmp_path) == {}


def test_a_need_of_a_badge_is_not_the_item_on_another(org: _Org, tmp_path: Path) -> None:
    badge, other = org.granted_by("Badge", ("A", None)), org.granted_by("Badge", ("A", None))
    item = org.require(other)

    change = org.change(badge, folder=tmp_path)

    assert change["createRecords"] == [{"type": "Single Achievement", "learningAchievementId": badge}]
    assert change["deleteRecords"] == [{"foundationItemId": item}]


def test_repeats_after_the_first_are_deleted_once_each(org: _Org, tmp_path: Path) -> None:
    items = [_hold(org, form) for form in ("own A", "badge of A", "own A", "group of A, B3")]

    change = org.change("A", _A_OR_B3, folder=tmp_path)

    deleted = [{"foundationItemId": item} for item in (*items[1:3], items[3])]
    assert change == {"deleteRecords": deleted}  # A implies A or B


def test_only_what_differs_is_created_and_deleted(org: _Org, tmp_path: Path) -> None:
    _hold(org, "own A")
    extra = org.require(org.own("C"))

    change = org.change("B", "A", folder=tmp_path)

    assert change == {
        "createRecords": [{"type": "Single Achievement", "learningId": org.ids["B"]}],
        "deleteRecords": [{"foundationItemId": extra}],
    }


def test_of_a_graph_without_relations_all_items_are_deleted(org: _Org, tmp_path: Path) -> None:
    items = [_hold(org, form) for form in ("own A", "group of A, B3", "badge of none")]

    assert org.change(folder=tmp_path) == {"deleteRecords": [{"foundationItemId": item} for item in items]}


@pytest.mark.parametrize("name", ["learningCourseId", "learningId"])
def test_who_grants_is_known_by_the_id_of_the_learning_or_of_its_course(org: _Org, name: str, tmp_path: Path) -> None:
    _hold(org, "group of A, B3")
    answers = org.answers()
    for answer in answers:
        for item in answer["prerequisites"]:
            for fulfiller in item["fulfilledBy"]:
                identity = fulfiller["learning"].pop("learningId")
                own = {"learningCourseId": org.learnings[identity]["own"], "learningId": identity}
                fulfiller["learning"][name] = own[name]
    org.answers = lambda *_: answers  # type: ignore[method-assign]  # the same answers in the examples' way

    assert org.change(_A_OR_B3, folder=tmp_path) == {}


# --- what a wanted clause means ---------------------------------------------------------------------------


def _meaning(*clause: lg.Need) -> object:
    return of_clause(clause, {"A": "0ty1", "B": "0ty2", "badge": "0u93"}.get, lambda key: key == "badge")


def test_order_does_not_matter_and_grades_do() -> None:
    a, b = lg.Need("A"), lg.Need("B", 3)

    assert _meaning(a, b) == _meaning(b, a)
    assert _meaning(a, b) != _meaning(a, lg.Need("B", 2))
    assert _meaning(a, b) != _meaning(a)
    assert hash(_meaning(a, b)) == hash(_meaning(b, a))


def test_a_clause_that_needs_what_has_no_record_means_nothing_yet() -> None:
    assert _meaning(lg.Need("NEW")) is None
    assert _meaning(lg.Need("A"), lg.Need("NEW")) is None


def test_a_need_of_an_achievement_is_none_of_a_learning() -> None:
    assert _meaning(lg.Need("badge")) != of_clause((lg.Need("A"),), lambda _: "0u93", lambda _: False)


@pytest.mark.parametrize("unit", [None, ""])
def test_a_duration_without_a_unit_is_one_whatever_its_nothing_is(unit: str | None) -> None:
    assert _meaning(lg.Need("A", duration=3, duration_unit=unit)) == _meaning(lg.Need("A", duration=3))


def test_the_grade_of_the_only_contributor_of_a_group_is_nearer_than_that_of_the_item(
    org: _Org, tmp_path: Path
) -> None:
    org.require(org.granted_by("AchievementGroup", _A3), grade=1)

    assert org.change(lg.Need("A", 3), folder=tmp_path) == {}
