"""A graph as POST bodies: everything that is new, in an order in which it can be sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from learngraph.codes import Code
from learngraph.findings import Finding, Findings, FindingsError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.implication import Clause
from learngraph.markup import Table, Tabular
from learngraph.model.learning import Learning
from learngraph.model.relation import Relation
from learngraph.model.wording import in_words, listed
from learngraph.salesforce.bodies import (
    Body,
    achievement_mapping,
    field_values,
    learning_input,
    outcome_mapping,
    skill_mapping,
    with_lists,
)
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.lower import Lowered, lower
from learngraph.salesforce.names import RELATIONS
from learngraph.salesforce.ordering import batches, cut_circles
from learngraph.salesforce.references import (
    References,
    achievement_id,
    external_id,
    external_id_field,
    provider_id,
)

_SHOWN = 4  # fields of a learning in a table


class Bodies(Tabular, Sequence[Body]):
    """Request bodies in the order in which they can be sent, and in `findings` what they leave out."""

    __slots__ = ("_bodies", "findings")

    def __init__(self, bodies: Iterable[Body], findings: Iterable[Finding] = ()) -> None:
        self._bodies = tuple(bodies)
        self.findings = Findings(findings)

    @overload
    def __getitem__(self, index: int) -> Body: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Body]: ...
    def __getitem__(self, index: int | slice) -> Body | Sequence[Body]:
        return self._bodies[index]

    def __len__(self) -> int:
        return len(self._bodies)

    def __iter__(self) -> Iterator[Body]:
        return iter(self._bodies)

    @property
    def table(self) -> Table:
        """A row for each learning: the number of its body, from 1, and what is sent of it."""
        rows = [(number, *_sent(each)) for number, body in enumerate(self, start=1) for each in body["learnings"]]
        return Table(("body", "learning", "fields", "relations"), rows)

    def __repr__(self) -> str:
        learnings = sum(len(body["learnings"]) for body in self)
        return f"<Bodies: {learnings} learnings in {len(self)} bodies, {len(self.findings)} findings>"


def _sent(each: Body) -> tuple[str, str, str]:
    """Give what a learning is called in a body, which fields are sent, and how much of each relation."""
    fields = {name: value for name, value in each["learning"].items() if name not in ("type", "learningId")}
    called = fields.get("name") or each["learning"].get("learningId") or ""
    return str(called), listed(fields, most=_SHOWN), ", ".join(_related(each))


def _related(each: Body) -> Iterator[str]:
    for name, items in each.items():
        if name != "learning" and isinstance(items, Mapping):
            for done, records in (("added", "createRecords"), ("taken away", "deleteRecords")):
                if count := len(items.get(records, ())):
                    yield f"{_several(count, name)} {done}"
        elif name != "learning" and items:
            yield _several(len(items), name)


def _several(count: int, name: str) -> str:
    return f"{count:,} {name.removesuffix('s') if count == 1 else name}"


def post_bodies(graph: LearningGraph, *, dialect: Dialect | None = None, ignore: Iterable[str] = ()) -> Bodies:
    """Write the POST bodies (CreateLearningsInput) for all learnings that have no record.

    A learning goes into the first body with room after all bodies that hold what it refers to; ties in
    graph order. Clauses that reach back inside a circle are left out whole, for a PATCH to add, and so is
    what the org cannot hold; `findings` of the result names each. No rules of `check` run.

    Parameters
    ----------
    dialect
        What the org is taken to mean; by default what the options of the graph say.
    ignore
        Codes of findings that stop nothing: what they are about is left out.

    Raises
    ------
    FindingsError
        with everything that cannot be written.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> bodies = post_bodies(LearningGraph([Course(key="CS 101", name="Programming", active=True)]))
    >>> bodies[0]
    {'learnings': [{'learning': {'type': 'Learning Course', 'name': 'Programming', 'active': True}}]}
    """
    settings = Dialect.of(graph.options.dialect, dialect)
    references = References.of(graph)
    new = [learning for learning in graph if references.record(learning.key) is None]
    lowered = {learning.key: lower(learning, graph, settings) for learning in new}
    cut, order = waves(lowered, size=settings.batch_size)
    writer = Creator(graph, settings, references)
    inputs = {learning.key: writer.create(learning, lowered[learning.key], cut[learning.key]).body for learning in new}
    findings = Findings(writer.findings)
    stopping = findings.only(ignore=ignore).errors
    if stopping:
        raise FindingsError(stopping)
    return Bodies([{"learnings": [inputs[key] for key in batch]} for batch in order], findings)


def waves(lowered: Mapping[str, Lowered], *, size: int) -> tuple[dict[str, frozenset[int]], list[list[str]]]:
    """Give the clauses to leave out, by number, and lists of at most `size` keys, each after all that it refers to."""
    needs = {
        key: [tuple(need.key for need in clause if need.key in lowered) for _, clause in each_clause(one)]
        for key, one in lowered.items()
    }
    cut = cut_circles(needs)
    kept = {
        key: frozenset(other for number, group in enumerate(groups) if number not in cut[key] for other in group)
        for key, groups in needs.items()
    }
    return cut, batches(kept, size=size)


def each_clause(lowered: Lowered) -> Iterator[tuple[Relation, Clause]]:
    """Give the clauses of all relations, in the order of the bodies."""
    for relation, clauses in lowered.clauses.items():
        for clause in clauses:
            yield relation, clause


@dataclass(frozen=True, slots=True)
class Creation:
    """The CreateLearningInput of a learning, the requirements in it, and those that close a circle."""

    body: Body
    created: tuple[tuple[Relation, Clause], ...] = ()
    left: tuple[tuple[Relation, Clause], ...] = ()


class Creator:
    """Writes one new learning after the other, and collects what it finds."""

    def __init__(self, graph: LearningGraph, dialect: Dialect, references: References) -> None:
        self._graph = graph
        self._dialect = dialect
        self._references = references
        self._asides = Asides(graph)
        self.findings: list[Finding] = []

    def create(self, learning: Learning, lowered: Lowered, cut: frozenset[int]) -> Creation:
        """Write a CreateLearningInput without the clauses whose numbers are cut."""
        self.findings.extend(lowered.findings)
        self.findings.extend(self._asides.of(learning))
        provider = provider_id(learning, self._graph)
        if isinstance(provider, Finding):
            self.findings.append(provider)
            provider = None
        fields = field_values(learning, self._dialect, provider=provider)
        body = {"learning": learning_input(learning, ids={}, fields=fields, custom=self._custom(learning))}
        lists: dict[Relation, list[Body]] = {relation: [] for relation in lowered.clauses}
        created, left = [], []
        for number, (relation, clause) in enumerate(each_clause(lowered)):
            if number in cut:
                self.findings.append(_left_for_patch(learning, relation, clause))
                left.append((relation, clause))
                continue
            mapping = mapping_of(clause, self._references, by=learning.key)
            if isinstance(mapping, list):
                self.findings.extend(mapping)
            else:
                lists[relation].append(mapping)
                created.append((relation, clause))
        whole = with_lists(
            body,
            (
                *((name, lists[relation]) for name, relation in RELATIONS.items()),
                ("outcomes", list(self._outcomes(learning))),
                ("skills", [skill_mapping(skill) for skill in learning.skills]),
            ),
        )
        return Creation(whole, tuple(created), tuple(left))

    def _custom(self, learning: Learning) -> Body:
        custom: Body = learning.custom_fields.thawed()
        name = external_id_field(learning, self._graph.options)
        return custom if name is None else {name: external_id(learning), **custom}

    def _outcomes(self, learning: Learning) -> Iterator[Body]:
        for outcome in learning.outcomes:
            record_id = achievement_id(outcome.achievement, self._graph)
            if record_id is None:
                self.findings.append(outcome_left_out(learning, outcome.achievement))
            else:
                yield outcome_mapping(outcome, record_id)


def mapping_of(clause: Clause, references: References, *, by: str) -> Body | list[Finding]:
    """Write a clause with references to what it needs, or say of each that has none why not."""
    found = {need.key: references.to(need.key, by=by, single=len(clause) == 1) for need in clause}
    faults = [reference for reference in found.values() if isinstance(reference, Finding)]
    told = {key: reference for key, reference in found.items() if not isinstance(reference, Finding)}
    return faults or achievement_mapping(clause, told)


def outcome_left_out(learning: Learning, achievement: str) -> Finding:
    """Say that an outcome is not sent because its achievement has no record."""
    return Finding(
        Code.ACHIEVEMENT_WITHOUT_RECORD,
        f"its outcome {achievement} is left out: the achievement has no record in the org",
        keys=(learning.key,),
        hint="make the achievement in the org and give its record_id",
        cause=achievement,
    )


def _left_for_patch(learning: Learning, relation: Relation, clause: Clause) -> Finding:
    words = " or ".join(map(in_words, clause))
    return Finding(
        Code.LEFT_FOR_PATCH,
        f"its {relation.value} {words} closes a circle and is left for a PATCH to add",
        keys=(learning.key, *(need.key for need in clause)),
        hint="publish, pull, and write the PATCH",
    )


class Asides:
    """What is never sent, said once for a whole graph."""

    def __init__(self, graph: LearningGraph) -> None:
        self._graph = graph
        self._said: set[Code] = set()

    def of(self, learning: Learning) -> Iterator[Finding]:
        """Say what of this learning is not sent, unless it was said of another one."""
        if learning.equivalents or learning.exclusions:
            yield from self._once(
                Code.NOT_SENT,
                learning,
                "equivalents and exclusions are kept here and not sent: the API has no place for them",
            )
        if learning.external_id and external_id_field(learning, self._graph.options) is None:
            yield from self._once(
                Code.EXTERNAL_ID_NOT_SENT,
                learning,
                "external ids are not sent: no field is named for them",
                hint="name the org's unique external-id field with --external-id-field",
            )

    def _once(self, code: Code, learning: Learning, message: str, *, hint: str = "") -> Iterator[Finding]:
        if code not in self._said:
            self._said.add(code)
            yield Finding(code, message, keys=(learning.key,), hint=hint)
