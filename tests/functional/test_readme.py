"""The README is followed word for word: its files are written, its commands run, its Python executed."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).resolve().parents[2] / "README.md"
_BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLOCKS = _BLOCK.findall(README.read_text(encoding="utf-8"))
_COMMANDS = [body.split("\n", 1) for kind, _, body in _BLOCKS if kind == "console"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tour")
    for kind, name, body in _BLOCKS:
        if kind == "json":
            (made / name).write_text(body, encoding="utf-8")
    return made


@pytest.mark.parametrize(("command", "shown"), [pytest.param(*pair, id=pair[0]) for pair in _COMMANDS])
def test_a_command_prints_what_the_readme_shows(command: str, shown: str, folder: Path) -> None:
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "learngraph"

    ran = subprocess.run(
        [sys.executable, "-m", "learngraph", *arguments],
        cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, "XDG_DATA_HOME": str(folder)},
    )  # fmt: skip

    # an embedded org makes up an id of its own
    assert re.sub(r"00D\w{15}", "00D...", ran.stderr + ran.stdout) == shown


def test_the_readme_shows_commands() -> None:
    assert len(_COMMANDS) >= 3


def test_its_python_gives_what_it_shows() -> None:
    # as `python -m doctest README.md` does
    failed, tried = doctest.testfile(str(README), module_relative=False)

    assert tried > 5
    assert failed == 0
