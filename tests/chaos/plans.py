"""Small plans, made by hand or at random, and what an org must hold once one is carried out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from learngraph.model.value import FrozenMap
from learngraph.publish.publish_plan import Item, PublishPlan, Step, StepKind, placeholder
from tests.chaos.fake_org import EXTERNAL_ID, FakeOrg, deleted_by

COURSE = "Learning Course"


def single(key: str) -> dict[str, Any]:
    return {"type": "Single Achievement", "learningId": placeholder(key)}


def any_of(*keys: str) -> dict[str, Any]:
    contributors = [{"id": placeholder(key), "type": "Learning"} for key in keys]
    return {"type": "Group Achievement", "achievementContributors": contributors}


def new(key: str, *needs: Mapping[str, Any] | str, **fields: Any) -> Item:
    mappings = [single(need) if isinstance(need, str) else need for need in needs]
    body = {"learning": {"type": COURSE, "name": f"About {key}", **fields}, "prerequisites": mappings}
    return Item(key, FrozenMap(body), why=("is new",), source=f"catalogue.csv:{key}")


def granting(item: Item, *achievements: str) -> Item:
    outcomes = [{"type": "Single Achievement", "learningAchievementId": placeholder(key)} for key in achievements]
    return replace(item, body=FrozenMap({**item.body, "outcomes": outcomes})) if achievements else item


def change(key: str, record: str, *needs: str, without: Iterable[str] = (), **fields: Any) -> Item:
    requirements = {
        "createRecords": [single(need) for need in needs],
        "deleteRecords": [{"foundationItemId": one} for one in without],
    }
    body = {"learning": {"learningId": record, "type": COURSE, **fields}, "prerequisites": requirements}
    return Item(key, FrozenMap(body), why=("has changed",))


def creating(*items: Item) -> Step:
    return Step(StepKind.CREATE, items, "POST")


def updating(*items: Item, kind: StepKind = StepKind.UPDATE) -> Step:
    return Step(kind, items, "PATCH")


def achieving(key: str) -> Step:
    return Step(StepKind.ACHIEVE, (Item(key, FrozenMap({"Name": key})),), "POST", "/sobjects/LearningAchievement")


def plan_of(org: FakeOrg, *steps: Step, records: Mapping[str, str] | None = None, **parts: Any) -> PublishPlan:
    held = FrozenMap(records or {})
    marks = FrozenMap({record: org.mark(record) for record in held.values()})
    return PublishPlan(org.facts, steps, records=held, fingerprint=marks, **parts)


def random_plan(random: Random, org: FakeOrg) -> PublishPlan:
    """Make a plan for an org with some learnings: new ones in waves, circles, and changes."""
    held = {
        f"OLD {number}": org.put(f"About OLD {number}", description="as it was")
        for number in range(random.randint(0, 4))
    }
    old = {key: (need, org.hold(held[key], held[need])) for key in held for need in _one(random, list(held))}
    way = random.choice(("external id", "number", "name"))
    waves, known = [], list(held)
    for wave in range(random.randint(1, 3)):
        keys = [f"NEW {wave}{number}" for number in range(random.randint(1, 4))]
        waves.append([new(key, *_needs(random, known), **_identity(way, key)) for key in keys])
        known += keys
    badges = ["badge"] if random.random() < 0.3 else []
    waves = [[granting(item, *badges) for item in each] for each in waves]
    steps = [achieving(badge) for badge in badges]
    steps += [creating(*part) for wave in waves for part in _parts(random, wave)]
    made = [item.key for wave in waves for item in wave]
    needed = {item.key: list(_keys(item.body)) for wave in waves for item in wave}
    circles = [(key, random.choice(known)) for key in made if random.random() < 0.3]
    # what is asked for twice cannot be told from what is there already
    closing = [change(key, placeholder(key), need) for key, need in circles if [need] not in needed[key]]
    edited = [key for key in held if random.random() < 0.7]
    changing = [_edited(random, key, held[key], known, old.get(key)) for key in edited]
    steps += [updating(*part, kind=StepKind.CLOSE) for part in _parts(random, closing)]
    steps += [updating(*part) for part in _parts(random, changing)]
    fields = {"course": EXTERNAL_ID} if way == "external id" else {}
    return plan_of(org, *steps, records=held, external_id_fields=FrozenMap(fields))


def _edited(random: Random, key: str, record: str, known: list[str], old: tuple[str, str] | None) -> Item:
    """Change a field, add a requirement or not, and take away the one that was there, or not."""
    need, item = old or ("", "")
    without = [item] if item and random.random() < 0.6 else []
    return change(
        key, record, *_one(random, [one for one in known if one != need]), without=without, description="edited"
    )


def _identity(way: str, key: str) -> dict[str, Any]:
    if way == "external id":
        return {"learningCourseCustomFields": {EXTERNAL_ID: f"it's {key}"}}
    return {"subjectAbbreviation": "NEW", "courseNumber": key} if way == "number" else {}


def _needs(random: Random, known: list[str]) -> list[dict[str, Any]]:
    if not known or random.random() < 0.3:
        return []
    some = random.sample(known, min(len(known), random.randint(1, 3)))
    return [single(some[0])] if len(some) == 1 else [any_of(*some)]


def _one(random: Random, known: list[str]) -> list[str]:
    return [random.choice(known)] if known and random.random() < 0.6 else []


def _parts(random: Random, items: list[Item]) -> list[list[Item]]:
    size = random.randint(1, 4)
    return [items[start : start + size] for start in range(0, len(items), size)]


def faults_of(org: FakeOrg, plan: PublishPlan, before: FakeOrg) -> tuple[int, int]:
    """Count what the org has twice, and what it lacks, after a plan was carried out on what it held before."""
    expected, found = _expected(plan, before), _found(org)
    return sum((found - expected).values()), sum((expected - found).values())


def _found(org: FakeOrg) -> Counter[tuple[str, ...]]:
    names = {identity: str(one["name"]) for identity, one in org.learnings.items()}
    told: list[tuple[str, ...]] = [
        ("learning", names[identity], str(one.get("description"))) for identity, one in org.learnings.items()
    ]
    told += [
        ("needs", names[owner], *sorted(names[target] for target in targets)) for owner, targets in org.items.values()
    ]
    told += [("achievement", str(one["Name"])) for one in org.achievements.values()]
    return Counter(told)


def _expected(plan: PublishPlan, before: FakeOrg) -> Counter[tuple[str, ...]]:
    held = {identity: str(one["name"]) for identity, one in before.learnings.items()}
    names = {key: held[record] for key, record in plan.records.items()}
    told = {str(one["name"]): str(one.get("description")) for one in before.learnings.values()}
    gone = {identity for _, item in plan.items for identity in deleted_by(item.body)}
    left = [needed for identity, needed in before.items.items() if identity not in gone]
    needs = [("needs", held[owner], *sorted(held[target] for target in targets)) for owner, targets in left]
    badges = [item.key for step, item in plan.items if step.kind is StepKind.ACHIEVE]
    for step, item in plan.items:
        if step.kind is StepKind.ACHIEVE:
            continue
        learning = item.body["learning"]
        name = names.setdefault(item.key, str(learning.get("name")))
        told[name] = str(learning.get("description", told.get(name)))
        needs += [("needs", name, *sorted(names[key] for key in keys)) for keys in _keys(item.body)]
    learnings = [("learning", name, description) for name, description in told.items()]
    return Counter([*learnings, *needs, *(("achievement", badge) for badge in badges)])


def _keys(body: Mapping[str, Any]) -> list[list[str]]:
    found = body["prerequisites"]
    mappings = found["createRecords"] if isinstance(found, Mapping) else found
    return [
        [one["id"][2:-1] for one in mapping["achievementContributors"]]
        if "achievementContributors" in mapping
        else [mapping["learningId"][2:-1]]
        for mapping in mappings
    ]
