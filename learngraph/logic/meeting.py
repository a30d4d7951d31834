"""What meets a need: the learning itself, its equivalents, or whatever grants an achievement."""

from learngraph.graph.learning_graph import LearningGraph


def learnings_meeting(graph: LearningGraph, key: str) -> frozenset[str] | None:
    """Give the keys of the learnings any of which meets a need of a key; None for what is unknown.

    Unknown is what is not in the graph, and what is an achievement that nothing in it grants.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A", equivalents=["A2"]), Course(key="A2")])
    >>> sorted(learnings_meeting(graph, "A") or ()), learnings_meeting(graph, "X")
    (['A', 'A2'], None)
    """
    index = graph.index
    known = index.resolve(key)
    if known in graph:
        return frozenset((known, *map(index.resolve, graph[known].equivalents)))
    return frozenset(index.grantors[known]) if known in index.grantors else None
