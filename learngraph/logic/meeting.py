"""What meets a need: the learning itself, what counts as it, or what grants it."""

from learngraph.graph.learning_graph import LearningGraph


def keys_meeting(graph: LearningGraph, key: str) -> tuple[str, ...]:
    """Give the keys of the learnings any of which meets a need for a key; none where nothing does.

    Of a learning, itself and then its `equivalents`; of an achievement, the learnings that grant it. A
    Salesforce id stands for its learning or achievement.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A", equivalents=["H"]), Course(key="B", outcomes=["badge"])])
    >>> keys_meeting(graph, "A"), keys_meeting(graph, "badge"), keys_meeting(graph, "X")
    (('A', 'H'), ('B',), ())
    """
    index = graph.index
    target = index.resolve(key)
    if target in graph:
        return tuple(dict.fromkeys((target, *map(index.resolve, graph[target].equivalents))))
    return index.grantors.get(target, ())
