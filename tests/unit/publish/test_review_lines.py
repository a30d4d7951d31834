"""A plan as lines: the org first, what changes, the numbers, and nothing that commands a terminal."""

from typing import Any

import pytest

import learngraph as lg
from learngraph.markup import printable
from learngraph.model.value import FrozenMap
from learngraph.publish.publish_plan import Item, OrgFacts, Step, StepKind
from learngraph.publish.review_lines import Mark, as_lines, plain

_SANDBOX = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")


def _item(key: str, *why: str, source: str = "", **body: Any) -> Item:
    return Item(key, FrozenMap({"learning": {"type": "Learning Course", **body}}), why, source)


def _step(kind: StepKind, *items: Item) -> Step:
    return Step(kind, items, *kind.request)


_PLAN = lg.PublishPlan(
    _SANDBOX,
    steps=(
        _step(
            StepKind.CREATE,
            _item(
                "CS 1", "is new: 'Logic'", "prerequisite A is added", source="cs.jsonl:3", name="L", parts=[{"a": 1}]
            ),
        ),
        _step(StepKind.CLOSE, _item("CS 1", "corequisite B closes a circle")),
        _step(
            StepKind.UPDATE,
            _item("CS 2", "name: 'A' becomes 'B'", "prerequisite A is taken away", "description: 'x' is set"),
        ),
    ),
    matched={"CS 2": "name", "A": "external_id", "B": "external_id"},
    unmanaged=tuple(f"Z{number}" for number in range(12)),
    unsafe=("too much",),
)


def _texts(plan: lg.PublishPlan, **how: bool) -> list[str]:
    return [plain(line) for line in as_lines(plan, **how)]


def test_a_plan_is_shown_concisely() -> None:
    assert _texts(_PLAN) == [
        "Quenbeck (00D000000000001EAA), sandbox",
        "unsafe: too much",
        "+ CS 1 is new: 'Logic'",
        "o CS 1 corequisite B closes a circle",
        "~ CS 2",
        "    name: 'A' becomes 'B'",
        "    prerequisite A is taken away",
        "    description: 'x' is set",
        "left alone, not in the catalogue: Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9 and 2 more",
        "found in the org: 2 by external id, 1 by name",
        "1 to create, 1 to update, 1 circle to close: 3 requests",
    ]


def test_verbose_shows_all_that_is_sent_where_it_was_read_and_all_that_is_left_alone() -> None:
    texts = _texts(_PLAN, verbose=True)

    assert "+ CS 1 is new: 'Logic' (cs.jsonl:3)" in texts
    assert "      learning.name: 'L'" in texts
    assert "      learning.parts[0].a: 1" in texts
    assert any(text.endswith("Z10, Z11") for text in texts)
    assert "found: CS 2 is the org's record by its name" in texts


def test_marks_say_what_a_segment_is() -> None:
    marks = {segment.text.strip(): segment.mark for line in as_lines(_PLAN) for segment in line}

    assert marks["+ CS 1"] is Mark.ADDED
    assert marks["~ CS 2"] is Mark.CHANGED
    assert marks["prerequisite A is taken away"] is Mark.REMOVED
    assert marks["name: 'A' becomes 'B'"] is Mark.CHANGED
    assert marks["description: 'x' is set"] is Mark.ADDED
    assert marks["unsafe:"] is Mark.WARNING


def test_production_is_the_first_thing_that_is_said() -> None:
    plan = lg.PublishPlan(OrgFacts("00D", "Quenbeck", sandbox=False, api_version="66.0"))

    first, last = as_lines(plan)

    assert first == (("Quenbeck (00D), PRODUCTION", Mark.WARNING),)
    assert plain(last) == "nothing to do"


@pytest.mark.parametrize("sign", ["\x1b", "\n", "\r", "\x07", "\x9b", "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff"])
def test_nothing_commands_a_terminal_or_turns_what_is_read(sign: str) -> None:
    evil = f"A{sign}[31mB"
    plan = lg.PublishPlan(
        OrgFacts("00D", evil, sandbox=True, api_version="66.0"),
        steps=(_step(StepKind.UPDATE, _item(evil, evil, source=evil, name=evil)),),
        unmanaged=(evil,),
        unsafe=(evil,),
    )

    assert all(sign not in text for text in _texts(plan, verbose=True))
    assert printable(evil).startswith("A\\")


def test_of_what_is_new_the_first_are_shown_and_the_rest_is_counted() -> None:
    steps = [
        Step(StepKind.CREATE, (Item(f"N {n}", FrozenMap(), why=("is new", "x is added")),), "POST") for n in range(40)
    ]

    short = _texts(lg.PublishPlan(_PLAN.org, tuple(steps)))
    whole = _texts(lg.PublishPlan(_PLAN.org, tuple(steps)), verbose=True)

    assert "... and 28 more to create learnings: --verbose shows every one" in short
    assert len(short) == 1 + 12 + 1 + 1
    assert "    x is added" in whole
    assert len(whole) == 1 + 3 * 40 + 1
