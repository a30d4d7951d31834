"""learngraph: a university's catalogue of learnings as a graph.

It says what is wrong with a catalogue before it is published, tells what it does to students, and writes
the exact POST and the smallest PATCH bodies for Salesforce Education Cloud's Learnings Graph resource.
Names are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learngraph import examples as examples
    from learngraph.analysis import what_if as what_if
    from learngraph.analysis.comparing.comparison import Comparison as Comparison
    from learngraph.analysis.comparing.comparison import compare as compare
    from learngraph.analysis.degree_plans.excess import ExplainedComplexity as ExplainedComplexity
    from learngraph.analysis.degree_plans.excess import average_sequencing as average_sequencing
    from learngraph.analysis.degree_plans.excess import explained_complexity as explained_complexity
    from learngraph.analysis.degree_plans.excess import transfer_delay as transfer_delay
    from learngraph.analysis.degree_plans.numbers import CreditBalance as CreditBalance
    from learngraph.analysis.degree_plans.numbers import TermStatistics as TermStatistics
    from learngraph.analysis.degree_plans.numbers import credit_balance as credit_balance
    from learngraph.analysis.degree_plans.numbers import knowledge_transfer as knowledge_transfer
    from learngraph.analysis.degree_plans.numbers import requisite_distance as requisite_distance
    from learngraph.analysis.degree_plans.numbers import term_statistics as term_statistics
    from learngraph.analysis.degree_plans.order import plan_faults as plan_faults
    from learngraph.analysis.degree_plans.slack import deferment as deferment
    from learngraph.analysis.degree_plans.term_weights import TermWeighted as TermWeighted
    from learngraph.analysis.degree_plans.term_weights import TermWeights as TermWeights
    from learngraph.analysis.degree_plans.term_weights import term_weighted as term_weighted
    from learngraph.analysis.degree_plans.terms import UnknownPlanError as UnknownPlanError
    from learngraph.analysis.learners.missing_requirements import Lacking as Lacking
    from learngraph.analysis.learners.missing_requirements import Missing as Missing
    from learngraph.analysis.learners.missing_requirements import missing as missing
    from learngraph.analysis.learners.openings import Opening as Opening
    from learngraph.analysis.learners.openings import Openings as Openings
    from learngraph.analysis.learners.openings import can_take as can_take
    from learngraph.analysis.learners.plan_audit import PlanLine as PlanLine
    from learngraph.analysis.measuring.classic import CourseMetrics as CourseMetrics
    from learngraph.analysis.measuring.classic import Metrics as Metrics
    from learngraph.analysis.measuring.classic import TotalMetrics as TotalMetrics
    from learngraph.analysis.measuring.classic import metrics as metrics
    from learngraph.analysis.measuring.course_numbers import CourseNumbers as CourseNumbers
    from learngraph.analysis.measuring.network import CycleError as CycleError
    from learngraph.analysis.measuring.paths import longest_path as longest_path
    from learngraph.analysis.measuring.paths import longest_path_count as longest_path_count
    from learngraph.analysis.measuring.paths import longest_paths as longest_paths
    from learngraph.analysis.measuring.ranges import CourseRanges as CourseRanges
    from learngraph.analysis.measuring.ranges import MetricRanges as MetricRanges
    from learngraph.analysis.measuring.ranges import Range as Range
    from learngraph.analysis.measuring.ranges import metric_ranges as metric_ranges
    from learngraph.analysis.measuring.resemblance import Homology as Homology
    from learngraph.analysis.measuring.resemblance import homology as homology
    from learngraph.analysis.measuring.resemblance import similarity as similarity
    from learngraph.analysis.measuring.structure import bottlenecks as bottlenecks
    from learngraph.analysis.measuring.structure import connected_parts as connected_parts
    from learngraph.analysis.measuring.structure import coreness as coreness
    from learngraph.analysis.measuring.structure import dead_ends as dead_ends
    from learngraph.analysis.measuring.structure import rigidity as rigidity
    from learngraph.analysis.measuring.surroundings import subcomplexities as subcomplexities
    from learngraph.analysis.measuring.surroundings import subcomplexity as subcomplexity
    from learngraph.analysis.programs.courses import curriculum as curriculum
    from learngraph.analysis.programs.hidden import HiddenPrerequisite as HiddenPrerequisite
    from learngraph.analysis.programs.hidden import HiddenPrerequisites as HiddenPrerequisites
    from learngraph.analysis.programs.hidden import hidden_prerequisites as hidden_prerequisites
    from learngraph.analysis.programs.outcomes import OutcomesOutOfOrder as OutcomesOutOfOrder
    from learngraph.analysis.programs.outcomes import OutOfOrder as OutOfOrder
    from learngraph.analysis.programs.outcomes import outcomes_out_of_order as outcomes_out_of_order
    from learngraph.analysis.programs.outcomes import ungranted_outcomes as ungranted_outcomes
    from learngraph.analysis.programs.overlaps import ProgramOverlap as ProgramOverlap
    from learngraph.analysis.programs.overlaps import only_needed_by as only_needed_by
    from learngraph.analysis.programs.overlaps import program_overlap as program_overlap
    from learngraph.analysis.programs.program_plans import NoProgramPlanError as NoProgramPlanError
    from learngraph.analysis.reaching.changes import Change as Change
    from learngraph.analysis.reaching.changes import most_helpful_change as most_helpful_change
    from learngraph.analysis.reaching.explanation import Explanation as Explanation
    from learngraph.analysis.reaching.explanation import explain as explain
    from learngraph.analysis.reaching.least import Fewest as Fewest
    from learngraph.analysis.reaching.least import fewest as fewest
    from learngraph.analysis.reaching.necessity import Unlocks as Unlocks
    from learngraph.analysis.reaching.necessity import necessary_for as necessary_for
    from learngraph.analysis.reaching.necessity import unlocks as unlocks
    from learngraph.analysis.reaching.redundancy import RedundantRequirement as RedundantRequirement
    from learngraph.analysis.reaching.redundancy import RedundantRequirements as RedundantRequirements
    from learngraph.analysis.reaching.redundancy import irreducible as irreducible
    from learngraph.analysis.reaching.redundancy import redundant_requirements as redundant_requirements
    from learngraph.analysis.reaching.soundness import Circle as Circle
    from learngraph.analysis.reaching.soundness import Soundness as Soundness
    from learngraph.analysis.reaching.soundness import soundness as soundness
    from learngraph.analysis.touched import Impact as Impact
    from learngraph.analysis.touched import impact as impact
    from learngraph.checks.checking import check as check
    from learngraph.codes import Code as Code
    from learngraph.codes import Severity as Severity
    from learngraph.errors import LearnGraphError as LearnGraphError
    from learngraph.errors import MissingExtraError as MissingExtraError
    from learngraph.files.errors import FormatError as FormatError
    from learngraph.files.errors import ReadError as ReadError
    from learngraph.files.errors import WriteError as WriteError
    from learngraph.files.formats import read as read
    from learngraph.files.formats import read_snapshot as read_snapshot
    from learngraph.files.formats import write as write
    from learngraph.files.settings import SettingError as SettingError
    from learngraph.findings import Finding as Finding
    from learngraph.findings import Findings as Findings
    from learngraph.findings import FindingsError as FindingsError
    from learngraph.findings import Place as Place
    from learngraph.graph.learning_graph import DuplicateKeyError as DuplicateKeyError
    from learngraph.graph.learning_graph import LearningGraph as LearningGraph
    from learngraph.graph.learning_graph import OrgStamp as OrgStamp
    from learngraph.graph.learning_graph import UnknownKeyError as UnknownKeyError
    from learngraph.logic.attainability import Attainability as Attainability
    from learngraph.logic.attainability import attainability as attainability
    from learngraph.logic.clauses import TooManyClausesError as TooManyClausesError
    from learngraph.logic.clauses import clauses as clauses
    from learngraph.logic.equivalence import equivalent as equivalent
    from learngraph.logic.reasons import Why as Why
    from learngraph.model.achievement import Achievement as Achievement
    from learngraph.model.achievement import Provider as Provider
    from learngraph.model.degree_plan import DegreePlan as DegreePlan
    from learngraph.model.grades import GradeScale as GradeScale
    from learngraph.model.grades import UnknownGradeError as UnknownGradeError
    from learngraph.model.grades import UnknownScaleError as UnknownScaleError
    from learngraph.model.learning import Course as Course
    from learngraph.model.learning import Learning as Learning
    from learngraph.model.learning import Program as Program
    from learngraph.model.learning import RecordIds as RecordIds
    from learngraph.model.options import Options as Options
    from learngraph.model.outcome import Outcome as Outcome
    from learngraph.model.outcome import Skill as Skill
    from learngraph.model.program_plan import Credits as Credits
    from learngraph.model.program_plan import PlanRequirement as PlanRequirement
    from learngraph.model.program_plan import ProgramPlan as ProgramPlan
    from learngraph.model.relation import Relation as Relation
    from learngraph.model.relation import Timing as Timing
    from learngraph.model.requirement import AllOf as AllOf
    from learngraph.model.requirement import AnyOf as AnyOf
    from learngraph.model.requirement import AtLeast as AtLeast
    from learngraph.model.requirement import Condition as Condition
    from learngraph.model.requirement import Need as Need
    from learngraph.model.requirement import Requirement as Requirement
    from learngraph.model.salesforce_id import InvalidIdError as InvalidIdError
    from learngraph.model.salesforce_id import SalesforceId as SalesforceId
    from learngraph.model.transcript import Taken as Taken
    from learngraph.model.transcript import Transcript as Transcript
    from learngraph.model.value import FrozenMap as FrozenMap
    from learngraph.model.value import InvalidValueError as InvalidValueError
    from learngraph.orgs import Org as Org
    from learngraph.orgs import apply as apply
    from learngraph.orgs import connect as connect
    from learngraph.orgs import plan as plan
    from learngraph.orgs import pull as pull
    from learngraph.plotting.comparison_chart import plot_comparison as plot_comparison
    from learngraph.plotting.curriculum_picture import plot_curriculum as plot_curriculum
    from learngraph.plotting.curriculum_picture import plot_neighbourhood as plot_neighbourhood
    from learngraph.plotting.lettering import MissingGlyphsWarning as MissingGlyphsWarning
    from learngraph.plotting.map_values import CurriculumMap as CurriculumMap
    from learngraph.plotting.map_values import MapColumn as MapColumn
    from learngraph.plotting.map_values import MapEdge as MapEdge
    from learngraph.plotting.map_values import MapNode as MapNode
    from learngraph.plotting.map_values import NodeKind as NodeKind
    from learngraph.plotting.map_values import Way as Way
    from learngraph.plotting.mapping import curriculum_map as curriculum_map
    from learngraph.plotting.metric_chart import plot_metric as plot_metric
    from learngraph.plotting.programs_chart import plot_programs as plot_programs
    from learngraph.publish.addresses import UnsafeAddressError as UnsafeAddressError
    from learngraph.publish.apply_checks import StalePlanError as StalePlanError
    from learngraph.publish.apply_checks import UnconfirmedOrgError as UnconfirmedOrgError
    from learngraph.publish.apply_checks import UnreviewedPlanError as UnreviewedPlanError
    from learngraph.publish.apply_checks import UnsafePlanError as UnsafePlanError
    from learngraph.publish.apply_checks import WrongOrgError as WrongOrgError
    from learngraph.publish.apply_result import ApplyResult as ApplyResult
    from learngraph.publish.apply_result import ItemOutcome as ItemOutcome
    from learngraph.publish.apply_result import ItemResult as ItemResult
    from learngraph.publish.apply_settings import ApplySettings as ApplySettings
    from learngraph.publish.credentials import AuthError as AuthError
    from learngraph.publish.journal import JournalError as JournalError
    from learngraph.publish.limits import LimitReachedError as LimitReachedError
    from learngraph.publish.org_lock import LockedError as LockedError
    from learngraph.publish.org_lock import LockLostError as LockLostError
    from learngraph.publish.org_lock import LockOwner as LockOwner
    from learngraph.publish.plan_files import AlteredPlanError as AlteredPlanError
    from learngraph.publish.plan_files import read_plan as read_plan
    from learngraph.publish.plan_files import write_plan as write_plan
    from learngraph.publish.plan_limits import PlanLimits as PlanLimits
    from learngraph.publish.planning import PlanSettings as PlanSettings
    from learngraph.publish.publish_plan import OrgFacts as OrgFacts
    from learngraph.publish.publish_plan import PublishPlan as PublishPlan
    from learngraph.publish.questions import UnexpectedAnswerError as UnexpectedAnswerError
    from learngraph.publish.refusals import OrgError as OrgError
    from learngraph.publish.unusable_answers import AnswerTooLargeError as AnswerTooLargeError
    from learngraph.publish.unusable_answers import RedirectedError as RedirectedError
    from learngraph.report.writing import OtherCatalogueError as OtherCatalogueError
    from learngraph.report.writing import write_report as write_report
    from learngraph.salesforce.dialect import Dialect as Dialect
    from learngraph.salesforce.patch import patch_bodies as patch_bodies
    from learngraph.salesforce.post import Bodies as Bodies
    from learngraph.salesforce.post import post_bodies as post_bodies
    from learngraph.salesforce.snapshot import FoundationItem as FoundationItem
    from learngraph.salesforce.snapshot import Grantor as Grantor
    from learngraph.salesforce.snapshot import OutcomeItem as OutcomeItem
    from learngraph.salesforce.snapshot import Snapshot as Snapshot
    from learngraph.salesforce.wire import NoAnswerError as NoAnswerError
    from learngraph.salesforce.wire import NotSentError as NotSentError
    from learngraph.salesforce.wire import UnreadableAnswerError as UnreadableAnswerError

#: the one list of public names, by the module that holds each (a test reads it)
_HOMES = {
    "analysis.comparing.comparison": ("Comparison", "compare"),
    "analysis.degree_plans.excess": (
        "ExplainedComplexity",
        "average_sequencing",
        "explained_complexity",
        "transfer_delay",
    ),
    "analysis.degree_plans.numbers": (
        "CreditBalance",
        "TermStatistics",
        "credit_balance",
        "knowledge_transfer",
        "requisite_distance",
        "term_statistics",
    ),
    "analysis.degree_plans.order": ("plan_faults",),
    "analysis.degree_plans.slack": ("deferment",),
    "analysis.degree_plans.term_weights": ("TermWeighted", "TermWeights", "term_weighted"),
    "analysis.degree_plans.terms": ("UnknownPlanError",),
    "analysis.learners.missing_requirements": ("Lacking", "Missing", "missing"),
    "analysis.learners.openings": ("Opening", "Openings", "can_take"),
    "analysis.learners.plan_audit": ("PlanLine",),
    "analysis.measuring.classic": ("CourseMetrics", "Metrics", "TotalMetrics", "metrics"),
    "analysis.measuring.course_numbers": ("CourseNumbers",),
    "analysis.measuring.network": ("CycleError",),
    "analysis.measuring.paths": ("longest_path", "longest_path_count", "longest_paths"),
    "analysis.measuring.ranges": ("CourseRanges", "MetricRanges", "Range", "metric_ranges"),
    "analysis.measuring.resemblance": ("Homology", "homology", "similarity"),
    "analysis.measuring.structure": ("bottlenecks", "connected_parts", "coreness", "dead_ends", "rigidity"),
    "analysis.measuring.surroundings": ("subcomplexities", "subcomplexity"),
    "analysis.programs.courses": ("curriculum",),
    "analysis.programs.hidden": ("HiddenPrerequisite", "HiddenPrerequisites", "hidden_prerequisites"),
    "analysis.programs.outcomes": ("OutOfOrder", "OutcomesOutOfOrder", "outcomes_out_of_order", "ungranted_outcomes"),
    "analysis.programs.overlaps": ("ProgramOverlap", "only_needed_by", "program_overlap"),
    "analysis.programs.program_plans": ("NoProgramPlanError",),
    "analysis.reaching.changes": ("Change", "most_helpful_change"),
    "analysis.reaching.explanation": ("Explanation", "explain"),
    "analysis.reaching.least": ("Fewest", "fewest"),
    "analysis.reaching.necessity": ("Unlocks", "necessary_for", "unlocks"),
    "analysis.reaching.redundancy": (
        "RedundantRequirement",
        "RedundantRequirements",
        "irreducible",
        "redundant_requirements",
    ),
    "analysis.reaching.soundness": ("Circle", "Soundness", "soundness"),
    "analysis.touched": ("Impact", "impact"),
    "checks.checking": ("check",),
    "codes": ("Code", "Severity"),
    "errors": ("LearnGraphError", "MissingExtraError"),
    "files.errors": ("FormatError", "ReadError", "WriteError"),
    "files.formats": ("read", "read_snapshot", "write"),
    "files.settings": ("SettingError",),
    "findings": ("Finding", "Findings", "FindingsError", "Place"),
    "graph.learning_graph": ("DuplicateKeyError", "LearningGraph", "OrgStamp", "UnknownKeyError"),
    "logic.attainability": ("Attainability", "attainability"),
    "logic.clauses": ("TooManyClausesError", "clauses"),
    "logic.equivalence": ("equivalent",),
    "logic.reasons": ("Why",),
    "model.achievement": ("Achievement", "Provider"),
    "model.degree_plan": ("DegreePlan",),
    "model.grades": ("GradeScale", "UnknownGradeError", "UnknownScaleError"),
    "model.learning": ("Course", "Learning", "Program", "RecordIds"),
    "model.options": ("Options",),
    "model.outcome": ("Outcome", "Skill"),
    "model.program_plan": ("Credits", "PlanRequirement", "ProgramPlan"),
    "model.relation": ("Relation", "Timing"),
    "model.requirement": ("AllOf", "AnyOf", "AtLeast", "Condition", "Need", "Requirement"),
    "model.salesforce_id": ("InvalidIdError", "SalesforceId"),
    "model.transcript": ("Taken", "Transcript"),
    "model.value": ("FrozenMap", "InvalidValueError"),
    "orgs": ("Org", "apply", "connect", "plan", "pull"),
    "plotting.comparison_chart": ("plot_comparison",),
    "plotting.curriculum_picture": ("plot_curriculum", "plot_neighbourhood"),
    "plotting.lettering": ("MissingGlyphsWarning",),
    "plotting.map_values": ("CurriculumMap", "MapColumn", "MapEdge", "MapNode", "NodeKind", "Way"),
    "plotting.mapping": ("curriculum_map",),
    "plotting.metric_chart": ("plot_metric",),
    "plotting.programs_chart": ("plot_programs",),
    "publish.addresses": ("UnsafeAddressError",),
    "publish.apply_checks": (
        "StalePlanError",
        "UnconfirmedOrgError",
        "UnreviewedPlanError",
        "UnsafePlanError",
        "WrongOrgError",
    ),
    "publish.apply_result": ("ApplyResult", "ItemOutcome", "ItemResult"),
    "publish.apply_settings": ("ApplySettings",),
    "publish.credentials": ("AuthError",),
    "publish.journal": ("JournalError",),
    "publish.limits": ("LimitReachedError",),
    "publish.org_lock": ("LockLostError", "LockOwner", "LockedError"),
    "publish.plan_files": ("AlteredPlanError", "read_plan", "write_plan"),
    "publish.plan_limits": ("PlanLimits",),
    "publish.planning": ("PlanSettings",),
    "publish.publish_plan": ("OrgFacts", "PublishPlan"),
    "publish.questions": ("UnexpectedAnswerError",),
    "publish.refusals": ("OrgError",),
    "publish.unusable_answers": ("AnswerTooLargeError", "RedirectedError"),
    "report.writing": ("OtherCatalogueError", "write_report"),
    "salesforce.dialect": ("Dialect",),
    "salesforce.patch": ("patch_bodies",),
    "salesforce.post": ("Bodies", "post_bodies"),
    "salesforce.snapshot": ("FoundationItem", "Grantor", "OutcomeItem", "Snapshot"),
    "salesforce.wire": ("NoAnswerError", "NotSentError", "UnreadableAnswerError"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

#: modules that are public as a whole, by the package that holds each
_MODULES = {"examples": "learngraph", "what_if": "learngraph.analysis"}

__all__ = sorted([*_HOME_OF, *_MODULES])  # noqa: PLE0605 - one list, made from the table above


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"{_MODULES[name]}.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'learngraph' has no attribute {name!r}")
    value = getattr(import_module(f"learngraph.{_HOME_OF[name]}"), name)
    globals()[name] = value  # found once
    return value


def __dir__() -> list[str]:
    return [*__all__]
