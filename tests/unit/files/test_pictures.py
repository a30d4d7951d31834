"""Mermaid and DOT, by their structure; what is in the boxes is text, whatever it holds."""

import html
import re
from typing import Any

import pytest

import learngraph as lg
from learngraph.files.formats import written
from learngraph.files.picture import Arrow, Shape, picture_of
from tests.builders import course, graph, program

_ODD = (
    '"quoted"', "[x] {y} (z)", "a\nb", "a\r\nb", "<script>alert(1)</script>", "back\\slash\\", "\\N \\l", "數學 é",
    "a|b", "#quot;", "&amp; &", "`code`", "- list", "1. list", "end", "%% comment", ";", "a --> b", "\x00", "\ud800",
    "\u202e", "",
)  # fmt: skip


def arrows(*learnings: lg.Course) -> list[tuple[str, str, str]]:
    """The arrows by what is in their boxes."""
    picture = picture_of(graph(*learnings))
    inside = {box.id: box.lines[0] for box in picture.boxes}
    return [(inside[each.start], inside[each.end], each.text) for each in picture.arrows]


def bare(key: str, *prerequisites: Any, **fields: Any) -> lg.Course:
    return course(key, *prerequisites, name=None, **fields)


@pytest.mark.parametrize(
    ("requirement", "drawn"),
    [
        pytest.param("A", [("A", "C", "")], id="a need"),
        pytest.param({"all": ["A", "B"]}, [("A", "C", ""), ("B", "C", "")], id="all of"),
        pytest.param({"any": ["A"]}, [("A", "C", "")], id="any of one"),
        pytest.param(
            {"any": ["A", "B"]}, [("any of", "C", ""), ("A", "any of", ""), ("B", "any of", "")], id="any of"
        ),
        pytest.param(
            {"at_least": 1, "of": ["A", "B"]},
            [("1 of 2", "C", ""), ("A", "1 of 2", ""), ("B", "1 of 2", "")],
            id="at least",
        ),
        pytest.param(
            {"any": ["A", {"all": ["B", "X"]}]},
            [("any of", "C", ""), ("A", "any of", ""), ("all of", "any of", ""), ("B", "all of", ""),
             ("X", "all of", "")],
            id="all of inside any of",
        ),
        pytest.param({"condition": "consent"}, [("consent", "C", "")], id="a condition"),
        pytest.param({"need": "A", "minimum_grade": 2.5}, [("A", "C", "at least 2.5")], id="a grade"),
        pytest.param({"need": "A", "timing": "with"}, [("A", "C", "with")], id="a timing"),
    ],
)  # fmt: skip
def test_a_requirement_is_drawn(requirement: Any, drawn: list[tuple[str, str, str]]) -> None:
    assert arrows(bare("A"), bare("B"), bare("C", requirement)) == drawn


def test_relations_are_told_apart() -> None:
    held = graph(bare("A"), bare("B", "A", corequisites=["A"], recommended=["A"], outcomes=["badge"]))

    assert [(each.relation.value, each.text) for each in picture_of(held).arrows] == [
        ("prerequisite", ""),
        ("corequisite", "before or with"),
        ("recommended", ""),
        ("outcome", ""),
    ]
    for form in ("mermaid", "dot"):
        lines = [re.sub(r"n\d+|label=\S+|\|.*\|", "", line) for line in written(held, form)[0].splitlines()]
        assert len({line for line in lines if "--" in line or "->" in line or "==" in line}) == 4


def test_boxes_are_told_apart() -> None:
    held = graph(
        bare("A", "X", {"condition": "consent"}, {"any": ["A", "P"]}),
        program("P", name="Program"),
        achievements=[lg.Achievement(key="badge", name="Badge")],
    )

    assert [(box.shape, box.lines) for box in picture_of(held).boxes] == [
        (Shape.COURSE, ("A",)),
        (Shape.PROGRAM, ("P", "Program")),
        (Shape.ACHIEVEMENT, ("badge", "Badge")),
        (Shape.MISSING, ("X",)),
        (Shape.CONDITION, ("consent",)),
        (Shape.JUNCTION, ("any of",)),
    ]


def test_an_id_of_a_record_is_no_second_box() -> None:
    held = graph(
        bare("A", salesforce={"learning_id": "0tyLT0000000AQnYAM"}), bare("B", "0tyLT0000000AQnYAM", "0tyLT0000000AQn")
    )

    assert picture_of(held).arrows == [
        Arrow("n0", "n1", lg.Relation.PREREQUISITE),
        Arrow("n0", "n1", lg.Relation.PREREQUISITE),
    ]


# ---- what is written

_MERMAID = re.compile(
    r"""flowchart\ LR\n
    (\ {4}(n\d+(\["[^"\n]*"\](:::missing)?|\[\["[^"\n]*"\]\]|\(\["[^"\n]*"\]\)|\{\{"[^"\n]*"\}\}|\(\("[^"\n]*"\)\))
    |n\d+\ (-->|==>|-\.->|--o)(\|"[^"\n]*"\|)?\ n\d+
    |classDef\ missing\ stroke-dasharray:\ 4\ 4)\n)*""",
    re.VERBOSE,
)
_QUOTED = r'"(?:[^"\\\n]|\\["\\n])*"'
_DOT = re.compile(
    rf"""digraph\ catalogue\ \{{\n\ {{4}}graph\ \[rankdir=LR,\ charset="UTF-8"\];\n
    (\ {{4}}n\d+(\ ->\ n\d+)?\ \[[a-z]+=({_QUOTED}|\w+)(,\ [a-z]+=({_QUOTED}|\w+))*\];\n)*\}}\n""",
    re.VERBOSE,
)


def odd() -> lg.LearningGraph:
    learnings = [
        course(f"{text}k{number}", {"condition": text}, f"{text}x", name=text) for number, text in enumerate(_ODD)
    ]
    return graph(*learnings, course("all", {"any": [one.key for one in learnings]}))


@pytest.mark.parametrize("held", [odd(), lg.examples.university(), lg.LearningGraph()], ids=["odd", "example", "empty"])
@pytest.mark.parametrize(("form", "grammar"), [("mermaid", _MERMAID), ("dot", _DOT)])
def test_what_is_written_follows_the_grammar_whatever_the_texts(
    form: str, grammar: re.Pattern[str], held: lg.LearningGraph
) -> None:
    text, told = written(held, form)

    assert grammar.fullmatch(text)
    assert not told
    text.encode()
    picture = picture_of(held)
    boxes = re.findall(r"^ {4}(n\d+)(?: \[label|[\[({])", text, re.MULTILINE)
    assert boxes == [box.id for box in picture.boxes]
    drawn = re.findall(r"^ {4}(n\d+) [-=.>o]{2,4}(?:\|.*\|)? (n\d+)", text, re.MULTILINE)
    assert drawn == [(each.start, each.end) for each in picture.arrows]


def shown_by_mermaid(label: str) -> str:
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), label)


def shown_by_dot(label: str) -> str:
    return html.unescape(re.sub(r"\\(.)", r"\1", label))


@pytest.mark.parametrize("text", [text for text in _ODD if text and not re.search("[\x00\r\n\ud800]", text)])
def test_a_text_is_shown_as_it_is(text: str) -> None:
    held = graph(course(f"x{text}", name=None))

    (mermaid,) = re.findall(r'n0\["(.*)"\]', written(held, "mermaid")[0])
    (dot,) = re.findall(r'n0 \[label="(.*)", shape', written(held, "dot")[0])

    assert shown_by_mermaid(mermaid) == f"x{text}"
    assert shown_by_dot(dot) == f"x{text}"
    assert not set(mermaid) & set('<>"[]{}()|\\`&')


@pytest.mark.parametrize("text", ["- list", "1. list", "* list", "+ list"])
def test_no_text_is_a_list_to_mermaid(text: str) -> None:
    (label,) = re.findall(r'n0\["(.*)"\]', written(graph(course(text, name=None)), "mermaid")[0])

    assert not re.match(r"[-*+]|\d+\.", label)


@pytest.mark.parametrize(
    ("form", "starts"),
    [("graphml", "<?xml"), ("node-link", "{"), ("mermaid", "flowchart"), ("dot", "digraph"), ("csv", "Curriculum")],
)
def test_every_format_can_be_named(form: str, starts: str) -> None:
    assert written(graph("A"), form)[0].startswith(starts)


@pytest.mark.parametrize("form", ["graphml", "node-link"])
def test_what_edges_do_not_say_is_told(form: str) -> None:
    held = graph("A", "B", course("C", {"all": [{"any": ["A", "B"]}, {"condition": "consent"}]}), course("D", "A", "B"))

    told = written(held, form)[1]

    assert {finding.code for finding in told} == {lg.Code.LOST_IN_FORMAT}
    assert [(finding.subject, finding.cause.split(":")[0]) for finding in told] == [
        ("C", "alternatives"),
        ("C", "conditions"),
    ]


def test_letters_that_graphml_cannot_hold_are_told() -> None:
    (told,) = written(graph("A\x00"), "graphml")[1]

    assert (told.code, told.keys) == (lg.Code.LOST_IN_FORMAT, ("A\x00",))
