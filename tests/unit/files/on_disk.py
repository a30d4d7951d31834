"""Tiny files: values are written as JSON and read by the library."""

import json
from pathlib import Path
from typing import Any

import learngraph as lg


def read_text(folder: Path, text: str, name: str = "catalogue.json", **how: Any) -> lg.LearningGraph:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return lg.read(path, **how)


def read_json(folder: Path, value: Any, **how: Any) -> lg.LearningGraph:
    return read_text(folder, json.dumps(value), **how)


def read_document(folder: Path, *learnings: Any, **sections: Any) -> lg.LearningGraph:
    """Read a document of learnings; a plain key stands for a record of nothing but that key."""
    records = [{"key": one} if isinstance(one, str) else one for one in learnings]
    return read_json(folder, {"format": "learngraph/1", "learnings": records, **sections})


def read_lines(folder: Path, *records: Any, **how: Any) -> lg.LearningGraph:
    """Read catalogue lines; a text stands for a line as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    return read_text(folder, "\n".join(lines) + "\n", "lines.jsonl", **how)


def found(graph: lg.LearningGraph, code: str) -> list[lg.Finding]:
    return [finding for finding in graph.findings if finding.code.value == code]


def only(graph: lg.LearningGraph) -> lg.Finding:
    """The one finding that there is."""
    assert len(graph.findings) == 1, [str(finding) for finding in graph.findings]
    return graph.findings[0]


def nested(depth: int, leaf: Any, name: str = "any") -> Any:
    """A requirement of so many levels, that of the leaf counted."""
    for _ in range(depth - 1):
        leaf = {name: [leaf]}
    return leaf
