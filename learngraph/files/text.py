"""Bytes to text and back: faults are told by line, and files are written whole or not at all."""

import codecs
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from learngraph.files.errors import ReadError, WriteError
from learngraph.findings import Place

#: the name under which standard input is read and standard output is written
STANDARD = "-"


def read_text(path: str | os.PathLike[str]) -> str:
    """Read a file as text: UTF-8, or UTF-16 where a byte-order mark says so; the mark is read past.

    Raises
    ------
    ReadError
        where there is no such file, it may not be read, or it is not text of that encoding.
    """
    return decoded(read_bytes(path), os.fspath(path))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a file, or standard input, as it is.

    Raises
    ------
    ReadError
        where there is no such file, or it may not be read.
    """
    name = os.fspath(path)
    try:
        return sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        fault = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(Place(name), f"cannot be read: {fault}") from None


def decoded(data: bytes, name: str) -> str:
    """Give the text that bytes hold, as `read_text` does.

    Raises
    ------
    ReadError
        where they are not text of that encoding.
    """
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = f"is not UTF-8 text: byte 0x{data[error.start]:02x}"
        raise ReadError(Place(name, line), fault, "save it again as UTF-8") from None


def decoded_as_saved_on_windows(data: bytes) -> str:
    """Give the text that bytes hold in the usual encoding of spreadsheets that do not save UTF-8.

    That is Windows-1252, and Latin-1 where a byte means nothing there.
    """
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a file in UTF-8, whole or not at all.

    Raises
    ------
    WriteError
        where it cannot be written; what was there before is then untouched.
    """
    try:
        data = text.encode()
    except ValueError as error:
        raise WriteError(os.fspath(path), str(error)) from None
    write_bytes(path, data)


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    Raises
    ------
    WriteError
        where it cannot be written; what was there before is then untouched.
    """
    name = os.fspath(path)
    try:
        named = Path(name)
        if named.exists() and not named.is_file():  # a device or a pipe has nothing to replace
            named.write_bytes(data)
        else:
            _replace(named.resolve(), data)
    except (OSError, ValueError) as error:
        fault = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise WriteError(name, fault) from None


def _replace(target: Path, data: bytes) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
