"""The plain table for browsers that run no scripts."""

import learngraph as lg
from learngraph.analysis.measuring.classic import NAMES
from learngraph.report.rows import Row, rows_of
from tests.builders import course, graph


def rows_from(catalogue: lg.LearningGraph) -> tuple[Row, ...]:
    found = rows_of(catalogue, lg.metrics(catalogue), lg.attainability(catalogue))
    assert found is not None
    return found


def test_a_row_says_when_a_learning_can_be_taken_at_the_earliest() -> None:
    found = rows_from(graph("A", course("B", "A"), course("C", "B"), course("X", "X")))

    assert [(row.key, row.term) for row in found] == [("A", "1"), ("B", "2"), ("C", "3"), ("X", "never")]


def test_a_row_has_the_name_and_what_is_asked_for_in_words() -> None:
    catalogue = graph("A", course("B", lg.Need("A", minimum_grade=2), name="Logic", recommended=["A"]))

    row = rows_from(catalogue)[1]

    assert (row.name, row.asks) == ("Logic", "prerequisite: A with C or better. recommended: A")


def test_a_row_has_the_metrics_in_the_order_of_their_names() -> None:
    catalogue = graph("A", course("B", "A"), course("C", "B"))
    measured = lg.metrics(catalogue)

    for row in rows_from(catalogue):
        assert row.numbers == tuple(str(getattr(measured.courses[row.key], name)) for name in NAMES)


def test_a_program_has_a_row_without_numbers() -> None:
    (row,) = rows_from(lg.LearningGraph([lg.Program(key="BS")]))

    assert row.numbers == ("",) * len(NAMES)


def test_of_a_thousand_learnings_there_is_a_table_of_more_there_is_none() -> None:
    thousand = [f"C {number}" for number in range(1_000)]
    more = graph(*thousand, "one more")

    assert len(rows_from(graph(*thousand))) == 1_000
    assert rows_of(more, lg.metrics(more), lg.attainability(more)) is None
    assert rows_from(lg.LearningGraph()) == ()
