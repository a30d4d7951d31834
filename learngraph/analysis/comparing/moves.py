"""Numbers of courses that are not what they were, and because of which edits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import NamedTuple

from learngraph.analysis.comparing.attribution import of_longest, of_passage, of_reach
from learngraph.analysis.comparing.causes import Cause, Deed, Pair, causes_of_pairs, presence
from learngraph.analysis.comparing.sides import Side, each_bit
from learngraph.analysis.measuring.classic import NAMES, Metrics, Number, metrics_of
from learngraph.analysis.measuring.network import CourseNetwork, course_network
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Stated

_SYSTEM = Cause("system_type", Deed.CHANGED)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Which causes each edge that came or went has, and each learning that did; numbers are shared by all."""

    causes: tuple[Cause, ...]
    of_number: tuple[int, ...]

    def behind(self, mask: int) -> tuple[Cause, ...]:
        """Give the causes of the numbers that are set in a mask."""
        found = reduce(or_, (self.of_number[number] for number in each_bit(mask)), 0)
        return tuple(self.causes[number] for number in each_bit(found))


@dataclass(frozen=True, slots=True)
class Move(Stated):
    """A metric of a course that is not what it was; None where there is no such course."""

    key: str
    metric: str
    before: Number | None
    after: Number | None
    _mask: int = field(repr=False)
    _reasons: Reasons = field(repr=False)  # told when asked for: many moves can have many causes

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield from (pair for pair in super()._stated() if not pair[0].startswith(" "))
        yield "because", self.because

    @property
    def because(self) -> tuple[Cause, ...]:
        """The edits that moved it, in graph order."""
        return self._reasons.behind(self._mask)


class Total(NamedTuple):
    """A metric summed over all courses."""

    metric: str
    before: Number
    after: Number


def moves(before: LearningGraph, after: LearningGraph) -> tuple[tuple[Move, ...], tuple[Total, ...]]:
    """Give what moved, in the order of the graph before and then of the graph after, and the totals."""
    networks = course_network(before), course_network(after)
    old, new = (
        metrics_of(network, system=graph.options.system_type)
        for network, graph in zip(networks, (before, after), strict=True)
    )
    totals = tuple(Total(name, getattr(old.totals, name), getattr(new.totals, name)) for name in NAMES)
    if networks[0].keys == networks[1].keys and old.courses == new.courses:
        return (), totals
    return tuple(_moves(old, new, _Ledger.of(before, after, networks))), totals


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Both sides, and the reasons of all that came or went: first edges, then learnings, then the system."""

    places: Mapping[str, int]
    before: Side
    after: Side
    reasons: Reasons
    arrivals: Mapping[str, int]
    system: int

    @classmethod
    def of(
        cls, before: LearningGraph, after: LearningGraph, networks: tuple[CourseNetwork, CourseNetwork]
    ) -> "_Ledger":
        old, new = (dict.fromkeys(_pairs(network)) for network in networks)
        places = {key: place for place, key in enumerate(dict.fromkeys((*networks[0].keys, *networks[1].keys)))}
        went = causes_of_pairs((pair for pair in old if pair not in new), before=before, after=after, came=False)
        came = causes_of_pairs((pair for pair in new if pair not in old), before=before, after=after, came=True)
        present = {key: cause for key in places if (cause := presence(key, before=before, after=after))}
        system = (_SYSTEM,) if before.options.system_type != after.options.system_type else ()
        causes = (*went.values(), *came.values(), *((cause,) for cause in present.values()), system)
        numbers = {key: len(went) + len(came) + number for number, key in enumerate(present)}
        return cls(
            places,
            Side.of(networks[0], places, {pair: number for number, pair in enumerate(went)}),
            Side.of(networks[1], places, {pair: number for number, pair in enumerate(came, len(went))}),
            _reasons(causes, places),
            {key: 1 << number for key, number in numbers.items()},
            1 << (len(causes) - 1) if system else 0,
        )

    def moved_by(self) -> Mapping[str, Mapping[int, int]]:
        """Give for each metric but complexity what moved it, by the place of the course, should it have moved."""
        before, after = self.before, self.after
        return {
            "blocking": _either(of_reach(after, before), of_reach(before, after)),
            "rise": of_longest(after, before),
            "fall": of_longest(before, after),
            "centrality": _either(of_passage(after), of_passage(before)),
            "reachability": _either(of_reach(after.turned, before.turned), of_reach(before.turned, after.turned)),
        }


def _pairs(network: CourseNetwork) -> Iterator[Pair]:
    keys = network.keys
    return ((keys[start], keys[end]) for start, end in network.edges)


def _reasons(causes: Sequence[tuple[Cause, ...]], places: Mapping[str, int]) -> Reasons:
    """Put all causes in graph order; the system comes last."""
    deeds = list(Deed)
    distinct = {cause for several in causes for cause in several}
    known = sorted(distinct, key=lambda one: (places.get(one.key, len(places)), deeds.index(one.deed)))
    bits = {cause: 1 << number for number, cause in enumerate(known)}
    return Reasons(tuple(known), tuple(sum(bits[cause] for cause in several) for several in causes))


def _either(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {place: one.get(place, 0) | other.get(place, 0) for place in (*one, *other)}


def _moves(old: Metrics, new: Metrics, ledger: _Ledger) -> Iterator[Move]:
    moved_by = ledger.moved_by()
    for key, place in ledger.places.items():
        was, is_now = old.courses.get(key), new.courses.get(key)
        masks: dict[str, int] = {}
        for name in NAMES:
            value, other = getattr(was, name, None), getattr(is_now, name, None)
            if value == other:
                continue
            if value is None or other is None:
                masks[name] = ledger.arrivals[key]
            elif name == "complexity":
                masks[name] = masks.get("blocking", 0) | masks.get("delay", 0) | ledger.system
            else:
                known = moved_by[name if name != "delay" else "rise" if other > value else "fall"]
                masks[name] = known.get(place, 0)
            yield Move(key, name, value, other, masks[name], ledger.reasons)
