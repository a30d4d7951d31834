"""What a cell of a notebook can end with is shown as a table, whatever names it holds and however long it is."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, get_args, get_type_hints

import networkx as nx
import pandas as pd
import pytest
from pydantic import BaseModel

import learngraph as lg
from learngraph.graph.index import Index, Reference
from learngraph.logic.compiled import Branch, Leaf
from learngraph.markup import Stated, Table, Tabular
from learngraph.publish.apply_result import ApplyResult, ItemOutcome, ItemResult
from learngraph.publish.planning import plan_for
from learngraph.publish.publish_plan import OrgFacts, PublishPlan, StepKind
from learngraph.salesforce.snapshot import Snapshot
from learngraph.salesforce.wire import Response, Transport
from tests.builders import course, graph, program
from tests.orgs import org_of
from tests.unit.reading_html import read_html

_EVIL = "<img src=x onerror=alert(1)>"
_MANY = 10_000
_FACTS = OrgFacts("00D000000000001EAA", _EVIL, sandbox=False, api_version="66.0")

#: what results are made of inside, or what goes over the line; nobody ends a cell with them
_INSIDE = {Branch, Leaf, Index, Reference, Table, Response, Transport}


# --- which values there are ----------------------------------------------------------------------------------------


def _name(kind: Any) -> str:
    return str(kind.__name__)


def _public() -> list[type]:
    found = (getattr(lg, name) for name in lg.__all__)
    return [one for one in found if inspect.isclass(one) and not issubclass(one, Exception | str)]


def _classes(hint: Any) -> Iterator[type]:
    """Our classes in a hint, but for texts and tuples, which everybody knows how to show."""
    if inspect.isclass(hint) and hint.__module__.startswith("learngraph") and not issubclass(hint, str | tuple):
        yield hint
    for inner in get_args(hint):
        yield from _classes(inner)


def _hints(made: Any) -> dict[str, Any]:
    heavy = {"pd": pd, "DiGraph": nx.DiGraph, "MultiDiGraph": nx.MultiDiGraph}  # imported for type checkers only
    return get_type_hints(made, localns=heavy)


def _given_by(holder: Any) -> Iterator[type]:
    """What a public function gives, or what a class has for fields and gives by its public properties and methods."""
    if inspect.isfunction(holder):
        yield from _classes(_hints(holder).get("return"))
        return
    for kind in (kind for kind in holder.__mro__ if kind.__module__.startswith("learngraph")):
        for name, hint in _hints(kind).items():
            yield from _classes(hint) if not name.startswith("_") else ()
        for name, member in tuple(vars(kind).items()):
            made = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
            if inspect.isfunction(made) and not name.startswith("_"):
                yield from _classes(_hints(made).get("return"))


def _reachable() -> set[type]:
    """Every class of which somebody can have a value who calls public functions and reads public properties."""
    names = [getattr(lg, name) for name in lg.__all__]
    within = [(value, module) for module in names if inspect.ismodule(module) for value in vars(module).values()]
    made = [value for value in names if inspect.isfunction(value)]
    made += [value for value, module in within if inspect.isfunction(value) and value.__module__ == module.__name__]
    queue = [*_public(), *(kind for function in made for kind in _given_by(function))]
    found: set[type] = set()
    for kind in queue:  # grows on the way
        if kind not in found | _INSIDE and not issubclass(kind, Exception):
            found.add(kind)
            queue.extend(_given_by(kind))
    return found


@pytest.mark.parametrize("kind", sorted(_reachable(), key=_name), ids=_name)
def test_whatever_a_cell_can_end_with_is_shown_by_one_mechanism(kind: type) -> None:
    shown = getattr(kind, "_repr_html_", None)

    assert shown in {
        Stated._repr_html_, Tabular._repr_html_, lg.Findings._repr_html_, lg.LearningGraph._repr_html_,
    }  # fmt: skip


def test_the_walk_finds_parts_of_results_too() -> None:
    names = {kind.__name__ for kind in _reachable()}

    assert {"Comparison", "LearningChange", "Wait", "Step", "Item"} <= names


# --- names are text ------------------------------------------------------------------------------------------------


def _evil_graph() -> lg.LearningGraph:
    other, after = f"{_EVIL}2", f"{_EVIL}3"
    return graph(
        course(_EVIL, name=_EVIL, description=_EVIL, duration=3, outcomes=["badge"], skills=[_EVIL]),
        course(other, {"any": [{"need": _EVIL, "minimum_grade": 2}, {"condition": _EVIL}]}, _EVIL, duration=3),
        course(after, other, _EVIL, duration=3),
        course("C", f"{_EVIL}D", custom_fields={_EVIL: _EVIL}),
        course(f"{_EVIL}D", "C"),
        program("P", _EVIL),
        options={"name": _EVIL},
        achievements=[lg.Achievement(key="badge", name=_EVIL)],
        program_plans=[
            lg.ProgramPlan(key=_EVIL, program="P", requirements=[{"name": _EVIL, "needs": {"all": [other, after]}}])
        ],
        degree_plans=[lg.DegreePlan(key="terms", terms=[[_EVIL], [other], [after]])],
        findings=[lg.Finding(lg.Code.UNATTAINABLE, _EVIL, keys=(_EVIL,), hint=_EVIL, place=lg.Place(_EVIL, 1))],
    )


def _plan(made: lg.LearningGraph) -> PublishPlan:
    return plan_for(Snapshot(lg.LearningGraph()), made, _FACTS, settings=lg.PlanSettings(ignore=("LG",)))


def _applied(made: lg.LearningGraph) -> ApplyResult:
    items = [ItemResult(one.key, StepKind.CREATE, ItemOutcome.FAILED, message=_EVIL) for one in made]
    return ApplyResult(_FACTS, "plan", tuple(items), stopped=_EVIL, looked_up=1)


#: results with their own way to say what is in them, of a catalogue in which everything has an evil name
_RESULTS: dict[str, Callable[[lg.LearningGraph], Any]] = {
    "AllOf": lambda _: lg.AllOf(_EVIL, "B"),
    "AnyOf": lambda _: lg.AnyOf(_EVIL, "B"),
    "ApplyResult": _applied,
    "AtLeast": lambda _: lg.AtLeast(1, _EVIL, "B"),
    "Attainability": lg.attainability,
    "Bodies": lambda made: lg.post_bodies(made, ignore=("LG",)),
    "Change": lambda made: lg.most_helpful_change(made, key=f"{_EVIL}3"),
    "Comparison": lambda made: lg.compare(lg.LearningGraph(), made),
    "Course": lambda made: made[f"{_EVIL}2"],
    "CourseNumbers": lg.subcomplexities,
    "CurriculumMap": lg.curriculum_map,
    "DegreePlan": lambda made: made.degree_plans[0],
    "Explanation": lambda made: lg.explain(made, key=f"{_EVIL}2"),
    "Fewest": lambda made: lg.fewest(made, key=f"{_EVIL}2"),
    "Findings": lambda made: made.findings,
    "FrozenMap": lambda _: lg.FrozenMap({_EVIL: [_EVIL]}),
    "HiddenPrerequisites": lambda made: lg.hidden_prerequisites(made, program="P"),
    "Homology": lambda made: lg.homology({_EVIL: made, "other": made}),
    "Impact": lambda made: lg.impact(made, keys=[_EVIL]),
    "LearningGraph": lambda made: made,
    "MetricRanges": lambda made: lg.metric_ranges(lg.what_if.without(made, key="C")),
    "Metrics": lg.metrics,
    "Missing": lambda made: lg.missing(made, transcript=lg.Transcript(), key=f"{_EVIL}2"),
    "Openings": lambda made: lg.can_take(made, transcript=lg.Transcript()),
    "Org": lambda _: lg.Org(_Silent(), _FACTS),
    "OutcomesOutOfOrder": lambda made: lg.outcomes_out_of_order(made, program="P"),
    "PlanRequirement": lambda made: made.program_plans[0].requirements[0],
    "Program": lambda made: made["P"],
    "ProgramOverlap": lg.program_overlap,
    "ProgramPlan": lambda made: made.program_plans[0],
    "PublishPlan": _plan,
    "RedundantRequirement": lambda made: lg.redundant_requirements(made)[0],
    "RedundantRequirements": lg.redundant_requirements,
    "Snapshot": Snapshot,
    "Soundness": lg.soundness,
    "TermStatistics": lambda made: lg.term_statistics(made, plan="terms"),
    "TermWeighted": lambda made: lg.term_weighted(made, plan="terms"),
    "Unlocks": lambda made: lg.unlocks(made, done=[_EVIL]),
    "Why": lambda made: lg.attainability(made).why("C"),
}

#: those that hold numbers only, of learnings that they do not name
_NUMBERS = {"TermStatistics", "OutcomesOutOfOrder", "HiddenPrerequisites", "ProgramOverlap"}


class _Silent:
    """A line to nowhere that holds what nobody may see."""

    hidden = "SESAME"

    def send(self, request: object) -> Response:
        raise NotImplementedError(request)

    def __repr__(self) -> str:
        return f"_Silent({self.hidden})"


def _filled(kind: Any, value: Any) -> Any:
    """A value in which every field holds the same, as no validator would let it."""
    if issubclass(kind, BaseModel):
        return kind.model_construct(**dict.fromkeys(kind.model_fields, value))
    made: Any = object.__new__(kind)
    for one in fields(kind):
        object.__setattr__(made, one.name, value)
    return made


def _shown(kind: Any, value: Any, made: lg.LearningGraph) -> str:
    """The table of a real result, or of a value that holds the evil name in every field."""
    result = _RESULTS[kind.__name__](made) if kind.__name__ in _RESULTS else _filled(kind, value)
    assert type(result) is kind
    html: str = result._repr_html_()
    return html


@pytest.mark.parametrize("kind", _public(), ids=_name)
def test_a_name_is_text_in_a_table_that_needs_no_scripts_and_no_sheet_of_styles(kind: type) -> None:
    html = _shown(kind, _EVIL, _evil_graph())
    seen = read_html(html)

    assert set(seen.tags) <= {"table", "caption", "br", "thead", "tbody", "tr", "th", "td"}
    assert {(name, value) for _, name, value in seen.attributes} <= {
        ("scope", "col"), ("scope", "row"), ("style", "text-align:left"),
        ("style", "text-align:left;white-space:nowrap"), ("style", "text-align:left;min-width:40em"),
    }  # fmt: skip
    assert seen.tags.count("th") == sum(name == "scope" for _, name, _ in seen.attributes)
    assert seen.tags[:2] == ["table", "caption"]
    assert kind.__name__ in _NUMBERS or any(_EVIL in text for text in seen.texts)


@pytest.mark.parametrize("kind", [kind for kind in _public() if kind.__name__ not in _RESULTS], ids=_name)
def test_a_table_of_a_value_with_ten_thousand_parts_is_bounded(kind: type) -> None:
    html = _shown(kind, (_EVIL,) * _MANY, graph())

    assert len(html) < 20_000
    assert html.encode()


@pytest.mark.parametrize(
    "name",
    [
        "ApplyResult", "Attainability", "Bodies", "Comparison", "Findings", "LearningGraph", "Metrics",
        "PublishPlan", "Snapshot",
    ],
)  # fmt: skip
def test_a_result_about_ten_thousand_learnings_is_bounded_and_says_so(name: str, large: lg.LearningGraph) -> None:
    html = _RESULTS[name](large)._repr_html_()
    seen = read_html(html)

    assert seen.tags.count("tr") <= 51
    assert re.search(r"the first (10|50) of [1-6]0,000", seen.texts[0])
    assert len(html) < 60_000


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(lg.AnyOf([f"{_EVIL}{number}" for number in range(_MANY)]), id="alternatives"),
        pytest.param(lg.FrozenMap({f"{_EVIL}{number}": number for number in range(_MANY)}), id="a map"),
        pytest.param(lg.DegreePlan(key="long", terms=[[_EVIL]] * _MANY), id="terms"),
    ],
)
def test_a_value_with_ten_thousand_rows_shows_the_first(value: Any) -> None:
    seen = read_html(value._repr_html_())

    assert seen.tags.count("tr") == 50
    assert seen.texts[0].endswith("; the first 50 rows")


@pytest.fixture(scope="module")
def large() -> lg.LearningGraph:
    keys = [f"{_EVIL}{number}" for number in range(_MANY)]
    wrong = [lg.Finding(lg.Code.UNATTAINABLE, _EVIL, keys=(key,)) for key in keys]
    return graph(*(course(key, name=_EVIL) for key in keys), findings=wrong)


# --- what each must say --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lines:
    first: str
    rest: list[str]


def _caption(result: Tabular) -> _Lines:
    """The texts before the headings."""
    seen = read_html(result._repr_html_())
    first, *rest = seen.texts[: seen.tags.count("br") + 1]
    return _Lines(first, rest)


@pytest.mark.parametrize(("sandbox", "word"), [(True, "sandbox"), (False, "PRODUCTION")])
def test_the_first_line_of_a_plan_names_the_org_and_says_whether_it_is_production(sandbox: bool, word: str) -> None:  # noqa: FBT001 - a case
    facts = OrgFacts("00D000000000001EAA", "Quenbeck\n" + "x" * 500, sandbox=sandbox, api_version="66.0")

    lines = _caption(PublishPlan(facts, unsafe=("40 of 100 learnings would be changed",), unmanaged=("OLD 1",)))

    assert lines.first.startswith("PublishPlan for Quenbeck")
    assert f"(00D000000000001EAA), {word}: nothing to do" in lines.first
    assert lines.rest == [
        "unsafe: 40 of 100 learnings would be changed",
        "left alone, not in the catalogue: OLD 1",
    ]


def test_a_plan_shows_what_each_request_does() -> None:
    (_, *rows) = read_html(_plan(graph("A"))._repr_html_()).texts

    assert rows == ["request", "does", "key", "why", "source", "1", "create learnings", "A", "is new: 'About A'"]


def test_a_result_says_what_stopped_it() -> None:
    assert _caption(ApplyResult(_FACTS, "plan", stopped="the limit is reached")).rest == [
        "stopped: the limit is reached"
    ]


def test_a_graph_shows_its_counts_what_reading_found_and_its_first_learnings() -> None:
    made = graph(
        *(course(f"C{number}", {"need": "MATH", "minimum_grade": 2}) for number in range(12)),
        findings=[lg.Finding(lg.Code.NOT_SENT, "never")],
    )

    shown = read_html(made._repr_html_()).texts

    assert shown[:2] == [
        "LearningGraph: 12 courses, 0 programs; the first 10 of 12",
        "reading found 0 errors, 0 warnings, 1 infos",
    ]
    assert shown[6:10] == ["C0", "course", "About C0", "MATH with C or better"]


def test_a_learning_shows_what_it_states_with_its_requirements_in_words() -> None:
    one = course("CS 2", lg.AnyOf("CS 1", lg.Need("CS 1H", minimum_grade=2)), name=None, skills=["SQL"])

    shown = read_html(one._repr_html_()).texts

    assert shown == [
        "Course 'CS 2'", "key", "CS 2", "active", "True",
        "prerequisites", "CS 1 or CS 1H with at least 2", "skills", "name='SQL'",
    ]  # fmt: skip


def test_an_org_shows_who_it_is_and_nothing_of_its_line() -> None:
    html = lg.Org(_Silent(), _FACTS)._repr_html_()

    assert _Silent.hidden not in html
    assert "PRODUCTION" in html


def test_bodies_show_what_is_sent_of_each_learning() -> None:
    held = org_of(graph("A", "B", course("C", "A")))
    wanted = graph("A", "B", course("C", "B", name="New"))

    posted, patched = (
        lg.post_bodies(graph("A", course("C", "D"), options={"unknown_references": "leave_out"})),
        lg.patch_bodies(held, wanted),
    )

    assert [row[:3] for row in posted.table.rows] == [(1, "About A", "name, active"), (1, "About C", "name, active")]
    assert patched.table.rows == [(1, "New", "name", "1 prerequisite added, 1 prerequisite taken away")]


def test_a_changed_learning_shows_what_became_of_what() -> None:
    before, after = graph("A", course("B", "A", duration=3)), graph("A", course("B", duration=4, skills=["SQL"]))

    (change,) = lg.compare(before, after).changed

    assert read_html(change._repr_html_()).texts == [
        "LearningChange", "key", "B", "duration", "3 becomes 4", "prerequisites", "A becomes nothing",
        "skills", "nothing becomes name='SQL'",
    ]  # fmt: skip


def test_why_says_it_in_words() -> None:
    why = lg.attainability(graph("A", course("B", "A"))).why("B")

    assert _caption(why).rest == ["B can be taken in term 2 at the earliest: B needs A before it"]


@pytest.mark.parametrize(
    ("ask", "notes"),
    [
        pytest.param(
            lg.metrics, ["in all: blocking 3, delay 6, centrality 0, complexity 9, reachability 3"], id="metrics",
        ),
        pytest.param(lg.attainability, ["out of reach: A, B, P"], id="attainability"),
        pytest.param(lg.soundness, ["can never be taken: A, B, P"], id="soundness"),
        pytest.param(
            lambda made: lg.compare(graph("A", "B", "C", "D", program("P")), made),
            ["blocking 0 becomes 3, delay 4 becomes 6, complexity 4 becomes 9, reachability 0 becomes 3",
             "touches the programs P"],
            id="comparison",
        ),
    ],
)  # fmt: skip
def test_what_must_not_be_overlooked_stands_below_the_caption(
    ask: Callable[[lg.LearningGraph], Tabular], notes: list[str]
) -> None:
    circle = graph(course("A", "B"), course("B", "A"), "C", course("D", "C"), program("P", "A"))

    assert _caption(ask(circle)).rest == notes


def test_what_a_program_asks_for_is_written_as_a_person_would() -> None:
    plan = lg.ProgramPlan(
        key="p", program="P",
        requirements=[{"name": "Core", "needs": {"all": ["A", "B"]}}, {"needs": {"credits": 6, "of": ["C", "D"]}}],
    )  # fmt: skip

    assert read_html(plan._repr_html_()).texts[-4:] == ["Core", "A and B", "line 2", "6 credits of C, D"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param(lg.Range(3, 3, exact=True), "3", id="one number"),
        pytest.param(lg.Range(3, 5, exact=True), "from 3 to 5", id="reached"),
        pytest.param(lg.Range(3, 5, exact=False), "between 3 and 5", id="not reached"),
    ],
)
def test_a_range_reads_as_one(found: lg.Range, words: str) -> None:
    assert str(found) == words
