"""Tiny builders of orgs and requests: what a test does not name does not matter to it."""

from typing import Any
from urllib.parse import quote

from learngraph.local_org.org import LocalOrg
from learngraph.local_org.settings import OrgSettings, external_id
from learngraph.local_org.transport import LocalTransport
from learngraph.salesforce.wire import Request, Response, Transport

BASE = "/services/data/v67.0"
LEARNINGS = f"{BASE}/connect/education/academic-operations/learnings"
FIELD = "External_ID__c"


def org(**settings: Any) -> LocalOrg:
    """An org in memory whose only custom fields are external ids."""
    only = (external_id("LearningCourse"), external_id("LearningProgram"))
    return LocalOrg.open(settings=OrgSettings(**{"pod": "LG0", "custom_fields": only, **settings}))


class Client:
    """An org, and the requests that tests send to it."""

    def __init__(self, transport: Transport | None = None, **settings: Any) -> None:
        self.transport = transport or LocalTransport(org(**settings))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.transport.send(Request(method, path, body, named))

    def post(self, *learnings: Any) -> Any:
        return self.send("POST", LEARNINGS, {"learnings": list(learnings)}).json()

    def patch(self, *learnings: Any) -> Any:
        return self.send("PATCH", LEARNINGS, {"learnings": list(learnings)}).json()

    def made(self, name: str, **parts: Any) -> Any:
        """The details of a course that is made; its external id is its name."""
        answer = self.post(course(name, **parts))
        assert answer["status"] == "SUCCESS", answer
        return answer["details"][0]

    def get(self, learning: str) -> Any:
        return self.send("GET", f"{LEARNINGS}/{learning}").json()

    def query(self, soql: str, **headers: str) -> Any:
        return self.send("GET", f"{BASE}/query?q={quote(soql)}", **headers).json()

    def records(self, soql: str) -> list[Any]:
        return [{name: one[name] for name in one if name != "attributes"} for one in self.query(soql)["records"]]


def course(name: str, *, kind: str = "Learning Course", fields: Any = None, **parts: Any) -> Any:
    """A new course or program, active, whose external id is its name."""
    custom = "learningCourseCustomFields" if kind == "Learning Course" else "learningProgramCustomFields"
    stated = {"type": kind, "name": name, "active": True, custom: {FIELD: name}, **(fields or {})}
    return {"learning": stated, **parts}


def single(**reference: Any) -> Any:
    return {"type": "Single Achievement", **reference}


def group(*contributors: Any) -> Any:
    """A group of learnings by their external ids, or of whole contributors."""
    written = [
        {"type": "Learning", "courseExternalId": named(one)} if isinstance(one, str) else {"type": "Learning", **one}
        for one in contributors
    ]
    return {"type": "Group Achievement", "achievementContributors": written}


def named(value: str, field: str = FIELD) -> Any:
    return {"fieldName": field, "fieldValue": value}


def faults(answer: Any) -> list[tuple[str, str]]:
    """The field and the code of each learning that failed."""
    return [
        (error["field"], error["message"].partition(":")[0]) for one in answer["details"] for error in one["errors"]
    ]
