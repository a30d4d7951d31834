"""Reading and writing: which format a file has, by its content first and then by its name."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from learngraph.codes import Code
from learngraph.files.bodies_format import read_answers, read_request_bodies
from learngraph.files.curriculum_reading import is_curriculum, read_curriculum
from learngraph.files.curriculum_writing import curriculum_of
from learngraph.files.document import document_of, read_document
from learngraph.files.dot import dot_of
from learngraph.files.errors import FormatError, ReadError
from learngraph.files.graph_formats import graphml_text, node_link_text
from learngraph.files.json_text import parse_json, write_json
from learngraph.files.lines import lines_of, read_lines
from learngraph.files.mermaid import mermaid_of
from learngraph.files.progress import Reporter
from learngraph.files.text import decoded, decoded_as_saved_on_windows, read_bytes, write_text
from learngraph.findings import Finding, Findings, Place
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.value import short
from learngraph.salesforce.answers import is_manage_answer
from learngraph.salesforce.snapshot import Snapshot

_SUFFIXES = {
    ".json": "document",
    ".jsonl": "lines",
    ".csv": "csv",
    ".graphml": "graphml",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
}


def _document(snapshot: Snapshot) -> tuple[str, Sequence[Finding]]:
    return write_json(document_of(snapshot)), ()


_WRITERS: dict[str, Callable[[Snapshot], tuple[str, Sequence[Finding]]]] = {
    "document": _document,
    "lines": lambda snapshot: lines_of(snapshot.graph),
    "csv": lambda snapshot: curriculum_of(snapshot.graph),
    "graphml": lambda snapshot: graphml_text(snapshot.graph),
    "node-link": lambda snapshot: node_link_text(snapshot.graph),
    "mermaid": lambda snapshot: (mermaid_of(snapshot.graph), ()),
    "dot": lambda snapshot: (dot_of(snapshot.graph), ()),
}
#: the formats that are written, by the names that `convert --to` takes
FORMATS = tuple(_WRITERS)


def read(
    path: str | os.PathLike[str],
    grades: str | Mapping[str, float | None] | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    name: str | None = None,
    reporter: Reporter | None = None,
) -> LearningGraph:
    """Read a catalogue from a document, catalogue lines, request bodies, answers of the org, or a curriculum.

    The format is told by what the file holds. What could not be read is in `findings` of the graph, and
    `check` gives it first.

    Parameters
    ----------
    path
        A file; "-" is standard input.
    grades
        The name of a grade scale, or a map from letter to number, in place of what the document says.
    settings
        Other options, and settings of `Dialect`, in place of what the document says.
    name
        What findings call the file; its path by default.
    reporter
        Is told how far the reading of a big file is.

    Raises
    ------
    ReadError
        where nothing can be read at all: no file, no text, neither JSON nor a curriculum, or JSON of another shape.
    SettingError
        where one of the settings is unknown or impossible.
    """
    overrides = {**(settings or {}), **({} if grades is None else {"grades": grades})}
    return read_whole(path, settings=overrides, name=name, reporter=reporter).graph


def read_snapshot(
    path: str | os.PathLike[str], *, settings: Mapping[str, Any] | None = None, name: str | None = None
) -> Snapshot:
    """Read what an org holds: answers of Get Learning, or a pulled document, with the ids of all items.

    Raises
    ------
    ReadError
        as `read`, and for a file that says nothing of an org.
    """
    snapshot = read_whole(path, settings=settings, name=name)
    held = snapshot.requirements or snapshot.outcomes or any(item.record_id for item in snapshot.graph)
    if not held and len(snapshot.graph):
        raise ReadError(Place(name or os.fspath(path)), "holds no ids of an org", "give answers of Get Learning")
    return snapshot


def write(held: LearningGraph | Snapshot, path: str | os.PathLike[str], *, to: str | None = None) -> Findings:
    """Write a graph or a snapshot, whole or not at all, and say what the format cannot hold.

    Parameters
    ----------
    to
        One of "document", "lines", "csv", "graphml", "node-link", "mermaid" and "dot"; by the suffix of the
        path where it is not given. The last four are for other programs: they are not read again.

    Raises
    ------
    WriteError
        where the file cannot be written.
    FormatError
        where the format is unknown.
    """
    text, findings = written(held, to or format_of(path))
    write_text(path, text)
    return findings


def written(held: LearningGraph | Snapshot, to: str) -> tuple[str, Findings]:
    """Give the text of a format, and what it cannot hold."""
    if to not in _WRITERS:
        raise FormatError(f"there is no format {short(to)} to write: choose {' or '.join(FORMATS)}")
    text, findings = _WRITERS[to](held if isinstance(held, Snapshot) else Snapshot(held))
    return text, Findings(findings)


def format_of(path: str | os.PathLike[str]) -> str:
    """Give the format that the suffix of a path names."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise FormatError(f"the name {os.fspath(path)} does not tell a format: end it with {known}, or name the format")
    return _SUFFIXES[suffix]


def read_whole(
    path: str | os.PathLike[str],
    *,
    settings: Mapping[str, Any] | None = None,
    name: str | None = None,
    reporter: Reporter | None = None,
) -> Snapshot:
    """Read a file of any format with all that it holds: a catalogue is a snapshot without items."""
    file, overrides = name or os.fspath(path), settings or {}
    text, odd = _text(read_bytes(path), file)
    if not text.strip():
        raise ReadError(Place(file), "is empty")
    if is_curriculum(text):
        return Snapshot(read_curriculum(text, file, overrides, odd))
    if PurePath(path).suffix.lower() == ".csv" and not text.lstrip().startswith(("{", "[")):
        raise ReadError(Place(file), "is a CSV file of an unknown layout", _KNOWN_CSV)
    if _is_lines(text, file):
        return Snapshot(read_lines(text, file, overrides, reporter or Reporter()))
    try:
        raw, found = parse_json(text, Place(file))
        return _by_shape(raw, file, found, overrides)
    except ReadError:
        if PurePath(path).suffix.lower() != ".jsonl":
            raise
    return Snapshot(
        read_lines(text, file, overrides, reporter or Reporter())
    )  # its first line is broken, others may not be


def _text(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """Give the text of a file; curricula may be saved in an encoding of spreadsheets, which is told."""
    try:
        return decoded(data, file), []
    except ReadError as error:
        text = decoded_as_saved_on_windows(data)
        if not is_curriculum(text):
            raise
        message = f"{error.fault}: it was read as Windows-1252"
        return text, [Finding(Code.SAVED_OTHERWISE, message, place=error.place, cause="encoding", hint=error.hint)]


def _is_lines(text: str, file: str) -> bool:
    """Whether the first line is an object by itself, and no other format's."""
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        raw, _ = parse_json(first, Place(file, 1))
    except ReadError:
        return False
    return isinstance(raw, dict) and "id" in raw and not {"learnings", "learning", "format"} & raw.keys()


def _by_shape(raw: Any, file: str, found: list[Finding], overrides: Mapping[str, Any]) -> Snapshot:  # noqa: ANN401 - any JSON
    items: Sequence[Any] = raw if isinstance(raw, list) else [raw]
    if not all(isinstance(item, dict) for item in items):
        raise ReadError(Place(file), f"holds {short(raw)}", _KNOWN)
    if isinstance(raw, dict) and ("format" in raw or _has_keys(raw)):
        return read_document(raw, file, found, overrides)
    if all("learnings" in item for item in items):
        _check_lists(items, file)
        return Snapshot(read_request_bodies(items, file, found, overrides))
    if all("learning" in item or is_manage_answer(item) or "errors" in item for item in items):
        return read_answers(items, file, found, overrides)
    raise ReadError(Place(file), f"is JSON of an unknown shape (it has {short(', '.join(items[0]))})", _KNOWN)


_KNOWN = "learngraph reads documents, catalogue lines, request bodies, answers of Get Learning and curricula"
_KNOWN_CSV = "the first row of a Curricular Analytics file is Curriculum and its name"


def _has_keys(raw: dict[str, Any]) -> bool:
    learnings = raw.get("learnings")
    if not isinstance(learnings, list) or not learnings:
        return False
    return not any(isinstance(item, dict) and "learning" in item for item in learnings)


def _check_lists(items: Sequence[dict[str, Any]], file: str) -> None:
    for item in items:
        if not isinstance(item["learnings"], list):
            raise ReadError(Place(file, field="learnings"), f"learnings is no list: {short(item['learnings'])}")
