"""What the documentation leaves open, as named settings with stated defaults."""

from typing import Any, Literal, Self

from pydantic import Field, field_validator

from learngraph.model.value import FrozenMap, Map, Value


class Dialect(Value):
    """What the documentation of the resource leaves open, each as a setting that can be overridden.

    Nothing here was settled by the documentation; `docs/decisions/0004` says why each default is what it
    is. A document carries settings in `options.dialect`, the command line takes them as `--set NAME=VALUE`.

    Parameters
    ----------
    bodies
        "minimal": a PATCH holds what differs. "documented": a learning that differs is sent with all its
        fields, and `{}` or `[]` for relations that do not differ, as the guide's example has it.
    dates
        "datetime": days as the guide's examples write them, from the first to the last moment of the
        period. "date": `yyyy-MM-dd`, as the REST guide asks of date fields.
    group
        What a Group Achievement means: "any_of" or "all_of" its contributors.
    corequisite
        What Co-requisite means to the org: "before_or_with" or "with".
    mixed_timings
        What becomes of an any-of in which some alternatives must be taken before and others may be taken
        together: "refuse" it, or send it whole as a "corequisite" (looser) or "prerequisite" (stricter).
    patch_outcomes
        Whether the outcomes of a PATCH "add" to what is there or "replace" it.
    unstated
        What a PATCH does to fields that the wanted learning does not state: "keep" or "clear" them. Names,
        flags, external ids and custom fields are never cleared.
    clear_with
        How a field is cleared: with "null" or with "empty" text.
    batch_size
        The most learnings in a body.
    clause_limit
        The most requirements of one relation of a learning.
    value_sets
        The org's own picklists, by field (`academic_level`, `duration_unit`, ...), in place of the
        documented ones.
    text_lengths
        The most characters of a field, by its name; the guide states none.

    Examples
    --------
    >>> Dialect(bodies="documented").group
    'any_of'
    """

    bodies: Literal["minimal", "documented"] = "minimal"
    dates: Literal["datetime", "date"] = "datetime"
    group: Literal["any_of", "all_of"] = "any_of"
    corequisite: Literal["before_or_with", "with"] = "before_or_with"
    mixed_timings: Literal["refuse", "corequisite", "prerequisite"] = "refuse"
    patch_outcomes: Literal["add", "replace"] = "add"
    unstated: Literal["keep", "clear"] = "keep"
    clear_with: Literal["null", "empty"] = "null"
    batch_size: int = Field(default=25, ge=1, strict=True)
    clause_limit: int = Field(default=100, ge=1, strict=True)
    value_sets: Map = FrozenMap()
    text_lengths: Map = FrozenMap({"name": 255})

    @field_validator("value_sets")
    @classmethod
    def _lists_of_texts(cls, sets: FrozenMap) -> FrozenMap:
        for name, values in sets.items():
            if not isinstance(values, tuple) or not all(isinstance(value, str) for value in values):
                raise ValueError(f"the values of {name} are no list of texts")
        return sets

    @field_validator("text_lengths")
    @classmethod
    def _whole_numbers(cls, lengths: FrozenMap) -> FrozenMap:
        for name, length in lengths.items():
            if isinstance(length, bool) or not isinstance(length, int) or length < 1:
                raise ValueError(f"the length of {name} is no whole number above 0")
        return lengths

    @classmethod
    def of(cls, settings: FrozenMap, dialect: Self | None = None) -> Self:
        """Give the dialect that the caller named, or else the one of a catalogue's settings.

        Raises
        ------
        InvalidValueError
            where a setting is unknown or has an impossible value.
        """
        if dialect is not None:
            return dialect
        stated: dict[str, Any] = settings.thawed()
        return cls(**stated)
