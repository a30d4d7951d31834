"""Why a learning is sent, in words: what comes, what goes, and what becomes what."""

from collections.abc import Iterator, Mapping
from datetime import date

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.implication import Clause
from learngraph.model.achievement import Achievement, Provider
from learngraph.model.grades import GradeScale
from learngraph.model.learning import Learning
from learngraph.model.relation import Relation
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement
from learngraph.model.salesforce_id import canonical
from learngraph.model.value import short
from learngraph.model.wording import in_words
from learngraph.salesforce.bodies import is_nothing
from learngraph.salesforce.difference import Difference
from learngraph.salesforce.held import requirement_of
from learngraph.salesforce.names import FIELDS
from learngraph.salesforce.post import Creation
from learngraph.salesforce.snapshot import Snapshot

_FIELD_OF = dict(FIELDS)


class OwnWords:
    """Names what an org holds by the keys of the catalogue, where it has them, else by those of the org."""

    def __init__(self, snapshot: Snapshot, graph: LearningGraph, held: Mapping[str, str]) -> None:
        key_of = {there: key for key, there in held.items()}
        self._scale = graph.options.scale
        self._names: dict[str, str] = {}
        for learning in snapshot.graph:
            # what is no learning of the catalogue must not be called like one
            own = (learning.record_id or f"{learning.key} (of the org)") if learning.key in graph else learning.key
            name = key_of.get(learning.key, own)
            ids = (learning.record_id, learning.salesforce.course_id, learning.salesforce.program_id)
            self._names.update(dict.fromkeys((learning.key, *(canonical(one) for one in ids if one)), name))
        self._names.update((_id(one), one.name or one.key) for one in _others(snapshot.graph))
        self._names.update((_id(one), one.key) for one in _others(graph))

    def name(self, key: str) -> str:
        """Give the name of what a key or an id stands for; the same text where it is not known."""
        return self._names.get(canonical(key), key)

    def tree(self, requirement: Requirement) -> Requirement:
        """Give a requirement of the org that names learnings as the catalogue does."""
        if isinstance(requirement, Need):
            return requirement.replaced(key=self.name(requirement.key))
        if isinstance(requirement, Condition):
            return requirement
        parts = [self.tree(part) for part in requirement.of]
        return AtLeast(requirement.count, parts) if isinstance(requirement, AtLeast) else type(requirement)(parts)

    def words(self, requirement: Requirement) -> str:
        """Write a requirement as people do, with the letters of the catalogue's grades."""
        return in_words(self.tree(requirement), self._scale)

    def clause(self, clause: Clause) -> str:
        """Write a clause as people do."""
        return self.words(clause[0] if len(clause) == 1 else AnyOf(clause))


def listed(requirements: tuple[Requirement, ...], scale: GradeScale) -> str:
    """Write all requirements of a relation as people do; "none" for none.

    Examples
    --------
    >>> listed((Need("A", 3), AnyOf("B", "C")), GradeScale.named("us"))
    'A with B or better and (B or C)'
    """
    if not requirements:
        return "none"
    return in_words(requirements[0] if len(requirements) == 1 else AllOf(requirements), scale)


def _others(graph: LearningGraph) -> tuple[Provider | Achievement, ...]:
    return (*graph.providers, *graph.achievements.values())


def _id(one: Provider | Achievement) -> str:
    return canonical(one.record_id or one.key)


def why_created(learning: Learning, creation: Creation, words: OwnWords) -> tuple[str, ...]:
    """Say of a new learning what it is called and what it asks for."""
    called = f": {shown(learning.name)}" if learning.name else ""
    asked = (f"{relation.value} {words.clause(clause)} is added" for relation, clause in creation.created)
    granted = (f"outcome {one.achievement} is added" for one in learning.outcomes if "outcomes" in creation.body)
    return (f"is new{called}", *asked, *granted)


def why_closed(clauses: tuple[tuple[Relation, Clause], ...], words: OwnWords) -> tuple[str, ...]:
    """Say which requirements close a circle, once all of it is there."""
    return tuple(f"{relation.value} {words.clause(clause)} closes a circle" for relation, clause in clauses)


def why_updated(difference: Difference, words: OwnWords) -> tuple[str, ...]:
    """Say what of a learning comes, goes and changes."""
    return (*_fields(difference, words), *_requirements(difference, words), *_outcomes(difference, words))


def _fields(difference: Difference, words: OwnWords) -> Iterator[str]:
    for name, before, after in difference.fields:
        label = _FIELD_OF.get(name, name).replace("_", " ") if name in _FIELD_OF else name
        old, new = (words.name(one) if name == "provider" and isinstance(one, str) else one for one in (before, after))
        if is_nothing(new):
            yield f"{label}: {shown(old)} is cleared"
        elif is_nothing(old):
            yield f"{label}: {shown(new)} is set"
        else:
            yield f"{label}: {shown(old)} becomes {shown(new)}"


def _requirements(difference: Difference, words: OwnWords) -> Iterator[str]:
    added = [f"{relation.value} {words.clause(clause)}" for relation, clause in difference.created]
    gone = [f"{relation.value} {words.words(requirement_of(item))}" for relation, item in difference.deleted]
    kept = {f"{relation.value} {words.clause(clause)}" for relation, clause in difference.wanted}
    for one in gone:
        if one in added:
            yield f"{one} is made anew"
        else:
            yield f"{one} is there twice and goes once" if one in kept else f"{one} is taken away"
    yield from (f"{one} is added" for one in added if one not in gone)


def _outcomes(difference: Difference, words: OwnWords) -> Iterator[str]:
    yield from (f"outcome {words.name(key)} is added" for key in difference.outcomes)


def shown(value: object) -> str:
    """Show a value of a field: text in quotes, cut where it is long.

    Examples
    --------
    >>> shown("Logic"), shown(True), shown(date(2026, 9, 1)), shown(4)
    ("'Logic'", 'true', '2026-09-01', '4')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else short(value)
