import pytest

import learngraph as lg
from learngraph.publish.planning import plan_for
from learngraph.publish.publish_plan import OrgFacts
from learngraph.report import contents
from learngraph.report.contents import facts_of, finding_groups, plan_part
from tests.builders import course, graph

_FACTS = OrgFacts("00D000000000001EAA", "ACME", sandbox=True, api_version="66.0")


def test_tiles_count_what_they_name() -> None:
    learnings = graph(course("A", prerequisites=["X"]), course("B", description="<b>bold</b>"))
    found = lg.check(learnings)

    told = {
        fact.words: fact.value
        for fact in facts_of(learnings, found, lg.metrics(learnings), lg.attainability(learnings))
    }

    for words, some in (("error", found.errors), ("warning", found.warnings), ("info", found.infos)):
        assert told[words if len(some) == 1 else f"{words}s"] == str(len(some))


def test_what_was_found_while_reading_is_counted() -> None:
    lost = lg.Finding(lg.Code.UNREADABLE_RECORD, "cannot be read")
    learnings = graph("A", findings=[lost, lost])

    (told,) = (
        fact.value
        for fact in facts_of(learnings, lg.Findings(), lg.metrics(learnings), lg.attainability(learnings))
        if fact.words == "found while reading"
    )

    assert told == "2"


@pytest.mark.parametrize(("causes", "more"), [(199, 0), (200, 0), (203, 3)])
def test_causes_that_a_report_leaves_out_are_counted(causes: int, more: int) -> None:
    found = lg.check(graph(course("A", *(f"nowhere {number}" for number in range(causes)))))

    (unknown,) = (group for group in finding_groups(found) if group.code == "LG201")

    assert (len(unknown.rows), unknown.more) == (min(causes, 200), more)


def test_new_learnings_that_a_report_leaves_out_are_counted() -> None:
    many = lg.LearningGraph([lg.Course(key=f"C {one}", name="x", active=True) for one in range(2_050)])
    plan = plan_for(lg.Snapshot(lg.LearningGraph()), many, _FACTS)

    part = plan_part(plan, many)

    assert (len(part.lines), part.more) == (contents._LINES, 2_050 - contents._LINES)
