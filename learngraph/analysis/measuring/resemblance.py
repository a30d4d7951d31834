"""How much of one curriculum is in another.

The definitions are those of the toolbox CurricularAnalytics.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Table, Tabular
from learngraph.model.learning import Course


@dataclass(frozen=True, slots=True, repr=False)
class Homology(Tabular):
    """The similarity of each of several curricula (a row) to each of them (a column)."""

    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]

    def between(self, one: str, other: str) -> float:
        """Give the similarity of one to another, by their names.

        Examples
        --------
        >>> graph = LearningGraph([Course(key="A")])
        >>> homology({"before": graph, "after": graph}).between("before", "after")
        1.0
        """
        return self.rows[self.names.index(one)][self.names.index(other)]

    @property
    def table(self) -> Table:
        """A row a curriculum."""
        rows = [(name, *row) for name, row in zip(self.names, self.rows, strict=True)]
        return Table(("name", *self.names), rows)

    def __repr__(self) -> str:
        return f"<Homology: {len(self.names)} curricula>"


def similarity(one: LearningGraph, other: LearningGraph, *, strict: bool = False) -> float:
    """Give the number of courses of one curriculum that are in another, over the number of courses of the other.

    A course is in another curriculum where one there has the same name, or the same subject and number,
    both stated; where a name is not stated, the key stands for it. So the number depends on the order of
    the two, and is over 1 where several courses of one are the same course of the other. Of an empty other
    it is 1.0 where both are empty, else 0.0.

    Parameters
    ----------
    strict
        Only courses that are equal in everything count. Those that were read twice from one file are.

    Examples
    --------
    >>> one = LearningGraph([Course(key="A"), Course(key="B")])
    >>> similarity(one, LearningGraph([Course(key="A")])), similarity(LearningGraph([Course(key="A")]), one)
    (1.0, 0.5)
    """
    return _similarity(_courses(one, strict=strict), _courses(other, strict=strict))


def homology(graphs: Mapping[str, LearningGraph] | Sequence[LearningGraph]) -> Homology:
    """Compare each of several curricula with each, by `similarity`.

    Those of a plain sequence are named by their places, from "1".

    Examples
    --------
    >>> homology([LearningGraph([Course(key="A"), Course(key="B")]), LearningGraph([Course(key="A")])]).rows
    ((1.0, 1.0), (0.5, 1.0))
    """
    named = graphs if isinstance(graphs, Mapping) else {str(n): graph for n, graph in enumerate(graphs, start=1)}
    found = [_courses(graph, strict=False) for graph in named.values()]
    return Homology(tuple(named), tuple(tuple(_similarity(one, other) for other in found) for one in found))


def _courses(graph: LearningGraph, *, strict: bool) -> list[set[Hashable]]:
    """Give for each course what it can be recognised by."""
    return [{course} if strict else _signs(course) for course in graph if isinstance(course, Course)]


def _signs(course: Course) -> set[Hashable]:
    signs: set[Hashable] = {course.name or course.key}
    if course.subject_abbreviation and course.course_number:
        signs.add((course.subject_abbreviation, str(course.course_number)))
    return signs


def _similarity(one: Sequence[set[Hashable]], other: Sequence[set[Hashable]]) -> float:
    if not other:
        return 0.0 if one else 1.0
    there = set().union(*other)
    return sum(not signs.isdisjoint(there) for signs in one) / len(other)
