"""What an edit of some learnings touches, institution-wide: programs, and the courses that come after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from learngraph.graph.learning_graph import LearningGraph, UnknownKeyError
from learngraph.logic.meeting import keys_meeting
from learngraph.markup import Table, Tabular
from learngraph.model.learning import Course, Program
from learngraph.model.relation import BINDING

_Neighbours: TypeAlias = Mapping[str, list[str]]


class Reason(StrEnum):
    """How a learning matters to a program."""

    ITSELF = "is the program itself"
    NAMED = "is named by the plan"
    STANDS_IN = "counts as what the plan names"
    HIDDEN = "is needed by what the plan names"
    ADMISSION = "is needed for admission"


class Touch(NamedTuple):
    """A program that is touched, and why: through which plan, and which learning that the plan or the program names."""

    program: str
    key: str
    reason: Reason
    plan: str | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Impact(Tabular):
    """What an edit of the learnings `keys` touches.

    `touches` say which programs and why, in graph order; `downstream` are the other courses that need one of
    the learnings, sooner or later, in an any-of too.
    """

    keys: tuple[str, ...]
    touches: tuple[Touch, ...]
    downstream: tuple[str, ...]

    @property
    def programs(self) -> tuple[str, ...]:
        """The keys of the programs that are touched, each once."""
        return tuple(dict.fromkeys(touch.program for touch in self.touches))

    @property
    def table(self) -> Table:
        """A row for each reason why a program is touched, and one for each course downstream."""
        programs = [(one.program, "program", one.key, str(one.reason), one.plan, one.through) for one in self.touches]
        courses = [(key, "course", None, "is downstream", None, None) for key in self.downstream]
        return Table(("touched", "type", "key", "reason", "plan", "through"), [*programs, *courses])

    def joined(self, other: "Impact") -> "Impact":
        """Give what both touch, each thing once.

        Examples
        --------
        >>> Impact(("A",), (), ("B", "C")).joined(Impact(("B",), (), ("C", "D"))).downstream
        ('C', 'D')
        """
        keys = tuple(dict.fromkeys((*self.keys, *other.keys)))
        touches = tuple(dict.fromkeys((*self.touches, *other.touches)))
        downstream = dict.fromkeys((*self.downstream, *other.downstream))
        return Impact(keys, touches, tuple(key for key in downstream if key not in set(keys)))

    def __repr__(self) -> str:
        touched = f"{len(self.programs)} programs, {len(self.downstream)} courses downstream"
        return f"<Impact: {len(self.keys)} learnings touch {touched}>"


def impact(graph: LearningGraph, *, keys: Iterable[str]) -> Impact:
    """Tell what an edit of some learnings touches: programs, with the reasons, and the courses downstream.

    A program is touched through its plans that name a learning, through plans that name something which needs
    it sooner or later (hidden: a plan does not show it), and through what admission to it needs sooner or
    later. Needs are prerequisites and corequisites, each alternative counted. What counts as a learning, and
    what grants an achievement, is needed where these are, and named with them. Record ids stand for their
    learnings.

    Raises
    ------
    UnknownKeyError
        where a key stands for no learning of the graph.

    Examples
    --------
    >>> import learngraph as lg
    >>> found = impact(lg.examples.university(), keys=["MATH 205"])
    >>> found
    <Impact: 1 learnings touch 2 programs, 12 courses downstream>
    >>> [(touch.program, str(touch.reason)) for touch in found.touches]
    [('BA ECON', 'is needed by what the plan names'), ('BS CS', 'is named by the plan')]
    """
    asked = dict.fromkeys(graph.index.resolve(key) for key in keys)
    for key in asked:
        if key not in graph:
            raise UnknownKeyError(key)
    needed_by, needs = _neighbours(graph)
    reached = _reached(asked, needed_by)
    later = tuple(one.key for one in graph if isinstance(one, Course) and one.key in reached and one.key not in asked)
    touches = (*_by_themselves(graph, asked), *_by_plans(graph, asked, needs), *_by_admission(graph, asked, needs))
    rank = {one.key: place for place, one in enumerate(graph)}
    in_order = sorted(dict.fromkeys(touches), key=lambda touch: rank.get(touch.program, len(rank)))
    return Impact(tuple(asked), tuple(in_order), later)


def impact_of_both(before: LearningGraph, after: LearningGraph, *, keys: Iterable[str]) -> Impact:
    """Tell what an edit touches of the graph before it and of the graph after it; each key is in one of them at least.

    Examples
    --------
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])])
    >>> impact_of_both(graph, LearningGraph(), keys=["A"]).downstream
    ('B',)
    """
    asked = tuple(keys)
    both = (impact(graph, keys=[key for key in asked if key in graph]) for graph in (before, after))
    old, new = both
    return Impact(asked, (), ()).joined(old).joined(new)


def _neighbours(graph: LearningGraph) -> tuple[_Neighbours, _Neighbours]:
    needed_by: dict[str, list[str]] = {}
    needs: dict[str, list[str]] = {}
    for one in graph.index.references:
        if one.relation in BINDING:
            for key in dict.fromkeys((one.needed, *keys_meeting(graph, one.needed))):
                needed_by.setdefault(key, []).append(one.learning)
                needs.setdefault(one.learning, []).append(key)
    return needed_by, needs


def _reached(starts: Iterable[str], onward: _Neighbours) -> dict[str, str]:
    """Give all that is reached, the starts included, each with the start from which it was reached first."""
    found = {start: start for start in starts}
    queue = list(found)
    for key in queue:  # grows on the way
        for other in onward.get(key, ()):
            if other not in found:
                found[other] = found[key]
                queue.append(other)
    return found


def _by_themselves(graph: LearningGraph, asked: Iterable[str]) -> Iterator[Touch]:
    for key in asked:
        if isinstance(graph[key], Program):
            yield Touch(key, key, Reason.ITSELF)


def _by_plans(graph: LearningGraph, asked: Iterable[str], needs: _Neighbours) -> Iterator[Touch]:
    for plan in graph.program_plans:
        program = graph.index.resolve(plan.program)
        named = dict.fromkeys(graph.index.resolve(key) for line in plan.requirements for key in line.keys)
        standing_in = {key: one for one in named for key in keys_meeting(graph, one) if key not in named}
        reached = _reached((*named, *standing_in), needs)
        for key in asked:
            if key in named:
                yield Touch(program, key, Reason.NAMED, plan.key)
            elif key in standing_in:
                yield Touch(program, key, Reason.STANDS_IN, plan.key, standing_in[key])
            elif key in reached:
                through = standing_in.get(reached[key], reached[key])
                yield Touch(program, key, Reason.HIDDEN, plan.key, through)


def _by_admission(graph: LearningGraph, asked: Iterable[str], needs: _Neighbours) -> Iterator[Touch]:
    for one in graph:
        if isinstance(one, Program):
            named = dict.fromkeys(needs.get(one.key, ()))
            reached = _reached(named, needs)
            for key in asked:
                if key in reached and key != one.key:
                    yield Touch(one.key, key, Reason.ADMISSION, None, None if key in named else reached[key])
