from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from learngraph.publish.looking_up import Doubt, Fate, Searching, look_up
from learngraph.publish.publish_plan import Item, StepKind
from tests.chaos.fake_org import EXTERNAL_ID, FakeOrg
from tests.chaos.plans import new


def _fates(org: FakeOrg, *items: Item, since: datetime | None = None, taken: Any = (), **fields: str) -> list[Fate]:
    start = since or org.now() - timedelta(minutes=1)
    searching = Searching(lambda soql: list(org.rows(soql)), fields, frozenset(taken))
    return look_up([Doubt(item, start) for item in items], StepKind.CREATE, searching)


def _external(key: str, value: str) -> Item:
    return new(key, learningCourseCustomFields={EXTERNAL_ID: value})


def test_what_is_not_there_is_not_there() -> None:
    assert [fate.there for fate in _fates(FakeOrg(), new("A"), new("B"))] == [False, False]


def test_a_learning_is_found_by_its_external_id_however_long_it_has_been_there() -> None:
    org = FakeOrg()
    made = org.put("Renamed", learningCourseCustomFields={EXTERNAL_ID: "o'A\\1"})

    (fate,) = _fates(org, _external("A", "o'A\\1"), since=org.now() + timedelta(days=1), course=EXTERNAL_ID)

    assert fate == Fate(there=True, ids={"learning_id": made, "course_id": org.learnings[made]["own"]})


def test_an_external_id_that_is_not_there_is_not_looked_for_by_name() -> None:
    org = FakeOrg()
    org.put("About A", learningCourseCustomFields={EXTERNAL_ID: "other"})

    assert [fate.there for fate in _fates(org, _external("A", "a"), course=EXTERNAL_ID)] == [False]


@pytest.mark.parametrize("field", ["", "Name; DROP", "1x", "é"])
def test_a_field_that_is_no_name_is_not_asked_for(field: str) -> None:
    org = FakeOrg()
    item = new("A", learningCourseCustomFields={field: "x"})

    assert [fate.there for fate in _fates(org, item, course=field)] == [False]


def test_a_course_is_found_by_subject_and_number_before_its_name() -> None:
    org = FakeOrg()
    made = org.put("Renamed by a trigger", subjectAbbreviation="CS", courseNumber="101")
    org.put("About A", subjectAbbreviation="CS", courseNumber="102")

    (fate,) = _fates(org, new("A", subjectAbbreviation="CS", courseNumber="101"))

    assert fate.ids["learning_id"] == made


def test_what_has_no_number_is_found_by_its_name() -> None:
    org = FakeOrg()
    made = org.put("About A")

    assert _fates(org, new("A"))[0].ids["learning_id"] == made


def test_a_program_is_no_course_of_the_same_name() -> None:
    org = FakeOrg()
    org.put("About A")
    made = org.put("About A", type="Learning Program")

    (fate,) = _fates(org, new("A", type="Learning Program"))

    assert fate == Fate(there=True, ids={"learning_id": made, "program_id": org.learnings[made]["own"]})


def test_what_was_there_before_is_not_what_was_sent() -> None:
    org = FakeOrg()
    org.put("About A")
    org.time.sleep(3600)

    assert [fate.there for fate in _fates(org, new("A"))] == [False]


def test_what_belongs_to_another_learning_of_the_plan_is_left_out() -> None:
    org = FakeOrg()
    taken = org.put("About A")

    assert [fate.there for fate in _fates(org, new("A"), taken=[taken])] == [False]


def test_two_records_for_one_learning_cannot_be_told_apart() -> None:
    org = FakeOrg()
    ids = [org.put("About A"), org.put("About A")]

    (fate,) = _fates(org, new("A"))

    assert fate.there is None
    assert all(one in fate.message for one in ids)


def test_two_learnings_for_one_record_cannot_be_told_apart() -> None:
    org = FakeOrg()
    org.put("About A")

    first, second = _fates(org, new("A"), new("B", name="About A"))

    assert first.there is second.there is None
    assert "look alike" in first.message


def test_two_learnings_that_look_alike_are_both_absent_where_nothing_is_there() -> None:
    assert [fate.there for fate in _fates(FakeOrg(), new("A"), new("B", name="About A"))] == [False, False]


def test_fates_come_in_the_order_of_the_doubts_whatever_they_are_known_by() -> None:
    org = FakeOrg()
    org.put("About B")
    org.put("About C", learningCourseCustomFields={EXTERNAL_ID: "c"})

    fates = _fates(org, new("A"), _external("C", "c"), new("B"), _external("D", "d"), course=EXTERNAL_ID)

    assert [fate.there for fate in fates] == [False, True, True, False]


def test_many_learnings_take_few_queries() -> None:
    org, asked = FakeOrg(), []
    items = [_external(f"K{number}", f"k{number}") for number in range(450)]

    def query(soql: str) -> list[Any]:
        asked.append(soql)
        return []

    look_up([Doubt(item, org.now()) for item in items], StepKind.CREATE, Searching(query, {"course": EXTERNAL_ID}))

    assert len(asked) == 3
    assert max(map(len, asked)) < 4_000


def test_an_achievement_is_found_by_its_name_among_what_was_made_since() -> None:
    org = FakeOrg()
    org.achievements["0u9LT00000004oWYAQ"] = {"Name": "Badge", "CreatedDate": org.now()}
    badge = Doubt(Item("badge", new("A").body.__class__({"Name": "Badge"})), org.now())

    fates = look_up([badge], StepKind.ACHIEVE, Searching(lambda soql: list(org.rows(soql))))

    assert fates == [Fate(there=True, ids={"achievement_id": "0u9LT00000004oWYAQ"})]


def test_the_moment_is_asked_for_in_the_time_of_greenwich() -> None:
    asked: list[str] = []

    def query(soql: str) -> list[Any]:
        asked.append(soql)
        return []

    look_up([Doubt(new("A"), datetime(2026, 8, 1, 12, tzinfo=UTC))], StepKind.CREATE, Searching(query))

    assert asked == ["SELECT Id, Name, Type, CreatedDate FROM Learning WHERE CreatedDate >= 2026-08-01T12:00:00Z"]
