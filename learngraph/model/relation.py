"""How a learning is joined to what it needs and to what it grants."""

from enum import StrEnum


class Relation(StrEnum):
    """What joins a learning to what it needs, or to what it grants.

    A learning's field of the same meaning is `field` ("prerequisite" -> "prerequisites").
    """

    PREREQUISITE = "prerequisite"
    COREQUISITE = "corequisite"
    RECOMMENDED = "recommended"
    OUTCOME = "outcome"

    @property
    def field(self) -> str:
        """The name of the learning's field that holds this relation."""
        return _FIELD_OF[self]


_FIELD_OF = {
    Relation.PREREQUISITE: "prerequisites",
    Relation.COREQUISITE: "corequisites",
    Relation.RECOMMENDED: "recommended",
    Relation.OUTCOME: "outcomes",
}

#: the relations that hold requirements, in the order of the API's bodies
REQUIREMENT_RELATIONS = (Relation.PREREQUISITE, Relation.COREQUISITE, Relation.RECOMMENDED)

#: those of them that hold a learner back
BINDING = (Relation.PREREQUISITE, Relation.COREQUISITE)


class Timing(StrEnum):
    """When a needed learning has to be taken, seen from the learning that needs it."""

    BEFORE = "before"
    BEFORE_OR_WITH = "before_or_with"
    WITH = "with"

    def implies(self, other: "Timing") -> bool:
        """Whether who keeps this timing keeps the other one too.

        Examples
        --------
        >>> Timing.BEFORE.implies(Timing.BEFORE_OR_WITH), Timing.BEFORE.implies(Timing.WITH)
        (True, False)
        """
        return self is other or other is Timing.BEFORE_OR_WITH
