"""The nodes, edges and columns of a map, once it is known in which lane and how high all stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from learngraph.model.relation import Relation, Timing
from learngraph.plotting.junctions import Lane, Link, Part, Parts
from learngraph.plotting.map_values import BOX, JOINT, MapColumn, MapEdge, MapNode, Way
from learngraph.plotting.standing import NEVER
from learngraph.plotting.tracks import Tracks

_AROUND_BOX, _AROUND_LINE = 0.15, 0.08  # free space above and below
_GAP, _WIDEST_GAP, _JOINT_GAP, _TERM_GAP = 0.5, 3.0, 0.28, 0.25
_LINES_OF_A_GAP = 50  # so many lines make a gap wider by one
_LOOP = 0.2  # how high a line from a box to itself is
_ENTRY = {Relation.COREQUISITE: 0.2, Relation.RECOMMENDED: -0.2}  # beside the middle, so that no head covers another


def half_heights(parts: Sequence[Part], tracks: Tracks) -> list[float]:
    """Give half the height that each spot takes, with the space that stays free."""
    boxes = [(JOINT if part.kind.is_junction else BOX)[1] / 2 + _AROUND_BOX for part in parts]
    return boxes + [_AROUND_LINE] * (len(tracks.lane_of) - len(parts))


@dataclass(frozen=True, slots=True)
class Placing:
    """What is known of a map: parts, tracks, the terms, the height of each spot, and the sides of each lane."""

    parts: Parts
    tracks: Tracks
    terms: Mapping[str, int | None]
    y: Sequence[float]
    sides: Sequence[tuple[float, float]]

    @classmethod
    def of(cls, parts: Parts, tracks: Tracks, terms: Mapping[str, int | None], y: Sequence[float]) -> "Placing":
        """Find the sides of the lanes."""
        return cls(parts, tracks, terms, y, tuple(_sides(tracks)))

    def node(self, number: int) -> MapNode:
        """Give the node of a part."""
        part = self.parts.parts[number]
        left, right = self.sides[self.tracks.lane_of[number]]
        return MapNode(
            f"n{number}",
            part.kind,
            part.label,
            part.key,
            None if part.key is None or part.key not in self.parts.graph else self.terms.get(part.key),
            (left + right) / 2,
            self.y[number],
            outside=part.key in self.parts.standing.outside,
            count=part.count,
            conditions=tuple(part.conditions),
        )

    def edge(self, link: Link) -> MapEdge:
        """Give the edge of a link."""
        way = self._way(link)
        return MapEdge(
            f"n{link.source}",
            f"n{link.target}",
            link.relation,
            link.timing,
            link.minimum_grade,
            way,
            tuple(self._points(link)),
        )

    def columns(self, never: str) -> Iterator[MapColumn]:
        """Give the columns, which lie side by side from 0 on."""
        edges = [*self._column_edges()]
        for (place, left), (_, right) in pairwise(edges):
            label = "Before" if place == 0 else never if place == NEVER else f"Term {place}"
            yield MapColumn(label, None if place == NEVER else place, left, right)

    def _column_edges(self) -> Iterator[tuple[int, float]]:
        place, end = -1, 0.0
        for name, (left, right) in zip(self.tracks.names, self.sides, strict=True):
            if name[0] != place:
                yield name[0], (end + left) / 2 if place >= 0 else 0.0
            place, end = name[0], right
        if place >= 0:
            yield place, end + _GAP / 2

    def _way(self, link: Link) -> Way:
        source, target = self.tracks.lane_of[link.source], self.tracks.lane_of[link.target]
        if source < target:
            return Way.FORWARD
        side_by_side = self.tracks.names[source][:2] == self.tracks.names[target][:2]
        at_once = link.timing in {Timing.WITH, Timing.BEFORE_OR_WITH}
        return Way.TOGETHER if side_by_side and at_once else Way.BACK

    def _points(self, link: Link) -> Iterator[tuple[float, float]]:
        route = self.tracks.routes[link]
        lanes = [self.tracks.lane_of[spot] for spot in route]
        if lanes[0] == lanes[-1]:
            yield from self._beside(link)
            return
        forward = route[0] == link.source
        points = [(self.sides[lanes[0]][1], self._end(link, route[0]))]
        for spot, lane in zip(route[1:-1], lanes[1:-1], strict=True):
            points.extend((side, self.y[spot]) for side in self.sides[lane])
        points.append((self.sides[lanes[-1]][0], self._end(link, route[-1])))
        yield from points if forward else reversed(points)

    def _end(self, link: Link, spot: int) -> float:
        """Give how high a line meets its source or its learning."""
        meets = spot == link.target and not self.parts.parts[spot].kind.is_junction
        return self.y[spot] + (_ENTRY.get(link.relation, 0.0) if meets else 0.0)

    def _beside(self, link: Link) -> Iterator[tuple[float, float]]:
        """Give the points of a line inside one lane: on the right where it leads down, else on the left."""
        start, end = self.y[link.source], self._end(link, link.target)
        left, right = self.sides[self.tracks.lane_of[link.source]]
        if link.source == link.target:
            start, end = start - _LOOP / 2, start + _LOOP / 2
        side = right if end > start else left
        yield from ((side, start), (side, end))


def _sides(tracks: Tracks) -> Iterator[tuple[float, float]]:
    right = 0.0
    name: Lane | None = None
    for number, following in enumerate(tracks.names):
        left = right + (_gap(tracks, number, name, following) if name else _GAP / 2)
        right = left + (BOX if following[2] >= 0 else JOINT)[0]
        yield left, right
        name = following


def _gap(tracks: Tracks, number: int, name: Lane, following: Lane) -> float:
    """Give the space between two lanes: more where a term ends and where many lines run."""
    if name[:2] == following[:2] and name[2] < 0:
        return _JOINT_GAP
    lines = sum(len(tracks.before[spot]) for spot in tracks.lanes[number])
    end_of_term = _TERM_GAP if name[0] != following[0] else 0.0
    return min(_GAP + end_of_term + lines / _LINES_OF_A_GAP, _WIDEST_GAP)
