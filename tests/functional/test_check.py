import json
import os
import pty
import sys
from pathlib import Path
from typing import Any

import pytest

import learngraph as lg
from tests.functional.conftest import Learngraph
from tests.functional.running import document, put, run
from tests.shared import SHARED, needs_shared


def test_a_sound_catalogue_is_sound(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("check", put(tmp_path, document("A", {"key": "B", "prerequisites": ["A"]})))

    assert (ran.code, ran.out, ran.err) == (0, b"", "nothing is wrong\n")


def test_an_error_is_told_with_its_place_and_hint_and_exits_1(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document("CS 101", {"key": "CS 102", "prerequisites": ["CS 1O1"]}))

    ran = learngraph("check", path)

    assert (ran.code, ran.out) == (1, b"")
    assert "LG201" in ran.err
    assert f"{path}: learnings[1] (CS 102)" in ran.err
    assert "did you mean CS 101?" in ran.err
    assert "1 error, 0 warnings, 0 infos" in ran.err


@needs_shared
def test_text_for_people_is_rolled_up_by_cause(learngraph: Learngraph) -> None:
    ran = learngraph("check", SHARED / "catalogues" / "itu.jsonl", "--grades", "itu")

    lines = ran.err.splitlines()
    assert ran.code == 1
    assert "276 unknown courses in 1,511 requirements" in lines[0]
    assert [line.startswith("    ") for line in lines[:6]] == [False, True, True, True, True, False]
    assert "273 more" in lines[4]
    assert "--all" in lines[4]
    assert len(lines) < 80


def _many(count: int) -> dict[str, Any]:
    return document(*[{"key": f"A {n}", "prerequisites": [f"GONE {n % 5}"]} for n in range(count)])


def test_the_first_three_causes_are_shown_and_all_with_all(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, _many(50))

    few, everything = learngraph("check", path), learngraph("check", path, "--all")

    assert "5 unknown courses in 50 requirements" in few.err
    assert few.err.count("GONE") == 3
    assert "9 more like this" in few.err
    assert "2 more" in few.err
    assert everything.err.count("GONE") == 50
    assert (few.code, everything.code) == (1, 1)


def test_json_stands_alone_on_standard_output(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "prerequisites": ["B"], "duration": 3}))

    ran = learngraph("check", path, "--format", "json")

    assert ran.code == 1
    assert ran.err == ""
    assert ran.json["format"] == "learngraph-findings/1"
    assert ran.json["counts"] == {"error": 1, "warning": 1, "info": 0}
    (error, warning) = ran.json["findings"]
    assert error["code"] == "LG201"
    assert error["keys"] == ["A", "B"]
    assert error["file"] == str(path)
    assert error["record"] == "learnings[0] (A)"
    assert error["line"] is None
    assert warning["code"] == "LG308"
    assert {*error} == {"code", "severity", "keys", "message", "hint", "file", "line", "record", "field"}


def test_json_of_nothing_wrong_is_json(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("check", put(tmp_path, document("A")), "--format", "json")

    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {
        "format": "learngraph-findings/1",
        "counts": {"error": 0, "warning": 0, "info": 0},
        "findings": [],
    }


def test_json_of_a_file_that_cannot_be_read_is_json(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("check", tmp_path / "nowhere.json", "--format", "json")

    assert (ran.code, ran.err) == (1, "")
    assert [finding["code"] for finding in ran.json["findings"]] == ["LG100"]


def test_the_same_input_gives_the_same_bytes_however_names_are_hashed(tmp_path: Path) -> None:
    odd = {f"odd{n}": n for n in range(6)}
    records = [{"key": f"A {n}", "prerequisites": [f"B {n}", {"need": "C", **odd}], **odd} for n in range(4)]
    path = put(tmp_path, {**document(*records, options={"defaults": odd, **odd}), **odd})
    body = put(tmp_path, {"learnings": [{"learning": {"name": "A", **odd}, **odd}]}, "body.json")

    for file in (path, body):
        outputs = {run("check", file, "--format", "json", env={"PYTHONHASHSEED": str(seed)}).out for seed in (1, 2)}
        assert len(outputs) == 1


def test_annotations_are_workflow_commands_and_escaped(learngraph: Learngraph, tmp_path: Path) -> None:
    folder = tmp_path / "a,b:c%d"
    folder.mkdir()
    key = "50%\r\n::error::forged \x1b[31m"
    path = put(folder, '\n{"id": %s, "active": true, "name": "x", "duration": -3}\n' % json.dumps(key), "x.jsonl")  # noqa: UP031 - braces

    ran = learngraph("check", path, "--format", "github")

    lines = ran.err.splitlines()
    assert ran.code == 1
    assert lines
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert all(",line=2," in line for line in lines)
    escaped = str(path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    assert all(f"file={escaped}," in line for line in lines)
    assert any("50%25%0D%0A" in line for line in lines)
    assert "\x1b" not in ran.err


def test_warnings_count_with_strict_only(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "duration": 3}))

    assert learngraph("check", path).code == 0
    assert learngraph("check", path, "--strict").code == 1
    assert learngraph("check", path, "--strict", "--ignore", "LG308").code == 0


def test_infos_do_not_count_with_strict(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("check", put(tmp_path, document("A", {"key": "B", "equivalents": ["A"]})), "--strict")

    assert (ran.code, "LG408" in ran.err) == (0, True)


@pytest.mark.parametrize(
    ("choice", "codes"),
    [
        pytest.param([], {"LG201", "LG308", "LG306"}, id="all"),
        pytest.param(["--select", "LG201"], {"LG201"}, id="a code"),
        pytest.param(["--select", "LG3"], {"LG308", "LG306"}, id="a family"),
        pytest.param(["--select", "lg201,LG306"], {"LG201", "LG306"}, id="several with commas"),
        pytest.param(["--select", "LG201", "--select", "LG306"], {"LG201", "LG306"}, id="several times"),
        pytest.param(["--ignore", "LG3"], {"LG201"}, id="without a family"),
        pytest.param(["--select", "LG3", "--ignore", "LG308"], {"LG306"}, id="a family without a code"),
    ],
)
def test_codes_are_selected_and_ignored(
    learngraph: Learngraph, choice: list[str], codes: set[str], tmp_path: Path
) -> None:
    path = put(tmp_path, document({"key": "A", "name": "A &amp; B", "duration": 3, "prerequisites": ["X"]}))

    ran = learngraph("check", path, "--format", "json", *choice)

    assert {finding["code"] for finding in ran.json["findings"]} == codes
    assert ran.code == (1 if "LG201" in codes else 0)


@pytest.mark.parametrize("choice", [["--select", "LG2"], ["--ignore", "LG1"], ["--ignore", "LG100"]])
def test_a_file_that_cannot_be_read_is_never_sound(learngraph: Learngraph, choice: list[str], tmp_path: Path) -> None:
    ran = learngraph("check", tmp_path / "nowhere.json", *choice)

    assert ran.code == 1
    assert "nowhere.json" in ran.err
    assert "nothing is wrong" not in ran.err


@pytest.mark.parametrize("edition", [1, 2])
def test_the_examples_have_no_errors(learngraph: Learngraph, edition: int) -> None:
    assert learngraph("check", f"example:{edition}").code == 0


@pytest.mark.parametrize("name", ["example:3", "example:", "example:one"])
def test_an_example_that_is_not_there_says_which_are(learngraph: Learngraph, name: str) -> None:
    ran = learngraph("check", name)

    assert ran.code == 1
    assert "example:1" in ran.err
    assert "example:2" in ran.err


def test_standard_input_is_read() -> None:
    sound = run("check", "-", stdin=json.dumps(document("A")).encode("utf-8-sig"))
    lines = run("check", "-", stdin=b'{"id": "A", "name": "A", "active": true}\n{"id": ')

    assert (sound.code, sound.err) == (0, "nothing is wrong\n")
    assert lines.code == 1
    assert ":2: " in lines.err


@pytest.mark.parametrize(
    ("record", "arguments", "code", "told"),
    [
        pytest.param({"active": None}, [], 0, "LG302", id="nothing set"),
        pytest.param({"active": None}, ["--set", "defaults.active=true"], 0, "nothing is wrong", id="a default"),
        pytest.param({"prerequisites": [{"need": "A", "minimum_grade": "DD"}]}, [], 1, "LG104", id="no scale"),
        pytest.param(
            {"prerequisites": [{"need": "A", "minimum_grade": "DD"}]},
            ["--grades", "itu"],
            0,
            "nothing",
            id="--grades",
        ),
        pytest.param(
            {"prerequisites": [{"need": "A", "minimum_grade": "DD"}]},
            ["--set", "grades=itu"],
            0,
            "nothing",
            id="--set grades",
        ),
        pytest.param(
            {"prerequisites": [{"need": "A", "minimum_grade": "Q"}]},
            ["--set", 'grades={"Q": 1}'],
            0,
            "nothing",
            id="a scale as JSON",
        ),
        pytest.param({"academic_level": "Master"}, [], 0, "LG301", id="a value of no list"),
        pytest.param(
            {"academic_level": "Master"},
            ["--set", 'value_sets={"academic_level": ["Master"]}'],
            0,
            "nothing",
            id="a list of one's own",
        ),
        pytest.param(
            {"academic_level": "Master"},
            ["--set", 'value_sets.academic_level=["Master"]'],
            0,
            "nothing",
            id="a list of one's own, with a dot",
        ),
        pytest.param({"name": "x" * 300}, ["--set", "text_lengths.name=300"], 0, "nothing", id="a length"),
        pytest.param({"prerequisites": ["X"]}, ["--set", "unknown_references=leave_out"], 0, "LG416", id="lenient"),
        pytest.param({}, ["--set", "catalogue_year=2026"], 0, "nothing", id="a text that looks like a number"),
    ],
)
def test_settings_override_the_document(
    learngraph: Learngraph,
    record: dict[str, Any],
    arguments: list[str],
    code: int,
    told: str,
    tmp_path: Path,
) -> None:
    ran = learngraph("check", put(tmp_path, document("A", {"key": "B", **record})), *arguments)

    assert ran.code == code
    assert told in ran.err


def test_a_scale_may_be_a_file(learngraph: Learngraph, tmp_path: Path) -> None:
    scale = put(tmp_path, {"sehr gut": 1.0, "bestanden": None}, "scale.json")
    needs = [{"need": "A", "minimum_grade": "sehr gut"}, {"need": "A", "minimum_grade": "bestanden"}]
    path = put(tmp_path, document("A", {"key": "B", "prerequisites": [{"any": needs}]}))

    ran = learngraph("check", path, "--grades", scale, "--select", "LG104")

    assert ran.code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--set", "colour=red"], "colour", id="an unknown setting"),
        pytest.param(["--set", "self=1"], "self", id="a name that programs use"),
        pytest.param(["--set", "bodies"], "NAME=VALUE", id="no value"),
        pytest.param(["--set", "=1"], "NAME=VALUE", id="no name"),
        pytest.param(["--set", "bodies=tiny"], "bodies", id="an unknown value"),
        pytest.param(["--set", "batch_size=0"], "batch_size", id="a batch of nothing"),
        pytest.param(["--set", "batch_size=true"], "batch_size", id="a flag as a size"),
        pytest.param(["--set", "defaults.activ=true"], "activ", id="a default of no field"),
        pytest.param(["--set", "defaults.active=5"], "defaults", id="an impossible default"),
        pytest.param(["--set", "defaults=5"], "defaults", id="a number as defaults"),
        pytest.param(["--set", "defaults=5", "--set", "defaults.active=true"], "defaults", id="both"),
        pytest.param(["--set", "value_sets.academic_level=5"], "value_sets", id="a number as a list"),
        pytest.param(["--set", "text_lengths.name=long"], "text_lengths", id="a text as a length"),
        pytest.param(["--grades", "fr"], "us or itu", id="an unknown scale"),
        pytest.param(["--grades", "nowhere.json"], "nowhere.json", id="a scale that is not there"),
        pytest.param(["--set", "grades=NaN"], "grades", id="no JSON number"),
        pytest.param(["--set", "defaults=" + "[" * 50_000], "defaults", id="brackets"),
        pytest.param(["--set", "batch_size=" + "9" * 5_000], "batch_size", id="5,000 digits"),
        pytest.param(["--frmat", "json"], "--format", id="an unknown option"),
        pytest.param(["--format", "xml"], "github", id="an unknown format"),
        pytest.param(["again.json"], "learngraph check --help", id="one argument too many"),
    ],
)
def test_what_was_called_wrongly_exits_1_and_says_what_to_write(
    learngraph: Learngraph, arguments: list[str], told: str, tmp_path: Path
) -> None:
    ran = learngraph("check", put(tmp_path, document("A")), *arguments)

    assert ran.code == 1
    assert told in ran.err
    assert "fault of learngraph" not in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err) < 1_000


def test_a_scale_file_that_is_no_scale_is_told(learngraph: Learngraph, tmp_path: Path) -> None:
    path = put(tmp_path, document("A"))
    for wrong in ("[]", "5", '"us', '{"A": "4"}', ""):
        ran = learngraph("check", path, "--grades", put(tmp_path, wrong, "scale.json"))

        assert ran.code == 1
        assert "fault of learngraph" not in ran.err
        assert "scale" in ran.err or "grades" in ran.err


_COLOUR_VARIABLES = {"NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "TTY_COMPATIBLE"}


def _on_a_terminal(*arguments: str | Path, **env: str) -> bytes:
    """What a command shows on a terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        command = [sys.executable, "-m", "learngraph", *map(str, arguments)]
        kept = {name: value for name, value in os.environ.items() if name not in _COLOUR_VARIABLES}
        os.execve(sys.executable, command, {**kept, "TERM": "xterm-256color", **env})  # noqa: S606 - ours
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown


def test_colour_is_for_terminals_that_want_it(tmp_path: Path) -> None:
    path = put(tmp_path, document({"key": "A", "prerequisites": ["B"]}))

    assert b"\x1b[" in _on_a_terminal("check", path)
    assert b"\x1b[" not in _on_a_terminal("check", path, NO_COLOR="1")
    assert "\x1b[" not in run("check", path).err


def test_a_big_file_shows_a_bar_on_a_terminal_and_none_elsewhere(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": f"A {n}", "name": "x" * 200, "active": True}) + "\n" for n in range(5_000))
    path = put(tmp_path, lines, "big.jsonl")

    shown = _on_a_terminal("check", path)
    ran = run("check", path)

    assert b"reading" in shown
    assert b"nothing is wrong" in shown
    assert ran.err == "nothing is wrong\n"


@pytest.mark.parametrize("form", ["text", "github"])
def test_control_characters_never_reach_the_terminal(learngraph: Learngraph, form: str, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\x00\x08\r\nfake: error\x7f"
    record = {"key": evil, "name": f"<b>{evil}", "prerequisites": [evil + "x", {"condition": evil}], evil: evil}
    path = put(tmp_path, document(record, {"key": "B", "active_from": evil, "cip_code": evil}))

    ran = learngraph("check", path, "--format", form, "--all")

    assert ran.code == 1
    assert not [char for char in ran.err if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160)]


def test_control_characters_of_arguments_never_reach_the_terminal(learngraph: Learngraph, tmp_path: Path) -> None:
    evil = "\x1b[31m\x07"
    path = put(tmp_path, document("A"))

    for arguments in (
        ["check", evil],
        [evil],
        ["check", path, f"--{evil}"],
        ["check", path, "--set", f"{evil}=1"],
        ["check", path, "--grades", evil],
        ["convert", path, f"{tmp_path}/{evil}"],
        ["convert", path, "-", "--to", evil],
    ):
        ran = learngraph(*arguments)
        assert ran.code == 1
        assert "\x1b" not in ran.err
        assert "\x07" not in ran.err


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"LANG": "C", "LC_ALL": "C"}, id="the C language"),
        pytest.param({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, id="ASCII in earnest"),
        pytest.param({"PYTHONIOENCODING": "ascii:strict"}, id="ASCII by Python"),
    ],
)
def test_no_language_breaks_output(env: dict[str, str], tmp_path: Path) -> None:
    held = document({"key": "數學 101", "prerequisites": ["Ё🎓"], "name": "half a pair: \ud83c"})
    path = put(tmp_path, held)

    text = run("check", path, "--grades", "us", env=env)
    again = run("convert", path, "-", env=env)
    wrong = run("check", "數.json", env=env)

    assert (text.code, wrong.code) == (1, 1)
    assert "LG201" in text.err
    assert "LG100" in wrong.err
    assert json.loads(again.out)["learnings"][0]["key"] == "數學 101"
    assert not [ran for ran in (text, again, wrong) if "Traceback" in ran.err or "fault of" in ran.err]


def test_every_finding_of_a_catalogue_has_a_code_that_is_known(learngraph: Learngraph) -> None:
    ran = learngraph("check", "example:1", "--format", "json")

    assert {finding["code"] for finding in ran.json["findings"]} <= {code.value for code in lg.Code}
