"""Salesforce ids: checksums, and what kind of record they belong to."""

from typing import Any

import pytest

from learngraph import (
    Achievement,
    Code,
    FindingsError,
    LearningGraph,
    Need,
    OrgStamp,
    Outcome,
    Provider,
    Severity,
    Skill,
    Snapshot,
    patch_bodies,
)
from tests.builders import course, graph, program
from tests.unit.checks.asked import blamed, found

LEARNING = "0ty000000000101AAA"
COURSE = "0vY000000000101EAA"
PROGRAM = "0u2000000000101AAA"
BADGE = "0u9000000000201AAA"
ACCOUNT = "001000000000501AAA"
ORG = "00D000000000001EAA"


def damaged(text: str) -> str:
    """The id with a wrong last character."""
    return text[:-1] + "5"


def with_ids(**ids: str) -> LearningGraph:
    return graph(course("X", salesforce=ids))


@pytest.mark.parametrize(
    ("learnings", "subject"),
    [
        pytest.param(with_ids(learning_id=damaged(LEARNING)), "X", id="of a learning"),
        pytest.param(with_ids(course_id=damaged(COURSE)), "X", id="of a course"),
        pytest.param(graph(program("X", salesforce={"program_id": damaged(PROGRAM)})), "X", id="of a program"),
        pytest.param(graph(course("X", damaged(LEARNING))), "X", id="of what is required"),
        pytest.param(graph(course("X", recommended=[damaged(LEARNING)])), "X", id="of what is recommended"),
        pytest.param(graph(course("X", outcomes=[damaged(BADGE)])), "X", id="of an outcome"),
        pytest.param(graph(course("X", skills=[Skill(name="Java", achievement=damaged(BADGE))])), "X", id="of a skill"),
        pytest.param(graph(course(damaged(LEARNING))), damaged(LEARNING), id="as a key"),
        pytest.param(
            graph(achievements=[Achievement(key="badge", record_id=damaged(BADGE))]), "badge", id="of an achievement"
        ),
        pytest.param(
            graph(providers=[Provider(key="school", record_id=damaged(ACCOUNT))]), "school", id="of a provider"
        ),
        pytest.param(graph(org=OrgStamp(org=damaged(ORG))), "", id="of the org"),
        pytest.param(with_ids(learning_id=LEARNING.lower().replace("aaa", "aab")), "X", id="in another case"),
        pytest.param(with_ids(learning_id="CS 101"), "X", id="no id at all"),
        pytest.param(with_ids(learning_id=LEARNING + "A"), "X", id="19 characters"),
        pytest.param(with_ids(learning_id=LEARNING[:14]), "X", id="14 characters"),
    ],
)
def test_an_id_that_people_wrote_with_a_wrong_checksum_is_an_error(learnings: LearningGraph, subject: str) -> None:
    (finding,) = found(learnings, Code.BAD_CHECKSUM)

    assert finding.subject == subject
    assert finding.severity is Severity.ERROR


def test_a_capital_that_a_spreadsheet_changed_is_found_out() -> None:
    assert not found(with_ids(course_id=COURSE), Code.BAD_CHECKSUM)
    assert found(with_ids(course_id=COURSE.replace("0vY", "0vy")), Code.BAD_CHECKSUM)


def test_a_wrong_checksum_in_what_an_org_answered_is_a_warning() -> None:
    answered = graph(
        course("X", damaged(LEARNING), salesforce={"learning_id": damaged(LEARNING)}), org=OrgStamp(answered=True)
    )

    findings = found(answered, Code.BAD_CHECKSUM)

    assert {finding.severity for finding in findings} == {Severity.WARNING}


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(with_ids(learning_id=LEARNING, course_id=COURSE), id="18 characters"),
        pytest.param(with_ids(learning_id=LEARNING[:15], course_id=COURSE[:15]), id="15 characters"),
        pytest.param(graph(providers=[Provider(key="school", record_id=ACCOUNT)]), id="an account"),
        pytest.param(
            graph(providers=[Provider(key="school", record_id=ACCOUNT[:15])]), id="an account of 15 characters"
        ),
        pytest.param(graph(org=OrgStamp(org=ORG)), id="an org"),
        pytest.param(graph(org=OrgStamp(org=ORG[:15])), id="an org of 15 characters"),
        pytest.param(graph(course("X", LEARNING, Need(LEARNING[:15], 3))), id="what is required"),
        pytest.param(graph("IntroductionToArts", course("X", "IntroductionToArts")), id="a key of 18 letters"),
        pytest.param(graph(course("X", provider="School of Art and Design")), id="a provider by its name"),
        pytest.param(graph(course("X", outcomes=[Outcome(achievement="badge")])), id="an outcome by its key"),
    ],
)
def test_ids_of_both_lengths_and_plain_keys_are_fine(learnings: LearningGraph) -> None:
    assert not found(learnings, Code.BAD_CHECKSUM)
    assert not found(learnings, Code.OTHER_PREFIX)


@pytest.mark.parametrize(
    ("learnings", "subject"),
    [
        pytest.param(with_ids(learning_id=COURSE), "X", id="a course for a learning"),
        pytest.param(with_ids(course_id=LEARNING), "X", id="a learning for a course"),
        pytest.param(graph(program("X", salesforce={"program_id": COURSE})), "X", id="a course for a program"),
        pytest.param(graph(course("X", ACCOUNT)), "X", id="an account for what is required"),
        pytest.param(graph(course("X", outcomes=[LEARNING])), "X", id="a learning for an outcome"),
        pytest.param(graph(course("X", provider=LEARNING)), "X", id="a learning for a provider"),
        pytest.param(graph(course(BADGE)), BADGE, id="an achievement for a key"),
        pytest.param(
            graph(achievements=[Achievement(key="badge", record_id=LEARNING)]), "badge", id="a learning for a badge"
        ),
        pytest.param(graph(providers=[Provider(key="school", record_id=ORG)]), "school", id="an org for a provider"),
        pytest.param(graph(org=OrgStamp(org=ACCOUNT)), "", id="an account for an org"),
    ],
)
def test_an_id_of_another_kind_of_record_is_a_warning(learnings: LearningGraph, subject: str) -> None:
    (finding,) = found(learnings, Code.OTHER_PREFIX)

    assert finding.subject == subject
    assert finding.severity is Severity.WARNING
    assert not found(learnings, Code.BAD_CHECKSUM)


def test_the_message_says_which_kind_was_given_and_which_is_expected() -> None:
    (finding,) = found(with_ids(learning_id=PROGRAM), Code.OTHER_PREFIX)

    assert "LearningProgram" in finding.message
    assert "Learning " in finding.message.replace("LearningProgram", "")


@pytest.mark.parametrize(
    "learning",
    [
        pytest.param(course("X", BADGE), id="an achievement may be required"),
        pytest.param(course("X", LEARNING), id="a learning may be required"),
        pytest.param(course("X", provider=ACCOUNT), id="an account is a provider"),
        pytest.param(course("X", outcomes=[BADGE]), id="an achievement is an outcome"),
    ],
)
def test_ids_where_they_belong_are_fine(learning: Any) -> None:
    assert not found(graph(learning), Code.OTHER_PREFIX)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        pytest.param(ORG, ORG, id="the same"),
        pytest.param(ORG[:15], ORG, id="15 and 18 characters"),
        pytest.param(ORG, ORG[:15], id="18 and 15 characters"),
        pytest.param(None, ORG, id="not known"),
    ],
)
def test_one_org_is_no_other_org_in_whatever_form_its_id_is_written(held: str | None, wanted: str) -> None:
    snapshot = Snapshot(graph(org=OrgStamp(org=held)))

    assert list(patch_bodies(snapshot, graph(org=OrgStamp(org=wanted)))) == []


def test_ids_of_another_org_are_refused() -> None:
    snapshot = Snapshot(graph(org=OrgStamp(org=ORG)))

    with pytest.raises(FindingsError) as refused:
        patch_bodies(snapshot, graph(org=OrgStamp(org="00D000000000002EAA")))

    assert [finding.code for finding in refused.value.findings] == [Code.OTHER_ORG]


def test_an_id_that_two_learnings_name_is_blamed_on_both() -> None:
    learnings = graph(course("X", damaged(LEARNING)), course("Y", damaged(LEARNING)))

    assert blamed(found(learnings, Code.BAD_CHECKSUM)) == ["X", "Y"]
