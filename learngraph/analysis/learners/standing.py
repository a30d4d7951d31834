"""How a learner stands: the records of a transcript, read against a catalogue."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.compiled import Reading, refuse_other_readings
from learngraph.logic.holding import holds
from learngraph.logic.meeting import keys_meeting
from learngraph.logic.pruning import prune
from learngraph.model.requirement import Condition, Need, Requirement
from learngraph.model.transcript import Taken, Transcript


@dataclass(frozen=True, slots=True)
class Attempt:
    """A record under the key of the catalogue; `term` is 0 for what was taken some time before now."""

    key: str
    term: int
    points: int | float | None
    passed: bool
    record: Taken

    @property
    def failed(self) -> bool:
        """Whether it has ended, and was not passed."""
        return not self.passed and not self.record.in_progress


@dataclass(frozen=True, slots=True)
class Way:
    """A learning that meets a need, and the grade that is asked for then."""

    key: str
    minimum: int | float | None


class Standing:
    """The attempts of a learner up to now by their keys, and what they meet.

    What was passed before now is done, whatever else became of it. Of a grade, a need is met by one as high; a
    pass without a number meets no need that asks for a grade. What is taken now may still reach any grade.
    """

    def __init__(self, graph: LearningGraph, transcript: Transcript, unknown: Reading) -> None:
        refuse_other_readings(unknown)
        self.graph = graph
        self.now = transcript.now
        self._unknown = unknown
        self._ways: dict[str, tuple[Way, ...]] = {}
        self.attempts: dict[str, list[Attempt]] = {}
        for record in transcript.records:
            attempt = self._attempt(record)
            if attempt.term <= self.now:
                self.attempts.setdefault(attempt.key, []).append(attempt)
        #: what was passed before now, in the order of the transcript
        self.completed = dict.fromkeys(key for key in self.attempts if any(map(self._is_done, self.attempts[key])))
        self.current = frozenset(key for key, tries in self.attempts.items() for one in tries if self._is_open(one))

    def _attempt(self, record: Taken) -> Attempt:
        scale = self.graph.options.scale
        key = self.graph.index.resolve(record.key)
        return Attempt(key, record.term or 0, record.points(scale), record.is_passed(scale), record)

    def _is_done(self, attempt: Attempt) -> bool:
        return attempt.passed and attempt.term < self.now

    def _is_open(self, attempt: Attempt) -> bool:
        return attempt.term == self.now or attempt.record.in_progress

    def is_completed(self, key: str) -> bool:
        """Whether a learning was passed before now, or what counts as it."""
        return any(other in self.completed for other in keys_meeting(self.graph, key))

    def credits(self, key: str) -> int | float:
        """Give the credits of what was passed: the most that an attempt states, or those of the catalogue, or 0."""
        done = [one.record.duration for one in self.attempts.get(key, ()) if self._is_done(one)]
        stated = [duration for duration in done if duration is not None]
        catalogued = self.graph[key].duration if key in self.graph else None
        return max(stated) if stated else catalogued or 0

    def is_known(self, leaf: Need | Condition) -> bool:
        """Whether there is anything that would meet a leaf."""
        return isinstance(leaf, Need) and bool(self.ways(leaf.key))

    def ways(self, key: str) -> tuple[Way, ...]:
        """Give what meets a need for a key, and the grade that grants it: for an achievement that of the outcome."""
        if key not in self._ways:
            self._ways[key] = tuple(self._found_ways(self.graph.index.resolve(key)))
        return self._ways[key]

    def _found_ways(self, target: str) -> Iterator[Way]:
        graph = self.graph
        if target not in graph and target in self.attempts:  # what only the transcript knows
            yield Way(target, None)
        for key in keys_meeting(graph, target):
            outcomes = () if target in graph else graph[key].outcomes
            grades = [one.minimum_grade for one in outcomes if graph.index.resolve(one.achievement) == target]
            stated = [grade for grade in grades if grade is not None]
            yield Way(key, min(stated) if grades and len(stated) == len(grades) else None)

    def meeting(self, need: Need, *, before: bool, without: Collection[str] = ()) -> Iterator[str]:
        """Give the keys that meet a need, when it must come before now or may be taken now, too."""
        for way in self.ways(need.key):
            attempts = () if way.key in without else self.attempts.get(way.key, ())
            if any(self._meets(one, need, way, before=before) for one in attempts):
                yield way.key

    def _meets(self, attempt: Attempt, need: Need, way: Way, *, before: bool) -> bool:
        if self._is_done(attempt):
            return reaches(attempt.points, asked(need, way))
        if before or attempt.term != self.now or attempt.failed:
            return False
        return attempt.record.grade is None or reaches(attempt.points, asked(need, way))

    def settled(self, requirement: Requirement) -> Requirement | None:
        """Give what the reading of the unknown leaves of a requirement; None where that is nothing."""
        if self._unknown != "neutral":
            return requirement
        return prune(requirement, lambda leaf: not self.is_known(leaf))[0]

    def holds(self, requirement: Requirement, met: Callable[[Need], bool]) -> bool:
        """Whether a requirement is met by the reading of the unknown, where `met` says it of the known needs."""
        tree = self.settled(requirement)
        return tree is None or holds(tree, self.leaf_test(met))

    def leaf_test(self, met: Callable[[Need], bool]) -> Callable[[Need | Condition], bool]:
        """Give what says of any leaf whether it is met."""
        otherwise = self._unknown == "met"
        return lambda leaf: met(leaf) if isinstance(leaf, Need) and self.is_known(leaf) else otherwise


def asked(need: Need, way: Way) -> int | float | None:
    """Give the grade that a need asks for, or the outcome that is to meet it, whichever is higher."""
    return max((grade for grade in (need.minimum_grade, way.minimum) if grade is not None), default=None)


def reaches(points: float | None, minimum: float | None) -> bool:
    """Whether a grade is as high as the one that is asked for."""
    return minimum is None or (points is not None and points >= minimum)
