"""What checks are asked in these tests: the findings of one code."""

from collections.abc import Iterable

from learngraph import Code, Dialect, Finding, LearningGraph, check
from tests.builders import codes


def found(graph: LearningGraph, code: Code, *, dialect: Dialect | None = None) -> list[Finding]:
    """The findings of one code that a check gives."""
    return [finding for finding in check(graph, dialect=dialect) if finding.code is code]


def blamed(findings: Iterable[Finding]) -> list[str]:
    """Whom findings are about, first keys only."""
    return [finding.subject for finding in findings]


def all_codes(graph: LearningGraph) -> set[str]:
    return set(codes(check(graph)))
