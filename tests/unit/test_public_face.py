import ast
import inspect
import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, get_args

import pytest

import learngraph
from learngraph.examples import UnknownEditionError
from learngraph.local_org.faults import UnknownFaultError
from learngraph.local_org.place import NotALocalOrgError
from learngraph.local_org.refusals import RecordRefusedError, RequestRefusedError
from learngraph.local_org.server import CannotServeError
from learngraph.model.value import InvalidValueError
from learngraph.publish.limits import Usage
from learngraph.salesforce.wire import Request

_NAMES = sorted(learngraph.__all__)
_HEAVY = (
    "networkx",
    "matplotlib",
    "requests",
    "rich",
    "pandas",
    "click",
    "ftfy",
    "rapidfuzz",
    "ortools",
    "urllib3",
    "jwt",
    "sqlglot",
    "waitress",
    "jinja2",
)


def _type_checking_imports() -> dict[str, str]:
    """The names that type checkers see, by the module that each comes from."""
    tree = ast.parse(Path(learngraph.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    found: dict[str, str] = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname == alias.name, "a plain import is not exported"
            found[alias.name] = str(node.module)
    return found


def test_the_list_of_public_names_is_what_dir_finds() -> None:
    assert learngraph.__all__ == sorted(name for name in dir(learngraph) if not name.startswith("_"))
    assert len(set(learngraph.__all__)) == len(learngraph.__all__)


def test_the_names_that_users_rely_on_are_there() -> None:
    promised = {
        "Achievement", "AllOf", "AnyOf", "AtLeast", "Condition", "Course", "DegreePlan", "Dialect", "Finding",
        "Findings", "FindingsError", "GradeScale", "LearnGraphError", "LearningGraph", "Need", "Options", "Outcome",
        "Program", "ProgramPlan", "Relation", "SalesforceId", "Skill", "Snapshot", "Timing", "TooManyClausesError",
        "UnknownKeyError", "attainability", "check", "clauses", "equivalent", "examples", "patch_bodies",
        "post_bodies", "read", "read_snapshot", "write",
    }  # fmt: skip

    assert promised <= set(learngraph.__all__)


def test_type_checkers_see_the_same_names_from_the_same_modules() -> None:
    seen = _type_checking_imports()
    table = {name: f"learngraph.{home}" for home, names in learngraph._HOMES.items() for name in names}

    assert seen == {**table, **learngraph._MODULES}


@pytest.mark.parametrize("name", _NAMES)
def test_a_public_name_can_be_imported_and_lives_where_the_table_says(name: str) -> None:
    value = getattr(learngraph, name)

    home = learngraph._HOME_OF.get(name)
    if name in learngraph._MODULES:
        assert value is import_module(f"{learngraph._MODULES[name]}.{name}")
    else:
        assert value is getattr(import_module(f"learngraph.{home}"), name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__module__ == f"learngraph.{home}"


@pytest.mark.parametrize("name", _NAMES)
def test_a_public_name_is_documented(name: str) -> None:
    value = getattr(learngraph, name)
    if get_args(value):
        return  # an alias of types has no words of its own

    doc = inspect.getdoc(value)
    assert doc
    if inspect.isclass(value):
        inherited = {inspect.getdoc(parent) for parent in value.__mro__[1:]}
        assert doc not in inherited, "the words of a parent are not its own"


def test_only_aliases_of_types_are_without_words() -> None:
    assert [name for name in _NAMES if get_args(getattr(learngraph, name))] == ["Learning", "Requirement"]


def _public_members() -> list[Any]:
    members = []
    for name in _NAMES:
        value = getattr(learngraph, name)
        if inspect.isclass(value):
            for member, found in vars(value).items():
                if (not member.startswith("_") and isinstance(found, property | classmethod | staticmethod)) or (
                    not member.startswith("_") and inspect.isfunction(found)
                ):
                    members.append(pytest.param(found, id=f"{name}.{member}"))
    return members


@pytest.mark.parametrize("name", sorted(learngraph._MODULES))
def test_what_a_public_module_makes_is_documented(name: str) -> None:
    module = getattr(learngraph, name)
    made = [value for key, value in vars(module).items() if inspect.isfunction(value) and not key.startswith("_")]

    assert all(inspect.getdoc(value) for value in made if value.__module__ == module.__name__)


@pytest.mark.parametrize("member", _public_members())
def test_a_public_method_is_documented(member: Any) -> None:
    assert inspect.getdoc(member)


def test_examples_can_be_copied_and_need_nothing_of_a_test_runner() -> None:
    modules = Path(learngraph.__file__).parent.rglob("*.py")

    assert [path.name for path in modules if "getfixture" in path.read_text("utf-8")] == []


def test_a_name_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = learngraph.nonsense


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("import learngraph", id="the package"),
        pytest.param("from learngraph import Course, LearningGraph", id="the two names of most programs"),
        pytest.param(
            "from learngraph import Course, LearningGraph; "
            "graph = LearningGraph([Course(key='B', prerequisites=['A'])]); "
            "graph.index; repr(graph); graph._repr_html_()",
            id="a graph that nobody asked for networkx",
        ),
        pytest.param(
            "import learngraph.publish.questions, learngraph.publish.retrying, learngraph.publish.environment",
            id="what asks an org by any transport",
        ),
    ],
)
def test_what_is_heavy_is_imported_when_first_used(statement: str) -> None:
    code = f"import sys; {statement}; print(*sorted(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = set(done.stdout.split())
    assert "learngraph" in loaded
    assert loaded.isdisjoint(_HEAVY)


def _errors() -> set[type[learngraph.LearnGraphError]]:
    """Every exception of the package, wherever it lives."""
    for module in walk_packages(learngraph.__path__, "learngraph."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    found: set[type[learngraph.LearnGraphError]] = set()
    queue = [learngraph.LearnGraphError]
    while queue:
        kind = queue.pop()
        found.add(kind)
        queue.extend(kind.__subclasses__())
    return found


_FINDINGS = learngraph.Findings(
    [learngraph.Finding(learngraph.Code.UNATTAINABLE, "is out of reach", keys=("A",), hint="mend it")]
)
_EXAMPLES: list[learngraph.LearnGraphError] = [
    learngraph.LearnGraphError("anything"),
    learngraph.AlteredPlanError("plan.json", "was altered since it was written"),
    learngraph.CycleError(("CS 1", "CS 2")),
    learngraph.MissingExtraError("ortools", "solver"),
    learngraph.DuplicateKeyError("CS 1"),
    learngraph.FindingsError(_FINDINGS),
    learngraph.FormatError("no such format"),
    learngraph.InvalidIdError("0ty"),
    InvalidValueError("Course", (("key", "is empty"), ("duration", "is no number"))),
    learngraph.NoProgramPlanError("BS CS", "has no plan 'x'", ("a", "b")),
    learngraph.OtherCatalogueError(("CS 1", "CS 2")),
    learngraph.ReadError(learngraph.Place("a.json", 3), "is no JSON", "mend it"),
    learngraph.SettingError("grades", "is no scale"),
    learngraph.TooManyClausesError(100),
    learngraph.UnknownGradeError("Z", ("A", "B")),
    learngraph.UnknownKeyError("CS 1"),
    learngraph.UnknownPlanError("two-terms"),
    learngraph.UnknownScaleError("ects"),
    learngraph.WriteError("/out.json", "is a folder"),
    learngraph.AnswerTooLargeError(Request("GET", "/x"), 50_000_000),
    learngraph.AuthError("the environment lacks SF_INSTANCE_URL", "set it"),
    learngraph.JournalError("journal.sqlite", "is of another plan"),
    learngraph.LimitReachedError(Request("POST", "/x"), Usage(15_000, 15_000), 60.0),
    learngraph.LockedError(
        "00D000000000001EAA",
        learngraph.LockOwner("host", 1, "ada", "2026-08-01T00:00:00+00:00", "abc", "f00d"),
    ),
    learngraph.LockLostError("00D000000000001EAA"),
    learngraph.NoAnswerError(Request("POST", "/learnings"), "the connection was reset"),
    learngraph.NotSentError(Request("POST", "/learnings"), "the name could not be resolved"),
    learngraph.OrgError(400, "MALFORMED_ID", "Invalid identifier: x", "copy it again"),
    learngraph.RedirectedError(Request("GET", "/x"), "evil.example"),
    learngraph.StalePlanError(("CS 101",), ("CS 102",)),
    learngraph.UnconfirmedOrgError("Quenbeck", None),
    learngraph.UnexpectedAnswerError("SELECT Id FROM Learning", "the answer has no records"),
    learngraph.UnreadableAnswerError(200, "<html>"),
    learngraph.UnreviewedPlanError("abc", "def"),
    learngraph.UnsafeAddressError("http://acme.edu", "is not https"),
    learngraph.UnsafePlanError(("removes more than 20% of the requirements",)),
    learngraph.WrongOrgError("00D000000000001EAA", "00D000000000002EAA"),
    CannotServeError("192.0.2.1:80", "it is not the own machine"),
    UnknownFaultError("lightning"),
    NotALocalOrgError("production", "is no embedded org"),
    RecordRefusedError("name", "REQUIRED_FIELD_MISSING", "Required fields are missing: [name]"),
    RequestRefusedError(404, "NOT_FOUND", "The requested resource does not exist"),
    UnknownEditionError(3),
]


def test_every_exception_has_an_example_here() -> None:
    ours = {kind for kind in _errors() if kind.__module__.startswith("learngraph.")}

    assert {type(error) for error in _EXAMPLES} == ours


@pytest.mark.parametrize("error", _EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_exception_survives_pickling_with_its_data_and_its_words(error: learngraph.LearnGraphError) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own bytes

        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)
        assert again.args == error.args


@pytest.mark.parametrize("error", _EXAMPLES[1:], ids=lambda error: type(error).__name__)
def test_an_exception_is_the_builtin_that_it_resembles_and_carries_its_data(
    error: learngraph.LearnGraphError,
) -> None:
    assert isinstance(error, ValueError | LookupError | OSError | ImportError)
    assert vars(error)
    assert type(error).__name__.endswith("Error")
    assert str(error) != str(error.args)
    assert "Attributes" in (inspect.getdoc(type(error)) or "")
    for name in vars(error):
        assert name in (inspect.getdoc(type(error)) or "")
