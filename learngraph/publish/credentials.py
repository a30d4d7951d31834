"""Who asks: an address and a token, the ways of coming by them, and what is said where there is none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from learngraph.errors import LearnGraphError
from learngraph.publish.addresses import safe_origin
from learngraph.publish.secret import Secret
from learngraph.salesforce.wire import Response

#: sends a form to a token endpoint: the address, the path, and the fields
PostForm: TypeAlias = Callable[[str, str, Mapping[str, Secret]], Response]

_TOKEN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Credentials:
    """The address of an org, and a token for it."""

    origin: str
    token: Secret


class Auth(Protocol):
    """A way of coming by credentials; a frozen value that may be kept."""

    @property
    def renewable(self) -> bool:
        """Whether asking again gives a new token."""

    def credentials(self, post_form: PostForm) -> Credentials:
        """Come by credentials; `post_form` asks a token endpoint where one has to be asked.

        Raises
        ------
        AuthError
            where there are none.
        UnsafeAddressError
            where the address is none to which a token may be sent.
        """


class AuthError(LearnGraphError, PermissionError):
    """Credentials that could not be had; nothing was sent to the org.

    Attributes
    ----------
    fault
        What is missing or was refused.
    hint
        What would mend it; may be empty.
    """

    def __init__(self, fault: str, hint: str = "") -> None:
        super().__init__(fault, hint)
        self.fault = fault
        self.hint = hint

    def __str__(self) -> str:
        return self.fault + (f" ({self.hint})" if self.hint else "")


def checked(address: str, token: str, *, allowed: tuple[str, ...], source: str) -> Credentials:
    """Give credentials whose address is safe and whose token can be one.

    Raises
    ------
    AuthError
        where the token cannot be one; it is not shown.
    UnsafeAddressError
        where no token may be sent to the address.
    """
    text = token.strip()
    if text.startswith("[REDACTED]"):
        raise AuthError(f"{source} gave no token but [REDACTED]", "update the sf command line, or set SF_ACCESS_TOKEN")
    if not _TOKEN.fullmatch(text):
        raise AuthError(f"{source} gave no token" if not text else f"{source} gave something that is no token")
    return Credentials(safe_origin(address, allowed=allowed), Secret(text))
