"""`learngraph post` and `learngraph patch`."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.conftest import Learngraph
from tests.functional.running import document, put, run
from tests.shared import SHARED, needs_shared

_ID = "0tyLT0000000AQnYAM"
_ITEM = "0wwLT00000004gLYAQ"
_OTHER_ITEM = "0wwLT00000004elYAA"


def _names(bodies: Any) -> list[list[str]]:
    return [[item["learning"]["name"] for item in body["learnings"]] for body in bodies]


@needs_shared
@pytest.mark.parametrize("to_file", [False, True], ids=["standard output", "a file"])
def test_the_documented_body_read_and_posted_is_the_same(
    learngraph: Learngraph,
    to_file: bool,  # noqa: FBT001 - of a table
    tmp_path: Path,
) -> None:
    seed = SHARED / "salesforce" / "seed-post.json"
    wanted = json.dumps(json.loads(seed.read_bytes()))

    ran = learngraph("post", seed, *(["-o", tmp_path / "post.json"] if to_file else []))
    written = (tmp_path / "post.json").read_bytes() if to_file else ran.out

    assert ran.code == 0
    assert json.dumps(json.loads(written)) == wanted
    assert ran.out == (b"" if to_file else written)


@needs_shared
def test_the_documented_body_is_posted_from_standard_input() -> None:
    seed = (SHARED / "salesforce" / "seed-post.json").read_bytes()

    ran = run("post", "-", stdin=seed)

    assert ran.code == 0
    assert json.dumps(ran.json) == json.dumps(json.loads(seed))


def test_nothing_new_is_an_empty_array(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "salesforce": {"learning_id": _ID}}))

    assert (learngraph("post", path).code, learngraph("post", path).json) == (0, [])
    assert learngraph("post", put(tmp_path, document())).json == []


def test_one_body_is_an_object_and_several_are_an_array(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document("A", "B", "C"))

    one = learngraph("post", path).json
    several = learngraph("post", path, "--batch-size", "2").json

    assert _names([one]) == [["About A", "About B", "About C"]]
    assert _names(several) == [["About A", "About B"], ["About C"]]


def test_a_body_has_at_most_25_learnings(learngraph: Learngraph, tmp_path: Path) -> None:
    bodies = learngraph("post", put(tmp_path, document(*[f"A {n}" for n in range(60)]))).json

    assert [len(body["learnings"]) for body in bodies] == [25, 25, 10]


def test_the_size_may_be_a_setting(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document("A", "B", "C", options={"dialect": {"batch_size": 2}}))

    assert [len(body["learnings"]) for body in learngraph("post", path).json] == [2, 1]
    assert [len(body["learnings"]) for body in learngraph("post", path, "--set", "batch_size=1").json] == [1] * 3
    assert len(learngraph("post", path, "--batch-size", "3").json["learnings"]) == 3


@pytest.mark.parametrize("size", ["0", "-1", "many", "2.5"])
def test_a_size_that_is_none_is_refused(learngraph: Learngraph, size: str, tmp_path: Path) -> None:
    ran = learngraph("post", put(tmp_path, document("A")), "--batch-size", size)

    assert (ran.code, ran.out) == (1, b"")
    assert "--batch-size" in ran.err


def test_what_is_referred_to_is_in_an_earlier_body(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(
        tmp_path,
        document(
            {"key": "B", "external_id": "b", "prerequisites": ["A"]},
            {"key": "A", "external_id": "a"},
            options={"external_id_field": "Ext__c"},
        ),
    )

    assert _names(learngraph("post", path).json) == [["About A"], ["About B"]]


@pytest.mark.parametrize("to_file", [False, True], ids=["standard output", "a file"])
def test_errors_stop_posting_and_nothing_is_written(
    learngraph: Learngraph,
    to_file: bool,  # noqa: FBT001 - of a table
    tmp_path: Path,
) -> None:
    path = put(tmp_path, document({"key": "A", "prerequisites": ["B"]}))
    out = put(tmp_path, b"before", "out.json")

    ran = learngraph("post", path, *(["-o", out] if to_file else []))

    assert (ran.code, ran.out) == (1, b"")
    assert "LG201" in ran.err
    assert "nothing was written" in ran.err
    assert out.read_bytes() == b"before"


def test_an_ignored_finding_blocks_nothing(learngraph: Learngraph, tmp_path: Path) -> None:
    records = [{"key": "A", "active_from": "2026-01-02", "active_to": "2026-01-01"}, {"key": "B", "nmae": "x"}]
    path = put(tmp_path, document(*records))

    stopped = learngraph("post", path)
    ran = learngraph("post", path, "--ignore", "LG303,LG102")

    assert (stopped.code, stopped.out) == (1, b"")
    assert ran.code == 0
    assert _names([ran.json]) == [["About A", "About B"]]


def test_an_ignored_reference_is_left_out(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "prerequisites": ["NOPE 1"]}))

    ran = learngraph("post", path, "--ignore", "LG201,LG410")

    assert ran.code == 0
    assert "prerequisites" not in ran.json["learnings"][0]


def test_what_a_body_leaves_out_is_told_on_standard_error(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "prerequisites": [{"condition": "consent of instructor"}]}))

    ran = learngraph("post", path)

    assert ran.code == 0
    assert "prerequisites" not in ran.json["learnings"][0]
    assert "LG402" in ran.err
    assert "consent of instructor" in ran.err


def test_an_external_id_field_may_be_named_on_the_way(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "external_id": "a"}))

    ran = learngraph("post", path, "--external-id-field", "Ext__c")

    (item,) = ran.json["learnings"]
    assert item["learning"]["learningCourseCustomFields"] == {"Ext__c": "a"}


def test_defaults_may_be_set_on_the_way(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "active": None}))

    assert "active" not in learngraph("post", path).json["learnings"][0]["learning"]
    assert learngraph("post", path, "--set", "defaults.active=true").json["learnings"][0]["learning"]["active"] is True


@pytest.mark.parametrize("edition", [1, 2])
def test_the_examples_can_be_posted(learngraph: Learngraph, edition: int) -> None:
    ran = learngraph("post", f"example:{edition}")

    posted = [name for body in _names(ran.json) for name in body]
    assert ran.code == 0
    assert len(posted) > 100


def test_the_same_catalogue_gives_the_same_bytes(learngraph: Learngraph) -> None:
    again = run("post", "example:1", env={"PYTHONHASHSEED": "7"})

    assert again.out == learngraph("post", "example:1").out
    assert again.out.endswith(b"\n")


def _held(**lists: Any) -> dict[str, Any]:
    learning = {"learningId": _ID, "type": "Learning Course", "name": "About A", "active": True, "courseNumber": "601"}
    return {"learning": learning, **lists}


def _wanted(**fields: Any) -> dict[str, Any]:
    return {"key": "A", "course_number": "601", "salesforce": {"learning_id": _ID}, **fields}


def test_no_difference_is_an_empty_array(learngraph: Learngraph, tmp_path: Path) -> None:
    current, desired = put(tmp_path, _held(), "org.json"), put(tmp_path, document(_wanted()))

    ran = learngraph("patch", current, desired)

    assert (ran.code, ran.json, ran.err) == (0, [], "")


def test_a_difference_is_the_smallest_body(learngraph: Learngraph, tmp_path: Path) -> None:
    current = put(tmp_path, _held(), "org.json")
    desired = put(tmp_path, document(_wanted(course_number="602")))

    ran = learngraph("patch", current, desired)

    learning = {"learningId": _ID, "type": "Learning Course", "courseNumber": "602"}
    assert (ran.code, ran.json) == (0, {"learnings": [{"learning": learning}]})


@needs_shared
@pytest.mark.parametrize("bodies", ["documented", "minimal"])
def test_the_documented_patch_is_written_from_what_it_describes(
    learngraph: Learngraph, bodies: str, tmp_path: Path
) -> None:
    seed = json.loads((SHARED / "salesforce" / "seed-patch.json").read_bytes())
    (item,) = seed["learnings"]
    gone = [
        {
            "learningFoundationItemId": deleted["foundationItemId"],
            "learningAchievementId": "0u9LT0000000001AAA",
            "learningAchievementType": "Badge",
        }
        for deleted in item["prerequisites"]["deleteRecords"]
    ]
    held = {"learning": {**item["learning"], "courseNumber": 601}, "prerequisites": gone}
    desired = SHARED / "salesforce" / "seed-patch.json"

    ran = learngraph("patch", put(tmp_path, held, "org.json"), desired, "--set", f"bodies={bodies}")

    assert ran.code == 0
    if bodies == "documented":
        assert json.dumps(ran.json) == json.dumps(seed)
    else:
        names = ("learningId", "type", "courseNumber")
        fewer = {name: item["learning"][name] for name in names}
        assert ran.json == {"learnings": [{"learning": fewer, "prerequisites": item["prerequisites"]}]}


def test_new_learnings_are_named(learngraph: Learngraph, tmp_path: Path) -> None:
    current = put(tmp_path, _held(), "org.json")

    ran = learngraph("patch", current, put(tmp_path, document(_wanted(), "NEW 101")))

    assert (ran.code, ran.json) == (0, [])
    assert "LG414" in ran.err
    assert "NEW 101" in ran.err


def test_errors_stop_patching_and_nothing_is_written(learngraph: Learngraph, tmp_path: Path) -> None:
    current, out = put(tmp_path, _held(), "org.json"), put(tmp_path, b"before", "out.json")
    desired = put(tmp_path, document(_wanted(prerequisites=["NOPE 1"], course_number="602")))

    ran = learngraph("patch", current, desired, "-o", out)

    assert (ran.code, ran.out, out.read_bytes()) == (1, b"", b"before")
    assert "LG201" in ran.err


def test_a_patch_is_written_to_a_file(learngraph: Learngraph, tmp_path: Path) -> None:
    current = put(tmp_path, _held(), "org.json")
    desired = put(tmp_path, document(_wanted(name="Other")))

    ran = learngraph("patch", current, desired, "-o", tmp_path / "patch.json")

    assert (ran.code, ran.out) == (0, b"")
    assert json.loads((tmp_path / "patch.json").read_bytes())["learnings"][0]["learning"]["name"] == "Other"


def test_a_pulled_document_is_what_the_org_holds(learngraph: Learngraph, tmp_path: Path) -> None:
    current = put(tmp_path, _held(), "org.json")
    learngraph("convert", current, tmp_path / "pulled.json")

    ran = learngraph("patch", tmp_path / "pulled.json", put(tmp_path, document(_wanted(name="Other"))))

    assert ran.code == 0
    assert ran.json["learnings"][0]["learning"]["name"] == "Other"


def test_a_converted_answer_keeps_the_ids_of_requirements(learngraph: Learngraph, tmp_path: Path) -> None:
    item = {
        "learningFoundationItemId": _ITEM,
        "learningAchievementId": "0u9LT00000005anYAA",
        "learningAchievementType": "Badge",
    }
    current = put(tmp_path, _held(prerequisites=[item]), "org.json")
    desired = put(tmp_path, document(_wanted()))

    learngraph("convert", current, tmp_path / "pulled.json")
    ran = learngraph("patch", tmp_path / "pulled.json", desired)

    assert ran.json == learngraph("patch", current, desired).json
    assert ran.json["learnings"][0]["prerequisites"]["deleteRecords"] == [{"foundationItemId": _ITEM}]


def test_a_current_without_ids_is_refused(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("patch", put(tmp_path, document("A"), "org.json"), put(tmp_path, document("A")))

    assert (ran.code, ran.out) == (1, b"")
    assert "org.json" in ran.err


def test_an_answer_that_could_not_be_read_whole_is_no_ground_for_a_patch(
    learngraph: Learngraph, tmp_path: Path
) -> None:
    refused = {"success": False, "learning": None, "errors": [{"field": "id", "message": "not found"}]}
    current = put(tmp_path, [_held(), refused], "org.json")

    ran = learngraph("patch", current, put(tmp_path, document(_wanted(name="Other"))))

    assert "LG119" in ran.err
