"""What a user sees of an org that a catalogue is to go into: asked for by reads alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.questions import ask, query, versioned
from learngraph.publish.refusals import OrgError, faults_of
from learngraph.publish.row_reading import seen
from learngraph.salesforce.records import ACHIEVEMENT, CONFIG, COURSE, FOUNDATION_ITEM, LEARNING, OUTCOME_ITEM, PROGRAM
from learngraph.salesforce.wire import LEARNINGS, Request, Response, Transport

#: the objects that publishing writes to or reads back
NEEDED = (LEARNING, COURSE, PROGRAM, ACHIEVEMENT, FOUNDATION_ITEM, OUTCOME_ITEM)

#: what an org says that does not know a path; some may say the same of a learning that nobody has
UNKNOWN_PATH = "the org does not know its path"

_NOBODY = "0ty000000000000AAA"  # an id that no learning has
_NO_PATH = ("requested resource does not exist", "not a valid resource", "url no longer exists")
_GONE, _LATER = 404, 500


@dataclass(frozen=True, slots=True)
class OrgSight:
    """What a user sees of an org.

    `resource` says why the resource does not answer, empty where it does. `described` holds what `describe`
    tells of each object, None for one that the user does not see. What could not be asked is None.
    """

    facts: OrgFacts
    resource: str = ""
    described: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    achievement_types: frozenset[str] | None = None
    learnings: int | None = None
    requirements: int | None = None
    calls_left: int | None = None
    calls_a_day: int | None = None


def look_at(transport: Transport, facts: OrgFacts) -> OrgSight:
    """Ask for all that `check_org` judges by.

    Raises
    ------
    OrgError
        where the org takes no request of this user at all.
    """
    version = facts.api_version
    described = {name: seen(transport, name, version) for name in NEEDED}
    left, most = _calls(transport, version)
    return OrgSight(
        facts,
        _fault_of_resource(transport, version),
        described,
        _types(transport, version),
        _count(transport, LEARNING, version),
        _count(transport, FOUNDATION_ITEM, version),
        left,
        most,
    )


def _fault_of_resource(transport: Transport, version: str) -> str:
    """Ask for a learning that nobody has: an org with the resource says so, another does not know the path."""
    return fault_of(transport.send(Request("GET", versioned(version, f"{LEARNINGS}/{_NOBODY}"))))


def fault_of(response: Response) -> str:
    """Say why the resource does not answer, empty where it does: that there is no such learning is an answer.

    Examples
    --------
    >>> fault_of(Response(404, b'[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]'))
    'the org does not know its path'
    >>> fault_of(Response(404, b'[{"errorCode":"INVALID_ID_FIELD","message":"Invalid identifier"}]'))
    ''
    """
    if response.ok:
        return ""
    told = faults_of(response)
    code, message = told[0] if told else ("", "")
    said = ": ".join(part for part in (code, message) if part) or f"HTTP {response.status}"
    if response.status == _GONE and (not told or any(mark in message.casefold() for mark in _NO_PATH)):
        return UNKNOWN_PATH
    if response.status in (401, 403) or response.status >= _LATER or not told:
        return f"it answers {said}"
    return ""


def _types(transport: Transport, version: str) -> frozenset[str] | None:
    try:
        rows = list(query(transport, f"SELECT Id, LearningAchievementType FROM {CONFIG}", version))  # noqa: S608 - SOQL of our own
    except OrgError:
        return None
    return frozenset(kind for row in rows if isinstance(kind := row.get("LearningAchievementType"), str))


def _count(transport: Transport, name: str, version: str) -> int | None:
    """Give how many records of an object the user sees, as far as it matters: one page is enough."""
    try:
        return next((1 for _ in query(transport, f"SELECT Id FROM {name} LIMIT 1", version)), 0)  # noqa: S608 - SOQL of our own
    except OrgError:
        return None


def _calls(transport: Transport, version: str) -> tuple[int | None, int | None]:
    try:
        told = ask(transport, Request("GET", versioned(version, "/limits")))
    except OrgError:
        return None, None
    calls = told.get("DailyApiRequests") if isinstance(told, dict) else None
    left, most = (calls.get("Remaining"), calls.get("Max")) if isinstance(calls, dict) else (None, None)
    return (left if isinstance(left, int) else None), (most if isinstance(most, int) else None)
