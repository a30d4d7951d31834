"""Request bodies and answers of the resource as files."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from learngraph.codes import Code, Severity
from learngraph.files.errors import ReadError
from learngraph.files.intake import Intake
from learngraph.files.requirement_forms import DOCUMENT
from learngraph.files.settings import read_options
from learngraph.findings import Finding, Place
from learngraph.graph.learning_graph import LearningGraph, OrgStamp
from learngraph.model.requirement import to_form
from learngraph.model.salesforce_id import canonical
from learngraph.salesforce.answers import Answer, is_manage_answer, read_answer
from learngraph.salesforce.body_reading import key_of, read_bodies
from learngraph.salesforce.held import outcomes_of, requirement_of
from learngraph.salesforce.snapshot import Snapshot


def read_request_bodies(
    bodies: Sequence[Mapping[str, Any]], file: str, found: Sequence[Finding], overrides: Mapping[str, Any]
) -> LearningGraph:
    """Read POST bodies or PATCH bodies as a catalogue of what they want."""
    settings: list[Finding] = []
    options = read_options({}, overrides, Place(file), settings)
    read = read_bodies(bodies, file, options)
    intake = Intake(read.options, DOCUMENT)
    intake.extend((*found, *settings, *read.findings))
    for record, place in read.records:
        intake.learning(record, place)
    return _graph(intake)


def read_answers(
    answers: Sequence[Mapping[str, Any]], file: str, found: Sequence[Finding], overrides: Mapping[str, Any]
) -> Snapshot:
    """Read answers to Get Learning as a snapshot of what the org holds.

    Raises
    ------
    ReadError
        for the answer to a POST or PATCH, which holds no learnings.
    """
    settings: list[Finding] = []
    options = read_options({}, overrides, Place(file), settings)
    intake = Intake(options, DOCUMENT, unknown=Severity.INFO)
    intake.extend((*found, *settings))
    read: dict[str, tuple[Answer, Place]] = {}
    for number, raw in enumerate(answers):
        place = Place(file, record=f"[{number}]" if len(answers) > 1 else "learning")
        if is_manage_answer(raw):
            raise ReadError(
                place, "is the answer to a POST or PATCH (it has details), which holds no learnings",
                "give the answers of Get Learning, or a pulled document",
            )  # fmt: skip
        answer, findings = read_answer(raw, place, options)
        intake.extend(findings)
        if answer is not None:
            _remember(read, answer, place, intake)
    groups = frozenset(
        canonical(item.achievement)
        for answer, _ in read.values()
        for item in answer.requirements
        if item.is_group and item.achievement
    )
    for key, (answer, place) in read.items():
        intake.learning({"key": key, **_with_relations(answer, groups)}, place)
    kept = {key: answer for key, (answer, _) in read.items() if key in intake.learnings}
    return Snapshot(
        _graph(intake, OrgStamp(answered=True)),
        {key: answer.requirements for key, answer in kept.items() if answer.requirements},
        {key: answer.outcomes for key, answer in kept.items() if answer.outcomes},
    )


def _remember(read: dict[str, tuple[Answer, Place]], answer: Answer, place: Place, intake: Intake) -> None:
    key = key_of(answer.record)
    if key is None:
        intake.find(Code.UNREADABLE_RECORD, "the learning has neither id nor name", place=place)
    elif key in read and read[key][0] != answer:
        intake.find(Code.REPEATED_KEY, "was answered twice, and differently: the first was kept", place=place, key=key)
    else:
        read.setdefault(key, (answer, place))


def _with_relations(answer: Answer, groups: Iterable[str]) -> dict[str, Any]:
    record = dict(answer.record)
    for item in answer.requirements:
        record.setdefault(item.relation.field, []).append(to_form(requirement_of(item)))
    outcomes = outcomes_of(answer.outcomes, frozenset(groups))
    return {**record, "outcomes": [outcome.model_dump(exclude_none=True) for outcome in outcomes]}


def _graph(intake: Intake, org: OrgStamp | None = None) -> LearningGraph:
    return LearningGraph(
        intake.learnings.values(),
        options=intake.options,
        org=org,
        findings=intake.finished(),
        places=intake.places,
    )
