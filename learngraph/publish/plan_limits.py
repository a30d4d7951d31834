"""How much a plan may touch before somebody has to say that this much is meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from learngraph.markup import Stated
from learngraph.model.value import InvalidValueError


@dataclass(frozen=True, slots=True)
class PlanLimits(Stated):
    """How much a plan may touch; more makes it unsafe until the limit is raised by its name.

    Parameters
    ----------
    changed_share
        The most learnings that are changed, as a share of those of the org that the catalogue has.
    removed_share
        The most requirements that go, as a share of those learnings' requirements; what is put in their place
        is taken off.
    created
        The most learnings that are created in an org that has some.
    at_least
        The fewest learnings of the org from which on these three count.
    unseen_requirements
        Whether an org may show learnings and no requirement at all: often the user just may not read them.

    Examples
    --------
    >>> list(PlanLimits().exceeded(Extent(held=100, changed=40, in_org=100)))
    ['40 of 100 learnings would be changed (40%), more than 25%: raise the limit changed_share if that is meant']
    """

    changed_share: float = 0.25
    removed_share: float = 0.1
    created: int = 500
    at_least: int = 10
    unseen_requirements: bool = False

    def __post_init__(self) -> None:
        numbers = (("changed_share", self.changed_share), ("removed_share", self.removed_share),
                   ("created", self.created), ("at_least", self.at_least))  # fmt: skip
        faults = [(name, "is no number from 0 on") for name, one in numbers if not _is_amount(one)]
        if self.unseen_requirements not in (True, False):
            faults.append(("unseen_requirements", "is neither true nor false"))
        if faults:
            raise InvalidValueError("PlanLimits", tuple(faults))

    def exceeded(self, extent: "Extent") -> Iterator[str]:
        """Say which limits are exceeded, with both numbers and the name that raises each."""
        if extent.in_org >= self.at_least:
            yield from self._shares(extent)
            if extent.created > self.created:
                yield (
                    f"{extent.created:,} learnings would be created, more than {self.created:,}, in an org that "
                    f"has {extent.in_org:,}: raise the limit created if that is meant"
                )
        if extent.in_org and extent.requires and not extent.requirements_in_org and not self.unseen_requirements:
            yield (
                f"the org shows {extent.in_org:,} learnings and no requirement of any: the user may not be allowed "
                "to read them (LearningFoundationItem); set unseen_requirements if there are none"
            )

    def _shares(self, extent: "Extent") -> Iterator[str]:
        shares = (
            ("changed_share", self.changed_share, extent.changed, extent.held, "learnings would be changed"),
            ("removed_share", self.removed_share, extent.removed, extent.requirements, "requirements would go"),
        )
        for name, limit, part, whole, what in shares:
            if whole and part / whole > limit:
                share = f"{part:,} of {whole:,} {what} ({part / whole:.0%})"
                yield f"{share}, more than {limit:.0%}: raise the limit {name} if that is meant"


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and value >= 0


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a plan touches.

    `held` are the learnings of the catalogue that the org has, of `in_org`, and `requirements` theirs, of
    `requirements_in_org`; `removed` are those that go and have none in their place. `requires` says whether the
    catalogue asks for anything.
    """

    held: int = 0
    changed: int = 0
    created: int = 0
    requirements: int = 0
    removed: int = 0
    in_org: int = 0
    requirements_in_org: int = 0
    requires: bool = False
