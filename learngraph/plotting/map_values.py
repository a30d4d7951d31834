"""A map of a curriculum: boxes, junctions and lines, with the places where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from learngraph.markup import Brief, Table, Tabular
from learngraph.model.relation import Relation, Timing

#: how wide and how high a learning's box and a junction are, in units of the map
BOX = (1.0, 0.7)
JOINT = (0.22, 0.3)


class NodeKind(StrEnum):
    """What a node of a map stands for; the last three are junctions, where several needs come together."""

    COURSE = "course"
    PROGRAM = "program"
    ACHIEVEMENT = "achievement"
    MISSING = "missing"
    ANY = "any"
    ALL = "all"
    AT_LEAST = "at_least"

    @property
    def is_junction(self) -> bool:
        """Whether it joins needs and is no learning or achievement."""
        return self in {NodeKind.ANY, NodeKind.ALL, NodeKind.AT_LEAST}


class Way(StrEnum):
    """How an edge runs.

    FORWARD is from left to right, as time does. TOGETHER joins learnings that ask for one another in the
    same term; they stand in one lane. BACK runs from right to left: an alternative or a recommendation
    that comes later than the learning that names it, a circle, or a degree plan that breaks a requirement.
    """

    FORWARD = "forward"
    TOGETHER = "together"
    BACK = "back"


@dataclass(frozen=True, slots=True, repr=False)
class MapNode(Brief):
    """A learning, an achievement, or a junction, and where its middle stands; y grows downwards.

    `id` is of the map's own making and holds no text of others. `key` and `term` (from 1) are None for
    junctions; `term` is None also for what has none. `outside` says that it is neither among the learnings
    that were asked for nor granted by one of them, and is there because one of them refers to it. `count`
    says of how many a junction asks. `conditions` are the texts that are asked for here as well and are no
    learnings: by a learning all of them, by a junction as further branches.
    """

    id: str
    kind: NodeKind
    label: str
    key: str | None
    term: int | None
    x: float
    y: float
    outside: bool = False
    count: int | None = None
    conditions: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """The width of its box."""
        return (JOINT if self.kind.is_junction else BOX)[0]

    @property
    def height(self) -> float:
        """The height of its box."""
        return (JOINT if self.kind.is_junction else BOX)[1]


@dataclass(frozen=True, slots=True, repr=False)
class MapEdge(Brief):
    """A line between the ids of two nodes, in the order of study.

    `timing` and `minimum_grade` are those of the need, and None for what leads from a junction or grants
    an achievement. `points` begin at the side of the one box and end at that of the other; between them
    they come in pairs of the same height, which lead past the boxes of one lane. Lines of one source and
    relation share their points as long as they run together.
    """

    source: str
    target: str
    relation: Relation
    timing: Timing | None
    minimum_grade: float | None
    way: Way
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, repr=False)
class MapColumn(Brief):
    """A term and the space that it takes; `term` is None for what has none, and 0 for what comes before the first."""

    label: str
    term: int | None
    left: float
    right: float


@dataclass(frozen=True, slots=True, repr=False)
class CurriculumMap(Tabular):
    """Nodes, edges and columns; all lie between 0 and `width`, and between 0 and `height`.

    Learnings that were asked for come first, in the order of the graph, then what they name and grant, then
    junctions. Columns go from left to right.
    """

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    columns: tuple[MapColumn, ...]
    width: float
    height: float

    @property
    def by_key(self) -> Mapping[str, MapNode]:
        """The nodes of learnings and achievements, by their keys."""
        return {node.key: node for node in self.nodes if node.key is not None}

    @property
    def table(self) -> Table:
        """A row for each node that is no junction."""
        rows = [(node.key, node.kind.value, node.label, node.term, node.outside) for node in self.nodes if node.key]
        return Table(("key", "kind", "name", "term", "outside"), rows)

    def __repr__(self) -> str:
        joints = sum(node.kind.is_junction for node in self.nodes)
        return (
            f"<CurriculumMap: {len(self.nodes) - joints} boxes, {joints} junctions, {len(self.edges)} edges,"
            f" {len(self.columns)} columns>"
        )
