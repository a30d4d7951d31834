"""Real catalogues are read, checked and counted as the independent script beside them counted."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import networkx as nx
import pytest

import learngraph as lg
from tests.builders import codes
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

_NAMES = ("utd-cs-bs", "rpi-csci", "itu-blg", "rpi", "ucsd", "itu")

#: every letter that stands in one of the catalogues, each worth a number, so that graded leaves can be counted
_LETTERS = "B+ B B- C C- D TR AA BA BB CB CC DC DD FF BL"
_SCALE = {letter: 1 + number / 8 for number, letter in enumerate(_LETTERS.split())}
_UNNAMED = lg.Condition("unnamed course")


@cache
def _catalogue(name: str) -> lg.LearningGraph:
    return lg.read(SHARED / "catalogues" / f"{name}.jsonl", _SCALE)


@cache
def _findings(name: str) -> lg.Findings:
    return lg.check(_catalogue(name))


def _of_code(name: str, code: lg.Code) -> list[lg.Finding]:
    return [finding for finding in _findings(name) if finding.code is code]


@cache
def _terms(name: str, unknown: Any, *, corequisites: bool) -> lg.Attainability:
    graph = _catalogue(name)
    if not corequisites:
        if not any(one.corequisites for one in graph):
            return _terms(name, unknown, corequisites=True)
        graph = lg.LearningGraph(one.replaced(corequisites=()) for one in graph)
    return lg.attainability(graph, unknown=unknown)


def _needs(name: str, relation: lg.Relation) -> Iterator[tuple[str, str | None, float | None]]:
    """Every leaf that names a learning, as often as it is written; None for the ones without a name."""
    for learning in _catalogue(name):
        for tree in learning.requirements(relation):
            for leaf in tree.leaves:
                if isinstance(leaf, lg.Need):
                    yield learning.key, leaf.key, leaf.minimum_grade
                elif leaf == _UNNAMED:
                    yield learning.key, None, None


def _pairs(name: str, relation: lg.Relation = lg.Relation.PREREQUISITE) -> set[tuple[str, str | None]]:
    return {(key, needed) for key, needed, _ in _needs(name, relation)}


def _components(name: str, *relations: lg.Relation) -> list[int]:
    digraph = _catalogue(name).to_networkx(*relations)
    sizes = (len(component) for component in nx.strongly_connected_components(digraph))
    return sorted(size for size in sizes if size > 1)


def _per(*figures: Any) -> pytest.MarkDecorator:
    cases = [pytest.param(name, figure, id=name) for name, figure in zip(_NAMES, figures, strict=True)]
    return pytest.mark.parametrize(("name", "figure"), cases)


@_per(93, 112, 162, 6536, 7375, 10790)
def test_courses(name: str, figure: int) -> None:
    assert len(_catalogue(name)) == figure


@_per(71, 100, 106, 1001, 2332, 4628)
def test_courses_with_prerequisites(name: str, figure: int) -> None:
    assert sum(bool(learning.prerequisites) for learning in _catalogue(name)) == figure


@_per(217, 233, 539, 2254, 6486, 19328)
def test_distinct_prerequisite_pairs(name: str, figure: int) -> None:
    assert len(_pairs(name)) == figure


@_per(217, 235, 541, 2264, 6507, 19604)
def test_prerequisite_leaves(name: str, figure: int) -> None:
    assert len([*_needs(name, lg.Relation.PREREQUISITE)]) == figure


@_per((1, 4), (0, 0), (33, 91), (16, 29), (212, 582), (276, 1511))
def test_dangling_targets_and_pairs(name: str, figure: tuple[int, int]) -> None:
    dangling = {(key, needed) for key, needed in _pairs(name) if needed not in _catalogue(name)}

    assert (len({needed for _, needed in dangling}), len(dangling)) == figure


@pytest.mark.parametrize("name", _NAMES)
def test_checking_finds_every_dangling_target_that_has_a_name(name: str) -> None:
    dangling = {
        (key, needed)
        for relation in lg.Relation
        for key, needed in _pairs(name, relation)
        if needed is not None and needed not in _catalogue(name)
    }

    unknown = _of_code(name, lg.Code.UNKNOWN_REFERENCE)

    assert {(finding.subject, finding.cause) for finding in unknown} == dangling
    assert len(unknown) == len(dangling)


def test_without_nulls_nothing_dangles_in_utd() -> None:
    named = [needed for _, needed, _ in _needs("utd-cs-bs", lg.Relation.PREREQUISITE) if needed is not None]

    assert len(named) == len({pair for pair in _pairs("utd-cs-bs") if pair[1] is not None}) == 213
    assert all(needed in _catalogue("utd-cs-bs") for needed in named)


@_per(0, 0, 0, 0, 3, 4)
def test_self_references(name: str, figure: int) -> None:
    findings = _of_code(name, lg.Code.SELF_REQUIREMENT)

    assert sum(key == needed for key, needed in _pairs(name)) == figure
    # the only courses of utd that name themselves do so as corequisites
    assert len({finding.subject for finding in findings}) == (20 if name == "utd-cs-bs" else figure)


@_per((0, 0), (0, 0), (0, 0), (0, 0), (6, 6), (2, 2))
def test_components_of_prerequisites(name: str, figure: tuple[int, int]) -> None:
    sizes = _components(name, lg.Relation.PREREQUISITE)

    assert (len(sizes), max(sizes, default=0)) == figure


@_per((7, 13), (0, 0), (0, 0), (11, 3), (6, 6), (2, 2))
def test_components_with_corequisites(name: str, figure: tuple[int, int]) -> None:
    sizes = _components(name, lg.Relation.PREREQUISITE, lg.Relation.COREQUISITE)

    assert (len(sizes), max(sizes, default=0)) == figure


@_per((166, 20), (0, 0), (0, 0), (45, 0), (0, 0), (0, 0))
def test_distinct_corequisite_pairs_and_those_with_oneself(name: str, figure: tuple[int, int]) -> None:
    pairs = _pairs(name, lg.Relation.COREQUISITE)

    assert (len(pairs), sum(key == needed for key, needed in pairs)) == figure


@_per(6, 7, 6, 7, 16, 8)
def test_the_longest_chain_with_components_condensed(name: str, figure: int) -> None:
    digraph = _catalogue(name).to_networkx(lg.Relation.PREREQUISITE)
    known = digraph.subgraph(learning.key for learning in _catalogue(name))

    assert nx.dag_longest_path_length(nx.condensation(known)) == figure
    assert len(lg.longest_path(_catalogue(name), include_corequisites=False)) == figure + 1


@_per((7, 13), (0, 0), (0, 0), (11, 3), (6, 6), (2, 2))
def test_metrics_read_each_component_as_one_step_and_say_so(name: str, figure: tuple[int, int]) -> None:
    measured = lg.metrics(_catalogue(name))

    circles = [circle for circle in measured.circles if len(circle) > 1]
    assert (len(circles), max(map(len, circles), default=0)) == figure
    for circle in circles:
        assert len({measured.courses[key].delay for key in circle}) == 1


@pytest.mark.parametrize("corequisites", [False, True], ids=["prerequisites only", "with corequisites"])
@_per((5, 6), (6, 6), (5, 5), (8, 8), (10, 13), (8, 8))
def test_the_latest_first_term_met_and_neutral(
    name: str,
    figure: tuple[int, int],
    corequisites: bool,  # noqa: FBT001 - of a table
) -> None:
    latest = tuple(
        max(term for term in _terms(name, unknown, corequisites=corequisites).terms.values() if term)
        for unknown in ("met", "neutral")
    )

    assert latest == figure


_NONE: tuple[set[str], set[str]] = (set(), set())


@_per(_NONE, _NONE, _NONE, _NONE, ({"DSC 500"}, {"DSC 500", "PHB 243B"}), _NONE)
def test_what_prerequisites_alone_make_unattainable_met_and_neutral(
    name: str, figure: tuple[set[str], set[str]]
) -> None:
    met, neutral = (set(_terms(name, unknown, corequisites=False).unattainable) for unknown in ("met", "neutral"))

    assert (met, neutral) == figure


@_per((0, 0), (0, 0), (0, 0), (15, 15), (1, 2), (0, 0))
def test_what_is_unattainable_with_corequisites_met_and_neutral(name: str, figure: tuple[int, int]) -> None:
    met, neutral = (len(_terms(name, unknown, corequisites=True).unattainable) for unknown in ("met", "neutral"))

    assert (met, neutral) == figure


@pytest.mark.parametrize("name", _NAMES)
def test_checking_finds_exactly_what_is_unattainable(name: str) -> None:
    findings = _of_code(name, lg.Code.UNATTAINABLE)

    assert {finding.subject for finding in findings} == set(_terms(name, "neutral", corequisites=True).unattainable)


def test_a_lab_before_a_course_that_goes_with_it_keeps_15_courses_of_rpi_out_of_reach() -> None:
    unattainable = _terms("rpi", "neutral", corequisites=True).unattainable

    assert unattainable[0] == "BIOL-1010"
    assert len(unattainable) == 15


def _is_and_of_ors(tree: lg.Requirement) -> bool:
    """Whether a tree has no all-of (or at-least) below an any-of, conditions counted as alternatives."""
    match tree:
        case lg.Need() | lg.Condition():
            return True
        case lg.AnyOf():
            return all(_is_or(part) for part in tree.of)
        case lg.AllOf():
            return all(map(_is_and_of_ors, tree.of))
        case lg.AtLeast():
            return False


def _is_or(tree: lg.Requirement) -> bool:
    return isinstance(tree, lg.Need | lg.Condition) or (isinstance(tree, lg.AnyOf) and all(map(_is_or, tree.of)))


@_per(2, 6, 0, 15, 49, 48)
def test_trees_that_are_not_and_of_ors(name: str, figure: int) -> None:
    courses = _catalogue(name)

    assert sum(not all(map(_is_and_of_ors, learning.prerequisites)) for learning in courses) == figure


def _naive(tree: lg.Requirement) -> set[frozenset[str]]:
    """The different clauses that distribution gives when nothing that is implied falls away."""
    match tree:
        case lg.Need():
            return {frozenset((tree.key,))}
        case lg.Condition():
            return {frozenset((f"condition {tree.text}",))}
        case lg.AllOf():
            return set().union(*map(_naive, tree.of))
        case lg.AnyOf():
            return {frozenset().union(*chosen) for chosen in product(*map(_naive, tree.of))}
        case lg.AtLeast():
            raise AssertionError("no catalogue counts")


@_per(3, 9, 8, 9, 4096, 39)
def test_the_most_clauses_of_naive_distribution(name: str, figure: int) -> None:
    distributed = (_naive(lg.AllOf(*one.prerequisites)) for one in _catalogue(name) if one.prerequisites)

    assert max(map(len, distributed)) == figure


_TOO_LARGE = {"PHIL 27", "LTWR 8A", "LTWR 8B", "LTWR 8C", "LTEN 30", "POLI 27"}


@_per(set(), set(), set(), set(), _TOO_LARGE, set())
def test_what_needs_more_than_a_hundred_clauses_is_refused(name: str, figure: set[str]) -> None:
    def refused(learning: lg.Learning) -> bool:
        try:
            lg.clauses(learning.prerequisites, limit=100)
        except lg.TooManyClausesError:
            return True
        return False

    assert {learning.key for learning in _catalogue(name) if refused(learning)} == figure


@_per(55, 215, 538, 1760, 0, 19588)
def test_graded_leaves_of_all_relations(name: str, figure: int) -> None:
    relations = (lg.Relation.PREREQUISITE, lg.Relation.COREQUISITE, lg.Relation.RECOMMENDED)

    graded = [grade for relation in relations for *_, grade in _needs(name, relation) if grade is not None]

    assert len(graded) == figure


@_per("C C- B+", "D C-", "DD BB", "D C TR B C- B-", "", "DD CC FF BB DC BL")
def test_the_grades_that_occur(name: str, figure: str) -> None:
    relations = (lg.Relation.PREREQUISITE, lg.Relation.COREQUISITE)
    letter = {points: letter for letter, points in _SCALE.items()}

    found = {letter[grade] for each in relations for *_, grade in _needs(name, each) if grade is not None}

    assert found == set(figure.split())


@_per(0, 0, 33, 0, 234, 3686)
def test_names_that_are_not_ascii(name: str, figure: int) -> None:
    assert sum(not (learning.name or "").isascii() for learning in _catalogue(name)) == figure


@pytest.mark.parametrize("name", _NAMES)
def test_reading_a_real_catalogue_finds_no_error_with_its_own_scale(name: str) -> None:
    assert codes(_catalogue(name).findings.errors) == []


@pytest.mark.parametrize(
    ("name", "grades", "unknown"),
    [
        pytest.param("rpi", "us", {"TR"}, id="transfer credit is no grade"),
        pytest.param("itu-blg", "us", {"DD", "BB"}, id="another institution's scale"),
        pytest.param("itu-blg", "itu", set(), id="its own scale"),
        pytest.param("utd-cs-bs", "us", set(), id="the usual scale"),
    ],
)
def test_unknown_grades_are_one_finding_each(name: str, grades: str, unknown: set[str]) -> None:
    read = lg.read(SHARED / "catalogues" / f"{name}.jsonl", grades)

    found = [finding for finding in read.findings if finding.code is lg.Code.UNKNOWN_GRADE]

    assert {finding.cause for finding in found} == unknown
    assert len(found) == len(unknown)


@pytest.mark.parametrize("name", ["utd-cs-bs", "rpi-csci", "itu-blg"])
def test_a_real_catalogue_survives_the_way_to_a_document_and_to_lines(name: str, tmp_path: Any) -> None:
    graph = _catalogue(name)

    lg.write(graph, tmp_path / "catalogue.json")
    lg.write(graph, tmp_path / "catalogue.jsonl")

    assert lg.read(tmp_path / "catalogue.json") == graph
    assert lg.read(tmp_path / "catalogue.jsonl", _SCALE) == graph
