"""References: what is named and not there, and learnings that name themselves."""

from collections.abc import Iterator
from functools import cache

from learngraph.checks.case import Case
from learngraph.codes import Code, Severity
from learngraph.findings import Finding
from learngraph.logic.holding import holds
from learngraph.model.learning import Learning
from learngraph.model.relation import Relation, Timing
from learngraph.model.requirement import Condition, Need
from learngraph.model.salesforce_id import is_salesforce_id, looks_like_salesforce_id

_CLOSE_ENOUGH = 80  # of 100
_LONGEST_LOOKED_UP = 100  # letters: longer ones are no slips
_MEND = "add it, mend the key, or set unknown_references to leave_out"
_MOST_LOOKED_UP = 1000  # so that a file of nothing but unknown keys costs no minutes


def unknown_references(case: Case) -> Iterator[Finding]:
    """LG201: a requirement must name what is in the catalogue, or a record of the org."""
    if case.graph.options.unknown_references == "leave_out":
        return  # lowering tells what is left out
    close = _Spelling(case)
    seen: set[tuple[str, str]] = set()
    for reference in case.graph.index.references:
        key, pair = reference.need.key, (reference.learning, reference.need.key)
        if pair not in seen and case.graph.index.is_missing(key) and not looks_like_salesforce_id(key):
            seen.add(pair)
            hint = close.hint(key)
            yield Finding(
                Code.UNKNOWN_REFERENCE,
                f"its {reference.relation.value} {key} is not in the catalogue",
                keys=pair,
                cause=key,
                hint=_MEND if hint == _meant(reference.learning) else hint,  # nobody means the learning itself
            )


def unknown_elsewhere(case: Case) -> Iterator[Finding]:
    """LG218: outcomes, equivalents, exclusions and plans must name what is there."""
    for learning in case.graph:
        named = [("outcome", outcome.achievement) for outcome in learning.outcomes]
        named += [("equivalent", key) for key in learning.equivalents]
        named += [("exclusion", key) for key in learning.exclusions]
        yield from _missing(case, learning.key, named)
    for plan in case.graph.program_plans:
        named = [("requirement", key) for requirement in plan.requirements for key in requirement.keys]
        yield from _missing(case, plan.key, [("program", plan.program), *named])
    for path in case.graph.degree_plans:
        programs = [("program", path.program)] if path.program else []
        yield from _missing(case, path.key, [*programs, *(("course", key) for term in path.terms for key in term)])


def _missing(case: Case, key: str, named: list[tuple[str, str]]) -> Iterator[Finding]:
    for what, other in dict.fromkeys(named):
        if case.graph.index.is_missing(other):
            message = f"its {what} {other} is not in the catalogue"
            hint = "declare the achievement" if what == "outcome" else "mend the key, or take it out"
            yield Finding(Code.UNKNOWN_ELSEWHERE, message, keys=(key, other), cause=other, hint=hint)


def _meant(key: str) -> str:
    return f"did you mean {key}?"


class _Spelling:
    """Looks for keys that are spelt almost like an unknown one, among those with the same first letter."""

    def __init__(self, case: Case) -> None:
        self._keys: dict[str, list[str]] = {}
        for key in sorted(case.graph.index.known):
            if len(key) <= _LONGEST_LOOKED_UP:
                self._keys.setdefault(key[0].casefold(), []).append(key)
        self._folded: dict[str, list[str]] = {}
        self._looked_up = 0
        self.hint = cache(self._hint)

    def _hint(self, key: str) -> str:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed only where something is unknown

        self._looked_up += 1
        if self._looked_up > _MOST_LOOKED_UP or len(key) > _LONGEST_LOOKED_UP:
            return _MEND
        first = key[0].casefold()
        close = self._keys.get(first, [])
        if first not in self._folded:
            self._folded[first] = [other.casefold() for other in close]
        folded = self._folded[first]
        found = process.extractOne(key.casefold(), folded, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
        return _meant(close[found[2]]) if found else _MEND


def self_requirements(case: Case) -> Iterator[Finding]:
    """LG202: a learning must not require itself; where something else can stand in, it is a warning."""
    own = (one for one in case.graph.index.references if one.needed == one.learning)
    for key, relation in dict.fromkeys((one.learning, one.relation) for one in own):
        yield _self_requirement(case, case.graph[key], relation)


def _self_requirement(case: Case, learning: Learning, relation: Relation) -> Finding:
    usual = case.graph.options.timing_of(relation)

    def possible(leaf: Need | Condition) -> bool:
        """Whether a leaf can be met by anything but the learning itself, earlier."""
        if isinstance(leaf, Condition):
            return True
        stand_in = set(map(case.graph.index.resolve, learning.equivalents)) - {learning.key}
        other = case.graph.index.resolve(leaf.key) != learning.key
        return other or (leaf.timing or usual) is not Timing.BEFORE or bool(stand_in)

    required = () if relation is Relation.RECOMMENDED else learning.requirements(relation)
    met = all(holds(requirement, possible) for requirement in required)
    return Finding(
        Code.SELF_REQUIREMENT,
        f"is its own {relation.value}" + ("" if met else ", and nothing else can meet it"),
        keys=(learning.key,),
        hint="take it out of its own requirements",
        severity=Severity.WARNING if met else Severity.ERROR,
    )


def never_granted(case: Case) -> Iterator[Finding]:
    """LG209: an achievement must be granted by some learning, or be a record of the org."""
    for key, achievement in case.graph.achievements.items():
        if key not in case.graph.index.grantors and not (achievement.record_id or is_salesforce_id(key)):
            required = len(case.graph.index.to.get(key, ()))
            message = (
                f"is granted by nothing, and {required} requirements ask for it"
                if required
                else ("is granted by nothing")
            )
            yield Finding(Code.NEVER_GRANTED, message, keys=(key,), hint="add it to the outcomes of a learning")
