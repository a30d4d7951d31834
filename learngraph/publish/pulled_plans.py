"""Program plans of an org: a line asks for an achievement, and who grants it is what may be taken."""

from collections.abc import Callable, Mapping

from learngraph.codes import Code
from learngraph.files.intake import Intake
from learngraph.findings import Place
from learngraph.model.program_plan import Credits, PlanNeeds, PlanRequirement, ProgramPlan
from learngraph.model.relation import Relation
from learngraph.model.requirement import AnyOf, Condition, Requirement
from learngraph.publish.org_objects import PLAN, PLAN_LINE
from learngraph.publish.org_rows import OrgRows, Row, id_in, text_in, whole_in
from learngraph.publish.pulled_keys import Keys
from learngraph.publish.pulled_records import Records
from learngraph.salesforce.records import PROGRAM
from learngraph.salesforce.snapshot import FoundationItem


def plans_of(
    rows: OrgRows,
    records: Records,
    names: Mapping[str, str],
    intake: Intake,
    requirement: Callable[[FoundationItem], Requirement],
) -> list[ProgramPlan]:
    """Read the plans; `names` are keys by ids, `requirement` says what an item asks for."""
    programs = {identity: names.get(id_in(row, "LearningId")) for identity, row in rows.of(PROGRAM).items()}
    plans = rows.of(PLAN)
    keys = Keys()
    given = keys.give({identity: [text_in(row, "Name")] for identity, row in plans.items()})
    intake.extend(keys.findings)
    lines: dict[str, list[Row]] = {}
    for row in rows.of(PLAN_LINE).values():
        lines.setdefault(id_in(row, "LearningProgramPlanId"), []).append(row)
    found = []
    for identity, row in plans.items():
        program = programs.get(id_in(row, "LearningProgramId"))
        if program is None:
            _orphan(intake, PLAN, row, "belongs to no program that was read")
            continue
        made = [line for each in sorted(lines.pop(identity, ()), key=_sequence)
                if (line := _line(each, records, plans, intake, requirement)) is not None]  # fmt: skip
        plan = intake.made(ProgramPlan, {**_fields(row), "key": given[identity], "program": program,
                                         "requirements": made}, Place(PLAN, record=identity))  # fmt: skip
        found.extend([plan] if plan is not None else [])
    for rest in lines.values():
        for row in rest:
            if id_in(row, "LearningProgramPlanId") not in plans:
                _orphan(intake, PLAN_LINE, row, "belongs to no plan that was read")
    return found


def _sequence(row: Row) -> tuple[bool, int]:
    place = whole_in(row, "SequenceNumber")
    return place is None, place or 0


def _fields(row: Row) -> dict[str, object]:
    stated = {
        "name": text_in(row, "Name"),
        "active": row.get("IsActive"),
        "active_from": row.get("ActiveFromDate"),
        "active_to": row.get("ActiveToDate"),
        "version": whole_in(row, "VersionNumber"),
    }
    return {name: value for name, value in stated.items() if value is not None}


def _line(
    row: Row,
    records: Records,
    plans: Mapping[str, Row],
    intake: Intake,
    requirement: Callable[[FoundationItem], Requirement],
) -> PlanRequirement | None:
    needs = _needs(row, records, plans, intake, requirement)
    if needs is None:
        return None
    fields = {
        "name": text_in(row, "Name"),
        "group": text_in(row, "GroupName"),
        "sequence": whole_in(row, "SequenceNumber"),
        "needs": needs,
    }
    return intake.made(PlanRequirement, fields, Place(PLAN_LINE, record=id_in(row, "Id")))


def _needs(
    row: Row,
    records: Records,
    plans: Mapping[str, Row],
    intake: Intake,
    requirement: Callable[[FoundationItem], Requirement],
) -> PlanNeeds | None:
    achievement = id_in(row, "LearningAchievementId")
    if achievement:
        item = records.item(row, Relation.PREREQUISITE, achievement)
        needed = requirement(item)
        if isinstance(needed, AnyOf) and item.is_group and item.duration is not None:
            return Credits(credits=item.duration, of=needed.of)
        return needed
    reused = id_in(row, "ReusableLearningProgramPlanId")
    if not reused:
        _orphan(intake, PLAN_LINE, row, "asks for nothing")
        return None
    # plans may reuse one another in a circle, and a document has no plan inside a plan
    name = text_in(plans.get(reused, {}), "Name") or reused
    intake.find(
        Code.PLAN_IN_PLAN, f"asks for the plan {name}: read as a condition", key="",
        place=Place(PLAN_LINE, record=id_in(row, "Id")), cause=name, hint="write its lines into this plan, too",
    )  # fmt: skip
    return Condition(f"the program plan {name}")


def _orphan(intake: Intake, name: str, row: Row, why: str) -> None:
    place = Place(name, record=id_in(row, "Id"))
    hint = "delete it, or give this user access to what it belongs to"
    intake.find(Code.ORPHAN_RECORD, f"{why}: left out", place=place, cause=name, hint=hint)
