"""Requirements as lists of ids, as Curricular Analytics files have them: all are needed, and no more can be said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from learngraph.codes import Code, Severity
from learngraph.files.csv_rows import sendable
from learngraph.files.id_lists import read_ids
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Course
from learngraph.model.relation import BINDING, Relation, Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement, needed_of
from learngraph.model.wording import in_words

_COLUMN_OF = {Timing.BEFORE: 0, Timing.BEFORE_OR_WITH: 1, Timing.WITH: 2}
_HINT = "write a document instead"


@dataclass(frozen=True, slots=True)
class Requisites:
    """The ids in the columns of one course: before, before or with, with; and what they do not say."""

    columns: tuple[list[str], list[str], list[str]] = field(default_factory=lambda: ([], [], []))
    findings: list[Finding] = field(default_factory=list)


def columns_of(course: Course, graph: LearningGraph, ids: Mapping[str, str]) -> Requisites:
    """Write the requirements of a course as ids; of alternatives those are taken that stand in the graph first."""
    writer = _Writer(course, graph, ids)
    for relation in BINDING:
        for requirement in course.requirements(relation):
            for need in writer.chosen(requirement):
                writer.put(need, relation, chosen=not isinstance(requirement, Need))
    if course.recommended:
        writer.tell("recommendations", "recommendations are left out")
    return writer.written


class _Writer:
    """Writes the requirements of one course."""

    def __init__(self, course: Course, graph: LearningGraph, ids: Mapping[str, str]) -> None:
        self.written = Requisites()
        self._course = course
        self._graph = graph
        self._ids = ids
        self._chosen: set[tuple[int, str]] = set()
        self._numbered = any(key != number for key, number in ids.items())

    def chosen(self, requirement: Requirement) -> Iterator[Need]:
        """Give the needs that stand for a requirement."""
        match requirement:
            case Need():
                yield requirement
            case Condition():
                self.tell("conditions", f"the condition {in_words(requirement)} is left out")
            case AllOf():
                for part in requirement.of:
                    yield from self.chosen(part)
            case AnyOf() | AtLeast():
                parts = sorted(requirement.of, key=lambda part: not self._stands_here(part))[: needed_of(requirement)]
                if len(parts) < len(requirement.of):
                    taken = " and ".join(map(in_words, parts))
                    self.tell("alternatives", f"of {in_words(requirement)} only {taken} is written")
                for part in parts:
                    yield from self.chosen(part)

    def put(self, need: Need, relation: Relation, *, chosen: bool) -> None:
        """Write one need into the column of its timing; what was chosen out of a tree stands there once."""
        number = self._number(self._graph.index.resolve(need.key))
        if number is None:
            self.tell("such requirements", f"the requirement {in_words(need)} names no course and is left out")
            return
        if need.minimum_grade is not None:
            self.tell("minimum grades", f"the minimum grade of {in_words(need)} is left out")
        if need.duration is not None or need.duration_unit is not None:
            self.tell("durations of requirements", f"the duration of the requirement {in_words(need)} is left out")
        usual = self._graph.options.timing_of(relation)
        timing = need.timing or usual
        if (timing is Timing.BEFORE) is not (relation is Relation.PREREQUISITE):
            message = f"the {relation.value} {in_words(need)} stands in the column of its timing, {timing.value}"
            self.tell("timings", message, severity=Severity.INFO)
        place = _COLUMN_OF[timing], number
        if number not in self.written.columns[place[0]] or not (chosen or place in self._chosen):
            self.written.columns[place[0]].append(number)
        if chosen:
            self._chosen.add(place)

    def tell(self, cause: str, message: str, *, severity: Severity | None = None) -> None:
        """Tell what is not in the file."""
        self.written.findings.append(
            Finding(Code.LOST_IN_FORMAT, message, keys=(self._course.key,), cause=cause, hint=_HINT, severity=severity)
        )

    def _number(self, key: str) -> str | None:
        if key in self._ids:
            return self._ids[key]
        if self._numbered or not self._graph.index.is_missing(key):
            return None
        holds = sendable(key) == key and read_ids(key, self._ids).ids == (key,)
        return key if holds else None

    def _stands_here(self, requirement: Requirement) -> bool:
        return all(
            isinstance(leaf, Need) and self._graph.index.resolve(leaf.key) in self._ids for leaf in requirement.leaves
        )
