"""`learngraph metrics`, `learngraph explain`, `learngraph compare`: for people, and for programs."""

import csv
import io
from pathlib import Path

import pytest

from tests.functional.conftest import Learngraph
from tests.functional.running import document, put, run
from tests.shared import SHARED, needs_shared

_CHAIN = document("A", {"key": "B", "prerequisites": ["A"]}, {"key": "C", "prerequisites": ["B", "nowhere"]})


def test_metrics_are_told_with_the_heaviest_course_first(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("metrics", put(tmp_path, _CHAIN))

    text = ran.out.decode()
    assert ran.code == 0
    assert text.startswith("3 courses: complexity 12, blocking 3, delay 9, centrality 3, reachability 3\n")
    assert "the longest path (3 steps): A > B > C" in text
    assert "left aside: 1 requirements of what is no course of the catalogue" in text
    rows = [line.split() for line in text.splitlines()[-3:]]
    assert rows[0] == ["A", "About", "A", "5", "2", "3", "0", "0"]
    assert [row[0] for row in rows] == ["A", "B", "C"]


def test_metrics_as_json_say_their_format(learngraph: Learngraph, tmp_path: Path) -> None:
    found = learngraph("metrics", put(tmp_path, _CHAIN), "--format", "json").json

    assert found["format"] == "learngraph-metrics/1"
    assert found["totals"]["complexity"] == 12
    assert [course["key"] for course in found["courses"]] == ["A", "B", "C"]
    assert found["dangling"] == 1


def test_metrics_as_csv_are_a_row_a_course(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("metrics", put(tmp_path, document({"key": 'A "1", x', "corequisites": []})), "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(ran.out.decode())))
    assert [(row["key"], row["complexity"]) for row in rows] == [('A "1", x', "1")]


def test_metrics_obey_what_is_asked(learngraph: Learngraph, tmp_path: Path) -> None:
    made = document({"key": "A", "duration": 4}, {"key": "B", "duration": 3, "corequisites": ["A"]})
    file = put(tmp_path, made)

    def totals(*options: str) -> list[float]:
        found = learngraph("metrics", file, "--format", "json", *options).json["totals"]
        return [found["blocking"], found["delay"], found["complexity"]]

    assert totals() == [1, 4, 5]
    assert totals("--without-corequisites") == [0, 2, 2]
    assert totals("--credits") == [3, 14, 17]
    assert totals("--set", "system_type=quarter") == [1, 4, 3.3]


def test_a_circle_is_told_and_measured_as_one_step(learngraph: Learngraph, tmp_path: Path) -> None:
    made = document({"key": "A", "prerequisites": ["B"]}, {"key": "B", "corequisites": ["A"]})

    ran = learngraph("metrics", put(tmp_path, made))

    assert ran.code == 0
    assert "read as one step each, since they require one another or themselves: A and B" in ran.out.decode()


def test_a_program_is_measured_by_its_plan(learngraph: Learngraph) -> None:
    whole = learngraph("metrics", "example:1", "--format", "json").json
    part = learngraph("metrics", "example:1", "--program", "BS CS", "--format", "json").json

    assert 0 < len(part["courses"]) < len(whole["courses"])


def test_more_courses_than_a_screen_are_shown_when_asked_for(learngraph: Learngraph) -> None:
    short = learngraph("metrics", "example:1").out.decode()
    long = learngraph("metrics", "example:1", "--all").out.decode()

    assert "and 92 more: --all shows every one" in short
    assert len(long.splitlines()) > len(short.splitlines()) + 80
    assert "--all" not in long


def test_an_explanation_fits_the_page_and_says_all_parts(learngraph: Learngraph) -> None:
    ran = learngraph("explain", "example:1", "BIOL 490")

    text = ran.out.decode()
    assert ran.code == 0
    assert max(map(len, text.splitlines())) <= 100
    for part in ("What it takes", "When", "What it opens", "What would help most", "one of the quickest ways:"):
        assert part in text


def test_an_explanation_as_json_says_its_format(learngraph: Learngraph) -> None:
    found = learngraph("explain", "example:1", "CS 450", "--format", "json", "--fewest").json

    assert found["format"] == "learngraph-explanation/1"
    assert found["earliest_term"] == 4
    assert found["least"][0]["of"] == "learnings"


def test_a_misspelt_key_is_met_with_those_like_it(learngraph: Learngraph) -> None:
    ran = learngraph("explain", "example:1", "cs450")

    assert ran.code == 1
    assert ran.out == b""
    assert "did you mean CS 450" in ran.err
    assert "there is no learning with the key 'cs450'" in ran.err


def test_two_editions_are_compared_in_words(learngraph: Learngraph) -> None:
    ran = learngraph("compare", "example:1", "example:2")

    text = ran.out.decode()
    assert ran.code == 0
    for told in (
        "4 came: BIOL 330, CS 216, DATA 570, DSGN 330",
        "2 went: CS 215, PHYS 110",
        "CS 310: prerequisites: no longer CS 102",
        "4 programs, 16 courses downstream",
        "ECON 310 changed its prerequisites",
    ):
        assert told in text


def test_a_comparison_as_json_says_its_format_and_every_move(learngraph: Learngraph) -> None:
    found = learngraph("compare", "example:1", "example:2", "--format", "json").json

    assert found["format"] == "learngraph-comparison/1"
    assert found["came"] == ["BIOL 330", "CS 216", "DATA 570", "DSGN 330"]
    moved = [move for move in found["moved"] if move["key"] == "ECON 310" and move["metric"] == "complexity"]
    assert moved == [
        {"key": "ECON 310", "metric": "complexity", "before": 6, "after": 8,
         "because": ["ECON 310 changed its prerequisites"]}
    ]  # fmt: skip


def test_what_is_the_same_is_told_in_two_words(learngraph: Learngraph) -> None:
    assert learngraph("compare", "example:1", "example:1").out == b"nothing changed\n"


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["metrics", "nowhere.json"], id="no file"),
        pytest.param(["metrics", "example:1", "--program", "CS 101"], id="a course for a program"),
        pytest.param(["metrics", "example:1", "--program", "NOPE"], id="no such program"),
        pytest.param(["metrics", "example:1", "--format", "xml"], id="no such format"),
        pytest.param(["explain", "example:1"], id="no key"),
        pytest.param(["explain", "example:1", "\x1b[31m"], id="a key that commands the terminal"),
        pytest.param(["explain", "/dev/null", "A"], id="nothing to read"),
        pytest.param(["compare", "example:1"], id="one edition"),
        pytest.param(["compare", "example:1", "example:3"], id="no such edition"),
    ],
)
def test_a_mistake_is_told_and_never_a_traceback(arguments: list[str]) -> None:
    ran = run(*arguments)

    assert ran.code == 1
    assert ran.out == b""
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert "fault of learngraph" not in ran.err
    assert "\x1b" not in ran.err


def test_what_could_not_be_read_is_told_and_the_rest_is_measured(learngraph: Learngraph, tmp_path: Path) -> None:
    ran = learngraph("metrics", put(tmp_path, document("A", {"key": "B", "prerequisites": [7]})))

    assert ran.code == 0
    assert "LG115" in ran.err
    assert ran.out.startswith(b"2 courses")


@needs_shared
@pytest.mark.parametrize("name", ["utd-cs-bs", "rpi-csci", "itu-blg", "rpi", "ucsd", "itu"])
def test_real_catalogues_are_measured(learngraph: Learngraph, name: str) -> None:
    grades = ["--grades", "itu"] if name.startswith("itu") else []

    ran = learngraph("metrics", SHARED / "catalogues" / f"{name}.jsonl", "--format", "json", *grades)

    assert ran.code == 0
    assert ran.json["totals"]["blocking"] == ran.json["totals"]["reachability"] > 0


@needs_shared
@pytest.mark.parametrize("file", sorted((SHARED / "analysis" / "goldens").glob("*.csv")), ids=lambda file: file.stem)
def test_scored_curricula_come_out_as_they_were_scored(learngraph: Learngraph, file: Path) -> None:
    lines = file.read_text("utf-8-sig").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Course ID"))
    expected = {
        row["Course ID"]: tuple(float(row[name]) for name in ("Complexity", "Blocking", "Delay", "Centrality"))
        for row in csv.DictReader(lines[start:])
    }

    found = learngraph("metrics", file, "--format", "json").json

    assert {
        one["key"]: (one["complexity"], one["blocking"], one["delay"], one["centrality"]) for one in found["courses"]
    } == expected
