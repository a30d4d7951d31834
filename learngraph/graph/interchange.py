"""Graphs for other programs: as GraphML and as node-link data, through NetworkX."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learngraph.graph.learning_graph import LearningGraph

if TYPE_CHECKING:
    import networkx as nx

# what XML 1.0 has no way to write, escaped or not
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class GraphML:
    """A graph as GraphML, and the nodes in whose key or name a character had to be replaced."""

    text: str
    changed: tuple[str, ...]


def graphml_of(graph: LearningGraph) -> GraphML:
    """Write `graph.networkx` as GraphML, with its attributes and an id for each edge.

    What XML cannot hold (control characters, halves of surrogate pairs) becomes the sign for a lost
    character; two keys that are then alike are told apart by a number.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> print(graphml_of(LearningGraph([Course(key="CS 101", name="R & D")])).text)
    <?xml version='1.0' encoding='utf-8'?>
    <graphml ...<data key="d1">R &amp; D</data>...
    """
    import networkx as nx  # noqa: PLC0415 - heavy, imported when first used

    source = graph.networkx
    names = _names(source)
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, data in source.nodes(data=True):
        plain.add_node(names[key], **_plain(data))
    for number, (start, end, data) in enumerate(source.edges(data=True)):
        plain.add_edge(names[start], names[end], key=f"e{number}", **_plain(data))
    # numbers are inferred: grades that are partly whole would be two attributes of one name
    writer = nx.GraphMLWriter(encoding="utf-8", prettyprint=True, infer_numeric_types=True)
    writer.add_graph_element(plain)
    stream = io.BytesIO()
    writer.dump(stream)
    # a carriage return is kept by XML only where it is escaped
    text = stream.getvalue().decode().replace("\r", "&#13;")
    return GraphML(text.rstrip("\n") + "\n", tuple(_changed(source)))


def node_link_of(graph: LearningGraph) -> dict[str, Any]:
    """Give `graph.networkx` as node-link data, which `networkx.node_link_graph(data, edges="edges")` reads.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> node_link_of(LearningGraph([Course(key="A")]))["nodes"]
    [{'kind': 'course', 'name': 'A', 'id': 'A'}]
    """
    import networkx as nx  # noqa: PLC0415 - heavy, imported when first used

    data: dict[str, Any] = nx.node_link_data(graph.networkx, edges="edges")
    return data


def _changed(source: "nx.MultiDiGraph[str]") -> Iterator[str]:
    return (key for key, data in source.nodes(data=True) if _FORBIDDEN.search(key) or _FORBIDDEN.search(data["name"]))


def _names(keys: Iterable[str]) -> dict[str, str]:
    """Give each key a name that XML can hold, and no two the same."""
    known = list(keys)
    taken = set(known)
    names: dict[str, str] = {}
    for key in known:
        name = base = _written(key)
        number = 1
        while name != key and name in taken:
            number += 1
            name = f"{base} ({number})"
        taken.add(name)
        names[key] = name
    return names


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: _written(value) if isinstance(value, str) else value for name, value in data.items()}


def _written(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
