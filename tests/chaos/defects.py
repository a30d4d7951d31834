"""Defects as people make them, planted to see that the schedules find them."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from learngraph.publish.journal import Clarity, Entry
from learngraph.publish.publish_plan import PublishPlan
from learngraph.salesforce.wire import NoAnswerError, Request, Response
from tests.chaos.fake_org import FakeOrg
from tests.chaos.schedule import Fuse, MortalJournal


class BlindRetry:
    """Sends again whatever was not answered, as many libraries do by default."""

    def __init__(self, org: FakeOrg) -> None:
        self._org = org

    def send(self, request: Request) -> Response:
        try:
            return self._org.send(request)
        except NoAnswerError:
            return self._org.send(request)


class LateJournal(MortalJournal):
    """Writes a request down when something came back, not before it is sent."""

    def __init__(self, path: Path, plan: PublishPlan, fuse: Fuse | None = None) -> None:
        super().__init__(path, plan, fuse)
        self._held: tuple[int, tuple[int, ...], Request, datetime] | None = None
        self._numbers: dict[int, int] = {}

    def send(self, step: int, positions: Iterable[int], request: Request, *, started: datetime) -> int:
        self.fuse.burn()
        self._held = (step, tuple(positions), request, started)
        return -len(self._numbers) - 1

    def _written(self, number: int) -> int:
        if self._held:
            step, positions, request, started = self._held
            self._numbers[number] = super().send(step, positions, request, started=started)
            self._held = None
        return self._numbers.get(number, number)

    def answer(self, number: int, response: Response, *, ended: datetime) -> None:
        self.fuse.burn()
        super().answer(self._written(number), response, ended=ended)

    def settle(self, number: int, clarity: Clarity, entries: Iterable[Entry], *, ended: datetime) -> None:
        super().settle(self._written(number), clarity, entries, ended=ended)
