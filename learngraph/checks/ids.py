"""Salesforce ids: checksums, and what kind of record they belong to."""

from collections.abc import Iterator
from typing import NamedTuple

from learngraph.checks.case import Case
from learngraph.codes import Code, Severity
from learngraph.findings import Finding
from learngraph.model.learning import Learning
from learngraph.model.salesforce_id import PREFIXES, is_salesforce_id, is_well_formed, looks_like_salesforce_id
from learngraph.model.value import short

_LEARNING, _ACHIEVEMENT, _ACCOUNT = ("0ty",), ("0u9",), ("001",)


class _Id(NamedTuple):
    """An id, whose it is, what it should begin with, and whether it can be nothing but an id."""

    owner: str
    text: str
    expected: tuple[str, ...]
    certain: bool = True


def bad_checksums(case: Case) -> Iterator[Finding]:
    """LG312: an id's last three characters fit the others, or case was lost on the way."""
    severity = Severity.WARNING if case.graph.org.answered else Severity.ERROR
    for owner, text, _, certain in _ids(case):
        if is_salesforce_id(text) or (certain and is_well_formed(text)):
            continue
        alike = looks_like_salesforce_id(text)
        if alike or certain:
            message = f"the id {text} has a wrong checksum" if alike else f"{short(text)} is no Salesforce id"
            damaged = "copy it again: a spreadsheet may have changed capitals"
            hint = damaged if alike else "copy the id from the org: 15 or 18 letters and digits"
            yield Finding(Code.BAD_CHECKSUM, message, keys=_keys(owner), cause=text, hint=hint, severity=severity)


def other_prefixes(case: Case) -> Iterator[Finding]:
    """LG313: an id begins as ids of its kind of record do."""
    for owner, text, expected, _ in _ids(case):
        if (is_salesforce_id(text) or is_well_formed(text)) and not text.startswith(expected):
            kind = PREFIXES.get(text[:3], "another object")
            wanted = " or ".join(PREFIXES[prefix] for prefix in expected)
            message = f"the id {text} is of the kind {kind}, and {wanted} belongs here"
            yield Finding(
                Code.OTHER_PREFIX, message, keys=_keys(owner), cause=text, hint="give the id of the right record"
            )


def _keys(owner: str) -> tuple[str, ...]:
    return (owner,) if owner else ()


def _ids(case: Case) -> Iterator[_Id]:
    """Give every id that a catalogue holds, and what may be one."""
    graph = case.graph
    if graph.org.org:
        yield _Id("", graph.org.org, ("00D",))
    providers = {provider.key for provider in graph.providers}
    for learning in graph:
        yield from _own_ids(learning)
        if learning.provider and learning.provider not in providers:
            yield from _if_id(learning.key, learning.provider, _ACCOUNT)
        for outcome in learning.outcomes:
            if outcome.achievement not in graph.achievements:
                yield from _if_id(learning.key, outcome.achievement, _ACHIEVEMENT)
        for skill in learning.skills:
            if skill.achievement:
                yield _Id(learning.key, skill.achievement, _ACHIEVEMENT)
    for reference in graph.index.references:
        if reference.needed not in graph.index.known:
            yield from _if_id(reference.learning, reference.need.key, (*_LEARNING, *_ACHIEVEMENT))
    achievements, accounts = graph.achievements.values(), graph.providers
    yield from (_Id(item.key, item.record_id, _ACHIEVEMENT) for item in achievements if item.record_id)
    yield from (_Id(item.key, item.record_id, _ACCOUNT) for item in accounts if item.record_id)


def _own_ids(learning: Learning) -> Iterator[_Id]:
    ids = learning.salesforce
    for text, prefix in ((ids.learning_id, "0ty"), (ids.course_id, "0vY"), (ids.program_id, "0u2")):
        if text:
            yield _Id(learning.key, text, (prefix,))
    yield from _if_id(learning.key, learning.key, _LEARNING)


def _if_id(owner: str, text: str, expected: tuple[str, ...]) -> Iterator[_Id]:
    if is_salesforce_id(text) or looks_like_salesforce_id(text):
        yield _Id(owner, text, expected, certain=False)
