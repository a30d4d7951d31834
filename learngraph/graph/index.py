"""What refers to what in a graph: neighbours, found once and looked up often."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from learngraph.model.achievement import Achievement
from learngraph.model.learning import Learning
from learngraph.model.options import Options
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation, Timing
from learngraph.model.requirement import Condition, Need
from learngraph.model.salesforce_id import canonical, is_salesforce_id


class Reference(NamedTuple):
    """One need, where it stands, and what it means there.

    `needed` is the key that the need's own key stands for: the same key, or that of the learning or
    achievement whose record it names. `number` is the requirement's place in its relation, from 0.
    """

    learning: str
    relation: Relation
    number: int
    need: Need
    needed: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Index:
    """References in graph order, those to each key, and who grants each achievement."""

    references: tuple[Reference, ...]
    to: Mapping[str, tuple[Reference, ...]]
    grantors: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    ids: Mapping[str, str]

    @classmethod
    def of(
        cls, learnings: Mapping[str, Learning], achievements: Mapping[str, Achievement], options: Options
    ) -> "Index":
        """Read every requirement and outcome once."""
        ids = dict(_ids(learnings, achievements))
        known = frozenset(learnings) | frozenset(achievements)
        references: list[Reference] = []
        to: dict[str, list[Reference]] = {}
        grantors: dict[str, list[str]] = {}
        for learning in learnings.values():
            for relation in REQUIREMENT_RELATIONS:
                usual = options.timing_of(relation)
                for number, requirement in enumerate(learning.requirements(relation)):
                    for need in requirement.leaves:
                        if isinstance(need, Condition):
                            continue
                        needed = _resolve(need.key, known, ids)
                        reference = Reference(learning.key, relation, number, need, needed, need.timing or usual)
                        references.append(reference)
                        to.setdefault(needed, []).append(reference)
            for outcome in learning.outcomes:
                granted = grantors.setdefault(_resolve(outcome.achievement, known, ids), [])
                if learning.key not in granted:
                    granted.append(learning.key)
        return cls(
            tuple(references),
            {key: tuple(found) for key, found in to.items()},
            {key: tuple(found) for key, found in grantors.items()},
            known,
            ids,
        )

    def resolve(self, key: str) -> str:
        """Give the key in the graph that a key or a Salesforce id stands for; else the key itself."""
        return _resolve(key, self.known, self.ids)

    def is_missing(self, key: str) -> bool:
        """Whether a key stands for nothing: not in the graph, and no record either."""
        return self.resolve(key) not in self.known and not is_salesforce_id(key)


def _resolve(key: str, known: frozenset[str], ids: Mapping[str, str]) -> str:
    return key if key in known else ids.get(canonical(key), key)


def _ids(learnings: Mapping[str, Learning], achievements: Mapping[str, Achievement]) -> Iterator[tuple[str, str]]:
    for key in (*learnings, *achievements):
        if is_salesforce_id(key):
            yield canonical(key), key
    for learning in learnings.values():
        for record_id in (
            learning.salesforce.learning_id,
            learning.salesforce.course_id,
            learning.salesforce.program_id,
        ):
            if record_id:
                yield canonical(record_id), learning.key
    for achievement in achievements.values():
        if achievement.record_id:
            yield canonical(achievement.record_id), achievement.key
