"""Activity: what is required must be offered."""

from collections.abc import Iterator

from learngraph.checks.case import Case
from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.logic.implication import Clause
from learngraph.model.learning import Learning


def inactive_required(case: Case) -> Iterator[Finding]:
    """LG210, LG211 and LG217: active learnings require active ones."""
    inactive = {learning.key for learning in case.graph if learning.active is False}
    concerned = {one.learning for key in inactive for one in case.graph.index.to.get(key, ())} - inactive
    for learning in case.graph:
        if learning.key not in concerned:
            continue
        for clause in case.required(learning):
            off = [need.key for need in clause if need.key in inactive]
            if off:
                yield _inactive(learning, clause, off)


def _inactive(learning: Learning, clause: Clause, off: list[str]) -> Finding:
    keys = (learning.key, *off)
    if len(clause) == 1:
        return Finding(
            Code.INACTIVE_REQUIRED,
            f"requires {off[0]}, which is inactive",
            keys=keys,
            cause=off[0],
            hint="make it active again, or name what replaced it",
        )
    if len(off) == len(clause):
        message = f"requires one of {', '.join(off)}, all of which are inactive"
        return Finding(Code.ALL_ALTERNATIVES_INACTIVE, message, keys=keys, hint="add an active alternative")
    message = f"names inactive alternatives: {', '.join(off)}"
    return Finding(Code.INACTIVE_ALTERNATIVE, message, keys=keys, cause=off[0], hint="take them out")


def periods_apart(case: Case) -> Iterator[Finding]:
    """LG212: what is required is offered at some time while the learning is."""
    for learning in case.graph:
        if learning.active_from is None and learning.active_to is None:
            continue
        for clause in case.required(learning):
            known = [case.graph[need.key] for need in clause if need.key in case.graph]
            if known and len(known) == len(clause) and all(apart(learning, other) for other in known):
                names = ", ".join(other.key for other in known)
                yield Finding(
                    Code.PERIODS_APART,
                    f"requires {names}, and they are never active on the same day",
                    keys=(learning.key, *(other.key for other in known)),
                    hint="compare the active periods",
                )


def apart(one: Learning, other: Learning) -> bool:
    """Whether the active periods of two learnings share no day; an open end reaches for ever."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Learning, other: Learning) -> bool:
    return one.active_to is not None and other.active_from is not None and one.active_to < other.active_from
