"""Access tokens by the client credentials flow, for those who come over HTTP."""

import secrets
from threading import Lock

from learngraph.local_org.fields import Json
from learngraph.local_org.settings import OrgSettings

_KEPT = 1000  # tokens; the oldest are forgotten


class Tokens:
    """The tokens that an org has given out."""

    def __init__(self, settings: OrgSettings, org_id: str) -> None:
        self._settings = settings
        self._org_id = org_id
        self._lock = Lock()
        self._valid: list[str] = []

    def grant(self, form: dict[str, str], instance_url: str) -> tuple[int, Json]:
        """Answer a request for a token: the status, and a token or an OAuth error."""
        if form.get("grant_type") != "client_credentials":
            return 400, _error("unsupported_grant_type", "grant type not supported")
        given = (form.get("client_id", ""), form.get("client_secret", ""))
        wanted = (self._settings.client_id, self._settings.client_secret)
        same = [secrets.compare_digest(one.encode(), other.encode()) for one, other in zip(given, wanted, strict=True)]
        if not same[0]:
            return 400, _error("invalid_client_id", "client identifier invalid")
        if not same[1]:
            return 400, _error("invalid_client", "invalid client credentials")
        token = f"{self._org_id[:15]}!{secrets.token_urlsafe(48)}"
        with self._lock:
            self._valid = [*self._valid, token][-_KEPT:]
        return 200, {
            "access_token": token,
            "instance_url": instance_url,
            "id": f"{instance_url}/id/{self._org_id}/005000000000001AAA",
            "token_type": "Bearer",
            "scope": "api",
        }

    def is_valid(self, header: str) -> bool:
        """Whether an Authorization header carries a token of this org."""
        kind, _, token = header.partition(" ")
        with self._lock:
            known = list(self._valid)
        given = token.strip().encode()
        return kind.casefold() in {"bearer", "oauth"} and any(
            secrets.compare_digest(given, one.encode()) for one in known
        )


def _error(code: str, description: str) -> Json:
    return {"error": code, "error_description": description}
