"""The least that it takes to reach a learning: the smallest set that carries itself, in learnings or in credits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf, lcm
from typing import Literal, TypeAlias, get_args

from learngraph.analysis.measuring.weights import exact, plain
from learngraph.analysis.reaching.solving import smallest
from learngraph.analysis.reaching.supporting import Support, some_set
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.compiled import Reading, refuse_other_readings
from learngraph.markup import Table, Tabular
from learngraph.model.value import InvalidValueError, short

Measure: TypeAlias = Literal["learnings", "credits"]
Number: TypeAlias = int | float

_LARGEST = 2**53  # sums up to it are exact for the solver, whose bounds are floats


@dataclass(frozen=True, slots=True, repr=False)
class Fewest(Tabular):
    """A smallest set of learnings that reaches `key`, in the terms in which it can be taken.

    `terms` are empty where the key is done already, or out of reach (`reachable` is false then). No set has
    fewer than `bound` of what was counted; `optimal` says that this one has just as many. `durations` are
    those that the learnings state, and `credits` is their sum.
    """

    key: str
    of: Measure
    terms: tuple[tuple[str, ...], ...]
    durations: Mapping[str, Number | None]
    bound: Number
    reachable: bool
    optimal: bool
    time_limit: float

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, each after those that it needs; inside a term in graph order."""
        return tuple(key for term in self.terms for key in term)

    @property
    def credits(self) -> Number:
        """The sum of the durations; what states none counts 0."""
        return plain(sum(exact(_stated(duration)) for duration in self.durations.values()))

    @property
    def without_credits(self) -> tuple[str, ...]:
        """The keys of what states no duration (or one below 0) and so counts 0."""
        stated = {key for key, duration in self.durations.items() if duration is not None and duration >= 0}
        return tuple(key for key in self.keys if key not in stated)

    @property
    def words(self) -> str:
        """The answer as a sentence.

        Examples
        --------
        >>> from learngraph.model.learning import Course
        >>> fewest(LearningGraph([Course(key="A", duration=3)]), key="A").words
        'it takes 1 learning (3 credits) in 1 term to reach A, and no fewer learnings will do'
        """
        if not self.reachable:
            return f"{short(self.key)[1:-1]} cannot be reached"
        if not self.terms:
            return f"{short(self.key)[1:-1]} is done already"
        taken = f"{_counted(len(self.keys), 'learning')} ({_counted(self.credits, 'credit')})"
        end = (
            f"no fewer {self.of} will do"
            if self.optimal
            else f"at least {_counted(self.bound, self.of[:-1])} are needed; the search ended after {self.time_limit} s"
        )
        return f"it takes {taken} in {_counted(len(self.terms), 'term')} to reach {short(self.key)[1:-1]}, and {end}"

    @property
    def table(self) -> Table:
        """A row a learning, in the order in which they can be taken."""
        rows = [(number, key, self.durations[key]) for number, term in enumerate(self.terms, 1) for key in term]
        return Table(("term", "key", "credits"), rows)

    def __repr__(self) -> str:
        return f"<Fewest: {self.words}>"


def fewest(
    graph: LearningGraph,
    *,
    key: str,
    of: Measure = "learnings",
    done: Iterable[str] = (),
    time_limit: float = 10.0,
    unknown: Reading = "neutral",
) -> Fewest:
    """Find the smallest set of learnings that reaches one, itself included, and an order to take them in.

    Every learning of the set is reached by the set and what is done alone, as `attainability` reads
    requirements: alternatives, "at least", timings, equivalents and achievements count, recommendations do
    not, grades can always be reached. What must be taken "with" another is read as "before or with".

    Of equally small sets the one with fewer credits is given (with fewer learnings, where credits are
    counted), and of those the one whose last learning stands first in the graph, then its last but one, and
    so on: equal graphs give equal answers, unless the time is up before that is settled.

    Parameters
    ----------
    of
        "learnings" counts each as 1, "credits" with its duration, whatever its unit.
    done
        Keys of what was completed before; it counts nothing and needs nothing.
    time_limit
        Seconds for the search. What was found until then is given with what is proven.
    unknown
        How conditions and references to what is not there are read; see `attainability`.

    Raises
    ------
    UnknownKeyError
        where `key` or one of `done` is not in the graph.
    InvalidValueError
        where an option is none of those named, or durations are too large or too fine to be summed exactly.
    MissingExtraError
        where the solver is not installed (the extra `solver`).

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> from learngraph.model.requirement import AllOf, AnyOf
    >>> graph = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]), Course(key="C"),
    ...                        Course(key="D", prerequisites=[AnyOf(AllOf("A", "B"), "C")])])
    >>> found = fewest(graph, key="D")
    >>> found.terms, found.optimal
    ((('C',), ('D',)), True)
    >>> fewest(graph, key="D", done=["A", "B"]).keys
    ('D',)
    """
    taken = frozenset(done)
    _refuse(graph, (key, *taken), of, time_limit, unknown)
    if key in taken:
        return Fewest(key, of, (), {}, 0, reachable=True, optimal=True, time_limit=time_limit)
    support = Support(graph, key, taken, unknown)
    earliest = support.terms(support.trees)
    if key not in earliest:
        return Fewest(key, of, (), {}, 0, reachable=False, optimal=True, time_limit=time_limit)
    trees = support.possible(earliest)
    costs, scale = _costs(graph, trees, of)
    found = smallest(trees, key, costs=costs, start=some_set(trees, key, earliest), time_limit=time_limit)
    terms = support.in_terms(found.chosen)
    durations = {one: graph[one].duration for term in terms for one in term}
    bound = plain(Fraction(found.bound, scale))
    return Fewest(key, of, terms, durations, bound, reachable=True, optimal=found.optimal, time_limit=time_limit)


def _refuse(graph: LearningGraph, keys: Iterable[str], of: str, time_limit: float, unknown: Reading) -> None:
    for key in keys:
        graph[key]
    refuse_other_readings(unknown)
    faults = []
    if of not in get_args(Measure):
        faults.append(("of", f"{short(of)} is neither learnings nor credits"))
    if not 0 < time_limit < inf:
        faults.append(("time_limit", f"{short(time_limit)} is no number of seconds above 0"))
    if faults:
        raise InvalidValueError("fewest", tuple(faults))


def _costs(graph: LearningGraph, keys: Iterable[str], of: Measure) -> tuple[list[dict[str, int]], int]:
    """Give what is counted first and second, in whole numbers, and how many of the first make one."""
    counts = dict.fromkeys(keys, 1)
    durations = {key: exact(_stated(graph[key].duration)) for key in counts}
    scale = lcm(*(duration.denominator for duration in durations.values()))
    whole = {key: int(duration * scale) for key, duration in durations.items()}
    if sum(whole.values()) > _LARGEST:
        fault = "of what can be needed are too large or too fine to be summed exactly"
        raise InvalidValueError("fewest", (("durations", fault),))
    return ([whole, counts], scale) if of == "credits" else ([counts, whole], 1)


def _stated(duration: Number | None) -> Number:
    return max(duration or 0, 0)


def _counted(number: Number, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
