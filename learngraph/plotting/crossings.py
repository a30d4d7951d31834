"""The order of the spots in each lane, such that few lines cross."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from learngraph.plotting.heights import mean_height, spaced
from learngraph.plotting.tracks import Tracks

_SWEEPS, _PATIENCE = 12, 3  # at most so many, and so many that find nothing better
_EXCHANGES = 10
_MUCH = 20_000  # spots: from here on fewer sweeps, so that the time stays near linear


def few_crossings(tracks: Tracks, half: Sequence[float], mates: Mapping[int, int]) -> list[list[int]]:
    """Order the spots of each lane by the mean height of what they are joined to, from left to right and back.

    The best order on the way is kept. Parts of the map that no line joins lie one below the other, in the
    order of the map, and what has no lines comes last. Equal means keep the order that was there before.
    """
    group = _connected(tracks, mates)
    lanes = [
        sorted((spot for spot in lane if spot not in tracks.loose), key=group.__getitem__) for lane in tracks.lanes
    ]
    y = _first_heights(lanes, half, len(tracks.lane_of))
    best, fewest = [list(lane) for lane in lanes], crossings(tracks, lanes)
    rounds = _SWEEPS if len(y) < _MUCH else max(2, _SWEEPS * _MUCH // len(y))
    stale = 0
    for sweep in range(rounds):
        if not fewest or stale == _PATIENCE:
            break
        onward = sweep % 2 == 0
        near = tracks.before if onward else tracks.after
        for lane in lanes if onward else reversed(lanes):
            _reorder(lane, near, y, half, group, mates)
        found = crossings(tracks, lanes)
        stale += 1
        if found < fewest:
            stale = 0
            best, fewest = [list(lane) for lane in lanes], found
    if fewest and len(y) < _MUCH:
        exchange_neighbours(tracks, best, fixed=mates)
    return [
        [*lane, *(spot for spot in all_of if spot in tracks.loose)]
        for lane, all_of in zip(best, tracks.lanes, strict=True)
    ]


def exchange_neighbours(tracks: Tracks, lanes: Sequence[list[int]], fixed: Collection[int]) -> None:
    """Let neighbours in a lane change places, in place, as long as fewer lines cross for it."""
    rank = {spot: number for lane in lanes for number, spot in enumerate(lane)}
    moved = set(range(len(lanes)))
    for _ in range(_EXCHANGES):
        near = {number + step for number in moved for step in (-1, 0, 1)}  # elsewhere nothing has changed
        moved = {number for number, lane in enumerate(lanes) if number in near and _exchange(tracks, rank, lane, fixed)}
        if not moved:
            return


def _exchange(tracks: Tracks, rank: dict[int, int], lane: list[int], fixed: Collection[int]) -> bool:
    """Go once through a lane, in place, and say whether anything moved."""
    better = False
    for number in range(len(lane) - 1):
        upper, lower = lane[number], lane[number + 1]
        if upper in fixed or lower in fixed or _gain(tracks, rank, upper, lower) <= 0:
            continue
        lane[number], lane[number + 1] = lower, upper
        rank[upper], rank[lower] = number + 1, number
        better = True
    return better


def _gain(tracks: Tracks, rank: Mapping[int, int], upper: int, lower: int) -> int:
    """Say how many crossings fewer there are when two neighbours change places."""
    gain = 0
    for near in (tracks.before, tracks.after):
        if not near[lower]:
            continue
        below = sorted([rank[other] for other in near[lower]])
        for other in near[upper]:
            place = rank[other]
            gain += bisect_left(below, place) - (len(below) - bisect_right(below, place))
    return gain


def _reorder(
    lane: list[int],
    near: Sequence[Sequence[int]],
    y: list[float],
    half: Sequence[float],
    group: Sequence[int],
    mates: Mapping[int, int],
) -> None:
    """Sort one lane in place by where its neighbours stand, and give it new heights."""
    wish = {spot: mean_height(near[spot], y, y[spot]) for spot in lane}
    if mates:
        wish.update({spot: wish[mates[spot]] for spot in lane if spot in mates})
    lane.sort(key=lambda spot: (group[spot], wish[spot]))
    for spot, height in zip(lane, spaced([wish[spot] for spot in lane], [half[spot] for spot in lane]), strict=True):
        y[spot] = height


def _first_heights(lanes: Sequence[Sequence[int]], half: Sequence[float], spots: int) -> list[float]:
    y = [0.0] * spots
    for lane in lanes:
        for spot, height in zip(lane, spaced([0.0] * len(lane), [half[spot] for spot in lane]), strict=True):
            y[spot] = height
    return y


def _connected(tracks: Tracks, mates: Mapping[int, int]) -> list[int]:
    """Give for each spot the first one of all that lines join with it."""
    found = [-1] * len(tracks.lane_of)
    along: dict[int, list[int]] = {}
    for spot, first in mates.items():
        along.setdefault(first, []).append(spot)
        along.setdefault(spot, []).append(first)
    for start in range(len(found)):
        queue = [start] if found[start] < 0 else []
        for spot in queue:  # grows on the way
            if found[spot] >= 0:
                continue
            found[spot] = start
            queue.extend((*tracks.before[spot], *tracks.after[spot], *along.get(spot, ())))
    return found


def crossings(tracks: Tracks, lanes: Sequence[Sequence[int]]) -> int:
    """Count the pairs of lines that cross between neighbouring lanes when these are ordered so.

    Examples
    --------
    >>> tracks = Tracks((), (), (), ((), (), (1,), (0,)), ((3,), (2,), (), ()), frozenset(), {})
    >>> crossings(tracks, [[0, 1], [2, 3]]), crossings(tracks, [[0, 1], [3, 2]])
    (1, 0)
    """
    rank = {spot: number for lane in lanes for number, spot in enumerate(lane)}
    total = 0
    for lane in lanes:
        ends: list[int] = []
        for spot in lane:
            after = tracks.after[spot]
            if len(after) == 1:  # most of them
                ends.append(rank[after[0]])
            else:
                ends.extend(sorted([rank[other] for other in after]))
        total += _inversions(ends)
    return total


def _inversions(numbers: Sequence[int]) -> int:
    """Count the pairs that stand in the wrong order."""
    found = 0
    seen: list[int] = []
    for number in numbers:
        if seen and seen[-1] > number:
            place = bisect_right(seen, number)
            found += len(seen) - place
            seen.insert(place, number)
        else:
            seen.append(number)
    return found
