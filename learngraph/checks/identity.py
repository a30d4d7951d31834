"""Identity: one learning under two keys, and equivalents that are not."""

import re
from collections.abc import Callable, Hashable, Iterator
from itertools import combinations
from typing import Any

from learngraph.checks.activity import apart
from learngraph.checks.case import Case
from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.logic.implication import Clause, clauses_imply
from learngraph.model.learning import Course, Learning

_SPACES_AND_DASHES = re.compile(r"[\s_\-\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff]+")


def same_course_twice(case: Case) -> Iterator[Finding]:
    """LG215: subject and number name one course, unless its versions are active at different times."""

    def name(learning: Learning) -> Hashable | None:
        if isinstance(learning, Course) and learning.subject_abbreviation and learning.course_number:
            return learning.subject_abbreviation, str(learning.course_number)
        return None

    for (subject, number), group in _grouped(case, name):
        for one, other in combinations(group, 2):
            if not apart(one, other):
                yield Finding(
                    Code.SAME_COURSE_TWICE,
                    f"the keys {one.key} and {other.key} both stand for {subject} {number}",
                    keys=(one.key, other.key),
                    hint="keep one, or set apart the active periods of the versions",
                )


def keys_alike(case: Case) -> Iterator[Finding]:
    """LG216: keys differ by more than case, space or dash."""
    for _, group in _grouped(case, lambda learning: _SPACES_AND_DASHES.sub("", learning.key).casefold()):
        first, *others = group
        for other in others:
            yield Finding(
                Code.KEYS_ALIKE,
                f"the keys {first.key} and {other.key} differ only by case, space or dash",
                keys=(first.key, other.key),
                hint="if they are one learning, keep one key; else spell them further apart",
            )


def _grouped(case: Case, name: Callable[[Learning], Any]) -> Iterator[tuple[Any, list[Learning]]]:
    groups: dict[Any, list[Learning]] = {}
    for learning in case.graph:
        if (title := name(learning)) is not None:
            groups.setdefault(title, []).append(learning)
    yield from ((title, group) for title, group in groups.items() if len(group) > 1)


def equivalents_differ(case: Case) -> Iterator[Finding]:
    """LG214: what counts as a learning asks for what the learning asks for."""
    for learning in case.graph:
        for key in learning.equivalents:
            if key not in case.graph or key == learning.key:
                continue
            other = case.graph[key]
            one_asks, other_asks = (_for(case.required(item), (learning, other)) for item in (learning, other))
            if not (clauses_imply(one_asks, other_asks) and clauses_imply(other_asks, one_asks)):
                yield Finding(
                    Code.EQUIVALENTS_DIFFER,
                    f"counts {other.key} as equivalent, which has other prerequisites",
                    keys=(learning.key, other.key),
                    hint="give them the same prerequisites, or make it an alternative where it is needed",
                )


def _for(clauses: tuple[Clause, ...], pair: tuple[Learning, Learning]) -> tuple[Clause, ...]:
    """Drop what two equivalents ask of one another, such as a lecture of its honours section's lab."""
    keys = {learning.key for learning in pair}
    return tuple(clause for clause in clauses if keys.isdisjoint(need.key for need in clause))
