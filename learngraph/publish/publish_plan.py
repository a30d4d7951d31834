"""What would be sent to an org, and why: a plan is a value, and an empty plan is a plan.

A plan is reviewed before it is applied, and applied exactly or not at all. So it holds everything that is
sent, names the org for which it was made, and carries a digest of itself; it holds no secret.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from learngraph.findings import Findings
from learngraph.markup import Stated, Table, Tabular
from learngraph.model.value import FrozenMap
from learngraph.model.wording import listed
from learngraph.salesforce.names import CUSTOM_FIELDS
from learngraph.salesforce.wire import LEARNINGS

FORMAT = "learngraph-plan/1"

#: where records of achievements are made, after the version of the API: one a request
ACHIEVEMENTS = "/sobjects/LearningAchievement"

_SHOWN = 10  # of a list that nobody has to go through
_LONGEST_NAME = 80  # letters, as Salesforce has it: what follows must be seen

#: a record that does not exist yet, by the key of what it will be the record of
_PLACEHOLDER = re.compile(r"\$\{(.+)\}", re.DOTALL)


def placeholder(key: str) -> str:
    """Give the text that stands for the id of a record that an earlier step makes.

    Examples
    --------
    >>> placeholder("CS 601"), key_of_placeholder("${CS 601}"), key_of_placeholder("0tyLT00000009LOYAY")
    ('${CS 601}', 'CS 601', None)
    """
    return f"${{{key}}}"


def key_of_placeholder(value: object) -> str | None:
    """Give the key that a placeholder names; None for anything else."""
    match = _PLACEHOLDER.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else None


class StepKind(StrEnum):
    """What a step does."""

    ACHIEVE = "make achievements"
    CREATE = "create learnings"
    UPDATE = "update learnings"
    CLOSE = "close circles"

    @property
    def request(self) -> tuple[str, str]:
        """The method and the path of such a step's request: a plan sends nothing else."""
        if self is StepKind.ACHIEVE:
            return "POST", ACHIEVEMENTS
        return "POST" if self is StepKind.CREATE else "PATCH", LEARNINGS


@dataclass(frozen=True, slots=True)
class Item(Stated):
    """What a step sends of one learning, and why.

    `body` is a CreateLearningInput, an UpdateLearningInput, or the fields of an achievement's record. Ids in
    it that are not known yet are placeholders; `source` says where the learning was read, for the table of results.
    """

    key: str
    body: FrozenMap
    why: tuple[str, ...] = ()
    source: str = ""

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The keys whose records earlier steps must have made, each once."""
        keys = map(key_of_placeholder, _ids(self.body))
        return tuple(dict.fromkeys(key for key in keys if key is not None))

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of records that the body names, each once."""
        return tuple(dict.fromkeys(one for one in _ids(self.body) if key_of_placeholder(one) is None))

    def filled(self, records: Mapping[str, str]) -> dict[str, Any]:
        """Give the body with ids in the place of its placeholders.

        Raises
        ------
        KeyError
            where one of them is not known.
        """
        return {name: _filled(value, records, name) for name, value in self.body.items()}


def _ids(value: object, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner, part in value.items():
            if inner not in _CUSTOM:
                yield from _ids(part, inner)
    elif isinstance(value, tuple):
        for part in value:
            yield from _ids(part, name)
    elif name in _ID_PROPERTIES and isinstance(value, str):
        yield value


def _filled(value: Any, records: Mapping[str, str], name: str = "") -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, Mapping):
        return {
            inner: part.thawed() if inner in _CUSTOM else _filled(part, records, inner) for inner, part in value.items()
        }
    if isinstance(value, tuple):
        return [_filled(part, records, name) for part in value]
    key = key_of_placeholder(value) if name in _ID_PROPERTIES else None
    return value if key is None else records[key]


#: only these properties hold ids: a name that looks like a placeholder is a name
_ID_PROPERTIES = frozenset({"learningId", "id", "learningAchievementId"})

#: an org may name its own fields as it likes, so nothing in them is taken for an id
_CUSTOM = frozenset(CUSTOM_FIELDS.values())


@dataclass(frozen=True, slots=True)
class Step(Stated):
    """One request: its method, its path after the version of the API, and what it sends, learning by learning.

    A step comes after all steps that make what it refers to.
    """

    kind: StepKind
    items: tuple[Item, ...]
    method: str
    path: str = LEARNINGS

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the learnings that it is about."""
        return tuple(item.key for item in self.items)


@dataclass(frozen=True, slots=True)
class OrgFacts(Stated):
    """Which org it is, as the org says: no address, no secret."""

    id: str
    name: str
    sandbox: bool
    api_version: str

    @property
    def banner(self) -> str:
        """The first line of every plan: the org's name, and PRODUCTION where it is no sandbox."""
        return f"{self.name[:_LONGEST_NAME]} ({self.id}), {'sandbox' if self.sandbox else 'PRODUCTION'}"


@dataclass(frozen=True, slots=True, repr=False)
class PublishPlan(Tabular):
    """What would be sent to one org, in order, and what was found on the way.

    `fingerprint` has, by the id of each learning of the org that the plan touches or refers to, a digest of what
    was read of it. `unmanaged` are learnings of the org that the catalogue does not have: they are left alone.
    `unsafe` says which limits the plan exceeds; it is not applied until they are raised by name.
    """

    org: OrgFacts
    steps: tuple[Step, ...] = ()
    findings: Findings = field(default_factory=Findings)
    fingerprint: Mapping[str, str] = field(default_factory=FrozenMap)
    records: Mapping[str, str] = field(default_factory=FrozenMap)  #: ids of what is in the org, by key
    matched: Mapping[str, str] = field(default_factory=FrozenMap)  #: how each of `records` was found, by key
    unmanaged: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()
    #: the unique custom fields in which the org keeps external ids, by "course" and "program"
    external_id_fields: Mapping[str, str] = field(default_factory=FrozenMap)
    custom_fields: tuple[str, ...] = ()  #: further custom fields that were read, and have to be to read the same again

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.steps

    @property
    def items(self) -> Iterator[tuple[Step, Item]]:
        """Everything that would be sent, learning by learning, in order."""
        for step in self.steps:
            for item in step.items:
                yield step, item

    @property
    def digest(self) -> str:
        """The SHA-256 of the plan as it is written, without this digest itself."""
        return digest_of(self.to_json())

    def to_json(self) -> dict[str, Any]:
        """Give what a plan file holds, but for the digest: see `read_plan` of `plan_files`."""
        return {
            "format": FORMAT,
            "org": {"id": self.org.id, "name": self.org.name, "sandbox": self.org.sandbox},
            "api_version": self.org.api_version,
            "steps": [_step_json(step) for step in self.steps],
            "findings": _findings_json(self.findings),
            "fingerprint": dict(self.fingerprint),
            "records": dict(self.records),
            "matched": dict(self.matched),
            "unmanaged": list(self.unmanaged),
            "unsafe": list(self.unsafe),
            "external_id_fields": dict(self.external_id_fields),
            "custom_fields": list(self.custom_fields),
        }

    @property
    def counts(self) -> str:
        """What there is to do, in numbers: "12 to create, 3 to update, 1 circle to close: 2 requests"."""
        numbers = {kind: sum(len(step.items) for step in self.steps if step.kind is kind) for kind in StepKind}
        told = ", ".join(_count(kind, number) for kind, number in numbers.items() if number)
        return f"{told}: {_several(len(self.steps), 'request')}" if told else "nothing to do"

    @property
    def table(self) -> Table:
        """A row for each item, in the order in which they are sent."""
        rows = [
            (number, step.kind.value, item.key, "; ".join(item.why), item.source)
            for number, step in enumerate(self.steps, start=1)
            for item in step.items
        ]
        return Table(("request", "does", "key", "why", "source"), rows)

    def _notes(self) -> Iterator[str]:
        for limit in self.unsafe:
            yield f"unsafe: {limit}"
        if self.unmanaged:
            yield f"left alone, not in the catalogue: {listed(self.unmanaged, most=_SHOWN)}"
        if self.findings:
            yield f"found on the way: {repr(self.findings)[11:-1]}"

    def __repr__(self) -> str:
        return f"<PublishPlan for {self.org.banner}: {self.counts}>"


def _count(kind: StepKind, number: int) -> str:
    match kind:
        case StepKind.ACHIEVE:
            return f"{_several(number, 'achievement')} to make"
        case StepKind.CREATE:
            return f"{number:,} to create"
        case StepKind.UPDATE:
            return f"{number:,} to update"
        case StepKind.CLOSE:
            return f"{_several(number, 'circle')} to close"


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _findings_json(findings: Findings) -> list[dict[str, Any]]:
    """Give findings as everywhere, and the cause of each, so that they can be read again."""
    rows = findings.to_json()["findings"]
    return [{**row, "cause": finding.cause} for row, finding in zip(rows, findings, strict=True)]


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "method": step.method,
        "path": step.path,
        "items": [
            {"key": item.key, "why": list(item.why), "source": item.source, "body": item.body.thawed()}
            for item in step.items
        ],
    }


def digest_of(record: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a JSON object, whatever the order of its properties and the spaces in it.

    Examples
    --------
    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
