"""What became of each learning of a plan."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from learngraph.markup import Stated, Table, Tabular
from learngraph.publish.publish_plan import OrgFacts, StepKind

FORMAT = "learngraph-result/1"

_HEADINGS = ("state", "key", "step", "record", "field", "message", "source")


class ItemOutcome(StrEnum):
    """What became of a learning: skipped was not sent, and in doubt may have been carried out."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    IN_DOUBT = "in doubt"


@dataclass(frozen=True, slots=True)
class ItemResult(Stated):
    """What became of one learning in one step: the ids of its records, or the field and why not.

    `source` is where the learning was read, such as "catalogue.csv:12".
    """

    key: str
    kind: StepKind
    outcome: ItemOutcome
    ids: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    message: str = ""
    source: str = ""

    @property
    def record(self) -> str:
        """The id of the learning, or of the achievement; empty where none is known."""
        return self.ids.get("learning_id") or self.ids.get("achievement_id") or ""


@dataclass(frozen=True, slots=True, repr=False)
class ApplyResult(Tabular):
    """What became of a plan, learning by learning in the plan's order, earlier runs included.

    `stopped` says why not all was sent, where something stopped it, and `go_on_after` when it makes sense to
    go on, where the org said so; `interrupted` is Ctrl-C. `requests` counts what was sent in this run, and
    `looked_up` the learnings in doubt that were looked up and settled.
    """

    org: OrgFacts
    plan: str
    items: tuple[ItemResult, ...] = ()
    stopped: str = ""
    go_on_after: datetime | None = None
    interrupted: bool = False
    requests: int = 0
    looked_up: int = 0

    @property
    def done(self) -> tuple[ItemResult, ...]:
        """What the org has now."""
        return self._of(ItemOutcome.DONE)

    @property
    def failed(self) -> tuple[ItemResult, ...]:
        """What the org refused."""
        return self._of(ItemOutcome.FAILED)

    @property
    def skipped(self) -> tuple[ItemResult, ...]:
        """What was not sent."""
        return self._of(ItemOutcome.SKIPPED)

    @property
    def in_doubt(self) -> tuple[ItemResult, ...]:
        """What was sent, and nobody can tell whether it was carried out."""
        return self._of(ItemOutcome.IN_DOUBT)

    def _of(self, outcome: ItemOutcome) -> tuple[ItemResult, ...]:
        return tuple(item for item in self.items if item.outcome is outcome)

    @property
    def exit_code(self) -> int:
        """What a command exits with: 0 where all is done, 3 where anything is not."""
        return 0 if len(self.done) == len(self.items) else 3

    @property
    def table(self) -> Table:
        """A row for each learning and step, what is not done first."""
        order = (ItemOutcome.FAILED, ItemOutcome.IN_DOUBT, ItemOutcome.SKIPPED, ItemOutcome.DONE)
        return Table(_HEADINGS, [_row(item) for outcome in order for item in self._of(outcome)])

    def to_json(self) -> dict[str, Any]:
        """Give the result as JSON, in the stable format `learngraph-result/1`.

        Examples
        --------
        >>> org = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
        >>> ApplyResult(org, "abc").to_json()["counts"]
        {'done': 0, 'failed': 0, 'skipped': 0, 'in doubt': 0}
        """
        return {
            "format": FORMAT,
            "org": {"id": self.org.id, "name": self.org.name, "sandbox": self.org.sandbox},
            "plan": self.plan,
            "counts": {outcome.value: len(self._of(outcome)) for outcome in ItemOutcome},
            "stopped": self.stopped,
            "go_on_after": self.go_on_after.isoformat() if self.go_on_after else None,
            "interrupted": self.interrupted,
            "items": [_item_json(item) for item in self.items],
        }

    def to_csv(self) -> str:
        """Give the table as CSV, with where each learning was read.

        A cell that a spreadsheet would take for a formula begins with an apostrophe.

        Examples
        --------
        >>> org = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
        >>> ApplyResult(org, "abc").to_csv().split()
        ['state,key,step,record,field,message,source']
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        headings, rows = self.table
        writer.writerow(headings)
        writer.writerows([_cell(value) for value in row] for row in rows)
        return text.getvalue()

    def _notes(self) -> Iterator[str]:
        if self.stopped:
            yield f"stopped: {self.stopped}"
        if self.go_on_after:
            yield f"go on after {self.go_on_after.isoformat(timespec='seconds')}"
        if self.looked_up:
            yield f"{self.looked_up:,} had no answer and were looked up"

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(self._of(outcome)):,} {outcome.value}" for outcome in ItemOutcome if self._of(outcome)
        )
        return f"<ApplyResult for {self.org.name[:60]}: {counts or 'nothing to do'}{self._end}>"

    @property
    def _end(self) -> str:
        return "; interrupted" if self.interrupted else "; stopped" if self.stopped else ""


def _row(item: ItemResult) -> tuple[object, ...]:
    return item.outcome.value, item.key, item.kind.value, item.record, item.field, item.message, item.source


def _item_json(item: ItemResult) -> dict[str, Any]:
    return {
        "key": item.key,
        "step": item.kind.value,
        "state": item.outcome.value,
        "ids": dict(item.ids),
        "field": item.field,
        "message": item.message,
        "source": item.source,
    }


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
