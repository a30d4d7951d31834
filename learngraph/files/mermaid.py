"""Pictures in the language of Mermaid, which forges and wikis draw."""

import unicodedata
from collections.abc import Iterator

from learngraph.files.csv_rows import sendable
from learngraph.files.picture import Arrow, Box, Shape, picture_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.relation import Relation

_SHAPES = {
    Shape.COURSE: ('["', '"]'),
    Shape.PROGRAM: ('[["', '"]]'),
    Shape.ACHIEVEMENT: ('(["', '"])'),
    Shape.MISSING: ('["', '"]:::missing'),
    Shape.CONDITION: ('{{"', '"}}'),
    Shape.JUNCTION: ('(("', '"))'),
}
_LINES = {
    Relation.PREREQUISITE: "-->",
    Relation.COREQUISITE: "==>",
    Relation.RECOMMENDED: "-.->",
    Relation.OUTCOME: "--o",
}
_PLAIN = frozenset(" -_,:/")  # signs that mean nothing inside a text of Mermaid


def mermaid_of(graph: LearningGraph) -> str:
    """Write a graph as a Mermaid flowchart, in the order of study from left to right.

    Prerequisites are thin lines, corequisites thick ones, recommendations dotted ones, and outcomes end in
    a circle.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> print(mermaid_of(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])])), end="")
    flowchart LR
        n0["A"]
        n1["B"]
        n0 --> n1
    """
    picture = picture_of(graph)
    lines = ["flowchart LR", *map(_box, picture.boxes), *map(_arrow, picture.arrows), *_styles(picture.boxes)]
    return "\n    ".join(lines) + "\n"


def _box(box: Box) -> str:
    before, behind = _SHAPES[box.shape]
    return f"{box.id}{before}{'<br/>'.join(map(_text, box.lines))}{behind}"


def _arrow(arrow: Arrow) -> str:
    text = f'|"{_text(arrow.text)}"|' if arrow.text else ""
    return f"{arrow.start} {_LINES[arrow.relation]}{text} {arrow.end}"


def _styles(boxes: list[Box]) -> Iterator[str]:
    if any(box.shape is Shape.MISSING for box in boxes):
        yield "classDef missing stroke-dasharray: 4 4"


def _text(text: str) -> str:
    """Escape all that is neither letter nor digit nor harmless; what ends a line becomes a space.

    A text of spaces alone would be no text to Mermaid, and a dash at the start a list.
    """
    plain = "".join(map(_letter, " ".join(sendable(text).split())))
    return f"#45;{plain[1:]}" if plain.startswith("-") else plain or "#160;"


def _letter(letter: str) -> str:
    if letter.isalnum() or letter in _PLAIN:
        return letter
    category = unicodedata.category(letter)
    if category in {"Cc", "Cn"}:
        return "\ufffd"
    # marks belong to the letter before them, and signs above Latin-1 mean nothing to Mermaid
    return letter if category[0] in "MS" and ord(letter) > _LATIN else f"#{ord(letter)};"


_LATIN = 0xFF
