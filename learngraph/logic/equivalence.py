"""When two learnings, or two graphs, say the same."""

from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.clauses import clauses
from learngraph.logic.conditions import conditions_as_needs
from learngraph.logic.implication import Clauses, clauses_imply
from learngraph.model.learning import Learning
from learngraph.model.options import Options
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.requirement import Requirement

_MOST_CLAUSES = 5000


def equivalent(one: Learning | LearningGraph, other: Learning | LearningGraph) -> bool:
    """Whether two learnings or two graphs have the same fields and requirements of the same meaning.

    Requirements are compared as AND-of-ORs: order, nesting and what is implied do not count. A condition
    is met or not met as it is, like a learning of its own. Outcomes, skills, equivalents and exclusions are sets. Of
    graphs, the learnings are compared by key, in any order; options do not count but for what they say of
    corequisites.

    Raises
    ------
    TooManyClausesError
        where a requirement is too large to be compared (over 5,000 clauses) and not the same tree.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> equivalent(Course(key="A", prerequisites=[{"all": ["B", "C"]}]), Course(key="A", prerequisites=["C", "B"]))
    True
    """
    if isinstance(one, LearningGraph) and isinstance(other, LearningGraph):
        if {learning.key for learning in one} != {learning.key for learning in other}:
            return False
        return all(_same(learning, other[learning.key], one.options, other.options) for learning in one)
    if isinstance(one, LearningGraph) or isinstance(other, LearningGraph):
        return False
    return _same(one, other, Options(), Options())


_AS_SETS = ("outcomes", "skills", "equivalents", "exclusions")


def _same(one: Learning, other: Learning, options: Options, others: Options) -> bool:
    if type(one) is not type(other):
        return False
    relations = {relation.field for relation in REQUIREMENT_RELATIONS}
    plain = type(one).model_fields.keys() - relations - {*_AS_SETS}
    if any(getattr(one, name) != getattr(other, name) for name in plain):
        return False
    if any(set(getattr(one, name)) != set(getattr(other, name)) for name in _AS_SETS):
        return False
    return all(
        _same_meaning(
            _meaning(one.requirements(relation), options, relation),
            _meaning(other.requirements(relation), others, relation),
        )
        for relation in REQUIREMENT_RELATIONS
    )


def _meaning(requirements: tuple[Requirement, ...], options: Options, relation: Relation) -> Clauses:
    usual = options.timing_of(relation)
    found = clauses(map(conditions_as_needs, requirements), limit=_MOST_CLAUSES, usual=usual)
    return tuple(tuple(need if need.timing else need.replaced(timing=usual) for need in clause) for clause in found)


def _same_meaning(one: Clauses, other: Clauses) -> bool:
    return clauses_imply(one, other) and clauses_imply(other, one)
