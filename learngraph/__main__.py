"""The command line as `python -m learngraph`."""

from learngraph.cli import run

run()
