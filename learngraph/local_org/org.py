"""The embedded org: records in a file or in memory, and an answer to every request."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Json
from learngraph.local_org.objects import objects_of
from learngraph.local_org.place import NotALocalOrgError
from learngraph.local_org.querying import Cursors
from learngraph.local_org.refusals import RequestRefusedError
from learngraph.local_org.routing import answered
from learngraph.local_org.seed import plant
from learngraph.local_org.settings import OrgSettings
from learngraph.local_org.store import Store, is_org_file
from learngraph.local_org.tokens import Tokens
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.records import ORGANIZATION
from learngraph.salesforce.wire import Request, Response


class LocalOrg:
    """An org of one's own, that answers the documented requests of the Learnings Graph resource.

    Examples
    --------
    >>> org = LocalOrg.open()
    >>> org
    <LocalOrg: Quenbeck University (embedded), 0 learnings, in memory>
    >>> course = {"learning": {"type": "Learning Course", "name": "Algorithms"}}
    >>> path = "/services/data/v67.0/connect/education/academic-operations/learnings"
    >>> org.answer(Request("POST", path, {"learnings": [course]})).json()["status"]
    'SUCCESS'
    >>> org.counts()["Learning"]
    1
    """

    def __init__(self, store: Store, settings: OrgSettings) -> None:
        self._store = store
        self._lock = Lock()
        self._requests = 0
        self.settings = settings
        self.cursors = Cursors()
        self._objects = objects_of(settings)
        self._dialect = Dialect(**settings.dialect.thawed())
        store.set_up(self._objects)
        if not store.count(ORGANIZATION):
            plant(self._desk())
        self._organization = store.where(ORGANIZATION)[0]
        self.tokens = Tokens(settings, self.id)

    @classmethod
    def open(cls, path: Path | str | None = None, *, settings: OrgSettings | None = None) -> "LocalOrg":
        """Open an org, and make it where there is none; without a path it lives in memory.

        `settings` replace those that the org had; without any it keeps them.

        Raises
        ------
        NotALocalOrgError
            where there is a file that is something else, which is not touched, or no folder for it.
        """
        file = None if path is None else Path(path)
        if file is not None:
            _must_be_ours(file)
        try:
            store = Store(file)
            stated = store.remembered("settings")
            chosen = settings or (OrgSettings(**json.loads(stated)) if stated else OrgSettings())
            org = cls(store, chosen)
            if (wanted := json.dumps(_as_json(chosen))) != stated:
                with store.writing():
                    store.remember("settings", wanted)
        except sqlite3.Error as error:
            raise NotALocalOrgError(str(file), f"cannot be opened: {error}") from None
        return org

    @classmethod
    def reset(cls, path: Path | str, *, settings: OrgSettings | None = None) -> "LocalOrg":
        """Throw an org away, and make a new one in its place, with other ids and the same settings.

        Raises
        ------
        NotALocalOrgError
            where there is a file that is something else.
        """
        file = Path(path)
        if is_org_file(file):
            old = cls.open(file)
            settings = settings or old.settings
            old.close()
            for suffix in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    Path(f"{file}{suffix}").unlink()
        return cls.open(file, settings=settings)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    # --- what it is ------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The id of the organization."""
        return str(self._organization["Id"])

    @property
    def name(self) -> str:
        """The name of the organization."""
        return str(self._organization["Name"])

    @property
    def path(self) -> Path | None:
        """The file, None where it lives in memory."""
        return self._store.path

    def counts(self) -> dict[str, int]:
        """Give the number of records of each object."""
        return {name: self._store.count(name) for name in self._objects}

    def __repr__(self) -> str:
        where = f"in {self.path}" if self.path else "in memory"
        return f"<LocalOrg: {self.name}, {self._store.count('Learning')} learnings, {where}>"

    # --- what it answers -------------------------------------------------------------------------

    def answer(self, request: Request) -> Response:
        """Answer a request; whoever asks is let in, since a door is a matter of HTTP."""
        with self._lock:
            self._requests += 1
            used = self._requests
        most = self.settings.daily_requests
        headers = {"content-type": "application/json;charset=UTF-8", "sforce-limit-info": f"api-usage={used}/{most}"}
        try:
            _within(used, most)
            status, body = answered(self._desk(), self.cursors, request, {"Max": most, "Remaining": most - used})
        except RequestRefusedError as refused:
            status, body = refused.status, [refusal(refused)]
            headers.update(refused.headers)
        except sqlite3.OperationalError as error:
            status, body = 503, [{"errorCode": "SERVER_UNAVAILABLE", "message": f"the org is busy: {error}"}]
        return Response(status, written(body), headers)

    def _desk(self) -> Desk:
        return Desk(self._store, self._objects, self.settings, self._dialect)


def _within(used: int, most: int) -> None:
    if used > most:
        raise RequestRefusedError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")


def refusal(refused: RequestRefusedError) -> Json:
    """Give what an answer says of a request that was refused."""
    found: Json = {"errorCode": refused.code, "message": refused.message}
    return {**found, "fields": list(refused.fields)} if refused.fields else found


def written(body: Any) -> bytes:  # noqa: ANN401 - any JSON
    """Write an answer as JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _must_be_ours(file: Path) -> None:
    if file.exists() and (file.is_dir() or (file.stat().st_size and not is_org_file(file))):
        raise NotALocalOrgError(str(file), "is there, and is no embedded org: it is not touched")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotALocalOrgError(str(file), f"cannot be made: {error.strerror}") from None


def _as_json(settings: OrgSettings) -> Mapping[str, Any]:
    stated = {name: getattr(settings, name) for name in OrgSettings.model_fields}
    stated["dialect"] = settings.dialect.thawed()
    stated["custom_fields"] = [one.model_dump() for one in settings.custom_fields]
    return stated
