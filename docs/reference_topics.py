"""What the API reference is divided into: a page for each thing that people want to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A page: its name and title, and what stands on it.

    Attributes
    ----------
    guides
        The pages that tell more.
    homes
        The modules whose public names stand here, or beginnings of their names.
    also
        What these speak of and is no public name: nobody makes one, but people look into it.
    """

    name: str
    title: str
    guides: tuple[str, ...]
    homes: tuple[str, ...]
    also: tuple[str, ...] = ()


TOPICS = (
    Topic(
        "files", "Reading and writing files", ("formats", "data-model"), ("files.", "examples"),
        ("files.progress.Reporter",),
    ),
    Topic("learnings", "Learnings and what a catalogue holds", ("data-model",), ("model.",)),
    Topic(
        "requirements", "Requirements", ("data-model",),
        ("model.requirement", "model.relation", "logic.clauses", "logic.equivalence"),
    ),
    Topic("graph", "The graph", ("data-model",), ("graph.",), ("graph.index.Index", "graph.index.Reference")),
    Topic(
        "checking", "Checking, and findings", ("rules", "errors"), ("checks.", "codes", "findings"),
        ("markup.Table", "findings.RolledUp", "findings.Cause"),
    ),
    Topic(
        "reaching", "What can be reached", ("reaching", "alternatives"), ("analysis.reaching.", "logic."),
        ("logic.reasons.Wait", "logic.compiled.Leaf", "logic.compiled.Branch"),
    ),
    Topic("measuring", "Metrics", ("metrics", "alternatives"), ("analysis.measuring.",)),
    Topic("degree-plans", "Degree plans", ("metrics",), ("analysis.degree_plans.",)),
    Topic(
        "programs", "Programs and learners", ("programs-and-transcripts",),
        ("analysis.programs.", "analysis.learners.", "model.transcript"),
    ),
    Topic(
        "comparing", "Comparing and trying", ("comparing",),
        ("analysis.comparing.", "analysis.touched", "analysis.what_if"),
        (
            "analysis.comparing.edits.LearningChange", "analysis.comparing.edits.FieldChange",
            "analysis.comparing.edits.KeyChanges", "analysis.comparing.edits.RequirementChange",
            "analysis.comparing.edits.SetChange", "analysis.comparing.moves.Move", "analysis.comparing.moves.Total",
            "analysis.comparing.causes.Cause", "analysis.comparing.causes.Deed", "analysis.touched.Touch",
            "analysis.touched.Reason",
        ),
    ),
    Topic("pictures", "Pictures and reports", ("pictures", "report"), ("plotting", "report")),
    Topic("bodies", "Bodies of requests", ("data-model", "formats"), ("salesforce.",)),
    Topic(
        "publishing", "Orgs and publishing", ("connecting", "pulling", "plan-lifecycle", "applying"),
        ("orgs", "publish."),
        (
            "publish.publish_plan.Step", "publish.publish_plan.StepKind", "publish.publish_plan.Item",
            "publish.identity.Way", "publish.plan_limits.Extent", "publish.apply_progress.ApplyReporter",
            "publish.apply_settings.Clock", "publish.retrying.WaitReporter", "publish.shared_session.LikeSalesforce",
            "publish.limits.Usage", "salesforce.wire.Transport", "salesforce.wire.Request", "salesforce.wire.Response",
        ),
    ),
)  # fmt: skip
ERRORS = Topic("errors", "Errors", ("errors",), ())
