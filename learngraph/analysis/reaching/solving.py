"""The smallest set of learnings as a question to a solver: CP-SAT of OR-tools, which counts in whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from learngraph.errors import MissingExtraError
from learngraph.graph.query import components
from learngraph.logic.compiled import Leaf, Node, leaves

if TYPE_CHECKING:  # an extra, imported when first used
    from ortools.sat.python import cp_model

    Literal: TypeAlias = "cp_model.IntVar | cp_model.NotBooleanVariable"

_BLOCK = 24  # learnings whose places are settled in one step: their weights stay far below 2**63


@dataclass(frozen=True, slots=True)
class Solution:
    """The keys that were chosen, the proven bound of the first objective, and whether it is reached."""

    chosen: frozenset[str]
    bound: int
    optimal: bool


def smallest(
    trees: Mapping[str, Node],
    key: str,
    *,
    costs: Sequence[Mapping[str, int]],
    start: Mapping[str, int],
    time_limit: float,
) -> Solution:
    """Choose keys such that the tree of each is met and the costs are least, one after the other.

    `trees` are settled and name one another only. `start` has a set that will do, with the terms in which
    it can be taken. What all costs leave open is settled by the places of the keys: sets without those
    that stand last are preferred, so there is one answer.

    Raises
    ------
    MissingExtraError
        where OR-tools is not installed.
    """
    model = _Model(trees, key, start)
    until = monotonic() + time_limit
    chosen, bound, optimal = frozenset(start), max(costs[0][key], 0), False
    places = list(trees)
    blocks = [places[max(end - _BLOCK, 0) : end] for end in range(len(places), 0, -_BLOCK)]
    settling = [{one: 1 << place for place, one in enumerate(block)} for block in blocks]
    for step, cost in enumerate([*costs, *settling]):
        found, least, proven = model.minimise(cost, until - monotonic())
        if found is not None:
            chosen = found
        if step == 0:
            bound, optimal = max(bound, least), proven
        if not proven or (step + 1 >= len(costs) and len(chosen) == len(trees)):  # nothing is left to settle
            break
    return Solution(chosen, bound, optimal)


class _Model:
    """A variable a key: whether it is chosen; inside a circle also when, since it must not support itself."""

    def __init__(self, trees: Mapping[str, Node], key: str, start: Mapping[str, int]) -> None:
        try:
            from ortools.sat.python import cp_model  # noqa: PLC0415 - an extra, imported when first used
        except ImportError:
            raise MissingExtraError("ortools", "solver") from None
        self._model = cp_model.CpModel()
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1  # with the seed: equal graphs give equal answers
        self._solver.parameters.random_seed = 0
        self._solver.parameters.linearization_level = 2  # twins ("CS 1" or "CS 1E") are proven by cuts, not by search
        self._found, self._proven = {cp_model.OPTIMAL, cp_model.FEASIBLE}, cp_model.OPTIMAL
        self._chosen = {each: self._model.new_bool_var("") for each in trees}
        self._circle: dict[str, int] = {}
        self._place: dict[str, cp_model.IntVar] = {}
        self._supports: dict[tuple[str, str, bool], Literal] = {}
        self._order(trees, start)
        self._model.add_bool_or([self._chosen[key]])
        for each, tree in trees.items():
            self._require(tree, each, self._chosen[each])
            self._model.add_hint(self._chosen[each], each in start)

    def minimise(self, cost: Mapping[str, int], seconds: float) -> tuple[frozenset[str] | None, int, bool]:
        """Find a set of least cost, give it with a bound, and hold on to that cost for what comes after."""
        if seconds <= 0:
            return None, 0, False
        weighed = {each: weight for each, weight in cost.items() if weight}
        if not weighed:
            return None, 0, True
        total = sum(weight * self._chosen[each] for each, weight in weighed.items())
        self._model.minimize(total)
        self._solver.parameters.max_time_in_seconds = seconds
        status = self._solver.solve(self._model)
        if status not in self._found:
            return None, self._bound, False
        found = frozenset(each for each, variable in self._chosen.items() if self._solver.boolean_value(variable))
        if status == self._proven:
            least = sum(cost.get(each, 0) for each in found)
            self._model.add(total <= least)
            self._model.clear_hints()  # type: ignore[no-untyped-call]  # its stub says nothing
            for each, variable in self._chosen.items():
                self._model.add_hint(variable, each in found)
            return found, least, True
        return found, self._bound, False

    @property
    def _bound(self) -> int:
        """What the last search proved: a whole number, which the solver gives as a float."""
        bound = self._solver.best_objective_bound
        return ceil(bound - 1e-6) if isfinite(bound) else 0

    def _order(self, trees: Mapping[str, Node], start: Mapping[str, int]) -> None:
        """Give places to the keys of each circle in which something must come before something else."""
        needs = {each: [(leaf, other) for leaf in leaves(tree) for other in leaf.keys] for each, tree in trees.items()}
        onward = {each: [other for _, other in found] for each, found in needs.items()}
        rank = {each: place for place, each in enumerate(trees)}
        for number, circle in enumerate(components(onward)):
            inside = set(circle)
            if not any(leaf.before and other in inside for each in circle for leaf, other in needs[each]):
                continue
            terms = sorted({start[each] for each in inside if each in start})
            for each in sorted(circle, key=rank.__getitem__):
                self._circle[each] = number
                self._place[each] = self._model.new_int_var(0, len(circle) - 1, "")
                if each in start:
                    self._model.add_hint(self._place[each], terms.index(start[each]))

    def _require(self, node: Node, key: str, when: "Literal") -> None:
        """Demand what a node asks for of a key, when a literal is true."""
        if isinstance(node, Leaf):
            self._model.add_bool_or([*self._meeting(node, key), ~when])
        elif node.count == len(node.parts):
            for part in node.parts:
                self._require(part, key, when)
        elif node.count == 1:
            alternatives = [literal for part in node.parts for literal in self._either(part, key)]
            self._model.add_bool_or([*alternatives, ~when])
        else:
            met = [self._whole(part, key) for part in node.parts]
            self._model.add(sum(met) >= node.count).only_enforce_if(when)

    def _either(self, node: Node, key: str) -> "list[Literal]":
        if isinstance(node, Leaf):
            return self._meeting(node, key)
        if node.count == 1:
            return [literal for part in node.parts for literal in self._either(part, key)]
        return [self._whole(node, key)]

    def _whole(self, node: Node, key: str) -> "Literal":
        """Give a literal that is true only where a node is met."""
        if isinstance(node, Leaf) and len(found := self._meeting(node, key)) == 1:
            return found[0]
        literal = self._model.new_bool_var("")
        self._require(node, key, literal)
        return literal

    def _meeting(self, leaf: Leaf, key: str) -> "list[Literal]":
        """Give literals, each of which is true only where a key of the leaf is there in time."""
        return [
            self._support(other, key, before=leaf.before) for other in leaf.keys if not (leaf.before and other == key)
        ]

    def _support(self, other: str, key: str, *, before: bool) -> "Literal":
        if other == key or key not in self._circle or self._circle.get(other) != self._circle[key]:
            return self._chosen[other]
        if (other, key, before) not in self._supports:
            literal = self._model.new_bool_var("")
            self._model.add_implication(literal, self._chosen[other])
            self._model.add(self._place[other] + before <= self._place[key]).only_enforce_if(literal)
            self._supports[other, key, before] = literal
        return self._supports[other, key, before]
