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
_MADE = re.compile(r"<factory>|<(\w+\.\w+): [^>]*>")  # defaults that are no code


def _signature(
    _app: Sphinx, _what: str, _name: str, value: object, _options: object, signature: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    """Show the fields of a value, and aliases by their names."""
    if inspect.isclass(value) and issubclass(value, Value) and value.__init__ is Value.__init__:
        signature = stringify_signature(_fields(value), unqualified_typehints=True)
    return _readable(signature), _readable(returned)


def _fields(kind: type[Value]) -> inspect.Signature:
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


def _readable(text: str | None) -> str | None:
    if text is None:
        return None
    text = _MADE.sub(lambda found: found[1] or "...", _PRIVATE.sub("", text))
    for alias in ("Requirement", "Learning"):
        spelt = stringify_annotation(getattr(learngraph, alias), "smart")
        text = text.replace(spelt, f"~learngraph.{alias}")
    return text


def _public(app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.TextElement) -> nodes.reference | None:
    """Lead what a signature names by its module to the public name, where it has one."""
    target = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    if not target.startswith("learngraph.") or name not in learngraph.__all__ or target == f"learngraph.{name}":
        return None
    domain = env.domains.python_domain
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", f"learngraph.{name}", node, shown)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx what to ask here."""
    app.connect("autodoc-process-signature", _signature)
    app.connect("missing-reference", _public)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
