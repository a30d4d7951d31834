"""HTML entities in answers of the Connect API, which are there unless the request says otherwise."""

from typing import Any

_ENTITIES = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\\": "&#92;", "&": "&amp;"})


def encoded(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Give an answer with the texts in it encoded.

    Examples
    --------
    >>> encoded({"name": "Calculus & Geometry"})
    {'name': 'Calculus &amp; Geometry'}
    """
    if isinstance(value, str):
        return value.translate(_ENTITIES)
    if isinstance(value, dict):
        return {name: encoded(inner) for name, inner in value.items()}
    return [encoded(inner) for inner in value] if isinstance(value, list) else value
