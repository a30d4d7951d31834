"""The embedded org on a port of the own machine, and nowhere else."""

import socket
from ipaddress import ip_address
from threading import Thread
from typing import Any, Self

from waitress.server import create_server

from learngraph.errors import LearnGraphError
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.web import wsgi_app
from learngraph.salesforce.wire import Transport

_THREADS = 8


class CannotServeError(LearnGraphError, OSError):
    """An address on which the org cannot be served.

    Attributes
    ----------
    address
        The host and port.
    fault
        What is wrong with it.
    """

    def __init__(self, address: str, fault: str) -> None:
        super().__init__(address, fault)
        self.address = address
        self.fault = fault

    def __str__(self) -> str:
        return f"cannot serve on {self.address}: {self.fault}"


class Server:
    """An org that listens at `url`; as a context it does so in a thread, until the end of the block."""

    def __init__(self, server: Any, host: str) -> None:  # noqa: ANN401 - waitress tells no type
        self._server = server
        self._thread: Thread | None = None
        shown = f"[{host}]" if ":" in host else host
        #: where it listens
        self.url = f"http://{shown}:{server.effective_port}"

    def run(self) -> None:
        """Answer requests until the process is told to stop."""
        self._server.run()
        self.close()

    def close(self) -> None:
        """Stop listening, and end the connections that wait for another request."""
        self._server.task_dispatcher.shutdown()
        self._server.close()
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            # what the thread waits for is closed by the thread itself
            self._server.trigger.pull_trigger(self.close)
            self._thread.join(timeout=10)

    def __repr__(self) -> str:
        return f"<Server: {self.url}>"


def serve(org: LocalOrg, *, host: str = "127.0.0.1", port: int = 0, transport: Transport | None = None) -> Server:
    """Listen on a port of this machine; 0 takes any that is free.

    `transport` is what requests go through, such as `Faults`.

    Raises
    ------
    CannotServeError
        for any host but loopback, since whoever reaches the org may do anything, and for a port that is taken.

    Examples
    --------
    >>> serve(LocalOrg.open(), host="192.0.2.1")
    Traceback (most recent call last):
    learngraph.local_org.server.CannotServeError: cannot serve on 192.0.2.1:0: it is not the own machine
    """
    address = "127.0.0.1" if host == "localhost" else host
    if not _is_loopback(address):
        raise CannotServeError(f"{host}:{port}", "it is not the own machine")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listening = socket.create_server((address, port), family=family)
    except (OSError, OverflowError) as error:
        raise CannotServeError(f"{host}:{port}", getattr(error, "strerror", None) or str(error)) from None
    server = create_server(
        wsgi_app(org, transport), sockets=[listening], threads=_THREADS, ident="learngraph",
        clear_untrusted_proxy_headers=True,
    )  # fmt: skip
    return Server(server, address)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
