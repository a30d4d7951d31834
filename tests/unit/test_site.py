"""The site has every page and every public name; .ci/run builds it, and fails on the first warning."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import learngraph
from docs.reference_pages import pages
from docs.reference_signatures import fields_of, readable
from docs.reference_topics import ERRORS, TOPICS
from docs.site_contents import CONTENTS, contents

DOCS = Path(__file__).resolve().parents[2] / "docs"
_DOCUMENTED = re.compile(r"^\.\. (?:autoclass|autofunction|py:type|py:module):: learngraph\.(\w+)$", re.MULTILINE)


def names_on(page: str) -> list[str]:
    return _DOCUMENTED.findall(pages()[page])


def test_every_public_name_stands_once_in_the_reference() -> None:
    said = [name for page in pages() for name in names_on(page)]

    assert sorted(said) == learngraph.__all__


@pytest.mark.parametrize(
    ("name", "page"),
    [
        pytest.param("read", "files", id="reading"),
        pytest.param("Course", "learnings", id="a learning"),
        pytest.param("Need", "requirements", id="of two modules that fit, the longer name counts"),
        pytest.param("metrics", "measuring", id="a question"),
        pytest.param("what_if", "comparing", id="a module"),
        pytest.param("Requirement", "requirements", id="an alias"),
        pytest.param("ReadError", "errors", id="an exception, wherever it lives"),
    ],
)
def test_a_name_stands_where_people_look_for_it(name: str, page: str) -> None:
    assert name in names_on(page)


def test_a_public_module_is_documented_with_its_functions() -> None:
    assert ".. autofunction:: learngraph.what_if.without" in pages()["comparing"]
    assert ".. autofunction:: learngraph.examples.university" in pages()["files"]


def test_the_reference_leads_to_all_of_its_pages() -> None:
    listed = re.findall(r"^   ([\w-]+)$", pages()["index"], re.MULTILINE)

    assert listed == [topic.name for topic in (*TOPICS, ERRORS) if topic.name in pages()]
    assert {*listed, "index"} == pages().keys()


def test_every_page_stands_in_the_contents_and_everything_there_is_a_page() -> None:
    there = {page.stem for page in DOCS.glob("*.md")}
    said = re.findall(r"^([\w/-]+)$", contents(there), re.MULTILINE)

    assert sorted(said) == sorted({*there, "reference/index"} - {"index"})
    assert {page for part in CONTENTS.values() for page in part} <= {*there, "reference/index"}


def test_a_page_that_no_part_names_stands_last() -> None:
    assert contents(["index", "rules", "a-new-page"]).splitlines()[-2:] == ["a-new-page", "```"]


def test_a_page_of_the_site_asks_no_other_host_for_anything(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Here\n\n[a link](https://acme.example)\n", encoding="utf-8")
    build = [sys.executable, "-m", "sphinx", "-q", "-c", str(DOCS), "-D", "extensions=myst_parser"]

    subprocess.run([*build, tmp_path, tmp_path / "site"], check=True, capture_output=True)

    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    styles = "".join(one.read_text(encoding="utf-8") for one in (tmp_path / "site" / "_static").rglob("*.css"))
    asked = [
        *re.findall(r"<(?:script|link|img|iframe)[^>]*?(?:src|href)=\"([^\"]*)", page),
        *re.findall(r"(?:url\(|@import)[ \"']*([^\"')]*)", styles),
    ]

    assert "https://acme.example" in page
    assert any(".css" in one for one in asked)
    assert [one for one in asked if re.match(r"(?:https?:)?//", one)] == []


def test_a_value_is_shown_with_its_fields_and_without_what_is_checked_in_them() -> None:
    shown = fields_of(learngraph.Course)

    assert list(shown.parameters) == list(learngraph.Course.model_fields)
    assert (shown.parameters["name"].annotation, shown.parameters["name"].default) == (str | None, None)
    assert shown.parameters["key"].default is inspect.Parameter.empty
    assert "Annotated" not in str(shown)


@pytest.mark.parametrize(
    ("signature", "shown"),
    [
        pytest.param("(a: int, _b: str = 'x', c: int = 1)", "(a: int, c: int = 1)", id="private"),
        pytest.param("(way: Way = <Way.NAME: 'name'>)", "(way: Way = Way.NAME)", id="an enumeration"),
        pytest.param("(remember: Call = <function forget>)", "(remember: Call = forget)", id="a function"),
        pytest.param("(now: Call = <function Clock.<lambda>>)", "(now: Call = ...)", id="a function without a name"),
        pytest.param("(ids: Map = <factory>)", "(ids: Map = ...)", id="what is made each time"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_signature_shows_what_people_can_read(signature: str | None, shown: str | None) -> None:
    assert readable(signature) == shown
