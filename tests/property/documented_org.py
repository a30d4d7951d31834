"""An org that does what the guide says of the Learnings Graph resource, and refuses what it does not know.

It is the oracle of the PATCH and POST laws, so it shares no code with the package: rows of plain dicts.
A learning grants a primary achievement of its own; a Single Achievement that names a learning rests on
that one; a Group Achievement makes an achievement of its own and lays an outcome item on each contributor.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Row: TypeAlias = dict[str, Any]
Json: TypeAlias = dict[str, Any]

RELATIONS = ("prerequisites", "corequisites", "recommended")
_FIELDS = {
    "name", "provider", "description", "courseLevelDescription", "subjectAbbreviation", "fieldOfStudy",
    "courseNumber", "active", "activeFromDate", "activeToDate", "duration", "durationUnit", "cipCode",
    "academicLevel", "topLevelProgram",
}  # fmt: skip
_DAYS = {"activeFromDate", "activeToDate"}
_IDS = {"learningId", "learningCourseId", "learningProgramId"}
_CUSTOM = {"Learning Course": "learningCourseCustomFields", "Learning Program": "learningProgramCustomFields"}
_TARGETS = {"learningId", "learningAchievementId", "courseExternalId"}
_SINGLE = {*_TARGETS, "type", "minimumGrade", "duration", "durationUnit", "isPrimary", "learningOutcomeId"}


class RefusedError(Exception):
    """The org does not take this request."""


def record_id(prefix: str, number: int) -> str:
    """Make an id of 18 characters; of each five the capitals, read from the right, number its last letters."""
    short = f"{prefix}LT{number:08d}Zq"
    ends = ("".join("01"["A" <= letter <= "Z"] for letter in short[at : at + 5][::-1]) for at in (0, 5, 10))
    return short + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[int(bits, 2)] for bits in ends)


@dataclass(frozen=True)
class Style:
    """How answers are spelt: all of it means the same."""

    nothing: Literal["null", "empty", "absent"] = "null"
    moment: str = "T12:00:00.00Z"
    short_ids: bool = False
    as_in_examples: bool = False

    def written(self, row: Mapping[str, Any]) -> Json:
        """Write a row with its nothings, in the spelling of the tables or of the examples."""
        spelt = {"fulfilledBy": "fullfilledBy"} if self.as_in_examples else {}
        empty = "" if self.nothing == "empty" else None
        return {
            spelt.get(name, name): empty if value is None else self._value(name, value)
            for name, value in row.items()
            if value is not None or self.nothing != "absent"
        }

    def _value(self, name: str, value: object) -> object:
        if self.short_ids and name.endswith("Id") and isinstance(value, str):
            return value[:15]
        return f"{value}{self.moment}" if name in _DAYS else value


PLAIN = Style()


@dataclass
class DocumentedOrg:
    """Tables by record id.

    `outcomes_do` says what the outcomes of a PATCH do to those that are there, and `orphans` what becomes of
    a group and of what it laid on its contributors when its item is deleted: the guide says neither.
    """

    outcomes_do: Literal["add", "replace"] = "add"
    orphans: Literal["stay", "go"] = "stay"
    learnings: dict[str, Row] = field(default_factory=dict)
    achievements: dict[str, str] = field(default_factory=dict)  # the kind of each
    items: dict[str, Row] = field(default_factory=dict)
    outcomes: dict[str, Row] = field(default_factory=dict)
    made: int = 0

    def copy(self) -> "DocumentedOrg":
        return deepcopy(self)

    # --- what staff do by hand -------------------------------------------------------------------

    def add_achievement(self, kind: str = "Custom") -> str:
        identity = self._new("0u9")
        self.achievements[identity] = kind
        return identity

    def add_outcome(self, learning: str, achievement: str, *, primary: bool = False, **stated: Any) -> str:
        identity = self._new("0uE")
        self.outcomes[identity] = {
            "learning": learning, "achievement": achievement, "primary": primary,
            "grade": stated.get("grade"), "duration": stated.get("duration"), "unit": stated.get("unit"),
        }  # fmt: skip
        return identity

    def add_item(self, learning: str, relation: str, achievement: str, **stated: Any) -> str:
        identity = self._new("0ww")
        self.items[identity] = {
            "learning": learning, "relation": relation, "achievement": achievement,
            "grade": stated.get("grade"), "duration": stated.get("duration"), "unit": stated.get("unit"),
        }  # fmt: skip
        return identity

    def add_group(self, contributors: Iterable[tuple[str, Any]], kind: str = "AchievementGroup") -> str:
        group = self.add_achievement(kind)
        for learning, grade in contributors:
            self.add_outcome(learning, group, grade=grade)
        return group

    def own_achievement(self, learning: str) -> str:
        return next(
            str(row["achievement"]) for row in self.outcomes.values() if row["primary"] and row["learning"] == learning
        )

    def _new(self, prefix: str) -> str:
        self.made += 1
        return record_id(prefix, self.made)

    # --- POST ------------------------------------------------------------------------------------

    def post(self, body: Json) -> list[str]:
        """Create learnings; what they refer to has to be there before the request."""
        _only(body, {"learnings"})
        resolved = [self._resolved(one) for one in body["learnings"]]
        return [self._create(*one) for one in resolved]

    def _resolved(self, one: Json) -> tuple[Json, dict[str, list[Row]], list[Row], list[Row]]:
        _only(one, {"learning", "outcomes", "skills", *RELATIONS})
        wanted = {name: [self._target(mapping) for mapping in one.get(name, ())] for name in RELATIONS}
        outcomes = [self._target(mapping, outcome=True) for mapping in one.get("outcomes", ())]
        return one["learning"], wanted, outcomes, list(one.get("skills", ()))

    def _create(self, stated: Json, wanted: dict[str, list[Row]], outcomes: list[Row], skills: list[Row]) -> str:
        if _IDS & stated.keys():
            raise RefusedError("a new learning has no id")
        kind = stated["type"]
        identity = self._new("0ty")
        own = self._new("0vY" if kind == "Learning Course" else "0u2")
        self.learnings[identity] = {"type": kind, "own": own, "fields": {}, "custom": {}, "skills": skills}
        self._set(self.learnings[identity], stated)
        primary = self.add_achievement(kind.replace(" ", ""))
        self.add_outcome(identity, primary, primary=True)
        for relation, targets in wanted.items():
            for target in targets:
                self._add_requirement(identity, relation, target)
        for target in outcomes:
            self.add_outcome(identity, **target)
        return identity

    # --- PATCH -----------------------------------------------------------------------------------

    def patch(self, body: Json) -> None:
        """Change learnings: fields that are named, items by id, outcomes as this org takes them."""
        _only(body, {"learnings"})
        for one in body["learnings"]:
            _only(one, {"learning", "outcomes", *RELATIONS})
            identity = one["learning"]["learningId"]
            row = self.learnings.get(identity)
            if row is None or row["type"] != one["learning"]["type"]:
                raise RefusedError(f"there is no such learning: {identity}")
            self._set(row, one["learning"])
            for relation in RELATIONS:
                self._change(identity, relation, one.get(relation, {}))
            if "outcomes" in one:
                self._patch_outcomes(identity, one["outcomes"])

    def _change(self, identity: str, relation: str, change: Json) -> None:
        _only(change, {"createRecords", "deleteRecords"})
        created = [self._target(mapping) for mapping in change.get("createRecords", ())]
        for lookup in change.get("deleteRecords", ()):
            _only(lookup, {"foundationItemId"})
            item = self.items.pop(lookup["foundationItemId"], None)
            if item is None or (item["learning"], item["relation"]) != (identity, relation):
                raise RefusedError(f"there is no such item: {lookup}")
            if self.orphans == "go" and self._is_group(item["achievement"]):
                self._forget(item["achievement"])
        for target in created:
            self._add_requirement(identity, relation, target)

    def _patch_outcomes(self, identity: str, mappings: list[Json]) -> None:
        targets = [self._target(mapping, outcome=True) for mapping in mappings]
        if self.outcomes_do == "replace":
            for outcome in self.other_outcomes(identity):
                del self.outcomes[outcome]
        for target in targets:
            self.add_outcome(identity, **target)

    def other_outcomes(self, identity: str) -> list[str]:
        """Give the outcomes besides a learning's own achievement and what groups laid on it."""
        return [
            key
            for key, row in self.outcomes.items()
            if row["learning"] == identity and not row["primary"] and not self._is_group(row["achievement"])
        ]

    def _is_group(self, achievement: str) -> bool:
        return "group" in self.achievements[achievement].casefold()

    def _forget(self, achievement: str) -> None:
        if all(item["achievement"] != achievement for item in self.items.values()):
            self.outcomes = {key: row for key, row in self.outcomes.items() if row["achievement"] != achievement}

    # --- parts of bodies -------------------------------------------------------------------------

    def _set(self, row: Row, stated: Json) -> None:
        custom = _CUSTOM[row["type"]]
        _only(stated, {"type", custom, *_FIELDS, *_IDS})
        for name in _FIELDS & stated.keys():
            value = stated[name]
            if value is None or value == "":
                row["fields"].pop(name, None)
            elif name == "courseNumber":
                row["fields"][name] = str(value)  # a text field in the org, whatever is sent
            else:
                row["fields"][name] = value[:10] if name in _DAYS else value
        row["custom"].update(stated.get(custom, {}))

    def _target(self, mapping: Json, *, outcome: bool = False) -> Row:
        if mapping["type"] == "Group Achievement" and not outcome:
            _only(mapping, {"type", "achievementContributors"})
            pairs = [self._contributor(one) for one in mapping["achievementContributors"]]
            if len({learning for learning, _ in pairs}) < len(pairs):
                raise RefusedError("a contributor stands twice in a group")
            return {"contributors": pairs}
        if mapping["type"] != "Single Achievement":
            raise RefusedError(f"there is no such type here: {mapping['type']}")
        _only(mapping, _SINGLE)
        if len(_TARGETS & mapping.keys()) != 1:
            raise RefusedError(f"a single names one thing: {mapping}")
        target = {
            "achievement": self._achievement(mapping),
            "grade": mapping.get("minimumGrade"),
            "duration": mapping.get("duration"),
            "unit": mapping.get("durationUnit"),
        }
        return {**target, "primary": bool(mapping.get("isPrimary"))} if outcome else target

    def _achievement(self, mapping: Json) -> str:
        if "learningAchievementId" in mapping:
            identity = str(mapping["learningAchievementId"])
            if identity not in self.achievements:
                raise RefusedError(f"there is no such achievement: {identity}")
            return identity
        if "learningId" in mapping:
            return self.own_achievement(self._there(mapping["learningId"]))
        return self.own_achievement(self._by_external_id(mapping["courseExternalId"], "Learning Course"))

    def _contributor(self, one: Json) -> tuple[str, Any]:
        _only(one, {"id", "type", "minimumGrade", "courseExternalId", "programExternalId"})
        if one["type"] != "Learning" or len({"id", "courseExternalId", "programExternalId"} & one.keys()) != 1:
            raise RefusedError(f"a contributor names one learning: {one}")
        grade = one.get("minimumGrade")
        if "id" in one:
            return self._there(one["id"]), grade
        if "courseExternalId" in one:
            return self._by_external_id(one["courseExternalId"], "Learning Course"), grade
        return self._by_external_id(one["programExternalId"], "Learning Program"), grade

    def _there(self, identity: str) -> str:
        if identity not in self.learnings:
            raise RefusedError(f"there is no such learning: {identity}")
        return identity

    def _by_external_id(self, reference: Json, kind: str) -> str:
        _only(reference, {"fieldName", "fieldValue"})
        found = [
            key
            for key, row in self.learnings.items()
            if row["type"] == kind and row["custom"].get(reference["fieldName"]) == reference["fieldValue"]
        ]
        if len(found) != 1:
            raise RefusedError(f"{len(found)} learnings have the external id {reference}")
        return found[0]

    def _add_requirement(self, identity: str, relation: str, target: Row) -> None:
        if "contributors" in target:
            self.add_item(identity, relation, self.add_group(target["contributors"]))
        else:
            self.add_item(identity, relation, **target)

    # --- GET -------------------------------------------------------------------------------------

    def answers(self, style: Style = PLAIN) -> list[Json]:
        """Answer Get Learning for every learning."""
        return [self.answer(identity, style) for identity in self.learnings]

    def answer(self, identity: str, style: Style = PLAIN) -> Json:
        row = self.learnings[identity]
        own = "learningCourseId" if row["type"] == "Learning Course" else "learningProgramId"
        fields = {name: row["fields"].get(name) for name in sorted(_FIELDS)}
        learning = {"learningId": identity, own: row["own"], "type": row["type"], **fields}
        relations = {
            relation: [
                self._item_answer(key, item, style)
                for key, item in self.items.items()
                if (item["learning"], item["relation"]) == (identity, relation)
            ]
            for relation in RELATIONS
        }
        outcomes = [
            style.written({
                "category": None, "duration": item["duration"], "durationUnit": item["unit"],
                "isPrimary": item["primary"], "learningAchievementId": item["achievement"],
                "learningId": identity, "learningOutcomeId": key, "minimumNumericGrade": item["grade"],
                "name": "LOI",
            })
            for key, item in self.outcomes.items()
            if item["learning"] == identity
        ]  # fmt: skip
        written = {**style.written(learning), _CUSTOM[row["type"]]: row["custom"]}
        return {"learning": written, **relations, "outcomes": outcomes}

    def _item_answer(self, key: str, item: Row, style: Style) -> Json:
        fulfillers = [
            self._fulfiller(outcome, row, style)
            for outcome, row in self.outcomes.items()
            if row["achievement"] == item["achievement"]
        ]
        return style.written({
            "learningFoundationItemId": key, "learningAchievementId": item["achievement"],
            "learningAchievementType": self.achievements[item["achievement"]],
            "minimumNumericGrade": item["grade"], "duration": item["duration"], "durationUnit": item["unit"],
            "fulfilledBy": fulfillers,
        })  # fmt: skip

    def _fulfiller(self, key: str, row: Row, style: Style) -> Json:
        # the tables have the grade with the outcome item, the examples with the learning
        grade = {"minimumNumericGrade": row["grade"]}
        outcome = {"learningOutcomeId": key, "duration": row["duration"], "durationUnit": row["unit"]}
        kind = self.learnings[row["learning"]]["type"]
        learning = {"type": kind, "learningId": row["learning"], "courseNumber": None}
        if style.as_in_examples:
            learning = {**learning, "type": kind.replace(" ", ""), **grade}
        else:
            outcome = {**outcome, **grade}
        return {"learningOutcomeItem": style.written(outcome), "learning": style.written(learning)}

    # --- what it holds ---------------------------------------------------------------------------

    def lacks(self, wanted: Row) -> list[str]:
        """Say in what a learning is not as wanted; nothing where all that is stated is held.

        `wanted` has an `id`, `fields`, `nothing` (fields that must be empty), `custom`, for each relation
        its clauses in the form that `meanings` gives, each once, and `outcomes` as achievement, grade,
        duration and unit; `outcomes_only` says that there must be no others.
        """
        identity = wanted["id"]
        row = self.learnings[identity]
        held = [self.outcomes[key] for key in self.other_outcomes(identity)]
        outcomes = [(one["achievement"], one["grade"], one["duration"], one["unit"]) for one in held]
        rest, missing = _taken_away(outcomes, wanted["outcomes"])
        return [
            *(f"{name} is not {value!r}" for name, value in wanted["fields"].items()
              if not _same(row["fields"].get(name), value)),
            *(f"{name} is not empty" for name in wanted.get("nothing", ()) if name in row["fields"]),
            *(f"{name} is not {value!r}" for name, value in wanted["custom"].items()
              if not _same(row["custom"].get(name), value)),
            *(fault for relation in RELATIONS for fault in self._relation_lacks(wanted, relation)),
            *(f"the outcome {one} is missing" for one in missing),
            *(f"the outcome {one} is too much" for one in rest if wanted.get("outcomes_only")),
        ]  # fmt: skip

    def _relation_lacks(self, wanted: Row, relation: str) -> Iterator[str]:
        held = [
            self.meanings(item)
            for item in self.items.values()
            if (item["learning"], item["relation"]) == (wanted["id"], relation)
        ]
        if not _pairs_up(held, list(wanted[relation])):
            yield f"{relation}: {held} is not {wanted[relation]}"

    def meanings(self, item: Row) -> list[tuple[Any, ...]]:
        """Give what an item says: its achievement, and the learnings that alone or together grant it."""
        achievement, extent = item["achievement"], (item["duration"], item["unit"])
        rows = [row for row in self.outcomes.values() if row["achievement"] == achievement]
        owners = [row["learning"] for row in rows if row["primary"]]
        found: list[tuple[Any, ...]] = [("achievement", achievement, item["grade"], *extent)]
        if owners:
            found.append(("learnings", frozenset([(owners[0], item["grade"])]), *extent))
        if len(rows) > 1 or (rows and not owners):
            grades = [(row["learning"], item["grade"] if row["grade"] is None else row["grade"]) for row in rows]
            found.append(("learnings", frozenset(grades), *extent))
        return found

    def said(self) -> dict[str, Any]:
        """Give all that it holds without the ids of items, outcomes and groups, to compare two orgs."""
        return {
            identity: {
                "fields": row["fields"],
                "custom": row["custom"],
                "outcomes": sorted(
                    repr([value for name, value in self.outcomes[key].items() if name != "learning"])
                    for key in self.other_outcomes(identity)
                ),
                **{
                    relation: sorted(
                        repr(sorted(self.meanings(item)[-1][1])) + repr(item["grade"])
                        for item in self.items.values()
                        if (item["learning"], item["relation"]) == (identity, relation)
                    )
                    for relation in RELATIONS
                },
            }
            for identity, row in self.learnings.items()
        }


def _only(body: Mapping[str, Any], known: set[str]) -> None:
    if unknown := body.keys() - known:
        raise RefusedError(f"there is no such property: {', '.join(sorted(unknown))}")


def _same(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _taken_away(held: list[Any], wanted: list[Any]) -> tuple[list[Any], list[Any]]:
    rest, missing = list(held), []
    for one in wanted:
        if one in rest:
            rest.remove(one)
        else:
            missing.append(one)
    return rest, missing


def _pairs_up(held: list[list[Any]], wanted: list[Any]) -> bool:
    """Whether each item can be paired with a wanted clause, and none is left over on either side."""
    if len(held) != len(wanted):
        return False
    if not held:
        return True
    first, rest = held[0], held[1:]
    return any(
        one in first and _pairs_up(rest, [*wanted[:place], *wanted[place + 1 :]]) for place, one in enumerate(wanted)
    )
