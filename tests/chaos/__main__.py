"""Run seeded schedules by hand: python -m tests.chaos [COUNT [FIRST SEED]]."""

import sys
import time

from tests.chaos.schedule import Figures, run_many


def _tell(seed: int, figures: Figures) -> None:
    if figures.duplicates or figures.losses or figures.unsettled:
        sys.stdout.write(f"seed {seed}: {figures}\n")


count, first = (*map(int, sys.argv[1:3]), *(300, 0)[len(sys.argv[1:3]) :])
began = time.monotonic()
total = run_many(range(first, first + count), tell=_tell)
sys.stdout.write(f"{total}; {time.monotonic() - began:.0f} s\n")
sys.exit(bool(total.duplicates or total.losses or total.unsettled))
