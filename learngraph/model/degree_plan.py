"""One way through a program, term by term."""

from collections.abc import Iterator

from learngraph.model.value import Key, Text, Value


class DegreePlan(Value):
    """Learnings term by term, as one learner could take them; the first term is terms[0]."""

    key: Key
    program: Text | None = None
    name: Text | None = None
    terms: tuple[tuple[Text, ...], ...] = ()

    def _stated(self) -> Iterator[tuple[str, object]]:
        yield from (pair for pair in super()._stated() if pair[0] != "terms")
        for number, keys in enumerate(self.terms, start=1):
            yield f"term {number}", keys
