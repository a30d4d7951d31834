"""The document, learngraph's own format: everything that a graph holds, and what a snapshot adds."""

from collections.abc import Iterator, Mapping
from typing import Any

from learngraph.codes import Code
from learngraph.files.errors import ReadError
from learngraph.files.intake import Intake
from learngraph.files.requirement_forms import DOCUMENT
from learngraph.files.settings import read_options
from learngraph.files.snapshot_section import read_section, write_section
from learngraph.findings import Finding, Place
from learngraph.graph.learning_graph import LearningGraph, OrgStamp
from learngraph.model.achievement import Achievement, Provider
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.learning import Learning, WrittenNumber
from learngraph.model.options import Options
from learngraph.model.program_plan import PlanRequirement, ProgramPlan, plan_needs_form
from learngraph.model.requirement import to_form
from learngraph.model.value import FrozenMap, Value, short
from learngraph.salesforce.snapshot import Snapshot

FORMAT = "learngraph/1"

#: the fields of a learning in the order in which documents have them
_FIELDS = (
    "key", "type", "name", "provider", "subject_abbreviation", "course_number", "course_level_description",
    "field_of_study", "top_level_program", "description", "active", "active_from", "active_to", "duration",
    "duration_unit", "cip_code", "academic_level", "prerequisites", "corequisites", "recommended", "outcomes",
    "skills", "equivalents", "exclusions", "external_id", "custom_fields", "salesforce",
)  # fmt: skip
_SECTIONS = (
    "format", "options", "salesforce", "providers", "achievements", "learnings", "program_plans", "degree_plans",
    "snapshot",
)  # fmt: skip


def read_document(raw: Mapping[str, Any], file: str, found: list[Finding], overrides: Mapping[str, Any]) -> Snapshot:
    """Read a document; `found` is what reading its text found, `overrides` replace its options.

    Raises
    ------
    ReadError
        where it is of another version, or its learnings are no list.
    """
    _check_shape(raw, file)
    found = list(found)
    stated = _object_of(raw, "options", file, found)
    options = read_options(stated, overrides, Place(file, record="options"), found)
    section = _object_of(raw, "snapshot", file, found)
    stamp_fields = _object_of(raw, "salesforce", file, found)
    intake = Intake(options, DOCUMENT)
    intake.extend(found)
    for name in raw:
        if name not in _SECTIONS:
            place, hint = Place(file, field=name[:100]), f"its sections are {', '.join(_SECTIONS)}"
            intake.find(
                Code.UNKNOWN_FIELD, f"a document has no section {short(name)}", place=place, cause=name, hint=hint
            )
    for number, record in enumerate(raw.get("learnings") or ()):
        intake.learning(record, Place(file, record=_record("learnings", number, record)))
    parts = {name: _section(raw, name, intake, file) for name in ("providers", "achievements", "degree_plans")}
    plans = list(_program_plans(raw, intake, file))
    stamp = intake.made(OrgStamp, stamp_fields, Place(file, record="salesforce"))
    achievements = [item for item in parts["achievements"] if _free(item, intake, file)]
    graph = LearningGraph(
        intake.learnings.values(),
        options=options,
        achievements=achievements,
        providers=parts["providers"],
        program_plans=plans,
        degree_plans=parts["degree_plans"],
        org=stamp,
        findings=intake.finished(),
        places=intake.places,
    )
    return read_section(section, graph, file)


def _check_shape(raw: Mapping[str, Any], file: str) -> None:
    written = raw.get("format", FORMAT)
    if written != FORMAT:
        raise ReadError(Place(file), f"is of the format {short(written)}", f"this version reads {FORMAT}")
    if not isinstance(raw.get("learnings", []), list):
        raise ReadError(Place(file, field="learnings"), "learnings is no list", "write them as a list of objects")


def _list_of(raw: Mapping[str, Any], name: str, place: Place, intake: Intake) -> list[Any]:
    """Give a list of a record or of the whole; what is none is told, and null is nothing."""
    value = raw.get(name)
    if value is None or isinstance(value, list):
        return value or []
    spot = Place(place.file, place.line, place.record, name)
    fault = f"{name} is no list: {short(value)}"
    intake.find(Code.UNREADABLE_VALUE, fault, place=spot, cause=name, hint="write a list")
    return []


def _object_of(raw: Mapping[str, Any], name: str, file: str, found: list[Finding]) -> dict[str, Any]:
    value = raw.get(name)
    if value is None or isinstance(value, Mapping):
        return dict(value or {})
    fault, place = f"{name} is no object: {short(value)}", Place(file, field=name)
    found.append(Finding(Code.UNREADABLE_VALUE, fault, place=place, cause=name, hint="write an object"))
    return {}


def _record(section: str, number: int, record: object) -> str:
    key = record.get("key") if isinstance(record, Mapping) else None
    return f"{section}[{number}]" + (f" ({key[:100]})" if isinstance(key, str) else "")


_KINDS: dict[str, type[Value]] = {
    "providers": Provider,
    "achievements": Achievement,
    "degree_plans": DegreePlan,
}


def _section(raw: Mapping[str, Any], name: str, intake: Intake, file: str) -> list[Any]:
    found: dict[str, Value] = {}
    for number, record in enumerate(_list_of(raw, name, Place(file), intake)):
        place = Place(file, record=_record(name, number, record))
        if not isinstance(record, Mapping):
            intake.find(Code.UNREADABLE_RECORD, f"{short(record)} is no object", place=place, hint="write an object")
            continue
        value: Any = intake.made(_KINDS[name], dict(record), place)
        if value is not None and found.setdefault(value.key, value) is not value:
            fault, hint = "stands for another record already", "give each its own key"
            intake.find(Code.REPEATED_KEY, fault, place=place, key=value.key, hint=hint)
    return list(found.values())


def _program_plans(raw: Mapping[str, Any], intake: Intake, file: str) -> Iterator[ProgramPlan]:
    known: set[str] = set()
    for number, record in enumerate(_list_of(raw, "program_plans", Place(file), intake)):
        place = Place(file, record=_record("program_plans", number, record))
        if not isinstance(record, Mapping):
            intake.find(Code.UNREADABLE_RECORD, f"{short(record)} is no object", place=place, hint="write an object")
            continue
        lines = []
        for line, requirement in enumerate(_list_of(record, "requirements", place, intake)):
            spot = Place(file, record=f"{place.record}.requirements[{line}]")
            fields = dict(requirement) if isinstance(requirement, Mapping) else {"needs": requirement}
            if "needs" in fields:
                fields["needs"] = intake.plan_needs(fields["needs"], spot)
            made = intake.made(PlanRequirement, fields, spot)
            lines.extend([made] if made is not None else [])
        plan = intake.made(ProgramPlan, {**record, "requirements": lines}, place)
        if plan is not None and plan.key in known:
            intake.find(
                Code.REPEATED_KEY, "stands for another record already", place=place, key=plan.key,
                hint="give each its own key",
            )  # fmt: skip
        elif plan is not None:
            known.add(plan.key)
            yield plan


def _free(achievement: Achievement, intake: Intake, file: str) -> bool:
    taken = achievement.key in intake.learnings
    if taken:
        intake.find(
            Code.REPEATED_KEY,
            "is the key of a learning and of an achievement: the learning was kept",
            place=Place(file, record="achievements"),
            key=achievement.key,
        )
    return not taken


def document_of(snapshot: Snapshot) -> dict[str, Any]:
    """Give the document that holds a graph, and what a snapshot adds where there is anything."""
    graph = snapshot.graph
    sections = {
        "format": FORMAT,
        "options": _options(graph.options),
        "salesforce": _stamp(graph.org),
        "providers": [_stated(provider) for provider in graph.providers],
        "achievements": [_stated(achievement) for achievement in graph.achievements.values()],
        "learnings": [learning_record(learning) for learning in graph],
        "program_plans": [_plan(plan) for plan in graph.program_plans],
        "degree_plans": [_stated(plan) for plan in graph.degree_plans],
        "snapshot": write_section(snapshot),
    }
    return {name: section for name, section in sections.items() if section or name == "learnings"}


def learning_record(learning: Learning) -> dict[str, Any]:
    """Give the record of a learning as documents have it: in a fixed order, without what is not stated."""
    stated: dict[str, Any] = {"type": learning.type}
    for name in _FIELDS:
        value = getattr(learning, name, None)
        if name in ("prerequisites", "corequisites", "recommended"):
            value = [to_form(requirement) for requirement in value or ()]
        elif name in ("outcomes", "skills"):
            value = [_stated(item) for item in value or ()]
        elif isinstance(value, Value):
            value = _stated(value)
        if not _says_nothing(value):
            stated[name] = _plain(value)
    return {name: stated[name] for name in _FIELDS if name in stated}


def _stamp(org: OrgStamp) -> dict[str, Any]:
    return {name: value for name, value in _stated(org).items() if name != "answered" or value}


def _options(options: Options) -> dict[str, Any]:
    usual = Options()
    return {
        name: _plain(getattr(options, name))
        for name in Options.model_fields
        if getattr(options, name) != getattr(usual, name)
    }


def _plan(plan: ProgramPlan) -> dict[str, Any]:
    lines = [{**_stated(line), "needs": plan_needs_form(line.needs)} for line in plan.requirements]
    return {**_stated(plan), **({"requirements": lines} if lines else {})}


def _stated(value: Value) -> dict[str, Any]:
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    return {name: _plain(item) for name, item in fields.items() if not _says_nothing(item)}


def _says_nothing(value: object) -> bool:
    return value is None or (isinstance(value, FrozenMap | tuple | list | dict) and not value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a field
    if isinstance(value, FrozenMap):
        return value.thawed()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, WrittenNumber):
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
