"""Options of a catalogue, from a document and from those who override it."""

from collections.abc import Mapping
from typing import Any

from learngraph.codes import Code
from learngraph.errors import LearnGraphError
from learngraph.findings import Finding, Place
from learngraph.model.learning import Course, Program
from learngraph.model.options import Options
from learngraph.model.value import InvalidValueError, short
from learngraph.salesforce.dialect import Dialect


class SettingError(LearnGraphError, ValueError):
    """A setting that is unknown, or whose value is impossible.

    Attributes
    ----------
    name, fault
        The setting, and what is wrong with it.
    """

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(name, fault)
        self.name = name
        self.fault = fault

    def __str__(self) -> str:
        return f"the setting {self.name}: {self.fault}"


def read_options(
    raw: Mapping[str, Any] | None, overrides: Mapping[str, Any], place: Place, found: list[Finding]
) -> Options:
    """Read the options of a document; what cannot be read is added to `found`.

    `overrides` hold options and settings of the dialect, by their names.

    Raises
    ------
    SettingError
        where one of `overrides` is unknown or has an impossible value.
    """
    stated = {name: value for name, value in dict(raw or {}).items() if value is not None}
    stated = _readable(stated, place, found)
    own = {name: value for name, value in overrides.items() if name in Options.model_fields and name != "dialect"}
    dialect = {name: value for name, value in overrides.items() if name not in own}
    try:
        Options(**own)
        Dialect(**dialect)
    except InvalidValueError as error:
        name, fault = error.faults[0]
        raise SettingError(name.split(".")[0], fault) from None
    faults: list[Finding] = []
    for field, value in own.get("defaults", {}).items():
        if not _is_default(field, value, place, faults):
            raise SettingError(faults[0].place.field, faults[0].message)
    merged = {**stated, **own}
    if "defaults" in own:
        merged["defaults"] = {**stated.get("defaults", {}), **own["defaults"]}
    if dialect:
        merged["dialect"] = {**merged.get("dialect", {}), **dialect}
    return Options(**merged)


def _readable(stated: dict[str, Any], place: Place, found: list[Finding]) -> dict[str, Any]:
    left: dict[str, Any] = {}
    for name, value in stated.items():
        if name not in ("dialect", "defaults"):
            left[name] = value
        elif not isinstance(value, Mapping):
            found.append(_fault(name, f"{short(value)} is no object", place))
        elif name == "dialect":
            left[name] = _drop(Dialect, dict(value), place, found, prefix="dialect.")
        else:
            left[name] = {field: one for field, one in value.items() if _is_default(field, one, place, found)}
    return _drop(Options, left, place, found)


def _is_default(field: str, value: object, place: Place, found: list[Finding]) -> bool:
    """Whether a learning can have this value in this field; what stands in the way is told."""
    kind = next((kind for kind in (Course, Program) if field in kind.model_fields), None)
    fault = "there is no such field"
    try:
        if kind is not None:
            kind(**{"key": "any", field: value})
            if kind.model_fields[field].default is None:  # only what can be left unstated has a default
                return True
            fault = "a learning always states this, so it has no default"
    except InvalidValueError as error:
        fault = error.faults[0][1]
    found.append(_fault(f"defaults.{field}", fault, place))
    return False


def _drop(
    kind: type[Options | Dialect],
    stated: dict[str, Any],
    place: Place,
    found: list[Finding],
    *,
    prefix: str = "",
) -> dict[str, Any]:
    try:
        kind(**stated)
    except InvalidValueError as error:
        wrong = {path.split(".")[0]: fault for path, fault in error.faults}
        found.extend(_fault(prefix + name, fault, place) for name, fault in wrong.items())
        return {name: value for name, value in stated.items() if name not in wrong}
    return stated


def _fault(name: str, fault: str, place: Place) -> Finding:
    spot = Place(place.file, place.line, place.record, name)
    return Finding(Code.UNKNOWN_SETTING, fault, place=spot, cause=name, hint="see docs/data-model.md for the options")
