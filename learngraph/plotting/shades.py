"""Numbers of learnings: read by the name of a metric or as they are given, and turned into colours and lengths."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

from matplotlib import colormaps
from matplotlib.colors import Normalize

from learngraph.analysis.measuring.classic import NAMES, metrics
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.value import InvalidValueError, short
from learngraph.plotting.palette import COLOURS, DARK, PAPER

#: the name of a metric of `metrics`, or a number for each key
Metric: TypeAlias = str | Mapping[str, float | None]

_HUGE = 1e300
_BRIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Shades:
    """A number for each learning that has one, and what the numbers are called."""

    name: str
    values: Mapping[str, float]

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest number; 0 and 1 of none."""
        return min(self.values.values(), default=0.0), max(self.values.values(), default=1.0)

    @property
    def norm(self) -> Normalize:
        """What puts numbers between 0 and 1."""
        low, high = self.range
        return Normalize(low, high if high > low else low + 1)

    def colour(self, key: str | None) -> tuple[float, float, float, float] | None:
        """Give the colour of a learning, None where it has no number."""
        if key is None or key not in self.values:
            return None
        return colormaps[COLOURS](float(self.norm(self.values[key])))

    def length(self, key: str | None) -> float:
        """Give how long a bar of a learning is, between 0 and 1, from zero or from the lowest where that is less."""
        low, high = self.range
        base = min(low, 0.0)
        if key is None or key not in self.values or high <= base:
            return 0.0
        return (self.values[key] - base) / (high - base)


def shades_of(graph: LearningGraph, metric: Metric, *, function: str, argument: str) -> Shades:
    """Read a metric; the names of the function and the argument are for the error.

    Raises
    ------
    InvalidValueError
        where the name is that of no metric, or a number is none.
    """
    if isinstance(metric, Mapping):
        return Shades("value", {key: _number(key, value, function, argument) for key, value in metric.items()
                                if value is not None})  # fmt: skip
    if metric not in NAMES:
        fault = f"{short(metric)} is no metric: write one of {', '.join(NAMES)}, or give a mapping of keys to numbers"
        raise InvalidValueError(function, ((argument, fault),))
    courses = metrics(graph).courses
    return Shades(metric, {key: _as_float(getattr(numbers, metric)) for key, numbers in courses.items()})


def _number(key: str, value: object, function: str, argument: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise InvalidValueError(function, ((f"{argument}.{key}", f"{short(value)} is not a number"),))
    return _as_float(value)


def _as_float(value: float) -> float:
    """Cut what is larger than any float, as counts of paths can be."""
    return float(max(min(value, _HUGE), -_HUGE))


def text_on(colour: tuple[float, ...] | None) -> str:
    """Give dark or light, whichever can be read on a colour."""
    if colour is None:
        return DARK
    red, green, blue = colour[:3]
    return DARK if 0.299 * red + 0.587 * green + 0.114 * blue > _BRIGHT else PAPER
