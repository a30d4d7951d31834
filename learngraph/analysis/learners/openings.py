"""What a learner can take next term."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from learngraph.analysis.learners.standing import Standing
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.compiled import Reading
from learngraph.logic.holding import holds
from learngraph.markup import Brief, Table, Tabular
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, Timing
from learngraph.model.requirement import Condition, Need, Requirement, needs
from learngraph.model.transcript import Transcript


@dataclass(frozen=True, slots=True, repr=False)
class Opening(Brief):
    """A learning that can be taken now.

    `together` are those of the others that it asks for at the same time, in the order in which it names
    them: where it needs them, one of them at least is to be taken with it.
    """

    key: str
    name: str | None
    credits: int | float | None
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Openings(Tabular):
    """What can be taken in a term, in graph order, and why what is excluded is not offered."""

    term: int
    openings: tuple[Opening, ...]
    excluded: Mapping[str, str]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of what can be taken, in graph order."""
        return tuple(opening.key for opening in self.openings)

    @property
    def table(self) -> Table:
        """A row for each learning that can be taken."""
        rows = [(one.key, one.name, one.credits, ", ".join(one.together)) for one in self.openings]
        return Table(("key", "name", "credits", "together with"), rows)

    def __repr__(self) -> str:
        return f"<Openings: {len(self.openings)} learnings in term {self.term}, {len(self.excluded)} excluded>"


def can_take(graph: LearningGraph, *, transcript: Transcript, unknown: Reading = "neutral") -> Openings:
    """Find what a learner can take in the term that the transcript calls now.

    Offered are the courses, and the programs for admission, that were not passed (nor what counts as them)
    and are not being taken, whose prerequisites and corequisites are met. What must come before is met by what was
    passed in earlier terms with grades as high as those asked for. "Before or with" and "with" are also met
    in the same term, by what is taken now or offered here: the largest set is, whose members are met by
    one another. An achievement is there once a learning that grants it was passed. The durations that
    needs state do not count, nor does what stands in a term after now.

    What excludes a learning that was passed, or is excluded by it, gives no credit and is not offered. Of
    two that are offered and exclude one another, one can be taken.

    Parameters
    ----------
    transcript
        What was taken; letters are read through the scale of the options.
    unknown
        How conditions, and what is neither in the graph nor in the transcript, are read: as in `attainability`.

    Raises
    ------
    UnknownGradeError
        where the scale has no letter that the transcript writes.
    InvalidValueError
        where `unknown` is none of the three.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A", exclusions=["X"]), Course(key="B", prerequisites=[Need("A", 3)]),
    ...                        Course(key="C", prerequisites=["A"]), Course(key="X")])
    >>> can_take(graph, transcript=Transcript([{"key": "A", "grade": "C"}])).keys
    ('C',)
    """
    standing = Standing(graph, transcript, unknown)
    excluded = dict(_excluded(graph, standing))
    free = [one for one in graph if one.key not in excluded and one.key not in standing.current]
    wanted = {one.key: _Wanted(standing, one) for one in free if not standing.is_completed(one.key)}
    offered = _largest_set(wanted)
    openings = tuple(_opening(graph[key], wanted[key], offered) for key in wanted if key in offered)
    return Openings(standing.now, openings, excluded)


def _excluded(graph: LearningGraph, standing: Standing) -> Iterator[tuple[str, str]]:
    """Give what was not passed and one that was excludes, and why."""
    resolve = graph.index.resolve
    excluding: dict[str, str] = {}
    for key in standing.completed:
        for other in graph[key].exclusions if key in graph else ():
            excluding.setdefault(resolve(other), key)
    for learning in graph:
        by = next((key for key in map(resolve, learning.exclusions) if key in standing.completed), None)
        by = by or excluding.get(learning.key)
        if by is not None and not standing.is_completed(learning.key):
            yield learning.key, f"gives no credit beside {by}, which was passed"


class _Wanted:
    """A learning, and the requirements that hold it back, each with the usual timing of its relation."""

    def __init__(self, standing: Standing, learning: Learning) -> None:
        self._standing = standing
        self._trees: list[tuple[Requirement, Timing]] = []
        for relation in BINDING:
            usual = standing.graph.options.timing_of(relation)
            for requirement in learning.requirements(relation):
                tree = standing.settled(requirement)
                if tree is not None:
                    self._trees.append((tree, usual))

    def is_met(self, offered: set[str]) -> bool:
        """Whether all is met by what is done, and by what is offered at the same time."""
        return all(holds(tree, self._test(usual, offered)) for tree, usual in self._trees)

    def together(self) -> Iterator[str]:
        """Give what could be taken at the same time to meet a need that is not met by the transcript."""
        for tree, usual in self._trees:
            if not holds(tree, self._test(usual, set())):
                for need in needs((tree,)):
                    if (need.timing or usual) is not Timing.BEFORE:
                        yield from (way.key for way in self._standing.ways(need.key))

    def _test(self, usual: Timing, offered: set[str]) -> Callable[[Need | Condition], bool]:
        standing = self._standing

        def met(need: Need) -> bool:
            before = (need.timing or usual) is Timing.BEFORE
            if not before and any(way.key in offered for way in standing.ways(need.key)):
                return True
            return any(standing.meeting(need, before=before))

        return standing.leaf_test(met)


def _largest_set(wanted: Mapping[str, _Wanted]) -> set[str]:
    """Drop what is not met until all that is left is met by what is done and by one another."""
    leaning: dict[str, list[str]] = {}
    for key, one in wanted.items():
        for other in dict.fromkeys(one.together()):
            leaning.setdefault(other, []).append(key)
    offered = set(wanted)
    queue = list(wanted)
    while queue:
        key = queue.pop()
        if key in offered and not wanted[key].is_met(offered):
            offered.remove(key)
            queue.extend(leaning.get(key, ()))
    return offered


def _opening(learning: Learning, wanted: _Wanted, offered: set[str]) -> Opening:
    together = tuple(key for key in dict.fromkeys(wanted.together()) if key in offered and key != learning.key)
    return Opening(learning.key, learning.name, learning.duration, together)
