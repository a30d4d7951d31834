"""Pictures as files: the same picture gives the same bytes, and no window or state of others is touched."""

import io
from pathlib import PurePath

import matplotlib as mpl
from matplotlib.figure import Figure

from learngraph.files.errors import FormatError
from learngraph.files.text import write_bytes
from learngraph.plotting.map_picture import MapPicture
from learngraph.plotting.sheet import add_axes

#: how each format is saved: without a date, which is all that would differ
_FORMS = {".svg": {"Date": None}, ".png": {}, ".pdf": {"CreationDate": None}}
_DOTS = 150  # of an inch, in a PNG
_SALT = "learngraph"  # ids inside an SVG are made from it, instead of from chance


def form_of(path: str) -> str:
    """Give the format that a name ends in.

    Raises
    ------
    FormatError
        where it is none of those that are drawn.

    Examples
    --------
    >>> form_of("map.SVG")
    'svg'
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in _FORMS:
        raise FormatError(f"{path!r} is no name of a picture: let it end in {', '.join(_FORMS)}")
    return suffix.removeprefix(".")


def write_picture(picture: MapPicture, path: str) -> None:
    """Draw a picture on a figure of its own and write it, whole or not at all.

    Raises
    ------
    FormatError
        where the name ends in no format of pictures.
    WriteError
        where it cannot be written.
    """
    form = form_of(path)
    figure = Figure(figsize=picture.inches)
    picture.draw_on(add_axes(figure))
    written = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": _SALT}):
        figure.savefig(written, format=form, dpi=_DOTS, metadata=_FORMS[f".{form}"])
    write_bytes(path, written.getvalue())
