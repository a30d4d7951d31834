"""The embedded org from the command line: serve it, look at it, begin again."""

from typing import Any

import click

from learngraph.cli.arguments import read_catalogue, read_settings, settings_options
from learngraph.cli.output import FAILED, OK, put_text, say
from learngraph.cli.output import show as show_findings
from learngraph.cli.publishing import org_option
from learngraph.cli.tables import as_table
from learngraph.files.json_text import write_json

_PORT = 8765

_org = click.option(
    "--org", "name", envvar="LEARNGRAPH_ORG", default="local", show_default=True,
    help="local, or local:PATH for an org in another file.",
)  # fmt: skip
_set = click.option(
    "--set", "settings", metavar="NAME=VALUE", multiple=True,
    help="What the org is like, such as orphan_groups=go or dialect.patch_outcomes=replace.",
)  # fmt: skip


@click.group()
def org() -> None:
    """Try everything with an org of your own, which is a file and needs no account."""


@org.command()
@_org
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 takes any free one.")
@click.option(
    "--faults", metavar="FAULT", multiple=True,
    help="What goes wrong: answer_lost=0.1 (a part of requests) or POST:3=answer_lost (the third POST).",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Chooses when chances strike.")
@click.option("--slow-seconds", type=click.FloatRange(0), default=30.0, show_default=True, help="Of a slow answer.")
@_set
def serve(
    name: str, port: int, faults: tuple[str, ...], seed: int, slow_seconds: float, settings: tuple[str, ...]
) -> int:
    """Serve the org over HTTP on this machine, until Ctrl-C; its address goes to standard output."""
    from learngraph.local_org.faults import Faults, read_faults  # noqa: PLC0415 - not for every command
    from learngraph.local_org.org import LocalOrg  # noqa: PLC0415 - as above
    from learngraph.local_org.place import path_of_org  # noqa: PLC0415 - as above
    from learngraph.local_org.server import serve as serve_org  # noqa: PLC0415 - as above
    from learngraph.local_org.transport import LocalTransport  # noqa: PLC0415 - as above

    chances, script = read_faults(faults)
    served = LocalOrg.open(path_of_org(name), settings=_settings(settings))
    struck = Faults(LocalTransport(served, headers={}), seed=seed, chances=chances, script=script, seconds=slow_seconds)
    server = serve_org(served, port=port, transport=struck)
    put_text(f"{server.url}\n", None)
    credentials = f"client id {served.settings.client_id}, client secret {served.settings.client_secret}"
    say(f"serving {served.name} ({served.path}) until Ctrl-C; {credentials}")
    server.run()
    say(f"stopped after {struck!r}" if faults else "stopped")
    served.close()
    return OK


@org.command()
@_org
@_set
def reset(name: str, settings: tuple[str, ...]) -> int:
    """Throw away all that the org holds, and begin with a new one."""
    from learngraph.local_org.org import LocalOrg  # noqa: PLC0415 - not for every command
    from learngraph.local_org.place import path_of_org  # noqa: PLC0415 - as above
    from learngraph.local_org.store import is_org_file  # noqa: PLC0415 - as above

    path = path_of_org(name)
    gone = 0
    if is_org_file(path):
        old = LocalOrg.open(path)
        gone = old.counts()["Learning"]
        old.close()
    made = LocalOrg.reset(path, settings=_settings(settings))
    say(f"{made.name} ({made.path}) is new and empty" + (f": {gone:,} learnings are gone" if gone else ""))
    made.close()
    return OK


@org.command()
@_org
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(name: str, form: str) -> int:
    """Say what the org is and how much it holds; an org that is not there is not made."""
    from learngraph.local_org.org import LocalOrg  # noqa: PLC0415 - not for every command
    from learngraph.local_org.place import NotALocalOrgError, path_of_org  # noqa: PLC0415 - as above

    path = path_of_org(name)
    if not path.exists():
        raise NotALocalOrgError(str(path), "is not there yet: 'learngraph org reset' makes it")
    shown = LocalOrg.open(path)
    counts = {what: count for what, count in shown.counts().items() if count}
    kind = "sandbox" if shown.settings.sandbox else "production"
    if form == "json":
        told = {"format": "learngraph-org/1", "name": shown.name, "id": shown.id, "file": str(path), "records": counts}
        put_text(write_json({**told, "sandbox": shown.settings.sandbox}), None)
    else:
        rows = list(counts.items())
        put_text(f"{shown.name} ({kind}, {shown.id})\n{path}\n{as_table(('object', 'records'), rows)}", None)
    shown.close()
    return OK


@org.command()
@click.argument("file", required=False)
@org_option
@settings_options
def check(
    file: str | None, name: str, grades: str | None, external_id_field: str | None, settings: tuple[str, ...]
) -> int:
    """Say whether this user can publish to an org; with a FILE, whether the org can take that catalogue.

    Only reads are sent. Exits with 1 where something stands in the way.
    """
    from learngraph.cli.waits import connect  # noqa: PLC0415 - not for every command
    from learngraph.publish.org_checking import check_org  # noqa: PLC0415 - as above

    graph = read_catalogue(file, read_settings(grades, external_id_field, settings)).graph if file else None
    reached = connect(name)
    found = check_org(reached.transport, facts=reached.facts, graph=graph)
    say(reached.facts.banner)
    show_findings(found.findings, "text", everything=True)
    return OK if found.findings.ok else FAILED


def _settings(written: tuple[str, ...]) -> Any:  # noqa: ANN401 - imported only where there are any
    """Give the settings of an org that options name; None for none, so that it keeps its own."""
    from learngraph.local_org.settings import OrgSettings  # noqa: PLC0415 - not for every command

    return OrgSettings(**read_settings(None, None, written)) if written else None
