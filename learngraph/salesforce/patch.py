"""The smallest PATCH bodies: what an org holds against what is wanted."""

from collections.abc import Iterable, Iterator

from learngraph.codes import Code
from learngraph.findings import Finding, Findings, FindingsError
from learngraph.graph.learning_graph import LearningGraph
from learngraph.salesforce.dialect import Dialect
from learngraph.salesforce.difference import Differ
from learngraph.salesforce.matching import match
from learngraph.salesforce.post import Bodies
from learngraph.salesforce.snapshot import Snapshot

_WITHOUT_CHECKSUM = 15  # characters: an org's id may be written without the last three


def patch_bodies(
    snapshot: Snapshot, graph: LearningGraph, *, dialect: Dialect | None = None, ignore: Iterable[str] = ()
) -> Bodies:
    """Write the smallest PATCH bodies (UpdateLearningsInput) that make an org hold what is wanted.

    Learnings are matched by Salesforce id, then external id, then key. Of each, the stated fields that
    differ are sent, the custom fields that differ, and the relations that differ: requirements that are
    not wanted are deleted, also repeats, and wanted ones that are not there are created. They are
    compared by meaning; days as days, ids in either form, and absent, null and "" as one nothing. What a
    learning does not state stays as it is; its relations are always stated. Where nothing differs there
    is no body. New learnings are named in `findings` and not sent. No rules of `check` run.

    Parameters
    ----------
    dialect
        What the org is taken to mean; by default what the options of the graph say.
    ignore
        Codes of findings that stop nothing: what they are about is left out. Ids of another org (LG314)
        stop in any case.

    Raises
    ------
    FindingsError
        with everything that cannot be written.
    """
    settings = Dialect.of(graph.options.dialect, dialect)
    matches = match(snapshot, graph)
    differ = Differ(snapshot, graph, settings, matches.held)
    differ.findings.extend(matches.findings)
    differ.findings.extend(_other_org(snapshot, graph))
    differ.findings.extend(
        Finding(Code.NEW_LEARNING, "is not in the org", keys=(key,), hint="POST it first") for key in matches.new
    )
    inputs = [differ.update(graph[key], snapshot.graph[held]) for key, held in matches.held.items()]
    findings = Findings(differ.findings)
    counted = set(findings.only(ignore=ignore))
    # ids of another org are never sent, whatever is ignored
    stopping = findings.errors.where(lambda finding: finding in counted or finding.code is Code.OTHER_ORG)
    if stopping:
        raise FindingsError(stopping)
    changed = [one.body for one in inputs if one]
    size = settings.batch_size
    return Bodies([{"learnings": changed[start : start + size]} for start in range(0, len(changed), size)], findings)


def _other_org(snapshot: Snapshot, graph: LearningGraph) -> Iterator[Finding]:
    held, wanted = snapshot.graph.org.org, graph.org.org
    if held and wanted and held[:_WITHOUT_CHECKSUM] != wanted[:_WITHOUT_CHECKSUM]:
        message = f"the catalogue's ids belong to the org {wanted}, and what was read belongs to the org {held}"
        yield Finding(Code.OTHER_ORG, message, hint="take the ids out of the catalogue, or read the right org")
