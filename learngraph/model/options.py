"""What holds for a whole catalogue."""

from typing import Annotated, Literal

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from learngraph.model.grades import GradeScale, read_grades, scale_of
from learngraph.model.relation import Relation, Timing
from learngraph.model.value import FrozenMap, Key, Map, Text, Value

Grades = Annotated[
    str | FrozenMap,
    PlainValidator(read_grades),
    PlainSerializer(lambda grades: grades if isinstance(grades, str) else grades.thawed()),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class Options(Value):
    """What holds for a whole catalogue; each has a default, and can be overridden where it is used.

    `degree_type` ("BS") and `cip_code` are for catalogues that are the curriculum of one degree.
    `grades` names a scale ("us", "itu") or is a map from letter to number. `external_id_field` is the
    custom field in which the org keeps external ids; programs may have another one. `defaults` fill
    what a learning does not state when it enters a graph. `unknown_references` says whether what is not
    in the graph stops a body ("refuse") or is left out of it with a warning ("leave_out"). `dialect`
    overrides settings of `Dialect`.

    Examples
    --------
    >>> Options(grades="itu", defaults={"active": True}).corequisite_timing
    <Timing.BEFORE_OR_WITH: 'before_or_with'>
    """

    name: Text | None = None
    institution: Text | None = None
    catalogue_year: Text | None = None
    system_type: Literal["semester", "quarter"] = "semester"
    degree_type: Text | None = None
    cip_code: Text | None = None
    grades: Grades = "us"
    external_id_field: Key | None = None
    program_external_id_field: Key | None = None
    corequisite_timing: Timing = Timing.BEFORE_OR_WITH
    unknown_references: Literal["refuse", "leave_out"] = "refuse"
    defaults: Map = FrozenMap()
    dialect: Map = FrozenMap()

    @property
    def scale(self) -> GradeScale:
        """The grade scale that `grades` stands for."""
        return scale_of(self.grades)

    def external_id_field_of(self, type_: str) -> str | None:
        """Give the custom field in which the org keeps the external ids of a "course" or a "program"."""
        programs = self.program_external_id_field if type_ == "program" else None
        return programs or self.external_id_field

    def timing_of(self, relation: Relation) -> Timing:
        """Give what a need means that states no timing."""
        return self.corequisite_timing if relation is Relation.COREQUISITE else Timing.BEFORE
