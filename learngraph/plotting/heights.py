"""How high each spot of a lane stands: as near to where it wants to be as the others let it."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import add

from learngraph.plotting.tracks import Tracks

_ROUNDS = 8


def spaced(wishes: Sequence[float], half: Sequence[float], weights: Sequence[float] | None = None) -> list[float]:
    """Give heights in the given order that lie as near to the wishes as the distances allow.

    The sum of the weighted squares of what they are off is the least there is; it is found by pooling
    neighbours that want to pass one another. `half` is half the space that each takes.

    Examples
    --------
    >>> spaced([0, 0, 9], [0.5, 0.5, 0.5])
    [-0.5, 0.5, 9.0]
    """
    return _pooled(wishes, _offsets(half), weights)


def _offsets(half: Sequence[float]) -> list[float]:
    """Give how far below the first each must stand."""
    return list(accumulate(map(add, half, half[1:]), initial=0.0))


def _pooled(wishes: Sequence[float], offsets: Sequence[float], weights: Sequence[float] | None) -> list[float]:
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for number, wish in enumerate(wishes):
        mean, weight, many = wish - offsets[number], weights[number] if weights else 1.0, 1
        while pools and pools[-1][0] > mean:
            other, more, others = pools.pop()
            mean = (mean * weight + other * more) / (weight + more)
            weight, many = weight + more, many + others
        pools.append((mean, weight, many))
    level = [mean for mean, _, many in pools for _ in range(many)]
    return list(map(add, level, offsets))


def heights_of(
    tracks: Tracks, lanes: Sequence[Sequence[int]], half: Sequence[float], parts: int, mates: Mapping[int, int]
) -> list[float]:
    """Give every spot a height, from 0 on, such that lines are short and those that pass lanes are straight.

    Mates wish to stand where they stand in the mean, and so side by side.
    """
    y = [0.0] * len(half)
    joined = [[spot for spot in lane if spot not in tracks.loose] for lane in lanes]
    offsets = [_offsets([half[spot] for spot in lane]) for lane in joined]
    for lane, distances in zip(joined, offsets, strict=True):
        _place(lane, y, _pooled([0.0] * len(lane), distances, None))
    weight = [1.0] * parts + [4.0] * (len(half) - parts)  # lines that pass mind most, so that they are straight
    everywhere = [(*before, *after) for before, after in zip(tracks.before, tracks.after, strict=True)]
    weights = [[weight[spot] for spot in lane] for lane in joined]
    onward = list(zip(joined, offsets, weights, strict=True))
    for turn in range(_ROUNDS):
        near = (tracks.before, tracks.after, everywhere)[min(turn % 3, 2)]
        for lane, distances, minding in onward if turn % 2 == 0 else reversed(onward):
            own = {spot: mean_height(near[spot], y, y[spot]) for spot in lane}
            _place(lane, y, _pooled(_shared(own, mates), distances, minding))
    _pack_loose(tracks, lanes, half, y)
    top = min((y[spot] - half[spot] for spot in range(len(half))), default=0.0)
    return [height - top for height in y]


def _place(lane: Sequence[int], y: list[float], heights: Sequence[float]) -> None:
    for spot, height in zip(lane, heights, strict=True):
        y[spot] = height


def mean_height(others: Sequence[int], y: Sequence[float], otherwise: float) -> float:
    """Give the mean height of some spots.

    Examples
    --------
    >>> mean_height((0, 1), [1.0, 3.0], 0.0), mean_height((), [], 5.0)
    (2.0, 5.0)
    """
    if len(others) == 1:  # most of them
        return y[others[0]]
    return sum([y[other] for other in others]) / len(others) if others else otherwise


def _shared(own: Mapping[int, float], mates: Mapping[int, int]) -> list[float]:
    """Give the wishes of a lane in its order, those of mates the mean of theirs."""
    if not mates:
        return list(own.values())
    groups: dict[int, list[float]] = {}
    for spot, wish in own.items():
        if spot in mates:
            groups.setdefault(mates[spot], []).append(wish)
    return [sum(found) / len(found) if (found := groups.get(mates.get(spot, -1))) else own[spot] for spot in own]


def _pack_loose(tracks: Tracks, lanes: Sequence[Sequence[int]], half: Sequence[float], y: list[float]) -> None:
    """Put what has no lines into the free space of its lane, from the top of the map on."""
    linked = [[spot for spot in lane if spot not in tracks.loose] for lane in lanes]
    top = min((y[spot] - half[spot] for lane in linked for spot in lane), default=0.0)
    for lane, fixed in zip(lanes, linked, strict=True):
        free, following = top, 0
        for spot in lane:
            if spot not in tracks.loose:
                continue
            while following < len(fixed) and y[fixed[following]] - half[fixed[following]] < free + 2 * half[spot]:
                free = max(free, y[fixed[following]] + half[fixed[following]])
                following += 1
            y[spot] = free + half[spot]
            free += 2 * half[spot]
