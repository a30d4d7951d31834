"""No command writes something else over what it reads, under whatever name."""

from pathlib import Path

import pytest

from tests.functional.conftest import Learngraph
from tests.functional.running import document, put

_TOLD = "could not be written: it is what this command reads (write to another name)"


@pytest.fixture
def files(learngraph: Learngraph, tmp_path: Path) -> dict[str, Path]:
    """A catalogue under two names and a plan of it; the catalogue's name is one that a report may have."""
    catalogue = put(tmp_path, document("CS 101"), "catalogue.html")
    other = tmp_path / "other.html"
    other.symlink_to(catalogue)
    plan = tmp_path / "plan.html"
    org = tmp_path / "org.sqlite3"
    assert learngraph("plan", catalogue, "--org", f"local:{org}", "-o", plan).code == 0
    return {"FILE": catalogue, "LINK": other, "PLAN": plan, "ORG": Path(f"local:{org}")}


@pytest.mark.parametrize(
    "command",
    [
        "post FILE -o FILE",
        "post FILE -o LINK",
        "patch FILE example:1 -o FILE",
        "patch example:1 FILE -o FILE",
        "plan FILE --org ORG -o FILE",
        "report FILE -o FILE",
        "report FILE --plan PLAN -o PLAN",
        "publish FILE --org ORG --yes --result FILE",
        "apply PLAN --org ORG --yes --result PLAN",
    ],
)
def test_what_a_command_reads_is_written_over_by_none(
    learngraph: Learngraph, files: dict[str, Path], command: str
) -> None:
    before = {path: path.read_bytes() for name, path in files.items() if name != "ORG"}

    ran = learngraph(*(files.get(word, word) for word in command.split()))

    assert (ran.code, ran.out) == (1, b"")
    assert ran.err.rstrip().endswith(_TOLD)
    assert {path: path.read_bytes() for path in before} == before


def test_another_file_that_is_there_is_written_over(learngraph: Learngraph, tmp_path: Path) -> None:
    catalogue, other = put(tmp_path, document("CS 101")), put(tmp_path, "before", "bodies.json")

    assert learngraph("post", catalogue, "-o", other).code == 0
    assert other.read_text(encoding="utf-8") != "before"
