"""Laws of values and graphs, with the whole alphabet of what they can hold."""

import copy
import json
import pickle
from collections.abc import Iterator

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from learngraph import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Course,
    Learning,
    LearningGraph,
    Need,
    Relation,
    Requirement,
    equivalent,
)
from learngraph.graph.query import circles
from learngraph.model.program_plan import PlanRequirement, plan_needs_form
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.model.requirement import as_requirement, to_form
from learngraph.model.salesforce_id import canonical, checksum, is_salesforce_id
from tests.property.strategies import acyclic_graphs, custom_fields, graphs, keys, learnings, requirements, texts

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FIFTEEN = st.text(_ALPHABET, min_size=15, max_size=15)


def _written_needs(requirement: Requirement) -> Iterator[Need]:
    if isinstance(requirement, Need):
        yield requirement
    elif not isinstance(requirement, Condition):
        for part in requirement.of:
            yield from _written_needs(part)


@given(requirement=requirements())
def test_the_form_of_a_requirement_stands_for_it_through_json_too(requirement: Requirement) -> None:
    form = to_form(requirement)

    assert as_requirement(form) == requirement
    assert as_requirement(json.loads(json.dumps(form))) == requirement


@given(requirement=requirements())
def test_the_form_of_a_requirement_keeps_numbers_as_they_were_written(requirement: Requirement) -> None:
    again = as_requirement(json.loads(json.dumps(to_form(requirement))))

    numbers = [(need.minimum_grade, need.duration) for need in _written_needs(requirement)]
    assert repr([(need.minimum_grade, need.duration) for need in _written_needs(again)]) == repr(numbers)


@given(requirement=requirements())
def test_a_requirement_survives_pickling_and_copying(requirement: Requirement) -> None:
    again = pickle.loads(pickle.dumps(requirement))  # noqa: S301 - our own bytes

    assert again == copy.deepcopy(requirement) == requirement
    assert len({again, requirement}) == 1
    assert again.depth == requirement.depth


@given(requirement=requirements())
def test_the_leaves_of_a_requirement_are_what_is_written_from_left_to_right(requirement: Requirement) -> None:
    needs = [leaf for leaf in requirement.leaves if isinstance(leaf, Need)]

    assert needs == list(_written_needs(requirement))


@given(requirement=requirements())
def test_a_requirement_is_shown_as_it_can_be_written(requirement: Requirement) -> None:
    names = {kind.__name__: kind for kind in (Need, AnyOf, AllOf, AtLeast, Condition)}

    assert eval(repr(requirement), names) == requirement  # noqa: S307 - what the library itself wrote


@given(learning=learnings())
def test_a_learning_is_equal_to_its_copies_however_they_are_made(learning: Learning) -> None:
    pickled = pickle.loads(pickle.dumps(learning))  # noqa: S301 - our own bytes

    assert pickled == copy.deepcopy(learning) == learning.replaced() == learning
    assert len({pickled, learning, learning.replaced()}) == 1
    assert equivalent(learning, pickled)


@given(learning=learnings(), other=learnings())
def test_learnings_of_other_fields_are_other_learnings(learning: Learning, other: Learning) -> None:
    fields = [{name: getattr(one, name) for name in type(one).model_fields} for one in (learning, other)]

    assert (learning == other) is (type(learning) is type(other) and fields[0] == fields[1])


@given(learning=learnings())
def test_a_learning_has_relations_to_exactly_what_it_names(learning: Learning) -> None:
    for relation in REQUIREMENT_RELATIONS:
        for requirement in learning.requirements(relation):
            for need in _written_needs(requirement):
                assert relation in set(learning.relations_to(need.key))
    for outcome in learning.outcomes:
        assert Relation.OUTCOME in set(learning.relations_to(outcome.achievement))


@given(fields=custom_fields())
def test_custom_fields_are_given_back_as_they_were_written(fields: dict[str, object]) -> None:
    kept = Course(key="A", custom_fields=fields)

    assert json.dumps(kept.custom_fields.thawed()) == json.dumps(fields)


@given(text=_FIFTEEN)
def test_a_checksum_says_which_letters_are_capitals(text: str) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

    # the checksum read backwards: three letters, five bits each, the first character the lowest
    bits = "".join(f"{letters.index(letter):05b}"[::-1] for letter in checksum(text))
    assert [bit == "1" for bit in bits] == [character.isupper() for character in text]


@given(text=_FIFTEEN)
def test_completing_an_id_twice_is_completing_it_once(text: str) -> None:
    whole = text + checksum(text)

    assert is_salesforce_id(whole)
    assert canonical(whole) == whole
    assert canonical(canonical(text)) == canonical(text)


@given(key=keys())
def test_any_text_that_is_not_empty_is_a_key(key: str) -> None:
    made = LearningGraph([Course(key=key)])

    assert [learning.key for learning in made] == [key]
    assert key in made
    assert "\n" not in repr(made[key])
    assert len(repr(made)) < 200


@given(graph=graphs())
def test_a_graph_is_equal_to_its_copies(graph: LearningGraph) -> None:
    pickled = pickle.loads(pickle.dumps(graph))  # noqa: S301 - our own bytes

    assert pickled == graph.copy() == copy.deepcopy(graph) == graph
    assert equivalent(graph, pickled)


@given(graph=graphs())
def test_a_graph_shows_itself_bounded_and_escaped(graph: LearningGraph) -> None:
    assert "\n" not in repr(graph)
    assert len(repr(graph)) < 200
    assert graph._repr_html_().count("<") == graph._repr_html_().count(">")


@given(graph=graphs())
def test_every_need_and_outcome_is_an_edge_in_the_order_of_study(graph: LearningGraph) -> None:
    edges = [(start, end, data["relation"]) for start, end, data in graph.networkx.edges(data=True)]

    expected = [
        (graph.index.resolve(need.key), learning.key, relation.value)
        for learning in graph
        for relation in REQUIREMENT_RELATIONS
        for requirement in learning.requirements(relation)
        for need in _written_needs(requirement)
    ]
    expected += [
        (learning.key, graph.index.resolve(outcome.achievement), "outcome")
        for learning in graph
        for outcome in learning.outcomes
    ]
    assert sorted(edges) == sorted(expected)


@given(graph=graphs())
def test_a_record_id_of_either_form_stands_for_the_learning_that_has_it(graph: LearningGraph) -> None:
    for learning in graph:
        assert graph.index.resolve(learning.key) == learning.key
        if learning.record_id:
            assert graph.index.resolve(learning.record_id) == learning.key
            assert graph.index.resolve(learning.record_id[:15]) == learning.key


@given(graph=graphs(), relations=st.sets(st.sampled_from(REQUIREMENT_RELATIONS)))
def test_circles_are_the_strongly_connected_components(graph: LearningGraph, relations: set[Relation]) -> None:
    rank = {learning.key: place for place, learning in enumerate(graph)}
    joined = graph.to_networkx(*relations) if relations else nx.DiGraph()

    components = nx.strongly_connected_components(joined.subgraph(rank))
    expected = [sorted(found, key=rank.__getitem__) for found in components if len(found) > 1]
    found = [list(circle) for circle in circles(graph, *relations)]
    assert found == sorted(expected, key=lambda circle: rank[circle[0]])


@given(graph=acyclic_graphs())
def test_acyclic_graphs_are_what_their_name_says(graph: LearningGraph) -> None:
    assert nx.is_directed_acyclic_graph(graph.to_networkx(*REQUIREMENT_RELATIONS))
    assert not any(graph.index.is_missing(reference.need.key) for reference in graph.index.references)


@given(lines=st.lists(requirements(), min_size=1, max_size=2), name=texts)
def test_a_line_of_a_plan_is_what_its_form_says(lines: list[Requirement], name: str) -> None:
    for form in ({"credits": 4.5, "of": [to_form(line) for line in lines]}, to_form(lines[0])):
        line = PlanRequirement(name=name, needs=form)

        assert PlanRequirement(name=name, needs=plan_needs_form(line.needs)) == line
