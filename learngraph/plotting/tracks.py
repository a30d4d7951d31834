"""The lanes of a map from left to right, what stands in each, and the tracks on which lines pass through them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from learngraph.model.relation import Relation
from learngraph.plotting.junctions import Lane, Link, Part

_LEAST_ROWS = 8  # before what has no links takes a further lane


@dataclass(frozen=True, slots=True)
class Tracks:
    """Spots by number: those of the parts first, then those where a line passes a lane.

    `lanes` holds the spots of each lane, in the order of the parts; what has no links comes last. `before`
    and `after` name the spots to which lines lead from each, in the lane to the left and to the right.
    `loose` are the spots without links. `routes` gives for each link its spots, from left to right.
    """

    names: tuple[Lane, ...]
    lanes: tuple[tuple[int, ...], ...]
    lane_of: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    loose: frozenset[int]
    routes: Mapping[Link, tuple[int, ...]]


def tracks_of(parts: Sequence[Part], links: Sequence[Link], planned: int = 0) -> Tracks:
    """Lay the lines of a map on tracks; lines of one source and relation share them as long as they can.

    So many first terms have a lane, even where nothing stands in it.
    """
    linked = {end for link in links for end in (link.source, link.target)}
    loose = [number for number in range(len(parts)) if number not in linked]
    standing = {number: part.lane for number, part in enumerate(parts)}
    standing.update(_spread(loose, standing, len(parts) - len(loose)))
    terms = range(1, planned + 1 if parts else 1)
    names = tuple(sorted({*standing.values(), *((term, 0, 0) for term in terms)}))
    order = {name: number for number, name in enumerate(names)}
    lane_of = [order[standing[number]] for number in range(len(parts))]
    routes, joined = _routes(links, lane_of)
    before, after = _neighbours(joined, len(lane_of))
    lanes: list[list[int]] = [[] for _ in names]
    apart = frozenset(loose)
    for spot in sorted(range(len(lane_of)), key=lambda spot: (spot in apart, spot)):
        lanes[lane_of[spot]].append(spot)
    return Tracks(names, tuple(map(tuple, lanes)), tuple(lane_of), before, after, apart, routes)


def _spread(loose: Iterable[int], standing: Mapping[int, Lane], linked: int) -> dict[int, Lane]:
    """Give what has no links lanes before all others of its term, where its own lane would become too high."""
    apart = set(loose)
    full = Counter(lane for number, lane in standing.items() if number not in apart)
    rows = max(_LEAST_ROWS, ceil(sqrt(linked + len(apart))), *full.values(), 0)
    spread: dict[int, Lane] = {}
    for number in loose:
        own = standing[number]
        lane, further = own, 0
        while full[lane] >= rows:
            lane, further = (own[0], -1, further), further + 1
        full[lane] += 1
        spread[number] = lane
    return spread


def _routes(
    links: Iterable[Link], lane_of: list[int]
) -> tuple[dict[Link, tuple[int, ...]], dict[tuple[int, int], None]]:
    """Give the spots of each link, and all pairs of spots that follow one another; new spots join `lane_of`."""
    routes: dict[Link, tuple[int, ...]] = {}
    joined: dict[tuple[int, int], None] = {}
    passing: dict[tuple[int, Relation, bool, int], int] = {}
    for link in links:
        forward = lane_of[link.source] <= lane_of[link.target]
        left, right = (link.source, link.target) if forward else (link.target, link.source)
        route = [left]
        for lane in range(lane_of[left] + 1, lane_of[right]):
            name = (link.source, link.relation, forward, lane)
            if name not in passing:
                passing[name] = len(lane_of)
                lane_of.append(lane)
            route.append(passing[name])
        route.append(right)
        routes[link] = tuple(route)
        if lane_of[left] < lane_of[right]:
            joined.update(dict.fromkeys(pairwise(route)))
    return routes, joined


def _neighbours(
    joined: Iterable[tuple[int, int]], spots: int
) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
    before: list[list[int]] = [[] for _ in range(spots)]
    after: list[list[int]] = [[] for _ in range(spots)]
    for left, right in joined:
        before[right].append(left)
        after[left].append(right)
    return tuple(map(tuple, before)), tuple(map(tuple, after))
