"""Checking: all rules over one graph."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from learngraph.checks import activity, fields, identity, ids, org, plans, reach, redundancy, references, texts
from learngraph.checks.case import Case
from learngraph.findings import Finding, Findings, Place
from learngraph.graph.learning_graph import LearningGraph
from learngraph.salesforce.dialect import Dialect

Rule: TypeAlias = Callable[[Case], Iterator[Finding]]

#: every rule; none knows another
RULES: tuple[Rule, ...] = (
    references.unknown_references,
    references.unknown_elsewhere,
    references.self_requirements,
    references.never_granted,
    reach.unattainable,
    redundancy.contradicting_timings,
    redundancy.same_requirement_twice,
    redundancy.implied_requirements,
    redundancy.required_and_recommended,
    redundancy.requires_what_it_excludes,
    activity.inactive_required,
    activity.periods_apart,
    identity.same_course_twice,
    identity.keys_alike,
    identity.equivalents_differ,
    fields.value_sets,
    fields.duration_units,
    fields.active_not_stated,
    fields.starts_after_end,
    fields.cip_codes,
    fields.durations_without_unit,
    fields.implausible_numbers,
    fields.grades_above_scale,
    fields.missing_names,
    texts.html_in_texts,
    texts.entities_in_texts,
    texts.mojibake,
    texts.texts_too_long,
    ids.wrong_ids,
    plans.degree_plans,
    org.beyond_the_org,
    org.left_out,
)


def check(graph: LearningGraph, *, dialect: Dialect | None = None) -> Findings:
    """Say everything that is wrong with a catalogue: what reading found, then what the rules find.

    A bad graph is never a reason to raise. Findings about a learning that was read from a file carry
    its place.

    Parameters
    ----------
    dialect
        What the org is taken to mean; by default what the options of the graph say.

    Raises
    ------
    InvalidValueError
        where the options of the graph hold a setting that is unknown or impossible, which files never do.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> graph = LearningGraph([Course(key="CS 1", name="Programming", active=True, prerequisites=["CS 1"])])
    >>> [finding.code.value for finding in check(graph)]
    ['LG202', 'LG203']
    """
    return check_case(Case(graph, Dialect.of(graph.options.dialect, dialect)))


def check_case(case: Case) -> Findings:
    """Check as `check` does, and leave in the case what the rules computed of the graph."""
    found = (finding for rule in RULES for finding in rule(case))
    return Findings((*case.graph.findings, *(placed(finding, case.graph) for finding in found)))


def placed(finding: Finding, graph: LearningGraph) -> Finding:
    """Give a finding with the place where its learning was read, unless it has one or none is known."""
    place = graph.places.get(finding.subject)
    if place is None or finding.place.file:
        return finding
    field = finding.place.field
    return finding.at(Place(place.file, place.line, place.record, field) if field else place)
