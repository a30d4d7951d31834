"""Salesforce ids: checksums, and what kind of record they belong to."""

from collections.abc import Iterator
from typing import NamedTuple

from learngraph.checks.case import Case
from learngraph.codes import Code, Severity
from learngraph.findings import Finding
from learngraph.model.learning import Learning
from learngraph.model.salesforce_id import PREFIXES, is_salesforce_id, is_well_formed, looks_like_salesforce_id
from learngraph.model.value import short

_LENGTHS = (15, 18)  # of ids: most keys are told apart by that alone
_LEARNING, _ACHIEVEMENT, _ACCOUNT = ("0ty",), ("0u9",), ("001",)


class _Id(NamedTuple):
    """An id, whose it is, what it should begin with, and whether it can be nothing but an id."""

    owner: str
    text: str
    expected: tuple[str, ...]
    certain: bool = True


def wrong_ids(case: Case) -> Iterator[Finding]:
    """LG312 and LG313: an id's last three characters fit the others, and it begins as its kind does."""
    severity = Severity.WARNING if case.graph.org.answered else Severity.ERROR
    for one in _ids(case):
        if is_well_formed(one.text) and (one.certain or is_salesforce_id(one.text)):
            if not one.text.startswith(one.expected):
                yield _other_prefix(one)
        else:
            yield _bad_checksum(one, severity)


def _bad_checksum(one: _Id, severity: Severity) -> Finding:
    if looks_like_salesforce_id(one.text):
        message = f"the id {one.text} has a wrong checksum"
        hint = "copy it again: a spreadsheet may have changed capitals"
    else:
        message = f"{short(one.text)} is no Salesforce id"
        hint = "copy the id from the org: 15 or 18 letters and digits"
    return Finding(Code.BAD_CHECKSUM, message, keys=_keys(one.owner), cause=one.text, hint=hint, severity=severity)


def _other_prefix(one: _Id) -> Finding:
    kind = PREFIXES.get(one.text[:3], "another object")
    wanted = " or ".join(PREFIXES[prefix] for prefix in one.expected)
    message = f"the id {one.text} is of the kind {kind}, and {wanted} belongs here"
    hint = "give the id of the right record"
    return Finding(Code.OTHER_PREFIX, message, keys=_keys(one.owner), cause=one.text, hint=hint)


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
    if len(text) in _LENGTHS and (is_salesforce_id(text) or looks_like_salesforce_id(text)):
        yield _Id(owner, text, expected, certain=False)
