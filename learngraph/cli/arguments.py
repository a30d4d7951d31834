"""What several commands take: files, settings, and which findings count."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from learngraph.cli.progress import reporter_for
from learngraph.codes import Code
from learngraph.examples import EDITIONS
from learngraph.examples import path_of as example_path
from learngraph.files.errors import ReadError, WriteError
from learngraph.files.formats import read_whole
from learngraph.files.json_text import parse_json
from learngraph.files.settings import SettingError
from learngraph.files.text import STANDARD, read_text
from learngraph.findings import Place
from learngraph.salesforce.snapshot import Snapshot

#: options that are text, also where it looks like a number
_TEXTS = frozenset(
    {
        "name", "institution", "catalogue_year", "degree_type", "cip_code", "external_id_field",
        "program_external_id_field",
    }
)  # fmt: skip

_F = TypeVar("_F", bound=Callable[..., Any])

_EXAMPLE = "example:"


def read_catalogue(file: str, settings: dict[str, Any]) -> Snapshot:
    """Read a FILE argument: a path, "-" for standard input, or "example:1"; with items where it holds any."""
    name = "standard input" if file == STANDARD else file
    return read_whole(path_of(file), settings=settings, name=name, reporter=reporter_for(file))


def path_of(file: str) -> str:
    """Give the path that a FILE argument stands for."""
    if not file.startswith(_EXAMPLE):
        return file
    number = file.removeprefix(_EXAMPLE)
    if number not in map(str, EDITIONS):
        known = " or ".join(f"{_EXAMPLE}{edition}" for edition in EDITIONS)
        raise ReadError(Place(file), "there is no such example", f"write {known}")
    return os.fspath(example_path(int(number)))


def refuse_over(output: str | None, *files: str) -> None:
    """Refuse to write over a file that the command reads: what it writes is no such file.

    Raises
    ------
    WriteError
        where they are one file, under whatever names.
    """
    if output is not None and any(_are_one_file(output, file) for file in files):
        raise WriteError(output, "it is what this command reads (write to another name)")


def _are_one_file(one: str, other: str) -> bool:
    try:
        return Path(one).is_file() and Path(one).samefile(other)
    except OSError:  # one is not there, or may not be looked at: reading or writing it tells that better
        return False


def settings_options(command: _F) -> _F:
    """Add the options that override what a document says of itself."""
    for option in reversed(
        (
            click.option(
                "--grades",
                metavar="SCALE",
                help="Grade scale: us, itu, or a JSON file of letters and numbers.",
            ),
            click.option("--external-id-field", metavar="FIELD", help="The org's unique external-id field."),
            click.option(
                "--set",
                "settings",
                metavar="NAME=VALUE",
                multiple=True,
                help="Any option of the catalogue or dialect.",
            ),
        )
    ):
        command = option(command)
    return command


def choice_options(command: _F) -> _F:
    """Add the options that choose findings."""
    for option in reversed(
        (
            click.option("--select", metavar="CODES", multiple=True, help="Only these codes, or beginnings of codes."),
            click.option(
                "--ignore",
                metavar="CODES",
                multiple=True,
                help="Not these: an ignored finding blocks nothing.",
            ),
        )
    ):
        command = option(command)
    return command


def read_settings(grades: str | None, external_id_field: str | None, settings: tuple[str, ...]) -> dict[str, Any]:
    """Give the settings that the options name.

    Raises
    ------
    SettingError
        where one is not of the form NAME=VALUE.
    """
    found: dict[str, Any] = {}
    for text in settings:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise SettingError(text, "is not of the form NAME=VALUE, such as bodies=documented")
        outer, dot, inner = name.partition(".")
        if not dot:
            found[name] = value if name in _TEXTS else _value(value)
        elif isinstance(found.setdefault(outer, {}), dict):
            found[outer][inner] = _value(value)
        else:
            raise SettingError(outer, "is set both whole and in part")
    if grades is not None:
        found["grades"] = _scale(grades)
    if external_id_field is not None:
        found["external_id_field"] = external_id_field
    return found


def codes(written: tuple[str, ...]) -> tuple[str, ...]:
    """Give the codes of options that may hold several, with commas between them.

    Raises
    ------
    click.BadParameter
        where a text is the beginning of no code.
    """
    found = tuple(code.strip().upper() for text in written for code in text.split(",") if code.strip())
    for beginning in found:
        if not any(code.startswith(beginning) for code in Code):
            raise click.BadParameter(f"no code begins with {beginning}: docs/rules.md lists them, such as LG201")
    return found


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _scale(grades: str) -> object:
    if not grades.endswith(".json"):
        return grades
    raw, _ = parse_json(read_text(grades), Place(grades))
    return raw
