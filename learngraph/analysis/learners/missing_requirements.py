"""What a learner still lacks for a learning or for a program, and what was done towards it."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from learngraph.analysis.learners.plan_audit import PlanLine, audit
from learngraph.analysis.learners.progress_notes import Notes, unmet_parts
from learngraph.analysis.learners.standing import Standing
from learngraph.analysis.programs.program_plans import find_plan
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.compiled import Reading
from learngraph.markup import Brief, Table, Tabular
from learngraph.model.learning import Learning
from learngraph.model.relation import BINDING, Relation, Timing
from learngraph.model.requirement import Need, Requirement, needs
from learngraph.model.transcript import Transcript
from learngraph.model.value import InvalidValueError
from learngraph.model.wording import in_words


@dataclass(frozen=True, slots=True, repr=False)
class Lacking(Brief):
    """A requirement of a learning that is not met, as it is written, and what was done towards it.

    `needed_by` is the learning for which this one would be taken; None for the one that was asked about.
    """

    learning: str
    relation: Relation
    requirement: Requirement
    done: tuple[str, ...]
    needed_by: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Missing(Tabular):
    """What is missing for a learning, nearest first, or for a plan, line by line.

    `subject` is the key of the learning or of the plan. `requirements` are empty for a plan and `lines` for
    a learning. `without_credit` are the learnings that were passed and do not count for the plan, since
    they exclude others that do.
    """

    subject: str
    requirements: tuple[Lacking, ...] = ()
    lines: tuple[PlanLine, ...] = ()
    without_credit: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not self.requirements and all(line.met for line in self.lines)

    def path(self, learning: str) -> tuple[str, ...]:
        """Give the shortest way from what was asked about to a learning that lacks something for it.

        Examples
        --------
        >>> from learngraph.model.learning import Course
        >>> graph = LearningGraph([Course(key="C", prerequisites=["B"]), Course(key="B", prerequisites=["A"]),
        ...                        Course(key="A")])
        >>> missing(graph, transcript=Transcript(), key="C").path("B")
        ('C', 'B')
        """
        by = {one.learning: one.needed_by for one in self.requirements}
        found = [learning] if learning in by else []
        while found and (previous := by[found[-1]]) is not None:
            found.append(previous)
        return tuple(reversed(found))

    @property
    def table(self) -> Table:
        """A row for each unmet requirement, or for each part of a line that is not met."""
        rows = [(one.learning, in_words(one.requirement), "; ".join(one.done)) for one in self.requirements]
        rows += [(line.name, words, "; ".join(done)) for line in self.lines for words, done in line.missing]
        return Table(("for", "missing", "done"), rows)

    def __repr__(self) -> str:
        if not self.lines:
            return f"<Missing: {len(self.requirements)} requirements of {len({*self._learnings()})} learnings>"
        met = sum(line.met for line in self.lines)
        return f"<Missing: {len(self.table.rows)} requirements, {met} of {len(self.lines)} lines are met>"

    def _learnings(self) -> Iterator[str]:
        return (one.learning for one in self.requirements)


def missing(
    graph: LearningGraph,
    *,
    transcript: Transcript,
    key: str | None = None,
    plan: str | None = None,
    unknown: Reading = "neutral",
) -> Missing:
    """Find what a learner still lacks for a learning, or for the plan of a program.

    For a learning: each of its prerequisites and corequisites that the transcript does not meet, the parts of an
    all-of by themselves, and then the same for all that could meet them and was not passed, nearest first.
    Of an any-of, all alternatives are followed. A corequisite that is not taken yet is missing, also where it
    can be taken at the same time (`can_take` says so). What was passed lacks nothing.

    For a plan: each line, met by what was passed before now. A line that asks for credits counts those of
    each learning that was passed and meets a need of it, once; of its parts that are trees, only those count
    that are met. A learning may count in several lines. Of two learnings that exclude one another only one counts in
    the whole plan: the choice meets the most lines, then has the most credits (256 choices are tried). A
    program in a plan is met when it was passed, or when its own plan is met.

    Parameters
    ----------
    transcript
        What was taken; grades, terms, equivalents and achievements count as for `can_take`.
    key
        The key of a learning; of a program it is its admission that is asked about.
    plan
        The key of a program plan, or that of a program, of which the plan is taken that `curriculum` takes.
    unknown
        How conditions, and what is neither in the graph nor in the transcript, are read: as in `attainability`.

    Raises
    ------
    InvalidValueError
        where not exactly one of `key` and `plan` is given, or `unknown` is none of the three.
    UnknownKeyError
        where the learning is not in the graph.
    NoProgramPlanError
        where there is no such plan.
    UnknownGradeError
        where the scale has no letter that the transcript writes.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="B", prerequisites=[Need("A", 3), "X"]), Course(key="A"), Course(key="X")])
    >>> found = missing(graph, transcript=Transcript([{"key": "A", "grade": "C"}]), key="B")
    >>> found.met, found.table.rows
    (False, [('B', 'A with at least 3', 'A was passed with 2 (C), 3 (B) is asked for'), ('B', 'X', '')])
    """
    if (key is None) == (plan is None):
        raise InvalidValueError("missing", (("", "give either the key of a learning or a plan"),))
    standing = Standing(graph, transcript, unknown)
    if key is not None:
        return Missing(key, tuple(_lacking(standing, graph[key])))
    chosen = find_plan(graph, plan or "")
    lines, without_credit = audit(standing, chosen)
    return Missing(chosen.key, lines=lines, without_credit=without_credit)


def _lacking(standing: Standing, first: Learning) -> Iterator[Lacking]:
    seen = {first.key}
    queue: deque[tuple[Learning, str | None]] = deque()
    if not standing.is_completed(first.key):
        queue.append((first, None))
    while queue:
        learning, needed_by = queue.popleft()
        for relation in BINDING:
            usual = standing.graph.options.timing_of(relation)
            for lacking, tree in _of(standing, learning, relation, needed_by):
                yield lacking
                for key in _to_take(standing, tree, usual):
                    if key not in seen:
                        seen.add(key)
                        queue.append((standing.graph[key], learning.key))


def _of(
    standing: Standing, learning: Learning, relation: Relation, needed_by: str | None
) -> Iterator[tuple[Lacking, Requirement]]:
    usual = standing.graph.options.timing_of(relation)

    def met(need: Need) -> bool:
        return any(standing.meeting(need, before=(need.timing or usual) is Timing.BEFORE))

    notes = Notes(standing, met, same_term="was taken in the same term, it must come before")
    for requirement in learning.requirements(relation):
        for part, tree in unmet_parts(standing, requirement, met):
            yield Lacking(learning.key, relation, part, notes.towards(tree), needed_by), tree


def _to_take(standing: Standing, tree: Requirement, usual: Timing) -> Iterator[str]:
    """Give what would meet the unmet needs of a tree and was not passed; not what counts as another."""
    graph = standing.graph
    for need in needs((tree,)):
        if not any(standing.meeting(need, before=(need.timing or usual) is Timing.BEFORE)):
            target = graph.index.resolve(need.key)
            keys = (target,) if target in graph else tuple(way.key for way in standing.ways(need.key))
            yield from (key for key in keys if key in graph and not standing.is_completed(key))
