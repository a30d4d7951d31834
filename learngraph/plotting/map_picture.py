"""A map that is ready to be drawn: what is lit up, the numbers that are shown, and the title."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from learngraph.analysis.programs.courses import curriculum
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.value import InvalidValueError, short
from learngraph.plotting.boxes import draw_bars, draw_boxes, draw_columns, draw_junctions, face
from learngraph.plotting.chart_rows import say_nothing
from learngraph.plotting.labels import Placed, draw_joint_words, draw_labels, labels_of, write
from learngraph.plotting.legend import draw_legend
from learngraph.plotting.lettering import Lettering, Ruler
from learngraph.plotting.lighting import Lighting, reached
from learngraph.plotting.map_values import CurriculumMap, MapNode
from learngraph.plotting.mapping import curriculum_map
from learngraph.plotting.shades import Metric, Shades, shades_of
from learngraph.plotting.sheet import Sheet, box_of, figure_of, ink, size_for
from learngraph.plotting.strokes import draw_lines

_TITLE, _LEAST_TITLE = 11.0, 8.0  # points
_HEAD, _LEAST_HEAD, _NOTE = 9.0, 5.0, 7.0  # points of the column labels and of the note
_NOTHING = "nothing to show: there are no learnings here"


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map, and all that is shown on it."""

    drawn: CurriculumMap
    title: str
    lighting: Lighting
    colour: Shades | None = None
    size: Shades | None = None

    @property
    def inches(self) -> tuple[float, float]:
        """The width and height of a figure on which it can be read."""
        return size_for(self.drawn)

    def draw_on(self, ax: Axes) -> Axes:
        """Draw it on axes, and give them back."""
        figure = figure_of(ax)
        boxes = [node for node in self.drawn.nodes if not node.kind.is_junction]
        lettering = Lettering.of((self.title, *(text for node in boxes for text in (node.key or "", node.label))))
        ruler, families = Ruler(figure, lettering.families), list(lettering.families)
        words, points = ruler.fitted(lettering.written(self.title), _TITLE, _LEAST_TITLE, box_of(ax).width, 2)
        ax.set_title(words, parse_math=False, family=families, fontsize=points)
        if not self.drawn.nodes:
            return say_nothing(ax, _NOTHING)
        below = draw_legend(ax, self.drawn, self.lighting, self.colour, self.size) + ruler.height(_NOTE, 2)
        sheet = Sheet.of(ax, self.drawn, above=ruler.height(_HEAD, 2), below=below)
        self._draw_shapes(sheet)
        faces = {node.id: face(node, self.colour, self.lighting.of_node(node.id)) for node in boxes}
        order = _in_order(self.drawn, boxes, self.lighting)
        labels = labels_of(sheet, self.drawn, ruler, lettering, order, bars=self.size is not None)
        draw_labels(sheet, labels, lettering, faces, self.lighting)
        draw_joint_words(sheet, self.drawn, ruler, lettering)
        _draw_heads(sheet, self.drawn, ruler, lettering)
        _draw_note(sheet, self.drawn, ruler, lettering, labels.left_out, len(boxes))
        return ax

    def _draw_shapes(self, sheet: Sheet) -> None:
        draw_columns(sheet, self.drawn)
        draw_lines(sheet, self.drawn, self.lighting)
        draw_boxes(sheet, self.drawn, self.lighting, self.colour)
        draw_junctions(sheet, self.drawn, self.lighting)
        if self.size is not None:
            draw_bars(sheet, self.drawn, self.lighting, self.size)


def picture_of_curriculum(
    graph: LearningGraph,
    *,
    terms: str | DegreePlan | Mapping[str, int | None] | None = None,
    keys: Iterable[str] | None = None,
    relations: Iterable[Relation | str] = REQUIREMENT_RELATIONS,
    colour: Metric | Shades | None = None,
    size: Metric | Shades | None = None,
    highlight: str | None = None,
    title: str | None = None,
) -> MapPicture:
    """Make ready what `plot_curriculum` draws; `title` is its first part. What was measured already comes as shades."""
    drawn = curriculum_map(graph, terms=terms, keys=keys, relations=relations)
    where = "plot_curriculum"
    shown = sum(node.key in graph and not node.outside for node in drawn.nodes)
    return MapPicture(
        drawn,
        f"{title or graph.options.name or 'Curriculum'}: {shown:,} learning{'s' * (shown != 1)}",
        _lighting(graph, drawn, highlight),
        _shades(graph, drawn, colour, where, "colour"),
        _shades(graph, drawn, size, where, "size"),
    )


def picture_of_program(
    graph: LearningGraph,
    program: str,
    *,
    terms: str | None = None,
    colour: str | None = None,
    size: str | None = None,
    highlight: str | None = None,
) -> MapPicture:
    """Make ready a picture of the courses that the plan of a program names; metrics are measured among these."""
    inside, where = curriculum(graph, program=program), "plot_curriculum"
    return picture_of_curriculum(
        graph,
        keys=[course.key for course in inside],
        title=graph[program].name or program,
        terms=terms,
        colour=colour and shades_of(inside, colour, function=where, argument="colour"),
        size=size and shades_of(inside, size, function=where, argument="size"),
        highlight=highlight,
    )


def picture_around(
    graph: LearningGraph,
    key: str,
    *,
    steps: int | None,
    terms: str | DegreePlan | Mapping[str, int | None] | None = None,
    relations: Iterable[Relation | str] = REQUIREMENT_RELATIONS,
    colour: Metric | None = None,
    size: Metric | None = None,
) -> MapPicture:
    """Make ready what `plot_neighbourhood` draws."""
    where = "plot_neighbourhood"
    if steps is not None and (isinstance(steps, bool) or steps < 0):
        raise InvalidValueError(where, (("steps", f"{short(steps)} is no number from 0, nor None"),))
    found = graph[graph.index.resolve(key)]
    wanted = tuple(relations)
    drawn = curriculum_map(graph, terms=terms, keys=_around(graph, found.key, steps, wanted), relations=wanted)
    distance = "all" if steps is None else f"{steps} step{'s' * (steps != 1)}"
    return MapPicture(
        drawn,
        f"{found.key}{f' {found.name}' if found.name else ''}: {distance} around it",
        Lighting.of(drawn, found.key),
        _shades(graph, drawn, colour, where, "colour"),
        _shades(graph, drawn, size, where, "size"),
    )


def _shades(
    graph: LearningGraph, drawn: CurriculumMap, metric: Metric | Shades | None, function: str, argument: str
) -> Shades | None:
    """Read a metric, for what is shown and not outside."""
    if metric is None:
        return None
    shown = {node.key for node in drawn.nodes if not node.outside}
    shades = metric if isinstance(metric, Shades) else shades_of(graph, metric, function=function, argument=argument)
    return Shades(shades.name, {key: value for key, value in shades.values.items() if key in shown})


def _around(graph: LearningGraph, key: str, steps: int | None, relations: Sequence[Relation | str]) -> frozenset[str]:
    back: dict[str, list[str]] = {}
    onward: dict[str, list[str]] = {}
    for one in graph.index.references:
        if one.relation in relations and one.needed in graph:
            back.setdefault(one.learning, []).append(one.needed)
            onward.setdefault(one.needed, []).append(one.learning)
    return reached(back, (key,), steps=steps) | reached(onward, (key,), steps=steps)


def _lighting(graph: LearningGraph, drawn: CurriculumMap, key: str | None) -> Lighting:
    if key is None:
        return Lighting()
    known = graph[graph.index.resolve(key)].key
    if known not in drawn.by_key:
        fault = f"{short(key)} is not in the picture: name one of the learnings that are shown"
        raise InvalidValueError("plot_curriculum", (("highlight", fault),))
    return Lighting.of(drawn, known)


def _in_order(drawn: CurriculumMap, boxes: Sequence[MapNode], lighting: Lighting) -> list[MapNode]:
    """Put first whose label matters most: what is lit, then what is shown and no outsider, then many lines."""
    lines: dict[str, int] = {}
    for edge in drawn.edges:
        for end in (edge.source, edge.target):
            lines[end] = lines.get(end, 0) + 1
    lit = {lighting.itself, *lighting.past, *lighting.future}
    return sorted(
        boxes, key=lambda node: (node.id != lighting.itself, node.id not in lit, node.outside, -lines.get(node.id, 0))
    )


def _draw_heads(sheet: Sheet, drawn: CurriculumMap, ruler: Ruler, lettering: Lettering) -> None:
    """Write the labels of the columns above them, smaller or cut where columns are narrow."""
    for column in drawn.columns:
        room = (column.right - column.left) * sheet.x_pixels * 0.94
        points = max(min(_HEAD, room / ruler.width(column.label, 1.0)), _LEAST_HEAD)
        text = ruler.shortened(column.label, points, room)
        middle = -ruler.height(_HEAD) * 0.8 / sheet.y_pixels
        if text:
            write(sheet, Placed(text, (column.left + column.right) / 2, middle, points), lettering, ink())


def _draw_note(
    sheet: Sheet, drawn: CurriculumMap, ruler: Ruler, lettering: Lettering, left_out: int, boxes: int
) -> None:
    """Tell how many labels are left out, in as many words as there is room for."""
    short_note = f"{left_out:,} of {boxes:,} labels are left out"
    room = sheet.x_pixels * drawn.width
    notes = (f"{short_note}: there is no room for them here", short_note, f"{left_out:,} labels left out")
    note = next((note for note in notes if ruler.width(note, _NOTE) <= room), "")
    if left_out and note:
        middle = drawn.height + ruler.height(_NOTE) / sheet.y_pixels
        write(sheet, Placed(note, drawn.width / 2, middle, _NOTE), lettering, ink())
