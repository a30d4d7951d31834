"""docs/commands.md is true: every command has its section, with every option and its exit codes."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from learngraph.cli.commands import cli

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"`(--?[a-z][\w-]*)[^`]*`")


def commands(group: click.Group = cli, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands with the words by which they are called, those of groups in the place of the group."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


COMMANDS = dict(commands())


def sections(level: int) -> dict[str, str]:
    """The texts under the headings of a level, by heading, down to the next one of that level or above."""
    parts = re.split(rf"^#{{1,{level}}} (.+)$", _FENCE.sub("", PAGE), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


SHARED = {
    heading.lower().replace(" ", "-"): text
    for heading, text in sections(3).items()
    if heading not in sections(2) and heading != "The commands"
}
SECTIONS = {heading: text for heading, text in sections(2).items() if heading in COMMANDS}


def rows(text: str, head: str) -> list[str]:
    """The first cells of the table that begins with a heading."""
    table = re.search(rf"^\| {head} \|.*\n\|[-|]+\|\n((?:\|.*\n)*)", text, re.MULTILINE)
    return [line.split("|")[1] for line in table[1].splitlines()] if table else []


def options(text: str) -> set[str]:
    return {option for cell in rows(text, "Option") for option in _OPTION.findall(cell)}


def exits(text: str) -> set[int]:
    return {int(cell) for cell in rows(text, "Exit")}


def test_every_command_has_a_section_and_every_section_is_a_command() -> None:
    headings = [heading for heading in sections(2) if heading not in {"The commands", "What all commands share"}]

    missing = [name for name in COMMANDS if name not in headings]
    assert missing == [], "docs/commands.md lacks a section of this name: ## " + ", ## ".join(missing)
    assert [heading for heading in headings if heading not in COMMANDS] == []


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_says_how_the_command_is_called(name: str) -> None:
    arguments = [one.make_metavar(click.Context(COMMANDS[name])) for one in COMMANDS[name].params if not_an_option(one)]
    needed = [argument for argument in arguments if not argument.startswith("[")]

    assert f"`{' '.join(('learngraph', name, *needed))}`" in SECTIONS[name]


def not_an_option(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Argument)


@pytest.mark.parametrize("name", SECTIONS)
def test_every_option_of_a_command_is_told_and_no_other(name: str) -> None:
    there = {option for one in COMMANDS[name].params if not not_an_option(one) for option in one.opts}
    shared = [SHARED[anchor] for anchor in re.findall(r"\]\(#([\w-]+)\)", SECTIONS[name]) if anchor in SHARED]

    told = set().union(*(options(text) for text in (SECTIONS[name], *shared)))

    assert told == there, f"docs/commands.md: the section '## {name}'"


@pytest.mark.parametrize("name", SECTIONS)
def test_choices_and_defaults_of_an_option_are_told(name: str) -> None:
    text = SECTIONS[name] + "".join(SHARED.values())

    for one in COMMANDS[name].params:
        if isinstance(one.type, click.Choice):
            (line,) = [line for line in SECTIONS[name].splitlines() if f"| `{one.opts[0]} " in line] or [
                line for line in text.splitlines() if f"| `{one.opts[0]} " in line
            ]
            assert all(f"`{choice}`" in line for choice in one.type.choices), f"{name} {one.opts[0]}"
            told = f"`{one.default}`](" in line or f"`{one.default}` (the default)" in line
            assert told or not isinstance(one.default, str), "what has no default tells none"


@pytest.mark.parametrize("name", SECTIONS)
def test_exit_codes_are_those_of_the_page_on_errors(name: str) -> None:
    usual, more = re.findall(
        r"^\| Command \|.*\n\|[-|]+\|\n((?:\|.*\n)*)", (DOCS / "errors.md").read_text("utf-8"), re.MULTILINE
    )
    word = f"`{name.split(maxsplit=1)[0]}"
    zero_and_one = {
        code
        for line in usual.splitlines()
        if word in line.split("|")[1]
        for code, cell in enumerate(line.split("|")[2:4])
        if cell.strip()
    }
    others = {int(line.split("|")[2]) for line in more.splitlines() if word in line.split("|")[1]}

    assert exits(SECTIONS[name]) == zero_and_one | others, f"docs/commands.md: the section '## {name}'"
