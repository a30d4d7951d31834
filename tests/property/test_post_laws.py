"""The laws of POST: what lowering keeps of a requirement, and an order in which bodies can be sent."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import learngraph as lg
from learngraph.model.relation import REQUIREMENT_RELATIONS
from learngraph.salesforce.lower import lower
from learngraph.salesforce.ordering import batches, cut_circles
from tests.builders import codes, course, graph, program
from tests.property.documented_org import RELATIONS, DocumentedOrg, Json

_EXTERNAL = "External_ID__c"


# --- lowering -----------------------------------------------------------------------------------------

_KEYS = ("A", "B", "C")
_needs = st.builds(
    lg.Need,
    st.sampled_from(_KEYS),
    minimum_grade=st.sampled_from([None, 1, 3]),
    timing=st.sampled_from([None, None, *lg.Timing]),
)
_conditions = st.builds(lg.Condition, st.sampled_from(["consent", "senior standing"]))


def _branches(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(parts, min_size=1, max_size=3)
    at_least = some.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: lg.AtLeast(count, of)))
    return st.one_of(some.map(lg.AnyOf), some.map(lg.AllOf), at_least)


_trees = st.recursive(_needs, _branches, max_leaves=5)
_trees_with_conditions = st.recursive(_needs | _conditions, _branches, max_leaves=5)


@dataclass(frozen=True)
class Taken:
    """How a learning was taken: before or at the same time, with which grade."""

    before: bool
    grade: int


_WAYS = (None, *(Taken(before, grade) for before in (True, False) for grade in (0, 1, 3)))
_TRANSCRIPTS = [dict(zip(_KEYS, ways, strict=True)) for ways in product(_WAYS, repeat=len(_KEYS))]
Transcript: TypeAlias = Mapping[str, Taken | None]


def _meets(transcript: Transcript, need: lg.Need, timing: lg.Timing) -> bool:
    taken = transcript[need.key]
    if taken is None or taken.grade < (need.minimum_grade or 0):
        return False
    return timing is lg.Timing.BEFORE_OR_WITH or taken.before == (timing is lg.Timing.BEFORE)


def _says(tree: lg.Requirement, transcript: Transcript, usual: lg.Timing) -> bool | None:
    """Whether a transcript meets a tree; None where nothing is left of it without its conditions."""
    match tree:
        case lg.Need():
            return _meets(transcript, tree, tree.timing or usual)
        case lg.Condition():
            return None
    left = [said for part in tree.of if (said := _says(part, transcript, usual)) is not None]
    if not left:
        return None
    asked = {lg.AnyOf: 1, lg.AllOf: len(left)}.get(type(tree)) or min(getattr(tree, "count", 1), len(left))
    return sum(left) >= asked


def _wanted(learning: lg.Learning, options: lg.Options, relations: Sequence[lg.Relation]) -> list[bool]:
    """Tell for each transcript whether it meets all requirements, as they are written."""
    trees = [(tree, options.timing_of(one)) for one in relations for tree in learning.requirements(one)]
    return [all(_says(tree, taken, usual) is not False for tree, usual in trees) for taken in _TRANSCRIPTS]


def _held(
    clauses: Mapping[lg.Relation, Sequence[Sequence[lg.Need]]], dialect: lg.Dialect, relations: Sequence[lg.Relation]
) -> list[bool]:
    """Tell for each transcript whether it meets all clauses, as the org takes them."""
    meant = {
        lg.Relation.PREREQUISITE: lg.Timing.BEFORE,
        lg.Relation.COREQUISITE: lg.Timing(dialect.corequisite),
        lg.Relation.RECOMMENDED: lg.Timing.BEFORE,
    }
    return [
        all(
            any(_meets(taken, need, meant[relation]) for need in clause)
            for relation in relations
            for clause in clauses[relation]
        )
        for taken in _TRANSCRIPTS
    ]


_HARD = (lg.Relation.PREREQUISITE, lg.Relation.COREQUISITE)


@given(
    before=st.lists(_trees_with_conditions, max_size=2),
    along=st.lists(_trees_with_conditions, max_size=2),
    usual=st.sampled_from(lg.Timing),
    corequisite=st.sampled_from(["before_or_with", "with"]),
)
def test_lowered_clauses_say_exactly_what_the_tree_says_or_a_finding_tells(
    before: list[Any], along: list[Any], usual: lg.Timing, corequisite: Any
) -> None:
    learning = course("X", *before, corequisites=along)
    wanted = graph(learning, *_KEYS, options={"corequisite_timing": usual})
    dialect = lg.Dialect(corequisite=corequisite)

    lowered = lower(learning, wanted, dialect)

    told = {finding.code for finding in lowered.findings}
    event(", ".join(sorted(told)) or "nothing was found")
    if not told & {lg.Code.MIXED_TIMINGS, lg.Code.TIMING_NOT_EXACT}:
        assert not lg.Findings(lowered.findings).errors
        assert _held(lowered.clauses, dialect, _HARD) == _wanted(learning, wanted.options, _HARD)


@given(trees=st.lists(_trees, min_size=1, max_size=2), setting=st.sampled_from(["prerequisite", "corequisite"]))
def test_a_mixed_any_of_gets_only_stricter_as_a_prerequisite_and_only_looser_as_a_corequisite(
    trees: list[Any], setting: Any
) -> None:
    learning = course("X", *trees)
    wanted = graph(learning, *_KEYS)
    dialect = lg.Dialect(mixed_timings=setting)

    lowered = lower(learning, wanted, dialect)
    held = _held(lowered.clauses, dialect, _HARD)

    assert not lg.Findings(lowered.findings).errors
    pairs = list(zip(held, _wanted(learning, wanted.options, _HARD), strict=True))
    if held != [said for _, said in pairs]:
        assert lg.Code.TIMING_NOT_EXACT in {finding.code for finding in lowered.findings}
    if setting == "corequisite":
        assert all(org for org, said in pairs if said)
    elif all(need.timing is not lg.Timing.WITH for tree in trees for need in _leaves(tree)):
        assert all(said for org, said in pairs if org)


def _leaves(tree: lg.Requirement) -> Iterator[lg.Need]:
    if isinstance(tree, lg.Need):
        yield tree
    elif not isinstance(tree, lg.Condition):
        for part in tree.of:
            yield from _leaves(part)


@given(trees=st.lists(st.recursive(_needs.map(lambda need: need.replaced(timing=None)), _branches, max_leaves=5)))
def test_recommendations_stay_recommendations_and_keep_their_meaning(trees: list[Any]) -> None:
    learning = course("X", recommended=trees)
    wanted = graph(learning, *_KEYS)
    only = (lg.Relation.RECOMMENDED,)

    lowered = lower(learning, wanted, lg.Dialect())

    assert lowered.findings == ()
    assert all(not lowered.clauses[relation] for relation in REQUIREMENT_RELATIONS if relation not in only)
    assert _held(lowered.clauses, lg.Dialect(), only) == _wanted(learning, wanted.options, only)


# --- circles and order --------------------------------------------------------------------------------

Needs: TypeAlias = dict[str, list[tuple[str, ...]]]


@st.composite
def _references(draw: st.DrawFn) -> Needs:
    """Draw what refers to what: for each of up to 8 keys some clauses, circles and self-references too."""
    keys = [f"K{number}" for number in range(draw(st.integers(1, 8)))]
    clause = st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True).map(tuple)
    return {key: draw(st.lists(clause, max_size=3)) for key in keys}


def _reach(needs: Mapping[str, Sequence[tuple[str, ...]]]) -> dict[str, set[str]]:
    """Give for each key all that it refers to in any number of steps, found step by step."""
    reach = {key: {other for clause in clauses for other in clause} for key, clauses in needs.items()}
    for middle in needs:
        for key, found in reach.items():
            if middle in found:
                reach[key] = found | reach[middle]
    return reach


def _left(needs: Needs, cut: Mapping[str, frozenset[int]]) -> Needs:
    return {
        key: [clause for number, clause in enumerate(clauses) if number not in cut[key]]
        for key, clauses in needs.items()
    }


@given(needs=_references())
def test_without_the_clauses_that_are_cut_nothing_refers_back_to_itself(needs: Needs) -> None:
    left = _left(needs, cut_circles(needs))

    assert [key for key, found in _reach(left).items() if key in found] == []


@given(needs=_references())
def test_only_clauses_that_close_a_circle_are_cut(needs: Needs) -> None:
    reach = _reach(needs)

    for key, numbers in cut_circles(needs).items():
        for number in numbers:
            assert any(other == key or key in reach[other] for other in needs[key][number])


@given(needs=_references())
def test_no_clause_is_cut_that_could_have_stayed_beside_the_others(needs: Needs) -> None:
    cut = cut_circles(needs)

    for key, numbers in cut.items():
        for number in numbers:
            with_it = _left(needs, {**cut, key: numbers - {number}})
            assert any(one in found for one, found in _reach(with_it).items())


def _slow_batches(needs: Mapping[str, frozenset[str]], size: int) -> list[list[str]]:
    """Take again and again the first key whose needs are placed, and look at every list from the first on."""
    lists: list[list[str]] = []
    placed: dict[str, int] = {}
    while len(placed) < len(needs):
        key = next(key for key in needs if key not in placed and needs[key] <= placed.keys())
        at = max((placed[other] + 1 for other in needs[key]), default=0)
        while at < len(lists) and len(lists[at]) == size:
            at += 1
        if at == len(lists):
            lists.append([])
        lists[at].append(key)
        placed[key] = at
    return lists


@given(needs=_references(), size=st.integers(1, 4))
def test_each_learning_goes_into_the_first_body_with_room(needs: Needs, size: int) -> None:
    left = _left(needs, cut_circles(needs))
    others = {key: frozenset(other for clause in clauses for other in clause) for key, clauses in left.items()}

    assert batches(others, size=size) == _slow_batches(others, size)


# --- bodies -------------------------------------------------------------------------------------------


@dataclass
class Catalogue:
    """A drawn catalogue: learnings, some of which the org has already, and the org."""

    graph: lg.LearningGraph
    org: DocumentedOrg
    there: set[str]


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    needs = draw(_references())
    org = DocumentedOrg()
    there = draw(st.sets(st.sampled_from(sorted(needs)), max_size=2))
    programs = draw(st.sets(st.sampled_from(sorted(needs)), max_size=2)) - there
    grades = st.sampled_from([None, 2, 3])
    learnings = []
    for key, clauses in needs.items():
        identity = None
        if key in there:
            stated = {"type": "Learning Course", "name": f"About {key}", "active": True}
            custom = {"learningCourseCustomFields": {_EXTERNAL: key}}
            [identity] = org.post({"learnings": [{"learning": {**stated, **custom}}]})
        trees: dict[str, list[lg.Requirement]] = {relation: [] for relation in RELATIONS}
        for clause in clauses:
            if len(clause) == 1 and clause[0] in programs:
                continue  # a program alone has no external id there: LG407, told elsewhere
            parts = [lg.Need(other, draw(grades)) for other in clause]
            trees[draw(st.sampled_from(RELATIONS))].append(parts[0] if len(parts) == 1 else lg.AnyOf(parts))
        make = program if key in programs else course
        learnings.append(make(key, salesforce={"learning_id": identity}, **_with_prerequisites(trees)))
    options = {"external_id_field": _EXTERNAL, "dialect": {"batch_size": draw(st.integers(1, 4))}}
    return Catalogue(_unlike_programs(learnings, programs, options), org, there)


def _with_prerequisites(trees: dict[str, list[lg.Requirement]]) -> dict[str, Any]:
    return {name: tuple(found) for name, found in trees.items()}


def _unlike_programs(learnings: list[Any], programs: set[str], options: Mapping[str, Any]) -> lg.LearningGraph:
    """Leave out what lowering would turn into a single requirement on a program: it is LG407, told elsewhere."""
    made = lg.LearningGraph(learnings, options=lg.Options(**options))
    for learning in made:
        lowered = lower(learning, made, lg.Dialect())
        alone = {
            relation
            for relation, clauses in lowered.clauses.items()
            if any(len(clause) == 1 and clause[0].key in programs for clause in clauses)
        }
        made.replace(learning.replaced(**{relation.field: () for relation in alone}))
    return made


def _inputs(bodies: Sequence[Json]) -> list[Json]:
    return [one for body in bodies for one in body["learnings"]]


def _name(one: Json) -> str:
    """The key of a created learning: the builders call it after that."""
    return str(one["learning"]["name"]).removeprefix("About ")


def _named(value: object) -> Iterator[str]:
    """Give every external id that a part of a body refers to."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"courseExternalId", "programExternalId"}:
                assert inner["fieldName"] == _EXTERNAL
                yield inner["fieldValue"]
            else:
                yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


@given(drawn=catalogues())
def test_every_new_learning_is_in_exactly_one_body_after_all_that_it_refers_to(drawn: Catalogue) -> None:
    bodies = lg.post_bodies(drawn.graph)

    size = lg.Dialect.of(drawn.graph.options.dialect).batch_size
    assert all(1 <= len(body["learnings"]) <= size for body in bodies)
    place = {_name(one): number for number, body in enumerate(bodies) for one in body["learnings"]}
    assert len(_inputs(bodies)) == len(place)
    assert place.keys() == {learning.key for learning in drawn.graph} - drawn.there
    for one in _inputs(bodies):
        assert all(place[other] < place[_name(one)] for other in _named(one))


@given(drawn=catalogues())
def test_bodies_are_filled_as_a_slow_reading_of_the_rule_fills_them(drawn: Catalogue) -> None:
    bodies = lg.post_bodies(drawn.graph)

    refers = {_name(one): frozenset(_named(one)) for one in _inputs(bodies)}
    in_order = {one.key: refers[one.key] for one in drawn.graph if one.key in refers}
    size = lg.Dialect.of(drawn.graph.options.dialect).batch_size
    assert [[_name(one) for one in body["learnings"]] for body in bodies] == _slow_batches(in_order, size)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("orgs") / "org.json"


def _snapshot(org: DocumentedOrg, file: Path) -> lg.Snapshot:
    file.write_text(json.dumps(org.answers()), encoding="utf-8")
    return lg.read_snapshot(file, settings={"external_id_field": _EXTERNAL})


@given(drawn=catalogues())
def test_after_a_post_a_patch_adds_exactly_the_clauses_that_were_left_for_it(drawn: Catalogue, file: Path) -> None:
    bodies = lg.post_bodies(drawn.graph)
    for body in bodies:
        drawn.org.post(body)  # refuses whoever refers to what is not there yet
    left = [finding for finding in bodies.findings if finding.code is lg.Code.LEFT_FOR_PATCH]
    event("circles" if left else "no circles")

    patch = lg.patch_bodies(_snapshot(drawn.org, file), drawn.graph)

    ids = {row["custom"][_EXTERNAL]: identity for identity, row in drawn.org.learnings.items()}
    posted = [one for one in _inputs(patch) if one["learning"]["learningId"] not in {ids[key] for key in drawn.there}]
    assert all(one["learning"].keys() == {"learningId", "type"} for one in posted)
    changes = [(one["learning"]["learningId"], change) for one in posted for change in _changes(one)]
    assert all(change.keys() == {"createRecords"} for _, change in changes)
    added = [identity for identity, change in changes for _ in change["createRecords"]]
    assert sorted(added) == sorted(ids[finding.keys[0]] for finding in left)

    for body in patch:
        drawn.org.patch(body)
    assert list(lg.patch_bodies(_snapshot(drawn.org, file), drawn.graph)) == []


def _changes(one: Json) -> list[Json]:
    return [one[relation] for relation in RELATIONS if relation in one]


@given(drawn=catalogues())
def test_the_same_catalogue_gives_the_same_bytes(drawn: Catalogue) -> None:
    one, other = lg.post_bodies(drawn.graph), lg.post_bodies(drawn.graph.copy())

    assert json.dumps(list(one)) == json.dumps(list(other))
    assert one.findings == other.findings


def test_a_chain_of_three_thousand_courses_gives_a_body_each() -> None:
    last = 2999
    chain = [course(f"C{last}")] + [course(f"C{number}", f"C{number + 1}") for number in range(last)]

    bodies = lg.post_bodies(graph(*chain, options={"external_id_field": _EXTERNAL}))

    assert [len(body["learnings"]) for body in bodies] == [1] * 3000
    assert [_name(one) for one in _inputs(bodies)] == [f"C{number}" for number in range(last, -1, -1)]


def test_a_ring_of_three_thousand_courses_leaves_one_clause_for_a_patch() -> None:
    ring = [course(f"C{number}", f"C{(number + 1) % 3000}") for number in range(3000)]

    bodies = lg.post_bodies(graph(*ring, options={"external_id_field": _EXTERNAL}))

    assert len(_inputs(bodies)) == 3000
    assert codes(bodies.findings) == ["LG411"]
    assert sum("prerequisites" not in one for one in _inputs(bodies)) == 1
