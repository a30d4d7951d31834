"""Where an embedded org lies: `local` is a file in the user's data folder, `local:PATH` another."""

from pathlib import Path

from platformdirs import user_data_path

from learngraph.errors import LearnGraphError

_LOCAL = "local"


class NotALocalOrgError(LearnGraphError, ValueError):
    """A name or a file that is no embedded org.

    Attributes
    ----------
    name
        The name or the path.
    fault
        What is wrong with it.
    """

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(name, fault)
        self.name = name
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.name} {self.fault}"


def default_path() -> Path:
    """Give the file of the org that is called `local`; nothing is made there."""
    return user_data_path("learngraph", appauthor=False) / "local_org.sqlite3"


def path_of_org(name: str) -> Path:
    """Give the file of an embedded org by its name.

    Raises
    ------
    NotALocalOrgError
        where the name is another org's.

    Examples
    --------
    >>> path_of_org("local:spring.sqlite3").name
    'spring.sqlite3'
    """
    if name == _LOCAL:
        return default_path()
    kind, colon, path = name.partition(":")
    if kind != _LOCAL or not colon or not path:
        raise NotALocalOrgError(name, "is no embedded org: write local, or local:PATH")
    return Path(path).expanduser()
