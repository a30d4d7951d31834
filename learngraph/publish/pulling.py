"""The whole catalogue of an org, read by a handful of queries, as a snapshot."""

from collections.abc import Iterable

from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.options import Options
from learngraph.model.salesforce_id import is_well_formed
from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.pulled_graph import snapshot_of
from learngraph.publish.row_reading import read_rows
from learngraph.salesforce.records import COURSE, PROGRAM
from learngraph.salesforce.snapshot import Snapshot
from learngraph.salesforce.wire import Transport


def pull(
    transport: Transport,
    *,
    facts: OrgFacts,
    options: Options | None = None,
    external_id_field: str | None = None,
    program_external_id_field: str | None = None,
    custom_fields: Iterable[str] = (),
    providers: Iterable[str] = (),
) -> Snapshot:
    """Read the whole catalogue of an org.

    The number of requests grows with the number of pages (of 2,000 records), not with that of learnings.
    What is amiss, hidden from this user or outside the graph is in `findings` of the snapshot's graph.

    Parameters
    ----------
    transport
        Sends the requests; all of them are reads.
    facts
        Which org it is, and the version of the API: see `org_facts`.
    options
        Those of the catalogue; without them, the usual ones.
    external_id_field, program_external_id_field
        The custom fields with external ids, in place of what the options say.
    custom_fields
        Further custom fields of courses and programs to read.
    providers
        Names of accounts to read beside those that learnings name as their providers.

    Raises
    ------
    OrgError
        where the org refuses to answer, or shows no learnings to this user.
    """
    named = {"external_id_field": external_id_field, "program_external_id_field": program_external_id_field}
    settings = (options or Options()).replaced(**{name: field for name, field in named.items() if field})
    wanted = tuple(dict.fromkeys(custom_fields))
    custom = {
        name: tuple(dict.fromkeys((*filter(None, [settings.external_id_field_of(kind)]), *wanted)))
        for name, kind in ((COURSE, "course"), (PROGRAM, "program"))
    }
    rows = read_rows(transport, api_version=facts.api_version, custom=custom, accounts=providers)
    return snapshot_of(rows, options=settings, custom_fields=wanted, facts=facts)


def providers_of(graph: LearningGraph) -> tuple[str, ...]:
    """Give what the accounts of a catalogue's providers may be called, each once: their names, and their keys.

    Examples
    --------
    >>> from learngraph import Course, Provider
    >>> providers_of(LearningGraph([Course(key="A", provider="B")], providers=[Provider(key="C", name="ACME")]))
    ('ACME', 'C', 'B')
    """
    stated = (text for one in graph.providers for text in (one.name, one.key))
    named = (learning.provider for learning in graph)
    return tuple(dict.fromkeys(text for text in (*stated, *named) if text and not is_well_formed(text)))


def custom_fields_of(graph: LearningGraph) -> tuple[str, ...]:
    """Give the custom fields that the learnings of a catalogue state, each once: what to pull to compare with.

    Examples
    --------
    >>> from learngraph import Course
    >>> custom_fields_of(LearningGraph([Course(key="A", custom_fields={"Campus__c": "North"})]))
    ('Campus__c',)
    """
    return tuple(dict.fromkeys(name for learning in graph for name in learning.custom_fields))
