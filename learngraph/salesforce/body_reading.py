"""Request bodies read back: each learning as a record in the words of documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learngraph.codes import Code
from learngraph.findings import Finding, Place
from learngraph.model.options import Options
from learngraph.model.value import short
from learngraph.salesforce.bodies import is_nothing
from learngraph.salesforce.names import CUSTOM_FIELDS, FIELDS, IDS, RELATIONS

_FIELD_OF = dict(FIELDS)
_ID_OF = dict(IDS)
_KIND_OF = {"learningcourse": "course", "learningprogram": "program"}
_SINGLE = {"minimumGrade": "minimum_grade", "duration": "duration", "durationUnit": "duration_unit"}


@dataclass(frozen=True, slots=True)
class ReadBody:
    """The records of request bodies with their places, the options that they imply, and what was found."""

    records: tuple[tuple[dict[str, Any], Place], ...]
    options: Options
    findings: tuple[Finding, ...]


def read_bodies(bodies: Sequence[Mapping[str, Any]], file: str, options: Options) -> ReadBody:
    """Read POST bodies or PATCH bodies.

    The key of a learning is its id where it has one, else its external id, else subject and number,
    else its name. References by external id become keys. Of a PATCH the created requirements are what
    is wanted; its deletions are only counted.
    """
    implied = _with_fields_of_references(bodies, options)
    reader = _Reader(implied)
    inputs = [
        (
            item,
            Place(file, record=f"[{number}].learnings[{place}]" if len(bodies) > 1 else f"learnings[{place}]"),
        )
        for number, body in enumerate(bodies)
        for place, item in enumerate(body.get("learnings") or ())
    ]
    records = [(record, place) for item, place in inputs if (record := reader.record(item, place)) is not None]
    keys = {record["external_id"]: record["key"] for record, _ in records if record.get("external_id")}
    resolved = tuple((_resolved(record, keys), place) for record, place in records)
    return ReadBody(resolved, implied, tuple(reader.findings))


class _ByExternalId(str):
    """A reference by external id, until the key of the learning is known."""

    __slots__ = ()


class _Reader:
    def __init__(self, options: Options) -> None:
        self.findings: list[Finding] = []
        self._options = options

    def record(self, item: object, place: Place) -> dict[str, Any] | None:
        """Read a CreateLearningInput or an UpdateLearningInput."""
        if not isinstance(item, Mapping) or not isinstance(item.get("learning"), Mapping):
            fault, hint = f"{short(item)} holds no learning", 'write {"learning": {...}}'
            self._find(Code.UNREADABLE_RECORD, fault, place, hint=hint)
            return None
        record = self._learning(item["learning"])
        for name, relation in RELATIONS.items():
            if not is_nothing(mappings := self._wanted(item.get(name), place, name)):
                record[relation.field] = [self._requirement(mapping, place, name) for mapping in mappings]
        if outcomes := self._list(item.get("outcomes"), place, "outcomes"):
            record["outcomes"] = [self._outcome(mapping) for mapping in outcomes]
        if skills := self._list(item.get("skills"), place, "skills"):
            record["skills"] = [self._skill(mapping) for mapping in skills]
        for name in item:
            if name not in ("learning", "outcomes", "skills", *RELATIONS):
                record[name] = item[name]  # whoever reads the record says that there is no such field
        return record

    def _learning(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        ids: dict[str, Any] = {}
        for name, value in raw.items():
            if is_nothing(value):
                continue
            if name == "type":
                record["type"] = _KIND_OF.get("".join(str(value).split()).casefold(), value)
            elif name in _ID_OF:
                ids[_ID_OF[name]] = value
            elif name in CUSTOM_FIELDS.values():
                record["custom_fields"] = value
            else:
                record[_FIELD_OF.get(name, name)] = value
        if ids:
            record["salesforce"] = ids
        custom = record.get("custom_fields")
        field = self._options.external_id_field_of(record.get("type", "course"))
        if field and isinstance(custom, Mapping) and custom.get(field):
            record["external_id"] = str(custom[field])
            record["custom_fields"] = {name: item for name, item in custom.items() if name != field}
        key = key_of(record)
        return {**({"key": key} if key else {}), **record}

    def _wanted(self, written: object, place: Place, name: str) -> list[Any]:
        if not isinstance(written, Mapping):
            return self._list(written, place, name)
        deleted = self._list(written.get("deleteRecords"), place, name)
        if deleted:
            message = f"{len(deleted)} {name} that the PATCH deletes are no part of what is wanted"
            self._find(Code.DELETIONS_LEFT_OUT, message, place)
        for extra in written:
            if extra not in ("createRecords", "deleteRecords"):
                self._find(Code.UNKNOWN_FIELD, f"{name} has no {short(extra)}", place, cause=extra)
        return self._list(written.get("createRecords"), place, name)

    def _list(self, written: object, place: Place, name: str) -> list[Any]:
        if is_nothing(written):
            return []
        if isinstance(written, list):
            return written
        self._find(Code.UNREADABLE_VALUE, f"{name} is no list: {short(written)}", place, cause=name)
        return []

    def _requirement(self, mapping: object, place: Place, name: str) -> object:
        """Turn an AchievementMapping into the form that documents have; what is none goes through as it is."""
        if not isinstance(mapping, Mapping):
            return mapping
        contributors = mapping.get("achievementContributors")
        if isinstance(contributors, Mapping):  # the guide's table has one, its examples have a list
            contributors = [contributors]
        if isinstance(contributors, list):
            return {"any": [self._contributor(one) for one in contributors]}
        target = _target(mapping, ("learningId", "learningAchievementId"))
        if target is None:
            self._find(Code.UNREADABLE_REQUIREMENT, f"a requirement in {name} names nothing", place, cause=name)
            return None
        stated = {ours: mapping[theirs] for theirs, ours in _SINGLE.items() if not is_nothing(mapping.get(theirs))}
        known = {
            "type",
            "learningId",
            "learningAchievementId",
            "courseExternalId",
            "isPrimary",
            "learningOutcomeId",
        }
        rest = {extra: value for extra, value in mapping.items() if extra not in known and extra not in _SINGLE}
        return {"need": target, **stated, **rest}

    def _contributor(self, raw: object) -> object:
        if not isinstance(raw, Mapping):
            return raw
        target = _target(raw, ("id",))
        grade = raw.get("minimumGrade")
        known = {"id", "type", "minimumGrade", "courseExternalId", "programExternalId"}
        rest = {extra: value for extra, value in raw.items() if extra not in known}
        return {"need": target, **({} if is_nothing(grade) else {"minimum_grade": grade}), **rest}

    def _outcome(self, raw: object) -> object:
        if not isinstance(raw, Mapping):
            return raw
        names = {**_SINGLE, "learningAchievementId": "achievement", "isPrimary": "primary"}
        return _renamed(raw, names, {"type", "learningId", "learningOutcomeId"})

    def _skill(self, raw: object) -> object:
        if not isinstance(raw, Mapping):
            return raw
        return _renamed(raw, {"learningAchievementId": "achievement"}, {"type"})

    def _find(self, code: Code, message: str, place: Place, *, cause: str = "", hint: str = "") -> None:
        self.findings.append(Finding(code, message, place=place, cause=cause, hint=hint))


def key_of(record: Mapping[str, Any]) -> str | None:
    """Give the key of a learning in a body: its id, external id, subject and number, or name."""
    ids = record.get("salesforce") or {}
    if ids.get("learning_id"):
        return str(ids["learning_id"])
    if record.get("external_id"):
        return str(record["external_id"])
    subject, number = record.get("subject_abbreviation"), record.get("course_number")
    if not is_nothing(subject) and not is_nothing(number):
        return f"{subject} {number}"
    name = record.get("name")
    return None if is_nothing(name) else str(name)


def _target(raw: Mapping[str, Any], ids: Sequence[str]) -> object:
    for name in ids:
        if not is_nothing(raw.get(name)):
            return raw[name]
    for name in ("courseExternalId", "programExternalId"):
        reference = raw.get(name)
        if isinstance(reference, Mapping) and not is_nothing(reference.get("fieldValue")):
            return _ByExternalId(reference["fieldValue"])
    return None


def _renamed(raw: Mapping[str, Any], names: Mapping[str, str], ignored: set[str]) -> dict[str, Any]:
    return {
        names.get(name, name): value for name, value in raw.items() if name not in ignored and not is_nothing(value)
    }


def _with_fields_of_references(bodies: Sequence[Mapping[str, Any]], options: Options) -> Options:
    """Name the external-id fields that references use, the first of each kind, where the options do not."""
    found: dict[str, str] = {}
    queue: list[Any] = list(bodies)
    for item in queue:  # the queue grows while it is read
        if isinstance(item, Mapping):
            for name in ("courseExternalId", "programExternalId"):
                reference = item.get(name)
                if isinstance(reference, Mapping) and isinstance(reference.get("fieldName"), str):
                    found.setdefault(name, reference["fieldName"])
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)
    courses = options.external_id_field or found.get("courseExternalId")
    programs = options.external_id_field_of("program") or found.get("programExternalId")
    return options.replaced(
        external_id_field=courses, program_external_id_field=None if programs == courses else programs
    )


def _resolved(record: dict[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    fields = {relation.field for relation in RELATIONS.values()}
    return {name: list(_with_keys(value, keys)) if name in fields else value for name, value in record.items()}


def _with_keys(forms: Sequence[Any], keys: Mapping[str, str]) -> Iterator[Any]:
    for form in forms:
        if not isinstance(form, Mapping):
            yield form
        elif isinstance(form.get("any"), list):
            yield {"any": list(_with_keys(form["any"], keys))}
        else:
            need = form.get("need")
            yield {**form, "need": keys.get(need, str(need))} if isinstance(need, _ByExternalId) else form
