"""A plan as Markdown that a committee can read: by subject, with requirements before and after, and what it touches."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from learngraph.analysis.touched import Impact, impact
from learngraph.checks.checking import check
from learngraph.findings import Finding, Findings
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import printable
from learngraph.model.learning import Learning, subject_and_number
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.salesforce_id import canonical
from learngraph.publish.publish_plan import Item, PublishPlan, Step, StepKind
from learngraph.publish.reasons import OwnWords, listed
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.names import RELATIONS
from learngraph.salesforce.snapshot import Snapshot

#: what means something anywhere; what makes a link of an address; and what means something where a text begins
_SIGN = re.compile(r"[\\`*_{}\[\]|~>@$^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_BEGINNING = re.compile(r"^(\d*)([#+\-=.)])")
_SHOWN = 50  # of a list that nobody has to go through
_OTHERS = "Programs and other learnings"
_ASKS = tuple(f"{relation.value} " for relation in REQUIREMENT_RELATIONS)
_WHAT = {
    StepKind.ACHIEVE: "is made",
    StepKind.CREATE: "is new",
    StepKind.UPDATE: "changes",
    StepKind.CLOSE: "is completed, once all of its circle is there",
}


def escaped(text: str) -> str:
    r"""Give a text that Markdown shows as it is: no markup, no link, no line of its own.

    Examples
    --------
    >>> escaped("<b>*C# & C*")
    '&lt;b\\>\\*C# &amp; C\\*'
    """
    plain = printable(" ".join(text.splitlines()))
    signs = _SIGN.sub(r"\\\g<0>", plain.replace("&", "&amp;").replace("<", "&lt;"))
    return _BEGINNING.sub(r"\1\\\2", signs)


@dataclass(frozen=True, slots=True)
class Review:
    """What a committee should know of a plan beside the plan itself.

    `before` is what the org holds, in the words of the catalogue, and `after` the catalogue; `came` and `went` are
    the errors and warnings that the plan brings and mends.
    """

    plan: PublishPlan
    before: LearningGraph
    after: LearningGraph
    impact: Impact
    came: Findings
    went: Findings


def review(plan: PublishPlan, snapshot: Snapshot, graph: LearningGraph, *, dialect: Dialect | None = None) -> Review:
    """Tell what a plan touches, and which findings come and go with it.

    Findings of both are compared for the learnings that the catalogue has, by code, learning and cause.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> from learngraph.publish.planning import plan_for
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> facts = OrgFacts("00D000000000001EAA", "ACME", sandbox=True, api_version="66.0")
    >>> graph = LearningGraph([Course(key="A", name="A", active=True)])
    >>> empty = Snapshot(LearningGraph())
    >>> review(plan_for(empty, graph, facts), empty, graph).impact
    <Impact: 1 learnings touch 0 programs, 0 courses downstream>
    """
    before = in_own_words(snapshot, graph, plan.records)
    touched = [item.key for _, item in plan.items if item.key in graph]
    there = tuple(plan.records)
    were = _by_cause(check(before, dialect=dialect), there, plan)
    are = _by_cause(plan.findings, (*there, *touched), plan)
    return Review(
        plan,
        before,
        graph,
        impact(graph, keys=touched),
        came=Findings(one for cause, one in are.items() if cause not in were),
        went=Findings(one for cause, one in were.items() if cause not in are),
    )


def _by_cause(findings: Findings, keys: Iterable[str], plan: PublishPlan) -> Mapping[object, Finding]:
    """Give errors and warnings of some learnings; what an org cannot hold comes with new learnings only."""
    concerned = set(keys)
    told = (
        one
        for one in (*findings.errors, *findings.warnings)
        if one.subject in concerned and not (one.code.startswith("LG4") and one.subject in plan.records)
    )
    return {(one.code, one.subject, one.cause): one for one in told}


def in_own_words(snapshot: Snapshot, graph: LearningGraph, records: Mapping[str, str]) -> LearningGraph:
    """Give what an org holds as a graph with the keys of the catalogue, where it has them.

    `records` are the ids of the catalogue's learnings by key.
    """
    key_of = {canonical(record): key for key, record in records.items()}
    found = ((key_of.get(canonical(one.record_id or "")), one.key) for one in snapshot.graph)
    words = OwnWords(snapshot, graph, {key: there for key, there in found if key is not None})
    learnings = {one.key: one for one in (_renamed(one, words) for one in snapshot.graph)}
    options = graph.options.replaced(defaults={})
    achievements = [one for one in graph.achievements.values() if one.key not in learnings]
    return LearningGraph(learnings.values(), options=options, achievements=achievements)


def _renamed(learning: Learning, words: OwnWords) -> Learning:
    relations = {
        relation.field: [words.tree(tree) for tree in learning.requirements(relation)]
        for relation in REQUIREMENT_RELATIONS
    }
    outcomes = [one.replaced(achievement=words.name(one.achievement)) for one in learning.outcomes]
    return learning.replaced(key=words.name(learning.key), outcomes=outcomes, **relations)


def as_markdown(plan: PublishPlan, reviewed: Review | None = None) -> str:
    r"""Write a plan as Markdown; with its review also requirements before and after, what it touches, and findings.

    Examples
    --------
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> print(as_markdown(PublishPlan(OrgFacts("00D", "A*", sandbox=False, api_version="66.0"))), end="")
    # A\* (00D), PRODUCTION
    <BLANKLINE>
    nothing to do
    """
    parts = [f"# {escaped(plan.org.banner)}", _numbers(plan, reviewed)]
    parts += [f"> **Unsafe:** {escaped(why)}" for why in plan.unsafe]
    for subject, pairs in _by_subject(plan, reviewed).items():
        parts.append(f"## {escaped(subject)}")
        parts.extend(_learning(step, item, reviewed) for step, item in pairs)
    if reviewed:
        parts.extend(_findings("Findings that come", reviewed.came))
        parts.extend(_findings("Findings that go", reviewed.went))
    if plan.unmanaged:
        parts += ["## Left alone", f"In the org and not in the catalogue: {_listed(plan.unmanaged)}."]
    return "\n\n".join(parts) + "\n"


def _numbers(plan: PublishPlan, reviewed: Review | None) -> str:
    counts = escaped(plan.counts)
    if reviewed is None or plan.is_empty:
        return counts
    programs, courses = len(reviewed.impact.programs), len(reviewed.impact.downstream)
    touches = f"Touches {_several(programs, 'program')}, {_several(courses, 'course')} downstream"
    named = f": {_listed(reviewed.impact.programs)}" if programs else ""
    return f"{counts}. {touches}{named}."


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(keys: tuple[str, ...]) -> str:
    more = f" and {len(keys) - _SHOWN:,} more" if len(keys) > _SHOWN else ""
    return ", ".join(map(escaped, keys[:_SHOWN])) + more


def _by_subject(plan: PublishPlan, reviewed: Review | None) -> dict[str, list[tuple[Step, Item]]]:
    groups: dict[str, list[tuple[Step, Item]]] = {}
    for step, item in plan.items:
        groups.setdefault(_subject(step, item, reviewed), []).append((step, item))
    names = sorted(groups, key=lambda name: (name == _OTHERS, name.casefold()))
    return {name: groups[name] for name in names}


def _subject(step: Step, item: Item, reviewed: Review | None) -> str:
    if step.kind is StepKind.ACHIEVE:
        return "Achievements"
    learning = reviewed.after[item.key] if reviewed and item.key in reviewed.after else None
    stated = getattr(learning, "subject_abbreviation", None) or item.body["learning"].get("subjectAbbreviation")
    if stated:
        return str(stated)
    read = subject_and_number(item.key)
    return read[0] if read else _OTHERS


def _learning(step: Step, item: Item, reviewed: Review | None) -> str:
    lines = [f"### {escaped(item.key)} {_WHAT[step.kind]}", "", *_reasons(step, item, whole=reviewed is not None)]
    if reviewed and step.kind is not StepKind.ACHIEVE:
        lines.extend(_requirements(item, reviewed))
    return "\n".join(lines)


def _reasons(step: Step, item: Item, *, whole: bool) -> Iterator[str]:
    """Give what changes; of what is new the requirements are told as a whole where they are known."""
    for why in item.why:
        told = why.removeprefix("is new").removeprefix(": ") if step.kind is StepKind.CREATE else why
        again = whole and step.kind is StepKind.CREATE and told.startswith(_ASKS)
        if told and not again:
            yield f"- {escaped(told)}"


def _requirements(item: Item, reviewed: Review) -> Iterator[str]:
    """Give the relations that are sent as they are before and after."""
    scale = reviewed.after.options.scale
    for name, relation in RELATIONS.items():
        if not item.body.get(name):
            continue
        old = item.key in reviewed.before
        if old:
            before = reviewed.before[item.key].requirements(relation)
            yield f"- {name}, before: {escaped(listed(before, scale))}"
        after = reviewed.after[item.key].requirements(relation)
        yield f"- {name}{', after' if old else ''}: {escaped(listed(after, scale))}"


def _findings(title: str, findings: Findings) -> Iterator[str]:
    if findings:
        yield f"## {title}"
        lines = [f"- {one.code.value} {escaped(f'{one.subject}: {one.message}')}" for one in findings[:_SHOWN]]
        more = [f"- and {len(findings) - _SHOWN:,} more"] if len(findings) > _SHOWN else []
        yield "\n".join([*lines, *more])
