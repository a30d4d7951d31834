"""Requirements as files write them: read tolerantly, each fault told and nothing else lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from learngraph.codes import Code
from learngraph.files.json_text import Unreadable
from learngraph.model.relation import Timing
from learngraph.model.requirement import MAX_DEPTH, AllOf, AnyOf, AtLeast, Condition, Need, Requirement
from learngraph.model.value import InvalidValueError, short


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a format calls the parts of a requirement."""

    need: str
    grade: str
    condition: str


DOCUMENT = Vocabulary(need="need", grade="minimum_grade", condition="condition")
LINES = Vocabulary(need="course", grade="min_grade", condition="text")

#: told of each fault: its code, what is wrong, the cause, and the hint
Teller = Callable[[Code, str, str, str], None]

_UNNAMED = Condition("unnamed course")


class TooDeepError(Exception):
    """A tree that is nested deeper than values are."""


class FormError(Exception):
    """What stands for no requirement."""


@dataclass(frozen=True, slots=True)
class RequirementReader:
    """Reads requirements of one format; `points` turns what is written as a grade into a number or None."""

    vocabulary: Vocabulary
    points: Callable[[object], int | float | None]
    tell: Teller

    def read(self, value: object) -> Requirement | None:
        """Read one requirement; None for null, and for what cannot be read, which is told."""
        try:
            return self._read(value, 1)
        except TooDeepError:
            self.tell(Code.TOO_DEEP, f"is nested deeper than {MAX_DEPTH}", "", "write it flatter")
        except (FormError, InvalidValueError) as error:
            self.tell(Code.UNREADABLE_REQUIREMENT, str(error), "", "see docs/data-model.md for the forms")
        return None

    def _read(self, value: object, depth: int) -> Requirement | None:
        if depth > MAX_DEPTH:
            raise TooDeepError
        if isinstance(value, Mapping):
            return self._form(value, depth)
        if isinstance(value, str) and value:
            return Need(value)
        if value is None:
            return None
        raise FormError(f"{short(value)} stands for no requirement")

    def _form(self, value: Mapping[str, Any], depth: int) -> Requirement | None:
        words = self.vocabulary
        if words.need in value:
            return self._need(value)
        for name, kind in (("any", AnyOf), ("all", AllOf)):
            if name in value:
                self._tell_unknown(value, (name,))
                return self._branch(kind, value[name], depth)
        if "at_least" in value:
            return self._at_least(value, depth)
        if words.condition in value:
            self._tell_unknown(value, (words.condition,))
            return Condition(value[words.condition])
        raise FormError(f"{short(dict(value))} stands for no requirement")

    def _branch(self, kind: type[AnyOf] | type[AllOf], parts: object, depth: int) -> Requirement | None:
        found = self._parts(parts, depth)
        if len(found) > 1 or (found and isinstance(parts, list) and len(parts) == 1):
            return kind(found)
        return found[0] if found else None

    def _at_least(self, value: Mapping[str, Any], depth: int) -> Requirement:
        self._tell_unknown(value, ("at_least", "of"))
        found = self._parts(value.get("of"), depth)
        count = value["at_least"]
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= len(found):
            raise FormError(f"asks for at least {short(count)} of {len(found)}")
        return AtLeast(count, found)

    def _parts(self, parts: object, depth: int) -> list[Requirement]:
        if not isinstance(parts, list) or not parts:
            raise FormError(f"{short(parts)} is no list of requirements")
        return [part for one in parts if (part := self._read(one, depth + 1)) is not None]

    def _need(self, value: Mapping[str, Any]) -> Need | Condition:
        words = self.vocabulary
        key = value[words.need]
        if isinstance(key, str) and key:  # most needs are a key, or a key and a grade: read quickly
            if len(value) == 1:
                return Need(key)
            if len(value) == 2 and words.grade in value:  # noqa: PLR2004 - the two that were named
                return Need(key, self.points(value[words.grade]))
        self._tell_unknown(value, (words.need, words.grade, "timing", "duration", "duration_unit"))
        if key is None or key == "":
            self.tell(Code.NO_TARGET, "names no course: it was read as a condition", "", "name the course")
            return _UNNAMED
        if not isinstance(key, str):
            raise FormError(f"{short(key)} is no key: write it as text")
        return Need(
            key,
            minimum_grade=self.points(value.get(words.grade)),
            timing=self._timing(value.get("timing")),
            duration=self._duration(value.get("duration")),
            duration_unit=value.get("duration_unit"),
        )

    def _timing(self, value: object) -> Timing | None:
        if value is None:
            return None
        try:
            return Timing(str(value))
        except ValueError:
            known = ", ".join(Timing)
            raise FormError(f"{short(value)} is no timing (write one of {known})") from None

    def _duration(self, value: Any) -> int | float | None:  # noqa: ANN401 - as it was written
        if isinstance(value, bool) or not isinstance(value, int | float | None) or isinstance(value, Unreadable):
            raise FormError(f"the duration {short(value)} is not a number")
        return value

    def _tell_unknown(self, value: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for name in value:
            if name not in known:
                self.tell(Code.UNKNOWN_FIELD, f"{short(name)} is no part of a requirement", name, "take it out")
