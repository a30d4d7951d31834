"""How things look: colours that colour-blind people tell apart, and for each a line, a mark or a shape as well."""

from dataclasses import dataclass

from learngraph.model.relation import Relation

# the palette of Okabe and Ito, "Color Universal Design" (2008)
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
GREY, FAINT = "#8A8A8A", "#C9C9C9"
PAPER, OUTSIDE, DARK = "#FFFFFF", "#E6E6E6", "#1A1A1A"

#: the colours of numbers: as bright in grey as in colour
COLOURS = "cividis"


@dataclass(frozen=True, slots=True)
class LineLook:
    """How the lines of one relation look: colour (None: that of text), dashes, and the mark at the end."""

    colour: str | None
    dashes: tuple[float, ...]
    mark: str
    hollow: bool
    words: str


LINES = {
    Relation.PREREQUISITE: LineLook(None, (), ">", hollow=False, words="prerequisite"),
    Relation.COREQUISITE: LineLook(BLUE, (5, 2), "s", hollow=False, words="corequisite"),
    Relation.RECOMMENDED: LineLook(VERMILION, (1, 2), "o", hollow=True, words="recommended"),
    Relation.OUTCOME: LineLook(GREEN, (6, 2, 1, 2), "D", hollow=True, words="grants"),
}
BACK = LineLook(PURPLE, (), "<", hollow=True, words="comes later, or runs in a circle")
