"""Running the command line, in this process for speed or as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: after so many seconds a command hangs
PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(
    *arguments: object, stdin: bytes = b"", env: Mapping[str, str] | None = None, patience: float = PATIENCE
) -> Ran:
    """Run `python -m learngraph` as a process, with these variables beside the usual ones."""
    command = [sys.executable, "-m", "learngraph", *map(str, arguments)]
    variables = {**os.environ, **(env or {})}
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=patience, env=variables)
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def put(folder: Path, value: Any, name: str = "catalogue.json") -> Path:
    """Write a value as JSON, or a text or bytes as they are."""
    path = folder / name
    if isinstance(value, bytes):
        path.write_bytes(value)
    else:
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def document(*learnings: Any, **sections: Any) -> dict[str, Any]:
    """A document; a plain key stands for a course that is as it should be."""
    records = [
        {"key": one, "type": "course", "name": f"About {one}", "active": True}
        if isinstance(one, str)
        else {"type": "course", "name": f"About {one.get('key')}", "active": True, **one}
        for one in learnings
    ]
    return {"format": "learngraph/1", **sections, "learnings": records}
