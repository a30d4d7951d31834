"""Records in SQLite, and what describe tells of the objects."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from learngraph import examples, post_bodies
from learngraph.local_org.ids import record_id
from learngraph.local_org.objects import objects_of
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.place import NotALocalOrgError, path_of_org
from learngraph.local_org.settings import CustomField, OrgSettings, usual_fields
from learngraph.local_org.transport import LocalTransport
from learngraph.model.salesforce_id import is_salesforce_id
from learngraph.model.value import InvalidValueError
from tests.unit.local_org.orgs import BASE, Client, course, org

OBJECTS = (
    "Organization", "Account", "RecordType", "Learning", "LearningCourse", "LearningProgram", "LearningAchievement",
    "LearningAchievementConfig", "LearningFoundationItem", "LearningOutcomeItem", "LearningProgramPlan",
    "LearningProgramPlanRqmt", "LearningRule",
)  # fmt: skip


@pytest.mark.parametrize("number", [0, 1, 61, 62, 3843, 3844, 62**9 - 1])
def test_ids_of_records_have_a_right_checksum(number: int) -> None:
    identity = record_id("0ty", "Ab9", number)

    assert len(identity) == 18
    assert is_salesforce_id(identity)


def test_ids_sort_in_the_order_in_which_records_were_made() -> None:
    ids = [record_id("0ty", "LG0", number) for number in (1, 9, 10, 35, 36, 61, 62, 100, 4000)]

    assert ids == sorted(ids)


@pytest.mark.parametrize("name", OBJECTS)
def test_the_tables_are_the_objects_that_describe_tells_of(name: str, tmp_path: Path) -> None:
    LocalOrg.open(tmp_path / "org.sqlite3").close()
    told = Client(custom_fields=usual_fields()).send("GET", f"{BASE}/sobjects/{name}/describe").json()

    with sqlite3.connect(tmp_path / "org.sqlite3") as db:
        columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
    db.close()

    assert columns == [field["name"] for field in told["fields"]]
    assert told["keyPrefix"]


def field(client: Client, name: str, of: str) -> Any:
    told = client.send("GET", f"{BASE}/sobjects/{of}/describe").json()
    return next(one for one in told["fields"] if one["name"] == name)


def test_describe_tells_what_publishing_asks() -> None:
    client = Client(dialect={"value_sets": {"field_of_study": ["Alchemy"]}, "text_lengths": {"name": 80}})

    external = field(client, "External_ID__c", "LearningCourse")
    assert (external["unique"], external["externalId"], external["custom"]) == (True, True, True)
    study = field(client, "FieldOfStudy", "LearningCourse")
    assert [one["value"] for one in study["picklistValues"]] == ["Alchemy"]
    assert study["restrictedPicklist"] is True
    assert field(client, "Name", "Learning")["length"] == 80
    assert field(client, "IsPrimary", "LearningOutcomeItem")["createable"] is False
    assert field(client, "ProviderId", "Learning")["referenceTo"] == ["Account"]
    assert field(client, "RecordTypeId", "LearningAchievement")["relationshipName"] == "RecordType"


def test_a_field_of_the_orgs_own_is_declared_by_its_settings() -> None:
    own = CustomField(object="LearningCourse", name="Campus__c", type="picklist", values=("North",), restricted=True)

    found = objects_of(OrgSettings(custom_fields=(own,)))["LearningCourse"].field("campus__C")

    assert found is not None
    assert (found.type, found.values, found.restricted) == ("picklist", ("North",), True)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"dialect": {"grop": "all_of"}}, id="an unknown setting of the dialect"),
        pytest.param({"pod": "much too long"}, id="a pod that fits into no id"),
        pytest.param({"orphan_groups": "maybe"}, id="another way"),
        pytest.param({"custom_fields": [{"object": "Learning", "name": "Campus"}]}, id="a name without __c"),
    ],
)
def test_impossible_settings_are_a_mistake(settings: Any) -> None:
    with pytest.raises(InvalidValueError):
        OrgSettings(**settings)


def test_what_was_published_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "org.sqlite3"
    first = LocalOrg.open(file, settings=OrgSettings(name="ACME State", orphan_groups="go"))
    identity = first.id
    Client(LocalTransport(first)).made("A")
    first.close()

    second = LocalOrg.open(file)

    assert (second.id, second.name, second.settings.orphan_groups) == (identity, "ACME State", "go")
    assert second.counts()["LearningCourse"] == 1
    assert repr(second) == f"<LocalOrg: ACME State, 1 learnings, in {file}>"
    second.close()


def test_new_fields_are_added_to_an_org_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "org.sqlite3"
    LocalOrg.open(file).close()
    own = CustomField(object="LearningCourse", name="Campus__c")
    again = LocalOrg.open(file, settings=OrgSettings(custom_fields=(own,)))

    made = Client(LocalTransport(again)).post(
        {"learning": {"type": "Learning Course", "name": "A", "learningCourseCustomFields": {"Campus__c": "North"}}}
    )

    assert made["status"] == "SUCCESS"
    again.close()


def test_a_reset_org_is_empty_and_another_org_of_the_same_settings(tmp_path: Path) -> None:
    file = tmp_path / "org.sqlite3"
    first = LocalOrg.open(file, settings=OrgSettings(name="ACME State"))
    Client(LocalTransport(first)).made("A")
    first.close()

    second = LocalOrg.reset(file)

    assert second.counts()["Learning"] == 0
    assert second.name == "ACME State"
    assert second.id != first.id
    second.close()


@pytest.mark.parametrize("act", [LocalOrg.open, LocalOrg.reset], ids=["open", "reset"])
def test_a_file_that_is_something_else_is_not_touched(act: Any, tmp_path: Path) -> None:
    text, database = tmp_path / "thesis.txt", tmp_path / "other.sqlite3"
    text.write_text("precious", encoding="utf-8")
    with sqlite3.connect(database) as db:
        db.execute("CREATE TABLE precious (a)")
    db.close()

    for file in (text, database, tmp_path):
        with pytest.raises(NotALocalOrgError, match="is no embedded org"):
            act(file)

    assert text.read_text(encoding="utf-8") == "precious"
    with sqlite3.connect(database) as db:
        assert [row[0] for row in db.execute("SELECT name FROM sqlite_master")] == ["precious"]
    db.close()


@pytest.mark.parametrize("name", ["env", "production", "local:", "Local", ""])
def test_another_orgs_name_is_no_embedded_org(name: str) -> None:
    with pytest.raises(NotALocalOrgError):
        path_of_org(name)


def test_the_default_org_lies_in_the_users_data_folder_and_is_not_made_by_asking() -> None:
    path = path_of_org("local")

    assert path.parent.name == "learngraph"
    assert path_of_org("local:some/where.db") == Path("some/where.db")


def test_several_threads_publish_at_the_same_time() -> None:
    shared = org()

    def publish(number: int) -> None:
        for place in range(10):
            Client(LocalTransport(shared)).made(f"{number}-{place}")

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert shared.counts()["Learning"] == 40


def test_two_connections_publish_into_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "org.sqlite3"
    one, other = LocalOrg.open(file), LocalOrg.open(file)

    for number in range(5):
        Client(LocalTransport(one)).made(f"one {number}")
        Client(LocalTransport(other)).made(f"other {number}")

    assert one.counts() == other.counts()
    assert one.counts()["Learning"] == 10
    one.close()
    other.close()


def test_a_new_org_has_what_every_org_has() -> None:
    client = Client()

    assert client.records("SELECT Name, IsSandbox FROM Organization") == [
        {"Name": "Quenbeck University (embedded)", "IsSandbox": True}
    ]
    assert client.query("SELECT COUNT() FROM Account")["totalSize"] == 5
    configs = client.records(
        "SELECT LearningAchievementType, LearningAchvRecordType.DeveloperName FROM LearningAchievementConfig"
    )
    assert len(configs) == 6
    assert configs[0]["LearningAchvRecordType"]["DeveloperName"] == "Learning_Course"
    assert client.query("SELECT COUNT() FROM LearningRule")["totalSize"] == 0


def test_without_a_configuration_what_needs_it_fails() -> None:
    client = Client(achievement_types=("LearningCourse",))

    answer = client.post(course("A"), course("P", kind="Learning Program"))

    assert [one["success"] for one in answer["details"]] == [True, False]
    assert "LearningAchievementConfig" in answer["details"][1]["errors"][0]["message"]


@pytest.mark.parametrize("edition", [1, 2])
def test_the_example_catalogue_finds_its_fields_and_providers_in_a_new_org(edition: int) -> None:
    client = Client(custom_fields=usual_fields())
    catalogue = examples.university(edition=edition)

    told = {
        kind: {one["name"] for one in client.send("GET", f"{BASE}/sobjects/{of}/describe").json()["fields"]}
        for kind, of in (("course", "LearningCourse"), ("program", "LearningProgram"))
    }

    assert all(name in told[one.type] for one in catalogue for name in one.custom_fields)
    accounts = {one["Name"] for one in client.records("SELECT Name FROM Account")}
    assert {provider.name for provider in catalogue.providers} <= accounts


@pytest.mark.parametrize("edition", [1, 2])
def test_the_example_catalogue_is_published_whole(edition: int) -> None:
    client = Client(achievements=["Cloud Operations Badge"], custom_fields=usual_fields())
    bodies = post_bodies(examples.university(edition=edition), ignore=["LG4"])

    answers = [client.post(*body["learnings"]) for body in bodies]

    assert {one["status"] for one in answers} == {"SUCCESS"}
    assert (
        client.query("SELECT COUNT() FROM LearningAchievement WHERE Name = 'Cloud Operations Badge'")["totalSize"] == 1
    )


_PUBLISHING = """
import sys
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.transport import LocalTransport
from tests.unit.local_org.orgs import Client
client = Client(LocalTransport(LocalOrg.open(sys.argv[1])))
for number in range(10_000):
    client.made(f"C{number}")
    print(number, flush=True)
"""


def test_what_was_answered_is_there_after_the_process_was_killed(tmp_path: Path) -> None:
    file = tmp_path / "org.sqlite3"
    command = [sys.executable, "-c", _PUBLISHING, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None
        answered = [int(process.stdout.readline()) for _ in range(40)]
        process.kill()

    after = LocalOrg.open(file)
    counts = after.counts()
    client = Client(LocalTransport(after))
    assert client.query(f"SELECT COUNT() FROM LearningCourse WHERE Name = 'C{answered[-1]}'")["totalSize"] == 1
    assert counts["Learning"] > answered[-1]
    assert len({counts[name] for name in ("Learning", "LearningCourse", "LearningAchievement")}) == 1
    after.close()
