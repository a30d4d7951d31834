"""What the commands that send have in common: ask, send, and tell what became of each learning."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, TypeVar

import click

from learngraph.cli.output import FAILED, put_text, say
from learngraph.cli.progress import SaidWaits
from learngraph.errors import LearnGraphError
from learngraph.files.errors import WriteError
from learngraph.markup import printable

if TYPE_CHECKING:  # what sends opens databases and connections, and no other command waits for that
    from learngraph.orgs import Org
    from learngraph.publish.apply_result import ApplyResult
    from learngraph.publish.ids_file import IdsKeeper
    from learngraph.publish.publish_plan import PublishPlan

UNFINISHED, STALE, LOCKED = 3, 4, 5
SETTLE = 30.0  # seconds
OnError: TypeAlias = Literal["continue", "stop"]
_F = TypeVar("_F", bound=Callable[..., Any])


class Answers(TypedDict):
    """What the options of a sending command say."""

    yes: bool
    org_name: str | None
    on_error: OnError
    result: str | None
    break_lock: str | None
    settle: float


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
            click.option(
                "--settle", metavar="SECONDS", type=click.FloatRange(0), default=SETTLE, show_default=True,
                help="How long the org may still be at work on a request that had no answer.",
            ),
            click.option("--break-lock", metavar="NONCE", help="Break the lock of an apply that is surely dead."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def let_settle(org: "Org", settle: float = SETTLE) -> None:
    """Wait where an earlier apply was cut short a moment ago, and say so."""
    from learngraph.publish.cut_short import let_settle as let_org_settle  # noqa: PLC0415 - not for every command
    from learngraph.publish.journal import data_folder  # noqa: PLC0415 - as above

    let_org_settle(data_folder(), org.facts.id, settle=settle, reporter=SaidWaits())


def carry_out(made: "PublishPlan", org: "Org", file: str | None, answers: Answers) -> int:
    """Ask, send, and tell what became of each learning; the ids of a catalogue in a file are written beside it."""
    from learngraph.publish.apply_checks import StalePlanError, UnconfirmedOrgError, UnsafePlanError  # noqa: PLC0415 - not for every command
    from learngraph.publish.apply_result import ApplyResult  # noqa: PLC0415 - as above
    from learngraph.publish.org_lock import LockedError  # noqa: PLC0415 - as above

    _check_result(answers["result"])
    if made.is_empty:
        return _told(ApplyResult(made.org, made.digest), answers["result"])
    agreed = _agreed(made, answers)
    if agreed is None:
        return FAILED
    try:
        return _told(_sent(made, org, file, agreed), answers["result"])
    except StalePlanError as error:
        say(f"error: {error}")
        return STALE
    except LockedError as error:
        say(f"error: {error} (--break-lock {error.owner.nonce})" if error.owner else f"error: {error}")
        return LOCKED
    except UnconfirmedOrgError as error:
        say(f"error: {error}; give it with --org-name")
    except UnsafePlanError as error:
        say(f"error: {error}; 'learngraph plan' and 'publish' raise limits with --limit NAME=NUMBER")
    return FAILED


def _agreed(made: "PublishPlan", answers: Answers) -> Answers | None:
    """Give the answers with what was asked for; None where nothing is to be sent."""
    if answers["yes"]:
        return answers
    if not sys.stdin.isatty():
        say("nothing was sent: there is no terminal to ask on, so say --yes, or apply the plan from one")
        return None
    if made.org.sandbox:
        if click.confirm(f"send this to {printable(made.org.name)}?", err=True):
            return answers
        say("nothing was sent")
        return None
    given = answers["org_name"] or click.prompt("this is PRODUCTION: type the name of the org", err=True)
    return {**answers, "org_name": given}


def _sent(made: "PublishPlan", org: "Org", file: str | None, answers: Answers) -> "ApplyResult":
    from learngraph.cli.progress import apply_reporter  # noqa: PLC0415 - not for every command
    from learngraph.orgs import apply  # noqa: PLC0415 - as above
    from learngraph.publish.apply_settings import ApplySettings, forget  # noqa: PLC0415 - as above
    from learngraph.publish.journal import data_folder  # noqa: PLC0415 - as above
    from learngraph.publish.org_lock import break_lock, lock_owner  # noqa: PLC0415 - as above

    nonce = answers["break_lock"]
    if nonce and lock_owner(data_folder(), made.org.id):
        say(f"broke the lock of {break_lock(data_folder(), made.org.id, nonce=nonce)}")
    keeper = _keeper(made.org.id, file)
    settings = ApplySettings(
        org_name=answers["org_name"],
        on_error=answers["on_error"],
        settle=answers["settle"],
        remember=keeper or forget,
    )
    done = apply(made, org, settings=settings, reporter=apply_reporter())
    try:
        if keeper:
            keeper.write()
    except LearnGraphError as error:  # what was done is told all the same
        say(f"error: {error}")
    return done


def _keeper(org: str, file: str | None) -> "IdsKeeper | None":
    """Give what writes ids beside the catalogue as they become known; None where there is no place for them."""
    from learngraph.publish.ids_file import IdsKeeper, ids_path  # noqa: PLC0415 - not for every command

    beside = ids_path(file) if file and Path(file).is_file() else None
    if beside is None:  # nothing lies beside a pipe
        return None
    if not os.access(beside.parent, os.W_OK):
        say(f"the ids of records are not kept: {beside.parent} cannot be written")
        return None
    return IdsKeeper(org, beside)


def _check_result(result: str | None) -> None:
    """See that there is a place for the result, while nothing was sent."""
    if result is not None and not Path(result).parent.is_dir():
        raise WriteError(result, "there is no such folder")


def _told(done: "ApplyResult", result: str | None) -> int:
    """Tell what became of each learning, and then write it down: what was sent is told in any case."""
    from learngraph.cli.plan_texts import result_text  # noqa: PLC0415 - not for every command
    from learngraph.files.json_text import write_json  # noqa: PLC0415 - as above

    if done.items:
        put_text(result_text(done), None)
    if result is not None:
        try:
            put_text(done.to_csv() if Path(result).suffix == ".csv" else write_json(done.to_json()), result)
        except WriteError as error:
            say(f"error: {error}")
            return UNFINISHED
    return done.exit_code
