"""Whether an org and its user are ready for a catalogue: rules over what the user sees, one generator each."""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.findings import Finding, Place
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import LEARNING_TYPES, Learning
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import AnyOf, AtLeast, Requirement
from learngraph.model.value import short
from learngraph.publish.org_objects import FIELD_HOMES
from learngraph.publish.org_sight import NEEDED, UNKNOWN_PATH, OrgSight
from learngraph.publish.pulled_faults import no_requirements_seen
from learngraph.publish.row_reading import visible_fields, written
from learngraph.salesforce.records import ACHIEVEMENT, COURSE, FOUNDATION_ITEM, LEARNING, OUTCOME_ITEM, PROGRAM

_OBJECT_SETTINGS = "Setup > Permission Sets > (the user's set) > Object Settings"
_CONFIG_PAGE = "Setup > Learning Achievement Configurations"
_OWN = {"course": COURSE, "program": PROGRAM}
_READ = {
    LEARNING: ("Id", "Name", "Type"),
    COURSE: ("Id", "LearningId"),
    PROGRAM: ("Id", "LearningId"),
    ACHIEVEMENT: ("Id", "RecordTypeId"),
    FOUNDATION_ITEM: ("Id", "LearningId", "LearningAchievementId", "Type", "MinimumNumericGrade"),
    OUTCOME_ITEM: ("Id", "LearningId", "LearningAchievementId", "IsPrimary", "MinimumNumericGrade"),
}
#: by type: what of a learning each field of an object holds
_OURS = {
    type_: {home: ours for ours, home in FIELD_HOMES.items() if ours in kind.model_fields}
    for type_, kind in LEARNING_TYPES.items()
}
_PICKLISTS = ("academic_level", "duration_unit", "course_level_description", "field_of_study")
_SPARE_CALLS = 100


def faults_of_sight(sight: OrgSight, graph: LearningGraph | None = None) -> Iterator[Finding]:
    """Tell what stands in the way of a catalogue; of any catalogue, where none is given.

    Examples
    --------
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> facts = OrgFacts("00D000000000001EAA", "ACME", sandbox=False, api_version="66.0")
    >>> next(faults_of_sight(OrgSight(facts, "it answers HTTP 503"))).message
    'the Learnings Graph resource does not answer: it answers HTTP 503'
    """
    yield from _resource(sight)
    yield from _types(sight, graph)
    yield from _readable(sight, graph)
    yield from _editable(sight, graph)
    yield from _external_ids(sight, graph)
    yield from _picklists(sight, graph)
    if sight.learnings and sight.requirements == 0:
        yield no_requirements_seen()
    yield from _calls(sight, graph)
    if not sight.facts.sandbox:
        hint = "what is sent here counts: try it in a sandbox first"
        yield Finding(Code.PRODUCTION_ORG, f"{sight.facts.name} is a production org", hint=hint)


def _resource(sight: OrgSight) -> Iterator[Finding]:
    if sight.resource:
        hint = (
            "switch Academic Operations on (Setup > Education Cloud Settings), assign the permission set "
            "Education Cloud Full Access, and use version 62.0 or newer"
        )
        # the same words may be said of a learning that nobody has, and this org is set up for learnings
        unsure = sight.resource == UNKNOWN_PATH and sight.achievement_types
        yield Finding(
            Code.NO_RESOURCE,
            f"the Learnings Graph resource {'may not' if unsure else 'does not'} answer: {sight.resource}",
            hint=hint,
            severity=Severity.WARNING if unsure else None,
        )


def _types(sight: OrgSight, graph: LearningGraph | None) -> Iterator[Finding]:
    """LG502: each learning, group and skill makes an achievement, whose record type the configuration names."""
    if sight.achievement_types is None:
        yield _config("the achievement types of the org are not visible to this user", "", Severity.WARNING)
        return
    there = {_plain(kind) for kind in sight.achievement_types}
    for kind, why in _needed_types(graph).items():
        if _plain(kind) not in there:
            yield _config(f"the achievement type {kind} is not configured, and {why} it", kind)


def _config(message: str, kind: str, severity: Severity | None = None) -> Finding:
    hint = f"add it in {_CONFIG_PAGE}, with a record type of Learning Achievement"
    return Finding(Code.TYPE_NOT_CONFIGURED, message, hint=hint, cause=kind or "config", severity=severity)


def _needed_types(graph: LearningGraph | None) -> dict[str, str]:
    if graph is None:
        return dict.fromkeys(("LearningCourse", "LearningProgram", "AchievementGroup"), "every catalogue needs")
    types = dict.fromkeys(one.type for one in graph)
    found = {f"Learning{type_.title()}": f"every {type_} needs" for type_ in types}
    requirements = (tree for one in graph for relation in REQUIREMENT_RELATIONS for tree in one.requirements(relation))
    if any(map(_has_choice, requirements)):
        found["AchievementGroup"] = "every any-of needs"
    if any(one.skills for one in graph):
        found["Skill"] = "every skill needs"
    return found


def _has_choice(tree: Requirement) -> bool:
    return isinstance(tree, AnyOf | AtLeast) or any(map(_has_choice, getattr(tree, "of", ())))


def _plain(kind: str) -> str:
    return "".join(filter(str.isalnum, kind)).casefold()


def _usable(graph: LearningGraph | None) -> Iterator[tuple[str, str]]:
    """Give the fields that the learnings of a catalogue may state, by object and name."""
    types = LEARNING_TYPES if graph is None else dict.fromkeys(one.type for one in graph)
    own = (home for type_ in types for home in _OURS[type_])
    yield from dict.fromkeys(chain(own, ((_OWN[one.type], name) for one in graph or () for name in one.custom_fields)))


def _stating(home: tuple[str, str], graph: LearningGraph) -> int:
    """Count the learnings that state what a field of an object holds."""
    return sum(
        (home in _OURS[one.type] and getattr(one, _OURS[one.type][home]) is not None)
        or (home[0] == _OWN[one.type] and home[1] in one.custom_fields)
        for one in graph
    )


def _objects(graph: LearningGraph | None) -> list[str]:
    types = LEARNING_TYPES if graph is None else {one.type: None for one in graph}
    return [name for name in NEEDED if name not in _OWN.values() or name in {_OWN[kind] for kind in types}]


def _readable(sight: OrgSight, graph: LearningGraph | None) -> Iterator[Finding]:
    """LG503: what is not read is taken for not there, and would be made a second time."""
    for name in _objects(graph):
        told = sight.described.get(name)
        if told is None or told.get("queryable") is False:
            yield _fault(Code.NOT_READABLE, name, "", "is not visible to this user", "read access")
            continue
        for field in _READ[name]:
            if field not in visible_fields(told):
                yield _fault(Code.NOT_READABLE, name, field, "is not visible to this user", "read access")


def _editable(sight: OrgSight, graph: LearningGraph | None) -> Iterator[Finding]:
    """LG504: the resource writes as this user, within the user's permissions."""
    severity = Severity.WARNING if graph is None else None
    for name, field in _usable(graph):
        told = sight.described.get(name)
        if told is None:
            continue
        visible = visible_fields(told)
        found = visible.get(written(field, visible))
        if found is None:
            fault = "is not there, or not visible to this user"
        elif found.get("createable") is False or found.get("updateable") is False:
            fault = "cannot be edited by this user"
        else:
            continue
        stating = 0 if graph is None else _stating((name, field), graph)
        if stating or graph is None:
            yield _fault(Code.NOT_EDITABLE, name, field, fault, "edit access", stating, severity)


def _fault(
    code: Code, name: str, field: str, fault: str, access: str, stating: int = 0,
    severity: Severity | None = None,
) -> Finding:  # fmt: skip
    what = f"{name}.{field}" if field else name
    states = f" ({stating:,} learnings state it)" if stating else ""
    hint = f"give {access} in {_OBJECT_SETTINGS} > {name}"
    return Finding(
        code, f"{what} {fault}{states}", hint=hint, cause=what, place=Place(name, field=field), severity=severity
    )


def _external_ids(sight: OrgSight, graph: LearningGraph | None) -> Iterator[Finding]:
    """LG505: only a unique external id keeps a request that is sent again from making a record twice."""
    if graph is None:
        return
    for kind in dict.fromkeys(one.type for one in graph):
        field, told = graph.options.external_id_field_of(kind), sight.described.get(_OWN[kind])
        if field is None or told is None:
            continue
        visible = visible_fields(told)
        found: Mapping[str, Any] | None = visible.get(written(field, visible))
        if found is None:
            fault = "is not there, or not visible to this user"
        elif missing := [word for flag, word in _FLAGS.items() if found.get(flag) is not True]:
            fault = f"is not {' and not '.join(missing)}"
        else:
            continue
        yield Finding(
            Code.NO_EXTERNAL_ID,
            f"the external-id field {_OWN[kind]}.{field} {fault}",
            hint=f"make it a text field with External ID and Unique ticked: Setup > Object Manager > {_OWN[kind]}",
            cause=f"{_OWN[kind]}.{field}",
            place=Place(_OWN[kind], field=field),
        )


_FLAGS = {"externalId": "an external id", "unique": "unique", "createable": "editable by this user"}


def value_sets_of(sight: OrgSight) -> dict[str, list[str]]:
    """Give the org's own picklists by our fields, as the setting `value_sets` of `Dialect` takes them."""
    return {ours: values for ours in _PICKLISTS if (values := _picklist(sight, ours)[0])}


def _picklist(sight: OrgSight, ours: str) -> tuple[list[str], bool]:
    """Give the active values of a picklist, none where it is not told, and whether it takes no others."""
    name, field = FIELD_HOMES[ours]
    told = visible_fields(sight.described.get(name)).get(field, {})
    values = told.get("picklistValues")
    listed = [one for one in values if isinstance(one, Mapping)] if isinstance(values, list) else []
    active = [one["value"] for one in listed if one.get("active") is not False and isinstance(one.get("value"), str)]
    return active, told.get("restrictedPicklist") is True


def _picklists(sight: OrgSight, graph: LearningGraph | None) -> Iterator[Finding]:
    """LG506: the org's own list counts, not the documented one."""
    for ours in _PICKLISTS if graph is not None else ():
        known, restricted = _picklist(sight, ours)
        if not known:
            continue
        name, field = FIELD_HOMES[ours]
        for value, keys in _others(graph or (), ours, known).items():
            yield Finding(
                Code.NOT_IN_PICKLIST,
                f"{name}.{field} has no value {short(value)} in this org, and {len(keys):,} learnings state it",
                keys=(keys[0],),
                cause=f"{field}: {value}",
                place=Place(name, field=field),
                hint=f"add the value in Setup > Object Manager > {name} > {field}, or state another",
                severity=Severity.ERROR if restricted else None,
            )


def _others(learnings: Iterable[Learning], ours: str, known: Container[str]) -> dict[str, list[str]]:
    """Give the values that are not known, and the learnings that state each."""
    found: dict[str, list[str]] = {}
    for one in learnings:
        if (value := getattr(one, ours, None)) and value not in known:
            found.setdefault(value, []).append(one.key)
    return found


def calls_needed(graph: LearningGraph | None) -> int:
    """Give how many requests a catalogue may need, by a generous guess: one a learning, and some to spare."""
    return _SPARE_CALLS + (0 if graph is None else len(graph))


def _calls(sight: OrgSight, graph: LearningGraph | None) -> Iterator[Finding]:
    needed = calls_needed(graph)
    if sight.calls_left is not None and sight.calls_left < needed:
        message = f"{sight.calls_left:,} of the org's {sight.calls_a_day or 0:,} API calls a day are left"
        hint = f"a publish may need up to {needed:,}: wait for tomorrow, or see Setup > Company Information"
        yield Finding(Code.FEW_CALLS_LEFT, message, hint=hint)
