"""Connections that know whether a request left the machine, and that end when their time is up.

What urllib3 raises does not tell a handshake that failed from an answer that broke off, and its timeouts
begin anew with each byte. So an attempt is told by its connection when the first byte of the request goes
out, and shuts the connection when it has taken too long in all.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager, Retry
from urllib3.connection import HTTPConnection, HTTPSConnection


class Attempt:
    """One request under way: whether it left, and whether its time ran out."""

    def __init__(self) -> None:
        self.begun = False
        self.expired = False
        self.connecting = False
        self._over = False
        self._lock = Lock()
        self._connection: HTTPConnection | None = None
        self._socket: Any = None

    def connect(self, connection: HTTPConnection) -> None:
        """Say which connection is being opened."""
        self._connection = connection

    def begin(self, sock: object) -> None:
        """Say that the request goes out on a socket from now on."""
        self.begun = True
        self._socket = sock  # the connection forgets it when the server says that it will close

    def expire(self) -> None:
        """Shut the connection, whatever it waits for."""
        with self._lock:
            if self._over:
                return
            self.expired = True
            for found in (self._socket, getattr(self._connection, "sock", None)):
                _shut(found)

    def end(self) -> None:
        """Let go: a connection that is used again must not be shut."""
        with self._lock:
            self._over = True


_ATTEMPT: ContextVar[Attempt] = ContextVar("learngraph_attempt")


@contextmanager
def attempt(seconds: float) -> Iterator[Attempt]:
    """Watch one request, and end it after so many seconds."""
    watched = Attempt()
    token = _ATTEMPT.set(watched)
    timer = Timer(seconds, watched.expire)
    timer.daemon = True
    timer.start()
    try:
        yield watched
    finally:
        timer.cancel()
        watched.end()
        _ATTEMPT.reset(token)


def _shut(sock: Any) -> None:  # noqa: ANN401 - a socket, or what wraps one
    plain = getattr(sock, "socket", sock)
    if isinstance(plain, socket.socket):
        with suppress(OSError):
            socket.socket.shutdown(plain, socket.SHUT_RDWR)  # that of TLS would take its keys from under a reader


class _Plain(HTTPConnection):
    debuglevel = 0  # http.client prints headers, tokens too, where someone has set it for all connections

    def connect(self) -> None:
        watched = _ATTEMPT.get()
        watched.connect(self)
        watched.connecting = True
        try:
            super().connect()
        finally:
            watched.connecting = False

    def send(self, data: Any) -> None:  # noqa: ANN401 - as urllib3 has it
        watched = _ATTEMPT.get()
        if self.sock is None:
            self.connect()
        if not watched.connecting:  # what asks a proxy for a tunnel is not the request
            watched.begin(self.sock)
        super().send(data)


class _Encrypted(_Plain, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


class WatchedAdapter(HTTPAdapter):
    """Sends by watched connections, and never by itself a second time."""

    def __init__(self) -> None:
        never = Retry(0, read=False, redirect=False, status=0, respect_retry_after_header=False)
        super().__init__(max_retries=never)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as requests has it
        """Use the watched connections."""
        super().init_poolmanager(*args, **kwargs)
        _watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> ProxyManager:  # noqa: ANN401 - as requests has it
        """Use the watched connections through a proxy, too."""
        manager: ProxyManager = super().proxy_manager_for(proxy, **kwargs)
        _watch(manager)
        return manager


def _watch(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _EncryptedPool}
