"""Which wanted learning is which learning of a snapshot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from learngraph.codes import Code, Severity
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Course, Learning
from learngraph.model.salesforce_id import canonical
from learngraph.salesforce.references import external_id, external_id_field
from learngraph.salesforce.snapshot import Snapshot


@dataclass(slots=True)
class Matches:
    """Pairs of keys, wanted and held; what is wanted and not held; and what could not be told apart."""

    held: dict[str, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def match(snapshot: Snapshot, wanted: LearningGraph) -> Matches:
    """Match learnings by Salesforce id, else by external id, else by key.

    A learning whose stated record is not in the snapshot, or that shares a record with another, is a
    finding and matches nothing.
    """
    matches = Matches()
    by_id = {record: key for key, record in snapshot.records().items()}
    by_external: dict[str, list[str]] = {}
    for learning in snapshot.graph:
        named = external_id_field(learning, wanted.options)
        known = learning.external_id or (learning.custom_fields.get(named) if named else None)
        if known:
            by_external.setdefault(str(known), []).append(learning.key)
    taken: dict[str, str] = {}
    for learning in wanted:
        record_id = _record(learning)
        if record_id:
            candidates: Iterable[str] = [by_id[record_id]] if record_id in by_id else ()
            if not candidates:
                matches.findings.append(_not_held(learning, record_id))
                continue
        else:
            candidates = by_external.get(external_id(learning), ())
            if not candidates and learning.key in snapshot.graph:
                candidates = [learning.key]
        found = tuple(candidates)
        if not found:
            matches.new.append(learning.key)
        elif len(found) > 1:
            matches.findings.append(_several(learning, f"{len(found)} learnings of the org have its external id"))
        elif found[0] in taken:
            matches.findings.append(_several(learning, f"shares its record with {taken[found[0]]}"))
        else:
            taken[found[0]] = learning.key
            matches.held[learning.key] = found[0]
    matches.findings.extend(_looks_alike(snapshot, wanted, matches))
    return matches


def _looks_alike(snapshot: Snapshot, wanted: LearningGraph, matches: Matches) -> Iterator[Finding]:
    """Warn of what seems new and has the subject and number of what the org holds: a POST would double it."""
    free = {_course(one): one for one in snapshot.graph if one.key not in matches.held.values()}
    for key in matches.new:
        other = free.get(_course(wanted[key])) if _course(wanted[key]) else None
        if other is not None:
            yield Finding(
                Code.TWO_CANDIDATES,
                f"has the subject and number of {other.key}, which the org holds, and neither its id nor external id",
                keys=(key, other.key),
                hint="if they are one course, give it that record id; do not POST it again",
                severity=Severity.WARNING,
            )


def _course(learning: Learning) -> tuple[str, str] | None:
    if not isinstance(learning, Course) or not (learning.subject_abbreviation and learning.course_number):
        return None
    return learning.subject_abbreviation.casefold(), str(learning.course_number)


def _record(learning: Learning) -> str | None:
    return canonical(learning.record_id) if learning.record_id else None


def _not_held(learning: Learning, record_id: str) -> Finding:
    return Finding(
        Code.NEW_LEARNING,
        f"is said to be the record {record_id}, which the org does not hold",
        keys=(learning.key,),
        hint="take the id out to have it created, or read the org again",
        severity=Severity.ERROR,
    )


def _several(learning: Learning, why: str) -> Finding:
    return Finding(
        Code.TWO_CANDIDATES,
        why,
        keys=(learning.key,),
        hint="give each learning its own record id or external id",
    )
