"""Numbers along degree plans, beyond what the golden numbers show."""

import pytest

import learngraph as lg
from tests.builders import course, graph
from tests.unit.analysis.notation import curriculum, terms

OUTSIDE = curriculum("A>B B>C X>C", credits=(3, 0.1, 0.2, 9))
PLAN = terms("A | B | C GONE")


def test_courses_outside_the_plan_are_left_out() -> None:
    assert lg.requisite_distance(OUTSIDE, plan=PLAN).courses == {"A": 0, "B": 1, "C": 1}
    assert lg.knowledge_transfer(OUTSIDE, plan=PLAN) == [1, 1]
    assert list(lg.term_weighted(OUTSIDE, plan=PLAN).courses) == ["A", "B", "C"]
    assert list(lg.deferment(OUTSIDE, plan=PLAN)) == ["A", "B", "C"]
    assert lg.average_sequencing(OUTSIDE, plan=PLAN) == 3.0


def test_what_is_around_a_late_course_counts_outside_the_plan_too_but_has_no_term() -> None:
    whole = lg.metrics(OUTSIDE).totals.complexity

    assert lg.explained_complexity(OUTSIDE, plan=PLAN, after_term=2) == lg.ExplainedComplexity(whole, whole, 100.0)
    weighted = lg.explained_complexity(OUTSIDE, plan=PLAN, after_term=2, weighted=True)
    assert weighted.whole == lg.term_weighted(OUTSIDE, plan=PLAN).totals.complexity


def test_a_requirement_in_a_later_term_counts_less_than_nothing() -> None:
    late = terms("B | A | C")

    assert lg.requisite_distance(OUTSIDE, plan=late).courses == {"A": 0, "B": -1, "C": 2}
    assert lg.knowledge_transfer(OUTSIDE, plan=late) == [1, 1]


def test_corequisites_can_be_left_out() -> None:
    learnings, plan = curriculum("A~B A>C"), terms("A | B | C")

    assert lg.requisite_distance(learnings, plan=plan, include_corequisites=False).total == 2
    assert lg.knowledge_transfer(learnings, plan=plan, include_corequisites=False) == [1, 1]
    assert lg.transfer_delay(curriculum("A~B"), plan=terms("A | B"), after_term=1, include_corequisites=False) == 1


def test_credits_are_summed_exactly_as_often_as_they_are_listed() -> None:
    found = lg.term_statistics(OUTSIDE, plan=terms("B C | B B B | A GONE |"))

    assert found.credits == (0.3, 0.3, 3, 0)
    assert (found.total, found.mean, found.min_term, found.max_term) == (3.6, 0.9, 4, 3)
    assert lg.credit_balance(OUTSIDE, plan=terms("B C | B B B")) == lg.CreditBalance(0, 0)


def test_huge_credits_are_no_trouble() -> None:
    found = lg.term_statistics(curriculum("A B", credits=(1e300, 0)), plan=terms("A | B"))

    assert (found.total, found.mean, found.standard_deviation) == (10**300, 5 * 10**299, 5e299)


def test_of_terms_alike_the_earliest_is_named() -> None:
    found = lg.term_statistics(curriculum("A B C D", credits=(1, 2, 1, 2)), plan=terms("A | B | C | D"))

    assert (found.min_term, found.max_term) == (1, 2)


@pytest.mark.parametrize("plan", [pytest.param(lg.DegreePlan(key="p"), id="none"), pytest.param(terms(""), id="one")])
def test_a_plan_with_nothing_in_it_has_numbers(plan: lg.DegreePlan) -> None:
    found = lg.term_statistics(OUTSIDE, plan=plan)

    assert (found.total, found.mean, found.standard_deviation) == (0, 0, 0.0)
    assert found.min_term == found.max_term == (1 if plan.terms else None)
    assert lg.knowledge_transfer(OUTSIDE, plan=plan) == []
    assert lg.credit_balance(OUTSIDE, plan=plan) == lg.CreditBalance(0, 0)
    assert lg.requisite_distance(OUTSIDE, plan=plan).total == 0
    assert lg.average_sequencing(OUTSIDE, plan=plan) == 0.0
    assert lg.term_weighted(OUTSIDE, plan=plan).totals == lg.TermWeights(0, 0, 0)


def test_a_delay_longer_than_the_terms_leaves_no_slack() -> None:
    assert lg.deferment(OUTSIDE, plan=PLAN, last_term=1, outbound_only=False) == {"A": 1.0, "B": 1.0, "C": 1.0}
    assert lg.deferment(OUTSIDE, plan=PLAN, last_term=0) == {"A": 1.0, "B": 1.0, "C": 1.0}


def test_courses_of_a_circle_need_one_another() -> None:
    assert lg.deferment(curriculum("A>B B>A"), plan=terms("A | B")) == {"A": 1.0, "B": 1.0}


def test_quarters_are_weighed_exactly() -> None:
    found = lg.term_weighted(curriculum("1>2 1>3 2>4", system="quarter"), plan=terms("| | 1 2 3 4"))

    assert [numbers.complexity for numbers in found.courses.values()] == [12, 8.1, 3.9, 6]
    assert found.totals.complexity == 30


def test_results_are_tables_with_one_line_of_words() -> None:
    weighted, found = lg.term_weighted(OUTSIDE, plan=PLAN), lg.term_statistics(OUTSIDE, plan=PLAN)

    assert repr(weighted) == "<TermWeighted: 3 courses, complexity 22>"
    assert weighted.table.rows[0] == ("A", 2, 3, 5)
    assert repr(found) == "<TermStatistics: 3 terms, 3.3 credits>"
    assert found.table.rows == [(1, 3), (2, 0.1), (3, 0.2)]


def test_courses_are_alike_by_name_or_by_subject_and_number() -> None:
    one = graph(course("1", name="Algebra"), course("2", name="Logic", subject_abbreviation="MA", course_number=7))
    other = graph(
        course("a", name="Algebra"),
        course("b", name="Sets", subject_abbreviation="MA", course_number="7"),
        course("c", name="Proofs", subject_abbreviation="MA"),
        course("d", name="Games", course_number="7"),
    )

    assert (lg.similarity(one, other), lg.similarity(other, one)) == (0.5, 1.0)
    assert lg.similarity(one, other, strict=True) == 0.0


def test_a_key_stands_for_a_name_that_is_not_stated() -> None:
    nameless = graph(course("A", name=None), course("B", name=None))

    assert lg.similarity(nameless, graph(course("A", name=None), course("C", name=None))) == 0.5
    assert lg.similarity(nameless, graph(course("X", name="A"))) == 1.0


def test_nothing_is_like_nothing() -> None:
    assert lg.similarity(graph(), graph()) == 1.0
    assert (lg.similarity(graph("A"), graph()), lg.similarity(graph(), graph("A"))) == (0.0, 0.0)


def test_homology_is_similarity_of_each_to_each() -> None:
    graphs = {"whole": graph("A", "B"), "half": graph("A")}
    found = lg.homology(graphs)

    assert found.table == (("name", "whole", "half"), [("whole", 1.0, 1.0), ("half", 0.5, 1.0)])
    assert found.between("half", "whole") == lg.similarity(graphs["half"], graphs["whole"])
    assert lg.homology(list(graphs.values())).names == ("1", "2")
    assert repr(found) == "<Homology: 2 curricula>"
    assert lg.homology([]).rows == ()
