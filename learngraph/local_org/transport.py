"""The embedded org without a port: a `Transport` inside this process."""

import json
from collections.abc import Mapping

from learngraph.local_org.org import LocalOrg
from learngraph.salesforce.wire import Request, Response

#: what publishing sends with every request
_HEADERS = {"X-Chatter-Entity-Encoding": "false", "Accept-Language": "en-US"}


class LocalTransport:
    """Sends requests to an org in this process, as JSON would carry them.

    `headers` are sent with every request, by default those that publishing sends.

    Examples
    --------
    >>> transport = LocalTransport(LocalOrg.open())
    >>> transport.send(Request("GET", "/services/data")).json()[-1]["version"]
    '67.0'
    """

    def __init__(self, org: LocalOrg, *, headers: Mapping[str, str] = _HEADERS) -> None:
        self.org = org
        self._headers = headers

    def send(self, request: Request) -> Response:
        """Send one request, which always reaches the org."""
        body = None if request.body is None else json.loads(json.dumps(request.body))
        return self.org.answer(Request(request.method, request.path, body, {**self._headers, **request.headers}))

    def __repr__(self) -> str:
        return f"<LocalTransport: {self.org!r}>"
