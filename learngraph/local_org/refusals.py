"""How the org says no: to a whole request, or to one learning of it."""

from learngraph.errors import LearnGraphError


class RequestRefusedError(LearnGraphError, ValueError):
    """A request that the org does not carry out at all.

    Attributes
    ----------
    status
        The HTTP status.
    code
        The platform's code, such as JSON_PARSER_ERROR.
    message
        What is wrong.
    fields
        The fields that it is about, for sObject requests.
    allowed
        The methods that the resource has, where it has not that of the request.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: tuple[str, ...] = (),
        allowed: tuple[str, ...] = (),
    ) -> None:
        super().__init__(status, code, message, fields, allowed)
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.allowed = allowed

    @property
    def headers(self) -> dict[str, str]:
        """What the headers of the answer say of it."""
        return {"allow": ", ".join(self.allowed)} if self.allowed else {}

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def not_allowed(method: str, *allowed: str) -> RequestRefusedError:
    """Make the refusal of a method that a resource has not.

    Examples
    --------
    >>> not_allowed("PUT", "GET").headers
    {'allow': 'GET'}
    """
    message = f"HTTP Method '{method}' not allowed. Allowed are {', '.join(allowed)}"
    return RequestRefusedError(405, "METHOD_NOT_ALLOWED", message, allowed=allowed)


class RecordRefusedError(LearnGraphError, ValueError):
    """A record that the org does not make or change; what stands beside it in the request is not touched.

    Attributes
    ----------
    field
        The property or field, empty for the record as a whole.
    code
        The platform's code, such as DUPLICATE_VALUE.
    message
        What is wrong.
    """

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(field, code, message)
        self.field = field
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def about(self, field: str) -> "RecordRefusedError":
        """Give the same refusal, said of another field."""
        return RecordRefusedError(field, self.code, self.message)
