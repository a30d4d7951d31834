"""Run a notebook where it lies, in a kernel of this Python: `python notebook_runner.py NOTEBOOK`.

It works in the folder in which it is started. Of a cell that ends with an error, the cell and the error are told.
"""

import re
import sys
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

_COLOURS = re.compile(r"\x1b\[[\d;]*m")


class _OwnKernelManager(AsyncKernelManager):
    """Starts kernels of the Python that runs this, whatever kernels a user has installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"])


def run(path: Path) -> str:
    """Run it, and give what went wrong; "" where nothing did."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, kernel_manager_class=_OwnKernelManager, resources={"metadata": {"path": str(Path.cwd())}}
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return _COLOURS.sub("", str(error))
    nbformat.write(notebook, path)
    return ""


if __name__ == "__main__":
    told = run(Path(sys.argv[1]))
    sys.stdout.write(told)
    sys.exit(1 if told else 0)
