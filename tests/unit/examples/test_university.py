import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import learngraph as lg
from learngraph.examples import EDITIONS, UnknownEditionError, path_of, university
from learngraph.model.program_plan import Credits
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import needs
from learngraph.salesforce.value_sets import VALUE_SETS

_LABS = (("BIOL 101", "BIOL 101L"), ("CHEM 101", "CHEM 101L"), ("PHYS 101", "PHYS 101L"))


@pytest.fixture(params=EDITIONS, ids=["edition 1", "edition 2"])
def graph(request: pytest.FixtureRequest) -> lg.LearningGraph:
    edition: int = request.param
    return university(edition)


@pytest.fixture
def before() -> lg.LearningGraph:
    return university()


@pytest.fixture
def after() -> lg.LearningGraph:
    return university(edition=2)


def _keys(graph: lg.LearningGraph) -> set[str]:
    return {learning.key for learning in graph}


def _courses(graph: lg.LearningGraph) -> list[lg.Course]:
    return [learning for learning in graph if isinstance(learning, lg.Course)]


def _requirements(graph: lg.LearningGraph) -> Iterator[tuple[lg.Learning, lg.Relation, lg.Requirement]]:
    for learning in graph:
        for relation in REQUIREMENT_RELATIONS:
            for requirement in learning.requirements(relation):
                yield learning, relation, requirement


def _parts(requirement: lg.Requirement) -> Iterator[lg.Requirement]:
    yield requirement
    if not isinstance(requirement, lg.Need | lg.Condition):
        for part in requirement.of:
            yield from _parts(part)


def _timings(graph: lg.LearningGraph, relation: lg.Relation, requirement: lg.Requirement) -> set[lg.Timing]:
    return {need.timing or graph.options.timing_of(relation) for need in needs([requirement])}


def _met(requirement: lg.Requirement, meets: Callable[[lg.Need], bool]) -> bool:
    """Whether learnings alone meet a requirement; a condition that stands alone is not theirs to meet."""
    match requirement:
        case lg.Need():
            return meets(requirement)
        case lg.Condition():
            return False
        case lg.AnyOf():
            return any(_met(part, meets) for part in requirement.of)
        case lg.AllOf():
            return all(_met(part, meets) for part in requirement.of)
        case lg.AtLeast():
            return sum(_met(part, meets) for part in requirement.of) >= requirement.count


def _takeable(graph: lg.LearningGraph, key: str, done: set[str], term: set[str]) -> bool:
    when = {lg.Timing.BEFORE: done, lg.Timing.BEFORE_OR_WITH: done | term, lg.Timing.WITH: term}

    def met(requirement: lg.Requirement, usual: lg.Timing) -> bool:
        return _met(requirement, lambda need: need.key in when[need.timing or usual])

    return all(
        isinstance(requirement, lg.Condition) or met(requirement, graph.options.timing_of(relation))
        for relation in (lg.Relation.PREREQUISITE, lg.Relation.COREQUISITE)
        for requirement in graph[key].requirements(relation)
    )


# what reading, checking and writing say


def test_reading_an_edition_finds_nothing(graph: lg.LearningGraph) -> None:
    assert list(graph.findings) == []


def test_an_edition_has_no_errors(graph: lg.LearningGraph) -> None:
    assert lg.check(graph).ok


def test_an_edition_warns_only_of_what_an_org_cannot_hold(graph: lg.LearningGraph) -> None:
    assert {finding.code for finding in lg.check(graph)} == {
        lg.Code.CONDITION,
        lg.Code.ACHIEVEMENT_WITHOUT_RECORD,
        lg.Code.NOT_SENT,
        lg.Code.PROVIDER_WITHOUT_RECORD,
        lg.Code.TIMING_NOT_EXACT,
    }


def test_everything_can_be_reached(graph: lg.LearningGraph) -> None:
    assert lg.attainability(graph).unattainable == ()


def test_every_learning_is_in_a_body(graph: lg.LearningGraph) -> None:
    inputs = [item["learning"] for body in lg.post_bodies(graph) for item in body["learnings"]]
    custom = [item.get("learningCourseCustomFields") or item["learningProgramCustomFields"] for item in inputs]
    assert sorted(fields["External_ID__c"] for fields in custom) == sorted(item.external_id or "" for item in graph)


def test_an_edition_written_and_read_again_is_equal(graph: lg.LearningGraph, tmp_path: Path) -> None:
    lg.write(graph, tmp_path / "again.json")
    assert lg.read(tmp_path / "again.json") == graph


def test_each_call_gives_a_graph_of_its_own() -> None:
    changed = university()
    changed.remove(key="PHYS 110")
    assert "PHYS 110" in university()


def test_an_edition_is_given_by_position_or_by_name() -> None:
    assert university() == university(1) == university(edition=1)


@pytest.mark.parametrize("edition", [0, 3])
def test_another_edition_is_refused(edition: int) -> None:
    with pytest.raises(UnknownEditionError, match="ask for 1 or 2") as caught:
        university(edition)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - pickled on the line itself
    assert again.edition == edition
    assert isinstance(again, lg.LearnGraphError)
    assert isinstance(again, LookupError)


def test_the_path_of_an_edition_can_be_read_as_any_file() -> None:
    assert lg.read(path_of(2)) == university(2)


# what an edition holds


def test_an_edition_is_a_whole_catalogue(graph: lg.LearningGraph) -> None:
    courses = _courses(graph)
    assert len(courses) > 100
    assert len({course.subject_abbreviation for course in courses}) == 12
    assert len(graph) - len(courses) == 4
    assert {course.academic_level for course in courses} == {"Undergraduate", "Graduate"}


def test_courses_stand_in_the_order_of_their_subjects(graph: lg.LearningGraph) -> None:
    found = [(course.subject_abbreviation or "", course.course_number or "") for course in _courses(graph)]
    assert found == sorted(found)


def test_every_relation_occurs(graph: lg.LearningGraph) -> None:
    found = {relation for learning in graph for key in _referred(learning) for relation in learning.relations_to(key)}
    assert found == set(lg.Relation)


def _referred(learning: lg.Learning) -> set[str]:
    trees = (tree for relation in REQUIREMENT_RELATIONS for tree in learning.requirements(relation))
    return {need.key for need in needs(trees)} | {outcome.achievement for outcome in learning.outcomes}


def test_every_timing_occurs_as_written(graph: lg.LearningGraph) -> None:
    written = {need.timing for _, _, tree in _requirements(graph) for need in needs([tree])}
    assert written == {None, *lg.Timing}


def test_no_any_of_mixes_timings(graph: lg.LearningGraph) -> None:
    mixed = [
        tree
        for _, relation, whole in _requirements(graph)
        for tree in _parts(whole)
        if isinstance(tree, lg.AnyOf) and len(_timings(graph, relation, tree)) > 1
    ]
    assert mixed == []


def test_alternatives_ask_for_different_grades(graph: lg.LearningGraph) -> None:
    differing = [
        tree
        for _, _, tree in _requirements(graph)
        if isinstance(tree, lg.AnyOf) and len({need.minimum_grade for need in needs([tree])} - {None}) > 1
    ]
    assert len(differing) > 10


def test_every_form_of_a_requirement_occurs(graph: lg.LearningGraph) -> None:
    found = {type(part) for _, _, whole in _requirements(graph) for part in _parts(whole)}
    assert found == {lg.Need, lg.Condition, lg.AnyOf, lg.AllOf, lg.AtLeast}


def test_conditions_stand_alone_and_among_alternatives(graph: lg.LearningGraph) -> None:
    alone = {tree.text for _, _, tree in _requirements(graph) if isinstance(tree, lg.Condition)}
    among = {
        leaf.text
        for _, _, tree in _requirements(graph)
        if isinstance(tree, lg.AnyOf)
        for leaf in tree.leaves
        if isinstance(leaf, lg.Condition)
    }
    assert {"consent of instructor", "junior standing"} <= alone & among


def test_a_lecture_and_its_laboratory_need_one_another(graph: lg.LearningGraph) -> None:
    for lecture, laboratory in _LABS:
        assert lg.Relation.COREQUISITE in graph[lecture].relations_to(laboratory)
        assert lg.Relation.COREQUISITE in graph[laboratory].relations_to(lecture)


def test_some_laboratories_must_be_taken_with_the_lecture_and_some_may_be(graph: lg.LearningGraph) -> None:
    timing = {
        lab: {need.timing for need in needs(graph[lab].corequisites) if need.key == lecture} for lecture, lab in _LABS
    }
    assert timing == {"BIOL 101L": {lg.Timing.WITH}, "CHEM 101L": {lg.Timing.WITH}, "PHYS 101L": {None}}


def test_every_reference_is_known_and_badges_are_never_required(graph: lg.LearningGraph) -> None:
    required = {need.key for _, _, tree in _requirements(graph) for need in needs([tree])}
    others = {key for learning in graph for key in (*learning.equivalents, *learning.exclusions)}
    assert required | others <= _keys(graph)


def test_every_badge_is_granted_and_has_no_record(graph: lg.LearningGraph) -> None:
    granted = {outcome.achievement for learning in graph for outcome in learning.outcomes}
    assert granted == set(graph.achievements)
    assert {badge.kind for badge in graph.achievements.values()} == {"Custom"}
    assert {badge.record_id for badge in graph.achievements.values()} == {None}


def test_equivalents_and_exclusions_are_mutual(graph: lg.LearningGraph) -> None:
    pairs = {(item.key, other) for item in graph for other in item.equivalents}
    apart = {(item.key, other) for item in graph for other in item.exclusions}
    assert ("MATH 121", "MATH 121H") in pairs
    assert ("STAT 101", "STAT 201") in apart
    assert pairs == {(other, key) for key, other in pairs}
    assert apart == {(other, key) for key, other in apart}


def test_equivalents_have_the_same_requirements(graph: lg.LearningGraph) -> None:
    for learning in graph:
        for other in learning.equivalents:
            for relation in REQUIREMENT_RELATIONS:
                assert learning.requirements(relation) == graph[other].requirements(relation)


def test_every_learning_states_what_an_org_asks_for(graph: lg.LearningGraph) -> None:
    providers = {provider.key for provider in graph.providers}
    for learning in graph:
        assert learning.name
        assert learning.description
        assert learning.active is not None
        assert learning.active_from
        assert learning.duration
        assert learning.duration_unit == "Credit Hours"
        assert learning.provider in providers
        assert re.fullmatch(r"\d{2}\.\d{4}", learning.cip_code or "")


def test_external_ids_are_unique(graph: lg.LearningGraph) -> None:
    assert None not in {learning.external_id for learning in graph}
    assert len({learning.external_id for learning in graph}) == len(graph)


def test_keys_are_unique_whatever_their_case_spaces_and_dashes(graph: lg.LearningGraph) -> None:
    assert len({re.sub(r"[\s-]", "", key).casefold() for key in _keys(graph)}) == len(graph)


@pytest.mark.parametrize("field", VALUE_SETS)
def test_values_are_in_the_documented_lists(graph: lg.LearningGraph, field: str) -> None:
    assert {getattr(learning, field, None) for learning in graph} <= {None, *VALUE_SETS[field]}


def test_some_learnings_have_skills_fields_of_their_own_and_an_end(graph: lg.LearningGraph) -> None:
    assert sum(bool(learning.skills) for learning in graph) > 5
    assert sum(bool(learning.custom_fields) for learning in graph) > 5
    assert any(learning.active_to for learning in graph)


def test_names_hold_ampersands_and_accents_but_no_entities(graph: lg.LearningGraph) -> None:
    names = [learning.name or "" for learning in graph]
    assert "Poésie et société" in names
    assert any(" & " in name for name in names)
    assert not any(re.search(r"&\w+;", name) for name in names)


def test_grades_were_read_as_numbers_of_the_scale(graph: lg.LearningGraph) -> None:
    grades = {need.minimum_grade for _, _, tree in _requirements(graph) for need in needs([tree])} - {None}
    assert grades <= {1, 1.7, 2, 2.3, 2.7, 3, 3.3}
    assert len(grades) > 5


def test_no_id_of_an_org_is_given(graph: lg.LearningGraph) -> None:
    assert graph.org == lg.OrgStamp()
    assert {learning.salesforce for learning in graph} == {lg.RecordIds()}
    assert {provider.record_id for provider in graph.providers} == {None}


# plans


def test_every_program_has_a_plan_of_known_learnings(graph: lg.LearningGraph) -> None:
    programs = {learning.key for learning in graph if isinstance(learning, lg.Program)}
    assert {plan.program for plan in graph.program_plans} == programs
    for plan in graph.program_plans:
        assert {key for line in plan.requirements for key in line.keys} <= _keys(graph)
        assert [line.sequence for line in plan.requirements] == list(range(1, len(plan.requirements) + 1))


def test_every_form_of_a_plan_occurs(graph: lg.LearningGraph) -> None:
    found = {type(line.needs) for plan in graph.program_plans for line in plan.requirements}
    assert {Credits, lg.AllOf, lg.AtLeast} <= found


def test_no_plan_asks_for_what_is_inactive(graph: lg.LearningGraph) -> None:
    named = {key for plan in graph.program_plans for line in plan.requirements for key in line.keys}
    assert all(graph[key].active for key in named)


def test_the_degree_plan_can_be_taken(graph: lg.LearningGraph) -> None:
    (plan,) = graph.degree_plans
    assert len(plan.terms) == 8
    done: set[str] = set()
    for term in map(set, plan.terms):
        assert [key for key in term if not _takeable(graph, key, done, term)] == []
        assert not done & term
        done |= term


def test_the_degree_plan_completes_its_program(graph: lg.LearningGraph) -> None:
    (plan,) = graph.degree_plans
    taken = {key for term in plan.terms for key in term}
    (program,) = (other for other in graph.program_plans if other.program == plan.program)
    for line in program.requirements:
        if isinstance(line.needs, Credits):
            assert sum(graph[key].duration or 0 for key in taken.intersection(line.keys)) >= line.needs.credits
        else:
            assert _met(line.needs, lambda need: need.key in taken)
    assert sum(graph[key].duration or 0 for key in taken) == graph["BS CS"].duration


def test_no_term_is_too_full(graph: lg.LearningGraph) -> None:
    for term in graph.degree_plans[0].terms:
        assert 12 <= sum(graph[key].duration or 0 for key in term) <= 18


def test_the_degree_plan_takes_nothing_that_excludes_another(graph: lg.LearningGraph) -> None:
    taken = {key for term in graph.degree_plans[0].terms for key in term}
    assert not any(taken.intersection(graph[key].exclusions) for key in taken)


# the year after


def test_the_editions_follow_one_another(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    assert (before.options.catalogue_year, after.options.catalogue_year) == ("2026-27", "2027-28")


def test_some_courses_are_new_and_some_are_gone(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    assert _keys(after) - _keys(before) == {"BIOL 330", "CS 216", "DATA 570", "DSGN 330"}
    assert _keys(before) - _keys(after) == {"CS 215", "PHYS 110"}


def test_what_continues_keeps_its_external_id(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    for key in _keys(before) & _keys(after):
        assert before[key].external_id == after[key].external_id


def test_some_courses_are_renamed(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    continuing = _keys(before) & _keys(after)
    renamed = {key for key in continuing if before[key].name != after[key].name}
    assert renamed == {"CS 150", "CS 420", "ENGL 210", "STAT 201"}


def test_some_courses_have_other_credits(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    continuing = _keys(before) & _keys(after)
    changed = {key: after[key].duration for key in continuing if before[key].duration != after[key].duration}
    assert changed == {"BIOL 340": 3, "CS 320": 4}


def test_some_requirements_change(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    continuing = _keys(before) & _keys(after)
    changed = {key for key in continuing if before[key].prerequisites != after[key].prerequisites}
    assert changed == {"CS 230", "CS 310", "CS 320", "CS 440", "ECON 310"}


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        pytest.param("CS 230", lg.Need("CS 102", 2), lg.Need("CS 102", 2.3), id="a minimum grade is raised"),
        pytest.param("CS 310", lg.Need("CS 102"), None, id="a prerequisite is dropped"),
        pytest.param("CS 440", None, lg.Need("MATH 205", 2), id="a prerequisite is added"),
        pytest.param(
            "ECON 310",
            lg.AnyOf(lg.Need("STAT 101", 3.3), lg.Need("STAT 201", 2)),
            lg.AnyOf(lg.Need("STAT 101", 3.3), lg.Need("STAT 201", 2), lg.Need("STAT 310", 1.7)),
            id="an any-of is widened",
        ),
        pytest.param(
            "CS 320",
            lg.AnyOf(lg.Need("CS 215", 3), lg.Need("CS 220", 2)),
            lg.AnyOf(lg.Need("CS 216", 2), lg.Need("CS 220", 2)),
            id="an alternative has a successor",
        ),
    ],
)
def test_a_prerequisite_changes(
    before: lg.LearningGraph,
    after: lg.LearningGraph,
    key: str,
    old: lg.Requirement | None,
    new: lg.Requirement | None,
) -> None:
    was, now = set(before[key].prerequisites), set(after[key].prerequisites)
    assert was - now == ({old} if old else set())
    assert now - was == ({new} if new else set())


def test_a_course_is_made_inactive_that_nothing_needs(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    assert all(learning.active for learning in before)
    assert [learning.key for learning in after if not learning.active] == ["PHYS 320"]
    assert not any("PHYS 320" in _referred(learning) for learning in after)


def test_some_program_plans_have_a_new_version(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    old = {plan.key: plan.version for plan in before.program_plans}
    new = {plan.key: plan.version for plan in after.program_plans}
    assert old == {"ba-econ": 2, "bs-biol": 5, "bs-cs": 3, "ms-data": 2}
    assert new == {"ba-econ": 2, "bs-biol": 5, "bs-cs": 4, "ms-data": 3}


def test_a_program_plan_changes_only_with_its_version(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    old = {plan.key: plan for plan in before.program_plans}
    for plan in after.program_plans:
        assert (plan == old[plan.key]) == (plan.version == old[plan.key].version)


def test_a_course_grants_a_new_badge(before: lg.LearningGraph, after: lg.LearningGraph) -> None:
    assert set(after.achievements) - set(before.achievements) == {"accessibility-badge"}
    assert not before["CS 350"].outcomes
    assert [outcome.achievement for outcome in after["CS 350"].outcomes] == ["accessibility-badge"]
