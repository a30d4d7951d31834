from typing import Any

import pytest

from learngraph import Achievement, Need, RecordIds, Relation, Timing
from tests.builders import course, graph, program

_RECORD = "0tyLT0000000AQnYAM"
_COURSE = "0vYLT0000000AH72AM"
_BADGE = "0u9LT00000004oWYAQ"
_OTHER = "0tyLT00000009LOYAY"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        pytest.param("CS 1", "CS 1", id="key"),
        pytest.param(_RECORD, "CS 1", id="record of the learning"),
        pytest.param(_RECORD[:15], "CS 1", id="fifteen characters of it"),
        pytest.param(_COURSE, "CS 1", id="record of the course"),
        pytest.param(_COURSE[:15], "CS 1", id="fifteen characters of that"),
        pytest.param("badge", "badge", id="achievement"),
        pytest.param(_BADGE, "badge", id="record of the achievement"),
        pytest.param(_OTHER[:15], _OTHER, id="learning whose key is its id"),
        pytest.param("NOPE", "NOPE", id="nothing"),
        pytest.param("0tyLT00000009LeYAI", "0tyLT00000009LeYAI", id="record of nothing here"),
    ],
)
def test_a_key_or_an_id_stands_for_a_key_of_the_graph(written: str, key: str) -> None:
    made = graph(
        course("CS 1", salesforce=RecordIds(learning_id=_RECORD, course_id=_COURSE[:15])),
        course(_OTHER),
        achievements=[Achievement(key="badge", record_id=_BADGE)],
    )

    assert made.index.resolve(written) == key


def test_a_key_of_fifteen_characters_stands_for_its_record_in_both_forms() -> None:
    made = graph(course(_OTHER[:15]))

    assert made.index.resolve(_OTHER) == _OTHER[:15]


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        pytest.param("CS 1", False, id="learning"),
        pytest.param("badge", False, id="achievement"),
        pytest.param(_RECORD, False, id="a record, wherever it is"),
        pytest.param(_RECORD[:15], False, id="a record in fifteen characters"),
        pytest.param("0tyLT0000000AQnYAX", True, id="an id with a wrong checksum"),
        pytest.param("cs 1", True, id="another case"),
        pytest.param("NOPE", True, id="nothing"),
    ],
)
def test_what_is_not_there(key: str, missing: bool) -> None:  # noqa: FBT001 - what the table says
    made = graph("CS 1", achievements=[Achievement(key="badge")])

    assert made.index.is_missing(key) is missing


def test_references_tell_where_a_need_stands_and_what_it_means_there() -> None:
    made = graph(
        course("A", salesforce=RecordIds(learning_id=_RECORD)),
        course(
            "B",
            "X",
            {"any": [_RECORD, {"need": "X", "timing": "with"}]},
            corequisites=["A"],
            recommended=["A"],
        ),
    )

    expected: list[tuple[Any, ...]] = [
        ("B", Relation.PREREQUISITE, 0, Need("X"), "X", Timing.BEFORE),
        ("B", Relation.PREREQUISITE, 1, Need(_RECORD), "A", Timing.BEFORE),
        ("B", Relation.PREREQUISITE, 1, Need("X", timing=Timing.WITH), "X", Timing.WITH),
        ("B", Relation.COREQUISITE, 0, Need("A"), "A", Timing.BEFORE_OR_WITH),
        ("B", Relation.RECOMMENDED, 0, Need("A"), "A", Timing.BEFORE),
    ]
    assert [tuple(reference) for reference in made.index.references] == expected
    assert [tuple(reference) for reference in made.index.to["A"]] == [expected[1], *expected[3:]]
    assert set(made.index.to) == {"A", "X"}


def test_the_usual_timing_of_corequisites_is_the_one_of_the_options() -> None:
    made = graph(course("B", corequisites=["A"]), options={"corequisite_timing": "with"})

    assert [reference.timing for reference in made.index.references] == [Timing.WITH]


def test_grantors_are_named_once_in_graph_order_and_by_whatever_names_the_achievement() -> None:
    made = graph(
        program("P", outcomes=["badge"]),
        course("A", outcomes=[_BADGE, "badge", "medal"]),
        achievements=[Achievement(key="badge", record_id=_BADGE)],
    )

    assert dict(made.index.grantors) == {"badge": ("P", "A"), "medal": ("A",)}


def test_the_index_is_made_anew_after_a_change() -> None:
    made = graph("A", course("B", "A"))
    before = made.index
    assert made.index is before

    made.replace(course("B", "C"))

    assert set(before.to) == {"A"}
    assert set(made.index.to) == {"C"}
