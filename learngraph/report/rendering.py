"""The page put together: template, styles, scripts and data in one file, every text escaped."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from learngraph.analysis.measuring.classic import NAMES
from learngraph.report.script_text import content_policy, json_for_script

_STYLES = ("colours.css", "layout.css", "parts.css", "print.css")
#: in this order, since each uses what stands before it
_SCRIPTS = (
    "elements.js",
    "catalogue.js",
    "matching.js",
    "table.js",
    "drawing.js",
    "viewing.js",
    "lighting.js",
    "tip.js",
    "paper.js",
    "map.js",
    "details.js",
    "search.js",
    "legend.js",
    "columns.js",
    "controls.js",
    "printing.js",
    "main.js",
)


def rendered(*, data: Mapping[str, Any], **parts: object) -> str:
    """Give the page of a report; `parts` are what its template names.

    Scripts and styles are those of the package, so they are put in as they are; everything else is escaped.
    """
    import jinja2  # noqa: PLC0415 - imported when the first report is written
    from markupsafe import Markup  # noqa: PLC0415 - as above

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = "".join(map(_page_file, _STYLES))
    scripts = (_library(), _joined(map(_page_file, _SCRIPTS)))
    return environment.get_template("report.html").render(
        parts,
        metrics=NAMES,
        policy=content_policy(scripts, [style]),
        style=Markup(style),  # noqa: S704 - our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - as above
        data=Markup(json_for_script(data)),  # noqa: S704 - escaped for where it stands
    )


def _joined(scripts: Any) -> str:  # noqa: ANN401 - an iterable of texts
    return '(() => {\n"use strict";\n' + "\n".join(scripts) + "})();\n"


def _page_file(name: str) -> str:
    return _text("page", name)


def _library() -> str:
    return _text("cytoscape", "cytoscape.min.js")


def _text(*parts: str) -> str:
    return files(__package__).joinpath(*parts).read_text(encoding="utf-8")
