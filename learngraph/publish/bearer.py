"""A token that is there already: it cannot be renewed."""

from dataclasses import dataclass

from learngraph.publish.credentials import Credentials, PostForm, checked
from learngraph.publish.secret import Secret


@dataclass(frozen=True, slots=True)
class Bearer:
    """The address of an org and a token or session id for it.

    Examples
    --------
    >>> Bearer("https://acme.my.salesforce.com", Secret("00D000000000001!AQ"))
    Bearer(address='https://acme.my.salesforce.com', token=[secret], allowed=())
    """

    address: str
    token: Secret
    allowed: tuple[str, ...] = ()

    @property
    def renewable(self) -> bool:
        """Never: whoever gave the token has to give another."""
        return False

    def credentials(self, post_form: PostForm) -> Credentials:  # noqa: ARG002 - as every way has it
        """Give them as they are, once they are found safe.

        Raises
        ------
        AuthError, UnsafeAddressError
            where the token can be none, or may not be sent to the address.
        """
        return checked(self.address, self.token.reveal(), allowed=self.allowed, source="the environment")
