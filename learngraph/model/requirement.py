"""Requirements: trees of needs, kept as they were written.

The leaves are `Need` (a learning or an achievement) and `Condition` (what is no learning at all); the
branches are `AnyOf`, `AllOf` and `AtLeast`. Wherever a requirement is taken, a plain key stands for a
need of it, and so does the form that documents have: `{"any": ["MATH 340", {"need": "MATH 341"}]}`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from learngraph.markup import Stated
from learngraph.model.relation import Timing
from learngraph.model.value import InvalidValueError, read_number, short

#: how deep trees may be nested, the leaves counted
MAX_DEPTH = 64


_PLAIN = (int, type(None))


@dataclass(frozen=True, slots=True)
class Need(Stated):
    """A learning or an achievement that must have been completed.

    `minimum_grade` is a number on the scale of the options; None asks for no more than completion.
    `timing` None means what is usual for the relation in which the need stands: before, in
    prerequisites and recommendations, and `options.corequisite_timing` in corequisites.

    Raises
    ------
    InvalidValueError
        where the key is no text or empty, a number is none, or the timing is none of the three.

    Examples
    --------
    >>> Need("MATH 341", minimum_grade=2.7, timing="before_or_with")
    Need('MATH 341', minimum_grade=2.7, timing='before_or_with')
    """

    key: str
    minimum_grade: int | float | None = None
    timing: Timing | None = None
    duration: int | float | None = None
    duration_unit: str | None = None
    depth: ClassVar[int] = 1

    def __post_init__(self) -> None:
        plain = type(self.key) is str and self.key and type(self.minimum_grade) in _PLAIN
        if plain and self.timing is None and self.duration is None and self.duration_unit is None:
            return  # the usual case, told quickly
        faults = list(self._faults())
        if faults:
            raise InvalidValueError("Need", tuple(faults))

    def _faults(self) -> Iterator[tuple[str, str]]:
        key: Any = self.key
        timing: Any = self.timing
        unit: Any = self.duration_unit
        if not isinstance(key, str) or not key:
            yield "key", f"{short(key)} is no key"
        for name in ("minimum_grade", "duration"):
            value = getattr(self, name)
            try:
                None if value is None else read_number(value)
            except ValueError as error:
                yield name, str(error)
        if timing is not None and not isinstance(timing, Timing):
            try:
                object.__setattr__(self, "timing", Timing(timing))
            except ValueError:
                yield "timing", f"{short(timing)} is no timing (write one of {', '.join(Timing)})"
        if unit is not None and not isinstance(unit, str):
            yield "duration_unit", f"{short(unit)} is no text"

    @property
    def leaves(self) -> "tuple[Need]":
        """The need itself, the only leaf."""
        return (self,)

    def replaced(self, **changes: Any) -> Self:  # noqa: ANN401 - values of the fields
        """Give a copy with other values in the named fields."""
        return replace(self, **changes)

    def __repr__(self) -> str:
        stated = ((name, getattr(self, name)) for name in _NEED_FIELDS[1:])
        rest = "".join(
            f", {name}={short(str(value) if isinstance(value, Timing) else value)}"
            for name, value in stated
            if value is not None
        )
        return f"Need({self.key!r}{rest})"


@dataclass(frozen=True, slots=True, repr=False)
class Condition(Stated):
    """What is required and is no learning: "consent of instructor"."""

    text: str
    depth: ClassVar[int] = 1

    def __post_init__(self) -> None:
        text: Any = self.text
        if not isinstance(text, str):
            raise InvalidValueError("Condition", (("text", f"{short(text)} is no text"),))

    @property
    def leaves(self) -> "tuple[Condition]":
        """The condition itself, the only leaf."""
        return (self,)

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"


@dataclass(frozen=True, slots=True, init=False, repr=False)
class _Branch(Stated):
    """A requirement made of others, each of which may be given as whatever stands for one."""

    of: tuple["Requirement", ...]
    # what every walk over a catalogue asks for is found once
    depth: int = field(compare=False)  #: the levels of the tree, that of the leaves counted
    leaves: "tuple[Need | Condition, ...]" = field(compare=False)  #: from left to right, as often as written

    def __init__(self, *of: Any) -> None:  # noqa: ANN401 - whatever stands for a requirement
        parts = of[0] if len(of) == 1 and isinstance(of[0], list | tuple) else of
        object.__setattr__(self, "of", tuple(map(as_requirement, parts)))
        if not self.of:
            raise InvalidValueError(type(self).__name__, (("of", "holds no requirement"),))
        object.__setattr__(self, "depth", 1 + max(part.depth for part in self.of))
        if self.depth > MAX_DEPTH:
            raise InvalidValueError(type(self).__name__, (("of", f"is nested deeper than {MAX_DEPTH}"),))
        object.__setattr__(self, "leaves", tuple(leaf for part in self.of for leaf in part.leaves))

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield "needed", needed_of(self)  # type: ignore[arg-type]  # one of the three kinds of branches
        for number, part in enumerate(self.of, start=1):
            yield str(number), part

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.of))})"


class AnyOf(_Branch):
    """At least one of the alternatives: `AnyOf("MATH 340", Need("MATH 341", minimum_grade=2.7))`."""

    __slots__ = ()


class AllOf(_Branch):
    """Each of the parts: `AllOf("CS 101", "CS 102")`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, init=False, repr=False)
class AtLeast(_Branch):
    """At least `count` of the branches: `AtLeast(2, "CS 410", "CS 420", "CS 430")`.

    A branch counts once, whatever else it shares with another one.
    """

    count: int

    def __init__(self, count: Any, /, *of: Any) -> None:  # noqa: ANN401 - as in _Branch
        _Branch.__init__(self, *of)
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= len(self.of):
            fault = f"cannot ask for {short(count)} of {len(self.of)}"
            raise InvalidValueError("AtLeast", (("count", fault),))
        object.__setattr__(self, "count", count)

    def __repr__(self) -> str:
        return f"AtLeast({self.count}, {', '.join(map(repr, self.of))})"


Requirement: TypeAlias = Need | AnyOf | AllOf | AtLeast | Condition
_KINDS = (Need, AnyOf, AllOf, AtLeast, Condition)
_NEED_FIELDS = tuple(each.name for each in fields(Need))


def as_requirement(value: object) -> Requirement:
    """Give the requirement that a key, a document's form or a requirement stands for.

    Raises
    ------
    InvalidValueError
        where the value stands for none (it is a `ValueError`).

    Examples
    --------
    >>> as_requirement({"any": ["MATH 340", {"at_least": 1, "of": ["MATH 341"]}]})
    AnyOf(Need('MATH 340'), AtLeast(1, Need('MATH 341')))
    """
    return _read(value, 1)


def _read(value: object, level: int) -> Requirement:
    if isinstance(value, _KINDS):
        return value
    if isinstance(value, str):
        return Need(value)
    if level > MAX_DEPTH:  # told here, before Python's own stack ends
        raise InvalidValueError("requirement", (("", f"is nested deeper than {MAX_DEPTH}"),))
    if isinstance(value, Mapping):
        match dict(value):
            case {"need": key, **rest} if rest.keys() <= set(_NEED_FIELDS[1:]):
                return Need(key, **rest)
            case {"any": parts, **rest} if not rest:
                return AnyOf(_inside(parts, level))
            case {"all": parts, **rest} if not rest:
                return AllOf(_inside(parts, level))
            case {"at_least": count, "of": parts, **rest} if not rest:
                return AtLeast(count, _inside(parts, level))
            case {"condition": text, **rest} if not rest:
                return Condition(text)
    raise InvalidValueError("requirement", (("", f"{short(value)} stands for no requirement"),))


def _inside(parts: object, level: int) -> list[Requirement]:
    several = parts if isinstance(parts, list | tuple) else (parts,)
    return [_read(part, level + 1) for part in several]


def to_form(requirement: Requirement) -> Any:  # noqa: ANN401 - JSON: a text or an object
    """Give the form that documents have: the inverse of `as_requirement`."""
    match requirement:
        case Need():
            stated = {name: getattr(requirement, name) for name in _NEED_FIELDS[1:]}
            rest = {name: value for name, value in stated.items() if value is not None}
            return {"need": requirement.key, **rest} if rest else requirement.key
        case Condition():
            return {"condition": requirement.text}
        case AtLeast():
            return {"at_least": requirement.count, "of": [to_form(part) for part in requirement.of]}
        case AnyOf():
            return {"any": [to_form(part) for part in requirement.of]}
        case AllOf():
            return {"all": [to_form(part) for part in requirement.of]}


AnyRequirement: TypeAlias = Annotated[
    Need | AnyOf | AllOf | AtLeast | Condition,
    PlainValidator(as_requirement),
    PlainSerializer(to_form),
    WithJsonSchema({"$comment": "Requirement"}),
]


def needed_of(requirement: AnyOf | AllOf | AtLeast) -> int:
    """Give how many of its parts a requirement asks for."""
    match requirement:
        case AllOf():
            return len(requirement.of)
        case AtLeast():
            return requirement.count
        case AnyOf():
            return 1


def needs(requirements: Iterable[Requirement]) -> Iterator[Need]:
    """Give every need of several requirements, from left to right, as often as it is written."""
    for requirement in requirements:
        for leaf in requirement.leaves:
            if isinstance(leaf, Need):
                yield leaf
