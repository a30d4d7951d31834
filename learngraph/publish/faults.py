"""What went wrong on the way, in our own words: those of the libraries may hold what must not be shown."""

import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPException, RemoteDisconnected

from urllib3 import exceptions

_DEEPEST = 20  # exceptions in a chain


def fault_of(error: BaseException, *, connect: float, read: float) -> str:
    """Say what an exception of the libraries means; the limits are in seconds.

    Examples
    --------
    >>> fault_of(ConnectionRefusedError(), connect=10, read=120)
    'the connection was refused'
    """
    said = {
        exceptions.NameResolutionError: "the name of the host is not known",
        socket.gaierror: "the name of the host is not known",
        ConnectionRefusedError: "the connection was refused",
        exceptions.NewConnectionError: "no connection could be made",
        exceptions.ConnectTimeoutError: f"no connection within {connect:g} s",
        exceptions.ProxyError: "the proxy did not let it through",
        ssl.SSLCertVerificationError: "the certificate of the host is not trusted",
        ssl.SSLError: "no encrypted connection could be kept",
        exceptions.SSLError: "no encrypted connection could be kept",
        exceptions.ReadTimeoutError: f"silence for {read:g} s",
        TimeoutError: f"silence for {read:g} s",
        exceptions.IncompleteRead: "the answer was cut off",
        exceptions.DecodeError: "the answer is not compressed as it says",
        RemoteDisconnected: "the connection was closed without an answer",
        ConnectionResetError: "the connection was reset",
        BrokenPipeError: "the connection was reset",
        exceptions.InvalidHeader: "a header of the answer makes no sense",
        HTTPException: "what came is no whole answer of HTTP",
    }
    chain = list(_chain(error))
    for kind, words in said.items():
        if any(isinstance(link, kind) for link in chain):
            return words
    return f"the connection failed ({type(error).__name__})"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give an exception and all that it came from, by whatever way the libraries keep it."""
    queue, seen = [error], set[int]()
    while queue and len(seen) < _DEEPEST:
        link = queue.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        kept = (*link.args, getattr(link, "reason", None), link.__cause__, link.__context__)
        queue.extend(other for other in kept if isinstance(other, BaseException))
