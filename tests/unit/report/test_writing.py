"""What a report says, and what it refuses."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

import learngraph as lg
from learngraph.model.value import FrozenMap
from learngraph.publish.publish_plan import Item, OrgFacts, PublishPlan, Step, StepKind
from learngraph.report.writing import report_page
from tests.builders import course, graph
from tests.property.strategies import graphs


class _Seen(HTMLParser):
    """The texts of a page outside of scripts and styles, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._inside = tag
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside if tag != self._inside else ""

    def handle_data(self, data: str) -> None:
        if self._inside not in {"script", "style"}:
            self.texts.append(data)


def seen(page: str) -> _Seen:
    parser = _Seen()
    parser.feed(page)
    return parser


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(seen(page).texts))


def plan_of(*keys: str, sandbox: bool = True) -> PublishPlan:
    items = tuple(Item(key, FrozenMap({"learning": {"name": key}}), (f"is new: {key!r}",)) for key in keys)
    steps = (Step(StepKind.CREATE, items, "POST"),) if items else ()
    return PublishPlan(OrgFacts("00D000000000001EAA", "Quenbeck", sandbox=sandbox, api_version="66.0"), steps)


def test_the_headline_numbers_are_told() -> None:
    text = text_of(report_page(graph(course("B", "A", "nowhere"), "A", course("X", "X"))))

    wrong = len(lg.check(graph(course("B", "A", "nowhere"), "A", course("X", "X"))).errors)
    for told in (f"{wrong} errors", "3 courses", "3 requirements", "1 learning out of reach", "2 terms at the least"):
        assert told in text, told


def test_findings_are_told_by_cause_with_what_would_mend_them() -> None:
    text = text_of(report_page(graph(course("B", "nowhere"), course("C", "nowhere"))))

    assert "LG201 not in the catalogue: 1 unknown course in 2 requirements" in text
    assert "add it, mend the key, or set unknown_references to leave_out 2" in text


def test_findings_may_be_chosen() -> None:
    catalogue = graph(course("B", "nowhere"))

    text = text_of(report_page(catalogue, findings=lg.check(catalogue).only(ignore=["LG2"])))

    assert "LG201" not in text
    assert "Nothing is wrong among the findings chosen for this report." in text
    assert "Nothing is wrong." not in text
    assert "Nothing is wrong." in text_of(report_page(graph("A")))


def test_where_a_file_lay_is_nobodys_business(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    path.write_text('{"id": "A 1", "prerequisites": {"course": "B 1"}}', encoding="utf-8")

    page = report_page(lg.read(path))

    assert "catalogue.jsonl:1" in page
    assert str(tmp_path) not in page


def test_what_is_out_of_reach_is_explained() -> None:
    text = text_of(report_page(graph(course("A", "B"), course("B", "A"))))

    assert "A can never be taken: A needs B before it; B needs A before it, so they wait for one another" in text


def test_of_very_many_out_of_reach_the_first_are_explained() -> None:
    text = text_of(report_page(graph(*(course(f"CS {number}", f"CS {number}") for number in range(220)))))

    assert text.count("can never be taken") == 200
    assert text.count("as one of those above") == 20


@pytest.mark.parametrize(("sandbox", "told"), [(True, "sandbox Quenbeck"), (False, "production Quenbeck")])
def test_with_a_plan_it_is_told_what_would_be_sent_and_where(*, sandbox: bool, told: str) -> None:
    text = text_of(report_page(graph("A", course("B", "A")), plan=plan_of("A", sandbox=sandbox)))

    assert f"{told} (00D000000000001EAA)" in text
    assert "1 to create: 1 request. Touches 0 programs, 1 course downstream." in text
    assert "+ A is new: 'A'" in text


def test_an_empty_plan_is_a_plan() -> None:
    assert "nothing to do." in text_of(report_page(graph("A"), plan=plan_of()))


def test_without_a_plan_nothing_is_said_of_sending() -> None:
    assert "What would be sent" not in text_of(report_page(graph("A")))


def test_achievements_that_a_plan_makes_need_not_be_learnings_of_the_catalogue() -> None:
    badge = Step(StepKind.ACHIEVE, (Item("badge", FrozenMap({"Name": "badge"}), ("is new: 'badge'",)),), "POST")
    plan = plan_of("A")

    text = text_of(report_page(graph("A"), plan=replace(plan, steps=(badge, *plan.steps))))

    assert "+ badge is new: 'badge'" in text


def test_a_plan_of_another_catalogue_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.html"

    with pytest.raises(lg.OtherCatalogueError, match="it sends 'B', not in this one") as caught:
        lg.write_report(graph("A"), path, plan=plan_of("A", "B", "B"))

    assert caught.value.keys == ("B",)
    assert not path.exists()


def test_equal_catalogues_give_equal_files(tmp_path: Path) -> None:
    for name in ("one", "other"):
        lg.write_report(lg.examples.university(), tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_what_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(lg.WriteError, match="No such file or directory"):
        lg.write_report(graph("A"), tmp_path / "nowhere" / "report.html")

    assert list(tmp_path.iterdir()) == []


def test_a_graph_is_not_changed() -> None:
    catalogue = lg.examples.university()

    report_page(catalogue)

    assert catalogue == lg.examples.university()


def test_nothing_in_the_page_points_elsewhere() -> None:
    page = report_page(lg.examples.university())
    own = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)

    assert re.findall(r"""(?:src|href)=["'](?!#)""", own) == []
    assert "@import" not in page
    assert "url(" not in re.sub(r"<script[^>]*>.*?</script>", "", page, flags=re.DOTALL)


@given(catalogue=graphs())
@settings(max_examples=25)
def test_whatever_a_catalogue_holds_the_page_has_the_same_elements(catalogue: lg.LearningGraph) -> None:
    elements = seen(report_page(catalogue)).elements

    assert elements.count("script") == 3
    assert elements.count("main") == elements.count("style") == 1
    assert not set(elements) & {"img", "iframe", "object", "link", "base", "form"}


_ATTACKS = ("<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "<!--", '"><i>')


@pytest.mark.parametrize("text", _ATTACKS)
def test_a_text_is_a_text_wherever_it_stands(text: str) -> None:
    page = report_page(graph(course(text, text, name=text, subject_abbreviation=text), options={"name": text}))

    assert text not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert seen(page).elements.count("script") == 3
    assert text in "".join(seen(page).texts)


@pytest.mark.parametrize(
    "catalogue",
    [
        pytest.param(lg.LearningGraph(), id="nothing"),
        pytest.param(graph("A"), id="one course"),
        pytest.param(lg.LearningGraph([lg.Program(key="BS")]), id="one program"),
    ],
)
def test_the_smallest_catalogues_have_a_report(catalogue: lg.LearningGraph) -> None:
    assert "Overview" in text_of(report_page(catalogue))


def test_without_scripts_a_report_points_to_a_table_that_is_there() -> None:
    small, large = (text_of(report_page(graph(*(f"CS {one}" for one in range(count))))) for count in (2, 1_001))

    assert "The map needs scripts. What it shows stands in the table of courses below." in small
    assert "The map needs scripts. Courses and their metrics" in large
    assert "There are too many courses for a table without scripts: learngraph metrics lists them." in large
