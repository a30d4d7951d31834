"""The pages of the API reference: every public name of learngraph, by what people want to do with it.

An extension of Sphinx. The pages are written when the site is built, into a folder that is not kept; their words
are the docstrings.
"""

import inspect
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import get_args

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata, stringify_annotation

import learngraph
from docs.reference_topics import ERRORS, TOPICS, Topic

FOLDER = "reference"

#: where what a class inherits is the language's own, and tells nothing of learngraph
_FOREIGN = "BaseModel, BaseException, OSError, ImportError, StrEnum, Enum, str, tuple, Mapping, Sequence, ABC, object"


def pages() -> dict[str, str]:
    """Give the text of each page by its name; a public name stands on exactly one."""
    found: dict[str, list[str]] = {topic.name: [] for topic in (*TOPICS, ERRORS)}
    for name in learngraph.__all__:
        found[_topic_of(name).name].append(name)
    texts = {topic.name: _page(topic, found[topic.name]) for topic in (*TOPICS, ERRORS) if found[topic.name]}
    listed = "\n".join(f"   {name}" for name in texts)
    head = "\n".join(_title("API reference"))
    return {
        "index": (
            f"{head}Every public name, as ``import learngraph`` gives it; by the alphabet in the :ref:`genindex`.\n\n"
            f".. toctree::\n   :maxdepth: 2\n\n{listed}\n"
        ),
        **texts,
    }


def _page(topic: Topic, names: list[str]) -> str:
    more = ", ".join(f":doc:`/{guide}`" for guide in topic.guides)
    lines = [*_title(topic.title), *([f"The pages that tell more: {more}.\n"] if more else [])]
    for name in sorted(names, key=_rank):
        lines += _entry(f"learngraph.{name}", getattr(learngraph, name))
    for name in topic.also:
        home, _, kind = name.rpartition(".")
        lines += _entry(f"learngraph.{name}", getattr(import_module(f"learngraph.{home}"), kind))
    return "\n".join(lines)


def _rank(name: str) -> int:
    """Put first what is called, then what that takes and gives."""
    value = getattr(learngraph, name)
    return 0 if inspect.isfunction(value) else 2 if isinstance(value, ModuleType) else 1


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
        raise LookupError(f"{name} of {home} is on no page: give its module to a topic in docs/reference_topics.py")
    return max(fitting, key=lambda pair: pair[0])[1]


def _home_of(name: str) -> str:
    """Give the module of a public name, without the package's own name; a public module is its own."""
    value = getattr(learngraph, name)
    if isinstance(value, ModuleType):
        return value.__name__.removeprefix("learngraph.")
    return learngraph._HOME_OF[name]  # noqa: SLF001 - the one list


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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx what to ask here."""
    app.connect("builder-inited", _write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
