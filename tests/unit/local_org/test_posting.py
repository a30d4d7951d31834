"""POST and GET: what a request makes, and what it is refused for."""

from typing import Any

import pytest

from tests.unit.local_org.orgs import BASE, FIELD, LEARNINGS, Client, course, faults, group, named, single


def test_a_post_makes_a_learning_its_course_and_the_achievement_that_it_grants() -> None:
    client = Client()

    made = client.made("CS 1", fields={"active": None, "courseNumber": 601, "duration": 4})

    ids = (made["learningId"], made["learningCourseId"], *made["learningAchievementIds"])
    assert [one[:3] for one in ids] == ["0ty", "0vY", "0u9"]
    assert [one[:3] for one in made["learningOutcomeItemIds"]] == ["0uE"]
    assert made["learningProgramId"] is None
    [row] = client.records("SELECT Id, Type, IsActive, Duration FROM Learning")
    assert row == {"Id": ids[0], "Type": "LearningCourse", "IsActive": False, "Duration": 4}
    [row] = client.records("SELECT LearningId, CourseNumber FROM LearningCourse")
    assert row == {"LearningId": ids[0], "CourseNumber": "601"}
    [row] = client.records("SELECT LearningId, LearningAchievementId, IsPrimary FROM LearningOutcomeItem")
    assert row == {"LearningId": ids[0], "LearningAchievementId": ids[2], "IsPrimary": True}
    [row] = client.records("SELECT Name, RecordType.DeveloperName FROM LearningAchievement")
    assert (row["Name"], row["RecordType"]["DeveloperName"]) == ("CS 1 Achievement", "Learning_Course")


def test_a_program_has_a_record_of_its_own() -> None:
    client = Client()

    answer = client.post(course("BS CS", kind="Learning Program", fields={"topLevelProgram": True}))

    [made] = answer["details"]
    assert (made["learningProgramId"][:3], made["learningCourseId"]) == ("0u2", None)
    assert client.records("SELECT Name, IsTopLevelProgram, External_ID__c FROM LearningProgram") == [
        {"Name": "BS CS", "IsTopLevelProgram": True, FIELD: "BS CS"}
    ]
    found = client.get(made["learningId"])["learning"]
    assert (found["type"], found["topLevelProgram"]) == ("Learning Program", True)


@pytest.mark.parametrize("by", ["learningId", "learningAchievementId", "courseExternalId"])
def test_a_single_requirement_points_to_what_the_learning_grants(by: str) -> None:
    client = Client()
    needed = client.made("A")
    references: dict[str, Any] = {
        "learningId": needed["learningId"][:15],
        "learningAchievementId": needed["learningAchievementIds"][0],
        "courseExternalId": named("A"),
    }

    made = client.made("B", corequisites=[single(**{by: references[by]}, minimumGrade=2.5, duration=1)])

    [item] = client.get(made["learningId"])["corequisites"]
    assert item["learningAchievementId"] == needed["learningAchievementIds"][0]
    assert (item["minimumNumericGrade"], item["duration"], item["type"]) == (2.5, 1, "Co-requisite")
    assert item["learningAchievementType"] == "LearningCourse"
    assert [one["learning"]["learningId"] for one in item["fulfilledBy"]] == [needed["learningId"]]


@pytest.mark.parametrize(
    ("setting", "kind"), [("any_of", "AchievementGroup"), ("all_of", "AchievementGroupAll")]
)  # fmt: skip
def test_a_group_makes_an_achievement_and_lays_an_outcome_on_each_contributor(setting: str, kind: str) -> None:
    client = Client(dialect={"group": setting})
    a, b = client.made("A"), client.made("B")

    made = client.made("C", prerequisites=[group({"id": a["learningId"], "minimumGrade": 3}, "B")])

    [item] = client.get(made["learningId"])["prerequisites"]
    assert item["learningAchievementType"] == kind
    assert item["learningAchievementId"] in made["learningAchievementIds"]
    granted = [
        (one["learning"]["learningId"], one["learningOutcomeItem"]["minimumNumericGrade"])
        for one in item["fulfilledBy"]
    ]
    assert granted == [(a["learningId"], 3), (b["learningId"], None)]
    laid = client.get(a["learningId"])["outcomes"][1]
    assert (laid["isPrimary"], laid["learningAchievementId"]) == (False, item["learningAchievementId"])


def test_a_group_takes_one_contributor_as_an_object_and_programs_by_their_external_id() -> None:
    client = Client()
    client.post(course("BS", kind="Learning Program"))
    contributor = {"type": "Learning", "programExternalId": named("BS")}

    made = client.made("C", recommended=[{"type": "Group Achievement", "achievementContributors": contributor}])

    [item] = client.get(made["learningId"])["recommended"]
    assert [one["learning"]["name"] for one in item["fulfilledBy"]] == ["BS"]


def test_two_groups_of_the_same_learnings_are_two_achievements() -> None:
    client = Client()
    client.made("A")

    made = client.made("B", prerequisites=[group("A"), group("A")])

    assert len(set(made["learningAchievementIds"])) == 3
    assert len(made["learningFoundationItemIds"]) == 2


def test_outcomes_and_skills_are_outcome_items() -> None:
    client = Client()
    badge = client.send("POST", f"{BASE}/sobjects/LearningAchievement", {"Name": "Badge"}).json()["id"]

    made = client.made(
        "A",
        outcomes=[single(learningAchievementId=badge, minimumGrade=3, duration=4, durationUnit="Credit Hours")],
        skills=[{"type": "Skill Achievement", "name": "Python"}, {"name": "Badge", "learningAchievementId": badge}],
    )

    outcomes = client.get(made["learningId"])["outcomes"]
    assert [one["isPrimary"] for one in outcomes] == [True, False, False, False]
    assert (outcomes[1]["learningAchievementId"], outcomes[1]["minimumNumericGrade"]) == (badge, 3)
    skills = client.records("SELECT Name FROM LearningAchievement WHERE RecordType.DeveloperName = 'Skill'")
    assert skills == [{"Name": "Python"}]


def test_one_learning_that_fails_takes_no_other_with_it_and_leaves_nothing_behind() -> None:
    client = Client()
    client.made("A")
    before = client.query("SELECT COUNT() FROM LearningOutcomeItem")["totalSize"]

    answer = client.post(
        course("B"),
        course("C", prerequisites=[group("A"), single(courseExternalId=named("NOPE"))]),
        course("D", skills=[{"name": "Python"}, {"name": ""}]),
        course("E"),
    )

    assert (answer["successCount"], answer["failureCount"], answer["status"]) == (2, 2, "PARTIAL_SUCCESS")
    assert [one["success"] for one in answer["details"]] == [True, False, False, True]
    assert client.records("SELECT Name FROM Learning ORDER BY Name") == [{"Name": name} for name in "ABE"]
    assert client.query("SELECT COUNT() FROM LearningOutcomeItem")["totalSize"] == before + 2
    assert client.query("SELECT COUNT() FROM LearningAchievement")["totalSize"] == 3


def test_a_second_record_with_the_same_external_id_is_refused_and_named() -> None:
    client = Client()
    made = client.made("A")

    answer = client.post(course("A"))

    assert faults(answer) == [(FIELD, "DUPLICATE_VALUE")]
    assert made["learningCourseId"] in answer["details"][0]["errors"][0]["message"]


def _with(**fields: Any) -> Any:
    return course("X", fields=fields)


@pytest.mark.parametrize(
    ("learning", "fault"),
    [
        pytest.param(_with(name=None), ("name", "REQUIRED_FIELD_MISSING"), id="no name"),
        pytest.param(_with(name="x" * 256), ("name", "STRING_TOO_LONG"), id="a name that is too long"),
        pytest.param(_with(type="Course"), ("type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"), id="another type"),
        pytest.param(_with(type=None), ("type", "REQUIRED_FIELD_MISSING"), id="no type"),
        pytest.param({}, ("type", "REQUIRED_FIELD_MISSING"), id="no learning"),
        pytest.param(
            _with(fieldOfStudy="Alchemy"), ("fieldOfStudy", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
            id="no value of a restricted picklist",
        ),
        pytest.param(_with(activeFromDate="2024-02-30"), ("activeFromDate", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
                     id="a day that does not exist"),
        pytest.param(_with(activeToDate="2024-09-01T23:59:62.00Z"), ("activeToDate", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
                     id="a time that does not exist"),
        pytest.param(_with(provider="001LT000009puL0YAX"), ("provider", "MALFORMED_ID"), id="a wrong checksum"),
        pytest.param(_with(provider="0tyLT00000009LOYAY"), ("provider", "INVALID_CROSS_REFERENCE_KEY"),
                     id="an id of another kind of record"),
        pytest.param(_with(provider="001LT000009puL0YAI"), ("provider", "INVALID_CROSS_REFERENCE_KEY"),
                     id="an id of no record"),
        pytest.param(_with(topLevelProgram=True), ("topLevelProgram", "INVALID_FIELD"), id="a program's property"),
        pytest.param(_with(learningProgramCustomFields={}), ("learningProgramCustomFields", "INVALID_FIELD"),
                     id="a program's custom fields"),
        pytest.param(_with(learningId="0tyLT00000009LOYAY"), ("learningId", "INVALID_FIELD_FOR_INSERT_UPDATE"),
                     id="an id for a new learning"),
        pytest.param(_with(duration=10**18), ("duration", "NUMBER_OUTSIDE_VALID_RANGE"), id="a number too large"),
        pytest.param(_with(learningCourseCustomFields={"Nope__c": 1}),
                     ("learningCourseCustomFields", "INVALID_FIELD"), id="an unknown custom field"),
        pytest.param(_with(learningCourseCustomFields={"External_ID": "X"}),
                     ("learningCourseCustomFields", "INVALID_FIELD"), id="a custom field without its suffix"),
        pytest.param(_with(learningCourseCustomFields={FIELD: 7}),
                     (f"learningCourseCustomFields.{FIELD}", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
                     id="a custom field of another type"),
        pytest.param(course("X", prerequisites=[single()]), ("prerequisites[0]", "REQUIRED_FIELD_MISSING"),
                     id="a single that names nothing"),
        pytest.param(course("X", prerequisites=[single(learningId="CS 1")]),
                     ("prerequisites[0].learningId", "MALFORMED_ID"), id="a key in place of an id"),
        pytest.param(course("X", prerequisites=[single(courseExternalId=named("X", "Name"))]),
                     ("prerequisites[0].courseExternalId", "INVALID_FIELD"), id="a field that is no external id"),
        pytest.param(course("X", prerequisites=[{**single(learningId="x"), "isPrimary": True}]),
                     ("prerequisites[0]", "INVALID_FIELD"), id="a primary requirement"),
        pytest.param(course("X", prerequisites=[{"type": "Skill Achievement"}]),
                     ("prerequisites[0].type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"), id="a skill as requirement"),
        pytest.param(course("X", prerequisites=[group()]), ("prerequisites[0]", "REQUIRED_FIELD_MISSING"),
                     id="an empty group"),
        pytest.param(course("X", prerequisites=[group("A", "A")]), ("prerequisites[0]", "DUPLICATE_VALUE"),
                     id="a learning twice in a group"),
        pytest.param(course("X", prerequisites=[group({"type": "Course", "courseExternalId": named("A")})]),
                     ("prerequisites[0].achievementContributors[0].type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
                     id="a contributor of another type"),
        pytest.param(course("X", prerequisites=[group({})]),
                     ("prerequisites[0].achievementContributors[0]", "REQUIRED_FIELD_MISSING"),
                     id="a contributor that names nothing"),
        pytest.param(course("X", skills=[{"name": "x", "type": "Single Achievement"}]),
                     ("skills[0].type", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"), id="a skill of another type"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_learning_is_told_by_field_and_code(learning: Any, fault: tuple[str, str]) -> None:
    client = Client()
    client.made("A")

    assert faults(client.post(learning)) == [fault]
    assert client.query("SELECT COUNT() FROM Learning")["totalSize"] == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(None, id="nothing"),
        pytest.param([], id="a list"),
        pytest.param({}, id="no learnings"),
        pytest.param({"learnings": []}, id="empty learnings"),
        pytest.param({"learnings": {}}, id="learnings that are no list"),
        pytest.param({"learnings": [{"learning": {"nmae": "x"}}]}, id="an unknown property"),
        pytest.param({"learnings": [{"learning": {"name": 7}}]}, id="a number for a text"),
        pytest.param({"learnings": [{"learning": {"duration": "7"}}]}, id="a text for a number"),
        pytest.param({"learnings": [{"learning": {"duration": True}}]}, id="a flag for a number"),
        pytest.param({"learnings": [{"learning": {"active": 1}}]}, id="a number for a flag"),
        pytest.param({"learnings": [{"learning": {"name": "\ud800"}}]}, id="half a letter"),
        pytest.param({"learnings": [{"learning": {}, "prerequisites": {"createRecords": []}}]}, id="a PATCH's form"),
        pytest.param(
            {"learnings": [{"learning": {}, "prerequisites": [{"programExternalId": named("X")}]}]},
            id="a program's external id in a single",
        ),
    ],
)
def test_a_body_of_another_shape_is_refused_whole(body: Any) -> None:
    answer = Client().send("POST", LEARNINGS, body)

    assert answer.status == 400
    [error] = answer.json()
    assert error["errorCode"] in {"JSON_PARSER_ERROR", "REQUIRED_FIELD_MISSING"}


def test_too_many_learnings_are_refused_where_the_org_has_a_limit() -> None:
    answer = Client(learnings_limit=1).send("POST", LEARNINGS, {"learnings": [course("A"), course("B")]})

    assert (answer.status, answer.json()[0]["errorCode"]) == (413, "EXCEEDED_MAX_SIZE_REQUEST")


@pytest.mark.parametrize(("setting", "status"), [(False, "PARTIAL_SUCCESS"), (True, "SUCCESS")])
def test_whether_a_learning_may_refer_to_one_of_its_own_request_is_a_setting(setting: bool, status: str) -> None:  # noqa: FBT001 - a column of the table
    client = Client(refer_within_request=setting)

    answer = client.post(course("A"), course("B", prerequisites=[single(courseExternalId=named("A"))]))

    assert answer["status"] == status


def test_without_primary_achievements_nothing_can_refer_to_a_learning_by_its_id() -> None:
    client = Client(primary_achievements=False)
    made = client.made("A")

    assert made["learningAchievementIds"] == []
    answer = client.post(course("B", prerequisites=[single(learningId=made["learningId"])]))
    assert faults(answer) == [("prerequisites[0].learningId", "INVALID_CROSS_REFERENCE_KEY")]


def test_a_learning_without_a_name_is_called_by_its_id_where_the_org_is_set_so() -> None:
    client = Client(nameless="id")

    [made] = client.post({"learning": {"type": "Learning Course"}})["details"]

    assert client.get(made["learningId"])["learning"]["name"] == made["learningId"]
    assert client.records("SELECT Name FROM LearningCourse") == [{"Name": made["learningId"]}]


def test_the_statuses_of_answers_are_settings() -> None:
    client = Client(created_status=200, failure_status=400)

    assert client.send("POST", LEARNINGS, {"learnings": [course("A")]}).status == 200
    failed = client.send("POST", LEARNINGS, {"learnings": [course("A")]})
    assert (failed.status, failed.json()["status"]) == (400, "FAILURE")


def test_custom_fields_may_do_without_their_suffix_where_the_org_is_set_so() -> None:
    client = Client(custom_suffix="optional")

    client.post(
        {"learning": {"type": "Learning Course", "name": "A", "learningCourseCustomFields": {"External_ID": "A"}}}
    )

    assert client.records("SELECT External_ID__c FROM LearningCourse") == [{FIELD: "A"}]


# --- GET ----------------------------------------------------------------------------------------------


def test_a_learning_is_found_by_the_external_id_of_its_course_or_program() -> None:
    client = Client()
    made = client.made("A&S 1/2")
    client.post(course("BS", kind="Learning Program"))

    found = client.get(f"A%26S%201%2F2?course_external_id_field={FIELD}")["learning"]
    program = client.get(f"BS?program_external_id_field={FIELD}")["learning"]

    assert (found["learningId"], found["learningCourseCustomFields"]) == (made["learningId"], {FIELD: "A&S 1/2"})
    assert program["name"] == "BS"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("0tyLG000000009zAAA", 400, "INVALID_ID_FIELD"),
        ("nonsense", 400, "INVALID_ID_FIELD"),
        ("001LT000009puL0YAI", 400, "INVALID_ID_FIELD"),
        ("0tyLT00000009LOYAY", 404, "NOT_FOUND"),
        (f"NOPE?course_external_id_field={FIELD}", 404, "NOT_FOUND"),
        ("NOPE?course_external_id_field=Nope__c", 400, "INVALID_FIELD"),
        ("NOPE?course_external_id_field=Name", 400, "INVALID_FIELD"),
    ],
)
def test_what_is_not_there_is_an_error_of_the_request(name: str, status: int, code: str) -> None:
    answer = Client().send("GET", f"{LEARNINGS}/{name}")

    assert (answer.status, answer.json()[0]["errorCode"]) == (status, code)


def test_days_are_answered_at_noon_or_as_days() -> None:
    fields = {"activeFromDate": "2024-09-01T00:00:00.00Z", "activeToDate": "2025-12-31"}
    told = []
    for dates in ("datetime", "date"):
        client = Client(dialect={"dates": dates})
        told.append(client.get(client.made("A", fields=fields)["learningId"])["learning"])

    assert [one["activeFromDate"] for one in told] == ["2024-09-01T12:00:00.00Z", "2024-09-01"]
    assert told[1]["activeToDate"] == "2025-12-31"


def test_answers_of_the_resource_have_html_entities_unless_told_otherwise() -> None:
    client = Client()
    made = client.made("<A & 'B' \\ \">")

    plain = client.get(made["learningId"])["learning"]["name"]
    encoded = client.send("GET", f"{LEARNINGS}/{made['learningId']}", X_Chatter_Entity_Encoding="true")

    assert plain == "<A & 'B' \\ \">"
    assert encoded.json()["learning"]["name"] == "&lt;A &amp; &#39;B&#39; &#92; &quot;&gt;"
    assert client.records("SELECT Name FROM Learning") == [{"Name": plain}]
