"""The journal of one apply: every request is written down before it is sent, every answer when it arrives.

It is one SQLite file for each org and plan. Each change is one transaction, and what is about to be sent is
on the disk before it is sent, so that after a crash at any point the file says what was sent and what was
answered. No secret is in it: requests hold none.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

import platformdirs

from learngraph.errors import LearnGraphError
from learngraph.publish.publish_plan import PublishPlan, digest_of
from learngraph.salesforce.wire import Request, Response

FORMAT = "learngraph-journal/1"
_VERSION = 1  # of the tables
_LONGEST = 18  # characters of an id

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE items (
    position INTEGER PRIMARY KEY, step INTEGER NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL,
    ids TEXT NOT NULL DEFAULT '{}', field TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '');
CREATE TABLE requests (
    number INTEGER PRIMARY KEY, step INTEGER NOT NULL, attempt INTEGER NOT NULL, method TEXT NOT NULL,
    path TEXT NOT NULL, body_digest TEXT NOT NULL, state TEXT NOT NULL, verdict TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL, ended_at TEXT, status INTEGER, answer BLOB);
CREATE TABLE sendings (
    request INTEGER NOT NULL, place INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (request, place));
CREATE INDEX sendings_of ON sendings (position);
"""


class ItemState(StrEnum):
    """How far one learning of a plan is; the last three are settled."""

    PLANNED = "planned"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"
    IN_DOUBT = "in doubt"


class RequestState(StrEnum):
    """How far a request is: without an answer it is in doubt, and settled once each learning of it is."""

    SENT = "sent"
    ANSWERED = "answered"
    SETTLED = "settled"


class Clarity(StrEnum):
    """What is known of a settled request."""

    READ = "read"
    NOT_CARRIED_OUT = "not carried out"
    UNCLEAR = "unclear"


class JournalError(LearnGraphError, OSError):
    """A journal that cannot be opened, written or read, or that is of another plan.

    Attributes
    ----------
    path
        The file.
    fault
        What is wrong with it.
    """

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(path, fault)
        self.path = path
        self.fault = fault

    def __str__(self) -> str:
        return f"the journal {self.path}: {self.fault}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says of the item at one position of the plan, counted over all its steps from 0."""

    position: int
    state: ItemState
    ids: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """A request that is not settled: `response` is None where no answer came."""

    number: int
    step: int
    positions: tuple[int, ...]
    response: Response | None = None


def data_folder() -> Path:
    """Give the folder in which the user's journals and locks lie."""
    return platformdirs.user_data_path("learngraph") / "journals"


def file_name(org: str) -> str:
    """Give what files of an org are called: its id, or a digest of what a plan says in the place of one.

    Examples
    --------
    >>> file_name("00D000000000001EAA"), file_name("../../elsewhere")
    ('00D000000000001EAA', '36b2530f38126636fe')
    """
    return org if org.isascii() and org.isalnum() and len(org) <= _LONGEST else digest_of({"org": org})[:_LONGEST]


def journal_path(folder: Path, org: str, digest: str) -> Path:
    """Give the file of the journal of a plan by its digest.

    Examples
    --------
    >>> journal_path(Path("journals"), "00D000000000001EAA", "0123456789abcdef0123").name
    '00D000000000001EAA-0123456789abcdef.sqlite'
    """
    return folder / f"{file_name(org)}-{digest[:16]}.sqlite"


def has_unanswered(path: Path) -> bool:
    """Whether a journal holds a request that was sent and had no answer when it was last written.

    Examples
    --------
    >>> has_unanswered(Path("nowhere.sqlite"))
    False
    """
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            asked = "SELECT 1 FROM requests WHERE state = ? LIMIT 1"
            return connection.execute(asked, (RequestState.SENT,)).fetchone() is not None
    except sqlite3.Error:
        return True  # it may well


def journals_of(folder: Path, org: str, *, since: datetime) -> list[Path]:
    """Give the journals of an org in which anything was written since a moment.

    Examples
    --------
    >>> journals_of(Path("nowhere"), "00D000000000001EAA", since=datetime.fromisoformat("2026-08-15T00:00:00Z"))
    []
    """
    found = folder.glob(f"{file_name(org)}-*.sqlite")
    return [path for path in found if _last_written(path) >= since.timestamp()]


def _last_written(path: Path) -> float:
    return max(one.stat().st_mtime for one in (path, Path(f"{path}-wal")) if one.exists())


def last_doubt(path: Path) -> datetime | None:
    """Give when the last request was cut off of whose fate a journal knows nothing; None where there is none.

    Examples
    --------
    >>> last_doubt(Path("nowhere.sqlite"))
    """
    if not path.is_file():
        return None
    asked = "SELECT max(coalesce(ended_at, started_at)) FROM requests WHERE state = ? OR verdict = ?"
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            (last,) = connection.execute(asked, (RequestState.SENT, Clarity.UNCLEAR)).fetchone()
    except sqlite3.Error:  # whoever is at work on it has the lock on the org, too
        return None
    return None if last is None else datetime.fromisoformat(last)


class Journal:
    """What was sent of one plan, and what came of it.

    The file is opened when it is first used, and then belongs to this process until it is closed.

    Parameters
    ----------
    path
        The file; it is made where there is none.
    plan
        The plan whose journal it is.

    Raises
    ------
    JournalError
        where the file is no journal, is one of another plan or of a newer version, or cannot be used.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> plan = PublishPlan(OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0"))
    >>> with TemporaryDirectory() as folder, Journal(Path(folder) / "journal.sqlite", plan) as journal:
    ...     journal.entries(), journal.unsettled()
    ((), ())
    """

    #: a commit returns when the disk has it
    _SYNCHRONOUS = "FULL"

    def __init__(self, path: Path, plan: PublishPlan) -> None:
        self.path = path
        self._plan = plan
        self._opened: sqlite3.Connection | None = None

    @classmethod
    def of(cls, plan: PublishPlan, *, folder: Path | None = None) -> Self:
        """Give the journal of a plan, by default in the user's data folder."""
        return cls(journal_path(folder or data_folder(), plan.org.id, plan.digest), plan)

    def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            with self._translated():
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                connection = sqlite3.connect(self.path, isolation_level=None, timeout=1)
            try:
                with self._translated():
                    # no other process shares the file, so that it may also lie in a folder on a network
                    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                    connection.execute(f"PRAGMA synchronous = {self._SYNCHRONOUS}")
                    connection.execute("PRAGMA journal_mode = WAL")
                    self._begin(connection)
            except BaseException:
                connection.close()
                raise
            self._opened = connection
        return self._opened

    def _begin(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        about = {"format": FORMAT, "org": self._plan.org.id, "plan": self._plan.digest}
        if version > _VERSION:
            raise JournalError(str(self.path), "was written by a newer version of learngraph")
        if version == 0:
            self._make(connection, about)
        if dict(connection.execute("SELECT name, value FROM about")) != about:
            raise JournalError(str(self.path), "is the journal of another plan or org")

    def _make(self, connection: sqlite3.Connection, about: Mapping[str, str]) -> None:
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise JournalError(str(self.path), "is the database of another program")
        numbers = [(number, item.key) for number, step in enumerate(self._plan.steps) for item in step.items]
        rows = [(position, step, key, ItemState.PLANNED) for position, (step, key) in enumerate(numbers)]
        connection.execute("BEGIN IMMEDIATE")  # left open by whatever goes wrong, it is as if it had never begun
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        connection.executemany("INSERT INTO items (position, step, key, state) VALUES (?, ?, ?, ?)", rows)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("COMMIT")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except JournalError:
            raise
        except (sqlite3.Error, OSError) as error:
            raise JournalError(str(self.path), str(error)) from None

    @contextmanager
    def _transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Cursor]:
        with self._translated():
            cursor = self._connection.cursor()
            cursor.execute(f"PRAGMA synchronous = {self._SYNCHRONOUS if durable else 'NORMAL'}")
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                self._connection.rollback()
                raise
            cursor.execute("COMMIT")

    def send(self, step: int, positions: Iterable[int], request: Request, *, started: datetime) -> int:
        """Write down what is about to be sent, and give its number; only then may it be sent."""
        places = list(enumerate(positions))
        with self._transaction() as cursor:
            (attempt,) = cursor.execute("SELECT count(*) + 1 FROM requests WHERE step = ?", (step,)).fetchone()
            digest = digest_of({"body": request.body})
            row = (step, attempt, request.method, request.path, digest, RequestState.SENT, started.isoformat())
            cursor.execute(
                "INSERT INTO requests (step, attempt, method, path, body_digest, state, started_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            number = cursor.lastrowid or 0
            cursor.executemany("INSERT INTO sendings VALUES (?, ?, ?)", [(number, *place) for place in places])
            cursor.executemany(_SET_STATE, [(ItemState.SENT, position) for _, position in places])
        return number

    def answer(self, number: int, response: Response, *, ended: datetime) -> None:
        """Write down an answer, as it came.

        It outlives the process from here on, and a loss of power once it is settled; lost, it is looked up.
        """
        with self._transaction(durable=False) as cursor:
            cursor.execute(
                "UPDATE requests SET state = ?, status = ?, answer = ?, ended_at = ? WHERE number = ?",
                (RequestState.ANSWERED, response.status, response.body, ended.isoformat(), number),
            )

    def settle(self, number: int, clarity: Clarity, entries: Iterable[Entry], *, ended: datetime) -> None:
        """Write down what a request came to, for each learning of it."""
        with self._transaction() as cursor:
            cursor.execute(
                "UPDATE requests SET state = ?, verdict = ?, ended_at = coalesce(ended_at, ?) WHERE number = ?",
                (RequestState.SETTLED, clarity, ended.isoformat(), number),
            )
            _put(cursor, entries)

    def note(self, entries: Iterable[Entry]) -> None:
        """Write down what was found out about learnings that were in doubt."""
        with self._transaction() as cursor:
            _put(cursor, entries)

    def entries(self) -> tuple[Entry, ...]:
        """Give what is known of each item, in the order of the plan."""
        with self._translated():
            rows = self._connection.execute(
                "SELECT position, state, ids, field, message FROM items ORDER BY position"
            ).fetchall()
        return tuple(
            Entry(position, ItemState(state), json.loads(ids), place, message)
            for position, state, ids, place, message in rows
        )

    def unsettled(self) -> tuple[Sending, ...]:
        """Give the requests that were cut short, in the order in which they were sent."""
        with self._translated():
            rows = self._connection.execute(
                "SELECT number, step, status, answer FROM requests WHERE state <> ? ORDER BY number",
                (RequestState.SETTLED,),
            ).fetchall()
            return tuple(
                Sending(number, step, self._positions(number), None if status is None else Response(status, answer))
                for number, step, status, answer in rows
            )

    def _positions(self, number: int) -> tuple[int, ...]:
        rows = self._connection.execute("SELECT position FROM sendings WHERE request = ? ORDER BY place", (number,))
        return tuple(position for (position,) in rows)

    def unclear(self, position: int) -> tuple[datetime, datetime] | None:
        """Give when an item was first sent, and when last cut off, in requests whose fate is not clear; else None."""
        with self._translated():
            first, last = self._connection.execute(
                "SELECT min(started_at), max(coalesce(ended_at, started_at)) FROM requests"
                " JOIN sendings ON request = number WHERE position = ? AND verdict = ?",
                (position, Clarity.UNCLEAR),
            ).fetchone()
        return None if first is None else (datetime.fromisoformat(first), datetime.fromisoformat(last))

    def __repr__(self) -> str:
        return f"<Journal: {self.path.name}>"


_SET_STATE = "UPDATE items SET state = ? WHERE position = ?"


def _put(cursor: sqlite3.Cursor, entries: Iterable[Entry]) -> None:
    cursor.executemany(
        "UPDATE items SET state = ?, ids = ?, field = ?, message = ? WHERE position = ?",
        [(one.state, json.dumps(dict(one.ids)), one.field, one.message, one.position) for one in entries],
    )
