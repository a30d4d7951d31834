import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import learngraph as lg
from learngraph.files.formats import written
from learngraph.files.schema import document_schema
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem, Snapshot
from tests.property.strategies import grades, graphs, learnings, numbers, record_ids, requirements

_VALIDATOR = jsonschema.Draft202012Validator(document_schema())
_ID = "0tyLT0000000AQnYAM"


def _read(data: bytes, name: str = "catalogue.json") -> lg.LearningGraph:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return lg.read(path)


def _read_snapshot(data: bytes) -> Snapshot:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "org.json"
        path.write_bytes(data)
        return lg.read_snapshot(path)


def _document(held: lg.LearningGraph | Snapshot) -> bytes:
    text, lost = written(held, "document")
    assert not lost
    return text.encode()


@given(graph=graphs())
def test_reading_what_was_written_gives_an_equal_graph(graph: lg.LearningGraph) -> None:
    again = _read(_document(graph))

    assert again == graph
    assert [*again] == [*graph]
    assert not again.findings


@given(graph=graphs())
def test_writing_what_was_read_gives_the_same_bytes(graph: lg.LearningGraph) -> None:
    data = _document(graph)

    assert _document(_read(data)) == data
    assert _document(graph) == data


@given(graph=graphs())
def test_what_is_written_follows_the_schema(graph: lg.LearningGraph) -> None:
    document = json.loads(_document(graph))

    assert [error.message for error in _VALIDATOR.iter_errors(document)] == []


@given(graph=graphs(), data=st.data())
def test_the_order_of_properties_does_not_count(graph: lg.LearningGraph, data: st.DataObject) -> None:
    document = json.loads(_document(graph))
    shuffled = {name: document[name] for name in data.draw(st.permutations(list(document)))}
    shuffled["learnings"] = [dict(reversed(record.items())) for record in document["learnings"]]

    assert _read(json.dumps(shuffled).encode()) == graph


@given(learning=learnings())
def test_null_and_absent_are_one_nothing(learning: lg.Learning) -> None:
    document = json.loads(_document(lg.LearningGraph([learning])))
    (record,) = document["learnings"]
    nulls = dict.fromkeys(type(learning).model_fields)

    again = _read(json.dumps({**document, "learnings": [{**nulls, **record}]}).encode())

    assert [*again] == [learning]
    assert not again.findings


@given(trees=st.lists(requirements(), min_size=1, max_size=3))
def test_requirements_keep_their_form(trees: list[lg.Requirement]) -> None:
    graph = lg.LearningGraph([lg.Course(key="A", prerequisites=trees, corequisites=trees, recommended=trees)])

    again = _read(_document(graph))["A"]

    assert (again.prerequisites, again.corequisites, again.recommended) == (tuple(trees),) * 3


# all text that JSON can hold, half surrogate pairs, control characters and line separators included
_ANY_TEXT = st.text(st.characters(exclude_categories=()), min_size=1, max_size=6)


@given(text=_ANY_TEXT)
@example("\ud800")
@example("\udfff\ud800")
@example("\x00")
@example("\u2028\x85")
def test_every_text_of_json_survives(text: str) -> None:
    record = {
        "key": text,
        "type": "course",
        "name": text,
        "description": text,
        "duration_unit": text,
        "external_id": text,
        "prerequisites": [text, {"condition": text}],
        "equivalents": [text],
        "outcomes": [{"achievement": text}],
        "skills": [{"name": text, "description": text}],
        "custom_fields": {"x": [text]},
    }
    document = {"format": "learngraph/1", "learnings": [record]}

    read = _read(json.dumps(document).encode())

    assert not read.findings
    assert json.loads(_document(read)) == document


# a tree of lines says nothing of timing and duration
_lines_trees = requirements(with_timings=False, durations=False)


@st.composite
def _line_graphs(draw: st.DrawFn) -> lg.LearningGraph:
    names = draw(st.lists(st.sampled_from(("A", "x/y", "CS.", "數")), unique=True, max_size=3))
    return lg.LearningGraph(
        lg.Course(
            key=name,
            name=draw(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)),
            prerequisites=draw(st.lists(_lines_trees, max_size=1)),
            corequisites=draw(st.lists(_lines_trees, max_size=1)),
            **(draw(st.just({}) | numbers.map(lambda n: {"duration": n, "duration_unit": "Credit Hours"}))),
        )
        for name in names
    )


@given(graph=_line_graphs())
def test_lines_hold_what_they_do_not_call_lost(graph: lg.LearningGraph) -> None:
    text, lost = written(graph, "lines")

    if len(graph):
        assert not lost
        assert [*_read(text.encode(), "x.jsonl")] == [*graph]


@given(graph=graphs(options=lg.Options()))
def test_what_lines_lose_is_told_for_each_learning(graph: lg.LearningGraph) -> None:
    text, lost = written(graph, "lines")
    told = {finding.subject for finding in lost}
    again = _read(text.encode() or b"\n{}", "x.jsonl")

    for learning in graph:
        if learning.key not in told:
            assert lg.equivalent(_bare(again[learning.key]), _bare(learning))


def _bare(learning: lg.Learning) -> lg.Learning:
    # several requirements become one all-of; subject and number are read out of a key
    trees = {
        name: [lg.AllOf(*getattr(learning, name))] if getattr(learning, name) else []
        for name in ("prerequisites", "corequisites", "recommended")
    }
    return learning.replaced(**trees, subject_abbreviation=None, course_number=None)


@st.composite
def _snapshots(draw: st.DrawFn) -> Snapshot:
    graph = draw(graphs(max_size=2, plans=False, max_leaves=2))
    measure = {"minimum_grade": st.none() | grades, "duration": st.none() | numbers}
    unit = st.none() | st.sampled_from(("Credit Hours", "Other"))
    items = st.builds(
        FoundationItem,
        id=record_ids("0ww"),
        relation=st.sampled_from((lg.Relation.PREREQUISITE, lg.Relation.COREQUISITE, lg.Relation.RECOMMENDED)),
        achievement=st.none() | record_ids("0u9"),
        kind=st.sampled_from((None, "LearningCourse", "AchievementGroup")),
        grantors=st.lists(
            st.builds(Grantor, learning=record_ids("0ty"), minimum_grade=st.none() | grades), max_size=2
        ).map(tuple),
        duration_unit=unit,
        **measure,
    )
    outcomes = st.builds(
        OutcomeItem,
        id=record_ids("0uE"),
        achievement=record_ids("0u9"),
        primary=st.booleans(),
        duration_unit=unit,
        **measure,
    )
    keys = [learning.key for learning in graph]
    some_items = {key: tuple(draw(st.lists(items, min_size=1, max_size=2))) for key in keys if draw(st.booleans())}
    some_outcomes = {
        key: tuple(draw(st.lists(outcomes, min_size=1, max_size=2))) for key in keys if draw(st.booleans())
    }
    return Snapshot(graph, some_items, some_outcomes)


@given(snapshot=_snapshots())
def test_a_snapshot_that_was_written_is_read_as_the_same(snapshot: Snapshot) -> None:
    data = _document(snapshot)

    assert _read(data) == snapshot.graph
    if snapshot.requirements or snapshot.outcomes:
        again = _read_snapshot(data)
        assert again.graph == snapshot.graph
        assert dict(again.requirements) == dict(snapshot.requirements)
        assert dict(again.outcomes) == dict(snapshot.outcomes)
    assert [error.message for error in _VALIDATOR.iter_errors(json.loads(data))] == []


_NAMES = st.sampled_from(
    ("format", "learnings", "learning", "key", "id", "type", "prerequisites", "any", "need", "details", "self")
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(("learngraph/1", "Learning Course", "A")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x"])
@given(data=st.binary(max_size=40))
@example(data=b"\xff\xfe")
@example(data=b"\xff\xfe{\x00")
@example(data=b"\xef\xbb\xbf")
@example(data=b"{\x00}")
@example(data=b"[" * 5_000)
@example(data=b"9" * 5_000)
def test_reading_arbitrary_bytes_never_raises_anything_of_others(name: str, data: bytes) -> None:
    _read_or_refuse(data, name)


@pytest.mark.parametrize("name", ["x.json", "x.jsonl"])
@given(value=_JSON)
def test_reading_arbitrary_json_never_raises_anything_of_others(name: str, value: Any) -> None:
    _read_or_refuse(json.dumps(value).encode(), name)


def _read_or_refuse(data: bytes, name: str = "x.json") -> lg.LearningGraph | None:
    """Read, check and write: nothing but a refusal by name may come of it."""
    try:
        read = _read(data, name)
    except lg.ReadError as error:
        _assert_names(error, name)
        return None
    assert isinstance(lg.check(read), lg.Findings)
    assert _read(_document(read)) == read
    return read


def _assert_names(error: lg.LearnGraphError, what: str) -> None:
    assert str(error)
    assert what in str(error)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a JSON value, the whole first."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        yield from _paths(item, (*path, name))


def _replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    result = copy.deepcopy(value)
    inner = result
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = new
    return result


_WHOLE: dict[str, Any] = {
    "format": "learngraph/1",
    "options": {
        "name": "ACME",
        "grades": {"A": 4, "P": None},
        "corequisite_timing": "with",
        "defaults": {"active": True, "provider": "acme"},
        "dialect": {"batch_size": 3, "value_sets": {"academic_level": ["X"]}, "text_lengths": {"name": 9}},
    },
    "salesforce": {"org": "00D000000000001AAA", "sandbox": True, "answered": False},
    "providers": [{"key": "acme", "name": "ACME", "record_id": "001LT000009puL0YAI"}],
    "achievements": [{"key": "badge", "kind": "Custom"}],
    "learnings": [
        {"key": "FIRST", "type": "course", "name": "First"},
        {
            "key": "CS 601",
            "type": "course",
            "course_number": 601,
            "active_from": "2024-09-01",
            "duration": 4,
            "prerequisites": ["FIRST", {"any": [{"need": "LAST", "minimum_grade": "A", "timing": "with"}]}],
            "corequisites": [{"at_least": 1, "of": ["FIRST", {"condition": "consent"}]}],
            "recommended": [{"all": ["FIRST"]}],
            "outcomes": [{"achievement": "badge", "minimum_grade": 3}],
            "skills": [{"name": "Java"}],
            "equivalents": ["LAST"],
            "exclusions": ["FIRST"],
            "external_id": "CS-601",
            "custom_fields": {"Campus__c": ["North", {"x": 1}]},
            "salesforce": {"learning_id": _ID, "course_id": "0vYLT0000000AH72AM"},
        },
        {"key": "PROGRAM", "type": "program", "top_level_program": True},
        {"key": "LAST", "type": "course", "name": "Last"},
    ],
    "program_plans": [
        {
            "key": "plan",
            "program": "PROGRAM",
            "active_from": "2026-08-15",
            "version": 1,
            "requirements": [
                {"name": "Core", "sequence": 1, "needs": {"all": ["FIRST"]}},
                {"needs": {"credits": 9, "of": ["FIRST", {"any": ["LAST"]}]}},
            ],
        }
    ],
    "degree_plans": [{"key": "way", "program": "PROGRAM", "terms": [["FIRST"], ["LAST"]]}],
    "snapshot": {
        "requirements": [
            {
                "learning": "CS 601",
                "id": "0wwLT00000004gLYAQ",
                "relation": "prerequisite",
                "grantors": [{"learning": _ID}],
            }
        ],
        "outcomes": [
            {
                "learning": "CS 601",
                "id": "0uELT00000005ZB2AY",
                "achievement": "0u9LT00000005anYAA",
                "primary": True,
            }
        ],
    },
}
_PLACES = [path for path in _paths(_WHOLE) if path]
_SURVIVORS = {"FIRST", "CS 601", "PROGRAM", "LAST"}
_OTHERS: st.SearchStrategy[Any] = st.sampled_from(
    (None, True, False, 0, -1, 1.5, "", "x", "FIRST", [], {}, [None], [0], ["x"], [[]], {"x": 1}, {"self": 1},
     {"need": "x", "self": 1}, {"key": "FIRST"}, 10**400, "2025-02-30", {"credits": "x", "of": []})
)  # fmt: skip


@settings(max_examples=100)
@given(place=st.sampled_from(_PLACES), new=_OTHERS | _JSON)
def test_any_wrong_value_in_a_document_costs_no_other_learning(place: tuple[str | int, ...], new: Any) -> None:
    read = _read_or_refuse(json.dumps(_replaced(_WHOLE, place, new)).encode())

    if place[0] in {"format", "snapshot"} or place in {("learnings",), ("options",), ("salesforce",)}:
        return  # a file of another kind: it may be refused by name
    assert read is not None
    changed = {place[1]} if place[0] == "learnings" else set()
    wanted = {learning["key"] for number, learning in enumerate(_WHOLE["learnings"]) if number not in changed}
    assert {learning.key for learning in read} >= wanted
    if len(place) > 2 and place[0] == "learnings" and place[2] != "key":
        assert {learning.key for learning in read} == _SURVIVORS


@pytest.mark.parametrize("place", _PLACES, ids=lambda place: ".".join(map(str, place)))
def test_null_anywhere_in_a_document_is_read_or_told(place: tuple[str | int, ...]) -> None:
    _read_or_refuse(json.dumps(_replaced(_WHOLE, place, None)).encode())


_BODIES: list[Any] = [
    {
        "learnings": [
            {"learning": {"type": "Learning Course", "name": "FIRST"}},
            {
                "learning": {
                    "learningId": _ID,
                    "type": "Learning Course",
                    "name": "A",
                    "courseNumber": 601,
                    "active": True,
                    "activeFromDate": "2024-09-01T00:00:00.00Z",
                    "duration": 4,
                    "learningCourseCustomFields": {"Ext__c": "E-1"},
                },
                "prerequisites": {
                    "createRecords": [
                        {
                            "type": "Group Achievement",
                            "achievementContributors": [
                                {"id": "0tyLT00000009LOYAY", "minimumGrade": 7, "type": "Learning"},
                                {"courseExternalId": {"fieldName": "Ext__c", "fieldValue": "E-1"}},
                            ],
                        }
                    ],
                    "deleteRecords": [{"foundationItemId": "0wwLT00000004gLYAQ"}],
                },
                "corequisites": [{"type": "Single Achievement", "duration": 3, "learningId": "0tyLT00000009LQYAY"}],
                "outcomes": [{"type": "Single Achievement", "learningAchievementId": "0u9LT00000004oWYAQ"}],
                "skills": [{"type": "Skill Achievement", "name": "Java"}],
            },
            {"learning": {"type": "Learning Program", "name": "LAST", "topLevelProgram": True}},
        ]
    }
]
_ANSWERS: list[Any] = [
    {"learning": {"learningId": "0tyLT00000009LOYAY", "type": "Learning Course", "name": "FIRST"}},
    {
        "learning": {
            "learningId": _ID,
            "type": "Learning Course",
            "name": "A",
            "courseNumber": 101,
            "learningCourseCustomFields": {"a": 1},
        },
        "prerequisites": [
            {
                "learningFoundationItemId": "0wwLT00000004gLYAQ",
                "learningAchievementId": "0u9LT00000005anYAA",
                "learningAchievementType": "GroupAchievment",
                "minimumNumericGrade": 2.5,
                "fullfilledBy": [
                    {"learningOutcomeItem": {"duration": 3}, "learning": {"learningId": "0tyLT00000009LeYAI"}}
                ],
            }
        ],
        "corequisites": {},
        "outcomes": [{"learningOutcomeId": "0uELT00000005ZB2AY", "learningAchievementId": "0u9LT00000005anYAA"}],
        "success": True,
        "errors": [{"field": "name", "message": "success"}],
    },
]


@settings(max_examples=100)
@given(data=st.data(), new=_OTHERS | _JSON)
@pytest.mark.parametrize("whole", [pytest.param(_BODIES, id="bodies"), pytest.param(_ANSWERS, id="answers")])
def test_any_wrong_value_in_a_body_or_an_answer_is_read_or_refused(
    whole: list[Any], data: st.DataObject, new: Any
) -> None:
    place = data.draw(st.sampled_from([*_paths(whole)]))

    read = _read_or_refuse(json.dumps(_replaced(whole, place, new)).encode())

    if whole is _BODIES and len(place) > 3:
        assert read is not None
        names = [learning.name for learning in read]
        assert "FIRST" in names or place[2] == 0
        assert "LAST" in names or place[2] == 2


@settings(max_examples=100)
@given(place=st.sampled_from(_PLACES), new=_OTHERS | _JSON)
def test_bodies_of_whatever_was_read_are_written_or_refused(place: tuple[str | int, ...], new: Any) -> None:
    data = json.dumps(_replaced(_WHOLE, place, new)).encode()

    try:
        read = _read(data)
        lg.post_bodies(read)
    except lg.LearnGraphError as error:
        _assert_names(error, "")
    try:
        lg.patch_bodies(_read_snapshot(data), _read(_document(_read(json.dumps(_WHOLE).encode()))))
    except lg.LearnGraphError as error:
        _assert_names(error, "")
