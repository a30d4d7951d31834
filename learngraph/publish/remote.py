"""Which org a name or an object stands for, where it is one that is reached over HTTP."""

from collections.abc import Mapping

from learngraph.publish.addresses import allowed_hosts
from learngraph.publish.credentials import Auth
from learngraph.publish.environment import auth_from
from learngraph.publish.http_line import HttpLimits, HttpLine
from learngraph.publish.http_transport import HttpTransport
from learngraph.publish.sf_command import SfCommand
from learngraph.publish.shared_session import LikeSalesforce, SharedSession

#: the name that leaves the rest to the variables of the environment
ENVIRONMENT = "env"


def transport_to(
    org: str | LikeSalesforce, *, environ: Mapping[str, str], limits: HttpLimits | None = None
) -> HttpTransport:
    """Give a transport to an org: `env`, an alias of the sf command line, or an object with a session.

    Nothing is asked, and nobody logs in, before the first request is sent.

    Raises
    ------
    AuthError
        where the environment has not what a way of logging in needs, or the object's session is unsafe.

    Examples
    --------
    >>> transport_to("uat", environ={})
    <HttpTransport: not yet logged in>
    """
    allowed = allowed_hosts(environ)
    if not isinstance(org, str):
        shared = SharedSession(org, allowed)
        return HttpTransport(shared, line=shared.line(limits=limits))
    auth: Auth = auth_from(environ) if org == ENVIRONMENT else SfCommand(org, allowed)
    return HttpTransport(auth, line=HttpLine(limits=limits))
