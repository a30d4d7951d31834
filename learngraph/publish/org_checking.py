"""Can this user publish this catalogue to this org? Asked by reads alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from learngraph.findings import Findings
from learngraph.graph.learning_graph import LearningGraph
from learngraph.markup import Table, Tabular
from learngraph.model.value import FrozenMap
from learngraph.publish.org_rules import faults_of_sight, value_sets_of
from learngraph.publish.org_sight import look_at
from learngraph.publish.publish_plan import OrgFacts
from learngraph.salesforce.wire import Transport

#: what is asked, with the code of the finding that says no
QUESTIONS = (
    ("LG501", "does the Learnings Graph resource answer?"),
    ("LG502", "are the achievement types configured that are needed?"),
    ("LG503", "may this user read all that has to be compared?"),
    ("LG504", "may this user edit every field that is stated?"),
    ("LG505", "are the external ids unique?"),
    ("LG506", "does the org have every value that is stated?"),
    ("LG507", "does this user see requirements?"),
    ("LG508", "are there API calls enough?"),
    ("LG509", "is it a sandbox?"),
)


@dataclass(frozen=True, slots=True, repr=False)
class OrgCheck(Tabular):
    """What a check of an org found.

    Attributes
    ----------
    facts
        Which org it is.
    findings
        What stands in the way, each with the permission or the Setup page that mends it.
    value_sets
        The org's own picklists, by our fields, as `Dialect` takes them.
    calls_left
        API calls that are left today; None where the org does not say.
    """

    facts: OrgFacts
    findings: Findings
    value_sets: Mapping[str, Sequence[str]] = field(default_factory=FrozenMap)
    calls_left: int | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way; warnings do not."""
        return self.findings.ok

    @property
    def hides_requirements(self) -> bool:
        """Whether the org shows learnings and no requirement: no plan is safe on what such a user sees."""
        return any(finding.code.value == "LG507" for finding in self.findings)

    @property
    def table(self) -> Table:
        """The questions, with yes or what says no."""
        rows = []
        for code, question in QUESTIONS:
            found = [finding for finding in self.findings if finding.code.value == code]
            rows.append((question, found[0].severity.value if found else "yes", "; ".join(map(str, found[:3]))))
        return Table(("question", "answer", "why"), rows)

    def __repr__(self) -> str:
        return f"<OrgCheck of {self.facts.banner}: {repr(self.findings)[11:-1]}>"


def check_org(transport: Transport, *, facts: OrgFacts, graph: LearningGraph | None = None) -> OrgCheck:
    """Ask whether this user can publish a catalogue to an org; nothing is changed.

    Parameters
    ----------
    transport
        Sends about a dozen reads.
    facts
        Which org it is, and the version of the API: see `org_facts`.
    graph
        The catalogue. Without one, what any catalogue needs is asked for.

    Raises
    ------
    OrgError, UnreadableAnswerError, UnexpectedAnswerError
        where the org takes no request of this user, or answers otherwise than documented.
    """
    sight = look_at(transport, facts)
    found = Findings(faults_of_sight(sight, graph))
    return OrgCheck(facts, found, FrozenMap(value_sets_of(sight)), sight.calls_left)
