"""The pages under docs are true: every example is tried, every table is held against the code.

The rules have a test of their own.
"""

import builtins
import dataclasses
import doctest
import inspect
import json
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import learngraph as lg
from learngraph.cli import main
from learngraph.examples import UnknownEditionError
from learngraph.files.formats import FORMATS, format_of
from learngraph.model.achievement import Achievement, Provider
from learngraph.model.learning import RecordIds
from learngraph.model.program_plan import PlanRequirement, ProgramPlan
from learngraph.model.salesforce_id import PREFIXES
from learngraph.model.value import Value
from learngraph.publish.identity import ORDER
from learngraph.publish.ids_file import read_ids
from learngraph.publish.org_checking import QUESTIONS
from learngraph.publish.plan_files import plan_text
from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.refusals import OrgError
from learngraph.salesforce.names import FIELDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
DATA_MODEL, ERRORS, CHANGELOG = DOCS / "data-model.md", DOCS / "errors.md", DOCS / "changelog.md"
ALTERNATIVES, COMPARING, METRICS = DOCS / "alternatives.md", DOCS / "comparing.md", DOCS / "metrics.md"
FORMATS_PAGE = DOCS / "formats.md"
PROGRAMS, PULLING, REACHING = DOCS / "programs-and-transcripts.md", DOCS / "pulling.md", DOCS / "reaching.md"
CONNECTING, PLANS, APPLYING = DOCS / "connecting.md", DOCS / "plan-lifecycle.md", DOCS / "applying.md"
EMBEDDED_ORG = DOCS / "embedded-org.md"
PICTURES, REPORT = DOCS / "pictures.md", DOCS / "report.md"
FROM_CA = DOCS / "from-curricular-analytics.md"
ADMINISTRATORS = DOCS / "for-salesforce-administrators.md"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
ANALYSES = [FROM_CA, METRICS, REACHING, ALTERNATIVES, COMPARING, PROGRAMS]
PUBLISHING = [CONNECTING, PULLING, PLANS, APPLYING, EMBEDDED_ORG]
PAGES = [
    DATA_MODEL, FORMATS_PAGE, *ANALYSES, PICTURES, REPORT, *PUBLISHING, ADMINISTRATORS, ERRORS, CHANGELOG, *DECISIONS,
]  # fmt: skip

SECTIONS = {
    "format", "options", "salesforce", "providers", "achievements", "learnings", "program_plans", "degree_plans",
    "snapshot",
}  # fmt: skip

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in _FENCE.findall(page.read_text(encoding="utf-8")) if name == language]


def plain_text(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def section(page: Path, heading: str) -> str:
    """The text under a heading, down to the next heading of any level."""
    _, _, rest = plain_text(page).partition(f"# {heading}\n")
    assert rest, f"{page.name} has no heading {heading}"
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def tables(text: str) -> list[list[dict[str, str]]]:
    """The tables of a text, each row by the names of its columns."""
    found = []
    for lines in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.strip("|\n").split("|")] for line in lines.splitlines())
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


def table(page: Path, heading: str, place: int = 0) -> list[dict[str, str]]:
    return tables(section(page, heading))[place]


def coded(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


def names(rows: list[dict[str, str]], column: str) -> list[str]:
    return [name for row in rows for name in coded(row[column])]


def fields(kind: type[Value]) -> set[str]:
    return set(kind.model_fields)


# ---- examples in JSON


def is_whole(example: Any) -> bool:
    """Whether an example is a whole file: a document, request bodies, or an answer."""
    if not isinstance(example, dict):
        return False
    inputs = (item for item in example.get("learnings", ()) if "learning" in item)
    return "format" in example or "learning" in example or any(inputs)


def as_document(example: Any) -> dict[str, Any]:
    """A document around a snippet.

    What has nothing but sections of a document is a document without its format; what has a key is a
    learning; anything else is a requirement, or a list of them.
    """
    if isinstance(example, dict) and example.keys() <= SECTIONS:
        sections = example
    elif isinstance(example, dict) and "key" in example:
        sections = {"learnings": [example]}
    else:
        sections = {"learnings": [{"key": "EXAMPLE", "prerequisites": example}]}
    return {"format": "learngraph/1", "learnings": [], **sections}


JSON_EXAMPLES = [
    pytest.param(json.loads(body), id=f"{page.stem}-{number}-{body.split()[1].strip(':')}")
    for page in (DATA_MODEL, FORMATS_PAGE)
    for number, body in enumerate(blocks(page, "json"))
]
WHOLE_DOCUMENTS = [
    param for param in JSON_EXAMPLES if isinstance(param.values[0], dict) and "format" in param.values[0]
]


def written(folder: Path, text: str, name: str = "example.json") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("example", JSON_EXAMPLES)
def test_an_example_is_read_without_errors(example: Any, tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(example if is_whole(example) else as_document(example)))

    assert list(lg.read(path).findings.errors) == []


@pytest.mark.parametrize("example", WHOLE_DOCUMENTS)
def test_a_whole_document_has_nothing_wrong(example: Any, tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(example))

    assert list(lg.check(lg.read(path)).errors) == []


def test_the_first_document_shows_every_section_that_people_write() -> None:
    first = json.loads(blocks(DATA_MODEL, "json")[0])

    assert first.keys() == SECTIONS - {"snapshot"}
    assert set(names(table(DATA_MODEL, "A whole document"), "Section")) - {"learngraph/1"} == SECTIONS


def test_the_example_of_catalogue_lines_is_read_as_the_page_says(tmp_path: Path) -> None:
    (lines,) = blocks(FORMATS_PAGE, "jsonl")
    graph = lg.read(written(tmp_path, lines, "example.jsonl"))

    # a number, a text with a decimal comma, and the least of two
    assert [learning.duration for learning in graph] == [3, 4.5, 2]
    assert [finding.code.value for finding in graph.findings] == ["LG114"]


def test_the_example_of_a_curriculum_is_written_back_as_it_stands(tmp_path: Path) -> None:
    (text,) = blocks(FORMATS_PAGE, "csv")
    graph = lg.read(written(tmp_path, text, "example.csv"))

    assert list(graph.findings) == []
    assert list(lg.write(graph, tmp_path / "again.csv")) == []
    assert (tmp_path / "again.csv").read_text(encoding="utf-8") == text


def test_the_formats_that_are_written_stand_in_their_table_with_their_suffixes() -> None:
    rows = table(FORMATS_PAGE, "Which file is which", 1)

    assert tuple(names(rows, "Format")) == FORMATS
    for row in rows:
        assert {format_of(f"x{suffix}") for suffix in coded(row["Suffix"])} <= set(coded(row["Format"]))


_HELD: dict[str, dict[str, Any]] = {
    "courses with names and credits": {"learnings": [{"key": "1", "duration": 3, "duration_unit": "Credit Hours"}]},
    "prerequisites and corequisites": {"learnings": [{"key": "1", "prerequisites": ["2"], "corequisites": ["3"]}]},
    "recommendations": {"learnings": [{"key": "1", "recommended": ["2"]}]},
    "alternatives": {"learnings": [{"key": "1", "prerequisites": [{"any": ["2", "3"]}]}]},
    "conditions": {"learnings": [{"key": "1", "prerequisites": [{"condition": "consent"}]}]},
    "minimum grades": {"learnings": [{"key": "1", "prerequisites": [{"need": "2", "minimum_grade": "C"}]}]},
    "timings of needs": {"learnings": [{"key": "1", "corequisites": [{"need": "2", "timing": "with"}]}]},
    "programs": {"learnings": [{"key": "1", "type": "program"}]},
    "outcomes": {"learnings": [{"key": "1", "outcomes": ["badge"]}]},
    "program plans": {"program_plans": [{"key": "plan", "program": "1"}]},
    "degree plans": {"degree_plans": [{"key": "plan", "terms": [["2"]]}]},
}


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["What"]) for row in table(FORMATS_PAGE, "Which file is which", 2)]
)
@pytest.mark.parametrize("form", ["document", "lines", "csv"])
def test_a_format_holds_or_tells_what_the_table_says(row: dict[str, str], form: str, tmp_path: Path) -> None:
    stated = _HELD[row["What"]]
    learnings = [*stated.get("learnings", []), *({"key": key} for key in ("2", "3"))]
    graph = lg.read(written(tmp_path, json.dumps({**as_document(stated), "learnings": learnings})))
    assert not graph.findings

    told = lg.write(graph, tmp_path / "again", to=form)

    assert bool(told) is row[f"`{form}`"].startswith("told")
    assert told or row[f"`{form}`"].startswith("held")


def test_every_thing_that_a_format_may_hold_is_tried() -> None:
    assert [row["What"] for row in table(FORMATS_PAGE, "Which file is which", 2)] == list(_HELD)


def test_the_picture_of_the_page_is_what_is_written(tmp_path: Path) -> None:
    graph = lg.read(written(tmp_path, blocks(FORMATS_PAGE, "json")[0]))
    (shown,) = blocks(FORMATS_PAGE, "")

    lg.write(graph, tmp_path / "catalogue.mmd")

    assert (tmp_path / "catalogue.mmd").read_text(encoding="utf-8") == shown


def test_the_attributes_of_nodes_and_edges_are_those_of_the_graph() -> None:
    graph = lg.examples.university().networkx
    there = {name for *_, data in (*graph.nodes(data=True), *graph.edges(data=True)) for name in data}

    assert set(names(table(FORMATS_PAGE, "GraphML and node-link JSON"), "Attribute")) == there


def test_every_format_of_json_that_is_written_stands_in_its_table() -> None:
    package = Path(lg.__file__).parent
    written_ones = {
        form
        for module in package.rglob("*.py")
        for form in re.findall(r'"(?:format": ")?(learngraph(?:-\w+)?/1)"', module.read_text(encoding="utf-8"))
    }

    assert set(names(table(FORMATS_PAGE, "What commands write"), "Format")) == written_ones


def test_the_example_of_an_answer_is_read_with_its_ids(tmp_path: Path) -> None:
    answers = [body for body in blocks(FORMATS_PAGE, "json") if "learningFoundationItemId" in body]

    for answer in answers:
        snapshot = lg.read_snapshot(written(tmp_path, answer))
        assert [item.id for item in snapshot.all_items()] == ["0ww000000000001AAA"]
    assert answers


def test_the_example_of_a_snapshot_is_written_back_as_it_stands(tmp_path: Path) -> None:
    example = next(body for body in blocks(DATA_MODEL, "json") if '"snapshot"' in body)
    snapshot = lg.read_snapshot(written(tmp_path, example))

    lg.write(snapshot, tmp_path / "again.json")

    again, first = json.loads((tmp_path / "again.json").read_text(encoding="utf-8")), json.loads(example)
    assert again["snapshot"] == first["snapshot"]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["Written"]) for row in table(DATA_MODEL, "What is neutral")])
def test_what_is_left_of_a_neutral_example_is_what_the_page_says(row: dict[str, str]) -> None:
    written_form = lg.Course(key="X", name="X", active=True, prerequisites=[json.loads(coded(row["Written"])[0])])
    kept = {need.key for clause in lg.clauses(written_form.prerequisites) for need in clause}
    left = set(re.findall(r"MET \d+", row["What is left"]))
    said = {
        finding.message.split(":")[0]
        for finding in lg.check(lg.LearningGraph([written_form]))
        if finding.code == "LG402"
    }

    assert kept == left
    assert said == {f"the org will be {row['So the org is'].split(':')[0]}"}


# ---- examples in Python and on the command line


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES if blocks(page, "python")])
def test_the_python_examples_do_what_they_say(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for document in blocks(page, "json")[:1]:  # the page's first one, where it has any
        written(tmp_path, document, "catalogue.json")
    for curriculum in blocks(page, "csv")[:1]:
        written(tmp_path, curriculum, "curriculum.csv")
    examples = "\n".join(blocks(page, "python"))
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    said: list[str] = []

    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS).run(
        test, out=said.append
    )

    assert result.failed == 0, "".join(said)
    assert result.attempted > 0


@pytest.mark.parametrize("block", [pytest.param(body, id=body.splitlines()[0]) for body in blocks(ERRORS, "console")])
def test_a_command_says_what_the_page_shows(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, blocks(ERRORS, "json")[0], "catalogue.json")
    command, _, shown = block.partition("\n")
    prompt, program, *arguments = shlex.split(command)

    code = main(arguments)

    output = capfd.readouterr()
    assert (prompt, program, code) == ("$", "learngraph", 1)
    assert output.out + output.err == shown


@pytest.mark.parametrize("line", [line for block in blocks(PICTURES, "sh") for line in block.splitlines()])
def test_a_picture_of_the_page_can_be_drawn(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(line)

    assert (program, main(arguments)) == ("learngraph", 0)
    assert [file.name for file in tmp_path.iterdir()] == [arguments[arguments.index("-o") + 1]]


@pytest.mark.parametrize(
    ("page", "line"),
    [
        pytest.param(page, line, id=line)
        for page in (DATA_MODEL, FORMATS_PAGE)
        for block in blocks(page, "sh")
        for line in block.splitlines()
    ],
)
def test_a_command_of_the_data_model_and_the_formats_can_be_given(
    page: Path, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, blocks(page, "json")[0], "catalogue.json")
    program, *arguments = shlex.split(line)

    code = main(arguments)

    assert (program, code) == ("learngraph", 0), capfd.readouterr().err


# ---- tables


def default_of(value: object) -> object:
    return value.thawed() if isinstance(value, lg.FrozenMap) else value


@pytest.mark.parametrize(
    ("heading", "column", "kind"),
    [
        pytest.param("Options", "Option", lg.Options, id="options"),
        pytest.param("Dialect", "Setting", lg.Dialect, id="dialect"),
    ],
)
def test_every_setting_stands_in_its_table_with_its_default(heading: str, column: str, kind: type[Value]) -> None:
    rows = table(DATA_MODEL, heading)

    said = {coded(row[column])[0]: json.loads(coded(row["Default"])[0]) for row in rows}

    assert said == {name: default_of(getattr(kind(), name)) for name in kind.model_fields}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["Setting"]) for row in table(DATA_MODEL, "Dialect")])
def test_every_value_of_a_dialect_setting_is_taken(row: dict[str, str]) -> None:
    name = coded(row["Setting"])[0]

    for value in coded(row["Values"]):
        setting: dict[str, Any] = {name: value}
        assert getattr(lg.Dialect(**setting), name) == value
    if row["Values"].startswith("whole number"):
        assert getattr(lg.Dialect(**{name: 1}), name) == 1


def test_the_record_of_the_dialect_names_every_setting() -> None:
    record = next(page for page in DECISIONS if page.name.startswith("0004"))

    assert names(table(record, "Decision"), "Setting") == list(lg.Dialect.model_fields)


def test_every_field_of_a_learning_stands_in_the_table_for_those_who_have_it() -> None:
    rows = table(DATA_MODEL, "Learnings")
    users = {"both": (True, True), "courses": (True, False), "programs": (False, True)}

    said = {coded(row["Property"])[0]: users[row["For"]] for row in rows}

    everything = fields(lg.Course) | fields(lg.Program) | {"type"}
    of_both = {"type": (True, True)}
    assert said == of_both | {
        name: (name in fields(lg.Course), name in fields(lg.Program)) for name in everything - {"type"}
    }


def test_a_field_of_a_learning_becomes_the_property_that_the_table_names() -> None:
    said = {coded(row["Property"])[0]: coded(row["Sent as"]) for row in table(DATA_MODEL, "Learnings")}

    assert {field: said[field] for _, field in FIELDS} == {field: [name] for name, field in FIELDS}


@pytest.mark.parametrize(
    ("heading", "place", "kind"),
    [
        pytest.param("The org's stamp", 0, lg.OrgStamp, id="stamp"),
        pytest.param("Providers", 0, Provider, id="provider"),
        pytest.param("Achievements", 0, Achievement, id="achievement"),
        pytest.param("Learnings", 1, RecordIds, id="record-ids"),
        pytest.param("Outcomes", 0, lg.Outcome, id="outcome"),
        pytest.param("Skills", 0, lg.Skill, id="skill"),
        pytest.param("Program plans", 0, ProgramPlan, id="program-plan"),
        pytest.param("Program plans", 1, PlanRequirement, id="plan-requirement"),
        pytest.param("Degree plans", 0, lg.DegreePlan, id="degree-plan"),
    ],
)
def test_every_property_of_a_value_stands_in_its_table(heading: str, place: int, kind: type[Value]) -> None:
    said = [coded(row["Property"])[0] for row in table(DATA_MODEL, heading, place)]

    assert said == list(kind.model_fields)


def test_every_field_of_a_record_stands_in_the_table_of_transcripts() -> None:
    assert names(table(PROGRAMS, "Transcripts"), "Field") == list(lg.Taken.model_fields)


def test_every_property_of_a_need_stands_in_its_table() -> None:
    said = names(table(DATA_MODEL, "Needs"), "Property")

    assert said == ["need" if name == "key" else name for name in inspect.signature(lg.Need).parameters]


def test_every_property_of_the_orgs_items_is_named() -> None:
    text = section(DATA_MODEL, "The snapshot section")

    said = set(coded(text))

    for item in (lg.FoundationItem, lg.OutcomeItem, lg.Grantor):
        assert said >= set(inspect.signature(item).parameters)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["Form"]) for row in table(DATA_MODEL, "Requirements")])
def test_a_form_of_a_requirement_makes_what_the_table_names(row: dict[str, str]) -> None:
    form, kind = coded(row["Form"])[0], coded(row["In Python"])[0].partition("(")[0]

    stated = json.loads(form.replace("[...]", '["A", "B"]').replace(", ...", ""))

    assert type(lg.Course(key="X", prerequisites=[stated]).prerequisites[0]) is getattr(lg, kind)


def test_timings_and_their_defaults_are_those_of_the_options() -> None:
    timings, defaults = tables(section(DATA_MODEL, "Timing"))

    assert names(timings, "Timing") == list(lg.Timing)
    for row in defaults:
        relation = next(one for one in lg.Relation if one.field == coded(row["Relation"])[0])
        assert coded(row["Default timing"])[-1] == lg.Options().timing_of(relation)


@pytest.mark.parametrize(("name", "place"), [pytest.param("us", 0, id="us"), pytest.param("itu", 1, id="itu")])
def test_the_letters_of_a_scale_are_worth_what_the_table_says(name: str, place: int) -> None:
    (row,) = table(DATA_MODEL, "Grade scales", place)

    said = {letter: None if worth == "none" else float(worth) for letter, worth in row.items() if letter != "Letter"}

    assert said == dict(lg.GradeScale.named(name).letters)


def test_the_prefixes_of_ids_are_those_that_are_known() -> None:
    rows = table(DATA_MODEL, "Keys and Salesforce ids")

    assert {coded(row["Prefix"])[0]: row["Object"] for row in rows} == PREFIXES
    for row in rows:
        catalogue = [lg.Course(key="A", name="A", active=True, prerequisites=[coded(row["Prefix"])[0] + 12 * "0"])]
        unknown = "LG201" in [finding.code for finding in lg.check(lg.LearningGraph(catalogue))]
        assert unknown == (row["Counts with 15 characters"] == "no")


# ---- errors


def kinds_of_errors(root: type[Exception] = lg.LearnGraphError) -> Iterator[type[Exception]]:
    for kind in root.__subclasses__():
        if kind.__module__.startswith("learngraph."):
            yield kind
            yield from kinds_of_errors(kind)


def public_errors() -> dict[str, type[Exception]]:
    for module in walk_packages(lg.__path__, "learngraph."):
        if not module.name.endswith("__main__"):
            import_module(module.name)  # names are loaded when they are first used
    found = {kind.__name__: kind for kind in kinds_of_errors()}
    assert {UnknownEditionError.__name__, OrgError.__name__} <= found.keys()
    return found


def test_every_exception_stands_in_the_tree_with_the_builtin_that_it_is() -> None:
    (tree,) = (body for body in blocks(ERRORS, "") if body.startswith("LearnGraphError"))

    said = dict(re.findall(r"── (\w+) +\((\w+)\)", tree))

    assert said.keys() == public_errors().keys()
    for name, builtin in said.items():
        assert issubclass(public_errors()[name], getattr(builtins, builtin))


def test_every_exception_stands_in_the_table_with_all_its_attributes() -> None:
    rows = table(ERRORS, "Exceptions")

    said = {coded(row["Exception"])[0]: set(coded(row["Attributes"])) for row in rows}

    assert said.keys() == public_errors().keys()
    for name, kind in public_errors().items():
        assert said[name] >= set(inspect.signature(kind).parameters)


def test_the_properties_of_findings_as_json_are_those_that_are_written() -> None:
    whole, each = tables(section(ERRORS, "As JSON"))
    form = lg.check(lg.LearningGraph([lg.Course(key="A")])).to_json()

    assert [coded(row["Property"])[0] for row in whole] == list(form)
    assert [coded(row["Property"])[0] for row in each] == list(form["findings"][0])


def test_every_command_that_there_is_has_its_exit_codes(capfd: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    _, _, listed = capfd.readouterr().out.partition("Commands:\n")

    commands = re.findall(r"^  (\w+)", listed, re.MULTILINE)

    assert sorted(names(table(ERRORS, "Exit codes"), "Command")) == sorted(commands)


def test_every_setting_and_every_fault_of_the_embedded_org_is_told() -> None:
    from learngraph.local_org.faults import FAULTS  # noqa: PLC0415 - its errors are not for every test
    from learngraph.local_org.settings import OrgSettings  # noqa: PLC0415 - as above

    settings = names(table(EMBEDDED_ORG, "What the documentation leaves open"), "Setting")
    assert sorted(settings) == sorted(set(OrgSettings.model_fields) - {"dialect"})
    assert sorted(names(table(EMBEDDED_ORG, "When things go wrong"), "Fault")) == sorted(FAULTS)


def test_what_a_check_of_an_org_asks_stands_on_the_page_for_administrators() -> None:
    rows = table(ADMINISTRATORS, "What org check tells")

    assert [(row["Code"][1:6], row["It asks"]) for row in rows] == list(QUESTIONS)


_MEASURING = (
    "degree_plans.excess", "degree_plans.numbers", "degree_plans.order", "degree_plans.slack",
    "degree_plans.term_weights", "measuring.classic", "measuring.paths", "measuring.resemblance", "measuring.structure",
    "measuring.surroundings",
)  # fmt: skip


@pytest.mark.parametrize("home", _MEASURING)
def test_every_metric_has_an_example(home: str) -> None:
    tried = "".join(blocks(METRICS, "python"))

    for name in lg._HOMES[f"analysis.{home}"]:
        assert not name[0].islower() or f"lg.{name}(" in tried


# ---- all pages


def test_every_limit_of_a_plan_stands_in_its_table_with_its_default() -> None:
    (table,) = tables(section(PLANS, "Limits"))

    shown = {row["Limit"].strip("`"): json.loads(row["Default"]) for row in table}
    assert shown == {limit.name: limit.default for limit in dataclasses.fields(lg.PlanLimits)}


def test_every_way_to_find_a_learning_stands_in_its_table_in_order() -> None:
    (table,) = tables(section(PLANS, "Who is who"))

    assert tuple(row["Way"].strip("`") for row in table) == ORDER


def test_the_properties_of_a_plan_file_are_those_that_are_written() -> None:
    (table,) = tables(section(PLANS, "The plan file"))
    plan = lg.PublishPlan(OrgFacts("00D", "ACME", sandbox=True, api_version="66.0"))

    assert [row["Property"].strip("`") for row in table] == list(json.loads(plan_text(plan)))


def test_the_ids_file_of_the_page_is_read(tmp_path: Path) -> None:
    (example,) = blocks(PLANS, "json")
    (tmp_path / "catalogue.ids.json").write_text(example, encoding="utf-8")

    assert read_ids(tmp_path / "catalogue.ids.json").of("00D000000000001EAA") == {"CS 601": "0tyLT00000009LOYAY"}


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in DECISIONS])
def test_a_decision_has_its_context_its_decision_and_its_consequences(page: Path) -> None:
    title, *headings = re.findall(r"^#+ (.+)$", plain_text(page), re.MULTILINE)

    assert title.startswith(f"{page.name[:4]}. ")
    assert headings == ["Context", "Decision", "Consequences"]
    assert "Status: " in page.read_text(encoding="utf-8")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(page.name[:4]) for page in DECISIONS]

    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers))


def test_every_code_that_a_page_names_is_one() -> None:
    known = {code.value for code in lg.Code}

    for page in DOCS.rglob("*.md"):
        assert set(re.findall(r"\bLG\d{3}\b", page.read_text(encoding="utf-8"))) <= known
