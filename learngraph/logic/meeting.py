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
        learning = graph[target]  # its own key and not an equal text: looking up what is the same object is quicker
        return tuple(dict.fromkeys((learning.key, *map(index.resolve, learning.equivalents))))
    return index.grantors.get(target, ())
