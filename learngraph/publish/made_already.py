"""Whether the org has what a change to one learning would make, so that nothing is added a second time.

A learning is changed whole or not at all, and of one change only what adds or removes requirements can do
harm when it is repeated. So new and removed requirements decide; where there are none, fields do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from learngraph.findings import Place
from learngraph.model.options import Options
from learngraph.model.salesforce_id import canonical
from learngraph.publish.publish_plan import Item
from learngraph.salesforce.answers import Answer, read_answer
from learngraph.salesforce.bodies import is_nothing
from learngraph.salesforce.equality import json_equal
from learngraph.salesforce.names import CUSTOM_FIELDS, FIELDS, GROUP, RELATIONS
from learngraph.salesforce.snapshot import FoundationItem
from learngraph.salesforce.wire import LEARNINGS, NoAnswerError, Request, Transport

_UNKNOWN = frozenset({400, 404})
_DAY = len("2026-08-15")


def asking(transport: Transport, api_version: str) -> Callable[[Item], bool | None]:
    """Give the function that reads a learning and says whether the org still lacks what an item would make.

    It raises `NoAnswerError` where the org does not answer now, and gives None where it has no such learning.

    Examples
    --------
    >>> from learngraph.model.value import FrozenMap
    >>> from learngraph.salesforce.wire import Response
    >>> class Org:
    ...     def send(self, request: Request) -> Response:
    ...         return Response(200, b'{"learning": {"type": "Learning Course", "name": "Logic"}}')
    >>> item = Item("A", FrozenMap({"learning": {"learningId": "0tyLT00000009LOYAY", "name": "Modal logic"}}))
    >>> asking(Org(), "66.0")(item)
    True
    """

    def still_needed(item: Item) -> bool | None:
        record = quote(str(item.body["learning"]["learningId"]), safe="")
        request = Request("GET", f"/services/data/v{api_version}{LEARNINGS}/{record}")
        response = transport.send(request)
        if response.status in _UNKNOWN:
            return None
        if not response.ok:
            raise NoAnswerError(request, f"the org answered HTTP {response.status}")
        raw = response.json()
        answer = read_answer(raw, Place(record=item.key), Options())[0] if isinstance(raw, Mapping) else None
        return None if answer is None else still_lacks(item, answer)

    return still_needed


def still_lacks(item: Item, answer: Answer) -> bool | None:
    """Say whether a learning, as the org answers it, lacks what an item would make; None for a part of it.

    Examples
    --------
    >>> from learngraph.model.value import FrozenMap
    >>> removal = {"deleteRecords": [{"foundationItemId": "0wwLT00000004gLYAQ"}]}
    >>> item = Item("A", FrozenMap({"learning": {"name": "Logic"}, "prerequisites": removal}))
    >>> from learngraph.model.relation import Relation
    >>> held = FoundationItem("0wwLT00000004gLYAQ", Relation.PREREQUISITE)
    >>> still_lacks(item, Answer({}, (held,), ())), still_lacks(item, Answer({}, (), ()))
    (True, False)
    """
    signs = list(_requirement_signs(item.body, answer))
    if None in signs:
        return None
    if signs:
        return False if all(signs) else None if any(signs) else True
    return not all(_field_signs(item.body["learning"], answer)) or not _grants(item.body, answer)


def _requirement_signs(body: Mapping[str, Any], answer: Answer) -> Iterator[bool | None]:
    """Say of each requirement that is added or removed whether that was done; None where it cannot be told."""
    left = list(answer.requirements)
    removed = {canonical(str(one["foundationItemId"])) for one in _records(body, "deleteRecords")}
    held = {one.id for one in left}
    yield from (one not in held for one in removed)
    for name, relation in RELATIONS.items():
        for mapping in _of(body.get(name), "createRecords"):
            if not _is_by_record(mapping):
                yield None
                continue
            match = next((one for one in left if one.relation is relation and _matches(mapping, one)), None)
            if match is not None:
                left.remove(match)
            yield match is not None


def _records(body: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    for relation in RELATIONS:
        yield from _of(body.get(relation), name)


def _of(change: object, name: str) -> Iterable[Mapping[str, Any]]:
    return change.get(name) or () if isinstance(change, Mapping) else ()


def _is_by_record(mapping: Mapping[str, Any]) -> bool:
    """Whether a mapping names all that it is about by ids, which an answer has, and not by external ids."""
    if mapping.get("type") == GROUP:
        return all("id" in one for one in mapping.get("achievementContributors", ()))
    return "learningId" in mapping or "learningAchievementId" in mapping


def _matches(mapping: Mapping[str, Any], held: FoundationItem) -> bool:
    if mapping.get("type") == GROUP:
        return _matches_group(mapping, held)
    if "learningAchievementId" in mapping:
        named = canonical(held.achievement or "") == canonical(mapping["learningAchievementId"])
    else:
        named = not held.is_group and canonical(mapping["learningId"]) in {one.learning for one in held.grantors}
    stated = ("minimumGrade", held.minimum_grade), ("duration", held.duration), ("durationUnit", held.duration_unit)
    return named and all(json_equal(mapping.get(name), value) for name, value in stated)


def _matches_group(mapping: Mapping[str, Any], held: FoundationItem) -> bool:
    grades = {canonical(one["id"]): one.get("minimumGrade") for one in mapping["achievementContributors"]}
    found = {one.learning: one.minimum_grade for one in held.grantors}
    # where the org keeps the grade of a contributor is not documented: only one that it shows can contradict
    alike = all(found[one] is None or json_equal(found[one], grade) for one, grade in grades.items() if one in found)
    return held.is_group and grades.keys() == found.keys() and alike


def _field_signs(learning: Mapping[str, Any], answer: Answer) -> Iterator[bool]:
    for theirs, ours in FIELDS:
        if theirs in learning:
            yield _same(learning[theirs], answer.record.get(ours))
    custom = answer.record.get("custom_fields", {})
    for name in CUSTOM_FIELDS.values():
        for field, value in learning.get(name, {}).items():
            yield _same(value, custom.get(field))


def _same(sent: object, held: object) -> bool:
    if is_nothing(sent) or is_nothing(held):
        return is_nothing(sent) and is_nothing(held)
    one, other = str(sent), str(held)
    is_moment = "T" in one[_DAY : _DAY + 1] or "T" in other[_DAY : _DAY + 1]
    # the guide writes days with a time, which means nothing, and numbers of courses as numbers
    return json_equal(sent, held) or one == other or (is_moment and one[:_DAY] == other[:_DAY])


def _grants(body: Mapping[str, Any], answer: Answer) -> bool:
    held = {canonical(one.achievement) for one in answer.outcomes}
    return all(canonical(str(one.get("learningAchievementId"))) in held for one in body.get("outcomes") or ())
