"""The pages of the API reference: every public name of learngraph, by what people want to do with it.

An extension of Sphinx. The pages are written when the site is built, into a folder that is not kept; their words
are the docstrings.
"""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

from docutils import nodes
from pygments.lexers.data import JsonLexer
from pygments.lexers.special import TextLexer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.inspect import stringify_signature
from sphinx.util.typing import ExtensionMetadata, stringify_annotation

import learngraph
from learngraph.model.value import Value

FOLDER = "reference"


@dataclass(frozen=True, slots=True)
class Topic:
    """A page: its name and title, and what stands on it.

    Attributes
    ----------
    homes
        The modules whose public names stand here, or beginnings of their names.
    also
        What these speak of and is no public name: nobody makes one, but people look into it.
    """

    name: str
    title: str
    homes: tuple[str, ...]
    also: tuple[str, ...] = ()


TOPICS = (
    Topic("files", "Reading and writing files", ("files.", "examples"), ("files.progress.Reporter",)),
    Topic("learnings", "Learnings and what a catalogue holds", ("model.",)),
    Topic(
        "requirements", "Requirements",
        ("model.requirement", "model.relation", "logic.clauses", "logic.equivalence"),
    ),
    Topic("graph", "The graph", ("graph.",), ("graph.index.Index", "graph.index.Reference")),
    Topic("checking", "Checking, and findings", ("checks.", "codes", "findings"), ("markup.Table",)),
    Topic(
        "reaching", "What can be reached", ("analysis.reaching.", "logic."),
        ("logic.reasons.Wait", "logic.compiled.Leaf", "logic.compiled.Branch"),
    ),
    Topic("measuring", "Metrics", ("analysis.measuring.",)),
    Topic("degree-plans", "Degree plans", ("analysis.degree_plans.",)),
    Topic("programs", "Programs and learners", ("analysis.programs.", "analysis.learners.", "model.transcript")),
    Topic(
        "comparing", "Comparing and trying", ("analysis.comparing.", "analysis.touched", "analysis.what_if"),
        (
            "analysis.comparing.edits.LearningChange", "analysis.comparing.edits.FieldChange",
            "analysis.comparing.edits.KeyChanges", "analysis.comparing.edits.RequirementChange",
            "analysis.comparing.edits.SetChange", "analysis.comparing.moves.Move", "analysis.comparing.moves.Total",
            "analysis.comparing.causes.Cause", "analysis.comparing.causes.Deed", "analysis.touched.Touch",
            "analysis.touched.Reason",
        ),
    ),
    Topic("pictures", "Pictures and reports", ("plotting", "report")),
    Topic("bodies", "Bodies of requests", ("salesforce.",)),
    Topic(
        "publishing", "Orgs and publishing", ("orgs", "publish."),
        (
            "publish.publish_plan.Step", "publish.publish_plan.StepKind", "publish.publish_plan.Item",
            "publish.identity.Way", "publish.plan_limits.Extent", "publish.apply_progress.ApplyReporter",
            "publish.apply_settings.Clock", "publish.retrying.WaitReporter", "publish.shared_session.LikeSalesforce",
            "publish.limits.Usage", "salesforce.wire.Transport", "salesforce.wire.Request", "salesforce.wire.Response",
        ),
    ),
)  # fmt: skip
ERRORS = Topic("errors", "Errors", ())

#: where what a class inherits is the language's own, and tells nothing of learngraph
_FOREIGN = "BaseModel, BaseException, StrEnum, Enum, str, tuple, Mapping, Sequence, ABC, object"
_PRIVATE = re.compile(r", _\w+: [^,)]*")
_MADE = re.compile(r"<factory>|<(\w+\.\w+): [^>]*>")  # defaults that are no code


def pages() -> dict[str, str]:
    """Give the text of each page by its name; a public name stands on exactly one."""
    found: dict[str, list[str]] = {topic.name: [] for topic in (*TOPICS, ERRORS)}
    for name in learngraph.__all__:
        found[_topic_of(name).name].append(name)
    texts = {topic.name: _page(topic, found[topic.name]) for topic in (*TOPICS, ERRORS) if found[topic.name]}
    listed = "\n".join(f"   {name}" for name in texts)
    head = "\n".join(_title("API reference"))
    return {
        "index": f"{head}Every public name, as ``import learngraph`` gives it.\n\n.. toctree::\n\n{listed}\n",
        **texts,
    }


def _page(topic: Topic, names: list[str]) -> str:
    lines = [*_title(topic.title)]
    for name in names:
        lines += _entry(f"learngraph.{name}", getattr(learngraph, name))
    for name in topic.also:
        home, _, kind = name.rpartition(".")
        lines += _entry(f"learngraph.{name}", getattr(import_module(f"learngraph.{home}"), kind))
    return "\n".join(lines)


def _topic_of(name: str) -> Topic:
    """Give the topic of a public name: the one whose module's name fits best.

    Raises
    ------
    LookupError
        where no topic has its module.
    """
    value = getattr(learngraph, name)
    if inspect.isclass(value) and issubclass(value, BaseException):
        return ERRORS
    home = _home_of(name)
    fitting = [(len(one), topic) for topic in TOPICS for one in topic.homes if home.startswith(one)]
    if not fitting:
        raise LookupError(f"{name} of {home} is on no page: give its module to a topic in docs/reference_pages.py")
    return max(fitting, key=lambda pair: pair[0])[1]


def _home_of(name: str) -> str:
    """Give the module of a public name, without the package's own name; a public module is its own."""
    value = getattr(learngraph, name)
    if isinstance(value, ModuleType):
        return value.__name__.removeprefix("learngraph.")
    return next(home for home, names in learngraph._HOMES.items() if name in names)  # noqa: SLF001 - the one list


def _title(text: str) -> tuple[str, str, str]:
    return text, "=" * len(text), "\n"


def _entry(full: str, value: object) -> Iterator[str]:
    if isinstance(value, ModuleType):
        yield from _module(full, value)
    elif get_args(value):
        yield f".. py:type:: {full}\n   :canonical: {stringify_annotation(value, 'smart')}\n"
    elif inspect.isclass(value):
        yield from _class(full, value)
    else:
        yield f".. autofunction:: {full}\n"


def _module(full: str, module: ModuleType) -> Iterator[str]:
    yield f".. py:module:: {full}\n"
    yield f"{inspect.getdoc(module)}\n"
    for name, value in vars(module).items():
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
            yield f".. autofunction:: {full}.{name}\n"


def _class(full: str, kind: type) -> Iterator[str]:
    yield f".. autoclass:: {full}\n   :members:\n   :inherited-members: {_FOREIGN}\n   :exclude-members: model_config"
    if issubclass(kind, BaseException):  # the builtin that it is stands among its bases
        yield "   :show-inheritance:"
    if issubclass(kind, Enum) and kind is not learngraph.Code:  # the codes have docs/rules.md
        yield "   :undoc-members:"
    yield ""


# ---- what Sphinx asks


def _write_pages(app: Sphinx) -> None:
    folder = Path(app.srcdir) / FOLDER
    folder.mkdir(exist_ok=True)
    texts = {f"{name}.rst": text for name, text in pages().items()}
    for old in folder.glob("*.rst"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:  # else nothing is built anew
            path.write_text(text, encoding="utf-8")


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
    app.connect("builder-inited", _write_pages)
    app.connect("autodoc-process-signature", _signature)
    app.connect("missing-reference", _public)
    app.add_lexer("jsonl", JsonLexer)
    app.add_lexer("csv", TextLexer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
