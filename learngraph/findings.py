"""What is wrong, where, and what would mend it: findings are values, returned and never printed here."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from learngraph.codes import Code, Severity
from learngraph.errors import LearnGraphError
from learngraph.markup import Stated, html_first

if TYPE_CHECKING:  # pandas is an extra, imported when a frame is asked for
    import pandas as pd

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


_LONGEST_PART = 150  # letters: people must be able to read it


@dataclass(frozen=True, slots=True)
class Place(Stated):
    """Where something stands: a file, a line (1-based, 0 where a format has none), a record, a field."""

    file: str = ""
    line: int = 0
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        spot = ".".join(part[:_LONGEST_PART] for part in (self.record, self.field) if part)
        return ": ".join(part for part in (where, spot) if part)


@dataclass(frozen=True, slots=True)
class Finding(Stated):
    """One thing that is wrong, where it is, and what would mend it.

    `keys` names the learnings that it is about, the blamed one first. `cause` is what findings of one
    code are rolled up by (an unknown key, a grade, a field); where it is empty the first key is it.
    Findings sort by gravity, then code, then place.
    """

    code: Code
    message: str
    keys: tuple[str, ...] = ()
    hint: str = ""
    cause: str = ""
    place: Place = Place()
    severity: Severity = Severity.ERROR

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        keys: tuple[str, ...] = (),
        hint: str = "",
        cause: str = "",
        place: Place | None = None,
        severity: Severity | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "code", code)
        put(self, "message", message if len(message) <= _LONGEST else message[:_LONGEST] + "...")
        put(self, "keys", keys)
        put(self, "hint", hint)
        put(self, "cause", cause or (keys[0] if keys else message))
        put(self, "place", place or _NOWHERE)
        put(self, "severity", severity or code.severity)

    @property
    def subject(self) -> str:
        """The first key, for the start of a sentence; empty where the finding is about no learning."""
        return self.keys[0] if self.keys else ""

    def at(self, place: Place) -> "Finding":
        """Give the same finding with a place."""
        return Finding(
            self.code,
            self.message,
            keys=self.keys,
            hint=self.hint,
            cause=self.cause,
            place=place,
            severity=self.severity,
        )

    def __lt__(self, other: "Finding") -> bool:
        return _order(self) < _order(other)

    def __str__(self) -> str:
        start = f"{self.place}: " if self.place != _NOWHERE else ""
        about = f"{self.subject}: " if self.subject and self.subject not in start else ""
        end = f" ({self.hint})" if self.hint else ""
        return f"{start}{self.severity.value} {self.code.value} {about}{self.message}{end}"


_NOWHERE = Place()
_LONGEST = 1000  # letters of a message: keys may be of any length, and people must be able to read it


def _order(finding: Finding) -> tuple[int, str, str, int]:
    return _RANK[finding.severity], finding.code.value, finding.place.file, finding.place.line


class Cause(NamedTuple):
    """What several findings of one code have in common: the first of them, and how many there are."""

    first: Finding
    times: int


class RolledUp(NamedTuple):
    """The findings of one severity and code, by cause, the most frequent first."""

    severity: Severity
    code: Code
    summary: str
    causes: tuple[Cause, ...]


class Findings(Sequence[Finding]):
    """Findings in order of gravity, then code, then place; otherwise in the order in which they came.

    Examples
    --------
    >>> import learngraph as lg
    >>> findings = lg.check(lg.LearningGraph([lg.Course(key="A", name="A", active=True, prerequisites=["B"])]))
    >>> findings.ok, [finding.code.value for finding in findings.errors]
    (False, ['LG201'])
    """

    __slots__ = ("_all",)

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._all = tuple(sorted(findings, key=_order))

    @property
    def errors(self) -> "Findings":
        """Those that stop the commands."""
        return self.where(lambda finding: finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> "Findings":
        """Those that stop the commands with `--strict` only."""
        return self.where(lambda finding: finding.severity is Severity.WARNING)

    @property
    def infos(self) -> "Findings":
        """Those that are good to know."""
        return self.where(lambda finding: finding.severity is Severity.INFO)

    @property
    def ok(self) -> bool:
        """Whether none of them is an error."""
        return not any(finding.severity is Severity.ERROR for finding in self._all)

    def where(self, wanted: Callable[[Finding], bool]) -> "Findings":
        """Keep those for which `wanted` is true."""
        return Findings(filter(wanted, self._all))

    def only(self, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> "Findings":
        """Keep those whose code begins with one of `select` and with none of `ignore`.

        An empty `select` selects all. A beginning chooses a family: "LG3" is every finding about fields.
        """
        chosen, left_out = tuple(select) or ("",), tuple(ignore)
        return self.where(lambda finding: finding.code.startswith(chosen) and not finding.code.startswith(left_out))

    def rolled_up(self) -> Iterator[RolledUp]:
        """Give the findings by severity, code and cause, in this order; causes by how often they occur.

        Examples
        --------
        >>> import learngraph as lg
        >>> graph = lg.LearningGraph([lg.Course(key=key, name=key, active=True, prerequisites=["X"]) for key in "AB"])
        >>> [(one.summary, [cause.times for cause in one.causes]) for one in lg.check(graph).rolled_up()]
        [('not in the catalogue: 1 unknown course in 2 requirements', [2])]
        """
        for (severity, code), group in groupby(self._all, key=lambda finding: (finding.severity, finding.code)):
            found = list(group)
            first: dict[str, Finding] = {}
            for finding in found:
                first.setdefault(finding.cause, finding)
            counts = Counter(finding.cause for finding in found).most_common()
            causes = tuple(Cause(first[cause], count) for cause, count in counts)
            yield RolledUp(severity, code, _summary(code, found), causes)

    def raise_for_errors(self) -> None:
        """Do nothing where all is well.

        Raises
        ------
        FindingsError
            that names every error, where there is one.
        """
        if not self.ok:
            raise FindingsError(self.errors)

    def to_frame(self) -> "pd.DataFrame":
        """Give a data frame, a row a finding (needs pandas, the extra `frames`)."""
        import pandas as pd  # noqa: PLC0415 - an extra, imported when first used

        columns = ["code", "severity", "keys", "message", "hint", "file", "line", "record", "field"]
        return pd.DataFrame([_row(finding) for finding in self._all], columns=columns)

    def to_json(self) -> dict[str, Any]:
        """Give what `--format json` writes: the format's name, the counts, and the findings."""
        return {
            "format": "learngraph-findings/1",
            "counts": {severity.value: self._count(severity) for severity in Severity},
            "findings": [_row(finding) for finding in self._all],
        }

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self._all)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> "Findings": ...
    def __getitem__(self, index: int | slice) -> "Finding | Findings":
        return Findings(self._all[index]) if isinstance(index, slice) else self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._all)

    def __add__(self, other: Iterable[Finding]) -> "Findings":
        return Findings((*self._all, *other))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        errors, warnings, infos = map(self._count, Severity)
        return f"<Findings: {errors} errors, {warnings} warnings, {infos} infos>"

    def _repr_html_(self) -> str:
        headings = ("severity", "code", "place", "learning", "message", "hint")
        rows = [(f.severity.value, f.code.value, str(f.place), f.subject, f.message, f.hint) for f in self._all[:50]]
        return html_first(headings, rows, caption=repr(self)[1:-1], of=len(self))


def _summary(code: Code, found: Sequence[Finding]) -> str:
    causes = len({finding.cause for finding in found})
    # a learning is counted once, however often it is at fault
    learnings = len({finding.subject for finding in found})
    return code.summary(causes=causes, places=learnings if code.counted.endswith("learning") else len(found))


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "keys": list(finding.keys),
        "message": finding.message,
        "hint": finding.hint,
        "file": finding.place.file,
        "line": finding.place.line or None,
        "record": finding.place.record,
        "field": finding.place.field,
    }


class FindingsError(LearnGraphError, ValueError):
    """Something could not be done because of findings; the message names every one of them.

    Attributes
    ----------
    findings
        What stands in the way, all of it.
    """

    def __init__(self, findings: Findings) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)
