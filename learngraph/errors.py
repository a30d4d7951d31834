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
