"""Bad input never shows a traceback, loses nothing and never hangs."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.functional.conftest import Learngraph
from tests.functional.running import PATIENCE, Ran, document, put, run


def _refused(ran: Ran, *told: str) -> None:
    assert ran.code == 1
    assert ran.out == b""
    assert "Traceback" not in ran.err
    assert "fault of learngraph" not in ran.err
    assert [part for part in told if part not in ran.err] == []
    assert len(ran.err) < 100_000


_NOT_TEXT = [
    pytest.param(b"", "bad.json", id="an empty file"),
    pytest.param(b"\xef\xbb\xbf", "bad.json", id="nothing but a byte-order mark"),
    pytest.param(b" \n\n ", "bad.json", id="nothing but spaces"),
    pytest.param(b"hello", "bad.json:1", id="not JSON"),
    pytest.param(b'{"learnings": [\n\n{"key": A}]}', "bad.json:3", id="not JSON on line 3"),
    pytest.param(b'{"learnings": [\n{"key": "A"},\n{"key": "B', "bad.json:3", id="truncated in a text"),
    pytest.param(b'{"learnings": [\n{"key": "A"}', "bad.json:2", id="truncated in a list"),
    pytest.param(b'{"learnings": [\n{"key": "A\x00"}]}', "bad.json:2", id="a NUL byte in a text"),
    pytest.param(b'{"learnings": [\n\x00]}', "bad.json:2", id="a NUL byte"),
    pytest.param('{"learnings": [\n{"key": "Größe"}]}'.encode("cp1252"), "bad.json:2", id="cp1252"),
    pytest.param("{}".encode("utf-16")[:-1], "bad.json:1", id="half a character of UTF-16"),
    pytest.param(b"[" * 100_000 + b"]" * 100_000, "bad.json", id="100,000 brackets"),
    pytest.param(b'{"a":' * 100_000, "bad.json", id="100,000 open objects"),
    pytest.param(b"5", "bad.json", id="a number"),
    pytest.param(b"null", "bad.json", id="null"),
    pytest.param(b'"CS 101"', "bad.json", id="a text"),
    pytest.param(b"[1, 2]", "bad.json", id="a list of numbers"),
    pytest.param(b"{}", "bad.json", id="an empty object"),
    pytest.param(b'{"courses": []}', "courses", id="JSON of another shape"),
    pytest.param(b'[{"learnings": []}, {"courses": []}]', "bad.json", id="a list of several shapes"),
    pytest.param(b'{"format": "other/1", "learnings": []}', "other/1", id="another format"),
]


@pytest.mark.parametrize(("data", "told"), _NOT_TEXT)
def test_what_is_no_catalogue_is_refused_by_every_command(
    learngraph: Learngraph, data: bytes, told: str, tmp_path: Path
) -> None:
    bad, out = put(tmp_path, data, "bad.json"), put(tmp_path, b"before", "out.json")

    for arguments in (
        ["check", bad],
        ["post", bad, "-o", out],
        ["patch", bad, "example:1", "-o", out],
        ["patch", "example:1", bad, "-o", out],
        ["convert", bad, out],
    ):
        ran = learngraph(*arguments)
        _refused(ran, *([told] if "example:1" not in arguments[1:2] else []))
    assert out.read_bytes() == b"before"


@pytest.mark.parametrize(("data", "told"), _NOT_TEXT[:11:2])
def test_what_is_no_catalogue_is_refused_from_standard_input(data: bytes, told: str) -> None:
    ran = run("check", "-", stdin=data)

    _refused(ran, told.removeprefix("bad.json"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param('{"duration": NaN}', "duration", id="NaN"),
        pytest.param('{"duration": -Infinity}', "duration", id="Infinity"),
        pytest.param('{"custom_fields": {"x": NaN}}', "custom_fields", id="NaN inside"),
        pytest.param('{"name": "One", "name": "Two"}', "name", id="a repeated property"),
        pytest.param('{"duration": DIGITS}', "duration", id="400 digits"),
        pytest.param('{"duration": -DIGITS.5}', "duration", id="-400 digits"),
        pytest.param(
            '{"prerequisites": [{"need": "Z", "minimum_grade": DIGITS}]}', "grade", id="a grade of 400 digits"
        ),
    ],
)
def test_a_wrong_value_is_told_with_its_record_and_field(
    learngraph: Learngraph, fields: str, field: str, tmp_path: Path
) -> None:
    record = fields.replace("{", '{"key": "A", "active": true, ', 1).replace("DIGITS", "9" * 400)
    bad = put(tmp_path, f'{{"learnings": [{{"key": "Z", "active": true, "name": "Z"}}, {record}]}}', "bad.json")

    _refused(learngraph("check", bad), "bad.json", "learnings[1]", field)
    _refused(learngraph("post", bad), "bad.json", "learnings[1]", field)


def test_a_number_of_5000_digits_is_told_with_its_place(learngraph: Learngraph, tmp_path: Path) -> None:
    digits = "9" * 5_000
    bad = put(tmp_path, f'{{"learnings": [{{"key": "A"}},\n{{"key": "B", "duration": {digits}}}]}}', "bad.json")

    ran = learngraph("check", bad)

    _refused(ran, "bad.json", "digits")
    assert "bad.json:2" in ran.err or "(B)" in ran.err


def _with(field: str, value: Any) -> dict[str, Any]:
    return document("A", {"key": "B", "prerequisites": ["A"], field: value})


def _bounded(ran: Ran) -> None:
    assert ran.code in {0, 1}
    assert "Traceback" not in ran.err
    assert "fault of learngraph" not in ran.err
    assert len(ran.err) < 100_000


_X = "x" * 10_000_000


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(_with("key", _X), id="a key"),
        pytest.param(_with("name", _X), id="a name"),
        pytest.param(_with("prerequisites", [{"need": "A", "minimum_grade": _X}]), id="a grade"),
        pytest.param(_with("prerequisites", [{"need": "A", "timing": _X}]), id="a timing"),
    ],
)
def test_a_text_of_10_megabytes_never_hangs_and_is_never_shown_whole(value: Any, tmp_path: Path) -> None:
    _bounded(run("check", put(tmp_path, value, "big.json")))


_BIG = 1_000_000
_M = "x" * _BIG


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(_with("name", "<a" * (_BIG // 2)), id="a name of half tags"),
        pytest.param(_with("name", "&a" * (_BIG // 2)), id="a name of half entities"),
        pytest.param(_with("name", "&amp;" * (_BIG // 5)), id="a name of entities"),
        pytest.param(_with("name", "Ã©" * (_BIG // 4)), id="a name decoded wrongly"),
        pytest.param(_with("name", " " * _BIG), id="a name of spaces"),
        pytest.param(_with("key", " " * _BIG), id="a key of spaces"),
        pytest.param(_with("cip_code", "1" * _BIG), id="a CIP code"),
        pytest.param(_with("active_from", "2" * _BIG), id="a date"),
        pytest.param(_with("duration", _M), id="a duration"),
        pytest.param(_with("duration_unit", _M), id="a unit"),
        pytest.param(_with("course_number", _M), id="a number"),
        pytest.param(_with("type", _M), id="a type"),
        pytest.param(_with(_M, 1), id="a field"),
        pytest.param(_with("prerequisites", ["A" + _M]), id="a need"),
        pytest.param(_with("prerequisites", [{"condition": _M}]), id="a condition"),
        pytest.param(_with("prerequisites", [{"need": "A", "minimum_grade": "9" * _BIG}]), id="a grade of digits"),
        pytest.param(_with("prerequisites", [{_M: 1}]), id="a form"),
        pytest.param(_with("prerequisites", [{"need": "A", _M: 1}]), id="a part"),
        pytest.param(_with("custom_fields", {_M: _M}), id="a custom field"),
        pytest.param(_with("salesforce", {"learning_id": _M}), id="an id"),
        pytest.param({**document("A"), "options": {"grades": _M}}, id="a scale"),
        pytest.param({**document("A"), "options": {_M: 1, "defaults": {_M: 1}, "dialect": {_M: 1}}}, id="options"),
        pytest.param({**document("A"), _M: 1}, id="a section"),
        pytest.param({**document("A"), "format": _M}, id="a format"),
        pytest.param([{"learnings": [{"learning": {"name": _M, "courseNumber": _M}}]}], id="a body"),
        pytest.param({"learning": {"learningId": _M, "name": _M, "type": _M}}, id="an answer"),
        pytest.param({"learning": {"name": "A", _M: 1}, "errors": [{"field": _M, "message": _M}]}, id="an error"),
    ],
)
@pytest.mark.parametrize("form", ["text", "github"])
def test_a_text_of_a_megabyte_is_never_shown_whole(
    learngraph: Learngraph, value: Any, form: str, tmp_path: Path
) -> None:
    _bounded(learngraph("check", put(tmp_path, value, "big.json"), "--format", form))


def test_a_megabyte_as_credits_or_as_an_id_of_a_line_is_never_shown_whole(
    learngraph: Learngraph, tmp_path: Path
) -> None:
    lines = [{"id": "A", "credits": "1-" * (_BIG // 2)}, {"id": "B", "credits": "9" * _BIG}, {"id": " " * _BIG}]

    ran = learngraph("check", put(tmp_path, "\n".join(map(json.dumps, lines)), "big.jsonl"))

    assert "LG106" in ran.err
    _bounded(ran)


def test_a_hundred_thousand_names_and_one_repeated_never_hang(tmp_path: Path) -> None:
    names = "".join(f'"x{number}": 1, ' for number in range(100_000))
    text = f'{{"learnings": [{{"key": "A", "custom_fields": {{{names} "x1": 2}}}}]}}'

    _refused(run("check", put(tmp_path, text, "big.json")), "LG111", "x1")


def test_five_thousand_unknown_fields_are_rolled_up(tmp_path: Path) -> None:
    record = {"key": "A", **{f"field{number}": 1 for number in range(5_000)}}

    _refused(run("check", put(tmp_path, document(record), "big.json")), "LG102")


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("nowhere.json", id="a file that is not there"),
        pytest.param(".", id="a folder"),
        pytest.param("a\x00b.json", id="a name with a NUL byte"),
        pytest.param("x" * 5_000, id="a name that is too long"),
        pytest.param("file.json/inside.json", id="a file as a folder"),
    ],
)
def test_a_file_that_is_none_is_refused(learngraph: Learngraph, place: str, tmp_path: Path) -> None:
    put(tmp_path, document("A"), "file.json")

    for arguments in (["check"], ["post"], ["patch", "example:1"]):
        _refused(learngraph(*arguments, f"{tmp_path}/{place}"), str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_refused(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document("A"))
    path.chmod(0)

    _refused(learngraph("check", path), "catalogue.json")


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("folder", id="a folder"),
        pytest.param("missing/out.json", id="a folder that is not there"),
        pytest.param("file.json/out.json", id="a file as a folder"),
        pytest.param("/proc/nope", id="no place for files"),
        pytest.param("a\x00b", id="a name with a NUL byte"),
        pytest.param("x" * 300 + ".json", id="a name that is too long"),
        pytest.param("/dev/full", id="a device that is full"),
    ],
)
def test_an_output_that_cannot_be_written_is_told_and_nothing_is_changed(
    learngraph: Learngraph, target: str, tmp_path: Path
) -> None:
    source = put(tmp_path, document("A"), "file.json")
    before = source.read_bytes()
    (tmp_path / "folder").mkdir()
    out = target if target.startswith("/") else f"{tmp_path}/{target}"

    for arguments in (["post", source, "-o", out], ["convert", source, out, "--to", "document"]):
        _refused(learngraph(*arguments), target[:50].partition("\x00")[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.json", "folder"]
    assert source.read_bytes() == before


def test_a_device_stays_a_device(learngraph: Learngraph, tmp_path: Path) -> None:
    source = put(tmp_path, document("A"))

    for arguments in (["post", source, "-o", "/dev/null"], ["convert", source, "/dev/null", "--to", "lines"]):
        ran = learngraph(*arguments)
        assert (ran.code, ran.out) == (0, b"")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_full_standard_output_is_told(tmp_path: Path) -> None:
    source = put(tmp_path, document("A"))

    for arguments in (["schema"], ["post", source], ["check", source, "--format", "json"]):
        command = [sys.executable, "-m", "learngraph", *map(str, arguments)]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=PATIENCE)
        assert done.returncode == 1
        assert b"No space left" in done.stderr
        assert b"fault of learngraph" not in done.stderr
        assert b"Traceback" not in done.stderr


def test_a_pipe_may_be_named_as_output(tmp_path: Path) -> None:
    source = put(tmp_path, document("A"))

    ran = run("post", source, "-o", "/dev/stdout")

    assert ran.code == 0
    assert [item["learning"]["name"] for item in ran.json["learnings"]] == ["About A"]


def test_an_output_is_replaced_whole_and_keeps_its_permissions(learngraph: Learngraph, tmp_path: Path) -> None:
    source, out = put(tmp_path, document("A")), put(tmp_path, b"before" * 10_000, "out.json")
    out.chmod(0o640)

    assert learngraph("post", source, "-o", out).code == 0

    assert json.loads(out.read_bytes())["learnings"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue.json", "out.json"]


def test_a_link_as_output_stays_a_link(learngraph: Learngraph, tmp_path: Path) -> None:
    source, out = put(tmp_path, document("A")), put(tmp_path, b"before", "out.json")
    (tmp_path / "link.json").symlink_to(out)

    assert learngraph("post", source, "-o", tmp_path / "link.json").code == 0

    assert (tmp_path / "link.json").is_symlink()
    assert json.loads(out.read_bytes())["learnings"]


def test_a_file_may_be_converted_onto_itself(learngraph: Learngraph, tmp_path: Path) -> None:
    source = put(tmp_path, document("A", "B"))

    assert learngraph("convert", source, source).code == 0
    assert learngraph("check", source).code == 0


def test_a_byte_order_mark_is_read_past(learngraph: Learngraph, tmp_path: Path) -> None:
    text = json.dumps(document("A"))

    for data in (text.encode("utf-8-sig"), text.encode("utf-16"), b"\xfe\xff" + text.encode("utf-16-be")):
        assert learngraph("check", put(tmp_path, data)).code == 0


def test_a_broken_line_among_many_loses_no_other(learngraph: Learngraph, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"A {n}", "name": "x", "active": True}) for n in range(100)]
    lines[41] = lines[41][:20]

    ran = learngraph("convert", put(tmp_path, "\n".join(lines), "in.jsonl"), tmp_path / "out.jsonl")

    assert ran.code == 1
    assert "in.jsonl:42" in ran.err
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 99


@pytest.mark.parametrize("command", [("metrics",), ("metrics", "--format", "csv"), ("explain", "A"), ("compare",)])
def test_half_a_character_is_shown_and_not_written(command: tuple[str, ...], tmp_path: Path) -> None:
    path = put(tmp_path, '{"learnings": [{"key": "A", "name": "half \\ud800"}, {"key": "B\\ud800"}]}')
    name, *rest = command

    ran = run(name, path, *(["example:1"] if name == "compare" else rest))

    assert ran.code == 0
    assert ran.err == ""
    assert b"\\ud800" in ran.out
