"""What every publishing asks of an org first: its version, who it is, its fields, and pages of records."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from learngraph.errors import LearnGraphError
from learngraph.markup import printable
from learngraph.model.salesforce_id import canonical
from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.refusals import org_error
from learngraph.salesforce.wire import Request, Transport

#: the version that first had the resource, and the newest whose documentation we know
OLDEST, NEWEST = "62.0", "68.0"

_SHOWN = 200
_VERSION = re.compile(r"\d{1,4}\.\d")
_NAME = re.compile(r"\w{1,80}", re.ASCII)
_DATA = "/services/data"
_PAGES = {"Sforce-Query-Options": "batchSize=2000"}
_FACTS = "SELECT Id, Name, IsSandbox FROM Organization LIMIT 1"


class UnexpectedAnswerError(LearnGraphError, ValueError):
    """An answer that is JSON, and not what the documentation says.

    Attributes
    ----------
    asked
        What was asked.
    fault
        What is wrong with the answer.
    """

    def __init__(self, asked: str, fault: str) -> None:
        super().__init__(asked, fault)
        self.asked = asked
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.asked}: {self.fault}"


def ask(transport: Transport, request: Request) -> Any:  # noqa: ANN401 - any JSON
    """Send a request and give the JSON of its answer.

    Raises
    ------
    OrgError
        where the org refused it.
    UnreadableAnswerError
        where the answer is no JSON.
    """
    response = transport.send(request)
    if not response.ok:
        raise org_error(response)
    return response.json()


def versioned(version: str, path: str) -> str:
    """Give the path of a resource in a version of the API.

    Examples
    --------
    >>> versioned("68.0", "/limits")
    '/services/data/v68.0/limits'
    """
    return f"{_DATA}/v{version}{path}"


def latest_version(transport: Transport, *, minimum: str = OLDEST, newest: str = NEWEST) -> str:
    """Ask for the versions that the org offers, and give the latest of those that are known to be good.

    Where it offers none up to `newest` any more, the first after it is taken.

    Raises
    ------
    UnexpectedAnswerError
        where the org offers nothing from `minimum` on.
    """
    asked = Request("GET", _DATA)
    answer = ask(transport, asked)
    entries = answer if isinstance(answer, list) else []
    texts = [entry.get("version") for entry in entries if isinstance(entry, dict)]
    offered = sorted((text for text in texts if isinstance(text, str) and _VERSION.fullmatch(text)), key=float)
    good = [text for text in offered if float(text) >= float(minimum)]
    if not good:
        fault = f"the org offers versions of its API up to {offered[-1]}" if offered else "the org names no version"
        raise UnexpectedAnswerError(str(asked), f"{fault}, and {minimum} is needed")
    return next((text for text in reversed(good) if float(text) <= float(newest)), good[0])


def org_facts(transport: Transport, *, api_version: str | None = None) -> OrgFacts:
    """Ask which org this is, and settle by which version of the API it is asked: the latest known one by default.

    Raises
    ------
    OrgError, UnreadableAnswerError, UnexpectedAnswerError
        where it does not say.
    """
    version = api_version or latest_version(transport)
    for record in query(transport, _FACTS, version):
        match record:
            case {"Id": str(found), "Name": str(name), "IsSandbox": bool(sandbox)}:
                return OrgFacts(canonical(found), name, sandbox, version)
    raise UnexpectedAnswerError("Organization", "the org does not say its id, its name and whether it is a sandbox")


def query(transport: Transport, soql: str, version: str) -> Iterator[Mapping[str, Any]]:
    """Give the records of a query, page after page, as they are asked for.

    Pages are followed by their path alone, so the next one is asked of the same host whatever it says.

    Raises
    ------
    OrgError, UnreadableAnswerError
        where the org refuses the query or answers no JSON.
    UnexpectedAnswerError
        where a page is not as documented, or names a next one that is no page of a query.
    """
    path: str | None = versioned(version, f"/query?q={quote(soql, safe='')}")
    followed = set[str]()
    while path is not None:
        followed.add(path)
        page = ask(transport, Request("GET", path, headers=_PAGES))
        if not isinstance(page, dict) or not isinstance(page.get("records"), list):
            raise UnexpectedAnswerError(soql[:_SHOWN], "the answer has no records")
        for record in page["records"]:
            if not isinstance(record, dict):
                raise UnexpectedAnswerError(soql[:_SHOWN], "a record is none")
            yield record
        path = None if page.get("done") is True else _next(soql, page, followed)


def texts_of_soql(values: Iterable[str]) -> str:
    r"""Write texts as a list of SOQL.

    Examples
    --------
    >>> print(texts_of_soql(["a'b", "c\\d"]))
    'a\'b', 'c\\d'
    """
    return ", ".join("'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" for value in values)


def describe(transport: Transport, name: str, version: str) -> Mapping[str, Any]:
    """Ask what fields an object has for this user.

    Raises
    ------
    OrgError, UnreadableAnswerError
        where the org has no such object, or answers no JSON.
    UnexpectedAnswerError
        where the name can be none, or the answer has no fields.
    """
    if not _NAME.fullmatch(name):
        raise UnexpectedAnswerError(printable(name)[:_SHOWN], "is no name of an object")
    answer = ask(transport, Request("GET", versioned(version, f"/sobjects/{name}/describe")))
    if not isinstance(answer, dict) or not isinstance(answer.get("fields"), list):
        raise UnexpectedAnswerError(f"describe {name}", "the answer has no fields")
    return answer


def _next(soql: str, page: Mapping[str, Any], followed: set[str]) -> str:
    path = page.get("nextRecordsUrl")
    if not isinstance(path, str) or not re.fullmatch(r"/services/data/v\d+\.\d/query/[\w-]+", path, re.ASCII):
        shown = printable(str(path))[:_SHOWN]
        raise UnexpectedAnswerError(soql[:_SHOWN], f"the next page is at {shown!r}, which is no page of a query")
    if path in followed:
        raise UnexpectedAnswerError(soql[:_SHOWN], "its pages go in a circle")
    return path
