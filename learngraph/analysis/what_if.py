"""What a catalogue would be if: graphs with one thing changed, made of a graph that stays as it is.

Each function gives a new graph, to be measured, checked or compared like any other:

>>> import learngraph as lg
>>> graph = lg.examples.university()
>>> lg.compare(graph, lg.what_if.without(graph, key="PHYS 110"))
<Comparison: 0 came, 1 went, 0 changed; the numbers of 1 courses moved>
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from learngraph.graph.learning_graph import LearningGraph, UnknownKeyError
from learngraph.logic.pruning import prune
from learngraph.model.learning import Learning
from learngraph.model.program_plan import Credits, PlanRequirement, ProgramPlan
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.requirement import AtLeast, Condition, Need, Requirement, as_requirement
from learngraph.model.value import InvalidValueError, short

_Exchange: TypeAlias = Callable[[Need], Need]


def without(graph: LearningGraph, *, key: str) -> LearningGraph:
    """Give the graph without a learning; what others require of it, and plans that name it, stay as they are.

    Raises
    ------
    UnknownKeyError
        where there is no such learning.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> without(LearningGraph([Course(key="A"), Course(key="B")]), key="A")
    <LearningGraph: 1 courses, 0 programs>
    """
    changed = graph.copy()
    changed.remove(key=key)
    return changed


def adding(graph: LearningGraph, learning: Learning) -> LearningGraph:
    """Give the graph with one more learning.

    Raises
    ------
    DuplicateKeyError
        where its key is taken.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> adding(LearningGraph(), Course(key="A"))
    <LearningGraph: 1 courses, 0 programs>
    """
    changed = graph.copy()
    changed.add(learning)
    return changed


def replacing(graph: LearningGraph, learning: Learning) -> LearningGraph:
    """Give the graph with a learning in the place of the one with the same key.

    Raises
    ------
    UnknownKeyError
        where there is none.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> replacing(LearningGraph([Course(key="A")]), Course(key="A", name="Algebra"))["A"].name
    'Algebra'
    """
    changed = graph.copy()
    changed.replace(learning)
    return changed


def requiring(
    graph: LearningGraph,
    *,
    learning: str,
    requirement: object,
    relation: Relation | str = Relation.PREREQUISITE,
) -> LearningGraph:
    """Give the graph in which a learning asks for one requirement more.

    A requirement that is there already is not written twice. It may name what is not in the graph, as any
    requirement may.

    Parameters
    ----------
    requirement
        A requirement, a key, or the form that documents have.
    relation
        "prerequisite", "corequisite" or "recommended".

    Raises
    ------
    UnknownKeyError
        where there is no such learning.
    InvalidValueError
        where the requirement is none, or the relation holds no requirements.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B")])
    >>> requiring(graph, learning="B", requirement="A")["B"].prerequisites
    (Need('A'),)
    """
    if relation not in REQUIREMENT_RELATIONS:
        fault = f"{short(str(relation))} holds no requirements (write one of {', '.join(REQUIREMENT_RELATIONS)})"
        raise InvalidValueError("requirement", (("relation", fault),))
    asking, field = graph[learning], Relation(relation).field
    asked = asking.requirements(Relation(relation))
    tree = as_requirement(requirement)
    return replacing(graph, asking if tree in asked else asking.replaced(**{field: (*asked, tree)}))


def releasing(graph: LearningGraph, *, learning: str, needed: str) -> LearningGraph:
    """Give the graph in which a learning does not need another one, in any of its relations.

    Of an any-of the alternative vanishes, an all-of loses the part, and an at-least that keeps fewer parts
    than it asks for asks for all that are left. What is left empty goes.

    Raises
    ------
    UnknownKeyError
        where there is no such learning, or `needed` is neither in the graph nor named by it.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="C", prerequisites=[{"any": ["A", "B"]}, "B"]), Course(key="B")])
    >>> releasing(graph, learning="C", needed="B")["C"].prerequisites
    (Need('A'),)
    """
    released, meant = graph[learning], _meaning(graph, needed)
    if meant not in graph and not any(one.learning == learning for one in graph.index.to.get(meant, ())):
        raise UnknownKeyError(needed)

    def unwanted(leaf: Need | Condition) -> bool:
        return isinstance(leaf, Need) and graph.index.resolve(leaf.key) == meant

    def left(trees: Iterable[Requirement]) -> tuple[Requirement, ...]:
        pruned = (prune(tree, unwanted)[0] for tree in trees)
        return tuple(tree for tree in pruned if tree is not None)

    relations = {relation.field: left(released.requirements(relation)) for relation in REQUIREMENT_RELATIONS}
    return replacing(graph, released.replaced(**relations))


def substituting(graph: LearningGraph, *, old: str, new: str) -> LearningGraph:
    """Give the graph in which every need of one learning is a need of another, grades and timing kept.

    That goes for the requirements of all learnings and for program plans; only the new one's own need of the old
    one stays, since nothing can need itself. Equivalents, exclusions and degree plans are left as they are.

    Raises
    ------
    UnknownKeyError
        where there is nothing with the new key, or the old one is neither in the graph nor named in it.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="A"), Course(key="B"), Course(key="C", prerequisites=["A"])])
    >>> substituting(graph, old="A", new="B")["C"].prerequisites
    (Need('B'),)
    """
    gone, instead = _meaning(graph, old), _meaning(graph, new)
    index = graph.index
    if instead not in index.known:
        raise UnknownKeyError(new)
    in_plans = (key for plan in graph.program_plans for line in plan.requirements for key in line.keys)
    if gone not in index.known and gone not in index.to and gone not in map(index.resolve, in_plans):
        raise UnknownKeyError(old)

    def exchanged(need: Need) -> Need:
        return need.replaced(key=instead) if index.resolve(need.key) == gone else need

    changed = graph.copy()
    for one in {reference.learning: None for reference in index.to.get(gone, ())}:
        if one != instead:
            changed.replace(_exchanged_learning(graph[one], exchanged))
    changed.program_plans = tuple(_exchanged_plan(plan, exchanged) for plan in graph.program_plans)
    return changed


def _meaning(graph: LearningGraph, key: str) -> str:
    return graph.index.resolve(key)


def _exchanged_learning(learning: Learning, exchange: _Exchange) -> Learning:
    return learning.replaced(
        **{
            relation.field: tuple(_exchanged(tree, exchange) for tree in learning.requirements(relation))
            for relation in REQUIREMENT_RELATIONS
        }
    )


def _exchanged_plan(plan: ProgramPlan, exchange: _Exchange) -> ProgramPlan:
    lines = tuple(_exchanged_line(line, exchange) for line in plan.requirements)
    return plan if lines == plan.requirements else plan.replaced(requirements=lines)


def _exchanged_line(line: PlanRequirement, exchange: _Exchange) -> PlanRequirement:
    if isinstance(line.needs, Credits):
        of = tuple(_exchanged(tree, exchange) for tree in line.needs.of)
        return line.replaced(needs=line.needs.replaced(of=of))
    return line.replaced(needs=_exchanged(line.needs, exchange))


def _exchanged(tree: Requirement, exchange: _Exchange) -> Requirement:
    match tree:
        case Need():
            return exchange(tree)
        case Condition():
            return tree
        case AtLeast():
            return AtLeast(tree.count, [_exchanged(part, exchange) for part in tree.of])
    return type(tree)([_exchanged(part, exchange) for part in tree.of])
