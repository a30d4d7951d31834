"""Answers that came and are not taken: nobody knows whether the request was carried out."""

from learngraph.markup import printable
from learngraph.salesforce.wire import NoAnswerError, Request

_LONGEST = 253  # letters of the name of a host


class RedirectedError(NoAnswerError):
    """A request that its host wanted to have sent to another address, which was not done.

    Attributes
    ----------
    request
        What was sent.
    fault
        What went wrong.
    host
        The host that was named; empty where none was.
    """

    def __init__(self, request: Request, host: str) -> None:
        named = printable(host)[:_LONGEST]
        super().__init__(request, f"it was to be sent on to {named or 'another address'}, and was not")
        self.args = (request, named)
        self.host = named


class AnswerTooLargeError(NoAnswerError):
    """A request whose answer was larger than what is taken.

    Attributes
    ----------
    request
        What was sent.
    fault
        What went wrong.
    limit
        The most that is taken, in bytes of the decoded answer.
    """

    def __init__(self, request: Request, limit: int) -> None:
        super().__init__(request, f"the answer is larger than {limit:,} bytes")
        self.args = (request, limit)
        self.limit = limit
