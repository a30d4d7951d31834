"""Redundancy and contradiction inside one learning's requirements."""

from collections.abc import Iterator
from itertools import combinations

from learngraph.checks.case import Case, single_needs
from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.logic.implication import clauses_imply, need_implies
from learngraph.model.learning import Learning
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation, Timing
from learngraph.model.requirement import AllOf, AnyOf, AtLeast, Condition, Need, Requirement, needs
from learngraph.model.wording import in_words


def contradicting_timings(case: Case) -> Iterator[Finding]:
    """LG205: a learning cannot be taken both before and at the same time."""
    at_the_same_time = {one.learning for one in case.graph.index.references if one.timing is Timing.WITH}
    for learning in case.graph:
        if learning.key not in at_the_same_time:
            continue
        for one, other in combinations(single_needs(case.required(learning)), 2):
            if one.key == other.key and {one.timing, other.timing} == {Timing.BEFORE, Timing.WITH}:
                yield Finding(
                    Code.CONTRADICTING_TIMINGS,
                    f"asks for {one.key} both before and at the same time",
                    keys=(learning.key, one.key),
                    hint="keep one of the two",
                )


def same_requirement_twice(case: Case) -> Iterator[Finding]:
    """LG206: a requirement is written once, in a relation and in an any-of."""
    for learning in case.graph:
        for relation in REQUIREMENT_RELATIONS:
            requirements = learning.requirements(relation)
            if not requirements:
                continue
            written = [leaf for requirement in requirements for leaf in requirement.leaves]
            if len({leaf.key if isinstance(leaf, Need) else leaf for leaf in written}) == len(written):
                continue  # nothing is named twice: the usual case
            for repeated in dict.fromkeys(_repeated(AllOf, requirements)):
                yield Finding(
                    Code.SAME_REQUIREMENT_TWICE,
                    f"its {relation.value} {in_words(repeated)} is written twice",
                    keys=(learning.key,),
                    cause=in_words(repeated),
                    hint="keep one of them",
                )


def _repeated(kind: type, parts: tuple[Requirement, ...]) -> Iterator[Requirement]:
    seen: set[Requirement] = set()
    for requirement in _flat(kind, parts):
        if requirement in seen:
            yield requirement
        seen.add(requirement)
        if not isinstance(requirement, Need | Condition):
            yield from _repeated(type(requirement), requirement.of)


def _flat(kind: type, parts: tuple[Requirement, ...]) -> Iterator[Requirement]:
    """Give the parts of a branch; an all-of inside an all-of is one with it, and so is an any-of."""
    for part in parts:
        if kind is not AtLeast and isinstance(part, AllOf | AnyOf) and type(part) is kind:
            yield from _flat(kind, part.of)
        else:
            yield part


def implied_requirements(case: Case) -> Iterator[Finding]:
    """LG207: a requirement says something that no other one of the learning says already."""
    for learning in case.graph:
        parts = case.parts(learning)
        if len(parts) > 1:
            yield from _implied(case, learning, list(dict.fromkeys(parts)))


def _implied(case: Case, learning: Learning, parts: list[tuple[Relation, Requirement]]) -> Iterator[Finding]:
    resolve = case.graph.index.resolve
    keys = [{resolve(need.key) for need in needs((part,))} for _, part in parts]
    for place, (relation, part) in enumerate(parts):
        rivals = [rank for rank in range(len(parts)) if rank != place and not keys[rank].isdisjoint(keys[place])]
        weak = case.clauses_of(part, relation) if rivals else ()
        for rank in rivals if weak else ():
            strong = case.clauses_of(parts[rank][1], parts[rank][0])
            if clauses_imply(strong, weak) and not (rank > place and clauses_imply(weak, strong)):
                yield Finding(
                    Code.IMPLIED_REQUIREMENT,
                    f"its {relation.value} {in_words(part)} is implied by {in_words(parts[rank][1])}",
                    keys=(learning.key,),
                    cause=in_words(part),
                    hint="take it out",
                )
                break


def required_and_recommended(case: Case) -> Iterator[Finding]:
    """LG208: what is required need not be recommended, unless with a higher grade."""
    for learning in case.graph:
        if not learning.recommended:
            continue
        required = [need.replaced(timing=None) for need in single_needs(case.required(learning))]
        for need in needs(learning.recommended):
            bare = need.replaced(timing=None, key=case.graph.index.resolve(need.key))
            if any(need_implies(one, bare) for one in required):
                yield Finding(
                    Code.REQUIRED_AND_RECOMMENDED,
                    f"requires {need.key} and recommends it, too",
                    keys=(learning.key, need.key),
                    hint="take it out of the recommendations",
                )


def requires_what_it_excludes(case: Case) -> Iterator[Finding]:
    """LG213: who takes a learning loses the credit for what it excludes, so it must not require it."""
    excluding = {learning.key for learning in case.graph if learning.exclusions}
    concerned = excluding | {one.learning for key in excluding for one in case.graph.index.to.get(key, ())}
    for learning in case.graph:
        if learning.key not in concerned:
            continue
        for need in single_needs(case.required(learning)):
            other = case.graph[need.key].exclusions if need.key in case.graph else ()
            if need.key in learning.exclusions or learning.key in other:
                yield Finding(
                    Code.REQUIRES_EXCLUDED,
                    f"requires {need.key}, and the two exclude one another",
                    keys=(learning.key, need.key),
                    hint="take it out of the exclusions, or out of the requirements",
                )
