"""The sheet on which a map is drawn: axes in units of the map, with strips above and below it, measured in points."""

from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from learngraph.model.value import InvalidValueError
from learngraph.plotting.map_values import CurriculumMap

_LARGEST = (110.0, 62.0)  # points of a unit: a map of three courses is no poster
_PAGE = (11.69, 8.27)  # inches: A4, lying
_UNIT = (0.6, 0.56)  # inches of a unit: a box takes a key of ten letters and two lines of a name
_STRIPS = 1.5  # inches
_GREATEST = 46.8  # inches: A0
_FULL_LINES = 30.0  # points of a unit from which on lines have their full width
_MARGIN, _TITLE = 0.12, 0.45  # inches around axes, and above them


@dataclass(frozen=True, slots=True)
class Sheet:
    """Axes that show a map, and how many pixels a unit of it takes each way."""

    ax: Axes
    x_pixels: float
    y_pixels: float
    pixels: float  #: of a point

    @property
    def scale(self) -> float:
        """How thick lines and large marks are: less where boxes are small."""
        return min(1.0, max(0.3, self.y_pixels / self.pixels / _FULL_LINES))

    @classmethod
    def of(cls, ax: Axes, drawn: CurriculumMap, *, above: float, below: float) -> "Sheet":
        """Set the limits of axes so that the map lies in the middle, between strips of so many pixels."""
        room = box_of(ax)
        pixels = figure_dpi(ax) / 72
        width, height = max(drawn.width, 1.0), max(drawn.height, 1.0)
        x_pixels = min(room.width / width, _LARGEST[0] * pixels)
        y_pixels = min(max(room.height - above - below, 1.0) / height, _LARGEST[1] * pixels)
        spare = (room.width / x_pixels - width) / 2
        ax.set_xlim(-spare, width + spare)
        top = above / y_pixels
        ax.set_ylim(room.height / y_pixels - top, -top)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
        return cls(ax, x_pixels, y_pixels, pixels)


def figure_dpi(ax: Axes) -> float:
    """Give the pixels of an inch."""
    return float(figure_of(ax).dpi)


def figure_of(ax: Axes) -> Figure:
    """Give the figure on which axes are.

    Raises
    ------
    InvalidValueError
        where they were taken off it.
    """
    figure = ax.get_figure(root=True)
    if figure is None:
        raise InvalidValueError("ax", (("", "is on no figure any more: give axes that are on one, or none"),))
    return figure


def box_of(ax: Axes) -> Bbox:
    """Give the place of axes in pixels, after whatever lays out the figure has done so."""
    figure = figure_of(ax)
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
    return ax.get_window_extent()


def ink() -> str:
    """Give the colour of lines and texts beside the boxes: that of the style in force."""
    return str(mpl.rcParams["text.color"])


def size_for(drawn: CurriculumMap) -> tuple[float, float]:
    """Give the size in inches at which the boxes of a map can be read, a page lying at least, A0 at most."""
    wide, high = drawn.width * _UNIT[0], drawn.height * _UNIT[1] + _STRIPS
    return min(max(wide, _PAGE[0]), _GREATEST), min(max(high, _PAGE[1] * 0.6), _GREATEST)


def axes_for(size: tuple[float, float]) -> Axes:
    """Make axes on a new figure, for those who bring none."""
    from matplotlib import pyplot as plt  # noqa: PLC0415 - chooses what shows figures, so only where one is made

    return add_axes(plt.figure(figsize=size))


def add_axes(figure: Figure) -> Axes:
    """Make axes that have a figure to themselves, with room for a title above."""
    width, height = figure.get_size_inches()
    return figure.add_axes(
        (_MARGIN / width, _MARGIN / height, 1 - 2 * _MARGIN / width, 1 - (_MARGIN + _TITLE) / height)
    )
