"""Records in SQLite: one table an object, its columns the object's fields."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, TypeAlias

from learngraph.local_org.fields import SObject
from learngraph.local_org.ids import record_id

Row: TypeAlias = dict[str, Any]

_PATIENCE = 30  # seconds that a process waits for another's lock
_MARK = 0x4C47  # "LG", so that no file of others is taken for an org

_SETUP = """
CREATE TABLE IF NOT EXISTS "_org" (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS "_made" (prefix TEXT PRIMARY KEY, number INTEGER NOT NULL);
"""


class Store:
    """Records by object and id, in a file or in memory; safe for several threads and processes.

    All writing happens inside `writing`, a transaction, and what may fail alone inside `savepoint`.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._lock = RLock()
        self._pod = ""
        self._db = sqlite3.connect(
            ":memory:" if path is None else path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._db.row_factory = sqlite3.Row
        if not self.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
            self._db.execute(f"PRAGMA application_id = {_MARK}")  # before WAL, so that it is read from the file
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing, a machine the last moment

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    # --- tables ----------------------------------------------------------------------------------

    def set_up(self, objects: Mapping[str, SObject]) -> None:
        """Make the tables, and columns for fields that are new."""
        with self.writing():
            for statement in filter(None, map(str.strip, _SETUP.split(";"))):
                self._db.execute(statement)
            for one in objects.values():
                self._make_table(one)

    def _make_table(self, one: SObject) -> None:
        columns = ", ".join(_column(field.column, field.name) for field in one.fields)
        self._db.execute(f'CREATE TABLE IF NOT EXISTS "{one.name}" ({columns})')
        there = {row["name"] for row in self._db.execute(f'PRAGMA table_info("{one.name}")')}
        for field in one.fields:
            if field.name not in there:
                self._db.execute(f'ALTER TABLE "{one.name}" ADD COLUMN {field.column}')
            index = f'"{one.name}.{field.name}"'
            if field.refers_to:
                self._db.execute(f'CREATE INDEX IF NOT EXISTS {index} ON "{one.name}" ("{field.name}")')
            elif field.unique or field.external_id:
                unique = "UNIQUE" if field.unique else ""
                self._db.execute(f'CREATE {unique} INDEX IF NOT EXISTS {index} ON "{one.name}" ("{field.name}")')

    # --- what the org is -------------------------------------------------------------------------

    def remembered(self, name: str) -> str | None:
        """Give something that was remembered of the org itself."""
        if not self.rows("SELECT 1 FROM sqlite_master WHERE name = '_org'"):
            return None
        found = self.rows('SELECT value FROM "_org" WHERE name = ?', [name])
        return str(found[0]["value"]) if found else None

    def remember(self, name: str, value: str) -> None:
        """Remember something of the org itself."""
        self._db.execute('INSERT OR REPLACE INTO "_org" VALUES (?, ?)', [name, value])

    # --- transactions ----------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it where an exception comes out."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Take back what was written inside where an exception comes out."""
        self._db.execute("SAVEPOINT one")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO one")
            raise
        finally:
            self._db.execute("RELEASE one")

    # --- records ---------------------------------------------------------------------------------

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Give the rows of a query."""
        with self._lock:
            return [dict(row) for row in self._db.execute(sql, values)]

    def get(self, name: str, record: str) -> Row | None:
        """Give a record by its id of 18 characters."""
        found = self.rows(f'SELECT * FROM "{name}" WHERE "Id" = ?', [record])
        return found[0] if found else None

    def where(self, name: str, **values: object) -> list[Row]:
        """Give the records that have these values, the oldest first."""
        condition = " AND ".join(f'"{field}" = ?' for field in values) or "1"
        sql = f'SELECT * FROM "{name}" WHERE {condition} ORDER BY "Id"'
        return self.rows(sql, list(values.values()))

    def count(self, name: str) -> int:
        """Give the number of records of an object."""
        return int(self.rows(f'SELECT COUNT(*) AS n FROM "{name}"')[0]["n"])

    def insert(self, one: SObject, values: Mapping[str, object]) -> str:
        """Make a record and give its id; flags that are not given are false."""
        number = self._next(one.prefix)
        identity, now = record_id(one.prefix, self._own_pod(), number), stamp()
        row: Row = {field.name: 0 for field in one.fields if field.type == "boolean"}
        row.update(values, Id=identity, CreatedDate=now, LastModifiedDate=now, SystemModstamp=now)
        if one.name in _NUMBERED:
            row["Name"] = f"{_NUMBERED[one.name]}-{number:07d}"
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join("?" * len(row))
        sql = f'INSERT INTO "{one.name}" ({names}) VALUES ({places})'
        self._db.execute(sql, list(row.values()))
        return identity

    def update(self, name: str, record: str, values: Mapping[str, object]) -> None:
        """Change a record."""
        now = stamp()
        row = {**values, "LastModifiedDate": now, "SystemModstamp": now}
        changes = ", ".join(f'"{field}" = ?' for field in row)
        sql = f'UPDATE "{name}" SET {changes} WHERE "Id" = ?'
        self._db.execute(sql, [*row.values(), record])

    def delete(self, name: str, record: str) -> None:
        """Take a record away."""
        self._db.execute(f'DELETE FROM "{name}" WHERE "Id" = ?', [record])

    def _next(self, prefix: str) -> int:
        sql = (
            'INSERT INTO "_made" VALUES (?, 1) ON CONFLICT (prefix) DO UPDATE SET number = number + 1 RETURNING number'
        )
        return int(self._db.execute(sql, [prefix]).fetchone()[0])

    def _own_pod(self) -> str:
        if not self._pod:
            self._pod = self.remembered("pod") or "LG0"
        return self._pod


#: objects whose records are named by a number
_NUMBERED = {"LearningFoundationItem": "LFI", "LearningOutcomeItem": "LOI"}


def _column(definition: str, name: str) -> str:
    return f"{definition} PRIMARY KEY" if name == "Id" else definition


def stamp(moment: datetime | None = None) -> str:
    """Write a moment as records have it, by default this one; later moments sort after.

    Examples
    --------
    >>> stamp(datetime(2026, 11, 25, 18, 30, tzinfo=UTC))
    '2026-11-25T18:30:00.000+0000'
    """
    now = (moment or datetime.now(UTC)).astimezone(UTC)
    return f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}+0000"


def is_org_file(path: Path) -> bool:
    """Whether a file is an embedded org of ours, so that nothing else is ever overwritten."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\x00") and int.from_bytes(head[68:72], "big") == _MARK
