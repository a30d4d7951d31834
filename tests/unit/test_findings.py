import json
import re
from itertools import pairwise, permutations
from typing import Any

import pytest

from learngraph import Code, Finding, Findings, FindingsError, LearnGraphError, Place, Severity
from learngraph.codes import ORG_CODES
from learngraph.markup import html_table
from tests.unit.reading_html import read_html

_ERROR, _WARNING, _INFO = Code.UNKNOWN_REFERENCE, Code.CONDITION, Code.NOT_SENT


def _finding(code: Code = _ERROR, message: str = "is wrong", **parts: Any) -> Finding:
    return Finding(code, message, **parts)


def test_findings_sort_by_gravity_then_code_then_place() -> None:
    wanted = [
        _finding(Code.UNREADABLE_RECORD, place=Place("a.json", 7)),
        _finding(Code.UNKNOWN_REFERENCE, place=Place("a.json", 2)),
        _finding(Code.UNKNOWN_REFERENCE, place=Place("a.json", 10)),
        _finding(Code.UNKNOWN_REFERENCE, place=Place("b.json", 1)),
        _finding(Code.CONDITION),
        _finding(Code.UNREADABLE_CREDITS),
    ]

    for shuffled in permutations(wanted):
        assert list(Findings(shuffled)) == wanted


def test_findings_of_one_place_stay_in_the_order_in_which_they_came() -> None:
    findings = [_finding(message=text) for text in ("z", "a", "m")]

    assert list(Findings(findings)) == findings


def test_a_finding_s_own_severity_counts_more_than_its_code_s() -> None:
    mild = _finding(_ERROR, severity=Severity.INFO)

    assert mild.severity is Severity.INFO
    assert list(Findings([mild, _finding(_WARNING)])) == [_finding(_WARNING), mild]
    assert Findings([mild]).ok


def test_findings_are_counted_by_gravity() -> None:
    findings = Findings([_finding(_INFO), _finding(_ERROR), _finding(_WARNING), _finding(_ERROR, "again")])

    assert [len(part) for part in (findings.errors, findings.warnings, findings.infos)] == [2, 1, 1]
    assert len(findings) == 4
    assert not findings.ok
    assert findings.warnings.ok
    assert Findings().ok


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        pytest.param([], [], ["LG201", "LG203", "LG302", "LG402"], id="all"),
        pytest.param(["LG2"], [], ["LG201", "LG203"], id="a family"),
        pytest.param(["LG201"], [], ["LG201"], id="a code"),
        pytest.param(["LG3", "LG4"], [], ["LG302", "LG402"], id="two families"),
        pytest.param([], ["LG2"], ["LG302", "LG402"], id="all but a family"),
        pytest.param(["LG2"], ["LG203"], ["LG201"], id="a family but a code"),
        pytest.param(["LG"], ["LG"], [], id="what is ignored is not selected"),
        pytest.param(["201"], [], [], id="only beginnings"),
        pytest.param(["LG9"], [], [], id="a family that is not there"),
    ],
)
def test_codes_are_chosen_by_their_beginnings(select: list[str], ignore: list[str], left: list[str]) -> None:
    findings = Findings(
        map(_finding, (Code.UNKNOWN_REFERENCE, Code.UNATTAINABLE, Code.ACTIVE_NOT_STATED, Code.CONDITION))
    )

    assert [finding.code.value for finding in findings.only(select=select, ignore=iter(ignore))] == left


def test_where_all_is_well_nothing_is_raised() -> None:
    Findings([_finding(_WARNING), _finding(_INFO)]).raise_for_errors()


def test_every_error_is_named_when_they_are_raised() -> None:
    errors = [_finding(message=f"fault {number}", keys=(f"CS {number}",)) for number in range(100)]
    findings = Findings([*errors, _finding(_WARNING, "a warning only")])

    with pytest.raises(FindingsError) as caught:
        findings.raise_for_errors()

    assert list(caught.value.findings) == errors
    assert isinstance(caught.value, LearnGraphError)
    assert isinstance(caught.value, ValueError)
    lines = str(caught.value).splitlines()
    assert len(lines) == 100
    assert all(f"fault {number}" in line and f"CS {number}" in line for number, line in enumerate(lines))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        pytest.param(Place(), "", id="nowhere"),
        pytest.param(Place("a.json"), "a.json", id="file"),
        pytest.param(Place("a.jsonl", 3), "a.jsonl:3", id="line"),
        pytest.param(Place("a.json", record="learnings[2]"), "a.json: learnings[2]", id="record"),
        pytest.param(Place("a.json", 3, "CS 1", "name"), "a.json:3: CS 1.name", id="all"),
        pytest.param(Place(field="name"), "name", id="field"),
    ],
)
def test_a_place_is_written_as_editors_know_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_finding_is_written_with_all_that_it_says() -> None:
    finding = _finding(
        keys=("CS 1", "CS 2"), hint="name another", message="refers to nothing", place=Place("a.json", 3)
    )

    assert str(finding) == "a.json:3: error LG201 CS 1: refers to nothing (name another)"
    assert str(_finding(_WARNING)) == "warning LG402 is wrong"


def test_a_finding_can_be_given_a_place_and_stays_itself_otherwise() -> None:
    finding = _finding(keys=("A",), hint="h", cause="c", severity=Severity.WARNING)

    placed = finding.at(Place("a.json", 1))

    assert placed.place == Place("a.json", 1)
    assert placed.at(Place()) == finding
    assert finding.place == Place()


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        pytest.param({"cause": "X", "keys": ("A",)}, "X", id="as it is named"),
        pytest.param({"keys": ("A", "B")}, "A", id="the blamed learning"),
        pytest.param({}, "is wrong", id="the message"),
    ],
)
def test_findings_are_rolled_up_by_their_cause(parts: dict[str, Any], cause: str) -> None:
    assert _finding(**parts).cause == cause


def test_findings_behave_like_a_tuple() -> None:
    one, two = _finding(message="one"), _finding(_WARNING, "two")
    findings = Findings([two, one])

    assert (findings[0], findings[-1]) == (one, two)
    assert findings[1:] == Findings([two])
    assert isinstance(findings[1:], Findings)
    assert one in findings
    more = [_finding(_INFO)]
    assert findings + more == Findings([_finding(_INFO), one, two])
    assert findings.where(lambda finding: finding.message == "two") == Findings([two])
    assert len({findings, Findings([one, two])}) == 1
    assert findings != [one, two]
    assert repr(findings) == "<Findings: 1 errors, 1 warnings, 0 infos>"


_FULL = _finding(
    keys=("CS 1", "CS 2"),
    message="refers to nothing",
    hint="name another",
    place=Place("a.jsonl", 3, "learnings[2]", "prerequisites"),
)


def test_the_json_of_findings_says_its_format_the_counts_and_everything() -> None:
    written = json.loads(json.dumps(Findings([_FULL, _finding(_WARNING)]).to_json()))

    assert written == {
        "format": "learngraph-findings/1",
        "counts": {"error": 1, "warning": 1, "info": 0},
        "findings": [
            {
                "code": "LG201",
                "severity": "error",
                "keys": ["CS 1", "CS 2"],
                "message": "refers to nothing",
                "hint": "name another",
                "file": "a.jsonl",
                "line": 3,
                "record": "learnings[2]",
                "field": "prerequisites",
            },
            {
                "code": "LG402",
                "severity": "warning",
                "keys": [],
                "message": "is wrong",
                "hint": "",
                "file": "",
                "line": None,
                "record": "",
                "field": "",
            },
        ],
    }


def test_a_frame_has_a_row_a_finding_and_its_columns_where_there_is_none() -> None:
    columns = ["code", "severity", "keys", "message", "hint", "file", "line", "record", "field"]

    frame = Findings([_finding(_WARNING), _FULL]).to_frame()

    assert list(frame.columns) == list(Findings().to_frame().columns) == columns
    assert list(frame["code"]) == ["LG201", "LG402"]
    assert list(frame["severity"]) == ["error", "warning"]
    assert frame.loc[0, "keys"] == ["CS 1", "CS 2"]
    assert frame.loc[0, "line"] == 3
    assert len(Findings().to_frame()) == 0


def test_a_table_of_findings_is_escaped_and_bounded() -> None:
    evil = "<img src=x onerror=alert(1)>"
    wrong = [_finding(message=evil, keys=(evil,), hint=evil, place=Place(evil, number)) for number in range(5000)]

    shown = Findings(wrong)._repr_html_()

    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "5000 errors" in shown
    assert 1 < shown.count("<tr>") <= 101
    assert "first" in shown


def test_a_table_of_few_findings_shows_all() -> None:
    shown = Findings([_finding(message="one"), _finding(message="two")])._repr_html_()

    assert "one" in shown
    assert "two" in shown
    assert shown.count("<tr>") == 3
    assert "the first" not in shown


@pytest.mark.parametrize("text", ["<b>", "&amp;", '"quoted"', "'x'"])
def test_a_table_holds_headings_cells_and_captions_as_text(text: str) -> None:
    shown = html_table([text], [[text]], caption=text)

    assert read_html(shown).texts == [text, text, text]


def test_codes_are_of_one_form_and_each_is_used_once() -> None:
    values = [code.value for code in Code]

    assert all(re.fullmatch(r"LG[1-9]\d\d", value) for value in values)
    assert all(one < other for one, other in pairwise(sorted(values)))
    assert len(Code.__members__) == len(values)


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_a_code_says_how_grave_it_is_and_what_it_is_about(code: Code) -> None:
    assert _finding(code).severity is code.severity
    assert code.severity in Severity
    assert code.about


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_a_code_sums_its_findings_up_in_a_line_with_the_counts(code: Code) -> None:
    one, many = code.summary(causes=1, places=1), code.summary(causes=2, places=1234)

    assert one.startswith(code.about)
    assert "1,234" in many
    assert ("2 " in many) is ("/" in code.counted)
    assert one.isprintable()
    assert not re.search(r"[^aeiou]ys\b", many), "a word that does not take an s alone"


@pytest.mark.parametrize(
    ("code", "causes", "places", "line"),
    [
        pytest.param(
            Code.UNKNOWN_REFERENCE,
            276,
            1511,
            "not in the catalogue: 276 unknown courses in 1,511 requirements",
            id="many of many",
        ),
        pytest.param(
            Code.UNKNOWN_REFERENCE, 1, 1, "not in the catalogue: 1 unknown course in 1 requirement", id="one of one"
        ),
        pytest.param(Code.REPEATED_PROPERTY, 2, 3, "property written twice: 2 properties in 3 places", id="properties"),
        pytest.param(Code.UNREADABLE_FILE, 1, 2, "cannot be read: 2 files", id="no causes"),
    ],
)
def test_a_sum_is_written_as_people_count(code: Code, causes: int, places: int, line: str) -> None:
    assert code.summary(causes=causes, places=places) == line


def test_what_an_org_cannot_hold_is_of_one_family() -> None:
    assert {code.value[:3] for code in ORG_CODES} == {"LG4"}
