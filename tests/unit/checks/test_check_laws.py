"""Laws of checking, for catalogues of any kind."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given

from learngraph import LearningGraph, check, read, write
from tests.property.strategies import graphs
from tests.unit.test_rules_are_documented import sections

DOCUMENTED = {section.code for section in sections()}


@given(graph=graphs())
def test_every_finding_is_documented_names_what_is_there_and_says_what_would_mend_it(graph: LearningGraph) -> None:
    plans = {plan.key for plan in graph.program_plans} | {plan.key for plan in graph.degree_plans}
    providers = {provider.key for provider in graph.providers}
    known = {learning.key for learning in graph} | set(graph.achievements) | plans | providers

    for finding in check(graph):
        assert finding.code.value in DOCUMENTED
        assert finding.message
        assert finding.cause
        assert finding.code.value in str(finding)
        assert not finding.keys or finding.subject in known
        assert finding.hint or finding.code.startswith("LG4")  # some of what the org cannot hold stays so


@given(graph=graphs())
def test_a_second_check_says_the_same_and_nothing_was_changed(graph: LearningGraph) -> None:
    before = graph.copy()

    first = check(graph)

    assert check(graph) == first
    assert graph == before
    assert graph.findings == before.findings
    assert check(before) == first


@given(graph=graphs())
def test_the_order_of_learnings_does_not_change_what_is_said(graph: LearningGraph) -> None:
    backwards = LearningGraph(
        reversed(list(graph)),
        options=graph.options,
        achievements=graph.achievements.values(),
        providers=graph.providers,
        program_plans=graph.program_plans,
        degree_plans=graph.degree_plans,
        org=graph.org,
    )

    def told(catalogue: LearningGraph) -> list[tuple[str, str, tuple[str, ...]]]:
        # what is said once is said of the first learning, and of keys that are alike the first one is blamed
        once = {"LG408", "LG415", "LG216"}
        return sorted(
            (finding.code.value, finding.severity.value, tuple(sorted(finding.keys)))
            for finding in check(catalogue)
            if finding.code.value not in once
        )

    assert told(graph) == told(backwards)


@given(graph=graphs())
def test_findings_about_learnings_of_a_document_say_the_file_and_the_record(graph: LearningGraph) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "catalogue.json"
        write(graph, file)
        read_again = read(file)

    for finding in check(read_again):
        if finding.subject in read_again:
            assert finding.place.file == str(file)
            assert finding.place.record


@given(graph=graphs(plans=False))
def test_findings_about_catalogue_lines_say_the_line(graph: LearningGraph) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "catalogue.jsonl"
        write(graph, file)
        lines = [json.loads(line)["id"] for line in file.read_text(encoding="utf-8").split("\n") if line]
        assume(lines)  # a file of programs alone has no lines
        read_again = read(file)

    for finding in check(read_again):
        if finding.keys:
            assert finding.place.file == str(file)
            assert lines[finding.place.line - 1] == finding.subject
