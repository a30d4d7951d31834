"""By which edit two courses came to be joined, or ceased to be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from learngraph.graph.index import Reference
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated
from learngraph.model.learning import Course
from learngraph.model.relation import Relation

#: a course and one that requires it
Pair: TypeAlias = tuple[str, str]


class Deed(StrEnum):
    """What was done to a learning."""

    ADDED = "was added"
    REMOVED = "was removed"
    BECAME_COURSE = "became a course"
    BECAME_PROGRAM = "became a program"
    PREREQUISITES = "changed its prerequisites"
    COREQUISITES = "changed its corequisites"
    RECORD_IDS = "changed its record ids"
    MEANS_ANOTHER = "names something else by the same key"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Cause(Stated):
    """An edit that moved a number, named by the learning that was edited, or by the option.

    Examples
    --------
    >>> str(Cause("CS 201", Deed.PREREQUISITES))
    'CS 201 changed its prerequisites'
    """

    key: str
    deed: Deed

    def __str__(self) -> str:
        return f"{self.key} {self.deed}"


_OF_RELATION = {Relation.PREREQUISITE: Deed.PREREQUISITES, Relation.COREQUISITE: Deed.COREQUISITES}


def presence(key: str, *, before: LearningGraph, after: LearningGraph) -> Cause | None:
    """Give the edit that made a key a course, or no course any more; None where it is a course in both, or in neither.

    Examples
    --------
    >>> presence("A", before=LearningGraph(), after=LearningGraph([Course(key="A")]))
    Cause(key='A', deed=<Deed.ADDED: 'was added'>)
    """
    was, is_now = _is_course(before, key), _is_course(after, key)
    if was == is_now:
        return None
    if is_now:
        return Cause(key, Deed.BECAME_COURSE if key in before else Deed.ADDED)
    return Cause(key, Deed.BECAME_PROGRAM if key in after else Deed.REMOVED)


def _is_course(graph: LearningGraph, key: str) -> bool:
    return key in graph and isinstance(graph[key], Course)


def causes_of_pairs(
    pairs: Iterable[Pair], *, before: LearningGraph, after: LearningGraph, came: bool
) -> dict[Pair, tuple[Cause, ...]]:
    """Give for each pair that came, or that went, the edits that did it.

    That is an edit of the learning that requires, or that it came or went; and, if so, that what it requires came or
    went. Where both say the same as before, a key stands for something else now.
    """
    here, there = (after, before) if came else (before, after)
    wanted = list(pairs)
    carriers = {learning for _, learning in wanted}
    written, known = _references(here, carriers), _references(there, carriers)
    keys_known = {learning: {one.need.key for one in found} for learning, found in known.items()}
    found: dict[Pair, tuple[Cause, ...]] = {}
    for needed, learning in wanted:
        arrival = presence(learning, before=before, after=after)
        both = [presence(needed, before=before, after=after), arrival]
        causes = [cause for cause in both if cause]
        if not arrival:
            standing = [one for one in written[learning] if one.needed == needed]
            causes.extend(_of_carrier(standing, keys_known.get(learning, set()), here, there))
        found[needed, learning] = tuple(dict.fromkeys(causes))
    return found


def _references(graph: LearningGraph, carriers: set[str]) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = {}
    for one in graph.index.references:
        if one.learning in carriers and one.relation in _OF_RELATION:
            found.setdefault(one.learning, []).append(one)
    return found


def _of_carrier(
    standing: Iterable[Reference], known: set[str], here: LearningGraph, there: LearningGraph
) -> Iterator[Cause]:
    """Give what was done so that references stand here for what they do not stand for there."""
    for one in standing:
        if one.need.key not in known:
            yield Cause(one.learning, _OF_RELATION[one.relation])
        elif _is_course(there, one.needed):
            same_ids = here[one.needed].salesforce == there[one.needed].salesforce
            yield Cause(one.learning, Deed.MEANS_ANOTHER) if same_ids else Cause(one.needed, Deed.RECORD_IDS)
