"""Plans and results as people read them."""

import os
import sys
from typing import TypeAlias

import click

from learngraph.cli.tables import as_table
from learngraph.graph.learning_graph import LearningGraph
from learngraph.orgs import Org
from learngraph.orgs import pull as pull_org
from learngraph.publish.apply_result import ApplyResult
from learngraph.publish.plan_files import plan_text
from learngraph.publish.publish_plan import PublishPlan
from learngraph.publish.review_lines import Line, Mark, as_lines
from learngraph.publish.review_markdown import as_markdown, review

_Style: TypeAlias = dict[str, str | bool]
_STYLES: dict[Mark, _Style] = {
    Mark.TITLE: {"bold": True},
    Mark.ADDED: {"fg": "green"},
    Mark.CHANGED: {"fg": "yellow"},
    Mark.REMOVED: {"fg": "red"},
    Mark.WARNING: {"fg": "red", "bold": True},
    Mark.ASIDE: {"dim": True},
}
_SHOWN = 50  # rows


def text_of(plan: PublishPlan, form: str, *, graph: LearningGraph, org: Org, verbose: bool) -> str:
    """Give a plan as text, as JSON with its digest, or as Markdown for those who decide."""
    if form == "json":
        return plan_text(plan)
    if form == "markdown":
        return as_markdown(plan, review(plan, pull_org(org, like=graph), graph))
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return "".join(f"{_coloured(line, colours=colours)}\n" for line in as_lines(plan, verbose=verbose))


def _coloured(line: Line, *, colours: bool) -> str:
    return "".join(_styled(text, mark) if colours else text for text, mark in line)


def _styled(text: str, mark: Mark) -> str:
    style = _STYLES.get(mark)
    if style is None:
        return text
    colour = style.get("fg")
    return click.style(
        text,
        fg=colour if isinstance(colour, str) else None,
        bold=bool(style.get("bold")) or None,
        dim=bool(style.get("dim")) or None,
    )


def result_text(result: ApplyResult) -> str:
    """Tell what is not done, row by row, and the numbers."""
    left = [row for row in result.table.rows if row[0] != "done"]
    told = as_table(result.table.headings, left[:_SHOWN]) if left else ""
    more = f"... and {len(left) - _SHOWN:,} more\n" if len(left) > _SHOWN else ""
    stopped = f"{result.stopped}\n" if result.stopped else ""
    again = f"go on after {result.go_on_after:%Y-%m-%d %H:%M} UTC\n" if result.go_on_after else ""
    counts = [
        f"{len(items):,} {name}"
        for name, items in (
            ("done", result.done), ("failed", result.failed), ("in doubt", result.in_doubt), ("skipped", result.skipped)
        )
        if items or name == "done"
    ]  # fmt: skip
    end = "" if result.exit_code == 0 else "; the same command goes on where it was"
    return f"{told}{more}{stopped}{again}{', '.join(counts)}{end}\n"
