"""How high each spot of a lane stands: as near to where it wants to be as the others let it."""

from collections.abc import Sequence

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
    offsets: list[float] = []
    offset = last = 0.0
    for size in half:
        offset += last + size if offsets else 0.0
        offsets.append(offset)
        last = size
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for number, wish in enumerate(wishes):
        mean, weight, many = wish - offsets[number], weights[number] if weights else 1.0, 1
        while pools and pools[-1][0] > mean:
            other, more, others = pools.pop()
            mean = (mean * weight + other * more) / (weight + more)
            weight, many = weight + more, many + others
        pools.append((mean, weight, many))
    level = [mean for mean, _, many in pools for _ in range(many)]
    return [mean + offset for mean, offset in zip(level, offsets, strict=True)]


def heights_of(tracks: Tracks, lanes: Sequence[Sequence[int]], half: Sequence[float], parts: int) -> list[float]:
    """Give every spot a height, from 0 on, such that lines are short and those that pass lanes are straight."""
    y = [0.0] * len(half)
    for lane in lanes:
        _place(lane, y, half, [0.0] * len(lane), None)
    everywhere = [(*before, *after) for before, after in zip(tracks.before, tracks.after, strict=True)]
    for turn in range(_ROUNDS):
        near = (tracks.before, tracks.after, everywhere)[min(turn % 3, 2)]
        for lane in lanes if turn % 2 == 0 else reversed(lanes):
            wishes = [_mean(near[spot], y, y[spot]) for spot in lane]
            weights = [_weight(spot, tracks, parts) for spot in lane]
            _place(lane, y, half, wishes, weights)
    _pack_loose(tracks, lanes, half, y)
    top = min((y[spot] - half[spot] for spot in range(len(half))), default=0.0)
    return [height - top for height in y]


def _place(
    lane: Sequence[int],
    y: list[float],
    half: Sequence[float],
    wishes: Sequence[float],
    weights: Sequence[float] | None,
) -> None:
    for spot, height in zip(lane, spaced(wishes, [half[spot] for spot in lane], weights), strict=True):
        y[spot] = height


def _mean(others: Sequence[int], y: Sequence[float], otherwise: float) -> float:
    return sum(y[other] for other in others) / len(others) if others else otherwise


def _weight(spot: int, tracks: Tracks, parts: int) -> float:
    """Say how much a spot minds: lines that pass most, so that they are straight; what stands alone hardly."""
    if spot in tracks.loose:
        return 0.001
    return 4.0 if spot >= parts else 1.0


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
