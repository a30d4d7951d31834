"""Ids beside a catalogue: a section an org, written whole."""

import json
from pathlib import Path

import pytest

import learngraph as lg
from learngraph.publish.ids_file import IdsKeeper, KnownIds, ids_path, read_ids, write_ids
from tests.property.documented_org import record_id

_ONE, _TWO = record_id("0ty", 1), record_id("0ty", 2)
_ORG, _OTHER = "00D000000000001EAA", "00D000000000002EAA"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    known = KnownIds().having(_ORG, {"CS 1": _ONE}).having(_OTHER, {"CS 1": _TWO})

    write_ids(known, tmp_path / "a.ids.json")

    assert read_ids(tmp_path / "a.ids.json") == known
    assert json.loads((tmp_path / "a.ids.json").read_text(encoding="utf-8"))["format"] == "learngraph-ids/1"


def test_ids_belong_to_one_org_however_its_own_id_is_written() -> None:
    known = KnownIds().having(_ORG, {"A": _ONE}).having(_ORG[:15], {"B": _TWO, "A": _TWO})

    assert known.of(_ORG) == {"A": _TWO, "B": _TWO}
    assert known.of(_OTHER) == {}
    assert len(known.orgs) == 1


def test_where_there_is_no_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_ids(tmp_path / "none.ids.json") == KnownIds()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[]", id="a list"),
        pytest.param('{"orgs": {}}', id="no format"),
        pytest.param('{"format": "learngraph-ids/2", "orgs": {}}', id="another format"),
        pytest.param('{"format": "learngraph-ids/1"}', id="no orgs"),
        pytest.param('{"format": "learngraph-ids/1", "orgs": {"00D": []}}', id="no section"),
        pytest.param('{"format": "learngraph-ids/1", "orgs": {"00D": {"A": 1}}}', id="an id that is no text"),
        pytest.param("{", id="no JSON"),
    ],
)
def test_anything_else_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ids.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(lg.ReadError, match=r"a\.ids\.json"):
        read_ids(path)


@pytest.mark.parametrize(
    ("catalogue", "beside"),
    [
        ("cs.json", "cs.ids.json"),
        ("folder/rpi.jsonl", "folder/rpi.ids.json"),
        ("folder/", "folder.ids.json"),
        ("-", None),
        ("example:2", None),
    ],
)
def test_the_file_is_beside_the_catalogue(catalogue: str, beside: str | None) -> None:
    assert ids_path(catalogue) == (Path(beside) if beside else None)


def test_ids_are_written_at_once_then_after_a_second_and_at_the_end(tmp_path: Path) -> None:
    path, times = tmp_path / "a.ids.json", iter([0.0, 0.5, 1.5, 1.5, 1.6, 1.6])
    keeper = IdsKeeper(_ORG, path, now=lambda: next(times))
    known = []
    for key in "ABCD":
        keeper({key: {"learning_id": _ONE}, "badge": {"achievement_id": _TWO}})
        known.append("".join(read_ids(path).of(_ORG)))
    keeper.write()

    assert [*known, "".join(read_ids(path).of(_ORG))] == ["A", "A", "ABC", "ABC", "ABCD"]
