"""GraphML and node-link JSON as files: nodes and edges for other programs, and what these do not say."""

from collections.abc import Iterator

from learngraph.codes import Code
from learngraph.files.json_text import write_json
from learngraph.findings import Finding
from learngraph.graph.interchange import graphml_of, node_link_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Learning
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import AnyOf, AtLeast, Condition, Need, Requirement


def graphml_text(graph: LearningGraph) -> tuple[str, list[Finding]]:
    """Give the GraphML of a graph, and what it could not hold."""
    written = graphml_of(graph)
    found = list(_lost(graph, "GraphML"))
    for key in written.changed:
        message = "GraphML holds no control characters: they were replaced in the key or name"
        found.append(Finding(Code.LOST_IN_FORMAT, message, keys=(key,), cause="control characters", hint=_HINT))
    return written.text, found


def node_link_text(graph: LearningGraph) -> tuple[str, list[Finding]]:
    """Give the node-link JSON of a graph, and what it could not hold."""
    return write_json(node_link_of(graph)), list(_lost(graph, "node-link JSON"))


_HINT = "write a document instead"


def _lost(graph: LearningGraph, form: str) -> Iterator[Finding]:
    """Tell of each learning what edges alone do not say."""
    for learning in graph:
        for what in _unsaid(learning):
            message = f"{form} holds no {what}"
            yield Finding(Code.LOST_IN_FORMAT, message, keys=(learning.key,), cause=what, hint=_HINT)


def _unsaid(learning: Learning) -> Iterator[str]:
    trees = [tree for relation in REQUIREMENT_RELATIONS for tree in learning.requirements(relation)]
    if any(map(_chooses, trees)):
        yield "alternatives: the edges of one requirement share its number"
    if any(isinstance(leaf, Condition) for tree in trees for leaf in tree.leaves):
        yield "conditions"


def _chooses(tree: Requirement) -> bool:
    if isinstance(tree, Need | Condition):
        return False
    return (isinstance(tree, AnyOf | AtLeast) and len(tree.of) > 1) or any(map(_chooses, tree.of))
