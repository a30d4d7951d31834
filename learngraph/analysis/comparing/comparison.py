"""What changed between two editions of a catalogue, and what that does to the metrics of courses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from learngraph.analysis.comparing.edits import (
    NO_CHANGES,
    FieldChange,
    KeyChanges,
    LearningChange,
    key_changes,
    learning_changes,
    option_changes,
)
from learngraph.analysis.comparing.moves import Move, Total, moves
from learngraph.analysis.touched import Impact, impact_of_both
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Table, Tabular, in_short
from learngraph.model.outcome import Outcome, Skill
from learngraph.model.wording import listed

_SHOWN = 10  # programs in a line

_Row = tuple[str, str, object, object, str]


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Tabular):
    """What came, went and changed between two catalogues, and which numbers moved because of it.

    `came` and `went` are keys of learnings. `moved` has a row for each metric of a course that is not what it was,
    `totals` one for each metric. `impact` is what the edits of learnings touch, before or after. `options` are
    those that change what numbers and requirements mean.
    """

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[LearningChange, ...]
    moved: tuple[Move, ...]
    totals: tuple[Total, ...]
    impact: Impact
    options: tuple[FieldChange, ...] = ()
    program_plans: KeyChanges = NO_CHANGES
    degree_plans: KeyChanges = NO_CHANGES
    achievements: KeyChanges = NO_CHANGES

    @property
    def is_empty(self) -> bool:
        """Whether both say the same in all that is compared."""
        learnings = self.came or self.went or self.changed or self.moved
        return not (learnings or self.options or self.program_plans or self.degree_plans or self.achievements)

    def moved_for(self, key: str) -> tuple[Move, ...]:
        """Give what moved of one course; nothing for a key of which nothing did.

        Examples
        --------
        >>> import learngraph as lg
        >>> found = lg.compare(lg.examples.university(), lg.examples.university(edition=2))
        >>> len(found.moved_for("NOPE 1"))
        0
        """
        return tuple(move for move in self.moved if move.key == key)

    def to_json(self) -> dict[str, Any]:
        """Give what `--format json` writes: the format's name, what changed, what moved, and what that touches."""
        return {
            "format": "learngraph-comparison/1",
            "came": list(self.came),
            "went": list(self.went),
            "edits": [_as_record(row) for row in self._edits()],
            "totals": [one._asdict() for one in self.totals],
            "moved": [
                {"key": one.key, "metric": one.metric, "before": one.before, "after": one.after,
                 "because": [str(cause) for cause in one.because]}
                for one in self.moved
            ],
            "touches": {"programs": list(self.impact.programs), "downstream": list(self.impact.downstream)},
        }  # fmt: skip

    @property
    def table(self) -> Table:
        """A row for each thing that came, went or changed, and then for each number that moved."""
        return Table(("key", "what", "before", "after", "because"), [*self._edits(), *self._moves()])

    def _edits(self) -> Iterator[_Row]:
        for option in self.options:
            yield "", option.name, option.before, option.after, ""
        for key in self.went:
            yield key, "learning", key, None, ""
        for key in self.came:
            yield key, "learning", None, key, ""
        for change in self.changed:
            for one in change.fields:
                yield change.key, one.name, one.before, one.after, ""
            for asked in change.requirements:
                yield change.key, asked.relation.field, _listed(asked.went), _listed(asked.came), ""
            for items in change.sets:
                yield change.key, items.name, _listed(items.went), _listed(items.came), ""
        for what in ("program_plans", "degree_plans", "achievements"):
            yield from _keyed(what.removesuffix("s").replace("_", " "), getattr(self, what))

    def _moves(self) -> Iterator[_Row]:
        for one in self.moved:
            yield one.key, one.metric, one.before, one.after, "; ".join(map(str, one.because))

    def _notes(self) -> Iterator[str]:
        moved = [one for one in self.totals if one.before != one.after]
        if moved:
            yield ", ".join(f"{one.metric} {in_short(one.before)} becomes {in_short(one.after)}" for one in moved)
        if self.impact.programs:
            yield f"touches the programs {listed(self.impact.programs, most=_SHOWN)}"

    def __repr__(self) -> str:
        counts = f"{len(self.came)} came, {len(self.went)} went, {len(self.changed)} changed"
        moved = len({move.key for move in self.moved})
        return f"<Comparison: {counts}; the numbers of {moved} courses moved>"


def _as_record(row: _Row) -> dict[str, Any]:
    key, what, before, after, _ = row
    return {"key": key or None, "what": what, "before": _as_json(before), "after": _as_json(after)}


def _as_json(value: object) -> str | int | float | None:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _listed(items: tuple[object, ...]) -> str | None:
    return "; ".join(map(_named, items)) or None


def _named(item: object) -> str:
    match item:
        case Outcome():
            return item.achievement
        case Skill():
            return item.achievement or item.name
    return str(item)


def _keyed(what: str, changes: KeyChanges) -> Iterator[_Row]:
    for key in changes.went:
        yield key, what, key, None, ""
    for key in changes.came:
        yield key, what, None, key, ""
    for key in changes.changed:
        yield key, what, key, key, ""


def compare(before: LearningGraph, after: LearningGraph) -> Comparison:
    """Tell what changed between two catalogues, and which numbers of courses moved because of which edits.

    Learnings are compared by key, requirements by meaning: order, nesting and what is implied do not count.
    Metrics are those of `metrics`, corequisites included; a course of a circle is measured as one step with
    the others of it. A number moved because of

    - blocking and reachability: the edits behind each edge that came and over which something is reached that was
      not, or that went and over which something was reached that is not any more;
    - delay: those behind edges on a longest path through the course, in the graph where the path is longer;
    - centrality: those behind all edges that came or went before or after the course, in the sense of study;
    - complexity: those of its blocking and its delay, and of `system_type`.

    Where an edit makes or breaks a circle, all edges that came or went inside of it count.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> before = LearningGraph([Course(key="A"), Course(key="B")])
    >>> after = LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"])])
    >>> found = compare(before, after)
    >>> found
    <Comparison: 0 came, 0 went, 1 changed; the numbers of 2 courses moved>
    >>> move = found.moved_for("A")[0]
    >>> move.metric, move.before, move.after, *map(str, move.because)
    ('blocking', 0, 1, 'B changed its prerequisites')
    """
    learnings, changed = key_changes(before, after), tuple(learning_changes(before, after))
    edited = (*learnings.went, *(change.key for change in changed), *learnings.came)
    moved, totals = moves(before, after)
    return Comparison(
        came=learnings.came,
        went=learnings.went,
        changed=changed,
        moved=moved,
        totals=totals,
        impact=impact_of_both(before, after, keys=edited),
        options=tuple(option_changes(before.options, after.options)),
        program_plans=key_changes(before.program_plans, after.program_plans),
        degree_plans=key_changes(before.degree_plans, after.degree_plans),
        achievements=key_changes(before.achievements.values(), after.achievements.values()),
    )
