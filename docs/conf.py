"""How the site is built: sphinx-build -W -n --keep-going docs build/site."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the extensions beside this file

project = "learngraph"
author = "The learngraph maintainers"
copyright = "the learngraph maintainers"  # noqa: A001 - Sphinx names it so
release = version = version_of("learngraph")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "numpydoc",
    "docs.reference_pages",
    "docs.reference_signatures",
    "docs.site_contents",
]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "index"
default_role = "code"  # what docstrings write between single backticks

myst_heading_anchors = 4  # the forge gives every heading an anchor, and pages link to them

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
toc_object_entries_show_parents = "hide"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
numpydoc_show_class_members = False  # autodoc shows them
numpydoc_class_members_toctree = False

# what other documentation tells; it is not asked, for a build needs no network
nitpick_ignore_regex = [
    ("py:class", r"(collections\.abc|datetime|enum|fractions|matplotlib(\.\w+)*|os|pathlib|pd)\.\w+"),
    ("py:class", r"(Multi)?DiGraph"),
]

html_theme = "furo"
html_title = "learngraph"
html_static_path: list[str] = []
html_show_sourcelink = False
html_show_sphinx = False
html_copy_source = False
