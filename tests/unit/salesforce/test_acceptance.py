"""The two request bodies that the project is built from, written exactly."""

import json
from pathlib import Path
from typing import Any

import learngraph as lg
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

_POST = SHARED / "salesforce" / "seed-post.json"
_PATCH = SHARED / "salesforce" / "seed-patch.json"
_DELETED = ("0wwLT00000004gLYAQ", "0wwLT00000004elYAA")


def _as_written(body: object) -> str:
    """Write a body so that order of keys and form of numbers count."""
    return json.dumps(body, indent=1)


def _before_the_patch(folder: Path) -> lg.Snapshot:
    """An org in which the course still has its old number, and the two items that the patch deletes."""
    learning = json.loads(_PATCH.read_text(encoding="utf-8"))["learnings"][0]["learning"]
    items = [
        {
            "learningFoundationItemId": identity,
            "learningAchievementId": achievement,
            "learningAchievementType": "LearningCourse",
            "minimumNumericGrade": 7,
            "fullfilledBy": [],
        }
        for identity, achievement in zip(_DELETED, ("0u9LT00000004oWYAQ", "0u9LT00000005anYAA"), strict=True)
    ]
    noon = {name: f"{learning[name][:10]}T12:00:00.00Z" for name in ("activeFromDate", "activeToDate")}
    answer = {"learning": {**learning, **noon, "courseNumber": 601}, "prerequisites": items}
    path = folder / "org.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    return lg.read_snapshot(path)


def test_the_post_body_of_the_guide_is_read_and_written_again_as_it_is() -> None:
    bodies = lg.post_bodies(lg.read(_POST))

    assert len(bodies) == 1
    assert _as_written(bodies[0]) == _as_written(json.loads(_POST.read_text(encoding="utf-8")))


def test_the_documented_patch_is_the_patch_of_the_guide(tmp_path: Path) -> None:
    wanted = lg.read(_PATCH)

    bodies = lg.patch_bodies(_before_the_patch(tmp_path), wanted, dialect=lg.Dialect(bodies="documented"))

    assert len(bodies) == 1
    assert _as_written(bodies[0]) == _as_written(json.loads(_PATCH.read_text(encoding="utf-8")))


def test_the_minimal_patch_holds_identity_number_and_prerequisites_and_nothing_else(tmp_path: Path) -> None:
    guide: Any = json.loads(_PATCH.read_text(encoding="utf-8"))["learnings"][0]

    bodies = lg.patch_bodies(_before_the_patch(tmp_path), lg.read(_PATCH))

    identity = {"learningId": "0tyLT0000000AQnYAM", "type": "Learning Course", "courseNumber": 6011}
    expected = {"learnings": [{"learning": identity, "prerequisites": guide["prerequisites"]}]}
    assert [_as_written(body) for body in bodies] == [_as_written(expected)]


def test_the_answer_of_the_guide_does_not_differ_from_itself(tmp_path: Path) -> None:
    # two ids of the example have a wrong checksum, and so are the ids of nothing
    text = (SHARED / "salesforce" / "example-get.json").read_text(encoding="utf-8")
    path = tmp_path / "org.json"
    path.write_text(text.replace("20DEAQ", "20DAAQ").replace("28HEAQ", "28HAAQ"), encoding="utf-8")
    snapshot = lg.read_snapshot(path)

    bodies = lg.patch_bodies(snapshot, snapshot.graph)

    assert list(bodies) == []
    assert [item.id[:15] for item in snapshot.items("0tyxx00000002t3", lg.Relation.PREREQUISITE)] == [
        "0wwxx000000004r",
        "0wwxx000000004s",
        "0wwxx000000004t",
    ]
