"""Asking a token endpoint (OAuth 2.0), and reading what it answers, also where it says little."""

from collections.abc import Mapping
from typing import Any

from learngraph.markup import printable
from learngraph.publish.addresses import safe_origin
from learngraph.publish.credentials import AuthError, Credentials, PostForm, checked
from learngraph.publish.secret import Secret, without_tokens
from learngraph.salesforce.wire import Response

#: the path of the token endpoint
TOKEN = "/services/oauth2/token"  # noqa: S105 - a path

_SHOWN = 300
_HINTS = {
    "invalid_client": "the client secret is not that of the client id",
    "invalid_client_id": "no connected app or external client app of this org has the client id",
    "invalid_grant": "the app must allow this flow, and its user must be assigned and active",
    "unsupported_grant_type": "switch the flow on in the app's OAuth settings",
    "inactive_user": "the user that the app runs as is inactive",
}


def token_from(
    post_form: PostForm, address: str, form: Mapping[str, Secret], *, allowed: tuple[str, ...], flow: str
) -> Credentials:
    """Ask the token endpoint at an address, and give what it grants.

    Raises
    ------
    AuthError
        where it grants nothing, with what it says.
    UnsafeAddressError
        where it is at, or names, an address to which no token may be sent.
    """
    origin = safe_origin(address, allowed=allowed)
    response = post_form(origin, TOKEN, form)
    answer = response.json()
    granted = answer if isinstance(answer, dict) else {}
    token, instance = granted.get("access_token"), granted.get("instance_url", origin)
    if not response.ok or not isinstance(token, str) or not isinstance(instance, str):
        raise _refusal(response, granted, flow)
    return checked(instance, token, allowed=allowed, source=flow)


def _refusal(response: Response, answer: Mapping[str, Any], flow: str) -> AuthError:
    code, said = (
        printable(without_tokens(text))[:_SHOWN] if isinstance(text := answer.get(name), str) else ""
        for name in ("error", "error_description")
    )
    words = ": ".join(part for part in (code, said) if part) or "no reason was given"
    return AuthError(f"{flow} gave no token (HTTP {response.status}): {words}", _HINTS.get(code, ""))
