"""Seeded schedules: a small plan, faults, kills at any state of the journal, and applies until it is done."""

from collections import deque
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from learngraph.publish.apply_checks import StalePlanError
from learngraph.publish.apply_result import ApplyResult
from learngraph.publish.apply_settings import ApplySettings
from learngraph.publish.applying import apply_plan
from learngraph.publish.journal import Clarity, Entry, ItemState, Journal
from learngraph.publish.publish_plan import PublishPlan
from learngraph.salesforce.wire import Request, Response, Transport
from tests.chaos.fake_org import FAULTS, FakeOrg
from tests.chaos.plans import faults_of, random_plan

_ROUNDS = 60  # applies of one plan
_CALM = 15  # rounds after which nothing goes wrong any more


class KilledError(BaseException):
    """Stands for kill -9: nothing that catches errors may catch it."""


class Fuse:
    """Ends everything at one of the next moments, or never."""

    def __init__(self, after: int | None = None, kind: type[BaseException] = KilledError) -> None:
        self.left = after
        self._kind = kind

    def burn(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                self.left = None
                raise self._kind


class MortalJournal(Journal):
    """A journal that can be cut off before and after each thing that it writes; the disk need not keep up."""

    _SYNCHRONOUS = "OFF"

    def __init__(self, path: Path, plan: PublishPlan, fuse: Fuse | None = None) -> None:
        super().__init__(path, plan)
        self.fuse = fuse or Fuse()
        self.looked_up = 0

    def send(self, step: int, positions: Iterable[int], request: Request, *, started: datetime) -> int:
        self.fuse.burn()
        number = super().send(step, positions, request, started=started)
        self.fuse.burn()
        return number

    def answer(self, number: int, response: Response, *, ended: datetime) -> None:
        self.fuse.burn()
        super().answer(number, response, ended=ended)
        self.fuse.burn()

    def settle(self, number: int, clarity: Clarity, entries: Iterable[Entry], *, ended: datetime) -> None:
        self.fuse.burn()
        super().settle(number, clarity, entries, ended=ended)
        self.fuse.burn()

    def note(self, entries: Iterable[Entry]) -> None:
        told = list(entries)
        self.fuse.burn()
        super().note(told)
        self.looked_up += sum(entry.state is not ItemState.IN_DOUBT for entry in told)
        self.fuse.burn()


@dataclass
class Figures:
    """What a chaos run has seen; the last three must be 0."""

    schedules: int = 0
    applies: int = 0
    requests: int = 0
    faults: int = 0
    kills: int = 0
    interrupts: int = 0
    looked_up: int = 0
    duplicates: int = 0
    losses: int = 0
    unsettled: int = 0

    def add(self, other: "Figures") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def __str__(self) -> str:
        return ", ".join(f"{one.name.replace('_', ' ')} {getattr(self, one.name):,}" for one in fields(self))


MakeTransport = Callable[[FakeOrg], Transport]


def run(
    seed: int,
    folder: Path,
    *,
    transport: MakeTransport = lambda org: org,
    journal: type[MortalJournal] = MortalJournal,
) -> Figures:
    """Carry out one schedule, and count."""
    random = Random(seed)  # noqa: S311 - the same schedule for the same seed
    org, figures = FakeOrg(), Figures(schedules=1)
    plan = random_plan(random, org)
    before = deepcopy(org)
    for number in range(_ROUNDS):
        calm = number >= _CALM
        org.faults = deque(() if calm else _faults(random))
        org.read_faults = deque(() if calm else [random.random() < 0.03 for _ in range(20)])
        kind = random.choice((KilledError, KilledError, KeyboardInterrupt))
        fuse = Fuse(None if calm or random.random() < 0.3 else random.randint(1, 40), kind)
        result = _apply(plan, org, transport(org), folder, journal, fuse, figures)
        if result is not None and result.exit_code == 0:
            break
    else:
        figures.unsettled += 1
    org.catch_up(all_of_it=True)
    figures.faults, figures.requests = len(org.happened), len(org.writes)
    figures.duplicates, figures.losses = faults_of(org, plan, before)
    return figures


def _apply(
    plan: PublishPlan,
    org: FakeOrg,
    transport: Transport,
    folder: Path,
    kind: type[MortalJournal],
    fuse: Fuse,
    figures: Figures,
) -> ApplyResult | None:
    figures.applies += 1
    with kind(folder / "journal.sqlite", plan, fuse) as journal:
        try:
            result = apply_plan(
                plan,
                transport,
                digest=plan.digest,
                journal=journal,
                reads=org.looked_at(),
                settings=ApplySettings(settle=20, skew=5),
                clock=org.time.clock,
            )
        except KilledError:
            figures.kills += 1
            return None
        except StalePlanError:  # nobody else changes this org
            figures.unsettled += 1
            return None
        finally:
            figures.looked_up += journal.looked_up
        figures.interrupts += result.interrupted
        return result


def _faults(random: Random) -> list[str | None]:
    share = random.choice((0.1, 0.3, 0.6))
    return [random.choice(FAULTS) if random.random() < share else None for _ in range(40)]


def run_many(
    seeds: Iterable[int],
    *,
    transport: MakeTransport = lambda org: org,
    journal: type[MortalJournal] = MortalJournal,
    tell: Callable[[int, Figures], None] | None = None,
) -> Figures:
    """Carry out many schedules, each in a folder of its own, and add up."""
    total = Figures()
    for seed in seeds:
        with TemporaryDirectory() as folder:
            figures = run(seed, Path(folder), transport=transport, journal=journal)
        total.add(figures)
        if tell:
            tell(seed, figures)
    return total
