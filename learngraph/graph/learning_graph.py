"""Learnings, indexed by their keys and joined by what they require and grant."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from learngraph.errors import LearnGraphError
from learngraph.findings import Findings, Place
from learngraph.graph.index import Index
from learngraph.graph.network import build_multigraph, build_simple
from learngraph.markup import html_first
from learngraph.model.achievement import Achievement, Provider
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.learning import Course, Learning
from learngraph.model.options import Options
from learngraph.model.program_plan import ProgramPlan
from learngraph.model.relation import BINDING, Relation
from learngraph.model.value import Text, Value, short
from learngraph.model.wording import in_words

if TYPE_CHECKING:  # networkx takes longer to import than all else together, so it waits until asked for
    import networkx as nx

    MultiDiGraph: TypeAlias = nx.MultiDiGraph[str]
    DiGraph: TypeAlias = nx.DiGraph[str]


_SHOWN = 10  # learnings in a notebook


class UnknownKeyError(LearnGraphError, KeyError):
    """A key that stands for no learning of the graph.

    Attributes
    ----------
    key
        What was asked for.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"there is no learning with the key {short(self.key)} in this graph"


class DuplicateKeyError(LearnGraphError, ValueError):
    """A key that stands for a learning or an achievement of the graph already.

    Attributes
    ----------
    key
        The key.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"the key {short(self.key)} is taken: use replace() to put another learning in its place"


class OrgStamp(Value):
    """The org to which the ids of a graph belong, and whether it is a sandbox.

    `answered` says that the graph is what an org answered, not what people wrote: then a wrong id is a
    warning and no error.
    """

    org: Text | None = None
    sandbox: bool | None = None
    answered: bool = False


class LearningGraph:
    """A catalogue: learnings in the order in which they were given, and all that belongs to them.

    A graph takes references to what is not in it; `check` reports them. What `options.defaults` say is
    filled in when a learning enters. Iterating gives learnings, `len` counts them. Two graphs are equal
    when they hold the same, in the same order; what reading found does not count.

    Parameters
    ----------
    learnings
        Courses and programs; two with one key raise a `DuplicateKeyError`.
    options, achievements, providers, program_plans, degree_plans, org
        What else a document holds.
    findings
        What reading found, for `check` to give first.
    places
        Where each learning was read, by its key.

    Examples
    --------
    >>> graph = LearningGraph([Course(key="CS 101"), Course(key="CS 102", prerequisites=["CS 101"])])
    >>> graph, graph["CS 102"].prerequisites
    (<LearningGraph: 2 courses, 0 programs>, (Need('CS 101'),))
    """

    def __init__(  # noqa: PLR0913 - one argument a part of a catalogue
        self,
        learnings: Iterable[Learning] = (),
        *,
        options: Options | None = None,
        achievements: Iterable[Achievement] = (),
        providers: Iterable[Provider] = (),
        program_plans: Iterable[ProgramPlan] = (),
        degree_plans: Iterable[DegreePlan] = (),
        org: OrgStamp | None = None,
        findings: Iterable[Any] = (),
        places: Mapping[str, Place] | None = None,
    ) -> None:
        self._options = options or Options()
        self._learnings: dict[str, Learning] = {}
        self._achievements = {achievement.key: achievement for achievement in achievements}
        self._index: Index | None = None
        self._networkx: MultiDiGraph | None = None
        self.providers = tuple(providers)
        self.program_plans = tuple(program_plans)
        self.degree_plans = tuple(degree_plans)
        self.org = org or OrgStamp()
        self.findings = Findings(findings)
        self.places: Mapping[str, Place] = dict(places or {})
        for learning in learnings:
            self.add(learning)

    @property
    def options(self) -> Options:
        """What holds for the whole catalogue."""
        return self._options

    @property
    def achievements(self) -> Mapping[str, Achievement]:
        """The achievements by their keys."""
        return MappingProxyType(self._achievements)

    def add(self, learning: Learning) -> None:
        """Put in a new learning, with the defaults of the options filled in.

        Raises
        ------
        DuplicateKeyError
            where the key stands for a learning or an achievement already.
        """
        if learning.key in self._learnings or learning.key in self._achievements:
            raise DuplicateKeyError(learning.key)
        self._put(learning)

    def replace(self, learning: Learning) -> None:
        """Put a learning in the place of the one with the same key.

        Raises
        ------
        UnknownKeyError
            where there is none.
        """
        self[learning.key]
        self._put(learning)

    def remove(self, *, key: str) -> None:
        """Take a learning out; what others require of it stays and refers to nothing.

        Raises
        ------
        UnknownKeyError
            where there is none.
        """
        self[key]
        del self._learnings[key]
        self._forget()

    def copy(self, *, options: Options | None = None) -> "LearningGraph":
        """Give a new graph that holds the same, with other options where they are given."""
        return LearningGraph(
            self,
            options=options or self.options,
            achievements=self._achievements.values(),
            providers=self.providers,
            program_plans=self.program_plans,
            degree_plans=self.degree_plans,
            org=self.org,
            findings=self.findings,
            places=self.places,
        )

    @property
    def index(self) -> Index:
        """What refers to what: built when first asked for, made anew after a change."""
        if self._index is None:
            self._index = Index.of(self._learnings, self._achievements, self._options)
        return self._index

    @property
    def networkx(self) -> "MultiDiGraph":
        """The whole as a frozen `networkx.MultiDiGraph`, for reading with any algorithm.

        Edges run from requirement to learning to outcome. A node has `kind` ("course", "program",
        "achievement", or "missing" for what is referred to and not there) and `name`. An edge has
        `relation`, `requirement` (its place in the relation, from 0), `timing` and `minimum_grade`;
        what does not apply is left out. It is built when first asked for.
        """
        if self._networkx is None:
            self._networkx = build_multigraph(self._learnings, self._achievements, self.index)
        return self._networkx

    def to_networkx(self, *relations: Relation | str) -> "DiGraph":
        """Give a new `networkx.DiGraph` of all learnings and what the named relations join (all by default).

        Of several edges between two nodes one stays, with the attributes of the first; a graph of your
        own, to do with as you like.

        Examples
        --------
        >>> graph = LearningGraph([Course(key="B", prerequisites=["A"], corequisites=["C"])])
        >>> sorted(graph.to_networkx("prerequisite").edges)
        [('A', 'B')]
        """
        return build_simple(self.networkx, frozenset(Relation(relation) for relation in relations or Relation))

    def requires(self, *, learning: str, needed: str) -> bool:
        """Whether a learning names another in its prerequisites or corequisites, in an any-of too.

        Raises
        ------
        UnknownKeyError
            where `learning` is not in the graph.
        """
        relations = set(self[learning].relations_to(needed))
        return not relations.isdisjoint(BINDING)

    def __getitem__(self, key: str) -> Learning:
        try:
            return self._learnings[key]
        except KeyError:
            raise UnknownKeyError(key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._learnings

    def __iter__(self) -> Iterator[Learning]:
        return iter(tuple(self._learnings.values()))

    def __len__(self) -> int:
        return len(self._learnings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LearningGraph) and self._parts == other._parts

    __hash__ = None  # type: ignore[assignment]  # a graph can change

    @property
    def _parts(self) -> tuple[object, ...]:
        return (
            list(self._learnings.values()),
            list(self._achievements.values()),
            self._options,
            self.providers,
            self.program_plans,
            self.degree_plans,
            self.org,
        )

    def _put(self, learning: Learning) -> None:
        unstated = {
            name: value
            for name, value in self._options.defaults.items()
            if name in type(learning).model_fields and getattr(learning, name) is None
        }
        self._learnings[learning.key] = learning.replaced(**unstated) if unstated else learning
        self._forget()

    def _forget(self) -> None:
        self._index = self._networkx = None

    def __repr__(self) -> str:
        courses = sum(isinstance(learning, Course) for learning in self)
        name = f" {short(self.options.name)}" if self.options.name else ""
        return f"<LearningGraph{name}: {courses} courses, {len(self) - courses} programs>"

    def _repr_html_(self) -> str:
        scale = self.options.scale
        rows = [
            (one.key, one.type, one.name, "; ".join(in_words(tree, scale) for tree in one.prerequisites))
            for one in islice(self, _SHOWN)
        ]
        found = [f"reading found {repr(self.findings)[11:-1]}"] if self.findings else []
        headings = ("key", "type", "name", "prerequisites")
        return html_first(headings, rows, caption=repr(self)[1:-1], notes=found, of=len(self))
