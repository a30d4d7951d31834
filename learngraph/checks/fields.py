"""Fields: what single values of a learning hold."""

import re
from collections.abc import Iterator

from learngraph.checks.case import Case
from learngraph.codes import Code
from learngraph.findings import Finding, Place
from learngraph.model.learning import Learning
from learngraph.model.program_plan import Credits
from learngraph.model.value import short
from learngraph.salesforce.value_sets import VALUE_SETS

_LARGEST_DURATION = 100_000
_LARGEST_GRADE = 1_000


def value_sets(case: Case) -> Iterator[Finding]:
    """LG301: picklists hold documented values, or the org's own where the dialect lists them."""
    sets = {**{name: frozenset(values) for name, values in VALUE_SETS.items()}, **_own_sets(case)}
    for learning in case.graph:
        for field, known in sets.items():
            value = getattr(learning, field, None)
            if value and value not in known:
                message = f"its {field} {short(value)} is not in the documented list"
                hint = "use a listed value, or list the org's own in value_sets"
                cause = f"{field} {value}"
                yield _about(learning, Code.NOT_IN_VALUE_SET, field, message, hint=hint, cause=cause)


def duration_units(case: Case) -> Iterator[Finding]:
    """LG301: the units of requirements and outcomes are of the same list as those of learnings."""
    known = _own_sets(case).get("duration_unit", frozenset(VALUE_SETS["duration_unit"]))
    for learning, field, _, unit in case.durations:
        if field != "duration" and unit and unit not in known:
            message = f"the duration unit {short(unit)} in {field} is not in the documented list"
            hint = "use a listed value, or list the org's own in value_sets"
            yield _about(learning, Code.NOT_IN_VALUE_SET, field, message, hint=hint, cause=f"duration_unit {unit}")


def _own_sets(case: Case) -> dict[str, frozenset[str]]:
    return {name: frozenset(map(str, values)) for name, values in case.dialect.value_sets.items()}


def active_not_stated(case: Case) -> Iterator[Finding]:
    """LG302: a new learning says whether it is active, since the org makes it inactive."""
    message = "does not say whether it is active: the org will make it inactive"
    hint = "say so, or for all at once in options.defaults or with --set defaults.active=true"
    for learning in case.graph:
        if learning.active is None and learning.record_id is None:
            yield Finding(Code.ACTIVE_NOT_STATED, message, keys=(learning.key,), hint=hint)


def starts_after_end(case: Case) -> Iterator[Finding]:
    """LG303: an active period ends after it starts."""
    for item in (*case.graph, *case.graph.program_plans):
        if item.active_from and item.active_to and item.active_from > item.active_to:
            message = f"is active from {item.active_from} to {item.active_to}"
            yield Finding(
                Code.STARTS_AFTER_END, message, keys=(item.key,), hint="swap the dates, or correct the wrong one"
            )


_CIP = re.compile(r"[0-9]{2}\.[0-9]{4}")
_NUMBER = re.compile(r"(\d{1,2})(?:\.(\d{1,4}))?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTH = re.compile(r"[A-Za-z]{3}[-. ]?\d+|\d+[-. ][A-Za-z]{3}|\d+[-/]\d+([-/]\d+)?")


def cip_codes(case: Case) -> Iterator[Finding]:
    """LG304: a CIP code is two digits, a point and four digits, which spreadsheets like to damage."""
    for learning in case.graph:
        code = learning.cip_code
        if code and not _CIP.fullmatch(code):
            message = f"its CIP code {short(code)} is not of the form 00.0000"
            yield _about(learning, Code.CIP_CODE, "cip_code", message, hint=_cip_hint(code), cause=code)


def _cip_hint(code: str) -> str:
    if number := _NUMBER.fullmatch(code.strip()):
        whole = f"{number[1]:0>2}.{number[2] or '':0<4}"
        return f"a spreadsheet may have dropped zeros: {whole}?"
    if _SERIAL.fullmatch(code.strip()) or _MONTH.fullmatch(code.strip()):
        return "a spreadsheet has made a date of it: type it again as text"
    return "write it as 11.0101"


def durations_without_unit(case: Case) -> Iterator[Finding]:
    """LG308: a duration says in what it is counted."""
    for learning, field, duration, unit in case.durations:
        if duration is not None and not unit:
            message = f"the duration {short(duration)} in {field} has no unit"
            yield _about(learning, Code.DURATION_WITHOUT_UNIT, field, message, hint="write for instance Credit Hours")


def implausible_numbers(case: Case) -> Iterator[Finding]:
    """LG309: durations and grades are neither negative nor huge."""
    for learning, field, duration, _ in case.durations:
        if duration is not None and not 0 <= duration <= _LARGEST_DURATION:
            yield _implausible(learning, field, "duration", duration)
    for learning, field, grade in case.grades:
        if not 0 <= grade <= _LARGEST_GRADE:
            yield _implausible(learning, field, "grade", grade)
    for plan in case.graph.program_plans:
        for line in plan.requirements:
            number = line.needs.credits if isinstance(line.needs, Credits) else 0
            if not 0 <= number <= _LARGEST_DURATION:
                fault = "negative" if number < 0 else "too large"
                message = f"the credits in its requirements are {fault}: {short(number)}"
                yield Finding(Code.IMPLAUSIBLE_NUMBER, message, keys=(plan.key,), hint="mend the number")


def _implausible(learning: Learning, field: str, what: str, number: float) -> Finding:
    fault = "negative" if number < 0 else "too large"
    return _about(
        learning, Code.IMPLAUSIBLE_NUMBER, field, f"the {what} in {field} is {fault}: {short(number)}",
        hint="mend the number",
    )  # fmt: skip


def grades_above_scale(case: Case) -> Iterator[Finding]:
    """LG310: a minimum grade can be reached on the catalogue's scale."""
    top = case.graph.options.scale.top
    if top is None:
        return
    for learning, field, grade in case.grades:
        if top < grade <= _LARGEST_GRADE:
            message = f"the grade {short(grade)} in {field} is above the best grade of the scale, {top}"
            hint = "mend it, or name the scale in options.grades"
            yield _about(learning, Code.GRADE_ABOVE_SCALE, field, message, hint=hint, cause=str(grade))


def missing_names(case: Case) -> Iterator[Finding]:
    """LG311: a new learning has a name, which the org requires; one that has a record keeps the org's."""
    for learning in case.graph:
        if learning.record_id is None and not (learning.name and learning.name.strip()):
            yield _about(learning, Code.MISSING_NAME, "name", "has no name", hint="give it one")


def _about(learning: Learning, code: Code, field: str, message: str, *, hint: str = "", cause: str = "") -> Finding:
    return Finding(code, message, keys=(learning.key,), hint=hint, cause=cause, place=Place(field=field))
