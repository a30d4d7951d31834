"""How figures are taken: without the garbage collector, and printed."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector out of a figure: when it runs depends on what ran before."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def say(capsys: pytest.CaptureFixture[str], what: str, figure: float) -> None:
    with capsys.disabled():
        print(f"\n{what}: {figure:.2f}")  # noqa: T201 - a benchmark is its figure


def prefixed(line: str, prefix: str) -> str:
    """A line of a catalogue in which all courses have other names."""

    def walk(value: object) -> object:
        if isinstance(value, dict):
            return {
                name: f"{prefix}x{part}" if name in {"id", "course"} and part else walk(part)
                for name, part in value.items()
            }
        return [walk(part) for part in value] if isinstance(value, list) else value

    return json.dumps(walk(json.loads(line)))
