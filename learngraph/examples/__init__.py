"""Example catalogues: a university of our own making, in two yearly editions."""

from importlib.resources import files
from pathlib import Path

from learngraph.errors import LearnGraphError
from learngraph.files.formats import read
from learngraph.graph.learning_graph import LearningGraph

#: the editions that there are, in order of time
EDITIONS = (1, 2)


class UnknownEditionError(LearnGraphError, LookupError):
    """A number that stands for no edition of the example catalogue.

    Attributes
    ----------
    edition
        What was asked for.
    """

    def __init__(self, edition: int) -> None:
        super().__init__(edition)
        self.edition = edition

    def __str__(self) -> str:
        known = " or ".join(map(str, EDITIONS))
        return f"there is no edition {self.edition!r} of the example catalogue: ask for {known}"


def university(edition: int = 1) -> LearningGraph:
    """Read the catalogue of Quenbeck University, which does not exist.

    It has courses in twelve subjects, four programs with their plans, and a degree plan that can really be
    taken. Each call gives a new graph, yours to change.

    Parameters
    ----------
    edition
        1 is the catalogue of 2026-27, 2 that of the year after: the same university with some courses new,
        gone, renamed or changed.

    Raises
    ------
    UnknownEditionError
        where there is no such edition (it is a `LookupError`).

    Examples
    --------
    >>> university()
    <LearningGraph 'Quenbeck University catalogue 2026-27': 112 courses, 4 programs>
    >>> university(edition=2)["CS 420"].name
    'Foundations of Machine Learning'
    """
    return read(path_of(edition), name=f"example:{edition}")


def path_of(edition: int = 1) -> Path:
    """Give the document of an edition, for what takes a file.

    Raises
    ------
    UnknownEditionError
        where there is no such edition.

    Examples
    --------
    >>> path_of(2).name
    'university-2.json'
    """
    if edition not in EDITIONS:
        raise UnknownEditionError(edition)
    return Path(str(files(__name__) / f"university-{edition}.json"))
