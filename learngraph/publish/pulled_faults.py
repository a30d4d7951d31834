"""What a pull tells of an org besides its catalogue: what lies outside the graph, and what is amiss in it."""

from collections.abc import Iterator, Mapping

from learngraph.codes import Code
from learngraph.findings import Finding, Place
from learngraph.model.value import short
from learngraph.publish.org_objects import RULE
from learngraph.publish.org_rows import OrgRows, id_in, text_in
from learngraph.publish.pulled_records import Records
from learngraph.salesforce.records import FOUNDATION_ITEM, OUTCOME_ITEM


def faults_of(
    rows: OrgRows, records: Records, learnings: Mapping[str, str], achievements: Mapping[str, str]
) -> Iterator[Finding]:
    """Tell what is amiss; `learnings` and `achievements` are keys by ids."""
    yield from _rules(rows, learnings)
    yield from _granted_by_nothing(records, learnings, achievements)
    if OUTCOME_ITEM in rows.rows:
        yield from _without_achievement(records, learnings)
    if records.learnings and FOUNDATION_ITEM in rows.rows and not rows.rows[FOUNDATION_ITEM]:
        yield no_requirements_seen()


def _rules(rows: OrgRows, learnings: Mapping[str, str]) -> Iterator[Finding]:
    for identity, row in rows.of(RULE).items():
        key = learnings.get(id_in(row, "LearningId"))
        name = short(text_in(row, "Name") or identity)
        yield Finding(
            Code.OUTSIDE_GRAPH,
            f"has the rule {name}, which the resource neither shows nor changes",
            keys=(key,) if key else (),
            place=Place(RULE, record=identity),
            hint="what the rule asks for comes on top of the requirements here: keep both in step",
        )


def _granted_by_nothing(
    records: Records, learnings: Mapping[str, str], achievements: Mapping[str, str]
) -> Iterator[Finding]:
    for learning, items in records.requirements.items():
        for item in items:
            if not item.grantors and item.achievement:
                name = achievements.get(item.achievement, item.achievement)
                yield Finding(
                    Code.GRANTED_BY_NOTHING,
                    f"its {item.relation.value} {name} is granted by no learning that was read",
                    keys=(learnings[learning], name),
                    cause=name,
                    place=Place(FOUNDATION_ITEM, record=item.id),
                    hint="nobody can meet it: take it away, or let a learning grant it",
                )


def _without_achievement(records: Records, learnings: Mapping[str, str]) -> Iterator[Finding]:
    for learning, key in learnings.items():
        if not any(item.primary for item in records.outcomes.get(learning, ())):
            yield Finding(
                Code.NO_OWN_ACHIEVEMENT,
                "has no achievement of its own in the org, so nothing can require it",
                keys=(key,),
                hint="give it a primary outcome in the org",
            )


def no_requirements_seen() -> Finding:
    """Tell that an org shows learnings and not one requirement: the user may simply not see them."""
    return Finding(
        Code.NO_REQUIREMENTS_SEEN,
        "the org shows learnings and no requirement at all: this user may not see them",
        hint="give the user read access to Learning Foundation Items (Setup > Sharing Settings and Permission Sets)",
    )
