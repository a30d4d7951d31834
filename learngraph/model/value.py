"""What all values share: frozen, nothing unknown, and faults told in words."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError, WithJsonSchema

from learngraph.errors import LearnGraphError
from learngraph.markup import Stated


class InvalidValueError(LearnGraphError, ValueError):
    """A value that was to be made of fields that cannot be read.

    Attributes
    ----------
    kind
        The name of the class that was to be made.
    faults
        Pairs of a field (with dots and numbers for what lies inside it) and what is wrong with it.
    """

    def __init__(self, kind: str, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(kind, faults)
        self.kind = kind
        self.faults = faults

    def __str__(self) -> str:
        return f"{self.kind}: " + "; ".join(f"{field}: {fault}" if field else fault for field, fault in self.faults)


class Value(Stated, BaseModel):
    """A frozen value; what is not a field of it is refused."""

    # validators are built when first used: most runs need few of the kinds of value
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __init__(self, /, **fields: Any) -> None:  # noqa: ANN401 - the fields of the subclass, read tolerantly
        try:
            super().__init__(**fields)
        except ValidationError as error:
            faults = tuple(fault for each in error.errors() for fault in _faults(each))
            raise InvalidValueError(type(self).__name__, faults) from None

    def replaced(self, **fields: Any) -> Self:  # noqa: ANN401 - as in __init__
        """Give a copy with other values in the named fields, checked like any new value."""
        return type(self)(**{**{name: getattr(self, name) for name in type(self).model_fields}, **fields})

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Give what was stated, so that no line is long for what was not."""
        kinds = type(self).model_fields
        return ((name, value) for name, value in super().__repr_args__() if name and value != kinds[name].default)


def _faults(error: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - pydantic's ErrorDetails
    """Give the faults of one field, those of a value inside it one by one."""
    path = ".".join(map(str, error["loc"]))
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, InvalidValueError):
        for inner, fault in cause.faults:
            yield (f"{path}.{inner}" if inner else path), fault
    elif error["type"] == "extra_forbidden":
        yield path, "there is no such field"
    else:
        yield path, _WORDS.get(error["type"], str(error["msg"]).removeprefix("Value error, "))


#: what the library says, as a person would
_WORDS = {"missing": "is missing", "tuple_type": "is no list", "bool_type": "is neither true nor false"}


def read_number(value: object) -> int | float:
    """Take a finite number as it is; a `ValueError` is raised for anything else, true and false included."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    raise ValueError(f"{short(value)} is not a number")


def short(value: object) -> str:
    """Show a value that somebody wrote, cut where it is long.

    Examples
    --------
    >>> short("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."
    """
    limit = 70
    if isinstance(value, int) and value.bit_length() > limit * 4:
        return f"a number of about {value.bit_length() * 3 // 10} digits"
    head = repr(value[: limit + 1] if isinstance(value, str) else value)
    return head if len(head) <= limit + 2 else head[:limit] + "..."


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"{short(value)} is not text")


def _key(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"{short(value)} is no text of at least one letter")


#: any text that JSON can hold, half of a surrogate pair included, which pydantic's own `str` refuses
Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]

#: a text that names something
Key = Annotated[str, PlainValidator(_key), WithJsonSchema({"type": "string", "minLength": 1})]

#: an exact number: 7 stays 7 and 6.5 stays 6.5; true is not 1
Number = Annotated[int | float, PlainValidator(read_number), WithJsonSchema({"type": "number"})]


class FrozenMap(Stated, Mapping[str, Any]):
    """A mapping of JSON values that cannot change and can be hashed; lists inside become tuples.

    Raises
    ------
    ValueError
        where a value, however deep, is nothing that JSON can hold, or lies deeper than `levels`.

    Examples
    --------
    >>> FrozenMap({"Campus__c": ["North"]})["Campus__c"]
    ('North',)
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Any] | None = None, *, levels: int = 64) -> None:
        self._items = {str(name): _frozen(value, levels) for name, value in (items or {}).items()}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield from self._items.items()

    def __repr__(self) -> str:
        return f"FrozenMap({self._items})"

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return FrozenMap, (self.thawed(),)

    def thawed(self) -> dict[str, Any]:
        """Give a new dict of plain dicts and lists, as JSON has them."""
        return {name: _thawed(value) for name, value in self._items.items()}


def _frozen(value: Any, levels: int) -> Any:  # noqa: ANN401 - any JSON value
    if levels < 0:
        raise ValueError("is nested too deep")
    if isinstance(value, FrozenMap):
        return value
    if isinstance(value, Mapping):
        return FrozenMap(value, levels=levels - 1)
    if isinstance(value, list | tuple):
        return tuple(_frozen(part, levels - 1) for part in value)
    if value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and isfinite(value)):
        return value
    raise ValueError(f"{short(value)} is nothing that JSON can hold")


def _thawed(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, FrozenMap):
        return value.thawed()
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value


def _map(value: object) -> FrozenMap:
    if isinstance(value, FrozenMap):
        return value
    if value is None:
        return FrozenMap()
    if isinstance(value, Mapping):
        return FrozenMap(value)
    raise ValueError(f"{short(value)} is not a map of names to values")


#: any mapping, frozen on the way in
Map = Annotated[FrozenMap, PlainValidator(_map), WithJsonSchema({"type": "object"})]
