"""Findings for people, for programs and for the forge."""

from collections.abc import Iterator

import click

from learngraph.codes import Severity
from learngraph.findings import Finding, Findings, RolledUp
from learngraph.markup import printable

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_FIRST = 3
_LONGEST = 100  # letters of a key


def as_text(findings: Findings, *, everything: bool, more: str) -> Iterator[str]:
    """Give the lines for people: rolled up by code and cause, the most frequent first."""
    for group in findings.rolled_up():
        head = click.style(f"{group.severity.value:7}", fg=_COLOURS[group.severity], bold=True)
        yield f"{head} {click.style(group.code.value, bold=True)} {group.summary}"
        if everything:
            same = (one for one in findings if one.code is group.code and one.severity is group.severity)
            yield from (f"    {_line(finding)}" for finding in same)
        else:
            yield from _causes(group, more)
    yield _count(findings)


def _causes(group: RolledUp, more: str) -> Iterator[str]:
    for first, times in group.causes[:_FIRST]:
        alike = f" [and {times - 1:,} more like this]" if times > 1 else ""
        yield f"    {_line(first)}{click.style(alike, dim=True)}"
    if len(group.causes) > _FIRST:
        yield click.style(f"    ... and {len(group.causes) - _FIRST:,} more{more}", dim=True)


def _line(finding: Finding) -> str:
    place = f"{finding.place}: " if str(finding.place) else ""
    subject = finding.subject[:_LONGEST]
    about = f"{subject} " if subject and f"({subject})" not in place else ""
    hint = click.style(printable(f" ({finding.hint})"), dim=True) if finding.hint else ""
    return printable(place + about + finding.message) + hint


def _count(findings: Findings) -> str:
    if not findings:
        return click.style("nothing is wrong", fg="green")
    groups = (
        (len(findings.errors), "error"),
        (len(findings.warnings), "warning"),
        (len(findings.infos), "info"),
    )
    return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in groups)


def as_annotations(findings: Findings) -> Iterator[str]:
    """Give a workflow command of GitHub Actions for each finding."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    for finding in findings:
        places = [f"file={_property(finding.place.file)}"] if finding.place.file else []
        places += [f"line={finding.place.line}"] if finding.place.line else []
        title = ",".join([*places, f"title={finding.code.value}"])
        about = f"{finding.subject[:_LONGEST]} " if finding.subject else ""
        hint = f" ({finding.hint})" if finding.hint else ""
        yield f"::{names[finding.severity]} {title}::{_data(about + finding.message + hint)}"


def _data(text: str) -> str:
    plain = printable(text, keep="\r\n")
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
