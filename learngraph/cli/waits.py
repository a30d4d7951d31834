"""Waits for an org, told on standard error: a command that says nothing for a minute seems to hang."""

from learngraph.cli.output import say
from learngraph.orgs import Org
from learngraph.orgs import connect as connect_to
from learngraph.publish.retrying import WaitReporter
from learngraph.salesforce.wire import Request

_NOTICED = 1.0  # seconds


class Waits(WaitReporter):
    """Says why nothing moves, and for how long."""

    def waiting(self, request: Request, *, seconds: float, why: str) -> None:  # noqa: ARG002 - as its base has it
        """Say it, where anybody would notice."""
        if seconds >= _NOTICED:
            say(f"waiting {seconds:.0f} s: {why}")


def connect(name: str) -> Org:
    """Reach an org by its name, and tell of waits."""
    return connect_to(name, reporter=Waits())
