"""A plan as lines for people: the org first, then what changes, then the numbers. Nothing here prints.

A line is a tuple of segments; a segment is a text and a mark that says what it is, for whoever has colours.
"""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from learngraph.markup import printable
from learngraph.model.value import short
from learngraph.publish.identity import BY_LIKENESS, Way
from learngraph.publish.publish_plan import Item, PublishPlan, Step, StepKind

_SHOWN = 10  # of a list that nobody has to go through
_MOST_NEW = 12  # learnings of which nothing is there yet: what changes is always shown whole


class Mark(StrEnum):
    """What a segment is."""

    PLAIN = "plain"
    TITLE = "title"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    WARNING = "warning"
    ASIDE = "aside"


class Segment(NamedTuple):
    """A part of a line."""

    text: str
    mark: Mark = Mark.PLAIN


Line: TypeAlias = tuple[Segment, ...]

_SIGNS = {
    StepKind.ACHIEVE: ("+", Mark.ADDED),
    StepKind.CREATE: ("+", Mark.ADDED),
    StepKind.UPDATE: ("~", Mark.CHANGED),
    StepKind.CLOSE: ("o", Mark.CHANGED),
}


def plain(line: Line) -> str:
    """Give a line as text without colours.

    Examples
    --------
    >>> plain((Segment("+ CS 1", Mark.ADDED), Segment(" is new")))
    '+ CS 1 is new'
    """
    return "".join(segment.text for segment in line)


def as_lines(plan: PublishPlan, *, verbose: bool = False, most_new: int = _MOST_NEW) -> Iterator[Line]:
    """Give the lines of a plan: the org, what stands in the way, each learning with what changes, and the numbers.

    What does not change is not shown, and of what is new only the first `most_new`, by name. `verbose` adds all that is
    sent, field by field, where it was read, and every learning that the catalogue does not have, or that was
    found by what it is called.

    Examples
    --------
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> plan = PublishPlan(OrgFacts("00D000000000001EAA", "ACME", sandbox=False, api_version="66.0"))
    >>> [plain(line) for line in as_lines(plan)]
    ['ACME (00D000000000001EAA), PRODUCTION', 'nothing to do']
    """
    for line in _lines(plan, verbose=verbose, most_new=most_new):
        yield tuple(Segment(printable(text), mark) for text, mark in line)


def _lines(plan: PublishPlan, *, verbose: bool, most_new: int) -> Iterator[Line]:
    yield (Segment(plan.org.banner, Mark.TITLE if plan.org.sandbox else Mark.WARNING),)
    for why in plan.unsafe:
        yield (Segment("unsafe: ", Mark.WARNING), Segment(why))
    counts = Counter[StepKind]()
    for step, item in plan.items:
        counts[step.kind] += 1
        if verbose or step.kind is StepKind.UPDATE or counts[step.kind] <= most_new:
            yield from _item(step, item, verbose=verbose)
    for kind, count in counts.items():
        if not verbose and kind is not StepKind.UPDATE and count > most_new:
            yield (
                Segment(f"... and {count - most_new:,} more to {kind.value}: --verbose shows every one", Mark.ASIDE),
            )
    yield from _unmanaged(plan, verbose=verbose)
    if verbose:
        yield from _found_by_likeness(plan)
    if not plan.is_empty and (found := _found(plan)):
        yield (Segment(found, Mark.ASIDE),)
    yield (Segment(plan.counts, Mark.TITLE),)


def _item(step: Step, item: Item, *, verbose: bool) -> Iterator[Line]:
    sign, mark = _SIGNS[step.kind]
    head, *rest = item.why or ("",)
    first = step.kind is not StepKind.UPDATE and head
    source = Segment(f" ({item.source})", Mark.ASIDE) if verbose and item.source else Segment("")
    yield (Segment(f"{sign} {item.key}", mark), Segment(f" {head}" if first else ""), source)
    said = rest if first else item.why
    for why in said if verbose or step.kind is StepKind.UPDATE else ():
        yield (Segment(f"    {why}", _mark_of(why)),)
    if verbose:
        for name, value in _leaves(item.body.thawed()):
            yield (Segment(f"      {name}: {short(value)}", Mark.ASIDE),)


def _mark_of(why: str) -> Mark:
    if why.endswith((" is added", " is set", " closes a circle")):
        return Mark.ADDED
    return Mark.REMOVED if why.endswith((" is taken away", " is cleared", " goes once")) else Mark.CHANGED


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _leaves(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for number, part in enumerate(value):
            yield from _leaves(part, f"{path}[{number}]")
    else:
        yield path, value


def _unmanaged(plan: PublishPlan, *, verbose: bool) -> Iterator[Line]:
    if not plan.unmanaged:
        return
    shown = plan.unmanaged if verbose else plan.unmanaged[:_SHOWN]
    more = len(plan.unmanaged) - len(shown)
    rest = f" and {more:,} more" if more else ""
    text = f"left alone, not in the catalogue: {', '.join(shown)}{rest}"
    yield (Segment(text, Mark.ASIDE),)


def _found_by_likeness(plan: PublishPlan) -> Iterator[Line]:
    for key, way in plan.matched.items():
        if way in BY_LIKENESS:
            words = Way(way).words
            yield (Segment(f"found: {key} is the org's {plan.records.get(key, 'record')} by its {words}", Mark.ASIDE),)


def _found(plan: PublishPlan) -> str:
    """Say how the learnings of the org were found, in numbers."""
    counts = Counter(plan.matched.values())
    told = ", ".join(f"{counts[way]:,} by {way.words}" for way in Way if counts[way])
    return f"found in the org: {told}" if told else ""
