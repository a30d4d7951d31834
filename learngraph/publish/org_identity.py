"""Which org answers, and by which version of the API it is asked."""

import re

from learngraph.model.salesforce_id import canonical
from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.querying import UnexpectedAnswerError, ask, query
from learngraph.salesforce.wire import Request, Transport

#: the first version that has the resource
OLDEST = "62.0"

_VERSION = re.compile(r"\d{1,3}\.\d")
_FACTS = "SELECT Id, Name, IsSandbox FROM Organization LIMIT 1"


def org_facts(transport: Transport, *, api_version: str | None = None, minimum: str = OLDEST) -> OrgFacts:
    """Ask an org who it is.

    Parameters
    ----------
    transport
        Sends the two reads: the versions, and the organization's record.
    api_version
        The version to use; the newest that the org has where it is not given.
    minimum
        The oldest version that will do.

    Raises
    ------
    OrgError, UnreadableAnswerError
        where the org refuses to tell.
    UnexpectedAnswerError
        where it does not say who it is, or has only older versions.
    """
    version = api_version or newest_version(transport, minimum=minimum)
    for row in query(transport, _FACTS, version):
        match row:
            case {"Id": str(identity), "Name": str(name), "IsSandbox": bool(sandbox)}:
                return OrgFacts(canonical(identity), name, sandbox, version)
    raise UnexpectedAnswerError("Organization", "the org does not say its id, its name and whether it is a sandbox")


def newest_version(transport: Transport, *, minimum: str = OLDEST) -> str:
    """Give the newest version of the API that the org has.

    Raises
    ------
    OrgError, UnreadableAnswerError
        where the org refuses to tell.
    UnexpectedAnswerError
        where it has none from `minimum` on.
    """
    request = Request("GET", "/services/data")
    answer = ask(transport, request)
    entries = answer if isinstance(answer, list) else []
    texts = [entry.get("version") for entry in entries if isinstance(entry, dict)]
    newest = max((text for text in texts if isinstance(text, str) and _VERSION.fullmatch(text)), key=float, default="")
    if not newest or float(newest) < float(minimum):
        fault = f"its newest version is {newest or 'not told'}, and {minimum} is needed"
        raise UnexpectedAnswerError(str(request), fault)
    return newest
