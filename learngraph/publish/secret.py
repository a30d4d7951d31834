"""A token is a value that is never shown: not in a repr, a log, a plan, a pickle or a traceback."""

import hmac
import re
from typing import NoReturn, Self

_HIDDEN = "[secret]"
# tokens and session ids of an org begin with its id; signed ones have three parts in base 64
_TOKENS = re.compile(r"\b00D[A-Za-z0-9]{12,15}(?:!|%21)[\w.%+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=Bearer )\S+")


class Secret:
    """A text that only `reveal` gives away.

    It cannot be pickled or written as JSON, and equals another of the same text.

    Examples
    --------
    >>> token = Secret("00D000000000001!AQ")
    >>> token, f"{token:>20}", [str(token)]
    ([secret], '            [secret]', ['[secret]'])
    >>> token.reveal()
    '00D000000000001!AQ'
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Give the text, for the one place that sends it."""
        return self._text

    def __repr__(self) -> str:
        return _HIDDEN

    def __format__(self, form: str) -> str:
        return format(_HIDDEN, form)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is not written down")


def without_tokens(text: str) -> str:
    """Give a text of others in which nothing that looks like a token is left.

    Examples
    --------
    >>> without_tokens("no session 00D000000000001!AQ.x for you")
    'no session [secret] for you'
    """
    return _TOKENS.sub(_HIDDEN, text)
