"""Pictures of a curriculum: all of it or a part, and the surroundings of one learning."""

from collections.abc import Iterable, Mapping, Sequence

from matplotlib.axes import Axes

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.value import InvalidValueError, short
from learngraph.plotting.boxes import draw_bars, draw_boxes, draw_columns, draw_junctions, face
from learngraph.plotting.labels import Placed, draw_joint_words, draw_labels, labels_of, write
from learngraph.plotting.legend import draw_legend
from learngraph.plotting.lettering import Lettering, Ruler
from learngraph.plotting.lighting import Lighting, reached
from learngraph.plotting.map_values import CurriculumMap, MapNode
from learngraph.plotting.mapping import curriculum_map
from learngraph.plotting.shades import Metric, Shades, shades_of
from learngraph.plotting.sheet import Sheet, axes_for, figure_of, ink, size_for
from learngraph.plotting.strokes import draw_lines

_HEAD, _LEAST_HEAD, _NOTE = 9.0, 5.0, 7.0  # points of the column labels and of the note
_NOTHING = "nothing to show: there are no learnings here"


def plot_curriculum(
    graph: LearningGraph,
    ax: Axes | None = None,
    *,
    terms: str | DegreePlan | Mapping[str, int | None] | None = None,
    keys: Iterable[str] | None = None,
    relations: Iterable[Relation | str] = REQUIREMENT_RELATIONS,
    colour: Metric | None = None,
    size: Metric | None = None,
    highlight: str | None = None,
) -> Axes:
    """Draw a curriculum: terms as columns, and lines from what is needed to what needs it.

    Prerequisites are solid lines with an arrow head, corequisites dashed with a square, recommendations
    dotted with a ring; a line that must run back, to the left, is purple. Alternatives come together
    in a circle before their learning (one of these), at-leasts in a diamond, all-ofs inside of them in a
    square. A star stands for a condition that is no course. See `curriculum_map` for where all stands.

    Labels shrink with the boxes to 5 points. Where boxes are smaller still, the labels of the learnings
    with the most lines are written (of the lit ones first), as many as do not overlap, and a note says
    how many are left out. Names come under the keys where there is room. Sizes are measured when this is
    called: a figure that is made larger or smaller later on scales them, but finds no new room.

    Parameters
    ----------
    ax
        The axes to draw on; on a new figure of a fitting size where there are none.
    terms, keys, relations
        As `curriculum_map` takes them.
    colour
        A metric by which boxes are coloured, from dark (low) to bright (high): the name of one that
        `metrics` gives, or a number for each key. What has none is hatched.
    size
        A metric, likewise, for the length of a bar along the lower side of the box.
    highlight
        The key of a learning: it, all that it may need, sooner or later, and all that it unlocks are lit
        up, and all else is dimmed. Every alternative counts, recommendations do not.

    Raises
    ------
    UnknownKeyError, UnknownPlanError
        where there is no such learning or degree plan.
    InvalidValueError
        where a metric, a relation or a term is none, or what is to be lit up is not in the picture.

    Warns
    -----
    MissingGlyphsWarning
        where names are in a script for which no font is installed: their keys stand alone.

    Examples
    --------
    >>> import learngraph as lg
    >>> university = lg.examples.university()
    >>> ax = plot_curriculum(lg.curriculum(university, program="MS DATA"), colour="blocking")
    >>> ax.get_title()
    'Quenbeck University catalogue 2026-27: 12 learnings'
    >>> ax.figure.savefig("ms-data.svg")  # doctest: +SKIP
    """
    drawn = curriculum_map(graph, terms=terms, keys=keys, relations=relations)
    where = "plot_curriculum"
    shades = None if colour is None else shades_of(graph, colour, function=where, argument="colour")
    sizes = None if size is None else shades_of(graph, size, function=where, argument="size")
    return _draw(graph, drawn, ax, shades, sizes, _lighting(graph, drawn, highlight))


def plot_neighbourhood(
    graph: LearningGraph,
    key: str,
    ax: Axes | None = None,
    *,
    steps: int | None = 1,
    terms: str | DegreePlan | Mapping[str, int | None] | None = None,
    relations: Iterable[Relation | str] = REQUIREMENT_RELATIONS,
    colour: Metric | None = None,
    size: Metric | None = None,
) -> Axes:
    """Draw one learning with what it needs and what needs it, lit up as by `highlight`.

    What else those need that need it stands there too, as outside of the selection.

    Parameters
    ----------
    ax
        The axes to draw on; on a new figure where there are none.
    steps
        How many requirements away a learning may be, to either side; None for any number.
    terms, relations, colour, size
        As `plot_curriculum` takes them.

    Raises
    ------
    UnknownKeyError, UnknownPlanError
        where there is no such learning or degree plan.
    InvalidValueError
        where `steps` is less than 0, or as for `plot_curriculum`.

    Warns
    -----
    MissingGlyphsWarning
        as `plot_curriculum` does.

    Examples
    --------
    >>> import learngraph as lg
    >>> plot_neighbourhood(lg.examples.university(), "CS 310").get_title()
    'CS 310 Operating Systems: 1 step around it'
    """
    if steps is not None and (isinstance(steps, bool) or steps < 0):
        raise InvalidValueError("plot_neighbourhood", (("steps", f"{short(steps)} is no number from 0, nor None"),))
    found = graph[graph.index.resolve(key)]
    wanted = {Relation(relation) for relation in relations if relation in set(REQUIREMENT_RELATIONS)}
    around = _around(graph, found.key, steps, wanted)
    drawn = curriculum_map(graph, terms=terms, keys=around, relations=relations)
    where = "plot_neighbourhood"
    shades = None if colour is None else shades_of(graph, colour, function=where, argument="colour")
    sizes = None if size is None else shades_of(graph, size, function=where, argument="size")
    distance = "all" if steps is None else f"{steps} step{'s' * (steps != 1)}"
    title = f"{found.key}{f' {found.name}' if found.name else ''}: {distance} around it"
    return _draw(graph, drawn, ax, shades, sizes, Lighting.of(drawn, found.key), title=title)


def _around(graph: LearningGraph, key: str, steps: int | None, relations: set[Relation]) -> frozenset[str]:
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


def _draw(
    graph: LearningGraph, drawn: CurriculumMap, ax: Axes | None, colour: Shades | None, size: Shades | None,
    lighting: Lighting, *, title: str | None = None,
) -> Axes:  # fmt: skip
    boxes = [node for node in drawn.nodes if not node.kind.is_junction]
    head = title or f"{graph.options.name or 'Curriculum'}: {sum(not node.outside for node in boxes):,} learnings"
    texts = (text for node in boxes for text in (node.key or "", node.label))
    lettering = Lettering.of((head, *texts))
    ax = ax if ax is not None else axes_for(size_for(drawn))
    ax.set_title(lettering.written(head), parse_math=False, family=list(lettering.families), fontsize=11)
    if not drawn.nodes:
        return _draw_nothing(ax)
    ruler = Ruler(figure_of(ax), lettering.families)
    below = draw_legend(ax, drawn, lighting, colour, size) + ruler.height(_NOTE, 2)
    sheet = Sheet.of(ax, drawn, above=ruler.height(_HEAD, 2), below=below)
    draw_columns(sheet, drawn)
    draw_lines(sheet, drawn, lighting)
    draw_boxes(sheet, drawn, lighting, colour)
    draw_junctions(sheet, drawn, lighting)
    if size is not None:
        draw_bars(sheet, drawn, lighting, size)
    faces = {node.id: face(node, colour, lighting.of_node(node.id)) for node in boxes}
    labels = labels_of(sheet, drawn, ruler, lettering, _in_order(drawn, boxes, lighting))
    draw_labels(sheet, labels, lettering, faces, lighting)
    draw_joint_words(sheet, drawn, ruler, lettering)
    _draw_heads(sheet, drawn, ruler, lettering)
    if labels.left_out:
        note = f"{labels.left_out:,} of {len(boxes):,} labels are left out: there is no room for them here"
        middle = drawn.height + ruler.height(_NOTE) / sheet.y_pixels
        write(sheet, Placed(note, drawn.width / 2, middle, _NOTE), lettering, ink())
    return ax


def _draw_nothing(ax: Axes) -> Axes:
    ax.text(0.5, 0.5, _NOTHING, transform=ax.transAxes, ha="center", va="center")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    return ax


def _in_order(drawn: CurriculumMap, boxes: Sequence[MapNode], lighting: Lighting) -> list[MapNode]:
    """Put first whose label matters most: what is lit, then what is shown and no outsider, then many lines."""
    lines: dict[str, int] = {}
    for edge in drawn.edges:
        for end in (edge.source, edge.target):
            lines[end] = lines.get(end, 0) + 1
    lit = {lighting.itself, *lighting.past, *lighting.future}
    return sorted(boxes, key=lambda node: (node.id not in lit, node.outside, -lines.get(node.id, 0)))


def _draw_heads(sheet: Sheet, drawn: CurriculumMap, ruler: Ruler, lettering: Lettering) -> None:
    """Write the labels of the columns above them, smaller or cut where columns are narrow."""
    for column in drawn.columns:
        room = (column.right - column.left) * sheet.x_pixels * 0.94
        points = max(min(_HEAD, room / ruler.width(column.label, 1.0)), _LEAST_HEAD)
        text = ruler.shortened(column.label, points, room)
        middle = -ruler.height(_HEAD) * 0.8 / sheet.y_pixels
        write(sheet, Placed(text, (column.left + column.right) / 2, middle, points), lettering, ink())
