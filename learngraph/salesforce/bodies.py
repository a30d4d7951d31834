"""The parts of request bodies, as documented: pure functions of values, keys in a fixed order.

Absent values are left out: equal learnings give equal bytes. Page names are those of the Education
Cloud Developer Guide.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from learngraph.logic.implication import Clause
from learngraph.model.learning import Learning, WrittenNumber
from learngraph.model.outcome import Outcome, Skill
from learngraph.model.requirement import Need
from learngraph.model.value import FrozenMap
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.names import CUSTOM_FIELDS, FIELDS, GROUP, IDS, LEARNING_TYPE, SINGLE, SKILL

Json: TypeAlias = Any
Body: TypeAlias = dict[str, Json]


def is_nothing(value: object) -> bool:
    """Whether a value says nothing: absent, null and "" are one."""
    return value is None or value == ""


def field_values(learning: Learning, dialect: Dialect, *, provider: str | None) -> Body:
    """Give what LearningInput says of a learning by itself, without ids, type and custom fields.

    `provider` is the id of the provider's account, which replaces the key that the learning states.
    """
    stated = {name: getattr(learning, field, None) for name, field in FIELDS}
    stated["provider"] = provider
    return {name: wire_value(name, value, dialect) for name, value in stated.items() if not is_nothing(value)}


def wire_value(name: str, value: object, dialect: Dialect) -> Json:
    """Write one value as the property of this name has it."""
    if isinstance(value, date):
        # the guide's examples give days a time that its own REST pages do not allow for dates
        moment = "23:59:59" if name == "activeToDate" else "00:00:00"
        return f"{value.isoformat()}T{moment}.00Z" if dialect.dates == "datetime" else value.isoformat()
    if isinstance(value, WrittenNumber):
        return int(value)
    return value.thawed() if isinstance(value, FrozenMap) else value


def learning_input(learning: Learning, *, ids: Mapping[str, str | None], fields: Body, custom: Body) -> Body:
    """Put a LearningInput together: ids, type, fields, and custom fields where there are any."""
    body: Body = {name: ids[field] for name, field in IDS if ids.get(field)}
    body["type"] = LEARNING_TYPE[learning.type]
    body.update(fields)
    if custom:
        body[CUSTOM_FIELDS[learning.type]] = custom
    return body


def achievement_mapping(clause: Clause, references: Mapping[str, Body]) -> Body:
    """Write a clause: one need as a Single Achievement, several as a Group Achievement.

    `references` says for each key how the org is told of it.
    """
    if len(clause) == 1:
        return _single(clause[0], references[clause[0].key])
    contributors = [_contributor(need, references[need.key]) for need in clause]
    return {"type": GROUP, "achievementContributors": contributors}


def _single(need: Need, reference: Body) -> Body:
    stated = {
        "type": SINGLE,
        "minimumGrade": need.minimum_grade,
        "duration": need.duration,
        "durationUnit": need.duration_unit,
    }
    return {**_stated(stated), **reference}


def _contributor(need: Need, reference: Body) -> Body:
    # AchievementContributorInput calls `id` what a Single Achievement calls `learningId`
    target = {"id" if name == "learningId" else name: value for name, value in reference.items()}
    return {**target, **_stated({"minimumGrade": need.minimum_grade}), "type": "Learning"}


def outcome_mapping(outcome: Outcome, achievement_id: str) -> Body:
    """Write an outcome as a Single Achievement."""
    stated = {
        "type": SINGLE,
        "minimumGrade": outcome.minimum_grade,
        "duration": outcome.duration,
        "durationUnit": outcome.duration_unit,
        "isPrimary": outcome.primary,
        "learningAchievementId": achievement_id,
    }
    return _stated(stated)


def skill_mapping(skill: Skill) -> Body:
    """Write a skill, which the org makes or links by its achievement."""
    stated = {
        "type": SKILL,
        "name": skill.name,
        "description": skill.description,
        "learningAchievementId": skill.achievement,
    }
    return _stated(stated)


def with_lists(body: Body, lists: Iterable[tuple[str, list[Body]]]) -> Body:
    """Add the lists that hold anything."""
    return {**body, **{name: items for name, items in lists if items}}


def _stated(values: Body) -> Body:
    return {name: value for name, value in values.items() if not is_nothing(value)}
