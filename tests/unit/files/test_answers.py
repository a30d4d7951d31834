import json
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from learngraph.model.salesforce_id import canonical
from tests.builders import codes
from tests.shared import SHARED, needs_shared
from tests.unit.files.on_disk import found, only, read_json

_ANSWER = SHARED / "salesforce" / "example-get.json"
_ID = "0tyLT0000000AQnYAM"
_NEEDED = "0tyLT00000009LeYAI"
_ITEM = "0wwLT00000004gLYAQ"
_ACHIEVEMENT = "0u9LT00000005anYAA"
_OUTCOME = "0uELT00000005ZB2AY"


def _answer(learning: dict[str, Any] | None = None, /, **rest: Any) -> dict[str, Any]:
    return {
        "learning": {"learningId": _ID, "type": "Learning Course", "name": "A", **(learning or {})},
        **rest,
    }


def _item(**fields: Any) -> dict[str, Any]:
    return {
        "learningFoundationItemId": _ITEM,
        "learningAchievementId": _ACHIEVEMENT,
        "learningAchievementType": "LearningCourse",
        "fulfilledBy": [{"learning": {"learningId": _NEEDED, "name": "B"}}],
        **fields,
    }


def _snapshot(folder: Path, value: Any, **how: Any) -> lg.Snapshot:
    path = folder / "answer.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return lg.read_snapshot(path, **how)


def _same(one: lg.Snapshot, other: lg.Snapshot) -> bool:
    return (one.graph, dict(one.requirements), dict(one.outcomes)) == (
        other.graph,
        dict(other.requirements),
        dict(other.outcomes),
    )


@needs_shared
def test_the_documented_answer_is_read_with_every_field_where_it_belongs() -> None:
    (learning,) = lg.read(_ANSWER)

    assert isinstance(learning, lg.Course)
    assert learning.key == "0tyxx00000002t3"
    assert learning.salesforce == lg.RecordIds(learning_id="0tyxx00000002t3", course_id="0vYxx00000002GL")
    assert (learning.name, learning.provider) == ("Basic Cloud Computing", "001xx000003GehfAAC")
    assert (str(learning.active_from), str(learning.active_to)) == ("2020-01-01", "2024-01-02")
    assert (learning.duration, learning.duration_unit, learning.active) == (6, "Credit Hours", True)
    assert (learning.cip_code, learning.academic_level) == ("01.0000", "Graduate")
    assert (learning.subject_abbreviation, learning.course_number) == ("CLOUD", "101")
    assert learning.field_of_study == "Computer Science"
    assert learning.course_level_description == "Basic Cloud Computing course"
    assert learning.custom_fields == {"custom_attr1": "value1", "custom_attr2": "value2"}


@needs_shared
def test_the_documented_answer_gives_the_ids_behind_its_requirements_and_outcomes() -> None:
    snapshot = lg.read_snapshot(_ANSWER)
    one, badge, group = snapshot.items("0tyxx00000002t3", lg.Relation.PREREQUISITE)

    # 15 characters are completed to the 18 of the same id
    assert [item.id[:15] for item in (one, badge, group)] == [
        "0wwxx000000004r",
        "0wwxx000000004s",
        "0wwxx000000004t",
    ]
    assert all(len(item.id) == 18 for item in (one, badge, group))
    assert (one.minimum_grade, one.duration, one.duration_unit) == (2.5, 4, "Credit Hours")
    assert one.achievement == "0u9xx000000020DAAQ"
    assert [grantor.learning for grantor in one.grantors] == ["0tyLT00000009LeYAI"]
    assert (badge.kind, badge.is_group, badge.minimum_grade, badge.duration) == ("Badge", False, None, None)
    assert group.is_group
    assert [(grantor.learning, grantor.minimum_grade) for grantor in group.grantors] == [
        ("0tyxx00000002ppAAA", 3),
        ("0tyxx00000002pqAAA", 2),
    ]
    assert [
        (item.id, item.achievement, item.primary, item.duration) for item in snapshot.outcomes["0tyxx00000002t3"]
    ] == [
        ("0uELT00000005ZB2AY", "0u9LT00000005anYAA", True, 4),
        ("0uELT00000005ZC2AY", "0u9LT00000004oWYAQ", False, 4),
    ]


@needs_shared
def test_the_documented_answer_costs_no_more_than_infos() -> None:
    findings = lg.read(_ANSWER).findings

    assert {finding.severity for finding in findings} == {lg.Severity.INFO}
    assert "fullfilledBy" in {finding.cause for finding in findings}


@needs_shared
def test_the_documented_answer_to_a_post_is_refused_by_name() -> None:
    path = SHARED / "salesforce" / "example-manage-learnings.json"

    for reader in (lg.read, lg.read_snapshot):
        with pytest.raises(lg.ReadError, match=r"POST or PATCH.*details"):
            reader(path)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(
            {"successCount": 1, "failureCount": 0, "status": "SUCCESS", "details": []}, id="as the table has it"
        ),
        pytest.param({"successeCount": 1, "details": [{"success": True, "learningId": _ID}]}, id="misspelt"),
        pytest.param({"details": {"success": True, "learningId": _ID}}, id="details as an object"),
        pytest.param([{"failureCount": 1, "details": []}], id="in a list"),
        pytest.param({"success": True, "learningId": _ID, "learningFoundationItemIds": []}, id="one of the details"),
    ],
)
def test_an_answer_to_a_post_is_refused(answer: Any, tmp_path: Path) -> None:
    with pytest.raises(lg.ReadError):
        read_json(tmp_path, answer)


_FULFILLER = {"learning": {"learningId": _NEEDED}, "learningOutcomeItem": {"minimumNumericGrade": 3}}


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(_item(fulfilledBy=[_FULFILLER]), id="as the table has it"),
        pytest.param({**_item(fulfilledBy=None), "fullfilledBy": [_FULFILLER]}, id="fullfilledBy"),
        pytest.param(
            _item(
                fulfilledBy=[{"learning": _FULFILLER["learning"], "learningOutcome": _FULFILLER["learningOutcomeItem"]}]
            ),
            id="learningOutcome",
        ),
        pytest.param(
            _item(fulfilledBy=[{"learning": {"learningId": _NEEDED, "minimumNumericGrade": 3}}]),
            id="the grade in the learning",
        ),
        pytest.param(_item(fulfilledBy=[{"learning": {"learningId": _NEEDED, "minimumGrade": 3}}]), id="minimumGrade"),
        pytest.param(_item(fulfilledBy=[{**_FULFILLER, "learning": {"learningId": _NEEDED[:15]}}]), id="15 characters"),
        pytest.param(_item(fulfilledBy=[{**_FULFILLER, "learningStatus": None}]), id="a status"),
    ],
)
def test_a_requirement_is_the_same_in_every_spelling(item: dict[str, Any], tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, _answer(prerequisites=[item]))

    assert snapshot.items(_ID, lg.Relation.PREREQUISITE) == (
        lg.FoundationItem(
            _ITEM,
            lg.Relation.PREREQUISITE,
            achievement=_ACHIEVEMENT,
            kind="LearningCourse",
            grantors=(lg.Grantor(_NEEDED, 3),),
        ),
    )
    assert not snapshot.graph.findings.errors
    assert not snapshot.graph.findings.warnings


@pytest.mark.parametrize(
    ("kind", "is_group"),
    [
        pytest.param("GroupAchievment", True, id="the example's spelling"),
        pytest.param("GroupAchievement", True, id="rightly spelt"),
        pytest.param("AchievementGroup", True, id="the picklist's"),
        pytest.param("AchievementGroupAll", True, id="all of them"),
        pytest.param("LearningCourse", False, id="a course"),
        pytest.param("LearningProgram", False, id="a program"),
        pytest.param("Badge", False, id="a badge"),
        pytest.param("Skill", False, id="a skill"),
        pytest.param(None, False, id="nothing"),
    ],
)
def test_a_group_is_known_by_every_spelling(kind: str | None, is_group: bool, tmp_path: Path) -> None:  # noqa: FBT001 - of a table
    snapshot = _snapshot(tmp_path, _answer(prerequisites=[_item(learningAchievementType=kind)]))

    (item,) = snapshot.all_items()

    assert item.is_group is is_group


def test_a_group_reads_as_an_any_of_its_grantors(tmp_path: Path) -> None:
    other = "0tyLT00000009LOYAY"
    group = _item(
        learningAchievementType="AchievementGroup",
        fulfilledBy=[
            {"learning": {"learningId": _NEEDED}, "learningOutcomeItem": {"minimumNumericGrade": 3}},
            {"learning": {"learningId": other}},
        ],
    )

    read = read_json(tmp_path, _answer(prerequisites=[group]))

    assert read[_ID].prerequisites == (lg.AnyOf(lg.Need(_NEEDED, minimum_grade=3), other),)


@pytest.mark.parametrize("relation", ["prerequisites", "corequisites", "recommended"])
def test_a_relation_may_be_an_object(relation: str, tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, _answer(**{relation: _item(type="Prerequisite")}))

    (item,) = snapshot.all_items()

    # what the list is called says what it is, not the type of the item, which the example has wrong
    assert item.relation.field == relation
    assert codes(snapshot.graph.findings) == ["LG117"]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        pytest.param("Learning Course", lg.Course, id="Learning Course"),
        pytest.param("LearningCourse", lg.Course, id="LearningCourse"),
        pytest.param("Learning Program", lg.Program, id="Learning Program"),
        pytest.param("LearningProgram", lg.Program, id="LearningProgram"),
        pytest.param("", lg.Course, id="empty"),
        pytest.param(None, lg.Course, id="null"),
        pytest.param("string", lg.Course, id="a placeholder"),
    ],
)
def test_types_of_learnings_are_read_in_every_spelling(written: Any, kind: type, tmp_path: Path) -> None:
    (learning,) = read_json(tmp_path, _answer({"type": written}))

    assert type(learning) is kind


def test_an_id_of_15_characters_is_the_same_id(tmp_path: Path) -> None:
    needs = [_item(fulfilledBy=[{"learning": {"learningId": _ID}}])]
    answers = [
        _answer({"learningId": _ID[:15]}),
        _answer({"learningId": _NEEDED, "name": "B"}, prerequisites=needs),
    ]

    read = read_json(tmp_path, answers)

    assert not lg.check(read).where(lambda finding: finding.code is lg.Code.UNKNOWN_REFERENCE)
    assert read[_NEEDED].prerequisites == (lg.Need(_ID),)


def test_an_id_of_another_object_in_a_field_is_kept_and_warned_of(tmp_path: Path) -> None:
    read = read_json(tmp_path, _answer({"learningCourseId": "0tyxx00000002ppAAA"}))

    (learning,) = read
    assert learning.salesforce.course_id == "0tyxx00000002ppAAA"
    assert {finding.severity for finding in lg.check(read) if finding.code is lg.Code.OTHER_PREFIX} == {
        lg.Severity.WARNING
    }


def test_a_wrong_checksum_in_an_answer_is_a_warning(tmp_path: Path) -> None:
    read = read_json(tmp_path, _answer({"learningId": "0tyxx00000003mqCAB"}))

    assert {finding.severity for finding in lg.check(read) if finding.code is lg.Code.BAD_CHECKSUM} == {
        lg.Severity.WARNING
    }


_WRAPPED = {"learningOutcomeId": _OUTCOME, "learningAchievementId": _ACHIEVEMENT, "isPrimary": True, "duration": 4}


@pytest.mark.parametrize(
    "outcomes",
    [
        pytest.param([_WRAPPED], id="as the table has them"),
        pytest.param(_WRAPPED, id="an object"),
        pytest.param([{"learningOutcomeItem": _WRAPPED, "learning": {"learningId": _ID}}], id="as fulfillers"),
        pytest.param([{"learningOutcome": _WRAPPED, "learning": {"learningId": _ID}}], id="misspelt fulfillers"),
        pytest.param([{**_WRAPPED, "learningAchievementId": _ACHIEVEMENT[:15]}], id="15 characters"),
        pytest.param([{**_WRAPPED, "category": "", "durationUnit": "", "name": "LOI-1"}], id="empty texts"),
    ],
)
def test_an_outcome_is_the_same_in_every_form(outcomes: Any, tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, _answer(outcomes=outcomes))

    (item,) = snapshot.outcomes[_ID]
    assert (item.id, canonical(item.achievement)) == (_OUTCOME, _ACHIEVEMENT)
    assert (item.primary, item.minimum_grade, item.duration, item.duration_unit) == (True, None, 4, None)


@pytest.mark.parametrize("nothing", [None, "", "string", "integer", "double", "boolean"])
def test_null_empty_text_and_placeholders_are_nothing(nothing: Any, tmp_path: Path) -> None:
    names = (
        "provider", "description", "activeFromDate", "active", "duration", "durationUnit", "cipCode",
        "academicLevel", "courseNumber", "subjectAbbreviation", "learningCourseId", "fieldOfStudy",
    )  # fmt: skip
    item = _item(minimumNumericGrade=nothing, duration=nothing, durationUnit=nothing)

    snapshot = _snapshot(tmp_path, _answer(dict.fromkeys(names, nothing), prerequisites=[item]))

    (held,) = snapshot.all_items()
    assert codes(snapshot.graph.findings) == []
    assert snapshot.graph[_ID] == lg.Course(
        key=_ID, name="A", prerequisites=[_NEEDED], salesforce=lg.RecordIds(learning_id=_ID)
    )
    assert (held.minimum_grade, held.duration, held.duration_unit) == (None, None, None)


@pytest.mark.parametrize("nothing", [None, [], "", {}])
@pytest.mark.parametrize("name", ["prerequisites", "corequisites", "recommended", "outcomes"])
def test_an_empty_list_is_nothing(name: str, nothing: Any, tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, _answer(**{name: nothing}))

    assert [*snapshot.all_items()] == []
    assert not any(snapshot.outcomes.values())
    assert not snapshot.graph.findings.errors


def test_a_skeleton_of_placeholders_holds_no_learning(tmp_path: Path) -> None:
    answer = {"learning": {"learningId": "string", "type": "string", "duration": "double"}, "prerequisites": []}

    read = read_json(tmp_path, answer)

    assert len(read) == 0
    assert only(read).code is lg.Code.UNREADABLE_RECORD


def test_what_the_org_says_is_wrong_is_an_error_with_its_field(tmp_path: Path) -> None:
    refused = {"success": False, "learning": None, "errors": [{"field": "learningId", "message": "not found"}]}

    read = read_json(tmp_path, [_answer(), refused])
    finding = only(read)

    assert (finding.code, finding.place.field) == (lg.Code.ORG_SAID_NO, "learningId")
    assert "not found" in finding.message
    assert "[1]" in finding.place.record
    assert [learning.key for learning in read] == [_ID]


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param({}, id="absent, as in the example"),
        pytest.param({"success": True, "errors": []}, id="none"),
        pytest.param({"success": True, "errors": None}, id="null"),
        pytest.param({"success": True, "errors": [{"field": "name", "message": "success"}]}, id="the guide's error"),
    ],
)
def test_an_answer_without_errors_is_read(rest: dict[str, Any], tmp_path: Path) -> None:
    read = read_json(tmp_path, _answer(**rest))

    assert codes(read.findings) == []
    assert [learning.key for learning in read] == [_ID]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(_answer({"duration": []}), "LG107", id="a list as a duration"),
        pytest.param(_answer({"activeToDate": "2025-12-31T23:59:62.00Z"}), "LG108", id="a second that is not"),
        pytest.param(_answer({"active": "true"}), "LG107", id="a text as a flag"),
        pytest.param(_answer({"name": 5}), "LG107", id="a number as a name"),
        pytest.param(
            _answer(prerequisites=[{"learningAchievementId": _ACHIEVEMENT}]), "LG107", id="an item without an id"
        ),
        pytest.param(_answer({"learningFormat": "Online"}), "LG117", id="an unknown property"),
    ],
)
def test_a_fault_in_an_answer_costs_the_field_and_never_the_learning(
    answer: dict[str, Any], code: str, tmp_path: Path
) -> None:
    snapshot = _snapshot(tmp_path, answer)

    assert codes(snapshot.graph.findings) == [code]
    assert [learning.key for learning in snapshot.graph] == [_ID]


def test_answers_that_differ_for_one_learning_are_told_and_the_first_is_kept(tmp_path: Path) -> None:
    read = read_json(tmp_path, [_answer(), _answer({"name": "Other"}), _answer()])

    assert [finding.code for finding in read.findings if finding.severity is lg.Severity.ERROR] == [
        lg.Code.REPEATED_KEY
    ]
    assert read[_ID].name == "A"


def test_a_list_of_answers_is_one_graph(tmp_path: Path) -> None:
    read = read_json(tmp_path, [_answer(), _answer({"learningId": _NEEDED, "name": "B"})])

    assert [learning.name for learning in read] == ["A", "B"]
    assert read.org.answered


def test_an_external_id_is_read_from_its_field(tmp_path: Path) -> None:
    answer = _answer({"learningCourseCustomFields": {"Ext__c": "A-1", "x": 1}})

    snapshot = _snapshot(tmp_path, answer, settings={"external_id_field": "Ext__c"})

    assert snapshot.graph[_ID].external_id == "A-1"
    assert snapshot.graph[_ID].custom_fields == {"x": 1}


def test_unknown_properties_are_told_in_the_order_in_which_they_stand(tmp_path: Path) -> None:
    names = [f"extra{number}" for number in range(8)]

    read = read_json(tmp_path, _answer(dict.fromkeys(names, 1)))

    assert [finding.cause for finding in read.findings] == names


def _full() -> list[dict[str, Any]]:
    group = _item(
        learningFoundationItemId="0wwLT00000004elYAA",
        learningAchievementType="AchievementGroup",
        learningAchievementId="0u9LT00000004pBYAQ",
        fulfilledBy=[
            {"learning": {"learningId": _NEEDED}, "learningOutcomeItem": {"minimumNumericGrade": 0}},
            {"learning": {"learningId": "0tyLT00000009LOYAY"}},
        ],
    )
    single = _item(minimumNumericGrade=2.5, duration=4, durationUnit="Credit Hours")
    return [
        _answer(prerequisites=[single, group], corequisites=[_item(minimumNumericGrade=0, duration=0)]),
        _answer(
            {"learningId": _NEEDED, "name": "B", "courseNumber": 7},
            recommended=[_item(fulfilledBy=[])],
            outcomes=[_WRAPPED, {**_WRAPPED, "isPrimary": False, "minimumNumericGrade": 0, "duration": 0}],
        ),
    ]


def test_a_snapshot_written_as_a_document_and_read_again_is_the_same(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, _full())

    lg.write(snapshot, tmp_path / "org.json")

    assert _same(lg.read_snapshot(tmp_path / "org.json"), snapshot)
    assert lg.read(tmp_path / "org.json") == snapshot.graph


def test_a_snapshot_keeps_a_key_with_an_invisible_character(tmp_path: Path) -> None:
    key = "CS\u200b 101"
    item = lg.FoundationItem(_ITEM, lg.Relation.PREREQUISITE, achievement=_ACHIEVEMENT)
    snapshot = lg.Snapshot(lg.LearningGraph([lg.Course(key=key)]), {key: (item,)})

    lg.write(snapshot, tmp_path / "org.json")

    assert _same(lg.read_snapshot(tmp_path / "org.json"), snapshot)


@needs_shared
def test_the_documented_answer_written_as_a_document_is_the_same_snapshot(tmp_path: Path) -> None:
    snapshot = lg.read_snapshot(_ANSWER)

    lg.write(snapshot, tmp_path / "org.json")

    assert _same(lg.read_snapshot(tmp_path / "org.json"), snapshot)


def test_a_catalogue_without_ids_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(lg.ReadError, match="no ids"):
        _snapshot(tmp_path, {"learnings": [{"key": "A"}]})


def test_a_document_with_ids_is_a_snapshot(tmp_path: Path) -> None:
    record = {"key": "A", "salesforce": {"learning_id": _ID}}

    assert len(_snapshot(tmp_path, {"learnings": [record]}).graph) == 1


_SECTION = {
    "requirements": [{"learning": "A", "id": _ITEM, "relation": "prerequisite", "grantors": [{"learning": _NEEDED}]}],
    "outcomes": [{"learning": "A", "id": _OUTCOME, "achievement": _ACHIEVEMENT}],
}


_REQUIRED = {"learning": "A", "id": _ITEM, "relation": "prerequisite"}
_GRANTED = {"learning": "A", "id": _OUTCOME, "achievement": "x"}


@pytest.mark.parametrize(
    "section",
    [
        pytest.param({"requirements": {"A": []}}, id="an object as requirements"),
        pytest.param({"requirements": 5}, id="a number as items"),
        pytest.param({"requirements": [5]}, id="a number as an item"),
        pytest.param({"requirements": [{"id": _ITEM, "relation": "prerequisite"}]}, id="no learning"),
        pytest.param({"requirements": [{"learning": "A", "id": _ITEM}]}, id="no relation"),
        pytest.param({"requirements": [{**_REQUIRED, "relation": "after"}]}, id="an unknown relation"),
        pytest.param({"requirements": [{**_REQUIRED, "id": 5}]}, id="a number as an id"),
        pytest.param({"requirements": [{**_REQUIRED, "minimum_grade": "B"}]}, id="a text as a grade"),
        pytest.param({"requirements": [{**_REQUIRED, "grantors": [{"learning": 5}]}]}, id="a number as a grantor"),
        pytest.param({"outcomes": [{"learning": "A", "id": _OUTCOME}]}, id="an outcome of nothing"),
        pytest.param({"outcomes": [{**_GRANTED, "achievement": []}]}, id="a list as an achievement"),
        pytest.param({"outcomes": [{**_GRANTED, "self": "x"}]}, id="an unknown name"),
    ],
)
def test_a_snapshot_that_nobody_wrote_so_is_refused(section: dict[str, Any], tmp_path: Path) -> None:
    document = {"learnings": [{"key": "A", "salesforce": {"learning_id": _ID}}], "snapshot": section}

    with pytest.raises(lg.ReadError, match="snapshot"):
        _snapshot(tmp_path, document)


def test_a_snapshot_section_as_a_pull_writes_it_is_read(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, {"learnings": [{"key": "A"}], "snapshot": _SECTION})

    assert [item.id for item in snapshot.all_items()] == [_ITEM]
    assert [item.achievement for item in snapshot.outcomes["A"]] == [_ACHIEVEMENT]
    assert not found(snapshot.graph, "LG101")
