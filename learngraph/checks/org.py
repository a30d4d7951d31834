"""What the org cannot hold: told before anything is sent, by the same code that writes the bodies."""

from collections.abc import Iterator

from learngraph.checks.case import Case
from learngraph.codes import ORG_CODES
from learngraph.findings import Finding
from learngraph.salesforce.lower import lower
from learngraph.salesforce.post import Asides, outcome_left_out
from learngraph.salesforce.references import achievement_id, provider_id


def beyond_the_org(case: Case) -> Iterator[Finding]:
    """LG401 to LG407, LG416 to LG418: requirements that the org holds otherwise, or not at all."""
    for learning in case.graph:
        for finding in lower(learning, case.graph, case.dialect).findings:
            if finding.code in ORG_CODES:
                yield finding


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
