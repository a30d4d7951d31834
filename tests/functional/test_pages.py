"""The commands that pages show are run, page by page in their order, and print what is shown."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILES = {"json": "catalogue.json", "csv": "curriculum.csv"}


def blocks(page: str) -> list[tuple[str, str]]:
    return _FENCE.findall((DOCS / f"{page}.md").read_text(encoding="utf-8"))


def run(command: str, folder: Path) -> str:
    prompt, program, *arguments = shlex.split(command)
    assert (prompt, program) == ("$", "learngraph")
    ran = subprocess.run(
        [sys.executable, "-m", "learngraph", *arguments],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "XDG_DATA_HOME": str(folder)},
    )  # fmt: skip
    # an embedded org makes up an id of its own
    return re.sub(r"00D\w{15}", "00D...", ran.stderr + ran.stdout)


@pytest.mark.parametrize("page", ["commands", "for-salesforce-administrators", "from-curricular-analytics", "report"])
def test_the_commands_of_a_page_print_what_it_shows(page: str, tmp_path: Path) -> None:
    shown = [body for kind, body in blocks(page) if kind == "console"]
    for kind, body in reversed(blocks(page)):  # the first of each kind is the file that the page is about
        if kind in _FILES:
            (tmp_path / _FILES[kind]).write_text(body, encoding="utf-8")

    printed = [f"{head}\n{run(head, tmp_path)}" for head in (body.split("\n", 1)[0] for body in shown)]

    assert printed == shown
    assert shown
