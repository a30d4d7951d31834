"""A progress bar for big files, on a terminal only."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from learngraph.cli.output import say
from learngraph.files.progress import Reporter
from learngraph.markup import printable
from learngraph.publish.apply_progress import ApplyReporter

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LARGE = 1_000_000  # bytes: below, nobody wonders
_EVERY = 200  # steps: a bar that is drawn for each line costs more than reading it


def reporter_for(file: str) -> Reporter:
    """Give a bar for a big file that somebody waits for, else a reporter that says nothing."""
    path = Path(file)
    if sys.stderr.isatty() and path.is_file() and path.stat().st_size > _LARGE:
        return Bar()
    return Reporter()


class Bar(Reporter):
    """Draws how far a piece of work is, on standard error, and takes the bar away at its end."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._steps = 0

    def begin(self, task: str, total: int) -> None:
        """Draw the bar."""
        from rich.console import Console  # noqa: PLC0415 - imported when first used
        from rich.progress import Progress  # noqa: PLC0415 - as above

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(task, total=total)
        self._progress.start()

    def step(self) -> None:
        """Move the bar, now and then."""
        self._steps += 1
        if self._progress is not None and self._task is not None and self._steps % _EVERY == 0:
            self._progress.update(self._task, completed=self._steps)

    def end(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()


def apply_reporter() -> ApplyReporter:
    """Give a bar where somebody watches, else a reporter that only says why it waits."""
    return ApplyBar() if sys.stderr.isatty() else SaidWaits()


class SaidWaits(ApplyReporter):
    """Says in a line of its own why nothing moves."""

    def wait(self, seconds: float, why: str) -> None:
        """Say it."""
        say(f"waiting {seconds:.0f} s: {why}")


class ApplyBar(ApplyReporter):
    """Draws how far an apply is, with its rate and the time left, on standard error."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def begin(self, total: int, done: int) -> None:
        """Draw the bar."""
        from rich.console import Console  # noqa: PLC0415 - imported when first used
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("sending", total=total, completed=done)
        self._progress.start()

    def step(self, settled: int) -> None:
        """Move the bar."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, advance=settled, description="sending")

    def wait(self, seconds: float, why: str) -> None:
        """Say on the bar why nothing moves."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=f"waiting {seconds:.0f} s: {printable(why)[:60]}")

    def end(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
