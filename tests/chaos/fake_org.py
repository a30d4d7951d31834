"""An org in memory, as the guide describes it, with a clock of its own and faults on demand."""

import json
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote

from learngraph.model.salesforce_id import checksum
from learngraph.publish.apply_settings import Clock, OrgReads
from learngraph.publish.publish_plan import Item, OrgFacts, digest_of
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response

EXTERNAL_ID = "External_ID__c"
FACTS = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")

#: what may go wrong with one request that writes
BEFORE = ("reset", "not sent", "503", "429", "403", "401", "too big")
AFTER = ("lost", "503 after", "cut off", "markup", "one missing", "wrong count", "nameless")
WITHIN = ("locked", "refused once")
LATE = ("late",)
FAULTS = (*BEFORE, *AFTER, *WITHIN, *LATE)

_SELECT = re.compile(r"SELECT (.+) FROM (\w+) WHERE (\w+) (IN|>=) (.+)")
_LISTED = re.compile(r"'((?:[^'\\]|\\.)*)'")


@dataclass
class Time:
    """A clock that goes on when somebody sleeps, or asks."""

    at: datetime = datetime(2026, 8, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


@dataclass
class FakeOrg:
    """Answers what an apply sends; `faults` holds what happens to the next requests that write, None for nothing."""

    time: Time = field(default_factory=Time)
    facts: OrgFacts = FACTS
    ahead: timedelta = timedelta(minutes=7)  # of our own clock
    faults: deque[str | None] = field(default_factory=deque)
    read_faults: deque[bool] = field(default_factory=deque)
    learnings: dict[str, dict[str, Any]] = field(default_factory=dict)
    items: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)  # id: learning, what it needs
    achievements: dict[str, dict[str, Any]] = field(default_factory=dict)
    writes: list[Request] = field(default_factory=list)
    reads: list[Request] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)
    told: int = 0
    _late: list[tuple[datetime, Request]] = field(default_factory=list)
    _made: int = 0

    # ---- the one method of a transport

    def send(self, request: Request) -> Response:
        self.time.sleep(0.05)
        self.catch_up()
        return self._read(request) if request.is_read else self._write(request)

    def catch_up(self, *, all_of_it: bool = False) -> None:
        """Carry out what was asked for and not answered, once its time has come."""
        due = [one for one in self._late if all_of_it or one[0] <= self.time.now()]
        self._late = [one for one in self._late if one not in due]
        for _, request in due:
            self._carry_out(request)

    def _write(self, request: Request) -> Response:
        self.writes.append(request)
        fault = self.faults.popleft() if self.faults else None
        if fault:
            self.happened.append(fault)
        if fault in BEFORE:
            return self._refuse(request, fault)
        if fault == "late":
            self._late.append((self.time.now() + timedelta(seconds=10), request))
            raise NoAnswerError(request, "silence")
        status, answer = self._carry_out(request, fault)
        return self._answer(status, answer, request, fault)

    def _refuse(self, request: Request, fault: str) -> Response:
        match fault:
            case "reset":
                raise NoAnswerError(request, "the connection was reset")
            case "not sent":
                raise NotSentError(request, "the connection was refused")
            case "503":
                return self._error(503, "SERVER_UNAVAILABLE")
            case "429":
                return self._error(429, "TOO_MANY")
            case "403":
                return self._error(403, "REQUEST_LIMIT_EXCEEDED")
            case "401":
                return self._error(401, "INVALID_SESSION_ID")
            case _:
                return Response(413, b"<html>too big</html>")

    def _answer(self, status: int, answer: Any, request: Request, fault: str | None) -> Response:
        if fault == "lost":
            raise NoAnswerError(request, "the connection was closed")
        if fault == "503 after":
            return self._error(503, "SERVER_UNAVAILABLE")
        if fault == "markup":
            return Response(200, b"<html>gateway</html>")
        if "details" in answer:
            if fault == "one missing":
                answer["details"].pop()
            if fault == "wrong count":
                answer["successCount"] += 1
            if fault == "nameless":
                for detail in answer["details"]:
                    detail.pop("learningId", None)
        body = json.dumps(answer).encode()
        return self._response(status, body[: len(body) // 2] if fault == "cut off" else body)

    def _error(self, status: int, code: str) -> Response:
        return self._response(status, json.dumps([{"errorCode": code, "message": "no"}]).encode())

    def _response(self, status: int, body: bytes) -> Response:
        return Response(status, body, {"date": format_datetime(self.now(), usegmt=True)})

    def now(self) -> datetime:
        return self.time.now() + self.ahead

    # ---- what it holds

    def _id(self, prefix: str) -> str:
        self._made += 1
        short = f"{prefix}LT{self._made:010d}"
        return short + checksum(short)

    def put(self, name: str, **fields: Any) -> str:
        """Hold a learning, as if somebody had made it by hand, and give its id."""
        return str(self._create({"learning": {"type": "Learning Course", "name": name, **fields}})["learningId"])

    def hold(self, learning: str, needed: str) -> str:
        """Hold a requirement, as if somebody had made it by hand, and give its id."""
        return self._need(learning, {"learningId": needed})

    def _carry_out(self, request: Request, fault: str | None = None) -> tuple[int, dict[str, Any]]:
        if request.path.endswith("/sobjects/LearningAchievement"):
            identity = self._id("0u9")
            self.achievements[identity] = {**request.body, "CreatedDate": self.now()}
            return 201, {"id": identity, "success": True, "errors": []}
        inputs = request.body["learnings"]
        details = [self._one(request.method, one, fault if not number else None) for number, one in enumerate(inputs)]
        good = sum(detail["success"] for detail in details)
        answer = {"successCount": good, "failureCount": len(details) - good, "status": "", "details": details}
        return (200 if good else 400), answer

    def _one(self, method: str, body: Mapping[str, Any], fault: str | None) -> dict[str, Any]:
        error = self._wrong(body)
        if fault == "locked":
            error = ("", "UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record")
        elif fault == "refused once":
            error = ("learning.name", "FIELD_CUSTOM_VALIDATION_EXCEPTION: not today")
        if error:
            return {"success": False, "errors": [{"field": error[0], "message": error[1]}]}
        return {"success": True, "errors": [], **(self._create(body) if method == "POST" else self._update(body))}

    def _wrong(self, body: Mapping[str, Any]) -> tuple[str, str] | None:
        learning = body["learning"]
        own = learning.get("learningId")
        if own is not None and own not in self.learnings:
            return "learningId", "INVALID_CROSS_REFERENCE_KEY: no such record"
        if any(one not in self.learnings for one in self._needed(body)):
            return "prerequisites", "INVALID_CROSS_REFERENCE_KEY: no such record"
        if any(one not in self.items for one in deleted_by(body)):
            return "prerequisites", "ENTITY_IS_DELETED: entity is deleted"
        external = learning.get("learningCourseCustomFields", {}).get(EXTERNAL_ID)
        if external and own is None and any(one.get(EXTERNAL_ID) == external for one in self.learnings.values()):
            return EXTERNAL_ID, "duplicate value found: External_ID__c duplicates a record"
        if learning.get("academicLevel") == "Nonsense":
            return "learning.academicLevel", "bad value for restricted picklist field: Nonsense"
        return None

    def _needed(self, body: Mapping[str, Any]) -> list[str]:
        return [one for mapping in _mappings(body) for one in _targets(mapping)]

    def _create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        fields = dict(body["learning"])
        custom = fields.pop("learningCourseCustomFields", {})
        is_program = "Program" in fields["type"]
        identity, own = self._id("0ty"), self._id("0u2" if is_program else "0vY")
        self.learnings[identity] = {**fields, **custom, "own": own, "made": self.now()}
        made = [self._need(identity, mapping) for mapping in _mappings(body)]
        named = "learningProgramId" if is_program else "learningCourseId"
        return {"learningId": identity, named: own, "learningFoundationItemIds": made}

    def _update(self, body: Mapping[str, Any]) -> dict[str, Any]:
        fields = dict(body["learning"])
        identity = fields.pop("learningId")
        self.learnings[identity].update(fields)
        for item in deleted_by(body):
            del self.items[item]
        made = [self._need(identity, mapping) for mapping in _mappings(body)]
        return {"learningId": identity, "learningFoundationItemIds": made}

    def _need(self, learning: str, mapping: Mapping[str, Any]) -> str:
        identity = self._id("0ww")
        self.items[identity] = (learning, tuple(_targets(mapping)))
        return identity

    def needs(self, learning: str) -> list[tuple[str, ...]]:
        return sorted(targets for owner, targets in self.items.values() if owner == learning)

    # ---- reading

    def _read(self, request: Request) -> Response:
        self.reads.append(request)
        if self.read_faults and self.read_faults.popleft():
            self.happened.append("read")
            raise NoAnswerError(request, "silence")
        if request.path == "/services/data":
            return self._response(200, b'[{"version": "66.0"}]')
        rows = list(self.rows(unquote(request.path.partition("?q=")[2])))
        return self._response(200, json.dumps({"done": True, "records": rows}).encode())

    def rows(self, soql: str) -> Iterator[dict[str, Any]]:
        match = _SELECT.fullmatch(soql)
        assert match, soql
        names, home, field_name, operator, right = match.groups()
        values = [value.replace("\\'", "'").replace("\\\\", "\\") for value in _LISTED.findall(right)]
        for row in self._table(home):
            held = row[field_name]
            if held in values if operator == "IN" else held >= right:
                yield {name: row[name] for name in names.split(", ")}

    def _table(self, home: str) -> Iterator[dict[str, Any]]:
        if home == "LearningAchievement":
            for identity, one in self.achievements.items():
                yield {"Id": identity, "Name": one["Name"], "CreatedDate": _written(one["CreatedDate"])}
            return
        for identity, one in self.learnings.items():
            kind = one["type"].replace(" ", "")
            if home == "Learning":
                yield {"Id": identity, "Name": one["name"], "Type": kind, "CreatedDate": _written(one["made"])}
            elif home == kind:
                yield {
                    "Id": one["own"],
                    "LearningId": identity,
                    "SubjectAbbreviation": one.get("subjectAbbreviation"),
                    "CourseNumber": one.get("courseNumber"),
                    EXTERNAL_ID: one.get(EXTERNAL_ID),
                }

    # ---- the four ways in which an apply looks at it

    def query(self, soql: str) -> Iterable[Mapping[str, Any]]:
        request = Request("GET", f"/services/data/v66.0/query?q={soql}")
        records: list[Mapping[str, Any]] = self.send(request).json()["records"]
        return records

    def reread(self, records: Collection[str]) -> dict[str, str]:
        self.catch_up()
        return {one: self.mark(one) for one in records if one in self.learnings}

    def mark(self, record: str) -> str:
        held = {name: value for name, value in self.learnings[record].items() if name != "made"}
        return digest_of({"fields": held, "needs": self.needs(record)})

    def still_needed(self, item: Item) -> bool | None:
        self.catch_up()
        fields = dict(item.body["learning"])
        identity = fields.pop("learningId")
        held = self.learnings[identity]
        wanted = [tuple(_targets(mapping)) for mapping in _mappings(item.body)]
        signs = [held.get(name) == value for name, value in fields.items() if name != "type"]
        signs += [one in self.needs(identity) for one in wanted]
        signs += [one not in self.items for one in deleted_by(item.body)]
        return False if all(signs) else None if any(signs) else True

    def looked_at(self, *, still_needed: Callable[[Item], bool | None] | None = None) -> OrgReads:
        return OrgReads(lambda: self.facts, self.query, self.reread, still_needed or self.still_needed)


def _mappings(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in ("prerequisites", "corequisites", "recommended"):
        found = body.get(name) or ()
        yield from found.get("createRecords") or () if isinstance(found, Mapping) else found


def _targets(mapping: Mapping[str, Any]) -> list[str]:
    if "achievementContributors" in mapping:
        return sorted(one["id"] for one in mapping["achievementContributors"])
    return [mapping["learningId"]] if "learningId" in mapping else []


def deleted_by(body: Mapping[str, Any]) -> list[str]:
    found = body.get("prerequisites") or {}
    return [one["foundationItemId"] for one in found.get("deleteRecords") or ()] if isinstance(found, Mapping) else []


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
