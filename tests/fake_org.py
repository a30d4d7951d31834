"""A small org in the tests: rows of Python behind a Transport, with pages, descriptions and hidden fields."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from learngraph.publish.org_objects import READINGS
from learngraph.publish.publish_plan import OrgFacts
from learngraph.salesforce.wire import LEARNINGS, Request, Response
from tests.property.strategies import record_id

Row = dict[str, Any]

FACTS = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
STAMP = "2026-08-15T12:00:00.000+0000"
TYPES = ("LearningCourse", "LearningProgram", "AchievementGroup", "AchievementGroupAll", "Custom", "Skill")
_PREFIXES = {
    "Learning": "0ty", "LearningCourse": "0vY", "LearningProgram": "0u2", "LearningAchievement": "0u9",
    "LearningFoundationItem": "0ww", "LearningOutcomeItem": "0uE", "LearningAchievementConfig": "14y",
    "LearningProgramPlan": "0yA", "LearningProgramPlanRqmt": "0yB", "LearningRule": "0yC", "Account": "001",
    "RecordType": "012",
}  # fmt: skip
_FIXED = {reading.name: set(reading.fields) for reading in READINGS} | {"Account": {"Id", "Name"}}


@dataclass
class FakeOrg:
    """Rows by object; `hidden` are objects ("Learning") and fields ("Learning.Name") that the user does not see."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    page_size: int = 2000
    described: dict[str, Row] = field(default_factory=dict)  # "Learning.Name": what describe says of it
    answers: dict[str, Any] = field(default_factory=dict)  # by the beginning of a path
    before: Callable[[str], None] | None = None
    sent: list[Request] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _cursors: dict[str, list[Row]] = field(default_factory=dict)

    # --- what it holds

    def add(self, name: str, **fields: Any) -> str:
        """Put in a record, and give its id."""
        self._numbers[name] = self._numbers.get(name, 0) + 1
        identity = record_id(_PREFIXES[name], self._numbers[name])
        self.rows.setdefault(name, []).append({"Id": identity, "SystemModstamp": STAMP, **fields})
        return identity

    def configure(self, *types: str) -> None:
        """Have achievement types, each with a record type of its own."""
        for kind in types or TYPES:
            self.add("LearningAchievementConfig", LearningAchievementType=kind, LearningAchvRecordTypeId=kind_id(kind))

    def achievement(self, kind: str, name: str = "A") -> str:
        return self.add("LearningAchievement", Name=name, RecordTypeId=kind_id(kind))

    def learning(self, name: str, *, type_: str = "course", own: Mapping[str, Any] | None = None, **fields: Any) -> str:
        """Put in a learning with its course or program, and an achievement of its own."""
        kind = f"Learning{type_.title()}"
        identity = self.add("Learning", Name=name, Type=kind, **fields)
        self.add(kind, LearningId=identity, **(own or {}))
        self.grant(identity, self.achievement(kind, f"{name} Achievement"), primary=True)
        return identity

    def grant(self, learning: str, achievement: str, *, primary: bool = False, grade: float | None = None) -> str:
        return self.add(
            "LearningOutcomeItem", LearningId=learning, LearningAchievementId=achievement, IsPrimary=primary,
            MinimumNumericGrade=grade,
        )  # fmt: skip

    def require(self, learning: str, achievement: str, type_: str = "Prerequisite", **fields: Any) -> str:
        return self.add(
            "LearningFoundationItem", LearningId=learning, LearningAchievementId=achievement, Type=type_, **fields
        )

    def group(self, *contributors: str, kind: str = "AchievementGroup") -> str:
        achievement = self.achievement(kind, "Group")
        for one in contributors:
            self.grant(one, achievement)
        return achievement

    def own(self, learning: str) -> str:
        """Give the achievement of a learning."""
        rows = self.rows["LearningOutcomeItem"]
        return next(
            str(row["LearningAchievementId"]) for row in rows if row["LearningId"] == learning and row["IsPrimary"]
        )

    # --- what it answers

    def send(self, request: Request) -> Response:
        self.sent.append(request)
        if self.before:
            self.before(request.path)
        for start, answer in self.answers.items():
            if request.path.startswith(start):
                return answer if isinstance(answer, Response) else answered(answer)
        path, _, query = request.path.partition("?q=")
        if path.endswith("/describe"):
            return self._describe(path.split("/")[-2])
        if path in self._cursors:
            return self._page(self._cursors.pop(path))
        if path.endswith("/query"):
            return self._query(unquote(query))
        if LEARNINGS in path:
            return refused(404, "INVALID_ID_FIELD", "Invalid identifier")
        return refused(404, "NOT_FOUND", "The requested resource does not exist")

    def _fields(self, name: str) -> list[str]:
        found = dict.fromkeys(sorted(_FIXED.get(name, set())))
        found |= dict.fromkeys(key for row in self.rows.get(name, ()) for key in row)
        found |= dict.fromkeys(one.split(".")[1] for one in self.described if one.startswith(f"{name}."))
        return [one for one in [*found, "SystemModstamp"] if f"{name}.{one}" not in self.hidden]

    def _describe(self, name: str) -> Response:
        if name in self.hidden:
            return refused(404, "NOT_FOUND", "The requested resource does not exist")
        usual = {"createable": True, "updateable": True}
        fields = [{"name": one, **usual, **self.described.get(f"{name}.{one}", {})} for one in self._fields(name)]
        return answered({"name": name, "queryable": True, "createable": True, "fields": fields,
                         **self.described.get(name, {})})  # fmt: skip

    def _query(self, soql: str) -> Response:
        match = re.match(r"SELECT (.+?) FROM (\w+)( WHERE .*?)?( LIMIT 1)?$", soql)
        assert match, soql
        columns, name = match[1].split(", "), match[2]
        if name in self.hidden:
            return refused(400, "INVALID_TYPE", f"sObject type '{name}' is not supported")
        rows = [*self.rows.get(name, ())][: 1 if match[4] else None]
        if match[3] and "Id IN" in match[3]:
            rows = [row for row in rows if f"'{row['Id']}'" in match[3]]
        if columns[0] == "COUNT(Id)":
            latest = max((row["SystemModstamp"] for row in rows if row.get("SystemModstamp")), default=None)
            return self._page([{"expr0": len(rows), "expr1": latest}])
        seen = self._fields(name)
        for one in columns:
            if one not in seen and "." not in one:
                return refused(400, "INVALID_FIELD", f"No such column '{one}' on entity '{name}'")
        return self._page([{one: row.get(one) for one in columns if "." not in one} for row in rows])

    def _page(self, rows: list[Row]) -> Response:
        page, rest = rows[: self.page_size], rows[self.page_size :]
        if not rest:
            return answered({"totalSize": len(rows), "done": True, "records": page})
        path = f"/services/data/v66.0/query/01g{len(self.sent)}-{self.page_size}"
        self._cursors[path] = rest
        return answered({"totalSize": len(rows), "done": False, "nextRecordsUrl": path, "records": page})


def kind_id(kind: str) -> str:
    """The record type of an achievement type."""
    return record_id("012", TYPES.index(kind) + 1) if kind in TYPES else record_id("012", 99)


def answered(body: object, status: int = 200) -> Response:
    return Response(status, json.dumps(body).encode())


def refused(status: int, code: str, message: str) -> Response:
    return answered([{"errorCode": code, "message": message}], status)


def told(findings: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Code and message of each finding."""
    return ((one.code.value, one.message) for one in findings)
