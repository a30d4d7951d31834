"""Hosts on loopback that do as a test says, down to the bytes, and remember what reached them."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from types import TracebackType
from typing import Self

Talk = Callable[[socket.socket, bytes], None]


class Host:
    """Listens on loopback; each connection is given to `talk` with the request that was read from it."""

    def __init__(self, talk: Talk, *, read: bool = True) -> None:
        self.heard: list[bytes] = []
        self._talk, self._read = talk, read
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self._thread = Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            with peer, suppress(OSError):
                peer.settimeout(10)
                request = request_from(peer) if self._read else b""
                self.heard.append(request)
                self._talk(peer, request)


def request_from(peer: socket.socket) -> bytes:
    """One request, with as much of a body as it says that it has."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while sizes and len(body) < sizes[0]:
        body += peer.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(
    body: bytes = b"{}",
    *,
    status: str = "200 OK",
    kind: str = "application/json",
    length: int | None = None,
    **more: str,
) -> bytes:
    """An answer of HTTP as bytes; `length` where it is to lie, -1 for none."""
    said = len(body) if length is None else length
    headers = {"Content-Type": kind, **({} if said < 0 else {"Content-Length": str(said)}), "Connection": "close"}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def saying(data: bytes) -> Talk:
    """Say this and close."""
    return lambda peer, _: peer.sendall(data)


def saying_then_resetting(data: bytes) -> Talk:
    """Say this and reset the connection."""

    def talk(peer: socket.socket, _: bytes) -> None:
        peer.sendall(data)
        reset(peer)

    return talk


def reset(peer: socket.socket) -> None:
    """Close so that the other side is told that the connection broke."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def silent(peer: socket.socket, _: bytes) -> None:
    """Say nothing, until the other side has had enough."""
    with suppress(OSError):
        while peer.recv(65536):
            pass


def dripping(start: bytes, drop: bytes, every: float) -> Talk:
    """Say a start, and then a drop at a time for ever."""

    def talk(peer: socket.socket, _: bytes) -> None:
        peer.sendall(start)
        peer.settimeout(every)
        while True:
            peer.sendall(drop)
            with suppress(TimeoutError):
                if not peer.recv(1):
                    return

    return talk


@contextmanager
def unused_port() -> Iterator[int]:
    """A port on which nobody listens, kept so that nobody will."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]
