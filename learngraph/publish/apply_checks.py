"""What must hold before anything of a plan is sent: it is the reviewed plan, for this org, as the org still is."""

import re
from collections.abc import Iterable, Iterator

from learngraph.errors import LearnGraphError
from learngraph.model.value import short
from learngraph.publish.apply_settings import ApplySettings, OrgReads
from learngraph.publish.publish_plan import PublishPlan, StepKind
from learngraph.salesforce.wire import LEARNINGS

_API_VERSION = re.compile(r"\d{1,3}\.\d", re.ASCII)
_PATCH = ("PATCH", LEARNINGS)

#: the only requests that a step may send
_REQUESTS = {
    StepKind.ACHIEVE: ("POST", "/sobjects/LearningAchievement"),
    StepKind.CREATE: ("POST", LEARNINGS),
    StepKind.UPDATE: _PATCH,
    StepKind.CLOSE: _PATCH,
}

_SHOWN = 5  # names in a message
_ID = 15  # characters of an id that tell it apart


class UnreviewedPlanError(LearnGraphError, ValueError):
    """A plan that is not the one that was reviewed.

    Attributes
    ----------
    reviewed
        The digest of the plan that was reviewed.
    found
        The digest of the plan as it is.
    """

    def __init__(self, reviewed: str, found: str) -> None:
        super().__init__(reviewed, found)
        self.reviewed = reviewed
        self.found = found

    def __str__(self) -> str:
        return (
            f"the plan was altered: its digest is {self.found[:12]}, and {self.reviewed[:12]} was reviewed; plan again"
        )


class UnsafePlanError(LearnGraphError, ValueError):
    """A plan that exceeds the limits of what a plan may touch, or sends what no plan sends.

    Attributes
    ----------
    reasons
        The limits that it exceeds, or what is wrong with it.
    """

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return f"the plan is not safe to apply: {'; '.join(self.reasons)}"


class WrongOrgError(LearnGraphError, ValueError):
    """A plan for another org than the one that answers.

    Attributes
    ----------
    planned
        The id of the org that the plan is for.
    found
        The id of the org that answers.
    """

    def __init__(self, planned: str, found: str) -> None:
        super().__init__(planned, found)
        self.planned = planned
        self.found = found

    def __str__(self) -> str:
        return f"the plan is for the org {self.planned}, and {self.found} answers: nothing was sent"


class UnconfirmedOrgError(LearnGraphError, ValueError):
    """A production org whose name was not given.

    Attributes
    ----------
    name
        The org's name.
    given
        The name that was given; None for none.
    """

    def __init__(self, name: str, given: str | None) -> None:
        super().__init__(name, given)
        self.name = name
        self.given = given

    def __str__(self) -> str:
        given = "it was not given" if self.given is None else f"{self.given!r} was given"
        return f"{self.name} is PRODUCTION: its name confirms that, and {given}"


class StalePlanError(LearnGraphError, ValueError):
    """A plan for records that changed in the org since it was made.

    Attributes
    ----------
    changed
        The learnings that changed, by key and id, in the plan's order.
    gone
        Those that are no longer there.
    """

    def __init__(self, changed: tuple[str, ...], gone: tuple[str, ...] = ()) -> None:
        super().__init__(changed, gone)
        self.changed = changed
        self.gone = gone

    def __str__(self) -> str:
        told = [f"{_listed(self.changed)} changed"] if self.changed else []
        told += [f"{_listed(self.gone)} can no longer be seen"] if self.gone else []
        return f"the plan is stale: in the org, {', and '.join(told)} since it was made; nothing was sent: plan again"


def _listed(keys: tuple[str, ...]) -> str:
    more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
    return ", ".join(keys[:_SHOWN]) + more


def check_plan(plan: PublishPlan, *, digest: str) -> None:
    """See that a plan is the one that was reviewed, and within its limits.

    Raises
    ------
    UnreviewedPlanError
        where it is another plan.
    UnsafePlanError
        where it exceeds limits.

    Examples
    --------
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> plan = PublishPlan(OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0"))
    >>> check_plan(plan, digest=plan.digest)
    """
    if plan.digest != digest:
        raise UnreviewedPlanError(digest, plan.digest)
    reasons = (*plan.unsafe, *_strange(plan))
    if reasons:
        raise UnsafePlanError(reasons)


def _strange(plan: PublishPlan) -> Iterator[str]:
    """Say what a plan holds that no plan does: a file may have been written by anybody."""
    if not _API_VERSION.fullmatch(plan.org.api_version):
        yield f"{short(plan.org.api_version)} is no version of the API"
    for number, step in enumerate(plan.steps, start=1):
        if (step.method, step.path) != _REQUESTS[step.kind]:
            yield f"step {number} is to {step.kind.value} and sends {short(f'{step.method} {step.path}')}"


def check_org(plan: PublishPlan, reads: OrgReads, settings: ApplySettings) -> None:
    """See that the org that answers is the plan's, and that a production org is meant.

    Raises
    ------
    WrongOrgError
        where another org answers.
    UnconfirmedOrgError
        where it is production and its name is not given.

    Examples
    --------
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> facts = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
    >>> reads = OrgReads(lambda: facts, lambda soql: [], lambda keys: {}, lambda item: None)
    >>> check_org(PublishPlan(facts), reads, ApplySettings())
    """
    found = reads.facts()
    if found.id[:_ID] != plan.org.id[:_ID]:
        raise WrongOrgError(plan.org.id, found.id)
    if not found.sandbox and settings.org_name != found.name:
        raise UnconfirmedOrgError(found.name, settings.org_name)


def check_records(plan: PublishPlan, reads: OrgReads, *, sent: Iterable[str]) -> None:
    """See that the records that a plan touches are as they were when it was made.

    Parameters
    ----------
    sent
        Keys or ids of learnings that this plan itself changed before, which are not looked at.

    Raises
    ------
    StalePlanError
        where any is not.

    Examples
    --------
    >>> from learngraph.publish.publish_plan import OrgFacts
    >>> facts = OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=True, api_version="66.0")
    >>> reads = OrgReads(lambda: facts, lambda soql: [], lambda keys: {"CS 101": "b"}, lambda item: None)
    >>> check_records(PublishPlan(facts, fingerprint={"CS 101": "a"}), reads, sent=())
    Traceback (most recent call last):
    learngraph.publish.apply_checks.StalePlanError: the plan is stale: in the org, CS 101 changed since it was made; ...
    """
    ours = frozenset(sent)
    planned = {key: mark for key, mark in plan.fingerprint.items() if key not in ours}
    if not planned:
        return
    found = reads.reread(tuple(planned))
    names = {record: f"{key} ({record})" for key, record in plan.records.items()}
    changed = tuple(names.get(one, one) for one, mark in planned.items() if one in found and found[one] != mark)
    gone = tuple(names.get(one, one) for one in planned if one not in found)
    if changed or gone:
        raise StalePlanError(changed, gone)
