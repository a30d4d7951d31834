"""Logging in with what a program has at hand: an object like `simple_salesforce.Salesforce`."""

from dataclasses import dataclass, field
from typing import Protocol

from learngraph.publish.credentials import AuthError, Credentials, PostForm, checked
from learngraph.publish.http_line import HttpLimits, HttpLine


class LikeSalesforce(Protocol):
    """What is used of such an object: its session id, its host, and how its own session goes out."""

    session_id: str
    sf_instance: str
    session: object


@dataclass(frozen=True, slots=True)
class SharedSession:
    """The session of another object, read anew when the org says that it is over.

    Nothing of the object is called; where it renews its session by itself, the new one is used.
    """

    salesforce: LikeSalesforce = field(repr=False)
    allowed: tuple[str, ...] = ()

    @property
    def renewable(self) -> bool:
        """Whether the object may have renewed its session: that is seen when it is read again."""
        return True

    def credentials(self, post_form: PostForm) -> Credentials:  # noqa: ARG002 - as every way has it
        """Read host and session id.

        Raises
        ------
        AuthError, UnsafeAddressError
            where there is none, or it may not be sent to the host.
        """
        host, token = (getattr(self.salesforce, name, None) for name in ("sf_instance", "session_id"))
        if not isinstance(host, str) or not isinstance(token, str):
            raise AuthError("the object has no session_id and sf_instance", "hand in a simple_salesforce.Salesforce")
        return checked(host, token, allowed=self.allowed, source="the Salesforce object")

    def line(self, *, limits: HttpLimits | None = None) -> HttpLine:
        """Make a line with the proxies and certificates of the object's own session.

        Raises
        ------
        AuthError
            where that session does not check certificates.
        """
        try:
            return HttpLine.like(getattr(self.salesforce, "session", None), limits=limits)
        except ValueError as error:
            raise AuthError(str(error)) from None
