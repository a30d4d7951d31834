"""What an apply is told: how it looks at the org, what it does on failures, and how long it waits."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from learngraph.markup import Stated
from learngraph.model.value import InvalidValueError
from learngraph.publish.looking_up import Query
from learngraph.publish.publish_plan import Item, OrgFacts


@dataclass(frozen=True, slots=True)
class OrgReads:
    """How an apply looks at the org, in four functions that change nothing.

    `facts` says which org answers, and `query` gives the records that a SOQL query finds. `reread` makes the
    fingerprints of these learnings anew, by what names them in the plan's; what is gone it leaves out.
    `still_needed` says of an item that updates a record (with ids in the place of its placeholders)
    whether the org still lacks what it would make; None where it has a part of it, or it cannot be told.
    """

    facts: Callable[[], OrgFacts]
    query: Query
    reread: Callable[[Collection[str]], Mapping[str, str]]
    still_needed: Callable[[Item], bool | None]


def forget(ids: Mapping[str, Mapping[str, str]]) -> None:
    """Do nothing with ids that became known.

    Examples
    --------
    >>> forget({"CS 101": {"learning_id": "0tyLT00000009LOYAY"}})
    """


@dataclass(frozen=True, slots=True)
class ApplySettings(Stated):
    """What an apply does on failures, and how long it waits; times are in seconds.

    `org_name` confirms a production org. `on_error` is "continue" (with what does not depend on it) or
    "stop"; it also stops where `max_failures` learnings have failed. After a request without an answer the org
    is given `settle` to finish it before anybody looks, and what it made is looked for from `skew` before it
    was sent. What another change kept locked is sent `tries` times, waiting `pause`, twice that, and so
    on; so often, too, is one learning sent that was not answered and is not there. `remember` is handed the ids of
    records as soon as they are known, by key.
    """

    org_name: str | None = None
    on_error: Literal["continue", "stop"] = "continue"
    max_failures: int | None = None
    settle: float = 30.0
    skew: float = 60.0
    tries: int = 4
    pause: float = 2.0
    remember: Callable[[Mapping[str, Mapping[str, str]]], None] = forget

    def __post_init__(self) -> None:
        faults = [(name, "is negative") for name in ("settle", "skew", "pause") if getattr(self, name) < 0]
        if self.on_error not in ("continue", "stop"):
            faults.append(("on_error", f"{self.on_error!r} is neither continue nor stop"))
        counts = (("tries", self.tries), ("max_failures", self.max_failures))
        faults += [(name, "is less than 1") for name, count in counts if count is not None and count < 1]
        if faults:
            raise InvalidValueError("ApplySettings", tuple(faults))


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and how to let it pass."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
