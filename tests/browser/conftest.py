"""A browser without a window, and reports opened in it as from an e-mail: by a file's address, without a network."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from learngraph import LearningGraph, examples, read, write_report
from tests.browser.opened import Opened
from tests.shared import SHARED

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, where it is installed."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium here: Debian's package chromium brings it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*_FLAGS])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Write a report on a graph, or take one that is written, and open it."""
    all_opened: list[Opened] = []

    def open_report(graph: LearningGraph | Path, **settings: object) -> Opened:
        path = graph if isinstance(graph, Path) else tmp_path / "report.html"
        if isinstance(graph, LearningGraph):
            write_report(graph, path)
        all_opened.append(Opened.of(browser, path, **settings))
        return all_opened[-1]

    yield open_report
    for one in all_opened:
        one.close()


@pytest.fixture(scope="session")
def university() -> LearningGraph:
    """The first edition of the example."""
    return examples.university()


@pytest.fixture(scope="session")
def itu(tmp_path_factory: pytest.TempPathFactory) -> tuple[LearningGraph, Path]:
    """A whole university, and the report on it."""
    catalogue = read(SHARED / "catalogues" / "itu.jsonl", grades="itu")
    path = tmp_path_factory.mktemp("itu") / "report.html"
    write_report(catalogue, path)
    return catalogue, path
