"""How much can be reached from each step, without keeping for each one what that is."""

from collections.abc import Sequence

from learngraph.analysis.measuring.network import Neighbours
from learngraph.analysis.measuring.weights import Exact

_WIDTH = 8192  # steps looked at in one pass: a bit each in one integer a step, so memory stays small


def sums_reached(order: Sequence[int], onward: Neighbours, weights: Sequence[Exact]) -> list[Exact]:
    """Give for each step the sum of the weights of all that can be reached from it, itself included.

    `order` has each step before those that it leads to. Sets of steps are bits of integers: joining two
    costs next to nothing, and a pass takes as many operations as there are edges.

    Examples
    --------
    >>> sums_reached([0, 1, 2, 3], ((1, 2), (3,), (3,), ()), [1, 1, 1, 1])
    [4, 2, 2, 1]
    """
    sums: list[Exact] = [0] * len(order)
    for start in range(0, len(order), _WIDTH):
        sought = order[start : start + _WIDTH]
        own = {step: 1 << place for place, step in enumerate(sought)}
        masks: dict[Exact, int] = {}
        for step in sought:
            masks[weights[step]] = masks.get(weights[step], 0) | own[step]
        reached: list[int] = [0] * len(order)
        for step in reversed(order[: start + _WIDTH]):  # what comes later leads to none of these
            bits = own.get(step, 0)
            for other in onward[step]:
                bits |= reached[other]
            reached[step] = bits
            if bits:
                sums[step] += _weight(bits, masks)
    return sums


def _weight(bits: int, masks: dict[Exact, int]) -> Exact:
    if len(masks) == 1:
        (weight,) = masks
        return weight * bits.bit_count()
    return sum(weight * (bits & mask).bit_count() for weight, mask in masks.items())
