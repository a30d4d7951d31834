"""Which learning of a catalogue is which record of an org: told by what both say, and never guessed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from learngraph.checks.activity import apart
from learngraph.codes import Code, Severity
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Course, Learning, subject_and_number
from learngraph.model.salesforce_id import canonical
from learngraph.model.value import FrozenMap
from learngraph.salesforce.references import external_id, external_id_field
from learngraph.salesforce.snapshot import Snapshot


class Way(StrEnum):
    """How a learning is found in an org."""

    RECORD_ID = "record_id"
    EXTERNAL_ID = "external_id"
    IDS_FILE = "ids_file"
    SUBJECT_AND_NUMBER = "subject_and_number"
    NAME = "name"

    @property
    def words(self) -> str:
        """The way in a sentence: "by subject and number"."""
        return self.value.replace("_", " ")


#: the ways in the usual order, the surest first
ORDER: tuple[Way, ...] = tuple(Way)

#: what does not name one record by itself: a record that is taken already may be another version
BY_LIKENESS = frozenset({Way.SUBJECT_AND_NUMBER, Way.NAME})


@dataclass(frozen=True, slots=True)
class Identities:
    """Pairs of keys, wanted and held, and how each was found; what is new; and what could not be told."""

    held: Mapping[str, str]
    how: Mapping[str, Way]
    new: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def identify(
    snapshot: Snapshot,
    wanted: LearningGraph,
    *,
    ids: Mapping[str, str] = FrozenMap(),
    order: Iterable[Way] = ORDER,
) -> Identities:
    """Tell for each learning which record of the org it is.

    The ways are gone one after the other, each for all learnings that are not found yet: a record that a surer
    way found is no candidate of a later one. By subject and number, and by name, are found what is of one type
    and contradicts in nothing else that names it: external id, subject and number, active period. Two candidates
    for a learning, or two learnings for a record, are a finding, and so is a stated record that the org does not
    hold; what has a finding is neither found nor new.

    Parameters
    ----------
    ids
        What an ids file says of this org: record ids by key.
    order
        The ways, in the order in which they are gone.

    Examples
    --------
    >>> held = LearningGraph([Course(key="x", name="Logic", salesforce={"learning_id": "0tyLT00000009LOYAY"})])
    >>> found = identify(Snapshot(held), LearningGraph([Course(key="PHIL 1", name="Logic"), Course(key="PHIL 2")]))
    >>> found.held, found.how["PHIL 1"].words, found.new
    ({'PHIL 1': 'x'}, 'name', ('PHIL 2',))
    """
    search = _Search(snapshot, wanted, ids)
    for way in order:
        search.go(way)
    return search.result()


class _Search:
    """One search: what is found is taken out of what is open and free."""

    def __init__(self, snapshot: Snapshot, wanted: LearningGraph, ids: Mapping[str, str]) -> None:
        self._held = snapshot.graph
        self._wanted = wanted
        self._ids = ids
        self._by_id = {record: key for key, record in snapshot.records().items()}
        self._open = {learning.key: learning for learning in wanted}
        self._taken: dict[str, str] = {}
        self._how: dict[str, Way] = {}
        self._findings: list[Finding] = []

    def go(self, way: Way) -> None:
        """Look for all learnings that are still open."""
        if not self._open:
            return
        candidates = self._candidates(way)
        claims: dict[str, list[str]] = {}
        for key, learning in tuple(self._open.items()):
            found = candidates(learning)
            if way in BY_LIKENESS:
                found = [one for one in found if one not in self._taken and self._may_be(learning, self._held[one])]
            if len(found) > 1:
                self._give_up(key, f"{len(found)} learnings of the org have its {way.words}", found)
            elif found and found[0] in self._taken:
                self._give_up(key, f"shares its record with {self._taken[found[0]]}, by {way.words}", found)
            elif found:
                claims.setdefault(found[0], []).append(key)
        for held, keys in claims.items():
            self._settle(held, keys, way)

    def _settle(self, held: str, keys: list[str], way: Way) -> None:
        if len(keys) == 1:
            self._taken[held] = keys[0]
            self._how[keys[0]] = way
            del self._open[keys[0]]
            return
        for key in keys:
            others = ", ".join(other for other in keys if other != key)
            self._give_up(key, f"shares its record with {others}, by {way.words}", [held])

    def _candidates(self, way: Way) -> Callable[[Learning], list[str]]:
        match way:
            case Way.RECORD_ID:
                return lambda learning: self._by_record(learning, learning.record_id)
            case Way.IDS_FILE:
                return lambda learning: self._by_record(learning, self._ids.get(learning.key))
            case Way.EXTERNAL_ID:
                known = _grouped(self._held, self._external_id)
                return lambda learning: known.get((learning.type, external_id(learning)), [])
            case Way.SUBJECT_AND_NUMBER:
                titles = _grouped(self._held, _title)
                return lambda learning: titles.get((learning.type, _title(learning)), [])
            case Way.NAME:
                names = _grouped(self._held, _name)
                return lambda learning: names.get((learning.type, _name(learning)), [])

    def _by_record(self, learning: Learning, record_id: str | None) -> list[str]:
        if not record_id:
            return []
        held = self._by_id.get(canonical(record_id))
        if held is None:
            del self._open[learning.key]
            self._findings.append(_not_held(learning.key, canonical(record_id)))
            return []
        return [held]

    def _external_id(self, held: Learning) -> str | None:
        named = external_id_field(held, self._wanted.options)
        known = held.external_id or (held.custom_fields.get(named) if named else None)
        return str(known) if known else None

    def _may_be(self, learning: Learning, held: Learning) -> bool:
        """Whether nothing that names them says that they are two."""
        known = self._external_id(held)
        titles = _title(learning), _title(held)
        return not (
            (learning.external_id and known and learning.external_id != known)
            or (all(titles) and titles[0] != titles[1])
            or apart(learning, held)
        )

    def _give_up(self, key: str, why: str, candidates: Iterable[str]) -> None:
        del self._open[key]
        records = ", ".join(self._held[one].record_id or one for one in candidates)
        self._findings.append(
            Finding(
                Code.TWO_CANDIDATES,
                f"{why}: {records}",
                keys=(key,),
                hint="give each learning its own record id or external id",
            )
        )

    def _alike(self) -> Iterator[Finding]:
        """Warn of what seems new and is called like a record that nothing else is: a POST may double it."""
        titles = _grouped(self._held, _title) if self._open else {}
        for key, learning in self._open.items():
            title = _title(learning) or _folded(subject_and_number(key))
            others = [
                one
                for one in titles.get((learning.type, title), [])
                if one not in self._taken and not apart(learning, self._held[one])
            ]
            if others:
                record = self._held[others[0]].record_id or others[0]
                yield Finding(
                    Code.TWO_CANDIDATES,
                    f"seems to be the org's {others[0]} ({record}) by its subject and number, and is taken for new",
                    keys=(key, others[0]),
                    hint="if they are one course, give it that record id, or state its subject and number",
                    severity=Severity.WARNING,
                )

    def result(self) -> Identities:
        """Give what was found, in graph order."""
        held = {key: one for one, key in self._taken.items()}
        in_order = {learning.key: held[learning.key] for learning in self._wanted if learning.key in held}
        how = {key: self._how[key] for key in in_order}
        return Identities(in_order, how, tuple(self._open), (*self._findings, *self._alike()))


def _grouped(graph: LearningGraph, of: Callable[[Learning], object | None]) -> dict[tuple[str, object], list[str]]:
    groups: dict[tuple[str, object], list[str]] = {}
    for learning in graph:
        if (named := of(learning)) is not None:
            groups.setdefault((learning.type, named), []).append(learning.key)
    return groups


def _title(learning: Learning) -> tuple[str, str] | None:
    if not isinstance(learning, Course) or not (learning.subject_abbreviation and learning.course_number):
        return None
    return _folded((learning.subject_abbreviation, str(learning.course_number)))


def _folded(pair: tuple[str, str] | None) -> tuple[str, str] | None:
    return (_plain(pair[0]), _plain(pair[1])) if pair else None


def _name(learning: Learning) -> str | None:
    return _plain(learning.name) if learning.name else None


def _plain(text: str) -> str:
    """Write a text as it is compared: case, spaces and HTML entities do not count."""
    return " ".join(unescape(text).split()).casefold()


def _not_held(key: str, record_id: str) -> Finding:
    return Finding(
        Code.NEW_LEARNING,
        f"is said to be the record {record_id}, which the org does not hold",
        keys=(key,),
        hint="take the id out to have it created (also of the ids file), or see whether the user may read it",
        severity=Severity.ERROR,
    )
