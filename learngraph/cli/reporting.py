"""The command that writes a report on a catalogue."""

from pathlib import PurePath

import click

from learngraph.cli.arguments import choice_options, codes, read_catalogue, read_settings, refuse_over, settings_options
from learngraph.cli.output import OK, put_text, say
from learngraph.files.errors import FormatError
from learngraph.files.text import STANDARD

_SUFFIXES = (".html", ".htm")


@click.command()
@click.argument("file")
@click.option(
    "-o", "--output", metavar="OUT", default="report.html", show_default=True,
    help="The file to write, or - for standard output.",
)  # fmt: skip
@click.option(
    "--plan", "plan_file", metavar="PLAN", help="Also what a plan would send, as 'learngraph plan -o' wrote it."
)
@settings_options
@choice_options
def report(
    file: str, output: str, plan_file: str | None, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
) -> int:  # fmt: skip
    """Write a report that a committee can open: one HTML file with a map, metrics and findings.

    It needs no network and may be sent by e-mail.
    """
    from learngraph.checks.checking import check  # noqa: PLC0415 - not for every command
    from learngraph.publish.plan_files import read_plan  # noqa: PLC0415 - as above
    from learngraph.report.writing import report_page  # noqa: PLC0415 - as above

    wanted, unwanted = codes(select), codes(ignore)
    if output != STANDARD and PurePath(output).suffix.lower() not in _SUFFIXES:  # a browser would not show it
        raise FormatError(f"{output!r} is no name of a report: let it end in {', '.join(_SUFFIXES)}")
    refuse_over(output, file, *([plan_file] if plan_file else []))
    plan = None if plan_file is None else read_plan(plan_file)
    graph = read_catalogue(file, read_settings(grades, external_id_field, settings)).graph
    findings = check(graph).only(select=wanted, ignore=unwanted) if wanted or unwanted else None
    put_text(report_page(graph, plan=plan, findings=findings), output)
    if output != STANDARD:
        say(f"the report is in {output}: open it in a browser")
    return OK
