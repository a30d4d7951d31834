"""A Curricular Analytics file taken apart: the rows of its header, and the tables below them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from learngraph.codes import Code, Severity
from learngraph.files.csv_rows import Row, visible
from learngraph.files.curriculum_headings import (
    ADDITIONAL,
    COLUMNS,
    COURSES,
    HEADER_ROWS,
    ID,
    RESULT_COLUMNS,
    RESULT_ROWS,
    SECTIONS,
    TERM,
    heading_of,
)
from learngraph.findings import Finding, Place
from learngraph.model.value import short

_ALL_COLUMNS = (*COLUMNS, TERM, *RESULT_COLUMNS)


@dataclass(slots=True)
class Table:
    """A table of courses: which column stands where, and its rows."""

    columns: dict[str, int]
    width: frozenset[int]
    rows: list[Row] = field(default_factory=list)

    def cell(self, row: Row, column: str) -> str:
        """Give a cell as it was written; empty where there is none."""
        place = self.columns.get(column, -1)
        return row.cells[place] if 0 <= place < len(row.cells) else ""

    def beyond(self, row: Row) -> str | None:
        """Give the first cell of a row that stands in no column."""
        cells = (cell for place, cell in enumerate(row.cells) if place not in self.width)
        return next(filter(visible, cells), None)


class Parts:
    """The parts of one file; what is odd about its headings is in `findings`."""

    def __init__(self, rows: Iterable[Row], file: str) -> None:
        self.header: dict[str, Row] = {}
        self.tables: list[Table] = []
        self.findings: list[Finding] = []
        self._file = file
        self._left_out: dict[str, list[Row]] = {}
        self._name = ""
        self._begun = False
        for row in rows:
            self._take(row)
        self.findings.extend(self._told_parts())

    def _take(self, row: Row) -> None:
        name = self._section(row)
        if name:
            self._name, self._begun = name, False
        elif not self._name and not _has_column_of_ids(row):
            self._header_row(row)
        elif self._name not in ("", COURSES, ADDITIONAL):
            self._left_out.setdefault(self._name, []).append(row)
        elif not self._begun and (_has_column_of_ids(row) or not self.tables):
            self.tables.append(self._table(row))
            self._name, self._begun = self._name or COURSES, True  # the row "Courses" may have been forgotten
        else:
            self.tables[-1].rows.append(row)

    def _section(self, row: Row) -> str | None:
        """Give the table that begins with this row."""
        alone = not any(map(visible, row.cells[1:]))
        heading = heading_of(row.label, SECTIONS, alike=not row.label[:1].isdigit()) if alone else None
        if heading is None or (not self._name and heading_of(row.label, HEADER_ROWS, alike=False)):
            return None
        self.findings.extend(heading._replace(written=row.cells[0]).findings(self._at(row, heading.name)))
        return heading.name

    def _header_row(self, row: Row) -> None:
        heading = heading_of(row.cells[0], (*HEADER_ROWS, *RESULT_ROWS))
        place = self._at(row, heading.name if heading else row.label)
        if heading is None:
            message, hint = f"there is no heading {short(row.label)}", f"headings are {', '.join(HEADER_ROWS)}"
            self._find(Code.UNKNOWN_FIELD, message, place, hint, cause=row.label, severity=Severity.WARNING)
            return
        self.findings.extend(heading.findings(place))
        if heading.name in RESULT_ROWS:
            return
        if heading.name in self.header:
            message = f"the heading {heading.name} is written twice: the last value was taken"
            self._find(Code.REPEATED_PROPERTY, message, place, "keep one of them", cause=heading.name)
        if lost := next(filter(visible, row.cells[2:]), None):
            message = f"{short(lost)} stands behind the value of {heading.name}: it was left out"
            self._find(Code.UNREADABLE_VALUE, message, place, "put a value with commas into quotation marks")
        self.header[heading.name] = row

    def _table(self, row: Row) -> Table:
        columns: dict[str, int] = {}
        filled = [(place, cell) for place, cell in enumerate(row.cells) if visible(cell)]
        exact = {place: heading_of(cell, _ALL_COLUMNS, alike=False) for place, cell in filled}
        left = [name for name in _ALL_COLUMNS if name not in {each.name for each in exact.values() if each}]
        for place, cell in filled:
            heading = exact[place] or heading_of(cell, left)
            spot = self._at(row, heading.name if heading else visible(cell))
            if heading is None:
                message, hint = f"there is no column {short(visible(cell))}", "it was left out"
                self._find(Code.UNKNOWN_FIELD, message, spot, hint, cause=cell, severity=Severity.WARNING)
                continue
            self.findings.extend(heading.findings(spot))
            if heading.name in columns:
                message = f"the column {heading.name} is there twice: the last one was taken"
                self._find(Code.REPEATED_PROPERTY, message, spot, "keep one of them", cause=heading.name)
            columns[heading.name] = place
        return Table(columns, frozenset(place for place, _ in filled))

    def _told_parts(self) -> Iterator[Finding]:
        for section, rows in self._left_out.items():
            message = f"the part {section} was left out, with {len(rows) - 1} rows below its heading"
            hint = "keep outcomes in a document, as outcomes or skills of the courses"
            yield Finding(Code.PART_LEFT_OUT, message, place=self._at(rows[0], section), cause=section, hint=hint)

    def _find(
        self, code: Code, message: str, place: Place, hint: str, *, cause: str = "", severity: Severity | None = None
    ) -> None:
        self.findings.append(Finding(code, message, place=place, hint=hint, cause=cause, severity=severity))

    def _at(self, row: Row, name: str) -> Place:
        return Place(self._file, row.line, field=name[:100])


def _has_column_of_ids(row: Row) -> bool:
    return any(heading_of(cell, (ID,), alike=False) for cell in row.cells)
