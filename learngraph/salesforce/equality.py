"""When two values are the same to the org."""

from collections.abc import Mapping

from learngraph.salesforce.bodies import is_nothing


def json_equal(one: object, other: object) -> bool:
    """Whether two values are equal as JSON: true is not 1, 7 is 7.0, and absent, null and "" are one nothing.

    Examples
    --------
    >>> json_equal(True, 1), json_equal(7, 7.0), json_equal(None, "")
    (False, True, True)
    """
    if is_nothing(one) or is_nothing(other):
        return is_nothing(one) and is_nothing(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(json_equal(value, other[name]) for name, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(json_equal, one, other))
    return one == other
