"""What was done towards a requirement that is not met, in words."""

from collections.abc import Callable, Iterator

from learngraph.analysis.learners.standing import Attempt, Standing, Way, asked, reaches
from learngraph.logic.holding import holds
from learngraph.model.grades import GradeScale
from learngraph.model.requirement import AllOf, AtLeast, Condition, Need, Requirement
from learngraph.model.value import short


def unmet_parts(
    standing: Standing, requirement: Requirement, met: Callable[[Need], bool]
) -> Iterator[tuple[Requirement, Requirement]]:
    """Give what of a requirement is not met, each part of an all-of by itself: as written, and as it is read."""
    if isinstance(requirement, AllOf):
        for part in requirement.of:
            yield from unmet_parts(standing, part, met)
        return
    tree = standing.settled(requirement)
    if tree is not None and not holds(tree, standing.leaf_test(met)):
        yield requirement, tree


class Notes:
    """Says what was done towards trees that are not met, where `met` says which needs are."""

    def __init__(self, standing: Standing, met: Callable[[Need], bool], *, same_term: str) -> None:
        self._standing = standing
        self._met = met
        self._same_term = same_term  # why what is taken now does not do

    def towards(self, tree: Requirement) -> tuple[str, ...]:
        """Say what was done towards a tree that is not met; nothing, where nothing was."""
        return tuple(dict.fromkeys(self._done(tree)))

    def _done(self, tree: Requirement) -> Iterator[str]:
        match tree:
            case Need():
                yield from (f"{tree.key} is done",) if self._met(tree) else self._attempts(tree)
                return
            case Condition():
                return
            case AtLeast():
                test = self._standing.leaf_test(self._met)
                count = sum(holds(part, test) for part in tree.of)
                yield f"{tree.count} of {len(tree.of)}: {count} done"
        for part in tree.of:
            yield from self._done(part)

    def _attempts(self, need: Need) -> Iterator[str]:
        """Say of each learning that would meet a need how the best attempt at it ended."""
        for way in self._standing.ways(need.key):
            tries = self._standing.attempts.get(way.key, [])
            if tries:
                best = max(tries, key=lambda one: (one.passed, one.record.in_progress, one.points or 0, one.term))
                yield f"{self._named(way, need)} {self._ending(best, asked(need, way))}"

    def _named(self, way: Way, need: Need) -> str:
        target = self._standing.graph.index.resolve(need.key)
        if way.key == target:
            return way.key
        return f"{way.key}, which {'counts as' if target in self._standing.graph else 'grants'} {target},"

    def _ending(self, attempt: Attempt, minimum: float | None) -> str:
        if attempt.failed:
            return "was failed"
        if attempt.record.in_progress and attempt.term != self._standing.now:
            return "is in progress"
        good_enough = minimum is None or reaches(attempt.points, minimum)
        if attempt.term == self._standing.now and (good_enough or attempt.record.grade is None):
            return self._same_term
        if minimum is None or good_enough:
            return "gives no credit beside another that was passed"
        scale = self._standing.graph.options.scale
        got = "without a number" if attempt.points is None else f"with {grade_in_words(attempt.points, scale)}"
        return f"was passed {got}, {grade_in_words(minimum, scale)} is asked for"


def grade_in_words(points: float, scale: GradeScale) -> str:
    """Write a grade as a number, with the letter where the scale has one.

    Examples
    --------
    >>> grade_in_words(2.7, GradeScale.named("us")), grade_in_words(2.5, GradeScale.named("us"))
    ('2.7 (B-)', '2.5')
    """
    letter = scale.letter(points)
    return f"{short(points)} ({letter})" if letter else short(points)
