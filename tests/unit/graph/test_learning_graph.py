import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest

from learngraph import (
    Achievement,
    Course,
    DegreePlan,
    DuplicateKeyError,
    LearningGraph,
    Options,
    OrgStamp,
    Place,
    Program,
    ProgramPlan,
    Provider,
    UnknownKeyError,
)
from tests.builders import course, graph, program


def test_a_graph_holds_learnings_in_the_order_in_which_they_were_given() -> None:
    learnings: list[Course | Program] = [course("C"), program("A", "C"), course("B")]

    made = LearningGraph(learnings)

    assert list(made) == learnings
    assert len(made) == 3
    assert made["A"] is learnings[1]
    assert "A" in made
    assert "D" not in made
    assert None not in made


def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownKeyError) as caught:
        graph("A")["NOPE 1"]

    assert caught.value.key == "NOPE 1"
    assert isinstance(caught.value, KeyError)
    assert str(caught.value) == "there is no learning with the key 'NOPE 1' in this graph"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: graph("A", "B", "A"), id="two learnings"),
        pytest.param(lambda: graph("A").add(course("A", name="other")), id="added later"),
        pytest.param(lambda: graph("A", achievements=[Achievement(key="A")]), id="an achievement"),
    ],
)
def test_two_things_cannot_have_one_key(make: Callable[[], Any]) -> None:
    with pytest.raises(DuplicateKeyError) as caught:
        make()

    assert caught.value.key == "A"
    assert isinstance(caught.value, ValueError)
    assert "replace()" in str(caught.value)


def test_a_refused_learning_leaves_the_graph_as_it_was() -> None:
    made = graph("A", "B")

    with pytest.raises(DuplicateKeyError):
        made.add(course("A", name="other"))

    assert made == graph("A", "B")


def test_replacing_keeps_the_place_and_the_rest() -> None:
    made = graph("A", "B", "C")
    better = course("B", "A", name="Better")

    made.replace(better)

    assert list(made) == [course("A"), better, course("C")]


def test_replacing_and_removing_what_is_not_there_is_a_mistake() -> None:
    made = graph("A")

    with pytest.raises(UnknownKeyError):
        made.replace(course("B"))
    with pytest.raises(UnknownKeyError):
        made.remove(key="B")

    assert made == graph("A")


def test_what_others_require_of_a_removed_learning_stays_and_refers_to_nothing() -> None:
    made = graph("A", course("B", "A"))

    made.remove(key="A")

    assert [learning.key for learning in made] == ["B"]
    assert made.index.is_missing("A")
    assert made.requires(learning="B", needed="A")
    assert made.networkx.nodes["A"]["kind"] == "missing"


def test_a_graph_can_be_changed_while_it_is_read() -> None:
    made = graph("A", "B")

    for learning in made:
        made.remove(key=learning.key)

    assert len(made) == 0


def test_defaults_fill_what_a_learning_does_not_state() -> None:
    options = {"defaults": {"active": True, "provider": "acme", "top_level_program": True, "duration": 3}}
    made = graph(Course(key="A"), Course(key="B", active=False, provider="other"), Program(key="P"), options=options)

    assert (made["A"].active, made["A"].provider, made["A"].duration) == (True, "acme", 3)
    assert (made["B"].active, made["B"].provider) == (False, "other")
    assert made["P"] == Program(key="P", active=True, provider="acme", top_level_program=True, duration=3)


def test_defaults_fill_what_is_added_and_replaced_too_and_change_nothing_that_was_handed_in() -> None:
    made = graph(options={"defaults": {"active": True}})
    bare = Course(key="A")

    made.add(bare)
    assert made["A"].active is True
    made.replace(bare)

    assert made["A"].active is True
    assert bare.active is None


def test_a_graph_holds_what_else_a_document_holds() -> None:
    parts: dict[str, Any] = {
        "achievements": [Achievement(key="badge")],
        "providers": [Provider(key="acme")],
        "program_plans": [ProgramPlan(key="p", program="BS")],
        "degree_plans": [DegreePlan(key="d")],
        "org": OrgStamp(org="00D000000000001AAA"),
    }

    made = LearningGraph([course("A")], options=Options(name="ACME"), **parts)

    assert made.options.name == "ACME"
    assert dict(made.achievements) == {"badge": Achievement(key="badge")}
    assert (made.providers, made.program_plans, made.degree_plans) == (
        (Provider(key="acme"),),
        (ProgramPlan(key="p", program="BS"),),
        (DegreePlan(key="d"),),
    )
    assert made.org == parts["org"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda: graph("A"), id="fewer learnings"),
        pytest.param(lambda: graph("B", "A"), id="another order"),
        pytest.param(lambda: graph("A", course("B", name="other")), id="another field"),
        pytest.param(lambda: graph("A", "B", options={"name": "other"}), id="options"),
        pytest.param(lambda: graph("A", "B", achievements=[Achievement(key="x")]), id="achievements"),
        pytest.param(lambda: graph("A", "B", providers=[Provider(key="x")]), id="providers"),
        pytest.param(lambda: graph("A", "B", program_plans=[ProgramPlan(key="p", program="A")]), id="program plans"),
        pytest.param(lambda: graph("A", "B", degree_plans=[DegreePlan(key="d")]), id="degree plans"),
        pytest.param(lambda: graph("A", "B", org=OrgStamp(sandbox=True)), id="org"),
        pytest.param(lambda: [course("A"), course("B")], id="a list"),
    ],
)
def test_graphs_that_hold_something_else_are_not_equal(other: Callable[[], object]) -> None:
    assert graph("A", "B") != other()


def test_graphs_that_hold_the_same_are_equal_whatever_reading_found() -> None:
    made = graph("A", "B")
    read = graph("A", "B", places={"A": Place("file.json", 3)})

    assert made == read
    assert made == made.copy()


def test_a_copy_goes_its_own_way() -> None:
    made = graph("A", "B")
    copied = made.copy(options=Options(name="copy"))

    copied.remove(key="A")

    assert [learning.key for learning in made] == ["A", "B"]
    assert (made.options.name, copied.options.name) == (None, "copy")


def test_a_graph_can_change_and_so_it_has_no_hash() -> None:
    with pytest.raises(TypeError):
        hash(graph("A"))


def test_a_graph_survives_pickling_before_and_after_it_was_asked_for_networkx() -> None:
    made = graph("A", course("B", "A"))
    before = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own bytes

    assert list(made.networkx.edges) == [("A", "B", 0)]
    after = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own bytes

    assert before == after == made
    assert list(after.networkx.edges) == [("A", "B", 0)]


@pytest.mark.parametrize(
    ("fields", "needed"),
    [
        pytest.param({"prerequisites": ["A"]}, True, id="prerequisite"),
        pytest.param({"corequisites": ["A"]}, True, id="corequisite"),
        pytest.param({"prerequisites": [{"any": ["C", {"all": ["A", "D"]}]}]}, True, id="in a tree"),
        pytest.param({"recommended": ["A"]}, False, id="recommended"),
        pytest.param({"outcomes": ["A"]}, False, id="outcome"),
        pytest.param({"equivalents": ["A"]}, False, id="equivalent"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_what_a_learning_requires(fields: dict[str, Any], needed: bool) -> None:  # noqa: FBT001 - what the table says
    assert graph(course("B", **fields)).requires(learning="B", needed="A") is needed


def test_a_question_about_what_is_not_there_is_a_mistake() -> None:
    with pytest.raises(UnknownKeyError):
        graph("A").requires(learning="B", needed="A")


def test_a_graph_is_shown_on_one_bounded_line() -> None:
    made = graph("A", program("P"), "B", options={"name": "ACME\n" * 1000})

    shown = repr(made)

    assert shown.startswith("<LearningGraph 'ACME")
    assert shown.endswith("2 courses, 1 programs>")
    assert "\n" not in shown
    assert len(shown) < 150


def test_a_table_of_a_graph_is_bounded_and_holds_no_markup_of_what_it_shows() -> None:
    evil = "<img src=x onerror=alert(1)>"
    made = graph(course(evil, name=evil), *(f"C{number}" for number in range(500)), options={"name": f"'\"&{evil}"})

    shown = made._repr_html_()

    assert "<img" not in shown
    assert shown.count("&lt;img src=x onerror=alert(1)&gt;") >= 3
    assert {tag.strip("/") for tag in re.findall(r"<(/?\w+)", shown)} <= {
        "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert len(shown) < 5000
