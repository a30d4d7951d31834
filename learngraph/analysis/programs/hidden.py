"""What a program asks for without naming it: prerequisites that are not in its plan."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from learngraph.analysis.measuring.weights import total
from learngraph.analysis.programs.cheapest import Cheapest
from learngraph.analysis.programs.inside import Inside
from learngraph.analysis.programs.program_plans import Named, named_in, program_plan_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.meeting import keys_meeting
from learngraph.markup import Brief, Table, Tabular
from learngraph.model.learning import Program
from learngraph.model.relation import Relation
from learngraph.model.requirement import Condition, Need, Requirement, needed_of, needs
from learngraph.model.value import short
from learngraph.model.wording import in_words


@dataclass(frozen=True, slots=True, repr=False)
class HiddenPrerequisite(Brief):
    """A requirement of a learning that nothing in a curriculum meets.

    `alternatives` are the keys that would meet it or a part of it, in the order in which they are written.
    `credits` are the fewest with which they do, without what they need in turn; None where not known.
    """

    learning: str
    relation: Relation
    requirement: Requirement
    alternatives: tuple[str, ...]
    credits: int | float | None


@dataclass(frozen=True, slots=True, repr=False)
class HiddenPrerequisites(Tabular):
    """The hidden prerequisites of a program, those of its courses first, then those of one another.

    `courses` are the learnings to be taken besides the plan, where each choice is made for the fewest
    credits; `total_credits` are theirs together, None where one states none. `unknown` are the keys that
    are named and are not in the graph.
    """

    program: str
    plan: str
    requirements: tuple[HiddenPrerequisite, ...]
    courses: tuple[str, ...]
    total_credits: int | float | None
    unknown: tuple[str, ...]

    @property
    def table(self) -> Table:
        """A row a requirement."""
        rows = [
            (one.learning, one.relation.value, in_words(one.requirement), ", ".join(one.alternatives), one.credits)
            for one in self.requirements
        ]
        return Table(("learning", "relation", "requirement", "alternatives", "credits"), rows)

    def __repr__(self) -> str:
        credits_ = "an unknown number of" if self.total_credits is None else short(self.total_credits)
        count = len(self.requirements)
        return f"<HiddenPrerequisites: {count} requirements, {len(self.courses)} learnings of {credits_} credits>"


def hidden_prerequisites(graph: LearningGraph, *, program: str, plan: str | None = None) -> HiddenPrerequisites:
    """Find what the courses of a program need and its plan does not name, and what that needs in turn.

    Prerequisites and corequisites count, recommendations and conditions do not. What can be met by
    something that the plan names is not hidden (see `curriculum`).
    Of several alternatives, the one with the fewest credits in all is taken, which counts what it needs
    in turn: the first of a tie, and one that is not in the graph or states no credits only where there
    is no other. What programs need is not followed.

    Parameters
    ----------
    program
        The key of a program.
    plan
        The key of one of its plans; by default the one of the highest version.

    Raises
    ------
    UnknownKeyError
        where the program is not in the graph.
    NoProgramPlanError
        where it is a course, has no plan, or has none of that key.

    Examples
    --------
    >>> import learngraph as lg
    >>> hidden = hidden_prerequisites(lg.examples.university(), program="BS CS")
    >>> hidden.courses, hidden.total_credits
    (('CHEM 100', 'MATH 105', 'MATH 221'), 9)
    """
    chosen = program_plan_of(graph, program, plan)
    return hidden_from(graph, program, chosen.key, named_in(graph, chosen))


def hidden_from(graph: LearningGraph, program: str, plan: str, named: Named) -> HiddenPrerequisites:
    """Find the hidden prerequisites of what a plan names."""
    keys = named.courses | named.programs
    inside = Inside(graph, keys)
    first = [learning.key for learning in graph if learning.key in named.courses]
    cheapest = Cheapest(graph, keys, [tree for key in first for _, tree in inside.hidden(graph[key])])
    pulled: dict[str, None] = {}
    found: list[HiddenPrerequisite] = []
    have = 0
    queue = deque(first)
    while queue:
        key = queue.popleft()
        for relation, tree in inside.hidden(graph[key]):
            written = tuple(dict.fromkeys(_outside(graph, keys, tree)))
            found.append(HiddenPrerequisite(key, relation, tree, written, _least(graph, keys, tree)))
            for taken in cheapest.choice(tree, have=have).keys:
                have |= cheapest.bits(taken)
                if taken in graph and taken not in pulled:
                    pulled[taken] = None
                    queue.extend(() if isinstance(graph[taken], Program) else (taken,))
    unknown = dict.fromkeys(key for one in found for key in one.alternatives if key not in graph)
    return HiddenPrerequisites(program, plan, tuple(found), tuple(pulled), _total(graph, pulled), tuple(unknown))


def _total(graph: LearningGraph, keys: Iterable[str]) -> int | float | None:
    durations = [graph[key].duration for key in keys]
    known = [duration for duration in durations if duration is not None]
    return total(known) if len(known) == len(durations) else None


def _outside(graph: LearningGraph, inside: frozenset[str], tree: Requirement) -> Iterator[str]:
    """Give the keys that would meet the needs of a tree which nothing inside meets."""
    for need in needs((tree,)):
        meeting = keys_meeting(graph, need.key)
        if inside.isdisjoint(meeting):
            yield from meeting or (graph.index.resolve(need.key),)


def _least(graph: LearningGraph, inside: frozenset[str], tree: Requirement) -> int | float | None:
    """Give the fewest credits with which a tree is met, without what that needs; None where not known."""
    match tree:
        case Need():
            meeting = keys_meeting(graph, tree.key)
            if not inside.isdisjoint(meeting):
                return 0
            durations = [graph[key].duration for key in meeting if key in graph]
            return min((duration for duration in durations if duration is not None), default=None)
        case Condition():
            return 0
    parts = [part for part in tree.of if any(isinstance(leaf, Need) for leaf in part.leaves)]
    known = sorted(credits_ for part in parts if (credits_ := _least(graph, inside, part)) is not None)
    count = min(needed_of(tree), len(parts))
    return total(known[:count]) if len(known) >= count else None
