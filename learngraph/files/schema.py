"""The JSON Schema of the document."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from learngraph.files.document import FORMAT
from learngraph.graph.learning_graph import OrgStamp
from learngraph.model.achievement import Achievement, Provider
from learngraph.model.degree_plan import DegreePlan
from learngraph.model.learning import Course, Program
from learngraph.model.options import Options
from learngraph.model.program_plan import ProgramPlan
from learngraph.model.relation import Timing
from learngraph.model.value import Value

_KINDS: tuple[type[Value], ...] = (
    Options,
    OrgStamp,
    Provider,
    Achievement,
    Course,
    Program,
    ProgramPlan,
    DegreePlan,
)
_PARTS = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Requirement"}}
_GRADE = {
    "type": ["number", "string", "null"],
    "description": "a number, or a letter of the scale in options.grades",
}


def document_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the document, which helps editors to help people.

    Examples
    --------
    >>> document_schema()["properties"]["format"]
    {'const': 'learngraph/1'}
    """
    definitions: dict[str, Any] = {"Requirement": _requirement(), "Credits": _credits()}
    for kind in _KINDS:
        # what a definition needs besides itself is lifted to the top, where references look for it
        schema = kind.model_json_schema(ref_template="#/$defs/{model}", schema_generator=_WithoutDefaults)
        definitions.update(_named(schema.pop("$defs", {})))
        definitions[kind.__name__] = _named(schema)
    for kind in (Course, Program):
        definition = definitions[kind.__name__]
        definition["properties"] = {"type": {"const": kind.type}, **definition["properties"]}
        definition["required"] = ["key", "type"]
        for field in ("outcomes", "skills"):  # a name alone stands for one without details
            items = definition["properties"][field]["items"]
            definition["properties"][field]["items"] = {"anyOf": [{"type": "string", "minLength": 1}, items]}
    definitions["Outcome"]["properties"]["minimum_grade"] = _GRADE
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "learngraph document",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "options": {"$ref": "#/$defs/Options"},
            "salesforce": {"$ref": "#/$defs/OrgStamp"},
            "providers": _list({"$ref": "#/$defs/Provider"}),
            "achievements": _list({"$ref": "#/$defs/Achievement"}),
            "learnings": _list({"oneOf": [{"$ref": "#/$defs/Course"}, {"$ref": "#/$defs/Program"}]}),
            "program_plans": _list({"$ref": "#/$defs/ProgramPlan"}),
            "degree_plans": _list({"$ref": "#/$defs/DegreePlan"}),
            "snapshot": {
                "type": "object",
                "description": "what a pull adds: the org's own items and their ids",
            },
        },
        "required": ["format"],
        "additionalProperties": False,
        "$defs": definitions,
    }


class _WithoutDefaults(GenerateJsonSchema):
    """Leaves defaults out: a document that leaves a field out says nothing, which is the default of all."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        """Give the schema of the field without its default."""
        return self.generate_inner(schema["schema"])


def _named(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """Turn the names that values leave for what the document defines into references."""
    if isinstance(schema, list):
        return [_named(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.keys() == {"$comment"}:
        return {"$ref": f"#/$defs/{schema['$comment']}"}
    return {name: _named(part) for name, part in schema.items()}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _requirement() -> dict[str, Any]:
    need = {
        "need": {"type": ["string", "null"]},
        "minimum_grade": _GRADE,
        "timing": {"enum": [*Timing, None]},
        "duration": {"type": ["number", "null"]},
        "duration_unit": {"type": ["string", "null"]},
    }
    return {
        "description": "a key, or one of these forms",
        "anyOf": [
            {"type": "string", "minLength": 1},
            _object(need, "need"),
            _object({"any": _PARTS}, "any"),
            _object({"all": _PARTS}, "all"),
            _object({"at_least": {"type": "integer", "minimum": 1}, "of": _PARTS}, "at_least", "of"),
            _object({"condition": {"type": "string"}}, "condition"),
        ],
    }


def _credits() -> dict[str, Any]:
    return _object({"credits": {"type": "number"}, "of": _PARTS}, "credits", "of")


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }
