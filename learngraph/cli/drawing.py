"""The command that draws a picture."""

import warnings
from collections.abc import Iterable

import click

from learngraph.analysis.measuring.classic import NAMES
from learngraph.cli.arguments import read_settings, settings_options
from learngraph.cli.output import OK, say
from learngraph.cli.questions import known_key, read_and_say
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Course
from learngraph.model.wording import listed

_NAMED = 20  # subjects in a message
_METRIC = click.Choice(NAMES)


@click.command()
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", required=True, help="Where to: a name that ends in .svg, .png or .pdf.")
@click.option("--program", metavar="KEY", help="Only the courses that the plan of a program names.")
@click.option("--subject", metavar="S", help="Only the courses of a subject, such as MATH.")
@click.option("--around", metavar="KEY", help="Only one learning and what stands next to it.")
@click.option("--steps", type=click.IntRange(min=0), help="How many requirements away, with --around.  [default: 1]")
@click.option("--plan", metavar="KEY", help="The terms of a degree plan, instead of the earliest ones.")
@click.option(
    "--colour", "--color", "colour", type=_METRIC, metavar="METRIC", help="Colour by a metric, such as blocking."
)
@click.option("--size", type=_METRIC, metavar="METRIC", help="A bar in each box, by a metric, such as delay.")
@click.option("--highlight", metavar="KEY", help="Light up a learning, what it needs and what it unlocks.")
@settings_options
def draw(
    file: str, output: str, program: str | None, subject: str | None, around: str | None, steps: int | None,
    plan: str | None, colour: str | None, size: str | None, highlight: str | None,
    grades: str | None, external_id_field: str | None, settings: tuple[str, ...],
) -> int:  # fmt: skip
    """Draw a curriculum as SVG, PNG or PDF: terms as columns, and lines from what is needed to what needs it.

    Metrics are blocking, delay, centrality, complexity and reachability, measured in the whole catalogue, and
    with --program among the courses of the program, as `learngraph metrics --program` does.
    """
    from learngraph.plotting import map_picture as pictures  # noqa: PLC0415 - matplotlib
    from learngraph.plotting.picture_files import form_of, write_picture  # noqa: PLC0415 - as above

    form_of(output)  # a wrong name is told before anything is read
    _refuse_together(program=program, subject=subject, around=around)
    _refuse_together(around=around, highlight=highlight)
    if steps is not None and around is None:
        raise click.UsageError("--steps goes with --around KEY")
    graph = read_and_say(file, read_settings(grades, external_id_field, settings))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        lit = None if highlight is None else known_key(graph, highlight)
        if around is not None:
            key = known_key(graph, around)
            distance = 1 if steps is None else steps
            picture = pictures.picture_around(graph, key, steps=distance, terms=plan, colour=colour, size=size)
        elif program is not None:
            key = known_key(graph, program)
            picture = pictures.picture_of_program(graph, key, terms=plan, colour=colour, size=size, highlight=lit)
        else:
            keys = _of_subject(graph, subject)
            picture = pictures.picture_of_curriculum(
                graph, keys=keys, title=subject, terms=plan, colour=colour, size=size, highlight=lit
            )
        write_picture(picture, output)
    say(f"the picture is in {output}")
    for text in dict.fromkeys(str(warning.message) for warning in told):
        say(f"warning: {text}")
    return OK


def _refuse_together(**options: str | None) -> None:
    named = [f"--{name}" for name, value in options.items() if value is not None]
    if len(named) > 1:
        raise click.UsageError(f"{' and '.join(named)} cannot be asked for together: draw one picture for each")


def _of_subject(graph: LearningGraph, subject: str | None) -> Iterable[str] | None:
    """Give the keys of the courses of a subject; None, which stands for all, where none is asked for."""
    if subject is None:
        return None
    keys = [one.key for one in graph if isinstance(one, Course) and one.subject_abbreviation == subject]
    if not keys:
        there = dict.fromkeys(one.subject_abbreviation or "" for one in graph if isinstance(one, Course))
        known = listed(sorted(filter(None, there)), most=_NAMED) or "no course states a subject"
        raise click.UsageError(f"there is no course of the subject {subject!r} ({known})")
    return keys
