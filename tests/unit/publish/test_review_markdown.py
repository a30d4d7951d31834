"""A plan as Markdown for a committee: by subject, before and after, and nothing in a name that means something."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.publish.planning import PlanSettings, plan_for
from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.review_markdown import as_markdown, escaped, in_own_words, review
from learngraph.salesforce.snapshot import FoundationItem, Grantor
from tests.builders import course, graph, program
from tests.property.documented_org import record_id

_FACTS = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
_ONE, _TWO, _OLD = (record_id("0ty", number) for number in (1, 2, 3))
_ITEM = FoundationItem(record_id("0ww", 1), lg.Relation.PREREQUISITE, record_id("0u9", 1), "LearningCourse",
                       (Grantor(_ONE),))  # fmt: skip


def _course(key: str, *prerequisites: Any, **fields: Any) -> lg.Course:
    subject, _, number = key.partition(" ")
    return course(key, *prerequisites, subject_abbreviation=subject, course_number=number, **fields)


_ORG = lg.Snapshot(
    graph(
        _course("CS 1", salesforce={"learning_id": _ONE}).replaced(key=_ONE),
        _course("CS 2", _ONE, salesforce={"learning_id": _TWO}).replaced(key=_TWO),
        _course("CS 9", salesforce={"learning_id": _OLD}, cip_code="1").replaced(key=_OLD),
    ),
    {_TWO: (_ITEM,)},
)
_WANTED = graph(
    _course("CS 1", cip_code="1"),
    _course("CS 2", lg.Need("CS 1", 3), "MATH 1"),
    _course("MATH 1", name="Sets *and* <b>maps</b>", recommended=["CS 1"]),
    program("BS", "CS 2"),
    program_plans=[lg.ProgramPlan(key="bs", program="BS", requirements=[{"name": "Core", "needs": "CS 2"}])],
)


def _markdown() -> str:
    plan = plan_for(_ORG, _WANTED, _FACTS)
    return as_markdown(plan, review(plan, _ORG, _WANTED))


def test_it_says_first_which_org_it_is_and_what_is_touched() -> None:
    lines = _markdown().splitlines()

    assert lines[0] == "# Quenbeck (00D000000000001EAA), sandbox"
    assert lines[2] == "2 to create, 2 to update: 2 requests. Touches 1 program, 0 courses downstream: BS."


def test_learnings_are_grouped_by_subject_and_others_come_last() -> None:
    headings = [line for line in _markdown().splitlines() if line.startswith("#")]

    assert headings[1:] == [
        "## CS", "### CS 1 changes", "### CS 2 changes", "## MATH", "### MATH 1 is new",
        "## Programs and other learnings", "### BS is new", "## Findings that come", "## Left alone",
    ]  # fmt: skip


def test_requirements_are_told_before_and_after_in_the_words_of_the_catalogue() -> None:
    lines = _markdown().splitlines()

    assert "- prerequisites, before: CS 1" in lines
    assert "- prerequisites, after: CS 1 with B or better and MATH 1" in lines
    assert "- recommended: CS 1" in lines


def test_names_are_text() -> None:
    assert r"- 'Sets \*and\* &lt;b\>maps&lt;/b\>'" in _markdown().splitlines()


def test_findings_that_come_and_go_are_told() -> None:
    plan = plan_for(_ORG, _WANTED, _FACTS)
    other = lg.Snapshot(graph(_course("CS 1", cip_code="2", salesforce={"learning_id": _ONE}).replaced(key=_ONE)))
    mended = graph(_course("CS 1", cip_code="11.0101"))

    came = review(plan, _ORG, _WANTED)
    went = review(plan_for(other, mended, _FACTS), other, mended)

    assert [(one.code.value, one.subject) for one in came.came] == [
        ("LG304", "CS 1"), ("LG305", "MATH 1"),
    ]  # fmt: skip
    assert came.went == lg.Findings()
    assert [(one.code.value, one.subject) for one in went.went] == [("LG304", "CS 1")]
    assert "## Findings that go" in as_markdown(went.plan, went)


def test_what_was_wrong_before_does_not_come() -> None:
    org = lg.Snapshot(graph(_course("CS 1", cip_code="1", salesforce={"learning_id": _ONE}).replaced(key=_ONE)))
    wanted = graph(_course("CS 1", cip_code="1", description="New"))
    plan = plan_for(org, wanted, _FACTS)

    assert plan.findings
    assert review(plan, org, wanted).came == lg.Findings()


def test_what_the_org_holds_is_told_with_the_keys_of_the_catalogue() -> None:
    before = in_own_words(_ORG, _WANTED, {"CS 1": _ONE, "CS 2": _TWO})

    assert [one.key for one in before] == ["CS 1", "CS 2", _OLD]
    assert before["CS 2"].prerequisites == (lg.Need("CS 1"),)


def test_a_record_is_not_called_by_the_key_of_another_learning() -> None:
    org = lg.Snapshot(
        graph(course("A", salesforce={"learning_id": _ONE}), course("B", salesforce={"learning_id": _TWO}))
    )

    before = in_own_words(org, graph(course("A"), course("B")), {"A": _TWO})

    assert [one.key for one in before] == [_ONE, "A"]


def test_a_plan_that_was_read_from_a_file_is_told_without_the_catalogue() -> None:
    text = as_markdown(plan_for(_ORG, _WANTED, _FACTS))

    assert "- prerequisite CS 1 with B or better is added" in text.splitlines()
    assert "## CS" in text


def test_what_is_unsafe_and_what_is_made_first_is_told() -> None:
    wanted = graph(
        course("A", outcomes=[{"achievement": "badge"}]), achievements=[lg.Achievement(key="badge", name="A_B")]
    )
    plan = plan_for(lg.Snapshot(graph()), wanted, _FACTS, settings=PlanSettings(create_achievements=True))

    text = as_markdown(lg.PublishPlan(_FACTS, steps=plan.steps, unsafe=("too *much*",)))

    assert "> **Unsafe:** too \\*much\\*" in text
    assert "- the achievement A\\_B is not in the org" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](javascript:1)", r"\[x\](javascript:1)"),
        ("![x](y)", r"!\[x\](y)"),
        ("<script>", r"&lt;script\>"),
        ("a & b &amp; c", "a &amp; b &amp;amp; c"),
        ("see https://evil.test", r"see https\://evil.test"),
        ("WWW.evil.test", r"WWW\.evil.test"),
        ("@everyone", r"\@everyone"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("=== no heading", r"\=== no heading"),
        ("a | b", r"a \| b"),
        ("two\nlines\r\n# and more", "two lines # and more"),
        ("\x1b[31m", r"\\x1b\[31m"),
        ("CS-101 (lab), 4.5+", "CS-101 (lab), 4.5+"),
    ],
)
def test_nothing_in_a_text_means_something_to_markdown(text: str, written: str) -> None:
    assert escaped(text) == written
