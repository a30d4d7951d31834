"""The boxes, junctions and links of a map, each in its lane; a requirement tree is small joints before its learning."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeAlias

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.relation import Relation, Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement, needed_of
from learngraph.plotting.map_values import NodeKind
from learngraph.plotting.standing import Standing

#: place, level, and how far before the learnings of that level (they themselves 0)
Lane: TypeAlias = tuple[int, int, int]

_KIND_OF = {AnyOf: NodeKind.ANY, AllOf: NodeKind.ALL, AtLeast: NodeKind.AT_LEAST}


@dataclass(slots=True)
class Part:
    """A node of the map that does not know yet where in its lane it stands."""

    kind: NodeKind
    label: str
    lane: Lane
    key: str | None = None
    count: int | None = None
    conditions: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A line between the numbers of two parts."""

    source: int
    target: int
    relation: Relation
    timing: Timing | None = None
    minimum_grade: float | None = None


@dataclass(slots=True)
class Parts:
    """Parts in the order of the map, and the links between their numbers; one for each pair and relation."""

    graph: LearningGraph
    standing: Standing
    parts: list[Part] = field(default_factory=list)
    links: dict[tuple[int, int, Relation], Link] = field(default_factory=dict)
    number: dict[str, int] = field(default_factory=dict)
    joints: dict[tuple[Requirement, Relation, Lane], int] = field(default_factory=dict)

    def boxes(self) -> None:
        """Put in a box for each key."""
        for key, place in self.standing.place.items():
            kind, name = self._kind_and_name(key)
            self.number[key] = len(self.parts)
            self.parts.append(Part(kind, name or key, (place, self.standing.level[key], 0), key))

    def requirement(self, requirement: Requirement, target: int, relation: Relation, *, inside: bool = False) -> None:
        """Put in what leads to a part; alike junctions of one lane are one."""
        match requirement:
            case Need():
                timing = requirement.timing or self.graph.options.timing_of(relation)
                source = self.number[self.graph.index.resolve(requirement.key)]
                self._link(Link(source, target, relation, timing, requirement.minimum_grade))
            case Condition():
                self.parts[target].conditions[requirement.text] = None
            case AllOf() if not inside:
                for part in requirement.of:
                    self.requirement(part, target, relation)
            case _ if len(requirement.of) == 1:
                self.requirement(requirement.of[0], target, relation, inside=inside)
            case AnyOf() | AllOf() | AtLeast():
                self._joint(requirement, target, relation)

    def _joint(self, branch: AnyOf | AllOf | AtLeast, target: int, relation: Relation) -> None:
        place, level, before = self.parts[target].lane
        lane = (place, level, before - 1)
        known = self.joints.get((branch, relation, lane))
        joint = len(self.parts) if known is None else known
        if known is None:
            self.joints[branch, relation, lane] = joint
            self.parts.append(Part(_KIND_OF[type(branch)], _words(branch), lane, count=needed_of(branch)))
            for part in branch.of:
                self.requirement(part, joint, relation, inside=True)
        self._link(Link(joint, target, relation))

    def grants(self, achievement: str) -> None:
        """Put in who grants an achievement."""
        for grantor in self.graph.index.grantors.get(achievement, ()):
            if grantor in self.number and grantor not in self.standing.outside:
                self._link(Link(self.number[grantor], self.number[achievement], Relation.OUTCOME))

    def _link(self, link: Link) -> None:
        self.links.setdefault((link.source, link.target, link.relation), link)

    def _kind_and_name(self, key: str) -> tuple[NodeKind, str | None]:
        if key in self.graph:
            learning = self.graph[key]
            return NodeKind(learning.type), learning.name
        if key in self.graph.achievements:
            return NodeKind.ACHIEVEMENT, self.graph.achievements[key].name
        return NodeKind.MISSING, None


def _words(branch: AnyOf | AllOf | AtLeast) -> str:
    if isinstance(branch, AtLeast):
        return f"{branch.count} of {len(branch.of)}"
    return "any of" if isinstance(branch, AnyOf) else "all of"


def parts_of(
    graph: LearningGraph, standing: Standing, shown: Collection[str], relations: Collection[Relation]
) -> Parts:
    """Give all parts and links of a map of the shown learnings and what they name."""
    parts = Parts(graph, standing)
    parts.boxes()
    for key in shown:
        for relation in relations:
            for requirement in graph[key].requirements(relation):
                parts.requirement(requirement, parts.number[key], relation)
    for key in standing.place:
        if key not in graph or Relation.OUTCOME in relations:
            parts.grants(key)
    return parts
