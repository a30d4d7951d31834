"""The report as one HTML file."""

import os
from collections.abc import Iterable

from learngraph.analysis.measuring.classic import metrics
from learngraph.checks.checking import check
from learngraph.errors import LearnGraphError
from learngraph.files.text import write_text
from learngraph.findings import Findings
from learngraph.graph.learning_graph import LearningGraph
from learngraph.logic.attainability import attainability
from learngraph.model.value import short
from learngraph.model.wording import listed
from learngraph.publish.publish_plan import PublishPlan, StepKind
from learngraph.report.contents import facts_of, finding_groups, out_of_reach, plan_part, worst
from learngraph.report.page_data import page_data
from learngraph.report.pages import pages_of
from learngraph.report.rendering import rendered
from learngraph.report.rows import rows_of
from learngraph.report.texts import shown

_NAMED = 5  # keys in a message


class OtherCatalogueError(LearnGraphError, ValueError):
    """A plan that was made for another catalogue than the one that is reported on.

    Attributes
    ----------
    keys
        The learnings that the plan sends and the catalogue does not have.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys)
        self.keys = keys

    def __str__(self) -> str:
        named = listed(map(short, self.keys), most=_NAMED)
        return f"the plan was made for another catalogue: it sends {named}, not in this one (make the plan again)"


def write_report(
    graph: LearningGraph,
    path: str | os.PathLike[str],
    *,
    plan: PublishPlan | None = None,
    findings: Findings | None = None,
) -> None:
    """Write a report on a catalogue: one HTML file that opens in a browser and asks the network for nothing.

    It holds headline numbers, an interactive map of each program and subject (the whole of a small catalogue),
    all courses with their metrics as a table, findings by cause with what would mend them, what can never be
    taken and why, and, with a plan, what would be sent. Every text of the catalogue is shown as text. The file
    is written whole or not at all; equal catalogues give equal files.

    Parameters
    ----------
    plan
        What would be sent, as `plan` made it of this catalogue.
    findings
        What is told of the catalogue; by default what `check` finds.

    Raises
    ------
    WriteError
        where the file cannot be written; what was there before is then untouched.
    OtherCatalogueError
        where the plan sends a learning that the catalogue does not have.

    Examples
    --------
    >>> import learngraph as lg, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "report.html"
    ...     write_report(lg.examples.university(), file)
    ...     file.read_text(encoding="utf-8")[:15]
    '<!doctype html>'
    """
    write_text(path, report_page(graph, plan=plan, findings=findings))


def report_page(graph: LearningGraph, *, plan: PublishPlan | None = None, findings: Findings | None = None) -> str:
    """Give the report as HTML, as `write_report` does.

    Raises
    ------
    OtherCatalogueError
        as `write_report`.
    """
    if plan is not None:
        _refuse_another(plan, graph)
    found = check(graph) if findings is None else findings
    measured, reach, pages = metrics(graph), attainability(graph), pages_of(graph)
    return rendered(
        title=_title(graph),
        subtitle=_subtitle(graph),
        facts=tuple(facts_of(graph, found, measured, reach)),
        worst=worst(found, chosen=findings is not None),
        groups=finding_groups(found),
        unreachable=out_of_reach(graph, reach),
        plan=None if plan is None else plan_part(plan, graph),
        pages=pages,
        rows=rows_of(graph, measured, reach),
        data=page_data(graph, measured=measured, reach=reach, findings=found, pages=pages),
    )


def _refuse_another(plan: PublishPlan, graph: LearningGraph) -> None:
    sent = (item.key for step, item in plan.items if step.kind is not StepKind.ACHIEVE)
    strange = tuple(dict.fromkeys(key for key in sent if key not in graph))
    if strange:
        raise OtherCatalogueError(strange)


def _title(graph: LearningGraph) -> str:
    return shown(graph.options.name or graph.options.institution or "A catalogue of learnings")


def _subtitle(graph: LearningGraph) -> str:
    options = graph.options
    return shown(", ".join(_new(filter(None, (options.institution, options.catalogue_year)), _title(graph))))


def _new(texts: Iterable[str], told: str) -> Iterable[str]:
    return (text for text in texts if text not in told)
