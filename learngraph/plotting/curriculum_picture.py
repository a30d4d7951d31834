"""Pictures of a curriculum: all of it or a part, and the surroundings of one learning."""

from collections.abc import Iterable, Mapping

from matplotlib.axes import Axes

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.plotting.map_picture import picture_around, picture_of_curriculum
from learngraph.plotting.shades import Metric
from learngraph.plotting.sheet import axes_for


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
    picture = picture_of_curriculum(
        graph, terms=terms, keys=keys, relations=relations, colour=colour, size=size, highlight=highlight
    )
    return picture.draw_on(ax if ax is not None else axes_for(picture.inches))


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

    What else those need that need it stands there too, as outside.

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
    picture = picture_around(graph, key, steps=steps, terms=terms, relations=relations, colour=colour, size=size)
    return picture.draw_on(ax if ax is not None else axes_for(picture.inches))
