"""Logging in as an app: the client credentials flow, which runs as the one user that the app names."""

from dataclasses import dataclass

from learngraph.publish.credentials import AuthError, Credentials, PostForm
from learngraph.publish.secret import Secret
from learngraph.publish.token_endpoint import token_from

_SHARED = ("login.salesforce.com", "test.salesforce.com")


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """The My Domain address of an org, and the id and secret of an app of it.

    Examples
    --------
    >>> ClientCredentials("https://acme.my.salesforce.com", "3MVG9", Secret("hush"))
    ClientCredentials(address='https://acme.my.salesforce.com', client_id='3MVG9', client_secret=[secret], allowed=())
    """

    address: str
    client_id: str
    client_secret: Secret
    allowed: tuple[str, ...] = ()

    @property
    def renewable(self) -> bool:
        """Always: the secret is good for further tokens."""
        return True

    def credentials(self, post_form: PostForm) -> Credentials:
        """Ask the org's own token endpoint.

        Raises
        ------
        AuthError, UnsafeAddressError
            where it grants nothing, or no secret may be sent there.
        """
        if any(host in self.address for host in _SHARED):
            hint = "set SF_INSTANCE_URL to the org's own address, https://NAME.my.salesforce.com"
            raise AuthError(f"client credentials are not taken at {_SHARED[0]} or {_SHARED[1]}", hint)
        form = {
            "grant_type": Secret("client_credentials"),
            "client_id": Secret(self.client_id),
            "client_secret": self.client_secret,
        }
        return token_from(post_form, self.address, form, allowed=self.allowed, flow="client credentials")
