"""Answers of the org, read tolerantly: every misspelling of the documentation is known and read past."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learngraph.codes import Code
from learngraph.findings import Finding, Place
from learngraph.model.options import Options
from learngraph.model.relation import Relation
from learngraph.model.salesforce_id import canonical
from learngraph.model.value import short
from learngraph.salesforce.bodies import is_nothing
from learngraph.salesforce.names import CUSTOM_FIELDS, FIELDS, IDS, RELATIONS
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem

#: examples of the guide give the names of types where values belong
_PLACEHOLDERS = frozenset({"string", "integer", "boolean", "double", "number"})

#: spellings of the guide's examples that its tables do not have
_MISSPELT = {
    "fullfilledBy": "fulfilledBy",
    "successeCount": "successCount",
    "learningOutcome": "learningOutcomeItem",
}

#: names that only the answer to a POST or PATCH has
_MANAGE = ("details", "successCount", "successeCount", "failureCount")

_LEARNING_NAMES = {
    *dict(FIELDS),
    *dict(IDS),
    *CUSTOM_FIELDS.values(),
    "type",
    "minimumGrade",
    "minimumNumericGrade",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One learning as an org answered it: a record in the words of documents, and the items behind it."""

    record: dict[str, Any]
    requirements: tuple[FoundationItem, ...]
    outcomes: tuple[OutcomeItem, ...]


def is_manage_answer(raw: Mapping[str, Any]) -> bool:
    """Whether this is the answer to a POST or PATCH, which holds no learnings."""
    return any(name in raw for name in _MANAGE)


def read_answer(raw: Mapping[str, Any], place: Place, options: Options) -> tuple[Answer | None, list[Finding]]:
    """Read the answer to a Get Learning; None where it holds no learning."""
    reader = _Reader(place)
    reader.errors(raw)
    learning = raw.get("learning")
    if not isinstance(learning, Mapping) or not any(_value(item) is not None for item in learning.values()):
        if not reader.findings:
            reader.find(Code.UNREADABLE_RECORD, "holds no learning")
        return None, reader.findings
    record = reader.learning(learning, options)
    items = tuple(item for name, relation in RELATIONS.items() for item in reader.requirements(raw.get(name), relation))
    outcomes = tuple(reader.outcomes(raw.get("outcomes")))
    return Answer(record, items, outcomes), reader.findings


class _Reader:
    def __init__(self, place: Place) -> None:
        self.findings: list[Finding] = []
        self._place = place

    def find(self, code: Code, message: str, *, cause: str = "", field: str = "") -> None:
        place = Place(self._place.file, self._place.line, self._place.record, field)
        self.findings.append(Finding(code, message, place=place, cause=cause))

    def errors(self, raw: Mapping[str, Any]) -> None:
        for error in _each(raw.get("errors")):
            message, field = _text(error.get("message")), _text(error.get("field"))
            # the guide's own example of an error has the message "success"
            if message and message.casefold() != "success":
                self.find(Code.ORG_SAID_NO, f"the org answered: {short(message)}", field=field or "")

    def learning(self, raw: Mapping[str, Any], options: Options) -> dict[str, Any]:
        record: dict[str, Any] = {}
        kind = (_text(raw.get("type")) or "").replace(" ", "").casefold()
        record["type"] = "program" if "program" in kind else "course"
        if kind and " " not in str(raw.get("type")) and kind.startswith("learning"):
            self.find(Code.MISSPELT_ANSWER, f"the type is spelt {short(raw['type'])}", cause=str(raw["type"]))
        ids = {ours: text for theirs, ours in IDS if (text := _text(raw.get(theirs)))}
        for theirs, ours in FIELDS:
            if (value := _value(raw.get(theirs))) is not None:
                record[ours] = value
        custom = raw.get(CUSTOM_FIELDS[record["type"]])
        custom = dict(custom) if isinstance(custom, Mapping) else {}
        external_id_field = options.external_id_field_of(record["type"])
        if external_id_field and not is_nothing(custom.get(external_id_field)):
            record["external_id"] = str(custom.pop(external_id_field))
        if custom:
            record["custom_fields"] = custom
        record["salesforce"] = ids
        for name in raw:
            if name not in _LEARNING_NAMES:
                self.find(Code.MISSPELT_ANSWER, f"the learning has an unknown property {short(name)}", cause=name)
        return record

    def requirements(self, raw: object, relation: Relation) -> Iterator[FoundationItem]:
        if isinstance(raw, Mapping):  # one of the guide's examples has an object here
            self.find(Code.MISSPELT_ANSWER, f"{relation.field} is an object", cause=relation.field)
            raw = [raw]
        for item in _each(raw):
            spelt = self._spelt(item)
            identity = _text(spelt.get("learningFoundationItemId"))
            if identity is None:
                if any(_value(value) is not None for value in spelt.values()):
                    self.find(Code.UNREADABLE_VALUE, f"a {relation.value} has no id and was left out")
                continue
            yield FoundationItem(
                canonical(identity),
                relation,
                achievement=_text(spelt.get("learningAchievementId")),
                kind=_text(spelt.get("learningAchievementType")),
                grantors=tuple(self._grantors(spelt.get("fulfilledBy"))),
                minimum_grade=_number(spelt.get("minimumNumericGrade"), spelt.get("minimumGrade")),
                duration=_number(spelt.get("duration")),
                duration_unit=_text(spelt.get("durationUnit")),
            )

    def _grantors(self, raw: object) -> Iterator[Grantor]:
        for fulfiller in _each(raw):
            spelt = self._spelt(fulfiller)
            learning = spelt.get("learning")
            outcome = spelt.get("learningOutcomeItem")
            learning = learning if isinstance(learning, Mapping) else {}
            outcome = outcome if isinstance(outcome, Mapping) else {}
            identity = next(
                (
                    text
                    for name in ("learningId", "learningCourseId", "learningProgramId")
                    if (text := _text(learning.get(name)))
                ),
                None,
            )
            if identity is not None:
                grade = _number(
                    outcome.get("minimumNumericGrade"),
                    learning.get("minimumNumericGrade"),
                    outcome.get("minimumGrade"),
                    learning.get("minimumGrade"),
                )
                yield Grantor(canonical(identity), grade)

    def outcomes(self, raw: object) -> Iterator[OutcomeItem]:
        for item in _each([raw] if isinstance(raw, Mapping) else raw):
            spelt = self._spelt(item)
            # one of the guide's examples wraps the item as a fulfiller does
            inner = spelt.get("learningOutcomeItem")
            if isinstance(inner, Mapping):
                spelt = {
                    **inner,
                    **{name: value for name, value in spelt.items() if name != "learningOutcomeItem"},
                }
            achievement, identity = (
                _text(spelt.get("learningAchievementId")),
                _text(spelt.get("learningOutcomeId")),
            )
            if achievement is None:
                continue
            yield OutcomeItem(
                canonical(identity or ""),
                achievement,
                primary=spelt.get("isPrimary") is True,
                minimum_grade=_number(spelt.get("minimumNumericGrade"), spelt.get("minimumGrade")),
                duration=_number(spelt.get("duration")),
                duration_unit=_text(spelt.get("durationUnit")),
            )

    def _spelt(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Give an item under the names of the guide's tables."""
        for written, right in _MISSPELT.items():
            if written in raw:
                self.find(Code.MISSPELT_ANSWER, f"{written} was read as {right}", cause=written)
        return {_MISSPELT.get(name, name): value for name, value in raw.items()}


def _each(raw: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        yield from (item for item in raw if isinstance(item, Mapping))


def _value(raw: object) -> Any:  # noqa: ANN401 - any JSON
    return None if is_nothing(raw) or (isinstance(raw, str) and raw.casefold() in _PLACEHOLDERS) else raw


def _text(raw: object) -> str | None:
    value = _value(raw)
    return None if value is None else str(value)


def _number(*candidates: object) -> int | float | None:
    for raw in candidates:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return raw
    return None
