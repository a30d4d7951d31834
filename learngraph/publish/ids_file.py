"""Ids of records beside a catalogue, a section an org, so that a later plan need not look for them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from learngraph.files.errors import ReadError
from learngraph.files.json_text import parse_json, write_json
from learngraph.files.text import STANDARD, read_text, write_text
from learngraph.findings import Place
from learngraph.model.value import FrozenMap
from learngraph.publish.counterparts import same_org

FORMAT = "learngraph-ids/1"

_PAUSE = 1.0  # seconds between two writings


@dataclass(frozen=True, slots=True)
class KnownIds:
    """The ids of learnings' records by org and key.

    Examples
    --------
    >>> known = KnownIds().having("00D000000000001EAA", {"CS 101": "0tyLT00000009LOYAY"})
    >>> known.of("00D000000000001"), known.of("00D000000000002")
    ({'CS 101': '0tyLT00000009LOYAY'}, {})
    """

    orgs: Mapping[str, Mapping[str, str]] = field(default_factory=FrozenMap)

    def of(self, org: str) -> dict[str, str]:
        """Give what is known of one org: ids by key, in the order in which they were learned."""
        return {key: one for name, ids in self.orgs.items() if same_org(name, org) for key, one in ids.items()}

    def having(self, org: str, ids: Mapping[str, str]) -> "KnownIds":
        """Give the same with more ids of one org; what was known of their keys gives way."""
        others = {name: known for name, known in self.orgs.items() if not same_org(name, org)}
        return KnownIds(FrozenMap({**others, org: {**self.of(org), **ids}}))


def ids_path(catalogue: str | os.PathLike[str]) -> Path | None:
    """Give the file beside a catalogue that holds its ids; None for what is no file.

    Examples
    --------
    >>> ids_path("catalogue.json").name, ids_path("-"), ids_path("example:1")
    ('catalogue.ids.json', None, None)
    """
    name = os.fspath(catalogue)
    if name == STANDARD or name.startswith("example:"):
        return None
    path = Path(name)
    return path.with_name(f"{path.stem or path.name}.ids.json") if path.name else None


def read_ids(path: str | os.PathLike[str]) -> KnownIds:
    """Read an ids file; where there is none, nothing is known.

    Raises
    ------
    ReadError
        where it is not what `write_ids` writes.
    """
    name = os.fspath(path)
    if not Path(name).exists():
        return KnownIds()
    record, _ = parse_json(read_text(name), Place(name))
    orgs = record.get("orgs") if isinstance(record, dict) and record.get("format") == FORMAT else None
    if not isinstance(orgs, dict) or not all(map(_is_section, orgs.values())):
        fault = f"is no file of ids (format {FORMAT})"
        raise ReadError(Place(name), fault, "move it away: what is in the org is then found by what it says")
    return KnownIds(FrozenMap(orgs))


def _is_section(value: Any) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(value, dict) and all(isinstance(one, str) and one for one in value.values())


def write_ids(known: KnownIds, path: str | os.PathLike[str]) -> None:
    """Write an ids file whole, in the place of the one before.

    Raises
    ------
    WriteError
        where it cannot be written.
    """
    orgs = {org: dict(ids) for org, ids in known.orgs.items()}
    write_text(path, write_json({"format": FORMAT, "orgs": orgs}))


class IdsKeeper:
    """Writes the ids of one org into an ids file as they become known, at most once a second.

    The file is read and written whole, so that to do so after every answer would cost more the larger it is. `write`
    writes the rest at the end; what a crash leaves unwritten, the journal has.

    Parameters
    ----------
    org
        The id of the org.
    path
        The ids file.
    now
        Counts seconds; tests have their own.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "catalogue.ids.json"
    ...     keeper = IdsKeeper("00D000000000001EAA", path)
    ...     keeper({"CS 101": {"learning_id": "0tyLT00000009LOYAY"}})
    ...     read_ids(path).of("00D000000000001EAA")
    {'CS 101': '0tyLT00000009LOYAY'}
    """

    def __init__(self, org: str, path: Path, *, now: Callable[[], float] = monotonic) -> None:
        self._org = org
        self._path = path
        self._now = now
        self._found: dict[str, str] = {}
        self._next: float | None = None

    def __call__(self, ids: Mapping[str, Mapping[str, str]]) -> None:
        """Take over the ids of what is done, by key.

        Raises
        ------
        ReadError, WriteError
            where the file is none of ids, or cannot be written.
        """
        self._found |= {key: one["learning_id"] for key, one in ids.items() if "learning_id" in one}
        if self._next is None or self._now() >= self._next:
            self.write()

    def write(self) -> None:
        """Write what is not yet written; nothing for nothing new.

        Raises
        ------
        ReadError, WriteError
            as above.
        """
        if self._found:
            write_ids(read_ids(self._path).having(self._org, self._found), self._path)
            self._found = {}
        self._next = self._now() + _PAUSE
