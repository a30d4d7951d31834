"""The org's limits of requests: how they are told, and what it means to have reached one."""

import re
from typing import NamedTuple

from learngraph.publish.refusals import error_codes
from learngraph.salesforce.wire import NotSentError, Request, Response

_USAGE = re.compile(r"(?:^|[;, ])api-usage=(\d{1,12})/(\d{1,12})")
_TOO_MANY, _FORBIDDEN = 429, 403


class Usage(NamedTuple):
    """How many requests of the last 24 hours were used, of how many."""

    used: int
    allowed: int

    @property
    def is_spent(self) -> bool:
        """Whether none is left."""
        return self.used >= self.allowed

    def __str__(self) -> str:
        return f"{self.used:,} of {self.allowed:,} requests in 24 hours"


class LimitReachedError(NotSentError):
    """A request that the org refused since it takes no more for now; it was not carried out.

    Attributes
    ----------
    request
        What was to be sent.
    fault
        What the org says, and when to go on.
    usage
        How many requests were used, of how many; None where the org does not say.
    wait
        After how many seconds to go on, as the org says; None where it does not.
    """

    def __init__(self, request: Request, usage: Usage | None, wait: float | None) -> None:
        used = f" ({usage})" if usage else ""
        when = "later, at most in 24 hours" if wait is None else f"in {wait:,.0f} s"
        super().__init__(request, f"the org's limit of requests is reached{used}: go on {when}")
        self.args = (request, usage, wait)
        self.usage = usage
        self.wait = wait


def usage(response: Response) -> Usage | None:
    """Read what an answer says of the requests that were used.

    Examples
    --------
    >>> usage(Response(200, headers={"sforce-limit-info": "api-usage=18/15000"}))
    Usage(used=18, allowed=15000)
    """
    found = _USAGE.search(response.headers.get("sforce-limit-info", ""))
    return Usage(int(found[1]), int(found[2])) if found else None


def refused_for_limit(response: Response) -> bool:
    """Whether an answer refuses a request for the number of others.

    That is 429, or 403 with REQUEST_LIMIT_EXCEEDED: of the day, or too many long ones at a time.
    """
    if response.status == _FORBIDDEN:
        return "REQUEST_LIMIT_EXCEEDED" in error_codes(response)
    return response.status == _TOO_MANY
