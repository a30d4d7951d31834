"""Texts that can be drawn: fonts for every script where one is installed, and nothing that commands or is parsed."""

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from matplotlib import font_manager, rcParams
from matplotlib.figure import Figure, SubFigure
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from learngraph.markup import printable
from learngraph.model.wording import listed

_NO_SCRIPT = ("Last Resort", "STIXNon", "STIXSiz", "cm")  # boxes for every letter, or signs under wrong numbers
_JOINERS = "\u200c\u200d"  # say how letters hang together, and have no glyph of their own
NUMBERS = "{x:,.6g}"  #: how numbers along an axis are written: each for itself, without a factor elsewhere
_ALWAYS = "…≥&*"
_POINTS = 10.0  # texts are measured once at this size
_MARGIN = 1.04  # hinting makes small letters a little wider
_NAMED = 5
_WORDS = re.compile(r"(\s*)([^\s/\-\u2013\u2014]*[/\-\u2013\u2014]*)")  # a line may end behind a dash


class MissingGlyphsWarning(UserWarning):
    """Names that no installed font can write, so that keys stand in their place (or their escapes).

    Installing a font for the script (Noto has one for each) mends it.
    """


@dataclass(frozen=True, slots=True)
class Lettering:
    """The families of fonts with which texts are drawn, and the letters that none of them has."""

    families: tuple[str, ...]
    lacking: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Lettering":
        """Look for fonts, those that are set first, then all that are installed, until all letters have one."""
        letters = {letter for text in texts for letter in plain(text)} | set(_ALWAYS)
        families = [str(family) for family in rcParams["font.family"]]
        left = letters - set(_JOINERS) - {" "} - _covered_by_default(tuple(families))
        for name, entries in _installed() if left else ():
            known = _charmap(*entries)
            found = {letter for letter in left if ord(letter) in known}
            if found:
                families.append(name)
                left -= found
            if not left:
                break
        return cls(tuple(families), frozenset(left))

    def draws(self, text: str) -> bool:
        """Whether there is a glyph for every letter."""
        return self.lacking.isdisjoint(plain(text))

    def written(self, text: str) -> str:
        """Give a text as it can be drawn: letters without a glyph are escaped."""
        return "".join(letter if letter not in self.lacking else _escaped(letter) for letter in plain(text))

    def names(self, names: Mapping[str, str | None]) -> dict[str, str]:
        """Give the names that can be drawn, by key; those that cannot are left out, with one warning for all."""
        told = {key: name for key, name in names.items() if name and name != key}
        odd = [key for key, name in told.items() if not self.draws(name)]
        odd += [key for key in names if not self.draws(key) and key not in odd]
        if odd:
            which = listed(map(ascii, odd), most=_NAMED)
            message = f"no installed font can write the names of {which}: their keys stand in the picture instead"
            warnings.warn(message, MissingGlyphsWarning, stacklevel=_outside())
        return {key: plain(name) for key, name in told.items() if self.draws(name)}


def plain(text: str) -> str:
    """Give one line of a text in which nothing commands, hides, or turns the order of letters."""
    return printable(" ".join(text.split()), keep=_JOINERS)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


def _outside() -> int:
    """Count the frames of this package, so that a warning names the line that asked for the picture."""
    import inspect  # noqa: PLC0415 - only where something is lacking

    level, frame = 1, inspect.currentframe()
    while frame and frame.f_globals.get("__name__", "").startswith("learngraph."):
        level, frame = level + 1, frame.f_back
    return max(level - 1, 1)


@lru_cache(maxsize=8)
def _covered_by_default(families: tuple[str, ...]) -> frozenset[str]:
    path = font_manager.findfont(font_manager.FontProperties(family=list(families)))
    return frozenset(map(chr, FT2Font(path).get_charmap()))


def _installed() -> Iterator[tuple[str, tuple[str, int]]]:
    """Give each family of upright letters of usual weight, with its file and place in it, sans before serif."""
    found: dict[str, tuple[str, int]] = {}
    for entry in font_manager.fontManager.ttflist:
        usual = entry.style == "normal" and str(entry.weight) in {"400", "normal", "regular"}
        if usual and not entry.name.startswith(_NO_SCRIPT):
            place = (str(entry.fname), getattr(entry, "index", 0))
            found[entry.name] = min(found.get(entry.name, place), place)
    yield from sorted(found.items(), key=lambda each: ("Serif" in each[0], "Mono" in each[0], each[0]))


@lru_cache(maxsize=512)
def _charmap(path: str, index: int) -> frozenset[int]:
    """Give the code points of a font; none of one that cannot be opened."""
    try:
        return frozenset(FT2Font(path, face_index=index).get_charmap())
    except (OSError, RuntimeError):
        return frozenset()


class Ruler:
    """Measures texts of one figure in its pixels, each once."""

    def __init__(self, figure: Figure | SubFigure, families: tuple[str, ...]) -> None:
        self._text = Text(0, 0, "", family=list(families), fontsize=_POINTS, parse_math=False, usetex=False)
        self._text.set_figure(figure)
        self._known: dict[str, float] = {}
        self.pixels = figure.dpi / 72  #: of one point

    def width(self, text: str, points: float) -> float:
        """Give how wide a text of one line is."""
        if text not in self._known:
            self._text.set_text(text)
            self._known[text] = self._text.get_window_extent().width * _MARGIN if text.strip() else 0.0
        return self._known[text] * points / _POINTS

    def height(self, points: float, lines: int = 1) -> float:
        """Give how high lines of text are, with what lies between them."""
        return 1.22 * points * self.pixels * lines

    def shortened(self, text: str, points: float, width: float) -> str:
        """Cut a text until it fits, with a sign that it was cut; nothing where hardly a letter would stay."""
        while self.width(text, points) > width:
            letters = text.rstrip("…")
            keep = min(len(letters) - 1, int(len(letters) * width / self.width(text, points)))
            if keep < 2:  # noqa: PLR2004 - a letter and a dot tell nothing
                return ""
            text = letters[:keep].rstrip() + "…"
        return text

    def fitted(self, text: str, points: float, least: float, width: float, most: int) -> tuple[str, float]:
        """Make a text smaller until it fits, and where it would be too small, break it into at most so many lines."""
        size = max(least, min(points, width / (self.width(text, 1.0) or 1.0)))
        if self.width(text, size) <= width * 1.001:  # as wide as there is room is no wider
            return text, size
        return "\n".join(self.wrapped(text, size, width, most)), size

    def steps(self, low: float, high: float, points: float, width: float, most: int = 5) -> int:
        """Give into how many steps an axis may be divided so that its numbers keep apart."""
        step = (high - low or 1.0) / most
        widest = max(self.width(f"{number:,.4g}", points) for number in (low, high, low + step))
        return max(1, min(most, int(width / (1.5 * widest))))

    def wrapped(self, text: str, points: float, width: float, most: int) -> list[str]:
        """Break a text into at most so many lines that fit; the last one is cut where more would follow."""
        lines = [""]
        for space, word in _WORDS.findall(text):
            longer = f"{lines[-1]}{space}{word}".strip()
            if self.width(longer, points) <= width:
                lines[-1] = longer
            else:
                lines.extend(self._pieces(word, points, width))
        lines = [line for line in lines if line]
        if len(lines) > most:
            lines = [*lines[: most - 1], self.shortened(f"{lines[most - 1]}…", points, width)] if most else []
        return [line for line in lines if line]

    def _pieces(self, word: str, points: float, width: float) -> Iterator[str]:
        """Break a word that is wider than a line, as in scripts that set no spaces; cut it in all others."""
        if word and unicodedata.category(word[0]) != "Lo":
            yield self.shortened(word, points, width)
            return
        while word and self.width(word, points) > width:
            keep = max(1, int(len(word) * width / self.width(word, points)))
            while keep > 1 and self.width(word[:keep], points) > width:
                keep -= 1
            yield word[:keep]
            word = word[keep:]
        yield word
