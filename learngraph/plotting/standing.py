"""In which term and in which lane of it each box of a map stands, before anything is drawn."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from learngraph.graph.learning_graph import LearningGraph
from learngraph.graph.query import components
from learngraph.model.relation import Relation, Timing
from learngraph.model.requirement import needs

#: the place of what has no term: behind all terms
NEVER = 1_000_000_000


class Tie(NamedTuple):
    """A learning or achievement and what names it; `soft` ties may be met in the same term."""

    needed: str
    learning: str
    soft: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The boxes of a map: the keys that were asked for, then what they name and grant, each with its place and level.

    A place is a term, 0 for what comes before the first one, or NEVER. Levels tell apart, from 0, what in
    one term comes after other things of it. `mates` names, for learnings that ask for one another in one
    term, the first of them.
    """

    place: Mapping[str, int]
    level: Mapping[str, int]
    outside: frozenset[str]
    mates: Mapping[str, str]


def standing_of(
    graph: LearningGraph, shown: Collection[str], terms: Mapping[str, int | None], relations: Collection[Relation]
) -> Standing:
    """Find the boxes of a map and where they stand.

    What has no term and is not among the shown stands in the term before the first learning that names it. An
    achievement stands as late as it can be in time for all that need it, so that all who grant it by then
    stand before it; where nobody does, it stands where it can be had first.
    """
    needed = list(_needs(graph, shown, relations))
    grants = list(_grants(graph, shown, needed, relations))
    among = frozenset(shown)
    place = {key: terms.get(key) or NEVER for key in shown}
    users: dict[str, list[Tie]] = {}
    granted: dict[str, list[int]] = {}
    for tie in needed:
        if tie.needed not in place:
            users.setdefault(tie.needed, []).append(tie)
    for tie in grants:
        granted.setdefault(tie.learning, []).append(place[tie.needed])
    for key in (key for key in dict.fromkeys([*users, *granted]) if key not in place):
        own = terms.get(key) if key in graph else None
        by = min((place[tie.learning] - (not tie.soft) for tie in users.get(key, ())), default=NEVER)
        place[key] = own or _had(graph, key, granted.get(key, ()), by, terms) or _before(place, users.get(key, ()))
    mates, level = _levels(place, [*needed, *grants])
    outside = frozenset(key for key in place if key not in among and (key in graph or key not in granted))
    return Standing(place, level, outside, mates)


def _needs(graph: LearningGraph, shown: Collection[str], relations: Collection[Relation]) -> Iterator[Tie]:
    for key in shown:
        learning = graph[key]
        for relation in relations:
            usual = graph.options.timing_of(relation)
            for need in needs(learning.requirements(relation)):
                soft = relation is Relation.RECOMMENDED or (need.timing or usual) is not Timing.BEFORE
                yield Tie(graph.index.resolve(need.key), key, soft)


def _had(
    graph: LearningGraph, achievement: str, places: Collection[int], by: int, terms: Mapping[str, int | None]
) -> int | None:
    """Give the place of the last who grants it in time, or else of the first; None where only somebody outside can."""
    possible = [place for place in places if place != NEVER]
    if possible:
        return max((place for place in possible if place <= by), default=min(possible))
    elsewhere = any(terms.get(grantor) for grantor in graph.index.grantors.get(achievement, ()))
    return NEVER if places and not elsewhere else None


def _before(place: Mapping[str, int], users: Iterable[Tie]) -> int:
    first = min((place[tie.learning] for tie in users), default=NEVER)
    return first if first == NEVER else first - 1


def _grants(
    graph: LearningGraph, shown: Collection[str], needed: Iterable[Tie], relations: Collection[Relation]
) -> Iterator[Tie]:
    """Give who of the shown learnings grants the achievements that they need, and with outcomes all that they grant."""
    among = frozenset(shown)
    wanted = [tie.needed for tie in needed if tie.needed not in graph]
    if Relation.OUTCOME in relations:
        wanted += [graph.index.resolve(outcome.achievement) for key in shown for outcome in graph[key].outcomes]
    for achievement in dict.fromkeys(wanted):
        for grantor in graph.index.grantors.get(achievement, ()):
            if grantor in among:
                yield Tie(grantor, achievement, soft=False)


def _levels(place: Mapping[str, int], ties: Collection[Tie]) -> tuple[dict[str, str], dict[str, int]]:
    """Put what is needed before what needs it, inside each term; circles are cut where they run back in the graph."""
    inside = [tie for tie in ties if place[tie.needed] == place[tie.learning] and tie.needed != tie.learning]
    onward: dict[str, list[str]] = {key: [] for tie in inside for key in (tie.needed, tie.learning)}
    for tie in inside:
        onward[tie.needed].append(tie.learning)
    circle_of = {key: number for number, circle in enumerate(components(onward)) for key in circle}
    rank = {key: number for number, key in enumerate(place)}
    hard = {circle_of[tie.learning] for tie in inside if not tie.soft and _same_circle(circle_of, tie)}
    mates: dict[str, str] = {}
    first: dict[int, str] = {}
    for key in sorted(circle_of, key=rank.__getitem__):
        if circle_of[key] not in hard:
            mates[key] = first.setdefault(circle_of[key], key)
    after: dict[str, dict[str, None]] = {mates.get(key, key): {} for key in onward}
    for tie in inside:
        start, end = mates.get(tie.needed, tie.needed), mates.get(tie.learning, tie.learning)
        if start != end and not (_same_circle(circle_of, tie) and rank[tie.needed] > rank[tie.learning]):
            after[start][end] = None
    longest = _longest_ways(after)
    return mates, {key: longest.get(mates.get(key, key), 0) for key in place}


def _same_circle(circle_of: Mapping[str, int], tie: Tie) -> bool:
    return circle_of.get(tie.needed, -1) == circle_of.get(tie.learning, -2)


def _longest_ways(after: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Give the length of the longest way to each node of a graph without circles."""
    waiting = dict.fromkeys(after, 0)
    for following in after.values():
        for key in following:
            waiting[key] += 1
    longest = dict.fromkeys(after, 0)
    ready = [key for key, count in waiting.items() if not count]
    for key in ready:  # grows on the way
        for following_key in after[key]:
            longest[following_key] = max(longest[following_key], longest[key] + 1)
            waiting[following_key] -= 1
            if not waiting[following_key]:
                ready.append(following_key)
    return longest
