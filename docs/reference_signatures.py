"""Signatures as people read them: the fields of values, types by their public names, and nothing of how they are made.

An extension of Sphinx.
"""

import inspect
import re
from typing import get_type_hints

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.inspect import stringify_signature
from sphinx.util.typing import ExtensionMetadata, stringify_annotation

import learngraph
from learngraph.model.value import Value

_PRIVATE = re.compile(r", _\w+: [^,)]*")
# defaults as Python shows what has no words of its own, and the name in them: of an enumeration, or of a function
_UNSPOKEN = re.compile(r"<(?:[^<>]|<[^<>]*>)*>")
_NAMED = re.compile(r"<(?:function (\w+)|(\w+\.\w+): .*)>")


def _signature(
    _app: Sphinx, _what: str, _name: str, value: object, _options: object, signature: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    """Show the fields of a value, and aliases by their names."""
    if inspect.isclass(value) and issubclass(value, Value) and value.__init__ is Value.__init__:
        signature = stringify_signature(fields_of(value), unqualified_typehints=True)
    return readable(signature), readable(returned)


def fields_of(kind: type[Value]) -> inspect.Signature:
    """Give the signature that the fields of a value make, without what the library checks in them."""
    types = get_type_hints(kind)
    return inspect.Signature(
        [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if field.is_required() else field.default,
                annotation=types[name],
            )
            for name, field in kind.model_fields.items()
        ]
    )


def readable(text: str | None) -> str | None:
    """Give a signature without private parameters, with aliases by their names, and defaults that can be read."""
    if text is None:
        return None
    text = _UNSPOKEN.sub(_default, _PRIVATE.sub("", text))
    for alias in ("Requirement", "Learning"):
        spelt = stringify_annotation(getattr(learngraph, alias), "smart")
        text = text.replace(spelt, f"~learngraph.{alias}")
    return text


def _default(found: re.Match[str]) -> str:
    named = _NAMED.fullmatch(found[0])
    return (named[1] or named[2]) if named else "..."


def _public(app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.TextElement) -> nodes.reference | None:
    """Lead what a signature names by its module to the public name, where it has one."""
    home, _, name = node.get("reftarget", "").rpartition(".")
    if home != f"learngraph.{learngraph._HOME_OF.get(name)}":  # noqa: SLF001 - the one list
        return None
    domain = env.domains.python_domain
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", f"learngraph.{name}", node, shown)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx what to ask here."""
    app.connect("autodoc-process-signature", _signature)
    app.connect("missing-reference", _public)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
