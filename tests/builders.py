"""Tiny builders: what a test does not name does not matter to it."""

from collections.abc import Iterable, Mapping
from typing import Any

from learngraph import Course, Finding, LearningGraph, Options, Program


def course(key: str, *prerequisites: Any, **fields: Any) -> Course:
    """A course that is as it should be but for what is named."""
    return Course(**{"key": key, "name": f"About {key}", "active": True, "prerequisites": prerequisites, **fields})


def program(key: str, *prerequisites: Any, **fields: Any) -> Program:
    return Program(**{"key": key, "name": f"About {key}", "active": True, "prerequisites": prerequisites, **fields})


def graph(*learnings: Course | Program | str, options: Mapping[str, Any] | None = None, **parts: Any) -> LearningGraph:
    """A graph of learnings; a plain key stands for a course without requirements."""
    made = (course(one) if isinstance(one, str) else one for one in learnings)
    return LearningGraph(made, options=Options(**(options or {})), **parts)


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code.value for finding in findings]
