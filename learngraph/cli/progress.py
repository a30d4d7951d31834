"""A progress bar for big files, on a terminal only."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from learngraph.files.progress import Reporter

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
