from collections import deque
from copy import deepcopy
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from learngraph.publish.apply_result import ApplyResult
from learngraph.publish.apply_settings import ApplySettings
from learngraph.publish.applying import apply_plan
from tests.chaos.fake_org import FAULTS, FakeOrg, deleted_by
from tests.chaos.plans import faults_of, random_plan
from tests.chaos.schedule import Fuse, KilledError, MortalJournal


class Applying(RuleBasedStateMachine):
    """A plan is applied again and again while whatever can go wrong does, in any order."""

    @initialize(seed=st.integers(0, 10_000))
    def plan_something(self, seed: int) -> None:
        self.folder = TemporaryDirectory()
        self.org = FakeOrg()
        self.plan = random_plan(Random(seed), self.org)  # noqa: S311 - the same plan for the same seed
        self.before = deepcopy(self.org)
        self.result: ApplyResult | None = None

    def _apply(self, fuse: Fuse) -> None:
        with MortalJournal(Path(self.folder.name) / "journal.sqlite", self.plan, fuse) as journal:
            self.result = apply_plan(
                self.plan,
                self.org,
                digest=self.plan.digest,
                journal=journal,
                reads=self.org.looked_at(),
                settings=ApplySettings(settle=20, skew=5),
                clock=self.org.time.clock,
            )

    @rule(faults=st.lists(st.sampled_from([None, *FAULTS]), max_size=12))
    def apply_it_while_requests_fail(self, faults: list[str | None]) -> None:
        self.org.faults = deque(faults)
        self._apply(Fuse())

    @rule(moment=st.integers(1, 30), faults=st.lists(st.sampled_from([None, "lost", "late", "locked"]), max_size=6))
    def kill_it(self, moment: int, faults: list[str | None]) -> None:
        self.org.faults = deque(faults)
        try:
            self._apply(Fuse(moment))
        except KilledError:
            self.result = None

    @rule(moment=st.integers(1, 30))
    def interrupt_it(self, moment: int) -> None:
        self._apply(Fuse(moment, KeyboardInterrupt))

    @rule(reads=st.lists(st.booleans(), max_size=6))
    def apply_it_while_nothing_can_be_looked_up(self, reads: list[bool]) -> None:
        self.org.faults, self.org.read_faults = deque(["lost", "reset"]), deque([False, *reads])
        self._apply(Fuse())
        self.org.read_faults.clear()

    @rule(seconds=st.integers(1, 100_000))
    def wait(self, seconds: int) -> None:
        self.org.time.sleep(seconds)

    @invariant()
    def nothing_is_there_twice(self) -> None:
        if hasattr(self, "org"):
            duplicates, _ = faults_of(self.org, self.plan, self.before)
            changes = [item.body for _, item in self.plan.items if "description" in item.body.get("learning", {})]
            # what is not yet changed differs from what is to be, and is no duplicate
            changed = len(changes) + sum(len(deleted_by(body)) for body in changes)
            assert duplicates <= changed

    @precondition(lambda self: self.result is not None and self.result.exit_code == 0)
    @rule()
    def apply_what_is_done(self) -> None:
        sent = len(self.org.writes) + len(self.org.reads)
        self._apply(Fuse())
        assert len(self.org.writes) + len(self.org.reads) == sent

    def teardown(self) -> None:
        if not hasattr(self, "org"):
            return
        self.org.faults.clear()
        self.org.read_faults.clear()
        self._apply(Fuse())
        self.org.catch_up(all_of_it=True)
        assert self.result is not None
        assert self.result.exit_code == 0, self.result
        assert faults_of(self.org, self.plan, self.before) == (0, 0)
        self.folder.cleanup()


Applying.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestApplying = Applying.TestCase
