"""The root of all exceptions; each other one lives beside the value that it speaks of."""


class LearnGraphError(Exception):
    """Anything that learngraph raises on purpose.

    Every subclass is also the builtin that it resembles (`KeyError`, `ValueError`, `OSError`), carries
    its data as attributes, and survives pickling.

    Examples
    --------
    >>> import learngraph as lg
    >>> try:
    ...     lg.LearningGraph()["CS 601"]
    ... except lg.LearnGraphError as error:
    ...     print(error)
    there is no learning with the key 'CS 601' in this graph
    """


class MissingExtraError(LearnGraphError, ImportError):
    """A library that is not installed, since only some questions need it.

    Attributes
    ----------
    library
        The name of the library.
    extra
        The extra of learngraph that brings it.
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(library, extra)
        self.library = library
        self.extra = extra

    def __str__(self) -> str:
        return f"this needs {self.library}, which is not installed: pip install 'learngraph[{self.extra}]'"
