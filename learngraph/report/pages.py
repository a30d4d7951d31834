"""Which part of a catalogue is looked at at a time: the whole of a small one, a program, a subject."""

from collections.abc import Iterator
from dataclasses import dataclass

from learngraph.analysis.programs.courses import curriculum
from learngraph.analysis.programs.program_plans import planned_programs
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Learning, Program, subject_and_number

_WHOLE = 150  # learnings that can be looked at at once
_MOST = 1_000  # learnings of a page


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a catalogue: its kind ("catalogue", "program" or "subject"), title, and learnings in graph order."""

    kind: str
    title: str
    keys: tuple[str, ...]


def pages_of(graph: LearningGraph) -> tuple[Page, ...]:
    """Give the pages of a catalogue: programs, the whole where it is small, and subjects by name.

    A program's page has the courses that its program plan names. Every learning is on the page of its subject;
    those without one come last.

    Examples
    --------
    >>> import learngraph as lg
    >>> [page.title for page in pages_of(lg.LearningGraph([lg.Course(key="CS 1"), lg.Course(key="Art")]))]
    ['the whole catalogue', 'CS', 'without a subject']
    """
    whole = [Page("catalogue", "the whole catalogue", _keys(graph))] if len(graph) <= _WHOLE else []
    return (*_programs(graph), *whole, *_subjects(graph))


def _keys(graph: LearningGraph) -> tuple[str, ...]:
    return tuple(learning.key for learning in graph)


def _programs(graph: LearningGraph) -> Iterator[Page]:
    for program in planned_programs(graph):
        name = graph[program].name
        title = f"{program}: {name}" if name and name != program else program
        if keys := _keys(curriculum(graph, program=program)):
            yield Page("program", title, keys)


def _subjects(graph: LearningGraph) -> Iterator[Page]:
    found: dict[str, list[str]] = {}
    for learning in graph:
        found.setdefault(_subject(learning), []).append(learning.key)
    for title in sorted(found, key=lambda title: (title in {_PROGRAMS, _NONE}, title.casefold())):
        keys_of = tuple(found[title])
        parts = [keys_of[start : start + _MOST] for start in range(0, len(keys_of), _MOST)]
        for part, keys in enumerate(parts, start=1):
            yield Page("subject", title if len(parts) == 1 else f"{title} ({part} of {len(parts)})", keys)


_PROGRAMS, _NONE = "programs", "without a subject"


def _subject(learning: Learning) -> str:
    if isinstance(learning, Program):
        return _PROGRAMS
    read = subject_and_number(learning.key)
    return learning.subject_abbreviation or (read[0] if read else _NONE)
