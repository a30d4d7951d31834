"""The commands: each reads, calls one function of the library, and prints what came of it."""

import gc
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

import click

from learngraph.cli.arguments import (
    choice_options,
    codes,
    path_of,
    read_catalogue,
    read_settings,
    refuse_over,
    settings_options,
)
from learngraph.cli.drawing import draw
from learngraph.cli.org_commands import org
from learngraph.cli.output import FAILED, OK, put, put_text, say, show
from learngraph.cli.publishing import apply, plan, publish, pull
from learngraph.cli.questions import compare, explain, metrics
from learngraph.cli.reporting import report
from learngraph.errors import LearnGraphError
from learngraph.files.errors import ReadError
from learngraph.files.json_text import write_json
from learngraph.files.text import STANDARD
from learngraph.findings import Finding, Findings, FindingsError
from learngraph.graph.learning_graph import LearningGraph

_MORE = ""


def run() -> NoReturn:
    """Run as a process of its own, and end it with the exit code."""
    gc.disable()  # a command lives for seconds: looking for garbage takes a tenth of them and finds none
    code = main()
    gc.freeze()  # nor need the last look, at the end of the process, see what goes with it
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code: 0 where all went well, 1 where something is wrong.

    Nothing that goes wrong shows a traceback.
    """
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments), prog_name="learngraph", standalone_mode=False
        )
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return FAILED
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "learngraph"
        say(f"error: {error.format_message()}\nwrite '{where} --help' for what it takes")
        return FAILED
    except click.exceptions.Abort:
        say("stopped")
        return FAILED
    except FindingsError as error:
        show(error.findings, "text", everything=True)
        return FAILED
    except LearnGraphError as error:
        say(f"error: {error}")
        return FAILED
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stderr.close()
        return FAILED
    except Exception as error:  # noqa: BLE001 - a fault of ours is no reason to frighten people
        say(f"error: this is a fault of learngraph, please report it: {type(error).__name__}: {error}")
        return FAILED
    return code if isinstance(code, int) else OK


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="learngraph")
def cli() -> None:
    """Keep a catalogue of learnings: check it, and write what Salesforce Education Cloud takes.

    A FILE is a path, - for standard input, or example:1 and example:2 for the catalogue that comes along.
    """


@cli.command()
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--all", "everything", is_flag=True, help="Every finding on a line of its own.")
@settings_options
@choice_options
def check(
    file: str, form: str, strict: bool, everything: bool, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
) -> int:  # fmt: skip
    """Say everything that is wrong with a catalogue, and what would mend it.

    Exits with 1 where there are errors, or with --strict warnings.
    """
    from learngraph.checks.checking import check as check_graph  # noqa: PLC0415 - not for every command

    try:
        graph = read_catalogue(file, read_settings(grades, external_id_field, settings)).graph
        findings = check_graph(graph).only(select=codes(select), ignore=codes(ignore))
    except ReadError as error:
        findings = Findings([error.finding])  # whatever was chosen: nothing could be checked
    show(findings, form, everything=everything)
    return FAILED if findings.errors or (strict and findings.warnings) else OK


@cli.command()
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="Write to a file instead of standard output.")
@click.option("--batch-size", type=click.IntRange(min=1), help="The most learnings in a body. [default: 25]")
@settings_options
@choice_options
def post(
    file: str, output: str | None, batch_size: int | None, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
) -> int:  # fmt: skip
    """Write the POST bodies of all learnings that have no record, in an order in which they can be sent."""
    from learngraph.salesforce.post import post_bodies  # noqa: PLC0415 - not for every command

    refuse_over(output, file)
    named = read_settings(grades, external_id_field, settings)
    graph = read_catalogue(file, {**named, **({} if batch_size is None else {"batch_size": batch_size})}).graph
    checked = _checked(graph, select, ignore)
    if not checked.ok:
        return FAILED
    bodies = post_bodies(graph, ignore=codes(ignore))
    _say_what_was_found(checked, bodies.findings, select, ignore)
    put(list(bodies), output)
    return OK


@cli.command()
@click.argument("current")
@click.argument("desired")
@click.option("-o", "--output", metavar="OUT", help="Write to a file instead of standard output.")
@settings_options
@choice_options
def patch(
    current: str, desired: str, output: str | None, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
) -> int:  # fmt: skip
    """Write the smallest PATCH bodies that make an org hold DESIRED.

    CURRENT is what the org holds: the answers of Get Learning, or a pulled document.
    """
    from learngraph.files.formats import read_snapshot  # noqa: PLC0415 - not for every command
    from learngraph.salesforce.patch import patch_bodies  # noqa: PLC0415 - not for every command

    refuse_over(output, current, desired)
    graph = read_catalogue(desired, read_settings(grades, external_id_field, settings)).graph
    names = ("external_id_field", "program_external_id_field")
    stated = {name: value for name in names if (value := getattr(graph.options, name)) is not None}
    snapshot = read_snapshot(path_of(current), settings=stated, name=current)
    checked = _checked(graph, select, ignore, also=snapshot.graph.findings)
    if not checked.ok:
        return FAILED
    bodies = patch_bodies(snapshot, graph, ignore=codes(ignore))
    _say_what_was_found(checked, bodies.findings, select, ignore)
    put(list(bodies), output)
    return OK


@cli.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--to", "form", metavar="FORMAT", help="One of those above; by the suffix of OUT otherwise.")
@settings_options
def convert(
    source: str, target: str, form: str | None, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...],
) -> int:  # fmt: skip
    """Write a catalogue in another format; OUT may be - for standard output.

    FORMAT is document (.json), lines (.jsonl), csv (Curricular Analytics), or, for other programs, graphml,
    node-link (JSON of NetworkX), mermaid (.mmd) or dot (.gv).

    What could not be read or cannot be held is told; where values were lost in reading it exits with 1.
    """
    from learngraph.files.formats import format_of, written  # noqa: PLC0415 - not for every command

    form = form or ("document" if target == STANDARD else format_of(target))
    held = read_catalogue(source, read_settings(grades, external_id_field, settings))
    text, lost = written(held, form)
    put_text(text, None if target == STANDARD else target)
    findings = held.graph.findings + lost
    if findings:
        show(findings, "text", everything=False, more="")
    return OK if findings.ok else FAILED


@cli.command()
def schema() -> int:
    """Print the JSON Schema of the document."""
    from learngraph.files.schema import document_schema  # noqa: PLC0415 - not for every command

    put_text(write_json(document_schema()), None)
    return OK


def _checked(
    graph: LearningGraph, select: tuple[str, ...], ignore: tuple[str, ...], *, also: Iterable[Finding] = ()
) -> Findings:
    """Check first; where there are errors, show them and say that nothing was written."""
    from learngraph.checks.checking import check as check_graph  # noqa: PLC0415 - not for every command

    findings = (check_graph(graph) + also).only(ignore=codes(ignore))
    if not findings.ok:  # what is shown may be chosen; what stops is not
        show(findings.only(select=codes(select)), "text", everything=False, more=_MORE)
        say("nothing was written: mend the errors, or leave them aside with --ignore CODES")
    return findings


def _say_what_was_found(
    checked: Findings, left_out: Findings, select: tuple[str, ...], ignore: tuple[str, ...]
) -> None:
    """Show what the check and the bodies found, each thing once."""
    told = {(finding.code, finding.keys, finding.message) for finding in checked}
    new = (finding for finding in left_out if (finding.code, finding.keys, finding.message) not in told)
    chosen = (checked + new).only(select=codes(select), ignore=codes(ignore))
    if chosen:
        show(chosen, "text", everything=False, more=_MORE)


for command in (metrics, explain, compare, draw, report, pull, plan, apply, publish, org):
    cli.add_command(command)
