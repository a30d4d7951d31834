"""How the org is told of a learning, an achievement or a provider: by record, or by external id."""

from dataclasses import dataclass

from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Course, Learning
from learngraph.model.options import Options
from learngraph.model.salesforce_id import canonical, is_salesforce_id, looks_like_salesforce_id
from learngraph.salesforce.bodies import Body


@dataclass(frozen=True, slots=True)
class References:
    """References from the learnings of a graph to what they need and grant.

    `records` gives ids of records by keys: those that the graph states, and those that a snapshot adds.
    """

    graph: LearningGraph
    records: dict[str, str]

    @classmethod
    def of(cls, graph: LearningGraph) -> "References":
        """Refer by what the graph itself knows."""
        records = ((learning.key, learning.record_id) for learning in graph)
        return cls(graph, {key: canonical(record_id) for key, record_id in records if record_id})

    def record(self, key: str) -> str | None:
        """Give the id of the record that a key stands for, where it is known."""
        known = self.records.get(key)
        if known:
            return known
        return canonical(key) if is_salesforce_id(key) else None

    def to(self, key: str, *, by: str, single: bool) -> Body | Finding:
        """Give the properties that refer to what a key stands for, or the finding that says why there are none.

        `by` is the learning that refers. A single requirement has no property for a program's external
        id; the contributors of a group have one.
        """
        if is_achievement(key, self.graph):
            record_id = achievement_id(key, self.graph)
            if record_id:
                return {"learningAchievementId": canonical(record_id)}
            return Finding(Code.NO_REFERENCE, f"needs the achievement {key}, which has no record", keys=(by, key))
        record_id = self.record(key)
        if record_id:
            return {"learningId": record_id}
        if key not in self.graph:
            hint = "mend the key, add the learning, or set unknown_references=leave_out"
            return Finding(
                Code.UNKNOWN_REFERENCE,
                f"needs {key}, which is not in the catalogue",
                keys=(by, key),
                hint=hint,
                cause=key,
            )
        return self._by_external_id(self.graph[key], by=by, single=single)

    def _by_external_id(self, learning: Learning, *, by: str, single: bool) -> Body | Finding:
        name = external_id_field(learning, self.graph.options)
        if name is None:
            hint = "name a unique external-id field (--external-id-field), or publish it first and give its record id"
            return Finding(
                Code.NO_REFERENCE,
                f"needs {learning.key}, which has no record yet",
                keys=(by, learning.key),
                hint=hint,
                cause=learning.key,
            )
        reference = {"fieldName": name, "fieldValue": external_id(learning)}
        if isinstance(learning, Course):
            return {"courseExternalId": reference}
        if single:
            return Finding(
                Code.PROGRAM_BY_EXTERNAL_ID,
                f"needs the program {learning.key} alone, and the API takes no external id of a program there",
                keys=(by, learning.key),
                hint="publish the program first and give its record id, or let a PATCH add the requirement",
                cause=learning.key,
            )
        return {"programExternalId": reference}


def external_id_field(learning: Learning, options: Options) -> str | None:
    """Give the custom field in which the org keeps the external id of a course or of a program."""
    return options.external_id_field_of(learning.type)


def external_id(learning: Learning) -> str:
    """Give the external id of a learning: the one that it states, or its key."""
    return learning.external_id or learning.key


def provider_id(learning: Learning, graph: LearningGraph) -> str | Finding | None:
    """Give the id of the provider's account; a finding where the provider has none."""
    if not learning.provider:
        return None
    known = next((provider for provider in graph.providers if provider.key == learning.provider), None)
    if known is not None and known.record_id:
        return known.record_id
    if is_salesforce_id(learning.provider):
        return learning.provider
    return Finding(
        Code.PROVIDER_WITHOUT_RECORD,
        f"its provider {learning.provider} is left out: no account id is known",
        keys=(learning.key,),
        hint="give the provider a record_id",
        cause=learning.provider,
    )


def is_achievement(key: str, graph: LearningGraph) -> bool:
    """Whether a key stands for an achievement: one of the graph, or a record by its id.

    What an org answered is taken as it is, a wrong checksum included.
    """
    if key in graph.achievements:
        return True
    if not key.startswith("0u9"):
        return False
    alike = is_salesforce_id(key) or (graph.org.answered and looks_like_salesforce_id(key))
    return alike and key not in graph


def achievement_id(key: str, graph: LearningGraph) -> str | None:
    """Give the id of an achievement's record, where it is known."""
    known = graph.achievements.get(key)
    if known is not None and known.record_id:
        return known.record_id
    return key if is_salesforce_id(key) or (known is None and is_achievement(key, graph)) else None
