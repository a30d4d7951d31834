"""The commands that look at an org and change it: pull, plan, apply, publish."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, TypeVar

import click

from learngraph.cli.arguments import (
    choice_options,
    codes,
    read_catalogue,
    read_settings,
    settings_options,
)
from learngraph.cli.output import FAILED, OK, put_text, say, show
from learngraph.errors import LearnGraphError
from learngraph.files.text import write_text
from learngraph.findings import Findings
from learngraph.graph.learning_graph import LearningGraph

if TYPE_CHECKING:  # what sends opens databases and connections, and no other command waits for that
    from learngraph.orgs import Org
    from learngraph.publish.apply_result import ApplyResult
    from learngraph.publish.ids_file import IdsKeeper
    from learngraph.publish.plan_limits import PlanLimits
    from learngraph.publish.publish_plan import PublishPlan

CHANGES, STALE, LOCKED = 2, 4, 5
OnError: TypeAlias = Literal["continue", "stop"]
_F = TypeVar("_F", bound=Callable[..., Any])

org_option = click.option(
    "--org", "name", metavar="ORG", envvar="LEARNGRAPH_ORG", default="local", show_default=True,
    help="local, local:PATH, env, or an alias of the sf command line.",
)  # fmt: skip


class _Answers(TypedDict):
    """What the options of a sending command say."""

    yes: bool
    org_name: str | None
    on_error: OnError
    result: str | None
    break_lock: str | None


_verbose = click.option("--verbose", is_flag=True, help="Every field that is sent, and all that is left alone.")


def apply_options(command: _F) -> _F:
    """Add the options of what sends a plan."""
    for option in reversed(
        (
            click.option("--yes", is_flag=True, help="Do not ask. For a production org, --org-name is needed as well."),
            click.option("--org-name", metavar="NAME", help="The name of the production org that is meant."),
            click.option(
                "--on-error", type=click.Choice(["continue", "stop"]), default="continue", show_default=True,
                help="What becomes of the rest where a learning fails.",
            ),
            click.option("--result", metavar="FILE", help="Write what became of each learning, as .json or .csv."),
            click.option("--break-lock", metavar="NONCE", help="Break the lock of an apply that is surely dead."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


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
    from learngraph.files.formats import written  # noqa: PLC0415 - not for every command
    from learngraph.files.settings import read_options  # noqa: PLC0415 - as above
    from learngraph.findings import Place  # noqa: PLC0415 - as above
    from learngraph.orgs import connect  # noqa: PLC0415 - as above
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
    from learngraph.orgs import connect  # noqa: PLC0415 - as above
    from learngraph.publish.plan_files import plan_text  # noqa: PLC0415 - as above

    graph = read_catalogue(file, read_settings(grades, external_id_field, settings)).graph
    org = connect(name)
    made = _planned(graph, org, file, (limits, select, ignore), create_achievements=create_achievements)
    if output is not None:
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
    break_lock: str | None,
) -> int:  # fmt: skip
    """Send exactly the plan in a file, or nothing; after a fault, go on where it was."""
    from learngraph.cli.plan_texts import text_of  # noqa: PLC0415 - not for every command
    from learngraph.orgs import connect  # noqa: PLC0415 - as above
    from learngraph.publish.plan_files import read_plan  # noqa: PLC0415 - as above

    made = read_plan(plan_file)
    org = connect(name)
    if not yes:
        put_text(text_of(made, "text", graph=LearningGraph(), org=org, verbose=False), None)
    answers = _Answers(yes=yes, org_name=org_name, on_error=on_error, result=result, break_lock=break_lock)
    return _carried_out(made, org, None, answers)


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
    break_lock: str | None, limits: tuple[str, ...], create_achievements: bool, grades: str | None,
    external_id_field: str | None, settings: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
) -> int:  # fmt: skip
    """Check, plan, show, ask, apply: put a catalogue into an org."""
    from learngraph.cli.plan_texts import text_of  # noqa: PLC0415 - not for every command
    from learngraph.orgs import connect  # noqa: PLC0415 - as above

    graph = read_catalogue(file, read_settings(grades, external_id_field, settings)).graph
    org = connect(name)
    made = _planned(graph, org, file, (limits, select, ignore), create_achievements=create_achievements)
    put_text(text_of(made, "text", graph=graph, org=org, verbose=verbose), None)
    answers = _Answers(yes=yes, org_name=org_name, on_error=on_error, result=result, break_lock=break_lock)
    return OK if made.is_empty else _carried_out(made, org, file, answers)


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


def _carried_out(made: "PublishPlan", org: "Org", file: str | None, answers: _Answers) -> int:
    """Ask, send, and tell what became of each learning."""
    from learngraph.cli.progress import apply_reporter  # noqa: PLC0415 - not for every command
    from learngraph.orgs import apply as apply_to_org  # noqa: PLC0415 - as above
    from learngraph.publish.apply_checks import StalePlanError  # noqa: PLC0415 - as above
    from learngraph.publish.apply_settings import ApplySettings, forget  # noqa: PLC0415 - as above
    from learngraph.publish.journal import data_folder  # noqa: PLC0415 - as above
    from learngraph.publish.org_lock import LockedError, break_lock  # noqa: PLC0415 - as above

    org_name = answers["org_name"]
    if not answers["yes"]:
        if not sys.stdin.isatty():
            say("nothing was sent: there is no terminal to ask on, so say --yes, or apply the plan from one")
            return FAILED
        if made.org.sandbox:
            click.confirm(f"send this to {made.org.name}?", err=True, abort=True)
        else:
            org_name = org_name or click.prompt("this is PRODUCTION: type the name of the org", err=True)
    keeper = _remembering(made.org.id, file)
    settings = ApplySettings(org_name=org_name, on_error=answers["on_error"], remember=keeper or forget)
    try:
        if answers["break_lock"]:
            owner = break_lock(data_folder(), made.org.id, nonce=answers["break_lock"])
            say(f"broke the lock of {owner}")
        done = apply_to_org(made, org, settings=settings, reporter=apply_reporter())
    except StalePlanError as error:
        say(f"error: {error}")
        return STALE
    except LockedError as error:
        say(f"error: {error}")
        return LOCKED
    try:
        if keeper:
            keeper.write()
    except LearnGraphError as error:  # what was done is told all the same
        say(f"error: {error}")
    return _told(done, answers["result"])


def _remembering(org: str, file: str | None) -> "IdsKeeper | None":
    """Give what writes ids beside the catalogue; None for a catalogue that is no file."""
    from learngraph.publish.ids_file import IdsKeeper, ids_path  # noqa: PLC0415 - not for every command

    beside = ids_path(file) if file else None
    return IdsKeeper(org, beside) if beside else None


def _told(done: "ApplyResult", result: str | None) -> int:
    from learngraph.cli.plan_texts import result_text  # noqa: PLC0415 - not for every command
    from learngraph.files.json_text import write_json  # noqa: PLC0415 - as above

    if result is not None:
        write_text(result, done.to_csv() if Path(result).suffix == ".csv" else write_json(done.to_json()))
    put_text(result_text(done), None)
    return done.exit_code
