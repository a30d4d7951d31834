"""What people changed between two editions of a catalogue: learnings, and whatever else has a key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from learngraph.analysis.comparing.meanings import gone_and_come
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated, in_short
from learngraph.model.learning import Learning
from learngraph.model.options import Options
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.wording import in_words

_AS_SETS = ("outcomes", "skills", "equivalents", "exclusions")
_NOT_PLAIN = {"key", *_AS_SETS, *(relation.field for relation in REQUIREMENT_RELATIONS)}
_OPTIONS = ("system_type", "corequisite_timing")  # those that change what numbers and requirements mean


@dataclass(frozen=True, slots=True)
class FieldChange(Stated):
    """A field that has another value; None is what is not stated."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RequirementChange(Stated):
    """What a relation asks for no longer, and what it asks for now, in words."""

    relation: Relation
    went: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetChange(Stated):
    """What is no longer among the outcomes, skills, equivalents or exclusions, and what is now."""

    name: str
    went: tuple[object, ...]
    came: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class LearningChange(Stated):
    """A learning that is in both catalogues and does not say the same in both."""

    key: str
    fields: tuple[FieldChange, ...] = ()
    requirements: tuple[RequirementChange, ...] = ()
    sets: tuple[SetChange, ...] = ()

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield "key", self.key
        yield from ((one.name, _became(one.before, one.after)) for one in self.fields)
        yield from ((one.relation.field, _became(one.went, one.came)) for one in self.requirements)
        yield from ((one.name, _became(one.went, one.came)) for one in self.sets)


def _became(before: object, after: object) -> str:
    return f"{in_short(before) or 'nothing'} becomes {in_short(after) or 'nothing'}"


@dataclass(frozen=True, slots=True)
class KeyChanges(Stated):
    """The keys of what came, of what went, and of what is there in both and is not equal."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)


NO_CHANGES = KeyChanges()


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Item = TypeVar("_Item", bound=_Keyed)


def key_changes(before: Iterable[_Item], after: Iterable[_Item]) -> KeyChanges:
    """Compare what has keys; of several with one key, all count.

    Examples
    --------
    >>> from learngraph.model.degree_plan import DegreePlan
    >>> key_changes([DegreePlan(key="A"), DegreePlan(key="B")], [DegreePlan(key="B", name="Two"), DegreePlan(key="C")])
    KeyChanges(came=('C',), went=('A',), changed=('B',))
    """
    old, new = _by_key(before), _by_key(after)
    return KeyChanges(
        came=tuple(key for key in new if key not in old),
        went=tuple(key for key in old if key not in new),
        changed=tuple(key for key in old if key in new and old[key] != new[key]),
    )


def _by_key(items: Iterable[_Item]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = {}
    for item in items:
        found.setdefault(item.key, []).append(item)
    return found


def learning_changes(before: LearningGraph, after: LearningGraph) -> Iterator[LearningChange]:
    """Give the learnings of both graphs that differ in a field or in the meaning of a requirement, in graph order."""
    for one in before:
        if one.key not in after:
            continue
        other = after[one.key]
        if one is other:
            continue
        fields = tuple(_fields(one, other))
        requirements = tuple(_requirements(one, other, before.options, after.options))
        sets = tuple(_sets(one, other))
        if fields or requirements or sets:
            yield LearningChange(one.key, fields, requirements, sets)


def option_changes(before: Options, after: Options) -> Iterator[FieldChange]:
    """Give the options that differ and that change what numbers and requirements mean."""
    for name in _OPTIONS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield FieldChange(name, old, new)


def _fields(one: Learning, other: Learning) -> Iterator[FieldChange]:
    names = dict.fromkeys(("type", *type(one).model_fields, *type(other).model_fields))
    for name in names:
        if name not in _NOT_PLAIN:
            old, new = getattr(one, name, None), getattr(other, name, None)
            if old != new:
                yield FieldChange(name, old, new)


def _requirements(one: Learning, other: Learning, before: Options, after: Options) -> Iterator[RequirementChange]:
    for relation in REQUIREMENT_RELATIONS:
        usual = before.timing_of(relation), after.timing_of(relation)
        went, came = gone_and_come(one.requirements(relation), other.requirements(relation), usual=usual)
        if went or came:
            gone = tuple(in_words(one, before.scale) for one in went)
            yield RequirementChange(relation, gone, tuple(in_words(one, after.scale) for one in came))


def _sets(one: Learning, other: Learning) -> Iterator[SetChange]:
    for name in _AS_SETS:
        old, new = dict.fromkeys(getattr(one, name)), dict.fromkeys(getattr(other, name))
        if old.keys() != new.keys():
            went = tuple(item for item in old if item not in new)
            yield SetChange(name, went, tuple(item for item in new if item not in old))
