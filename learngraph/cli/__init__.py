"""The command line: it parses, calls, prints, and returns a number."""

from learngraph.cli.commands import main as main
from learngraph.cli.commands import run as run
