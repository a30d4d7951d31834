from collections.abc import Callable
from typing import Protocol

import pytest

from learngraph.cli import main
from tests.functional.running import Ran


class Learngraph(Protocol):
    def __call__(self, *arguments: object) -> Ran: ...


@pytest.fixture
def learngraph(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """The command line in this process."""

    def run(*arguments: object) -> Ran:
        capfdbinary.readouterr()
        code = main([*map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return Ran(code, out, err.decode("utf-8", "replace"))

    return run
