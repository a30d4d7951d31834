"""The notebooks: where they lie, what of them is kept in git, and how they are run.

`python -m tests.notebooks` takes out of them what running them has left behind.
"""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

NOTEBOOKS = tuple(sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb")))

_VERSION = 4
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_RUNNER = Path(__file__).with_name("notebook_runner.py")
_PATIENCE = 60  # seconds for a notebook
_KEPT_IN = ("HOME", "XDG_DATA_HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")


class BrokenClaimError(AssertionError):
    """A cell that ended with an error: what it says, and which error it was."""


def read(path: Path) -> NotebookNode:
    found: NotebookNode = nbformat.read(path, as_version=_VERSION)
    return found


def stripped(notebook: NotebookNode) -> str:
    """Give the text of a notebook without outputs, numbers of runs, and what an editor or a machine adds."""
    cells = [
        {"id": cell.id, "cell_type": cell.cell_type, "metadata": {}, "source": cell.source}
        | ({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {})
        for cell in notebook.cells
    ]
    bare = {"cells": cells, "metadata": _METADATA, "nbformat": _VERSION, "nbformat_minor": 5}
    return f"{nbformat.writes(nbformat.from_dict(bare))}\n"


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run all cells in a kernel of this Python, and give the notebook with its outputs.

    It works in a folder of its own, and what it or its kernel keeps for a user lies there, too. The client of
    the kernel is a process of its own: what it leaves open is none of ours.

    Raises
    ------
    BrokenClaimError
        at the first cell that ends with an error.
    """
    path, work = folder / "notebook.ipynb", folder / "work"
    nbformat.write(notebook, path)
    work.mkdir()
    own = {name: str(folder / name.lower()) for name in _KEPT_IN}
    own["MPLCONFIGDIR"] = str(folder.parent / "matplotlib")  # beside it, so that fonts are looked up once for all
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("LEARNGRAPH_", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, str(_RUNNER), str(path)],
        cwd=work, env={**usual, **own}, capture_output=True, text=True, check=False, timeout=_PATIENCE,
    )  # fmt: skip
    if done.returncode:
        raise BrokenClaimError(done.stdout or done.stderr)
    return read(path)


if __name__ == "__main__":
    for each in NOTEBOOKS:
        each.write_text(stripped(read(each)), encoding="utf-8")
