"""The commands that answer questions of analysts and advisers: metrics, explain, compare."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import click

from learngraph.cli.arguments import read_catalogue, read_settings, settings_options
from learngraph.cli.output import OK, put_text, say, show
from learngraph.cli.tables import as_paragraphs
from learngraph.files.json_text import write_json
from learngraph.graph.learning_graph import LearningGraph, UnknownKeyError
from learngraph.logic.compiled import Reading

_CLOSE_ENOUGH = 70  # of 100

_format = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_everything = click.option("--all", "everything", is_flag=True, help="Every course, and not only the first.")


@click.command()
@click.argument("file")
@click.option("--program", metavar="KEY", help="Only the courses of a program, by its program plan.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@_everything
@click.option("--without-corequisites", is_flag=True, help="Only prerequisites join courses.")
@click.option("--credits", "by_credits", is_flag=True, help="A course counts with its credits instead of 1.")
@settings_options
def metrics(
    file: str, program: str | None, form: str, everything: bool, without_corequisites: bool, by_credits: bool,
    grades: str | None, external_id_field: str | None, settings: tuple[str, ...],
) -> int:  # fmt: skip
    """Measure a curriculum: blocking, delay, centrality, complexity and reachability of each course.

    Every alternative counts as a requirement here, as published definitions have it.
    """
    from learngraph.analysis.measuring.classic import metrics as measure  # noqa: PLC0415 - not for every command
    from learngraph.analysis.programs.courses import curriculum  # noqa: PLC0415 - as above
    from learngraph.cli.stories import metrics_story  # noqa: PLC0415 - as above

    graph = read_and_say(file, read_settings(grades, external_id_field, settings))
    if program is not None:
        graph = curriculum(graph, program=known_key(graph, program))
    found = measure(graph, include_corequisites=not without_corequisites, weight="credits" if by_credits else None)
    if form == "json":
        put_text(write_json(found.to_json()), None)
    elif form == "csv":
        put_text(_csv(*found.table), None)
    else:
        joined = not without_corequisites
        put_text(metrics_story(graph, found, everything=everything, include_corequisites=joined), None)
    return OK


@click.command()
@click.argument("file")
@click.argument("key")
@_format
@click.option("--fewest", "least", is_flag=True, help="Also the fewest learnings and credits (needs the extra solver).")
@click.option(
    "--unknown", type=click.Choice(["neutral", "met", "unmet"]), default="neutral", show_default=True,
    help="How conditions and what is not in the catalogue are read.",
)  # fmt: skip
@settings_options
def explain(
    file: str, key: str, form: str, least: bool, unknown: Reading, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...],
) -> int:  # fmt: skip
    """Explain one learning: what it takes, in which terms, what it opens, and what would help most."""
    from learngraph.analysis.reaching.explanation import explain as explain_learning  # noqa: PLC0415 - not for every command

    graph = read_and_say(file, read_settings(grades, external_id_field, settings))
    found = explain_learning(graph, key=known_key(graph, key), unknown=unknown, least=least)
    put_text(write_json(found.to_json()) if form == "json" else as_paragraphs(str(found)), None)
    return OK


@click.command()
@click.argument("before")
@click.argument("after")
@_format
@_everything
@settings_options
def compare(
    before: str, after: str, form: str, everything: bool, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...],
) -> int:  # fmt: skip
    """Compare two editions: what came, went and changed, which numbers moved, and because of what."""
    from learngraph.analysis.comparing.comparison import compare as compare_graphs  # noqa: PLC0415 - not for every command
    from learngraph.cli.stories import comparison_story  # noqa: PLC0415 - as above

    old, new = (read_and_say(file, read_settings(grades, external_id_field, settings)) for file in (before, after))
    found = compare_graphs(old, new)
    text = write_json(found.to_json()) if form == "json" else comparison_story(found, everything=everything)
    put_text(text, None)
    return OK


def read_and_say(file: str, settings: dict[str, Any]) -> LearningGraph:
    """Read a catalogue and say what could not be read of it."""
    graph = read_catalogue(file, settings).graph
    if not graph.findings.ok:
        show(graph.findings.errors, "text", everything=False, more="")
        say("what follows is about the rest: 'learngraph check' tells more")
    return graph


def known_key(graph: LearningGraph, key: str) -> str:
    """Give a key of the graph, or raise with those that look like it."""
    known = graph.index.resolve(key)
    if known in graph:
        return known
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - needed only where something is unknown

    close = process.extract(
        key, [one.key for one in graph], scorer=fuzz.ratio, processor=utils.default_process,
        score_cutoff=_CLOSE_ENOUGH, limit=3,
    )  # fmt: skip
    if close:
        say(f"did you mean {' or '.join(found[0] for found in close)}?")
    raise UnknownKeyError(key)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()
