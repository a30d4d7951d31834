"""Curricula in a line: "A>B" B requires A before it, "A~B" before or with, "A=B" with; a word alone is a course."""

import re
from collections.abc import Iterable, Mapping, Sequence

from learngraph import Course, DegreePlan, LearningGraph, Need, Options, Timing
from tests.builders import course

_EDGE = re.compile(r"([^>~=\s]+)([>~=])([^>~=\s]+)")
_TIMINGS = {">": Timing.BEFORE, "~": Timing.BEFORE_OR_WITH, "=": Timing.WITH}


def curriculum(
    text: str,
    *,
    order: Iterable[str] = (),
    credits: Sequence[int | float] = (),  # noqa: A002 - what the notation calls them
    subjects: Mapping[str, str] | None = None,
    system: str = "semester",
) -> LearningGraph:
    """The graph of a line; courses come in the order given, or in that of their names."""
    edges = _EDGE.findall(text)
    keys = tuple(order) or sorted({*(word for word in text.split() if not _EDGE.fullmatch(word)), *_ends(edges)})
    duration = dict(zip(keys, credits, strict=True)) if credits else {}
    courses = [
        course(
            key,
            *(start for start, kind, end in edges if end == key and kind == ">"),
            corequisites=[
                Need(start, timing=_TIMINGS[kind]) for start, kind, end in edges if end == key and kind in "~="
            ],
            duration=duration.get(key),
            subject_abbreviation=(subjects or {}).get(key),
        )
        for key in keys
    ]
    return LearningGraph(courses, options=Options(system_type=system))


def _ends(edges: Iterable[tuple[str, str, str]]) -> set[str]:
    return {key for start, _, end in edges for key in (start, end)}


def terms(text: str) -> DegreePlan:
    """A degree plan of terms with bars between them: "A B | C"."""
    return DegreePlan(key="plan", terms=[term.split() for term in text.split("|")])


def without(graph: LearningGraph, *keys: str) -> LearningGraph:
    return LearningGraph(
        [one for one in graph if isinstance(one, Course) and one.key not in keys], options=graph.options
    )
