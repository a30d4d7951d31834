"""docs/rules.md is true: every code has its section, and every example gives what it says."""

import doctest
import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import learngraph as lg

RULES = Path(__file__).resolve().parents[2] / "docs" / "rules.md"

_HEADING = re.compile(r"^### (.+)$", re.MULTILINE)
_CODED = re.compile(r"(LG\d{3}): (\S.*)")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| \[(LG\d{3})\]\(#([^)]+)\) \| (\w+) \| (\S.*) \|$", re.MULTILINE)


class Section(NamedTuple):
    """What docs/rules.md says of one code."""

    code: str
    heading: str
    text: str

    @property
    def examples(self) -> list[tuple[str, str]]:
        return [(language, block) for language, block in _BLOCK.findall(self.text)]

    @property
    def prose(self) -> str:
        return _BLOCK.sub("", self.text)


def sections() -> list[Section]:
    text = RULES.read_text(encoding="utf-8")
    parts = _HEADING.split(text)[1:]
    return [
        Section(heading.split(":")[0], heading, re.split(r"^## ", body, flags=re.MULTILINE)[0])
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def rows() -> list[tuple[str, str, str, str]]:
    return _ROW.findall(RULES.read_text(encoding="utf-8"))


by_code = pytest.mark.parametrize("section", [pytest.param(one, id=one.code) for one in sections()])


def test_every_code_has_exactly_one_section_in_order_and_nothing_else_has() -> None:
    assert [section.code for section in sections()] == sorted(code.value for code in lg.Code)


def test_every_code_has_exactly_one_row_of_the_table_in_order() -> None:
    assert [code for code, *_ in rows()] == sorted(code.value for code in lg.Code)


def test_the_table_says_the_severity_of_each_code() -> None:
    assert {code: severity for code, _, severity, _ in rows()} == {code.value: code.severity.value for code in lg.Code}


def test_the_table_leads_to_the_sections() -> None:
    # the forge makes anchors of headings: lower case, no punctuation, dashes for spaces
    anchors = {
        section.code: re.sub(r"[^\w\- ]", "", section.heading.lower()).replace(" ", "-") for section in sections()
    }

    assert {code: anchor for code, anchor, *_ in rows()} == anchors


@by_code
def test_a_section_has_a_heading_a_meaning_one_example_and_a_mend(section: Section) -> None:
    assert _CODED.fullmatch(section.heading)
    assert len(section.examples) == 1
    meaning, _, mend = section.prose.partition("**Mend:**")
    assert meaning.strip()
    assert mend.strip()


@by_code
def test_an_example_gives_its_finding_and_others_only_where_the_section_names_them(
    section: Section, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((language, example),) = section.examples
    monkeypatch.chdir(tmp_path)  # python examples write files beside them

    given = printed_codes(section, example) if language == "python" else read_codes(language, example)

    assert section.code in given
    assert given <= {section.code, *re.findall(r"LG\d{3}", section.prose)}


def read_codes(language: str, example: str) -> set[str]:
    """The codes of the findings that reading and checking an example give."""
    if language == "jsonl":
        return codes_of("example.jsonl", example, active=True)
    assert language == "json"
    if isinstance(json.loads(example), list):
        document = f'{{"format": "learngraph/1", "learnings": {example}}}'
        return codes_of("example.json", document, active=True)
    return codes_of("example.json", example, active=False)


def codes_of(name: str, text: str, *, active: bool) -> set[str]:
    Path(name).write_text(text, encoding="utf-8")
    graph = lg.read(name, settings={"defaults": {"active": True}} if active else {})
    return {finding.code.value for finding in lg.check(graph)}


def printed_codes(section: Section, example: str) -> set[str]:
    """The codes that a Python example prints, after it was tried."""
    test = doctest.DocTestParser().get_doctest(example, {"lg": lg}, section.code, str(RULES), 0)
    said: list[str] = []

    results = doctest.DocTestRunner(verbose=False).run(test, out=said.append)

    assert results.attempted > 0
    assert results.failed == 0, "".join(said)
    return set(re.findall(r"LG\d{3}", "".join(one.want for one in test.examples)))
