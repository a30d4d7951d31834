"""Graphs as Curricular Analytics files, laid out as the reference tool writes them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from learngraph.codes import Code
from learngraph.files.credits_text import CREDIT_HOURS
from learngraph.files.csv_rows import row_text, sendable, visible
from learngraph.files.curriculum_headings import CANONICAL_NAME, COLUMNS, COURSES, DEGREE_PLAN, HEADER_ROWS, TERM
from learngraph.files.curriculum_reading import MOST_TERMS, NAMELESS
from learngraph.files.requisites import Requisites, columns_of
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph, OrgStamp
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.learning import Course
from learngraph.model.options import Options
from learngraph.model.relation import REQUIREMENT_RELATIONS

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,4000}")
_WIDTH = 11  # cells of a header row: the reference fills them up
_TOLD_APART = frozenset({"key", *(relation.field for relation in REQUIREMENT_RELATIONS)})
_HINT = "write a document instead"
_LARGEST = 10**4000  # Python writes no larger numbers


def curriculum_of(graph: LearningGraph) -> tuple[str, list[Finding]]:
    """Give the text of a curriculum, or of a degree plan where the graph has one, and what could not be held."""
    courses = [learning for learning in graph if isinstance(learning, Course)]
    ids, found = _ids(courses)
    plan = graph.degree_plans[0] if graph.degree_plans else None
    terms = {} if plan is None else _terms(plan, ids)
    found.extend(_lost(graph, ids))
    rows = [*_header(graph.options, plan), [*COLUMNS, *([] if plan is None else [TERM])]]
    for course in courses:
        requisites = columns_of(course, graph, ids)
        found.extend(requisites.findings)
        found.extend(_loss(course.key, name) for name in _lost_of(course))
        rows.append(
            [*_cells(course, ids[course.key], requisites), *([] if plan is None else [terms.get(course.key, "")])]
        )
    return "".join(map(row_text, rows)), found


def _ids(courses: Sequence[Course]) -> tuple[dict[str, str], list[Finding]]:
    """Give the id of each course: its key where all keys are numbers, and its place otherwise."""
    keys = [course.key for course in courses]
    if all(map(_WHOLE_NUMBER.fullmatch, keys)) and len(set(map(int, keys))) == len(keys):
        return {key: key for key in keys}, []
    message = f"keys that are no whole numbers are lost: the courses were numbered from 1 to {len(keys)}"
    found = Finding(Code.LOST_IN_FORMAT, message, cause="keys", hint=_HINT)
    return {key: str(number) for number, key in enumerate(keys, start=1)}, [found]


def _header(options: Options, plan: DegreePlan | None) -> Iterator[list[str]]:
    for name, option in HEADER_ROWS.items():
        if name == DEGREE_PLAN:
            value = None if plan is None else _held(plan.key) or NAMELESS
        else:
            value = _held(getattr(options, option)) or ""
        if value is not None:
            yield [name, value, *[""] * (_WIDTH - 2)]
    yield [COURSES, *[""] * (_WIDTH - 1)]


def _cells(course: Course, number: str, requisites: Requisites) -> list[str]:
    fields = _held_fields(course)
    canonical = course.custom_fields.get(CANONICAL_NAME)
    return [
        number,
        str(fields["name"] or ""),
        str(fields["subject_abbreviation"] or ""),
        str(fields["course_number"] or ""),
        *(";".join(ids) for ids in requisites.columns),
        "" if fields["duration"] is None else str(fields["duration"]),
        str(fields["provider"] or ""),
        _held(canonical) or "" if isinstance(canonical, str) else "",
    ]


def _held(text: str | None) -> str | None:
    """Give what is left of a text: what cannot be seen is nothing."""
    return sendable(text) if text is not None and visible(text) else None


def _held_fields(course: Course) -> Mapping[str, object]:
    """Give the fields of a course as they will be read again."""
    texts = ("name", "subject_abbreviation", "course_number", "provider")
    number = course.duration if course.duration is not None and abs(course.duration) < _LARGEST else None
    canonical = course.custom_fields.get(CANONICAL_NAME)
    held = _held(canonical) if isinstance(canonical, str) else None
    return {
        **{name: _held(getattr(course, name)) for name in texts},
        "duration": number,
        "duration_unit": None if number is None else CREDIT_HOURS,
        "custom_fields": {CANONICAL_NAME: held} if held else {},
    }


def _lost_of(course: Course) -> Iterator[str]:
    held = _held_fields(course)
    if course.duration is not None and course.duration_unit is None:
        yield "duration_unit, which is none here"
    for name, field in Course.model_fields.items():
        value = getattr(course, name)
        if name not in _TOLD_APART and value != held.get(name, field.default) and value is not None:
            yield name


def _lost(graph: LearningGraph, ids: Mapping[str, str]) -> Iterator[Finding]:
    whole = {
        "providers": graph.providers,
        "achievements": graph.achievements,
        "program plans": graph.program_plans,
        "degree plans but the first": graph.degree_plans[1:],
        "ids of an org": graph.org != OrgStamp(),
    }
    yield from (_loss("", name) for name, there in whole.items() if there)
    usual = Options()
    for name in Options.model_fields:
        value = getattr(graph.options, name)
        held = _held(value) if name in HEADER_ROWS.values() else getattr(usual, name)
        if value != held:
            yield _loss("", f"option {name}")
    yield from (_loss(learning.key, "programs") for learning in graph if not isinstance(learning, Course))
    for plan in graph.degree_plans[:1]:
        yield from (_loss("", f"{what} of a degree plan") for what in _lost_of_plan(plan, ids))


def _lost_of_plan(plan: DegreePlan, ids: Mapping[str, str]) -> Iterator[str]:
    if plan.key != (_held(plan.key) or NAMELESS):
        yield "key"
    yield from (name for name in ("program", "name") if getattr(plan, name) is not None)
    terms = _terms(plan, ids)
    held: list[Counter[str]] = [Counter() for _ in range(max(map(int, terms.values()), default=0))]
    for key, number in terms.items():
        held[int(number) - 1][key] += 1
    if held != [Counter(term) for term in plan.terms]:
        yield "empty terms, repetitions and what is no course"


def _terms(plan: DegreePlan, ids: Mapping[str, str]) -> dict[str, str]:
    """Give the term in which each course is first."""
    terms: dict[str, str] = {}
    for number, term in enumerate(plan.terms[:MOST_TERMS], start=1):
        for key in term:
            if key in ids:
                terms.setdefault(key, str(number))
    return terms


def _loss(key: str, what: str) -> Finding:
    message = f"Curricular Analytics files hold no {what}"
    return Finding(Code.LOST_IN_FORMAT, message, keys=(key,) if key else (), cause=what, hint=_HINT)
