"""Logging in with a signed request for a token: the JWT bearer flow, which needs no secret on the wire."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from learngraph.errors import MissingExtraError
from learngraph.publish.addresses import safe_origin
from learngraph.publish.credentials import AuthError, Credentials, PostForm
from learngraph.publish.secret import Secret
from learngraph.publish.token_endpoint import token_from

_GOOD_FOR = 180  # seconds: the most that an org takes
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"

#: where production orgs log in
LOGIN = "https://login.salesforce.com"


@dataclass(frozen=True, slots=True)
class JwtBearer:
    """The id of an app, a user that has approved it, and the private key of its certificate.

    `audience` is where the token is asked for: login.salesforce.com, test.salesforce.com, or the org's own
    address. It needs the extra `jwt`.

    Examples
    --------
    >>> JwtBearer("3MVG9", "registrar@acme.edu", Secret("-----BEGIN PRIVATE KEY-----"))
    JwtBearer(client_id='3MVG9', username='registrar@acme.edu', key=[secret], ...)
    """

    client_id: str
    username: str
    key: Secret
    audience: str = LOGIN
    allowed: tuple[str, ...] = ()
    clock: Callable[[], float] = time.time

    @property
    def renewable(self) -> bool:
        """Always: the key signs further requests."""
        return True

    def credentials(self, post_form: PostForm) -> Credentials:
        """Sign a request and ask the audience's token endpoint.

        Raises
        ------
        MissingExtraError
            where what signs is not installed.
        AuthError, UnsafeAddressError
            where the key cannot sign, nothing is granted, or nothing may be sent there.
        """
        audience = safe_origin(self.audience, allowed=self.allowed)
        form = {"grant_type": Secret(_GRANT), "assertion": self._assertion(audience)}
        return token_from(post_form, audience, form, allowed=self.allowed, flow="JWT bearer")

    def _assertion(self, audience: str) -> Secret:
        try:
            import jwt  # noqa: PLC0415 - an extra, imported when first used
        except ImportError:
            raise MissingExtraError("pyjwt", "jwt") from None
        said = {
            "iss": self.client_id,
            "sub": self.username,
            "aud": audience,
            "exp": int(self.clock()) + _GOOD_FOR,
        }
        try:
            return Secret(jwt.encode(said, self.key.reveal(), algorithm="RS256"))
        except (ValueError, TypeError, NotImplementedError, jwt.PyJWTError):
            pass
        # raised outside: what the library raised may hold the key
        raise AuthError(
            "the key of the JWT bearer flow cannot sign", "it must be an RSA key as PEM, without a password"
        )
