"""What is read from a Curricular Analytics file and written again is the same."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import learngraph as lg
from learngraph.files.curriculum_reading import is_curriculum, read_curriculum
from learngraph.files.formats import written
from learngraph.model.requirement import needs
from tests.property.strategies import graphs, numbers

_ODD = st.sampled_from(
    ('"', ",", ";", "\n", "\r", "\t", "#", '"#', " ", "=", "'", "\ufeff", "\u200b", "\u2028", "數", "\\")
)
_VISIBLE = re.compile("[^\\s\u200b\u200c\u200d\u2060\ufeff]")
_TEXTS = (
    st.lists(_ODD | st.text(st.characters(exclude_categories=["Cs"]), max_size=3), min_size=1, max_size=5)
    .map("".join)
    .filter(_VISIBLE.search)
)
_IDS = st.integers(-9, 30).map(str)


@st.composite
def curricula(draw: st.DrawFn) -> lg.LearningGraph:
    """Graphs within what the format holds."""
    keys = draw(st.lists(_IDS, unique=True, max_size=5))
    before = st.lists(_IDS, max_size=3)
    options: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "name": _TEXTS,
                "institution": _TEXTS,
                "degree_type": _TEXTS,
                "cip_code": _TEXTS,
                "system_type": st.sampled_from(("semester", "quarter")),
            },
        )
    )
    courses = [draw(_courses(key, before)) for key in keys]
    terms = {key: draw(st.integers(0, 4)) for key in keys}
    ways = [[key for key in keys if terms[key] == number] for number in range(1, max(terms.values(), default=0) + 1)]
    plans = draw(st.just([]) | _TEXTS.map(lambda name: [lg.DegreePlan(key=name, terms=ways)]))
    return lg.LearningGraph(courses, options=lg.Options(**options), degree_plans=plans)


def _courses(key: str, before: st.SearchStrategy[list[str]]) -> st.SearchStrategy[lg.Course]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "name": _TEXTS,
        "subject_abbreviation": _TEXTS,
        "course_number": _TEXTS,
        "provider": _TEXTS,
        "custom_fields": _TEXTS.map(lambda name: {"Canonical Name": name}),
        "duration": numbers | st.floats(allow_nan=False, allow_infinity=False),
        "prerequisites": before,
        "corequisites": st.tuples(before, before).map(
            lambda both: [*both[0], *(lg.Need(one, timing=lg.Timing.WITH) for one in both[1])]
        ),
    }
    return st.fixed_dictionaries({}, optional=optional).map(
        lambda stated: lg.Course(
            key=key, **stated, duration_unit="Credit Hours" if stated.get("duration") is not None else None
        )
    )


def _read(text: str) -> lg.LearningGraph:
    assert is_curriculum(text)
    return read_curriculum(text, "x.csv", {}, [])


@given(graph=curricula())
def test_reading_what_was_written_gives_an_equal_graph(graph: lg.LearningGraph) -> None:
    text, lost = written(graph, "csv")
    again = _read(text)

    assert not lost
    assert again == graph
    assert {finding.code for finding in again.findings} <= {lg.Code.NO_TERM}
    assert written(again, "csv")[0] == text


@given(graph=graphs())
def test_whatever_is_written_is_read_and_written_again_as_it_stands(graph: lg.LearningGraph) -> None:
    text, lost = written(graph, "csv")
    again = _read(text)

    assert {finding.code for finding in lost} <= {lg.Code.LOST_IN_FORMAT}
    assert {finding.code for finding in again.findings} <= {lg.Code.NO_TERM}
    names = [one.name for one in graph if isinstance(one, lg.Course) and one.name and _VISIBLE.search(one.name)]
    assert [one.name for one in again if one.name] == names
    assert written(again, "csv") == (text, lg.Findings())
    assert _read(text) == again


@given(graph=graphs(missing=False, records=False))
def test_a_learning_of_which_nothing_is_told_has_lost_nothing(graph: lg.LearningGraph) -> None:
    text, lost = written(graph, "csv")
    told = {finding.subject for finding in lost}
    courses = [one for one in graph if isinstance(one, lg.Course)]
    key_of = dict(zip((one.key for one in _read(text)), (one.key for one in courses), strict=True))

    for one, again in zip(courses, _read(text), strict=True):
        if one.key not in told and "" not in told:
            assert again == one
        elif one.key not in told:
            wanted = {need.key for need in needs((*one.prerequisites, *one.corequisites))}
            there = {key_of[need.key] for need in needs((*again.prerequisites, *again.corequisites))}
            assert there == wanted
            assert (again.name, again.duration) == (one.name, one.duration)


_CELLS = st.sampled_from(
    ("", "1", "2", "3", "1;2", "1.2", "2,1", '"2,1"', "9;", '"', '"a', "#", "A", "Course ID", "Courses", "Term",
     "Prerequisites", "Curriculum", "Additional Courses", "Course Learning Outcomes", "Institution", "\u200b", "x\r",
     "Degree Plan", "System Type", "1e9", "-", "9" * 5000)
)  # fmt: skip


@given(rows=st.lists(st.lists(_CELLS, max_size=5), max_size=8), sign=st.sampled_from(",;\t"))
@example(rows=[["Courses"], ["Course ID", "Term"], ["1", "999"]], sign=",")
def test_reading_any_rows_gives_a_graph_or_a_refusal(rows: list[list[str]], sign: str) -> None:
    text = "\n".join(
        map(sign.join, [["Curriculum", "A"], *rows, ["Courses"], ["Course ID", "Prerequisites", "Term"], ["1"]])
    )

    try:
        graph = _read(text)
    except lg.ReadError:
        return
    assert isinstance(lg.check(graph), lg.Findings)
    again = _read(written(graph, "csv")[0])
    if all(re.fullmatch("-?[0-9]+", key) for key in (one.key for one in graph)):
        assert [one.key for one in again] == [one.key for one in graph]


@pytest.mark.parametrize("separator", [";", ",", ".", ":", " ", "; ", ";;"])
@given(ids=st.lists(st.integers(1, 20).map(str), min_size=1, max_size=4))
def test_ids_are_found_whatever_stands_between_them(separator: str, ids: list[str]) -> None:
    text = f'Curriculum,A\nCourses\nCourse ID,Prerequisites\n99,"{separator.join(ids)}"\n'

    assert [need.key for need in needs(_read(text)["99"].prerequisites)] == ids
