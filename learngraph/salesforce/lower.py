"""Requirement trees written as what the org can hold: for each relation a list of singles and any-ofs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from learngraph.codes import Code, Severity
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.clauses import TooManyClausesError, distribute
from learngraph.logic.implication import Clause, clause_implies, need_implies
from learngraph.logic.pruning import Effect, Removal, prune
from learngraph.model.learning import Learning
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation, Timing
from learngraph.model.requirement import AtLeast, Condition, Need, Requirement
from learngraph.model.salesforce_id import is_salesforce_id
from learngraph.model.wording import in_words
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.references import is_achievement


@dataclass(frozen=True, slots=True)
class Lowered:
    """What an org can hold of a learning's requirements, and what was found on the way.

    Clauses name what they need by keys of the graph where it has them, and state no timing: the relation
    says it. An error among the findings means that the clauses are not all.
    """

    clauses: Mapping[Relation, tuple[Clause, ...]]
    findings: tuple[Finding, ...] = ()


def lower(learning: Learning, graph: LearningGraph, dialect: Dialect) -> Lowered:
    """Write a learning's requirements as clauses of the org's relations.

    A clause goes where its timing belongs, wherever it was written: what must be taken before to the
    prerequisites, what may be taken at the same time to the corequisites. Recommendations stay. A clause
    that the org cannot hold is left out, and an error among the findings says so.
    """
    if not (learning.prerequisites or learning.corequisites or learning.recommended):
        return _NOTHING
    lowering = _Lowering(learning, graph, dialect)
    found: dict[Relation, list[Clause]] = {relation: [] for relation in REQUIREMENT_RELATIONS}
    for relation in REQUIREMENT_RELATIONS:
        for clause in lowering.clauses_of(relation) if learning.requirements(relation) else ():
            if (place := lowering.place(clause, relation)) and lowering.can_be_held(clause, relation):
                found[place].append(lowering.held(clause))
    kept = {relation: _not_implied(group) for relation, group in found.items()}
    return Lowered(kept, tuple(lowering.findings))


def _not_implied(group: list[Clause]) -> tuple[Clause, ...]:
    """Drop what another clause says that came from another relation as written."""
    if len(group) < _TWO:
        return tuple(group)
    distinct = tuple(dict.fromkeys(group))
    return tuple(
        clause
        for place, clause in enumerate(distinct)
        if not any(
            rank != place and clause_implies(other, clause) and (rank < place or not clause_implies(clause, other))
            for rank, other in enumerate(distinct)
        )
    )


class Lowerings:
    """The lowered learnings of one graph, each lowered once: nothing of the graph may change meanwhile."""

    def __init__(self, graph: LearningGraph, dialect: Dialect) -> None:
        self._graph = graph
        self._dialect = dialect
        self._lowered: dict[str, Lowered] = {}

    def of(self, learning: Learning) -> Lowered:
        """Lower a learning of the graph, unless it was lowered before."""
        known = self._lowered.get(learning.key)
        if known is None:
            known = self._lowered[learning.key] = lower(learning, self._graph, self._dialect)
        return known


_TWO = 2

_NOTHING = Lowered(dict.fromkeys(REQUIREMENT_RELATIONS, ()))


class _Lowering:
    """One learning on its way: what is found is collected, nothing else is kept."""

    def __init__(self, learning: Learning, graph: LearningGraph, dialect: Dialect) -> None:
        self._learning = learning
        self._graph = graph
        self._dialect = dialect
        self._achievements = graph.achievements
        self.findings: list[Finding] = []

    def clauses_of(self, relation: Relation) -> Iterable[Clause]:
        """Give the clauses of one relation, with the timings as they are written."""
        usual = self._graph.options.timing_of(relation)
        written = self._learning.requirements(relation)
        if all(self._is_plain(leaf) for tree in written for leaf in tree.leaves):
            trees = list(written)  # the usual case, told quickly
        else:
            trees = [self._resolved(tree) for tree in map(self._pruned, written) if tree is not None]
        try:
            return distribute(trees, limit=self._dialect.clause_limit, usual=usual)
        except TooManyClausesError as error:
            hint = "simplify it, require a badge that the alternatives grant, or raise clause_limit"
            self._find(Code.TOO_MANY_CLAUSES, f"its {relation.field}: {error}", hint=hint)
            return ()

    def place(self, clause: Clause, relation: Relation) -> Relation | None:
        """Tell in which of the org's relations a clause belongs; None where it can be in none."""
        if relation is Relation.RECOMMENDED:
            return relation
        usual = self._graph.options.timing_of(relation)
        timings = {need.timing or usual for need in clause}
        if timings == {Timing.BEFORE}:
            return Relation.PREREQUISITE
        if Timing.BEFORE in timings:
            return self._place_of_mixed(clause)
        if timings != {Timing(self._dialect.corequisite)}:
            effect = "allow it before, too" if Timing.WITH in timings else "ask for it at the same time"
            message = f"the org's corequisites will {effect}: {_words(clause)}"
            self._find(Code.TIMING_NOT_EXACT, message, cause=_words(clause))
        return Relation.COREQUISITE

    def _place_of_mixed(self, clause: Clause) -> Relation | None:
        words = _words(clause)
        match self._dialect.mixed_timings:
            case "refuse":
                hint = "give all alternatives one timing, or set mixed_timings to corequisite or prerequisite"
                self._find(Code.MIXED_TIMINGS, f"mixes timings in one any-of: {words}", hint=hint, cause=words)
                return None
            case "prerequisite":
                self._find(Code.TIMING_NOT_EXACT, f"the org will ask for all of it before: {words}", cause=words)
                return Relation.PREREQUISITE
            case "corequisite":
                self._find(
                    Code.TIMING_NOT_EXACT,
                    f"the org will allow all of it at the same time: {words}",
                    cause=words,
                )
                return Relation.COREQUISITE

    def can_be_held(self, clause: Clause, relation: Relation) -> bool:
        """Whether the org can hold a clause; what stands in the way is told."""
        before = len(self.findings)
        for need in clause:
            self._look_up(need, relation)
            if len(clause) > 1 and is_achievement(need.key, self._graph):
                words = _words(clause)
                message = f"the achievement {need.key} cannot stand in an any-of: {words}"
                hint = "name the learnings that grant it instead"
                self._find(Code.ACHIEVEMENT_IN_GROUP, message, hint=hint, cause=words)
        if len(clause) > 1 and self._dialect.group == "all_of":
            words = _words(clause)
            hint = "the API has no any-of then: split it into learnings or badges of their own"
            self._find(Code.ANY_OF_NOT_HELD, f"groups mean all-of in this org: {words}", hint=hint, cause=words)
        return len(self.findings) == before

    def held(self, clause: Clause) -> Clause:
        """Give what the org can hold of a clause: all of a single but its timing, no durations in a group."""
        if len(clause) > 1 and any(need.duration is not None or need.duration_unit for need in clause):
            words = _words(clause)
            self._find(Code.DURATION_IN_GROUP, f"durations inside an any-of are not sent: {words}", cause=words)
            clause = tuple(need.replaced(duration=None, duration_unit=None) for need in clause)
        elif not any(need.timing for need in clause):
            return clause
        bare = tuple(dict.fromkeys(need.replaced(timing=None) for need in clause))
        return tuple(one for one in bare if not any(one != other and need_implies(one, other) for other in bare))

    def _is_plain(self, leaf: Need | Condition) -> bool:
        """Whether a leaf is a need of a learning of the graph, by the learning's own key."""
        return isinstance(leaf, Need) and leaf.key in self._graph

    def _resolved(self, tree: Requirement) -> Requirement:
        """Name learnings by their keys before anything is compared: a key and a record may be one learning."""
        resolve = self._graph.index.resolve
        if not self._graph.index.ids:
            return tree
        if all(isinstance(leaf, Condition) or resolve(leaf.key) == leaf.key for leaf in tree.leaves):
            return tree
        if isinstance(tree, Need):
            return tree.replaced(key=resolve(tree.key))
        if isinstance(tree, Condition):
            return tree
        parts = [self._resolved(part) for part in tree.of]
        return AtLeast(tree.count, parts) if isinstance(tree, AtLeast) else type(tree)(parts)

    def _pruned(self, requirement: Requirement) -> Requirement | None:
        leave_out = self._graph.options.unknown_references == "leave_out"

        def unwanted(leaf: Need | Condition) -> bool:
            return isinstance(leaf, Condition) or (leave_out and self._graph.index.is_missing(leaf.key))

        if isinstance(requirement, Need) and not unwanted(requirement):
            return requirement
        rest, removals = prune(requirement, unwanted)
        for removal in removals:
            self._tell(removal)
        return rest

    def _tell(self, removal: Removal) -> None:
        leaf = removal.leaf
        if isinstance(leaf, Condition):
            what = in_words(leaf)
            loose, strict = f"{what} will not be enforced", f"students who meet only {what} will be stopped"
            hint = "make it a badge that staff can grant, or tell advisers"
            words = {
                Effect.STRICTER: f"the org will be stricter: {strict}",
                Effect.LOOSER: f"the org will be looser: {loose}",
                Effect.OTHER: f"the org will be both looser and stricter: {loose}, and {strict}",
            }
            self._find(Code.CONDITION, words[removal.effect], hint=hint, cause=leaf.text)
        else:
            loose, strict = f"{leaf.key} is not asked for", f"students who have only {leaf.key} will be stopped"
            words = {Effect.STRICTER: strict, Effect.LOOSER: loose, Effect.OTHER: f"{loose}, and {strict}"}
            message = f"an unknown course is left out: {words[removal.effect]}"
            if all(finding.message != message for finding in self.findings):
                self._find(Code.REFERENCE_LEFT_OUT, message, cause=leaf.key, also=(leaf.key,))

    def _look_up(self, need: Need, relation: Relation) -> None:
        achievement = self._achievements.get(need.key)
        if achievement is not None and not achievement.record_id and not is_salesforce_id(need.key):
            self._find(
                Code.ACHIEVEMENT_WITHOUT_RECORD,
                f"requires the achievement {need.key}, which has no record in the org ({relation.field})",
                hint="make it in the org and give its record_id",
                cause=need.key,
                severity=Severity.ERROR,
            )

    def _find(
        self,
        code: Code,
        message: str,
        *,
        hint: str = "",
        cause: str = "",
        also: tuple[str, ...] = (),
        severity: Severity | None = None,
    ) -> None:
        keys = (self._learning.key, *also)
        self.findings.append(Finding(code, message, keys=keys, hint=hint, cause=cause, severity=severity))


def _words(clause: Clause) -> str:
    return " or ".join(map(in_words, clause))
