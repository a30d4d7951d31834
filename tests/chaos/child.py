"""One apply in a process of its own, which may kill itself: python -m tests.chaos.child FOLDER SEED MOMENT."""

import os
import pickle
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

from learngraph.publish.apply_settings import ApplySettings
from learngraph.publish.applying import apply_plan
from learngraph.publish.publish_plan import PublishPlan
from learngraph.salesforce.wire import Request, Response
from tests.chaos.fake_org import FakeOrg
from tests.chaos.plans import random_plan
from tests.chaos.schedule import Fuse, MortalJournal


@dataclass
class StoredOrg(FakeOrg):
    """An org that outlives the process: what it holds lies in a file."""

    path: Path = Path("org.pickle")

    def send(self, request: Request) -> Response:
        try:
            return super().send(request)
        finally:
            self.store()

    def store(self) -> None:
        new = self.path.with_suffix(".new")
        new.write_bytes(pickle.dumps(self))
        new.replace(self.path)


class Bomb(Fuse):
    """Kills the process: no `finally`, no `with`, nothing."""

    def burn(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def stored(folder: Path, seed: int) -> tuple[StoredOrg, PublishPlan]:
    """Give the org as it was left, and the plan for it."""
    plan, path = folder / "plan.pickle", folder / "org.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes()), pickle.loads(plan.read_bytes())  # noqa: S301 - our own bytes
    org = StoredOrg(path=path)
    made = random_plan(Random(seed), org)  # noqa: S311 - the same plan for the same seed
    plan.write_bytes(pickle.dumps(made))
    org.store()
    return org, made


def apply_in(folder: Path, seed: int, moment: int) -> int:
    """Apply the plan of a folder, and die at the moment, counted from 1; 0 for never."""
    org, plan = stored(folder, seed)
    with MortalJournal(folder / "journal.sqlite", plan, Bomb(moment or None)) as journal:
        result = apply_plan(
            plan,
            org,
            digest=plan.digest,
            journal=journal,
            reads=org.looked_at(),
            settings=ApplySettings(settle=20, skew=5),
            clock=org.time.clock,
        )
    return result.exit_code


if __name__ == "__main__":
    sys.exit(apply_in(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
