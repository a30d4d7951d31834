"""A catalogue as boxes and arrows, for languages that draw: alternatives and conditions can be seen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Learning
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation, Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement
from learngraph.model.value import short

_WHEN = {Timing.BEFORE: "before", Timing.BEFORE_OR_WITH: "before or with", Timing.WITH: "with"}


class Shape(StrEnum):
    """What a box stands for."""

    COURSE = "course"
    PROGRAM = "program"
    ACHIEVEMENT = "achievement"
    MISSING = "missing"
    CONDITION = "condition"
    JUNCTION = "junction"


@dataclass(frozen=True, slots=True)
class Box:
    """One box: an id of our own, what it stands for, and the lines of text in it."""

    id: str
    shape: Shape
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between the ids of two boxes, in the order of study; `text` says what the relation does not."""

    start: str
    end: str
    relation: Relation
    text: str = ""


@dataclass(slots=True)
class Picture:
    """Boxes and arrows in the order of the graph."""

    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    def box(self, shape: Shape, *lines: str) -> str:
        """Put in a box and give its id."""
        box = Box(f"n{len(self.boxes)}", shape, lines)
        self.boxes.append(box)
        return box.id


def picture_of(graph: LearningGraph) -> Picture:
    """Draw a graph: a box each learning, and a small one where alternatives come together.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> picture = picture_of(LearningGraph([Course(key="C", prerequisites=[{"any": ["A", "B"]}])]))
    >>> [box.lines for box in picture.boxes]
    [('C',), ('any of',), ('A',), ('B',)]
    """
    drawing = _Drawing(graph)
    for learning in graph:
        drawing.learning(learning)
    return drawing.picture


class _Drawing:
    def __init__(self, graph: LearningGraph) -> None:
        self.picture = Picture()
        self._graph = graph
        self._ids = {item.key: self._known(Shape(item.type), item.key, item.name) for item in graph}
        for achievement in graph.achievements.values():
            box = self._known(Shape.ACHIEVEMENT, achievement.key, achievement.name)
            self._ids[achievement.key] = box

    def learning(self, learning: Learning) -> None:
        """Draw the arrows of one learning."""
        end = self._ids[learning.key]
        for relation in REQUIREMENT_RELATIONS:
            for requirement in learning.requirements(relation):
                self._requirement(requirement, end, relation)
        for outcome in learning.outcomes:
            granted = self._id(outcome.achievement)
            self.picture.arrows.append(Arrow(end, granted, Relation.OUTCOME))

    def _known(self, shape: Shape, key: str, name: str | None) -> str:
        return self.picture.box(shape, key, *([name] if name and name != key else []))

    def _id(self, key: str) -> str:
        resolved = self._graph.index.resolve(key)
        if resolved not in self._ids:
            self._ids[resolved] = self.picture.box(Shape.MISSING, resolved)
        return self._ids[resolved]

    def _requirement(self, requirement: Requirement, end: str, relation: Relation, *, inside: bool = False) -> None:
        """Draw what leads to a box; `inside` an any-of an all-of needs a box of its own."""
        match requirement:
            case Need():
                text = ", ".join(self._words(requirement, relation))
                self.picture.arrows.append(Arrow(self._id(requirement.key), end, relation, text))
            case Condition():
                start = self.picture.box(Shape.CONDITION, requirement.text)
                self.picture.arrows.append(Arrow(start, end, relation))
            case AllOf() if not inside:
                self._parts(requirement, end, relation, inside=False)
            case _ if len(requirement.of) == 1:
                self._requirement(requirement.of[0], end, relation, inside=inside)
            case AnyOf() | AllOf() | AtLeast():
                joint = self.picture.box(Shape.JUNCTION, _joint(requirement))
                self.picture.arrows.append(Arrow(joint, end, relation))
                self._parts(requirement, joint, relation, inside=True)

    def _parts(self, branch: AnyOf | AllOf | AtLeast, end: str, relation: Relation, *, inside: bool) -> None:
        for part in branch.of:
            self._requirement(part, end, relation, inside=inside)

    def _words(self, need: Need, relation: Relation) -> Iterator[str]:
        if need.minimum_grade is not None:
            yield f"at least {short(need.minimum_grade)}"
        timing = need.timing or self._graph.options.timing_of(relation)
        if relation is Relation.COREQUISITE or timing is not Timing.BEFORE:
            yield _WHEN[timing]


def _joint(branch: AnyOf | AllOf | AtLeast) -> str:
    if isinstance(branch, AtLeast):
        return f"{branch.count} of {len(branch.of)}"
    return "any of" if isinstance(branch, AnyOf) else "all of"
