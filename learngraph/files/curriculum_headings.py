"""What rows and columns of Curricular Analytics files are called, and what people write instead."""

import difflib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from learngraph.codes import Code, Severity
from learngraph.files.csv_rows import visible
from learngraph.findings import Finding, Place
from learngraph.model.value import short

#: the rows before the table, in their order, with the option that each becomes
HEADER_ROWS = {
    "Curriculum": "name",
    "Degree Plan": "",
    "Institution": "institution",
    "Degree Type": "degree_type",
    "System Type": "system_type",
    "CIP": "cip_code",
}
DEGREE_PLAN = "Degree Plan"
COURSES, ADDITIONAL = "Courses", "Additional Courses"
#: what begins a table; of the two last ones nothing is read
SECTIONS = (COURSES, ADDITIONAL, "Course Learning Outcomes", "Curriculum Learning Outcomes")

ID, NAME, PREFIX, NUMBER = "Course ID", "Course Name", "Prefix", "Number"
PREREQUISITES, COREQUISITES, STRICT = "Prerequisites", "Corequisites", "Strict-Corequisites"
CREDITS, INSTITUTION, CANONICAL_NAME, TERM = "Credit Hours", "Institution", "Canonical Name", "Term"
#: the columns of the table, in their order; a degree plan has the terms behind them
COLUMNS = (
    ID, NAME, PREFIX, NUMBER, PREREQUISITES, COREQUISITES, STRICT, CREDITS, INSTITUTION, CANONICAL_NAME,
)  # fmt: skip

# what tools compute from the rest and write beside it
RESULT_COLUMNS = frozenset({"Complexity", "Blocking", "Delay", "Centrality"})
RESULT_ROWS = frozenset({"Total Structural Complexity", "Longest Delay", "Highest Centrality Course"})

_OTHER_NAMES = {"cipcode": "CIP", "credits": CREDITS, "blockingfactor": "Blocking", "delayfactor": "Delay"}
_LIKENESS = 0.85  # "Insitution" has 0.95 of "Institution", and "Corequisites" 0.8 of "Prerequisites"


class Heading(NamedTuple):
    """What a heading stands for: one of the names, and whether it is written just so."""

    name: str
    written: str
    severity: Severity | None

    def findings(self, place: Place) -> Iterator[Finding]:
        """Tell where it is written in another way."""
        if visible(self.written) != self.written.strip():
            message = f"invisible characters were removed from the heading {short(self.name)}"
            yield Finding(Code.ZERO_WIDTH_NAME, message, place=place, cause=self.name, hint="type the heading anew")
        if self.severity is not None:
            message = f"the heading {short(visible(self.written))} was read as {self.name}"
            hint = f"write {self.name}"
            yield Finding(
                Code.MISSPELT_HEADING, message, place=place, cause=self.name, hint=hint, severity=self.severity
            )


def heading_of(written: str, names: Iterable[str], *, alike: bool = True) -> Heading | None:
    """Find the name that a heading stands for, whatever its capitals, spaces and dashes; None where there is none.

    `alike` allows for slips of the pen as well.

    Examples
    --------
    >>> heading_of("Insitution", HEADER_ROWS).name, heading_of("course id", COLUMNS).name
    ('Institution', 'Course ID')
    """
    plain = visible(written)
    by_letters = {_letters(name): name for name in names}
    by_letters |= {letters: name for letters, name in _OTHER_NAMES.items() if name in by_letters.values()}
    letters = _letters(plain[:100])
    if letters in by_letters:
        name = by_letters[letters]
        return Heading(name, written, None if name == plain else Severity.INFO)
    close = difflib.get_close_matches(letters, by_letters, n=1, cutoff=_LIKENESS) if alike else []
    return Heading(by_letters[close[0]], written, Severity.WARNING) if close else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
