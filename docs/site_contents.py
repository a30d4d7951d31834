"""The contents of the site: which page stands where.

An extension of Sphinx. The list is here and not in the pages, so that the pages are nothing but Markdown.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pygments.lexers.data import JsonLexer
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

CONTENTS = {
    "Catalogues": ("data-model", "formats", "rules", "commands", "errors"),
    "Analysis": (
        "from-curricular-analytics", "metrics", "reaching", "alternatives", "programs-and-transcripts", "comparing",
        "pictures", "report",
    ),
    "Salesforce": (
        "for-salesforce-administrators", "connecting", "pulling", "plan-lifecycle", "applying", "embedded-org",
    ),
    "Reference": ("reference/index", "decisions", "changelog"),
}  # fmt: skip


def contents(pages: Iterable[str]) -> str:
    """Give the contents in Markdown; pages that no part names stand last, so that none is lost."""
    named = {page for part in CONTENTS.values() for page in part}
    others = tuple(sorted(set(pages) - named - {"index"}))
    return "\n".join(
        line for title, part in {**CONTENTS, "More": others}.items() if part for line in _tree(title, part)
    )


def _tree(title: str, pages: Iterable[str]) -> Iterator[str]:
    yield from ("", "```{toctree}", f":caption: {title}", ":hidden:", "", *pages, "```")


def _add(app: Sphinx, page: str, source: list[str]) -> None:
    if page == "index":
        source[0] += contents(one.stem for one in Path(app.srcdir).glob("*.md"))
    if page == "decisions":
        source[0] += "\n```{toctree}\n:glob:\n\ndecisions/*\n```\n"


def _pages_with_contents(*_asked: object) -> list[str]:
    """Name the pages that are read each time: there may be others to list than the last time."""
    return ["index", "decisions"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx to ask for the contents when it reads a page."""
    app.connect("source-read", _add)
    app.connect("env-get-outdated", _pages_with_contents)
    app.add_lexer("jsonl", JsonLexer)  # languages of examples, by the names that the pages give them
    app.add_lexer("csv", TextLexer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
