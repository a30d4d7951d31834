import pytest

from learngraph import (
    DegreePlan,
    InvalidValueError,
    LearningGraph,
    ProgramPlan,
    Transcript,
    credit_balance,
    hidden_prerequisites,
    metrics,
    missing,
    term_statistics,
)
from tests.builders import course, graph, program


def _tenths() -> LearningGraph:
    plans = [ProgramPlan(key="plan", program="P", requirements=[{"needs": {"credits": 0.8, "of": ["A", "B"]}}])]
    return graph(course("A", duration=0.7), course("B", duration=0.1), program("P"), program_plans=plans)


def test_seven_tenths_and_one_are_eight() -> None:
    (line,) = missing(_tenths(), transcript=Transcript(["A", "B"]), plan="plan").lines

    assert (line.met, line.credits_done) == (True, 0.8)


def test_what_is_hidden_sums_up_exactly() -> None:
    catalogue = graph(
        course("A", duration=0.1),
        course("B", duration=0.2),
        course("C", "A", "B"),
        program("P"),
        program_plans=[ProgramPlan(key="plan", program="P", requirements=[{"needs": "C"}])],
    )

    assert hidden_prerequisites(catalogue, program="P").total_credits == 0.3


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda found: metrics(found, weight="credits"), id="metrics"),
        pytest.param(lambda found: credit_balance(found, plan="plan"), id="credit balance"),
        pytest.param(lambda found: term_statistics(found, plan="plan"), id="term statistics"),
    ],
)
def test_durations_that_no_number_can_tell_are_refused(ask: object) -> None:
    plan = DegreePlan(key="plan", terms=[["A"], ["B"]])
    catalogue = graph(course("A", duration=10**400), course("B", "A", duration=0.5), degree_plans=[plan])

    assert callable(ask)
    with pytest.raises(InvalidValueError, match="durations"):
        ask(catalogue)


def test_huge_whole_credits_stay_exact() -> None:
    line = {"needs": {"credits": 10**400, "of": ["A", "B"]}}
    catalogue = graph(
        course("A", duration=10**400 - 1),
        course("B", duration=1),
        program("P"),
        program_plans=[ProgramPlan(key="plan", program="P", requirements=[line])],
    )

    assert missing(catalogue, transcript=Transcript(["A", "B"]), plan="plan").met
    assert not missing(catalogue, transcript=Transcript(["A"]), plan="plan").met
