"""What commands print: bodies and JSON to standard output, findings and progress to standard error."""

import os
import sys
from typing import Any

import click

from learngraph.cli.rendering import as_annotations, as_text
from learngraph.files.errors import WriteError
from learngraph.files.json_text import write_json
from learngraph.files.text import STANDARD, write_text
from learngraph.findings import Findings
from learngraph.markup import printable

#: exit codes of most commands
OK, FAILED = 0, 1


def show(findings: Findings, form: str, *, everything: bool, more: str = ": --all shows every one") -> None:
    """Show findings: as JSON to standard output, else to standard error."""
    if form == "json":
        put_text(write_json(findings.to_json()), None)
        return
    lines = as_annotations(findings) if form == "github" else as_text(findings, everything=everything, more=more)
    colour = False if os.environ.get("NO_COLOR") else None  # None: on a terminal only
    for line in lines:
        click.echo(line, err=True, color=colour)


def put(bodies: list[Any], output: str | None) -> None:
    """Write bodies as JSON: one by itself, several or none as an array."""
    put_text(write_json(bodies[0] if len(bodies) == 1 else bodies), output)


def put_text(text: str, output: str | None) -> None:
    """Write a text to a file, or to standard output in UTF-8.

    Raises
    ------
    WriteError
        where it cannot be written.
    """
    if output is not None and output != STANDARD:
        write_text(output, text)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(errors="backslashreplace"))  # UTF-8 whatever the terminal's language is
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError("standard output", error.strerror or str(error)) from None


def say(text: str) -> None:
    """Say something to people, on standard error; what would command the terminal is shown and not obeyed."""
    click.echo(printable(text, keep="\n"), err=True)
