"""Pictures in the DOT language, which Graphviz draws."""

import re

from learngraph.files.csv_rows import sendable
from learngraph.files.picture import Arrow, Box, Shape, picture_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.relation import Relation

_SHAPES = {
    Shape.COURSE: "shape=box",
    Shape.PROGRAM: "shape=box, peripheries=2",
    Shape.ACHIEVEMENT: 'shape=box, style="rounded"',
    Shape.MISSING: 'shape=box, style="dashed"',
    Shape.CONDITION: "shape=note",
    Shape.JUNCTION: 'shape=oval, fontsize=10, margin="0.03", width=0, height=0',
}
_LINES = {
    Relation.PREREQUISITE: "style=solid",
    Relation.COREQUISITE: "style=bold",
    Relation.RECOMMENDED: "style=dashed",
    Relation.OUTCOME: "style=solid, arrowhead=odot",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def dot_of(graph: LearningGraph) -> str:
    """Write a graph as a DOT digraph, in the order of study from left to right.

    Prerequisites are thin lines, corequisites bold ones, recommendations dashed ones, and outcomes end in a
    circle.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> print(dot_of(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])])), end="")
    digraph catalogue {
        graph [rankdir=LR, charset="UTF-8"];
        n0 [label="A", shape=box];
        n1 [label="B", shape=box];
        n0 -> n1 [style=solid];
    }
    """
    picture = picture_of(graph)
    lines = ['graph [rankdir=LR, charset="UTF-8"];', *map(_box, picture.boxes), *map(_arrow, picture.arrows)]
    return "".join(("digraph catalogue {\n", *(f"    {line}\n" for line in lines), "}\n"))


def _box(box: Box) -> str:
    return f'{box.id} [label="{_BREAK.join(map(_text, box.lines))}", {_SHAPES[box.shape]}];'


def _arrow(arrow: Arrow) -> str:
    text = f', label="{_text(arrow.text)}"' if arrow.text else ""
    return f"{arrow.start} -> {arrow.end} [{_LINES[arrow.relation]}{text}];"


_BREAK = "\\n"


def _text(text: str) -> str:
    """Escape what means something in a quoted text: quotes, backslashes, line breaks, and entities of HTML."""
    plain = _CONTROL.sub("\ufffd", " ".join(re.split(r"[\r\n\t]+", sendable(text))))
    return plain.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
