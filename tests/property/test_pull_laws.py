"""Pulling gives what an org holds, whatever the order of its answers; and no org makes it fail."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import learngraph as lg
from learngraph.publish.org_objects import READINGS
from learngraph.publish.org_rows import OrgRows, Row
from learngraph.publish.pulled_graph import snapshot_of
from learngraph.publish.pulling import pull
from tests.fake_org import FACTS
from tests.property.org_samples import EXTERNAL_ID, Sample, samples
from tests.property.strategies import record_id

OPTIONS = lg.Options(external_id_field=EXTERNAL_ID)


@settings(deadline=None)
@given(sample=samples(), shuffled=st.randoms(use_true_random=False))
def test_a_pull_gives_what_the_org_holds_in_whatever_order_it_answers(sample: Sample, shuffled: Any) -> None:
    for rows in sample.org.rows.values():
        shuffled.shuffle(rows)

    snapshot = pull(sample.org, facts=FACTS, options=OPTIONS)

    assert snapshot.graph == sample.snapshot.graph
    assert snapshot == sample.snapshot
    assert list(snapshot.graph.findings.only(ignore=["LG306", "LG507"])) == []


@settings(deadline=None, max_examples=50)
@given(sample=samples())
def test_a_pulled_document_is_read_as_the_same_snapshot(sample: Sample) -> None:
    snapshot = pull(sample.org, facts=FACTS, options=OPTIONS)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "org.json"
        lg.write(snapshot, path)

        assert lg.read_snapshot(path) == snapshot


@settings(deadline=None, max_examples=50)
@given(sample=samples())
def test_what_an_org_holds_needs_no_patch_but_for_what_it_holds_twice(sample: Sample) -> None:
    snapshot = pull(sample.org, facts=FACTS, options=OPTIONS)
    # what a group of all shares with another requirement is taken out of one of the two
    assume(not any(item.is_all_of for item in snapshot.all_items()))

    for body in lg.patch_bodies(snapshot, snapshot.graph):
        for one in body["learnings"]:
            relations = [change for name, change in one.items() if name != "learning"]
            assert one["learning"].keys() == {"type", "learningId"}
            assert all(change.keys() == {"deleteRecords"} for change in relations)


_IDS = st.sampled_from([record_id(prefix, number) for prefix in ("0ty", "0u9", "0vY", "001") for number in range(3)])
_VALUES: st.SearchStrategy[Any] = (
    _IDS
    | _IDS
    | st.none()
    | st.booleans()
    | st.floats()
    | st.integers(-(10**30), 10**30)
    | st.sampled_from(("", "x", "LearningCourse", "LearningProgram", "Prerequisite", "AchievementGroup", "2026-02-30"))
    | st.text(max_size=4)
    | st.just({"DeveloperName": "Group_All"})
    | st.lists(st.none(), max_size=1)
)


def _rows(fields: tuple[str, ...]) -> st.SearchStrategy[list[Row]]:
    columns = dict.fromkeys((*fields, "RecordType", EXTERNAL_ID), _VALUES)
    return st.lists(st.fixed_dictionaries({}, optional=columns), max_size=3)


_ORGS = st.fixed_dictionaries({one.name: _rows(one.fields) for one in READINGS} | {"Account": _rows(("Id", "Name"))})


@settings(deadline=None)
@given(rows=_ORGS)
def test_no_org_makes_a_pull_fail_and_what_it_gives_can_be_written(rows: dict[str, list[Row]]) -> None:
    snapshot = snapshot_of(OrgRows(rows), options=OPTIONS, custom_fields=["Campus__c", EXTERNAL_ID])

    assert snapshot_of(OrgRows(rows), options=OPTIONS, custom_fields=["Campus__c", EXTERNAL_ID]) == snapshot
    keys = [learning.key for learning in snapshot.graph]
    assert len(keys) == len(set(keys))
    assert set(snapshot.requirements) | set(snapshot.outcomes) <= set(keys)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "org.json"
        lg.write(snapshot, path)

        assert lg.read(path) == snapshot.graph
