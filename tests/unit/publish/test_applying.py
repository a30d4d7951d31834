import csv
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from learngraph.model.value import FrozenMap, InvalidValueError
from learngraph.publish.apply_checks import (
    StalePlanError,
    UnconfirmedOrgError,
    UnreviewedPlanError,
    UnsafePlanError,
    WrongOrgError,
)
from learngraph.publish.apply_progress import ApplyReporter
from learngraph.publish.apply_result import ApplyResult, ItemOutcome
from learngraph.publish.apply_settings import ApplySettings
from learngraph.publish.applying import apply_plan
from learngraph.publish.org_lock import LockedError, OrgLock, break_lock
from learngraph.publish.publish_plan import PublishPlan, Step, StepKind, placeholder
from learngraph.salesforce.wire import NoAnswerError, Request, Response
from tests.chaos.fake_org import EXTERNAL_ID, FakeOrg
from tests.chaos.plans import achieving, any_of, change, creating, granting, new, plan_of, updating
from tests.chaos.schedule import Fuse, KilledError, MortalJournal

_QUICK = ApplySettings(settle=20, skew=5)

Applied = Callable[..., ApplyResult]


@pytest.fixture
def org() -> FakeOrg:
    return FakeOrg()


@pytest.fixture
def apply(org: FakeOrg, tmp_path: Path) -> Applied:
    """Apply a plan to the org with the same journal each time."""

    def applied(plan: PublishPlan, *faults: str | None, fuse: Fuse | None = None, **parts: Any) -> ApplyResult:
        org.faults = deque(faults)
        with MortalJournal.of(plan, folder=tmp_path) as journal:
            journal.fuse = fuse or Fuse()
            told = {
                "digest": plan.digest,
                "reads": org.looked_at(),
                "settings": _QUICK,
                "clock": org.time.clock,
                "transport": org,
                **parts,
            }
            return apply_plan(plan, journal=journal, **told)

    return applied


def _outcomes(result: ApplyResult) -> dict[str, str]:
    return {item.key: item.outcome.value for item in result.items}


def _names(org: FakeOrg) -> list[str]:
    return sorted(one["name"] for one in org.learnings.values())


def _sent(org: FakeOrg) -> list[list[str]]:
    return [[one["learning"].get("name", "?") for one in request.body["learnings"]] for request in org.writes]


# ---- all goes well


def test_a_plan_is_sent_step_by_step_with_the_ids_of_what_was_made(org: FakeOrg, apply: Applied) -> None:
    old = org.put("Old")
    plan = plan_of(
        org,
        achieving("badge"),
        creating(new("A"), new("B", "OLD")),
        creating(granting(new("C", any_of("A", "B")), "badge")),
        updating(change("A", placeholder("A"), "C"), kind=StepKind.CLOSE),
        updating(change("OLD", old, description="edited")),
        records={"OLD": old},
    )

    result = apply(plan)

    assert result.exit_code == 0
    assert result.requests == len(org.writes) == 5
    assert [item.outcome for item in result.items] == [ItemOutcome.DONE] * 6
    ids = {item.key: item.record for item in result.items if item.kind is not StepKind.ACHIEVE}
    assert org.needs(ids["B"]) == [(old,)]
    assert org.needs(ids["C"]) == [tuple(sorted((ids["A"], ids["B"])))]
    assert org.needs(ids["A"]) == [(ids["C"],)]
    assert org.learnings[old]["description"] == "edited"
    (badge,) = org.achievements
    assert org.writes[2].body["learnings"][0]["outcomes"][0]["learningAchievementId"] == badge
    assert org.writes[0].path == "/services/data/v66.0/sobjects/LearningAchievement"


def test_a_finished_plan_needs_no_request(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")))
    apply(plan)
    org.writes.clear()
    org.reads.clear()

    result = apply(plan)

    assert result.exit_code == 0
    assert result.done[0].ids["learning_id"] in org.learnings
    assert result.requests == len(org.writes) + len(org.reads) == 0


def test_an_empty_plan_sends_nothing(org: FakeOrg, apply: Applied) -> None:
    assert apply(plan_of(org)).exit_code == 0
    assert org.reads == org.writes == []


def test_ids_are_told_at_once_and_once_more_when_gone_on_with(org: FakeOrg, apply: Applied) -> None:
    told: list[Mapping[str, Mapping[str, str]]] = []
    plan = plan_of(org, creating(new("A")), creating(new("B")))
    settings = replace(_QUICK, remember=told.append)

    apply(plan, None, "429", settings=settings)
    assert [list(ids) for ids in told] == [["A"]]
    apply(plan, settings=settings)

    assert [list(ids) for ids in told] == [["A"], ["A"], ["B"]]
    assert told[0]["A"].keys() == {"learning_id", "course_id"}


def test_ids_that_cannot_be_written_stop_everything_and_are_in_the_journal(org: FakeOrg, apply: Applied) -> None:
    def full(_: Mapping[str, Mapping[str, str]]) -> None:
        raise OSError(28, "no space left")

    plan = plan_of(org, creating(new("A")), creating(new("B")))

    result = apply(plan, settings=replace(_QUICK, remember=full))

    assert _outcomes(result) == {"A": "done", "B": "skipped"}
    assert "no space left" in result.stopped
    assert apply(plan).exit_code == 0
    assert _names(org) == ["About A", "About B"]


# ---- the reviewed plan or nothing


def _nothing_was_sent(org: FakeOrg) -> None:
    assert org.writes == []


def test_an_altered_plan_is_refused(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")))

    with pytest.raises(UnreviewedPlanError):
        apply(plan, digest=plan_of(org, creating(new("B"))).digest)
    _nothing_was_sent(org)


def test_an_unsafe_plan_is_refused_with_its_reasons(org: FakeOrg, apply: Applied) -> None:
    with pytest.raises(UnsafePlanError, match="creates more than 500"):
        apply(plan_of(org, creating(new("A")), unsafe=("creates more than 500",)))
    _nothing_was_sent(org)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (Step(StepKind.UPDATE, (), "DELETE"), "DELETE"),
        (Step(StepKind.CREATE, (), "POST", "/sobjects/User"), "/sobjects/User"),
        (Step(StepKind.ACHIEVE, (), "POST"), "make achievements"),
    ],
)
def test_a_plan_that_sends_what_no_plan_sends_is_refused(org: FakeOrg, apply: Applied, step: Step, told: str) -> None:
    with pytest.raises(UnsafePlanError, match=told):
        apply(plan_of(org, step))
    _nothing_was_sent(org)


def test_a_version_that_is_none_is_refused(org: FakeOrg, apply: Applied) -> None:
    org.facts = replace(org.facts, api_version="66.0/../..")

    with pytest.raises(UnsafePlanError, match="no version"):
        apply(plan_of(org, creating(new("A"))))
    _nothing_was_sent(org)


def test_another_org_is_refused(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")))
    org.facts = replace(org.facts, id="00D000000000002EAA")

    with pytest.raises(WrongOrgError, match="00D000000000002EAA answers"):
        apply(plan)
    _nothing_was_sent(org)


def test_an_id_of_15_characters_is_the_same_org(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")))
    org.facts = replace(org.facts, id=org.facts.id[:15])

    assert apply(plan).exit_code == 0


@pytest.mark.parametrize("given", [None, "", "quenbeck", "Quenbeck sandbox"])
def test_production_is_refused_unless_its_name_is_given(org: FakeOrg, apply: Applied, given: str | None) -> None:
    plan = plan_of(org, creating(new("A")))
    org.facts = replace(org.facts, sandbox=False)  # whatever the plan says

    with pytest.raises(UnconfirmedOrgError, match="PRODUCTION"):
        apply(plan, settings=replace(_QUICK, org_name=given))
    _nothing_was_sent(org)

    assert apply(plan, settings=replace(_QUICK, org_name="Quenbeck")).exit_code == 0


def test_records_that_changed_or_are_gone_are_named(org: FakeOrg, apply: Applied) -> None:
    ids = {key: org.put(key) for key in ("CHANGED", "GONE", "SAME")}
    plan = plan_of(org, *(updating(change(key, one, description="x")) for key, one in ids.items()), records=ids)
    org.learnings[ids["CHANGED"]]["description"] = "by hand"
    del org.learnings[ids["GONE"]]

    with pytest.raises(StalePlanError) as raised:
        apply(plan)

    assert raised.value.changed == (f"CHANGED ({ids['CHANGED']})",)
    assert raised.value.gone == (f"GONE ({ids['GONE']})",)
    _nothing_was_sent(org)


def test_what_the_plan_itself_changed_is_not_stale_when_gone_on_with(org: FakeOrg, apply: Applied) -> None:
    ids = {key: org.put(key) for key in ("ONE", "TWO", "THREE")}
    plan = plan_of(org, *(updating(change(key, one, description="x")) for key, one in ids.items()), records=ids)
    apply(plan, None, "lost", "429")

    assert apply(plan).exit_code == 0


def test_what_is_still_to_be_changed_can_become_stale(org: FakeOrg, apply: Applied) -> None:
    ids = {key: org.put(key) for key in ("ONE", "TWO")}
    plan = plan_of(org, *(updating(change(key, one, description="x")) for key, one in ids.items()), records=ids)
    apply(plan, None, "429")
    org.learnings[ids["TWO"]]["description"] = "by hand"

    with pytest.raises(StalePlanError, match="TWO"):
        apply(plan)


# ---- one at a time


def test_an_org_that_is_locked_is_left_alone(org: FakeOrg, apply: Applied, tmp_path: Path) -> None:
    with OrgLock(tmp_path, org.facts.id, plan="other"), pytest.raises(LockedError, match="other"):
        apply(plan_of(org, creating(new("A"))))
    _nothing_was_sent(org)


def test_who_loses_the_lock_sends_nothing_more(org: FakeOrg, apply: Applied, tmp_path: Path) -> None:
    class Breaking:
        def send(self, request: Request) -> Response:
            if request.method == "POST":
                owner = json.loads((tmp_path / f"{org.facts.id}.lock.json").read_text())
                break_lock(tmp_path, org.facts.id, nonce=owner["nonce"])
            return org.send(request)

    result = apply(plan_of(org, creating(new("A")), creating(new("B"))), transport=Breaking())

    assert _outcomes(result) == {"A": "done", "B": "skipped"}
    assert "broke the lock" in result.stopped


# ---- failures


def test_what_fails_stops_what_depends_on_it_and_nothing_else(org: FakeOrg, apply: Applied) -> None:
    bad = new("BAD", academicLevel="Nonsense")
    plan = plan_of(org, creating(bad, new("A")), creating(new("B", "BAD"), new("C", "A")), creating(new("D", "B")))

    result = apply(plan)

    assert _outcomes(result) == {"BAD": "failed", "A": "done", "B": "skipped", "C": "done", "D": "skipped"}
    (failed,) = result.failed
    assert (failed.field, failed.source) == ("learning.academicLevel", "catalogue.csv:BAD")
    assert "choose one of the list" in failed.message
    assert [item.message for item in result.skipped] == [
        "it needs BAD, which failed",
        "it needs B, which was not sent",
    ]
    assert result.exit_code == 3


def test_a_plan_that_needs_what_nobody_makes_says_so(org: FakeOrg, apply: Applied) -> None:
    (skipped,) = apply(plan_of(org, creating(new("A", "NOWHERE")))).skipped

    assert skipped.message == "it needs NOWHERE, which the org does not have and the plan does not make"


def test_what_failed_and_what_was_skipped_is_tried_again_by_the_next_apply(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B", "A")))
    assert _outcomes(apply(plan, "refused once")) == {"A": "failed", "B": "skipped"}

    assert apply(plan).exit_code == 0
    assert _names(org) == ["About A", "About B"]


@pytest.mark.parametrize(
    ("settings", "sent"),
    [({"on_error": "stop"}, 1), ({"max_failures": 2}, 2), ({"max_failures": 3}, 3), ({}, 3)],
    ids=["stop at the first", "stop at the second", "stop at the third", "go on"],
)
def test_failures_stop_an_apply_where_that_is_wanted(org: FakeOrg, apply: Applied, settings: Any, sent: int) -> None:
    plan = plan_of(org, *(creating(new(key, academicLevel="Nonsense")) for key in "ABC"))

    result = apply(plan, settings=replace(_QUICK, **settings))

    assert len(org.writes) == sent
    assert len(result.failed) == sent
    assert len(result.skipped) == 3 - sent


def test_an_earlier_failure_does_not_stop_the_next_apply_before_it_begins(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B")))
    stopping = replace(_QUICK, on_error="stop")
    apply(plan, "refused once", settings=stopping)

    assert apply(plan, settings=stopping).exit_code == 0


@pytest.mark.parametrize(
    "settings", [{"on_error": "perhaps"}, {"settle": -1}, {"tries": 0}, {"max_failures": 0}, {"pause": -0.1}]
)
def test_a_setting_that_makes_no_sense_is_refused(settings: Any) -> None:
    with pytest.raises(InvalidValueError, match=next(iter(settings))):
        ApplySettings(**settings)


def test_a_locked_record_is_sent_again_by_itself_after_a_while(org: FakeOrg, apply: Applied) -> None:
    began = org.time.now()

    result = apply(plan_of(org, creating(new("A"), new("B"))), "locked", "locked")

    assert _sent(org) == [["About A", "About B"], ["About A"], ["About A"]]
    assert result.exit_code == 0
    assert 6 <= (org.time.now() - began).total_seconds() < 7


def test_a_record_that_stays_locked_fails_in_the_end(org: FakeOrg, apply: Applied) -> None:
    result = apply(plan_of(org, creating(new("A"))), *["locked"] * 4)

    assert len(org.writes) == _QUICK.tries
    assert "at the same moment" in result.failed[0].message


def test_a_value_that_another_record_has_is_a_failure_where_nothing_was_in_doubt(org: FakeOrg, apply: Applied) -> None:
    org.put("By hand", learningCourseCustomFields={EXTERNAL_ID: "a"})
    plan = plan_of(
        org,
        creating(new("A", learningCourseCustomFields={EXTERNAL_ID: "a"})),
        external_id_fields=FrozenMap({"course": EXTERNAL_ID}),
    )

    result = apply(plan)

    assert "same unique value" in result.failed[0].message


def test_a_request_that_commits_late_is_found_by_the_value_that_is_there_already(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(
        org,
        creating(new("A", learningCourseCustomFields={EXTERNAL_ID: "a"})),
        external_id_fields=FrozenMap({"course": EXTERNAL_ID}),
    )
    impatient = replace(_QUICK, settle=9.9)  # and the org takes 10 s

    result = apply(plan, "late", settings=impatient)

    assert result.exit_code == 0
    assert len(org.writes) == 2
    assert _names(org) == ["About A"]


@pytest.mark.parametrize("fault", ["too big"])
def test_a_request_that_is_too_big_is_halved(org: FakeOrg, apply: Applied, fault: str) -> None:
    plan = plan_of(org, creating(*(new(key) for key in "ABCDE")))

    result = apply(plan, fault)

    assert [len(names) for names in _sent(org)] == [5, 3, 2]
    assert result.exit_code == 0


def test_one_learning_that_is_too_big_by_itself_fails(org: FakeOrg, apply: Applied) -> None:
    result = apply(plan_of(org, creating(new("A"), new("B"))), "too big", "too big")

    assert _outcomes(result) == {"A": "failed", "B": "done"}
    assert "too big" in result.failed[0].message


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("429", "takes no more requests"),
        ("403", "takes no more requests"),
        ("401", "sign in again"),
        ("not sent", "was not sent"),
    ],
)
def test_what_would_meet_every_request_stops_with_everything_saved(
    org: FakeOrg, apply: Applied, fault: str, told: str
) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B")), creating(new("C")))

    result = apply(plan, None, fault)

    assert _outcomes(result) == {"A": "done", "B": "skipped", "C": "skipped"}
    assert told in result.stopped
    assert all(item.message == f"not sent: {result.stopped}" for item in result.skipped)
    assert apply(plan).exit_code == 0
    assert _names(org) == ["About A", "About B", "About C"]


def test_a_limit_says_when_to_go_on_where_the_org_says_so(org: FakeOrg, apply: Applied) -> None:
    class Limited:
        def send(self, request: Request) -> Response:
            return org.send(request) if request.is_read else Response(429, b"", {"retry-after": "3600"})

    result = apply(plan_of(org, creating(new("A"))), transport=Limited())

    assert result.go_on_after is not None
    assert (result.go_on_after - org.time.now()).total_seconds() == 3600


# ---- in doubt


@pytest.mark.parametrize("fault", ["lost", "503 after", "cut off", "markup", "one missing", "wrong count", "nameless"])
def test_what_was_made_and_not_answered_is_found_and_not_sent_again(org: FakeOrg, apply: Applied, fault: str) -> None:
    result = apply(plan_of(org, creating(new("A"), new("B")), creating(new("C", "A"))), fault)

    assert result.exit_code == 0
    assert len(org.writes) == 2
    assert result.looked_up == 2
    assert _names(org) == ["About A", "About B", "About C"]


@pytest.mark.parametrize("fault", ["reset", "503"])
def test_what_was_not_made_is_sent_again_in_halves(org: FakeOrg, apply: Applied, fault: str) -> None:
    result = apply(plan_of(org, creating(*(new(key) for key in "ABCD"))), fault)

    assert result.exit_code == 0
    assert [len(names) for names in _sent(org)] == [4, 2, 2]


def test_what_never_gets_through_together_is_sent_one_by_one_in_the_end(org: FakeOrg, apply: Applied) -> None:
    class Slow:
        def send(self, request: Request) -> Response:
            if request.body and len(request.body["learnings"]) > 1:
                org.writes.append(request)
                raise NoAnswerError(request, "silence for 120 s")
            return org.send(request)

    result = apply(plan_of(org, creating(*(new(f"K{number}") for number in range(25)))), transport=Slow())

    assert result.exit_code == 0
    assert len(org.learnings) == 25
    assert len(org.writes) == 49


def test_a_clock_that_is_set_back_does_not_make_anybody_wait_for_ever(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")))
    org.read_faults = deque([False, True])
    apply(plan, "lost")
    org.ahead -= timedelta(days=1)
    began = org.time.now()

    assert apply(plan).exit_code == 0
    assert (org.time.now() - began).total_seconds() < 30


def test_the_org_is_given_time_to_finish_before_anybody_looks(org: FakeOrg, apply: Applied) -> None:
    waits: list[tuple[float, str]] = []

    class Waiting(ApplyReporter):
        def wait(self, seconds: float, why: str) -> None:
            waits.append((seconds, why))

    result = apply(plan_of(org, creating(new("A"))), "late", reporter=Waiting())

    assert result.exit_code == 0
    assert len(org.writes) == 1
    assert len(waits) == 1
    assert 19 < waits[0][0] <= 21


def test_an_update_that_was_not_answered_is_compared_with_the_org(org: FakeOrg, apply: Applied) -> None:
    ids = {key: org.put(key) for key in ("ONE", "TWO")}
    item = org.hold(ids["ONE"], ids["TWO"])
    plan = plan_of(org, updating(change("ONE", ids["ONE"], "ONE", without=[item])), records=ids)

    result = apply(plan, "lost")

    assert result.exit_code == 0
    assert len(org.writes) == 1
    assert result.done[0].ids == {"learning_id": ids["ONE"]}
    assert org.needs(ids["ONE"]) == [(ids["ONE"],)]


def test_an_update_of_which_nobody_can_tell_stays_in_doubt(org: FakeOrg, apply: Applied) -> None:
    ids = {"ONE": org.put("ONE")}
    plan = plan_of(org, updating(change("ONE", ids["ONE"], description="x")), creating(new("A")), records=ids)

    result = apply(plan, "lost", reads=org.looked_at(still_needed=lambda _: None))

    assert _outcomes(result) == {"ONE": "in doubt", "A": "done"}
    assert "cannot be told" in result.in_doubt[0].message
    assert apply(plan).exit_code == 0  # once it can be told
    assert len(org.writes) == 2


def test_two_records_that_could_be_it_are_reported_and_nothing_is_sent(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B", "A")))

    class Stranger:
        def send(self, request: Request) -> Response:
            if request.method == "POST":
                org.put("About A")  # by hand, at the same moment
            return org.send(request)

    result = apply(plan, "lost", transport=Stranger())

    assert _outcomes(result) == {"A": "in doubt", "B": "skipped"}
    assert "2 records that could be it" in result.in_doubt[0].message
    assert result.skipped[0].message == "it needs A, which is in doubt"
    assert len(org.writes) == 1
    assert _outcomes(apply(plan)) == {"A": "in doubt", "B": "skipped"}
    assert len(org.writes) == 1


def test_where_nothing_can_be_looked_up_nothing_is_sent_again(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B")))
    org.read_faults = deque([False, True])

    result = apply(plan, "lost")

    assert _outcomes(result) == {"A": "in doubt", "B": "skipped"}
    assert "could not be asked" in result.stopped
    assert apply(plan).exit_code == 0
    assert _names(org) == ["About A", "About B"]


def test_an_org_that_never_answers_is_left_in_the_end(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B")))

    result = apply(plan, *["reset"] * 10)

    assert len(org.writes) == _QUICK.tries
    assert _outcomes(result) == {"A": "skipped", "B": "skipped"}
    assert "does not answer" in result.stopped
    assert apply(plan).exit_code == 0


def test_a_clock_that_is_wrong_loses_nothing(org: FakeOrg, apply: Applied) -> None:
    for ahead in (-3, 3):
        org.ahead = org.ahead * ahead
        key = f"A{ahead}"
        assert apply(plan_of(org, creating(new(key))), "lost").exit_code == 0
        assert _names(org).count(f"About {key}") == 1


def test_what_another_learning_of_the_plan_became_is_not_taken_for_a_second_one(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A", name="Seminar")), creating(new("B", name="Seminar")))

    result = apply(plan, None, "reset")

    assert len({item.record for item in result.done}) == 2
    assert _names(org) == ["Seminar", "Seminar"]


#: the journal is told of a sending (two moments) and of an answer: then the process dies
_AFTER_THE_ANSWER = 4


@pytest.mark.parametrize("fault", ["refused once", "429", "401", "locked", "503", "cut off", None])
def test_an_answer_that_was_written_down_and_not_read_is_read_by_the_next_apply(
    org: FakeOrg, apply: Applied, fault: str | None
) -> None:
    plan = plan_of(org, creating(new("A"), new("B")))
    with pytest.raises(KilledError):
        apply(plan, fault, fuse=Fuse(_AFTER_THE_ANSWER))

    assert apply(plan).exit_code == 0
    assert _names(org) == ["About A", "About B"]


def test_an_earlier_failure_does_not_stop_what_is_looked_up_first(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B")))
    result = apply(plan, "refused once", fuse=Fuse(9, KeyboardInterrupt))
    assert _outcomes(result) == {"A": "failed", "B": "in doubt"}

    assert apply(plan, settings=replace(_QUICK, on_error="stop")).exit_code == 0


# ---- ctrl-c


class _Interrupting:
    def __init__(self, org: FakeOrg, *, committed: bool) -> None:
        self._org = org
        self._committed = committed

    def send(self, request: Request) -> Response:
        if request.is_read:
            return self._org.send(request)
        if self._committed:
            self._org.send(request)
        raise KeyboardInterrupt


@pytest.mark.parametrize("committed", [True, False])
def test_ctrl_c_during_a_request_leaves_it_in_doubt_and_says_so(
    org: FakeOrg, apply: Applied, *, committed: bool
) -> None:
    plan = plan_of(org, creating(new("A")), creating(new("B")))

    result = apply(plan, transport=_Interrupting(org, committed=committed))

    assert result.interrupted
    assert _outcomes(result) == {"A": "in doubt", "B": "skipped"}
    assert "apply the plan again" in result.in_doubt[0].message
    assert result.skipped[0].message == "not sent: it was interrupted"
    assert apply(plan).exit_code == 0
    assert _names(org) == ["About A", "About B"]


def test_a_fault_of_our_own_is_no_answer_either(org: FakeOrg, apply: Applied) -> None:
    class Broken:
        def send(self, request: Request) -> Response:
            org.send(request)
            raise ZeroDivisionError

    plan = plan_of(org, creating(new("A")))
    with pytest.raises(ZeroDivisionError):
        apply(plan, transport=Broken())

    assert apply(plan).exit_code == 0
    assert _names(org) == ["About A"]


# ---- what is told


class _Telling(ApplyReporter):
    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def begin(self, total: int, done: int) -> None:
        self.told.append(("begin", total, done))

    def step(self, settled: int) -> None:
        self.told.append(("step", settled))

    def end(self) -> None:
        self.told.append(("end",))


def test_a_reporter_is_told_how_far_it_is(org: FakeOrg, apply: Applied) -> None:
    reporter = _Telling()

    apply(plan_of(org, creating(new("A"), new("B")), creating(new("C"))), reporter=reporter)

    assert reporter.told == [("begin", 3, 0), ("step", 2), ("step", 1), ("end",)]


@pytest.fixture
def mixed(org: FakeOrg, apply: Applied) -> ApplyResult:
    bad = replace(new("=BAD", academicLevel="Nonsense"), source="catalogue.csv:7")
    return apply(plan_of(org, creating(bad, new("A")), creating(new("<B>", "=BAD"))))


def test_a_result_is_a_table_with_what_is_not_done_first(mixed: ApplyResult) -> None:
    assert repr(mixed) == "<ApplyResult for Quenbeck: 1 done, 1 failed, 1 skipped>"
    assert [row[:2] for row in mixed.table.rows] == [("failed", "=BAD"), ("skipped", "<B>"), ("done", "A")]
    assert "&lt;B&gt;" in mixed._repr_html_()
    assert list(mixed.to_frame().columns) == list(mixed.table.headings)


def test_a_result_is_json_that_says_its_format(mixed: ApplyResult) -> None:
    record = json.loads(json.dumps(mixed.to_json()))

    assert record["format"] == "learngraph-result/1"
    assert record["counts"] == {"done": 1, "failed": 1, "skipped": 1, "in doubt": 0}
    assert [item["key"] for item in record["items"]] == ["=BAD", "A", "<B>"]
    assert record["items"][0]["source"] == "catalogue.csv:7"


def test_a_result_as_csv_has_the_row_of_the_source_and_no_formula(mixed: ApplyResult) -> None:
    rows = list(csv.DictReader(mixed.to_csv().splitlines()))

    assert [row["key"] for row in rows] == ["'=BAD", "<B>", "A"]
    assert rows[0]["source"] == "catalogue.csv:7"
    assert rows[2]["record"].startswith("0ty")


def test_how_a_run_ended_is_in_its_first_line(org: FakeOrg, apply: Applied) -> None:
    plan = plan_of(org, creating(new("A")))

    assert repr(apply(plan, "429")).endswith("1 skipped; stopped>")
    assert repr(apply(plan, transport=_Interrupting(org, committed=False))).endswith("1 in doubt; interrupted>")
