"""Taking out of a requirement what an org or a reading cannot use, before anything is distributed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement


class Effect(Enum):
    """What taking out a leaf does to the requirement that is left."""

    STRICTER = "students who meet only this will be stopped"
    LOOSER = "this will not be enforced"
    OTHER = "this will not be enforced, and students who meet only this will be stopped"


@dataclass(frozen=True, slots=True)
class Removal:
    """A leaf that was taken out, and what that does."""

    leaf: Need | Condition
    effect: Effect


def prune(
    requirement: Requirement, unwanted: Callable[[Need | Condition], bool]
) -> tuple[Requirement | None, tuple[Removal, ...]]:
    """Take the unwanted leaves out of a tree; None where nothing is left of it.

    A leaf vanishes from an any-of or at-least that keeps another branch, which makes it stricter;
    elsewhere it counts as met, which makes the whole looser. A branch that is left empty goes too. An
    at-least that keeps fewer branches than it asks for asks for all that are left.

    Examples
    --------
    >>> tree = AnyOf("A", Condition("consent of instructor"))
    >>> rest, removals = prune(tree, lambda leaf: isinstance(leaf, Condition))
    >>> rest, removals[0].effect.name
    (Need('A'), 'STRICTER')
    """
    if not any(map(unwanted, requirement.leaves)):
        return requirement, ()
    settled: list[Removal] = []
    rest, vanished = _prune(requirement, unwanted, settled)
    settled.extend(Removal(leaf, Effect.LOOSER) for leaf in vanished)
    return rest, tuple(settled)


def _prune(
    requirement: Requirement, unwanted: Callable[[Need | Condition], bool], settled: list[Removal]
) -> tuple[Requirement | None, tuple[Need | Condition, ...]]:
    """Give what is left, and the leaves that vanished without anything left beside them so far."""
    if isinstance(requirement, (Need, Condition)):
        return (None, (requirement,)) if unwanted(requirement) else (requirement, ())
    pairs = [_prune(part, unwanted, settled) for part in requirement.of]
    left = [rest for rest, _ in pairs if rest is not None]
    vanished = tuple(leaf for _, leaves in pairs for leaf in leaves)
    if len(left) == len(pairs):
        return requirement if left == list(requirement.of) else _rebuilt(requirement, left), ()
    if not left:
        return None, vanished
    lacking = isinstance(requirement, AtLeast) and len(left) < requirement.count
    asks_for_all = isinstance(requirement, AtLeast) and requirement.count == len(pairs)
    if isinstance(requirement, AllOf) or asks_for_all:
        effect = Effect.LOOSER
    else:
        effect = Effect.OTHER if lacking else Effect.STRICTER
    settled.extend(Removal(leaf, effect) for leaf in vanished)
    return _rebuilt(requirement, left), ()


def _rebuilt(requirement: AnyOf | AllOf | AtLeast, left: list[Requirement]) -> Requirement:
    if len(left) == 1:
        return left[0]
    if isinstance(requirement, AtLeast):
        return AtLeast(requirement.count, left) if requirement.count < len(left) else AllOf(left)
    return type(requirement)(left)
