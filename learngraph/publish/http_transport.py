"""A transport over HTTP: logs in when it is first used, and once more where the org says that the session is over."""

from threading import Lock

from learngraph.publish.credentials import Auth, AuthError, Credentials
from learngraph.publish.http_line import HttpLine
from learngraph.salesforce.wire import NoAnswerError, NotSentError, Request, Response, UnreadableAnswerError

_SESSION_OVER = 401


class HttpTransport:
    """Sends requests to one org; may be used by several threads.

    Parameters
    ----------
    auth
        The way of coming by an address and a token.
    line
        What carries the requests.

    Examples
    --------
    >>> from learngraph.publish.bearer import Bearer
    >>> from learngraph.publish.secret import Secret
    >>> HttpTransport(Bearer("https://acme.my.salesforce.com", Secret("00D000000000001!AQ")))
    <HttpTransport: not yet logged in>
    """

    def __init__(self, auth: Auth, *, line: HttpLine | None = None) -> None:
        self._auth = auth
        self._line = line or HttpLine()
        self._held: Credentials | None = None
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"<HttpTransport: {self._held.origin if self._held else 'not yet logged in'}>"

    @property
    def origin(self) -> str:
        """The address of the org; logs in to learn it.

        Raises
        ------
        AuthError, UnsafeAddressError, NotSentError
            as for `send`.
        """
        return self._credentials(Request("GET", "/")).origin

    def send(self, request: Request) -> Response:
        """Send one request once, and again only where the org refused it for an old session.

        Raises
        ------
        AuthError
            where nobody could log in.
        UnsafeAddressError
            where no token may be sent to the address.
        NotSentError
            where it surely did not reach the org.
        NoAnswerError
            where it may have been carried out, and no whole answer came.
        """
        credentials = self._credentials(request)
        response = self._line.exchange(credentials.origin, request, token=credentials.token)
        if response.status != _SESSION_OVER or not self._auth.renewable:
            return response
        renewed = self._credentials(request, old=credentials)
        if renewed == credentials:
            return response
        return self._line.exchange(renewed.origin, request, token=renewed.token)  # a 401 was not carried out

    def close(self) -> None:
        """Close all connections."""
        self._line.close()

    def _credentials(self, request: Request, *, old: Credentials | None = None) -> Credentials:
        with self._lock:
            if self._held is None or self._held is old:  # else another thread was faster
                self._held = self._logged_in(request)
            return self._held

    def _logged_in(self, request: Request) -> Credentials:
        try:
            return self._auth.credentials(self._line.post_form)
        except (NotSentError, NoAnswerError) as error:
            failure: Exception = NotSentError(request, f"logging in failed: {error.fault}")
        except UnreadableAnswerError as error:  # what it begins with may be a token that was cut off
            failure = AuthError(f"logging in failed: the answer (HTTP {error.status}) is no JSON")
        raise failure  # outside, as nothing is to hang on to what was raised
