"""Publishing from the command line: plan, review, apply, publish and pull, with an org of one's own."""

import csv
import json
import os
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from learngraph.local_org.org import LocalOrg
from learngraph.local_org.settings import OrgSettings
from learngraph.publish.journal import data_folder
from learngraph.publish.org_lock import OrgLock
from tests.functional.conftest import Learngraph
from tests.functional.running import Ran, document, put, run

_ID_FIELD = "External_ID__c"


@pytest.fixture(autouse=True)
def org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an org that is this test's own; it is made when it is first needed."""
    file = tmp_path / "org.sqlite3"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LEARNGRAPH_ORG", f"local:{file}")
    monkeypatch.setenv("NO_COLOR", "1")
    return file


def catalogue(folder: Path, *learnings: Any, name: str = "catalogue.json", by_id: bool = True, **sections: Any) -> Path:
    """A document whose learnings have their keys for external ids, unless `by_id` is false."""
    options = {"external_id_field": _ID_FIELD} if by_id else {}
    return put(folder, document(*learnings, **{"options": options, **sections}), name)


def courses(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"key": f"CS {100 + number}", **fields} for number in range(count)]


def content(org: Path) -> list[str]:
    """All that the org holds, line by line."""
    with sqlite3.connect(org) as database:
        return list(database.iterdump())


def counts(org: Path) -> dict[str, int]:
    opened = LocalOrg.open(org)
    try:
        return opened.counts()
    finally:
        opened.close()


def names(org: Path, kind: str = "Learning") -> list[str]:
    """The names of all records of an object, with those that are there twice, in order."""
    with sqlite3.connect(org) as database:
        return sorted(name for (name,) in database.execute(f'SELECT "Name" FROM "{kind}"'))


def done(ran: Ran) -> None:
    assert "Traceback" not in ran.err
    assert "fault of learngraph" not in ran.err
    assert ran.code == 0, ran.err


def refused(ran: Ran, *told: str, code: int = 1) -> None:
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    assert "fault of learngraph" not in ran.err
    assert [part for part in told if part not in ran.err + ran.out.decode()] == []


# ---- publishing, and publishing again


def test_publishing_puts_a_catalogue_into_an_org_once(learngraph: Learngraph, org: Path) -> None:
    first = learngraph("publish", "example:1", "--yes")
    before = content(org)
    second = learngraph("publish", "example:1", "--yes")

    done(first)
    assert first.out.decode().endswith("116 to create, 7 circles to close: 9 requests\n123 done\n")
    assert counts(org)["Learning"] == 116
    done(second)
    assert second.out.decode().endswith("sandbox\nnothing to do\n")
    assert content(org) == before


def test_the_next_edition_is_a_plan_of_exactly_what_differs(learngraph: Learngraph) -> None:
    done(learngraph("publish", "example:1", "--yes"))

    plan = learngraph("plan", "example:2", "--format", "json").json

    sent = {step["kind"]: sorted(item["key"] for item in step["items"]) for step in plan["steps"]}
    assert sent == {
        "create learnings": ["BIOL 330", "CS 216", "DATA 570", "DSGN 330"],
        "update learnings": [
            "BIOL 340", "CS 150", "CS 230", "CS 310", "CS 320", "CS 420", "CS 440", "ECON 310", "ENGL 210",
            "PHYS 320", "STAT 201",
        ],
    }  # fmt: skip
    assert sorted(plan["unmanaged"]) == ["CS-215", "PHYS-110"]


def test_nothing_is_left_to_do_after_the_next_edition(learngraph: Learngraph, org: Path) -> None:
    done(learngraph("publish", "example:1", "--yes"))
    done(learngraph("publish", "example:2", "--yes"))

    ran = learngraph("plan", "example:2", "--detailed-exitcode")

    assert (ran.code, "nothing to do" in ran.out.decode()) == (0, True)
    assert counts(org)["Learning"] == 120


def test_providers_are_found_in_the_org_by_their_names(learngraph: Learngraph, tmp_path: Path) -> None:
    done(learngraph("publish", "example:1", "--yes"))
    done(learngraph("pull", "-o", tmp_path / "held.json"))

    held = json.loads((tmp_path / "held.json").read_text(encoding="utf-8"))

    (algorithms,) = [one for one in held["learnings"] if one["name"] == "Algorithms"]
    assert algorithms["provider"] == "School of Computing"
    assert "LG412" not in learngraph("plan", "example:1").err


# ---- plan files


@pytest.fixture
def plan_file(learngraph: Learngraph, tmp_path: Path) -> Path:
    """A plan for three courses in an org that has none."""
    file = catalogue(tmp_path, "CS 101", {"key": "CS 102", "prerequisites": ["CS 101"]}, "CS 103")
    ran = learngraph("plan", file, "-o", tmp_path / "plan.json", "--detailed-exitcode")
    assert (ran.code, "3 to create" in ran.out.decode()) == (2, True)
    assert f"learngraph apply {tmp_path / 'plan.json'}" in ran.err
    return tmp_path / "plan.json"


def test_a_plan_file_is_applied_once(learngraph: Learngraph, plan_file: Path, org: Path) -> None:
    first = learngraph("apply", plan_file, "--yes")
    before = content(org)
    second = learngraph("apply", plan_file, "--yes")

    done(first)
    assert first.out.decode() == "3 done\n"
    assert names(org) == ["About CS 101", "About CS 102", "About CS 103"]
    done(second)
    assert second.out.decode() == "3 done\n"
    assert content(org) == before


def test_without_a_terminal_nothing_is_sent_unless_somebody_says_yes(
    learngraph: Learngraph, plan_file: Path, org: Path, tmp_path: Path
) -> None:
    before = content(org)

    applied = learngraph("apply", plan_file)
    published = learngraph("publish", tmp_path / "catalogue.json")

    refused(applied, "nothing was sent", "--yes", "3 to create")
    refused(published, "nothing was sent", "--yes", "3 to create")
    assert content(org) == before


def test_the_json_of_a_plan_is_the_plan_file(learngraph: Learngraph, plan_file: Path, tmp_path: Path) -> None:
    shown = learngraph("plan", tmp_path / "catalogue.json", "--format", "json")

    assert shown.json == json.loads(plan_file.read_text(encoding="utf-8"))
    assert shown.out == plan_file.read_bytes()
    assert re.fullmatch("[0-9a-f]{64}", shown.json["digest"])


def test_the_json_of_a_plan_can_be_applied(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    shown = learngraph("plan", catalogue(tmp_path, "CS 101", "CS 102", "CS 103"), "--format", "json")

    done(learngraph("apply", put(tmp_path, shown.out, "shown.json"), "--yes"))
    assert counts(org)["Learning"] == 3


def test_markdown_names_subjects_and_obeys_no_name(learngraph: Learngraph, tmp_path: Path) -> None:
    odd = {"key": "CS 101", "name": "# <b>C*</b> [x](http://a.example)\n\n# Ha\x1b[31m", "subject_abbreviation": "CS",
           "course_number": "101"}  # fmt: skip
    other = {"key": "MATH 1", "subject_abbreviation": "MATH", "course_number": "1"}

    ran = learngraph("plan", catalogue(tmp_path, odd, other), "--format", "markdown", "--ignore", "LG1,LG4")

    done(ran)
    text = ran.out.decode()
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[1:5] == ["## CS", "### CS 101 is new", "## MATH", "### MATH 1 is new"]
    assert "Ha" not in " ".join(headings)
    assert "<b>" not in text
    assert re.search(r"(?<!\\)\]\(", text) is None
    assert "\x1b" not in text


@pytest.mark.parametrize("alteration", ["a name", "the limits", "an item more", "the digest"])
def test_an_altered_plan_is_refused(learngraph: Learngraph, plan_file: Path, org: Path, alteration: str) -> None:
    plan, before = json.loads(plan_file.read_text(encoding="utf-8")), content(org)
    items = plan["steps"][0]["items"]
    match alteration:
        case "a name":
            items[0]["body"]["learning"]["name"] = "Other"
        case "the limits":
            plan["unsafe"] = ["too much"]
        case "an item more":
            items.append(items[0])
        case _:
            plan["digest"] = "0" * 64
    plan_file.write_text(json.dumps(plan), encoding="utf-8")

    refused(learngraph("apply", plan_file, "--yes"), "altered", "make the plan again")
    assert content(org) == before


def test_a_plan_for_another_org_is_refused(learngraph: Learngraph, plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    done(learngraph("org", "reset", "--org", f"local:{other}"))
    before = content(other)

    refused(learngraph("apply", plan_file, "--yes", "--org", f"local:{other}"), "the plan is for the org")
    assert content(other) == before


def test_a_plan_of_nothing_needs_no_answer_and_has_a_result(
    learngraph: Learngraph, plan_file: Path, tmp_path: Path
) -> None:
    done(learngraph("apply", plan_file, "--yes"))
    file = tmp_path / "catalogue.json"
    done(learngraph("plan", file, "-o", tmp_path / "empty.json"))

    applied = learngraph("apply", tmp_path / "empty.json", "--result", tmp_path / "applied.json")
    published = learngraph("publish", file, "--result", tmp_path / "published.csv")

    for ran in (applied, published):
        done(ran)
        assert ran.out.decode().endswith("nothing to do\n")
    assert json.loads((tmp_path / "applied.json").read_text(encoding="utf-8"))["items"] == []
    assert (tmp_path / "published.csv").read_text(encoding="utf-8").startswith("state,key,")


def test_a_plan_goes_to_standard_output_and_comes_from_standard_input(tmp_path: Path, org: Path) -> None:
    file = catalogue(tmp_path, "CS 101", "CS 102")

    written = run("plan", file, "-o", "-")
    applied = run("apply", "-", "--yes", "--result", "-", stdin=written.out)

    done(written)
    assert written.json["format"] == "learngraph-plan/1"
    done(applied)
    assert b"2 done" in applied.out
    assert b"learngraph-result/1" in applied.out
    assert counts(org)["Learning"] == 2
    assert not Path("-").exists()


def test_a_result_that_cannot_be_written_is_told_before_anything_is_sent(
    learngraph: Learngraph, plan_file: Path, tmp_path: Path, org: Path
) -> None:
    before = content(org)

    refused(learngraph("apply", plan_file, "--yes", "--result", tmp_path / "nowhere" / "result.json"), "nowhere")
    assert content(org) == before

    in_the_way = learngraph("apply", plan_file, "--yes", "--result", tmp_path)
    refused(in_the_way, "3 done", str(tmp_path), code=3)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_catalogue_whose_folder_takes_no_ids_is_published(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir()
    file = catalogue(folder, "CS 101")
    folder.chmod(0o500)

    ran = learngraph("publish", file, "--yes")

    done(ran)
    assert "ids of records are not kept" in ran.err
    assert counts(org)["Learning"] == 1


# ---- what happens in between


def test_an_org_that_changed_meanwhile_is_not_touched_and_told(
    learngraph: Learngraph, tmp_path: Path, org: Path
) -> None:
    done(learngraph("publish", catalogue(tmp_path, "CS 101", "CS 102"), "--yes"))
    mine = catalogue(tmp_path, {"key": "CS 101", "name": "Mine"}, "CS 102", name="mine.json")
    theirs = catalogue(tmp_path, {"key": "CS 101", "name": "Theirs"}, name="theirs.json")
    done(learngraph("plan", mine, "-o", tmp_path / "plan.json"))
    done(learngraph("publish", theirs, "--yes"))
    before = content(org)

    ran = learngraph("apply", tmp_path / "plan.json", "--yes")

    refused(ran, "stale", "CS 101 (0ty", "nothing was sent", code=4)
    assert "CS 102" not in ran.err
    assert content(org) == before


def test_a_change_of_what_a_plan_does_not_touch_is_none_of_its_business(
    learngraph: Learngraph, tmp_path: Path, org: Path
) -> None:
    done(learngraph("publish", catalogue(tmp_path, "CS 101", "CS 102"), "--yes"))
    mine = catalogue(tmp_path, {"key": "CS 101", "name": "Mine"}, name="mine.json")
    theirs = catalogue(tmp_path, {"key": "CS 102", "name": "Theirs"}, name="theirs.json")
    done(learngraph("plan", mine, "-o", tmp_path / "plan.json"))
    done(learngraph("publish", theirs, "--yes"))

    done(learngraph("apply", tmp_path / "plan.json", "--yes"))
    assert names(org) == ["Mine", "Theirs"]


def test_a_lock_keeps_a_second_apply_away_until_it_is_broken_by_its_nonce(
    learngraph: Learngraph, plan_file: Path, org: Path
) -> None:
    identity = json.loads(plan_file.read_text(encoding="utf-8"))["org"]["id"]
    before = content(org)
    with OrgLock(data_folder(), identity, plan="another plan") as lock:
        kept = learngraph("apply", plan_file, "--yes")
        wrong = learngraph("apply", plan_file, "--yes", "--break-lock", "00000000")
        untouched = content(org)
        broken = learngraph("apply", plan_file, "--yes", "--break-lock", lock.owner.nonce)

    refused(kept, str(lock.owner), f"--break-lock {lock.owner.nonce}", code=5)
    refused(wrong, str(lock.owner), code=5)
    assert untouched == before
    done(broken)
    assert f"broke the lock of {lock.owner}" in broken.err
    done(learngraph("apply", plan_file, "--yes", "--break-lock", lock.owner.nonce))
    assert counts(org)["Learning"] == 3


# ---- what the org refuses

_LONG = "x" * 300


@pytest.fixture
def with_a_fault(tmp_path: Path) -> Path:
    """A catalogue of which the org refuses one course, and another needs that one."""
    return catalogue(
        tmp_path, "CS 101", {"key": "CS 102", "name": _LONG}, {"key": "CS 103", "prerequisites": ["CS 102"]}, "CS 104"
    )


def test_a_learning_that_the_org_refuses_fails_alone_and_says_why(
    learngraph: Learngraph, with_a_fault: Path, tmp_path: Path, org: Path
) -> None:
    ran = learngraph("publish", with_a_fault, "--yes", "--result", tmp_path / "result.json")

    refused(ran, "LG315", "the same command goes on", code=3)
    told = ran.out.decode()
    assert re.search(r"failed +CS 102 .*name", told)
    assert re.search(r"skipped +CS 103 .*CS 102", told)
    assert "2 done, 1 failed, 1 skipped" in told
    assert names(org) == ["About CS 101", "About CS 104"]
    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert result["format"] == "learngraph-result/1"
    states = {item["key"]: (item["state"], item["field"]) for item in result["items"]}
    assert states == {
        "CS 101": ("done", ""), "CS 102": ("failed", "name"), "CS 103": ("skipped", ""), "CS 104": ("done", ""),
    }  # fmt: skip


def test_the_result_as_csv_says_where_each_learning_was_read(
    learngraph: Learngraph, with_a_fault: Path, tmp_path: Path
) -> None:
    ran = learngraph("publish", with_a_fault, "--yes", "--result", tmp_path / "result.csv")

    assert ran.code == 3
    with (tmp_path / "result.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    assert {key: row["state"] for key, row in rows.items()} == {
        "CS 101": "done", "CS 102": "failed", "CS 103": "skipped", "CS 104": "done",
    }  # fmt: skip
    assert rows["CS 102"]["field"] == "name"
    assert "catalogue.json" in rows["CS 102"]["source"]
    assert rows["CS 101"]["record"].startswith("0ty")


def test_a_value_that_a_restricted_picklist_lacks_is_told_before_and_by_the_org(
    learngraph: Learngraph, tmp_path: Path, org: Path
) -> None:
    odd = {"key": "CS 102", "field_of_study": "Alchemy"}
    file = catalogue(tmp_path, "CS 101", odd)

    before = learngraph("publish", file, "--yes")
    ran = learngraph("publish", file, "--yes", "--ignore", "LG4,LG5,LG1")

    refused(before, "Alchemy")
    refused(ran, "CS 102", "Alchemy", code=3)
    assert names(org) == ["About CS 101"]


def test_what_failed_is_sent_once_it_is_mended(
    learngraph: Learngraph, with_a_fault: Path, tmp_path: Path, org: Path
) -> None:
    assert learngraph("publish", with_a_fault, "--yes").code == 3
    mended = catalogue(tmp_path, "CS 101", "CS 102", {"key": "CS 103", "prerequisites": ["CS 102"]}, "CS 104")

    unseen = learngraph("publish", mended, "--yes")
    ran = learngraph("publish", mended, "--yes", "--limit", "unseen_requirements=true")

    refused(unseen, "no requirement of any", "unseen_requirements", "--limit")
    done(ran)
    assert "2 to create" in ran.out.decode()
    assert names(org) == ["About CS 101", "About CS 102", "About CS 103", "About CS 104"]


def test_stop_on_the_first_failure_sends_no_more_requests(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    file = catalogue(
        tmp_path, {"key": "CS 101", "name": _LONG}, "CS 102", {"key": "CS 103", "prerequisites": ["CS 102"]}
    )

    ran = learngraph("publish", file, "--yes", "--on-error", "stop")

    refused(ran, "on_error is stop", "1 done, 1 failed, 1 skipped", code=3)
    assert names(org) == ["About CS 102"]


# ---- production


@pytest.fixture
def production(learngraph: Learngraph, org: Path) -> Path:
    done(learngraph("org", "reset", "--set", "sandbox=false", "--set", "name=ACME State"))
    return org


@pytest.mark.parametrize("given", [(), ("--org-name", "Acme"), ("--org-name", "")])
def test_production_needs_its_name_even_with_yes(
    learngraph: Learngraph, production: Path, tmp_path: Path, given: tuple[str, ...]
) -> None:
    before = content(production)

    ran = learngraph("publish", catalogue(tmp_path, "CS 101"), "--yes", *given)

    refused(ran, "ACME State is PRODUCTION", "--org-name")
    assert content(production) == before


def test_production_is_published_to_by_its_name(learngraph: Learngraph, production: Path, tmp_path: Path) -> None:
    ran = learngraph("publish", catalogue(tmp_path, "CS 101"), "--yes", "--org-name", "ACME State")

    done(ran)
    assert ran.out.decode().startswith("ACME State (")
    assert "PRODUCTION" in ran.out.decode().splitlines()[0]
    assert counts(production)["Learning"] == 1


# ---- limits, findings, achievements


def test_a_big_edit_is_not_sent_until_its_limit_is_raised(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    done(learngraph("publish", catalogue(tmp_path, *courses(12)), "--yes"))
    renamed = catalogue(tmp_path, *courses(6, name="New"), *courses(12)[6:])
    before = content(org)

    shown = learngraph("plan", renamed)
    unsafe = learngraph("publish", renamed, "--yes")
    untouched = content(org)
    low = learngraph("publish", renamed, "--yes", "--limit", "changed_share=0.4")
    raised = learngraph("publish", renamed, "--yes", "--limit", "changed_share=0.9")

    done(shown)
    assert "unsafe: 6 of 12 learnings would be changed (50%)" in shown.out.decode()
    refused(unsafe, "changed_share", "--limit", "6 of 12")
    refused(low, "more than 40%")
    assert untouched == before
    done(raised)
    assert names(org).count("New") == 6


@pytest.mark.parametrize(
    ("limit", "said"),
    [("everything=1", "there is no limit everything"), ("changed_share", "NAME=VALUE"),
     ("changed_share=-1", "changed_share"), ("changed_share=lots", "changed_share"), ("created=null", "created"),
     ("changed_share=[1]", "changed_share"), ("changed_share.x=1", "changed_share")],
)  # fmt: skip
def test_a_limit_that_is_none_is_told(learngraph: Learngraph, tmp_path: Path, limit: str, said: str) -> None:
    refused(learngraph("plan", catalogue(tmp_path, "CS 101"), "--limit", limit), said)


def test_a_finding_that_is_ignored_stops_nothing(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    file = catalogue(tmp_path, {"key": "CS 102", "prerequisites": ["CS 1"]})

    stopped = learngraph("publish", file, "--yes")
    ignored = learngraph("publish", file, "--yes", "--ignore", "LG201")

    refused(stopped, "LG201")
    done(ignored)
    assert "LG201" not in ignored.err
    assert names(org) == ["About CS 102"]


def test_achievements_are_made_where_that_is_meant(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    badge = [{"key": "badge", "name": "Laboratory Safety", "kind": "Custom"}]
    file = catalogue(tmp_path, {"key": "CS 101", "outcomes": ["badge"]}, achievements=badge)

    left_out = learngraph("plan", file)
    made = learngraph("publish", file, "--yes", "--create-achievements")
    again = learngraph("plan", file, "--detailed-exitcode")

    assert "LG406" in left_out.err
    done(made)
    assert "1 achievement to make, 1 to create" in made.out.decode()
    assert "Laboratory Safety" in names(org, "LearningAchievement")
    assert again.code == 0


# ---- ids beside a catalogue


def test_ids_are_written_beside_a_catalogue_and_found_by_them(learngraph: Learngraph, tmp_path: Path) -> None:
    done(learngraph("publish", catalogue(tmp_path, "CS 101", "CS 102", by_id=False), "--yes"))
    ids = json.loads((tmp_path / "catalogue.ids.json").read_text(encoding="utf-8"))
    renamed = catalogue(tmp_path, {"key": "CS 101", "name": "Another name"}, "CS 102", by_id=False)

    plan = learngraph("plan", renamed, "--format", "json").json
    (tmp_path / "catalogue.ids.json").unlink()
    without = learngraph("plan", renamed, "--format", "json").json

    assert (ids["format"], [sorted(one) for one in ids["orgs"].values()]) == (
        "learngraph-ids/1",
        [["CS 101", "CS 102"]],
    )
    assert (plan["matched"]["CS 101"], [step["kind"] for step in plan["steps"]]) == ("ids_file", ["update learnings"])
    assert (without["matched"], without["unmanaged"]) == ({"CS 102": "name"}, ["About CS 101"])


def test_ids_of_an_org_that_began_again_are_told(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    file = catalogue(tmp_path, "CS 101", by_id=False)
    done(learngraph("publish", file, "--yes"))
    done(learngraph("org", "reset"))

    ran = learngraph("publish", file, "--yes")

    done(ran)
    ids = json.loads((tmp_path / "catalogue.ids.json").read_text(encoding="utf-8"))
    assert len(ids["orgs"]) == 2
    assert names(org) == ["About CS 101"]


def test_a_record_that_is_gone_is_told_and_not_made_again(learngraph: Learngraph, tmp_path: Path, org: Path) -> None:
    file = catalogue(tmp_path, "CS 101", "CS 102", by_id=False)
    done(learngraph("publish", file, "--yes"))
    ids = tmp_path / "catalogue.ids.json"
    (known,) = json.loads(ids.read_text(encoding="utf-8"))["orgs"].values()
    with sqlite3.connect(org) as database:
        for table, column in (
            ("LearningOutcomeItem", "LearningId"),
            ("LearningCourse", "LearningId"),
            ("Learning", "Id"),
        ):
            database.execute(f'DELETE FROM "{table}" WHERE "{column}" = ?', (known["CS 101"],))

    refused(learngraph("publish", file, "--yes"), "LG414", known["CS 101"], "ids file")
    assert names(org) == ["About CS 102"]


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="this system has no such file")
def test_nothing_is_written_beside_a_pipe(tmp_path: Path, org: Path) -> None:
    ran = run("publish", "/dev/stdin", "--yes", stdin=catalogue(tmp_path, "CS 101").read_bytes())

    done(ran)
    assert counts(org)["Learning"] == 1
    assert not Path("/dev/stdin.ids.json").exists()


@pytest.mark.parametrize("command", ["check", "post", "plan", "metrics"])
def test_a_file_of_ids_is_no_catalogue(learngraph: Learngraph, tmp_path: Path, command: str) -> None:
    done(learngraph("publish", catalogue(tmp_path, "CS 101"), "--yes"))

    ran = learngraph(command, tmp_path / "catalogue.ids.json")

    refused(ran, "catalogue.ids.json", "learngraph-ids/1")
    assert ran.out == b""


def test_a_file_of_ids_that_is_none_is_told_and_left(learngraph: Learngraph, tmp_path: Path) -> None:
    file = catalogue(tmp_path, "CS 101")
    ids = put(tmp_path, '{"orgs": []}', "catalogue.ids.json")

    refused(learngraph("publish", file, "--yes"), "catalogue.ids.json", "learngraph-ids/1")
    assert ids.read_text(encoding="utf-8") == '{"orgs": []}'


# ---- pulling


def test_what_was_pulled_is_checked_and_changes_nothing(learngraph: Learngraph, tmp_path: Path) -> None:
    done(learngraph("publish", "example:1", "--yes"))
    held = tmp_path / "held.json"

    pulled = learngraph("pull", "-o", held, "--external-id-field", _ID_FIELD)
    checked = learngraph("check", held)
    planned = learngraph("plan", held, "--detailed-exitcode")

    done(pulled)
    assert "116 learnings" in pulled.err
    done(checked)
    assert (planned.code, "nothing to do" in planned.out.decode()) == (0, True)


def test_what_was_pulled_from_one_org_is_published_to_another(
    learngraph: Learngraph, tmp_path: Path, org: Path
) -> None:
    done(learngraph("publish", "example:1", "--yes"))
    held, other = tmp_path / "held.json", tmp_path / "other.sqlite3"
    done(learngraph("pull", "-o", held, "--external-id-field", _ID_FIELD))

    moved = learngraph("publish", held, "--yes", "--org", f"local:{other}")
    again = learngraph("plan", held, "--org", f"local:{other}", "--detailed-exitcode")

    done(moved)
    done(again)
    assert counts(other) == counts(org)
    assert names(other) == names(org)


def test_a_pull_goes_to_standard_output_and_an_empty_org_gives_an_empty_catalogue(learngraph: Learngraph) -> None:
    ran = learngraph("pull")

    done(ran)
    assert (ran.json["format"], ran.json.get("learnings", [])) == ("learngraph/1", [])


def test_what_the_catalogue_does_not_have_is_named_and_left_alone(
    learngraph: Learngraph, tmp_path: Path, org: Path
) -> None:
    done(learngraph("publish", catalogue(tmp_path, "CS 101", "CS 102", "CS 103"), "--yes"))

    ran = learngraph("publish", catalogue(tmp_path, {"key": "CS 101", "name": "New"}), "--yes")

    done(ran)
    assert "left alone, not in the catalogue: CS 102, CS 103" in ran.out.decode()
    assert names(org) == ["About CS 102", "About CS 103", "New"]


# ---- can this user publish?


def test_a_new_org_can_take_the_example(learngraph: Learngraph) -> None:
    done(learngraph("org", "check"))
    done(learngraph("org", "check", "example:1"))


@pytest.mark.parametrize(
    ("settings", "code"),
    [({"custom_fields": ()}, "LG505"), ({"achievement_types": ("LearningCourse",)}, "LG502")],
    ids=["no field for external ids", "no types of achievements"],
)
def test_what_an_org_lacks_is_told_and_nothing_is_planned(
    learngraph: Learngraph, org: Path, settings: dict[str, Any], code: str
) -> None:
    LocalOrg.open(org, settings=OrgSettings(**settings)).close()

    refused(learngraph("org", "check", "example:1"), code)
    refused(learngraph("plan", "example:1"), code)


# ---- wrong input


@pytest.mark.parametrize("command", ["check", "post", "plan", "publish", "metrics"])
def test_a_plan_is_no_catalogue(learngraph: Learngraph, plan_file: Path, org: Path, command: str) -> None:
    before = content(org)

    ran = learngraph(command, plan_file, *(["--yes"] if command == "publish" else []))

    refused(ran, "plan.json", "learngraph-plan/1")
    assert content(org) == before


@pytest.mark.parametrize(
    "value",
    [document("CS 101"), [], {}, "", "hello", b"\xff\xfe\x00", {"format": "learngraph-plan/2"},
     {"format": "learngraph-plan/1"}, {"format": "learngraph-ids/1", "orgs": {}}],
    ids=["a catalogue", "a list", "nothing", "empty", "no JSON", "no text", "a newer plan", "no digest", "ids"],
)  # fmt: skip
def test_what_is_no_plan_is_not_applied(learngraph: Learngraph, tmp_path: Path, value: Any) -> None:
    ran = learngraph("apply", put(tmp_path, value, "wrong.json"), "--yes")

    refused(ran, "wrong.json")
    assert ran.out == b""
    assert not (tmp_path / "org.sqlite3").exists()


def test_a_plan_that_is_not_there_is_told(learngraph: Learngraph, tmp_path: Path) -> None:
    refused(learngraph("apply", tmp_path / "nowhere.json", "--yes"), "nowhere.json")


_TOKEN = {"SF_ACCESS_TOKEN": "00D000000000001!AQ-secret"}


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "SF_INSTANCE_URL"),
        (_TOKEN, "lacks SF_INSTANCE_URL"),
        ({**_TOKEN, "SF_INSTANCE_URL": "http://acme.my.salesforce.com"}, "https"),
        ({**_TOKEN, "SF_INSTANCE_URL": "https://acme.example"}, "acme.example"),
        ({"SF_CLIENT_SECRET": "AQ-secret", "SF_INSTANCE_URL": "http://127.0.0.1:1"}, "SF_CLIENT_ID"),
        ({"SF_CLIENT_ID": "a", "SF_USERNAME": "b", "SF_JWT_KEY_FILE": "nowhere.pem"}, "nowhere.pem"),
    ],
    ids=["none", "no address", "no https", "a strange host", "half an app", "no key"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["plan", "publish", "pull", "org check"])
def test_an_org_that_is_not_reached_is_told(
    learngraph: Learngraph, monkeypatch: pytest.MonkeyPatch, command: str, variables: dict[str, str], said: str
) -> None:
    for name in ("ACCESS_TOKEN", "INSTANCE_URL", "ORG_INSTANCE_URL", "CLIENT_ID", "CLIENT_SECRET", "USERNAME",
                 "JWT_KEY", "JWT_KEY_FILE", "AUDIENCE_URL"):  # fmt: skip
        monkeypatch.delenv(f"SF_{name}", raising=False)
        monkeypatch.delenv(f"SALESFORCE_{name}", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    further = {"publish": ["example:1", "--yes"], "plan": ["example:1"]}.get(command, [])

    ran = learngraph(*command.split(), *further, "--org", "env")

    refused(ran, said)
    assert "AQ-secret" not in ran.err
    assert ran.out == b""


def test_an_org_that_does_not_answer_is_waited_for_and_told(
    learngraph: Learngraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SF_ACCESS_TOKEN", _TOKEN["SF_ACCESS_TOKEN"])
    monkeypatch.setenv("SF_INSTANCE_URL", "http://127.0.0.1:1")

    ran = learngraph("publish", "example:1", "--yes", "--org", "env")

    refused(ran, " s: the connection was refused", "waiting ", "was not sent", "127.0.0.1:1")
    assert "AQ-secret" not in ran.err


def test_an_org_that_is_called_by_no_file_is_told(learngraph: Learngraph, tmp_path: Path) -> None:
    thesis = put(tmp_path, "precious", "thesis.txt")

    refused(learngraph("plan", "example:1", "--org", "local:"), "local:PATH")
    refused(learngraph("publish", "example:1", "--yes", "--org", f"local:{thesis}"), "thesis.txt")
    assert thesis.read_text(encoding="utf-8") == "precious"
