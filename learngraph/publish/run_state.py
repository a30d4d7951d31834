"""Where a run of an apply is: what the journal says of each item, and which records are known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learngraph.model.value import FrozenMap
from learngraph.publish.apply_result import ItemOutcome, ItemResult
from learngraph.publish.journal import Entry, ItemState
from learngraph.publish.publish_plan import Item, PublishPlan, Step, StepKind

_OUTCOMES = {
    ItemState.PLANNED: ItemOutcome.SKIPPED,
    ItemState.SENT: ItemOutcome.IN_DOUBT,
    ItemState.DONE: ItemOutcome.DONE,
    ItemState.FAILED: ItemOutcome.FAILED,
    ItemState.IN_DOUBT: ItemOutcome.IN_DOUBT,
}

_WORDS = {ItemOutcome.FAILED: "failed", ItemOutcome.SKIPPED: "was not sent", ItemOutcome.IN_DOUBT: "is in doubt"}

CUT_OFF = "it was sent, and no answer was read: apply the plan again, and it is looked up first"


@dataclass(frozen=True, slots=True)
class Spot:
    """An item and where it stands in the plan."""

    step: int
    kind: StepKind
    item: Item


class RunState:
    """What is known while a plan is applied; positions count the items of all steps from 0."""

    def __init__(self, plan: PublishPlan, entries: Iterable[Entry]) -> None:
        self.plan = plan
        self.spots = tuple(
            Spot(number, step.kind, item) for number, step in enumerate(plan.steps) for item in step.items
        )
        self._of_step: list[list[int]] = [[] for _ in plan.steps]
        self._makers: dict[str, int] = {}
        for position, spot in enumerate(self.spots):
            self._of_step[spot.step].append(position)
            if spot.kind in (StepKind.CREATE, StepKind.ACHIEVE):
                self._makers.setdefault(spot.item.key, position)
        self.records = dict(plan.records)
        self._entries: dict[int, Entry] = {}
        self._skipped: dict[int, str] = {}
        self._again: frozenset[int] = frozenset()
        self.put(entries)

    def put(self, entries: Iterable[Entry]) -> None:
        """Take over what the journal was told."""
        for entry in entries:
            self._entries[entry.position] = entry
            if entry.state is ItemState.DONE and (record := record_of(entry.ids)):
                self.records[self.spots[entry.position].item.key] = record

    def state(self, position: int) -> ItemState:
        """Give how far the item at a position is."""
        return self._entries[position].state

    def positions(self, step: int, *states: ItemState) -> tuple[int, ...]:
        """Give the positions of a step's items that are in one of these states."""
        return tuple(position for position in self._of_step[step] if self.state(position) in states)

    def reopen(self) -> None:
        """Take what failed in an earlier run as not yet sent."""
        self._again = frozenset(at for at in self._entries if self.state(at) is ItemState.FAILED)

    def ready(self, step: int) -> tuple[int, ...]:
        """Give what of a step is to be sent now, and remember why the rest of it is not."""
        planned = [at for at in self.positions(step, ItemState.PLANNED, ItemState.FAILED) if self._is_open(at)]
        ready = []
        for position in planned:
            missing = [key for key in self.spots[position].item.refers_to if key not in self.records]
            if missing:
                self._skipped[position] = self._why_not(missing[0])
            else:
                ready.append(position)
        return tuple(ready)

    def _is_open(self, position: int) -> bool:
        return self.state(position) is ItemState.PLANNED or position in self._again

    def _why_not(self, key: str) -> str:
        if key not in self._makers:
            return f"it needs {key}, which the org does not have and the plan does not make"
        return f"it needs {key}, which {_WORDS.get(self._outcome(self._makers[key]), 'has no id yet')}"

    def close(self, positions: Iterable[int]) -> None:
        """Remember that these are sent in this run, so that no failure of theirs is tried once more."""
        self._again -= frozenset(positions)

    def filled(self, positions: Sequence[int]) -> list[Item]:
        """Give items with ids in the place of their placeholders."""
        items = (self.spots[position].item for position in positions)
        return [replace(item, body=FrozenMap(item.filled(self.records))) for item in items]

    def body(self, step: Step, items: Sequence[Item]) -> Any:  # noqa: ANN401 - any JSON
        """Give the body of a request that sends these items of a step."""
        if step.kind is StepKind.ACHIEVE:
            return items[0].body.thawed()
        return {"learnings": [item.body.thawed() for item in items]}

    def failures(self) -> int:
        """Count what failed in this run."""
        return sum(
            entry.state is ItemState.FAILED and entry.position not in self._again for entry in self._entries.values()
        )

    def touched(self) -> frozenset[str]:
        """Give keys and record ids of what this plan changed before, or may have: what it sent, and refers to."""
        sent = (ItemState.DONE, ItemState.SENT, ItemState.IN_DOUBT)
        items = [self.spots[position].item for position, entry in self._entries.items() if entry.state in sent]
        keys = {record: key for key, record in self.records.items()}
        named = {text for item in items for text in _texts(item.body)} & keys.keys()
        own = {item.key for item in items}
        ids = {self.records[key] for key in own if key in self.records}
        return frozenset(own | ids | named | {keys[record] for record in named})

    def ids(self, entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
        """Give the ids of what is done, by key."""
        return {
            self.spots[entry.position].item.key: dict(entry.ids)
            for entry in entries
            if entry.state is ItemState.DONE and entry.ids
        }

    def _outcome(self, position: int) -> ItemOutcome:
        return _OUTCOMES[self.state(position)]

    def results(self, *, otherwise: str) -> tuple[ItemResult, ...]:
        """Give what became of each item; `otherwise` says why items were not sent that nothing else held back."""
        return tuple(self._result(position, otherwise) for position in range(len(self.spots)))

    def _result(self, position: int, otherwise: str) -> ItemResult:
        entry, spot = self._entries[position], self.spots[position]
        outcome = self._outcome(position)
        message = entry.message
        if outcome is ItemOutcome.SKIPPED:
            message = self._skipped.get(position) or otherwise
        elif outcome is ItemOutcome.IN_DOUBT:
            message = message or CUT_OFF
        elif outcome is ItemOutcome.DONE:
            message = ""
        return ItemResult(spot.item.key, spot.kind, outcome, entry.ids, entry.field, message, spot.item.source)


def record_of(ids: Mapping[str, str]) -> str | None:
    """Give the id that stands for a key: that of the learning, or of the achievement.

    Examples
    --------
    >>> record_of({"learning_id": "0tyLT00000009LOYAY", "course_id": "0vYLT0000000AH72AM"})
    '0tyLT00000009LOYAY'
    """
    return ids.get("learning_id") or ids.get("achievement_id")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
