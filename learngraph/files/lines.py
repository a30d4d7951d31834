"""Catalogue lines: one course a line, the shape in which scraped catalogues come."""

from collections.abc import Iterator, Mapping
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.files.credits_text import CREDIT_HOURS, read_credits
from learngraph.files.errors import ReadError
from learngraph.files.intake import Intake
from learngraph.files.json_text import JsonReader, write_json
from learngraph.files.progress import Reporter
from learngraph.files.requirement_forms import LINES
from learngraph.files.settings import read_options
from learngraph.findings import Finding, Place
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.grades import GradeScale
from learngraph.model.learning import Course, subject_and_number
from learngraph.model.options import Options
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement, needs
from learngraph.model.value import short

_RELATIONS = ("prerequisites", "corequisites", "recommended")


def read_lines(text: str, file: str, overrides: Mapping[str, Any], reporter: Reporter) -> LearningGraph:
    """Read catalogue lines; a line that cannot be read costs that course alone."""
    found: list[Finding] = []
    options = read_options({}, overrides, Place(file), found)
    intake = Intake(options, LINES, unknown=Severity.WARNING)
    intake.extend(found)
    lines = text.split("\n")
    reader = JsonReader()
    reporter.begin("reading", len(lines))
    for number, line in enumerate(lines, start=1):
        reporter.step()
        if line and not line.isspace():
            _line(line, Place(file, number), intake, reader)
    reporter.end()
    return LearningGraph(intake.learnings.values(), options=options, findings=intake.finished(), places=intake.places)


def _line(line: str, place: Place, intake: Intake, reader: JsonReader) -> None:
    try:
        raw, found = reader.read(line, place)
    except ReadError as error:
        intake.find(Code.UNREADABLE_RECORD, error.fault, place=error.place, hint=error.hint)
        return
    intake.extend(found)
    if not isinstance(raw, dict):
        intake.find(Code.UNREADABLE_RECORD, f"{short(raw)} is no course", place=place, hint="write an object a line")
        return
    record = {"key" if name == "id" else name: value for name, value in raw.items() if name != "credits"}
    if isinstance(key := record.get("key"), int) and not isinstance(key, bool):
        record["key"] = key = str(key)
    if isinstance(key, str):
        if parts := subject_and_number(key):
            record.setdefault("subject_abbreviation", parts[0])
            record.setdefault("course_number", parts[1])
        spot = Place(place.file, place.line, field="credits")
        if (credits_ := read_credits(raw.get("credits"), key, spot, intake)) is not None:
            record["duration"], record["duration_unit"] = credits_, CREDIT_HOURS
    intake.learning(record, place)


def lines_of(graph: LearningGraph) -> tuple[str, list[Finding]]:
    """Give the lines of the courses of a graph, and what the format could not hold."""
    found = list(_lost(graph))
    courses = (learning for learning in graph if isinstance(learning, Course))
    scale = graph.options.scale
    return "".join(write_json(_record(course, scale), indent=None) for course in courses), found


def _record(course: Course, scale: GradeScale) -> dict[str, Any]:
    record: dict[str, Any] = {"id": course.key, "name": course.name, "credits": course.duration}
    for name in _RELATIONS:
        trees = [_tree(requirement, scale) for requirement in getattr(course, name)]
        record[name] = {"all": trees} if len(trees) > 1 else (trees[0] if trees else None)
    return record


def _tree(requirement: Requirement, scale: GradeScale) -> dict[str, Any]:
    match requirement:
        case Need():
            grade = requirement.minimum_grade
            stated = {} if grade is None else {"min_grade": scale.letter(grade) or grade}
            return {"course": requirement.key, **stated}
        case Condition():
            return {"text": requirement.text}
        case AnyOf():
            return {"any": [_tree(part, scale) for part in requirement.of]}
        case AllOf():
            return {"all": [_tree(part, scale) for part in requirement.of]}
        case AtLeast():
            return {"at_least": requirement.count, "of": [_tree(part, scale) for part in requirement.of]}


def _lost(graph: LearningGraph) -> Iterator[Finding]:
    whole = {
        "options": graph.options != Options(),
        "providers": graph.providers,
        "achievements": graph.achievements,
        "program plans": graph.program_plans,
        "degree plans": graph.degree_plans,
    }
    yield from (_loss("", name) for name, there in whole.items() if there)
    for learning in graph:
        lost = _lost_of(learning) if isinstance(learning, Course) else ("programs",)
        yield from (_loss(learning.key, name) for name in lost)


def _lost_of(course: Course) -> Iterator[str]:
    parts = subject_and_number(course.key) or (None, None)
    told = {"subject_abbreviation": parts[0], "course_number": parts[1]}
    if course.duration is not None:
        told["duration_unit"] = CREDIT_HOURS
    if course.duration is not None and course.duration_unit is None:
        yield "duration_unit, which is none here"
    for name, field in Course.model_fields.items():
        value = getattr(course, name)
        if name not in _HELD and value != field.default and value != told.get(name):
            yield name
    asked = list(needs((*course.prerequisites, *course.corequisites, *course.recommended)))
    for name in ("timing", "duration", "duration_unit"):
        if any(getattr(need, name) is not None for need in asked):
            yield f"{name} of a requirement"


_HELD = frozenset({"key", "name", "duration", *_RELATIONS})


def _loss(key: str, what: str) -> Finding:
    message, hint = f"catalogue lines hold no {what}", "write a document instead"
    return Finding(Code.LOST_IN_FORMAT, message, keys=(key,) if key else (), cause=what, hint=hint)
