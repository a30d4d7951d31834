"""What the org cannot hold: told before anything is sent, by the same code that writes the bodies."""

from collections.abc import Iterator

from learngraph.checks.case import Case, single_needs
from learngraph.codes import ORG_CODES, Code, Severity
from learngraph.findings import Finding
from learngraph.model.learning import Learning, Program
from learngraph.salesforce.post import Asides, outcome_left_out
from learngraph.salesforce.references import References, achievement_id, provider_id


def beyond_the_org(case: Case) -> Iterator[Finding]:
    """LG401 to LG407, LG416 to LG418: requirements that the org holds otherwise, or not at all."""
    references = References.of(case.graph)
    for learning in case.graph:
        lowered = case.lowerings.of(learning)
        for finding in lowered.findings:
            if finding.code in ORG_CODES:
                yield finding
        for clauses in lowered.clauses.values():
            for need in single_needs(clauses):
                if need.key in case.graph and isinstance(case.graph[need.key], Program):
                    yield from _by_external_id(need.key, learning, references)


def _by_external_id(key: str, learning: Learning, references: References) -> Iterator[Finding]:
    """LG407: only a warning here, since the program may have a record by the time that bodies are written."""
    found = references.to(key, by=learning.key, single=True)
    if isinstance(found, Finding) and found.code is Code.PROGRAM_BY_EXTERNAL_ID:
        yield Finding(
            found.code, found.message, keys=found.keys, hint=found.hint, cause=found.cause, severity=Severity.WARNING
        )


def left_out(case: Case) -> Iterator[Finding]:
    """LG406, LG408, LG412 and LG415: what bodies leave out."""
    asides = Asides(case.graph)
    for learning in case.graph:
        yield from asides.of(learning)
        for outcome in learning.outcomes:
            if achievement_id(outcome.achievement, case.graph) is None:
                yield outcome_left_out(learning, outcome.achievement)
        provider = provider_id(learning, case.graph)
        if isinstance(provider, Finding):
            yield provider
