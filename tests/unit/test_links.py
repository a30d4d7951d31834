"""Every link of the README and the pages leads somewhere, on the forge and on the site."""

import re
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from myst_parser.slugs import github_slugify

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]

_FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OUTSIDE = re.compile(r"https://|mailto:")


def prose(text: str) -> str:
    return _FENCE.sub("", text)


def headings(text: str) -> list[str]:
    """The headings of a page as they are read: without the signs of code and links."""
    written = re.findall(r"^#{1,6} +(.+?)\s*$", prose(text), re.MULTILINE)
    return [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "") for heading in written]


def slug(heading: str) -> str:
    """The anchor that a forge gives to a heading: small letters, no punctuation, dashes for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(text: str) -> set[str]:
    """The anchors of a page: where a heading comes again, it gets a number."""
    found: set[str] = set()
    for heading in map(slug, headings(text)):
        again = (f"{heading}-{number}" for number in count(1))
        found.add(heading if heading not in found else next(one for one in again if one not in found))
    return found


def links(page: Path) -> list[str]:
    return _LINK.findall(_CODE.sub("", prose(page.read_text("utf-8"))))


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    return [target for target in links(page) if not leads(page, target)]


def leads(page: Path, target: str) -> bool:
    if _OUTSIDE.match(target):
        return True
    name, _, anchor = target.partition("#")
    other = (page.parent / name).resolve() if name else page
    if not other.exists() or not other.is_relative_to(ROOT):
        return False
    return not anchor or (other.suffix == ".md" and anchor in anchors(other.read_text("utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    assert broken(ROOT / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_site_gives_headings_the_anchors_that_the_forge_gives(name: str) -> None:
    for heading in headings((ROOT / name).read_text("utf-8")):
        assert github_slugify(heading) == slug(heading)


def test_pages_of_the_site_link_to_nothing_outside_of_it() -> None:
    for page in PAGES[1:]:
        for target in links(page):
            there = (page.parent / target.partition("#")[0]).resolve()
            assert _OUTSIDE.match(target) or there.is_relative_to(ROOT / "docs"), f"{page.name}: {target}"


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        pytest.param("other.md", True, id="a page"),
        pytest.param("other.md#a-heading", True, id="a heading"),
        pytest.param("#here", True, id="a heading of its own"),
        pytest.param("gone.md", False, id="no page"),
        pytest.param("other.md#gone", False, id="no heading"),
        pytest.param("#gone", False, id="no heading of its own"),
    ],
)
def test_a_broken_link_fails_the_build_of_the_site(link: str, *, whole: bool, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "index.md").write_text(f"# Here\n\n[a link]({link})\n\n```{{toctree}}\nother\n```\n", "utf-8")
    (pages / "other.md").write_text("# Other\n\n## A heading\n", "utf-8")
    quick = ["-D", "extensions=myst_parser", "-D", "html_theme=basic"]

    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-n", "-q", "-c", ROOT / "docs", *quick, pages, tmp_path / "site"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (built.returncode == 0) is whole, built.stderr
    assert whole or "gone" in built.stderr
