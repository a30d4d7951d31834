"""What the org cannot hold, told before anything is sent."""

from typing import Any

import pytest

from learngraph import (
    Achievement,
    AllOf,
    AnyOf,
    AtLeast,
    Code,
    Condition,
    Dialect,
    LearningGraph,
    Need,
    Outcome,
    Provider,
    Severity,
    Timing,
)
from tests.builders import course, graph
from tests.unit.checks.asked import all_codes, blamed, found

BADGE = "0u9000000000201AAA"
DOZEN = [f"CS {number}" for number in range(12)]


def before_or_with(key: str) -> Need:
    return Need(key, timing=Timing.BEFORE_OR_WITH)


def with_(key: str) -> Need:
    return Need(key, timing=Timing.WITH)


def catalogue(*prerequisites: Any, options: dict[str, Any] | None = None, **fields: Any) -> LearningGraph:
    """X with these requirements, beside A, B and C."""
    return graph("A", "B", "C", course("X", *prerequisites, **fields), options=options)


def test_a_requirement_beyond_the_limit_of_clauses_is_an_error() -> None:
    # any nine of the twelve must hold one of four that were done: 220 any-ofs
    learnings = graph(*DOZEN, course("X", AtLeast(4, *DOZEN)))

    (finding,) = found(learnings, Code.TOO_MANY_CLAUSES)

    assert finding.subject == "X"
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("count", "limit", "too_many"),
    [
        pytest.param(3, 100, False, id="66 any-ofs and the usual limit"),
        pytest.param(3, 66, False, id="just the limit"),
        pytest.param(3, 65, True, id="one more than the limit"),
        pytest.param(1, 1, False, id="one any-of"),
        pytest.param(12, 12, False, id="all of them, one by one"),
        pytest.param(12, 11, True, id="all of them, and room for fewer"),
    ],
)
def test_the_limit_is_a_setting(count: int, limit: int, too_many: bool) -> None:  # noqa: FBT001 - a column of the table
    learnings = graph(*DOZEN, course("X", AtLeast(count, *DOZEN)))

    findings = found(learnings, Code.TOO_MANY_CLAUSES, dialect=Dialect(clause_limit=limit))

    assert bool(findings) is too_many


def test_each_relation_has_a_limit_of_its_own() -> None:
    learnings = catalogue("A", corequisites=["B"], recommended=["C"])

    assert not found(learnings, Code.TOO_MANY_CLAUSES, dialect=Dialect(clause_limit=1))


@pytest.mark.parametrize(
    ("requirement", "effect"),
    [
        pytest.param(AnyOf("A", Condition("consent")), "stricter", id="beside an alternative"),
        pytest.param(AtLeast(1, "A", "B", Condition("consent")), "stricter", id="beside alternatives of an at-least"),
        pytest.param(Condition("consent"), "looser", id="alone"),
        pytest.param(AllOf("A", Condition("consent")), "looser", id="in an all-of"),
        pytest.param(AtLeast(2, "A", Condition("consent")), "looser", id="in an at-least that asks for all"),
        pytest.param(AnyOf(Condition("consent"), Condition("audition")), "looser", id="beside nothing but conditions"),
    ],
)
def test_a_condition_makes_the_org_stricter_or_looser_than_the_catalogue(requirement: Any, effect: str) -> None:
    findings = found(catalogue(requirement), Code.CONDITION)

    assert findings
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert all(effect in finding.message for finding in findings)
    assert any("consent" in finding.message for finding in findings)


@pytest.mark.parametrize(
    "requirement",
    [
        pytest.param(AnyOf("A", before_or_with("B")), id="before, and before or with"),
        pytest.param(AnyOf("A", with_("B")), id="before, and at the same time"),
        pytest.param(AnyOf("A", AllOf("B", before_or_with("C"))), id="after distribution"),
    ],
)
def test_an_any_of_that_mixes_timings_is_an_error(requirement: Any) -> None:
    findings = found(catalogue(requirement), Code.MIXED_TIMINGS)

    assert blamed(findings) == ["X"]
    assert findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(catalogue(AnyOf("A", "B"), before_or_with("C")), id="one timing in each requirement"),
        pytest.param(catalogue(AnyOf(before_or_with("A"), before_or_with("B"))), id="one timing in the any-of"),
        pytest.param(catalogue(AnyOf(before_or_with("A"), with_("B"))), id="both may be taken at the same time"),
        pytest.param(catalogue(AllOf("A", before_or_with("B"))), id="an all-of"),
        pytest.param(catalogue(recommended=[AnyOf("A", before_or_with("B"))]), id="a recommendation"),
        pytest.param(catalogue(AnyOf("A", Need("B", timing=Timing.BEFORE))), id="the usual timing in words"),
    ],
)
def test_timings_that_are_not_mixed_are_fine(learnings: LearningGraph) -> None:
    assert not found(learnings, Code.MIXED_TIMINGS)


@pytest.mark.parametrize("reading", ["corequisite", "prerequisite"])
def test_where_mixed_timings_are_sent_another_code_says_what_that_changes(reading: Any) -> None:
    learnings, dialect = catalogue(AnyOf("A", before_or_with("B"))), Dialect(mixed_timings=reading)

    assert not found(learnings, Code.MIXED_TIMINGS, dialect=dialect)
    assert blamed(found(learnings, Code.TIMING_NOT_EXACT, dialect=dialect)) == ["X"]


@pytest.mark.parametrize(
    ("corequisite", "needed", "exact"),
    [
        pytest.param("before_or_with", before_or_with("A"), True, id="before or with, and the org means that"),
        pytest.param("before_or_with", with_("A"), False, id="with, and the org allows before, too"),
        pytest.param("with", with_("A"), True, id="with, and the org means that"),
        pytest.param("with", before_or_with("A"), False, id="before or with, and the org does not"),
        pytest.param(
            "before_or_with", Need("A", timing=Timing.BEFORE), True, id="before, which becomes a prerequisite"
        ),
    ],
)
def test_a_timing_that_the_org_holds_less_exactly_is_a_warning(corequisite: Any, needed: Need, exact: bool) -> None:  # noqa: FBT001 - a column of the table
    findings = found(catalogue(corequisites=[needed]), Code.TIMING_NOT_EXACT, dialect=Dialect(corequisite=corequisite))

    assert bool(findings) is not exact
    assert all(finding.severity is Severity.WARNING for finding in findings)


def with_badge(*prerequisites: Any, **fields: Any) -> LearningGraph:
    """X beside A, and a badge that the org holds."""
    return graph("A", course("X", *prerequisites, **fields), achievements=[Achievement(key="badge", record_id=BADGE)])


@pytest.mark.parametrize(
    ("learnings", "told"),
    [
        pytest.param(with_badge(AnyOf("A", "badge")), True, id="in an any-of"),
        pytest.param(with_badge(AnyOf("A", BADGE)), True, id="by its record"),
        pytest.param(with_badge(recommended=[AnyOf("A", "badge")]), True, id="in a recommendation"),
        pytest.param(with_badge("badge"), False, id="alone"),
        pytest.param(with_badge(AllOf("A", "badge")), False, id="in an all-of"),
        pytest.param(with_badge(AnyOf("badge")), False, id="in an any-of of its own"),
        pytest.param(
            with_badge(AnyOf("badge", Condition("consent"))), False, id="beside a condition, which is not sent"
        ),
    ],
)
def test_an_achievement_stands_in_no_any_of(learnings: LearningGraph, told: bool) -> None:  # noqa: FBT001 - a column of the table
    findings = found(learnings, Code.ACHIEVEMENT_IN_GROUP)

    assert blamed(findings) == (["X"] if told else [])
    assert all(finding.severity is Severity.ERROR for finding in findings)


@pytest.mark.parametrize(
    ("requirement", "told"),
    [
        pytest.param(AnyOf("A", Need("B", duration=3, duration_unit="Credit Hours")), True, id="in an any-of"),
        pytest.param(Need("B", duration=3, duration_unit="Credit Hours"), False, id="alone"),
        pytest.param(AllOf("A", Need("B", duration=3, duration_unit="Credit Hours")), False, id="in an all-of"),
        pytest.param(AnyOf("A", Need("B", minimum_grade=3)), False, id="a grade may stand there"),
    ],
)
def test_a_duration_in_an_any_of_is_not_sent(requirement: Any, told: bool) -> None:  # noqa: FBT001 - a column of the table
    findings = found(catalogue(requirement), Code.DURATION_IN_GROUP)

    assert blamed(findings) == (["X"] if told else [])
    assert all(finding.severity is Severity.WARNING for finding in findings)


def test_an_outcome_without_a_record_is_left_out_with_a_warning() -> None:
    learnings = graph(course("X", outcomes=["badge"]), achievements=[Achievement(key="badge")])

    (finding,) = found(learnings, Code.ACHIEVEMENT_WITHOUT_RECORD)

    assert finding.subject == "X"
    assert finding.severity is Severity.WARNING


def test_a_required_achievement_without_a_record_is_an_error() -> None:
    learnings = graph(
        "A", course("X", "badge"), course("Y", outcomes=["badge"]), achievements=[Achievement(key="badge")]
    )

    findings = found(learnings, Code.ACHIEVEMENT_WITHOUT_RECORD)

    assert [(finding.subject, finding.severity) for finding in findings] == [
        ("X", Severity.ERROR),
        ("Y", Severity.WARNING),
    ]


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(with_badge("badge", outcomes=["badge"]), id="with a record"),
        pytest.param(graph(course("X", BADGE, outcomes=[Outcome(achievement=BADGE)])), id="which is a record"),
    ],
)
def test_an_achievement_with_a_record_is_fine(learnings: LearningGraph) -> None:
    assert not found(learnings, Code.ACHIEVEMENT_WITHOUT_RECORD)


@pytest.mark.parametrize(
    "learnings",
    [
        pytest.param(graph("A", course("X", equivalents=["A"]), course("Y", equivalents=["A"])), id="equivalents"),
        pytest.param(graph("A", course("X", exclusions=["A"]), course("Y", exclusions=["A"])), id="exclusions"),
        pytest.param(graph("A", course("X", equivalents=["A"]), course("Y", exclusions=["A"])), id="one of each"),
    ],
)
def test_that_equivalents_and_exclusions_are_not_sent_is_said_once(learnings: LearningGraph) -> None:
    findings = found(learnings, Code.NOT_SENT)

    assert [finding.severity for finding in findings] == [Severity.INFO]


def test_without_equivalents_and_exclusions_nothing_is_said_of_them() -> None:
    assert not found(catalogue("A"), Code.NOT_SENT)


@pytest.mark.parametrize(
    ("provider", "providers", "told"),
    [
        pytest.param("school", [], True, id="not declared"),
        pytest.param("school", [Provider(key="school")], True, id="without a record"),
        pytest.param("school", [Provider(key="school", record_id="001000000000501AAA")], False, id="with a record"),
        pytest.param("001000000000501AAA", [], False, id="which is a record"),
        pytest.param(None, [Provider(key="school")], False, id="not stated"),
    ],
)
def test_a_provider_without_a_record_is_left_out_with_a_warning(
    provider: str | None,
    providers: list[Provider],
    told: bool,  # noqa: FBT001 - a column of the table
) -> None:
    findings = found(graph(course("X", provider=provider), providers=providers), Code.PROVIDER_WITHOUT_RECORD)

    assert blamed(findings) == (["X"] if told else [])
    assert all(finding.severity is Severity.WARNING for finding in findings)


@pytest.mark.parametrize(
    ("options", "times"),
    [
        pytest.param({}, 1, id="no field is named"),
        pytest.param({"external_id_field": "External_ID__c"}, 0, id="a field is named"),
    ],
)
def test_that_external_ids_are_not_sent_is_said_once(options: dict[str, Any], times: int) -> None:
    learnings = graph(course("X", external_id="x"), course("Y", external_id="y"), options=options)

    findings = found(learnings, Code.EXTERNAL_ID_NOT_SENT)

    assert [finding.severity for finding in findings] == [Severity.INFO] * times


@pytest.mark.parametrize(
    ("requirement", "words"),
    [
        pytest.param(AnyOf("A", "not there"), "stopped", id="beside an alternative"),
        pytest.param("not there", "not asked for", id="alone"),
        pytest.param(AllOf("A", "not there"), "not asked for", id="in an all-of"),
    ],
)
def test_an_unknown_reference_that_is_left_out_is_a_warning(requirement: Any, words: str) -> None:
    learnings = catalogue(requirement, options={"unknown_references": "leave_out"})

    (finding,) = found(learnings, Code.REFERENCE_LEFT_OUT)

    assert finding.keys == ("X", "not there")
    assert finding.severity is Severity.WARNING
    assert words in finding.message
    assert not found(learnings, Code.UNKNOWN_REFERENCE)


def test_where_unknown_references_are_refused_none_is_left_out() -> None:
    assert all_codes(catalogue(AnyOf("A", "not there"))) == {"LG201"}


@pytest.mark.parametrize(
    ("group", "requirement", "told"),
    [
        pytest.param("all_of", AnyOf("A", "B"), True, id="an any-of where groups mean all-of"),
        pytest.param("all_of", AllOf("A", "B"), False, id="an all-of, which becomes singles"),
        pytest.param("all_of", AnyOf("A"), False, id="an any-of of one"),
        pytest.param("any_of", AnyOf("A", "B"), False, id="an any-of where groups mean any-of"),
    ],
)
def test_an_any_of_cannot_be_held_where_groups_mean_all_of(group: Any, requirement: Any, told: bool) -> None:  # noqa: FBT001 - a column of the table
    findings = found(catalogue(requirement), Code.ANY_OF_NOT_HELD, dialect=Dialect(group=group))

    assert blamed(findings) == (["X"] if told else [])
    assert all(finding.severity is Severity.ERROR for finding in findings)
