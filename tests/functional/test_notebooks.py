"""The notebooks run from beginning to end, keep what they claim, and lie in git as they were written."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

import learngraph as lg
from tests.notebooks import NOTEBOOKS, BrokenClaimError, read, run, stripped

_OTHERS = {"matplotlib", "networkx", "pandas"}  # what a reader of notebooks has


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@each_notebook
def test_a_notebook_keeps_what_it_claims(path: Path, tmp_path: Path) -> None:
    done, told = _run(path, tmp_path)
    if told:
        pytest.fail(f"{path.name}: {told}", pytrace=False)

    assert all(cell.execution_count for cell in _code(done))
    assert not list((tmp_path / "work").iterdir()), "it leaves nothing beside it"


@each_notebook
def test_a_notebook_lies_in_git_without_what_running_it_leaves(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == stripped(read(path)), "mend it with: python -m tests.notebooks"


@each_notebook
def test_a_notebook_begins_with_what_the_reader_will_be_able_to_do(path: Path) -> None:
    (first, *_) = read(path).cells

    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "you will be able to" in first.source


@each_notebook
def test_a_notebook_asserts_what_it_claims_in_short_cells(path: Path) -> None:
    cells = _code(read(path))

    assert sum(isinstance(node, ast.Assert) for cell in cells for node in ast.walk(ast.parse(cell.source))) >= 5
    assert max(len(cell.source.splitlines()) for cell in cells) <= 20


@each_notebook
def test_a_notebook_uses_public_names_only(path: Path) -> None:
    code = ast.parse("\n".join(cell.source for cell in _code(read(path))))
    used = [node for node in ast.walk(code) if isinstance(node, ast.Attribute)]

    assert {node.attr for node in used if isinstance(node.value, ast.Name) and node.value.id == "lg"} <= {*lg.__all__}
    assert not [node.attr for node in used if node.attr.startswith("_")]
    assert set(_imported(code)) <= {"learngraph", *_OTHERS, *sys.stdlib_module_names}


@each_notebook
def test_what_a_notebook_points_to_is_there(path: Path) -> None:
    texts = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    links = [link for text in texts for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("https://")]

    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_seven_notebooks_are_there() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{number:02}" for number in range(1, 8)]


def test_a_broken_claim_is_told_with_its_cell(tmp_path: Path) -> None:
    broken = _notebook("credits = 3", "assert credits == 4, 'it has three'")

    with pytest.raises(BrokenClaimError) as caught:
        run(broken, tmp_path)

    told = str(caught.value)
    assert "assert credits == 4" in told
    assert "AssertionError: it has three" in told
    assert "\x1b" not in told


def test_what_ran_is_not_as_it_lies_in_git(tmp_path: Path) -> None:
    made = _notebook("1 + 1")
    clean = stripped(made)

    done = run(made, tmp_path)

    assert nbformat.writes(done) + "\n" != clean
    assert stripped(done) == clean


def _run(path: Path, folder: Path) -> tuple[NotebookNode, str]:
    """The notebook with its outputs, or what was told of the cell that broke."""
    try:
        return run(read(path), folder), ""
    except BrokenClaimError as error:
        return NotebookNode(), str(error)


def _notebook(*sources: str) -> NotebookNode:
    made: NotebookNode = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    return made


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _imported(code: ast.Module) -> Iterator[str]:
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
