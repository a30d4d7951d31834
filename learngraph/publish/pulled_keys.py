"""Keys for records: what people call them, each its own, and an id only where there is nothing else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from learngraph.codes import Code
from learngraph.findings import Finding
from learngraph.model.salesforce_id import canonical, is_salesforce_id, looks_like_salesforce_id


class Keys:
    """Gives keys, each once; a tie gives each of the records its id behind the key, so that none is guessed.

    Examples
    --------
    >>> keys = Keys()
    >>> keys.give({"0ty1": ["CS 601", "Algorithms"], "0ty2": [None, "Welding"], "0ty3": [None, "Welding"]})
    {'0ty1': 'CS 601', '0ty2': 'Welding (0ty2)', '0ty3': 'Welding (0ty3)'}
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self.findings: list[Finding] = []

    def give(self, candidates: Mapping[str, Sequence[str | None]]) -> dict[str, str]:
        """Give keys by ids; of the candidates of a record, best first, the first that there is.

        Of two records with one candidate, that for which it is the better one keeps it.
        """
        best: dict[str, tuple[int, str]] = {}
        for identity, names in candidates.items():
            places = ((place, name) for place, name in enumerate(names) if name and _is_name(name))
            best[identity] = next(places, (len(names), identity))
        given: dict[str, str] = {}
        for place in sorted({place for place, _ in best.values()}):
            level = {identity: name for identity, (rank, name) in best.items() if rank == place}
            counts = Counter(level.values())
            free = {name for name, count in counts.items() if count == 1 and name not in self._taken}
            # what nobody disputes comes first, so that no key made up here takes it away
            given |= {identity: name for identity, name in level.items() if name in free}
            self._taken.update(counts)
            for identity, name in level.items():
                if name not in free:
                    given[identity] = self._with_id(name, identity)
            self.findings.extend(_ties(level, free))
        return {identity: given[identity] for identity in candidates}

    def _with_id(self, name: str, identity: str) -> str:
        key = f"{name} ({identity})"
        while key in self._taken:
            key += "'"
        self._taken.add(key)
        return key


def _is_name(text: str) -> bool:
    """Whether a text is no id: that of another record would stand for it."""
    whole = canonical(text)
    return not (is_salesforce_id(whole) or looks_like_salesforce_id(whole))


def _ties(level: Mapping[str, str], free: Iterable[str]) -> list[Finding]:
    tied: dict[str, list[str]] = {}
    for identity, name in level.items():
        if name not in free:
            tied.setdefault(name, []).append(identity)
    return [
        Finding(
            Code.SAME_NAME,
            f"{name} names {len(ids)} records, or one of another kind, too: {', '.join(ids[:5])}",
            hint="each has its id behind its key; give learnings an external id to tell them apart",
            cause=name,
        )
        for name, ids in tied.items()
    ]
