"""Plans as files: reviewed, kept, and applied exactly as they were written, or not at all."""

import os
from collections.abc import Mapping
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.errors import LearnGraphError
from learngraph.files.errors import ReadError
from learngraph.files.json_text import parse_json, write_json
from learngraph.files.text import read_text, write_text
from learngraph.findings import Finding, Findings, Place
from learngraph.model.value import FrozenMap, short
from learngraph.publish.publish_plan import FORMAT, Item, OrgFacts, PublishPlan, Step, StepKind, digest_of

_CODES = {code.value: code for code in Code}


class AlteredPlanError(LearnGraphError, ValueError):
    """A plan file that is not as it was written, so that it cannot be what was reviewed.

    Attributes
    ----------
    path
        The file.
    fault
        What is wrong with it.
    """

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(path, fault)
        self.path = path
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.path}: {self.fault}: make the plan again"


def write_plan(plan: PublishPlan, path: str | os.PathLike[str]) -> None:
    """Write a plan with its digest; what was there before is replaced whole.

    Raises
    ------
    WriteError
        where it cannot be written.
    """
    write_text(path, plan_text(plan))


def plan_text(plan: PublishPlan) -> str:
    """Give what a plan file holds.

    Examples
    --------
    >>> plan = PublishPlan(OrgFacts("00D000000000001EAA", "ACME", sandbox=True, api_version="66.0"))
    >>> plan_text(plan).splitlines()[1], plan_of(plan_text(plan)) == plan
    ('  "format": "learngraph-plan/1",', True)
    """
    record = plan.to_json()
    return write_json({**record, "digest": digest_of(record)})


def read_plan(path: str | os.PathLike[str]) -> PublishPlan:
    """Read a plan file: it gives the very plan that was written.

    Raises
    ------
    ReadError
        where it cannot be read, or is no plan of this format.
    AlteredPlanError
        where its digest is not that of what it holds.
    """
    return plan_of(read_text(path), os.fspath(path))


def plan_of(text: str, name: str = "the plan") -> PublishPlan:
    """Read what a plan file holds, as `read_plan` does.

    Raises
    ------
    ReadError, AlteredPlanError
        as `read_plan`.
    """
    record, odd = parse_json(text, Place(name))
    if not isinstance(record, dict) or not isinstance(record.get("format"), str):
        raise ReadError(Place(name), f"is no plan (format {FORMAT})", "learngraph plan writes one")
    if record["format"] != FORMAT:
        fault = f"has the format {short(record['format'])}, and this version reads {FORMAT}"
        raise ReadError(Place(name), fault, "make the plan again with learngraph plan")
    if odd:
        raise AlteredPlanError(name, f"was written by another hand: {odd[0].message}")
    rest = {key: value for key, value in record.items() if key != "digest"}
    try:
        whole = digest_of(rest) == record.get("digest")
    except (TypeError, ValueError):  # a number that JSON does not have
        whole = False
    if not whole:
        raise AlteredPlanError(name, "was altered since it was written: its digest is another one")
    try:
        return _plan(rest)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise AlteredPlanError(name, f"is not of the shape of a plan: {short(str(error))}") from None


def _plan(record: Mapping[str, Any]) -> PublishPlan:
    org = record["org"]
    if not isinstance(org["sandbox"], bool):
        raise TypeError("sandbox is neither true nor false")
    facts = OrgFacts(_text(org["id"]), _text(org["name"]), org["sandbox"], _text(record["api_version"]))
    return PublishPlan(
        facts,
        steps=tuple(map(_step, _list(record["steps"]))),
        findings=Findings(map(_finding, _list(record["findings"]))),
        fingerprint=_texts(record["fingerprint"]),
        records=_texts(record["records"]),
        matched=_texts(record["matched"]),
        unmanaged=tuple(map(_text, _list(record["unmanaged"]))),
        unsafe=tuple(map(_text, _list(record["unsafe"]))),
        external_id_fields=_texts(record["external_id_fields"]),
        custom_fields=tuple(map(_text, _list(record["custom_fields"]))),
    )


def _step(record: Mapping[str, Any]) -> Step:
    items = tuple(map(_item, _list(record["items"])))
    if not items:
        raise ValueError("a step has no items")
    kind = StepKind(record["kind"])
    method, path = _text(record["method"]), _text(record["path"])
    if (method, path) != kind.request or (kind is StepKind.ACHIEVE and len(items) > 1):
        raise ValueError(f"{method} {short(path)} is no request of a plan to {kind.value}")
    return Step(kind, items, method, path)


def _item(record: Mapping[str, Any]) -> Item:
    if not isinstance(record["body"], dict):
        raise TypeError("a body is no object")
    why = tuple(map(_text, _list(record["why"])))
    return Item(_text(record["key"]), FrozenMap(record["body"]), why, _text(record["source"]))


def _finding(record: Mapping[str, Any]) -> Finding:
    return Finding(
        _CODES[record["code"]],
        _text(record["message"]),
        keys=tuple(map(_text, _list(record["keys"]))),
        hint=_text(record["hint"]),
        cause=_text(record["cause"]),
        place=Place(_text(record["file"]), record["line"] or 0, _text(record["record"]), _text(record["field"])),
        severity=Severity(record["severity"]),
    )


def _texts(value: object) -> FrozenMap:
    if not isinstance(value, dict):
        raise TypeError(f"{short(value)} is no object")
    return FrozenMap({key: _text(one) for key, one in value.items()})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{short(value)} is no text")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{short(value)} is no list")
    return value
