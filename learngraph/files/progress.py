"""Progress as a reporter with empty methods: whoever has a screen fills them."""


class Reporter:
    """Is told how far a long piece of work is; by itself it says nothing."""

    def begin(self, task: str, total: int) -> None:
        """Begin a piece of work of `total` steps."""

    def step(self) -> None:
        """Take one step."""

    def end(self) -> None:
        """End the piece of work."""
