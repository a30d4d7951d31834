"""Data and scripts inside a page: nothing that a catalogue holds can end them, and the page names what may run."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable

#: what could end a script or begin a comment in it, and what ends a line in older scripts
_DANGEROUS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_for_script(value: object) -> str:
    r"""Write a value as JSON that may stand inside a script element, whatever its texts hold.

    Examples
    --------
    >>> json_for_script({"name": "</script><!--"})
    '{"name":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, written in _DANGEROUS.items():
        text = text.replace(sign, written)
    return text


def content_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Write the policy of a page: it runs and shows what stands in it, by digest, and asks for nothing else.

    Pictures may be made of data, since the map is printed as one.

    Examples
    --------
    >>> content_policy([], [])
    "default-src 'none'; script-src 'none'; style-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
    """
    parts = (
        "default-src 'none'",
        f"script-src {_digests(scripts)}",
        f"style-src {_digests(styles)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(parts)


def _digests(texts: Iterable[str]) -> str:
    found = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in found) or "'none'"
