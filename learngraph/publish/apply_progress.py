"""How far an apply is, told to whoever has a screen."""


class ApplyReporter:
    """Is told how far an apply is; by itself it says nothing."""

    def begin(self, total: int, done: int) -> None:
        """Begin to send `total` learnings, of which `done` were done before."""

    def step(self, settled: int) -> None:
        """Tell that this many more learnings are done or have failed."""

    def wait(self, seconds: float, why: str) -> None:
        """Begin to wait."""

    def end(self) -> None:
        """End, however it ended."""
