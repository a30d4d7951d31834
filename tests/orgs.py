"""An org that holds a whole catalogue, made in no time: what a pull would give after it was published."""

from collections.abc import Iterator
from itertools import count

import learngraph as lg
from learngraph.logic.implication import Clause
from learngraph.salesforce.lower import lower
from learngraph.salesforce.snapshot import FoundationItem, Grantor, OutcomeItem, Snapshot
from tests.property.documented_org import record_id


def org_of(graph: lg.LearningGraph) -> Snapshot:
    """Give the org; clauses that name what is not in the catalogue are left out."""
    dialect = lg.Dialect.of(graph.options.dialect)
    ids = {one.key: record_id("0ty", number) for number, one in enumerate(graph)}
    own = {one.key: record_id("0u9", number) for number, one in enumerate(graph)}
    numbers = count(len(graph))
    outcomes = {key: [OutcomeItem(record_id("0uE", next(numbers)), own[key], primary=True)] for key in ids}
    requirements: dict[str, tuple[FoundationItem, ...]] = {}

    def items(learning: lg.Learning) -> Iterator[FoundationItem]:
        for relation, clauses in lower(learning, graph, dialect).clauses.items():
            for clause in clauses:
                if all(need.key in ids for need in clause):
                    yield single(clause, relation) if len(clause) == 1 else group(clause, relation)

    def single(clause: Clause, relation: lg.Relation) -> FoundationItem:
        (need,) = clause
        identity, kind = record_id("0ww", next(numbers)), "LearningCourse"
        return FoundationItem(
            identity, relation, own[need.key], kind, (Grantor(ids[need.key]),), need.minimum_grade, need.duration,
            need.duration_unit,
        )  # fmt: skip

    def group(clause: Clause, relation: lg.Relation) -> FoundationItem:
        achievement = record_id("0u9", next(numbers))
        for need in clause:
            laid = OutcomeItem(record_id("0uE", next(numbers)), achievement, minimum_grade=need.minimum_grade)
            outcomes[need.key].append(laid)
        grantors = tuple(Grantor(ids[need.key], need.minimum_grade) for need in clause)
        return FoundationItem(record_id("0ww", next(numbers)), relation, achievement, "AchievementGroup", grantors)

    for learning in graph:
        if found := tuple(items(learning)):
            requirements[learning.key] = found
    held = [one.replaced(salesforce={"learning_id": ids[one.key]}, external_id=one.key) for one in graph]
    return Snapshot(lg.LearningGraph(held), requirements, {key: tuple(found) for key, found in outcomes.items()})
