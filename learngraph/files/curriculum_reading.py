"""Curricular Analytics files: a curriculum, or a degree plan, as rows of courses with numbers for names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.files.credits_text import CREDIT_HOURS, read_credits
from learngraph.files.csv_rows import DELIMITERS, Row, content_lines, read_rows, visible
from learngraph.files.curriculum_headings import (
    CANONICAL_NAME,
    COREQUISITES,
    CREDITS,
    DEGREE_PLAN,
    HEADER_ROWS,
    ID,
    INSTITUTION,
    NAME,
    NUMBER,
    PREFIX,
    PREREQUISITES,
    STRICT,
    TERM,
    heading_of,
)
from learngraph.files.curriculum_tables import Parts, Table
from learngraph.files.errors import ReadError
from learngraph.files.id_lists import read_ids
from learngraph.files.intake import Intake
from learngraph.files.requirement_forms import DOCUMENT
from learngraph.files.settings import read_options
from learngraph.findings import Finding, Place
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.relation import Timing
from learngraph.model.value import short

#: what a degree plan is called that has no name
NAMELESS = "Degree plan"
MOST_TERMS = 1000
_LONGEST_LABEL = 100
_NUMBER = re.compile(r"[+-]?\d{1,4000}", re.ASCII)
_BROKEN = re.compile(r"[+-]?(?:\d{1,400}\.\d{0,400}|\.\d{1,400}|\d{1,400}(?=[eE]))(?:[eE][+-]?\d{1,3})?", re.ASCII)
_TERM = re.compile(r"(\d{1,4})(?:\.0*)?", re.ASCII)
_FIELDS = {NAME: "name", PREFIX: "subject_abbreviation", NUMBER: "course_number", INSTITUTION: "provider"}


def is_curriculum(text: str) -> bool:
    """Whether a text is a Curricular Analytics file: its first row begins with "Curriculum".

    Examples
    --------
    >>> is_curriculum('"Curriculum",Basketry,,'), is_curriculum("Course,Term")
    (True, False)
    """
    first = next(content_lines(text), "")[:_LONGEST_LABEL]
    cell = re.split(f"[{DELIMITERS}]", visible(first), maxsplit=1)[0].strip('"')
    return heading_of(cell, ("Curriculum",)) is not None


def read_curriculum(text: str, file: str, overrides: Mapping[str, Any], found: list[Finding]) -> LearningGraph:
    """Read a curriculum or a degree plan; a value that cannot be read costs no course.

    Raises
    ------
    ReadError
        where there is no table with a column of ids.
    """
    found = list(found)
    delimiter = _delimiter(text)
    if delimiter != ",":
        message, hint = f"has {short(delimiter)} between its cells", "other tools read commas alone"
        found.append(Finding(Code.SAVED_OTHERWISE, message, place=Place(file), hint=hint, severity=Severity.INFO))
    parts = Parts(read_rows(text, delimiter, file, found), file)
    if not any(ID in table.columns for table in parts.tables):
        raise ReadError(Place(file), f"has no table with a column {ID}", "see docs/formats.md for the layout")
    stated = {option: _text(parts.header[name].value) for name, option in HEADER_ROWS.items() if name in parts.header}
    stated["system_type"] = visible(stated.get("system_type") or "").lower() or None
    stated.pop("", None)
    options = read_options(stated, overrides, Place(file, record="header"), found)
    intake = Intake(options, DOCUMENT)
    intake.extend((*found, *parts.findings))
    reader = _CourseReader(parts, intake, file)
    reader.read()
    plans = list(reader.degree_plans())
    return LearningGraph(
        intake.learnings.values(),
        options=options,
        degree_plans=plans,
        findings=intake.finished(),
        places=intake.places,
    )


def _delimiter(text: str) -> str:
    """Give what stands behind the word "Curriculum", or else what is most frequent in the row of columns."""
    lines = content_lines(text)
    first = next(lines, "")
    behind = next((letter for letter in first if letter in DELIMITERS), None)
    columns = next((line for line in lines if ID.casefold() in visible(line).casefold()), first)
    return behind or max(DELIMITERS, key=columns.count)


def _text(cell: str) -> str | None:
    return cell if visible(cell) else None


class _CourseReader:
    """Reads the rows of the tables, and in which term each course is."""

    def __init__(self, parts: Parts, intake: Intake, file: str) -> None:
        self._tables = [table for table in parts.tables if ID in table.columns]
        self._plan = parts.header.get(DEGREE_PLAN)
        self._intake = intake
        self._file = file
        self._known = {visible(table.cell(row, ID)) for table in self._tables for row in table.rows} - {""}
        self._terms: dict[str, tuple[int | None, Place]] = {}

    def read(self) -> None:
        """Read every row; of two with one id the first counts."""
        for table in self._tables:
            for row in table.rows:
                self._row(table, row)

    def degree_plans(self) -> Iterator[DegreePlan]:
        """Give the degree plan, where the file is one; courses in none of its terms are told."""
        numbers = [term for term, _ in self._terms.values() if term]
        if self._plan is None and not numbers:
            return
        terms: list[list[str]] = [[] for _ in range(max(numbers, default=0))]
        for key, (term, place) in self._terms.items():
            if term:
                terms[term - 1].append(key)
            else:
                message, hint = "is in no term of the degree plan", "give it the number of its term"
                self._intake.find(Code.NO_TERM, message, place=place, key=key, hint=hint)
        name = _text(self._plan.value) if self._plan else None
        yield DegreePlan(key=name or NAMELESS, terms=terms)

    def _row(self, table: Table, row: Row) -> None:
        place = Place(self._file, row.line)
        key = visible(table.cell(row, ID))
        if (lost := table.beyond(row)) is not None:
            message, hint = f"{short(lost)} stands in no column", "put texts with commas into quotation marks"
            self._intake.find(Code.UNREADABLE_VALUE, message, place=place, key=key, cause="column", hint=hint)
        if not key:
            message, hint = f"has no {ID}: it was left out", f"give every course a {ID} of its own"
            self._intake.find(Code.UNREADABLE_RECORD, message, place=place, hint=hint)
            return
        self._intake.learning(self._record(table, row, key), place)
        if key not in self._terms:
            self._terms[key] = self._term(table, row, key), Place(self._file, row.line, field=TERM)

    def _record(self, table: Table, row: Row, key: str) -> dict[str, Any]:
        record: dict[str, Any] = {field: _text(table.cell(row, column)) for column, field in _FIELDS.items()}
        number = self._credits(visible(table.cell(row, CREDITS)), key, row.line)
        canonical = _text(table.cell(row, CANONICAL_NAME))
        usual = self._intake.options.corequisite_timing
        together = [
            need if timing is usual else {"need": need, "timing": timing.value}
            for column, timing in ((COREQUISITES, Timing.BEFORE_OR_WITH), (STRICT, Timing.WITH))
            for need in self._ids(table, row, column, key)
        ]
        return {
            "key": key,
            **record,
            "duration": number,
            "duration_unit": None if number is None else CREDIT_HOURS,
            "prerequisites": list(self._ids(table, row, PREREQUISITES, key)),
            "corequisites": together,
            "custom_fields": {CANONICAL_NAME: canonical} if canonical else None,
        }

    def _ids(self, table: Table, row: Row, column: str, key: str) -> tuple[str, ...]:
        cell = table.cell(row, column)
        ids, plain = read_ids(cell, self._known)
        if not plain:
            read = ", ".join(ids[:_SHOWN]) + (", ..." if len(ids) > _SHOWN else "")
            message, hint = f"{short(visible(cell))} was read as the ids {read}", "write semicolons between ids"
            place = Place(self._file, row.line, field=column)
            self._intake.find(Code.ODD_SEPARATORS, message, place=place, key=key, hint=hint)
        return ids

    def _credits(self, written: str, key: str, line: int) -> int | float | None:
        if _NUMBER.fullmatch(written):
            return int(written)
        if _BROKEN.fullmatch(written):
            return float(written)
        return read_credits(written, key, Place(self._file, line, field=CREDITS), self._intake)

    def _term(self, table: Table, row: Row, key: str) -> int | None:
        written = visible(table.cell(row, TERM))
        match = _TERM.fullmatch(written)
        if match and 1 <= int(match[1]) <= MOST_TERMS:
            return int(match[1])
        if written:
            message, hint = f"{short(written)} is no term", "write 1 for the first term, 2 for the second"
            place = Place(self._file, row.line, field=TERM)
            self._intake.find(Code.UNREADABLE_VALUE, message, place=place, key=key, cause=TERM, hint=hint)
        return None


_SHOWN = 10
