"""What catalogues can hold, for laws: keys, requirements, learnings and graphs with the whole alphabet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Course,
    Credits,
    DegreePlan,
    Learning,
    LearningGraph,
    Need,
    Options,
    Outcome,
    PlanRequirement,
    Program,
    ProgramPlan,
    Provider,
    RecordIds,
    Requirement,
    Skill,
    Timing,
)
from learngraph.graph.learning_graph import OrgStamp
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import needs
from learngraph.model.salesforce_id import checksum, is_salesforce_id

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_UNITS = ("Clock Hours", "Continuing Education Units", "Credit Hours", "No Credit", "Other")
_LEVELS = ("Adult Education", "Doctoral", "Graduate", "High School", "Undergraduate")
_ODD = (" ", "/", '"', "'", "\\", "A B/C", "BLG 1É", "數學 101", "🎓", "<b>&amp;</b>", "a,b;c", "null", "0", "-1")

#: texts that are not empty, strange ones included
texts = st.text(min_size=1, max_size=12) | st.sampled_from(_ODD)
#: numbers that are exact: whole ones stay whole, halves stay halves
numbers = st.integers(0, 300) | st.integers(0, 2000).map(lambda n: n / 8) | st.sampled_from((6.5, 0.1, 1e-3, 7.0))
#: minimum grades on a four-point scale, whole and broken
grades = st.sampled_from((0, 1, 2, 3, 4, 1.7, 2.5, 2.7, 3.3, 3.7, 4.0))
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
timings = st.sampled_from(tuple(Timing))


def keys() -> st.SearchStrategy[str]:
    """Keys as universities write them, and any other text that is not empty."""
    subjects = st.sampled_from(("CS", "MATH", "BLG", "PHIL", "ÉCO", "A&S", "CS-"))
    realistic = st.builds(
        "{}{}{}{}".format,
        subjects,
        st.sampled_from((" ", "-", "", "  ")),
        st.integers(0, 999),
        st.sampled_from(("", "L", "H", "E")),
    )
    return realistic | texts


def json_values() -> st.SearchStrategy[Any]:
    """Anything that JSON holds, a few levels deep."""
    plain = st.none() | st.booleans() | numbers | st.integers(-(2**53), 2**53) | st.text(max_size=8)
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_property_names(), inner, max_size=3),
        max_leaves=5,
    )


def record_ids(prefix: str) -> st.SearchStrategy[str]:
    """Salesforce ids of 18 characters with a right checksum."""
    return st.integers(0, 62**6 - 1).map(lambda number: record_id(prefix, number))


def _foreign_ids() -> st.SearchStrategy[str]:
    """Ids of learnings that `graphs` gives to no learning but as its key."""
    return st.integers(0, 9).map(lambda number: record_id("0ty", number, pod="xxG00q"))


def record_id(prefix: str, number: int, pod: str = "LT0000") -> str:
    """The id with a number, so that different numbers give different ids."""
    body = ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        body = _DIGITS[digit] + body
    short = prefix + pod + body
    return short + checksum(short)


def requirements(
    references: st.SearchStrategy[str] | None = None,
    *,
    conditions: bool = True,
    with_grades: bool = True,
    with_timings: bool = True,
    durations: bool = True,
    at_least: bool = True,
    max_leaves: int = 6,
) -> st.SearchStrategy[Requirement]:
    """Trees of all kinds over some keys; each kind of content can be left out."""
    none = st.none()
    durable = st.tuples(numbers, none | st.sampled_from(_UNITS)) if durations else st.nothing()
    single = st.builds(
        lambda key, grade, timing, duration: Need(
            key, minimum_grade=grade, timing=timing, duration=duration[0], duration_unit=duration[1]
        ),
        keys() if references is None else references,
        none | grades if with_grades else none,
        none | timings if with_timings else none,
        st.just((None, None)) | durable,
    )
    wishes = st.sampled_from(("consent of instructor", "senior standing", "audition")) | texts
    leaves: st.SearchStrategy[Requirement] = single | wishes.map(Condition) if conditions else single
    return st.recursive(leaves, lambda inner: _branches(inner, at_least=at_least), max_leaves=max_leaves)


def _branches(inner: st.SearchStrategy[Requirement], *, at_least: bool) -> st.SearchStrategy[Requirement]:
    parts = st.lists(inner, min_size=1, max_size=4)
    branches: st.SearchStrategy[Requirement] = parts.map(AnyOf) | parts.map(AllOf)
    if not at_least:
        return branches
    counted = parts.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: AtLeast(count, of)))
    return branches | counted


def learnings(
    own_keys: st.SearchStrategy[str] | None = None,
    *,
    references: st.SearchStrategy[str] | None = None,
    program: bool | None = None,
    **of_requirements: Any,
) -> st.SearchStrategy[Learning]:
    """Courses and programs that state any of their fields.

    `references` are the keys that they name; `of_requirements` go to `requirements`.
    """
    if program is None:
        return st.one_of(
            learnings(own_keys, references=references, program=False, **of_requirements),
            learnings(own_keys, references=references, program=True, **of_requirements),
        )
    required: dict[str, st.SearchStrategy[Any]] = {"key": keys() if own_keys is None else own_keys}
    references = keys() if references is None else references
    trees = st.lists(requirements(references, **of_requirements), max_size=3)
    named = st.lists(references, max_size=2, unique=True)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "name": texts,
        "provider": texts,
        "description": texts,
        "active": st.booleans(),
        "active_from": days,
        "active_to": days,
        "duration": numbers,
        "duration_unit": st.sampled_from(_UNITS) | texts,
        "cip_code": st.sampled_from(("11.0101", "27.0101", "11")),
        "academic_level": st.sampled_from(_LEVELS) | texts,
        "prerequisites": trees,
        "corequisites": trees,
        "recommended": trees,
        "outcomes": st.lists(_outcomes(references), max_size=2),
        "skills": st.lists(_skills(), max_size=2),
        "equivalents": named,
        "exclusions": named,
        "external_id": texts,
        "custom_fields": custom_fields(),
        "salesforce": _salesforce(is_program=program),
    }
    if program:
        optional["top_level_program"] = st.booleans()
        return st.fixed_dictionaries(required, optional=optional).map(lambda stated: Program(**stated))
    optional |= {
        "subject_abbreviation": texts,
        "course_number": st.sampled_from(("601", "007", "101L")) | texts | st.integers(0, 9999),
        "course_level_description": st.sampled_from(("Advanced", "Basic")) | texts,
        "field_of_study": st.sampled_from(("Mathematics", "Science")) | texts,
    }
    return st.fixed_dictionaries(required, optional=optional).map(lambda stated: Course(**stated))


def custom_fields() -> st.SearchStrategy[dict[str, Any]]:
    """Custom fields with JSON values."""
    return st.dictionaries(_property_names(), json_values(), max_size=3)


def _property_names() -> st.SearchStrategy[str]:
    # no invisible characters: reading removes them from the names of properties, with a warning
    return st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,6}(__c)?", fullmatch=True) | st.sampled_from(("Größe__c", "a b"))


def _outcomes(references: st.SearchStrategy[str]) -> st.SearchStrategy[Outcome]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "minimum_grade": grades,
        "duration": numbers,
        "duration_unit": st.sampled_from(_UNITS),
        "primary": st.booleans(),
    }
    achievement: dict[str, st.SearchStrategy[Any]] = {"achievement": references}
    fields = st.fixed_dictionaries(achievement, optional=optional)
    return fields.map(lambda stated: Outcome(**stated))


def _skills() -> st.SearchStrategy[Skill]:
    optional = {"description": texts, "achievement": record_ids("0u9")}
    return st.fixed_dictionaries({"name": texts}, optional=optional).map(lambda stated: Skill(**stated))


def _salesforce(*, is_program: bool) -> st.SearchStrategy[RecordIds]:
    field, prefix = ("program_id", "0u2") if is_program else ("course_id", "0vY")
    own = st.none() | record_ids(prefix)
    known = st.builds(
        lambda learning_id, own_id: RecordIds(**{"learning_id": learning_id, field: own_id}), record_ids("0ty"), own
    )
    return st.just(RecordIds()) | known


@cache
def all_options() -> st.SearchStrategy[Options]:
    """Options that state anything: scales, defaults, settings of the dialect."""
    scales = st.sampled_from(("us", "itu")) | st.dictionaries(texts, st.none() | grades, max_size=4)
    defaults = st.fixed_dictionaries(
        {},
        optional={
            "active": st.booleans(),
            "provider": texts,
            "duration_unit": st.sampled_from(_UNITS),
            "academic_level": st.sampled_from(_LEVELS),
            "top_level_program": st.booleans(),
            "field_of_study": texts,
        },
    )
    settings = st.fixed_dictionaries(
        {},
        optional={
            "bodies": st.sampled_from(("minimal", "documented")),
            "dates": st.sampled_from(("datetime", "date")),
            "group": st.sampled_from(("any_of", "all_of")),
            "corequisite": st.sampled_from(("before_or_with", "with")),
            "mixed_timings": st.sampled_from(("refuse", "corequisite", "prerequisite")),
            "patch_outcomes": st.sampled_from(("add", "replace")),
            "unstated": st.sampled_from(("keep", "clear")),
            "clear_with": st.sampled_from(("null", "empty")),
            "batch_size": st.integers(1, 30),
            "clause_limit": st.integers(1, 200),
            "value_sets": st.just({"academic_level": ["Master"]}),
            "text_lengths": st.just({"name": 80, "description": 1000}),
        },
    )
    optional: dict[str, st.SearchStrategy[Any]] = {
        "name": texts,
        "institution": texts,
        "catalogue_year": st.sampled_from(("2026-27", "2027")),
        "system_type": st.sampled_from(("semester", "quarter")),
        "degree_type": texts,
        "cip_code": texts,
        "grades": scales,
        "external_id_field": st.sampled_from(("External_ID__c", "Code__c")),
        "program_external_id_field": st.just("Program_ID__c"),
        "corequisite_timing": timings,
        "unknown_references": st.sampled_from(("refuse", "leave_out")),
        "defaults": defaults,
        "dialect": settings,
    }
    return st.fixed_dictionaries({}, optional=optional).map(lambda stated: Options(**stated))


@st.composite
def graphs(
    draw: st.DrawFn,
    /,
    *,
    max_size: int = 4,
    options: Options | None = None,
    missing: bool = True,
    records: bool = True,
    plans: bool = True,
    acyclic: bool = False,
    **of_requirements: Any,
) -> LearningGraph:
    """Whole catalogues.

    Parameters
    ----------
    missing
        Whether requirements and all else may name what is not there.
    records
        Whether learnings and achievements may have record ids (and be named by them).
    plans
        Whether there may be program plans and degree plans.
    acyclic
        Whether no requirement may lead back, sooner or later, to the learning that states it.
    of_requirements
        What `requirements` is told.
    """
    # all is drawn with numbers in place of references, which then get their names: the strategies
    # stay the same from one graph to the next, and that is much quicker
    drafts = draw(_drafts(max_size, ids=records, **of_requirements))
    drawn = draw(_parts(plans=plans))
    own_keys = [draft.key for draft in drafts]
    places = {key: place for place, key in enumerate(own_keys)}
    drafts = [_with_records(draft, places[draft.key], records=records) for draft in drafts]
    achievements = [
        each if records else each.replaced(record_id=None) for each in drawn.achievements if each.key not in places
    ]
    granted = [each.key for each in achievements]
    strangers = [key for key in drawn.strangers if missing and not (acyclic and key in places)]
    names = [_names(draft) for draft in drafts]
    anything = [name for group in names for name in group] + strangers
    order = draw(st.permutations(range(len(drafts))))
    before = {place: [name for other in order[:rank] for name in names[other]] for rank, place in enumerate(order)}
    return LearningGraph(
        [
            _named(
                draft,
                anything=anything,
                needed=before[place] + strangers if acyclic else anything + granted,
                granted=granted + strangers,
            )
            for place, draft in enumerate(drafts)
        ],
        options=draw(all_options()) if options is None else options,
        achievements=achievements,
        providers=drawn.providers,
        program_plans=[_named_plan(plan, anything) for plan in drawn.program_plans if anything],
        degree_plans=[_named_way(plan, anything) for plan in drawn.degree_plans if anything],
        org=drawn.org,
    )


def acyclic_graphs(*, missing: bool = False, **parts: Any) -> st.SearchStrategy[LearningGraph]:
    """Catalogues in which requirements never run in a circle, and name only learnings that are there."""
    return graphs(acyclic=True, missing=missing, **parts)


_NUMBERS = st.integers(0, 9).map(str)  # in place of references


@cache
def _drafts(max_size: int, *, ids: bool, **of_requirements: Any) -> st.SearchStrategy[list[Learning]]:
    own_keys = keys() | _foreign_ids() if ids else keys()
    drafts = learnings(own_keys, references=_NUMBERS, **of_requirements)
    return st.lists(drafts, max_size=max_size, unique_by=lambda draft: draft.key)


@dataclass(frozen=True)
class _Parts:
    achievements: list[Achievement]
    providers: list[Provider]
    strangers: list[str]
    program_plans: list[ProgramPlan]
    degree_plans: list[DegreePlan]
    org: OrgStamp


@cache
def _parts(*, plans: bool) -> st.SearchStrategy[_Parts]:
    achievements = st.builds(
        Achievement,
        key=st.sampled_from(("badge", "certificate")) | keys(),
        name=st.none() | texts,
        kind=st.sampled_from((None, "Custom", "Skill")),
        record_id=st.none() | record_ids("0u9"),
    )
    providers = st.builds(Provider, key=texts, name=st.none() | texts, record_id=st.none() | record_ids("001"))
    trees = requirements(_NUMBERS, max_leaves=3)
    lines = st.builds(
        PlanRequirement,
        name=st.none() | texts,
        group=st.none() | texts,
        sequence=st.none() | st.integers(0, 20),
        needs=trees | st.builds(Credits, credits=numbers, of=st.lists(trees, min_size=1, max_size=2)),
    )
    program_plans = st.builds(
        ProgramPlan,
        key=st.sampled_from(("plan", "plan 2026")),
        program=_NUMBERS,
        name=st.none() | texts,
        active=st.none() | st.booleans(),
        active_from=st.none() | days,
        active_to=st.none() | days,
        version=st.none() | st.integers(0, 20),
        requirements=st.lists(lines, max_size=2),
    )
    degree_plans = st.builds(
        DegreePlan,
        key=st.sampled_from(("way", "way 2026")),
        program=st.none() | _NUMBERS,
        name=st.none() | texts,
        terms=st.lists(st.lists(_NUMBERS, max_size=3), max_size=3),
    )
    most = 1 if plans else 0
    return st.builds(
        _Parts,
        achievements=st.lists(achievements, max_size=2, unique_by=(lambda each: each.key, _record_of)),
        providers=st.lists(providers, max_size=2, unique_by=lambda each: each.key),
        strangers=st.lists(keys() | _foreign_ids(), max_size=2),
        program_plans=st.lists(program_plans, max_size=most),
        degree_plans=st.lists(degree_plans, max_size=most),
        org=st.builds(
            OrgStamp,
            org=st.none() | record_ids("00D"),
            sandbox=st.none() | st.booleans(),
            answered=st.booleans(),
        ),
    )


def _record_of(achievement: Achievement) -> str:
    return achievement.record_id or achievement.key


def _with_records(draft: Learning, place: int, *, records: bool) -> Learning:
    """Ids that belong to this place alone, where the draft has ids."""
    if is_salesforce_id(draft.key):  # the key stands for the record, whether the ids say so or not
        return draft.replaced(salesforce=RecordIds(learning_id=draft.key if draft.record_id else None))
    if not records or not draft.record_id:
        return draft.replaced(salesforce=RecordIds())
    own = "program_id" if isinstance(draft, Program) else "course_id"
    prefix = "0u2" if isinstance(draft, Program) else "0vY"
    own_id = record_id(prefix, place) if getattr(draft.salesforce, own) else None
    return draft.replaced(salesforce=RecordIds(**{"learning_id": record_id("0ty", place), own: own_id}))


def _names(learning: Learning) -> list[str]:
    """The key, and the forms of the id that stand for the same learning."""
    record = learning.record_id
    return [learning.key, record, record[:15]] if record else [learning.key]


def _name(number: str, names: Sequence[str]) -> str:
    return names[int(number) % len(names)]


def _named(learning: Learning, *, anything: list[str], needed: list[str], granted: list[str]) -> Learning:
    """Put names in the place of numbers; what there is no name for is left out."""
    relations = {
        relation.field: [
            _named_tree(tree, needed) for tree in learning.requirements(relation) if needed or not any(needs((tree,)))
        ]
        for relation in REQUIREMENT_RELATIONS
    }
    outcomes = [each.replaced(achievement=_name(each.achievement, granted)) for each in learning.outcomes if granted]
    lists = {
        name: list(dict.fromkeys(_name(number, anything) for number in getattr(learning, name)))
        for name in ("equivalents", "exclusions")
    }
    return learning.replaced(**relations, outcomes=outcomes, **lists)


def _named_tree(tree: Requirement, names: Sequence[str]) -> Requirement:
    match tree:
        case Need():
            return tree.replaced(key=_name(tree.key, names))
        case Condition():
            return tree
        case AtLeast():
            return AtLeast(tree.count, [_named_tree(part, names) for part in tree.of])
    return type(tree)([_named_tree(part, names) for part in tree.of])


def _named_plan(plan: ProgramPlan, names: Sequence[str]) -> ProgramPlan:
    lines = [line.replaced(needs=_named_needs(line.needs, names)) for line in plan.requirements]
    return plan.replaced(program=_name(plan.program, names), requirements=lines)


def _named_needs(wanted: Requirement | Credits, names: Sequence[str]) -> Requirement | Credits:
    if isinstance(wanted, Credits):
        return wanted.replaced(of=[_named_tree(part, names) for part in wanted.of])
    return _named_tree(wanted, names)


def _named_way(plan: DegreePlan, names: Sequence[str]) -> DegreePlan:
    terms = [[_name(number, names) for number in term] for term in plan.terms]
    return plan.replaced(program=None if plan.program is None else _name(plan.program, names), terms=terms)
