"""What the numbers of a curriculum, and those of two editions, have to say."""

from collections.abc import Iterator

from learngraph.analysis.comparing.comparison import Comparison
from learngraph.analysis.comparing.edits import LearningChange
from learngraph.analysis.comparing.moves import Move
from learngraph.analysis.measuring.classic import Metrics
from learngraph.analysis.measuring.paths import longest_path, longest_path_count
from learngraph.cli.tables import as_paragraphs, as_table, shown
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.wording import listed

_FIRST = 20  # courses
_FEW = 8  # keys of a list
_MORE = "--all shows every one"
_ORDER = ("complexity", "blocking", "delay", "centrality", "reachability")


def metrics_story(graph: LearningGraph, found: Metrics, *, everything: bool, include_corequisites: bool) -> str:
    """Tell totals, the longest path, and the courses with the highest complexity first."""
    totals = ", ".join(f"{name} {shown(getattr(found.totals, name))}" for name in _ORDER)
    lines = [f"{len(found.courses):,} courses: {totals}"]
    path = longest_path(graph, include_corequisites=include_corequisites)
    if path:
        count = longest_path_count(graph, include_corequisites=include_corequisites)
        one = "the longest path" if count == 1 else f"one of {shown(count)} longest paths"
        lines.append(f"{one} ({len(path)} steps): {' > '.join(path)}")
    if found.circles:
        named = (" and ".join(circle[:_FEW]) for circle in found.circles)
        lines.append(f"read as one step each, since they require one another or themselves: {listed(named, most=_FEW)}")
    if found.dangling:
        lines.append(f"left aside: {found.dangling:,} requirements of what is no course of the catalogue")
    keys = sorted(found.courses, key=lambda key: -found.courses[key].complexity)
    first = keys if everything else keys[:_FIRST]
    rows = [(key, graph[key].name, *(getattr(found.courses[key], name) for name in _ORDER)) for key in first]
    more = f"... and {len(keys) - len(first):,} more: {_MORE}\n" if len(keys) > len(first) else ""
    return f"{as_paragraphs(chr(10).join(lines))}\n{as_table(('key', 'name', *_ORDER), rows)}{more}"


def comparison_story(found: Comparison, *, everything: bool) -> str:
    """Tell what changed, what that touches, and which numbers moved because of it."""
    if found.is_empty:
        return "nothing changed\n"
    most = None if everything else _FIRST
    parts = ["\n".join(("What changed", *(f"  {line}" for line in _edits(found, most))))]
    touched = f"{len(found.impact.programs):,} programs, {len(found.impact.downstream):,} courses downstream"
    named = f"\n  programs: {listed(found.impact.programs, most=_FEW)}" if found.impact.programs else ""
    parts.append(f"What that touches\n  {touched}{named}")
    story = as_paragraphs("\n\n".join(parts))
    totals = [(one.metric, one.before, one.after, one.after - one.before) for one in found.totals]
    story += f"\nTotals\n{as_table(('metric', 'before', 'after', 'change'), totals)}"
    return story + _moves(found, most)


def _edits(found: Comparison, most: int | None) -> Iterator[str]:
    for option in found.options:
        yield f"the option {option.name}: {option.before} became {option.after}"
    for what, keys in (("came", found.came), ("went", found.went)):
        if keys:
            yield f"{len(keys):,} {what}: {listed(keys, most=_FEW)}"
    for what in ("program plans", "degree plans", "achievements"):
        changes = getattr(found, what.replace(" ", "_"))
        for deed in ("came", "went", "changed"):
            if keys := getattr(changes, deed):
                yield f"{what} that {deed}: {listed(keys, most=_FEW)}"
    if found.changed:
        yield f"{len(found.changed):,} changed:"
    for change in found.changed[:most]:
        yield f"  {change.key}: {'; '.join(_differences(change))}"
    if most is not None and len(found.changed) > most:
        yield f"  ... and {len(found.changed) - most:,} more: {_MORE}"


def _differences(change: LearningChange) -> Iterator[str]:
    for field in change.fields:
        yield f"{field.name} {_stated(field.before)} became {_stated(field.after)}"
    for asked in change.requirements:
        told = [*(f"no longer {words}" for words in asked.went), *(f"now {words}" for words in asked.came)]
        yield f"{asked.relation.field}: {', '.join(told)}"
    for items in change.sets:
        counts = ((len(items.came), "more"), (len(items.went), "fewer"))
        yield f"{items.name}: {', '.join(f'{count} {word}' for count, word in counts if count)}"


def _stated(value: object) -> str:
    return "(not stated)" if value is None else str(value)


def _moves(found: Comparison, most: int | None) -> str:
    by_metric = [move for name in _ORDER for move in found.moved if move.metric == name]
    moved = by_metric if most is None else sorted(
        (move for move in found.moved if move.metric == _ORDER[0]), key=lambda move: -_distance(move)
    )[:most]  # fmt: skip
    if not moved:
        return "\nNo course of both has other numbers.\n" if not found.moved else ""
    rows = [(one.key, one.metric, one.before, one.after, listed(one.because, most=2)) for one in moved]
    head = "Courses whose numbers moved" if most is None else "Courses whose complexity moved most"
    left = len(found.moved) - len(moved)
    more = f"... and {left:,} more numbers: {_MORE}\n" if left else ""
    return f"\n{head}\n{as_table(('key', 'metric', 'before', 'after', 'because'), rows)}{more}"


def _distance(move: Move) -> float:
    return abs((move.after or 0) - (move.before or 0))
