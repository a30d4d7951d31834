import learngraph as lg
from tests.builders import course, graph
from tests.property.documented_org import record_id

_GROUP, _BADGE = record_id("0u9", 1), record_id("0u9", 2)


def _item(identity: str, relation: lg.Relation = lg.Relation.PREREQUISITE, **fields: object) -> lg.FoundationItem:
    return lg.FoundationItem(identity, relation, **fields)  # type: ignore[arg-type]  # a row of a test


def test_items_are_given_by_learning_and_relation_in_the_order_of_the_org() -> None:
    snapshot = lg.Snapshot(
        graph("A", "B"),
        {"A": (_item("2"), _item("1"), _item("3", lg.Relation.COREQUISITE)), "B": (_item("4"),)},
    )

    assert [item.id for item in snapshot.items("A", lg.Relation.PREREQUISITE)] == ["2", "1"]
    assert [item.id for item in snapshot.items("A", lg.Relation.RECOMMENDED)] == []
    assert snapshot.items("C", lg.Relation.PREREQUISITE) == ()
    assert [item.id for item in snapshot.all_items()] == ["2", "1", "3", "4"]


def test_groups_are_known_by_their_kind_however_it_is_spelt() -> None:
    kinds = ("AchievementGroup", "AchievementGroupAll", "GroupAchievment", "Group Achievement")

    assert all(_item("1", kind=kind).is_group for kind in kinds)
    assert not any(_item("1", kind=kind).is_group for kind in ("LearningCourse", "Badge", None))


def test_the_achievements_of_groups_are_told_in_their_long_form() -> None:
    items = (
        _item("1", achievement=_GROUP[:15], kind="AchievementGroup"),
        _item("2", achievement=_BADGE, kind="Custom"),
        _item("3", kind="AchievementGroup"),
    )

    assert lg.Snapshot(graph("A"), {"A": items}).group_achievements() == {_GROUP}


def test_a_snapshot_has_a_short_repr() -> None:
    snapshot = lg.Snapshot(graph(course("A")), {"A": (_item("1"),)}, {"A": (lg.OutcomeItem("2", _BADGE),)})

    assert repr(snapshot) == "<Snapshot: 1 learnings, 1 requirements, 1 outcomes>"


def test_the_records_are_those_of_the_graph_as_it_is_now() -> None:
    snapshot = lg.Snapshot(graph(course("A", salesforce={"learning_id": record_id("0ty", 1)}), course("B")))

    snapshot.graph.add(course("C", salesforce={"learning_id": record_id("0ty", 2)[:15]}))

    assert snapshot.records() == {"A": record_id("0ty", 1), "C": record_id("0ty", 2)}
