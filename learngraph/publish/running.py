"""One run of an apply: what was cut short is cleared up, then step by step what is left is sent.

The order of three things is what keeps anything from being lost or made twice: the journal is told, the
request is sent, the journal is told. What has no clear answer is looked up before it is sent again.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from learngraph.errors import LearnGraphError
from learngraph.publish.apply_progress import ApplyReporter
from learngraph.publish.apply_result import ApplyResult
from learngraph.publish.apply_settings import ApplySettings, Clock, OrgReads
from learngraph.publish.journal import Clarity, Entry, ItemState, Journal
from learngraph.publish.looking_up import Doubt, Fate, Searching, look_up
from learngraph.publish.org_lock import LockLostError, OrgLock
from learngraph.publish.publish_plan import Item, StepKind
from learngraph.publish.run_state import CUT_OFF, RunState
from learngraph.publish.write_answers import ItemAnswer, Reading, Verdict, Whole, read_write
from learngraph.salesforce.wire import NotSentError, Request, Response, Transport

#: positions of items that are sent in one request
Batch = tuple[int, ...]


class _Stop(Exception):  # noqa: N818 - no error: the way out of a run
    def __init__(self, why: str, *, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.retry_after = retry_after


class Run:
    """One run; `carry_out` is called once."""

    def __init__(
        self,
        state: RunState,
        transport: Transport,
        journal: Journal,
        lock: OrgLock,
        *,
        reads: OrgReads,
        settings: ApplySettings,
        reporter: ApplyReporter,
        clock: Clock,
    ) -> None:
        self._state = state
        self._transport = transport
        self._journal = journal
        self._lock = lock
        self._reads = reads
        self._settings = settings
        self._reporter = reporter
        self._clock = clock
        self._ahead = timedelta()  # how far the org's clock is ahead of ours
        self._busy: Counter[int] = Counter()
        self._lost: Counter[int] = Counter()
        self._twice: dict[int, Entry] = {}
        self._requests = self._looked_up = 0

    def carry_out(self) -> ApplyResult:
        """Send what is left to send, as far as it goes, and say what became of everything."""
        stop: _Stop | None = None
        interrupted = False
        done = len(self._in(ItemState.DONE))
        self._reporter.begin(len(self._state.spots), done)
        try:
            self._tell_ids(self._journal.entries())
            self._ask_time()
            self._state.reopen()
            self._clear_up()
            self._state.reopen()
            for number in range(len(self._state.plan.steps)):
                self._step(number)
        except _Stop as caught:
            stop = caught
        except KeyboardInterrupt:
            interrupted = True
            self._cut_off()
        finally:
            self._reporter.end()
        return self._result(stop, interrupted=interrupted)

    def _result(self, stop: _Stop | None, *, interrupted: bool) -> ApplyResult:
        self._state.put(self._journal.entries())
        why = stop.why if stop else "it was interrupted" if interrupted else ""
        after = stop.retry_after if stop else None
        plan = self._state.plan
        return ApplyResult(
            plan.org,
            self._lock.owner.plan,
            self._state.results(otherwise=f"not sent: {why}"),
            stopped=why,
            go_on_after=None if after is None else self._clock.now() + timedelta(seconds=after),
            interrupted=interrupted,
            requests=self._requests,
            looked_up=self._looked_up,
        )

    def _in(self, *states: ItemState) -> list[int]:
        return [at for number in range(len(self._state.plan.steps)) for at in self._state.positions(number, *states)]

    # ---- what was cut short

    def _cut_off(self) -> None:
        """Write down when what has no answer was cut off: from then on the org is given time."""
        for sending in self._journal.unsettled():
            if sending.response is None:
                self._settle(sending.number, Clarity.UNCLEAR, _entries(sending.positions, ItemState.IN_DOUBT, CUT_OFF))

    def _clear_up(self) -> None:
        """Read answers that came and were not read, and look up what had none."""
        self._cut_off()
        for sending in self._journal.unsettled():
            if sending.response is not None:
                with suppress(_Stop):  # what stopped that run need not stop this one
                    items = self._state.filled(sending.positions)
                    self._take(sending.number, sending.positions, items, sending.response)
        for number in range(len(self._state.plan.steps)):
            if doubtful := self._state.positions(number, ItemState.IN_DOUBT):
                self._resolve(number, doubtful)

    # ---- sending

    def _step(self, number: int) -> None:
        queue = deque(self._batches(number))
        while queue:
            batch = queue.popleft()
            queue.extendleft(reversed(self._send(number, batch)))

    def _batches(self, number: int) -> list[Batch]:
        ready = self._state.ready(number)
        self._state.close(ready)
        if self._state.plan.steps[number].kind is StepKind.ACHIEVE:
            return [(position,) for position in ready]  # a record is a request
        return [ready] if ready else []

    def _send(self, number: int, batch: Batch) -> list[Batch]:
        """Send a batch, and give what is to be sent next in its place."""
        try:
            self._lock.check()
        except LockLostError as error:
            raise _Stop(str(error)) from None
        step = self._state.plan.steps[number]
        items = self._state.filled(batch)
        body = self._state.body(step, items)
        request = Request(step.method, f"/services/data/v{self._state.plan.org.api_version}{step.path}", body)
        sent = self._journal.send(number, batch, request, started=self._org_time())
        self._requests += 1
        try:
            response = self._transport.send(request)
        except NotSentError as error:
            self._settle(sent, Clarity.NOT_CARRIED_OUT, _entries(batch, ItemState.PLANNED))
            # a transport that met a limit of the org knows how long to wait
            raise _Stop(str(error), retry_after=getattr(error, "wait", None)) from None
        except LearnGraphError as error:
            self._settle(sent, Clarity.UNCLEAR, _entries(batch, ItemState.IN_DOUBT, str(error)))
            return self._resolve(number, batch)
        self._set_clock(response)
        self._journal.answer(sent, response, ended=self._org_time())
        again = self._take(sent, batch, items, response)
        doubtful = tuple(at for at in batch if self._state.state(at) is ItemState.IN_DOUBT)
        return again + (self._resolve(number, doubtful) if doubtful else [])

    def _take(self, sent: int, batch: Batch, items: Sequence[Item], response: Response) -> list[Batch]:
        """Settle a request by its answer, and give what of it is to be sent again."""
        reading = read_write(response, items, self._state.spots[batch[0]].kind)
        match reading.whole:
            case Whole.READ:
                return self._take_items(sent, batch, reading)
            case Whole.UNCLEAR:
                self._settle(sent, Clarity.UNCLEAR, _entries(batch, ItemState.IN_DOUBT, reading.message))
                return []
            case Whole.STOP:
                self._settle(sent, Clarity.NOT_CARRIED_OUT, _entries(batch, ItemState.PLANNED))
                raise _Stop(reading.message, retry_after=reading.retry_after)
            case _ if len(batch) > 1:
                self._settle(sent, Clarity.NOT_CARRIED_OUT, _entries(batch, ItemState.PLANNED))
                return _halves(batch)
            case _:
                self._settle(sent, Clarity.NOT_CARRIED_OUT, _entries(batch, ItemState.FAILED, reading.message))
                self._stop_on_failures()
                return []

    def _take_items(self, sent: int, batch: Batch, reading: Reading) -> list[Batch]:
        entries = [self._entry(at, answer) for at, answer in zip(batch, reading.items, strict=True)]
        unclear = any(answer.verdict is Verdict.UNCLEAR for answer in reading.items)
        self._settle(sent, Clarity.UNCLEAR if unclear else Clarity.READ, entries)
        self._stop_on_failures()
        busy = tuple(entry.position for entry in entries if entry.state is ItemState.PLANNED)
        if busy:
            self._wait(self._settings.pause * 2 ** (max(self._busy[at] for at in busy) - 1), "records were locked")
        return [busy] if busy else []

    def _entry(self, position: int, answer: ItemAnswer) -> Entry:
        """Give what the journal is told of one learning of an answer."""
        match answer.verdict:
            case Verdict.DONE:
                return Entry(position, ItemState.DONE, answer.ids)
            case Verdict.UNCLEAR:
                return Entry(position, ItemState.IN_DOUBT, message=answer.message)
            case Verdict.BUSY:
                self._busy[position] += 1
                if self._busy[position] < self._settings.tries:
                    return Entry(position, ItemState.PLANNED)
            case Verdict.TWICE if self._journal.unclear(position) and position not in self._twice:
                # an earlier request without an answer may have made it after all
                self._twice[position] = Entry(position, ItemState.FAILED, field=answer.field, message=answer.message)
                return Entry(position, ItemState.IN_DOUBT, message=answer.message)
            case _:
                pass
        return Entry(position, ItemState.FAILED, field=answer.field, message=answer.message)

    def _stop_on_failures(self) -> None:
        most, on_error = self._settings.max_failures, self._settings.on_error
        if most is None and on_error == "continue":
            return
        failures = self._state.failures()
        if failures and on_error == "stop":
            raise _Stop("a learning failed, and on_error is stop")
        if most is not None and failures >= most:
            raise _Stop(f"{failures} learnings failed, and max_failures is {most}")

    # ---- what is in doubt

    def _resolve(self, number: int, batch: Batch) -> list[Batch]:
        """Look up what is in doubt, and give what is to be sent again: it is surely not there."""
        self._let_settle(batch)
        try:
            fates = self._fates(number, batch)
        except (LearnGraphError, LookupError) as error:
            raise _Stop(f"the org could not be asked what became of {len(batch)} learnings: {error}") from None
        entries = [self._resolved(at, fate) for at, fate in zip(batch, fates, strict=True)]
        self._journal.note(entries)
        self._state.put(entries)
        self._looked_up += sum(entry.state is not ItemState.IN_DOUBT for entry in entries)
        self._tell(entries)
        absent = tuple(entry.position for entry in entries if entry.state is ItemState.PLANNED)
        if len(absent) == 1:  # more than one are sent in halves, which is not the same again
            self._lost.update(absent)
        if any(self._lost[at] >= self._settings.tries for at in absent):
            raise _Stop("the org takes requests, does not answer, and does not carry them out: try again later")
        self._stop_on_failures()
        # what timed out may have been too big
        return _halves(absent) if absent else []

    def _let_settle(self, batch: Batch) -> None:
        ends = [times[1] for at in batch if (times := self._journal.unclear(at))]
        if ends:
            passed = (self._org_time() - max(ends)).total_seconds()
            left = self._settings.settle - max(passed, 0)  # where a clock was set back, no longer than that
            self._wait(left, "a request had no answer, and may still be at work")

    def _fates(self, number: int, batch: Batch) -> Sequence[Fate]:
        items = self._state.filled(batch)
        kind = self._state.plan.steps[number].kind
        if kind in (StepKind.UPDATE, StepKind.CLOSE):
            return [_fate(self._reads.still_needed(item)) for item in items]
        earlier = timedelta(seconds=self._settings.skew)
        starts = [self._since(at) - earlier for at in batch]
        doubts = [Doubt(item, start) for item, start in zip(items, starts, strict=True)]
        taken = frozenset(self._state.records.values())
        return look_up(doubts, kind, Searching(self._reads.query, self._state.plan.external_id_fields, taken))

    def _since(self, position: int) -> datetime:
        times = self._journal.unclear(position)
        return times[0] if times else self._org_time()

    def _resolved(self, position: int, fate: Fate) -> Entry:
        if fate.there:
            item = self._state.filled((position,))[0]
            own = item.body.get("learning", {}).get("learningId")
            return Entry(position, ItemState.DONE, fate.ids or ({"learning_id": own} if own else {}))
        if fate.there is None:
            return Entry(position, ItemState.IN_DOUBT, message=f"it was sent and not answered, and {fate.message}")
        return self._twice.get(position) or Entry(position, ItemState.PLANNED)

    # ---- what is shared

    def _settle(self, sent: int, clarity: Clarity, entries: Iterable[Entry]) -> None:
        told = list(entries)
        self._journal.settle(sent, clarity, told, ended=self._org_time())
        self._state.put(told)
        self._tell(told)

    def _tell(self, entries: Sequence[Entry]) -> None:
        self._tell_ids(entries)
        self._reporter.step(sum(entry.state in (ItemState.DONE, ItemState.FAILED) for entry in entries))

    def _tell_ids(self, entries: Iterable[Entry]) -> None:
        ids = self._state.ids(entries)
        if ids:
            try:
                self._settings.remember(ids)
            except OSError as error:
                raise _Stop(f"the ids of what was made could not be written: {error}") from None

    def _wait(self, seconds: float, why: str) -> None:
        if seconds > 0:
            self._reporter.wait(seconds, why)
            self._clock.sleep(seconds)

    def _org_time(self) -> datetime:
        return self._clock.now() + self._ahead

    def _ask_time(self) -> None:
        """Learn how far the org's clock is ahead, for what is looked for by the time when it was made."""
        with suppress(LearnGraphError):  # what is wrong with the way shows when something is sent
            self._set_clock(self._transport.send(Request("GET", "/services/data")))

    def _set_clock(self, response: Response) -> None:
        try:
            self._ahead = parsedate_to_datetime(response.headers["date"]) - self._clock.now()
        except (KeyError, ValueError, TypeError):
            return


def _entries(batch: Batch, state: ItemState, message: str = "") -> list[Entry]:
    return [Entry(position, state, message=message) for position in batch]


def _halves(batch: Batch) -> list[Batch]:
    middle = (len(batch) + 1) // 2
    return [part for part in (batch[:middle], batch[middle:]) if part]


def _fate(needed: bool | None) -> Fate:  # noqa: FBT001 - the answer of a function
    if needed is None:
        return Fate(there=None, message="the org has a part of it, or it cannot be told")
    return Fate(there=not needed)
