"""Records of any format become learnings: a fault costs the field, never the record, and is told."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from learngraph.codes import Code, Severity
from learngraph.files.requirement_forms import RequirementReader, Vocabulary
from learngraph.findings import Finding, Place
from learngraph.model.grades import UnknownGradeError
from learngraph.model.learning import LEARNING_TYPES, Course, Learning, Program
from learngraph.model.options import Options
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import Requirement
from learngraph.model.value import InvalidValueError, Value, short

_RELATION_FIELDS = frozenset(relation.field for relation in REQUIREMENT_RELATIONS)
_FIELDS_OF = {kind: frozenset(kind.model_fields) for kind in LEARNING_TYPES.values()}
_DATE_FIELDS = frozenset({"active_from", "active_to"})
_SPELLINGS = {
    "learningcourse": "course",
    "learningprogram": "program",
    "course": "course",
    "program": "program",
}

_V = TypeVar("_V", bound=Value)


class Intake:
    """Collects the learnings and findings of one file.

    `unknown` is how grave a field is that no learning has; None where such fields are usual.
    """

    def __init__(self, options: Options, vocabulary: Vocabulary, *, unknown: Severity | None = Severity.ERROR) -> None:
        self.options = options
        self.learnings: dict[str, Learning] = {}
        self.places: dict[str, Place] = {}
        self._findings: list[Finding] = []
        self._unknown = unknown
        self._scale = options.scale
        self._points_of: dict[str, int | float | None] = {}
        self._grades: dict[str, list[Place]] = {}
        self._repeats: dict[str, list[Place]] = {}
        self._place = Place()
        self._field = ""
        self._key = ""
        self._requirements = RequirementReader(vocabulary, self._points, self._tell)

    def find(
        self, code: Code, message: str, *, place: Place, hint: str = "", cause: str = "", key: str = "",
        severity: Severity | None = None,
    ) -> None:  # fmt: skip
        """Add a finding."""
        keys = (key,) if key else ()
        self._findings.append(Finding(code, message, keys=keys, hint=hint, cause=cause, place=place, severity=severity))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings that were made elsewhere."""
        self._findings.extend(findings)

    def learning(self, raw: object, place: Place) -> None:
        """Read one record in the words of documents."""
        if not isinstance(raw, Mapping):
            self.find(Code.UNREADABLE_RECORD, f"{short(raw)} is no learning", place=place, hint="write an object")
            return
        key = self._key_of(raw, place)
        if key is None:
            return
        self._place, self._key = place, key
        kind = self._kind(raw.get("type"))
        fields: dict[str, Any] = {}
        for name, value in raw.items():
            if value is None or name in ("key", "type"):
                continue
            if name in _RELATION_FIELDS:
                fields[name] = self._relation(name, value)
            elif name in _FIELDS_OF[kind]:
                fields[name] = self._outcomes(value) if name == "outcomes" else value
            else:
                self._stranger(name, kind)
        learning: Any = self.made(kind, {"key": key, **fields}, place, key=key)
        if learning is not None:
            self._keep(learning)

    def made(self, kind: Callable[..., _V], fields: dict[str, Any], place: Place, *, key: str = "") -> _V | None:
        """Make a value of what can be read of its fields, and tell what cannot; None where nothing can."""
        left = fields
        while True:
            try:
                return kind(**left)
            except InvalidValueError as error:
                for path, fault in error.faults:
                    self._unreadable(path, fault, place, key)
                fewer = _without(left, [path.split(".") for path, _ in error.faults])
                if fewer == left:
                    return None
                left = fewer

    def plan_needs(self, value: object, place: Place) -> object:
        """Read what a line of a program plan needs: a requirement, or credits of several."""
        self._place, self._key, self._field = place, "", "needs"
        read = self._requirements.read
        if isinstance(value, Mapping) and "credits" in value and isinstance(value.get("of"), list):
            return {**value, "of": [part for part in map(read, value["of"]) if part is not None]}
        return read(value)

    def finished(self) -> list[Finding]:
        """Give all findings, with those that are counted over the whole file."""
        return [
            *self._findings,
            *map(self._grade_finding, self._grades),
            *map(self._repeat_finding, self._repeats),
        ]

    def _key_of(self, raw: Mapping[str, Any], place: Place) -> str | None:
        key = raw.get("key")
        if isinstance(key, int) and not isinstance(key, bool):
            return str(key)
        if isinstance(key, str) and key:
            return key
        message = f"{short(key)} is no key" if "key" in raw else "has no key"
        self.find(Code.UNREADABLE_RECORD, message, place=place, hint="give every learning a key")
        return None

    def _kind(self, written: object) -> type[Course] | type[Program]:
        plain = "course" if written is None else _SPELLINGS.get("".join(str(written).split()).casefold())
        if plain is None:
            fault = f"{short(written)} is neither course nor program: it was read as a course"
            self._tell_value("type", fault, hint="write course or program")
        return LEARNING_TYPES[plain or "course"]

    def _relation(self, name: str, value: object) -> tuple[Requirement, ...]:
        self._field = name
        read = self._requirements.read
        found = (read(part) for part in value) if isinstance(value, list) else (read(value),)
        return tuple(requirement for requirement in found if requirement is not None)

    def _outcomes(self, value: Any) -> Any:  # noqa: ANN401 - as it was written
        self._field = "outcomes"
        if not isinstance(value, list):
            return value
        return [
            {**item, "minimum_grade": self._points(item["minimum_grade"])}
            if isinstance(item, dict) and isinstance(item.get("minimum_grade"), str)
            else item
            for item in value
        ]

    def _stranger(self, name: str, kind: type[Course] | type[Program]) -> None:
        other = Program if kind is Course else Course
        place = self._at(name)
        if name in other.model_fields:
            message = f"the field {name} belongs to a {other.type}, and this is a {kind.type}"
            hint = "take it out, or mend the type"
            self.find(Code.FIELD_OF_OTHER_TYPE, message, place=place, key=self._key, cause=name, hint=hint)
        elif self._unknown:
            close = difflib.get_close_matches(name[:100], kind.model_fields, n=1)
            hint = f"did you mean {close[0]}?" if close else "a field of your own belongs into custom_fields"
            self.find(
                Code.UNKNOWN_FIELD, f"there is no field {short(name)}", place=place, hint=hint, cause=name,
                key=self._key, severity=self._unknown,
            )  # fmt: skip

    def _points(self, written: object) -> int | float | None:
        if written is None:
            return None
        if isinstance(written, str):
            if written not in self._points_of:
                self._points_of[written] = self._letter(written)
            if written in self._grades:
                self._grades[written].append(self._at(self._field))
            return self._points_of[written]
        if isinstance(written, bool) or not isinstance(written, int | float):
            self._tell_value(self._field, f"{short(written)} is no grade", hint="write a number or a letter")
            return None
        return written

    def _letter(self, written: str) -> int | float | None:
        try:
            return self._scale.points(written)
        except UnknownGradeError:
            if (number := _as_number(written)) is None:
                self._grades[written] = []
            return number

    def _keep(self, learning: Learning) -> None:
        first = self.learnings.setdefault(learning.key, learning)
        if first is learning:
            self.places[learning.key] = self._place
            return
        same = first == learning
        if same:
            self._repeats.setdefault(learning.key, []).append(self._place)
        else:
            first_place = self.places[learning.key]
            where = f"line {first_place.line}" if first_place.line else first_place.record
            message = f"stands for another record already ({where}): the first was kept"
            self.find(Code.REPEATED_KEY, message, place=self._place, key=learning.key, hint="give each its own key")

    def _unreadable(self, path: str, fault: str, place: Place, key: str) -> None:
        name = path.split(".", maxsplit=1)[0]
        code = Code.IMPOSSIBLE_TIME if name in _DATE_FIELDS else Code.UNREADABLE_VALUE
        spot = Place(place.file, place.line, place.record, path)
        self.find(code, fault, place=spot, key=key, cause=name, hint="it was left out: mend the value")

    def _tell_value(self, field: str, message: str, *, hint: str) -> None:
        self.find(Code.UNREADABLE_VALUE, message, place=self._at(field), key=self._key, cause=field, hint=hint)

    def _tell(self, code: Code, message: str, cause: str, hint: str) -> None:
        self.find(code, message, place=self._at(self._field), key=self._key, cause=cause, hint=hint)

    def _at(self, field: str) -> Place:
        return Place(self._place.file, self._place.line, self._place.record, field[:100])

    def _grade_finding(self, grade: str) -> Finding:
        places = self._grades[grade]
        times = f"{len(places)} time{'s' if len(places) > 1 else ''}"
        known = ", ".join(self._scale.letters)
        return Finding(
            Code.UNKNOWN_GRADE,
            f"the grade {short(grade)} is written {times} and is not in the scale ({known}); it was left out",
            cause=grade,
            place=places[0],
            hint="choose the institution's scale with --grades, or write a map from letter to number",
        )

    def _repeat_finding(self, key: str) -> Finding:
        places = self._repeats[key]
        message = f"is written {len(places) + 1} times in the same words"
        return Finding(Code.REPEATED_KEY, message, keys=(key,), place=places[0], severity=Severity.INFO)


def _as_number(written: str) -> int | float | None:
    try:
        number = float(written)
    except ValueError:
        return None
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - only NaN differs from itself
        return None
    return int(number) if number.is_integer() else number


def _without(fields: dict[str, Any], paths: Iterable[list[str]]) -> dict[str, Any]:
    """Drop the fields at fault; of a list only the items at fault."""
    left = dict(fields)
    items: dict[str, set[int]] = {}
    for name, *rest in paths:
        if rest and isinstance(left.get(name), Mapping) and rest[0] in left[name]:
            left[name] = {part: value for part, value in left[name].items() if part != rest[0]}
        elif rest and rest[0].isdigit() and isinstance(fields.get(name), list | tuple):
            items.setdefault(name, set()).add(int(rest[0]))
        else:
            left.pop(name, None)
    for name, numbers in items.items():
        if name in left:
            left[name] = [item for number, item in enumerate(left[name]) if number not in numbers]
    return left
