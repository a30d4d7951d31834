"""The commands that look at an org and change it: pull, plan, apply, publish."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from learngraph.cli.arguments import (
    choice_options,
    codes,
    read_catalogue,
    read_settings,
    refuse_over,
    settings_options,
)
from learngraph.cli.output import OK, put_text, say, show
from learngraph.cli.sending import Answers, OnError, apply_options, carry_out, let_settle
from learngraph.files.text import STANDARD, write_text
from learngraph.findings import Findings
from learngraph.graph.learning_graph import LearningGraph

if TYPE_CHECKING:  # what sends opens databases and connections, and no other command waits for that
    from learngraph.orgs import Org
    from learngraph.publish.plan_limits import PlanLimits
    from learngraph.publish.publish_plan import PublishPlan

CHANGES = 2
_F = TypeVar("_F", bound=Callable[..., Any])

org_option = click.option(
    "--org", "name", metavar="ORG", envvar="LEARNGRAPH_ORG", default="local", show_default=True,
    help="local, local:PATH, env, or an alias of the sf command line.",
)  # fmt: skip


_verbose = click.option("--verbose", is_flag=True, help="Every field that is sent, and all that is left alone.")


def plan_options(command: _F) -> _F:
    """Add the options of how a plan is made."""
    for option in reversed(
        (
            click.option("--limit", "limits", metavar="NAME=NUMBER", multiple=True, help="Raise a limit by its name."),
            click.option("--create-achievements", is_flag=True, help="Make achievements that the org lacks."),
        )
    ):
        command = option(command)
    return command


@click.command()
@org_option
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of standard output.")
@settings_options
def pull(
    name: str, output: str | None, grades: str | None, external_id_field: str | None, settings: tuple[str, ...]
) -> int:
    """Read all that an org holds, as a document with ids."""
    from learngraph.cli.waits import connect  # noqa: PLC0415 - as above
    from learngraph.files.formats import written  # noqa: PLC0415 - not for every command
    from learngraph.files.settings import read_options  # noqa: PLC0415 - as above
    from learngraph.findings import Place  # noqa: PLC0415 - as above
    from learngraph.orgs import pull as pull_org  # noqa: PLC0415 - as above

    options = read_options({}, read_settings(grades, external_id_field, settings), Place(), [])
    held = pull_org(connect(name), like=LearningGraph(options=options))
    text, _ = written(held, "document")
    put_text(text, output)
    if held.graph.findings:
        show(held.graph.findings, "text", everything=False, more="")
    say(repr(held)[1:-1])
    return OK


@click.command()
@click.argument("file")
@org_option
@click.option("-o", "--output", metavar="PLAN", help="Write the plan to a file, to be applied as it is.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there is something to do.")
@_verbose
@plan_options
@settings_options
@choice_options
def plan(
    file: str, name: str, output: str | None, form: str, detailed_exitcode: bool, verbose: bool,
    limits: tuple[str, ...], create_achievements: bool, grades: str | None, external_id_field: str | None,
    settings: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
) -> int:  # fmt: skip
    """Say what would be sent to an org so that it holds a catalogue, and why; nothing is sent."""
    from learngraph.cli.plan_texts import text_of  # noqa: PLC0415 - not for every command
    from learngraph.cli.waits import connect  # noqa: PLC0415 - as above
    from learngraph.publish.plan_files import plan_text  # noqa: PLC0415 - as above

    refuse_over(output, file)
    graph = read_catalogue(file, read_settings(grades, external_id_field, settings)).graph
    org = connect(name)
    let_settle(org)
    made = _planned(graph, org, file, (limits, select, ignore), create_achievements=create_achievements)
    if output == STANDARD:
        form = "json"
    elif output is not None:
        write_text(output, plan_text(made))
        say(f"the plan is in {output}: 'learngraph apply {output}' sends exactly that")
    put_text(text_of(made, form, graph=graph, org=org, verbose=verbose), None)
    return CHANGES if detailed_exitcode and not made.is_empty else OK


@click.command()
@click.argument("plan_file", metavar="PLAN")
@org_option
@apply_options
def apply(
    plan_file: str, name: str, yes: bool, org_name: str | None, on_error: OnError, result: str | None,
    break_lock: str | None, settle: float,
) -> int:  # fmt: skip
    """Send exactly the plan in a file, or nothing; after a fault, go on where it was."""
    from learngraph.cli.plan_texts import text_of  # noqa: PLC0415 - not for every command
    from learngraph.cli.waits import connect  # noqa: PLC0415 - as above
    from learngraph.publish.plan_files import read_plan  # noqa: PLC0415 - as above

    refuse_over(result, plan_file)
    made = read_plan(plan_file)
    org = connect(name)
    if not yes:
        put_text(text_of(made, "text", graph=LearningGraph(), org=org, verbose=False), None)
    answers = Answers(
        yes=yes, org_name=org_name, on_error=on_error, result=result, break_lock=break_lock, settle=settle
    )
    return carry_out(made, org, None, answers)


@click.command()
@click.argument("file")
@org_option
@_verbose
@apply_options
@plan_options
@settings_options
@choice_options
def publish(
    file: str, name: str, verbose: bool, yes: bool, org_name: str | None, on_error: OnError, result: str | None,
    break_lock: str | None, settle: float, limits: tuple[str, ...], create_achievements: bool, grades: str | None,
    external_id_field: str | None, settings: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
) -> int:  # fmt: skip
    """Check, plan, show, ask, apply: put a catalogue into an org."""
    from learngraph.cli.plan_texts import text_of  # noqa: PLC0415 - not for every command
    from learngraph.cli.waits import connect  # noqa: PLC0415 - as above

    refuse_over(result, file)
    graph = read_catalogue(file, read_settings(grades, external_id_field, settings)).graph
    org = connect(name)
    let_settle(org, settle)
    made = _planned(graph, org, file, (limits, select, ignore), create_achievements=create_achievements)
    put_text(text_of(made, "text", graph=graph, org=org, verbose=verbose), None)
    answers = Answers(
        yes=yes, org_name=org_name, on_error=on_error, result=result, break_lock=break_lock, settle=settle
    )
    return carry_out(made, org, file, answers)


def _planned(
    graph: LearningGraph, org: "Org", file: str, chosen: tuple[tuple[str, ...], ...], *, create_achievements: bool
) -> "PublishPlan":
    """Make a plan, and show what was found on the way."""
    from learngraph.orgs import plan as plan_for_org  # noqa: PLC0415 - not for every command
    from learngraph.publish.ids_file import ids_path, read_ids  # noqa: PLC0415 - as above
    from learngraph.publish.planning import PlanSettings  # noqa: PLC0415 - as above

    limits, select, ignore = chosen
    beside = ids_path(file)
    settings = PlanSettings(
        select=codes(select),
        ignore=codes(ignore),
        ids=read_ids(beside).of(org.facts.id) if beside else {},
        limits=_limits(limits),
        create_achievements=create_achievements,
    )
    made = plan_for_org(graph, org, settings=settings)
    if made.findings:
        show(Findings(made.findings), "text", everything=False, more=": 'learngraph check --all' shows every one")
    return made


def _limits(written: tuple[str, ...]) -> "PlanLimits":
    from learngraph.publish.plan_limits import PlanLimits  # noqa: PLC0415 - not for every command

    named = read_settings(None, None, written)
    known = PlanLimits.__dataclass_fields__
    for name in named:
        if name not in known:
            raise click.BadParameter(f"there is no limit {name}: choose {', '.join(known)}", param_hint="--limit")
    return PlanLimits(**named)
