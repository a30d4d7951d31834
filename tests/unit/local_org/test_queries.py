"""Queries, describe, limits, versions and single records, as the platform answers them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from learngraph.local_org.soql_text import without_literals
from learngraph.salesforce.wire import Request
from tests.unit.local_org.orgs import BASE, FIELD, LEARNINGS, Client, course, named, org, single


@pytest.fixture(scope="module")
def client() -> Client:
    """An org with courses A to E, a program, and an O'Hara."""
    made = Client()
    for number, name in enumerate("ABCDE"):
        made.made(name, fields={"duration": number + 0.5, "activeFromDate": f"2024-0{number + 1}-15"})
    made.made("O'Hara 100%_", fields={"active": False, "description": 'back\\slash and "quotes"'})
    made.post(course("Program", kind="Learning Program", fields={"durationUnit": "Credit Hours"}))
    return made


def names(client: Client, condition: str) -> list[str]:
    return [one["Name"] for one in client.records(f"SELECT Name FROM Learning WHERE {condition}")]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("Name = 'a'", ["A"]),
        ("Name = 'O\\'Hara 100%_'", ["O'Hara 100%_"]),
        ("Name IN ('A', 'c', 'nope')", ["A", "C"]),
        ("Name NOT IN ('A', 'b', 'C', 'D', 'Program')", ["E", "O'Hara 100%_"]),
        ("Name != 'A' AND Type = 'LearningCourse' AND Duration < 2.5", ["B"]),
        ("Duration >= 3.5 OR Duration = 0.5", ["A", "D", "E"]),
        ("Duration > -1 AND (Name = 'A' OR Name = 'B')", ["A", "B"]),
        ("Duration = null AND IsActive = true", ["Program"]),
        ("DurationUnit != null", ["Program"]),
        ("DurationUnit != 'Clock Hours' AND IsActive = false", ["O'Hara 100%_"]),
        ("DurationUnit = ''", ["A", "B", "C", "D", "E", "O'Hara 100%_"]),
        ("DurationUnit NOT IN ('Credit Hours') AND Name < 'C'", ["A", "B"]),
        ("DurationUnit IN ('Clock Hours', null) AND Name < 'C'", ["A", "B"]),
        ("DurationUnit NOT IN ('Clock Hours', null)", ["Program"]),
        ("DurationUnit IN (null) AND Name = 'A'", ["A"]),
        ("Duration IN (0.5, 1.5)", ["A", "B"]),
        ("IsActive IN (false)", ["O'Hara 100%_"]),
        ("NOT (IsActive = true)", ["O'Hara 100%_"]),
        ("NOT DurationUnit = 'Credit Hours' AND Name = 'A'", ["A"]),
        ("Name LIKE 'o%'", ["O'Hara 100%_"]),
        ("Name LIKE '_'", ["A", "B", "C", "D", "E"]),
        ("Name LIKE '%100\\%\\_'", ["O'Hara 100%_"]),
        ("Name LIKE '%1\\%\\_'", []),
        ("ActiveFromDate > 2024-03-15", ["D", "E"]),
        ("ActiveFromDate <= 2024-01-15", ["A"]),
        ("CreatedDate < 2020-01-01T00:00:00Z", []),
        ("CreatedDate > 2020-01-01T00:00:00.000+01:00 AND Name = 'A'", ["A"]),
        ("SystemModstamp >= 2020-01-01T00:00:00-0500 AND Name = 'A'", ["A"]),
        ("name = 'A' and isactive = TRUE", ["A"]),
    ],
)
def test_conditions_choose_as_the_platform_does(client: Client, condition: str, found: list[str]) -> None:
    assert names(client, condition) == found


def test_unique_fields_tell_cases_apart() -> None:
    client = Client()
    client.made("cs 1")
    client.made("CS 1")

    assert client.query("SELECT Id FROM LearningCourse WHERE External_ID__c = 'cs 1'")["totalSize"] == 1
    assert client.query("SELECT Id FROM LearningCourse WHERE External_ID__c IN ('cs 1', 'Cs 1')")["totalSize"] == 1
    assert client.query("SELECT Id FROM LearningCourse WHERE Name = 'cs 1'")["totalSize"] == 2


def test_texts_are_found_whatever_stands_in_them(client: Client) -> None:
    # descriptions are compared here although the platform cannot filter long texts
    assert names(client, "Description = 'back\\\\slash and \\\"quotes\\\"'") == ["O'Hara 100%_"]


def test_results_are_ordered_and_limited(client: Client) -> None:
    rows = client.records("SELECT Name, Duration FROM Learning ORDER BY Duration DESC NULLS LAST, Name LIMIT 2")

    assert rows == [{"Name": "E", "Duration": 4.5}, {"Name": "D", "Duration": 3.5}]
    ordered = client.records("SELECT Name FROM Learning WHERE Name IN ('b', 'A') ORDER BY Name DESC")
    assert [one["Name"] for one in ordered] == ["B", "A"]
    assert client.records("SELECT Name FROM Learning ORDER BY Duration LIMIT 1") == [{"Name": "O'Hara 100%_"}]


def test_counts_and_extremes(client: Client) -> None:
    assert client.query("SELECT COUNT() FROM Learning WHERE IsActive = true") == {
        "totalSize": 6, "done": True, "records": [],
    }  # fmt: skip
    answer = client.query("SELECT MAX(Duration), MIN(Duration), COUNT(Id) FROM Learning")
    assert answer["records"] == [{"attributes": {"type": "AggregateResult"}, "expr0": 4.5, "expr1": 0.5, "expr2": 7}]
    [row] = client.records("SELECT MAX(SystemModstamp) FROM Learning")
    assert row["expr0"].endswith("+0000")


def test_records_carry_what_they_are_and_where(client: Client) -> None:
    [record] = client.query("SELECT Id FROM Learning WHERE Name = 'A'")["records"]

    assert record["attributes"] == {"type": "Learning", "url": f"{BASE}/sobjects/Learning/{record['Id']}"}


def test_fields_of_a_parent_stand_inside_it_and_a_missing_parent_is_null() -> None:
    client = Client()
    [account] = client.records("SELECT Id, Name FROM Account LIMIT 1")
    client.made("A", fields={"provider": account["Id"]})
    client.made("B")

    rows = client.records("SELECT Name, Provider.Name, Provider.Id FROM Learning WHERE Provider.Name != 'x'")

    assert rows[0]["Provider"] == {
        "attributes": {"type": "Account"},
        **{name: account[name] for name in ("Name", "Id")},
    }
    assert rows[1]["Provider"] is None


def test_the_queries_of_a_pull_are_answered(client: Client) -> None:
    for query in (
        (
            "SELECT Id, Name, Type, IsActive, ActiveFromDate, ActiveToDate, AcademicLevel, CipCode, Description, "
            "Duration, DurationUnit, ProviderId, Category, Format, Grade, ImageUrl, CreatedDate, "
            "LastModifiedDate, SystemModstamp "
            "FROM Learning WHERE Type IN ('LearningCourse','LearningProgram')"
        ),
        (
            "SELECT Id, LearningId, Name, SubjectAbbreviation, CourseNumber, CourseLevelDescription, FieldOfStudy, "
            "Description, IsLinkedOnly, IsActive, SystemModstamp, External_ID__c FROM LearningCourse"
        ),
        (
            "SELECT Id, LearningId, Name, IsTopLevelProgram, Description, ShortDescription, IsActive, SystemModstamp "
            "FROM LearningProgram"
        ),
        (
            "SELECT Id, Name, Abbreviation, Description, AcademicLevel, FieldOfStudy, Specialization, IssuerId, "
            "RecordTypeId, RecordType.DeveloperName, SystemModstamp FROM LearningAchievement"
        ),
        (
            "SELECT Id, DeveloperName, MasterLabel, LearningAchievementType, LearningAchvRecordTypeId "
            "FROM LearningAchievementConfig"
        ),
        (
            "SELECT Id, Name, LearningId, LearningAchievementId, Type, Category, Duration, DurationUnit, "
            "MinimumNumericGrade, IsLocked, SystemModstamp FROM LearningFoundationItem"
        ),
        (
            "SELECT Id, Name, LearningId, LearningAchievementId, IsPrimary, Category, Duration, DurationUnit, "
            "MinimumNumericGrade, SystemModstamp FROM LearningOutcomeItem"
        ),
        (
            "SELECT Id, Name, LearningProgramId, IsActive, ActiveFromDate, ActiveToDate, VersionNumber, "
            "MinimumProgramGradePointAvg, ProviderId, Description FROM LearningProgramPlan"
        ),
        (
            "SELECT Id, Name, LearningProgramPlanId, LearningAchievementId, ReusableLearningProgramPlanId, GroupName, "
            "SequenceNumber, Category, Duration, DurationUnit, MinimumNumericGrade, Description "
            "FROM LearningProgramPlanRqmt"
        ),
        "SELECT Id, Name, LearningId, RuleId, Type, Description FROM LearningRule",
    ):
        assert client.query(query)["done"] is True


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "MALFORMED_QUERY"),
        ("SELECT", "MALFORMED_QUERY"),
        ("SELECT FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id Learning", "MALFORMED_QUERY"),
        ("SELECT * FROM Learning", "MALFORMED_QUERY"),
        ("SELECT FIELDS(ALL) FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id AS x FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id x FROM Learning", "MALFORMED_QUERY"),
        ("SELECT 1 FROM Learning", "MALFORMED_QUERY"),
        ("SELECT DISTINCT Id FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning l", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning, Account", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning JOIN Account ON Id = Id", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning UNION SELECT Id FROM Account", "MALFORMED_QUERY"),
        ("SELECT Id, (SELECT Id FROM LearningCourses) FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Id IN (SELECT LearningId FROM LearningCourse)", "MALFORMED_QUERY"),
        ("SELECT Name, COUNT(Id) FROM Learning GROUP BY Name", "MALFORMED_QUERY"),
        ("SELECT Name, COUNT(Id) FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning HAVING Id = null", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning LIMIT 1 OFFSET 1", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning LIMIT x", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning LIMIT 1.5", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning ORDER BY 1", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Name", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Name = Id", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE 'A' = Name", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Name IS NULL", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Name < null", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Name = 'A", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Name = 'a\\q'", "MALFORMED_QUERY"),
        ('SELECT Id FROM Learning WHERE Name = "A"', "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Name = 'A''B'", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Duration BETWEEN 1 AND 2", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Duration + 1 = 2", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE UPPER(Name) = 'A'", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE CreatedDate = 2024-02-30T00:00:00Z", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE ActiveFromDate = 2024-13-01", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE CreatedDate > YESTERDAY", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning -- all", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning /* all */", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning; DELETE FROM Learning", "MALFORMED_QUERY"),
        ("DELETE FROM Learning", "MALFORMED_QUERY"),
        ("DROP TABLE Learning", "MALFORMED_QUERY"),
        ("SELECT Id FROM " + "(" * 300 + "Learning" + ")" * 300, "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE " + "(" * 300 + "Id = null" + ")" * 300, "MALFORMED_QUERY"),
        ("SELECT " + "Id, " * 30000 + "Id FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Duration = " + "9" * 50, "MALFORMED_QUERY"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
        ("SELECT Id FROM sqlite_master", "INVALID_TYPE"),
        ("SELECT Id FROM _org", "INVALID_TYPE"),
        ("SELECT Id FROM main.Learning", "MALFORMED_QUERY"),
        ("SELECT Nope FROM Learning", "INVALID_FIELD"),
        ("SELECT rowid FROM Learning", "INVALID_FIELD"),
        ("SELECT Id FROM Learning ORDER BY Nope", "INVALID_FIELD"),
        ("SELECT Nope.Name FROM Learning", "INVALID_FIELD"),
        ("SELECT Provider.Nope FROM Learning", "INVALID_FIELD"),
        ("SELECT Provider.Owner.Name FROM Learning", "MALFORMED_QUERY"),
        ("SELECT Id FROM Learning WHERE Nope = 1", "INVALID_FIELD"),
        ("SELECT Id FROM Learning WHERE Name = 1", "INVALID_FIELD"),
        ("SELECT Id FROM Learning WHERE Duration = '1'", "INVALID_FIELD"),
        ("SELECT Id FROM Learning WHERE IsActive = 'true'", "INVALID_FIELD"),
        ("SELECT Id FROM Learning WHERE Duration = true", "INVALID_FIELD"),
        ("SELECT Id FROM Learning WHERE CreatedDate > 2024-01-01", "INVALID_FIELD"),
        ("SELECT Id FROM Learning WHERE Id = 'nonsense'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Learning WHERE IsActive > true", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Learning WHERE Duration LIKE '1'", "INVALID_QUERY_FILTER_OPERATOR"),
    ],
    ids=lambda text: text[:60],
)
def test_what_is_no_flat_select_is_refused_with_the_platforms_code(client: Client, query: str, code: str) -> None:
    before = client.query("SELECT COUNT() FROM Learning")

    answer = client.query(query)

    assert [one["errorCode"] for one in answer] == [code]
    assert client.query("SELECT COUNT() FROM Learning") == before


def test_long_chains_of_conditions_are_no_burden(client: Client) -> None:
    chain = " OR ".join(f"Name = 'X{number}'" for number in range(1000))

    assert client.query(f"SELECT Id FROM Learning WHERE {chain} OR Name = 'A'")["totalSize"] == 1


def test_ids_of_15_characters_and_long_lists_of_ids_are_found(client: Client) -> None:
    ids = [one["Id"] for one in client.records("SELECT Id FROM Learning")]
    listed = ", ".join(f"'{one[:15]}'" for one in ids * 30)

    assert client.query(f"SELECT Id FROM Learning WHERE Id IN ({listed})")["totalSize"] == len(ids)


def test_literals_never_reach_the_parser() -> None:
    text, terms = without_literals("SELECT Id FROM X WHERE a = 'b\\'; --' AND c > 2024-01-01 AND d = 5")

    assert text == "SELECT Id FROM X WHERE a = :p0 AND c > :p1 AND d = 5"
    assert [(one.kind, one.text) for one in terms] == [("text", "b'; --"), ("date", "2024-01-01")]


def test_results_come_in_pages_that_name_the_next() -> None:
    client = Client()
    for start in range(0, 450, 50):
        client.post(*(course(f"C{number}") for number in range(start, start + 50)))

    first = client.query("SELECT Name FROM Learning", Sforce_Query_Options="batchSize=1")
    pages = [first]
    while not pages[-1]["done"]:
        pages.append(client.send("GET", pages[-1]["nextRecordsUrl"], Sforce_Query_Options="batchSize=200").json())

    assert [len(page["records"]) for page in pages] == [200, 200, 50]
    assert {page["totalSize"] for page in pages} == {450}
    assert first["nextRecordsUrl"].startswith(f"{BASE}/query/")
    found = [one["Name"] for page in pages for one in page["records"]]
    assert found == [f"C{number}" for number in range(450)]
    assert client.query("SELECT Name FROM Learning")["done"] is True


@pytest.mark.parametrize("cursor", ["01gnope-200", "01g", "-1", "x-y"])
def test_an_unknown_cursor_is_refused(client: Client, cursor: str) -> None:
    answer = client.send("GET", f"{BASE}/query/{cursor}")

    assert (answer.status, answer.json()[0]["errorCode"]) == (400, "INVALID_QUERY_LOCATOR")


def test_changes_are_found_by_their_moment() -> None:
    client = Client()
    made = client.made("A")
    ahead = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    assert client.query(f"SELECT Id FROM Learning WHERE SystemModstamp >= {ahead}")["totalSize"] == 0
    [before] = client.records("SELECT SystemModstamp, CreatedDate FROM Learning")
    client.patch({"learning": {"type": "Learning Course", "learningId": made["learningId"], "description": "new"}})
    [after] = client.records("SELECT SystemModstamp, CreatedDate FROM Learning")
    assert after["SystemModstamp"] >= before["SystemModstamp"]
    assert after["CreatedDate"] == before["CreatedDate"]


# --- single records -----------------------------------------------------------------------------------


def test_accounts_achievements_and_program_plans_are_made_by_hand() -> None:
    client = Client()
    program = client.post(course("BS", kind="Learning Program"))["details"][0]

    def make(name: str, **values: Any) -> str:
        answer = client.send("POST", f"{BASE}/sobjects/{name}", values)
        assert (answer.status, answer.json()["success"]) == (201, True), answer.json()
        return str(answer.json()["id"])

    account = make("Account", Name="ACME")
    badge = make("LearningAchievement", Name="Badge", IssuerId=account, attributes={"type": "LearningAchievement"})
    plan = make("LearningProgramPlan", Name="2026", LearningProgramId=program["learningProgramId"], IsActive=True)
    make("LearningProgramPlanRqmt", Name="1", LearningProgramPlanId=plan, LearningAchievementId=badge, SequenceNumber=1)

    [row] = client.records(
        f"SELECT Issuer.Name, RecordType.DeveloperName FROM LearningAchievement WHERE Id = '{badge}'"
    )
    assert (row["Issuer"]["Name"], row["RecordType"]["DeveloperName"]) == ("ACME", "Custom")
    assert client.query("SELECT COUNT() FROM LearningProgramPlanRqmt")["totalSize"] == 1
    assert single(learningAchievementId=badge)  # as a mapping has it
    assert client.made("A", outcomes=[single(learningAchievementId=badge)])


@pytest.mark.parametrize(
    ("name", "body", "status", "code"),
    [
        ("Account", {}, 400, "REQUIRED_FIELD_MISSING"),
        ("Account", {"Name": ""}, 400, "REQUIRED_FIELD_MISSING"),
        ("Account", {"Name": "x" * 256}, 400, "STRING_TOO_LONG"),
        ("Account", {"Name": 7}, 400, "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Account", {"Name": "x", "Nope": 1}, 400, "INVALID_FIELD"),
        ("Account", {"Name": "x", "Id": "001LT000009puL0YAI"}, 400, "INVALID_FIELD_FOR_INSERT_UPDATE"),
        ("Account", [], 400, "JSON_PARSER_ERROR"),
        ("LearningAchievement", {"Name": "x", "IssuerId": "0tyLT00000009LOYAY"}, 400, "INVALID_CROSS_REFERENCE_KEY"),
        ("LearningProgramPlanRqmt", {"Name": "x", "SequenceNumber": 1.5}, 400, "NUMBER_OUTSIDE_VALID_RANGE"),
        ("Learning", {"Name": "x"}, 405, "METHOD_NOT_ALLOWED"),
        ("Nope", {"Name": "x"}, 404, "NOT_FOUND"),
    ],
)
def test_a_record_that_cannot_be_made_is_refused(name: str, body: Any, status: int, code: str) -> None:
    answer = Client().send("POST", f"{BASE}/sobjects/{name}", body)

    assert (answer.status, answer.json()[0]["errorCode"]) == (status, code)


# --- the rest -----------------------------------------------------------------------------------------


def test_versions_limits_and_objects_are_told(client: Client) -> None:
    versions = client.send("GET", "/services/data/").json()

    assert versions[-1] == {"label": "Summer '26", "url": BASE, "version": "67.0"}
    assert set(client.send("GET", BASE).json()) == {"connect", "limits", "query", "sobjects"}
    objects = client.send("GET", f"{BASE}/sobjects").json()["sobjects"]
    assert {one["name"] for one in objects} >= {"Learning", "LearningRule"}
    limits = client.send("GET", f"{BASE}/limits").json()["DailyApiRequests"]
    assert limits["Max"] - limits["Remaining"] > 3


def test_every_answer_tells_how_many_requests_were_used_until_there_are_none_left() -> None:
    client = Client(daily_requests=2)

    answers = [client.send("GET", path) for path in ("/services/data", "/nonsense", "/services/data")]

    assert [one.status for one in answers] == [200, 404, 403]
    assert answers[0].headers["sforce-limit-info"] == "api-usage=1/2"
    assert answers[2].json()[0]["errorCode"] == "REQUEST_LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/services/data/v1.0/limits", 404),
        ("GET", "/services/data/v67.0/nonsense", 404),
        ("GET", "/services/data/v67/limits", 404),
        ("GET", f"{BASE}/sobjects/Learning/nonsense", 404),
        ("GET", f"{BASE}/sobjects/nonsense/describe", 404),
        ("DELETE", f"{LEARNINGS}/0tyLT00000009LOYAY", 405),
        ("PUT", LEARNINGS, 405),
        ("GET", LEARNINGS, 405),
        ("POST", f"{BASE}/query", 405),
        ("POST", "/services/data", 405),
    ],
)
def test_what_is_not_there_is_not_found(client: Client, method: str, path: str, status: int) -> None:
    answer = client.send(method, path)

    assert answer.status == status
    assert answer.json()[0]["errorCode"] == {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}[status]


def test_a_request_without_transport_is_answered_with_entities() -> None:
    one = org()
    Client().made("A")

    answer = one.answer(Request("POST", LEARNINGS, {"learnings": [course("<A>")]}))
    learning = answer.json()["details"][0]["learningId"]

    assert one.answer(Request("GET", f"{LEARNINGS}/{learning}")).json()["learning"]["name"] == "&lt;A&gt;"
    assert named("A")["fieldName"] == FIELD
