"""Answers to queries, in pages."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Field, Json
from learngraph.local_org.refusals import RequestRefusedError
from learngraph.local_org.soql import Column, Query, read_query
from learngraph.local_org.store import Row

_LEAST, _MOST = 200, 2000  # records of a page
_KEPT = 12  # cursors, each with its whole result


class Cursors:
    """Results of which more pages are to come; the oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made = 0
        self._results: OrderedDict[str, list[Json]] = OrderedDict()

    def keep(self, records: list[Json]) -> str:
        """Keep a result, and give the name of its cursor."""
        with self._lock:
            self._made += 1
            name = f"01gLG{self._made:010d}AAA"
            self._results[name] = records
            while len(self._results) > _KEPT:
                self._results.popitem(last=False)
            return name

    def get(self, name: str) -> list[Json] | None:
        """Give the result of a cursor, None where it is forgotten."""
        with self._lock:
            return self._results.get(name)


def page_size(options: str) -> int:
    """Read the page size of the header Sforce-Query-Options; what is out of bounds is moved inside.

    Examples
    --------
    >>> page_size("batchSize=50"), page_size("")
    (200, 2000)
    """
    name, _, size = options.replace(" ", "").partition("=")
    wanted = int(size) if name.casefold() == "batchsize" and size.isdecimal() and len(size) < _LEAST else _MOST
    return max(_LEAST, min(_MOST, wanted))


def run_query(desk: Desk, text: str, cursors: Cursors, *, base: str, size: int) -> Json:
    """Answer a query with its first page.

    Raises
    ------
    RequestRefusedError
        where the query is not understood.
    """
    query = read_query(text, desk.objects)
    rows = desk.store.rows(query.sql, query.values)
    if query.counts_only:
        return {"totalSize": rows[0]["c0"], "done": True, "records": []}
    records = [_record(query, row, base) for row in rows]
    cursor = cursors.keep(records) if len(records) > size else ""
    return _page(records, cursor, 0, base=base, size=size)


def next_page(name: str, cursors: Cursors, *, base: str, size: int) -> Json:
    """Answer with the page that a nextRecordsUrl names.

    Raises
    ------
    RequestRefusedError
        where there is no such cursor.
    """
    cursor, _, start = name.rpartition("-")
    records = cursors.get(cursor)
    if records is None or not start.isdecimal() or int(start) > len(records):
        raise RequestRefusedError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
    return _page(records, cursor, int(start), base=base, size=size)


def _page(records: list[Json], cursor: str, start: int, *, base: str, size: int) -> Json:
    end = start + size
    page: Json = {"totalSize": len(records), "done": end >= len(records)}
    if not page["done"]:
        page["nextRecordsUrl"] = f"{base}/query/{cursor}-{end}"
    page["records"] = records[start:end]
    return page


def _record(query: Query, row: Row, base: str) -> Json:
    values = [_told(column.field, row[f"c{number}"]) for number, column in enumerate(query.columns)]
    if query.aggregates:
        counted = [row[f"c{number}"] if isinstance(row[f"c{number}"], int) else value
                   for number, value in enumerate(values)]  # fmt: skip
        named = {f"expr{number}": value for number, value in enumerate(counted)}
        return {"attributes": {"type": "AggregateResult"}, **named}
    record: Json = {"attributes": {"type": query.of.name}}
    for column, value in zip(query.columns, values, strict=True):
        _put(record, column, value, row)
    if record.get("Id"):
        record["attributes"]["url"] = f"{base}/sobjects/{query.of.name}/{record['Id']}"
    return record


def _put(record: Json, column: Column, value: object, row: Row) -> None:
    if column.via is None:
        record[column.field.name] = value
    elif row[f"to {column.via.name}"] is None:
        record[str(column.via.relationship)] = None
    else:
        parent = record.setdefault(str(column.via.relationship), {"attributes": {"type": column.via.refers_to}})
        parent[column.field.name] = value


def _told(field: Field, value: Any) -> object:  # noqa: ANN401 - what SQLite keeps
    return bool(value) if field.type == "boolean" and value is not None else value
